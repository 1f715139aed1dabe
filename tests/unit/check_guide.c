/* SPDX-License-Identifier: Apache-2.0
 *
 * check_guide.c - the table of questions, and answers made what the wire
 * wants.
 */
#include "client/guide/guide_fill.h"

#include "protocol/base_mem.h"
#include "protocol/words.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

/* What a team has recorded. */
static const char *const recorded[] = {
    "  tender T-1 code=NB title=\"Night bus\"",
    "  party P-1 code=AUTH sort=organisation name=Authority",
    "  party P-2 code=NIGHT sort=segment name=\"Night workers\" size=6000",
    "  party P-3 code=STUD sort=segment name=Students",
    "  stake S-1 party=P-1 roles=decides,pays",
    "  stake S-2 party=P-2 roles=uses",
    "  stake S-3 party=P-3 roles=pays,uses-indirectly",
    "  criterion C-1 code=C1 sort=price weight=40",
    "  criterion C-2 code=C2 sort=quality name=Service",
    "  criterion C-3 code=C2.1 sort=quality parent=C-2 scale-max=20",
    "  bid B-1 code=OURS party=P-1 ours=yes",
    "  bid B-2 code=GONE party=P-1 state=withdrawn",
    "  need N-1 code=N1 sort=job name=\"Sleep\"",
};

static struct labels record;

static void read_record(void)
{
    for (size_t i = 0; i < sizeof recorded / sizeof *recorded; i++)
        rows_add(&record.rows, recorded[i]);
}

static void free_record(void)
{
    labels_fini(&record);
}

static const struct {
    const char *condition;
    const char *ids; /* of all that meet it */
} conditions[] = {
    {"party", "P-1 P-2 P-3 "},
    {"party sort=segment size=\"\"", "P-3 "},
    {"party sort!=segment", "P-1 "},
    {"user", "P-2 P-3 "},
    {"user size=\"\"", "P-3 "},
    {"leaf", "C-1 C-3 "},
    {"leaf sort!=price scale-max=\"\"", ""},
    {"rated", "B-1 "},
    {"stake roles~pays", "S-1 S-3 "},
    {"stake roles~uses", "S-2 "},
    {"stake party=%1 lot=\"\"", "S-1 "},
    {"tender problem=\"\"", "T-1 "},
    {"lot", ""},
};

START_TEST(a_condition_finds_what_meets_it)
{
    const struct row *first = guide_party(&record, "authority");
    const struct row *row = NULL;
    struct text ids = {0};

    ck_assert_ptr_nonnull(first);
    while ((row = guide_object(
                &record, conditions[_i].condition, first, NULL, row)))
        text_printf(&ids, "%s ", row->id);
    ck_assert_str_eq(text_peek(&ids), conditions[_i].ids);
    text_fini(&ids);
}
END_TEST

