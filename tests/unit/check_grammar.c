/* SPDX-License-Identifier: Apache-2.0
 *
 * check_grammar.c - the judge of conversations must be able to say no.
 */
#include "tests/talk/grammar.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define KEY_16 "kkkkkkkkkkkkkkkk"
#define KEY_64 KEY_16 KEY_16 KEY_16 KEY_16

static const struct {
    const char *line;
    enum line_class class;
} lines[] = {
    {"hello proto=1 server=diptychd/0.1.0 # type \"help\"", LINE_HELLO},
    {"ok", LINE_OK},
    {"ok @a n=1 at=16 more=yes next=12", LINE_OK},
    {"err arg field=price got=\"5 EUR\" allowed=\"a \\\"number\\\"\" # no",
        LINE_ERR},
    {"err @a conflict if=3", LINE_ERR},
    {"  bid B-1 rev=3 name=\"Stadt K\xc3\xb6ln\" price=1..2", LINE_DATA},
    {"  done step=1 $c=\"a b\"", LINE_DATA},
    {"  | ok is what a hostile note would say", LINE_DATA},
    {"  |", LINE_DATA},
    {"  {\"kind\":\"bid\"}", LINE_DATA},
    {"* 17 2026-11-21T21:14:03.120Z bid.set B-1 price=1", LINE_EVENT},
    {"* 17 2026-11-21T21:14:03.120Z tick", LINE_EVENT},
    {"# for people \"as it comes", LINE_NOTICE},
    {"bye reason=quit", LINE_BYE},
    {"ok " KEY_64 "=\"a b\"", LINE_OK},
    {"ok " KEY_64 "k=\"a b\"", LINE_WRONG},
    {"", LINE_WRONG},
    {"okay", LINE_WRONG},
    {"ok  n=1", LINE_WRONG},
    {"ok ", LINE_WRONG},
    {"ok n=", LINE_WRONG},
    {"ok n=\"1", LINE_WRONG},
    {"ok n=\"1\"2", LINE_WRONG},
    {"ok n=1\"2", LINE_WRONG},
    {"ok n=\"\\q\"", LINE_WRONG},
    {"ok n=\"\\u{}\"", LINE_WRONG},
    {"ok @", LINE_WRONG},
    {"err", LINE_WRONG},
    {"err @a", LINE_WRONG},
    {" bid B-1", LINE_WRONG},
    {"  |text", LINE_WRONG},
    {"  {\"kind\":", LINE_WRONG},
    {"  ", LINE_WRONG},
    {"* 17 2026-11-21 bid.set", LINE_WRONG},
    {"* x 2026-11-21T21:14:03.120Z bid.set", LINE_WRONG},
    {"* 17 2026-11-21T21:14:03Z tick", LINE_WRONG},
    {"ok \x01", LINE_WRONG},
    {"ok \xc2\x85", LINE_WRONG},
    {"ok \xff", LINE_WRONG},
    {"ok \xc0\xaf", LINE_WRONG},
    {"ok \xed\xa0\x80", LINE_WRONG},
    {"ok \xc3", LINE_WRONG},
};

START_TEST(a_line_is_of_its_class_or_wrong)
{
    const char *why = NULL;
    enum line_class class =
        line_class(lines[_i].line, strlen(lines[_i].line), &why);

    ck_assert_int_eq(class, lines[_i].class);
    ck_assert((why != NULL) == (class == LINE_WRONG));
}
END_TEST

/* What is sent, and what then comes; the last line is the one that breaks
 * a rule, where there is one. */
static const struct {
    const char *sent;
    const char *seen[5];
    bool good;
} sessions[] = {
    {"@a ping\nping\n", {"hello", "ok @a", "ok"}, true},
    {"@a ping\r\n\n# x\n  \nping # y\n", {"hello", "ok @a", "ok"}, true},
    {"set B-1 a=<<END\nping\nEND\nping\n", {"hello", "ok", "ok"}, true},
    {"# <<END\nping\n", {"hello", "ok"}, true},
    {"show B-1\n", {"hello", "  bid B-1", "  | x", "ok n=1", "# x"}, true},
    {"quit\nping\n", {"hello", "ok", "bye reason=quit"}, true},
    {"ping\n", {"ok"}, false},
    {"ping\n", {"hello", "hello"}, false},
    {"ping\n", {"hello", "ok", "ok"}, false},
    {"set B-1 a=<<END\nping\n", {"hello", "ok", "ok"}, false},
    {"@a ping\n", {"hello", "ok"}, false},
    {"@a ping\n@b ping\n", {"hello", "ok @b"}, false},
    {"pin", {"hello", "ok"}, false},
    {"", {"hello", "  bid B-1"}, false},
    {"show B-1\n", {"hello", "  bid B-1", "* 17 2026-11-21T21:14:03.120Z tick"},
        false},
    {"show B-1\n", {"hello", "  bid B-1", "# x"}, false},
    {"quit\nping\n", {"hello", "ok", "bye", "ok"}, false},
};

START_TEST(each_request_has_one_final_line_in_order)
{
    struct grammar g = {0};
    const char *fault = NULL;
    enum line_class class;

    grammar_sent(&g, sessions[_i].sent, strlen(sessions[_i].sent));
    for (size_t i = 0; i < 5 && sessions[_i].seen[i] && !fault; i++) {
        const char *line = sessions[_i].seen[i];

        fault = grammar_seen(&g, line, strlen(line), &class);
        bool last = i == 4 || sessions[_i].seen[i + 1] == NULL;
        ck_assert_msg(!fault || last, "%s: %s", line, fault ? fault : "");
    }
    grammar_fini(&g);
    ck_assert((fault == NULL) == sessions[_i].good);
}
END_TEST

START_TEST(however_the_bytes_are_cut_the_requests_are_the_same)
{
    static const char sent[] = "@a set B-1 a=<<END\n@x\nEND\n@b ping\n";

    for (size_t cut = 0; cut < strlen(sent); cut++) {
        struct grammar g = {0};

        grammar_sent(&g, sent, cut);
        grammar_sent(&g, sent + cut, strlen(sent) - cut);
        ck_assert_uint_eq(g.tags_n, 2);
        ck_assert_str_eq(g.tags[0], "@a");
        ck_assert_str_eq(g.tags[1], "@b");
        grammar_fini(&g);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("talk/grammar");
    TCase *all = tcase_create("all");
    tcase_add_loop_test(
        all, a_line_is_of_its_class_or_wrong, 0, sizeof lines / sizeof *lines);
    tcase_add_loop_test(all, each_request_has_one_final_line_in_order, 0,
        sizeof sessions / sizeof *sessions);
    tcase_add_test(all, however_the_bytes_are_cut_the_requests_are_the_same);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
