/* SPDX-License-Identifier: Apache-2.0
 *
 * forget.c - values of an object erased for good: now, in the past, in the
 * journal and in the table of words.
 *
 * A row of the journal that held one loses it, and its salt: without that
 * nobody can guess from the digest what stood there, and the chain, which runs
 * over digests, still verifies.  The forgetting itself is a row.  Copies made
 * before keep what they held.
 */
#include "db/apply.h"

#include "protocol/base_mem.h"
#include "protocol/words.h"

#include <stdlib.h>
#include <string.h>

/* What stands in a text that may not be empty. */
#define FORGOTTEN "forgotten"

static bool is_text(enum type type)
{
    return type == TYPE_WORD || type == TYPE_LINE || type == TYPE_TEXT;
}

static enum err check_fields(struct apply *a, const struct change *change)
{
    for (size_t i = 0; i < change->assigns_n; i++) {
        const struct field_row *row = &fields[change->assigns[i].field];

        if (row->flags & (FIELD_NEEDED | FIELD_FIXED) && !is_text(row->type))
            return fault_set(a->fault, ERR_ARG, "field", row->word,
                "a text, or a field that may be empty; delete the object "
                "instead");
    }
    return ERR_OK;
}

static void clear_values(const struct change *change, struct object *object)
{
    for (size_t i = 0; i < change->assigns_n; i++) {
        size_t field = change->assigns[i].field;
        struct datum *place = &object->values[field_place(field)];
        bool keeps = place->set && fields[field].flags & FIELD_NEEDED;

        datum_fini(place);
        *place = (struct datum){.ref_kind = KIND_NONE, .set = keeps};
        if (keeps)
            place->text = mem_text(FORGOTTEN);
    }
}

/* "price,cost", and "price=\"\" cost=\"\"". */
static void print_fields(const struct change *change,
    const struct object *object, struct text *names, struct text *after)
{
    for (size_t i = 0; i < change->assigns_n; i++) {
        size_t field = change->assigns[i].field;
        const struct datum *now = &object->values[field_place(field)];

        text_printf(names, i ? ",%s" : "%s", fields[field].word);
        text_printf(after, i ? " %s=" : "%s=", fields[field].word);
        word_print(after, now->set ? FORGOTTEN : "");
    }
}

static enum err forget_now(struct apply *a, const struct change *change,
    const struct past *past, struct done *done)
{
    struct text names = {0}, after = {0};
    struct object *object;

    object_copy(past->now, &object);
    clear_values(change, object);
    print_fields(change, object, &names, &after);
    enum err err = alter_check(a, object);
    if (err == ERR_OK)
        err = write_forgotten(
            a, past->now, object, past->creator, names.bytes, after.bytes);
    done->rev = object->rev;
    text_fini(&names);
    text_fini(&after);
    object_free(&object);
    return err;
}

/* What is gone has no row but those of the past. */
static void forget_gone(struct apply *a, const struct change *change,
    const struct past *past, struct done *done)
{
    struct text names = {0}, after = {0};

    print_fields(change, past->now, &names, &after);
    done->rev = write_row(a, past->now, "forget", names.bytes, "");
    text_fini(&names);
    text_fini(&after);
}

/* The past. */

static enum err wipe_past(
    struct apply *a, const struct change *change, const struct found *found)
{
    struct text sql = {0};
    sqlite3_stmt *wipe;

    text_printf(&sql, "UPDATE %s_past SET ", kind_row(found->kind)->word);
    for (size_t i = 0; i < change->assigns_n; i++)
        for (int j = 0; j < columns_of(change->assigns[i].field); j++) {
            text_puts(&sql, i + (size_t)j > 0 ? ", " : "");
            column_print(&sql, change->assigns[i].field, j);
            text_puts(&sql, "=NULL");
        }
    text_puts(&sql, " WHERE team=?1 AND id=?2");
    enum err err = sql_prepare(a->store->sql, sql.bytes, &wipe);
    text_fini(&sql);
    if (err != ERR_OK)
        return err;
    sql_bind(wipe, "ii", a->viewer.team, found->id);
    err = sql_run(wipe);
    sqlite3_finalize(wipe);
    return err;
}

/* The journal. */

static bool is_forgotten(const struct change *change, const char *word)
{
    for (size_t i = 0; word && i < change->assigns_n; i++)
        if (strcmp(fields[change->assigns[i].field].word, word) == 0)
            return true;
    return false;
}

