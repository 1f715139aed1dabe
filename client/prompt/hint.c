/* SPDX-License-Identifier: Apache-2.0
 *
 * hint.c - the vocabulary as help that comes by itself.
 */
#include "client/prompt/hint.h"

#include "client/show/cell.h"
#include "client/show/say.h"

#include <string.h>

struct hinting {
    const struct vocabulary *vocabulary;
    const struct typed *typed;
    const char *word;
    enum language language;
    struct text made;
};

static bool starts(const char *name, const char *word)
{
    return strncmp(name, word, strlen(word)) == 0;
}

/* "name: help", and what a value of that type may be. */
static void put_about(struct hinting *h, const struct row *about)
{
    const char *help = row_get(about, "help");
    const char *values = row_get(about, "values");
    const char *unit = row_get(about, "unit");
    const char *name = row_get(about, "name");
    const char *word = row_get(about, "type");
    const struct row *type =
        word ? vocabulary_find(h->vocabulary, "type", word) : NULL;
    const char *allowed = type ? row_get(type, "allowed") : NULL;

    text_puts(&h->made, name ? name : "");
    if (help && *help)
        text_printf(&h->made, ": %s", help);
    if (unit && *unit)
        text_printf(&h->made, " (%s)", unit);
    if (values && *values)
        text_printf(&h->made, " - %s", values);
    else if (allowed && !row_is(about, "argument"))
        text_printf(&h->made, " - %s", allowed);
}

static void put_verbs(struct hinting *h)
{
    const struct row *whole = vocabulary_find(h->vocabulary, "verb", h->word);
    size_t n = 0;

    if (whole) {
        text_printf(&h->made, "%s: %s", h->word, row_get(whole, "help"));
        return;
    }
    for (size_t i = 0; i < h->vocabulary->rows.n; i++) {
        const struct row *row = &h->vocabulary->rows.list[i];

        if (row_is(row, "verb") && starts(row_get(row, "name"), h->word))
            text_printf(
                &h->made, "%s%s", n++ ? "  " : "", row_get(row, "name"));
    }
    if (n == 0)
        text_puts(&h->made, text_of(TEXT_VERB_UNKNOWN, h->language));
}

static void put_kinds(struct hinting *h)
{
    const char *before = " - ";

    for (size_t i = 0; i < h->vocabulary->rows.n; i++) {
        const struct row *row = &h->vocabulary->rows.list[i];

        if (!row_is(row, "kind") || !starts(row_get(row, "name"), h->word))
            continue;
        text_printf(&h->made, "%s%s", before, row_get(row, "name"));
        before = ", ";
    }
}

/* The keys that may still come: of the fields those that are needed, or the
 * others; then those of the verb. */
static void put_keys(struct hinting *h, bool needed, struct text *to)
{
    const struct typed *t = h->typed;
    const char *verb = row_get(t->verb, "name");
    const struct row *first = vocabulary_value(h->vocabulary, verb, 1);
    bool adds = first && row_has(first, "type", "kind") &&
                row_has(t->verb, "takes", "fields");

    for (size_t i = 0; i < h->vocabulary->rows.n; i++) {
        const struct row *row = &h->vocabulary->rows.list[i];
        bool field =
            t->kind && row_is(row, "field") && row_has(row, "of", t->kind);
        bool key = row_is(row, "argument") && row_has(row, "verb", verb) &&
                   row_get(row, "place") == NULL;
        bool must = field && adds && row_has(row, "needed", "yes");

        if ((!field && !key) || must != needed)
            continue;
        const char *name = row_get(row, "name");
        if (starts(name, h->word) && !words_get(&t->words, name))
            text_printf(to, "%s%s=", to->len ? " " : "", name);
    }
}

static void put_all_keys(struct hinting *h)
{
    static const enum text_id sentences[] = {TEXT_HINT_NEEDS, TEXT_HINT_TAKES};

    for (int i = 0; i < 2; i++) {
        struct text keys = {0};

        put_keys(h, i == 0, &keys);
        if (keys.len) {
            if (h->made.len)
                text_puts(&h->made, "; ");
            say(&h->made, h->language, sentences[i], keys.bytes);
        }
        text_fini(&keys);
    }
}

static void put_next(struct hinting *h)
{
    const struct typed *t = h->typed;

    if (t->key && t->about) {
        put_about(h, t->about);
    } else if (t->key && t->kind) {
        say(&h->made, h->language, TEXT_HINT_NO_FIELD, t->key, t->kind);
    } else if (t->key) {
        return;
    } else if (t->value && (t->places == 0 || *h->word == '\0')) {
        put_about(h, t->value);
        if (row_has(t->value, "type", "kind"))
            put_kinds(h);
    } else {
        put_all_keys(h);
    }
}

void hint_put(struct text *to, const struct vocabulary *vocabulary,
    enum language language, const char *before, size_t len, const char *word,
    typed_kind_fn *kind_of, void *ctx)
{
    struct typed typed;
    struct hinting hinting = {
        .vocabulary = vocabulary, .typed = &typed, .word = word};

    hinting.language = language;
    typed_read(vocabulary, before, len, word, kind_of, ctx, &typed);
    size_t tag = typed.words.n && typed.words.list[0].value[0] == '@';
    if (typed.verb)
        put_next(&hinting);
    else if (typed.readable && typed.words.n == tag && *word && *word != '@')
        put_verbs(&hinting);
    cell_safe(to, text_peek(&hinting.made));
    text_fini(&hinting.made);
    typed_fini(&typed);
}
