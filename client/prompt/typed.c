/* SPDX-License-Identifier: Apache-2.0
 *
 * typed.c - the verb, the kind and the key that a word being typed is of.
 */
#include "client/prompt/typed.h"

#include "protocol/base_mem.h"
#include "protocol/limit.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static char *lower(const char *word)
{
    char *copy = mem_text(word);

    for (char *c = copy; *c; c++)
        *c = (char)tolower((unsigned char)*c);
    return copy;
}

/* Bytes of "key" and of "key=" at the start of a word; false for a word
 * without operator. */
static bool find_operator(const char *word, size_t *key, size_t *head)
{
    size_t len = 0;

    while (isalnum((unsigned char)word[len]) ||
           (word[len] && strchr("_.-$", word[len])))
        len++;
    size_t end = len + strspn(word + len, "=<>~!+");
    /* "set-=word" takes a word out of a set. */
    if (len && word[len] == '=' && word[len - 1] == '-')
        len--;
    *key = len;
    *head = end;
    return len > 0 && end > len;
}

static const char *kind_of_word(const struct vocabulary *v, const char *word,
    typed_kind_fn *kind_of, void *ctx)
{
    const struct row *kind = vocabulary_find(v, "kind", word);

    if (kind)
        return row_get(kind, "name");
    const char *by_id = vocabulary_kind_of(v, word);
    if (by_id)
        return by_id;
    return kind_of ? kind_of(ctx, word) : NULL;
}

/* "note" adds an object of its own; its other word is what it is on. */
static void find_places(const struct vocabulary *v, size_t verb,
    typed_kind_fn *kind_of, void *ctx, struct typed *t)
{
    const char *first = NULL;

    for (size_t i = verb + 1; i < t->words.n; i++) {
        if (t->words.list[i].key)
            continue;
        if (t->places++ == 0)
            first = t->words.list[i].value;
    }
    bool takes = row_get(t->verb, "takes") != NULL;
    if (first && takes)
        t->kind = kind_of_word(v, first, kind_of, ctx);
    t->value = vocabulary_value(v, row_get(t->verb, "name"), t->places + 1);
}

static void find_key(
    const struct vocabulary *v, const char *word, struct typed *t)
{
    size_t len;
    size_t head;

    if (!find_operator(word, &len, &head))
        return;
    t->key = mem_copy(word, len);
    t->head = head;
    t->about = vocabulary_key(v, row_get(t->verb, "name"), t->key);
    if (t->about == NULL && t->kind)
        t->about = vocabulary_field(v, t->kind, t->key);
}

void typed_read(const struct vocabulary *vocabulary, const char *before,
    size_t len, const char *word, typed_kind_fn *kind_of, void *ctx,
    struct typed *got)
{
    struct typed made = {0};
    struct words_fault fault;

    if (words_read(before, len, NULL, LIMIT_WORDS, &made.words, &fault) ==
        ERR_OK) {
        size_t verb = made.words.n && made.words.list[0].value[0] == '@';

        made.readable = true;
        if (verb < made.words.n) {
            char *name = lower(made.words.list[verb].value);

            made.verb = vocabulary_find(vocabulary, "verb", name);
            free(name);
        }
        if (made.verb) {
            find_places(vocabulary, verb, kind_of, ctx, &made);
            find_key(vocabulary, word, &made);
        }
    }
    *got = made;
}

void typed_fini(struct typed *typed)
{
    words_free(&typed->words);
    free(typed->key);
    *typed = (struct typed){0};
}
