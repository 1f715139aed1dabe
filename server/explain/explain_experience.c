/* SPDX-License-Identifier: Apache-2.0
 *
 * explain_experience.c - how what a party lived with us, and what it remembers
 * of it, came about.
 */
#include "protocol/base_mem.h"
#include "server/explain/explain_team.h"
#include "server/people/person.h"
#include "value/formula.h"

#include <stdlib.h>
#include <string.h>

struct lived {
    const struct object **touches; /* in the order of time */
    int64_t *emotions, *weights;
    size_t n;
};

static void lived_fini(struct lived *l)
{
    free(l->touches);
    free(l->emotions);
    free(l->weights);
}

/* What was felt in a phase, or in all of them. */
static void lived_init(struct lived *l, const struct figures *f,
    const struct object *party, const char *phase)
{
    const struct objects *all = &f->team[KIND_TOUCH];

    *l = (struct lived){
        .touches = mem_new((all->n + 1) * sizeof(const struct object *)),
        .emotions = mem_new((all->n + 1) * sizeof *l->emotions),
        .weights = mem_new((all->n + 1) * sizeof *l->weights)};
    for (size_t i = 0; i < all->n; i++) {
        const struct object *o = all->list[i];

        if (maker_is_ref(VALUE(o, TOUCH, PARTY), party) &&
            VALUE(o, TOUCH, EMOTION)->set &&
            (strcmp(phase, "all") == 0 ||
                maker_is_word(VALUE(o, TOUCH, PHASE), phase)))
            l->touches[l->n++] = o;
    }
    person_sort(l->touches, l->n);
    for (size_t i = 0; i < l->n; i++) {
        l->emotions[i] =
            VALUE(l->touches[i], TOUCH, EMOTION)->number * DECIMAL_ONE;
        l->weights[i] = DECIMAL_ONE;
    }
}

static int64_t find_peak(const struct lived *l)
{
    int64_t peak = 0;

    for (size_t i = 0; i < l->n; i++)
        if (llabs(l->emotions[i]) > llabs(peak))
            peak = l->emotions[i];
    return peak / DECIMAL_ONE;
}

static void say_lived(struct figures *f, const struct lived *l)
{
    int64_t mean = formula_mean(l->emotions, l->weights, l->n);
    int64_t remembered = formula_peak_end(l->emotions, l->n);
    int64_t peak = find_peak(l), end = l->emotions[l->n - 1] / DECIMAL_ONE;
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
    static const char *const phases[] = {"all", "before", "during", "after"};
    const char *over = request_key(f->request, "over");
    const struct object *party;
    struct lived lived;
    size_t i = 0;

    while (over && i < sizeof phases / sizeof *phases &&
           strcmp(phases[i], over) != 0)
        i++;
    if (i == sizeof phases / sizeof *phases)
        return fault_set(
            f->fault, ERR_ARG, "over", over, "all,before,during,after");
    enum err err = explain_find_recorded(f, "party", KIND_PARTY, &party);
    if (err != ERR_OK)
        return err;
    lived_init(&lived, f, party, phases[i]);
    if (lived.n > 0)
        say_lived(f, &lived);
    else
        explain_say(f, "no emotion is recorded of it there");
    lived_fini(&lived);
    return ERR_OK;
}
