/* SPDX-License-Identifier: Apache-2.0
 *
 * table.h - what was measured, as a page of Markdown.
 */
#ifndef TESTS_BENCH_TABLE_H
#define TESTS_BENCH_TABLE_H

#include "tests/bench/measure.h"

#define TABLE_PEERS ((size_t)4)

/* One kind of work, and what each peer made of it; 0: not measured. */
struct row {
    char what[100];
    const char *unit;
    bool cost;  /* less is better */
    double bar; /* what is to be reached, 0 where nothing is said */
    double values[TABLE_PEERS];
    struct spread spreads[TABLE_PEERS];
};

struct table {
    const struct peer *peers[TABLE_PEERS];
    struct text versions[TABLE_PEERS];
    bool runs[TABLE_PEERS];
    struct row *list;
    size_t n, room;
};

/**
 * table_row - the row of some work, made when it is not there
 *
 * Takes   what    its name
 *         unit    "a second", "KiB"
 *         cost    less is better
 *         bar     what is to be reached; 0: nothing
 * Gives   a row that lives until the next call
 * Thread  any
 */
struct row *table_row(struct table *table, const char *what, const char *unit,
    bool cost, double bar);

/**
 * table_print - all rows: ratios first, then figures, then times
 *
 * Gives   *to grown
 * Thread  any
 */
void table_print(const struct table *table, struct text *to);

/**
 * machine_print - what it was measured on
 *
 * Gives   *to grown
 * Thread  any
 */
void machine_print(const struct table *table, struct text *to);

/**
 * table_fini - free the table
 *
 * Gives   *table all zero
 * Thread  any
 */
void table_fini(struct table *table);

#endif
