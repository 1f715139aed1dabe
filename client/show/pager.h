/* SPDX-License-Identifier: Apache-2.0
 *
 * pager.h - pages that are longer than the terminal.
 */
#ifndef CLIENT_SHOW_PAGER_H
#define CLIENT_SHOW_PAGER_H

#include "client/client.h"
#include "client/show/page.h"

/**
 * pager_print - print a page, through a pager when it is too long
 *
 * The pager is $PAGER, or "less -FRX" where there is one.  There is none on a
 * pipe, with --no-pager, when TERM is dumb, or when $PAGER is empty.
 *
 * Gives   output, as page_print
 * Thread  main; it waits for a person who reads
 */
void pager_print(
    const struct client *client, const struct page *page, FILE *out);

#endif
