/* SPDX-License-Identifier: Apache-2.0
 *
 * fake_record.c - a record in memory that answers as a server does.
 */
#include "tests/parts/fake_parts.h"

#include "protocol/base_mem.h"
#include "protocol/datum.h"

#include <stdlib.h>
#include <string.h>

uint64_t fake_head(const struct fake_record *f)
{
    return f->n ? f->journal[f->n - 1].seq : 0;
}

/* The object as it stood at a seq, as one row; false when it did not exist. */
static bool fold(const struct fake_record *f, enum kind kind, uint64_t id,
    uint64_t at, struct known_rows *rows)
{
    struct text name = {0};
    struct text rev = {0};
    bool lives = false;

    id_print(&name, kind, id);
    (void)known_add(rows, kind_row(kind)->word, name.bytes);
    for (size_t i = 0; i < f->n && f->journal[i].seq <= at; i++) {
        const struct fake_change *c = &f->journal[i];

        if (c->kind != kind || c->id != id)
            continue;
        lives = !c->is_end;
        for (size_t k = 0; c->pairs.n && k < c->pairs.all[0].n; k++)
            known_put(rows, c->pairs.all[0].pairs[k].key,
                c->pairs.all[0].pairs[k].value);
        rev.len = 0;
        text_printf(&rev, "%llu", (unsigned long long)c->seq);
        known_put(rows, "rev", rev.bytes);
    }
    text_fini(&name);
    text_fini(&rev);
    if (!lives)
        free(rows->all[--rows->n].pairs);
    return lives;
}

struct known_rows fake_rows(
    const struct fake_record *f, enum kind kind, uint64_t at)
{
    struct known_rows rows = {0};

    for (uint64_t id = 1; id <= f->ids[kind]; id++)
        (void)fold(f, kind, id, at, &rows);
    return rows;
}

/* An id for an id, a $name of the batch or a code; NULL when it is none. */
static char *find_id(struct fake_record *f, const char *word)
{
    enum kind kind;
    uint64_t id;
    char *found = NULL;

    if (word[0] == '$') {
        for (size_t i = 0; i < f->names.n; i++)
            if (strcmp(f->names.all[i].kind, word) == 0)
                return mem_text(f->names.all[i].id);
        return NULL;
    }
    if (id_read(word, &kind, &id) == ERR_OK)
        return mem_text(word);
    for (int k = 0; k < KIND_COUNT && found == NULL; k++) {
        struct known_rows rows = fake_rows(f, (enum kind)k, UINT64_MAX);

        for (size_t i = 0; i < rows.n && found == NULL; i++)
            if (strcmp(known_get(&rows.all[i], "code"), word) == 0)
                found = mem_text(rows.all[i].id);
        known_rows_fini(&rows);
    }
    return found;
}

/* A value as it is kept: references as ids, the rest as it is printed. */
static char *keep_value(struct fake_record *f, size_t field, const char *word)
{
    struct datum datum;
    struct datum_fault fault;
    struct text made = {0};

    if (*word == '\0')
        return mem_text("");
    if (datum_read(field, word, &datum, &fault) != ERR_OK)
        return NULL;
    if (fields[field].type != TYPE_REF && fields[field].type != TYPE_REFSET) {
        datum_print(&made, field, &datum);
        datum_fini(&datum);
        return text_take(&made);
    }
    char *copy = mem_text(word);
    char *rest = copy;
    for (char *one; (one = strsep(&rest, ",")) != NULL;) {
        char *id = find_id(f, one);

        if (id == NULL) {
            text_fini(&made);
            made.len = 0;
            break;
        }
        text_printf(&made, "%s%s", made.len ? "," : "", id);
        free(id);
    }
    free(copy);
    datum_fini(&datum);
    return made.len ? text_take(&made) : NULL;
}

static bool is_option(const char *key)
{
    return strcmp(key, "as") == 0 || strcmp(key, "if") == 0 ||
           strcmp(key, "once") == 0;
}

/* The fields of an add or a set, checked. */
static enum err take_pairs(struct fake_record *f, enum kind kind,
    const struct words *words, struct known_rows *pairs)
{
    (void)known_add(pairs, "", "");
    for (size_t i = 0; i < words->n; i++) {
        const struct word *w = &words->list[i];
        char *value = NULL;

        if (w->key == NULL || is_option(w->key))
            continue;
        size_t field = field_find(kind, w->key);
        if (strcmp(w->key, "tender") == 0 && field == FIELD_COUNT)
            value = find_id(f, w->value);
        else if (field < FIELD_COUNT)
            value = keep_value(f, field, w->value);
        if (value == NULL)
            return ERR_ARG;
        known_put(pairs, w->key, value);
        free(value);
    }
    return ERR_OK;
}

static bool lacks_needed(enum kind kind, const struct known_row *row)
{
    const struct kind_row *k = kind_row(kind);

    for (size_t i = k->first; i < k->first + k->count; i++)
        if ((fields[i].flags & FIELD_NEEDED) &&
            *known_get(row, fields[i].word) == '\0')
            return true;
    return k->scope == SCOPE_TENDER && *known_get(row, "tender") == '\0';
}

