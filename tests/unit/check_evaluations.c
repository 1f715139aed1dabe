/* SPDX-License-Identifier: Apache-2.0
 *
 * check_evaluations.c - published scorings of bids, and tables of decision
 * analysis, against what they print.  The files stand beside the repository,
 * not in it; without them the test says so and passes.
 */
#include "tests/parts/json_flat.h"
#include "tests/unit/read_whole.h"
#include "tests/unit/tender.h"
#include "value/award/award.h"
#include "value/chance/simulate.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define FOLDER "../shared/data/"

/* A published evaluation, and the rule by which its price was scored. */
static const struct {
    const char *file;
    enum price_rule rule;
    int64_t reference;
} evaluations[] = {
    {"evaluations/impactbids-price-40", RULE_LOWEST_RATIO, 0},
    {"evaluations/georgia-cost-points", RULE_LOWEST_RATIO, 0},
    {"evaluations/egov-blog-normalised", RULE_LOWEST_RATIO, 0},
    {"evaluations/negometrix-low-bid", RULE_LOWEST_RATIO, 0},
    {"evaluations/design-build-weighted-criteria", RULE_SET_RATIO, 1000000},
    {"evaluations/tenderwolf-bpqr", RULE_SET_RATIO, 100000},
    {"evaluations/design-build-adjusted-bid", RULE_PRICE_PER_QUALITY, 0},
};

static struct text read_flat(const char *name)
{
    struct text flat = {0};
    char path[256];

    (void)snprintf(path, sizeof path, FOLDER "%s.json", name);
    struct text json = read_whole(path);
    text_puts(&flat, "\n");
    ck_assert(json_flat(text_peek(&json), &flat));
    text_fini(&json);
    return flat;
}

