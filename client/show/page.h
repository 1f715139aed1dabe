/* SPDX-License-Identifier: Apache-2.0
 *
 * page.h - lines for a terminal, put together before they are printed.
 */
#ifndef CLIENT_SHOW_PAGE_H
#define CLIENT_SHOW_PAGE_H

#include "client/show/look.h"

#include <stdio.h>

struct page {
    char **list; /* owned; safe strings, perhaps with colours */
    size_t n, room;
};

/**
 * page_add - one more line
 *
 * Takes   line  made of safe strings; copied
 * Gives   *page grown
 * Thread  any, one owner at a time
 */
void page_add(struct page *page, const char *line);

/**
 * page_blank - a blank line, unless one stands there
 *
 * Gives   *page grown, or as it was
 * Thread  any, one owner at a time
 */
void page_blank(struct page *page);

/**
 * page_title - a line that is underlined over its width
 *
 * Gives   *page grown by two lines
 * Thread  any, one owner at a time
 */
void page_title(struct page *page, const struct look *look, const char *title,
    size_t width);

/**
 * page_wrap - text broken at blanks
 *
 * Takes   first  what stands before the first line; blanks of the same width
 *                stand before the others
 *         text   a safe string; LF ends a line
 * Gives   *page grown
 * Thread  any, one owner at a time
 */
void page_wrap(
    struct page *page, const char *first, const char *text, size_t width);

/**
 * page_beside - two pages side by side
 *
 * Takes   width  of each; longer lines are cut
 * Gives   *page grown by the lines of the longer one
 * Thread  any, one owner at a time
 */
void page_beside(struct page *page, const struct page *left,
    const struct page *right, size_t width);

/**
 * page_append - the lines of another page
 *
 * Gives   *page grown
 * Thread  any, one owner at a time
 */
void page_append(struct page *page, const struct page *more);

/**
 * page_print - print the lines
 *
 * Gives   output in the character set of the terminal, without blanks at the
 *         ends of lines
 * Thread  any
 */
void page_print(const struct page *page, FILE *out);

/**
 * page_fini - free the lines
 *
 * Gives   *page all zero
 * Thread  any, one owner at a time
 */
void page_fini(struct page *page);

#endif
