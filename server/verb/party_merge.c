/* SPDX-License-Identifier: Apache-2.0
 *
 * party_merge.c - merge: what referred to one party refers to the other, what
 * would then stand twice becomes one, and what only the one had is kept.
 *
 * The changes are ordinary ones in one transaction: "undo tx=" takes them back,
 * and the history of the party that goes stays in the log under its id.
 */
#include "protocol/base_mem.h"
#include "server/verb/handlers.h"
#include "server/verb/party_change.h"

#include <stdlib.h>
#include <string.h>

/* What becomes of an object that referred to the party that goes. */
struct move {
    const struct object *object;
    const struct object *twin; /* the same of the party that stays, or NULL */
    bool loop;                 /* a link that would lead to itself */
};

struct merge {
    struct task *t;
    struct changeset *set;
    struct party_counts *counts;
    struct abouts keep, gone;
    uint64_t keep_id, gone_id;
    struct move *moves;
    size_t n;
};

static bool is_remark(enum kind kind)
{
    return kind == KIND_NOTE || kind == KIND_FACT || kind == KIND_TASK;
}

/* Whom a reference names afterwards. */
static uint64_t target_of(const struct merge *m, enum kind kind, uint64_t id)
{
    if (kind == KIND_PARTY && id == m->gone_id)
        return m->keep_id;
    for (size_t i = 0; i < m->n; i++)
        if (m->moves[i].twin && m->moves[i].object->kind == kind &&
            m->moves[i].object->id == id)
            return m->moves[i].twin->id;
    return id;
}

/* Values as words. */

static void add_id(struct text *to, enum kind kind, uint64_t id)
{
    struct text word = {0};

    id_print(&word, kind, id);
    size_t len = word.len;
    const char *at = text_peek(to);
    bool known = false;

    for (; *at && !known; at += strcspn(at, ","), at += *at == ',')
        known = strcspn(at, ",") == len && strncmp(at, word.bytes, len) == 0;
    if (!known)
        text_printf(to, "%s%s", to->len ? "," : "", word.bytes);
    text_fini(&word);
}

/* The value as it shall be; whether that is another one. */
static bool print_moved(
    const struct merge *m, size_t field, const struct datum *d, struct text *to)
{
    bool moved = false;

    if (fields[field].type == TYPE_REF) {
        uint64_t id = target_of(m, d->ref_kind, (uint64_t)d->number);

        add_id(to, d->ref_kind, id);
        return id != (uint64_t)d->number;
    }
    if (fields[field].type == TYPE_REFSET) {
        char *word =
            mem_copy(fields[field].arg, strcspn(fields[field].arg, ":|"));
        enum kind kind = kind_find(word);

        for (const char *at = d->text + 1; *at; at = strchr(at, ',') + 1) {
            uint64_t id = strtoull(at, NULL, 10);

            add_id(to, kind, target_of(m, kind, id));
            moved |= target_of(m, kind, id) != id;
        }
        free(word);
        return moved;
    }
    if (fields[field].type == TYPE_TEXT)
        text_puts(to, d->text);
    else
        datum_print(to, field, d);
    return false;
}

static void assign_word(struct change *change, size_t field, const char *word)
{
    struct datum value = {0};
    struct datum_fault why = {0};
    enum err err = datum_read(field, word, &value, &why);

    INSIST(err == ERR_OK);
    change_assign(change, field, OP_EQ, false, &value);
}

static void assign_value(const struct merge *m, struct change *change,
    size_t field, const struct datum *d)
{
    struct text word = {0};

    (void)print_moved(m, field, d, &word);
    assign_word(change, field, text_peek(&word));
    text_fini(&word);
}

static struct change *guarded(
    struct merge *m, enum change_verb verb, const struct object *o)
{
    struct change *change = party_change(m->set, verb, o->kind, o->id);

    change->guard = GUARD_REV;
    change->guard_rev = o->rev;
    return change;
}

/* A change that assigns nothing is none. */
static bool drop_empty(struct merge *m)
{
    struct change *last = &m->set->list[m->set->n - 1];

    if (last->assigns_n > 0)
        return false;
    change_fini(last);
    m->set->n--;
    return true;
}

