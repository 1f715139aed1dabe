/* SPDX-License-Identifier: Apache-2.0
 *
 * token.h - named tokens, with which programs come in as a user.
 *
 * A login gives a token without a name for some hours (user.h).  A named one
 * lives until it expires or is revoked, and may be narrowed to a role and to
 * tenders.  Making and revoking one is a row of the team's journal.
 */
#ifndef DB_TOKEN_H
#define DB_TOKEN_H

#include "db/user.h"

#define TOKEN_NEVER INT64_MAX

struct token {
    char *name;
    char *user;      /* whose it is */
    enum role most;  /* ROLE_NONE: as the user's */
    char *tenders;   /* ",3,7,"; NULL: all */
    int64_t created; /* ms since 1970, as the others */
    int64_t expires; /* TOKEN_NEVER: does not */
    int64_t used;    /* about when it was used last; 0: never */
};

struct tokens {
    struct token *list;
    size_t n, room;
};

/**
 * token_add - remember a new token of a user
 *
 * Takes   owner   whose it shall be
 *         token   all but user, created and used filled in
 *         secret  its words; the digest alone is stored
 * Gives   a row, and *events of the journal ("token.add")
 * Errors  ERR_EXISTS  the user has one of that name
 *         ERR_LIMIT   the user has as many as one may have
 * Thread  the owner of the writing store, inside a transaction
 */
enum err token_add(struct store *store, const struct user *owner,
    const struct token *token, const char *secret, int64_t now_ms,
    struct events *events) MUST_USE;

/**
 * token_drop - revoke a token by its name
 *
 * Takes   team    of the owner
 *         owner   the name of the user whose it is
 *         author  who revokes it
 * Gives   the row gone, *events ("token.del"), and its digest
 * Errors  ERR_NONE  there is no such token
 * Thread  the owner of the writing store, inside a transaction
 */
enum err token_drop(struct store *store, uint64_t team, const char *owner,
    const char *name, const char *author, int64_t now_ms,
    unsigned char digest[DIGEST_BYTES], struct events *events) MUST_USE;

/**
 * token_forget - end the token of a login
 *
 * Gives   no token of that digest, unless it has a name
 * Thread  the owner of the writing store, inside a transaction
 */
enum err token_forget(
    struct store *store, const unsigned char digest[DIGEST_BYTES]) MUST_USE;

/**
 * token_use - write down that a token was used
 *
 * Gives   the row changed
 * Thread  the owner of the writing store, inside a transaction
 */
enum err token_use(struct store *store,
    const unsigned char digest[DIGEST_BYTES], int64_t now_ms) MUST_USE;

/**
 * token_list - the named tokens of a user or of a team
 *
 * Takes   owner  name of the user, NULL for all of the team
 * Gives   *got by user and name, freed with tokens_fini
 * Thread  the owner
 */
enum err token_list(struct store *store, uint64_t team, const char *owner,
    struct tokens *got) MUST_USE;

/**
 * token_digest - what is stored of a token
 *
 * Gives   digest
 * Thread  any
 */
void token_digest(const char *secret, unsigned char digest[DIGEST_BYTES]);

/**
 * tenders_print - the tenders of a token as words
 *
 * Takes   list  ",3,7,"
 * Gives   *to grown by "T-3,T-7", or by "none"
 * Thread  any
 */
void tenders_print(struct text *to, const char *list);

/**
 * token_fini - free what a token owns
 *
 * Gives   *token all zero
 * Thread  the one that owns it
 */
void token_fini(struct token *token);

/**
 * tokens_fini - free a list of tokens
 *
 * Gives   *tokens all zero
 * Thread  the one that owns it
 */
void tokens_fini(struct tokens *tokens);

#endif
