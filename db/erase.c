/* SPDX-License-Identifier: Apache-2.0
 *
 * erase.c - deleting: refused while others refer, or with what belongs to it.
 *
 * To an object belongs what refers to it by a field that is needed or part of
 * a key, and so on; to a tender all that stands in it.  Other references to
 * any of these are never cut silently: they keep the whole from going.
 */
#include "db/apply.h"

#include "protocol/base_mem.h"

#include <stdlib.h>

struct parts {
    struct found *list;
    size_t n, room;
    struct names known;
};

static bool add_part(struct parts *parts, const struct found *found)
{
    struct text id = {0};

    id_print(&id, found->kind, found->id);
    bool is_new = names_add(&parts->known, id.bytes, parts->n);
    text_fini(&id);
    if (!is_new)
        return false;
    parts->list =
        mem_grow(parts->list, &parts->room, parts->n + 1, sizeof *parts->list);
    parts->list[parts->n++] = *found;
    return true;
}

static bool is_part(const struct parts *parts, enum kind kind, uint64_t id)
{
    struct text word = {0};
    size_t place;

    id_print(&word, kind, id);
    bool is = names_find(&parts->known, word.bytes, &place);
    text_fini(&word);
    return is;
}

static enum err add_kind_of_tender(
    struct apply *a, uint64_t tender, enum kind kind, struct parts *parts)
{
    sqlite3_stmt *ids = store_table(a->store, kind, TABLE_IDS);
    enum err err;
    bool row;

    sql_bind(ids, "ii", a->viewer.team, tender);
    while ((err = sql_step(ids, &row)) == ERR_OK && row) {
        struct found found = {kind, sql_id(ids, 0), tender};

        add_part(parts, &found);
    }
    return err;
}

static enum err add_all_of_tender(
    struct apply *a, uint64_t tender, struct parts *parts)
{
    enum err err = ERR_OK;

    for (int i = 0; i < KIND_COUNT && err == ERR_OK; i++)
        if (kind_row((enum kind)i)->scope != SCOPE_TEAM)
            err = add_kind_of_tender(a, tender, (enum kind)i, parts);
    return err;
}

/* What refers to an object; found by the rows of refs. */
struct referrer {
    enum kind kind;
    uint64_t id;
    bool belongs;
};

struct referrers {
    struct referrer *list;
    size_t n, room;
};

static enum err find_referrers(
    struct apply *a, const struct found *to, struct referrers *got)
{
    sqlite3_stmt *rows = store_fixed(a->store, STATEMENT_REF_TO);
    enum err err;
    bool row;

    sql_bind(rows, "iti", a->viewer.team, kind_row(to->kind)->word, to->id);
    while ((err = sql_step(rows, &row)) == ERR_OK && row) {
        enum kind kind = kind_find(sql_peek(rows, 0));
        size_t field = field_find(kind, sql_peek(rows, 2));

        INSIST(kind != KIND_NONE && field != FIELD_COUNT);
        got->list =
            mem_grow(got->list, &got->room, got->n + 1, sizeof *got->list);
        got->list[got->n++] = (struct referrer){kind, sql_id(rows, 1),
            (fields[field].flags & (FIELD_NEEDED | FIELD_KEY)) != 0};
    }
    return err;
}

static enum err refuse(struct apply *a, const struct found *root)
{
    fault_id(a->fault, root->kind, root->id);
    return fault_set(a->fault, ERR_STATE, NULL, NULL,
        "an object that no other refers to; parts=yes takes what belongs to "
        "it");
}

static enum err find_referrer(
    struct apply *a, const struct referrer *from, struct found *got)
{
    struct text word = {0};

    id_print(&word, from->kind, from->id);
    enum err err = object_find(a->store, a->viewer.team, 0, word.bytes, got);
    text_fini(&word);
    return err == ERR_OK ? apply_sees(a, got->tender) : err;
}

/* What is in the way is named if it is seen, and is in the way in any case. */
static enum err add_blocker(
    struct apply *a, const struct referrer *from, bool *blocked)
{
    struct found found;
    enum err err = find_referrer(a, from, &found);

    *blocked = true;
    if (err == ERR_OK)
        fault_row(a->fault, from->kind, from->id);
    return err == ERR_NONE ? ERR_OK : err;
}

/* What the viewer does not see never goes, so it is in the way. */
static enum err take_referrer(struct apply *a, const struct referrer *from,
    struct parts *parts, bool *blocked)
{
    struct found found;

