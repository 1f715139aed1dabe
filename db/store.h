/* SPDX-License-Identifier: Apache-2.0
 *
 * store.h - one connection to the record: applying changes, reading.
 *
 * Tables are generated from kinds.def.  A store belongs to one thread.  There
 * is one writing store; reading stores see committed states alone.  All SQL
 * stands below this header; nobody above knows of SQLite.
 */
#ifndef DB_STORE_H
#define DB_STORE_H

#include "db/change.h"

struct store;

enum store_mode { STORE_READ, STORE_WRITE };

/**
 * store_create - make the database of a new server
 *
 * Takes   folder  made when absent, 0700; must hold no database yet
 * Errors  ERR_EXISTS  there is one; ERR_FULL, ERR_UNAVAILABLE by the disk;
 *                     *why tells
 * Gives   folder/diptych.db
 * Thread  any
 */
enum err store_create(const char *folder, struct text *why) MUST_USE;

/**
 * store_open - open the database of a folder
 *
 * Gives   *made; all statements are prepared
 * Errors  ERR_NONE  there is no database; ERR_UNSUPPORTED  it is newer;
 *         ERR_BUSY  another server has it (STORE_WRITE takes a lock file);
 *         *why tells
 * Thread  any; the store then belongs to one thread at a time
 */
enum err store_open(const char *folder, enum store_mode mode,
    struct store **made, struct text *why) MUST_USE;

/**
 * store_close - close and free
 *
 * Gives   *store NULL
 * Thread  the owner
 */
void store_close(struct store **store);

/* Transactions. */

/**
 * store_begin - begin to write (BEGIN IMMEDIATE) or to read (a snapshot)
 *
 * Gives   a transaction
 * Errors  by the disk
 * Thread  the owner
 */
enum err store_begin(struct store *store) MUST_USE;

/**
 * store_commit - make what was written durable; end a snapshot
 *
 * Errors  ERR_FULL, ERR_UNAVAILABLE: nothing was written and the transaction
 *         is rolled back
 * Gives   returns after the fsync
 * Thread  the owner
 */
enum err store_commit(struct store *store) MUST_USE;

/**
 * store_rollback - forget the transaction, if there is one
 *
 * Gives   no transaction
 * Thread  the owner
 */
void store_rollback(struct store *store);

/**
 * store_apply - apply a changeset inside the open transaction
 *
 * All of it or nothing: on a fault set->fault says why and the
 * record is as before, when the transaction is that of a job: when the writer
 * is done.  Journal rows, their digests and chain, the tables of
 * the past and the once= row are written with it.
 *
 * Takes   set     filled by the session
 *         now_ms  the time that the journal shows
 * Gives   the result fields of *set
 * Errors  the fault's own error is in set->fault, and returned
 * Thread  the owner
 */
enum err store_apply(
    struct store *store, struct changeset *set, int64_t now_ms) MUST_USE;

/**
 * store_is_low - whether so little room on a disk is too little for changes
 *
 * Gives   true below the limit disk-floor
 * Thread  any
 */
bool store_is_low(uint64_t free_bytes);

/**
 * store_tidy - checkpoint the write-ahead log when it has grown
 *
 * Gives   PASSIVE from the limit wal-passive on, TRUNCATE from wal-truncate
 * Thread  the owner of the writing store, outside a transaction
 */
void store_tidy(struct store *store);

/**
 * store_cut - drop rows of the journals that are older than a time
 *
 * Whole transactions alone, never the newest row of a team.  The chain is
 * anchored at the last row that goes, so what stays can be verified.  Objects
 * and their past stay as they are.
 *
 * Takes   before_ms  rows of earlier times go
 *         most       rows that go at once, about
 * Gives   *more      there are others that are as old
 * Errors  by the disk
 * Thread  the owner of the writing store, inside a transaction
 */
enum err store_cut(
    struct store *store, int64_t before_ms, size_t most, bool *more) MUST_USE;

/* Reading; inside store_begin ... store_commit when several must agree. */

