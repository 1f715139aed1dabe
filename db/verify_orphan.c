/* SPDX-License-Identifier: Apache-2.0
 *
 * verify_orphan.c - rows that belong to nothing, each with a line of its own:
 * of the past, of references, of codes; and counters that would give a number
 * again.
 */
#include "db/verify.h"

#include <inttypes.h>

/* Rows of team, id and a word about them; %k stands for the word of a kind. */
static const struct {
    const char *sql;
    const char *finding;
} orphans[] = {
    {"SELECT team, id, rev FROM %k_past p WHERE until<=rev OR (deleted=0 "
     "AND NOT EXISTS(SELECT 1 FROM %k c WHERE c.team=p.team AND c.id=p.id "
     "AND c.rev=p.until) AND NOT EXISTS(SELECT 1 FROM %k_past n WHERE "
     "n.team=p.team AND n.id=p.id AND n.rev=p.until))",
        "past: nothing follows the row of rev"},
    {"SELECT team, id, rev FROM %k_past p WHERE rev>(SELECT "
     "coalesce(max(seq), 0) FROM anchors a WHERE a.team=p.team) AND NOT "
     "EXISTS(SELECT 1 FROM journal j WHERE j.team=p.team AND j.kind='%k' "
     "AND j.id=p.id AND j.seq=p.rev)",
        "past: no object had the row of rev"},
    {"SELECT team, from_id, field FROM refs r WHERE from_kind='%k' AND NOT "
     "EXISTS(SELECT 1 FROM %k k WHERE k.team=r.team AND k.id=r.from_id)",
        "refs: there is no such object to refer by"},
    {"SELECT team, to_id, from_kind FROM refs r WHERE to_kind='%k' AND NOT "
     "EXISTS(SELECT 1 FROM %k k WHERE k.team=r.team AND k.id=r.to_id)",
        "refs: there is no such object, referred to by a"},
    {"SELECT team, id, code FROM codes c WHERE kind='%k' AND NOT "
     "EXISTS(SELECT 1 FROM %k k WHERE k.team=c.team AND k.id=c.id)",
        "codes: there is no such object of the code"},
    {"SELECT team, max(id), max(last) FROM (SELECT team, id, 0 AS last FROM "
     "%k UNION ALL SELECT team, id, 0 FROM %k_past UNION ALL SELECT team, "
     "0, last FROM counters WHERE kind='%k') AS seen GROUP BY team HAVING "
     "max(id)>max(last)",
        "counters: this id is above the last one given,"},
};

static enum err find_orphans(
    struct verify *v, enum kind kind, const char *format, const char *finding)
{
    struct text sql = {0}, id = {0};
    sqlite3_stmt *rows;
    bool row;

    for (const char *p = format; *p; p++) {
        if (p[0] == '%' && p[1] == 'k') {
            text_puts(&sql, kind_row(kind)->word);
            p++;
        } else {
            text_putc(&sql, *p);
        }
    }
    enum err err = sql_prepare(v->store->sql, sql.bytes, &rows);
    text_fini(&sql);
    if (err != ERR_OK)
        return err;
    while ((err = sql_step(rows, &row)) == ERR_OK && row) {
        id.len = 0;
        id_print(&id, kind, sql_id(rows, 1));
        verify_find(v, "orphan: team=%" PRIu64 " %s %s %s", sql_id(rows, 0),
            id.bytes, finding, sql_peek(rows, 2));
    }
    sqlite3_finalize(rows);
    text_fini(&id);
    return err;
}

enum err verify_orphans(struct verify *v, enum kind kind)
{
    enum err err = ERR_OK;

    for (size_t i = 0; i < sizeof orphans / sizeof *orphans && err == ERR_OK;
         i++)
        err = find_orphans(v, kind, orphans[i].sql, orphans[i].finding);
    return err;
}
