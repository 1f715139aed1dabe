/* SPDX-License-Identifier: Apache-2.0
 *
 * check_award_many.c - tenders with thousands of bids or criteria.  What took
 * a look at all others for each of them would not end before the test does.
 */
#include "value/award/award.h"
#include "value/firm/stability.h"

#include "tests/unit/tender.h"

#include <check.h>
#include <stdlib.h>

struct many {
    struct model model;
    struct model_criterion *criteria;
    struct model_bid *bids;
    struct estimate *marks;
};

static void make_many(struct many *t, size_t bids_n, size_t criteria_n)
{
    uint64_t seed = 5;

    t->criteria = calloc(criteria_n, sizeof *t->criteria);
    t->bids = calloc(bids_n, sizeof *t->bids);
    t->marks = calloc(bids_n * criteria_n, sizeof *t->marks);
    t->model = (struct model){.bids_n = bids_n,
        .criteria_n = criteria_n,
        .criteria = t->criteria,
        .bids = t->bids,
        .marks = t->marks};
    for (size_t k = 0; k < criteria_n; k++)
        t->criteria[k] = quality(draw_from(&seed, 1, 9) * ONE, 10 * ONE);
    for (size_t i = 0; i < bids_n * criteria_n; i++)
        t->marks[i] = exactly(draw_from(&seed, 0, 10) * ONE);
    for (size_t b = 0; b < bids_n; b++)
        t->bids[b].price = exactly(draw_from(&seed, 100, 999) * ONE);
}

static void free_many(struct many *t)
{
    free(t->criteria);
    free(t->bids);
    free(t->marks);
}

/* Each bid against those around it in the order of their ranks, which is what
 * ranks are. */
static void check_ranks(const struct award_result *r)
{
    size_t *at = calloc(r->bids_n + 2, sizeof *at);
    size_t better = 0;

    for (size_t b = 0; b < r->bids_n; b++)
        at[r->bids[b].admitted ? r->bids[b].rank : 0]++;
    for (size_t rank = 1; rank <= r->bids_n; rank++) {
        ck_assert(at[rank] == 0 || rank == better + 1);
        better += at[rank];
    }
    for (size_t b = 1; b < r->bids_n; b++) {
        const struct award_bid *one = &r->bids[b - 1];
        const struct award_bid *two = &r->bids[b];
        if (!one->admitted || !two->admitted)
            continue;
        ck_assert_int_eq(one->points > two->points, one->rank < two->rank);
        ck_assert_int_eq(one->points == two->points, one->rank == two->rank);
        ck_assert_int_eq(one->wins, one->rank == 1);
        ck_assert_int_eq(one->tie, at[one->rank] > 1);
    }
    free(at);
}

START_TEST(thousands_of_bids_are_ranked)
{
    struct award_result *r = NULL;
    struct many t;

    make_many(&t, _i == 0 ? 20000 : 400, 3);
    t.model.max_pass = _i == 0 ? 0 : 100;
    ck_assert_int_eq(award_compute(&t.model, &r), ERR_OK);
    check_ranks(r);
    size_t admitted = 0;
    for (size_t b = 0; b < r->bids_n; b++)
        admitted += r->bids[b].admitted;
    if (_i == 0)
        ck_assert_uint_eq(admitted, 20000);
    else
        ck_assert(admitted >= 100 && admitted < 150);
    award_free(&r);
    free_many(&t);
}
END_TEST

START_TEST(thousands_of_criteria_have_their_intervals)
{
    struct stability_result *r = NULL;
    struct many t;

    make_many(&t, 5, 20000);
    ck_assert_int_eq(stability_compute(&t.model, &r), ERR_OK);
    for (size_t k = 0; k < r->criteria_n; k++) {
        ck_assert_int_le(r->criteria[k].low, r->criteria[k].weight);
        ck_assert_int_ge(r->criteria[k].high, r->criteria[k].weight);
    }
    for (size_t b = 0; b < 5; b++)
        ck_assert_int_eq(b == r->leader, r->rivals[b].mass == MODEL_ABSENT);
    stability_free(&r);
    free_many(&t);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("value/award, many");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 120);
    tcase_add_loop_test(all, thousands_of_bids_are_ranked, 0, 2);
    tcase_add_test(all, thousands_of_criteria_have_their_intervals);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
