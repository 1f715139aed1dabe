/* SPDX-License-Identifier: Apache-2.0
 *
 * lint_clash.c - what two audiences are told of the same element or need: other
 * figures of the same unit, or to the one that it is there and to the other
 * that it is not.
 *
 * A figure is told of an element where both stand in one sentence, or anywhere
 * in a message that has this element alone.
 */
#include "server/words/lint_inside.h"

#include <stdlib.h>
#include <string.h>

#include "protocol/base_mem.h"

/* What one message says of one element or need. */
struct saying {
    struct lint_figure *list;
    size_t n, room;
    bool told;   /* it is named, or an element that keeps the promises */
    bool denied; /* a sentence about it says that it is not there */
};

static bool has_element(
    const struct object *message, const struct object *element, bool *alone)
{
    const struct datum *set = VALUE(message, MESSAGE, ELEMENTS);
    struct text id = {0};

    *alone = false;
    if (element->kind != KIND_ELEMENT || !set->set)
        return false;
    text_printf(&id, ",%llu,", (unsigned long long)element->id);
    *alone = strcmp(set->text, id.bytes) == 0;
    bool is = strstr(set->text, id.bytes) != NULL;
    text_fini(&id);
    return is;
}

static void take_figures(
    struct saying *s, const char *sentence, enum language language)
{
    struct lint_figure figure;

    while (lint_figure(&sentence, language, &figure)) {
        if (*figure.unit == '\0')
            continue;
        s->list = mem_grow(s->list, &s->room, s->n + 1, sizeof *s->list);
        s->list[s->n++] = figure;
    }
}

static void read_saying(const struct lint_text *t, const struct object *of,
    const char *name, struct saying *s)
{
    bool alone;
    bool listed = has_element(t->on, of, &alone);
    const char *p = t->text;
    struct text sentence = {0};

    *s = (struct saying){.told = listed};
    while (lint_sentence(&p, &sentence)) {
        struct text words = {0};

        lint_words(&words, text_peek(&sentence));
        bool named = lint_holds(text_peek(&words), name);
        if (named || alone)
            take_figures(s, text_peek(&sentence), t->language);
        s->told |= named;
        s->denied |=
            (named || alone) && lint_next(text_peek(&words), TERM_DENIAL,
                                    t->language, NULL) != NULL;
        text_fini(&words);
        text_fini(&sentence);
    }
    text_fini(&sentence);
}

/* A unit that both have, and no figure of it in common. */
static const struct lint_figure *clash_of(const struct saying *one,
    const struct saying *other, const struct lint_figure **theirs)
{
    for (size_t i = 0; i < one->n; i++) {
        bool same = false;

        *theirs = NULL;
        for (size_t a = 0; a < one->n; a++)
            for (size_t b = 0; b < other->n; b++) {
                if (strcmp(one->list[a].unit, one->list[i].unit) != 0 ||
                    strcmp(other->list[b].unit, one->list[i].unit) != 0)
                    continue;
                *theirs = &other->list[b];
                same |= one->list[a].micro == other->list[b].micro;
            }
        if (*theirs && !same)
            return &one->list[i];
    }
    return NULL;
}

void lint_put_figure(struct text *to, const struct lint_figure *figure)
{
    spell_number(to, figure->micro, 4, LANGUAGE_ENGLISH);
    text_printf(to, " %s", figure->unit);
}

static void put_figure(struct text *to, const char *of,
    const struct object *message, const struct lint_figure *figure)
{
    text_printf(to, "%s: ", of);
    if (figure) {
        lint_put_figure(to, figure);
        text_puts(to, ", ");
    }
    object_name(to, message);
}

static void find_clash(struct linting *l, const struct object *of,
    const struct object *here, const struct lint_figure *got,
    const struct object *there, const struct lint_figure *other)
{
    struct text name = {0};
    struct text is = {0};
    struct text may = {0};

    object_name(&name, of);
    put_figure(&is, text_peek(&name), here, got);
    put_figure(&may, text_peek(&name), there, other);
    lint_find(
        l, LINT_CONTRADICTION, here, "text", text_peek(&is), text_peek(&may));
    text_fini(&name);
    text_fini(&is);
    text_fini(&may);
}

static void compare_of(struct linting *l, const struct lint_text *one,
    const struct lint_text *other, const struct object *of)
{
    struct text name = {0};
    struct saying a;
    struct saying b;
    const struct lint_figure *theirs = NULL;

    pitch_label(&name, of);
    read_saying(one, of, text_peek(&name), &a);
    read_saying(other, of, text_peek(&name), &b);
    const struct lint_figure *mine =
        a.told && b.told ? clash_of(&a, &b, &theirs) : NULL;
    if (mine)
        find_clash(l, of, other->on, theirs, one->on, mine);
    else if (a.told && b.told && a.denied != b.denied)
        find_clash(l, of, a.denied ? one->on : other->on, NULL,
            a.denied ? other->on : one->on, NULL);
    free(a.list);
    free(b.list);
    text_fini(&name);
}

static bool same_audience(const struct object *a, const struct object *b)
{
    return VALUE(a, MESSAGE, STAKE)->number ==
               VALUE(b, MESSAGE, STAKE)->number &&
           strcmp(VALUE(a, MESSAGE, AUDIENCE)->text,
               VALUE(b, MESSAGE, AUDIENCE)->text) == 0;
}

static void compare(
    struct linting *l, const struct object *one, const struct object *other)
{
    const struct record *r = l->f->record;
    struct lint_text a;
    struct lint_text b;

    if (same_audience(one, other))
        return;
    lint_read_message(l, one, &a);
    lint_read_message(l, other, &b);
    for (size_t i = 0; i < r->n[KIND_ELEMENT]; i++)
        compare_of(l, &a, &b, r->list[KIND_ELEMENT][i]);
    for (size_t i = 0; i < r->n[KIND_NEED]; i++)
        compare_of(l, &a, &b, r->list[KIND_NEED][i]);
    text_fini(&a.words);
    text_fini(&b.words);
}

void lint_contradictions(struct linting *l, const struct object *only)
{
    const struct record *r = l->f->record;
    struct object *const *list = r->list[KIND_MESSAGE];

    for (size_t i = 0; i < r->n[KIND_MESSAGE]; i++)
        for (size_t k = i + 1; k < r->n[KIND_MESSAGE]; k++)
            if (only == NULL || list[i] == only || list[k] == only)
                compare(l, list[i], list[k]);
}
