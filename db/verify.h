/* SPDX-License-Identifier: Apache-2.0
 *
 * verify.h - whether a database is what its journal says; for files of db/.
 */
#ifndef DB_VERIFY_H
#define DB_VERIFY_H

#include "db/inside.h"

struct verify {
    struct store *store;
    struct text *report;
    size_t findings;
    uint64_t objects, rows;  /* looked at */
    uint64_t terms;          /* words that the objects say */
    sqlite3_stmt *find_ref;  /* while objects are looked at */
    sqlite3_stmt *find_term; /* NULL also when find's words are not current: a
                                server that opens the record fills them anew */
    struct text heads;       /* of all chains, a line each */
};

/**
 * verify_store - integrity, chains, references, codes, the past
 *
 * Gives   *report grown by a line a finding (the first hundred), a line for
 *         the head of each chain and a closing line
 * Errors  ERR_CONFLICT  something is wrong; else by the disk
 * Thread  the owner of the store
 */
enum err verify_store(struct store *store, struct text *report) MUST_USE;

/**
 * verify_bare - integrity and chains of a database of any version
 *
 * Gives   *report as verify_store
 * Errors  as verify_store
 * Thread  the owner of the connection
 */
enum err verify_bare(sqlite3 *sql, struct text *report) MUST_USE;

/**
 * verify_find - note a finding
 *
 * Takes   format  one line without its end
 * Gives   the report grown, unless it is long already
 * Thread  the owner of the store
 */
void verify_find(struct verify *v, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/**
 * verify_chains - the journals of all teams, and the audit
 *
 * Gives   findings, and a line for each head
 * Errors  by the disk
 * Thread  the owner of the store
 */
enum err verify_chains(struct verify *v) MUST_USE;

/**
 * verify_objects - every object against its journal, references and code
 *
 * Gives   findings
 * Errors  by the disk
 * Thread  the owner of the store
 */
enum err verify_objects(struct verify *v) MUST_USE;

/**
 * verify_number - the number that a statement gives
 *
 * Gives   *got
 * Errors  by the disk
 * Thread  the owner of the store
 */
enum err verify_number(
    struct verify *v, const char *sql, uint64_t *got) MUST_USE;

/**
 * verify_terms_open - begin to compare the words of find with the objects
 *
 * Gives   v->find_term, to be finalized
 * Errors  by the disk
 * Thread  the owner of the store
 */
enum err verify_terms_open(struct verify *v) MUST_USE;

/**
 * verify_terms_of - whether find has the words of an object
 *
 * Takes   id  of the object, for the findings
 * Gives   findings, and v->terms grown
 * Errors  by the disk
 * Thread  the owner of the store
 */
enum err verify_terms_of(struct verify *v, uint64_t team,
    const struct object *object, const char *id) MUST_USE;

/**
 * verify_terms_rows - whether find has no other words, when all objects were
 *                     looked at
 *
 * Gives   findings
 * Errors  by the disk
 * Thread  the owner of the store
 */
enum err verify_terms_rows(struct verify *v) MUST_USE;

/**
 * verify_orphans - rows of a kind that belong to nothing
 *
 * Gives   findings
 * Errors  by the disk
 * Thread  the owner of the store
 */
enum err verify_orphans(struct verify *v, enum kind kind) MUST_USE;

#endif
