/* SPDX-License-Identifier: Apache-2.0
 *
 * contrast.c - regrets, overlaps, fidelity.
 */
#include "value/gap/contrast.h"

#include <stdlib.h>

#include "protocol/base_mem.h"
#include "value/fraction.h"

static int64_t value_of(const struct users_bid *bid, enum contrast_of of)
{
    if (!bid->known)
        return MODEL_ABSENT;
    switch (of) {
    case CONTRAST_WORST:
        return bid->min;
    case CONTRAST_CAPTIVES:
        return bid->captives;
    case CONTRAST_MEAN:
        break;
    }
    return bid->mean;
}

bool contrast_regret(const struct award_result *award,
    const struct users_result *users, enum contrast_of of,
    struct contrast_regret *made)
{
    size_t winner = award->leader;

    if (winner == MODEL_NOWHERE ||
        value_of(&users->bids[winner], of) == MODEL_ABSENT)
        return false;
    size_t best = winner;
    for (size_t b = 0; b < users->bids_n; b++) {
        int64_t value = value_of(&users->bids[b], of);
        if (value != MODEL_ABSENT && value > value_of(&users->bids[best], of))
            best = b;
    }
    const struct award_bid *chosen = &award->bids[best];
    *made = (struct contrast_regret){winner, best,
        value_of(&users->bids[best], of) - value_of(&users->bids[winner], of),
        MODEL_ABSENT};
    if (best == winner)
        made->points = 0;
    else if (chosen->admitted && chosen->lead != MODEL_ABSENT)
        made->points = -chosen->lead;
    return true;
}

/* The place of an entry when the largest comes first. */
static size_t place_of(const int64_t *list, size_t n, size_t at)
{
    size_t place = 0;

    for (size_t i = 0; i < n; i++)
        place += list[i] > list[at] || (i < at && list[i] == list[at]);
    return place;
}

size_t contrast_overlap(const int64_t *a, const int64_t *b, size_t n, size_t k)
{
    size_t same = 0;

    for (size_t i = 0; i < n; i++)
        same += place_of(a, n, i) < k && place_of(b, n, i) < k;
    return same;
}

enum err contrast_gap(
    const struct model *model, const bool *only, struct gap_result **made)
{
    size_t n = model->segments_n * model->needs_n;
    int64_t *importance = mem_new((n ? n : 1) * sizeof *importance);
    struct model part = *model;

    for (size_t i = 0; i < n; i++)
        importance[i] = only == NULL || only[i / model->needs_n]
                            ? model->importance[i]
                            : MODEL_ABSENT;
    part.importance = importance;
    part.bids_n = 0; /* weights alone */
    part.ours = MODEL_NOWHERE;
    enum err err = gap_compute(&part, made);
    free(importance);
    return err;
}

int64_t contrast_fidelity(const struct model *model, const bool *only)
{
    struct gap_result *gap = NULL;
    int64_t fidelity = MODEL_ABSENT;

    if (contrast_gap(model, only, &gap) == ERR_OK)
        fidelity = MICRO_ONE - gap->divergence;
    gap_free(&gap);
    return fidelity;
}
