/* SPDX-License-Identifier: Apache-2.0
 *
 * check_simulate_weights.c - moments of the samplers against closed forms and
 * against rejection, and the elementary functions they are made of.
 */
#include "value/chance/simulate_weights.h"

#include "value/model.h"
#include "value/quick.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>

enum { MOST = 8, BLOCKS = 1600 };

struct moments {
    double mean[MOST], deviation[MOST], above_half;
};

static struct moments moments_of(const struct weight_plan *plan, size_t n)
{
    struct moments m = {.above_half = 0};
    double weights[(size_t)MOST * QUICK_BLOCK];
    double count = (double)BLOCKS * QUICK_BLOCK;

    for (uint64_t block = 0; block < BLOCKS; block++) {
        weight_plan_draw(plan, 3, block, false, weights);
        for (size_t i = 0; i < n * QUICK_BLOCK; i++) {
            m.mean[i / QUICK_BLOCK] += weights[i] / count;
            m.deviation[i / QUICK_BLOCK] += weights[i] * weights[i] / count;
        }
        for (size_t s = 0; s < QUICK_BLOCK; s++)
            m.above_half += (weights[s] > 0.5) / count;
    }
    for (size_t i = 0; i < n; i++)
        m.deviation[i] = sqrt(m.deviation[i] - m.mean[i] * m.mean[i]);
    return m;
}

static struct weight_node node(double low, double likely, double high)
{
    return (struct weight_node){
        .parent = MODEL_NOWHERE, .low = low, .likely = likely, .high = high};
}

static void name_nodes(struct weight_node *nodes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        nodes[i].key = 100 + i;
}

static struct moments drawn(struct weight_node *nodes, size_t n, double total)
{
    struct weight_plan *plan = NULL;

    name_nodes(nodes, n);
    ck_assert_int_eq(weight_plan_new(nodes, n, total, &plan), ERR_OK);
    struct moments m = moments_of(plan, n);
    weight_plan_free(&plan);
    return m;
}

START_TEST(nothing_published_is_uniform_on_the_simplex)
{
    struct weight_node nodes[3] = {node(0, 1, 0), node(0, 1, 0), node(0, 1, 0)};
    for (size_t i = 0; i < 3; i++)
        nodes[i].free = true;
    struct moments m = drawn(nodes, 3, 1.0);

    /* Normalised uniform numbers would give .17. */
    ck_assert_double_eq_tol(m.above_half, 0.25, 0.004);
    for (size_t i = 0; i < 3; i++) {
        ck_assert_double_eq_tol(m.mean[i], 1.0 / 3, 0.002);
        ck_assert_double_eq_tol(m.deviation[i], sqrt(2.0 / 36), 0.002);
    }
}
END_TEST

START_TEST(an_order_has_the_rank_order_centroid_as_its_mean)
{
    static const double want[] = {0.520833, 0.270833, 0.145833, 0.0625};
    struct weight_node nodes[4];
    for (size_t i = 0; i < 4; i++) {
        nodes[i] = node(1, 1, 1);
        nodes[i].place = 4 - (int)i;
    }
    struct moments m = drawn(nodes, 4, 1.0);

    for (size_t i = 0; i < 4; i++)
        ck_assert_double_eq_tol(m.mean[3 - i], want[i], 0.0015);
}
END_TEST

START_TEST(equal_places_weigh_the_same)
{
    struct weight_node nodes[3] = {node(1, 1, 1), node(1, 1, 1), node(1, 1, 1)};
    struct weight_plan *plan = NULL;
    double weights[3UL * QUICK_BLOCK];
    nodes[0].place = 2;
    nodes[1].place = 1;
    nodes[2].place = 2;
    name_nodes(nodes, 3);
    ck_assert_int_eq(weight_plan_new(nodes, 3, 1.0, &plan), ERR_OK);

    weight_plan_draw(plan, 1, 0, false, weights);
    for (size_t s = 0; s < QUICK_BLOCK; s++) {
        ck_assert_double_eq(weights[s], weights[2UL * QUICK_BLOCK + s]);
        ck_assert(weights[QUICK_BLOCK + s] >= weights[s]);
        ck_assert_double_eq_tol(
            2 * weights[s] + weights[QUICK_BLOCK + s], 1.0, 1e-12);
    }
    weight_plan_free(&plan);
}
END_TEST

