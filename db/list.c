/* SPDX-License-Identifier: Apache-2.0
 *
 * list.c - the objects of a kind that meet conditions, page by page.
 *
 * A cursor holds the snapshot: "k" AT "." ID goes on behind an id (AT is 0 when
 * the list reads what is current), "o" AT "." OFFSET leaves out the rows of the
 * pages before, at the seq of the first page.
 */
#include "db/list.h"

#include "protocol/base_mem.h"
#include "protocol/limit.h"
#include "protocol/utf8.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* One letter without case: what Latin, Greek and Cyrillic need. */
static uint32_t fold(uint32_t c)
{
    if ((c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0xde && c != 0xd7) ||
        (c >= 0x391 && c <= 0x3a9) || (c >= 0x410 && c <= 0x42f))
        return c + 32;
    if (c >= 0x400 && c <= 0x40f)
        return c + 80;
    bool is_odd_upper =
        (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17e);
    if (is_odd_upper)
        return c + (c & 1);
    if (c == 0x178)
        return 0xff;
    if (c >= 0x100 && c <= 0x177 && c != 0x130 && c != 0x131 && c != 0x138)
        return c | 1;
    return c;
}

/* The folded letter at p, which moves behind it; 0 at the end. */
static uint32_t take_letter(const char **p)
{
    uint32_t point = 0;
    size_t len = utf8_next(*p, strnlen(*p, 4), &point);

    if (len == 0)
        return 0;
    *p += len;
    return fold(point);
}

static bool starts_with(const char *text, const char *part)
{
    while (*part) {
        uint32_t letter = take_letter(&part);

        if (take_letter(&text) != letter)
            return false;
    }
    return true;
}

static void run_holds(sqlite3_context *ctx, int count, sqlite3_value **values)
{
    const unsigned char *text = sqlite3_value_text(values[0]);
    const unsigned char *part = sqlite3_value_text(values[1]);
    bool found = false;

    (void)count;
    if (text && part)
        for (const char *p = (const char *)text; *p && !found; p++)
            found = starts_with(p, (const char *)part);
    sqlite3_result_int(ctx, found);
}

/* Every item of ",a,b," stands in the other list. */
static bool has_all(const char *list, const char *part)
{
    while (*part == ',' && part[1]) {
        size_t len = strcspn(part + 1, ",") + 2;

        if (memmem(list, strlen(list), part, len) == NULL)
            return false;
        part += len - 1;
    }
    return true;
}

static void run_has_all(sqlite3_context *ctx, int count, sqlite3_value **values)
{
    const unsigned char *list = sqlite3_value_text(values[0]);
    const unsigned char *part = sqlite3_value_text(values[1]);

    (void)count;
    sqlite3_result_int(
        ctx, list && part && has_all((const char *)list, (const char *)part));
}

enum err list_prepare(sqlite3 *sql)
{
    const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;
    int code = sqlite3_create_function(
        sql, "holds", 2, flags, NULL, run_holds, NULL, NULL);

    if (code == SQLITE_OK)
        code = sqlite3_create_function(
            sql, "has_all", 2, flags, NULL, run_has_all, NULL, NULL);
    return err_from_sqlite(code);
}

static enum err refuse_cursor(struct listing *l)
{
    return fault_set(l->fault, ERR_ARG, "after", l->query->after,
        "the next= of the same list");
}

/* Digits up to a mark, which is passed. */
static bool take_number(const char **p, char mark, uint64_t *got)
{
    size_t len = strspn(*p, "0123456789");

    if (len == 0 || len > 18 || (*p)[len] != mark)
        return false;
    *got = strtoull(*p, NULL, 10);
    *p += len + (mark != '\0');
    return true;
}

static enum err read_cursor(struct listing *l)
{
    const char *word = l->query->after;
    char letter = l->query->orders_n ? 'o' : 'k';
    uint64_t at, number;

    l->at = l->query->at;
    if (word == NULL)
        return ERR_OK;
    if (*word++ != letter || !take_number(&word, '.', &at) ||
        !take_number(&word, '\0', &number) ||
        (l->query->at != 0 && l->query->at != at))
        return refuse_cursor(l);
    l->at = at;
    if (letter == 'k')
        l->behind = number;
    else
        l->offset = number;
    return ERR_OK;
}

