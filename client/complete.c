/* SPDX-License-Identifier: Apache-2.0
 *
 * complete.c - verbs, kinds, fields and their words.
 */
#include "client/complete.h"

#include "protocol/base_mem.h"
#include "protocol/command.h"
#include "protocol/kind.h"
#include "protocol/limit.h"
#include "protocol/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const locals[] = {
#define LOCAL(id, word, function, arguments, en, fr) word,
#include "client/locals.def"
#undef LOCAL
};

struct search {
    const char *word; /* what was typed of it */
    struct choices *got;
};

static void offer(const struct search *s, const char *choice, size_t len)
{
    struct choices *got = s->got;

    if (len < strlen(s->word) || strncmp(choice, s->word, strlen(s->word)) != 0)
        return;
    for (size_t i = 0; i < got->n; i++)
        if (strlen(got->list[i]) == len &&
            strncmp(got->list[i], choice, len) == 0)
            return;
    got->list = mem_grow(got->list, &got->room, got->n + 1, sizeof *got->list);
    got->list[got->n++] = mem_copy(choice, len);
}

static void offer_key(const struct search *s, const char *key, size_t len)
{
    char whole[80];

    int n = snprintf(whole, sizeof whole, "%.*s=", (int)len, key);
    if (n > 0 && (size_t)n < sizeof whole)
        offer(s, whole, (size_t)n);
}

static void offer_verbs(const struct search *s)
{
    for (int i = 0; i < CMD_COUNT; i++)
        offer(s, commands[i].name, strlen(commands[i].name));
    for (size_t i = 0; i < sizeof locals / sizeof *locals; i++)
        offer(s, locals[i], strlen(locals[i]));
}

static void offer_kinds(const struct search *s)
{
    for (int i = 0; i < KIND_COUNT; i++) {
        const char *word = kind_row((enum kind)i)->word;

        offer(s, word, strlen(word));
    }
}

/* The words of an enum or a set, with the key in front. */
static void offer_values(const struct search *s, const struct field_row *field)
{
    const char *words = field->arg;
    char whole[160];

    if (field->type == TYPE_BOOL)
        words = "yes,no";
    else if (field->type != TYPE_ENUM && field->type != TYPE_SET)
        return;
    while (*words) {
        size_t len = strcspn(words, ",");
        int n = snprintf(
            whole, sizeof whole, "%s=%.*s", field->word, (int)len, words);

        if (n > 0 && (size_t)n < sizeof whole)
            offer(s, whole, (size_t)n);
        words += len;
        words += *words == ',';
    }
}

static void offer_fields(const struct search *s, enum kind kind)
{
    const struct kind_row *row = kind_row(kind);
    size_t typed = strcspn(s->word, "=");

    for (size_t i = row->first; i < row->first + row->count; i++) {
        bool named = s->word[typed] == '=' && strlen(fields[i].word) == typed &&
                     strncmp(fields[i].word, s->word, typed) == 0;

        if (named)
            offer_values(s, &fields[i]);
        else
            offer_key(s, fields[i].word, strlen(fields[i].word));
    }
}

/* "key:type key:type": the keys that a verb takes. */
static void offer_keys(const struct search *s, const struct command *command)
{
    for (const char *p = command->keys; *p;) {
        size_t item = strcspn(p, " ");
        const char *colon = memchr(p, ':', item);

        if (colon)
            offer_key(s, p, (size_t)(colon - p));
        p += item;
        p += *p == ' ';
    }
}

static enum kind kind_of(const char *word)
{
    enum kind kind = kind_find(word);
    uint64_t number;

    if (kind == KIND_NONE && id_read(word, &kind, &number) != ERR_OK)
        return KIND_NONE;
    return kind;
}

/* How many positional words stand behind the verb, and the first of them. */
static size_t count_positional(
    const struct words *words, size_t from, const char **first)
{
    size_t n = 0;

    for (size_t i = from; i < words->n; i++) {
        if (words->list[i].key)
            continue;
        if (n++ == 0)
            *first = words->list[i].value;
    }
    return n;
}

static bool names(const char *positional, const char *what)
{
    return strcmp(positional + (*positional == '?'), what) == 0;
}

static void offer_next(
    const struct search *s, const struct words *words, size_t verb)
{
    enum command_id id = command_find(words->list[verb].value);
    const char *first = NULL;

    if (id == CMD_COUNT)
        return;
    const struct command *command = &commands[id];
    size_t n = count_positional(words, verb + 1, &first);
    if (n == 0 && names(command->positional, "kind"))
        offer_kinds(s);
    if (n == 0 && names(command->positional, "topic")) {
        offer_kinds(s);
        offer_verbs(s);
    }
    if (n == 0)
        return;
    enum kind kind = kind_of(first);
    if (kind != KIND_NONE && (command_takes(command, "fields") ||
                                 command_takes(command, "conditions")))
        offer_fields(s, kind);
    if (strchr(s->word, '=') == NULL)
        offer_keys(s, command);
}

void complete_find(
    const char *before, size_t len, const char *word, struct choices *got)
{
    struct choices made = {0};
    const struct search search = {word, &made};
    struct words words = {0};
    struct words_fault fault;

    if (words_read(before, len, NULL, LIMIT_WORDS, &words, &fault) == ERR_OK) {
        size_t verb = words.n && words.list[0].value[0] == '@';

        if (verb < words.n)
            offer_next(&search, &words, verb);
        else
            offer_verbs(&search);
        /* A verb that has no positional words takes its keys at once. */
        if (verb + 1 == words.n) {
            enum command_id id = command_find(words.list[verb].value);

            if (id != CMD_COUNT && *commands[id].positional == '\0')
                offer_keys(&search, &commands[id]);
        }
    }
    words_free(&words);
    *got = made;
}

void complete_free(struct choices *choices)
{
    for (size_t i = 0; i < choices->n; i++)
        free(choices->list[i]);
    free(choices->list);
    *choices = (struct choices){0};
}
