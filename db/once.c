/* SPDX-License-Identifier: Apache-2.0
 *
 * once.c - once= keys: the same request sent again gives the first result.
 *
 * Results are kept as text, one line an object: its id, its rev, and the name
 * it was given or what undoing did to it, if any.
 */
#include "db/apply.h"

#include "protocol/base_mem.h"
#include "protocol/limit.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static int64_t oldest_ms(const struct apply *a)
{
    return a->now_ms - LIMIT_MS(ONCE_DAYS);
}

static void digest_request(
    const struct changeset *set, unsigned char digest[DIGEST_BYTES])
{
    const char *request = set->request ? set->request : "";
    const void *parts[] = {request};
    const size_t lens[] = {strlen(request)};

    digest_of(parts, lens, 1, digest);
}

/* Names begin with "$", and what undid something names nothing. */
static void read_more(const char *word, size_t len, struct done *done)
{
    char *more = mem_copy(word, len);

    if (more[0] == '$') {
        done->as = more;
        return;
    }
    for (int i = UNDONE_NOTHING; i < UNDONE_COUNT; i++)
        if (strcmp(more, undone_word((enum undone)i)) == 0)
            done->undone = (enum undone)i;
    free(more);
}

static const char *read_done(const char *line, struct done *done)
{
    char id[32];
    size_t len = strcspn(line, " ");
    char *end;

    INSIST(len < sizeof id);
    memcpy(id, line, len);
    id[len] = '\0';
    enum err err = id_read(id, &done->kind, &done->id);
    INSIST(err == ERR_OK);
    done->rev = strtoull(line + len + 1, &end, 10);
    if (*end == ' ') {
        len = strcspn(end + 1, "\n");
        read_more(end + 1, len, done);
        end += 1 + len;
    }
    INSIST(*end == '\n');
    return end + 1;
}

static void replay(struct changeset *set, const char *results, uint64_t head)
{
    while (*results) {
        set->done = mem_grow(
            set->done, &set->done_room, set->done_n + 1, sizeof *set->done);
        struct done *done = &set->done[set->done_n++];

        *done = (struct done){0};
        results = read_done(results, done);
    }
    set->head = head;
    set->replay = true;
}

enum err once_find(struct apply *a)
{
    struct changeset *set = a->set;
    sqlite3_stmt *find = store_fixed(a->store, STATEMENT_ONCE_FIND);
    unsigned char digest[DIGEST_BYTES];
    bool row;

    sql_bind(find, "itt", set->team, set->user, set->once);
    enum err err = sql_step(find, &row);
    if (err != ERR_OK || !row)
        return err;
    if (limit_is_over(
            LIMIT_ROW_ONCE_DAYS, a->now_ms - sqlite3_column_int64(find, 3))) {
        sqlite3_reset(find);
        return ERR_OK;
    }
    digest_request(set, digest);
    if (sqlite3_column_bytes(find, 0) == DIGEST_BYTES &&
        memcmp(sqlite3_column_blob(find, 0), digest, DIGEST_BYTES) == 0)
        replay(set, sql_peek(find, 1), sql_id(find, 2));
    else
        err = fault_set(a->fault, ERR_EXISTS, "once", set->once,
            "a key of its own for each request");
    sqlite3_reset(find);
    return err;
}

enum err once_keep(struct apply *a)
{
    const struct changeset *set = a->set;
    sqlite3_stmt *add = store_fixed(a->store, STATEMENT_ONCE_ADD);
    sqlite3_stmt *expire = store_fixed(a->store, STATEMENT_ONCE_EXPIRE);
    struct text results = {0};
    unsigned char digest[DIGEST_BYTES];

    for (size_t i = 0; i < set->done_n; i++) {
        id_print(&results, set->done[i].kind, set->done[i].id);
        text_printf(&results, " %" PRIu64, set->done[i].rev);
        if (set->done[i].as)
            text_printf(&results, " %s", set->done[i].as);
        else if (set->done[i].undone)
            text_printf(&results, " %s", undone_word(set->done[i].undone));
        text_putc(&results, '\n');
    }
    digest_request(set, digest);
    sql_bind(add, "ittibti", set->team, set->user, set->once, a->now_ms, digest,
        sizeof digest, text_peek(&results), set->head);
    enum err err = sql_run(add);
    text_fini(&results);
    if (err != ERR_OK)
        return err;
    sql_bind(expire, "i", oldest_ms(a));
    return sql_run(expire);
}
