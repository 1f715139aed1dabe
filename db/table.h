/* SPDX-License-Identifier: Apache-2.0
 *
 * table.h - the tables of the kinds: columns, and SQL made from kinds.def.
 *
 * The order of columns is that of kinds.def, and the same in every statement.
 * For files of db/ alone.
 */
#ifndef DB_TABLE_H
#define DB_TABLE_H

#include "protocol/kind.h"

/* The columns that come before those of the fields in every SELECT. */
enum {
    COLUMN_ID,
    COLUMN_REV,
    COLUMN_AUTHOR,
    COLUMN_TIME,
    COLUMN_TENDER,
    COLUMN_CREATOR,
    COLUMN_FIRST /* of the fields */
};

/* What is prepared for each kind. */
enum table_statement {
    TABLE_GET,        /* team, id */
    TABLE_GET_AT,     /* team, id, at */
    TABLE_WHERE,      /* team, id: the tender */
    TABLE_TENDER,     /* team, tender: rising by id */
    TABLE_TENDER_AT,  /* team, tender, at: rising by id */
    TABLE_IDS,        /* team, tender: ids alone */
    TABLE_KEY,        /* team, tender, own id, key columns: the id of another */
    TABLE_INSERT,     /* team, the common columns, the fields */
    TABLE_UPDATE,     /* the same */
    TABLE_UPDATE_KEY, /* the same; the key columns are written too */
    TABLE_KEEP,       /* as TABLE_INSERT, then until, deleted: into the past */
    TABLE_DELETE,     /* team, id */
    TABLE_REVIVE,     /* team, id: it was deleted, and is there again */
    TABLE_COUNT
};

/**
 * table_writes - whether a statement is for the writing store alone
 *
 * Gives   true or false
 * Thread  any
 */
bool table_writes(enum table_statement which);

/**
 * table_has_key - whether a kind has a natural key
 *
 * Gives   true or false
 * Thread  any
 */
bool table_has_key(enum kind kind);

/**
 * field_takes_kinds - whether a ref may point to objects of several kinds, so
 *                     that its kind is stored too
 *
 * Gives   true or false
 * Thread  any
 */
bool field_takes_kinds(const struct field_row *row);

/**
 * columns_of - how many columns a field has
 *
 * Gives   1, 2 or 3
 * Thread  any
 */
int columns_of(size_t field);

/**
 * column_print - the name of a column of a field
 *
 * Takes   i  0 for the column that is compared and sorted by
 * Gives   *to grown
 * Thread  any
 */
void column_print(struct text *to, size_t field, int i);

/**
 * table_columns - the columns that every SELECT of a kind gives
 *
 * Gives   *to grown by "id, rev, ..."
 * Thread  any
 */
void table_columns(struct text *to, enum kind kind);

/**
 * table_create - the statements that make the tables of a kind
 *
 * Gives   *to grown
 * Thread  any
 */
void table_create(struct text *to, enum kind kind);

/**
 * table_statement - the text of a statement of a kind
 *
 * Gives   *to grown
 * Thread  any
 */
void table_statement(
    struct text *to, enum kind kind, enum table_statement which);

#endif
