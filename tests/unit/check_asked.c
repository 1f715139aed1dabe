/* SPDX-License-Identifier: Apache-2.0
 *
 * check_asked.c - opportunities, Kano classes, QFD weights, value for money.
 */
#include "value/users/asked.h"

#include "tests/unit/tender.h"
#include "value/users/users.h"
#include "value/users/worth.h"

#include <check.h>
#include <stdlib.h>

static int64_t satisfaction[AT_MOST * AT_MOST];
static int64_t targets[AT_MOST * AT_MOST];
static int64_t sales[AT_MOST * AT_MOST];

static void golden_levels(struct tender *t)
{
    tender_golden(t);
    for (size_t i = 0; i < (size_t)AT_MOST * AT_MOST; i++)
        satisfaction[i] = targets[i] = sales[i] = MODEL_ABSENT;
    t->model.satisfaction = satisfaction;
    t->model.targets = targets;
    t->model.sales_points = sales;
}

static const struct {
    int64_t importance, satisfaction, score; /* tenths, tenths, tenths */
    enum opportunity band;
} opportunities[] = {{90, 30, 150, OPPORTUNITY_RIPE},
    {90, 90, 90, OPPORTUNITY_SERVED}, {70, 80, 70, OPPORTUNITY_SERVED},
    {85, 42, 128, OPPORTUNITY_RIPE}, {100, 49, 151, OPPORTUNITY_EXTREME},
    {100, 80, 120, OPPORTUNITY_RIPE}, {100, 81, 119, OPPORTUNITY_LOOK},
    {100, 100, 100, OPPORTUNITY_LOOK}, {99, 99, 99, OPPORTUNITY_SERVED}};

START_TEST(an_opportunity_grows_with_what_is_lacking)
{
    struct asked_opportunity made;
    struct tender t;
    golden_levels(&t);

    ck_assert(!asked_opportunity(&t.model, CHAIR, N2, &made));
    *importance_at(&t, CHAIR, N2) = opportunities[_i].importance * ONE / 10;
    satisfaction[CHAIR * 4 + N2] = opportunities[_i].satisfaction * ONE / 10;
    ck_assert(asked_opportunity(&t.model, CHAIR, N2, &made));
    ck_assert_int_eq(made.score, opportunities[_i].score * 100000);
    ck_assert_int_eq(made.band, opportunities[_i].band);
    *importance_at(&t, CHAIR, N2) = MODEL_ABSENT;
    ck_assert(!asked_opportunity(&t.model, CHAIR, N2, &made));
    t.model.satisfaction = NULL;
    ck_assert(!asked_opportunity(&t.model, CHAIR, N1, &made));
}
END_TEST

START_TEST(the_most_frequent_class_of_the_answers_is_told)
{
    static const struct model_answer answers[] = {
        {N1, NIGHT, ANSWER_LIKE, ANSWER_NEUTRAL, 12},
        {N1, NIGHT, ANSWER_LIKE, ANSWER_DISLIKE, 15},
        {N1, STUD, ANSWER_LIKE, ANSWER_DISLIKE, 5},
        {N1, STUD, ANSWER_NEUTRAL, ANSWER_DISLIKE, 10},
        {N1, MODEL_NOWHERE, ANSWER_NEUTRAL, ANSWER_NEUTRAL, 8},
        {N2, NIGHT, ANSWER_LIKE, ANSWER_LIKE, 3}};
    struct asked_kano k;
    struct tender t;
    tender_golden(&t);
    t.model.answers = answers;
    t.model.answers_n = 6;

    ck_assert(asked_kano(&t.model, MODEL_NOWHERE, N1, &k));
    ck_assert_int_eq(k.class, KANO_ONE);
    ck_assert_uint_eq(k.answers, 50);
    ck_assert_int_eq(k.better, 640000);
    ck_assert_int_eq(k.worse, -600000);
    ck_assert(asked_kano(&t.model, STUD, N1, &k));
    ck_assert_int_eq(k.class, KANO_MUST);
    ck_assert_int_eq(k.better, 333333);
    ck_assert(!asked_kano(&t.model, CHAIR, N1, &k));
    ck_assert(asked_kano(&t.model, NIGHT, N2, &k));
    ck_assert_int_eq(k.class, KANO_QUESTIONABLE);
    ck_assert_int_eq(k.better, MODEL_ABSENT);
    ck_assert(!asked_kano(&t.model, MODEL_NOWHERE, N3, &k));
}
END_TEST

START_TEST(of_equally_frequent_classes_the_stricter_is_told)
{
    static const struct model_answer answers[] = {
        {N1, NIGHT, ANSWER_LIKE, ANSWER_NEUTRAL, 4},
        {N1, NIGHT, ANSWER_LIVE_WITH, ANSWER_DISLIKE, 4}};
    struct asked_kano k;
    struct tender t;
    tender_golden(&t);
    t.model.answers = answers;
    t.model.answers_n = 2;

    ck_assert(asked_kano(&t.model, NIGHT, N1, &k));
    ck_assert_int_eq(k.class, KANO_MUST);
}
END_TEST

