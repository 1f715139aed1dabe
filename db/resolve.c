/* SPDX-License-Identifier: Apache-2.0
 *
 * resolve.c - words of a change become values: references are found, sets are
 * put in order, members are looked up.
 *
 * Codes are found in the tender of the object that is changed, then in the
 * team.  A reference stays inside its tender, or points to the team's own.
 */
#include "db/apply.h"

#include "protocol/base_mem.h"

#include <stdlib.h>
#include <string.h>

/* The next word of a comma list as a string of its own; NULL at the end. */
static char *next_word(const char **list)
{
    if (**list == '\0')
        return NULL;
    size_t len = strcspn(*list, ",");
    char *word = mem_copy(*list, len);

    *list += len;
    *list += **list == ',';
    return word;
}

/* The tender. */

static bool is_ref(enum type type)
{
    return type == TYPE_REF || type == TYPE_REFSET;
}

static enum err refuse_tender(
    struct apply *a, const char *field, const char *word, uint64_t tender)
{
    struct text allowed = {0};

    text_puts(&allowed, "an object of ");
    if (tender == 0) {
        text_puts(&allowed, "the team, of no tender");
    } else {
        id_print(&allowed, KIND_TENDER, tender);
        text_puts(&allowed, " or of the team");
    }
    fault_set(a->fault, ERR_ARG, field, word, allowed.bytes);
    text_fini(&allowed);
    return ERR_ARG;
}

/* Ids and names of the batch say in which tender they stand; codes do not. */
static enum err derive_from_words(
    struct apply *a, const struct assign *assign, uint64_t *tender)
{
    const char *list = assign->value.text;
    const char *field = fields[assign->field].word;
    enum err err = ERR_OK;
    char *word;

    while (err == ERR_OK && (word = next_word(&list)) != NULL) {
        struct found found = {0};
        enum kind kind;
        uint64_t id;

        if (word[0] == '$' || id_read(word, &kind, &id) == ERR_OK)
            err = apply_find(a, 0, word, field, &found);
        if (err == ERR_OK && found.tender != 0 && *tender != 0 &&
            found.tender != *tender)
            err = refuse_tender(a, field, word, *tender);
        if (found.tender != 0)
            *tender = found.tender;
        free(word);
    }
    return err;
}

static enum err derive_tender(
    struct apply *a, const struct change *change, uint64_t *tender)
{
    uint64_t made = 0;

    for (size_t i = 0; i < change->assigns_n; i++) {
        const struct assign *assign = &change->assigns[i];

        if (!is_ref(fields[assign->field].type) || assign->clear)
            continue;
        enum err err = derive_from_words(a, assign, &made);
        if (err != ERR_OK)
            return err;
    }
    if (made == 0)
        made = a->set->scope;
    if (made == 0 && kind_row(change->kind)->scope != SCOPE_EITHER)
        return fault_set(a->fault, ERR_ARG, "tender", "",
            "tender=ID, or first: use tender=ID");
    *tender = made;
    return ERR_OK;
}

/* What may stand anywhere belongs where the object in its "on" belongs. */
static enum err follow_on(
    struct apply *a, const struct change *change, uint64_t *tender)
{
    size_t on = field_find(change->kind, "on");

    for (size_t i = 0; i < change->assigns_n; i++) {
        const struct assign *assign = &change->assigns[i];
        struct found found;

        if (assign->field != on || assign->clear)
            continue;
        enum err err =
            apply_find(a, a->set->scope, assign->value.text, "on", &found);
        if (err == ERR_OK)
            *tender = found.tender;
        return err;
    }
    return fault_set(
        a->fault, ERR_ARG, "on", "", type_allowed(fields[on].type));
}

static enum err find_tender(struct apply *a, const char *word, uint64_t *tender)
{
    struct found found;
    enum err err = apply_find(a, 0, word, "tender", &found);

    if (err != ERR_OK)
        return err;
    if (found.kind != KIND_TENDER)
        return fault_set(a->fault, ERR_ARG, "tender", word, "a tender");
    *tender = found.id;
    return ERR_OK;
}

/* The session's tender may have been deleted, or hidden, since. */
static enum err check_seen(struct apply *a, uint64_t tender)
{
    struct text id = {0};
    struct found found;

    if (tender == 0)
        return ERR_OK;
    id_print(&id, KIND_TENDER, tender);
    enum err err = apply_find(a, 0, id.bytes, "tender", &found);
    text_fini(&id);
    return err;
}

enum err resolve_tender(
    struct apply *a, const struct change *change, uint64_t *tender)
{
    enum scope scope = kind_row(change->kind)->scope;
    uint64_t made = 0;
    enum err err;

