/* SPDX-License-Identifier: Apache-2.0
 *
 * rows.h - the data lines of one answer, kept.
 *
 * A row is a record with its key=value words; a text block that follows a
 * record becomes one more value of it.  Lines that are no record (help, JSON)
 * are rows of one value without a key.
 */
#ifndef CLIENT_SHOW_ROWS_H
#define CLIENT_SHOW_ROWS_H

#include "protocol/answer.h"

#include <stdbool.h>
#include <stddef.h>

struct row_value {
    char *key; /* owned; NULL for a positional value behind the id */
    struct text value;
};

struct row {
    const char *kind; /* NULL for a line that is no record */
    const char *id;   /* NULL when there is none */
    struct row_value *list;
    size_t n, room;
    struct answer answer; /* holds the bytes of kind and id */
};

struct rows {
    struct row *list;
    size_t n, room;
    size_t text_lines; /* of the text block being read that still come */
    size_t text_place; /* its value within the last row */
    bool text_started;
};

/**
 * rows_add - one more data line
 *
 * Takes   line  with its two blanks
 * Gives   *rows grown by a row, or the last row grown by a line of text
 * Thread  any, one owner at a time
 */
void rows_add(struct rows *rows, const char *line);

/**
 * rows_fini - free all rows
 *
 * Gives   *rows all zero
 * Thread  any, one owner at a time
 */
void rows_fini(struct rows *rows);

/**
 * row_get - the value of a key of a row
 *
 * Gives   a string that lives as long as the row; NULL when there is none
 * Thread  any
 */
const char *row_get(const struct row *row, const char *key);

/**
 * row_is - whether a row is of a kind
 *
 * Gives   true or false
 * Thread  any
 */
bool row_is(const struct row *row, const char *kind);

/**
 * row_has - whether a row has a key with a certain value
 *
 * Takes   value  NULL: the row lacks the key
 * Gives   true or false
 * Thread  any
 */
bool row_has(const struct row *row, const char *key, const char *value);

/**
 * row_name - what a row is about: its code= or the id behind its kind
 *
 * Gives   a string that lives as long as the row; "" when there is neither
 * Thread  any
 */
const char *row_name(const struct row *row);

#endif
