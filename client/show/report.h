/* SPDX-License-Identifier: Apache-2.0
 *
 * report.h - the two value propositions of a tender, and what lies between
 * them, on one page.
 */
#ifndef CLIENT_SHOW_REPORT_H
#define CLIENT_SHOW_REPORT_H

#include "client/client.h"
#include "client/panel/panel.h"

/* The panels of a report, in their order. */
enum report_part {
    REPORT_DECIDER,
    REPORT_USERS,
    REPORT_GAP,
    REPORT_FRONT,
    REPORT_DISCOUNT,
    REPORT_PARTS
};

struct report_answer {
    struct rows rows;
    struct answer final;
    bool came;
};

/**
 * report_draw - the answers of a report as one page
 *
 * The propositions stand side by side where there is room for both.  A part
 * that the server refused says what it lacks.
 *
 * Takes   answers  [REPORT_PARTS]
 * Gives   *page grown
 * Thread  any
 */
void report_draw(const struct report_answer *answers, const char *tender,
    const struct labels *labels, const struct look *look, struct page *page);

/**
 * report_verb - the verb that gives the figures of a part
 *
 * Gives   a string that lives for ever
 * Thread  any
 */
const char *report_verb(enum report_part part);

/**
 * report_part - one part of a report, or what it lacks
 *
 * Gives   *page grown by title and panel of every lot
 * Thread  any
 */
void report_part(enum report_part part, const struct report_answer *answer,
    const struct labels *labels, const struct look *look, struct page *page);

/**
 * report_panel - the answer of one computing verb as a page
 *
 * Gives   *page grown by title and panel of every lot
 * Thread  any
 */
void report_panel(const char *verb, const struct rows *rows,
    const struct answer *final, const struct labels *labels,
    const struct look *look, struct page *page);

/**
 * report_ask - ask for all that a report needs, and print it when it is there
 *
 * Takes   words[n]  "report", a tender unless one is in use, lot=, with=
 * Gives   requests in flight, the last of which prints; *status is set then
 * Errors  ERR_ARG  no tender; it has been said
 * Thread  main
 */
enum err report_ask(struct client *client, const char *const *words, int n,
    FILE *out, int *status) MUST_USE;

/**
 * report_run - the verb "report" of the command line
 *
 * Gives   an exit status
 * Thread  main; it waits
 */
int report_run(struct client *client) MUST_USE;

#endif
