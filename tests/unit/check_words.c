/* SPDX-License-Identifier: Apache-2.0
 *
 * check_words.c - the lexer, its refusals, and that printing is its inverse.
 */
#include "protocol/words.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

/* The words of a line as "key op [value]" parts, to compare at a glance. */
static enum err read_line(const char *line, const char *body, struct text *got)
{
    struct words words = {0};
    struct words_fault fault = {0};
    enum err err = words_read(line, strlen(line), body, 8, &words, &fault);

    for (size_t i = 0; i < words.n; i++)
        text_printf(got, "%s%s[%s]", words.list[i].key ? words.list[i].key : "",
            op_word(words.list[i].op), words.list[i].value);
    if (err == ERR_SYNTAX)
        text_printf(got, "column %zu", fault.column);
    words_free(&words);
    return err;
}

static const struct row {
    const char *line;
    enum err want;
    const char *got;
} rows[] = {
    {"ping", ERR_OK, "[ping]"},
    {"  set\tB-3  price=5 ", ERR_OK, "[set][B-3]price=[5]"},
    {"a b=\"c d\" # rest", ERR_OK, "[a]b=[c d]"},
    {"a b=c#d", ERR_OK, "[a]b=[c#d]"},
    {"a \"x\\n\\t\\\"\\\\\\u{e9}\"", ERR_OK, "[a][x\n\t\"\\\xc3\xa9]"},
    {"list bid price<=5 x!=y z~w v>1", ERR_OK,
        "[list][bid]price<=[5]x!=[y]z~[w]v>[1]"},
    {"set T s+=a s-=b", ERR_OK, "[set][T]s+=[a]s-=[b]"},
    {"set T a-b=c", ERR_OK, "[set][T]a-b=[c]"},
    {"use tender=\"\"", ERR_OK, "[use]tender=[]"},
    {"x $b=1 bid=$b", ERR_OK, "[x]$b=[1]bid=[$b]"},
    {"decider T with=B-9.price=87", ERR_OK, "[decider][T]with=[B-9.price=87]"},
    {"x back\\slash", ERR_OK, "[x][back\\slash]"},
    {"", ERR_OK, ""},
    {"# only", ERR_OK, ""},
    {"set B-3 price=", ERR_SYNTAX, "column 15"},
    {"set \"open", ERR_SYNTAX, "column 10"},
    {"set \"a\"b", ERR_SYNTAX, "column 8"},
    {"set a\"b", ERR_SYNTAX, "column 6"},
    {"set \"a\\x\"", ERR_SYNTAX, "column 8"},
    {"set \"\\u{1}\"", ERR_SYNTAX, "column 10"},
    {"set \"\\u{d800}\"", ERR_SYNTAX, "column 13"},
    {"set \"\\u{1234567}\"", ERR_SYNTAX, "column 15"},
    {"a\x01", ERR_SYNTAX, "column 2"},
    {"a\xff", ERR_SYNTAX, "column 2"},
    {"a \xc2\x85", ERR_SYNTAX, "column 3"},
    {"1 2 3 4 5 6 7 8", ERR_OK, "[1][2][3][4][5][6][7][8]"},
    {"1 2 3 4 5 6 7 8 9", ERR_LIMIT, ""},
};

START_TEST(a_line_is_cut_into_words_or_refused)
{
    struct text got = {0};

    ck_assert_int_eq(read_line(rows[_i].line, NULL, &got), rows[_i].want);
    ck_assert_str_eq(text_peek(&got), rows[_i].got);
    text_fini(&got);
}
END_TEST

START_TEST(a_heredoc_becomes_the_last_value)
{
    struct text got = {0};

    ck_assert_int_eq(read_line("note B-1 text=<<END", "a\nb", &got), ERR_OK);
    ck_assert_str_eq(got.bytes, "[note][B-1]text=[a\nb]");
    text_fini(&got);
}
END_TEST

START_TEST(a_heredoc_mark_is_told_from_what_looks_like_one)
{
    static const struct {
        const char *line;
        const char *word; /* NULL: no mark */
    } marks[] = {{"set T a=<<END", "END"}, {"set T <<E.1", "E.1"}, {"<<X", "X"},
        {"set T a=x<<END", NULL}, {"set T a=<<", NULL}, {"set T # <<END", NULL},
        {"set T \"#\" a=<<END", "END"}, {"set T a<<END", NULL}, {"", NULL}};
    size_t len = strlen(marks[_i].line);
    size_t at = words_heredoc(marks[_i].line, len);

    if (marks[_i].word == NULL)
        ck_assert_uint_eq(at, len);
    else
        ck_assert_str_eq(marks[_i].line + at, marks[_i].word);
}
END_TEST

START_TEST(what_is_printed_reads_back_the_same)
{
    static const char *const values[] = {"plain", "", "two words", "a=b",
        "#note", "@tag", "\"quoted\"", "back\\slash", "tab\tand\nline", "<<END",
        "a<b", "x!=y", "é–—", "~", "$b", "a,b", "-5"};
    struct text line = {0};
    struct words words = {0};
    struct words_fault fault;

    word_print(&line, values[_i]);
    text_puts(&line, " key=");
    word_print(&line, values[_i]);
    ck_assert_int_eq(
        words_read(line.bytes, line.len, NULL, 8, &words, &fault), ERR_OK);
    ck_assert_uint_eq(words.n, 2);
    ck_assert_ptr_null(words.list[0].key);
    ck_assert_str_eq(words.list[0].value, values[_i]);
    ck_assert_str_eq(words_get(&words, "key"), values[_i]);
    words_free(&words);
    text_fini(&line);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("protocol/words");
    TCase *cases = tcase_create("words");
    tcase_add_loop_test(cases, a_line_is_cut_into_words_or_refused, 0,
        sizeof rows / sizeof *rows);
    tcase_add_test(cases, a_heredoc_becomes_the_last_value);
    tcase_add_loop_test(
        cases, a_heredoc_mark_is_told_from_what_looks_like_one, 0, 9);
    tcase_add_loop_test(cases, what_is_printed_reads_back_the_same, 0, 17);
    suite_add_tcase(suite, cases);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
