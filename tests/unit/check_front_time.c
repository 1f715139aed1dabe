/* SPDX-License-Identifier: Apache-2.0
 *
 * check_front_time.c - a front whose search would take longer than it may: it
 * is searched again with fewer partial offers, and tells its gap.
 */
#include "protocol/limit.h"
#include "tests/unit/made_up.h"

enum { ELEMENTS = 40, LONGEST = 3600000 };

static void set_time(size_t ms)
{
    ck_assert_int_eq(limit_set(LIMIT_ROW_COMPUTE_TIME, ms), ERR_OK);
}

/* Elements that need each other's room: each covers two needs, in two ways. */
static void add_elements(void)
{
    static const char *const ways[] = {"add", "cap", "complement"};
    struct text line = {0};

    for (unsigned i = 0; i < ELEMENTS; i++) {
        text_printf(&line, "add element code=E%u cost=%u\n", i, 1 + draw(40));
        text_printf(&line, "add effect element=E%u on=C%u by=0.%u\n", i,
            2 + draw(3), 1 + draw(9));
        for (unsigned k = 0; k < 2; k++)
            text_printf(&line,
                "add effect element=E%u on=N%u by=0.0%u combine=%s\n", i,
                1 + 2 * k + draw(2), 1 + draw(6), ways[draw(3)]);
        char *got = say(text_peek(&line));
        ck_assert_msg(strstr(got, "err") == NULL, "%s", got);
        free(got);
        text_fini(&line);
    }
}

static double gap_of(const char *got)
{
    const char *at = strstr(got, " gap=");

    ck_assert_msg(at != NULL, "%s", got);
    return strtod(at + 5, NULL);
}

START_TEST(a_front_that_takes_too_long_is_an_approximation)
{
    char *got = NULL;

    play_file("tests/samples/night-bus.dpt");
    add_elements();
    /* The least time, of those that double, in which there is an answer. */
    for (size_t ms = 20; ms <= LONGEST; ms *= 2) {
        free(got);
        set_time(ms);
        got = say("front NB draws=128");
        if (strstr(got, "compute-time") == NULL)
            break;
    }
    ck_assert_msg(strstr(got, " exact=no ") != NULL, "%s", got);
    double hurried = gap_of(got);
    free(got);
    set_time(LONGEST);
    got = say("front NB draws=128");
    ck_assert_msg(hurried > gap_of(got), "no better in an hour: %s", got);
    free(got);
}
END_TEST

static void set_up(void)
{
    stand_new(&stand);
    session = stand_enter(stand, "ann");
}

static void tear_down(void)
{
    session_free(&session);
    stand_free(&stand);
    set_time(LIMIT_COMPUTE_TIME);
}

int main(void)
{
    Suite *suite = suite_create("server/front_time");
    TCase *at = tcase_create("time");

    tcase_add_checked_fixture(at, set_up, tear_down);
    tcase_set_timeout(at, 300);
    tcase_add_test(at, a_front_that_takes_too_long_is_an_approximation);
    suite_add_tcase(suite, at);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
