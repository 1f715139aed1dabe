/* SPDX-License-Identifier: Apache-2.0
 *
 * large_model.h - a model as large as the tender of tests/bench/tender.h, drawn
 * by a generator that begins with the same number each time.
 *
 * Prices, marks and levels have as many decimals as people write.  For the
 * measurements of value/ alone.
 */
#ifndef TESTS_BENCH_LARGE_MODEL_H
#define TESTS_BENCH_LARGE_MODEL_H

#include "value/award/award.h"
#include "value/gap/gap.h"
#include "value/users/users.h"

enum {
    LARGE_BIDS = 20,
    LARGE_CRITERIA = 100,
    LARGE_SEGMENTS = 20,
    LARGE_NEEDS = 100
};

struct large_model {
    struct model model;
    struct model_criterion criteria[LARGE_CRITERIA];
    struct model_bid bids[LARGE_BIDS];
    struct model_segment segments[LARGE_SEGMENTS];
    struct model_need needs[LARGE_NEEDS];
    struct model_reach reaches[LARGE_SEGMENTS];
    struct estimate marks[LARGE_BIDS * LARGE_CRITERIA];
    struct estimate covers[LARGE_BIDS * LARGE_NEEDS];
    int64_t importance[LARGE_SEGMENTS * LARGE_NEEDS];
    int relates[LARGE_NEEDS * LARGE_CRITERIA];
};

static inline unsigned large_model_pick(uint64_t *state, unsigned below)
{
    *state =
        *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(*state >> 33) % below;
}

static inline struct estimate large_model_sure(int64_t value)
{
    return (struct estimate){value, value, value};
}

static inline void large_model_criteria(struct large_model *t, uint64_t *state)
{
    for (size_t k = 0; k < LARGE_CRITERIA; k++) {
        int64_t weight = k ? 100 * (100 * (int64_t)large_model_pick(state, 2) +
                                       10 + large_model_pick(state, 80))
                           : 30 * DECIMAL_ONE;

        t->criteria[k] = (struct model_criterion){.is_price = k == 0,
            .rule = k == 0 ? RULE_LOWEST_RATIO : RULE_NONE,
            .weight = large_model_sure(weight),
            .scale_max =
                (large_model_pick(state, 3) == 0 ? 20 : 10) * DECIMAL_ONE,
            .min_score = MODEL_ABSENT,
            .zero_at = MODEL_ABSENT,
            .set_min = MODEL_ABSENT,
            .set_max = MODEL_ABSENT,
            .clamp = true,
            .power = MODEL_ABSENT,
            .reference = MODEL_ABSENT,
            .reference_quality = MODEL_ABSENT,
            .knee = MODEL_ABSENT};
    }
}

static inline void large_model_bids(struct large_model *t, uint64_t *state)
{
    for (size_t b = 0; b < LARGE_BIDS; b++) {
        t->bids[b].price = large_model_sure(
            (400 + (int64_t)large_model_pick(state, 400)) * DECIMAL_ONE +
            100 * large_model_pick(state, 100));
        for (size_t k = 0; k < LARGE_CRITERIA; k++)
            t->marks[b * LARGE_CRITERIA + k] = large_model_sure(
                (3 + (int64_t)large_model_pick(state, 7)) * DECIMAL_ONE +
                100 * large_model_pick(state, 100));
        for (size_t n = 0; n < LARGE_NEEDS; n++)
            t->covers[b * LARGE_NEEDS + n] =
                large_model_sure(100 * (int64_t)large_model_pick(state, 100));
    }
}

/* Each need is looked at by two criteria or three. */
static inline void large_model_users(struct large_model *t, uint64_t *state)
{
    static const int strengths[] = {1, 3, 9};

    for (size_t s = 0; s < LARGE_SEGMENTS; s++) {
        t->segments[s] = (struct model_segment){
            .heads = 100 + large_model_pick(state, 20000),
            .hour_value = MODEL_ABSENT,
            .full_value = MODEL_ABSENT};
        t->reaches[s] = (struct model_reach){.segment = s,
            .reachable = true,
            .share = 1000 * (1 + (int64_t)large_model_pick(state, 9)),
            .supplier = MODEL_NOWHERE,
            .alternative = MODEL_NOWHERE};
        for (size_t n = 0; n < LARGE_NEEDS; n++)
            t->importance[s * LARGE_NEEDS + n] =
                (1 + (int64_t)large_model_pick(state, 10)) * DECIMAL_ONE;
    }
    for (size_t n = 0; n < LARGE_NEEDS; n++) {
        t->needs[n].must_threshold = MODEL_ABSENT;
        for (size_t i = 0; i < 2 + n % 2; i++)
            t->relates[n * LARGE_CRITERIA + (n + 7 * i) % LARGE_CRITERIA] =
                strengths[large_model_pick(state, 3)];
    }
}

static inline void large_model_make(struct large_model *t)
{
    uint64_t state = 1;

    *t = (struct large_model){.model = {.criteria_n = LARGE_CRITERIA,
                                  .bids_n = LARGE_BIDS,
                                  .segments_n = LARGE_SEGMENTS,
                                  .needs_n = LARGE_NEEDS,
                                  .reaches_n = LARGE_SEGMENTS,
                                  .criteria = t->criteria,
                                  .bids = t->bids,
                                  .segments = t->segments,
                                  .needs = t->needs,
                                  .reaches = t->reaches,
                                  .marks = t->marks,
                                  .covers = t->covers,
                                  .importance = t->importance,
                                  .relates = t->relates}};
    large_model_criteria(t, &state);
    large_model_bids(t, &state);
    large_model_users(t, &state);
}

#endif
