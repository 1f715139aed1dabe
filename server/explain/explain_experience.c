/* SPDX-License-Identifier: Apache-2.0
 *
 * explain_experience.c - how what a party lived with us, and what it remembers
 * of it, came about.
 */
#include "protocol/base_mem.h"
#include "server/explain/explain_team.h"
#include "server/people/journey.h"
#include "server/people/person.h"
#include "value/formula.h"

#include <stdlib.h>
#include <string.h>

/* The touches of a party, in the order of time; *n of them. */
static const struct object **find_touches(
    const struct figures *f, const struct object *party, size_t *n)
{
    const struct objects *all = &f->team[KIND_TOUCH];
    const struct object **list =
        mem_new((all->n + 1) * sizeof(const struct object *));

    *n = 0;
    for (size_t i = 0; i < all->n; i++)
        if (maker_is_ref(VALUE(all->list[i], TOUCH, PARTY), party))
            list[(*n)++] = all->list[i];
    person_sort(list, *n);
    return list;
}

static void say_lived(struct figures *f, const struct journey *l)
{
    int64_t mean = formula_mean(l->emotions, l->weights, l->n);
    int64_t remembered = formula_peak_end(l->emotions, l->n);
    int64_t peak = l->peak, end = l->emotions[l->n - 1] / DECIMAL_ONE;
    struct text all = {0};

    for (size_t i = 0; i < l->n; i++)
        text_printf(&all, "%s%lld", i ? ", " : "",
            (long long)(l->emotions[i] / DECIMAL_ONE));
    explain_say(f, "mean = mean of the emotions in their order = mean(%s) = %s",
        text_peek(&all), explain_micro(mean).text);
    explain_say(f,
        "peak = the one furthest from 0, the first of several = %lld = %lld",
        (long long)peak, (long long)peak);
    explain_say(
        f, "end = the last one = %lld = %lld", (long long)end, (long long)end);
    explain_say(f, "remembered = (peak + end) / 2 = (%lld + %lld) / 2 = %s",
        (long long)peak, (long long)end, explain_micro(remembered).text);
    explain_say(f, "gap = remembered - mean = %s - %s = %s",
        explain_micro(remembered).text, explain_micro(mean).text,
        explain_micro(remembered - mean).text);
    for (size_t i = 0; i < l->n; i++)
        explain_input(f, l->touches[i], FIELD_TOUCH_EMOTION);
    text_fini(&all);
}

enum err explain_experience(struct figures *f)
{
    const char *over = request_key(f->request, "over");
    const struct object *party;
    struct journey lived;
    size_t phase = 0, n;

    while (over && phase < JOURNEY_PHASES &&
           strcmp(journey_phases[phase], over) != 0)
        phase++;
    if (phase == JOURNEY_PHASES)
        return fault_set(
            f->fault, ERR_ARG, "over", over, "all,before,during,after");
    enum err err = explain_find_recorded(f, "party", KIND_PARTY, &party);
    if (err != ERR_OK)
        return err;
    const struct object **touches = find_touches(f, party, &n);
    journey_init(&lived, touches, n, phase);
    if (lived.n > 0)
        say_lived(f, &lived);
    else
        explain_say(f, "no emotion is recorded of it there");
    journey_fini(&lived);
    free(touches);
    return ERR_OK;
}
