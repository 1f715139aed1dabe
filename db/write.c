/* SPDX-License-Identifier: Apache-2.0
 *
 * write.c - an object into its tables: the row, the past, references, codes,
 * and the draft of its journal row.
 */
#include "db/apply.h"

#include "db/terms.h"
#include "protocol/base_mem.h"
#include "protocol/words.h"

#include <stdlib.h>
#include <string.h>

/* One row of refs for what a field points to. */
static enum err write_ref(struct apply *a, enum statement which,
    const struct object *from, size_t field, enum kind kind, uint64_t id)
{
    sqlite3_stmt *write = store_fixed(a->store, which);

    sql_bind(write, "ititit", a->viewer.team, kind_row(kind)->word, id,
        kind_row(from->kind)->word, from->id, fields[field].word);
    return sql_run(write);
}

static enum kind kind_of_set(size_t field)
{
    return kind_find(fields[field].arg);
}

static enum err write_refs_of(struct apply *a, enum statement which,
    const struct object *from, size_t field, const struct datum *d)
{
    if (!d->set)
        return ERR_OK;
    if (fields[field].type == TYPE_REF)
        return write_ref(
            a, which, from, field, d->ref_kind, (uint64_t)d->number);
    if (fields[field].type != TYPE_REFSET)
        return ERR_OK;
    enum err err = ERR_OK;
    for (const char *p = d->text; err == ERR_OK && p[1];) {
        char *end;
        uint64_t id = strtoull(p + 1, &end, 10);

        err = write_ref(a, which, from, field, kind_of_set(field), id);
        p = end;
    }
    return err;
}

/* What was added had no values before, what was deleted has none now. */
static const struct datum *value_at(const struct object *object, size_t place)
{
    static const struct datum none;

    return object ? &object->values[place] : &none;
}

/* References of one state of an object replaced by those of another; old or
 * now may be NULL. */
static enum err write_refs(struct apply *a, const struct object *one,
    const struct object *old, const struct object *now)
{
    const struct kind_row *row = kind_row(one->kind);
    enum err err = ERR_OK;

    for (size_t i = 0; i < row->count && err == ERR_OK; i++) {
        const struct datum *before = value_at(old, i);
        const struct datum *after = value_at(now, i);
        size_t field = row->first + i;

        if (datum_equal(field, before, after))
            continue;
        err = write_refs_of(a, STATEMENT_REF_DROP, one, field, before);
        if (err == ERR_OK)
            err = write_refs_of(a, STATEMENT_REF_ADD, one, field, after);
    }
    return err;
}

static uint64_t code_scope(const struct object *object)
{
    return object->kind == KIND_TENDER ? 0 : object->tender;
}

static enum err drop_code(struct apply *a, const struct object *object)
{
    sqlite3_stmt *drop = store_fixed(a->store, STATEMENT_CODE_DROP);

    sql_bind(
        drop, "iit", a->viewer.team, code_scope(object), object_code(object));
    return sql_run(drop);
}

/* Who may not see the object that has the code is not told which it is. */
static enum err refuse_code(
    struct apply *a, const char *code, enum kind kind, uint64_t id)
{
    struct text word = {0};
    struct found found;

    id_print(&word, kind, id);
    enum err err = object_find(a->store, a->viewer.team, 0, word.bytes, &found);
    if (err == ERR_OK)
        err = apply_sees(a, found.tender);
    fault_set(a->fault, ERR_EXISTS, "code", code, NULL);
    if (err == ERR_OK)
        fault_id(a->fault, kind, id);
    text_fini(&word);
    return ERR_EXISTS;
}

static enum err add_code(struct apply *a, const struct object *object)
{
    sqlite3_stmt *find = store_fixed(a->store, STATEMENT_CODE_FIND);
    sqlite3_stmt *add = store_fixed(a->store, STATEMENT_CODE_ADD);
    const char *code = object_code(object);
    bool row;

    sql_bind(find, "iit", a->viewer.team, code_scope(object), code);
    enum err err = sql_step(find, &row);
    if (err != ERR_OK)
        return err;
    if (row) {
        enum kind kind = kind_find(sql_peek(find, 0));
        uint64_t id = sql_id(find, 1);

        sqlite3_reset(find);
        return refuse_code(a, code, kind, id);
    }
    sql_bind(add, "iitti", a->viewer.team, code_scope(object), code,
        kind_row(object->kind)->word, object->id);
    return sql_run(add);
}

static enum err write_code(
    struct apply *a, const struct object *old, const struct object *now)
{
    const char *before = old ? object_code(old) : NULL;
    const char *after = now ? object_code(now) : NULL;
    enum err err = ERR_OK;