static const struct {
    size_t field;
    enum language language;
    const char *typed, *clean;
    enum err err;
} answers[] = {
    {FIELD_PARTY_NAME, LANGUAGE_ENGLISH, "1, 2", "1, 2", ERR_OK},
    {FIELD_PARTY_NAME, LANGUAGE_ENGLISH, "a\001b", "", ERR_ARG},
    {FIELD_PARTY_SIZE, LANGUAGE_ENGLISH, "1,200", "1200", ERR_OK},
    {FIELD_PARTY_SIZE, LANGUAGE_ENGLISH, "1,234,567", "1234567", ERR_OK},
    {FIELD_PARTY_SIZE, LANGUAGE_FRENCH, "1 200", "1200", ERR_OK},
    {FIELD_PARTY_SIZE, LANGUAGE_FRENCH, "1\302\240200", "1200", ERR_OK},
    {FIELD_PARTY_SIZE, LANGUAGE_FRENCH, "1\342\200\257200", "1200", ERR_OK},
    {FIELD_BID_PRICE, LANGUAGE_FRENCH, "1,5..2", "1.5..2", ERR_OK},
    {FIELD_BID_PRICE, LANGUAGE_ENGLISH, "1,5", "1,5", ERR_OK},
    {FIELD_BID_PRICE, LANGUAGE_ENGLISH, "480 .. 500", "480..500", ERR_OK},
    {FIELD_BID_PRICE, LANGUAGE_ENGLISH, "about 5", "about5", ERR_OK},
    {FIELD_COVER_LEVEL, LANGUAGE_ENGLISH, "50%", "0.5", ERR_OK},
    {FIELD_COVER_LEVEL, LANGUAGE_ENGLISH, "100%", "1", ERR_OK},
    {FIELD_COVER_LEVEL, LANGUAGE_ENGLISH, "5%..12.5 %", "0.05..0.125", ERR_OK},
    {FIELD_COVER_LEVEL, LANGUAGE_ENGLISH, "half%", "half%", ERR_OK},
    {FIELD_COVER_LEVEL, LANGUAGE_ENGLISH, "%", "%", ERR_OK},
    {FIELD_REACH_REACHABLE, LANGUAGE_ENGLISH, "Y", "yes", ERR_OK},
    {FIELD_REACH_REACHABLE, LANGUAGE_ENGLISH, "non", "no", ERR_OK},
    {FIELD_REACH_REACHABLE, LANGUAGE_ENGLISH, "maybe", "maybe", ERR_OK},
    {FIELD_CRITERION_PRICE_RULE, LANGUAGE_ENGLISH, "1", "lowest-ratio", ERR_OK},
    {FIELD_CRITERION_PRICE_RULE, LANGUAGE_ENGLISH, "4", "zero-at", ERR_OK},
    {FIELD_CRITERION_PRICE_RULE, LANGUAGE_ENGLISH, "99", "99", ERR_OK},
    {FIELD_CRITERION_PRICE_RULE, LANGUAGE_ENGLISH, "0", "0", ERR_OK},
    {FIELD_CRITERION_PRICE_RULE, LANGUAGE_ENGLISH, "min-max", "min-max",
        ERR_OK},
    {FIELD_RELATES_STRENGTH, LANGUAGE_ENGLISH, "3", "3", ERR_OK},
    {FIELD_EFFECT_ON, LANGUAGE_ENGLISH, "c2.1", "C2.1", ERR_OK},
    {FIELD_EFFECT_ON, LANGUAGE_ENGLISH, "n-1", "N1", ERR_OK},
    {FIELD_EFFECT_ON, LANGUAGE_ENGLISH, "OURS", "", ERR_NONE},
};

START_TEST(an_answer_becomes_what_the_wire_wants)
{
    struct text clean = {0};

    ck_assert_int_eq(guide_clean(&clean, &fields[answers[_i].field], &record,
                         answers[_i].language, answers[_i].typed),
        answers[_i].err);
    ck_assert_str_eq(text_peek(&clean), answers[_i].clean);
    text_fini(&clean);
}
END_TEST

static const struct {
    const char *from, *wire, *human;
} gaps[] = {
    {"%1 %2", "NIGHT C2.1", "NIGHT Night workers C2.1"},
    {"%a", "\"two words\"", "two words"},
    {"%#N %#C %#X", "N2 C3 X1", "N2 C3 X1"},
    {"%=TODAY %=OURS", "TODAY OURS2", "TODAY OURS2"},
    {"0..%m", "0..20", "0..20"},
    {"%d", "AUTH", "AUTH Authority"},
    {"%r", "60", "60"},
    {"%l", "C2.1, N1 Sleep", "C2.1, N1 Sleep"},
    {"%t 100%%", "NB 100%", "NB 100%"},
    {"%p", "Price", "Price"},
};

START_TEST(gaps_are_filled)
{
    const struct guide_gaps filled = {.record = &record,
        .tender = "NB",
        .first = labels_find(&record, "party", "P-2"),
        .second = labels_find(&record, "criterion", "C-3"),
        .answer = "two words"};
    struct text wire = {0};
    struct text human = {0};

    guide_fill(&wire, gaps[_i].from, &filled, true);
    guide_fill(&human, gaps[_i].from, &filled, false);
    ck_assert_str_eq(text_peek(&wire), gaps[_i].wire);
    ck_assert_str_eq(text_peek(&human), gaps[_i].human);
    text_fini(&wire);
    text_fini(&human);
}
END_TEST

static const struct {
    const char *name, *code;
} initials[] = {{"Regional transport authority", "RTA"}, {"Students", "STUDEN"},
    {"École d'été", "EDE"}, {"3 M", "3M"}, {"", ""}, {"日本", ""},
    {"a b c d e f g h", "ABCDEF"}};

