/* SPDX-License-Identifier: Apache-2.0
 *
 * panel.h - the figures of one computation, drawn for people.
 *
 * A panel is a page of a given width; a tender with several lots has a block
 * of rows for each.  Figures come from the server and are only rounded and
 * drawn here.
 */
#ifndef CLIENT_PANEL_PANEL_H
#define CLIENT_PANEL_PANEL_H

#include "client/show/labels.h"
#include "client/show/page.h"
#include "client/show/table.h"

/* The rows of one lot, or of a tender that is not cut into lots. */
struct block {
    const char *lot; /* its code; NULL for none */
    const struct row **rows;
    size_t n, room;
    const struct row *lot_row;  /* what else a final line would say */
    const struct answer *final; /* when there is no such row */
};

/* What every part of a panel needs. */
struct panel {
    const struct block *block;
    const struct labels *labels;
    const struct look *look;
    size_t width;
    struct page *page; /* where it is drawn */
};

typedef void panel_fn(const struct panel *panel);

/* A panel for each row of panels.def, on any thread: panel->page grows. */
#define PANEL(verb, function, title, whole) panel_fn function;
#include "client/panel/panels.def"
#undef PANEL

/**
 * panel_find - the panel of a verb
 *
 * Gives   NULL for a verb whose answer is an ordinary table
 * Thread  any
 */
panel_fn *panel_find(const char *verb);

/**
 * panel_more - a table for each kind of row that stands behind a proposition
 *
 * Takes   verb  whose tables
 * Gives   panel->page grown by those of which the answer holds rows
 * Thread  any
 */
void panel_more(const struct panel *panel, const char *verb);

/**
 * panel_winning - the prices at which our bid wins, where rows tell them
 *
 * Gives   panel->page grown by a sentence, or by none
 * Thread  any
 */
void panel_winning(const struct panel *panel);

/**
 * panel_words - words of the protocol as people say them
 *
 * Takes   words  with commas between; what is not known stands as it is
 * Gives   *to grown, safe for a terminal
 * Thread  any
 */
void panel_words(const struct panel *panel, struct text *to, const char *words);

/**
 * panel_words_of - the values of a key as people say them
 *
 * Takes   words  with commas between; what is not known stands as it is
 * Gives   *to grown, safe for a terminal
 * Thread  any
 */
void panel_words_of(const struct panel *panel, struct text *to, const char *key,
    const char *words);

/**
 * panel_field - the name of a field as people say it
 *
 * Gives   *to grown, safe for a terminal
 * Thread  any
 */
void panel_field(const struct panel *panel, struct text *to, const char *field);

/**
 * panel_names - objects by code and name
 *
 * Takes   codes  with commas between
 *         key    whose value a word that names no object is
 * Gives   *to grown, safe for a terminal
 * Thread  any
 */
void panel_names(const struct panel *panel, struct text *to, const char *kind,
    const char *key, const char *codes);

/**
 * panel_object - an object by its id and what its kind is
 *
 * Gives   *to grown by "M-4: the mark of a bid on a criterion"
 * Thread  any
 */
void panel_object(const struct panel *panel, struct text *to, const char *id);

/**
 * panel_blank - a blank line, unless one stands there or the title does
 *
 * Gives   panel->page grown, or as it was
 * Thread  any
 */
void panel_blank(const struct panel *panel);

/**
 * panel_lint - what to mend in what we say, object by object
 *
 * Gives   panel->page grown
 * Thread  any
 */
void panel_lint(const struct panel *panel);

/**
 * panel_brief - one page before a meeting
 *
 * Gives   panel->page grown
 * Thread  any
 */
void panel_brief(const struct panel *panel);

/**
 * panel_line - the line to send that a row holds, to be copied as it stands
 *
 * Gives   panel->page grown
 * Thread  any
 */
void panel_line(const struct panel *panel, const struct row *row);

/**
 * panel_map_more - the tables of the map beyond the first ones
 *
 * Gives   panel->page grown
 * Thread  any
 */
void panel_map_more(const struct panel *panel);

/**
 * panel_drawn - how many draws were made, from which seed, on what assumption
 *
 * Gives   panel->page grown
 * Thread  any
 */
void panel_drawn(const struct panel *panel);

/**
 * blocks_cut - sort rows by lot
 *
 * Takes   rows, final  must outlive the blocks
 *         whole        lots do not matter: all in one block
 * Gives   *list of *n blocks in the order of their first rows, at least one;
 *         freed with blocks_free
 * Thread  any
 */
void blocks_cut(const struct rows *rows, const struct answer *final, bool whole,
    struct block **list, size_t *n);

/**
 * blocks_free - free blocks
 *
 * Gives   *list NULL
 * Thread  any
 */
void blocks_free(struct block **list, size_t n);

/**
 * block_word - a key of the final line of a block
 *
 * Gives   NULL when there is none
 * Thread  any
 */
const char *block_word(const struct block *block, const char *key);

/**
 * block_find - the first row of a kind with certain values
 *
 * Takes   key, value  and again, up to two pairs; NULL key: not asked
 * Gives   NULL when there is none
 * Thread  any
 */
const struct row *block_find(const struct block *block, const char *kind,
    const char *key, const char *value, const char *key2, const char *value2);

/**
 * panel_micro - a figure of a row
 *
 * Gives   true and *micro; false when the row is NULL or lacks it
 * Thread  any
 */
bool panel_micro(const struct row *row, const char *key, int64_t *micro);

/**
 * panel_sentence - a sentence below the tables
 *
 * Takes   ...  as say; the gaps are safe strings
 * Gives   panel->page grown by its wrapped lines
 * Thread  any
 */
void panel_sentence(const struct panel *panel, enum text_id id, ...);

/**
 * panel_heading - the text of a heading
 *
 * Gives   a string that lives for ever
 * Thread  any
 */
const char *panel_heading(const struct panel *panel, enum text_id id);

/**
 * panel_table - lay out a table and free it
 *
 * Gives   panel->page grown; a line says how many columns found no room
 * Thread  any
 */
void panel_table(const struct panel *panel, struct table *table);

/**
 * panel_comma - what stands between the figures of a sentence
 *
 * Gives   ", ", and in French, where a comma marks decimals, " ; "
 * Thread  any
 */
const char *panel_comma(const struct panel *panel);

/**
 * panel_style - how what belongs to a bid is written
 *
 * Takes   row  that says ours=yes, or does not
 * Gives   STYLE_STRONG for ours
 * Thread  any
 */
enum style panel_style(const struct row *row);

/**
 * panel_number - a cell with a figure
 *
 * Takes   put  number_put or number_signed
 * Gives   *table grown by a cell, empty when the row lacks the figure
 * Thread  any
 */
void panel_number(const struct panel *panel, struct table *table,
    enum style style, const struct row *row, const char *key,
    void (*put)(struct text *, int64_t, int, enum language));

/**
 * panel_percent - a cell with a share
 *
 * Gives   *table grown by a cell, empty when the row lacks the figure
 * Thread  any
 */
void panel_percent(const struct panel *panel, struct table *table,
    enum style style, const struct row *row, const char *key);

/**
 * panel_estimates - say how many figures are estimates, if some are
 *
 * Gives   panel->page grown, or as it was
 * Thread  any
 */
void panel_estimates(const struct panel *panel);

/**
 * panel_bids - the rows of a kind in the order of their rank
 *
 * Gives   *n rows in a list freed with free(); unranked ones last
 * Thread  any
 */
const struct row **panel_bids(
    const struct panel *panel, const char *kind, size_t *n);

#endif