/* A list in another order is of one snapshot from its first page on. */
static enum err fix_snapshot(struct listing *l, uint64_t *snapshot)
{
    *snapshot = l->at;
    if (l->at != 0 || l->query->orders_n == 0)
        return ERR_OK;
    return store_head(l->store, l->viewer->team, snapshot);
}

/* Objects of tenders that are narrowed to others. */
static void hide_tenders(struct listing *l)
{
    struct text name = {0};

    text_printf(&name, ",%s,", l->viewer->user);
    int user = listing_text(l, name.bytes);
    text_fini(&name);
    text_printf(&l->where,
        " AND (tender=0 OR tender NOT IN (SELECT id FROM tender WHERE team=?1 "
        "AND f_members IS NOT NULL AND instr(f_members, ?%d)=0",
        user);
    if (l->at != 0)
        text_printf(&l->where,
            " UNION ALL SELECT id FROM tender_past WHERE team=?1 AND "
            "deleted=1 AND f_members IS NOT NULL AND instr(f_members, ?%d)=0",
            user);
    text_puts(&l->where, "))");
    if (l->viewer->tenders)
        text_printf(&l->where,
            " AND (tender=0 OR instr(?%d, ','||tender||',')>0)",
            listing_text(l, l->viewer->tenders));
}

/* How many objects of the kind the team has, as far as it matters. */
static enum err count_objects(struct listing *l, uint64_t *count)
{
    sqlite3_stmt *last = store_fixed(l->store, STATEMENT_COUNTER_LAST);
    const char *word = kind_row(l->query->kind)->word;
    struct text sql = {0};
    sqlite3_stmt *statement;

    *count = 0;
    sql_bind(last, "it", l->viewer->team, word);
    enum err err = sql_number(last, count);
    if (err != ERR_OK || *count <= LIMIT_NOW(SCAN))
        return err == ERR_NONE ? ERR_OK : err;
    text_printf(&sql,
        "SELECT count(*) FROM (SELECT 1 FROM %s WHERE team=?1 LIMIT %zu)", word,
        LIMIT_NOW(SCAN) + 1);
    err = sql_prepare(l->store->sql, sql.bytes, &statement);
    text_fini(&sql);
    if (err != ERR_OK)
        return err;
    sql_bind(statement, "i", l->viewer->team);
    err = sql_number(statement, count);
    sqlite3_finalize(statement);
    return err;
}

static enum err check_cost(struct listing *l)
{
    struct text allowed = {0};
    uint64_t count;

    if (l->tender != 0 ||
        (l->query->orders_n == 0 && l->query->conditions_n == 0))
        return ERR_OK;
    enum err err = count_objects(l, &count);
    if (err != ERR_OK || count <= LIMIT_NOW(SCAN))
        return err;
    text_printf(&allowed, "tender=ID, for kinds of more than %zu objects",
        LIMIT_NOW(SCAN));
    fault_set(l->fault, ERR_LIMIT, "tender", "none", allowed.bytes);
    text_fini(&allowed);
    return ERR_LIMIT;
}

static void print_select(
    struct text *sql, struct listing *l, const char *table, const char *when)
{
    text_puts(sql, "SELECT ");
    table_columns(sql, l->query->kind);
    text_printf(
        sql, " FROM %s WHERE team=?1%s%s", table, text_peek(&l->where), when);
}

static void print_sql(struct text *sql, struct listing *l)
{
    const char *word = kind_row(l->query->kind)->word;
    struct text table = {0}, when = {0};
    int limit = listing_number(l, (int64_t)l->query->limit + 1);
    int offset = listing_number(l, (int64_t)l->offset);

    if (l->at != 0) {
        int at = listing_number(l, (int64_t)l->at);

        text_printf(&table, "%s_past", word);
        text_printf(&when, " AND rev<=?%d", at);
        text_puts(sql, "SELECT * FROM (");
        print_select(sql, l, word, when.bytes);
        text_printf(&when, " AND until>?%d", at);
        text_puts(sql, " UNION ALL ");
        print_select(sql, l, table.bytes, when.bytes);
        text_puts(sql, ")");
    } else {
        print_select(sql, l, word, "");
    }
    text_printf(sql, " ORDER BY %sid LIMIT ?%d OFFSET ?%d",
        text_peek(&l->order), limit, offset);
    text_fini(&table);
    text_fini(&when);
}

