/* SPDX-License-Identifier: Apache-2.0
 *
 * explain_calibrate.c - how the scores of forecasts came about: of one, of a
 * person, of all, and what was foreseen beside what happened.
 */
#include "protocol/base_mem.h"
#include "server/explain/explain_team.h"
#include "server/people/outcome.h"
#include "value/formula.h"
#include "value/fraction.h"

#include <stdlib.h>
#include <string.h>

/* The forecasts that are meant, of which the outcome is known. */
struct scored {
    struct figures *f;
    const struct object **forecasts;
    int64_t *chances;
    bool *won;
    size_t n;
};

static void scored_init(struct scored *s, struct figures *f)
{
    size_t n = f->team[KIND_FORECAST].n + 1;

    *s = (struct scored){.f = f,
        .forecasts = mem_new(n * sizeof(const struct object *)),
        .chances = mem_new(n * sizeof *s->chances),
        .won = mem_new(n * sizeof *s->won)};
}

static void scored_fini(struct scored *s)
{
    free(s->forecasts);
    free(s->chances);
    free(s->won);
}

/* By its id, or as one of those of a person; all where nothing is named. */
static bool is_meant(const struct object *forecast, const char *over)
{
    struct text id = {0};

    if (over == NULL || strcmp(over, outcome_person(forecast)) == 0)
        return true;
    id_print(&id, forecast->kind, forecast->id);
    bool meant = strcmp(text_peek(&id), over) == 0;
    text_fini(&id);
    return meant;
}

static void gather(struct scored *s)
{
    const struct objects *all = &s->f->team[KIND_FORECAST];
    const char *over = request_key(s->f->request, "over");

    for (size_t i = 0; i < all->n; i++) {
        const struct object *o = all->list[i];
        bool won;

        if (!is_meant(o, over) ||
            !outcome_known(outcome_of(&s->f->team[KIND_TENDER], o), &won))
            continue;
        s->forecasts[s->n] = o;
        s->chances[s->n] = VALUE(o, FORECAST, CHANCE)->number;
        s->won[s->n++] = won;
    }
}

static void say_score(struct scored *s, size_t i)
{
    const struct object *forecast = s->forecasts[i];
    const struct object *tender =
        outcome_tender(&s->f->team[KIND_TENDER], forecast);
    struct text id = {0};

    id_print(&id, forecast->kind, forecast->id);
    explain_say(s->f,
        "%s: score = (chance - 1 where it was won, 0 where it was lost) ^ 2 = "
        "(%s - %d) ^ 2 = %s",
        text_peek(&id), explain_decimal(s->chances[i]).text, s->won[i],
        explain_micro(formula_brier(&s->chances[i], &s->won[i], 1)).text);
    text_fini(&id);
    explain_input(s->f, forecast, FIELD_FORECAST_CHANCE);
    explain_input(s->f, forecast, FIELD_FORECAST_OUTCOME);
    if (tender != NULL && !VALUE(forecast, FORECAST, OUTCOME)->set)
        explain_input(s->f, tender, FIELD_TENDER_STATE);
}

static void say_brier(struct scored *s)
{
    struct text all = {0};

    for (size_t i = 0; i < s->n; i++)
        text_printf(&all, "%s(%s - %d) ^ 2", i ? ", " : "",
            explain_decimal(s->chances[i]).text, s->won[i]);
    explain_say(s->f, "brier = mean of the scores = mean(%s) = %s",
        text_peek(&all),
        explain_micro(formula_brier(s->chances, s->won, s->n)).text);
    text_fini(&all);
}

/* Those of one fifth of the chances. */
static void say_bin(struct scored *s, int at)
{
    struct formula_bin bin, one;
    struct text all = {0};

    if (!formula_bin_of(s->chances, s->won, s->n, at, &bin))
        return;
    for (size_t i = 0; i < s->n; i++)
        if (formula_bin_of(&s->chances[i], &s->won[i], 1, at, &one))
            text_printf(&all, "%s%s", all.len ? ", " : "",
                explain_decimal(s->chances[i]).text);
    explain_say(s->f,
        "from %s to %s: chance = mean of what was foreseen = mean(%s) = %s",
        explain_micro(MICRO_ONE / FORMULA_BINS * at).text,
        explain_micro(MICRO_ONE / FORMULA_BINS * (at + 1)).text,
        text_peek(&all), explain_micro(bin.chance).text);
    explain_say(s->f, "share = won / forecasts = %zu / %zu = %s", bin.won,
        bin.n, explain_micro(bin.share).text);
    text_fini(&all);
}

enum err explain_calibrate(struct figures *f)
{
    struct scored s;

    scored_init(&s, f);
    gather(&s);
    for (size_t i = 0; i < s.n; i++)
        say_score(&s, i);
    if (s.n > 0)
        say_brier(&s);
    else
        explain_say(f, "of none of these forecasts the outcome is known");
    for (int bin = 0; bin < FORMULA_BINS && s.n > 0; bin++)
        say_bin(&s, bin);
    scored_fini(&s);
    return ERR_OK;
}
