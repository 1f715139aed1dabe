/* SPDX-License-Identifier: Apache-2.0
 *
 * member.c - teams, and who is in them as what.
 *
 * A deleted user keeps the row, with the role "none": the name stands in the
 * history and in lists of members, and must not come to mean somebody else.
 */
#include "db/member.h"

#include "db/inside.h"
#include "protocol/base_mem.h"
#include "protocol/limit.h"
#include "protocol/utf8.h"
#include "protocol/words.h"

#include <inttypes.h>
#include <string.h>

/* Who stands as author of what the administrator does: no user can have a name
 * that starts so. */
#define ADMINISTRATOR "@admin"

/* Names stand in lists with commas and beside codes. */
bool member_is_name(const char *word)
{
    size_t len = strlen(word);

    return limit_allows(LIMIT_ROW_WORD, len) && code_is_valid(word) &&
           utf8_fault(word, len, false) == len;
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
enum err member_write(struct store *store, uint64_t team, const char *name,
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

enum err member_set_role(struct store *store, const struct user *user,
    enum role role, int64_t now_ms)
{
    sqlite3_stmt *set = store_fixed(store, STATEMENT_USER_ROLE);

    if ((user->role == ROLE_ADMIN) != (role == ROLE_ADMIN))
        return ERR_STATE;
    sql_bind(set, "it", user->id, role_word(role));
    enum err err = sql_run(set);
    if (err != ERR_OK)
        return err;
    return member_write(
        store, user->team, "member.role", user->name, role_word(role), now_ms);
}

/* Tenders that are narrowed to one member. */
static enum err count_alone(
    struct store *store, const struct user *user, uint64_t *alone)
{
    sqlite3_stmt *find = store_fixed(store, STATEMENT_MEMBERS_ALONE);
    struct text list = {0};

    text_printf(&list, ",%s,", user->name);
    sql_bind(find, "it", user->team, list.bytes);
    enum err err = sql_number(find, alone);
    text_fini(&list);
    return err;
}

enum err member_drop(struct store *store, const struct user *user,
    int64_t now_ms, uint64_t *alone)
{
    sqlite3_stmt *role = store_fixed(store, STATEMENT_USER_ROLE);
    sqlite3_stmt *secret = store_fixed(store, STATEMENT_USER_SECRET);
    sqlite3_stmt *revoke = store_fixed(store, STATEMENT_TOKEN_REVOKE);
    sqlite3_stmt *forget = store_fixed(store, STATEMENT_IDENTITY_FORGET);

    enum err err = count_alone(store, user, alone);
    if (err == ERR_OK) {
        sql_bind(role, "it", user->id, role_word(ROLE_NONE));
        err = sql_run(role);
    }
    if (err == ERR_OK) {
        sql_bind(secret, "it", user->id, "");
        err = sql_run(secret);
    }
    if (err == ERR_OK) {
        sql_bind(revoke, "i", user->id);
        err = sql_run(revoke);
    }
    if (err == ERR_OK) {
        sql_bind(forget, "i", user->id);
        err = sql_run(forget);
    }
    if (err != ERR_OK)
        return err;
    return member_write(
        store, user->team, "member.del", user->name, NULL, now_ms);
}

static void print_created(struct text *to, int64_t created)
{
    text_puts(to, " created=");
    time_print(to, created, false);
    text_putc(to, '\n');
}

static enum err print_members(
    struct store *store, uint64_t team, const char *name, struct text *to)
{
    sqlite3_stmt *rows = store_fixed(store, STATEMENT_USER_LIST);
    enum err err;
    bool row;

    sql_bind(rows, "i", team);
    while ((err = sql_step(rows, &row)) == ERR_OK && row) {
        text_puts(to, "user=");
        word_print(to, sql_peek(rows, 0));
        text_printf(to, " role=%s team=", sql_peek(rows, 1));
        word_print(to, name);
        print_created(to, sqlite3_column_int64(rows, 2));
    }
    return err;
}

enum err members_print(struct store *store, const char *team, struct text *to)
{
    sqlite3_stmt *teams = store_fixed(store, STATEMENT_TEAM_LIST);
    bool row, known = team == NULL;
    enum err err;

    sql_bind(teams, "t", "");
    while ((err = sql_step(teams, &row)) == ERR_OK && row) {
        if (team && strcmp(team, sql_peek(teams, 1)) != 0)
            continue;
        known = true;
        err = print_members(store, sql_id(teams, 0), sql_peek(teams, 1), to);
        if (err != ERR_OK)
            break;
    }
    sqlite3_reset(teams);
    return err == ERR_OK && !known ? ERR_NONE : err;
}

enum err team_need(
    struct store *store, const char *name, int64_t now_ms, uint64_t *team)
{
    sqlite3_stmt *find = store_fixed(store, STATEMENT_TEAM_FIND);
    sqlite3_stmt *add = store_fixed(store, STATEMENT_TEAM_ADD);
    static const unsigned char no_chain[DIGEST_BYTES];

    sql_bind(find, "t", name);
    enum err err = sql_number(find, team);
    if (err != ERR_NONE)
        return err;
    sql_bind(add, "tib", name, now_ms, no_chain, sizeof no_chain);
    return sql_number(add, team);
}

enum err team_add(struct store *store, const char *name, int64_t now_ms)
{
    sqlite3_stmt *find = store_fixed(store, STATEMENT_TEAM_FIND);
    uint64_t team;

    if (!member_is_name(name))
        return ERR_ARG;
    sql_bind(find, "t", name);
    enum err err = sql_number(find, &team);
    if (err == ERR_NONE)
        return team_need(store, name, now_ms, &team);
    return err == ERR_OK ? ERR_EXISTS : err;
}

enum err teams_print(struct store *store, struct text *to)
{
    sqlite3_stmt *teams = store_fixed(store, STATEMENT_TEAM_LIST);
    enum err err;
    bool row;

    sql_bind(teams, "t", "");
    while ((err = sql_step(teams, &row)) == ERR_OK && row) {
        text_puts(to, "team=");
        word_print(to, sql_peek(teams, 1));
        text_printf(to, " users=%" PRIu64 " seq=%" PRIu64, sql_id(teams, 4),
            sql_id(teams, 3));
        print_created(to, sqlite3_column_int64(teams, 2));
    }
    return err;
}
