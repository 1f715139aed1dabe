/* SPDX-License-Identifier: Apache-2.0
 *
 * resume_seen.c - what a session was shown, for if=seen on the next link.
 */
#include "client/link/resume_seen.h"

#include "protocol/base_mem.h"
#include "protocol/kind.h"
#include "protocol/limit.h"

#include <stdlib.h>
#include <string.h>

/* A code that two objects bear, in two tenders, says nothing. */
#define NOBODY SIZE_MAX

static size_t place_of(struct resume_seen *seen, const char *word)
{
    size_t at = word_map_find(&seen->places, word);

    if (at != WORD_MAP_NONE)
        return at;
    seen->list =
        mem_grow(seen->list, &seen->room, seen->n + 1, sizeof *seen->list);
    at = seen->n++;
    seen->list[at] = (struct resume_object){
        .word = mem_text(word), .named = at, .link = seen->link};
    (void)word_map_put(&seen->places, seen->list[at].word, at);
    return at;
}

static void note(
    struct resume_seen *seen, const char *id, const char *code, uint64_t rev)
{
    size_t at = place_of(seen, id);

    if (rev > seen->list[at].rev)
        seen->list[at].rev = rev;
    seen->list[at].link = seen->link;
    if (code == NULL || *code == '\0')
        return;
    size_t named = place_of(seen, code);
    size_t *object = &seen->list[named].named;
    *object = *object == named || *object == at ? at : NOBODY;
}

void resume_seen_note(struct resume_seen *seen, const struct answer *answer)
{
    const char *rev = words_get(&answer->words, "rev");
    const char *id = answer->id;
    const char *code = words_get(&answer->words, "code");

    /* Of the rows of an answer only those of objects, and of what a batch has
     * done, count as seen. */
    if (answer->class == ANSWER_RECORD && strcmp(answer->code, "done") != 0 &&
        kind_find(answer->code) == KIND_NONE)
        return;
    if (id == NULL)
        id = words_get(&answer->words, "id");
    if (id == NULL)
        return;
    if (answer->class == ANSWER_EVENT)
        note(seen, id, code, answer->seq);
    else if (rev)
        note(seen, id, code, strtoull(rev, NULL, 10));
}

/* The first word behind the verb that is no key, as the one of resume_key is; a
 * tag may precede the verb.  NULL when there is none. */
static const char *target_of(const struct words *words)
{
    size_t at = words->n && words->list[0].value[0] == '@' ? 2 : 1;

    while (at < words->n && words->list[at].key)
        at++;
    return at < words->n ? words->list[at].value : NULL;
}

void resume_seen_named(struct resume_seen *seen, const char *request,
    size_t len, const struct answer *final)
{
    const char *id = words_get(&final->words, "id");
    const char *rev = words_get(&final->words, "rev");
    const char *end = memchr(request, '\n', len);
    size_t line = end ? (size_t)(end - request) : len;
    struct words words;
    struct words_fault fault;

    if (final->class != ANSWER_OK || id == NULL || rev == NULL ||
        words_read(request, line, NULL, LIMIT_WORDS, &words, &fault) != ERR_OK)
        return;
    const char *target = target_of(&words);
    uint64_t number = strtoull(rev, NULL, 10);
    bool is_code =
        target && kind_find(target) == KIND_NONE && strcmp(target, id) != 0;

    if (is_code)
        note(seen, id, target, number);
    note(seen, id, words_get(&words, "code"), number);
    words_free(&words);
}

/* The object that the word names, NULL when it is not known. */
static const struct resume_object *find_object(
    const struct resume_seen *seen, const char *word)
{
    size_t at = word_map_find(&seen->places, word);

    if (at == WORD_MAP_NONE || seen->list[at].named == NOBODY)
        return NULL;
    const struct resume_object *object = &seen->list[seen->list[at].named];
    return object->rev ? object : NULL;
}

bool resume_seen_put(const struct resume_seen *seen, const char *request,
    size_t len, bool lost, struct text *made)
{
    const char *end = memchr(request, '\n', len);
    size_t line = end ? (size_t)(end - request) : len;
    const struct resume_object *object = NULL;
    const struct word *guard = NULL;
    struct words words;
    struct words_fault fault;

    if (words_read(request, line, NULL, LIMIT_WORDS, &words, &fault) != ERR_OK)
        return false;
    const char *target = target_of(&words);
    if (target)
        object = find_object(seen, target);
    for (size_t i = 0; i < words.n; i++)
        if (words.list[i].key && strcmp(words.list[i].key, "if") == 0 &&
            strcmp(words.list[i].value, "seen") == 0)
            guard = &words.list[i];
    bool known = object && guard && (lost || object->link < seen->link);
    if (known) {
        text_add(made, request, guard->from);
        text_printf(made, "if=%llu", (unsigned long long)object->rev);
        text_add(made, request + guard->to, len - guard->to);
    }
    words_free(&words);
    return known;
}

void resume_seen_rewrite(
    const struct resume_seen *seen, char **request, size_t *len)
{
    struct text made = {0};

    if (!resume_seen_put(seen, *request, *len, true, &made))
        return;
    free(*request);
    *len = made.len;
    *request = text_take(&made);
}

void resume_seen_fini(struct resume_seen *seen)
{
    for (size_t i = 0; i < seen->n; i++)
        free(seen->list[i].word);
    free(seen->list);
    word_map_fini(&seen->places);
    *seen = (struct resume_seen){0};
}
