/* SPDX-License-Identifier: Apache-2.0
 *
 * check_pages.c - the pages of a list are of the state that the first one
 * showed, whatever is changed between them.
 */
#include "tests/unit/made_up.h"

static void set_up(void)
{
    random_state = 3;
    stand_new(&stand);
    session = stand_enter(stand, "ann");
    ck_assert(say_ok("add tender code=NB"));
    ck_assert(say_ok("use tender=NB"));
    for (int i = 0; i < 20; i++)
        ck_assert(say_ok("add need sort=job"));
}

static void tear_down(void)
{
    session_free(&session);
    stand_free(&stand);
}

static void change_at_random(void)
{
    struct text line = {0};
    unsigned id = draw(30) + 1;

    if (id % 15 == 0)
        text_puts(&line, "add need sort=job");
    else if (id % 4)
        text_printf(&line, "set N-%u name=x%u", id, draw(20));
    else
        text_printf(&line, "del N-%u", id);
    (void)say_ok(line.bytes);
    text_fini(&line);
}

/* The value of a key in the final line, NULL when it is not there. */
static char *final_value(const char *got, const char *key)
{
    const char *final = strncmp(got, "ok", 2) ? strstr(got, "\nok") : got;

    ck_assert_msg(final != NULL, "%s", got);
    const char *found = strstr(final, key);
    return found ? mem_copy(
                       found + strlen(key), strcspn(found + strlen(key), " \n"))
                 : NULL;
}

/* The data lines of all pages, one behind the other; *at of the first. */
static char *list_pages(const char *what, char **at)
{
    struct text all = {0}, line = {0};
    char *next = NULL;

    *at = NULL;
    do {
        line.len = 0;
        text_printf(&line, "%s limit=3 fields=name", what);
        if (next)
            text_printf(&line, " after=%s", next);
        free(next);
        char *got = say(line.bytes);
        char *here = final_value(got, " at=");
        if (*at)
            ck_assert_str_eq(here, *at);
        else
            *at = mem_text(here);
        free(here);
        next = final_value(got, " next=");
        const char *end = strstr(got, "ok n=");
        text_add(&all, got, (size_t)(end - got));
        free(got);
        for (int i = 0; i < 4; i++)
            change_at_random();
    } while (next);
    text_fini(&line);
    return text_take(&all);
}

START_TEST(pages_are_of_the_state_of_the_first_one)
{
    static const char *const whats[] = {"list need", "list need order-by=-name",
        "list need tender=NB", "list need name!=x5 order-by=name,id",
        "list need name=\"\""};

    for (int round = 0; round < 15; round++) {
        const char *what = whats[round % 5];
        struct text line = {0};
        char *at;
        char *pages = list_pages(what, &at);

        text_printf(&line, "%s limit=1000 at=%s fields=name", what, at);
        char *whole = say(line.bytes);
        *strstr(whole, "ok n=") = '\0';
        ck_assert_str_eq(pages, whole);
        free(pages);
        free(whole);
        free(at);
        text_fini(&line);
    }
}
END_TEST

START_TEST(pages_of_the_past_are_of_that_past)
{
    char *then = say("list need limit=1000 at=15 fields=name");
    struct text all = {0}, line = {0};
    char *next = NULL;

    do {
        line.len = 0;
        text_puts(&line, "list need limit=3 at=15 fields=name");
        if (next)
            text_printf(&line, " after=%s", next);
        free(next);
        char *got = say(line.bytes);
        next = final_value(got, " next=");
        *strstr(got, "ok n=") = '\0';
        text_puts(&all, got);
        free(got);
        change_at_random();
    } while (next);
    *strstr(then, "ok n=") = '\0';
    ck_assert_str_eq(all.bytes, then);
    text_fini(&all);
    text_fini(&line);
    free(then);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("server/pages");
    TCase *tcase = tcase_create("pages");

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, pages_are_of_the_state_of_the_first_one);
    tcase_add_test(tcase, pages_of_the_past_are_of_that_past);
    suite_add_tcase(suite, tcase);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
