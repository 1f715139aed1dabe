/* SPDX-License-Identifier: Apache-2.0
 *
 * list.c - the objects of a kind that meet conditions, page by page.
 *
 * A cursor holds the snapshot of the first page: "k" AT "." ID goes on behind an
 * id, "o" AT "." OFFSET leaves out the rows of the pages before.  The first page
 * reads what is current; the next ones what is current and older than AT, and
 * of the past what was changed since, which the journal names.
 */
#include "db/list.h"

#include "protocol/base_mem.h"
#include "protocol/fold.h"
#include "protocol/limit.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* What is looked for is folded once for all rows. */
static const char *folded_part(sqlite3_context *ctx, sqlite3_value *value)
{
    char *kept = sqlite3_get_auxdata(ctx, 1);
    const unsigned char *part = sqlite3_value_text(value);
    struct text made = {0};

    if (kept || part == NULL)
        return kept;
    fold_text(&made, (const char *)part);
    kept = text_take(&made);
    sqlite3_set_auxdata(ctx, 1, kept, free);
    return sqlite3_get_auxdata(ctx, 1);
}

static void run_holds(sqlite3_context *ctx, int count, sqlite3_value **values)
{
    const unsigned char *text = sqlite3_value_text(values[0]);
    const char *part = folded_part(ctx, values[1]);
    struct text folded = {0};

    (void)count;
    if (text)
        fold_text(&folded, (const char *)text);
    sqlite3_result_int(
        ctx, text && part && strstr(text_peek(&folded), part) != NULL);
    text_fini(&folded);
}

static void run_folded(sqlite3_context *ctx, int count, sqlite3_value **values)
{
    const unsigned char *text = sqlite3_value_text(values[0]);
    struct text folded = {0};

    (void)count;
    if (text == NULL)
        return;
    fold_text(&folded, (const char *)text);
    sqlite3_result_text(
        ctx, text_peek(&folded), (int)folded.len, SQLITE_TRANSIENT);
    text_fini(&folded);
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
            sql, "folded", 1, flags, NULL, run_folded, NULL, NULL);
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
        !take_number(&word, '\0', &number) || at == 0 ||
        (l->query->at != 0 && l->query->at != at))
        return refuse_cursor(l);
    l->at = at;
    l->recent = l->query->at == 0;
    if (letter == 'k')
        l->behind = number;
    else
        l->offset = number;
    return ERR_OK;
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
    if (err != ERR_OK || limit_allows(LIMIT_ROW_SCAN, count))
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
        if (l->recent)
            text_printf(&when,
                " AND id IN (SELECT id FROM journal WHERE team=?1 AND seq>?%d "
                "AND kind='%s')",
                at, word);
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
static void end_page(struct listing *l, struct objects *got)
{
    struct text next = {0};

    if (got->n <= l->query->limit)
        return;
    object_free(&got->list[--got->n]);
    if (l->query->orders_n)
        text_printf(&next, "o%" PRIu64 ".%" PRIu64, got->at,
            l->offset + l->query->limit);
    else
        text_printf(
            &next, "k%" PRIu64 ".%" PRIu64, got->at, got->list[got->n - 1]->id);
    got->next = text_take(&next);
}

static enum err list_objects(struct listing *l, struct objects *got)
{
    listing_number(l, (int64_t)l->viewer->team);
    enum err err = read_cursor(l);
    if (err == ERR_OK)
        err = listing_conditions(l);
    if (err == ERR_OK)
        err = listing_orders(l);
    if (err == ERR_OK)
        err = check_cost(l);
    if (err == ERR_OK)
        err = store_head(l->store, l->viewer->team, &got->at);
    if (err != ERR_OK)
        return err;
    if (l->at > got->at)
        return refuse_cursor(l);
    if (l->at != 0)
        got->at = l->at;
    if (l->behind != 0)
        text_printf(
            &l->where, " AND id>?%d", listing_number(l, (int64_t)l->behind));
    if (l->tender == 0)
        hide_tenders(l);
    err = read_rows(l, got);
    if (err == ERR_OK)
        end_page(l, got);
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
