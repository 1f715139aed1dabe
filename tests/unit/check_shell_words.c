/* SPDX-License-Identifier: Apache-2.0
 *
 * check_shell_words.c - arguments of a shell become words of the wire that
 * read back as they were.
 */
#include "client/shell_words.h"
#include "protocol/limit.h"
#include "protocol/lines.h"
#include "protocol/words.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define MOST 8

static int count(const char *const *words)
{
    int n = 0;

    while (n < MOST && words[n])
        n++;
    return n;
}

static const struct {
    const char *words[MOST];
    const char *want;
} requests[] = {
    {{"ping"}, "ping\n"},
    {{"add", "need", "name=Night bus"}, "add need name=\"Night bus\"\n"},
    {{"set", "B-1", "price=510", "if=seen"}, "set B-1 price=510 if=seen\n"},
    {{"set", "B-1", "reason="}, "set B-1 reason=\"\"\n"},
    {{"list", "bid", "price<=600"}, "list bid price<=600\n"},
    {{"list", "need", "name~night bus"}, "list need name~\"night bus\"\n"},
    {{"set", "P-1", "roles-=pays"}, "set P-1 roles-=pays\n"},
    {{"decider", "NB", "with=B-1.price=500"},
        "decider NB with=\"B-1.price=500\"\n"},
    {{"show", "a b"}, "show \"a b\"\n"},
    {{"show", "#1"}, "show \"#1\"\n"},
    {{"show", ""}, "show \"\"\n"},
    {{"show", "2026=x"}, "show \"2026=x\"\n"},
    {{"note", "B-1", "text=say \"so\"\nand \\ so"},
        "note B-1 text=\"say \\\"so\\\"\\nand \\\\ so\"\n"},
    {{"add", "bid", "as=$b"}, "add bid as=$b\n"},
    {{"@a", "ping"}, "@a ping\n"},
    {{"show", "@a"}, "show \"@a\"\n"},
    {{"note", "B-1", "text=<<END"}, "note B-1 text=\"<<END\"\n"},
    {{"list bid price<600"}, "list bid price<600\n"},
};

START_TEST(arguments_are_quoted_when_they_must_be)
{
    struct text got = {0};
    int bad = -1;

    enum err err = shell_words_join(
        requests[_i].words, count(requests[_i].words), &got, &bad);

    ck_assert_int_eq(err, ERR_OK);
    ck_assert_str_eq(got.bytes, requests[_i].want);
    text_fini(&got);
}
END_TEST

/* An argument as the wire reads it: key, operator and value joined again. */
static void join_word(const struct word *word, struct text *to)
{
    if (word->key)
        text_puts(to, word->key);
    text_puts(to, op_word(word->op));
    text_puts(to, word->value);
}

START_TEST(what_was_typed_is_what_is_read)
{
    const char *const *typed = requests[_i].words;
    struct text got = {0};
    struct words words;
    struct words_fault fault;
    int bad;

    ck_assert_int_eq(shell_words_join(typed, count(typed), &got, &bad), ERR_OK);
    ck_assert_int_eq(
        words_read(got.bytes, got.len - 1, NULL, LIMIT_WORDS, &words, &fault),
        ERR_OK);

    ck_assert_uint_eq(words.n, (size_t)count(typed));
    for (size_t i = 0; i < words.n; i++) {
        struct text one = {0};

        join_word(&words.list[i], &one);
        ck_assert_str_eq(text_peek(&one), typed[i]);
        text_fini(&one);
    }
    words_free(&words);
    text_fini(&got);
}
END_TEST

static const char *const refused[][MOST] = {
    {"note", "B-1", "text=bell\a"},
    {"show", "\xff"},
    {"# only a comment"},
    {"note B-1 text=<<END"},
    {"ping \nping"},
};

START_TEST(what_can_not_be_one_request_is_refused)
{
    struct text got = {0};
    int bad = -1;

    enum err err =
        shell_words_join(refused[_i], count(refused[_i]), &got, &bad);

    ck_assert_int_eq(err, ERR_ARG);
    ck_assert_int_eq(bad, count(refused[_i]) - 1);
    ck_assert_uint_eq(got.len, 0);
}
END_TEST

START_TEST(a_long_text_goes_as_a_heredoc_and_comes_back_whole)
{
    struct lines lines = {.line_most = LIMIT_LINE, .body_most = LIMIT_BODY};
    struct text value = {0};
    struct text request = {0};
    struct unit unit;
    int bad;

    text_puts(&value, "text=");
    while (value.len < LIMIT_LINE)
        text_puts(&value, "a line\nEND\n\n");
    const char *words[] = {"note", "B-1", value.bytes, "once=k"};
    ck_assert_int_eq(shell_words_join(words, 4, &request, &bad), ERR_OK);
    lines_feed(&lines, request.bytes, request.len);

    ck_assert_int_eq(lines_next(&lines, &unit), LINES_UNIT);
    ck_assert_str_eq(unit.line.bytes, "note B-1 once=k text=<<END-END");
    ck_assert_str_eq(unit.body.bytes, value.bytes + strlen("text="));
    ck_assert_uint_eq(lines_waiting(&lines), 0);
    unit_fini(&unit);
    lines_fini(&lines);
    text_fini(&value);
    text_fini(&request);
}
END_TEST

#define COUNT(rows) ((int)(sizeof(rows) / sizeof *(rows)))

int main(void)
{
    Suite *suite = suite_create("shell_words");
    TCase *tests = tcase_create("shell_words");
    SRunner *runner = srunner_create(suite);

    suite_add_tcase(suite, tests);
    tcase_add_loop_test(
        tests, arguments_are_quoted_when_they_must_be, 0, COUNT(requests));
    /* The last one is a whole line, which is cut by the wire alone. */
    tcase_add_loop_test(
        tests, what_was_typed_is_what_is_read, 0, COUNT(requests) - 1);
    tcase_add_loop_test(
        tests, what_can_not_be_one_request_is_refused, 0, COUNT(refused));
    tcase_add_test(tests, a_long_text_goes_as_a_heredoc_and_comes_back_whole);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