/* The number at a path, or NAN. */
static double number_at(const struct text *flat, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static const char *value_at(const struct text *flat, const char *format,
    va_list list) __attribute__((format(printf, 2, 0)));

static const char *value_at(
    const struct text *flat, const char *format, va_list list)
{
    char path[160] = "\n";

    int length = vsnprintf(path + 1, sizeof path - 2, format, list);
    ck_assert(length > 0 && length < (int)sizeof path - 3);
    path[length + 1] = '=';
    path[length + 2] = '\0';
    const char *at = strstr(flat->bytes, path);
    return at ? at + strlen(path) : NULL;
}

static double number_at(const struct text *flat, const char *format, ...)
{
    va_list list;

    va_start(list, format);
    const char *at = value_at(flat, format, list);
    va_end(list);
    return at ? strtod(at, NULL) : NAN;
}

static void word_at(const struct text *flat, char word[64], const char *format,
    ...) __attribute__((format(printf, 3, 4)));

static void word_at(
    const struct text *flat, char word[64], const char *format, ...)
{
    va_list list;

    va_start(list, format);
    const char *at = value_at(flat, format, list);
    va_end(list);
    size_t n = at ? strcspn(at, "\n") : 0;
    ck_assert_uint_lt(n, 64);
    memcpy(word, at ? at : "", n);
    word[n] = '\0';
}

static int64_t decimal_of(double value)
{
    return (int64_t)llround(value * ONE);
}

/* Criteria that no bid is marked on are left out, as some print the price
 * alone; one without a weight weighs what it marks. */
static void read_criteria(
    const struct text *flat, struct tender *t, int row, double *price_max)
{
    for (size_t i = 0; i < AT_MOST; i++) {
        double max = number_at(flat, "criteria/%zu/max", i);
        double weight = number_at(flat, "criteria/%zu/weight", i);
        char id[64], type[64];
        word_at(flat, id, "criteria/%zu/id", i);
        word_at(flat, type, "criteria/%zu/type", i);
        bool priced_here = strcmp(type, "price") == 0;
        if (!priced_here && isnan(number_at(flat, "bids/0/points/%s", id)))
            continue;
        size_t k = t->model.criteria_n++;
        if (isnan(weight))
            weight = isnan(max) ? 1.0 : max;
        if (priced_here)
            *price_max = isnan(max) ? 1.0 : max / weight;
        t->criteria[k] = priced_here
                             ? priced(decimal_of(weight), evaluations[row].rule)
                             : quality(decimal_of(weight), decimal_of(max));
        t->criteria[k].clamp = false;
        if (evaluations[row].reference > 0)
            t->criteria[k].reference = evaluations[row].reference * ONE;
        for (size_t b = 0; !priced_here && b < 3; b++)
            t->marks[b * 8 + k] = exactly(
                decimal_of(number_at(flat, "bids/%zu/points/%s", b, id)));
    }
}

static void read_bids(const struct text *flat, struct tender *t)
{
    struct estimate marks[3 * 8];
    size_t n = t->model.criteria_n;

    memcpy(marks, t->marks, sizeof marks);
    for (size_t b = 0; b < 3; b++) {
        double price = number_at(flat, "bids/%zu/price", b);
        if (isnan(price))
            break;
        t->bids[b].price = exactly(decimal_of(price));
        for (size_t k = 0; k < n; k++)
            t->marks[b * n + k] = marks[b * 8 + k];
        t->model.bids_n++;
    }
    t->model.ours = 0;
}

static void check_printed(const char *what, double got, double printed,
    double tolerance, size_t *compared)
{
    if (isnan(printed))
        return;
    ck_assert_msg(fabs(got - printed) <= tolerance + 1e-6, "%s is %f, not %f",
        what, got, printed);
    ++*compared;
}

static void check_bid(const struct text *flat, const struct tender *t,
    const struct award_result *award, size_t b, double price_max,
    size_t *compared)
{
    double tolerance = number_at(flat, "expected/tolerance");
    double points = 0.0;
    char id[64];

    word_at(flat, id, "bids/%zu/id", b);
    for (size_t k = 0; k < award->criteria_n; k++) {
        if (t->criteria[k].is_price)
            points = (double)award->points[b * award->criteria_n + k] / 1e6;
    }
    double total = (double)award->bids[b].points / 1e6;
    check_printed("price points", points * price_max,
        number_at(flat, "expected/published/%s/price_points", id), tolerance,
        compared);
    check_printed("total", total,
        number_at(flat, "expected/published/%s/total", id), tolerance,
        compared);
    check_printed("adjusted", total,
        number_at(flat, "expected/published/%s/adjusted", id), tolerance,
        compared);
    check_printed("rank", (double)award->bids[b].rank,
        number_at(flat, "expected/published/%s/rank", id), 0.0, compared);
}

START_TEST(published_evaluations_are_reproduced)
{
    struct text flat = read_flat(evaluations[_i].file);
    struct award_result *award = NULL;
    double price_max = 1.0;
    size_t compared = 0;
    struct tender t;
    tender_empty(&t);

    read_criteria(&flat, &t, _i, &price_max);
    read_bids(&flat, &t);
    ck_assert_int_eq(award_compute(&t.model, &award), ERR_OK);
    for (size_t b = 0; b < t.model.bids_n; b++)
        check_bid(&flat, &t, award, b, price_max, &compared);
    ck_assert_uint_ge(compared, 2);
    award_free(&award);
    text_fini(&flat);
}
END_TEST

/* A table of decision analysis as bids marked on criteria. */
static void read_matrix(const struct text *flat, struct tender *t)
{
    tender_empty(t);
    t->model.ours = 0;
    while (!isnan(number_at(flat, "matrix/%zu/0", t->model.bids_n)))
        t->model.bids_n++;
    while (!isnan(number_at(flat, "matrix/0/%zu", t->model.criteria_n))) {
        double weight = number_at(flat, "weights/%zu", t->model.criteria_n);
        t->criteria[t->model.criteria_n++] =
            quality(decimal_of(isnan(weight) ? 1.0 : weight) * 10, 10 * ONE);
    }
    for (size_t b = 0; b < t->model.bids_n; b++)
        for (size_t k = 0; k < t->model.criteria_n; k++)
            *mark_at(t, b, k) =
                exactly(decimal_of(number_at(flat, "matrix/%zu/%zu", b, k)));
}

START_TEST(a_weighted_sum_is_what_others_compute)
{
    struct text flat = read_flat("mcda/wsm-basic");
    struct award_result *award = NULL;
    struct tender t;

    read_matrix(&flat, &t);
    ck_assert_int_eq(award_compute(&t.model, &award), ERR_OK);
    for (size_t b = 0; b < t.model.bids_n; b++) {
        ck_assert_double_eq_tol((double)award->bids[b].points / 1e6,
            number_at(&flat, "expected/scores/%zu", b), 1e-9);
        ck_assert_double_eq((double)award->bids[b].rank,
            number_at(&flat, "expected/ranks/%zu", b));
    }
    award_free(&award);
    text_fini(&flat);
}
END_TEST

/* The letters A to C of a scale as the marks 3 to 1. */
START_TEST(award_on_value_takes_the_published_worth_off_the_price)
{
    struct text flat = read_flat("evaluations/negometrix-award-on-value");
    struct award_result *award = NULL;
    struct model_level levels[3];
    struct tender t;

    tender_empty(&t);
    t.model.criteria_n = 2;
    t.model.bids_n = 1;
    t.model.ours = 0;
    for (size_t i = 0; i < 3; i++) {
        char path[] = "criteria/0/scale/A";
        path[sizeof path - 2] = (char)('C' - (int)i);
        levels[i] = (struct model_level){
            (int64_t)(i + 1) * ONE, decimal_of(number_at(&flat, "%s", path))};
    }
    t.criteria[C1] = priced(0, RULE_VALUE_OFF_PRICE);
    t.criteria[C2] =
        quality(decimal_of(number_at(&flat, "criteria/0/value")), 3 * ONE);
    t.criteria[C2].levels = levels;
    t.criteria[C2].levels_n = 3;
    t.bids[0].price = exactly(decimal_of(number_at(&flat, "bids/0/price")));
    *mark_at(&t, 0, C2) = exactly(2 * ONE);
    ck_assert_int_eq(award_compute(&t.model, &award), ERR_OK);
    ck_assert_double_eq((double)award->bids[0].points / 1e6,
        number_at(&flat, "expected/published/A/fictive_price"));
    ck_assert_double_eq((double)award->points[C2] / 1e6,
        number_at(&flat, "expected/published/A/discount"));
    award_free(&award);
    text_fini(&flat);
}
END_TEST

/* Weights that sum to 80: points are ours, the published total is their share
 * of what could be earned. */
START_TEST(a_total_over_the_sum_of_weights_is_as_published)
{
    struct text flat = read_flat("evaluations/sap-vendor-evaluation");
    struct award_result *award = NULL;
    double whole = 0.0;
    struct tender t;

    tender_empty(&t);
    t.model.bids_n = 1;
    t.model.ours = 0;
    for (size_t k = 0; k < 4; k++) {
        char id[64];
        double weight = number_at(&flat, "criteria/%zu/weight", k);

        word_at(&flat, id, "criteria/%zu/id", k);
        whole += weight;
        t.criteria[k] = quality(decimal_of(weight), 100 * ONE);
        t.marks[k] =
            exactly(decimal_of(number_at(&flat, "bids/0/points/%s", id)));
    }
    t.model.criteria_n = 4;
    ck_assert_int_eq(award_compute(&t.model, &award), ERR_OK);
    double points = (double)award->bids[0].points / 1e6;
    ck_assert_double_eq_tol(points * 100.0,
        number_at(&flat, "expected/published/vendor/total_points"), 1e-6);
    ck_assert_double_eq_tol(points / whole * 100.0,
        number_at(&flat, "expected/published/vendor/total"),
        number_at(&flat, "expected/tolerance"));
    award_free(&award);
    text_fini(&flat);
}
END_TEST

/* Scales that are tables, moved to where marks are; what they give beyond
 * their ends when they go on there is not what a published scale does. */
START_TEST(scales_that_are_tables_are_what_others_compute)
{
    struct text flat = read_flat("mcda/smaa-partial-values");
    size_t compared = 0;

    for (size_t i = 0; !isnan(number_at(&flat, "cases/%zu/cutoffs/0", i));
         i++) {
        struct model_level levels[4];
        struct tender t;
        char outside[64];

        word_at(&flat, outside, "cases/%zu/outside", i);
        if (strcmp(outside, "\"interpolate\"") == 0 ||
            strcmp(outside, "interpolate") == 0)
            continue;
        tender_empty(&t);
        t.model.criteria_n = 1;
        t.model.ours = 0;
        t.criteria[0] = quality(ONE, 200 * ONE);
        t.criteria[0].levels = levels;
        while (!isnan(number_at(
            &flat, "cases/%zu/cutoffs/%zu", i, t.criteria[0].levels_n))) {
            size_t k = t.criteria[0].levels_n++;
            levels[k] = (struct model_level){
                decimal_of(number_at(&flat, "cases/%zu/cutoffs/%zu", i, k) + 1),
                decimal_of(number_at(&flat, "cases/%zu/values/%zu", i, k))};
        }
        while (!isnan(number_at(&flat, "cases/%zu/x/%zu", i, t.model.bids_n))) {
            size_t b = t.model.bids_n++;
            t.marks[b] = exactly(
                decimal_of(number_at(&flat, "cases/%zu/x/%zu", i, b) + 1));
        }
        struct award_result *award = NULL;
        ck_assert_int_eq(award_compute(&t.model, &award), ERR_OK);
        for (size_t b = 0; b < t.model.bids_n; b++, compared++)
            ck_assert_double_eq_tol((double)award->points[b] / 1e6,
                number_at(&flat, "cases/%zu/out/%zu", i, b), 1e-9);
        award_free(&award);
    }
    ck_assert_uint_ge(compared, 16);
    text_fini(&flat);
}
END_TEST

START_TEST(acceptability_is_what_others_compute)
{
    static const size_t itself[] = {0, 1, 2};
    struct text flat = read_flat("mcda/smaa-two-alternatives");
    struct weight_node nodes[3];
    struct simulate_result *r = NULL;
    double tolerance = number_at(&flat, "tolerance");
    struct tender t;

    read_matrix(&flat, &t);
    for (size_t k = 0; k < 3; k++)
        nodes[k] = (struct weight_node){
            .parent = MODEL_NOWHERE, .likely = 1, .free = true, .key = k + 1};
    struct simulate_ask ask = {.seed = 1,
        .draws = 100000,
        .nodes = nodes,
        .nodes_n = 3,
        .node_of = itself};
    ck_assert_int_eq(simulate_run(&t.model, 0, &ask, &r), ERR_OK);
    for (size_t b = 0; b < 2; b++) {
        for (size_t k = 0; k < 2; k++)
            ck_assert_double_eq_tol((double)r->ranks[b * 2 + k] / 1e6,
                number_at(&flat, "derived/rank_acceptability/%zu/%zu", b, k),
                tolerance);
        for (size_t k = 0; k < 3; k++)
            ck_assert_double_eq_tol((double)r->central[b * 3 + k] / 1e6,
                number_at(&flat, "derived/central_weights/%zu/%zu", b, k),
                tolerance);
    }
    simulate_result_free(&r);
    text_fini(&flat);
}
END_TEST

#define ROWS(table) (int)(sizeof(table) / sizeof *(table))

int main(void)
{
    Suite *suite = suite_create("published evaluations");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 60);
    if (access(FOLDER "evaluations", R_OK) == 0) {
        tcase_add_loop_test(
            all, published_evaluations_are_reproduced, 0, ROWS(evaluations));
        tcase_add_test(all, a_weighted_sum_is_what_others_compute);
        tcase_add_test(
            all, award_on_value_takes_the_published_worth_off_the_price);
        tcase_add_test(all, a_total_over_the_sum_of_weights_is_as_published);
        tcase_add_test(all, scales_that_are_tables_are_what_others_compute);
        tcase_add_test(all, acceptability_is_what_others_compute);
    } else {
        puts("skipped: no published evaluations beside the project");
    }
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
