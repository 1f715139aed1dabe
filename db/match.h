/* SPDX-License-Identifier: Apache-2.0
 *
 * match.h - whether the texts of an object hold what a search looks for; for
 * files of db/ alone.
 */
#ifndef DB_MATCH_H
#define DB_MATCH_H

#include "db/search.h"

/**
 * match_object - look for all phrases of a search in the texts of an object
 *
 * Gives   true, *field and *snippet; false when one is not there
 *         *cost grown by the bytes that were looked through
 * Thread  any
 */
bool match_object(const struct object *object, const struct search *search,
    size_t *field, char **snippet, size_t *cost);

#endif
