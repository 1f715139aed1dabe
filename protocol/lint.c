/* SPDX-License-Identifier: Apache-2.0
 *
 * lint.c - words, sentences, figures and acronyms of a text.
 */
#include "protocol/lint.h"

#include "protocol/fold.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define MICRO INT64_C(1000000)

const struct lint_row lint_rows[LINT_COUNT] = {
#define LINT(id, word, en, fr) [LINT_##id] = {word, {en, fr}},
#include "protocol/lint.def"
};

static const struct term terms[] = {
#define TERM(list, language, words, en, fr)                                    \
    {TERM_##list, language, words, {en, fr}},
#include "protocol/lint.def"
};

void lint_words(struct text *to, const char *text)
{
    struct folded word;

    text_putc(to, ' ');
    while (fold_next(&text, &word)) {
        text_puts(to, word.word);
        text_putc(to, ' ');
    }
}

static bool stands_in(const char *words, const struct term *term)
{
    struct text look = {0};
    size_t len = strlen(term->words);
    bool open = term->words[len - 1] == '*';

    text_putc(&look, ' ');
    text_add(&look, term->words, len - open);
    if (!open)
        text_putc(&look, ' ');
    bool is = strstr(words, look.bytes) != NULL;
    text_fini(&look);
    return is;
}

const struct term *lint_next(const char *words, enum term_list list,
    enum language language, const struct term *after)
{
    const char *code = language == LANGUAGE_FRENCH ? "fr" : "en";

    for (size_t i = after ? (size_t)(after - terms) + 1 : 0;
         i < sizeof terms / sizeof *terms; i++) {
        const struct term *term = &terms[i];

        if (term->list == list &&
            (*term->language == '\0' || strcmp(term->language, code) == 0) &&
            stands_in(words, term))
            return term;
    }
    return NULL;
}

bool lint_holds(const char *words, const char *name)
{
    struct text look = {0};

    lint_words(&look, name);
    bool is = look.len > 1 && strstr(words, look.bytes) != NULL;
    text_fini(&look);
    return is;
}

/* A mark ends a sentence where no letter or digit follows at once. */
bool lint_sentence(const char **p, struct text *to)
{
    const char *from = *p + strspn(*p, " \t\n");
    const char *end = from;

    if (*from == '\0')
        return false;
    for (; *end && *end != '\n'; end++)
        if (strchr(".?!", *end) && !isalnum((unsigned char)end[1]))
            break;
    end += *end != '\0';
    text_add(to, from, (size_t)(end - from));
    *p = end;
    return true;
}

/* Figures. */

static size_t blank_len(const char *p)
{
    static const char *const blanks[] = {" ", "\u00a0", "\u202f"};

    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++)
        if (strncmp(p, blanks[i], strlen(blanks[i])) == 0)
            return strlen(blanks[i]);
    return 0;
}

static bool is_group(const char *p)
{
    return isdigit((unsigned char)p[0]) && isdigit((unsigned char)p[1]) &&
           isdigit((unsigned char)p[2]) && !isdigit((unsigned char)p[3]);
}

/* What may stand between the thousands. */
static size_t group_mark(const char *p, enum language language)
{
    size_t len = language == LANGUAGE_FRENCH ? blank_len(p) : *p == ',';

    return len && is_group(p + len) ? len : 0;
}

/* Digits beyond what is counted in are read and dropped. */
static const char *read_number(
    const char *p, enum language language, int64_t *micro)
{
    char mark = language == LANGUAGE_FRENCH ? ',' : '.';
    int64_t step = MICRO / 10;

    *micro = 0;
    for (;; p += group_mark(p, language)) {
        for (; isdigit((unsigned char)*p); p++)
            if (*micro < INT64_MAX / 100)
                *micro = *micro * 10 + (*p - '0') * MICRO;
        if (group_mark(p, language) == 0)
            break;
    }
    if (*p == mark && isdigit((unsigned char)p[1]))
        for (p++; isdigit((unsigned char)*p); p++, step /= 10)
            *micro += (*p - '0') * step;
    return p;
}

