/* SPDX-License-Identifier: Apache-2.0
 *
 * check_french.c - that whatever the code allows or explains in English has
 * its French sentence: the sources are read for what they say.
 */
#include "protocol/french.h"
#include "protocol/types.h"

#include <check.h>
#include <ctype.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Words of the wire alone. */
static const char *const wire[] = {"= += -=", "auth plain BASE64"};

/* Whether there is more than marks and signs. */
static bool has_words(const char *sentence)
{
    for (const char *p = sentence; *p; p++) {
        if (*p == '%')
            p += strcspn(p + 1, "sduxcf%") + 1;
        else if (isalpha((unsigned char)*p))
            return true;
    }
    return false;
}

static bool has_row(const char *english)
{
    for (size_t i = 0; i < sizeof wire / sizeof *wire; i++)
        if (strcmp(wire[i], english) == 0)
            return true;
    return !has_words(english) ||
           french_of(english, LANGUAGE_FRENCH) != english;
}

/* The printf marks of a sentence, one behind the other. */
static void add_marks(struct text *to, const char *sentence)
{
    for (const char *p = sentence; (p = strchr(p, '%')) != NULL;) {
        size_t len = strcspn(p + 1, "sduxcf%") + 2;

        text_add(to, p, len);
        p += len;
    }
}

START_TEST(a_row_has_two_sentences_with_the_same_marks)
{
    const struct french_row *row = &french_rows[_i];
    struct text english = {0}, french = {0};

    ck_assert_str_ne(row->english, row->french);
    ck_assert_str_ne(row->french, "");
    add_marks(&english, row->english);
    add_marks(&french, row->french);
    ck_assert_str_eq(text_peek(&english), text_peek(&french));
    for (size_t i = 0; i < (size_t)_i; i++)
        ck_assert_str_ne(french_rows[i].english, row->english);
    text_fini(&english);
    text_fini(&french);
}
END_TEST

START_TEST(what_a_type_allows_has_french)
{
    ck_assert_msg(
        has_row(type_allowed((enum type)_i)), "%s", type_word((enum type)_i));
}
END_TEST

static void read_file(const char *path, struct text *to)
{
    char bytes[4096];
    FILE *from = fopen(path, "re");
    size_t got;

    ck_assert_msg(from != NULL, "%s", path);
    while ((got = fread(bytes, 1, sizeof bytes, from)) > 0)
        text_add(to, bytes, got);
    (void)fclose(from);
}

/* One literal, without its quotes; gives the place behind it. */
static const char *take_literal(const char *p, struct text *to)
{
    while (*++p && *p != '"') {
        if (*p == '\\')
            p++;
        text_putc(to, *p == 'n' && p[-1] == '\\' ? '\n' : *p);
    }
    return *p ? p + 1 : p;
}

static size_t judge(const char *file, struct text *said)
{
    size_t bad = said->len > 0 && strchr(said->bytes, ' ') != NULL &&
                 !has_row(said->bytes);

    if (bad)
        printf("%s: no French for: %s\n", file, said->bytes);
    said->len = 0;
    return bad;
}

/* What stands in the brackets of a call or table; literals that follow each other are
 * one.  Without a blank it is a word of the wire. */
static size_t judge_call(const char *file, const char *p)
{
    struct text said = {0};
    size_t bad = 0;
    int depth = 0;

    do {
        if (*p == '"') {
            p = take_literal(p, &said);
            continue;
        }
        depth += (*p == '(' || *p == '{') - (*p == ')' || *p == '}');
        if (strchr(" \n\t", *p) == NULL)
            bad += judge(file, &said);
        p++;
    } while (*p && depth > 0);
    text_fini(&said);
    return bad;
}

START_TEST(what_the_code_says_has_french)
{
    static const char *const calls[] = {"fault_set(", "session_refuse(",
        "explain_say(", "chance_decimal(", "chance_share(", "find_key(",
        "read_decimals(", "ranges[] = {"};
    size_t bad = 0, n = 0;
    glob_t found = {0};

    ck_assert_int_eq(glob("protocol/*.c", 0, NULL, &found), 0);
    ck_assert_int_eq(glob("db/*.c", GLOB_APPEND, NULL, &found), 0);
    ck_assert_int_eq(glob("server/*/*.c", GLOB_APPEND, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        struct text source = {0};

        read_file(found.gl_pathv[i], &source);
        for (size_t k = 0; k < sizeof calls / sizeof *calls; k++)
            for (const char *p = text_peek(&source);
                 (p = strstr(p, calls[k])) != NULL; n++) {
                p += strcspn(p, "({");
                bad += judge_call(found.gl_pathv[i], p);
            }
        text_fini(&source);
    }
    globfree(&found);
    ck_assert_uint_eq(bad, 0);
    ck_assert_uint_gt(n, 100);
}
END_TEST

START_TEST(a_gap_that_is_filled_is_kept)
{
    struct text got = {0};

    french_print(
        &got, "tender=ID, for kinds of more than 10 objects", LANGUAGE_FRENCH);
    ck_assert_str_eq(
        got.bytes, "tender=ID, pour un genre de plus de 10 objets");
    got.len = 0;
    french_print(&got, "1..100", LANGUAGE_FRENCH);
    ck_assert_str_eq(got.bytes, "1..100");
    got.len = 0;
    french_print(&got, "yes or no", LANGUAGE_ENGLISH);
    ck_assert_str_eq(got.bytes, "yes or no");
    text_fini(&got);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("protocol/french");
    TCase *tcase = tcase_create("french");

    suite_add_tcase(suite, tcase);
    tcase_add_loop_test(tcase, a_row_has_two_sentences_with_the_same_marks, 0,
        (int)french_rows_n);
    tcase_add_loop_test(tcase, what_a_type_allows_has_french, 0, TYPE_COUNT);
    tcase_add_test(tcase, what_the_code_says_has_french);
    tcase_add_test(tcase, a_gap_that_is_filled_is_kept);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
