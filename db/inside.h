/* SPDX-License-Identifier: Apache-2.0
 *
 * inside.h - what the files of db/ know of a store and nobody else does.
 */
#ifndef DB_INSIDE_H
#define DB_INSIDE_H

#include "db/secret.h"
#include "db/sql.h"
#include "db/store.h"
#include "db/table.h"

#define STORE_FILE "diptych.db"
#define STORE_LOCK "diptych.lock"

enum statement {
#define STATEMENT(id, flags, sql) STATEMENT_##id,
#include "db/statements.def"
#undef STATEMENT
    STATEMENT_COUNT
};

struct store {
    sqlite3 *sql;
    enum store_mode mode;
    char *folder; /* of the database; NULL for a file without one */
    int lock;     /* descriptor of the lock file; -1 for a reading store */
    sqlite3_stmt *fixed[STATEMENT_COUNT];
    sqlite3_stmt *tables[KIND_COUNT][TABLE_COUNT];
    uint64_t epoch;
    int64_t now_ms;      /* newest time told to the writing store */
    int64_t deadline_ms; /* of the transaction of a reading store; 0 none */
    size_t wal_bytes;    /* of the write-ahead log after the last commit */
    size_t wal_tried;    /* wal_bytes when a checkpoint was last tried */
    bool covered;        /* the writer undoes what a job that fails wrote */
    bool low;            /* the disk has no room for changes, or nearly */
    bool disk_failed;    /* at a checkpoint: what is on the disk is unknown */
};

/* An object that a word named. */
struct found {
    enum kind kind;
    uint64_t id;
    uint64_t tender; /* 0: of the team; of a tender its own id */
};

/* One journal row that waits for the others of its transaction. */
struct draft {
    struct event *event;
    char *changed; /* words of the changed fields, comma between them */
};

struct journal {
    uint64_t team;
    uint64_t head;
    unsigned char chain[DIGEST_BYTES];
    struct draft *list;
    size_t n, room;
};

/**
 * store_attach - open a database file for reading, without a folder
 *
 * Takes   path  of the file
 * Gives   *made
 * Errors  as store_open
 * Thread  any
 */
enum err store_attach(
    const char *path, struct store **made, struct text *why) MUST_USE;

/**
 * store_progress - the progress handler of a reading store
 *
 * Takes   ctx  the store
 * Gives   not 0 when its deadline has passed
 * Thread  the owner
 */
int store_progress(void *ctx);

/**
 * store_on_wal - the hook after a commit of the writing store
 *
 * Takes   ctx  the store
 * Gives   the size of the write-ahead log in it
 * Thread  the owner
 */
int store_on_wal(void *ctx, sqlite3 *sql, const char *schema, int pages);

/**
 * folder_make - make the folder of a database, 0700, unless it is there
 *
 * Gives   a folder
 * Errors  by the disk; *why tells
 * Thread  any
 */
enum err folder_make(const char *folder, struct text *why) MUST_USE;

/**
 * folder_sync - make names in a folder durable
 *
 * Gives   returns after the fsync
 * Errors  ERR_UNAVAILABLE
 * Thread  any
 */
enum err folder_sync(const char *folder) MUST_USE;

/**
 * folder_path - the path of a file in a folder
 *
 * Gives   heap memory, freed with free()
 * Thread  any
 */
char *folder_path(const char *folder, const char *file);

/**
 * folder_lock - keep every other writer out of a folder
 *
 * Gives   *lock  a descriptor; closing it gives the lock back
 * Errors  ERR_BUSY, or by the disk; *why tells
 * Thread  any
 */
enum err folder_lock(const char *folder, int *lock, struct text *why) MUST_USE;

/**
 * err_from_errno - an error of the system about a file as one of ours
 *
 * Gives   ERR_FULL, ERR_NONE, ERR_EXISTS, else ERR_UNAVAILABLE
 * Thread  any
 */
enum err err_from_errno(int code);

/**
 * list_prepare - add the functions that conditions use to a connection
 *
 * Gives   holds(text, part): whether part stands in text, case ignored;
 *         has_all(list, part): whether all items of a list stand in another
 * Errors  ERR_UNAVAILABLE
 * Thread  the owner of the connection
 */
enum err list_prepare(sqlite3 *sql) MUST_USE;

/**
 * store_is_writing - whether the transaction that was begun still stands
 *
 * SQLite ends one by itself after some errors of the disk.
 *
 * Gives   true or false
 * Thread  the owner
 */
bool store_is_writing(const struct store *store);

/**
 * store_fixed - a statement that does not depend on a kind
 *
 * Gives   the statement, reset
 * Thread  the owner
 */
sqlite3_stmt *store_fixed(struct store *store, enum statement which);

/**
 * store_table - a statement of a kind
 *
 * Gives   the statement, reset
 * Thread  the owner
 */
sqlite3_stmt *store_table(
    struct store *store, enum kind kind, enum table_statement which);

/**
 * object_find - what a word names, seen or not
 *
 * Takes   word  an id, or a code (the tender's first, then the team's)
 * Gives   *got
 * Errors  ERR_NONE
 * Thread  the owner
 */
enum err object_find(struct store *store, uint64_t team, uint64_t scope,
    const char *word, struct found *got) MUST_USE;

