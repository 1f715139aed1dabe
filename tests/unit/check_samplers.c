/* SPDX-License-Identifier: Apache-2.0
 *
 * check_samplers.c - the moments of drawn weights, for each way in which a
 * notice publishes them: against rejection from the whole simplex, which is
 * slow and can not be wrong, and where that finds nothing, against closed
 * forms.
 */
#include "value/chance/simulate_weights.h"

#include "value/model.h"
#include "value/quick.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>

enum { MOST = 6, BLOCKS = 1600, TRIES = 3000000 };

/* Means, and means of products of two: all first and second moments. */
struct moments {
    double mean[MOST], product[MOST][MOST];
    double count;
};

static void add_draw(struct moments *m, const double *w, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        m->mean[i] += w[i];
        for (size_t k = 0; k < n; k++)
            m->product[i][k] += w[i] * w[k];
    }
    m->count++;
}

static void end_draws(struct moments *m, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        m->mean[i] /= m->count;
        for (size_t k = 0; k < n; k++)
            m->product[i][k] /= m->count;
    }
}

static struct moments drawn(
    const struct weight_node *nodes, size_t n, double total)
{
    struct weight_plan *plan = NULL;
    struct moments m = {.count = 0};
    double weights[(size_t)MOST * QUICK_BLOCK];

    ck_assert_int_eq(weight_plan_new(nodes, n, total, &plan), ERR_OK);
    for (uint64_t block = 0; block < BLOCKS; block++) {
        weight_plan_draw(plan, 3, block, false, weights);
        for (size_t s = 0; s < QUICK_BLOCK; s++) {
            double w[MOST];
            for (size_t i = 0; i < n; i++)
                w[i] = weights[i * QUICK_BLOCK + s];
            add_draw(&m, w, n);
        }
    }
    weight_plan_free(&plan);
    end_draws(&m, n);
    return m;
}

struct numbers {
    struct quick_stream stream;
    double unit[QUICK_LANES];
    size_t at;
};

static double next_unit(struct numbers *s)
{
    if (s->at == QUICK_LANES) {
        quick_step(&s->stream, s->unit);
        s->at = 0;
    }
    return s->unit[s->at++];
}

static bool is_sure(const struct weight_node *node)
{
    return !node->free && node->place == 0 && node->low == node->high;
}

static bool fits(const struct weight_node *nodes, const double *w, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!nodes[i].free && nodes[i].low < nodes[i].high &&
            (w[i] < nodes[i].low || w[i] > nodes[i].high))
            return false;
        for (size_t k = 0; k < n; k++) {
            if (nodes[i].place > 0 && nodes[i].place < nodes[k].place &&
                w[i] < w[k])
                return false;
        }
    }
    return true;
}

/* What is sure keeps its weight; the rest shares what is left of 1. */
static struct moments rejected(const struct weight_node *nodes, size_t n)
{
    struct numbers numbers = {.at = QUICK_LANES};
    struct moments m = {.count = 0};
    double left = 1.0;

    quick_open(&numbers.stream, 17, 0, 0);
    for (size_t i = 0; i < n; i++)
        left -= is_sure(&nodes[i]) ? nodes[i].likely : 0.0;
    for (int t = 0; t < TRIES; t++) {
        double w[MOST], sum = 0.0;

        for (size_t i = 0; i < n; i++) {
            w[i] = is_sure(&nodes[i]) ? 0.0 : -log(next_unit(&numbers));
            sum += w[i];
        }
        for (size_t i = 0; i < n; i++)
            w[i] = is_sure(&nodes[i]) ? nodes[i].likely : w[i] / sum * left;
        if (fits(nodes, w, n))
            add_draw(&m, w, n);
    }
    ck_assert_double_gt(m.count, 10000);
    end_draws(&m, n);
    return m;
}

#define RANGE(low, likely, high)                                               \
    {                                                                          \
        MODEL_NOWHERE, low, likely, high, 0, false, 0                          \
    }
#define PLACE(place)                                                           \
    {                                                                          \
        MODEL_NOWHERE, 1, 1, 1, place, false, 0                                \
    }
#define NOTHING                                                                \
    {                                                                          \
        MODEL_NOWHERE, 0, 1, 0, 0, true, 0                                     \
    }

static const struct {
    const char *about;
    size_t n;
    struct weight_node nodes[MOST];
} published[] = {
    {"nothing", 3, {NOTHING, NOTHING, NOTHING}},
    {"nothing of six", 6,
        {NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING}},
    {"an order", 4, {PLACE(2), PLACE(1), PLACE(4), PLACE(3)}},
    {"least weights", 3,
        {RANGE(.3, .4, 1), RANGE(.2, .3, 1), RANGE(.1, .3, 1)}},
    {"ranges", 4,
        {RANGE(.2, .3, .5), RANGE(.1, .2, .4), RANGE(.1, .2, .3),
            RANGE(0, .3, .6)}},
    {"ranges on one side", 4,
        {RANGE(.36, .4, .76), RANGE(.18, .2, .38), RANGE(.18, .2, .38),
            RANGE(.1, .2, .2)}},
    {"the middle of a range, 10 to either side", 3,
        {RANGE(.4, .5, .6), RANGE(.2, .3, .4), RANGE(.1, .2, .3)}},
    {"one exact, ranges around it", 4,
        {RANGE(.3, .3, .3), RANGE(.2, .4, .6), RANGE(.1, .2, .4),
            RANGE(0, .1, .3)}},
    {"two ranges and two exact", 4,
        {RANGE(.2, .2, .2), RANGE(.1, .3, .4), RANGE(.2, .3, .5),
            RANGE(.2, .2, .2)}},
    {"an order within ranges", 3,
        {{MODEL_NOWHERE, .2, .4, .6, 1, false, 0},
            {MODEL_NOWHERE, .2, .3, .5, 2, false, 0},
            {MODEL_NOWHERE, .1, .3, .5, 3, false, 0}}},
};

