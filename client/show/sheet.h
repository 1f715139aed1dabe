/* SPDX-License-Identifier: Apache-2.0
 *
 * sheet.h - an answer as one table of values for other programs: RFC 4180, or
 * tabs with escapes.
 *
 * There is always one line of headings and as many values in every line.  The
 * columns depend on what was asked and not on what came: see columns.def.
 * Values are exact: what begins with = or + stays so.
 */
#ifndef CLIENT_SHOW_SHEET_H
#define CLIENT_SHOW_SHEET_H

#include "client/show/rows.h"

/* What was asked. */
struct sheet_ask {
    const char *verb;   /* "" when it is not known */
    const char *kind;   /* of list; "" for none */
    const char *fields; /* of fields=; NULL for none */
};

/**
 * sheet_print - the rows of an answer as one table
 *
 * Takes   final  NULL for none
 *         tabs   between values, instead of commas
 * Gives   *to grown by lines; they end in CR LF, with tabs in LF
 * Thread  any
 */
void sheet_print(struct text *to, const struct sheet_ask *ask,
    const struct rows *rows, const struct answer *final, bool tabs);

/**
 * sheet_csv - one value between commas, quoted when it must be
 *
 * Gives   *to grown
 * Thread  any
 */
void sheet_csv(struct text *to, const char *value);

/**
 * sheet_tsv - one value between tabs
 *
 * TAB, LF, CR and the backslash are written \t, \n, \r and \\.
 *
 * Gives   *to grown
 * Thread  any
 */
void sheet_tsv(struct text *to, const char *value);

/**
 * sheet_figure - whether a key of a final line is a figure of a computation
 *
 * Gives   false for n=, at= and the like, which are about the answer
 * Thread  any
 */
bool sheet_figure(const char *key);

#endif
