/* SPDX-License-Identifier: Apache-2.0
 *
 * check_mcda.c - methods of decision analysis, against published tables.
 *
 * The files stand beside the repository, not in it; without them what needs
 * them says so and passes.  The vectors of the header are tested in any case.
 */
#include "tests/parts/json_flat.h"
#include "tests/unit/read_whole.h"
#include "value/award/mcda.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FOLDER "../shared/data/mcda/"
#define MOST   8

struct fixture {
    struct text flat;
    double values[MOST * MOST], weights[MOST], q[MOST], p[MOST];
    bool small[MOST];
    struct mcda_table table;
    double tolerance;
};

static double at(const struct text *flat, const char *path)
{
    char key[80];

    (void)snprintf(key, sizeof key, "\n%s=", path);
    const char *found = strstr(flat->bytes, key);
    return found ? strtod(found + strlen(key), NULL) : NAN;
}

static double at_one(const struct text *flat, const char *list, size_t i)
{
    char path[64];

    (void)snprintf(path, sizeof path, "%s/%zu", list, i);
    return at(flat, path);
}

static double at_two(
    const struct text *flat, const char *list, size_t i, size_t k)
{
    char path[64];

    (void)snprintf(path, sizeof path, "%s/%zu/%zu", list, i, k);
    return at(flat, path);
}

static void read_fixture(struct fixture *f, const char *name, const char *list)
{
    char path[128];

    memset(f, 0, sizeof *f);
    (void)snprintf(path, sizeof path, FOLDER "%s.json", name);
    struct text json = read_whole(path);
    text_puts(&f->flat, "\n");
    ck_assert(json_flat(text_peek(&json), &f->flat));
    text_fini(&json);
    f->tolerance = at(&f->flat, "tolerance");
    struct mcda_table *t = &f->table;
    while (!isnan(at_two(&f->flat, list, 0, t->columns)))
        t->columns++;
    while (!isnan(at_two(&f->flat, list, t->rows, 0))) {
        for (size_t k = 0; k < t->columns; k++)
            f->values[t->rows * t->columns + k] =
                at_two(&f->flat, list, t->rows, k);
        t->rows++;
    }
    for (size_t k = 0; k < t->columns; k++) {
        f->weights[k] = at_one(&f->flat, "weights", k);
        f->small[k] = at_one(&f->flat, "types", k) < 0;
        f->q[k] = at_one(&f->flat, "q", k);
        f->p[k] = at_one(&f->flat, "p", k);
    }
    t->values = f->values;
    t->weights = f->weights;
    t->small = f->small;
}

/* The ranks as 1 + the number of scores that are larger. */
static void check_scores(const struct fixture *f, const double *scores)
{
    for (size_t i = 0; i < f->table.rows; i++) {
        size_t rank = 1;

        for (size_t k = 0; k < f->table.rows; k++)
            rank += scores[k] > scores[i] + 1e-12;
        ck_assert_double_eq_tol(
            scores[i], at_one(&f->flat, "expected/scores", i), f->tolerance);
        ck_assert_double_eq(
            (double)rank, at_one(&f->flat, "expected/ranks", i));
    }
}

START_TEST(topsis_is_as_published)
{
    static const struct {
        const char *name;
        enum mcda_scale scale;
    } rows[] = {{"topsis-tzeng2011", MCDA_BY_VECTOR},
        {"topsis-opricovic2004", MCDA_BY_RANGE}};
    double scores[MOST];
    struct fixture f;

    read_fixture(&f, rows[_i].name, "matrix");
    ck_assert_int_eq(mcda_topsis(&f.table, rows[_i].scale, scores), ERR_OK);
    check_scores(&f, scores);
    text_fini(&f.flat);
}
END_TEST

