/* SPDX-License-Identifier: Apache-2.0
 *
 * check_simulate_beside.c - confidence factors that floats find are those that
 * doubles find, with bids that floats can not tell apart.
 */
#include "tests/unit/simulate_kit.h"
#include "value/chance/simulate_confidence.h"

enum { BIDS = 11, CRITERIA = 9, PRICE = 4 };

/* Five bids differ by less than a float can hold; two pairs not at all, the
 * first of which has all marks for sure; two are far off. */
static void set_close(struct tender *t, uint64_t seed)
{
    tender_empty(t);
    t->model.criteria_n = CRITERIA;
    t->model.bids_n = BIDS;
    t->model.ours = 0;
    for (size_t k = 0; k < CRITERIA; k++)
        t->criteria[k] =
            quality(draw_from(&seed, 1, 30) * ONE, 1000 * DECIMAL_ONE);
    t->criteria[PRICE] = priced(20 * ONE, RULE_LOWEST_RATIO);
    for (size_t b = 0; b < BIDS; b++) {
        t->bids[b] = (struct model_bid){.price = exactly(100 * ONE),
            .cost = MODEL_ABSENT,
            .date = (int64_t)(b / 3) + 1};
        for (size_t k = 0; k < CRITERIA; k++) {
            int64_t likely = (500 + (int64_t)k * 40) * ONE;
            int64_t by = b < 5   ? draw_from(&seed, 0, 3)
                         : b < 7 ? 0
                         : b < 9 ? ONE
                                 : 20 * ONE;
            *mark_at(t, b, k) = k == PRICE ? not_recorded()
                                           : (struct estimate){likely - by,
                                                 likely, likely + by};
        }
    }
    /* Of those that floats can not tell apart too. */
    t->bids[3].price = exactly(100 * ONE + 1);
}

/* Confidence factors, in the one way or the other. */
static void confide(
    const struct tender *t, const struct simulate_ask *ask, int64_t *confidence)
{
    struct simulate_result *r = run(t, ask);
    bool stopped = true;

    ck_assert_int_eq(
        simulate_confidence(&t->model, 0, ask, r, confidence, &stopped),
        ERR_OK);
    ck_assert(!stopped);
    simulate_result_free(&r);
}

START_TEST(floats_leave_no_trace_in_confidence_factors)
{
    static const uint64_t keys[BIDS] = {1, 2, 3, 4, 5, 6, 7, 8, 8, 10, 11};
    struct weight_node nodes[CRITERIA];
    size_t itself[CRITERIA];
    struct tender t;
    size_t between = 0;

    set_close(&t, (uint64_t)_i);
    t.model.tie = (enum tie_rule)(_i % 4);
    for (size_t k = 0; k < CRITERIA; k++) {
        itself[k] = k;
        nodes[k] = (struct weight_node){.parent = MODEL_NOWHERE,
            .likely = 10.0,
            .free = true,
            .key = k + 1};
    }
    for (int way = 0; way < 4; way++) {
        static int64_t want[BIDS];
        int64_t got[BIDS];
        const struct simulate_ask ask = {.seed = 3,
            .draws = 2560,
            .correlation = _i >= 4 ? 2500 : 0,
            .keys = keys,
            .nodes = nodes,
            .nodes_n = CRITERIA,
            .node_of = itself,
            .plain = way % 2 == 1};

        /* A gate that refuses none is looked at in doubles. */
        t.model.min_quality = way < 2 ? 1 : 0;
        confide(&t, &ask, got);
        if (way == 0)
            memcpy(want, got, sizeof want);
        for (size_t b = 0; b < BIDS; b++) {
            ck_assert_int_eq(got[b], want[b]);
            between += got[b] > 0 && got[b] < 1000000;
        }
    }
    ck_assert_uint_ge(between, 16);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("value/simulate, beside");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 120);
    tcase_add_loop_test(all, floats_leave_no_trace_in_confidence_factors, 0, 8);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
