/* SPDX-License-Identifier: Apache-2.0
 *
 * formula_aids.h - vectors of trees of criteria and of the aids for one's own
 * judgement; check_formulas.c, which names the formulas, includes it.
 */
#ifndef TESTS_UNIT_FORMULA_AIDS_H
#define TESTS_UNIT_FORMULA_AIDS_H

#include "tests/unit/formula_vectors.h"
#include "tests/unit/tender.h"
#include "value/award/mcda.h"
#include "value/award/tree.h"

#include <check.h>
#include <math.h>

/* The last of 40 points laid out over 33, 33 and 34 percent. */
static inline int64_t tree_value(void)
{
    static const size_t all_of_it[3] = {0};
    struct model_criterion parts[3] = {
        quality(33 * ONE, ONE), quality(33 * ONE, ONE), quality(34 * ONE, ONE)};
    struct model_group group = {.parent = MODEL_NOWHERE,
        .weight = exactly(40 * ONE),
        .parts_are_shares = true};

    tree_weigh(&group, 1, parts, all_of_it, 3);
    return parts[2].weight.likely * 100;
}

static inline int64_t aid_value(enum formula id)
{
    static const double pairs[] = {1, 6, 3, 1. / 6, 1, 1. / 2, 1. / 3, 2, 1};
    static const double near[] = {5, 8, 4, 7, 6, 8, 8, 8, 6, 7, 4, 6};
    static const double flows[] = {4, 3, 2, 3, 2, 4, 5, 1, 3};
    static const double near_weights[] = {.3, .4, .3};
    static const double flow_weights[] = {.5, .3, .2};
    const struct mcda_table t = {near, 4, 3, near_weights, NULL};
    const struct mcda_table p = {flows, 3, 3, flow_weights, NULL};
    struct mcda_consistency told;
    double out[4] = {0};

    switch (id) {
    case FORMULA_M1:
        ck_assert_int_eq(mcda_ahp(pairs, 3, out, &told), ERR_OK);
        break;
    case FORMULA_M2:
        ck_assert_int_eq(mcda_topsis(&t, MCDA_BY_VECTOR, out), ERR_OK);
        break;
    case FORMULA_M3:
        ck_assert_int_eq(mcda_promethee(&p, NULL, NULL, out), ERR_OK);
        break;
    default:
        return id == FORMULA_T1 ? tree_value() : MODEL_ABSENT;
    }
    return (int64_t)floor(out[0] * 1e6 + 0.5);
}

#endif
