/* SPDX-License-Identifier: Apache-2.0
 *
 * dialect.h - where engines of SQL differ; for files of db/ alone.
 *
 * All other text of SQL in this folder is understood by SQLite and PostgreSQL
 * alike: placeholders are ?1 (the driver of PostgreSQL writes $1), INTEGER has
 * 64 bits, and the functions holds, has_all and instr are given to an engine
 * that lacks them.  dialect_sqlite.c is the one file that knows what is left.
 */
#ifndef DB_DIALECT_H
#define DB_DIALECT_H

#include "protocol/base_text.h"
#include "protocol/err.h"
#include "protocol/types.h"

#include <sqlite3.h>
#include <stdint.h>

/* Ends of CREATE TABLE: rows that are found by their key, or numbered. */
#define DIALECT_KEYED    "STRICT, WITHOUT ROWID"
#define DIALECT_NUMBERED "STRICT"
/* A transaction that will write, so that it waits now and not later. */
#define DIALECT_BEGIN_WRITE "BEGIN IMMEDIATE"
/* The type of bytes. */
#define DIALECT_BYTES "BLOB"

/**
 * dialect_type - the type of a column
 *
 * Takes   i  0 for the first column of a field, 1 and 2 for the others
 * Gives   a word of SQL
 * Thread  any
 */
const char *dialect_type(enum type type, int i);

/**
 * err_from_sqlite - an error of the engine as one of ours
 *
 * Takes   code  extended or not
 * Gives   ERR_OK for OK, ROW and DONE; ERR_FULL for a full disk; ERR_BUSY for
 *         a lock; ERR_LIMIT for a deadline or a value too big;
 *         ERR_UNAVAILABLE for what the disk did; else ERR_INTERNAL
 * Thread  any
 */
enum err err_from_sqlite(int code);

/**
 * dialect_open - a connection to a file, and nothing done with it yet
 *
 * Gives   *made  also when it failed, to ask for the reason; closed by the
 *                caller
 * Errors  by the disk
 * Thread  any; the connection then belongs to one thread at a time
 */
enum err dialect_open(const char *path, bool writes, sqlite3 **made) MUST_USE;

/**
 * dialect_configure - the settings of a connection that the server works with
 *
 * Gives   a connection that is durable, or one that can not write
 * Errors  by the disk
 * Thread  the owner of the connection
 */
enum err dialect_configure(sqlite3 *sql, bool writes) MUST_USE;

/**
 * dialect_mark - whose database it is, and of which version
 *
 * Gives   *application, *version
 * Errors  by the disk
 * Thread  the owner of the connection
 */
enum err dialect_mark(
    sqlite3 *sql, uint64_t *application, uint64_t *version) MUST_USE;

/**
 * dialect_print_mark - the statements that set what dialect_mark reads
 *
 * Gives   *to grown
 * Thread  any
 */
void dialect_print_mark(struct text *to, int application, int version);

typedef void dialect_found_fn(void *ctx, const char *finding);

/**
 * dialect_check - whether the file is whole
 *
 * Gives   found called for each finding, up to twenty
 * Errors  by the disk
 * Thread  the owner of the connection
 */
enum err dialect_check(
    sqlite3 *sql, dialect_found_fn *found, void *ctx) MUST_USE;

/**
 * dialect_copy - write a copy as it is now, beside whoever writes
 *
 * Takes   path  of an empty file
 * Gives   the copy, not yet on the disk
 * Errors  by the disk
 * Thread  the owner of the connection
 */
enum err dialect_copy(sqlite3 *sql, const char *path) MUST_USE;

/**
 * dialect_is_open - whether a transaction is open
 *
 * Gives   true or false; the engine ends one by itself after some errors
 * Thread  the owner of the connection
 */
bool dialect_is_open(sqlite3 *sql);

/**
 * dialect_changes - how many rows a connection has written
 *
 * Gives   a number that rises with each
 * Thread  the owner of the connection
 */
uint64_t dialect_changes(sqlite3 *sql);

/**
 * dialect_checkpoint - move the write-ahead log into the database
 *
 * Takes   cut  shorten the log to nothing, waiting a moment for readers
 * Gives   *done  all of it was moved, and cut
 * Errors  by the disk; that readers are in the way is none
 * Thread  the owner of the connection
 */
enum err dialect_checkpoint(sqlite3 *sql, bool cut, bool *done) MUST_USE;

/* A column or an index of a database that is there. */
struct dialect_part {
    char *table;
    char *name;
    char *type; /* of a column; of an index the statement that makes it */
    bool is_index;
    bool needed; /* NOT NULL without a default */
    int key;     /* place in the primary key, 0 for none */
};

struct dialect_parts {
    struct dialect_part *list;
    size_t n, room;
};

/**
 * dialect_parts - all columns and indexes of a database
 *
 * Gives   *got, by table, freed with dialect_parts_fini
 * Errors  by the disk
 * Thread  the owner of the connection
 */
enum err dialect_parts(sqlite3 *sql, struct dialect_parts *got) MUST_USE;

/**
 * dialect_table - the statement that makes a table
 *
 * Gives   *to grown
 * Errors  ERR_NONE
 * Thread  the owner of the connection
 */
enum err dialect_table(
    sqlite3 *sql, const char *table, struct text *to) MUST_USE;

/**
 * dialect_parts_fini - free parts
 *
 * Gives   *parts all zero
 * Thread  the one that owns them
 */
void dialect_parts_fini(struct dialect_parts *parts);

#endif
