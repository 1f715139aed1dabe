/* SPDX-License-Identifier: Apache-2.0
 *
 * verify.c - the check of a whole database: the file and the chains.
 *
 * The objects stand in verify_object.c.
 */
#include "db/verify.h"

#include "db/audit.h"
#include "protocol/base_mem.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* A broken file could make a report without end. */
#define FINDINGS_SHOWN 100

void verify_find(struct verify *v, const char *format, ...)
{
    va_list list;

    if (++v->findings > FINDINGS_SHOWN)
        return;
    va_start(list, format);
    text_vprintf(v->report, format, list);
    va_end(list);
    text_putc(v->report, '\n');
}

static void find_in_file(void *ctx, const char *finding)
{
    verify_find(ctx, "file: %s", finding);
}

static enum err check_file(struct verify *v)
{
    return dialect_check(v->store->sql, find_in_file, v);
}

/* Chains. */

static bool same_blob(
    sqlite3_stmt *rows, int column, const unsigned char digest[DIGEST_BYTES])
{
    return sqlite3_column_bytes(rows, column) == DIGEST_BYTES &&
           memcmp(sqlite3_column_blob(rows, column), digest, DIGEST_BYTES) == 0;
}

/* The digest in a row; all zero when it is not one. */
static void take_digest(
    sqlite3_stmt *rows, int column, unsigned char digest[DIGEST_BYTES])
{
    memset(digest, 0, DIGEST_BYTES);
    if (sqlite3_column_bytes(rows, column) == DIGEST_BYTES)
        memcpy(digest, sqlite3_column_blob(rows, column), DIGEST_BYTES);
}

static void add_digest(
    struct text *to, const unsigned char digest[DIGEST_BYTES])
{
    for (int i = 0; i < DIGEST_BYTES; i++)
        text_printf(to, "%02x", digest[i]);
    text_putc(to, '\n');
}

static void add_head(struct verify *v, const char *name, const char *team,
    uint64_t seq, const unsigned char chain[DIGEST_BYTES])
{
    text_printf(&v->heads, "%s%s%s seq=%llu chain=", name, *team ? "=" : "",
        team, (unsigned long long)seq);
    add_digest(&v->heads, chain);
}

/* One line that stands for all of them. */
static void close_heads(struct verify *v)
{
    const void *part = text_peek(&v->heads);
    unsigned char digest[DIGEST_BYTES];

    digest_of(&part, &v->heads.len, 1, digest);
    text_add(v->report, text_peek(&v->heads), v->heads.len);
    text_puts(v->report, "head=");
    add_digest(v->report, digest);
    text_fini(&v->heads);
}

/* Columns of a journal row as they are read here. */
enum {
    ROW_SEQ,
    ROW_TX,
    ROW_TIME,
    ROW_SESSION,
    ROW_AUTHOR,
    ROW_TENDER,
    ROW_KIND,
    ROW_ID,
    ROW_NAME,
    ROW_FIELDS,
    ROW_AFTER,
    ROW_BEFORE,
    ROW_SALT,
    ROW_DIGEST,
    ROW_CHAIN
};

/* A row whose values were wiped has no salt; its digest stands. */
static bool has_own_digest(sqlite3_stmt *rows)
{
    struct event event = {.seq = sql_id(rows, ROW_SEQ),
        .tx = sql_id(rows, ROW_TX),
        .time = sqlite3_column_int64(rows, ROW_TIME),
        .session = sql_id(rows, ROW_SESSION),
        .tender = sql_id(rows, ROW_TENDER),
        .kind = kind_find(sql_peek(rows, ROW_KIND)),
        .id = sql_id(rows, ROW_ID)};
    unsigned char digest[DIGEST_BYTES];

    if (sqlite3_column_type(rows, ROW_SALT) == SQLITE_NULL)
        return true;
    if (sqlite3_column_bytes(rows, ROW_SALT) != 16)
        return false;
    event.author = sql_take(rows, ROW_AUTHOR);
    event.name = sql_take(rows, ROW_NAME);
    event.after = sql_take(rows, ROW_AFTER);
    event.before = sql_take(rows, ROW_BEFORE);
    journal_digest(sqlite3_column_blob(rows, ROW_SALT), &event,
        sql_peek(rows, ROW_FIELDS), digest);
    free(event.author);
    free(event.name);
    free(event.after);
    free(event.before);
    return same_blob(rows, ROW_DIGEST, digest);
}

static enum err follow_journal(struct verify *v, uint64_t team,
    const char *name, uint64_t *seq, unsigned char chain[DIGEST_BYTES])
{
    unsigned char digest[DIGEST_BYTES];
    sqlite3_stmt *rows;
    bool row;
    enum err err = sql_prepare(v->store->sql,
        "SELECT seq, tx, time, session, author, tender, kind, id, name, "
        "fields, after, before, salt, digest, chain FROM journal "
        "WHERE team=?1 ORDER BY seq",
        &rows);

    if (err != ERR_OK)
        return err;
    sql_bind(rows, "i", team);
    while ((err = sql_step(rows, &row)) == ERR_OK && row) {
        unsigned long long at = sql_id(rows, ROW_SEQ);

        v->rows++;
        if (at != *seq + 1)
            verify_find(v, "journal: team=%s no row between seq=%llu and %llu",
                name, (unsigned long long)*seq, at);
        *seq = at;
        if (!has_own_digest(rows))
            verify_find(v, "journal: team=%s seq=%llu was altered", name, at);
        take_digest(rows, ROW_DIGEST, digest);
        chain_next(chain, at, digest);
        if (!same_blob(rows, ROW_CHAIN, chain))
            verify_find(
                v, "journal: team=%s the chain breaks at seq=%llu", name, at);
        take_digest(rows, ROW_CHAIN, chain);
    }
    sqlite3_finalize(rows);
    return err;
}

