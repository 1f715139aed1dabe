/* SPDX-License-Identifier: Apache-2.0
 *
 * simulate_kit.h - what the tests of the simulation share.
 */
#ifndef TESTS_UNIT_SIMULATE_KIT_H
#define TESTS_UNIT_SIMULATE_KIT_H

#include "tests/unit/tender.h"
#include "value/chance/simulate.h"

#include <check.h>
#include <stdlib.h>

#define ck_near(got, want, by)                                                 \
    ck_assert_msg(llabs((long long)(got) - (long long)(want)) <= (by),         \
        "%s is %lld", #got, (long long)(got))

static inline struct simulate_result *run(
    const struct tender *t, const struct simulate_ask *ask)
{
    struct simulate_result *made = NULL;

    ck_assert_int_eq(simulate_run(&t->model, 0, ask, &made), ERR_OK);
    return made;
}

static inline struct estimate around(int64_t likely, int64_t by, int64_t top)
{
    return (struct estimate){likely > by ? likely - by : 0, likely,
        likely + by / 2 < top ? likely + by / 2 : top};
}

/* The golden tender, of which little is sure. */
static inline void set_unsure(struct tender *t)
{
    tender_golden(t);
    for (size_t k = 0; k < 4; k++) {
        int64_t weight = t->criteria[k].weight.likely;
        t->criteria[k].weight =
            (struct estimate){weight * 8 / 10, weight, weight * 12 / 10};
    }
    for (size_t b = 0; b < 3; b++) {
        t->bids[b].price =
            around(t->bids[b].price.likely, 60 * ONE, 1000 * ONE);
        for (size_t k = 1; k < 4; k++)
            *mark_at(t, b, k) =
                around(mark_at(t, b, k)->likely, 2 * ONE, 10 * ONE);
    }
}

#endif
