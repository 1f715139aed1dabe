/* SPDX-License-Identifier: Apache-2.0
 *
 * alter.c - adding an object and changing its fields.
 */
#include "db/apply.h"

#include "protocol/base_mem.h"

#include <stdlib.h>
#include <string.h>

/* What may be typed into a field, for allowed=. */
static const char *allowed_in(const struct field_row *row)
{
    bool listed = row->type == TYPE_ENUM || row->type == TYPE_SET;

    return listed ? row->arg : type_allowed(row->type);
}

static enum err check_needed(struct apply *a, const struct object *object)
{
    const struct kind_row *row = kind_row(object->kind);

    for (size_t i = 0; i < row->count; i++) {
        const struct field_row *field = &fields[row->first + i];

        if (field->flags & FIELD_NEEDED && !object->values[i].set)
            return fault_set(
                a->fault, ERR_ARG, field->word, "", allowed_in(field));
    }
    return ERR_OK;
}

enum err alter_values(
    struct apply *a, const struct change *change, struct object *object)
{
    for (size_t i = 0; i < change->assigns_n; i++) {
        const struct assign *assign = &change->assigns[i];
        struct datum value;
        enum err err = resolve_value(a, object, assign, &value);

        if (err != ERR_OK)
            return err;
        struct datum *place = &object->values[field_place(assign->field)];
        datum_fini(place);
        *place = value;
    }
    return ERR_OK;
}

static bool is_assigned(const struct change *change, size_t field)
{
    for (size_t i = 0; i < change->assigns_n; i++)
        if (change->assigns[i].field == field)
            return true;
    return false;
}

/* A bid of ours is being written; one of others is what we believe. */
static const char *preset_of(const struct object *object, size_t field)
{
    const struct datum *ours = &object->values[field_place(FIELD_BID_OURS)];

    if (field != FIELD_BID_STATE)
        return fields[field].preset;
    return ours->set && ours->number ? "draft" : "believed";
}

static void preset_all(const struct change *change, struct object *object)
{
    const struct kind_row *row = kind_row(object->kind);

    for (size_t i = 0; i < row->count; i++) {
        const char *word = fields[row->first + i].preset;
        struct datum_fault fault;

        if (row->first + i == FIELD_BID_STATE)
            word = preset_of(object, FIELD_BID_STATE);
        if (*word == '\0' || is_assigned(change, row->first + i))
            continue;
        enum err err =
            datum_read(row->first + i, word, &object->values[i], &fault);
        INSIST(err == ERR_OK);
    }
}

/* A tender that is added belongs to the team until it is there. */
static enum err check_adding(
    struct apply *a, const struct change *change, uint64_t tender)
{
    enum err err = apply_sees(a, tender);

    if (err != ERR_OK)
        return err;
    if (!right_adds(&a->in, change->kind))
        return apply_deny(a, change->kind, FIELD_COUNT, false);
    for (size_t i = 0; i < change->assigns_n; i++)
        if (!right_sets(&a->in, change->assigns[i].field, a->viewer.user))
            return apply_deny(a, change->kind, change->assigns[i].field, false);
    return ERR_OK;
}

enum err apply_add(
    struct apply *a, const struct change *change, struct done *done)
{
    struct object *object;
    uint64_t tender;

    enum err err = resolve_tender(a, change, &tender);
    if (err == ERR_OK)
        err = check_adding(a, change, tender);
    if (err != ERR_OK)
        return err;
    object_new(change->kind, &object);
    object->tender = tender;
    err = alter_values(a, change, object);
    if (err == ERR_OK) {
        preset_all(change, object);
        err = alter_check(a, object);
    }
    if (err == ERR_OK)
        err = write_new(a, object);
    if (err == ERR_OK)
        *done = (struct done){
            .kind = object->kind, .id = object->id, .rev = object->rev};
    object_free(&object);
    return err;
}

/* Who leaves the members of a tender would not see it any more, and could not
 * take that back. */
static enum err check_members(struct apply *a, const struct object *object)
{
    if (object->kind != KIND_TENDER)
        return ERR_OK;
    const struct datum *members =
        &object->values[field_place(FIELD_TENDER_MEMBERS)];
    const char *user = a->viewer.user;
    if (!members->set || list_holds(members->text, user, strlen(user)))
        return ERR_OK;
    struct text allowed = {0};
    text_printf(&allowed,
        "a list with %s in it, since who changes the "
        "members stays one of them; empty: all of the team",
        user);
    fault_set(a->fault, ERR_ARG, "members", members->text, text_peek(&allowed));
    text_fini(&allowed);
    return ERR_ARG;
}

enum err alter_check(struct apply *a, const struct object *object)
{
    enum err err = check_needed(a, object);

    if (err == ERR_OK)
        err = check_members(a, object);
    return err == ERR_OK ? sense_check(object, a->fault) : err;
}

/* Changing. */

static enum err check_fixed(
    struct apply *a, const struct object *old, const struct object *now)
{
    const struct kind_row *row = kind_row(old->kind);

    for (size_t i = 0; i < row->count; i++) {
        const struct field_row *field = &fields[row->first + i];

        if (field->flags & FIELD_FIXED &&
            !datum_equal(row->first + i, &old->values[i], &now->values[i])) {
            struct text word = {0};

            if (now->values[i].set)
                datum_print(&word, row->first + i, &now->values[i]);
            fault_set(a->fault, ERR_ARG, field->word, text_peek(&word),
                "nothing: the field can not be changed");
            text_fini(&word);
            return ERR_ARG;
        }
    }
    return ERR_OK;
}

