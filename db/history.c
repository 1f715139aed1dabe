/* SPDX-License-Identifier: Apache-2.0
 *
 * history.c - reading the journal: events after a seq, the log of an object.
 */
#include "db/inside.h"

#include "protocol/base_mem.h"

#include <stdlib.h>

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

/* Rows that the viewer sees, until there are limit + 1 of them. */
static enum err read_log(struct store *store, const struct viewer *viewer,
    sqlite3_stmt *rows, size_t limit, struct events *got)
{
    struct sights sights = {0};
    enum err err = ERR_OK;
    bool row = true;

    while (err == ERR_OK && got->n <= limit) {
        const char *members = NULL;

        err = sql_step(rows, &row);
        if (err != ERR_OK || !row)
            break;
        uint64_t tender = sql_id(rows, ROW_TENDER);
        err = look_up(store, viewer->team, tender, &sights, &members);
        if (err == ERR_OK && right_sees(viewer, tender, members))
            events_add(got, read_event(rows, viewer->team, members));
    }
    sqlite3_reset(rows);
    free_sights(&sights);
    return err;
}

enum err store_log(struct store *store, const struct viewer *viewer,
    enum kind kind, uint64_t id, uint64_t before, size_t limit,
    struct events *got, bool *more)
{
    struct events made = {0};
    uint64_t below = before == 0 ? INT64_MAX : before;
    sqlite3_stmt *rows;

    if (kind == KIND_NONE) {
        rows = store_fixed(store, STATEMENT_JOURNAL_BEFORE);
        sql_bind(rows, "ii", viewer->team, below);
    } else {
        rows = store_fixed(store, STATEMENT_JOURNAL_OBJECT);
        sql_bind(rows, "iiti", viewer->team, below, kind_row(kind)->word, id);
    }
    enum err err = read_log(store, viewer, rows, limit, &made);
    if (err == ERR_OK && kind != KIND_NONE && before == 0 && made.n == 0)
        err = ERR_NONE;
    if (err != ERR_OK) {
        events_fini(&made);
        return err;
    }
    *more = made.n > limit;
    if (*more)
        event_drop(&made.list[--made.n]);
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
