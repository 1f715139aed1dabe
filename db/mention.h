/* SPDX-License-Identifier: Apache-2.0
 *
 * mention.h - where the texts of others name somebody: remarks, touches, facts
 * that are about something else and hold the name, or a contact, of a person
 * who is to be exported or erased.
 */
#ifndef DB_MENTION_H
#define DB_MENTION_H

#include "db/about.h"
#include "db/search.h"

/* What stands in the place of a name that was taken out. */
#define MENTION_REDACTED "[...]"

struct mention {
    enum kind kind;
    uint64_t id, tender; /* 0: of the team */
    size_t field;        /* among all fields */
    bool now;            /* the text of now holds it; else what it was */
    bool gone;           /* the object was deleted */
    bool part;           /* by the last word of the name alone */
};

struct mentions {
    struct mention *list; /* by kind and id, each field once */
    size_t n, room;
    bool hidden;          /* there are more in tenders that are not seen */
    struct phrase *names; /* the whole of a name or contact, folded */
    size_t names_n, names_room;
    struct phrase parts; /* last words of names, each looked for alone */
};

/**
 * mentions_add - look for what stands in a text
 *
 * Takes   name  a name, or a contact; as typed
 *         part  its last word alone is looked for too, if it is long enough
 * Gives   *to grown; nothing for a text without letters and digits
 * Thread  the one that owns *to
 */
void mentions_add(struct mentions *to, const char *name, bool part);

/**
 * mentions_of - look for all names and contacts that somebody has or had
 *
 * Takes   about  of store_about, with what is gone
 * Gives   *to grown
 * Errors  by the disk
 * Thread  the owner of the store
 */
enum err mentions_of(struct store *store, const struct viewer *viewer,
    const struct abouts *about, struct mentions *to) MUST_USE;

/**
 * store_mentions - where it stands, in texts of now and in those that were
 *
 * Takes   about  what is about them is left out; grown by what is about those
 *                that were merged into them
 * Gives   got->list
 * Errors  by the disk
 * Thread  the owner of the store
 */
enum err store_mentions(struct store *store, const struct viewer *viewer,
    const struct abouts *about, struct mentions *got) MUST_USE;

/**
 * mentions_redact - a text without the names and contacts
 *
 * Gives   true, *to grown by the text; false where it holds none in whole
 * Thread  any
 */
bool mentions_redact(
    const struct mentions *names, const char *text, struct text *to);

/**
 * mentions_fini - free what was found, and what was looked for
 *
 * Gives   *mentions all zero
 * Thread  any
 */
void mentions_fini(struct mentions *mentions);

#endif