/* Words and signs that mean the same unit. */
static const char *unit_of(const char *word)
{
    static const char *const same[][6] = {{"eur", "euro", "euros", "€", NULL},
        {"usd", "dollar", "dollars", "$", NULL},
        {"gbp", "pound", "pounds", "£", NULL},
        {"%", "percent", "pourcent", NULL},
        {"minute", "minutes", "min", "mn", NULL},
        {"hour", "hours", "heure", "heures", "h", NULL},
        {"day", "days", "jour", "jours", NULL},
        {"week", "weeks", "semaine", "semaines", NULL},
        {"month", "months", "mois", NULL},
        {"year", "years", "an", "ans", "annees", NULL},
        {"time", "times", "fois", NULL}, {"point", "points", NULL},
        {"place", "places", NULL}, {"km", NULL}};

    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        for (size_t k = 0; same[i][k]; k++)
            if (strcmp(same[i][k], word) == 0)
                return same[i][0];
    return word;
}

static size_t sign_len(const char *p)
{
    static const char *const signs[] = {"€", "$", "£", "%"};

    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (strncmp(p, signs[i], strlen(signs[i])) == 0)
            return strlen(signs[i]);
    return 0;
}

static void put_unit(struct lint_figure *got, const char *word, size_t len)
{
    char unit[LINT_UNIT];

    (void)snprintf(unit, sizeof unit, "%.*s", (int)len, word);
    (void)snprintf(got->unit, sizeof got->unit, "%s", unit_of(unit));
}

static void read_unit(
    const char *text, const char *from, const char *p, struct lint_figure *got)
{
    static const size_t back[] = {1, 2, 3};
    const char *behind = p + blank_len(p);
    struct folded word;

    for (size_t i = 0; i < sizeof back / sizeof *back; i++)
        if ((size_t)(from - text) >= back[i] &&
            sign_len(from - back[i]) == back[i]) {
            put_unit(got, from - back[i], back[i]);
            return;
        }
    if (sign_len(behind)) {
        put_unit(got, behind, sign_len(behind));
        return;
    }
    const char *rest = behind;
    if (fold_next(&rest, &word) && word.at == behind &&
        !isdigit((unsigned char)*behind))
        put_unit(got, word.word, strlen(word.word));
}

bool lint_figure(
    const char **p, enum language language, struct lint_figure *got)
{
    const char *text = *p;

    for (const char *at = text; *at; at++) {
        if (!isdigit((unsigned char)*at) ||
            (at > text && isalnum((unsigned char)at[-1])))
            continue;
        *got = (struct lint_figure){0};
        const char *end = read_number(at, language, &got->micro);
        read_unit(text, at, end, got);
        *p = end;
        return true;
    }
    return false;
}

/* Acronyms. */

static size_t acronym_len(const char *p)
{
    size_t len = strspn(p, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
    size_t letters = 0;

    for (size_t i = 0; i < len; i++)
        letters += isupper((unsigned char)p[i]) != 0;
    return letters >= 2 && !isalnum((unsigned char)p[len]) &&
                   ((unsigned char)p[len] & 0x80) == 0
               ? len
               : 0;
}

/* Currencies and words of tax are read by everybody. */
static bool is_common(const char *word)
{
    static const char *const known[] = {"EUR", "USD", "GBP", "CHF", "HT", "TTC",
        "TV", "OK", "PDF", "SMS", "USB", "FR", "EN", "II", "III", "IV", "VI"};

    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i], word) == 0)
            return true;
    return false;
}

static bool is_spelled_out(const char *text, const char *word)
{
    struct text look = {0};

    text_printf(&look, "(%s)", word);
    bool is = strstr(text, look.bytes) != NULL;
    text_fini(&look);
    text_printf(&look, "%s (", word);
    is |= strstr(text, look.bytes) != NULL;
    text_fini(&look);
    return is;
}

bool lint_acronym(const char *text, const char **p, struct text *to)
{
    for (const char *at = *p; *at; at++) {
        size_t len = acronym_len(at);

        if (len == 0 || (at > text && (isalnum((unsigned char)at[-1]) ||
                                          ((unsigned char)at[-1] & 0x80))))
            continue;
        struct text word = {0};
        text_add(&word, at, len);
        bool is = !is_common(word.bytes) && !is_spelled_out(text, word.bytes);
        if (is)
            text_puts(to, word.bytes);
        text_fini(&word);
        at += len - 1;
        if (is) {
            *p = at + 1;
            return true;
        }
    }
    return false;
}
