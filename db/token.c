/* SPDX-License-Identifier: Apache-2.0
 *
 * token.c - named tokens: made, listed, revoked.
 *
 * Of a token only the digest is stored: who reads the file can not log in.
 */
#include "db/token.h"

#include "db/inside.h"
#include "protocol/base_mem.h"
#include "protocol/limit.h"
#include "protocol/words.h"

#include <stdlib.h>
#include <string.h>

void token_digest(const char *secret, unsigned char digest[DIGEST_BYTES])
{
    const void *parts[] = {secret};
    const size_t lens[] = {strlen(secret)};

    digest_of(parts, lens, 1, digest);
}

void tenders_print(struct text *to, const char *list)
{
    const char *between = "";

    if (list[0] == '\0' || list[1] == '\0')
        text_puts(to, "none");
    while (*list == ',' && list[1]) {
        char *end;
        uint64_t id = strtoull(list + 1, &end, 10);

        text_puts(to, between);
        id_print(to, KIND_TENDER, id);
        between = ",";
        list = end;
    }
}

static void print_narrowed(struct text *after, const struct token *token)
{
    if (token->most != ROLE_NONE)
        text_printf(after, " role=%s", role_word(token->most));
    if (token->tenders) {
        text_puts(after, " tenders=");
        tenders_print(after, token->tenders);
    }
    if (token->expires != TOKEN_NEVER) {
        text_puts(after, " expires=");
        time_print(after, token->expires, false);
    }
}

/* Tokens are rows of the team's journal, of no tender. */
static enum err write_row(struct store *store, uint64_t team,
    const char *event_name, const struct token *token, const char *owner,
    const char *author, int64_t now_ms, struct events *events)
{
    struct journal journal;
    struct text after = {0};
    enum err err = journal_open(store, team, &journal);

    if (err != ERR_OK)
        return err;
    text_puts(&after, "token=");
    word_print(&after, token->name);
    text_puts(&after, " user=");
    word_print(&after, owner);
    print_narrowed(&after, token);
    struct event *event = mem_new(sizeof *event);
    *event = (struct event){.time = now_ms,
        .kind = KIND_NONE,
        .name = mem_text(event_name),
        .author = mem_text(author),
        .after = text_take(&after),
        .before = mem_text("")};
    journal_add(&journal, event, mem_text("token,user"));
    err = journal_write(store, &journal, events);
    journal_fini(&journal);
    return err;
}

static enum err check_room(
    struct store *store, const struct user *owner, const char *name)
{
    struct tokens known = {0};
    enum err err = token_list(store, owner->team, owner->name, &known);

    if (err == ERR_OK && !limit_allows(LIMIT_ROW_TOKENS, known.n + 1))
        err = ERR_LIMIT;
    for (size_t i = 0; i < known.n && err == ERR_OK; i++)
        if (strcmp(known.list[i].name, name) == 0)
            err = ERR_EXISTS;
    tokens_fini(&known);
    return err;
}

enum err token_add(struct store *store, const struct user *owner,
    const struct token *token, const char *secret, int64_t now_ms,
    struct events *events)
{
    sqlite3_stmt *add = store_fixed(store, STATEMENT_TOKEN_MAKE);
    unsigned char digest[DIGEST_BYTES];
    enum err err = check_room(store, owner, token->name);

    if (err != ERR_OK)
        return err;
    token_digest(secret, digest);
    sql_bind(add, "biittti", digest, sizeof digest, owner->id, token->expires,
        token->name, token->most == ROLE_NONE ? NULL : role_word(token->most),
        token->tenders, now_ms);
    err = sql_run(add);
    if (err != ERR_OK)
        return err;
    return write_row(store, owner->team, "token.add", token, owner->name,
        owner->name, now_ms, events);
}

enum err token_drop(struct store *store, uint64_t team, const char *owner,
    const char *name, const char *author, int64_t now_ms,
    unsigned char digest[DIGEST_BYTES], struct events *events)
{
    sqlite3_stmt *find = store_fixed(store, STATEMENT_TOKEN_NAMED);
    sqlite3_stmt *drop = store_fixed(store, STATEMENT_TOKEN_DROP);
    bool row;

    sql_bind(find, "itt", team, owner, name);
    enum err err = sql_step(find, &row);
    if (err != ERR_OK || !row)
        return err == ERR_OK ? ERR_NONE : err;
    INSIST(sqlite3_column_bytes(find, 0) == DIGEST_BYTES);
    memcpy(digest, sqlite3_column_blob(find, 0), DIGEST_BYTES);
    sqlite3_reset(find);
    sql_bind(drop, "b", digest, (size_t)DIGEST_BYTES);
    err = sql_run(drop);
    if (err != ERR_OK)
        return err;
    struct token token = {.name = mem_text(name), .expires = TOKEN_NEVER};
    err = write_row(
        store, team, "token.del", &token, owner, author, now_ms, events);
    token_fini(&token);
    return err;
}

enum err token_forget(
    struct store *store, const unsigned char digest[DIGEST_BYTES])
{
    sqlite3_stmt *forget = store_fixed(store, STATEMENT_TOKEN_FORGET);

    sql_bind(forget, "b", digest, (size_t)DIGEST_BYTES);
    return sql_run(forget);
}

enum err token_use(struct store *store,
    const unsigned char digest[DIGEST_BYTES], int64_t now_ms)
{
    sqlite3_stmt *use = store_fixed(store, STATEMENT_TOKEN_USE);

    sql_bind(use, "bi", digest, (size_t)DIGEST_BYTES, now_ms);
    return sql_run(use);
}

/* Columns: name, user, role, tenders, created, expires, used. */
static void add_token(sqlite3_stmt *rows, struct tokens *got)
{
    const char *most = sql_peek(rows, 2); /* NULL: no bound */

    got->list = mem_grow(got->list, &got->room, got->n + 1, sizeof *got->list);
    got->list[got->n++] = (struct token){.name = sql_take(rows, 0),
        .user = sql_take(rows, 1),
        .most = most ? role_find(most) : ROLE_NONE,
        .tenders = sql_take(rows, 3),
        .created = sqlite3_column_int64(rows, 4),
        .expires = sqlite3_column_int64(rows, 5),
        .used = sqlite3_column_int64(rows, 6)};
}

enum err token_list(
    struct store *store, uint64_t team, const char *owner, struct tokens *got)
{
    sqlite3_stmt *rows = store_fixed(
        store, owner ? STATEMENT_TOKEN_LIST : STATEMENT_TOKEN_LIST_ALL);
    enum err err;
    bool row;

    if (owner)
        sql_bind(rows, "it", team, owner);
    else
        sql_bind(rows, "i", team);
    while ((err = sql_step(rows, &row)) == ERR_OK && row)
        add_token(rows, got);
    if (err != ERR_OK)
        tokens_fini(got);
    return err;
}

void token_fini(struct token *token)
{
    free(token->name);
    free(token->user);
    free(token->tenders);
    *token = (struct token){0};
}

void tokens_fini(struct tokens *tokens)
{
    for (size_t i = 0; i < tokens->n; i++)
        token_fini(&tokens->list[i]);
    free(tokens->list);
    *tokens = (struct tokens){0};
}
