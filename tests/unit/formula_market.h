/* SPDX-License-Identifier: Apache-2.0
 *
 * formula_market.h - values of formulas about captive users and
 * distributors, for check_formulas.c alone.
 */
#ifndef TESTS_UNIT_FORMULA_MARKET_H
#define TESTS_UNIT_FORMULA_MARKET_H

#include "tests/unit/tender.h"
#include "value/distributor.h"
#include "value/fraction.h"
#include "value/lowered.h"

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

/* Brands used by .5 .3 .2 against three distributors; or captives lowered. */
static inline int64_t market_value(bool balance)
{
    return balance ? distributor_ratio(2631579, 3 * MICRO_ONE)
                   : captives_lowered();
}

#endif
