/* SPDX-License-Identifier: Apache-2.0
 *
 * notice_draft.c - what is recorded, found by key; what shall be, value by
 * value.
 */
#include "client/notice/notice_draft.h"

#include "client/notice/notice_value.h"
#include "protocol/base_mem.h"
#include "protocol/limit.h"

#include <stdlib.h>
#include <string.h>

const char *draft_text(struct draft *d, const char *format, ...)
{
    struct text made = {0};
    va_list list;

    va_start(list, format);
    text_vprintf(&made, format, list);
    va_end(list);
    return pool_give(&d->pool, text_take(&made));
}

void draft_remark(struct draft *d, enum remark_id id, long line, const char *a,
    const char *b, const char *c)
{
    remarks_add(d->remarks, id, line, a, b, c, NULL);
}

static void index_rows(struct draft *d, const struct known_rows *rows,
    struct word_map *map,
    const char *(*key)(struct draft *d, const struct known_row *row))
{
    for (size_t i = 0; i < rows->n; i++) {
        const char *word = key(d, &rows->all[i]);

        if (word)
            (void)word_map_put(map, word, i);
    }
}

void view_init(struct draft *d, struct view *view, enum kind kind,
    const char *(*key)(struct draft *d, const struct known_row *row))
{
    *view = (struct view){
        .then = &d->known->then[kind], .now = &d->known->now[kind]};
    index_rows(d, view->then, &view->by_then, key);
    index_rows(d, view->now, &view->by_now, key);
    for (size_t i = 0; i < view->now->n; i++)
        (void)word_map_put(&view->by_id, view->now->all[i].id, i);
}

bool view_find(const struct view *view, const char *key, struct want *w)
{
    size_t at = word_map_find(&view->by_then, key);

    if (at != WORD_MAP_NONE) {
        w->then = &view->then->all[at];
        at = word_map_find(&view->by_id, w->then->id);
    } else {
        at = word_map_find(&view->by_now, key);
        w->then = NULL;
    }
    w->now = at == WORD_MAP_NONE ? NULL : &view->now->all[at];
    return w->then || w->now;
}

void view_fini(struct view *view)
{
    word_map_fini(&view->by_then);
    word_map_fini(&view->by_now);
    word_map_fini(&view->by_id);
    *view = (struct view){0};
}

const char *key_of_code(struct draft *d, const struct known_row *row)
{
    const char *code = known_get(row, "code");

    (void)d;
    return *code ? code : NULL;
}

bool code_is_free(struct draft *d, enum kind kind, const char *code)
{
    const char *key = draft_text(d, "%s %s", kind_row(kind)->word, code);

    return word_map_put(&d->codes, key, 0);
}

static void put_kept(struct draft *d, const char *word)
{
    if (*word == '\0' || strpbrk(word, " \n") ||
        !word_map_put(&d->kept, word, 0))
        return;
    text_printf(&d->kept_words, "%s%s", d->kept_words.len ? "\n" : "", word);
    d->kept_more = true;
}

void kept_start(struct draft *d, const char *words)
{
    char *rest = pool_text(&d->pool, words, strlen(words));

    for (char *word; (word = strsep(&rest, " \n")) != NULL;)
        put_kept(d, word);
    d->kept_more = false;
}

bool kept_holds(struct draft *d, const char *owner, char mark, const char *what)
{
    const char *word = draft_text(d, "%s%c%s", owner, mark, what);

    return word_map_find(&d->kept, word) != WORD_MAP_NONE;
}

void kept_add(struct draft *d, const char *owner, char mark, const char *what)
{
    put_kept(d, draft_text(d, "%s%c%s", owner, mark, what));
}

void want_start(struct want *w, enum kind kind, long line, const char *label)
{
    *w = (struct want){.kind = kind, .line = line, .label = label};
}

void want_value(
    struct draft *d, struct want *w, size_t field, const char *value)
{
    if (value == NULL)
        return;
    INSIST(w->n < WANT_FIELDS && fields[field].kind == w->kind);
    size_t at = w->n++;
    if (fields[field].flags & FIELD_CODE) {
        /* The code stands first in a request, where people look for it. */
        memmove(w->fields + 1, w->fields, at * sizeof *w->fields);
        at = 0;
    }
    w->fields[at] =
        (struct want_field){field, pool_text(&d->pool, value, strlen(value))};
}

static void cut_text(
    struct draft *d, const struct want *w, size_t field, struct text *t)
{
    size_t most =
        fields[field].type == TYPE_LINE ? LIMIT_LINE_TEXT : LIMIT_BODY;

    if (value_cut(t, most))
        draft_remark(d, REMARK_CUT, w->line, w->label, fields[field].word,
            draft_text(d, "%zu", most));
}

void want_text(struct draft *d, struct want *w, size_t field, const char *words)
{
    struct text t = {0};

    if (words == NULL)
        return;
    if (fields[field].type == TYPE_WORD) {
        if (strlen(words) > LIMIT_WORD || strpbrk(words, " \n"))
            draft_remark(d, REMARK_WORD_BAD, w->line, w->label, words,
                fields[field].word);
        else
            want_value(d, w, field, words);
        return;
    }
    if (fields[field].type == TYPE_LINE)
        value_line(&t, words);
    else
        text_puts(&t, words);
    cut_text(d, w, field, &t);
    want_value(d, w, field, text_peek(&t));
    text_fini(&t);
}

void want_words(struct draft *d, struct want *w, size_t field,
    const struct notice_words *words)
{
    bool other;
    const char *picked = notice_pick(words, d->notice->language, &other);

    if (other)
        draft_remark(d, REMARK_OTHER_LANGUAGE, w->line, w->label,
            fields[field].word, d->notice->language);
    want_text(d, w, field, picked);
}

/* A number that the field can take, printed; what was lost is remarked. */
static void put_number(struct draft *d, struct want *w, size_t field,
    const char *number, int64_t unit)
{
    const char *word = fields[field].word;
    struct text printed = {0};
    int64_t value;
    bool rounded;

    if (value_number(number, unit, &value, &rounded) != ERR_OK || value < 0 ||
        (fields[field].type == TYPE_INT && (rounded || value % DECIMAL_ONE))) {
        draft_remark(d, REMARK_NUMBER_BAD, w->line, w->label, number, word);
        return;
    }
    decimal_print(&printed, value);
    if (rounded)
        remarks_add(d->remarks, REMARK_NUMBER_ROUNDED, w->line, w->label,
            number, word, printed.bytes);
    want_value(d, w, field, printed.bytes);
    text_fini(&printed);
}

void want_number(
    struct draft *d, struct want *w, size_t field, const char *number)
{
    if (number)
        put_number(d, w, field, number, 1);
}

void want_amount(struct draft *d, struct want *w, size_t field,
    const struct notice_amount *amount, const char *currency)
{
    if (amount->number == NULL)
        return;
    if (amount->currency && *currency &&
        strcmp(amount->currency, currency) != 0)
        remarks_add(d->remarks, REMARK_OTHER_CURRENCY, w->line, w->label,
            fields[field].word, amount->currency, currency);
    else
        put_number(d, w, field, amount->number, d->unit);
}

void want_day(struct draft *d, struct want *w, size_t field, const char *date)
{
    char day[11];

    if (date == NULL)
        return;
    if (value_day(date, day) == ERR_OK)
        want_value(d, w, field, day);
    else
        draft_remark(d, REMARK_TIME_BAD, w->line, w->label, date, NULL);
}
