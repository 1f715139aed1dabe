/* SPDX-License-Identifier: Apache-2.0
 *
 * complete.c - verbs, kinds, fields and their words.
 */
#include "client/prompt/complete.h"

#include "client/show/cell.h"
#include "protocol/base_mem.h"

#include <stdlib.h>
#include <string.h>

struct search {
    const struct vocabulary *vocabulary;
    const struct typed *typed;
    const char *word; /* what was typed of it */
    struct choices *got;
};

/* What a server says must neither break the line nor the terminal. */
static bool can_stand(const char *choice)
{
    struct text safe = {0};

    cell_safe(&safe, choice);
    bool same = strcmp(text_peek(&safe), choice) == 0;
    text_fini(&safe);
    return same && *choice && strpbrk(choice, " \"\\#") == NULL;
}

bool complete_add(struct choices *got, const char *word, const char *choice)
{
    if (!can_stand(choice))
        return false;
    if (strncmp(choice, word, strlen(word)) != 0)
        return true;
    for (size_t i = 0; i < got->n; i++)
        if (strcmp(got->list[i], choice) == 0)
            return true;
    got->list = mem_grow(got->list, &got->room, got->n + 1, sizeof *got->list);
    got->list[got->n++] = mem_text(choice);
    return true;
}

/* A choice behind the first bytes of the word. */
static void offer(const struct search *s, size_t head, const char *choice)
{
    struct text whole = {0};

    text_add(&whole, s->word, head);
    text_puts(&whole, choice);
    (void)complete_add(s->got, s->word, text_peek(&whole));
    text_fini(&whole);
}

static void offer_names_of(const struct search *s, const char *kind)
{
    for (size_t i = 0; i < s->vocabulary->rows.n; i++) {
        const struct row *row = &s->vocabulary->rows.list[i];

        if (row_is(row, kind))
            offer(s, 0, row_get(row, "name"));
    }
}

/* Where the word of a list begins: behind the last comma. */
static size_t list_head(const struct search *s, size_t head)
{
    const char *comma = strrchr(s->word + head, ',');

    return comma ? (size_t)(comma - s->word) + 1 : head;
}

static void offer_list(const struct search *s, size_t head, const char *words)
{
    while (*words) {
        size_t len = strcspn(words, ",");
        struct text one = {0};

        text_add(&one, words, len);
        offer(s, head, text_peek(&one));
        text_fini(&one);
        words += len;
        words += *words == ',';
    }
}

/* Fields of the kind in question, for fields= and order-by=. */
static void offer_field_list(const struct search *s)
{
    size_t head = list_head(s, s->typed->head);

    head += s->word[head] == '-';
    for (size_t i = 0; s->typed->kind && i < s->vocabulary->rows.n; i++) {
        const struct row *row = &s->vocabulary->rows.list[i];

        if (row_is(row, "builtin") ||
            (row_is(row, "field") && row_has(row, "of", s->typed->kind)))
            offer(s, head, row_get(row, "name"));
    }
}

static void want_names(const struct search *s, size_t head, const char *kinds)
{
    text_puts(&s->got->names, kinds);
    s->got->head = head;
}

/* What may stand behind the operator, or as a positional value. */
static void offer_values(
    const struct search *s, const struct row *about, size_t head)
{
    const char *type = row_get(about, "type");
    const char *values = row_get(about, "values");
    const char *to = row_get(about, "to");
    bool list = type && strncmp(type, "set", 3) == 0;

    if (list)
        head = list_head(s, head);
    if (values)
        offer_list(s, head, values);
    if (to)
        want_names(s, head, to);
    if (type == NULL)
        return;
    if (strcmp(type, "bool") == 0 && values == NULL)
        offer_list(s, head, "yes,no");
    else if (strcmp(type, "rev") == 0)
        offer_list(s, head, "seen,any");
    else if (strcmp(type, "kind") == 0)
        offer_names_of(s, "kind");
    else if (strcmp(type, "tender") == 0)
        want_names(s, head, "tender");
}

