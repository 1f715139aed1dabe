/* SPDX-License-Identifier: Apache-2.0
 *
 * user.c - who logs in: users, passwords and tokens.
 *
 * Of a token only the digest is stored: who reads the file can not log in.
 */
#include "db/user.h"

#include "db/inside.h"
#include "db/member.h"
#include "db/token.h"
#include "protocol/base_mem.h"
#include "protocol/limit.h"

#include <stdlib.h>
#include <string.h>

/* An admin is in no team that has data. */
static const char *team_of(const char *team, enum role role)
{
    return role == ROLE_ADMIN ? TEAM_SERVER : team;
}

static enum err check_new(struct store *store, const char *name,
    const char *team, enum role role, bool again, uint64_t *former)
{
    struct user known = {0};
    sqlite3_stmt *find = store_fixed(store, STATEMENT_USER_FORMER);

    if (!member_is_name(name) || role <= ROLE_NONE || role >= ROLE_COUNT ||
        (role != ROLE_ADMIN && !member_is_name(team)))
        return ERR_ARG;
    enum err err = user_find(store, name, &known);
    user_fini(&known);
    if (err != ERR_NONE)
        return err == ERR_OK ? ERR_EXISTS : err;
    sql_bind(find, "t", name);
    err = sql_number(find, former);
    if (err == ERR_OK)
        return again ? ERR_OK : ERR_STATE;
    return err == ERR_NONE ? ERR_OK : err;
}

enum err user_add(struct store *store, const char *name, const char *team,
    enum role role, const char *secret, int64_t now_ms)
{
    return user_add_again(store, name, team, role, secret, false, now_ms);
}

enum err user_add_again(struct store *store, const char *name, const char *team,
    enum role role, const char *secret, bool again, int64_t now_ms)
{
    uint64_t id, former = 0;
    enum err err = check_new(store, name, team, role, again, &former);

    if (err == ERR_OK)
        err = team_need(store, team_of(team, role), now_ms, &id);
    if (err != ERR_OK)
        return err;
    sqlite3_stmt *add =
        store_fixed(store, former ? STATEMENT_USER_AGAIN : STATEMENT_USER_ADD);
    if (former)
        sql_bind(add, "iitti", former, id, role_word(role), secret, now_ms);
    else
        sql_bind(add, "ittti", id, role_word(role), name, secret, now_ms);
    err = sql_run(add);
    if (err != ERR_OK)
        return err;
    return member_write(store, id, "member.add", name, role_word(role), now_ms);
}

enum err user_set_secret(
    struct store *store, const char *name, const char *secret, int64_t now_ms)
{
    struct user user;
    sqlite3_stmt *set = store_fixed(store, STATEMENT_USER_SECRET);
    sqlite3_stmt *revoke = store_fixed(store, STATEMENT_TOKEN_REVOKE);
    enum err err = user_find(store, name, &user);

    if (err != ERR_OK)
        return err;
    sql_bind(set, "it", user.id, secret);
    err = sql_run(set);
    if (err == ERR_OK) {
        sql_bind(revoke, "i", user.id);
        err = sql_run(revoke);
    }
    if (err == ERR_OK)
        err = member_write(
            store, user.team, "member.password", name, NULL, now_ms);
    user_fini(&user);
    return err;
}

/* What a token narrows stands behind what USER_FIND gives, too. */
static void read_token(sqlite3_stmt *find, struct user *got)
{
    const char *most = sql_peek(find, 6);

    got->most = most ? role_find(most) : ROLE_NONE;
    got->tenders = sql_take(find, 7);
    got->token = sql_take(find, 8);
    got->used = sqlite3_column_int64(find, 9);
    got->expires = sqlite3_column_int64(find, 10);
}

enum err user_read(sqlite3_stmt *find, struct user *got)
{
    bool row;
    enum err err = sql_step(find, &row);

    if (err != ERR_OK || !row)
        return err == ERR_OK ? ERR_NONE : err;
    *got = (struct user){.id = sql_id(find, 0),
        .team = sql_id(find, 1),
        .role = role_find(sql_peek(find, 2)),
        .name = sql_take(find, 3),
        .team_name = sql_take(find, 4),
        .secret = sql_take(find, 5)};
    if (sqlite3_column_count(find) > 6)
        read_token(find, got);
    sqlite3_reset(find);
    INSIST(got->role != ROLE_COUNT);
    return ERR_OK;
}

enum err user_find(struct store *store, const char *name, struct user *got)
{
    sqlite3_stmt *find = store_fixed(store, STATEMENT_USER_FIND);

    sql_bind(find, "t", name);
    return user_read(find, got);
}

/* The limit is that of the tokens of login, which have no name. */
static bool is_expired(const struct user *user, int64_t now_ms)
{
    int64_t hours = LIMIT_MS(TOKEN_HOURS), left = user->expires - now_ms;

    if (user->token == NULL && left <= hours)
        limit_met(LIMIT_ROW_TOKEN_HOURS, (uint64_t)(hours - left) + 1,
            (uint64_t)hours);
    return left <= 0;
}

enum err user_of_token(
    struct store *store, const char *token, int64_t now_ms, struct user *got)
{
    sqlite3_stmt *find = store_fixed(store, STATEMENT_TOKEN_FIND);
    unsigned char digest[DIGEST_BYTES];
    struct user found = {0};

    token_digest(token, digest);
    sql_bind(find, "b", digest, sizeof digest);
    enum err err = user_read(find, &found);
    if (err != ERR_OK)
        return err == ERR_NONE ? ERR_AUTH : err;
    if (is_expired(&found, now_ms)) {
        user_fini(&found);
        return ERR_AUTH;
    }
    memcpy(found.digest, digest, sizeof digest);
    *got = found;
    return ERR_OK;
}

enum err user_token_add(
    struct store *store, uint64_t user, const char *token, int64_t expires_ms)
{
    sqlite3_stmt *add = store_fixed(store, STATEMENT_TOKEN_ADD);
    sqlite3_stmt *expire = store_fixed(store, STATEMENT_TOKEN_EXPIRE);
    unsigned char digest[DIGEST_BYTES];

    token_digest(token, digest);
    sql_bind(expire, "i", store->now_ms);
    enum err err = sql_run(expire);
    if (err != ERR_OK)
        return err;
    sql_bind(add, "bii", digest, sizeof digest, user, expires_ms);
    return sql_run(add);
}

void user_fini(struct user *user)
{
    free(user->name);
    free(user->team_name);
    free(user->secret);
    free(user->tenders);
    free(user->token);
    *user = (struct user){0};
}
