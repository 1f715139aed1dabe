/* SPDX-License-Identifier: Apache-2.0
 *
 * user.c - teams, users and tokens.
 *
 * Of a token only the digest is stored: who reads the file can not log in.
 */
#include "db/user.h"

#include "db/inside.h"
#include "protocol/base_mem.h"
#include "protocol/limit.h"
#include "protocol/utf8.h"
#include "protocol/words.h"

#include <stdlib.h>
#include <string.h>

/* Who stands as author of what the administrator does: no user can have a name
 * that starts so. */
#define ADMINISTRATOR "@admin"

/* Names stand in lists with commas and beside codes. */
static bool is_name(const char *word)
{
    size_t len = strlen(word);

    return len <= LIMIT_NOW(WORD) && code_is_valid(word) &&
           utf8_fault(word, len, false) == len;
}

static enum err find_team(
    struct store *store, const char *name, int64_t now_ms, uint64_t *team)
{
    sqlite3_stmt *find = store_fixed(store, STATEMENT_TEAM_FIND);
    sqlite3_stmt *add = store_fixed(store, STATEMENT_TEAM_ADD);

    sql_bind(find, "t", name);
    enum err err = sql_number(find, team);
    if (err != ERR_NONE)
        return err;
    sql_bind(add, "ti", name, now_ms);
    return sql_number(add, team);
}

static void add_row(struct journal *journal, const char *name, const char *user,
    const char *role, int64_t now_ms)
{
    struct event *event = mem_new(sizeof *event);
    struct text after = {0};

    text_puts(&after, "user=");
    word_print(&after, user);
    if (role)
        text_printf(&after, " role=%s", role);
    *event = (struct event){.time = now_ms,
        .kind = KIND_NONE,
        .name = mem_text(name),
        .author = mem_text(ADMINISTRATOR),
        .after = text_take(&after),
        .before = mem_text("")};
    journal_add(journal, event, mem_text(role ? "user,role" : "user"));
}

/* Members and roles are rows of the team's journal, of no tender. */
static enum err write_row(struct store *store, uint64_t team, const char *name,
    const char *user, const char *role, int64_t now_ms)
{
    struct journal journal;
    enum err err = journal_open(store, team, &journal);

    if (err != ERR_OK)
        return err;
    add_row(&journal, name, user, role, now_ms);
    err = journal_write(store, &journal, NULL);
    journal_fini(&journal);
    return err;
}

enum err user_add(struct store *store, const char *name, const char *team,
    enum role role, const char *secret, int64_t now_ms)
{
    struct user known = {0};
    sqlite3_stmt *add = store_fixed(store, STATEMENT_USER_ADD);
    uint64_t id;

    if (!is_name(name) || !is_name(team) || role <= ROLE_NONE ||
        role >= ROLE_COUNT)
        return ERR_ARG;
    enum err err = user_find(store, name, &known);
    user_fini(&known);
    if (err != ERR_NONE)
        return err == ERR_OK ? ERR_EXISTS : err;
    err = find_team(store, team, now_ms, &id);
    if (err != ERR_OK)
        return err;
    sql_bind(add, "ittti", id, role_word(role), name, secret, now_ms);
    err = sql_run(add);
    if (err != ERR_OK)
        return err;
    return write_row(store, id, "member.add", name, role_word(role), now_ms);
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
        err =
            write_row(store, user.team, "member.password", name, NULL, now_ms);
    user_fini(&user);
    return err;
}

/* The row of USER_FIND or TOKEN_FIND. */
static enum err read_user(sqlite3_stmt *find, struct user *got)
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
    sqlite3_reset(find);
    INSIST(got->role != ROLE_COUNT);
    return ERR_OK;
}

enum err user_find(struct store *store, const char *name, struct user *got)
{
    sqlite3_stmt *find = store_fixed(store, STATEMENT_USER_FIND);

    sql_bind(find, "t", name);
    return read_user(find, got);
}

static void digest_token(const char *token, unsigned char digest[DIGEST_BYTES])
{
    const void *parts[] = {token};
    const size_t lens[] = {strlen(token)};

    digest_of(parts, lens, 1, digest);
}

enum err user_of_token(
    struct store *store, const char *token, int64_t now_ms, struct user *got)
{
    sqlite3_stmt *find = store_fixed(store, STATEMENT_TOKEN_FIND);
    unsigned char digest[DIGEST_BYTES];

    digest_token(token, digest);
    sql_bind(find, "bi", digest, sizeof digest, now_ms);
    enum err err = read_user(find, got);
    return err == ERR_NONE ? ERR_AUTH : err;
}

enum err user_token_add(
    struct store *store, uint64_t user, const char *token, int64_t expires_ms)
{
    sqlite3_stmt *add = store_fixed(store, STATEMENT_TOKEN_ADD);
    sqlite3_stmt *expire = store_fixed(store, STATEMENT_TOKEN_EXPIRE);
    unsigned char digest[DIGEST_BYTES];

    digest_token(token, digest);
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