/* Arguments that name an object do not say of which kind; the name of a key
 * often does: lot=, bid=, tender=. */
static void offer_object(
    const struct search *s, const struct row *about, size_t head)
{
    const char *type = row_get(about, "type");
    const char *name = row_get(about, "name");

    if (type == NULL || name == NULL)
        return;
    if (strcmp(type, "topic") == 0) {
        offer_names_of(s, "kind");
        offer_names_of(s, "verb");
    } else if (strcmp(type, "target") == 0) {
        offer_names_of(s, "kind");
        want_names(s, head, "*");
    } else if (strcmp(type, "words") == 0) {
        offer_field_list(s);
    } else if (strcmp(type, "id") == 0) {
        bool kind = vocabulary_find(s->vocabulary, "kind", name) != NULL;

        if (strcmp(name, "segment") == 0)
            name = "party:segment";
        else if (!kind)
            name = "*";
        want_names(s, head, name);
    }
}

static void offer_key(const struct search *s, const char *key)
{
    const struct words *words = &s->typed->words;
    bool many = row_has(s->typed->verb, "takes", "conditions") ||
                strcmp(key, "with") == 0 || strcmp(key, "change") == 0;
    struct text whole = {0};

    if (!many && words_get(words, key))
        return;
    text_printf(&whole, "%s=", key);
    (void)complete_add(s->got, s->word, text_peek(&whole));
    text_fini(&whole);
}

static void offer_keys(const struct search *s)
{
    const struct typed *t = s->typed;
    const char *verb = row_get(t->verb, "name");
    bool sets = strcmp(verb, "set") == 0;

    for (size_t i = 0; t->kind && i < s->vocabulary->rows.n; i++) {
        const struct row *row = &s->vocabulary->rows.list[i];

        if (row_is(row, "field") && row_has(row, "of", t->kind) &&
            !(sets && row_has(row, "fixed", "yes")))
            offer_key(s, row_get(row, "name"));
    }
    for (size_t i = 0; i < s->vocabulary->rows.n; i++) {
        const struct row *row = &s->vocabulary->rows.list[i];

        if (row_is(row, "argument") && row_has(row, "verb", verb) &&
            row_get(row, "place") == NULL)
            offer_key(s, row_get(row, "name"));
        else if (row_is(row, "builtin") && t->kind &&
                 row_has(t->verb, "takes", "conditions") && *s->word)
            offer_key(s, row_get(row, "name"));
    }
}

static void offer_next(const struct search *s)
{
    const struct typed *t = s->typed;

    if (t->key) {
        if (t->about) {
            offer_values(s, t->about, t->head);
            offer_object(s, t->about, t->head);
        }
        return;
    }
    if (t->value) {
        offer_values(s, t->value, 0);
        offer_object(s, t->value, 0);
    }
    /* Keys come behind the values that must stand first. */
    if (t->places > 0 || t->value == NULL)
        offer_keys(s);
}

void complete_find(const struct vocabulary *vocabulary, const char *before,
    size_t len, const char *word, typed_kind_fn *kind_of, void *ctx,
    struct choices *got)
{
    struct choices made = {0};
    struct typed typed;
    const struct search search = {vocabulary, &typed, word, &made};

    typed_read(vocabulary, before, len, word, kind_of, ctx, &typed);
    size_t tag = typed.words.n && typed.words.list[0].value[0] == '@';
    if (typed.verb)
        offer_next(&search);
    else if (typed.readable && typed.words.n == tag)
        offer_names_of(&search, "verb");
    typed_fini(&typed);
    *got = made;
}

void complete_free(struct choices *choices)
{
    for (size_t i = 0; i < choices->n; i++)
        free(choices->list[i]);
    free(choices->list);
    text_fini(&choices->names);
    *choices = (struct choices){0};
}