/**
 * object_load - an object as it is, and who added it
 *
 * Takes   at       0: as it is; else as it was at that seq
 *         creator  or NULL
 * Gives   *made, and *creator, freed with free()
 * Errors  ERR_NONE
 * Thread  the owner
 */
enum err object_load(struct store *store, uint64_t team, enum kind kind,
    uint64_t id, uint64_t at, struct object **made, char **creator) MUST_USE;

/**
 * tender_members - who may see a tender, or could before it was deleted
 *
 * Gives   *members  ",ann,bob,", or NULL for all; freed with free()
 * Errors  ERR_NONE  there never was such a tender
 * Thread  the owner
 */
enum err tender_members(struct store *store, uint64_t team, uint64_t tender,
    char **members) MUST_USE;

/**
 * record_wants - whether figures need objects of a kind
 *
 * Gives   true or false
 * Thread  any
 */
bool record_wants(enum kind kind);

struct user;

/**
 * user_read - the user in the row of USER_FIND, IDENTITY_FIND or TOKEN_FIND
 *
 * Gives   *got, freed with user_fini; the statement is reset
 * Errors  ERR_NONE  there is no row
 * Thread  the owner
 */
enum err user_read(sqlite3_stmt *find, struct user *got) MUST_USE;

/**
 * tender_people - what a tender says of people, or said when it was deleted
 *
 * Gives   *people, freed with people_fini
 * Errors  ERR_NONE  there never was such a tender
 * Thread  the owner
 */
enum err tender_people(struct store *store, uint64_t team, uint64_t tender,
    struct people *people) MUST_USE;

/**
 * tender_sees - whether a viewer sees what belongs to a tender
 *
 * Takes   tender  0 is seen by all of the team
 * Gives   *sees
 * Errors  by the disk
 * Thread  the owner
 */
enum err tender_sees(struct store *store, const struct viewer *viewer,
    uint64_t tender, bool *sees) MUST_USE;

/**
 * row_bind - bind the fields of an object to TABLE_INSERT or TABLE_UPDATE
 *
 * Takes   object  lives until the statement is reset
 * Gives   all parameters bound; the number of the next one
 * Thread  the owner
 */
int row_bind(sqlite3_stmt *statement, uint64_t team,
    const struct object *object, const char *creator);

/**
 * row_bind_past - bind an object to TABLE_KEEP
 *
 * Takes   object   as it was; lives until the statement is reset
 *         until    the seq from which it was so no more
 *         deleted  it was deleted then
 * Gives   all parameters bound
 * Thread  the owner
 */
void row_bind_past(sqlite3_stmt *statement, uint64_t team,
    const struct object *object, const char *creator, uint64_t until,
    bool deleted);

/**
 * row_bind_key - bind the key columns of an object to TABLE_KEY
 *
 * Gives   all parameters bound
 * Thread  the owner
 */
void row_bind_key(
    sqlite3_stmt *statement, uint64_t team, const struct object *object);

/**
 * row_read - the object that the row of a statement holds
 *
 * Gives   *made
 * Thread  the owner
 */
void row_read(sqlite3_stmt *statement, enum kind kind, struct object **made);

/**
 * journal_open - begin to write rows of a team's journal
 *
 * Gives   *journal
 * Errors  ERR_NONE  there is no such team
 * Thread  the owner
 */
enum err journal_open(
    struct store *store, uint64_t team, struct journal *journal) MUST_USE;

/**
 * journal_add - take the next seq for a row; *event and *changed are taken
 *
 * Takes   event  all but team, seq, tx and members filled in
 * Gives   the seq
 * Thread  the owner
 */
uint64_t journal_add(
    struct journal *journal, struct event *event, char *changed);

/**
 * journal_write - write the rows as one transaction, and the new head
 *
 * Takes   events  or NULL
 * Gives   *events  the rows, with the members of their tenders
 * Errors  by the disk
 * Thread  the owner
 */
enum err journal_write(struct store *store, struct journal *journal,
    struct events *events) MUST_USE;

/**
 * journal_fini - free the rows that were not written
 *
 * Gives   *journal all zero
 * Thread  the owner
 */
void journal_fini(struct journal *journal);

/**
 * journal_anchor - up to where the journal of a team was cut
 *
 * Takes   chain  or NULL
 * Gives   *seq, 0 when it is whole, and the chain there
 * Errors  by the disk
 * Thread  the owner
 */
enum err journal_anchor(struct store *store, uint64_t team, uint64_t *seq,
    unsigned char chain[DIGEST_BYTES]) MUST_USE;

/**
 * journal_digest - the digest of a row
 *
 * Takes   salt  16 random bytes kept in the row
 * Gives   digest
 * Thread  any
 */
void journal_digest(const unsigned char salt[16], const struct event *event,
    const char *changed, unsigned char digest[DIGEST_BYTES]);

/**
 * chain_next - the next link of a chain
 *
 * Gives   chain, replaced by SHA-256(chain, seq as 8 bytes, digest)
 * Thread  any
 */
void chain_next(unsigned char chain[DIGEST_BYTES], uint64_t seq,
    const unsigned char digest[DIGEST_BYTES]);

#endif
