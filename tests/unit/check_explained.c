/* SPDX-License-Identifier: Apache-2.0
 *
 * check_explained.c - every number that a computation tells can be followed by
 * hand: explain is asked for it as explained.def says, the arithmetic of its
 * lines is computed again from their text alone, and must come to the number;
 * in English and in French.
 */
#include "tests/unit/explained_kit.h"

/* What the golden tender lacks for each row to be told. */
static const char *const more[] = {
    "set RIV2 price=560..600..680",
    "set RIV1 presence=0.8",
    "set C2 weight=30..35..40",
    "set C3 weight=5..10..15",
    "set O2 state=in",
    "add effort element=O2 party=NIGHT minutes=25 times=50 saving=700",
    "set W-1 satisfaction=5 target=8 sales-point=1.5",
    "set W-2 satisfaction=5 target=8",
    "set NIGHT hour-value=12 full-value=1000",
    "add answer need=N4 party=STUD met=like unmet=dislike count=12",
    "add answer need=N4 party=NIGHT met=like unmet=neutral count=3",
    "add cover need=N1 alternative=CAB level=0.4",
    "add mark bid=OURS criterion=C3 value=6 round=1",
    "add mark bid=OURS criterion=C3 value=7 round=2 moderated=6.5",
    "set RIV1 price=200",
    "set OURS cost=440",
    "set N1 flexibility=F1",
    "set NB bid-cost=6",
    "add qualifier code=Q1 text=real weight=40 score=5.5",
    "add qualifier code=Q2 text=winnable weight=30 score=2.5 floor=3",
    "add qualifier code=Q3 text=worth weight=20 score=6.7 floor=2",
    "add qualifier code=Q4 text=able weight=10 score=4",
    "add qualifier code=Q5 text=time weight=7",
};

static const struct asked asked[] = {
#define ASKED_OF_TENDER(line, with, change) {line, with, change},
#define ASKED_OF_PEOPLE(line, with, change)
#include "tests/unit/explained_asked.def"
#undef ASKED_OF_TENDER
#undef ASKED_OF_PEOPLE
};

static void set_up(void)
{
    set_up_with(more, sizeof more / sizeof *more);
}

START_TEST(every_number_told_is_reached_by_its_explanation)
{
    judge_answer(&asked[_i / 2], _i % 2);
}
END_TEST

START_TEST(each_row_of_the_table_says_how)
{
    ck_assert(*explained[_i].asks || *explained[_i].why);
}
END_TEST

/* What reads the record, or computes on it. */
static const char *const verbs[] = {
#define VERB_FLOW(word)
#define VERB_CHANGE(word)
#define VERB_READ(word)                       word,
#define VERB_COMPUTE(word)                    word,
#define VERB_LONG(word)                       word,
#define CMD(id, name, word, role, class, ...) VERB_##class(word)
#include "protocol/commands.def"
#undef CMD
};

#define VERBS_N (sizeof verbs / sizeof *verbs)

static size_t count_explained(const char *verb)
{
    size_t n = 0;

    for (size_t i = 0; i < EXPLAINED_N; i++)
        n += strcmp(explained[i].verb, verb) == 0;
    return n;
}

static size_t count_unexplained(const char *verb)
{
    static const char *const none[] = {
#define EXPLAINED(verb, row, keys, asks, why)
#define UNEXPLAINED(verb, why) verb,
#include "server/explain/explained.def"
#undef EXPLAINED
#undef UNEXPLAINED
    };
    size_t n = 0;

    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        n += strcmp(none[i], verb) == 0;
    return n;
}

static size_t count_asked(const char *verb)
{
    static const char *const sent[] = {
#define ASKED_OF_TENDER(line, with, change) line,
#define ASKED_OF_PEOPLE(line, with, change) line,
#include "tests/unit/explained_asked.def"
#undef ASKED_OF_TENDER
#undef ASKED_OF_PEOPLE
    };
    size_t n = 0;

    for (size_t i = 0; i < sizeof sent / sizeof *sent; i++)
        n += strcspn(sent[i], " ") == strlen(verb) &&
             strncmp(sent[i], verb, strlen(verb)) == 0;
    return n;
}

START_TEST(each_verb_is_explained_and_asked_or_tells_no_number)
{
    const char *verb = verbs[_i];

    if (count_unexplained(verb)) {
        ck_assert_uint_eq(count_unexplained(verb), 1);
        ck_assert_uint_eq(count_explained(verb), 0);
        return;
    }
    ck_assert_msg(count_explained(verb) > 0, "%s is in no table", verb);
    ck_assert_msg(count_asked(verb) > 0, "%s is never asked", verb);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("server/explained");
    TCase *all = tcase_create("all");

    tcase_add_checked_fixture(all, set_up, tear_down);
    tcase_set_timeout(all, 60);
    tcase_add_loop_test(all, every_number_told_is_reached_by_its_explanation, 0,
        2 * sizeof asked / sizeof *asked);
    tcase_add_loop_test(all, each_row_of_the_table_says_how, 0, EXPLAINED_N);
    tcase_add_loop_test(
        all, each_verb_is_explained_and_asked_or_tells_no_number, 0, VERBS_N);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
