/* SPDX-License-Identifier: Apache-2.0
 *
 * change.h - what one request or one batch wants changed, and what came of it.
 *
 * A changeset is filled by the session (types checked, references still words),
 * applied by the writer, all of it or nothing, and handed back with results.
 */
#ifndef DB_CHANGE_H
#define DB_CHANGE_H

#include "db/event.h"
#include "db/right.h"
#include "protocol/datum.h"
#include "protocol/limit.h"
#include "protocol/words.h"

/* CHANGE_GONE is about a word that names nothing: only once= can answer it. */
enum change_verb {
    CHANGE_ADD,
    CHANGE_SET,
    CHANGE_DEL,
    CHANGE_UNDO,
    CHANGE_FORGET,
    CHANGE_GONE
};

enum guard {
    GUARD_NONE, /* the last one wins */
    GUARD_REV,  /* if=N: conflict when a field of the request changed since */
    GUARD_SEEN  /* if=seen: as GUARD_REV with the rev in the list of seen */
};

struct assign {
    size_t field; /* among all fields */
    enum op op;   /* OP_EQ; OP_PLUS and OP_MINUS for sets */
    bool clear;   /* field="" */
    struct datum value;
};

struct change {
    enum change_verb verb;
    enum kind kind; /* of what is added; KIND_NONE otherwise */
    char *target;   /* set, del, undo: id, code or $name as typed */
    char *as;       /* "$x" for what is added, or NULL */
    char *tender;   /* add: tender= as typed, or NULL */
    struct assign *assigns;
    size_t assigns_n, assigns_room;
    enum guard guard;
    uint64_t guard_rev;
    bool parts;  /* del: with what belongs to it */
    uint64_t to; /* undo: the change after which all is as it was */
    uint64_t tx; /* undo: the transaction; 0: the target */
};

/* What the session has seen, for if=seen. */
struct seen {
    enum kind kind;
    uint64_t id;
    uint64_t rev;
};

/* What an undo did.  Of a transaction the last of these that it did to any of
 * its objects. */
enum undone {
    UNDONE_NONE, /* it was no undo */
    UNDONE_NOTHING,
    UNDONE_CHANGED,
    UNDONE_RESTORED,
    UNDONE_DELETED,
    UNDONE_COUNT
};

struct done {
    enum kind kind;
    uint64_t id;
    uint64_t rev;
    char *as; /* or NULL */
    enum undone undone;
};

/* Why a request was refused, in the parts of an error line; all owned. */
struct fault {
    enum err err;
    size_t step; /* of a batch, from 1 */
    char *field; /* or NULL, as all the others */
    char *got;
    char *allowed;
    bool unknown;    /* the word is a field or key is not known */
    char *near;      /* the one of them that may have been meant */
    char *id;        /* the object */
    uint64_t oldest; /* seq of the history that is kept; 0: none is meant */
    char *note;      /* a sentence for people; NULL: the one of the error */
    uint64_t retry;  /* seconds until it may work; 0: as usual */
    uint64_t guard_rev, rev; /* of a conflict */
    char *author;            /* of a conflict: who changed it */
    char *changed;           /* of a conflict: "price,state" */
    struct object *now;      /* of a conflict: as it stands now */
    char **rows; /* ids that stand in the way, such as those that refer */
    size_t rows_n, rows_room;
};

struct changeset {
    /* Filled by the session. */
    uint64_t team;
    char *user;
    enum role role;
    enum role most; /* of the token; ROLE_NONE: no bound */
    char *tenders;  /* of the token, ",3,7,"; NULL: all */
    uint64_t session;
    uint64_t scope; /* tender of "use tender=", 0 for none */
    bool batch;     /* begin ... commit, rather than a request of its own */
    struct change *list;
    size_t n, room;
    struct seen *seen;
    size_t seen_n;
    char *once;    /* or NULL */
    char *request; /* text whose digest tells two uses of once= apart */
    /* Filled by the writer. */
    struct fault fault; /* err = ERR_OK when all was applied */
    struct done *done;  /* one a change; with parts= the object itself */
    size_t done_n, done_room;
    bool replay;          /* once= was used before: the first result again */
    struct events events; /* rows written to the journal, rising by seq */
    uint64_t head;        /* the team's seq afterwards */
};

/**
 * undone_word - the word of what an undo did
 *
 * Gives   a word of the wire; NULL for UNDONE_NONE
 * Thread  any
 */
const char *undone_word(enum undone undone);

/**
 * fault_fini - free the parts of a fault
 *
 * Gives   *fault all zero
 * Thread  the one that owns it
 */
void fault_fini(struct fault *fault);

/**
 * fault_limit - a limit is reached
 *
 * Takes   field  what there is more of than is allowed
 * Gives   *fault with the limit in force; ERR_LIMIT
 * Thread  the one that owns it
 */
enum err fault_limit(struct fault *fault, const char *field, enum limit limit);

/**
 * fault_near - which of the words that are allowed somebody may have meant
 *
 * Takes   allowed  a list with commas or blanks; what follows a ":" is no part
 *         word     that is not among them
 * Gives   fault->near, NULL when none is near
 * Thread  the one that owns it
 */
void fault_near(struct fault *fault, const char *allowed, const char *word);

/**
 * fault_unknown - a field or key is none of those that are known
 *
 * Takes   field, got, allowed  as fault_set; allowed is a list as fault_near's
 *         word                 the one of field and got that is not known
 * Gives   *fault, with the nearest word of the list if one is near; ERR_ARG
 * Thread  the one that owns it
 */
enum err fault_unknown(struct fault *fault, const char *field, const char *got,
    const char *allowed, const char *word);

/**
 * fault_set - fill in the common parts of a fault
 *
 * Takes   any of the strings may be NULL; they are copied
 * Gives   *fault; the error itself, so that callers can return it
 * Thread  the one that owns it
 */
enum err fault_set(struct fault *fault, enum err err, const char *field,
    const char *got, const char *allowed);

/**
 * change_add - append an empty change
 *
 * Gives   a pointer into the set that lives until the next call
 * Thread  the one that owns *set
 */
struct change *change_add(struct changeset *set);

/**
 * change_assign - append a field to a change; *value is taken
 *
 * Gives   *change grown, *value all zero
 * Thread  the one that owns *change
 */
void change_assign(struct change *change, size_t field, enum op op, bool clear,
    struct datum *value);

/**
 * change_fini - free what a change owns
 *
 * Gives   *change empty
 * Thread  the one that owns it
 */
void change_fini(struct change *change);

/**
 * changeset_fini - free all it owns
 *
 * Gives   *set all zero
 * Thread  the one that owns it
 */
void changeset_fini(struct changeset *set);

#endif