START_TEST(function_deployment_weighs_needs_and_criteria)
{
    int64_t needs[4], shares[4], criteria[4];
    struct tender t;
    golden_levels(&t);
    memset(t.relates, 0, sizeof t.relates);
    *relates_at(&t, N1, C2) = 9;
    *relates_at(&t, N1, C3) = 3;
    *relates_at(&t, N2, C2) = 1;
    *relates_at(&t, N2, C3) = 9;

    ck_assert(!asked_qfd(&t.model, NIGHT, needs, shares, criteria));
    *importance_at(&t, NIGHT, N1) = 5 * ONE;
    satisfaction[N1] = 3 * ONE;
    targets[N1] = 5 * ONE;
    sales[N1] = ONE * 3 / 2;
    *importance_at(&t, NIGHT, N2) = 3 * ONE;
    satisfaction[N2] = targets[N2] = 4 * ONE;
    ck_assert(asked_qfd(&t.model, NIGHT, needs, shares, criteria));
    ck_assert_int_eq(needs[N1], 12500000);
    ck_assert_int_eq(needs[N2], 3000000);
    ck_assert_int_eq(needs[N3], MODEL_ABSENT);
    ck_assert_int_eq(shares[N1], 806452);
    ck_assert_int_eq(shares[N2], 193548);
    ck_assert_int_eq(shares[N3], MODEL_ABSENT);
    ck_assert_int_eq(criteria[C1], 0);
    ck_assert_int_eq(criteria[C2], 641667);
    ck_assert_int_eq(criteria[C3], 358333);
    /* Dividing by no satisfaction at all is not possible. */
    satisfaction[N1] = satisfaction[N2] = 0;
    ck_assert(!asked_qfd(&t.model, NIGHT, needs, shares, criteria));
}
END_TEST

START_TEST(value_for_money_is_satisfaction_over_price)
{
    struct users_result *users = NULL;
    int64_t relative = 0;
    struct tender t;
    tender_golden(&t);

    ck_assert_int_eq(users_compute(&t.model, &users), ERR_OK);
    ck_assert_int_eq(worth_of(&t.model, users, OURS, &relative), 1346);
    ck_assert_int_eq(relative, 1000000);
    ck_assert_int_eq(worth_of(&t.model, users, RIV2, &relative), 1323);
    ck_assert_int_eq(relative, 982563);
    t.elements[O1].always = true; /* raises our price, here not our value */
    ck_assert_int_eq(worth_of(&t.model, users, OURS, &relative), 1285);
    t.bids[RIV1].price = not_recorded();
    ck_assert_int_eq(worth_of(&t.model, users, RIV1, &relative), MODEL_ABSENT);
    t.bids[RIV1].price = exactly(0);
    ck_assert_int_eq(worth_of(&t.model, users, RIV1, &relative), MODEL_ABSENT);
    users_free(&users);
}
END_TEST

START_TEST(classes_of_flexibility_have_weight_and_coverage)
{
    struct worth_class w;
    struct tender t;
    tender_golden(&t);

    ck_assert(!worth_class_of(&t.model, 0, &w));
    t.needs[N1].flexibility = t.needs[N3].flexibility = 1;
    t.needs[N4].flexibility = 4;
    ck_assert(worth_class_of(&t.model, 0, &w));
    ck_assert_int_eq(w.weight, 624375);
    ck_assert_int_eq(w.coverage, 672673);
    ck_assert(!worth_class_of(&t.model, 1, &w));
    ck_assert(worth_class_of(&t.model, 3, &w));
    ck_assert_int_eq(w.weight, 289688);
    ck_assert_int_eq(w.coverage, 700000);
    t.segments[NIGHT].heads = MODEL_ABSENT;
    ck_assert(!worth_class_of(&t.model, 3, &w));
}
END_TEST

#define ROWS(table) (int)(sizeof(table) / sizeof *(table))

int main(void)
{
    Suite *suite = suite_create("value/asked");
    TCase *all = tcase_create("all");
    tcase_add_loop_test(
        all, an_opportunity_grows_with_what_is_lacking, 0, ROWS(opportunities));
    tcase_add_test(all, the_most_frequent_class_of_the_answers_is_told);
    tcase_add_test(all, of_equally_frequent_classes_the_stricter_is_told);
    tcase_add_test(all, function_deployment_weighs_needs_and_criteria);
    tcase_add_test(all, value_for_money_is_satisfaction_over_price);
    tcase_add_test(all, classes_of_flexibility_have_weight_and_coverage);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