static bool is_same(const struct object *a, const struct object *b)
{
    const struct kind_row *row = kind_row(a->kind);

    for (size_t i = 0; i < row->count; i++)
        if (!datum_equal(row->first + i, &a->values[i], &b->values[i]))
            return false;
    return true;
}

/* Walks up what a field such as parent points to.  The record holds no cycle,
 * so one that starts at the object comes back to it. */
static enum err check_cycle(
    struct apply *a, const struct object *now, size_t place)
{
    size_t field = kind_row(now->kind)->first + place;
    uint64_t at = (uint64_t)now->values[place].number;

    while (at != now->id) {
        struct object *above;
        enum err err = object_load(
            a->store, a->viewer.team, now->kind, at, 0, &above, NULL);

        if (err != ERR_OK)
            return err;
        bool top = !above->values[place].set;
        at = (uint64_t)above->values[place].number;
        object_free(&above);
        if (top)
            return ERR_OK;
    }
    fault_id(a->fault, now->kind, now->id);
    fault_set(a->fault, ERR_STATE, fields[field].word, NULL,
        "an object that does not lead back to this one");
    return ERR_STATE;
}

static enum err check_cycles(
    struct apply *a, const struct object *old, const struct object *now)
{
    const struct kind_row *row = kind_row(now->kind);

    for (size_t i = 0; i < row->count; i++) {
        const struct datum *d = &now->values[i];

        if (fields[row->first + i].type != TYPE_REF || !d->set ||
            d->ref_kind != now->kind ||
            datum_equal(row->first + i, &old->values[i], d))
            continue;
        enum err err = check_cycle(a, now, i);
        if (err != ERR_OK)
            return err;
    }
    return ERR_OK;
}

/* Whether the field of a row of refs asks for another sort than the object has
 * now. */
static bool wants_other_sort(sqlite3_stmt *rows, const char *sort)
{
    enum kind kind = kind_find(sql_peek(rows, 0));
    size_t field = field_find(kind, sql_peek(rows, 2));
    const char *asked = field_sort(&fields[field]);

    return asked && strcmp(asked, sort) != 0;
}

/* What refers to an object because of its sort keeps it from changing. */
static enum err check_sort_kept(
    struct apply *a, const struct object *old, const struct object *now)
{
    sqlite3_stmt *rows = store_fixed(a->store, STATEMENT_REF_TO);
    size_t field = field_find(now->kind, "sort");
    enum err err;
    bool row;

    if (field == FIELD_COUNT)
        return ERR_OK;
    const struct datum *sort = &now->values[field_place(field)];
    if (datum_equal(field, &old->values[field_place(field)], sort))
        return ERR_OK;
    sql_bind(rows, "iti", a->viewer.team, kind_row(now->kind)->word, now->id);
    while ((err = sql_step(rows, &row)) == ERR_OK && row)
        if (wants_other_sort(rows, sort->set ? sort->text : ""))
            fault_row(a->fault, kind_find(sql_peek(rows, 0)), sql_id(rows, 1));
    if (err != ERR_OK || a->fault->rows_n == 0)
        return err;
    fault_id(a->fault, now->kind, now->id);
    return fault_set(a->fault, ERR_STATE, "sort", sort->set ? sort->text : "",
        "the sort that those referring to it ask for");
}

static enum err check_changed(
    struct apply *a, const struct object *old, const struct object *now)
{
    enum err err = check_fixed(a, old, now);

    if (err == ERR_OK)
        err = alter_check(a, now);
    if (err == ERR_OK)
        err = check_sort_kept(a, old, now);
    return err == ERR_OK ? check_cycles(a, old, now) : err;
}

static enum err check_rights(struct apply *a, const struct change *change,
    const struct object *old, const char *creator)
{
    enum err err = apply_sees(a, old->tender);

    if (err != ERR_OK)
        return err;
    for (size_t i = 0; i < change->assigns_n; i++) {
        size_t field = change->assigns[i].field;

        INSIST(fields[field].kind == old->kind);
        if (!right_sets(&a->in, field, creator))
            return apply_deny(a, old->kind, field, false);
    }
    return ERR_OK;
}

enum err alter_object(struct apply *a, const struct change *change,
    const struct object *old, const char *creator, uint64_t *rev)
{
    struct object *now;
    enum err err = check_rights(a, change, old, creator);

    if (err != ERR_OK)
        return err;
    object_copy(old, &now);
    err = alter_values(a, change, now);
    if (err == ERR_OK && !is_same(old, now)) {
        err = check_changed(a, old, now);
        if (err == ERR_OK)
            err = write_changed(a, old, now, creator);
    }
    *rev = now->rev;
    object_free(&now);
    return err;
}

enum err apply_set(
    struct apply *a, const struct change *change, struct done *done)
{
    struct found found;
    struct object *old;
    char *creator;
    enum err err = apply_find(a, a->set->scope, change->target, NULL, &found);

    if (err != ERR_OK)
        return err;
    err = object_load(
        a->store, a->viewer.team, found.kind, found.id, 0, &old, &creator);
    if (err != ERR_OK)
        return err;
    *done = (struct done){.kind = found.kind, .id = found.id, .rev = old->rev};
    err = check_rights(a, change, old, creator);
    if (err == ERR_OK)
        err = guard_check(a, change, old);
    if (err == ERR_OK)
        err = alter_object(a, change, old, creator, &done->rev);
    object_free(&old);
    free(creator);
    return err;
}
