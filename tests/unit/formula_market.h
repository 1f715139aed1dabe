/* SPDX-License-Identifier: Apache-2.0
 *
 * formula_market.h - values of formulas about captive users,
 * distributors, rivals and non-clients, for check_formulas.c alone.
 */
#ifndef TESTS_UNIT_FORMULA_MARKET_H
#define TESTS_UNIT_FORMULA_MARKET_H

#include "tests/unit/formula_vectors.h"
#include "tests/unit/tender.h"
#include "value/fraction.h"
#include "value/people/canvas.h"
#include "value/people/distributor.h"
#include "value/people/heads.h"
#include "value/people/lowered.h"

#include <check.h>

/* Wheelchair users are satisfied 7 8 8 8; the bid that wins leaves .70. */
static inline int64_t captives_lowered(void)
{
    struct lowered_result *made = NULL;
    int64_t satisfaction[12];
    int64_t net = 0;
    struct tender t;

    tender_golden(&t);
    for (size_t i = 0; i < 12; i++)
        satisfaction[i] = i / 4 == CHAIR ? (i % 4 ? 8 : 7) * ONE : MODEL_ABSENT;
    t.model.satisfaction = satisfaction;
    ck_assert_int_eq(lowered_compute(&t.model, true, &made), ERR_OK);
    for (size_t i = 0; i < made->rows_n; i++)
        if (made->rows[i].bid == RIV2)
            net = made->rows[i].net.low;
    lowered_free(&made);
    return net;
}

/* Our curve beside those of two rivals. */
static inline int64_t canvas_value(void)
{
    static const int64_t levels[] = {2 * ONE, 0, 8 * ONE, 9 * ONE, 7 * ONE,
        7 * ONE, 6 * ONE, 5 * ONE, 3 * ONE, 0, 8 * ONE, 7 * ONE, 4 * ONE,
        4 * ONE, 0};
    struct canvas_result *made = NULL;

    canvas_compute(levels, 3, 5, 0, 2 * ONE, &made);
    int64_t divergence = made->divergence;
    canvas_free(&made);
    return divergence;
}

/* The third group lies within the first; a quarter of the second overlaps. */
static inline int64_t heads_value(void)
{
    static const struct heads_group groups[] = {
        {1000, 0}, {400, ONE / 4}, {200, 0}};
    static const bool inside[9] = {[6] = true};
    static const bool in[3] = {true, true, true};
    struct heads_sum sum;

    heads_union(groups, 3, inside, in, &sum);
    return sum.least;
}

static inline int64_t market_value(enum formula id)
{
    switch (id) {
    case FORMULA_F37:
        return canvas_value();
    case FORMULA_F38:
        return heads_value();
    case FORMULA_P1: /* brands used by .5 .3 .2, three distributors */
        return distributor_ratio(2631579, 3 * MICRO_ONE);
    default:
        return captives_lowered();
    }
}

#endif