START_TEST(promethee_is_as_published)
{
    double scores[MOST];
    struct fixture f;

    read_fixture(&f,
        _i ? "promethee2-linear-papathanasiou2018"
           : "promethee2-usual-zhao2013",
        "matrix");
    ck_assert_int_eq(
        mcda_promethee(&f.table, _i ? f.q : NULL, _i ? f.p : NULL, scores),
        ERR_OK);
    check_scores(&f, scores);
    text_fini(&f.flat);
}
END_TEST

START_TEST(sums_and_products_are_as_published)
{
    double scores[MOST];
    struct fixture f;

    read_fixture(&f, "wsm-kracka2010", "matrix");
    ck_assert_int_eq(mcda_sum(&f.table, MCDA_BY_SUM, scores), ERR_OK);
    check_scores(&f, scores);
    text_fini(&f.flat);
    read_fixture(&f, "wsm-basic", "matrix");
    ck_assert_int_eq(mcda_sum(&f.table, MCDA_AS_IS, scores), ERR_OK);
    check_scores(&f, scores);
    text_fini(&f.flat);
    read_fixture(&f, "wpm-enwiki", "matrix");
    ck_assert_int_eq(mcda_product(&f.table, scores), ERR_OK);
    check_scores(&f, scores);
    text_fini(&f.flat);
}
END_TEST

START_TEST(comparisons_give_the_published_weights)
{
    static const char *const names[] = {
        "ahp-consistent-3x3", "ahp-saaty-drinks", "ahp-cr-3x3"};
    struct mcda_consistency told;
    double weights[MOST];
    struct fixture f;

    read_fixture(&f, names[_i], "comparison");
    ck_assert_int_eq(mcda_ahp(f.values, f.table.rows, weights, &told), ERR_OK);
    for (size_t i = 0; i < f.table.rows; i++) {
        double wanted = at_one(&f.flat, "expected/weights", i);
        if (!isnan(wanted))
            ck_assert_double_eq_tol(weights[i], wanted, f.tolerance);
    }
    double index = at(&f.flat, "expected/consistency_index");
    double random = at(&f.flat, "random_index");
    double ratio = at(&f.flat, "expected/consistency_ratio");
    if (isnan(index))
        ck_assert_double_eq_tol(told.ratio, ratio, f.tolerance);
    else
        ck_assert(fabs(told.index - index) <= f.tolerance &&
                  fabs(told.index / random - ratio) <= f.tolerance);
    text_fini(&f.flat);
}
END_TEST

START_TEST(rankings_are_as_alike_as_published)
{
    size_t one[5], other[5];
    struct fixture f;

    read_fixture(&f, "rank-similarity", "rankings");
    for (size_t i = 0; i < 5; i++) {
        one[i] = (size_t)f.values[i];
        other[i] = (size_t)f.values[5 + i];
    }
    struct mcda_alike got = mcda_alike(one, other, 5);
    ck_assert_double_eq_tol(
        got.spearman, at(&f.flat, "expected/spearman"), f.tolerance);
    ck_assert_double_eq_tol(
        got.weighted, at(&f.flat, "expected/weighted_spearman"), f.tolerance);
    ck_assert_double_eq_tol(got.ws, at(&f.flat, "expected/ws"), f.tolerance);
    text_fini(&f.flat);
}
END_TEST

