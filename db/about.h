/* SPDX-License-Identifier: Apache-2.0
 *
 * about.h - all that is recorded about an object: itself, what is about it,
 * and what only names it, as about.def tells these apart.
 */
#ifndef DB_ABOUT_H
#define DB_ABOUT_H

#include "db/store.h"

enum about { ABOUT_OTHER, ABOUT_NAMED, ABOUT_OWN };

struct about_row {
    enum about what;
    enum kind kind;
    uint64_t id;
    struct object *object; /* as it is; NULL: it was deleted */
};

struct abouts {
    struct about_row *list; /* the object asked for first; what refers to a row
                               stands behind it */
    size_t n, room;
    bool hidden; /* there is more that the viewer does not see */
};

/**
 * about_of - what a field makes of the object that refers by it
 *
 * Takes   field  a number among all fields
 * Gives   ABOUT_OTHER for those that about.def does not list
 * Thread  any
 */
enum about about_of(size_t field);

/**
 * store_about - all that is recorded about an object
 *
 * Takes   gone  also what was about it when it was deleted; objects that were
 *               deleted themselves are then found too
 * Gives   *got, freed with abouts_fini
 * Errors  ERR_NONE  there is no such object, or not seen
 * Thread  the owner
 */
enum err store_about(struct store *store, const struct viewer *viewer,
    enum kind kind, uint64_t id, bool gone, struct abouts *got) MUST_USE;

/**
 * abouts_fini - free what store_about made
 *
 * Gives   *got all zero
 * Thread  any
 */
void abouts_fini(struct abouts *got);

#endif
