/* SPDX-License-Identifier: Apache-2.0
 *
 * right.h - who may see and who may change; the one place that decides.
 *
 * A viewer is a user as a session has come in: with the role in the team, and
 * with what its token narrows.  What the viewer may do to an object is asked
 * of the viewer in its tender (right_in), since a tender may give its people
 * other roles than the team does.
 */
#ifndef DB_RIGHT_H
#define DB_RIGHT_H

#include "protocol/command.h"
#include "protocol/kind.h"

struct viewer {
    uint64_t team;
    const char *user;
    enum role role;
    enum role most;      /* of the token, in any tender; ROLE_NONE: no bound */
    const char *tenders; /* ",3,7," of the token; NULL: all */
};

/* What a tender says of people: each ",ann,bob,", or NULL for nobody. */
struct people {
    char *members; /* NULL: all of the team see it */
    char *readers;
    char *scorers;
    char *editors;
    char *owners;
};

enum right_act {
#define RIGHT(...)
#define RIGHT_FIELD(...)
#define RIGHT_ACT(name, role) RIGHT_##name,
#include "db/rights.def"
#undef RIGHT
#undef RIGHT_FIELD
#undef RIGHT_ACT
    RIGHT_ACT_COUNT
};

/**
 * right_sees - whether what belongs to a tender is seen
 *
 * Takes   tender   its id; 0: of the team, which all of it see
 *         members  ",ann,bob,", or NULL or "" for all of the team
 * Gives   true or false
 * Thread  any
 */
bool right_sees(
    const struct viewer *viewer, uint64_t tender, const char *members);

/**
 * right_in - the viewer with the role that holds in a tender
 *
 * The first list of the tender that names the user gives the role: readers,
 * scorers, editors, owners.  Owners of the team stay owners.  A token never
 * gives more than its own role, and outside of its tenders reads alone.
 *
 * Takes   tender  its id; 0: what belongs to the team
 *         people  of the tender; NULL for the team
 * Gives   a copy, which borrows what the viewer borrows
 * Thread  any
 */
struct viewer right_in(
    const struct viewer *viewer, uint64_t tender, const struct people *people);

/**
 * right_adds - whether objects of a kind may be added
 *
 * Takes   viewer  in the tender of the object
 * Gives   true or false
 * Thread  any
 */
bool right_adds(const struct viewer *viewer, enum kind kind);

/**
 * right_sets - whether a field of an object may be changed
 *
 * Takes   viewer  in the tender of the object
 *         field   a number among all fields
 *         author  who added the object
 * Gives   true or false
 * Thread  any
 */
bool right_sets(const struct viewer *viewer, size_t field, const char *author);

/**
 * right_deletes - whether an object may be deleted, or brought back
 *
 * Takes   viewer  in the tender of the object
 *         author  who added the object
 * Gives   true or false
 * Thread  any
 */
bool right_deletes(
    const struct viewer *viewer, enum kind kind, const char *author);

/**
 * right_acts - whether something may be done that is about no single object
 *
 * Gives   true or false
 * Thread  any
 */
bool right_acts(const struct viewer *viewer, enum right_act act);

/**
 * right_needed - the least role for which an answer would have been yes
 *
 * Takes   kind   of the object
 *         field  FIELD_COUNT when no field is meant
 *         del    deleting is meant
 * Gives   the word of a role, for allowed=
 * Thread  any
 */
const char *right_needed(enum kind kind, size_t field, bool del);

/**
 * right_act_role - the least role for something about no single object
 *
 * Gives   a role
 * Thread  any
 */
enum role right_act_role(enum right_act act);

/**
 * people_fini - free the lists
 *
 * Gives   *people all NULL
 * Thread  any
 */
void people_fini(struct people *people);

#endif