/**
 * store_head - the newest seq of a team
 *
 * Gives   *seq, 0 for a team without changes
 * Thread  the owner
 */
enum err store_head(struct store *store, uint64_t team, uint64_t *seq) MUST_USE;

/**
 * store_chain - the newest seq of a team, and the end of the chain there
 *
 * Gives   *seq; *chain grown by 64 hexadecimal digits
 * Errors  ERR_NONE  there is no such team
 * Thread  the owner
 */
enum err store_chain(struct store *store, uint64_t team, uint64_t *seq,
    struct text *chain) MUST_USE;

/**
 * store_find - the object that a word names: id, or code (the tender's first,
 *              then the team's)
 *
 * Takes   scope  tender of "use tender=", 0 for none
 *         word   as typed
 * Gives   *kind, *id; an id is found only while the object exists and is seen
 * Errors  ERR_NONE
 * Thread  the owner
 */
enum err store_find(struct store *store, const struct viewer *viewer,
    uint64_t scope, const char *word, enum kind *kind, uint64_t *id) MUST_USE;

/**
 * store_enter - what a viewer may do in a tender
 *
 * Takes   tender  0: what belongs to the team; a deleted tender counts as it
 *                 was last
 * Gives   *in     the viewer with the role that holds there, for right_adds,
 *                 right_sets and right_deletes
 * Errors  ERR_NONE  it is not there, or not seen
 * Thread  the owner
 */
enum err store_enter(struct store *store, const struct viewer *viewer,
    uint64_t tender, struct viewer *in) MUST_USE;

/**
 * store_get - one object
 *
 * Takes   at  0: as it is; else as it was at that seq
 * Gives   *made
 * Errors  ERR_NONE  not there (then), or not seen
 * Thread  the owner
 */
enum err store_get(struct store *store, const struct viewer *viewer,
    enum kind kind, uint64_t id, uint64_t at, struct object **made) MUST_USE;

struct condition {
    size_t field;        /* among all fields; FIELD_COUNT: a builtin */
    const char *builtin; /* a word of builtins.def, or NULL */
    enum op op;          /* all but OP_PLUS and OP_MINUS */
    bool either;         /* "or" to the one before; both are "=" */
    char *word;          /* as typed; "" is "has no value" */
    struct datum value;  /* type checked; a REF is found by the store */
};

struct order {
    size_t field;        /* among all fields; FIELD_COUNT: by id */
    const char *builtin; /* a word of builtins.def, or NULL */
    bool falling;
};

struct query {
    enum kind kind;
    struct condition *conditions;
    size_t conditions_n, conditions_room;
    struct order orders[4]; /* then by id */
    size_t orders_n;
    size_t limit;   /* rows wanted, 1 to the limit "rows" */
    char *after;    /* cursor of the page before, or NULL */
    uint64_t at;    /* 0: now */
    uint64_t scope; /* tender of "use tender=": finds codes, narrows nothing */
};

struct objects {
    struct object **list;
    size_t n, room;
    char *next;  /* cursor of the next page, NULL when there is none */
    uint64_t at; /* the seq that was read */
};

/**
 * store_list - the objects of a kind that meet all conditions
 *
 * Takes   query  "~" is "contains, case ignored"; sets: "=" equal, "~" holds
 *                all of; "!=" is true of what has no value, and orders put
 *                that last
 * Gives   *got, freed with objects_fini
 * Errors  ERR_ARG, ERR_LIMIT, ERR_NONE (a reference not found): *fault says
 * Thread  the owner
 */
enum err store_list(struct store *store, const struct viewer *viewer,
    const struct query *query, struct objects *got,
    struct fault *fault) MUST_USE;

/* Which rows of the journal; all zero but kind, and limit, is all rows. */
struct log_query {
    enum kind kind; /* with id: of one object; KIND_NONE: of all */
    uint64_t id;
    uint64_t tender; /* of all that stands in it; 0: of all */
    bool of_kinds;   /* kinds[] says which */
    bool kinds[KIND_COUNT];
    const char *author;    /* or NULL */
    uint64_t since, until; /* seq > since, seq <= until; 0: no bound */
    int64_t from, to;      /* ms, both inside; 0: no bound */
    uint64_t before;       /* rows older than that seq; 0: from the newest */
    size_t limit;          /* rows wanted */
};