START_TEST(bounds_have_the_moments_that_rejection_finds)
{
    static const double mean[] = {0.342, 0.242, 0.196, 0.220};
    static const double deviation[] = {0.0844, 0.0844, 0.0571, 0.1195};
    struct weight_node nodes[4] = {node(0.2, 0.3, 0.5), node(0.1, 0.2, 0.4),
        node(0.1, 0.2, 0.3), node(0, 0.3, 0.6)};
    struct moments m = drawn(nodes, 4, 1.0);

    for (size_t i = 0; i < 4; i++) {
        ck_assert_double_eq_tol(m.mean[i], mean[i], 0.0015);
        ck_assert_double_eq_tol(m.deviation[i], deviation[i], 0.0015);
    }
}
END_TEST

/* Draws from the whole simplex and keeps what is within the bounds. */
static struct moments rejected(const struct weight_node *nodes, size_t n)
{
    struct quick_stream stream;
    struct moments m = {.above_half = 0};
    double numbers[QUICK_LANES];
    double count = 0;
    size_t at = QUICK_LANES;

    quick_open(&stream, 17, 0, 0);
    for (int i = 0; i < 4000000; i++) {
        double w[MOST], sum = 0;
        bool fits = true;
        for (size_t k = 0; k < n; k++) {
            if (at == QUICK_LANES) {
                quick_step(&stream, numbers);
                at = 0;
            }
            sum += w[k] = -quick_log(numbers[at++]);
        }
        for (size_t k = 0; k < n; k++)
            fits = fits && w[k] / sum >= nodes[k].low &&
                   w[k] / sum <= nodes[k].high;
        count += fits;
        for (size_t k = 0; fits && k < n; k++) {
            m.mean[k] += w[k] / sum;
            m.deviation[k] += w[k] / sum * w[k] / sum;
        }
    }
    ck_assert_double_gt(count, 10000);
    for (size_t k = 0; k < n; k++) {
        m.mean[k] /= count;
        m.deviation[k] = sqrt(m.deviation[k] / count - m.mean[k] * m.mean[k]);
    }
    return m;
}

START_TEST(skewed_bounds_agree_with_rejection)
{
    struct weight_node nodes[4] = {node(0.36, 0.4, 0.76), node(0.18, 0.2, 0.38),
        node(0.18, 0.2, 0.38), node(0.1, 0.2, 0.2)};
    struct moments want = rejected(nodes, 4);
    struct moments got = drawn(nodes, 4, 1.0);

    for (size_t i = 0; i < 4; i++) {
        ck_assert_double_eq_tol(got.mean[i], want.mean[i], 0.0015);
        ck_assert_double_eq_tol(got.deviation[i], want.deviation[i], 0.0015);
    }
}
END_TEST

START_TEST(bounds_that_are_not_wide_can_follow_an_order_too)
{
    struct weight_node nodes[3] = {
        node(0.2, 0.4, 0.6), node(0.2, 0.3, 0.5), node(0.1, 0.3, 0.5)};
    struct weight_plan *plan = NULL;
    double weights[3UL * QUICK_BLOCK];
    for (size_t i = 0; i < 3; i++)
        nodes[i].place = (int)i + 1;
    name_nodes(nodes, 3);
    ck_assert_int_eq(weight_plan_new(nodes, 3, 1.0, &plan), ERR_OK);

    weight_plan_draw(plan, 1, 0, false, weights);
    for (size_t s = 0; s < QUICK_BLOCK; s++) {
        ck_assert(weights[s] >= weights[QUICK_BLOCK + s]);
        ck_assert(weights[QUICK_BLOCK + s] >= weights[2UL * QUICK_BLOCK + s]);
        ck_assert(weights[s] <= 0.6 && weights[2UL * QUICK_BLOCK + s] >= 0.1);
    }
    weight_plan_free(&plan);
}
END_TEST

