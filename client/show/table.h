/* SPDX-License-Identifier: Apache-2.0
 *
 * table.h - cells in columns, fitted to a width.
 *
 * Columns take what their cells need.  When that is too much, bars become
 * shorter, then the widest column that may be cut is cut, then columns that
 * may be left out are, the last first.
 */
#ifndef CLIENT_SHOW_TABLE_H
#define CLIENT_SHOW_TABLE_H

#include "client/show/page.h"

#include <stdint.h>

enum column_flag {
    COLUMN_RIGHT = 1u << 0, /* numbers */
    COLUMN_CUT = 1u << 1,   /* may be cut with an ellipsis */
    COLUMN_SPARE = 1u << 2, /* may be left out */
    COLUMN_BAR = 1u << 3,   /* cells are bars of their values */
    COLUMN_POINT = 1u << 4, /* numbers, aligned at their decimal mark */
    COLUMN_WRAP = 1u << 5,  /* goes on in further lines, and is never cut */
    COLUMN_FOLD = 1u << 6,  /* only its heading goes on in further lines */
};

struct table_column {
    char *heading; /* owned */
    unsigned flags;
    int64_t top;  /* of a bar column: what a full bar stands for */
    size_t width; /* worked out when it is laid out; 0: left out */
    size_t least; /* likewise: what it can not be narrower than */
    size_t word;  /* likewise: its longest word */
};

struct table_cell {
    char *text; /* owned */
    enum style style;
    int64_t value; /* of a bar */
};

struct table {
    struct table_column *columns;
    size_t columns_n, columns_room;
    struct table_cell *cells; /* row after row */
    size_t cells_n, cells_room;
    size_t indent;
    bool tight;      /* words may be broken, since there is no other way */
    size_t left_out; /* columns that found no room when it was laid out */
};

/**
 * table_column - one more column; all of them before the first cell
 *
 * Takes   heading  a safe string
 * Gives   *table grown
 * Thread  any, one owner at a time
 */
void table_column(struct table *table, const char *heading, unsigned flags);

/**
 * table_cell - the next cell, from left to right, row after row
 *
 * Takes   text  a safe string
 * Gives   *table grown
 * Thread  any, one owner at a time
 */
void table_cell(struct table *table, enum style style, const char *text);

/**
 * table_bar - the next cell, of a column of bars
 *
 * Gives   *table grown; the longest value fills the column unless its top
 *         is higher
 * Thread  any, one owner at a time
 */
void table_bar(struct table *table, enum style style, int64_t value);

/**
 * table_lay_out - the table as lines
 *
 * Gives   *page grown by the headings and a line for each row; no line is
 *         wider than width
 * Thread  any, one owner at a time
 */
void table_lay_out(struct table *table, const struct look *look, size_t width,
    struct page *page);

/**
 * table_fini - free the table
 *
 * Gives   *table all zero
 * Thread  any, one owner at a time
 */
void table_fini(struct table *table);

#endif