/**
 * store_log - journal rows, newest first
 *
 * Gives   *got; *next, 0 when no older ones are there, else the seq to go on
 *         before: when many rows had to be passed over there may be fewer in
 *         *got than wanted, or none
 * Errors  ERR_NONE  from the newest on there is no row of the object, or it is
 *                   not seen
 * Thread  the owner
 */
enum err store_log(struct store *store, const struct viewer *viewer,
    const struct log_query *query, struct events *got, uint64_t *next) MUST_USE;

/**
 * store_events - journal rows after a seq, rising, whole transactions alone
 *
 * Takes   team    its rows are given whoever may see them; the session filters
 *         since   rows with seq > since
 *         limit   about so many rows
 * Gives   *got; *oldest seq that is still kept, with ERR_GONE too
 * Errors  ERR_GONE  since is older than what is kept, or above the head
 * Thread  the owner
 */
enum err store_events(struct store *store, uint64_t team, uint64_t since,
    size_t limit, struct events *got, uint64_t *oldest) MUST_USE;

/* Everything that the figures of one tender need. */
struct record {
    uint64_t seq;                     /* the team's head when it was read */
    uint64_t tender;                  /* id */
    struct object **list[KIND_COUNT]; /* rising by id; parties and links of
                                         the team, facts on them, the tender
                                         itself, and what belongs to it (no
                                         notes) */
    size_t n[KIND_COUNT];
    /* Records besides this one that have the same list; NULL where a list is
     * empty, or is not read by the store. */
    atomic_uint *shares[KIND_COUNT];
};

/**
 * store_record - read what the figures of a tender need
 *
 * Takes   at  0: as it is; else as it was at that seq
 * Gives   *made, freed with record_free; never changed afterwards
 * Errors  ERR_NONE  no such tender (then), or not seen
 * Thread  the owner
 */
enum err store_record(struct store *store, const struct viewer *viewer,
    uint64_t tender, uint64_t at, struct record **made) MUST_USE;

/**
 * store_notes - the notes on a tender, on what is in it, and on the team's own
 *
 * Takes   at  0: as it is; else as it was at that seq
 * Gives   *made, of notes alone, freed with record_free
 * Errors  ERR_NONE  the tender is not seen
 * Thread  the owner
 */
enum err store_notes(struct store *store, const struct viewer *viewer,
    uint64_t tender, uint64_t at, struct record **made) MUST_USE;

/**
 * store_record_since - a record as it is now, made of one of an earlier seq
 *
 * What the journal names as touched is read, all else is shared with the
 * earlier one; where too much was touched, or the journal is cut, all is read.
 *
 * Takes   base   read by store_record or made here, of the same tender; it may
 *                be freed before or after *made
 *         since  a seq at which the record was as base says
 * Gives   *made, as store_record would; NULL when no object of it was touched
 * Errors  as store_record
 * Thread  the owner, inside store_begin ... store_commit
 */
enum err store_record_since(struct store *store, const struct viewer *viewer,
    const struct record *base, uint64_t since, struct record **made) MUST_USE;

/**
 * store_touched - the seq that a tender's figures were last touched by
 *
 * Gives   *seq: newest of the tender and of the team's own rows (cache key)
 * Thread  the owner
 */
enum err store_touched(struct store *store, uint64_t team, uint64_t tender,
    uint64_t *seq) MUST_USE;

/**
 * record_free - free a record, but for what others share with it
 *
 * Gives   *record NULL
 * Thread  the owner
 */
void record_free(struct record **record);

/**
 * objects_fini - free a list of objects
 *
 * Gives   *objects all zero
 * Thread  the owner
 */
void objects_fini(struct objects *objects);

/**
 * query_fini - free what a query owns
 *
 * Gives   *query all zero
 * Thread  the owner
 */
void query_fini(struct query *query);

#endif
