/* SPDX-License-Identifier: Apache-2.0
 *
 * apply.c - a changeset: all of it or nothing.
 *
 * Inside a job of the writer it leaves what it wrote when it failed, since the
 * writer undoes that; elsewhere it stands in a savepoint of its own.
 */
#include "db/apply.h"

#include "protocol/base_mem.h"

#include <stdlib.h>

void fault_id(struct fault *fault, enum kind kind, uint64_t id)
{
    struct text word = {0};

    id_print(&word, kind, id);
    free(fault->id);
    fault->id = text_take(&word);
}

void fault_row(struct fault *fault, enum kind kind, uint64_t id)
{
    struct text word = {0};

    if (fault->rows_n == 20)
        return;
    fault->rows = mem_grow(
        fault->rows, &fault->rows_room, fault->rows_n + 1, sizeof *fault->rows);
    id_print(&word, kind, id);
    fault->rows[fault->rows_n++] = text_take(&word);
}

enum err apply_sees(struct apply *a, uint64_t tender)
{
    if (a->entered && tender == a->in_tender)
        return ERR_OK;
    enum err err = store_enter(a->store, &a->viewer, tender, &a->in);
    a->entered = err == ERR_OK;
    a->in_tender = tender;
    return err;
}

enum err apply_deny(struct apply *a, enum kind kind, size_t field, bool del)
{
    return fault_set(a->fault, ERR_DENIED,
        field == FIELD_COUNT ? NULL : fields[field].word, role_word(a->in.role),
        right_needed(kind, field, del));
}

/* The id that an earlier step of the same set has made under a name. */
static enum err find_name(struct apply *a, const char *word, struct found *got)
{
    struct text id = {0};
    size_t place;

    if (!names_find(&a->names, word, &place))
        return ERR_NONE;
    id_print(&id, a->set->done[place].kind, a->set->done[place].id);
    enum err err = object_find(a->store, a->viewer.team, 0, id.bytes, got);
    text_fini(&id);
    return err;
}

enum err apply_find(struct apply *a, uint64_t scope, const char *word,
    const char *field, struct found *got)
{
    struct found found;
    enum err err;

    if (word[0] == '$')
        err = find_name(a, word, &found);
    else
        err = object_find(a->store, a->viewer.team, scope, word, &found);
    if (err == ERR_OK)
        err = apply_sees(a, found.tender);
    if (err != ERR_OK)
        return fault_set(a->fault, err, field ? field : "id", word, NULL);
    *got = found;
    return ERR_OK;
}

static enum err apply_one(
    struct apply *a, const struct change *change, struct done *done)
{
    switch (change->verb) {
    case CHANGE_ADD:
        return apply_add(a, change, done);
    case CHANGE_SET:
        return apply_set(a, change, done);
    case CHANGE_DEL:
        return apply_del(a, change, done);
    case CHANGE_UNDO:
        return apply_undo(a, change, done);
    case CHANGE_FORGET:
        return apply_forget(a, change, done);
    case CHANGE_GONE:
        return fault_set(a->fault, ERR_NONE, "id", change->target, NULL);
    }
    INSIST(change->verb <= CHANGE_GONE);
    return ERR_INTERNAL;
}

static enum err keep_done(
    struct apply *a, const struct change *change, const struct done *done)
{
    struct changeset *set = a->set;

    set->done = mem_grow(
        set->done, &set->done_room, set->done_n + 1, sizeof *set->done);
    set->done[set->done_n] = *done;
    if (change->as) {
        if (!names_add(&a->names, change->as, set->done_n))
            return fault_set(
                a->fault, ERR_EXISTS, "as", change->as, "a name once a batch");
        set->done[set->done_n].as = mem_text(change->as);
    }
    set->done_n++;
    return ERR_OK;
}

static enum err apply_all(struct apply *a)
{
    struct changeset *set = a->set;
    enum err err = ERR_OK;

    for (size_t i = 0; i < set->n && err == ERR_OK; i++) {
        struct done done = {0};

        a->fault->step = i + 1;
        err = apply_one(a, &set->list[i], &done);
        if (err == ERR_OK)
            err = keep_done(a, &set->list[i], &done);
    }
    if (err == ERR_OK)
        a->fault->step = 0;
    return err;
}

static enum err apply_set_of_changes(struct apply *a)
{
    enum err err = journal_open(a->store, a->set->team, &a->journal);

    if (err == ERR_OK && a->set->once)
        err = once_find(a);
    if (err != ERR_OK || a->set->replay)
        return err;
    /* Refused while there is room left: logins and the log go on. */
    if (a->store->low)
        return ERR_FULL;
    err = apply_all(a);
    if (err == ERR_OK)
        err = write_counters(a);
    if (err == ERR_OK)
        err = journal_write(a->store, &a->journal, &a->set->events);
    a->set->head = a->journal.head;
    if (err == ERR_OK && a->set->once)
        err = once_keep(a);
    return err;
}

static void drop_results(struct changeset *set)
{
    for (size_t i = 0; i < set->done_n; i++)
        free(set->done[i].as);
    set->done_n = 0;
    events_fini(&set->events);
}

/* After some errors of the disk SQLite has ended the whole transaction by
 * itself; the writer looks for that. */
static void undo(struct store *store)
{
    enum err err = ERR_OK;

    if (!store_is_writing(store))
        return;
    err = sql_run(store_fixed(store, STATEMENT_UNDO_SET));
    if (err == ERR_OK)
        err = sql_run(store_fixed(store, STATEMENT_KEEP_SET));
    if (err != ERR_OK)
        store_rollback(store);
}

static enum err apply_saved(struct apply *a)
{
    struct store *store = a->store;
    enum err err = sql_run(store_fixed(store, STATEMENT_SAVE_SET));

    if (err != ERR_OK)
        return err;
    err = apply_set_of_changes(a);
    if (err == ERR_OK)
        err = sql_run(store_fixed(store, STATEMENT_KEEP_SET));
    if (err != ERR_OK)
        undo(store);
    return err;
}

enum err store_apply(struct store *store, struct changeset *set, int64_t now_ms)
{
    struct apply a = {.store = store,
        .set = set,
        .fault = &set->fault,
        .viewer = {set->team, set->user, set->role, set->most, set->tenders},
        .now_ms = now_ms};

    INSIST(store->mode == STORE_WRITE && store_is_writing(store));
    if (store->now_ms < now_ms)
        store->now_ms = now_ms;
    drop_results(set);
    fault_fini(&set->fault);
    set->replay = false;
    enum err err = store->covered ? apply_set_of_changes(&a) : apply_saved(&a);
    if (err != ERR_OK) {
        drop_results(set);
        set->fault.err = err;
    }
    journal_fini(&a.journal);
    names_fini(&a.names);
    return err;
}
