/* SPDX-License-Identifier: Apache-2.0
 *
 * figure_compare.c - what needs weigh when they are compared in pairs (AHP).
 */
#include "protocol/base_mem.h"
#include "server/figure/aid.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PAIR_WORDS                                                             \
    "NEED:NEED:TIMES, comma between them, TIMES as 3 or 1/3, up to 1000"

/* The place of a need among those compared, a new one for a new need. */
static enum err find_need(struct aid_compared *c, const char *word, size_t *at)
{
    const struct tender_model *made = c->f->made;
    size_t need;
    enum err err = explain_find_key(
        c->f, "pairs", word, made->needs, made->model.needs_n, &need);

    if (err != ERR_OK)
        return err;
    for (*at = 0; *at < c->n && c->needs[*at] != need; ++*at)
        continue;
    if (*at < c->n)
        return ERR_OK;
    if (c->n == MCDA_COMPARED)
        return fault_set(c->f->fault, ERR_LIMIT, "pairs", "more needs", "10");
    c->needs[c->n++] = need;
    return ERR_OK;
}

/* A number above 0, or one over another. */
static bool read_times(char *word, double *times)
{
    char *below = strchr(word, '/');
    int64_t above, under = DECIMAL_ONE;

    if (below != NULL) {
        *below++ = '\0';
        if (decimal_read(below, &under) != ERR_OK || under <= 0)
            return false;
    }
    if (decimal_read(word, &above) != ERR_OK || above <= 0)
        return false;
    *times = (double)above / (double)under;
    return *times >= 0.001 && *times <= 1000.0;
}

static enum err read_pair(struct aid_compared *c, const char *pair)
{
    char *words = mem_text(pair);
    char *rest = words;
    const char *one = strsep(&rest, ":");
    const char *other = strsep(&rest, ":");
    double times = 1.0;
    size_t i = 0, j = 0;
    enum err err = ERR_OK;

    if (other == NULL || rest == NULL || !read_times(rest, &times))
        err = fault_set(c->f->fault, ERR_ARG, "pairs", pair, PAIR_WORDS);
    if (err == ERR_OK)
        err = find_need(c, one, &i);
    if (err == ERR_OK)
        err = find_need(c, other, &j);
    if (err == ERR_OK && (i == j || c->said[i * MCDA_COMPARED + j] > 0.0))
        err = fault_set(c->f->fault, ERR_ARG, "pairs", pair,
            "each two needs once, and none with itself");
    if (err == ERR_OK) {
        c->said[i * MCDA_COMPARED + j] = times;
        c->said[j * MCDA_COMPARED + i] = 1.0 / times;
    }
    free(words);
    return err;
}

static enum err read_pairs(struct aid_compared *c)
{
    const char *list = request_key(c->f->request, "pairs");
    enum err err = ERR_OK;

    if (list == NULL || *list == '\0')
        return fault_set(c->f->fault, ERR_ARG, "pairs", "nothing", PAIR_WORDS);
    char *words = mem_text(list);
    char *rest = words;
    for (char *word; err == ERR_OK && (word = strsep(&rest, ",")) != NULL;)
        err = read_pair(c, word);
    free(words);
    return err;
}

static const char *name_of(struct aid_compared *c, size_t at, struct text *name)
{
    object_name(name, c->f->made->needs[c->needs[at]]);
    return text_peek(name);
}

/* Every two of them have to have been compared. */
static enum err fill_table(struct aid_compared *c)
{
    for (size_t i = 0; i < c->n; i++) {
        for (size_t j = 0; j < c->n; j++) {
            double said = i == j ? 1.0 : c->said[i * MCDA_COMPARED + j];
            struct text pair = {0};

            c->pairs[i * c->n + j] = said;
            if (said > 0.0)
                continue;
            (void)name_of(c, i, &pair);
            text_putc(&pair, ':');
            (void)name_of(c, j, &pair);
            enum err err = fault_set(c->f->fault, ERR_ARG, "pairs",
                text_peek(&pair), "a comparison of these two as well");
            text_fini(&pair);
            return err;
        }
    }
    return ERR_OK;
}

