/* SPDX-License-Identifier: Apache-2.0
 *
 * check_advantage.c - gains and losses against today and the alternatives.
 */
#include "value/users/advantage.h"

#include "tests/unit/tender.h"
#include "value/fraction.h"
#include "value/missing.h"

#include <check.h>
#include <stdlib.h>

enum { BIKE, CAB, TODAY, ALTERNATIVES };

static int64_t satisfaction[AT_MOST * AT_MOST];
static struct model_alternative alternatives[ALTERNATIVES];
static struct estimate covers[ALTERNATIVES * AT_MOST];

/* The night bus, each need satisfied to .5 today; alternatives not known. */
static void golden_today(struct tender *t)
{
    tender_golden(t);
    t->model.effects_n = 0;
    for (size_t i = 0; i < (size_t)AT_MOST * AT_MOST; i++)
        satisfaction[i] = 5 * ONE;
    for (size_t i = 0; i < (size_t)ALTERNATIVES * AT_MOST; i++)
        covers[i] = not_recorded();
    for (size_t i = 0; i < ALTERNATIVES; i++)
        alternatives[i] = (struct model_alternative){MODEL_NOWHERE, i == TODAY};
    for (size_t i = 0; i < t->model.reaches_n; i++)
        t->reaches[i].alternative = i % ALTERNATIVES;
    t->model.satisfaction = satisfaction;
    t->model.alternatives = alternatives;
    t->model.alternatives_n = ALTERNATIVES;
    t->model.alternative_covers = covers;
}

static struct advantage_result *computed(const struct tender *t)
{
    struct advantage_result *made = NULL;

    ck_assert_int_eq(advantage_compute(&t->model, 0, true, &made), ERR_OK);
    return made;
}

static const struct advantage_row *row_of(
    const struct advantage_result *r, size_t bid, size_t segment, size_t over)
{
    for (size_t i = 0; i < r->rows_n; i++) {
        if (r->rows[i].bid == bid && r->rows[i].segment == segment &&
            r->rows[i].over == over)
            return &r->rows[i];
    }
    return NULL;
}

static struct advantage_range better_of(
    const struct advantage_result *r, size_t bid, size_t over)
{
    for (size_t i = 0; i < r->betters_n; i++) {
        if (r->betters[i].bid == bid && r->betters[i].over == over)
            return r->betters[i].share;
    }
    return (struct advantage_range){MODEL_ABSENT, MODEL_ABSENT};
}

static void is_range(struct advantage_range got, int64_t low, int64_t high)
{
    ck_assert_int_eq(got.low, low);
    ck_assert_int_eq(got.high, high);
}

START_TEST(today_is_what_each_segment_is_satisfied_with)
{
    struct tender t;
    golden_today(&t);
    struct advantage_result *r = computed(&t);
    /* Night workers: 8 1 5 6 of 20, coverage .8 .9 .5 .7 and .9 .3 .2 .5. */
    const struct advantage_row *row = row_of(r, OURS, NIGHT, MODEL_NOWHERE);
    is_range(row->gain, 200000, 200000);
    is_range(row->loss, 0, 0);
    row = row_of(r, RIV1, NIGHT, MODEL_NOWHERE);
    is_range(row->gain, 160000, 160000);
    is_range(row->loss, 85000, 85000);
    is_range(row->net, 75000, 75000);
    is_range(better_of(r, OURS, MODEL_NOWHERE), 1000000, 1000000);
    /* RIV1 leaves wheelchair users and students worse off: 6000 of 8000. */
    is_range(better_of(r, RIV1, MODEL_NOWHERE), 750000, 750000);
    advantage_free(&r);
    ck_assert_ptr_null(r);
}
END_TEST

START_TEST(what_is_not_said_of_today_makes_a_range)
{
    struct tender t;
    golden_today(&t);
    satisfaction[NIGHT * 4 + N1] = MODEL_ABSENT;
    struct advantage_result *r = computed(&t);
    const struct advantage_row *row = row_of(r, OURS, NIGHT, MODEL_NOWHERE);

    /* Need 1 weighs .4: from all lost of .2 to all gained of .8. */
    is_range(row->gain, 80000, 400000);
    is_range(row->loss, 0, 80000);
    is_range(row->net, 0, 400000);
    is_range(better_of(r, OURS, MODEL_NOWHERE), 250000, 1000000);
    advantage_free(&r);
}
END_TEST

