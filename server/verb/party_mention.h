/* SPDX-License-Identifier: Apache-2.0
 *
 * party_mention.h - a person named in texts about something else: told, so
 * that somebody can look at them, and taken out of them where that is asked.
 */
#ifndef SERVER_VERB_PARTY_MENTION_H
#define SERVER_VERB_PARTY_MENTION_H

#include "db/mention.h"
#include "server/verb/party_change.h"

/**
 * party_mentions_tell - a row for each text that still names them
 *
 * Takes   left  only those that party_mention_keeps says true of
 * Gives   rows of the task; counts->mentions
 * Thread  the one that runs the task
 */
void party_mentions_tell(struct task *t, const struct mentions *found,
    bool left, struct party_counts *counts);

/**
 * party_mentions_take_out - changes that leave those texts without the name
 *
 * What the text was before is erased with it, since it named them too.
 *
 * Gives   *set grown; counts->redacted
 * Errors  by the disk
 * Thread  the one that runs the task
 */
enum err party_mentions_take_out(struct store *store, struct task *t,
    const struct mentions *found, struct changeset *set,
    struct party_counts *counts) MUST_USE;

/**
 * party_mention_keeps - whether a name can not be taken out without asking
 *
 * Gives   true for a part of a name, for a code, and for the name of another
 *         party, who may be somebody else of that name
 * Thread  any
 */
bool party_mention_keeps(const struct mention *mention);

#endif
