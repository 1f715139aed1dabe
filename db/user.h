/* SPDX-License-Identifier: Apache-2.0
 *
 * user.h - users, tokens and the audit of logins.
 *
 * Names of users are unique on the server, for ever: the history shows them.
 * Each user is in one team.  Adding a user is a row of the team's journal too;
 * roles, leaving, and lists stand in member.h.
 */
#ifndef DB_USER_H
#define DB_USER_H

#include "db/secret.h"
#include "db/store.h"

struct user {
    uint64_t id;
    uint64_t team;
    enum role role;
    char *name;
    char *team_name;
    char *secret; /* as secret_make wrote it */
    /* Of the token that was used; a password gives all that the user may. */
    enum role most; /* ROLE_NONE: no bound */
    char *tenders;  /* ",3,7,"; NULL: all */
    char *token;    /* its name; NULL: of a login */
    unsigned char digest[DIGEST_BYTES];
    int64_t used;    /* about when that token was used last */
    int64_t expires; /* when that token ends */
};

/**
 * user_add - add a user; the team is made when absent
 *
 * Takes   name, team  words of the wire, up to the limit "word"; ROLE_ADMIN
 *                     takes no team
 *         secret      from secret_make
 * Gives   a row, and one of the team's journal ("member.add")
 * Errors  ERR_EXISTS  there is such a user
 *         ERR_STATE   there was one, who was deleted
 *         ERR_ARG     a name that is no word
 * Thread  the owner of the writing store, inside a transaction
 */
enum err user_add(struct store *store, const char *name, const char *team,
    enum role role, const char *secret, int64_t now_ms) MUST_USE;

/**
 * user_add_again - add a user who may have been one before
 *
 * Takes   again  it is the same person as the one who was deleted
 * Gives   as user_add
 * Errors  as user_add; ERR_STATE not when again
 * Thread  the owner of the writing store, inside a transaction
 */
enum err user_add_again(struct store *store, const char *name, const char *team,
    enum role role, const char *secret, bool again, int64_t now_ms) MUST_USE;

/**
 * user_set_secret - change a password; the user's tokens are revoked
 *
 * Gives   the row changed, and one of the team's journal ("member.password")
 * Errors  ERR_NONE  there is no such user
 * Thread  the owner of the writing store, inside a transaction
 */
enum err user_set_secret(struct store *store, const char *name,
    const char *secret, int64_t now_ms) MUST_USE;

/**
 * user_find - a user by name
 *
 * Gives   *got, freed with user_fini
 * Errors  ERR_NONE
 * Thread  the owner
 */
enum err user_find(
    struct store *store, const char *name, struct user *got) MUST_USE;

/**
 * user_of_names - the user for whom a name of a certificate is recorded
 *
 * Takes   names  a line each, as "uri:diptych:ann"
 * Gives   *got, freed with user_fini; *which, freed with free(), the name
 * Errors  ERR_AUTH  none of them is, or they are of different users
 * Thread  the owner
 */
enum err user_of_names(struct store *store, const char *names, struct user *got,
    char **which) MUST_USE;

/**
 * user_set_identity - let a name of certificates log in as a user, or not
 *
 * Takes   user    as user_find gave it
 *         remove  take it away
 * Gives   the row, and one of the journal ("member.identity")
 * Errors  ERR_ARG     the name is not uri:, email: or key: and a value
 *         ERR_EXISTS  it is recorded already, for this user or another
 *         ERR_STATE   it is not recorded for the user
 * Thread  the owner of the writing store, inside a transaction
 */
enum err user_set_identity(struct store *store, const struct user *user,
    const char *name, bool remove, int64_t now_ms) MUST_USE;

/**
 * user_of_token - the user whom a token names
 *
 * Takes   token   as sent
 * Gives   *got, freed with user_fini
 * Errors  ERR_AUTH  no such token, or it has expired
 * Thread  the owner
 */
enum err user_of_token(struct store *store, const char *token, int64_t now_ms,
    struct user *got) MUST_USE;

/**
 * user_token_add - remember a token of a user (its digest alone is stored)
 *
 * Gives   a row; expired ones are removed now and then
 * Thread  the owner of the writing store, inside a transaction
 */
enum err user_token_add(struct store *store, uint64_t user, const char *token,
    int64_t expires_ms) MUST_USE;

/**
 * user_audit - write one row of the audit of logins and denials
 *
 * Takes   what    "login", "login-failed", "denied"
 *         detail  words of the wire, never a password or token; may be ""
 * Gives   a row in a chain of its own
 * Thread  the owner of the writing store, inside a transaction
 */
enum err user_audit(struct store *store, int64_t now_ms, const char *user,
    const char *address, const char *what, const char *detail) MUST_USE;

/**
 * user_fini - free what a user owns
 *
 * Gives   *user all zero
 * Thread  any
 */
void user_fini(struct user *user);

#endif