    if (before && after && strcmp(before, after) == 0)
        return ERR_OK;
    if (before)
        err = drop_code(a, old);
    if (err == ERR_OK && after)
        err = add_code(a, now);
    return err;
}

static bool has_same_key(const struct object *old, const struct object *now)
{
    const struct kind_row *row = kind_row(now->kind);

    for (size_t i = 0; i < row->count; i++)
        if (fields[row->first + i].flags & FIELD_KEY &&
            !datum_equal(row->first + i, &old->values[i], &now->values[i]))
            return false;
    return true;
}

/* The natural key of an object is its own. */
static enum err check_key(struct apply *a, const struct object *object)
{
    const struct kind_row *row = kind_row(object->kind);
    struct text words = {0};
    uint64_t other;

    if (!table_has_key(object->kind))
        return ERR_OK;
    sqlite3_stmt *find = store_table(a->store, object->kind, TABLE_KEY);
    row_bind_key(find, a->viewer.team, object);
    enum err err = sql_number(find, &other);
    if (err != ERR_OK)
        return err == ERR_NONE ? ERR_OK : err;
    for (size_t i = row->first; i < row->first + row->count; i++)
        if (fields[i].flags & FIELD_KEY)
            text_printf(&words, words.len ? ",%s" : "%s", fields[i].word);
    fault_set(a->fault, ERR_EXISTS, words.bytes, NULL, NULL);
    fault_id(a->fault, object->kind, other);
    text_fini(&words);
    return ERR_EXISTS;
}

static void print_value(
    struct text *to, size_t field, const struct datum *value)
{
    struct text word = {0};

    if (to->len)
        text_putc(to, ' ');
    text_puts(to, fields[field].word);
    text_putc(to, '=');
    if (value->set)
        datum_print(&word, field, value);
    word_print(to, text_peek(&word));
    text_fini(&word);
}

/* The draft of a journal row; the three texts are taken. */
static uint64_t add_event(struct apply *a, const struct object *one,
    const char *verb, struct text *words, struct text *after,
    struct text *before)
{
    struct event *event = mem_new(sizeof *event);
    struct text name = {0};

    text_printf(&name, "%s.%s", kind_row(one->kind)->word, verb);
    *event = (struct event){.time = a->now_ms,
        .tender = one->tender,
        .kind = one->kind,
        .id = one->id,
        .name = text_take(&name),
        .author = mem_text(a->viewer.user),
        .session = a->set->session,
        .after = text_take(after),
        .before = text_take(before)};
    return journal_add(&a->journal, event, text_take(words));
}

/* The draft of a journal row; old or now is NULL for what was added or
 * deleted. */
static uint64_t add_row(struct apply *a, const struct object *one,
    const struct object *old, const struct object *now, const char *verb)
{
    const struct kind_row *row = kind_row(one->kind);
    struct text words = {0}, after = {0}, before = {0};

    for (size_t i = 0; i < row->count; i++) {
        size_t field = row->first + i;

        if (datum_equal(field, value_at(old, i), value_at(now, i)))
            continue;
        if (words.len)
            text_putc(&words, ',');
        text_puts(&words, fields[field].word);
        if (now)
            print_value(&after, field, value_at(now, i));
        if (old)
            print_value(&before, field, value_at(old, i));
    }
    return add_event(a, one, verb, &words, &after, &before);
}

uint64_t write_row(struct apply *a, const struct object *one, const char *verb,
    const char *words, const char *after)
{
    struct text names = {0}, values = {0}, none = {0};

    text_puts(&names, words);
    text_puts(&values, after);
    return add_event(a, one, verb, &names, &values, &none);
}

static void stamp(struct apply *a, struct object *object)
{
    free(object->author);
    object->author = mem_text(a->viewer.user);
    object->time = a->now_ms;
}

static enum err take_id(struct apply *a, struct object *object)
{
    struct counter *counter = &a->counters[object->kind];

    if (!counter->known) {
        sqlite3_stmt *find = store_fixed(a->store, STATEMENT_COUNTER_LAST);

        sql_bind(find, "it", a->viewer.team, kind_row(object->kind)->word);
        enum err err = sql_number(find, &counter->last);
        if (err != ERR_OK && err != ERR_NONE)
            return err;
        *counter = (struct counter){
            .known = true, .stored = err == ERR_OK, .last = counter->last};
    }
    object->id = ++counter->last;
    counter->moved = true;
    if (object->kind == KIND_TENDER)
        object->tender = object->id;
    return ERR_OK;
}