    if (change->tender && scope == SCOPE_TEAM)
        return fault_set(a->fault, ERR_ARG, "tender", change->tender,
            "nothing: the object belongs to the team");
    bool team = scope == SCOPE_EITHER && change->tender && !*change->tender;
    if (scope == SCOPE_TEAM || team)
        err = ERR_OK;
    else if (scope == SCOPE_ANY)
        err = follow_on(a, change, &made);
    else if (change->tender)
        err = find_tender(a, change->tender, &made);
    else
        err = derive_tender(a, change, &made);
    if (err == ERR_OK)
        err = check_seen(a, made);
    if (err == ERR_OK)
        *tender = made;
    return err;
}

/* References. */

static enum err check_sort(struct apply *a, const struct field_row *row,
    const char *word, const struct found *found)
{
    const char *sort = field_sort(row);
    struct object *object;
    size_t field = field_find(found->kind, "sort");

    if (sort == NULL)
        return ERR_OK;
    INSIST(field != FIELD_COUNT);
    enum err err = object_load(
        a->store, a->viewer.team, found->kind, found->id, 0, &object, NULL);
    if (err != ERR_OK)
        return err;
    const struct datum *value = &object->values[field_place(field)];
    bool same = value->set && strcmp(value->text, sort) == 0;
    object_free(&object);
    return same ? ERR_OK
                : fault_set(a->fault, ERR_ARG, row->word, word, row->arg);
}

static enum err find_ref(struct apply *a, const struct object *object,
    size_t field, const char *word, struct found *got)
{
    const struct field_row *row = &fields[field];
    enum err err = apply_find(a, object->tender, word, row->word, got);

    if (err != ERR_OK)
        return err;
    if (!field_takes_kind(row, got->kind))
        return fault_set(a->fault, ERR_ARG, row->word, word, row->arg);
    bool inside = got->tender == 0 || got->tender == object->tender;
    if (!inside)
        return refuse_tender(a, row->word, word, object->tender);
    return check_sort(a, row, word, got);
}

static enum err resolve_ref(struct apply *a, const struct object *object,
    const struct assign *assign, struct datum *made)
{
    struct found found;
    enum err err =
        find_ref(a, object, assign->field, assign->value.text, &found);

    if (err == ERR_OK)
        *made = (struct datum){
            .set = true, .number = (int64_t)found.id, .ref_kind = found.kind};
    return err;
}

/* Sets. */

/* Whether a member of the old or the new set stands in the result. */
static bool is_kept(enum op op, bool is_old, bool is_new)
{
    if (op == OP_PLUS)
        return is_old || is_new;
    if (op == OP_MINUS)
        return is_old && !is_new;
    return is_new;
}

static const struct datum *value_of(const struct object *object, size_t field)
{
    return &object->values[field_place(field)];
}

static const char *text_of(const struct datum *d)
{
    return d->set ? d->text : "";
}

/* A set of words has the order of kinds.def, whatever order was typed. */
static void resolve_words(
    const struct object *object, const struct assign *assign, struct text *made)
{
    const char *old = text_of(value_of(object, assign->field));
    const char *list = fields[assign->field].arg;
    char *word;

    while ((word = next_word(&list)) != NULL) {
        size_t len = strlen(word);

        if (is_kept(assign->op, list_holds(old, word, len),
                list_holds(assign->value.text, word, len))) {
            if (made->len)
                text_putc(made, ',');
            text_puts(made, word);
        }
        free(word);
    }
}

static enum err check_member(struct apply *a, size_t field, const char *name)
{
    sqlite3_stmt *find = store_fixed(a->store, STATEMENT_USER_MEMBER);
    uint64_t id;

    sql_bind(find, "ti", name, a->viewer.team);
    enum err err = sql_number(find, &id);
    return err == ERR_OK ? err
                         : fault_set(a->fault, err, fields[field].word, name,
                               type_allowed(TYPE_MEMBER));
}