/* Twins. */

static bool same_value(const struct merge *m, size_t field,
    const struct datum *a, const struct datum *b)
{
    struct text x = {0}, y = {0};

    if (a->set)
        (void)print_moved(m, field, a, &x);
    if (b->set)
        (void)print_moved(m, field, b, &y);
    bool same = strcmp(text_peek(&x), text_peek(&y)) == 0;
    text_fini(&x);
    text_fini(&y);
    return same;
}

static bool is_twin(
    const struct merge *m, const struct object *a, const struct object *b)
{
    const struct kind_row *row = kind_row(a->kind);
    bool keyed = false;

    if (b->kind != a->kind || b->tender != a->tender || b->id == a->id)
        return false;
    for (size_t f = 0; f < row->count; f++) {
        if (!(fields[row->first + f].flags & FIELD_KEY))
            continue;
        keyed = true;
        if (!same_value(m, row->first + f, &a->values[f], &b->values[f]))
            return false;
    }
    return keyed;
}

static const struct object *find_twin(
    const struct merge *m, const struct object *o)
{
    for (size_t i = 1; i < m->keep.n; i++)
        if (m->keep.list[i].object && is_twin(m, o, m->keep.list[i].object))
            return m->keep.list[i].object;
    return NULL;
}

static bool is_loop(const struct merge *m, const struct object *o)
{
    if (o->kind != KIND_LINK)
        return false;
    const struct datum *from = &o->values[field_place(FIELD_LINK_FROM)];
    const struct datum *to = &o->values[field_place(FIELD_LINK_TO)];
    return target_of(m, KIND_PARTY, (uint64_t)from->number) ==
           target_of(m, KIND_PARTY, (uint64_t)to->number);
}

static void find_moves(struct merge *m)
{
    m->moves = mem_new((m->gone.n + 1) * sizeof *m->moves);
    for (size_t i = 1; i < m->gone.n; i++) {
        const struct object *o = m->gone.list[i].object;

        /* A twin of an earlier one is known by then. */
        m->moves[m->n] = (struct move){o, NULL, false};
        m->moves[m->n].loop = is_loop(m, o);
        m->moves[m->n].twin = find_twin(m, o);
        m->n++;
    }
}

/* Changes. */

/* What stands on an object stands there for good, so it is written anew. */
static void copy_remark(struct merge *m, const struct object *o)
{
    const struct kind_row *row = kind_row(o->kind);
    struct change *change = change_add(m->set);

    change->verb = CHANGE_ADD;
    change->kind = o->kind;
    for (size_t f = 0; f < row->count; f++)
        if (o->values[f].set && row->first + f != FIELD_NOTE_REPLY_TO)
            assign_value(m, change, row->first + f, &o->values[f]);
    m->counts->moved++;
}

static bool stands_on(const struct merge *m, const struct object *o)
{
    size_t field = o->kind == KIND_NOTE ? FIELD_NOTE_ON : FIELD_FACT_ON;
    const struct datum *on = &o->values[field_place(field)];

    return target_of(m, on->ref_kind, (uint64_t)on->number) !=
           (uint64_t)on->number;
}

static void move_remarks(struct merge *m)
{
    for (size_t i = 0; i < m->n; i++)
        if (is_remark(m->moves[i].object->kind) &&
            stands_on(m, m->moves[i].object))
            copy_remark(m, m->moves[i].object);
    for (size_t i = m->n; i-- > 0;)
        if (is_remark(m->moves[i].object->kind) &&
            stands_on(m, m->moves[i].object))
            (void)guarded(m, CHANGE_DEL, m->moves[i].object);
}

static void move_object(struct merge *m, const struct object *o)
{
    const struct kind_row *row = kind_row(o->kind);
    struct change *change = guarded(m, CHANGE_SET, o);

    for (size_t f = 0; f < row->count; f++) {
        struct text word = {0};

        if (o->values[f].set &&
            print_moved(m, row->first + f, &o->values[f], &word))
            assign_word(change, row->first + f, text_peek(&word));
        text_fini(&word);
    }
    m->counts->moved += !drop_empty(m);
}