static const struct object *weighs_of(
    const struct figures *f, const struct object *need, size_t segment)
{
    const struct object *party = f->made->segments[segment];

    for (size_t i = 0; i < f->record->n[KIND_WEIGHS]; i++) {
        const struct object *o = f->record->list[KIND_WEIGHS][i];
        const struct datum *on = &o->values[field_place(FIELD_WEIGHS_NEED)];
        const struct datum *by = &o->values[field_place(FIELD_WEIGHS_PARTY)];

        if ((uint64_t)on->number == need->id &&
            (uint64_t)by->number == party->id)
            return o;
    }
    return NULL;
}

/* The line that records it, of 10 for what weighs most. */
static void put_line(struct aid_compared *c, struct reply *r, size_t at,
    size_t segment, double importance)
{
    const struct figures *f = c->f;
    const struct object *need = f->made->needs[c->needs[at]];
    const struct object *weighs = weighs_of(f, need, segment);
    struct text line = {0};
    struct text name = {0};

    if (weighs != NULL) {
        text_puts(&line, "set ");
        id_print(&line, weighs->kind, weighs->id);
    } else {
        text_printf(&line, "add weighs need=%s", name_of(c, at, &name));
        name.len = 0;
        object_name(&name, f->made->segments[segment]);
        text_printf(&line, " party=%s", text_peek(&name));
    }
    text_printf(&line, " importance=%.2f", importance);
    reply_word(r, "line", text_peek(&line));
    text_fini(&line);
    text_fini(&name);
}

double aid_most(const struct aid_compared *compared)
{
    double most = 0.0;

    for (size_t i = 0; i < compared->n; i++)
        most = fmax(most, compared->weights[i]);
    return most;
}

double aid_importance(const struct aid_compared *compared, size_t at)
{
    return 10.0 * compared->weights[at] / aid_most(compared);
}

static void rows_weight(struct aid_compared *c, size_t segment)
{
    for (size_t i = 0; i < c->n; i++) {
        struct reply *r = figures_row(c->f, "weight");
        double importance = aid_importance(c, i);
        figures_name(r, "need", c->f->made->needs[c->needs[i]]);
        reply_micro(r, "weight", aid_micro(c->weights[i]));
        reply_micro(r, "importance", aid_micro(importance));
        if (segment != MODEL_NOWHERE)
            put_line(c, r, i, segment, importance);
        reply_end(r);
    }
}

/* What was said of each two, and what the weights say of them. */
static void rows_pair(struct aid_compared *c)
{
    const double *weights = c->weights;

    for (size_t i = 0; i < c->n; i++) {
        for (size_t j = i + 1; j < c->n; j++) {
            struct reply *r = figures_row(c->f, "pair");
            figures_name(r, "need", c->f->made->needs[c->needs[i]]);
            figures_name(r, "over", c->f->made->needs[c->needs[j]]);
            reply_micro(r, "said", aid_micro(c->pairs[i * c->n + j]));
            reply_micro(r, "fits", aid_micro(weights[i] / weights[j]));
            reply_end(r);
        }
    }
}

/* Answers that hang together less than a tenth of what random ones would are
 * worth a second look; of two there is nothing to hang together. */
static void say_consistency(struct aid_compared *c)
{
    const struct mcda_consistency *told = &c->told;
    struct reply *r = c->f->last;

    reply_word(r, "method", "ahp");
    reply_micro(r, "lambda", aid_micro(told->lambda));
    reply_micro(r, "index", aid_micro(told->index));
    reply_micro(r, "random", aid_micro(mcda_random(c->n)));
    reply_word(r, "random-from", "Saaty-1980");
    reply_micro(r, "ratio", aid_micro(told->ratio));
    reply_yes(r, "consistent", told->ratio <= 0.1);
}

enum err aid_weigh(struct figures *f, struct aid_compared *compared)
{
    *compared = (struct aid_compared){.f = f};
    enum err err = read_pairs(compared);

    if (err == ERR_OK)
        err = fill_table(compared);
    if (err == ERR_OK)
        err = mcda_ahp(
            compared->pairs, compared->n, compared->weights, &compared->told);
    return err;
}

enum err aid_compare(struct figures *f)
{
    struct aid_compared c;
    size_t segment = MODEL_NOWHERE;
    enum err err = ERR_OK;

    if (f->segment != NULL)
        err = explain_find_key(f, "segment", f->segment, f->made->segments,
            f->made->model.segments_n, &segment);
    if (err == ERR_OK)
        err = aid_weigh(f, &c);
    if (err != ERR_OK)
        return err;
    rows_weight(&c, segment);
    rows_pair(&c);
    say_consistency(&c);
    return ERR_OK;
}