static int compare_words(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

struct list {
    char **words;
    size_t n, room;
};

static void add_words(struct list *to, const char *list)
{
    char *word;

    while ((word = next_word(&list)) != NULL) {
        to->words =
            mem_grow(to->words, &to->room, to->n + 1, sizeof *to->words);
        to->words[to->n++] = word;
    }
}

static void free_words(struct list *list)
{
    for (size_t i = 0; i < list->n; i++)
        free(list->words[i]);
    free(list->words);
}

/* Members stand in alphabetical order. */
static enum err resolve_members(struct apply *a, const struct object *object,
    const struct assign *assign, struct text *made)
{
    const char *old = text_of(value_of(object, assign->field));
    const char *now = assign->value.text;
    struct list all = {0};
    enum err err = ERR_OK;

    add_words(&all, now);
    for (size_t i = 0; i < all.n && err == ERR_OK; i++)
        if (assign->op != OP_MINUS)
            err = check_member(a, assign->field, all.words[i]);
    add_words(&all, old);
    if (all.n > 0)
        qsort(all.words, all.n, sizeof *all.words, compare_words);
    for (size_t i = 0; i < all.n; i++) {
        const char *word = all.words[i];
        size_t len = strlen(word);

        if (i > 0 && strcmp(all.words[i - 1], word) == 0)
            continue;
        if (!is_kept(assign->op, list_holds(old, word, len),
                list_holds(now, word, len)))
            continue;
        if (made->len)
            text_putc(made, ',');
        text_puts(made, word);
    }
    free_words(&all);
    return err;
}

static int compare_ids(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

struct ids {
    uint64_t *list;
    size_t n, room;
};

static void add_id(struct ids *ids, uint64_t id)
{
    ids->list = mem_grow(ids->list, &ids->room, ids->n + 1, sizeof *ids->list);
    ids->list[ids->n++] = id;
}

static bool has_id(const struct ids *ids, uint64_t id)
{
    return ids->n > 0 &&
           bsearch(&id, ids->list, ids->n, sizeof id, compare_ids) != NULL;
}

static void sort_ids(struct ids *ids)
{
    if (ids->n > 0)
        qsort(ids->list, ids->n, sizeof *ids->list, compare_ids);
}

/* ",3,7," */
static void read_ids(struct ids *ids, const char *list)
{
    while (*list == ',' && list[1]) {
        char *end;

        add_id(ids, strtoull(list + 1, &end, 10));
        list = end;
    }
}

static enum err find_ids(struct apply *a, const struct object *object,
    const struct assign *assign, struct ids *ids)
{
    const char *list = assign->value.text;
    enum err err = ERR_OK;
    char *word;

    while (err == ERR_OK && (word = next_word(&list)) != NULL) {
        struct found found;

        err = find_ref(a, object, assign->field, word, &found);
        if (err == ERR_OK && found.kind == object->kind &&
            found.id == object->id)
            err = fault_set(a->fault, ERR_ARG, fields[assign->field].word, word,
                "other objects than itself");
        if (err == ERR_OK)
            add_id(ids, found.id);
        free(word);
    }
    sort_ids(ids);
    return err;
}

static void merge_ids(
    enum op op, const struct ids *old, const struct ids *now, struct text *made)
{
    struct ids all = {0};

    for (size_t i = 0; i < old->n; i++)
        add_id(&all, old->list[i]);
    for (size_t i = 0; i < now->n; i++)
        add_id(&all, now->list[i]);
    sort_ids(&all);
    for (size_t i = 0; i < all.n; i++) {
        uint64_t id = all.list[i];

        if (i > 0 && all.list[i - 1] == id)
            continue;
        if (!is_kept(op, has_id(old, id), has_id(now, id)))
            continue;
        text_printf(
            made, made->len ? "%llu," : ",%llu,", (unsigned long long)id);
    }
    free(all.list);
}

static enum err resolve_refs(struct apply *a, const struct object *object,
    const struct assign *assign, struct text *made)
{
    struct ids old = {0}, now = {0};
    enum err err = find_ids(a, object, assign, &now);

    read_ids(&old, text_of(value_of(object, assign->field)));
    if (err == ERR_OK)
        merge_ids(assign->op, &old, &now, made);
    free(old.list);
    free(now.list);
    return err;
}

static bool is_set(enum type type)
{
    return type == TYPE_SET || type == TYPE_MEMBERS || type == TYPE_REFSET;
}

static enum err resolve_set(struct apply *a, const struct object *object,
    const struct assign *assign, struct datum *made)
{
    struct text list = {0};
    enum err err = ERR_OK;

    if (fields[assign->field].type == TYPE_REFSET)
        err = resolve_refs(a, object, assign, &list);
    else if (fields[assign->field].type == TYPE_MEMBERS)
        err = resolve_members(a, object, assign, &list);
    else
        resolve_words(object, assign, &list);
    if (err == ERR_OK && list.len > 0)
        *made = (struct datum){
            .set = true, .ref_kind = KIND_NONE, .text = text_take(&list)};
    text_fini(&list);
    return err;
}

enum err resolve_value(struct apply *a, const struct object *object,
    const struct assign *assign, struct datum *made)
{
    const struct field_row *row = &fields[assign->field];

    *made = (struct datum){.ref_kind = KIND_NONE};
    if (assign->clear)
        return ERR_OK;
    if ((assign->op == OP_PLUS || assign->op == OP_MINUS) && !is_set(row->type))
        return fault_set(
            a->fault, ERR_ARG, row->word, op_word(assign->op), "=");
    if (row->type == TYPE_REF)
        return resolve_ref(a, object, assign, made);
    if (is_set(row->type))
        return resolve_set(a, object, assign, made);
    if (row->type == TYPE_MEMBER) {
        enum err err = check_member(a, assign->field, assign->value.text);

        if (err != ERR_OK)
            return err;
    }
    datum_copy(made, &assign->value);
    return ERR_OK;
}
