/* SPDX-License-Identifier: Apache-2.0
 *
 * lint_text.c - one text against the level of those who are to read it.
 */
#include "server/words/lint_inside.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void lint_find(struct linting *l, enum lint rule, const struct object *on,
    const char *field, const char *got, const char *allowed)
{
    struct reply *r = figures_row(l->f, "finding");

    reply_word(r, "rule", lint_rows[rule].word);
    if (on)
        figures_name(r, "on", on);
    reply_word(r, "field", field);
    if (got)
        reply_word(r, "got", got);
    if (allowed)
        reply_word(r, "allowed", allowed);
    reply_word(r, "why", lint_rows[rule].why[l->f->language]);
    reply_end(r);
    l->findings++;
}

/* "got=64 allowed=<=60" */
static void find_number(struct linting *l, enum lint rule,
    const struct lint_text *t, size_t got, const char *how, size_t allowed)
{
    char is[24];
    char may[32];

    (void)snprintf(is, sizeof is, "%zu", got);
    (void)snprintf(may, sizeof may, "%s%zu", how, allowed);
    lint_find(l, rule, t->on, t->field, is, may);
}

static void check_length(struct linting *l, const struct lint_text *t)
{
    const struct speech *speech = speech_of(t->level);
    struct readable r;
    char got[32];
    char least[16];

    readable_count(t->text,
        t->language == LANGUAGE_FRENCH ? READABLE_FRENCH : READABLE_ENGLISH,
        &r);
    if (r.words > speech->words)
        find_number(l, LINT_LENGTH, t, r.words, "<=", speech->words);
    if (r.words == 0 || speech->readable == 0 ||
        r.score >= speech->readable * INT64_C(1000000))
        return;
    (void)snprintf(got, sizeof got, "%" PRId64, r.score / 1000000);
    (void)snprintf(least, sizeof least, ">=%d", speech->readable);
    lint_find(l, LINT_READABILITY, t->on, t->field, got, least);
}

/* Those who know the trade know its words. */
void lint_check_words(struct linting *l, const struct lint_text *t)
{
    const char *p = t->text;
    struct text acronym = {0};

    if (t->level >= LEVEL_SAVVY)
        return;
    for (const struct term *term = NULL;
         (term = lint_next(
              text_peek(&t->words), TERM_JARGON, t->language, term)) != NULL;)
        lint_find(l, LINT_JARGON, t->on, t->field, term->words,
            term->instead[t->language]);
    while (lint_acronym(t->text, &p, &acronym)) {
        lint_find(l, LINT_ACRONYM, t->on, t->field, acronym.bytes, NULL);
        text_fini(&acronym);
    }
}

void lint_check_price(struct linting *l, const struct lint_text *t)
{
    if (speech_of(t->level)->argues_price)
        return;
    for (const struct term *term = NULL;
         (term = lint_next(
              text_peek(&t->words), TERM_PRICE, t->language, term)) != NULL;)
        lint_find(l, LINT_PRICE, t->on, t->field, term->words, NULL);
}

/* Sentences that hold a term of a list. */
static size_t count_sentences(const struct lint_text *t, enum term_list list)
{
    const char *p = t->text;
    struct text sentence = {0};
    size_t n = 0;

    while (lint_sentence(&p, &sentence)) {
        struct text words = {0};

        lint_words(&words, text_peek(&sentence));
        n += lint_next(text_peek(&words), list, t->language, NULL) != NULL;
        text_fini(&words);
        text_fini(&sentence);
    }
    text_fini(&sentence);
    return n;
}

static size_t count_figures(const struct lint_text *t)
{
    const char *p = t->text;
    struct lint_figure figure;
    size_t n = 0;

    while (lint_figure(&p, t->language, &figure))
        n += *figure.unit != '\0';
    return n;
}

static void check_content(struct linting *l, const struct lint_text *t)
{
    size_t n;

    switch (speech_of(t->level)->says) {
    case SAYS_ONE:
        n = count_sentences(t, TERM_RECOMMEND);
        if (n != 1)
            find_number(l, LINT_ONE, t, n, "", 1);
        return;
    case SAYS_FIGURES:
        n = count_figures(t);
        if (n < 2)
            find_number(l, LINT_FIGURES, t, n, ">=", 2);
        return;
    case SAYS_QUESTIONS:
        if (strchr(t->text, '?') == NULL)
            find_number(l, LINT_QUESTION, t, 0, ">=", 1);
        return;
    case SAYS_WHY:
        return;
    }
}

bool lint_proves(const struct lint_text *t)
{
    return lint_next(text_peek(&t->words), TERM_PROOF, t->language, NULL) !=
           NULL;
}

void lint_check_text(struct linting *l, const struct lint_text *t)
{
    if (t->level == LEVEL_COUNT)
        return;
    check_length(l, t);
    lint_check_words(l, t);
    lint_check_price(l, t);
    check_content(l, t);
}