/* The words that stay; true when some did not. */
static bool strip(
    const struct change *change, const char *line, struct text *made)
{
    struct words words;
    struct words_fault fault;
    bool some = false;

    enum err err =
        words_read(line, strlen(line), NULL, SIZE_MAX, &words, &fault);
    INSIST(err == ERR_OK);
    for (size_t i = 0; i < words.n; i++) {
        const struct word *word = &words.list[i];

        if (is_forgotten(change, word->key)) {
            some = true;
            continue;
        }
        if (made->len)
            text_putc(made, ' ');
        text_printf(made, "%s=", word->key);
        word_print(made, word->value);
    }
    words_free(&words);
    return some;
}

/* One row of the journal as it shall be. */
struct stripped {
    uint64_t seq;
    struct text after, before;
};

struct rows {
    struct stripped *list;
    size_t n, room;
};

/* What was forgotten before stands in its row as what is left of it. */
static void take_row(
    sqlite3_stmt *find, const struct change *change, struct rows *rows)
{
    struct stripped row = {.seq = sql_id(find, 0)};

    if (event_did(sql_peek(find, 8), "forget"))
        return;
    bool after = strip(change, sql_peek(find, 9), &row.after);
    bool before = strip(change, sql_peek(find, 10), &row.before);

    if (!after && !before) {
        text_fini(&row.after);
        text_fini(&row.before);
        return;
    }
    rows->list =
        mem_grow(rows->list, &rows->room, rows->n + 1, sizeof *rows->list);
    rows->list[rows->n++] = row;
}

static enum err wipe_rows(struct apply *a, const struct rows *rows)
{
    enum err err = ERR_OK;

    for (size_t i = 0; i < rows->n && err == ERR_OK; i++) {
        sqlite3_stmt *wipe = store_fixed(a->store, STATEMENT_JOURNAL_WIPE);

        sql_bind(wipe, "iitt", a->viewer.team, rows->list[i].seq,
            text_peek(&rows->list[i].after), text_peek(&rows->list[i].before));
        err = sql_run(wipe);
    }
    return err;
}

static enum err wipe_journal(
    struct apply *a, const struct change *change, const struct found *found)
{
    sqlite3_stmt *find = store_fixed(a->store, STATEMENT_JOURNAL_OBJECT);
    struct rows rows = {0};
    enum err err;
    bool row;

    sql_bind(find, "iiti", a->viewer.team, INT64_MAX,
        kind_row(found->kind)->word, found->id);
    while ((err = sql_step(find, &row)) == ERR_OK && row)
        take_row(find, change, &rows);
    if (err == ERR_OK)
        err = wipe_rows(a, &rows);
    for (size_t i = 0; i < rows.n; i++) {
        text_fini(&rows.list[i].after);
        text_fini(&rows.list[i].before);
    }
    free(rows.list);
    return err;
}

/* The digest of a request could be guessed from, since it has no salt.  A key
 * without it stands for a request that nobody can send again. */
static enum err wipe_once(struct apply *a, const struct found *found)
{
    sqlite3_stmt *wipe = store_fixed(a->store, STATEMENT_ONCE_WIPE);
    static const unsigned char none[DIGEST_BYTES];
    struct text id = {0};

    text_puts(&id, "%\n");
    id_print(&id, found->kind, found->id);
    text_puts(&id, " %");
    sql_bind(wipe, "itbt", a->viewer.team, id.bytes, none, sizeof none, "\n");
    enum err err = sql_run(wipe);
    text_fini(&id);
    return err;
}

static enum err forget(struct apply *a, const struct change *change,
    const struct past *past, struct done *done)
{
    enum err err = check_fields(a, change);

    *done = (struct done){
        .kind = past->found.kind, .id = past->found.id, .rev = past->last};
    if (err == ERR_OK)
        err = wipe_journal(a, change, &past->found);
    if (err == ERR_OK && past->gone)
        forget_gone(a, change, past, done);
    else if (err == ERR_OK)
        err = forget_now(a, change, past, done);
    if (err == ERR_OK)
        err = wipe_past(a, change, &past->found);
    return err == ERR_OK ? wipe_once(a, &past->found) : err;
}

enum err apply_forget(
    struct apply *a, const struct change *change, struct done *done)
{
    struct past past = {0};
    enum err err = past_find(a, change->target, &past);

    if (err == ERR_OK)
        err = apply_sees(a, past.now->tender);
    if (err == ERR_OK && !right_acts(&a->in, RIGHT_FORGET))
        err = fault_set(a->fault, ERR_DENIED, NULL, role_word(a->in.role),
            role_word(right_act_role(RIGHT_FORGET)));
    if (err == ERR_OK)
        err = past_guard(a, change, &past);
    if (err == ERR_OK)
        err = forget(a, change, &past, done);
    past_fini(&past);
    return err;
}
