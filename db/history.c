/* SPDX-License-Identifier: Apache-2.0
 *
 * history.c - reading the journal: events after a seq, the log of an object.
 */
#include "db/inside.h"

#include "protocol/base_mem.h"
#include "protocol/limit.h"

#include <stdlib.h>
#include <string.h>

/* Columns of the JOURNAL_ statements that give whole rows. */
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
    ROW_AFTER,
    ROW_BEFORE
};

/* Who may see the tenders met so far; a page of the journal meets few. */
struct sight {
    uint64_t tender;
    char *members;
};

struct sights {
    struct sight *list;
    size_t n, room;
};

static void free_sights(struct sights *sights)
{
    for (size_t i = 0; i < sights->n; i++)
        free(sights->list[i].members);
    free(sights->list);
}

static enum err look_up(struct store *store, uint64_t team, uint64_t tender,
    struct sights *sights, const char **members)
{
    char *made = NULL;

    for (size_t i = sights->n; i-- > 0;)
        if (sights->list[i].tender == tender) {
            *members = sights->list[i].members;
            return ERR_OK;
        }
    if (tender != 0) {
        enum err err = tender_members(store, team, tender, &made);

        if (err != ERR_OK)
            return err;
    }
    sights->list = mem_grow(
        sights->list, &sights->room, sights->n + 1, sizeof *sights->list);
    sights->list[sights->n++] = (struct sight){tender, made};
    *members = made;
    return ERR_OK;
}

static struct event *read_event(
    sqlite3_stmt *rows, uint64_t team, const char *members)
{
    struct event *event = mem_new(sizeof *event);

    event->shares = 1;
    event->team = team;
    event->seq = sql_id(rows, ROW_SEQ);
    event->tx = sql_id(rows, ROW_TX);
    event->time = sqlite3_column_int64(rows, ROW_TIME);
    event->session = sql_id(rows, ROW_SESSION);
    event->author = sql_take(rows, ROW_AUTHOR);
    event->tender = sql_id(rows, ROW_TENDER);
    event->kind = kind_find(sql_peek(rows, ROW_KIND));
    event->id = sql_id(rows, ROW_ID);
    event->name = sql_take(rows, ROW_NAME);
    event->after = sql_take(rows, ROW_AFTER);
    event->before = sql_take(rows, ROW_BEFORE);
    event->members = mem_text(members);
    return event;
}

static bool is_of_kind(const struct log_query *query, enum kind kind)
{
    return !query->of_kinds || (kind != KIND_NONE && query->kinds[kind]);
}

static bool is_wanted(const struct log_query *query, sqlite3_stmt *row)
{
    int64_t time = sqlite3_column_int64(row, ROW_TIME);
    uint64_t seq = sql_id(row, ROW_SEQ);

    return (query->author == NULL ||
               strcmp(query->author, sql_peek(row, ROW_AUTHOR)) == 0) &&
           (query->tender == 0 || sql_id(row, ROW_TENDER) == query->tender) &&
           is_of_kind(query, kind_find(sql_peek(row, ROW_KIND))) &&
           (query->until == 0 || seq <= query->until) &&
           (query->from == 0 || time >= query->from) &&
           (query->to == 0 || time <= query->to);
}

/* What one reading of the journal has come to. */
struct reading {
    struct store *store;
    const struct viewer *viewer;
    const struct log_query *query;
    struct sights sights;
    struct events *got;
    size_t passed;
    uint64_t last; /* seq of the last row of the page */
    bool more;
};

static enum err take_row(struct reading *r, sqlite3_stmt *row)
{
    const char *members = NULL;
    uint64_t seq = sql_id(row, ROW_SEQ);
    enum err err = ERR_OK;

    if (!limit_allows(LIMIT_ROW_SCAN, ++r->passed)) {
        r->more = true;
        return ERR_OK;
    }
    uint64_t tender = sql_id(row, ROW_TENDER);
    bool wanted = is_wanted(r->query, row);
    if (wanted)
        err = look_up(r->store, r->viewer->team, tender, &r->sights, &members);
    if (err != ERR_OK)
        return err;
    if (wanted && right_sees(r->viewer, tender, members)) {
        r->more = r->got->n == r->query->limit;
        if (r->more) {
            r->last = r->got->list[r->got->n - 1]->seq;
            return ERR_OK;
        }
        events_add(r->got, read_event(row, r->viewer->team, members));
    }
    r->last = seq;
    return ERR_OK;
}

