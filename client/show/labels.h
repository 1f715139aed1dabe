/* SPDX-License-Identifier: Apache-2.0
 *
 * labels.h - the names behind codes and ids.
 *
 * Rows of computations bear codes; people want to read names.  They are asked
 * for together with the figures.
 */
#ifndef CLIENT_SHOW_LABELS_H
#define CLIENT_SHOW_LABELS_H

#include "client/link/talk.h"

struct labels {
    struct rows rows; /* of kinds tender, lot, criterion, bid, need, ... */
};

/**
 * labels_ask - send the requests that fetch the names of a tender
 *
 * Takes   tender  its id or code; NULL: the names of parties alone
 * Gives   requests in flight whose answers fill *labels, which must live
 *         until they have come; what is refused leaves a gap
 * Thread  the one that owns *talk
 */
void labels_ask(struct talk *talk, const char *tender, struct labels *labels);

/**
 * labels_find - the row with a code or an id
 *
 * Gives   a row that lives as long as *labels; NULL when there is none
 * Thread  any
 */
const struct row *labels_find(
    const struct labels *labels, const char *kind, const char *code);

/**
 * labels_put - the name of an object, cleaned
 *
 * Gives   *to grown by its name or title; by the code when it has none
 * Thread  any
 */
void labels_put(struct text *to, const struct labels *labels, const char *kind,
    const char *code);

/**
 * labels_put_both - code and name of an object, cleaned
 *
 * Gives   *to grown by "C2 Technical quality"; by the code alone when there
 *         is no name
 * Thread  any
 */
void labels_put_both(struct text *to, const struct labels *labels,
    const char *kind, const char *code);

/**
 * labels_put_set - a list of codes with commas as names
 *
 * Gives   *to grown by "Live information + New vehicle"
 * Thread  any
 */
void labels_put_set(struct text *to, const struct labels *labels,
    const char *kind, const char *codes);

/**
 * labels_fini - free the names
 *
 * Gives   *labels all zero
 * Thread  any
 */
void labels_fini(struct labels *labels);

#endif
