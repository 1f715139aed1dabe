/* SPDX-License-Identifier: Apache-2.0
 *
 * undo.c - an object, or all of a transaction, back to how it stood.
 *
 * An undo is a change like any other: fields are set to what they were, what
 * was deleted comes back with its id, what was added goes.  Every check of
 * setting, adding and deleting holds, so that the record never holds what it
 * could not have been given.  What the object referred to must be there again.
 */
#include "db/apply.h"

#include "protocol/base_mem.h"

#include <inttypes.h>
#include <stdlib.h>

void past_fini(struct past *past)
{
    object_free(&past->now);
    free(past->creator);
    *past = (struct past){0};
}

/* The newest row, and that of the deletion, which forgetting may follow. */
static enum err find_last(struct apply *a, struct past *past, uint64_t *gone)
{
    sqlite3_stmt *find = store_fixed(a->store, STATEMENT_JOURNAL_LAST);
    enum err err;
    bool row;

    sql_bind(find, "iti", a->viewer.team, kind_row(past->found.kind)->word,
        past->found.id);
    while ((err = sql_step(find, &row)) == ERR_OK && row) {
        if (past->last == 0)
            past->last = sql_id(find, 0);
        past->found.tender = sql_id(find, 1);
        *gone = sql_id(find, 0);
        if (event_did(sql_peek(find, 2), "del"))
            break;
    }
    sqlite3_reset(find);
    return err == ERR_OK && past->last == 0 ? ERR_NONE : err;
}

/* What is gone is read as it stood just before it went. */
static enum err load_past(struct apply *a, struct past *past)
{
    const struct found *f = &past->found;
    uint64_t gone = 0;
    enum err err = object_load(a->store, a->viewer.team, f->kind, f->id, 0,
        &past->now, &past->creator);

    past->last = err == ERR_OK ? past->now->rev : 0;
    if (err != ERR_NONE)
        return err;
    past->gone = true;
    err = find_last(a, past, &gone);
    if (err == ERR_OK)
        err = object_load(a->store, a->viewer.team, f->kind, f->id, gone - 1,
            &past->now, &past->creator);
    if (err == ERR_OK)
        past->now->rev = past->last;
    return err;
}

/* An id is told apart from a name of the batch here, since it may stand for
 * what is gone. */
enum err past_find(struct apply *a, const char *word, struct past *past)
{
    enum err err;

    if (id_read(word, &past->found.kind, &past->found.id) != ERR_OK) {
        err = apply_find(a, a->set->scope, word, NULL, &past->found);
        return err == ERR_OK ? load_past(a, past) : err;
    }
    err = load_past(a, past);
    if (err == ERR_OK)
        err = apply_sees(a, past->now->tender);
    if (err != ERR_NONE)
        return err;
    return fault_set(a->fault, ERR_NONE, "id", word, NULL);
}

/* What is gone is not shown as if it were there. */
enum err past_guard(
    struct apply *a, const struct change *change, const struct past *past)
{
    enum err err = guard_check(a, change, past->now);

    if (err == ERR_CONFLICT && past->gone)
        object_free(&a->fault->now);
    return err;
}

/* References are found by the words that were typed for them. */
static void assign_value(
    struct change *change, size_t field, const struct datum *then)
{
    struct datum value = {.ref_kind = KIND_NONE};

    if (then->set &&
        (fields[field].type == TYPE_REF || fields[field].type == TYPE_REFSET)) {
        struct text words = {0};

        datum_print(&words, field, then);
        value.set = true;
        value.text = text_take(&words);
    } else if (then->set) {
        datum_copy(&value, then);
    }
    change_assign(change, field, OP_EQ, !then->set, &value);
}

static void assign_differences(
    struct change *change, const struct object *old, const struct object *then)
{
    const struct kind_row *row = kind_row(then->kind);

    for (size_t i = 0; i < row->count; i++) {
        size_t field = row->first + i;

        if (old == NULL
                ? then->values[i].set
                : !datum_equal(field, &old->values[i], &then->values[i]))
            assign_value(change, field, &then->values[i]);
    }
}