START_TEST(a_name_gives_a_code)
{
    struct text code = {0};

    guide_initials(&code, initials[_i].name);
    ck_assert_str_eq(text_peek(&code), initials[_i].code);
    text_fini(&code);
}
END_TEST

/* The marks of a text, in the order of their letters. */
static void count_gaps(const char *text, int *counts)
{
    memset(counts, 0, 256 * sizeof *counts);
    for (; *text; text++)
        if (*text == '%' && text[1])
            counts[(unsigned char)*++text]++;
}

START_TEST(a_question_stands_in_both_languages_with_the_same_gaps)
{
    const struct guide_step *step = &guide_steps[_i];
    int counts[2][256];

    for (int i = 0; i < 2; i++) {
        ck_assert(*step->question[i] && *step->help[i]);
        count_gaps(step->question[i], counts[i]);
    }
    ck_assert_int_eq(memcmp(counts[0], counts[1], sizeof counts[0]), 0);
    ck_assert_str_ne(step->help[0], step->help[1]);
    ck_assert_ptr_nonnull(guide_field((enum guide_step_id)_i));
}
END_TEST

/* A verb and a kind that exist, so that no row can be mistyped. */
START_TEST(the_lines_of_a_question_are_those_of_the_protocol)
{
    const struct guide_step *step = &guide_steps[_i];
    const struct guide_gaps filled = {.record = &record,
        .tender = "NB",
        .first = labels_find(&record, "party", "P-2"),
        .second = labels_find(&record, "criterion", "C-3"),
        .answer = "1",
        .other = "1",
        .code = "X"};
    struct text lines = {0};
    char *rest;

    guide_fill(&lines, step->lines, &filled, true);
    rest = text_take(&lines);
    for (char *at = rest, *line; *rest && (line = strsep(&at, "\n"));) {
        struct words words;
        struct words_fault fault;

        if (*line == '@')
            continue;
        ck_assert_int_eq(
            words_read(line, strlen(line), NULL, 64, &words, &fault), ERR_OK);
        enum kind kind = kind_find(words.list[1].value);
        if (strcmp(words.list[0].value, "add") == 0)
            for (size_t i = 2; i < words.n; i++)
                ck_assert_msg(field_find(kind, words.list[i].key) < FIELD_COUNT,
                    "%s", line);
        else
            ck_assert_str_eq(words.list[0].value, "set");
        words_free(&words);
    }
    free(rest);
}
END_TEST

START_TEST(questions_follow_the_record)
{
    struct guide_skips skips = {0};
    struct guide_question got;
    struct text key = {0};

    ck_assert(guide_find(&record, false, &skips, &got));
    ck_assert_int_eq(got.step, GUIDE_TENDER);
    ck_assert(guide_find(&record, true, &skips, &got));
    ck_assert_int_eq(got.step, GUIDE_PROBLEM);
    guide_key(&key, &got);
    guide_skip(&skips, key.bytes, true);
    ck_assert(guide_find(&record, true, &skips, &got));
    ck_assert_int_eq(got.step, GUIDE_SEGMENT);
    guide_skip(&skips, key.bytes, false);
    ck_assert(guide_find(&record, true, &skips, &got));
    ck_assert_int_eq(got.step, GUIDE_PROBLEM);
    text_fini(&key);
    guide_skips_fini(&skips);
}
END_TEST

#define COUNT(rows) ((int)(sizeof(rows) / sizeof *(rows)))

int main(void)
{
    Suite *suite = suite_create("guide");
    TCase *tests = tcase_create("guide");
    SRunner *runner = srunner_create(suite);

    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, read_record, free_record);
    tcase_add_loop_test(
        tests, a_condition_finds_what_meets_it, 0, COUNT(conditions));
    tcase_add_loop_test(
        tests, an_answer_becomes_what_the_wire_wants, 0, COUNT(answers));
    tcase_add_loop_test(tests, gaps_are_filled, 0, COUNT(gaps));
    tcase_add_loop_test(tests, a_name_gives_a_code, 0, COUNT(initials));
    tcase_add_loop_test(tests,
        a_question_stands_in_both_languages_with_the_same_gaps, 0, GUIDE_STEPS);
    tcase_add_loop_test(tests,
        the_lines_of_a_question_are_those_of_the_protocol, 0, GUIDE_STEPS);
    tcase_add_test(tests, questions_follow_the_record);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
