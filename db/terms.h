/* SPDX-License-Identifier: Apache-2.0
 *
 * terms.h - the words of the record, for find; for files of db/ alone.
 *
 * Each word of a field of text is a row of the table "terms", written in the
 * same transaction as the object, so that what was wiped is wiped there too.
 */
#ifndef DB_TERMS_H
#define DB_TERMS_H

#include "db/inside.h"

/* Another number when texts are cut into other words: the table is filled anew
 * when a database of an older number is opened for writing. */
#define TERMS_VERSION 1
/* Words of one field that are found; what stands behind them is not. */
#define TERMS_MOST 20000

/**
 * terms_is_text - whether the words of a field are found
 *
 * Gives   true or false
 * Thread  any
 */
bool terms_is_text(size_t field);

/**
 * terms_write - the words of one state of an object replaced by another's
 *
 * Takes   one       the object, for its kind, id and tender
 *         old, now  NULL for what was not there, or is not any more
 * Gives   rows added and dropped
 * Errors  by the disk
 * Thread  the owner of the store
 */
enum err terms_write(struct store *store, uint64_t team,
    const struct object *one, const struct object *old,
    const struct object *now) MUST_USE;

typedef enum err terms_fn(void *ctx, const char *term);

/**
 * terms_each - the words of a text as they stand in the table, each once
 *
 * Takes   visit  what it answers but ERR_OK ends it
 * Gives   ERR_OK when all were visited
 * Errors  of visit
 * Thread  any
 */
enum err terms_each(const char *text, terms_fn *visit, void *ctx) MUST_USE;

/**
 * terms_current - whether the words in the table were cut as they are now
 *
 * Gives   *current
 * Errors  by the disk
 * Thread  the owner of the store
 */
enum err terms_current(struct store *store, bool *current) MUST_USE;

/**
 * terms_refresh - fill the table anew if it is of another version
 *
 * Gives   a table of TERMS_VERSION
 * Errors  by the disk
 * Thread  the owner of the writing store, outside a transaction
 */
enum err terms_refresh(struct store *store) MUST_USE;

#endif