static bool is_itself(const struct merge *m, const struct datum *d)
{
    return d->ref_kind == KIND_PARTY && ((uint64_t)d->number == m->keep_id ||
                                            (uint64_t)d->number == m->gone_id);
}

/* What the one has and the other lacks. */
static void fill(struct merge *m, struct change *change,
    const struct object *from, const struct object *to)
{
    const struct kind_row *row = kind_row(to->kind);

    for (size_t f = 0; f < row->count; f++) {
        size_t field = row->first + f;

        if (to->values[f].set || !from->values[f].set ||
            field == FIELD_PARTY_FORMERLY ||
            fields[field].flags & (FIELD_FIXED | FIELD_KEY) ||
            (fields[field].type == TYPE_REF && is_itself(m, &from->values[f])))
            continue;
        assign_value(m, change, field, &from->values[f]);
        m->counts->filled++;
    }
}

static void move_all(struct merge *m)
{
    move_remarks(m);
    for (size_t i = 0; i < m->n; i++) {
        const struct move *move = &m->moves[i];

        if (is_remark(move->object->kind) || move->loop)
            continue;
        if (move->twin == NULL) {
            move_object(m, move->object);
            continue;
        }
        struct change *change = guarded(m, CHANGE_SET, move->twin);
        fill(m, change, move->object, move->twin);
        (void)drop_empty(m);
    }
    for (size_t i = m->n; i-- > 0;) {
        const struct move *move = &m->moves[i];

        if (!move->loop &&
            (move->twin == NULL || is_remark(move->object->kind)))
            continue;
        (void)guarded(m, CHANGE_DEL, move->object);
        m->counts->joined++;
    }
}

static void end_party(struct merge *m)
{
    const struct object *keep = m->keep.list[0].object;
    const struct object *gone = m->gone.list[0].object;
    size_t place = field_place(FIELD_PARTY_FORMERLY);
    struct text former = {0};

    (void)guarded(m, CHANGE_DEL, gone);
    if (keep->values[place].set)
        text_printf(&former, "%s,", keep->values[place].text);
    id_print(&former, KIND_PARTY, gone->id);
    if (gone->values[place].set)
        text_printf(&former, ",%s", gone->values[place].text);
    struct change *change =
        party_change(m->set, CHANGE_SET, KIND_PARTY, keep->id);
    assign_word(change, FIELD_PARTY_FORMERLY, former.bytes);
    fill(m, change, gone, keep);
    text_fini(&former);
}

static enum err check(struct merge *m)
{
    size_t sort = field_place(FIELD_PARTY_SORT);
    const char *keep = m->keep.list[0].object->values[sort].text;
    const char *gone = m->gone.list[0].object->values[sort].text;

    if (m->keep_id == m->gone_id)
        return fault_set(&m->t->fault, ERR_ARG, "gone", m->t->request.args[1],
            "another party than the one that stays");
    if (strcmp(keep, gone) != 0)
        return fault_set(&m->t->fault, ERR_ARG, "gone", gone, keep);
    if (m->gone.hidden)
        return fault_set(&m->t->fault, ERR_STATE, "gone", m->t->request.args[1],
            "a party of which you see all that is recorded");
    return ERR_OK;
}

enum err party_plan_merge(struct store *store, struct task *t,
    struct changeset *set, struct party_counts *counts)
{
    struct merge m = {.t = t, .set = set, .counts = counts};
    enum err err = party_find(store, t, "keep", t->request.args[0], &m.keep_id);

    if (err == ERR_OK)
        err = party_find(store, t, "gone", t->request.args[1], &m.gone_id);
    if (err == ERR_OK)
        err = store_about(
            store, &t->viewer, KIND_PARTY, m.keep_id, false, &m.keep);
    if (err == ERR_OK)
        err = store_about(
            store, &t->viewer, KIND_PARTY, m.gone_id, false, &m.gone);
    if (err == ERR_OK)
        err = check(&m);
    if (err == ERR_OK) {
        find_moves(&m);
        move_all(&m);
        end_party(&m);
    }
    free(m.moves);
    abouts_fini(&m.keep);
    abouts_fini(&m.gone);
    return err;
}

void do_merge(struct session *s, struct request *q)
{
    party_change_start(s, q, party_plan_merge);
}