/* Databases of earlier versions have no anchors, and lack nothing. */
static enum err find_anchor(struct verify *v, uint64_t team, uint64_t *seq,
    unsigned char chain[DIGEST_BYTES])
{
    if (v->store->fixed[STATEMENT_ANCHOR_FIND] == NULL)
        return ERR_OK;
    return journal_anchor(v->store, team, seq, chain);
}

static enum err check_team(struct verify *v, sqlite3_stmt *team)
{
    unsigned char chain[DIGEST_BYTES] = {0};
    uint64_t seq = 0;
    const char *name = sql_peek(team, 1);
    enum err err = find_anchor(v, sql_id(team, 0), &seq, chain);

    if (err == ERR_OK)
        err = follow_journal(v, sql_id(team, 0), name, &seq, chain);

    if (err != ERR_OK)
        return err;
    if (seq != sql_id(team, 2) || !same_blob(team, 3, chain))
        verify_find(v, "journal: team=%s does not end at the head seq=%llu",
            name, (unsigned long long)sql_id(team, 2));
    add_head(v, "team", name, seq, chain);
    return ERR_OK;
}

static enum err check_journals(struct verify *v)
{
    sqlite3_stmt *teams;
    bool row;
    enum err err = sql_prepare(v->store->sql,
        "SELECT id, name, seq, chain FROM teams ORDER BY id", &teams);

    if (err != ERR_OK)
        return err;
    while ((err = sql_step(teams, &row)) == ERR_OK && row) {
        err = check_team(v, teams);
        if (err != ERR_OK)
            break;
    }
    sqlite3_finalize(teams);
    return err;
}

/* Columns: seq, time, user, address, what, detail, salt, digest, chain. */
static bool has_audit_digest(sqlite3_stmt *rows)
{
    const struct audit_row row = {sql_id(rows, 0),
        sqlite3_column_int64(rows, 1), sql_peek(rows, 2), sql_peek(rows, 3),
        sql_peek(rows, 4), sql_peek(rows, 5)};
    unsigned char digest[DIGEST_BYTES];

    if (sqlite3_column_type(rows, 6) == SQLITE_NULL)
        return true;
    if (sqlite3_column_bytes(rows, 6) != 16)
        return false;
    audit_digest(sqlite3_column_blob(rows, 6), &row, digest);
    return same_blob(rows, 7, digest);
}

static enum err check_audit(struct verify *v)
{
    unsigned char chain[DIGEST_BYTES] = {0}, digest[DIGEST_BYTES];
    uint64_t seq = 0;
    sqlite3_stmt *rows;
    bool row;
    enum err err = sql_prepare(v->store->sql,
        "SELECT seq, time, \"user\", address, what, detail, salt, digest, "
        "chain "
        "FROM audit ORDER BY seq",
        &rows);

    if (err != ERR_OK)
        return err;
    while ((err = sql_step(rows, &row)) == ERR_OK && row) {
        if (sql_id(rows, 0) != ++seq)
            verify_find(v, "audit: no row before seq=%llu",
                (unsigned long long)sql_id(rows, 0));
        seq = sql_id(rows, 0);
        if (!has_audit_digest(rows))
            verify_find(
                v, "audit: seq=%llu was altered", (unsigned long long)seq);
        take_digest(rows, 7, digest);
        chain_next(chain, seq, digest);
        if (!same_blob(rows, 8, chain))
            verify_find(v, "audit: the chain breaks at seq=%llu",
                (unsigned long long)seq);
        take_digest(rows, 8, chain);
    }
    sqlite3_finalize(rows);
    if (err == ERR_OK)
        add_head(v, "audit", "", seq, chain);
    return err;
}

enum err verify_chains(struct verify *v)
{
    enum err err = check_journals(v);

    return err == ERR_OK ? check_audit(v) : err;
}

static enum err close_report(struct verify *v, uint64_t epoch, enum err err)
{
    close_heads(v);
    if (err != ERR_OK)
        verify_find(v, "file: %s", err_text(err, 0));
    text_printf(v->report,
        "checked epoch=%llu journal=%llu objects=%llu findings=%zu\n",
        (unsigned long long)epoch, (unsigned long long)v->rows,
        (unsigned long long)v->objects, v->findings);
    if (err != ERR_OK)
        return err;
    return v->findings == 0 ? ERR_OK : ERR_CONFLICT;
}

enum err verify_store(struct store *store, struct text *report)
{
    struct verify v = {.store = store, .report = report};
    enum err err = store_begin(store);

    if (err != ERR_OK)
        return err;
    store->deadline_ms = 0;
    err = check_file(&v);
    if (err == ERR_OK && v.findings == 0)
        err = verify_chains(&v);
    if (err == ERR_OK && v.findings == 0)
        err = verify_objects(&v);
    store_rollback(store);
    return close_report(&v, store->epoch, err);
}

enum err verify_bare(sqlite3 *sql, struct text *report)
{
    struct store bare = {.sql = sql};
    struct verify v = {.store = &bare, .report = report};
    enum err err = check_file(&v);

    if (err == ERR_OK && v.findings == 0)
        err = verify_chains(&v);
    return close_report(&v, 0, err);
}
