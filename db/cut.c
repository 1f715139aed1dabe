/* SPDX-License-Identifier: Apache-2.0
 *
 * cut.c - journals that are kept for so long: older rows go, and the chain is
 * anchored where it begins now.
 *
 * The anchor never moves back, so what was touched before it counts as touched
 * there (store_touched), and no number means two states.
 */
#include "db/inside.h"

#include "protocol/base_mem.h"
#include "protocol/limit.h"

#include <string.h>

enum err journal_anchor(struct store *store, uint64_t team, uint64_t *seq,
    unsigned char chain[DIGEST_BYTES])
{
    sqlite3_stmt *find = store_fixed(store, STATEMENT_ANCHOR_FIND);
    bool row;

    sql_bind(find, "i", team);
    enum err err = sql_step(find, &row);
    *seq = 0;
    if (err != ERR_OK || !row)
        return err;
    *seq = sql_id(find, 0);
    if (chain && sqlite3_column_bytes(find, 1) == DIGEST_BYTES)
        memcpy(chain, sqlite3_column_blob(find, 1), DIGEST_BYTES);
    sqlite3_reset(find);
    return ERR_OK;
}

/* Where the rows end that are old enough: the last one of a transaction that is
 * not the team's newest. */
struct edge {
    uint64_t seq; /* 0: none is */
    unsigned char chain[DIGEST_BYTES];
    bool more;
};

/* before_ms is the limit's distance from now; who cuts everything says
 * INT64_MAX, which is at no age. */
static bool is_old(int64_t time_ms, int64_t before_ms)
{
    int64_t keep = LIMIT_MS(LOG_KEEP), age;

    if (!__builtin_sub_overflow(before_ms, time_ms, &age) &&
        !__builtin_add_overflow(age, keep, &age) && age >= 0)
        limit_met(LIMIT_ROW_LOG_KEEP, (uint64_t)age, (uint64_t)keep);
    return time_ms < before_ms;
}

static enum err find_edge(struct store *store, uint64_t team, uint64_t head,
    int64_t before_ms, size_t most, struct edge *edge)
{
    sqlite3_stmt *rows = store_fixed(store, STATEMENT_JOURNAL_OLD);
    enum err err;
    bool row;
    size_t n = 0;

    sql_bind(rows, "i", team);
    while ((err = sql_step(rows, &row)) == ERR_OK && row) {
        uint64_t seq = sql_id(rows, 0);
        uint64_t tx = sql_id(rows, 1);

        if (!is_old(sqlite3_column_int64(rows, 2), before_ms) || tx >= head)
            break;
        if (n++ >= most && edge->seq != 0) {
            edge->more = true;
            break;
        }
        if (seq != tx)
            continue;
        edge->seq = seq;
        INSIST(sqlite3_column_bytes(rows, 3) == DIGEST_BYTES);
        memcpy(edge->chain, sqlite3_column_blob(rows, 3), DIGEST_BYTES);
    }
    sqlite3_reset(rows);
    return err;
}

static enum err cut_team(struct store *store, uint64_t team, uint64_t head,
    int64_t before_ms, size_t most, bool *more)
{
    sqlite3_stmt *set = store_fixed(store, STATEMENT_ANCHOR_SET);
    sqlite3_stmt *cut = store_fixed(store, STATEMENT_JOURNAL_CUT);
    struct edge edge = {0};
    enum err err = find_edge(store, team, head, before_ms, most, &edge);

    if (err != ERR_OK || edge.seq == 0)
        return err;
    *more = *more || edge.more;
    sql_bind(
        set, "iibi", team, edge.seq, edge.chain, sizeof edge.chain, before_ms);
    err = sql_run(set);
    if (err != ERR_OK)
        return err;
    sql_bind(cut, "ii", team, edge.seq);
    return sql_run(cut);
}

enum err store_cut(
    struct store *store, int64_t before_ms, size_t most, bool *more)
{
    sqlite3_stmt *teams = store_fixed(store, STATEMENT_TEAM_LIST);
    enum err err;
    bool row;

    *more = false;
    sql_bind(teams, "t", "");
    while ((err = sql_step(teams, &row)) == ERR_OK && row) {
        err = cut_team(
            store, sql_id(teams, 0), sql_id(teams, 3), before_ms, most, more);
        if (err != ERR_OK)
            break;
    }
    sqlite3_reset(teams);
    return err;
}
