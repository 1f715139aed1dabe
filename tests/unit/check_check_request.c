/* SPDX-License-Identifier: Apache-2.0
 *
 * check_check_request.c - requests judged by the tables alone: what the server
 * would refuse is found, and no example of help is.
 */
#include "client/edit/check_request.h"
#include "protocol/command.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct check_known known;

static void tear_down(void)
{
    check_known_fini(&known);
}

static bool judge(const char *line, const char *body, struct check_fault *fault)
{
    struct unit unit = {.has_body = body != NULL};

    text_puts(&unit.line, line);
    if (body)
        text_puts(&unit.body, body);
    bool right = check_request(&known, &unit, LANGUAGE_ENGLISH, fault);
    unit_fini(&unit);
    return right;
}

static void accept(const char *line, const char *body)
{
    struct check_fault fault = {0};

    ck_assert_msg(judge(line, body, &fault), "%s: %s field=%s got=%s", line,
        fault.sentence, fault.field, fault.got);
}

static const char *const right[] = {
    "",
    "  \t",
    "# set B-1 price=cheap",
    "@t ping",
    "PING",
    "exit",
    "add bid code=X party=WE price=5",
    "@a set B-1 price=\"\" if=seen once=k1",
    "set OURS price=510..515..530",
    "set NB buyer+=WE",
    "set NB buyer-=WE title=x",
    "list bid price<600 price>=5 order-by=-price,code after=x",
    "list party rev>5 author=ann",
    "log limit=5",
    "decider NB with=B-1.price=5 with=B-2.price=6",
    "use tender=NB lang=fr",
    "commit once=k2",
};

START_TEST(what_is_right_is_let_by)
{
    accept(right[_i], NULL);
}
END_TEST

START_TEST(every_example_of_help_is_right)
{
    for (int i = 0; i < CMD_COUNT; i++)
        accept(commands[i].example, NULL);
    for (size_t i = 0; i < example_rows_n; i++)
        accept(example_rows[i].line, NULL);
}
END_TEST

static const struct {
    const char *line, *field, *got, *allowed; /* "": not looked at */
} rows[] = {
    {"shwo B-1", "verb", "shwo", "show"},
    {"=ping", "verb", "=ping", ""},
    {"show \"B-1", "column", "", NULL},
    {"@t", NULL, NULL, NULL},
    {"show", "values", NULL, "id+"},
    {"show B-1 colour=red", "colour", "red", ""},
    {"ping x", "values", NULL, ""},
    {"add colour name=x", "kind", "colour", ""},
    {"add bid pirce=5", "pirce", "5", ""},
    {"add bid party=WE price=cheap", "price", "cheap",
        "8, 6..9 or 6..8..9, up to 4 decimals"},
    {"add party sort=robot", "sort", "robot",
        "organisation,person,segment,community"},
    {"add party code=X", "sort", "", ""},
    {"add party sort=person sort=person", NULL, NULL, NULL},
    {"add party sort+=person", "sort", "+=", "="},
    {"set B-1 colour=red", "colour", "red", ""},
    {"set NOBODY colour=red", "colour", "red", "a field of the object"},
    {"set $b price=5", "id", "$b", "a name of this batch"},
    {"add cover need=$n bid=OURS level=0.5", "need", "$n",
        "a name of this batch"},
    {"list bid price~5", "price", "~", ""},
    {"list bid colour=red", "colour", "red", ""},
    {"list bid limit=x", "limit", "x", "a whole number"},
    {"list bid limit<5", "limit", "<", "="},
    {"use lang=de", "lang", "de", "en,fr"},
    {"on-error maybe", "what", "maybe", "stop,go"},
    {"del B-1 parts=perhaps", "parts", "perhaps", "yes,no"},
};

static void expect(
    const char *line, const char *what, const char *got, const char *wanted)
{
    if (wanted == NULL)
        ck_assert_msg(got == NULL, "%s: %s=%s", line, what, got);
    else if (*wanted)
        ck_assert_msg(got && strcmp(got, wanted) == 0, "%s: %s=%s", line, what,
            got ? got : "(none)");
}

START_TEST(what_is_wrong_is_told)
{
    struct check_fault fault = {0};
    const char *line = rows[_i].line;

    ck_assert_msg(!judge(line, NULL, &fault), "%s", line);
    ck_assert_ptr_nonnull(fault.sentence);
    expect(line, "field", fault.field, rows[_i].field);
    expect(line, "got", fault.got, rows[_i].got);
    expect(line, "allowed", fault.allowed, rows[_i].allowed);
    check_fault_fini(&fault);
}
END_TEST

START_TEST(a_name_is_known_until_the_batch_ends)
{
    struct check_fault fault = {0};

    accept("begin", NULL);
    accept("add need code=N1 sort=job name=x as=$n", NULL);
    accept("set $n name=y", NULL);
    accept("add cover need=$n bid=OURS level=0.5", NULL);
    accept("note $n text=<<END", "two\nlines");
    ck_assert(!judge("set $n colour=red", NULL, &fault));
    check_fault_fini(&fault);
    accept("commit once=k", NULL);
    ck_assert(!judge("set $n name=y", NULL, &fault));
    check_fault_fini(&fault);
    /* A code outlives the batch, and tells the kind. */
    ck_assert(!judge("set N1 price=5", NULL, &fault));
    ck_assert_ptr_nonnull(strstr(fault.allowed, "must-threshold"));
    check_fault_fini(&fault);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("client/check_request");
    TCase *tcase = tcase_create("check_request");

    tcase_add_checked_fixture(tcase, NULL, tear_down);
    suite_add_tcase(suite, tcase);
    tcase_add_loop_test(
        tcase, what_is_right_is_let_by, 0, sizeof right / sizeof *right);
    tcase_add_test(tcase, every_example_of_help_is_right);
    tcase_add_loop_test(
        tcase, what_is_wrong_is_told, 0, sizeof rows / sizeof *rows);
    tcase_add_test(tcase, a_name_is_known_until_the_batch_ends);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