/* Rows that the viewer sees, until the page is full or has cost enough. */
static enum err read_log(struct reading *r, sqlite3_stmt *rows)
{
    enum err err = ERR_OK;
    bool row = true;

    while (err == ERR_OK && !r->more) {
        err = sql_step(rows, &row);
        if (err != ERR_OK || !row || sql_id(rows, ROW_SEQ) <= r->query->since)
            break;
        err = take_row(r, rows);
    }
    sqlite3_reset(rows);
    free_sights(&r->sights);
    return err;
}

static sqlite3_stmt *open_log(
    struct store *store, uint64_t team, const struct log_query *query)
{
    uint64_t below = query->before == 0 ? INT64_MAX : query->before;
    sqlite3_stmt *rows;

    if (query->until != 0 && query->until < below)
        below = query->until + 1;
    if (query->kind != KIND_NONE) {
        rows = store_fixed(store, STATEMENT_JOURNAL_OBJECT);
        sql_bind(
            rows, "iiti", team, below, kind_row(query->kind)->word, query->id);
    } else if (query->tender != 0) {
        rows = store_fixed(store, STATEMENT_JOURNAL_TENDER);
        sql_bind(rows, "iii", team, below, query->tender);
    } else {
        rows = store_fixed(store, STATEMENT_JOURNAL_BEFORE);
        sql_bind(rows, "ii", team, below);
    }
    return rows;
}

/* Whether there is any row of the object that the viewer sees. */
static enum err check_object(struct store *store, const struct viewer *viewer,
    const struct log_query *query)
{
    const struct log_query any = {
        .kind = query->kind, .id = query->id, .limit = 1};
    struct events found = {0};
    struct reading r = {store, viewer, &any, {0}, &found, 0, 0, false};
    enum err err = read_log(&r, open_log(store, viewer->team, &any));

    if (err == ERR_OK && found.n == 0)
        err = ERR_NONE;
    events_fini(&found);
    return err;
}

enum err store_log(struct store *store, const struct viewer *viewer,
    const struct log_query *query, struct events *got, uint64_t *next)
{
    struct events made = {0};
    struct reading r = {store, viewer, query, {0}, &made, 0, 0, false};
    enum err err = ERR_OK;

    if (query->kind != KIND_NONE)
        err = check_object(store, viewer, query);
    if (err == ERR_OK)
        err = read_log(&r, open_log(store, viewer->team, query));
    if (err != ERR_OK) {
        events_fini(&made);
        return err;
    }
    *next = r.more ? r.last : 0;
    *got = made;
    return ERR_OK;
}

static enum err find_bounds(
    struct store *store, uint64_t team, uint64_t *oldest, uint64_t *head)
{
    sqlite3_stmt *find = store_fixed(store, STATEMENT_JOURNAL_OLDEST);
    enum err err = store_head(store, team, head);

    if (err != ERR_OK)
        return err;
    sql_bind(find, "i", team);
    err = sql_number(find, oldest);
    if (err != ERR_NONE)
        return err;
    *oldest = *head + 1;
    return ERR_OK;
}

static enum err read_events(struct store *store, uint64_t team, uint64_t since,
    size_t limit, struct events *got)
{
    sqlite3_stmt *rows = store_fixed(store, STATEMENT_JOURNAL_AFTER);
    struct sights sights = {0};
    bool whole = true;
    enum err err = ERR_OK;

    sql_bind(rows, "ii", team, since);
    while (err == ERR_OK && (got->n < limit || !whole)) {
        const char *members = NULL;
        bool row;

        err = sql_step(rows, &row);
        if (err != ERR_OK || !row)
            break;
        err = look_up(store, team, sql_id(rows, ROW_TENDER), &sights, &members);
        if (err != ERR_OK)
            break;
        events_add(got, read_event(rows, team, members));
        whole = sql_id(rows, ROW_SEQ) == sql_id(rows, ROW_TX);
    }
    sqlite3_reset(rows);
    free_sights(&sights);
    return err;
}

enum err store_events(struct store *store, uint64_t team, uint64_t since,
    size_t limit, struct events *got, uint64_t *oldest)
{
    struct events made = {0};
    uint64_t first, head;
    enum err err = find_bounds(store, team, &first, &head);

    if (err != ERR_OK)
        return err;
    *oldest = first;
    if (since > head || since + 1 < first)
        return ERR_GONE;
    err = read_events(store, team, since, limit, &made);
    if (err == ERR_OK)
        *got = made;
    else
        events_fini(&made);
    return err;
}
