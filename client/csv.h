/* SPDX-License-Identifier: Apache-2.0
 *
 * csv.h - the records of an answer as CSV.
 */
#ifndef CLIENT_CSV_H
#define CLIENT_CSV_H

#include "client/rows.h"

/**
 * csv_print - rows as CSV of RFC 4180
 *
 * Each kind of row has its own header line: "kind", "id" when rows have one,
 * then every key that a row of the kind bears.  Kinds follow one another in
 * the order of their first rows.  Lines that are no record make a column
 * "text".
 *
 * Gives   *to grown; lines end with CR LF
 * Thread  any
 */
void csv_print(struct text *to, const struct rows *rows);

/**
 * csv_value - one value, in quotes when it must be
 *
 * Gives   *to grown
 * Thread  any
 */
void csv_value(struct text *to, const char *value);

#endif