static void bind_params(sqlite3_stmt *statement, const struct listing *l)
{
    for (size_t i = 0; i < l->params_n; i++) {
        const struct param *p = &l->params[i];
        int code = p->text
                       ? sqlite3_bind_text(
                             statement, (int)i + 1, p->text, -1, SQLITE_STATIC)
                       : sqlite3_bind_int64(statement, (int)i + 1, p->number);

        INSIST(code == SQLITE_OK);
    }
}

static enum err read_rows(struct listing *l, struct objects *got)
{
    struct text sql = {0};
    sqlite3_stmt *statement;
    bool row;

    print_sql(&sql, l);
    enum err err = sql_prepare(l->store->sql, sql.bytes, &statement);
    text_fini(&sql);
    if (err != ERR_OK)
        return err;
    bind_params(statement, l);
    while ((err = sql_step(statement, &row)) == ERR_OK && row) {
        got->list = mem_grow(
            got->list, &got->room, got->n + 1, sizeof(struct object *));
        row_read(statement, l->query->kind, &got->list[got->n++]);
    }
    sqlite3_finalize(statement);
    return err;
}

/* One row more than wanted was read, which says whether there is a page
 * behind this one. */
static void end_page(struct listing *l, uint64_t snapshot, struct objects *got)
{
    struct text next = {0};

    if (got->n <= l->query->limit)
        return;
    object_free(&got->list[--got->n]);
    if (l->query->orders_n)
        text_printf(&next, "o%" PRIu64 ".%" PRIu64, snapshot,
            l->offset + l->query->limit);
    else
        text_printf(
            &next, "k%" PRIu64 ".%" PRIu64, l->at, got->list[got->n - 1]->id);
    got->next = text_take(&next);
}

static enum err list_objects(struct listing *l, struct objects *got)
{
    uint64_t snapshot;

    listing_number(l, (int64_t)l->viewer->team);
    enum err err = read_cursor(l);
    if (err == ERR_OK)
        err = listing_conditions(l);
    if (err == ERR_OK)
        err = listing_orders(l);
    if (err == ERR_OK)
        err = check_cost(l);
    if (err == ERR_OK)
        err = fix_snapshot(l, &snapshot);
    if (err != ERR_OK)
        return err;
    if (l->behind != 0)
        text_printf(
            &l->where, " AND id>?%d", listing_number(l, (int64_t)l->behind));
    if (l->tender == 0)
        hide_tenders(l);
    err = read_rows(l, got);
    if (err == ERR_OK)
        end_page(l, snapshot, got);
    return err;
}

enum err store_list(struct store *store, const struct viewer *viewer,
    const struct query *query, struct objects *got, struct fault *fault)
{
    struct listing l = {
        .store = store, .viewer = viewer, .query = query, .fault = fault};
    struct objects made = {0};

    INSIST(query->limit >= 1 && query->limit <= LIMIT_NOW(ROWS));
    enum err err = list_objects(&l, &made);
    if (err == ERR_OK)
        *got = made;
    else
        objects_fini(&made);
    if (err != ERR_OK)
        fault->err = err;
    for (size_t i = 0; i < l.params_n; i++)
        free(l.params[i].text);
    free(l.params);
    text_fini(&l.where);
    text_fini(&l.order);
    return err;
}

void objects_fini(struct objects *objects)
{
    for (size_t i = 0; i < objects->n; i++)
        object_free(&objects->list[i]);
    free(objects->list);
    free(objects->next);
    *objects = (struct objects){0};
}

void query_fini(struct query *query)
{
    for (size_t i = 0; i < query->conditions_n; i++) {
        free(query->conditions[i].word);
        datum_fini(&query->conditions[i].value);
    }
    free(query->conditions);
    free(query->after);
    *query = (struct query){0};
}
