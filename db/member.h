/* SPDX-License-Identifier: Apache-2.0
 *
 * member.h - teams, and who is in them as what.
 *
 * What changes here is a row of the team's journal, by the author "@admin".
 * Logging in, passwords and tokens stand in user.h.
 */
#ifndef DB_MEMBER_H
#define DB_MEMBER_H

#include "db/store.h"
#include "db/user.h"

/* The team of the server's admins; no other team can have such a name. */
#define TEAM_SERVER "@server"

/**
 * member_is_name - whether a word can be the name of a user or a team
 *
 * Gives   true or false
 * Thread  any
 */
bool member_is_name(const char *word);

/**
 * member_write - write a row about a member into the journal of a team
 *
 * Takes   name  "member.add", "member.role", ...
 *         role  the word of a role, or NULL
 * Gives   a row
 * Errors  by the disk
 * Thread  the owner of the writing store, inside a transaction
 */
enum err member_write(struct store *store, uint64_t team, const char *name,
    const char *user, const char *role, int64_t now_ms) MUST_USE;

/**
 * member_set_role - give a user another role
 *
 * Takes   user  as user_find gave it
 * Gives   the row changed, and one of the journal ("member.role")
 * Errors  ERR_STATE  from a team to the server or back
 * Thread  the owner of the writing store, inside a transaction
 */
enum err member_set_role(struct store *store, const struct user *user,
    enum role role, int64_t now_ms) MUST_USE;

/**
 * member_drop - delete a user
 *
 * Password and tokens go; the name stays in the history, so it is kept from
 * being given to somebody else.
 *
 * Takes   user  as user_find gave it
 * Gives   the row changed, and one of the journal ("member.del");
 *         *alone  tenders that nobody else was a member of
 * Errors  by the disk
 * Thread  the owner of the writing store, inside a transaction
 */
enum err member_drop(struct store *store, const struct user *user,
    int64_t now_ms, uint64_t *alone) MUST_USE;

/**
 * members_print - the users of a team, or of all teams
 *
 * Takes   team  its name, NULL for all
 * Gives   *to grown by lines "user=ann role=owner team=blue created=..."
 * Errors  ERR_NONE  there is no such team
 * Thread  the owner
 */
enum err members_print(
    struct store *store, const char *team, struct text *to) MUST_USE;

/**
 * team_need - the number of a team, which is made when absent
 *
 * Gives   *team
 * Errors  by the disk
 * Thread  the owner of the writing store, inside a transaction
 */
enum err team_need(struct store *store, const char *name, int64_t now_ms,
    uint64_t *team) MUST_USE;

/**
 * team_add - make a team without users
 *
 * Gives   a row
 * Errors  ERR_EXISTS  there is such a team; ERR_ARG  a name that is no word
 * Thread  the owner of the writing store, inside a transaction
 */
enum err team_add(
    struct store *store, const char *name, int64_t now_ms) MUST_USE;

/**
 * teams_print - all teams
 *
 * Gives   *to grown by lines "team=blue users=4 seq=123 created=..."
 * Errors  by the disk
 * Thread  the owner
 */
enum err teams_print(struct store *store, struct text *to) MUST_USE;

#endif
