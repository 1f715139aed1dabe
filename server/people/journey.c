/* SPDX-License-Identifier: Apache-2.0
 *
 * journey.c - the emotions of a phase.
 */
#include "server/people/journey.h"

#include "protocol/base_mem.h"

#include <stdlib.h>

const char *const journey_phases[JOURNEY_PHASES] = {
    "all", "before", "during", "after"};

static void add_touch(struct journey *j, const struct object *touch)
{
    int64_t emotion = VALUE(touch, TOUCH, EMOTION)->number;

    j->touches[j->n] = touch;
    j->weights[j->n] = DECIMAL_ONE;
    j->emotions[j->n++] = emotion * DECIMAL_ONE;
    if (llabs(emotion) > llabs(j->peak))
        j->peak = emotion;
}

void journey_init(struct journey *journey, const struct object *const *touches,
    size_t n, size_t phase)
{
    *journey = (struct journey){
        .touches = mem_new((n + 1) * sizeof(const struct object *)),
        .emotions = mem_new((n + 1) * sizeof *journey->emotions),
        .weights = mem_new((n + 1) * sizeof *journey->weights)};
    for (size_t i = 0; i < n; i++)
        if (VALUE(touches[i], TOUCH, EMOTION)->set &&
            (phase == 0 || maker_is_word(VALUE(touches[i], TOUCH, PHASE),
                               journey_phases[phase])))
            add_touch(journey, touches[i]);
}

void journey_fini(struct journey *journey)
{
    free(journey->touches);
    free(journey->emotions);
    free(journey->weights);
    *journey = (struct journey){0};
}
