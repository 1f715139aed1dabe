/* SPDX-License-Identifier: Apache-2.0
 *
 * panel_sheet.h - tables of panels as tables of C: for each kind of row that an
 * answer may hold the columns to be drawn, and how.
 */
#ifndef CLIENT_PANEL_PANEL_SHEET_H
#define CLIENT_PANEL_PANEL_SHEET_H

#include "client/panel/panel.h"

/* How the value of a key is drawn. */
enum how {
    HOW_END,
    HOW_NAME,    /* codes and names of objects; else as HOW_WORD */
    HOW_ID,      /* of the row */
    HOW_TEXT,    /* as it stands */
    HOW_DAY,     /* the day of a time */
    HOW_WORD,    /* a word of the protocol, or several, as people say them */
    HOW_FIELD,   /* the name of a field */
    HOW_VALUE,   /* the value of the field that stands under "axis" */
    HOW_DOES,    /* who does it: the party of the page, or the other */
    HOW_DONE_TO, /* and to whom */
    HOW_PERCENT, /* of 1; a range where there are key-low and key-high */
    HOW_POINTS,  /* of percent, with sign; a range likewise */
    HOW_LOSS,    /* likewise, of what is taken away */
    HOW_LEVELS,  /* of percent, without sign */
    HOW_NUMBER,
    HOW_SIGNED,
    HOW_YES /* a mark where it is "yes" */
};

struct column {
    const char *key;
    enum text_id heading;
    enum how how;
    const char *kind; /* of HOW_NAME */
    unsigned flags;
};

struct sheet {
    const char *verb, *row;
    enum text_id title;
    const struct column *columns; /* up to END */
};

/* Tables about markets: captive users, distributors, rivals, non-clients. */
extern const struct sheet panel_market[];
extern const size_t panel_market_n;

#define NAME(key, heading, of)                                                 \
    {                                                                          \
        key, TEXT_HEAD_##heading, HOW_NAME, of, COLUMN_WRAP                    \
    }
#define CELL(key, heading, how)                                                \
    {                                                                          \
        key, TEXT_HEAD_##heading, HOW_##how, NULL,                             \
            HOW_##how == HOW_YES      ? 0                                      \
            : HOW_##how < HOW_PERCENT ? COLUMN_WRAP                            \
                                      : COLUMN_RIGHT | COLUMN_POINT            \
    }
#define SPARE(key, heading, how)                                               \
    {                                                                          \
        key, TEXT_HEAD_##heading, HOW_##how, NULL,                             \
            COLUMN_RIGHT | COLUMN_POINT | COLUMN_SPARE                         \
    }
#define ASIDE(key, heading)                                                    \
    {                                                                          \
        key, TEXT_HEAD_##heading, HOW_WORD, NULL, COLUMN_WRAP | COLUMN_SPARE   \
    }
#define TEXTS(key, heading)                                                    \
    {                                                                          \
        key, TEXT_HEAD_##heading, HOW_TEXT, NULL, COLUMN_WRAP                  \
    }
/* A line to be sent, which must not be broken; a day. */
#define LINES(key, heading)                                                    \
    {                                                                          \
        key, TEXT_HEAD_##heading, HOW_TEXT, NULL, 0                            \
    }
#define DAY(key, heading)                                                      \
    {                                                                          \
        key, TEXT_HEAD_##heading, HOW_DAY, NULL, 0                             \
    }
#define END                                                                    \
    {                                                                          \
        NULL, TEXT_HEAD_BID, HOW_END, NULL, 0                                  \
    }

/**
 * panel_sheets - a table for each kind of row that the answer holds
 *
 * Takes   list[n]  of any verbs
 * Gives   panel->page grown by those of the verb
 * Thread  any
 */
void panel_sheets(const struct panel *panel, const char *verb,
    const struct sheet *list, size_t n);

#endif
