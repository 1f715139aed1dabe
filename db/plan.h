/* SPDX-License-Identifier: Apache-2.0
 *
 * plan.h - how a database of an earlier version becomes one of this version.
 *
 * Made by comparing: the database that is there, and an empty one of this
 * version.  For files of db/ alone.
 */
#ifndef DB_PLAN_H
#define DB_PLAN_H

#include "db/sql.h"

struct plan {
    struct text sql;   /* statements */
    struct text added; /* "bid.colour, tender.readers", for people */
};

/**
 * plan_make - what is to be done
 *
 * Tables, columns, indexes and words of enumerations may be added; an index
 * may change.
 *
 * Takes   path  for sentences
 * Gives   *plan, freed with plan_fini; no statements when nothing differs
 * Errors  ERR_UNSUPPORTED  something was removed or has another type; *why
 *                          names it
 * Thread  the owner of the connection
 */
enum err plan_make(sqlite3 *sql, const char *path, struct plan *plan,
    struct text *why) MUST_USE;

/**
 * plan_fini - free a plan
 *
 * Gives   *plan all zero
 * Thread  the one that owns it
 */
void plan_fini(struct plan *plan);

#endif