enum err write_counters(struct apply *a)
{
    enum err err = ERR_OK;

    for (int kind = 0; kind < KIND_COUNT && err == ERR_OK; kind++) {
        const struct counter *counter = &a->counters[kind];

        if (!counter->moved)
            continue;
        sqlite3_stmt *write = store_fixed(a->store,
            counter->stored ? STATEMENT_COUNTER_SET : STATEMENT_COUNTER_ADD);
        sql_bind(write, "iti", a->viewer.team, kind_row((enum kind)kind)->word,
            counter->last);
        err = sql_run(write);
    }
    return err;
}

static enum err write_added(
    struct apply *a, struct object *object, const char *creator)
{
    sqlite3_stmt *insert = store_table(a->store, object->kind, TABLE_INSERT);
    enum err err = check_key(a, object);

    if (err == ERR_OK)
        err = write_code(a, NULL, object);
    if (err != ERR_OK)
        return err;
    stamp(a, object);
    object->rev = add_row(a, object, NULL, object, "add");
    row_bind(insert, a->viewer.team, object, creator);
    err = sql_run(insert);
    if (err == ERR_OK)
        err = terms_write(a->store, a->viewer.team, object, NULL, object);
    return err == ERR_OK ? write_refs(a, object, NULL, object) : err;
}

enum err write_new(struct apply *a, struct object *object)
{
    enum err err = take_id(a, object);

    return err == ERR_OK ? write_added(a, object, a->viewer.user) : err;
}

enum err write_back(struct apply *a, struct object *object, const char *creator)
{
    sqlite3_stmt *revive = store_table(a->store, object->kind, TABLE_REVIVE);

    sql_bind(revive, "ii", a->viewer.team, object->id);
    enum err err = sql_run(revive);
    if (object->kind == KIND_TENDER)
        a->entered = false;
    return err == ERR_OK ? write_added(a, object, creator) : err;
}

static enum err keep_past(struct apply *a, const struct object *old,
    const char *creator, uint64_t until, bool deleted)
{
    sqlite3_stmt *keep = store_table(a->store, old->kind, TABLE_KEEP);

    row_bind_past(keep, a->viewer.team, old, creator, until, deleted);
    return sql_run(keep);
}

/* The object as its journal row, which is drafted, says it is. */
static enum err write_state(struct apply *a, const struct object *old,
    struct object *object, const char *creator)
{
    sqlite3_stmt *update = store_table(a->store, object->kind,
        has_same_key(old, object) ? TABLE_UPDATE : TABLE_UPDATE_KEY);
    enum err err = keep_past(a, old, creator, object->rev, false);

    if (err != ERR_OK)
        return err;
    row_bind(update, a->viewer.team, object, creator);
    err = sql_run(update);
    if (object->kind == KIND_TENDER)
        a->entered = false;
    if (err == ERR_OK)
        err = terms_write(a->store, a->viewer.team, object, old, object);
    return err == ERR_OK ? write_refs(a, object, old, object) : err;
}

static enum err prepare_state(
    struct apply *a, const struct object *old, struct object *object)
{
    enum err err = has_same_key(old, object) ? ERR_OK : check_key(a, object);

    if (err == ERR_OK)
        err = write_code(a, old, object);
    if (err == ERR_OK)
        stamp(a, object);
    return err;
}

enum err write_changed(struct apply *a, const struct object *old,
    struct object *object, const char *creator)
{
    enum err err = prepare_state(a, old, object);

    if (err != ERR_OK)
        return err;
    object->rev = add_row(a, object, old, object, "set");
    return write_state(a, old, object, creator);
}

enum err write_forgotten(struct apply *a, const struct object *old,
    struct object *object, const char *creator, const char *words,
    const char *after)
{
    enum err err = prepare_state(a, old, object);

    if (err != ERR_OK)
        return err;
    object->rev = write_row(a, object, "forget", words, after);
    return write_state(a, old, object, creator);
}

enum err write_gone(struct apply *a, const struct object *old,
    const char *creator, uint64_t *seq)
{
    sqlite3_stmt *del = store_table(a->store, old->kind, TABLE_DELETE);

    *seq = add_row(a, old, old, NULL, "del");
    enum err err = keep_past(a, old, creator, *seq, true);
    if (err == ERR_OK)
        err = write_refs(a, old, old, NULL);
    if (err == ERR_OK)
        err = write_code(a, old, NULL);
    if (err == ERR_OK)
        err = terms_write(a->store, a->viewer.team, old, old, NULL);
    if (err != ERR_OK)
        return err;
    sql_bind(del, "ii", a->viewer.team, old->id);
    return sql_run(del);
}