START_TEST(drawn_weights_have_the_moments_that_rejection_finds)
{
    struct weight_node nodes[MOST];
    size_t n = published[_i].n;

    for (size_t i = 0; i < n; i++) {
        nodes[i] = published[_i].nodes[i];
        nodes[i].key = 100 + i;
    }
    struct moments want = rejected(nodes, n);
    struct moments got = drawn(nodes, n, 1.0);
    /* Five standard errors of the poorer of the two. */
    double by = 5.0 * .25 / sqrt(want.count);
    by = by > .0028 ? by : .0028;
    for (size_t i = 0; i < n; i++) {
        ck_assert_msg(fabs(got.mean[i] - want.mean[i]) <= by,
            "%s: mean %zu is %f, not %f", published[_i].about, i, got.mean[i],
            want.mean[i]);
        for (size_t k = 0; k < n; k++)
            ck_assert_msg(fabs(got.product[i][k] - want.product[i][k]) <= by,
                "%s: product %zu %zu is %f, not %f", published[_i].about, i, k,
                got.product[i][k], want.product[i][k]);
    }
}
END_TEST

/* Places 1 2 2 3 3 3: with M = 1 3 6 criteria down to each place, weights are
 * sums of a Dirichlet draw over M, whose moments are known. */
START_TEST(criteria_of_one_place_share_it_alike)
{
    static const size_t place[] = {1, 2, 2, 3, 3, 3};
    static const double down_to[] = {1, 3, 6};
    struct weight_node nodes[6];

    for (size_t i = 0; i < 6; i++)
        nodes[i] = (struct weight_node){
            MODEL_NOWHERE, 1, 1, 1, (int)place[i], false, 100 + i};
    struct moments got = drawn(nodes, 6, 1.0);
    for (size_t i = 0; i < 6; i++) {
        double mean = 0.0, square = 0.0;
        for (size_t g = place[i] - 1; g < 3; g++) {
            mean += 1.0 / down_to[g] / 3.0;
            for (size_t h = place[i] - 1; h < 3; h++)
                square += (g == h ? 2.0 : 1.0) / 12.0 / down_to[g] / down_to[h];
        }
        ck_assert_double_eq_tol(got.mean[i], mean, .002);
        ck_assert_double_eq_tol(got.product[i][i], square, .002);
    }
    ck_assert_double_eq_tol(got.product[3][4], got.product[5][5], 1e-12);
}
END_TEST

/* Below a criterion weights are drawn for themselves: moments multiply. */
START_TEST(a_tree_multiplies_the_moments_of_its_levels)
{
    const struct weight_node roots[] = {
        {MODEL_NOWHERE, .5, .6, .7, 0, false, 1},
        {MODEL_NOWHERE, .2, .4, .5, 0, false, 2}};
    const struct weight_node parts[] = {
        {MODEL_NOWHERE, .1, .4, .6, 0, false, 3},
        {MODEL_NOWHERE, .3, .6, .9, 0, false, 4}};
    struct weight_node nodes[] = {roots[0], roots[1], parts[0], parts[1],
        {1, 0, 1, 0, 0, true, 5}, {1, 0, 1, 0, 0, true, 6}};

    nodes[2].parent = nodes[3].parent = 0;
    struct moments above = drawn(roots, 2, 1.0);
    struct moments below = drawn(parts, 2, 1.0);
    struct moments got = drawn(nodes, 6, 1.0);
    for (size_t i = 0; i < 2; i++) {
        ck_assert_double_eq_tol(
            got.mean[2 + i], above.mean[0] * below.mean[i], .002);
        ck_assert_double_eq_tol(got.product[2 + i][2 + i],
            above.product[0][0] * below.product[i][i], .002);
        ck_assert_double_eq_tol(got.mean[4 + i], above.mean[1] / 2, .002);
        ck_assert_double_eq_tol(
            got.product[4 + i][4 + i], above.product[1][1] / 3, .002);
        ck_assert_double_eq_tol(got.product[2 + i][4],
            above.product[0][1] * below.mean[i] / 2, .002);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("samplers of weights");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 120);
    tcase_add_loop_test(all,
        drawn_weights_have_the_moments_that_rejection_finds, 0,
        (int)(sizeof published / sizeof *published));
    tcase_add_test(all, criteria_of_one_place_share_it_alike);
    tcase_add_test(all, a_tree_multiplies_the_moments_of_its_levels);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
