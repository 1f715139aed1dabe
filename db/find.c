/* SPDX-License-Identifier: Apache-2.0
 *
 * find.c - objects by word, id and seq, and who sees them.
 *
 * What a viewer may not see is ERR_NONE, as what is not there.
 */
#include "db/inside.h"

#include "protocol/base_mem.h"

#include <stdlib.h>

static enum err find_id(struct store *store, uint64_t team, enum kind kind,
    uint64_t id, struct found *got)
{
    sqlite3_stmt *where = store_table(store, kind, TABLE_WHERE);
    uint64_t tender;

    sql_bind(where, "ii", team, id);
    enum err err = sql_number(where, &tender);
    if (err == ERR_OK)
        *got = (struct found){kind, id, tender};
    return err;
}

static enum err find_code(struct store *store, uint64_t team, uint64_t tender,
    const char *code, struct found *got)
{
    sqlite3_stmt *find = store_fixed(store, STATEMENT_CODE_FIND);
    bool row;

    sql_bind(find, "iit", team, tender, code);
    enum err err = sql_step(find, &row);
    if (err != ERR_OK || !row)
        return err == ERR_OK ? ERR_NONE : err;
    got->kind = kind_find(sql_peek(find, 0));
    got->id = sql_id(find, 1);
    got->tender = got->kind == KIND_TENDER ? got->id : tender;
    sqlite3_reset(find);
    INSIST(got->kind != KIND_NONE);
    return ERR_OK;
}

enum err object_find(struct store *store, uint64_t team, uint64_t scope,
    const char *word, struct found *got)
{
    enum kind kind;
    uint64_t id;

    if (id_read(word, &kind, &id) == ERR_OK)
        return find_id(store, team, kind, id, got);
    if (scope != 0) {
        enum err err = find_code(store, team, scope, word, got);

        if (err != ERR_NONE)
            return err;
    }
    return find_code(store, team, 0, word, got);
}

enum err object_load(struct store *store, uint64_t team, enum kind kind,
    uint64_t id, uint64_t at, struct object **made, char **creator)
{
    sqlite3_stmt *get =
        store_table(store, kind, at == 0 ? TABLE_GET : TABLE_GET_AT);
    bool row;

    if (at == 0)
        sql_bind(get, "ii", team, id);
    else
        sql_bind(get, "iii", team, id, at);
    enum err err = sql_step(get, &row);
    if (err != ERR_OK || !row)
        return err == ERR_OK ? ERR_NONE : err;
    row_read(get, kind, made);
    if (creator)
        *creator = sql_take(get, COLUMN_CREATOR);
    sqlite3_reset(get);
    return ERR_OK;
}

static void read_people(sqlite3_stmt *find, struct people *people)
{
    *people = (struct people){.members = sql_take(find, 0),
        .readers = sql_take(find, 1),
        .scorers = sql_take(find, 2),
        .editors = sql_take(find, 3),
        .owners = sql_take(find, 4)};
}

enum err tender_people(
    struct store *store, uint64_t team, uint64_t tender, struct people *people)
{
    static const enum statement look[] = {
        STATEMENT_PEOPLE_NOW, STATEMENT_PEOPLE_PAST};

    for (size_t i = 0; i < sizeof look / sizeof *look; i++) {
        sqlite3_stmt *find = store_fixed(store, look[i]);
        bool row;

        sql_bind(find, "ii", team, tender);
        enum err err = sql_step(find, &row);
        if (err != ERR_OK)
            return err;
        if (row) {
            read_people(find, people);
            sqlite3_reset(find);
            return ERR_OK;
        }
    }
    return ERR_NONE;
}

enum err tender_members(
    struct store *store, uint64_t team, uint64_t tender, char **members)
{
    struct people people = {0};
    enum err err = tender_people(store, team, tender, &people);

    if (err != ERR_OK)
        return err;
    *members = people.members;
    people.members = NULL;
    people_fini(&people);
    return ERR_OK;
}

enum err store_enter(struct store *store, const struct viewer *viewer,
    uint64_t tender, struct viewer *in)
{
    struct people people = {0};

    if (tender == 0) {
        *in = right_in(viewer, 0, NULL);
        return ERR_OK;
    }
    enum err err = tender_people(store, viewer->team, tender, &people);
    if (err == ERR_OK && !right_sees(viewer, tender, people.members))
        err = ERR_NONE;
    if (err == ERR_OK)
        *in = right_in(viewer, tender, &people);
    people_fini(&people);
    return err;
}

enum err tender_sees(struct store *store, const struct viewer *viewer,
    uint64_t tender, bool *sees)
{
    struct viewer in;
    enum err err = store_enter(store, viewer, tender, &in);

    *sees = err == ERR_OK;
    return err == ERR_NONE ? ERR_OK : err;
}

enum err store_find(struct store *store, const struct viewer *viewer,
    uint64_t scope, const char *word, enum kind *kind, uint64_t *id)
{
    struct found found;
    bool sees;
    enum err err = object_find(store, viewer->team, scope, word, &found);

    if (err == ERR_OK)
        err = tender_sees(store, viewer, found.tender, &sees);
    if (err != ERR_OK)
        return err;
    if (!sees)
        return ERR_NONE;
    *kind = found.kind;
    *id = found.id;
    return ERR_OK;
}

enum err store_get(struct store *store, const struct viewer *viewer,
    enum kind kind, uint64_t id, uint64_t at, struct object **made)
{
    struct object *object;
    bool sees;
    enum err err =
        object_load(store, viewer->team, kind, id, at, &object, NULL);

    if (err != ERR_OK)
        return err;
    err = tender_sees(store, viewer, object->tender, &sees);
    if (err == ERR_OK && !sees)
        err = ERR_NONE;
    if (err == ERR_OK)
        *made = object;
    else
        object_free(&object);
    return err;
}