START_TEST(a_tree_multiplies_down)
{
    struct weight_node nodes[5] = {node(60, 60, 60), node(40, 40, 40),
        node(1, 1, 1), node(2, 2, 2), node(0, 1, 0)};
    nodes[2].parent = nodes[3].parent = 0;
    nodes[4].parent = 1;
    struct moments m = drawn(nodes, 5, 0.0);

    ck_assert_double_eq_tol(m.mean[2], 20.0, 1e-9);
    ck_assert_double_eq_tol(m.mean[3], 40.0, 1e-9);
    ck_assert_double_eq_tol(m.mean[4], 40.0, 1e-9);
    ck_assert_double_eq_tol(m.deviation[3], 0.0, 1e-4);
}
END_TEST

static const struct {
    const char *about;
    struct weight_node nodes[2];
    enum err err;
} refused[] = {
    {"a range upside down", {{MODEL_NOWHERE, 2, 1, 1, 0, false, 1}}, ERR_ARG},
    {"a negative weight", {{MODEL_NOWHERE, -1, 1, 1, 0, false, 1}}, ERR_ARG},
    {"weights of 0", {{MODEL_NOWHERE, 0, 0, 0, 0, false, 1}}, ERR_ARG},
    {"not a number", {{MODEL_NOWHERE, NAN, 0, 0, 0, false, 1}}, ERR_ARG},
    {"half an order",
        {{MODEL_NOWHERE, 1, 1, 1, 1, false, 1},
            {MODEL_NOWHERE, 1, 1, 1, 0, false, 2}},
        ERR_ARG},
    {"bounds that allow one point only",
        {{MODEL_NOWHERE, 1, 1, 2, 0, false, 1},
            {MODEL_NOWHERE, 1, 1, 1, 0, false, 2}},
        ERR_ARG},
    {"an order that bounds forbid",
        {{MODEL_NOWHERE, 1, 1, 4, 1, false, 1},
            {MODEL_NOWHERE, 5, 9, 10, 2, false, 2}},
        ERR_LIMIT},
};

START_TEST(what_makes_no_weights_is_refused)
{
    struct weight_plan *plan = NULL;
    size_t n = refused[_i].nodes[1].key ? 2 : 1;

    ck_assert_int_eq(
        weight_plan_new(refused[_i].nodes, n, 0.0, &plan), refused[_i].err);
    ck_assert_ptr_null(plan);
}
END_TEST

START_TEST(elementary_functions_are_those_of_the_library)
{
    double x = 1e-12;

    for (int i = 0; i < 170; i++) {
        ck_assert_double_eq_tol(
            quick_log(x), log(x), 4e-16 * fabs(log(x)) + 1e-16);
        double y = (x < 1 ? -1 : 1) * fmod(x * 1e3, 300.0);
        ck_assert_double_eq_tol(quick_exp(y), exp(y), 1e-15 * exp(y));
        x *= 1.37;
    }
    ck_assert_double_eq(quick_log(1.0), 0.0);
    ck_assert_double_eq(quick_exp(0.0), 1.0);
}
END_TEST

#define ROWS(table) (int)(sizeof(table) / sizeof *(table))

int main(void)
{
    Suite *suite = suite_create("value/simulate_weights");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 120);
    tcase_add_test(all, nothing_published_is_uniform_on_the_simplex);
    tcase_add_test(all, an_order_has_the_rank_order_centroid_as_its_mean);
    tcase_add_test(all, equal_places_weigh_the_same);
    tcase_add_test(all, bounds_have_the_moments_that_rejection_finds);
    tcase_add_test(all, skewed_bounds_agree_with_rejection);
    tcase_add_test(all, bounds_that_are_not_wide_can_follow_an_order_too);
    tcase_add_test(all, a_tree_multiplies_down);
    tcase_add_loop_test(
        all, what_makes_no_weights_is_refused, 0, ROWS(refused));
    tcase_add_test(all, elementary_functions_are_those_of_the_library);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