/* What was there then and is no more is named, and how it comes back. */
static enum err explain(struct apply *a, const struct past *past, enum err err)
{
    if (err != ERR_NONE)
        return err;
    char *field = mem_text(a->fault->field), *got = mem_text(a->fault->got);

    fault_set(a->fault, ERR_STATE, field, got,
        "what is there; undo its deletion first");
    fault_id(a->fault, past->found.kind, past->found.id);
    free(field);
    free(got);
    return ERR_STATE;
}

static enum err set_back(struct apply *a, const struct past *past,
    const struct object *then, struct done *done)
{
    struct change change = {.verb = CHANGE_SET, .kind = KIND_NONE};

    assign_differences(&change, past->now, then);
    enum err err =
        alter_object(a, &change, past->now, past->creator, &done->rev);
    change_fini(&change);
    done->undone = done->rev == past->last ? UNDONE_NOTHING : UNDONE_CHANGED;
    return explain(a, past, err);
}

/* Who may delete an object may bring it back. */
static enum err check_right(struct apply *a, const struct past *past)
{
    enum err err = apply_sees(a, past->now->tender);

    if (err != ERR_OK)
        return err;
    if (right_deletes(&a->in, past->found.kind, past->creator))
        return ERR_OK;
    fault_id(a->fault, past->found.kind, past->found.id);
    return apply_deny(a, past->found.kind, FIELD_COUNT, true);
}

static enum err find_its_tender(struct apply *a, const struct object *then)
{
    struct text id = {0};
    struct found found;

    if (then->tender == 0 || then->kind == KIND_TENDER)
        return ERR_OK;
    id_print(&id, KIND_TENDER, then->tender);
    enum err err = apply_find(a, 0, id.bytes, "tender", &found);
    text_fini(&id);
    return err;
}

static enum err bring_back(struct apply *a, const struct past *past,
    const struct object *then, struct done *done)
{
    struct change change = {.verb = CHANGE_SET, .kind = KIND_NONE};
    struct object *object;
    enum err err = check_right(a, past);

    if (err != ERR_OK)
        return err;
    object_new(then->kind, &object);
    object->id = then->id;
    object->tender = then->tender;
    assign_differences(&change, NULL, then);
    err = find_its_tender(a, then);
    if (err == ERR_OK)
        err = alter_values(a, &change, object);
    if (err == ERR_OK)
        err = alter_check(a, object);
    if (err == ERR_OK)
        err = write_back(a, object, past->creator);
    done->rev = object->rev;
    done->undone = UNDONE_RESTORED;
    change_fini(&change);
    object_free(&object);
    return explain(a, past, err);
}

static enum err take_away(
    struct apply *a, const struct past *past, struct done *done)
{
    struct text id = {0};
    struct change change = {.verb = CHANGE_DEL, .kind = KIND_NONE};

    id_print(&id, past->found.kind, past->found.id);
    change.target = id.bytes;
    enum err err = apply_del(a, &change, done);
    done->undone = UNDONE_DELETED;
    text_fini(&id);
    return err;
}

/* The state of the object after change number "to". */
static enum err go_back(
    struct apply *a, const struct past *past, uint64_t to, struct done *done)
{
    const struct found *f = &past->found;
    struct object *then = NULL;
    enum err err = to == 0 ? ERR_NONE
                           : object_load(a->store, a->viewer.team, f->kind,
                                 f->id, to, &then, NULL);

    *done = (struct done){.kind = f->kind,
        .id = f->id,
        .rev = past->last,
        .undone = UNDONE_NOTHING};
    if (err == ERR_NONE)
        return past->gone ? ERR_OK : take_away(a, past, done);
    if (err != ERR_OK)
        return err;
    err = past->gone ? bring_back(a, past, then, done)
                     : set_back(a, past, then, done);
    object_free(&then);
    return err;
}

static enum err check_revision(struct apply *a, uint64_t to)
{
    struct text got = {0}, allowed = {0};