    if (is_part(parts, from->kind, from->id))
        return ERR_OK;
    enum err err = find_referrer(a, from, &found);
    if (err == ERR_OK)
        add_part(parts, &found);
    *blocked = *blocked || err == ERR_NONE;
    return err == ERR_NONE ? ERR_OK : err;
}

/* An optional reference may come from what turns out to be a part later, so
 * what is in the way is looked for when all parts are known. */
static enum err collect_parts(struct apply *a, struct parts *parts)
{
    enum err err = ERR_OK;

    for (size_t i = 0; i < parts->n && err == ERR_OK; i++) {
        struct referrers from = {0};
        struct found part = parts->list[i];
        bool blocked = false;

        err = find_referrers(a, &part, &from);
        for (size_t j = 0; j < from.n && err == ERR_OK; j++)
            if (from.list[j].belongs)
                err = take_referrer(a, &from.list[j], parts, &blocked);
        free(from.list);
        if (err == ERR_OK && blocked)
            err = refuse(a, &parts->list[0]);
    }
    return err;
}

static enum err check_blockers(struct apply *a, const struct parts *parts)
{
    bool blocked = false;
    enum err err = ERR_OK;

    for (size_t i = 0; i < parts->n && err == ERR_OK; i++) {
        struct referrers from = {0};

        err = find_referrers(a, &parts->list[i], &from);
        for (size_t j = 0; j < from.n && err == ERR_OK; j++)
            if (!is_part(parts, from.list[j].kind, from.list[j].id))
                err = add_blocker(a, &from.list[j], &blocked);
        free(from.list);
    }
    if (err == ERR_OK && blocked)
        err = refuse(a, &parts->list[0]);
    return err;
}

static enum err check_right(
    struct apply *a, const struct object *object, const char *creator)
{
    enum err err = apply_sees(a, object->tender);

    if (err != ERR_OK || right_deletes(&a->in, object->kind, creator))
        return err;
    fault_id(a->fault, object->kind, object->id);
    return apply_deny(a, object->kind, FIELD_COUNT, true);
}

static enum err erase_one(
    struct apply *a, const struct found *part, uint64_t *seq)
{
    struct object *object;
    char *creator;
    enum err err = object_load(
        a->store, a->viewer.team, part->kind, part->id, 0, &object, &creator);

    if (err != ERR_OK)
        return err;
    err = check_right(a, object, creator);
    if (err == ERR_OK)
        err = write_gone(a, object, creator, seq);
    object_free(&object);
    free(creator);
    return err;
}

/* The object itself goes last. */
static enum err erase_all(
    struct apply *a, const struct parts *parts, uint64_t *seq)
{
    enum err err = ERR_OK;

    for (size_t i = parts->n; i-- > 0 && err == ERR_OK;)
        err = erase_one(a, &parts->list[i], seq);
    return err;
}

/* A tender without parts= must be empty. */
static enum err check_empty(struct apply *a, const struct found *root)
{
    struct parts inside = {0};
    enum err err = add_all_of_tender(a, root->id, &inside);

    for (size_t i = 0; i < inside.n && i < 20; i++)
        fault_row(a->fault, inside.list[i].kind, inside.list[i].id);
    if (err == ERR_OK && inside.n > 0)
        err = refuse(a, root);
    names_fini(&inside.known);
    free(inside.list);
    return err;
}

static enum err check_guard(
    struct apply *a, const struct change *change, const struct found *root)
{
    struct object *object;
    char *creator;
    enum err err = object_load(
        a->store, a->viewer.team, root->kind, root->id, 0, &object, &creator);

    if (err != ERR_OK)
        return err;
    err = check_right(a, object, creator);
    if (err == ERR_OK)
        err = guard_check(a, change, object);
    object_free(&object);
    free(creator);
    return err;
}

enum err apply_del(
    struct apply *a, const struct change *change, struct done *done)
{
    struct parts parts = {0};
    struct found root;
    uint64_t seq = 0;
    enum err err = apply_find(a, a->set->scope, change->target, NULL, &root);

    if (err == ERR_OK)
        err = check_guard(a, change, &root);
    if (err != ERR_OK)
        return err;
    add_part(&parts, &root);
    if (root.kind == KIND_TENDER)
        err = change->parts ? add_all_of_tender(a, root.id, &parts)
                            : check_empty(a, &root);
    if (err == ERR_OK && change->parts)
        err = collect_parts(a, &parts);
    if (err == ERR_OK)
        err = check_blockers(a, &parts);
    if (err == ERR_OK)
        err = erase_all(a, &parts, &seq);
    if (err == ERR_OK)
        *done = (struct done){.kind = root.kind, .id = root.id, .rev = seq};
    names_fini(&parts.known);
    free(parts.list);
    return err;
}
