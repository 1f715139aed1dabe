/* SPDX-License-Identifier: Apache-2.0
 *
 * records.h - ordinary answers drawn for people: lists as tables, objects
 * field by field, texts wrapped, changes and events in one line each.
 */
#ifndef CLIENT_SHOW_RECORDS_H
#define CLIENT_SHOW_RECORDS_H

#include "client/show/page.h"
#include "client/show/rows.h"

/**
 * records_draw - the data lines of an answer
 *
 * Takes   each  field by field, as "show" wants it
 * Gives   *page grown
 * Thread  any
 */
void records_draw(const struct rows *rows, bool each, const struct look *look,
    struct page *page);

/**
 * records_missing - what a computation still lacks: the line to send, and why
 *
 * Takes   row  of kind "missing"
 * Gives   *page grown
 * Thread  any
 */
void records_missing(
    const struct row *row, const struct look *look, struct page *page);

/**
 * records_final - the final line of an answer that went well
 *
 * Gives   *page grown by a line, or as it was when it says nothing new
 * Thread  any
 */
void records_final(
    const struct answer *final, const struct look *look, struct page *page);

/**
 * records_event - an event in one line
 *
 * Gives   *to grown
 * Thread  any
 */
void records_event(
    struct text *to, const struct answer *event, const struct look *look);

#endif
