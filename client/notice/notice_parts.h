/* SPDX-License-Identifier: Apache-2.0
 *
 * notice_parts.h - the parts in which a notice is read; for notice_read.c.
 */
#ifndef CLIENT_NOTICE_NOTICE_PARTS_H
#define CLIENT_NOTICE_NOTICE_PARTS_H

#include "client/notice/notice_xml.h"

/**
 * lots_read - lots and groups of lots, with their criteria
 *
 * Takes   root  the root element
 * Gives   lots, lots_n and what was skipped of *x->notice
 * Thread  any, one notice at a time
 */
void lots_read(struct xml *x, xmlNode *root);

/**
 * result_read - the result of an award notice, its references joined
 *
 * Takes   root  the root element
 * Gives   result of *x->notice; NULL when the notice has none
 * Thread  any, one notice at a time
 */
void result_read(struct xml *x, xmlNode *root);

#endif
