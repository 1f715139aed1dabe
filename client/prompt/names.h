/* SPDX-License-Identifier: Apache-2.0
 *
 * names.h - codes and ids of the objects of a server, for completion.
 *
 * They are asked for kind by kind when they are needed, and kept for a few
 * seconds or until something changes.  They come over a link of their own:
 * what is asked here must not count as seen by the person ("if=seen"), must
 * not disturb a batch and must not wait behind a long answer.
 */
#ifndef CLIENT_PROMPT_NAMES_H
#define CLIENT_PROMPT_NAMES_H

#include "client/client.h"
#include "client/prompt/complete.h"

struct names;

/**
 * names_new - nothing is known yet
 *
 * Takes   client  that outlives *made; its user and tender are those in
 *                 force whenever names are asked for
 *         token   where the token of the session stands, or NULL
 * Gives   *made; the link is made when it is first needed
 * Thread  main
 */
void names_new(
    const struct client *client, char *const *token, struct names **made);

/**
 * names_add - the names that a choice asked for
 *
 * Asks the server for what is not known, and waits for a moment only; what
 * comes later is there the next time.
 *
 * Takes   vocabulary  which kinds there are, and which have codes
 *         word        what is typed of the word
 * Gives   *got grown
 * Thread  main; it waits up to a second
 */
void names_add(struct names *names, const struct vocabulary *vocabulary,
    const char *word, struct choices *got);

/**
 * names_kind_of - the kind of the object with a code; a typed_kind_fn
 *
 * Takes   ctx  the struct names
 * Gives   a string that lives until names_expire; NULL when it is not known
 *         yet, and then it is asked for
 * Thread  main
 */
const char *names_kind_of(void *ctx, const char *code);

/**
 * names_pending - whether an answer is still to come
 *
 * Gives   true until it is there, or the link has ended
 * Thread  main
 */
bool names_pending(struct names *names);

/**
 * names_expire - what is known may be wrong by now
 *
 * Gives   the next names_add asks anew
 * Thread  main
 */
void names_expire(struct names *names);

/**
 * names_free - forget all and close the link
 *
 * Gives   *names NULL
 * Thread  main
 */
void names_free(struct names **names);

#endif