START_TEST(a_segment_that_says_nothing_of_today_is_not_compared_with_it)
{
    struct tender t;
    golden_today(&t);
    for (size_t n = 0; n < 4; n++)
        satisfaction[(size_t)NIGHT * 4 + n] = MODEL_ABSENT;
    struct advantage_result *r = computed(&t);

    ck_assert_ptr_null(row_of(r, OURS, NIGHT, MODEL_NOWHERE));
    ck_assert_ptr_nonnull(row_of(r, OURS, CHAIR, MODEL_NOWHERE));
    advantage_free(&r);
    t.model.satisfaction = NULL;
    r = computed(&t);
    ck_assert_uint_eq(r->rows_n, 0);
    ck_assert_uint_eq(r->betters_n, 0);
    advantage_free(&r);
}
END_TEST

START_TEST(only_what_a_segment_can_reach_is_compared)
{
    struct tender t;
    golden_today(&t);
    for (size_t n = 0; n < 4; n++)
        covers[(size_t)CAB * 4 + n] = exactly(ONE * 6 / 10);
    struct advantage_result *r = computed(&t);

    is_range(row_of(r, OURS, NIGHT, CAB)->net, 100000, 100000);
    ck_assert_ptr_null(row_of(r, OURS, CHAIR, CAB));
    /* Students reach it too; of the bicycle nothing is known. */
    is_range(better_of(r, OURS, CAB), 1000000, 1000000);
    ck_assert_ptr_null(row_of(r, OURS, NIGHT, BIKE));
    /* The status quo is as good as today while no coverage is recorded. */
    is_range(row_of(r, OURS, NIGHT, TODAY)->gain, 200000, 200000);
    advantage_free(&r);
}
END_TEST

START_TEST(an_alternative_that_is_a_bid_covers_what_the_bid_does)
{
    struct tender t;
    golden_today(&t);
    alternatives[CAB].bid = RIV2;
    struct advantage_result *r = computed(&t);

    is_range(row_of(r, OURS, NIGHT, CAB)->net, -100000, -100000);
    is_range(row_of(r, RIV2, NIGHT, CAB)->net, 0, 0);
    is_range(better_of(r, RIV2, CAB), 0, 0);
    advantage_free(&r);
}
END_TEST

static const struct {
    int64_t heads[3];
    int64_t low, high; /* of RIV1: night workers better, the others worse */
} heads[] = {
    {{6000, 500, 1500}, 750000, 750000},
    {{MODEL_ABSENT, 500, 1500}, 0, 1000000},
    {{6000, MODEL_ABSENT, 1500}, 0, 800000},
    {{MODEL_ABSENT, MODEL_ABSENT, MODEL_ABSENT}, 0, 1000000},
    {{6000, 0, 0}, 1000000, 1000000},
};

START_TEST(heads_not_known_make_the_share_a_range)
{
    struct tender t;
    golden_today(&t);
    for (size_t s = 0; s < 3; s++)
        t.segments[s].heads = heads[_i].heads[s];
    struct advantage_result *r = computed(&t);
    struct advantage_range all = better_of(r, OURS, MODEL_NOWHERE);

    is_range(better_of(r, RIV1, MODEL_NOWHERE), heads[_i].low, heads[_i].high);
    is_range(all, 1000000, 1000000); /* all are better off, however many */
    advantage_free(&r);
}
END_TEST