/* Tom, Dick and Harry: four criteria, and a table of three for each. */
START_TEST(a_hierarchy_of_comparisons_is_as_published)
{
    static const double criteria[] = {1, 4, 3, 7, 1. / 4, 1, 1. / 3, 3, 1. / 3,
        3, 1, 5, 1. / 7, 1. / 3, 1. / 5, 1};
    static const double upper[4][3] = {
        {1. / 4, 4, 9}, {3, 1. / 5, 1. / 7}, {5, 9, 4}, {1. / 3, 5, 9}};
    static const double wanted[] = {.35813677, .49278819, .14907504};
    double weights[4], own[3], totals[3] = {0};
    struct mcda_consistency told;

    ck_assert_int_eq(mcda_ahp(criteria, 4, weights, &told), ERR_OK);
    ck_assert_double_eq_tol(weights[0], .54756924, 1e-8);
    ck_assert_double_eq_tol(told.lambda, 4.11841802, 1e-8);
    ck_assert_double_eq_tol(told.index, .03947267, 1e-8);
    ck_assert_double_eq_tol(told.ratio, .04386, 1e-5);
    for (size_t k = 0; k < 4; k++) {
        const double *u = upper[k];
        const double pairs[] = {
            1, u[0], u[1], 1 / u[0], 1, u[2], 1 / u[1], 1 / u[2], 1};
        ck_assert_int_eq(mcda_ahp(pairs, 3, own, &told), ERR_OK);
        for (size_t i = 0; i < 3; i++)
            totals[i] += weights[k] * own[i];
    }
    for (size_t i = 0; i < 3; i++)
        ck_assert_double_eq_tol(totals[i], wanted[i], 1e-7);
}
END_TEST

START_TEST(what_can_not_be_computed_is_refused)
{
    static const double odd[] = {1, 2, 2, 1};
    static const double zero[] = {1, 0, 1. / 0., 1};
    static const double many[121] = {1};
    static const double values[] = {1, NAN};
    static const double none[] = {0, 0};
    static const double q[] = {2, 2}, p[] = {1, 1};
    static const bool small[] = {true, true};
    static const double zeros[] = {0, 1};
    struct mcda_consistency told;
    double out[11];

    ck_assert_int_eq(mcda_ahp(odd, 2, out, &told), ERR_ARG);
    ck_assert_int_eq(mcda_ahp(zero, 2, out, &told), ERR_ARG);
    ck_assert_int_eq(mcda_ahp(many, 11, out, &told), ERR_LIMIT);
    ck_assert_int_eq(mcda_ahp(many, 0, out, &told), ERR_LIMIT);
    struct mcda_table t = {values, 1, 2, q, NULL};
    ck_assert_int_eq(mcda_topsis(&t, MCDA_BY_VECTOR, out), ERR_ARG);
    t.values = odd;
    t.weights = none;
    ck_assert_int_eq(mcda_sum(&t, MCDA_AS_IS, out), ERR_ARG);
    t.weights = q;
    ck_assert_int_eq(mcda_promethee(&t, q, p, out), ERR_ARG);
    t.values = zeros;
    t.small = small;
    ck_assert_int_eq(mcda_sum(&t, MCDA_BY_SUM, out), ERR_ARG);
    ck_assert_int_eq(mcda_product(&t, out), ERR_ARG);
}
END_TEST

START_TEST(rows_that_are_the_same_are_neither_near_nor_far)
{
    static const double same[] = {2, 3, 2, 3};
    static const double weights[] = {1, 1};
    const struct mcda_table t = {same, 2, 2, weights, NULL};
    double out[2];

    ck_assert_int_eq(mcda_topsis(&t, MCDA_BY_RANGE, out), ERR_OK);
    ck_assert_double_eq(out[0], .5);
    ck_assert_int_eq(mcda_promethee(&t, NULL, NULL, out), ERR_OK);
    ck_assert_double_eq(out[1], 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("decision analysis");
    TCase *all = tcase_create("all");
    tcase_add_test(all, a_hierarchy_of_comparisons_is_as_published);
    tcase_add_test(all, what_can_not_be_computed_is_refused);
    tcase_add_test(all, rows_that_are_the_same_are_neither_near_nor_far);
    if (access(FOLDER, R_OK) == 0) {
        tcase_add_loop_test(all, topsis_is_as_published, 0, 2);
        tcase_add_loop_test(all, promethee_is_as_published, 0, 2);
        tcase_add_test(all, sums_and_products_are_as_published);
        tcase_add_loop_test(all, comparisons_give_the_published_weights, 0, 3);
        tcase_add_test(all, rankings_are_as_alike_as_published);
    } else {
        puts("skipped: no published tables beside the project");
    }
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
