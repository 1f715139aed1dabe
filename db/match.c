/* SPDX-License-Identifier: Apache-2.0
 *
 * match.c - the phrases of a search in the texts of one object, and what
 * stands around the first of them.  Pure.
 */
#include "db/match.h"

#include "db/terms.h"
#include "protocol/base_mem.h"
#include "protocol/fold.h"

#include <stdlib.h>
#include <string.h>

/* Bytes of the text that a snippet shows before and behind the match. */
#define SNIPPET_BEFORE 40
#define SNIPPET_BEHIND 80
#define SNIPPET_MOST   400

struct token {
    size_t at, len; /* in the text */
    size_t word;    /* in the bytes */
};

/* A text, cut into words. */
struct tokens {
    const char *text;
    struct text bytes;
    struct token *list;
    size_t n, room;
};

static void cut(const char *text, struct tokens *got)
{
    struct folded word;

    got->text = text;
    for (const char *p = text; fold_next(&p, &word);) {
        got->list =
            mem_grow(got->list, &got->room, got->n + 1, sizeof *got->list);
        got->list[got->n++] =
            (struct token){(size_t)(word.at - text), word.len, got->bytes.len};
        text_add(&got->bytes, word.word, strlen(word.word) + 1);
    }
}

static bool stands_at(
    const struct tokens *tokens, size_t at, const struct phrase *phrase)
{
    if (tokens->n - at < phrase->n)
        return false;
    for (size_t i = 0; i < phrase->n; i++) {
        const char *word = tokens->bytes.bytes + tokens->list[at + i].word;
        bool open = phrase->prefix && i + 1 == phrase->n;
        size_t len = strlen(phrase->words[i]) + !open;

        if (strncmp(word, phrase->words[i], len) != 0)
            return false;
    }
    return true;
}

/* The place of a phrase, tokens->n when it is not there. */
static size_t find_phrase(
    const struct tokens *tokens, const struct phrase *phrase)
{
    size_t at = 0;

    while (at < tokens->n && !stands_at(tokens, at, phrase))
        at++;
    return at;
}

static bool is_inside(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

/* Blanks for line ends, no control character. */
static void put_plain(struct text *to, const char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++)
        text_putc(to, (unsigned char)bytes[i] < ' ' ? ' ' : bytes[i]);
}

static size_t end_of(const struct token *token)
{
    return token->at + token->len;
}

/* Whole words before the match, as far as they are near. */
static size_t find_start(const struct tokens *tokens, size_t at)
{
    size_t i = at;

    while (
        i > 0 && tokens->list[at].at - tokens->list[i - 1].at <= SNIPPET_BEFORE)
        i--;
    bool whole = i == 0 && tokens->list[0].at <= SNIPPET_BEFORE;
    return whole ? 0 : tokens->list[i].at;
}

/* And behind it. */
static size_t find_end(const struct tokens *tokens, size_t last)
{
    size_t i = last, match = end_of(&tokens->list[last]);

    while (i + 1 < tokens->n &&
           end_of(&tokens->list[i + 1]) - match <= SNIPPET_BEHIND)
        i++;
    size_t end = end_of(&tokens->list[i]);
    size_t rest = strlen(tokens->text + end);
    return i + 1 == tokens->n && rest <= SNIPPET_BEHIND ? end + rest : end;
}

static char *cut_out(const struct tokens *tokens, size_t at, size_t words)
{
    const char *text = tokens->text;
    size_t from = find_start(tokens, at);
    size_t end = find_end(tokens, at + words - 1);
    struct text made = {0};

    if (end - from > SNIPPET_MOST)
        end = from + SNIPPET_MOST;
    while (is_inside(text[end]))
        end--;
    if (from > 0)
        text_puts(&made, "…");
    put_plain(&made, text + from, end - from);
    if (text[end])
        text_puts(&made, "…");
    return text_take(&made);
}

/* How much of the search one field holds. */
struct score {
    size_t phrases;
    size_t at, words; /* of the first of them */
};

static struct score score_of(
    const struct tokens *tokens, const struct search *search, bool *found)
{
    struct score score = {.at = tokens->n};

    for (size_t i = 0; i < search->n; i++) {
        size_t at = find_phrase(tokens, &search->phrases[i]);

        if (at == tokens->n)
            continue;
        found[i] = true;
        score.phrases++;
        if (at < score.at) {
            score.at = at;
            score.words = search->phrases[i].n;
        }
    }
    return score;
}

static bool has_all(const struct search *search, const bool *found)
{
    size_t n = 0;

    while (n < search->n && found[n])
        n++;
    return n == search->n;
}

bool match_object(const struct object *object, const struct search *search,
    size_t *field, char **snippet, size_t *cost)
{
    const struct kind_row *row = kind_row(object->kind);
    bool found[SEARCH_PHRASES] = {false};
    size_t best = 0;
    char *made = NULL;

    for (size_t i = 0; i < row->count; i++) {
        const struct datum *d = &object->values[i];
        struct tokens tokens = {0};

        if (!terms_is_text(row->first + i) || !d->set)
            continue;
        cut(d->text, &tokens);
        *cost += strlen(d->text);
        struct score score = score_of(&tokens, search, found);
        if (score.phrases > best) {
            best = score.phrases;
            *field = row->first + i;
            free(made);
            made = cut_out(&tokens, score.at, score.words);
        }
        text_fini(&tokens.bytes);
        free(tokens.list);
    }
    if (has_all(search, found))
        *snippet = made;
    else
        free(made);
    return has_all(search, found);
}
