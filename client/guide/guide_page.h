/* SPDX-License-Identifier: Apache-2.0
 *
 * guide_page.h - what "diptych guide" shows: questions, explanations, and the
 * propositions at its end.
 */
#ifndef CLIENT_GUIDE_GUIDE_PAGE_H
#define CLIENT_GUIDE_GUIDE_PAGE_H

#include "client/guide/guide_fill.h"

/**
 * guide_say - a sentence, wrapped
 *
 * Takes   ...  as say
 * Gives   lines on standard output
 * Thread  main
 */
void guide_say(const struct client *client, enum text_id id, ...);

/**
 * guide_show_part - the heading of a part and what it is about
 *
 * Gives   lines on standard output
 * Thread  main
 */
void guide_show_part(const struct client *client, enum guide_part part);

/**
 * guide_show_question - a question, its choices, and what Enter stands for
 *
 * Takes   preset  in words of the wire; "" for none, "-" for leaving it out
 * Gives   lines on standard output, the last without its end
 * Thread  main
 */
void guide_show_question(const struct client *client,
    const struct guide_question *question, const struct guide_gaps *gaps,
    const char *preset);

/**
 * guide_prompt - what Enter stands for, in brackets, and ">"
 *
 * Takes   shown  in words; "" for none
 * Gives   a line on standard output without its end
 * Thread  main
 */
void guide_prompt(const char *shown);

/**
 * guide_show_help - the explanation of a question
 *
 * Gives   lines on standard output
 * Thread  main
 */
void guide_show_help(const struct client *client,
    const struct guide_question *question, const struct guide_gaps *gaps);

/**
 * guide_show_tenders - the tenders that one can choose, by number
 *
 * Gives   lines on standard output
 * Thread  main
 */
void guide_show_tenders(
    const struct client *client, const struct labels *record);

/**
 * guide_show_end - decider, users, gap and front, each explained
 *
 * Gives   lines on standard output
 * Thread  main; it waits
 */
int guide_show_end(struct client *client, const char *tender) MUST_USE;

/**
 * guide_show_rest - how much is still lacking, and how to go on
 *
 * Gives   lines on standard output
 * Thread  main; it waits
 */
int guide_show_rest(struct client *client, const char *tender) MUST_USE;

#endif