static bool is_code_taken(
    const struct fake_record *f, enum kind kind, const struct known_row *row)
{
    struct known_rows rows = fake_rows(f, kind, UINT64_MAX);
    bool taken = false;

    for (size_t i = 0; i < rows.n; i++)
        taken = taken || (*known_get(row, "code") &&
                             strcmp(known_get(row, "code"),
                                 known_get(&rows.all[i], "code")) == 0 &&
                             strcmp(known_get(row, "tender"),
                                 known_get(&rows.all[i], "tender")) == 0);
    known_rows_fini(&rows);
    return taken;
}

static void add_change(struct fake_record *f, enum kind kind, uint64_t id,
    bool is_end, struct known_rows *pairs)
{
    uint64_t seq = fake_head(f) + 1;

    f->journal = mem_grow(f->journal, &f->room, f->n + 1, sizeof *f->journal);
    f->journal[f->n++] = (struct fake_change){seq, kind, id, is_end, *pairs};
    *pairs = (struct known_rows){0};
}

static enum err do_add(
    struct fake_record *f, const struct words *words, struct known_rows *pairs)
{
    enum kind kind = kind_find(words->list[1].value);
    const char *as = words_get(words, "as");
    struct text name = {0};

    if (kind == KIND_NONE || take_pairs(f, kind, words, pairs) != ERR_OK ||
        lacks_needed(kind, &pairs->all[0]))
        return ERR_ARG;
    if (is_code_taken(f, kind, &pairs->all[0]))
        return ERR_EXISTS;
    add_change(f, kind, ++f->ids[kind], false, pairs);
    id_print(&name, kind, f->ids[kind]);
    if (as)
        (void)known_add(&f->names, as, name.bytes);
    text_fini(&name);
    return ERR_OK;
}

/* Whether a field of the request was changed after a revision. */
static bool is_changed_since(const struct fake_record *f, enum kind kind,
    uint64_t id, const struct known_row *pairs, uint64_t rev)
{
    for (size_t i = 0; i < f->n; i++) {
        const struct fake_change *c = &f->journal[i];

        if (c->seq <= rev || c->kind != kind || c->id != id || !c->pairs.n)
            continue;
        for (size_t k = 0; k < pairs->n; k++)
            for (size_t j = 0; j < c->pairs.all[0].n; j++)
                if (strcmp(pairs->pairs[k].key, c->pairs.all[0].pairs[j].key) ==
                    0)
                    return true;
    }
    return false;
}

static enum err do_set(
    struct fake_record *f, const struct words *words, struct known_rows *pairs)
{
    char *name = find_id(f, words->list[1].value);
    const char *guard = words_get(words, "if");
    struct known_rows rows = {0};
    enum kind kind = KIND_NONE;
    uint64_t id = 0;
    enum err err = ERR_NONE;

    if (name && id_read(name, &kind, &id) == ERR_OK &&
        fold(f, kind, id, UINT64_MAX, &rows))
        err = take_pairs(f, kind, words, pairs);
    if (err == ERR_OK && guard &&
        is_changed_since(
            f, kind, id, &pairs->all[0], strtoull(guard, NULL, 10)))
        err = ERR_CONFLICT;
    if (err == ERR_OK)
        add_change(
            f, kind, id, strcmp(words->list[0].value, "del") == 0, pairs);
    known_rows_fini(&rows);
    free(name);
    return err;
}

enum err fake_apply(struct fake_record *f, const struct words *words)
{
    struct known_rows pairs = {0};
    const char *verb = words->list[0].value;
    enum err err = ERR_ARG;

    if (words->n >= 2 && strcmp(verb, "add") == 0)
        err = do_add(f, words, &pairs);
    else if (words->n >= 2)
        err = do_set(f, words, &pairs);
    known_rows_fini(&pairs);
    return err;
}

/* Takes back what a batch did; what it added is gone with its changes. */
void fake_roll_back(struct fake_record *f, size_t n, const uint64_t *ids)
{
    while (f->n > n)
        known_rows_fini(&f->journal[--f->n].pairs);
    memcpy(f->ids, ids, sizeof f->ids);
}

char *fake_get(
    const struct fake_record *record, const char *id, const char *field)
{
    struct known_rows rows = {0};
    enum kind kind;
    uint64_t number;

    INSIST(id_read(id, &kind, &number) == ERR_OK);
    bool lives = fold(record, kind, number, UINT64_MAX, &rows);
    char *value = mem_text(lives ? known_get(&rows.all[0], field) : "");
    known_rows_fini(&rows);
    return value;
}

size_t fake_count(const struct fake_record *record, enum kind kind)
{
    struct known_rows rows = fake_rows(record, kind, UINT64_MAX);
    size_t n = rows.n;

    known_rows_fini(&rows);
    return n;
}

void fake_fini(struct fake_record *record)
{
    for (size_t i = 0; i < record->n; i++)
        known_rows_fini(&record->journal[i].pairs);
    free(record->journal);
    known_rows_fini(&record->names);
    text_fini(&record->queue);
    *record = (struct fake_record){0};
}
