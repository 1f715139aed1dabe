/* SPDX-License-Identifier: Apache-2.0
 *
 * phrase.c - finding and filling phrases.
 */
#include "protocol/phrase.h"

#include "protocol/base_mem.h"
#include "protocol/kind.h"
#include "protocol/spell.h"

#include <string.h>

const struct move_row move_rows[MOVE_COUNT] = {
#define MOVE(id, part, gaps) [MOVE_##id] = {part, gaps},
#include "protocol/phrases.def"
};

const struct phrase_row phrase_rows[] = {
#define PHRASE(move, audiences, levels, en, fr)                                \
    {MOVE_##move, audiences, levels, {en, fr}},
#include "protocol/phrases.def"
};

const size_t phrase_rows_n = sizeof phrase_rows / sizeof *phrase_rows;

static bool is_for(const char *list, const char *word)
{
    return *list == '\0' || list_holds(list, word, strlen(word));
}

const struct phrase_row *phrase_find(
    enum move move, const char *audience, const char *level)
{
    for (size_t i = 0; i < phrase_rows_n; i++) {
        const struct phrase_row *row = &phrase_rows[i];

        if (row->move == move && is_for(row->audiences, audience) &&
            is_for(row->levels, level))
            return row;
    }
    return NULL;
}

static const char *value_of(
    const struct phrase_gap *gaps, size_t n, const char *name, size_t len)
{
    for (size_t i = 0; i < n; i++)
        if (strlen(gaps[i].name) == len &&
            strncmp(gaps[i].name, name, len) == 0)
            return gaps[i].value;
    return NULL;
}

/* Whether a sentence is ended; a quote may stand behind. */
static bool is_ended(const struct text *sentence)
{
    static const char *const behind[] = {"”", " »"};
    size_t len = sentence->len;

    for (size_t i = 0; i < sizeof behind / sizeof *behind; i++) {
        size_t quote = strlen(behind[i]);

        if (len > quote &&
            strcmp(sentence->bytes + len - quote, behind[i]) == 0) {
            len -= quote;
            break;
        }
    }
    return len && strchr(".?!", sentence->bytes[len - 1]);
}

void phrase_fill(struct text *to, const struct phrase_row *phrase,
    enum language language, const struct phrase_gap *gaps, size_t n)
{
    struct text plain = {0};

    for (const char *p = phrase->texts[language]; *p;) {
        const char *end = *p == '{' ? strchr(p, '}') : NULL;

        if (end == NULL) {
            /* No stop behind a text that ends by a mark of its own. */
            if (*p != '.' || !is_ended(&plain))
                text_putc(&plain, *p);
            p++;
            continue;
        }
        const char *value = value_of(gaps, n, p + 1, (size_t)(end - p) - 1);
        INSIST(value != NULL);
        text_puts(&plain, value);
        p = end + 1;
    }
    if (!is_ended(&plain))
        text_putc(&plain, '.');
    spell_blanks(to, text_peek(&plain), language);
    text_fini(&plain);
}