START_TEST(the_needs_of_a_row_sum_to_it_and_net_is_gain_less_loss)
{
    uint64_t seed = 91;

    for (int round = 0; round < 100; round++) {
        struct tender t;
        tender_drawn(&t, &seed);
        for (size_t i = 0; i < (size_t)AT_MOST * AT_MOST; i++)
            satisfaction[i] = draw_from(&seed, 0, 4) == 0
                                  ? MODEL_ABSENT
                                  : draw_from(&seed, 0, 10) * ONE;
        t.model.satisfaction = satisfaction;
        if (missing_blocks(&t.model, FIGURE_USERS))
            continue;
        struct advantage_result *r = computed(&t);
        for (size_t i = 0; i < r->rows_n; i++) {
            int64_t low = 0, high = 0;
            for (size_t p = 0; p < r->parts_n; p++) {
                if (r->parts[p].row != i)
                    continue;
                low += r->parts[p].net.low;
                high += r->parts[p].net.high;
            }
            const struct advantage_row *row = &r->rows[i];
            ck_assert_int_le(llabs(low - row->net.low), 4);
            ck_assert_int_le(llabs(high - row->net.high), 4);
            ck_assert_int_le(
                llabs(row->gain.low - row->loss.high - row->net.low), 2);
            ck_assert_int_le(row->net.low, row->net.high);
            ck_assert_int_ge(row->gain.low, 0);
            ck_assert_int_le(row->gain.high, MICRO_ONE);
        }
        advantage_free(&r);
    }
}
END_TEST

/* Satisfaction, coverage and importance of the golden tender, drawn anew. */
static void draw_levels(struct tender *t, uint64_t *seed)
{
    golden_today(t);
    for (size_t i = 0; i < (size_t)AT_MOST * AT_MOST; i++)
        satisfaction[i] = draw_from(seed, 0, 3) == 0
                              ? MODEL_ABSENT
                              : draw_from(seed, 0, 10 * ONE);
    for (size_t i = 0; i < (size_t)ALTERNATIVES * AT_MOST; i++)
        if (draw_from(seed, 0, 1) == 0)
            covers[i] = exactly(draw_from(seed, 0, ONE));
    alternatives[CAB].bid = draw_from(seed, 0, 1) == 0 ? RIV1 : MODEL_NOWHERE;
    for (size_t i = 0; i < 12; i++) {
        t->covers[i] = exactly(draw_from(seed, 0, ONE));
        t->importance[i] = draw_from(seed, 1, 10 * ONE);
    }
}

START_TEST(our_bid_alone_is_told_as_among_all)
{
    uint64_t seed = 3;

    for (int round = 0; round < 200; round++) {
        struct tender t;
        struct advantage_result *alone = NULL;
        draw_levels(&t, &seed);
        struct advantage_result *all = computed(&t);
        ck_assert_int_eq(advantage_compute(&t.model, 0, false, &alone), ERR_OK);
        ck_assert_uint_eq(alone->parts_n, 0);
        for (size_t i = 0; i < alone->rows_n; i++) {
            const struct advantage_row *a = &alone->rows[i];
            const struct advantage_row *b =
                row_of(all, OURS, a->segment, a->over);
            ck_assert_uint_eq(a->bid, OURS);
            ck_assert_ptr_nonnull(b);
            is_range(a->gain, b->gain.low, b->gain.high);
            is_range(a->loss, b->loss.low, b->loss.high);
            is_range(a->net, b->net.low, b->net.high);
        }
        for (size_t i = 0; i < alone->betters_n; i++) {
            struct advantage_range b =
                better_of(all, OURS, alone->betters[i].over);
            is_range(alone->betters[i].share, b.low, b.high);
        }
        ck_assert_uint_gt(alone->rows_n, 0);
        advantage_free(&alone);
        advantage_free(&all);
    }
}
END_TEST

#define ROWS(table) (int)(sizeof(table) / sizeof *(table))

int main(void)
{
    Suite *suite = suite_create("value/advantage");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 60);
    tcase_add_test(all, today_is_what_each_segment_is_satisfied_with);
    tcase_add_test(all, what_is_not_said_of_today_makes_a_range);
    tcase_add_test(
        all, a_segment_that_says_nothing_of_today_is_not_compared_with_it);
    tcase_add_test(all, only_what_a_segment_can_reach_is_compared);
    tcase_add_test(all, an_alternative_that_is_a_bid_covers_what_the_bid_does);
    tcase_add_loop_test(
        all, heads_not_known_make_the_share_a_range, 0, ROWS(heads));
    tcase_add_test(all, the_needs_of_a_row_sum_to_it_and_net_is_gain_less_loss);
    tcase_add_test(all, our_bid_alone_is_told_as_among_all);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
