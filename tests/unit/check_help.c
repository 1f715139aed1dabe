/* SPDX-License-Identifier: Apache-2.0
 *
 * check_help.c - every example of help works on the record of the golden
 * tender, and help shows it, in both languages.
 */
#include "protocol/command.h"
#include "protocol/limit.h"
#include "tests/unit/made_up.h"

static void set_up(void)
{
    stand_new(&stand);
    session = stand_enter(stand, "ann");
    play_file("tests/samples/night-bus.dpt");
}

static void tear_down(void)
{
    session_free(&session);
    stand_free(&stand);
}

/* What must have been said before; the session has been shown our bid, as the
 * examples with if=seen expect. */
static const struct {
    const char *verb, *before;
} preludes[] = {
    {"commit", "begin\nadd need sort=job name=x"},
    {"abort", "begin"},
    {"unwatch", "watch NB"},
    {"set", "show B-1"},
    {"undo", "show B-1"},
};

static const char *final_of(const char *got)
{
    const char *final = NULL;

    for (const char *p = got; *p; p += strcspn(p, "\n"), p += *p == '\n')
        if (strncmp(p, "ok", 2) == 0 || strncmp(p, "err", 3) == 0)
            final = p;
    return final ? final : "";
}

static void expect_ok(const char *line)
{
    char *got = say(line);

    ck_assert_msg(strncmp(final_of(got), "ok", 2) == 0, "%s: %s", line, got);
    free(got);
}

static void expect_shown(const char *topic, const char *line, bool french)
{
    struct text ask = {0}, mark = {0};

    text_printf(&ask, "help %s", topic);
    text_printf(&mark, "%s %s\n", french ? "p. ex." : "e.g.", line);
    char *got = say(ask.bytes);
    ck_assert_msg(strstr(got, mark.bytes) != NULL, "%s: %s", ask.bytes, got);
    free(got);
    text_fini(&ask);
    text_fini(&mark);
}

/* Whom the example names gets the password or the token that it holds, and it
 * is said by somebody who has just connected. */
static void come_in_by(const char *example)
{
    struct words words = {0};
    struct words_fault fault;

    ck_assert_int_eq(
        words_read(example, strlen(example), NULL, LIMIT_WORDS, &words, &fault),
        ERR_OK);
    ck_assert_uint_eq(words.n, 3);
    bool login = strcmp(words.list[0].value, "login") == 0;
    const struct stand_key key = {.user = login ? words.list[1].value : "ann",
        .password = login ? words.list[2].value : NULL,
        .token = login ? NULL : words.list[2].value};
    tear_down();
    stand_new_key(&stand, 0, &key);
    words_free(&words);
    stand_session(stand, &session);
}

START_TEST(the_example_of_a_verb_works_and_is_shown)
{
    enum command_id id = (enum command_id)(_i / 2);
    const struct command *c = &commands[id];

    ck_assert(say_ok(_i % 2 ? "use lang=fr" : "use lang=en"));
    expect_shown(c->name, c->example, _i % 2);
    for (size_t i = 0; i < sizeof preludes / sizeof *preludes; i++)
        if (strcmp(preludes[i].verb, c->name) == 0)
            free(say(preludes[i].before));
    if (id == CMD_LOGIN || id == CMD_AUTH)
        come_in_by(c->example);
    expect_ok(c->example);
}
END_TEST

START_TEST(the_examples_of_kinds_and_topics_work_and_are_shown)
{
    ck_assert(say_ok(_i ? "use lang=fr" : "use lang=en"));
    for (size_t i = 0; i < example_rows_n; i++)
        expect_shown(example_rows[i].of, example_rows[i].line, _i);
    for (size_t i = 0; i < example_rows_n; i++)
        expect_ok(example_rows[i].line);
}
END_TEST

START_TEST(every_kind_and_topic_has_an_example)
{
    for (int i = 0; i < KIND_COUNT; i++) {
        size_t n = 0;

        for (size_t j = 0; j < example_rows_n; j++)
            n += strcmp(example_rows[j].of, kind_row((enum kind)i)->word) == 0;
        ck_assert_msg(n > 0, "%s", kind_row((enum kind)i)->word);
    }
    for (size_t i = 0; i < topic_rows_n; i++) {
        size_t n = 0;

        for (size_t j = 0; j < example_rows_n; j++)
            n += strcmp(example_rows[j].of, topic_rows[i].word) == 0;
        ck_assert_msg(n > 0, "%s", topic_rows[i].word);
        ck_assert_str_ne(topic_rows[i].text[0], topic_rows[i].text[1]);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("server/help");
    TCase *tcase = tcase_create("help");

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_set_timeout(tcase, 200);
    tcase_add_loop_test(
        tcase, the_example_of_a_verb_works_and_is_shown, 0, 2 * CMD_COUNT);
    tcase_add_loop_test(
        tcase, the_examples_of_kinds_and_topics_work_and_are_shown, 0, 2);
    tcase_add_test(tcase, every_kind_and_topic_has_an_example);
    suite_add_tcase(suite, tcase);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
