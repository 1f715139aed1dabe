/* SPDX-License-Identifier: Apache-2.0
 *
 * check_power.c - salience in eight classes, influence in the long run, the
 * colour of a map.
 */
#include "value/people/power.h"

#include <check.h>

#define ONE DECIMAL_ONE

static const struct {
    int64_t power, legitimacy, urgency;
    const char *name;
    unsigned attributes;
} classes[] = {
    {0, 0, 0, "none", 0},
    {8, 0, 0, "dormant", 1},
    {0, 8, 0, "discretionary", 1},
    {0, 0, 8, "demanding", 1},
    {8, 8, 0, "dominant", 2},
    {8, 0, 8, "dangerous", 2},
    {0, 8, 8, "dependent", 2},
    {8, 8, 8, "definitive", 3},
    {5, 5, 5, "none", 0},
};

START_TEST(three_attributes_make_eight_classes)
{
    unsigned salience = power_salience(classes[_i].power * ONE,
        classes[_i].legitimacy * ONE, classes[_i].urgency * ONE);

    ck_assert_str_eq(power_class(salience), classes[_i].name);
    ck_assert_uint_eq(power_attributes(salience), classes[_i].attributes);
}
END_TEST

START_TEST(what_is_not_recorded_is_not_there)
{
    ck_assert_uint_eq(
        power_salience(MODEL_ABSENT, MODEL_ABSENT, 5 * ONE + 1), 4);
}
END_TEST

static const struct {
    int64_t listens[9], votes[3], want[3];
} influences[] = {
    /* The published one: it does not matter who votes. */
    {{5000, 3000, 2000, 1000, 8000, 1000, 0, 2000, 8000}, {ONE, 0, 0},
        {105263, 526316, 368421}},
    {{5000, 3000, 2000, 1000, 8000, 1000, 0, 2000, 8000}, {ONE, ONE, 3 * ONE},
        {105263, 526316, 368421}},
    /* What lacks is one's own part. */
    {{0, 3000, 2000, 1000, 0, 1000, 0, 2000, 0}, {ONE, 0, 0},
        {105263, 526316, 368421}},
    /* Nobody listens: the voters decide. */
    {{0}, {ONE, 0, 3 * ONE}, {250000, 0, 750000}},
    /* Who listens to two, who listen to nobody, ends between them. */
    {{0, 6000, 2000, 0, 0, 0, 0, 0, 0}, {ONE, 0, 0}, {0, 750000, 250000}},
    /* More than whole is brought back to it. */
    {{0, 9000, 3000, 0, 0, 0, 0, 0, 0}, {ONE, 0, 0}, {0, 750000, 250000}},
    /* Two who only listen to each other: neither forgets. */
    {{0, ONE, 0, ONE, 0, 0, 0, 0, 0}, {ONE, 0, 0}, {500000, 500000, 0}},
};

START_TEST(opinions_settle_where_people_listen)
{
    int64_t got[3];

    power_influence(influences[_i].listens, 3, influences[_i].votes, got);
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(got[i], influences[_i].want[i]);
}
END_TEST

START_TEST(an_empty_role_is_red_whatever_the_rest)
{
    for (int role = 0; role < POWER_ROLES; role++) {
        bool covered[POWER_ROLES] = {true, true, true, true};

        ck_assert_int_eq(power_status_of(covered, false), POWER_GREEN);
        ck_assert_int_eq(power_status_of(covered, true), POWER_AMBER);
        covered[role] = false;
        ck_assert_int_eq(power_status_of(covered, false), POWER_RED);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("value/power");
    TCase *tests = tcase_create("power");

    tcase_add_loop_test(tests, three_attributes_make_eight_classes, 0,
        (int)(sizeof classes / sizeof *classes));
    tcase_add_test(tests, what_is_not_recorded_is_not_there);
    tcase_add_loop_test(tests, opinions_settle_where_people_listen, 0,
        (int)(sizeof influences / sizeof *influences));
    tcase_add_test(tests, an_empty_role_is_red_whatever_the_rest);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