    if (to <= a->journal.head)
        return ERR_OK;
    text_printf(&got, "%" PRIu64, to);
    text_printf(&allowed, "0 to %" PRIu64, a->journal.head);
    fault_set(a->fault, ERR_ARG, "to", got.bytes, allowed.bytes);
    text_fini(&got);
    text_fini(&allowed);
    return ERR_ARG;
}

static enum err undo_object(
    struct apply *a, const struct change *change, struct done *done)
{
    struct past past = {0};
    enum err err = check_revision(a, change->to);

    if (err == ERR_OK)
        err = past_find(a, change->target, &past);
    if (err == ERR_OK)
        err = past_guard(a, change, &past);
    if (err == ERR_OK)
        err = go_back(a, &past, change->to, done);
    past_fini(&past);
    return err;
}

/* A transaction. */

struct touched {
    struct found *list; /* newest first, each object once */
    size_t n, room;
    struct names known;
    uint64_t first; /* seq of its first row */
};

static enum err refuse_transaction(struct apply *a, uint64_t tx)
{
    struct text got = {0};

    text_printf(&got, "%" PRIu64, tx);
    fault_set(a->fault, ERR_NONE, "tx", got.bytes, NULL);
    text_fini(&got);
    return ERR_NONE;
}

static void add_touched(struct touched *touched, const struct found *found)
{
    struct text id = {0};

    id_print(&id, found->kind, found->id);
    if (names_add(&touched->known, id.bytes, touched->n)) {
        touched->list = mem_grow(touched->list, &touched->room, touched->n + 1,
            sizeof *touched->list);
        touched->list[touched->n++] = *found;
    }
    text_fini(&id);
}

/* Rows fall by seq; those of one transaction follow each other.  A row about
 * users is no object's, and one that is not seen hides the whole. */
static enum err read_transaction(
    struct apply *a, uint64_t tx, struct touched *touched)
{
    sqlite3_stmt *find = store_fixed(a->store, STATEMENT_JOURNAL_TX);
    bool whole = true, row;
    enum err err;

    sql_bind(find, "ii", a->viewer.team, tx);
    while ((err = sql_step(find, &row)) == ERR_OK && row &&
           sql_id(find, 1) == tx) {
        struct found found = {
            kind_find(sql_peek(find, 3)), sql_id(find, 4), sql_id(find, 2)};

        touched->first = sql_id(find, 0);
        if (found.kind == KIND_NONE)
            whole = false;
        else
            add_touched(touched, &found);
    }
    sqlite3_reset(find);
    for (size_t i = 0; i < touched->n && err == ERR_OK; i++)
        err = apply_sees(a, touched->list[i].tender);
    if (err == ERR_OK && (touched->n == 0 || !whole))
        err = ERR_NONE;
    return err;
}

static enum err undo_one(struct apply *a, const struct change *change,
    const struct found *found, uint64_t to, struct done *done)
{
    struct past past = {.found = *found};
    enum err err = load_past(a, &past);

    if (err == ERR_OK)
        err = past_guard(a, change, &past);
    if (err == ERR_OK)
        err = go_back(a, &past, to, done);
    past_fini(&past);
    return err;
}

static enum err undo_transaction(
    struct apply *a, const struct change *change, struct done *done)
{
    struct touched touched = {0};
    enum err err = read_transaction(a, change->tx, &touched);

    if (err == ERR_NONE)
        refuse_transaction(a, change->tx);
    for (size_t i = 0; i < touched.n && err == ERR_OK; i++) {
        enum undone most = done->undone;

        err = undo_one(a, change, &touched.list[i], touched.first - 1, done);
        if (done->undone < most)
            done->undone = most;
    }
    names_fini(&touched.known);
    free(touched.list);
    return err;
}

enum err apply_undo(
    struct apply *a, const struct change *change, struct done *done)
{
    return change->tx ? undo_transaction(a, change, done)
                      : undo_object(a, change, done);
}
