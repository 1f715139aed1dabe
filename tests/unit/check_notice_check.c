/* SPDX-License-Identifier: Apache-2.0
 *
 * check_notice_check.c - what is odd in a notice is warned of, and nothing
 * else is.
 */
#include "client/notice/notice_check.h"

#include "protocol/base_mem.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A lot whose criteria have the parameters "code:number", blank between. */
struct fixture {
    struct notice notice;
    struct notice_lot lot;
    struct notice_criterion criteria[16];
    struct notice_parameter parameters[16];
    struct remarks remarks;
    char *words;
};

static void set_up(struct fixture *f, const char *weights)
{
    char *rest = f->words = mem_text(weights);

    for (char *word; (word = strsep(&rest, " ")) != NULL; f->lot.criteria_n++) {
        struct notice_parameter *p = &f->parameters[f->lot.criteria_n];
        struct notice_criterion *c = &f->criteria[f->lot.criteria_n];

        *p = (struct notice_parameter){.list = "number-weight",
            .code = strsep(&word, ":"),
            .number = word};
        c->line = (long)f->lot.criteria_n + 1;
        c->parameters = p;
        c->parameters_n = strcmp(p->code, "-") != 0;
    }
    f->lot.id = "LOT-0001";
    f->lot.criteria = f->criteria;
    f->notice.root = "ContractNotice";
    f->notice.lots = &f->lot;
    f->notice.lots_n = 1;
}

static void tear_down(struct fixture *f)
{
    remarks_fini(&f->remarks);
    free(f->words);
}

static const struct {
    const char *weights;
    enum remark_id want; /* REMARK_COUNT: none about weights */
} rows[] = {
    {"per-exa:40 per-exa:35 per-exa:25", REMARK_COUNT},
    {"per-exa:33.3333 per-exa:33.3333 per-exa:33.3334", REMARK_COUNT},
    {"per-exa:40 per-exa:35 per-exa:35", REMARK_SUM},
    {"per-exa:33.3 per-exa:33.3 per-exa:33.3", REMARK_SUM},
    {"per-mid:40 per-mid:50", REMARK_SUM},
    {"dec-exa:0.3 dec-exa:0.9", REMARK_COUNT},
    {"dec-exa:300 dec-exa:100 dec-exa:75 dec-exa:50 dec-exa:50 dec-exa:25 "
     "dec-exa:450",
        REMARK_COUNT},
    {"poi-exa:60 poi-exa:90", REMARK_COUNT},
    {"dec-exa:32 dec-exa:8 dec-exa:8 dec-exa:8 dec-exa:8 dec-exa:68",
        REMARK_PARENT},
    {"dec-exa:68 dec-exa:32 dec-exa:16 dec-exa:16", REMARK_PARENT},
    {"dec-exa:0.7 dec-exa:0.3 dec-exa:0.1 dec-exa:0.2", REMARK_PARENT},
    {"dec-exa:50 dec-exa:25 dec-exa:25", REMARK_COUNT},
    {"ord-imp:1 ord-imp:2 ord-imp:2", REMARK_COUNT},
    {"ord-imp:1 per-exa:60", REMARK_MIXED_ORDER},
    {"dec-exa:30 dec-exa:60 dec-exa:10 poi-exa:50", REMARK_MIXED_KINDS},
    {"- -", REMARK_NO_WEIGHTS},
    {"per-exa:x per-exa:", REMARK_NO_WEIGHTS},
    {"dec-exa:60 -", REMARK_SOME_WEIGHTS},
    {"dec-exa:60 dec-exa:-5", REMARK_SOME_WEIGHTS},
};

static const enum remark_id of_weights[] = {REMARK_SUM, REMARK_PARENT,
    REMARK_MIXED_ORDER, REMARK_MIXED_KINDS, REMARK_NO_WEIGHTS,
    REMARK_SOME_WEIGHTS};

START_TEST(weights_are_warned_of_when_they_are_odd)
{
    struct fixture f = {0};

    set_up(&f, rows[_i].weights);
    notice_check(&f.notice, &f.remarks);
    for (size_t i = 0; i < sizeof of_weights / sizeof *of_weights; i++) {
        /* An order beside a percentage also spoils its sum. */
        if (of_weights[i] == REMARK_SUM && rows[_i].want == REMARK_MIXED_ORDER)
            continue;
        ck_assert_uint_eq(remarks_count(&f.remarks, of_weights[i]),
            of_weights[i] == rows[_i].want);
    }
    tear_down(&f);
}
END_TEST

START_TEST(a_flattened_list_is_told_with_the_criterion_and_the_sum_without_it)
{
    struct fixture f = {0};
    struct text said = {0};

    set_up(&f, rows[8].weights);
    notice_check(&f.notice, &f.remarks);
    for (size_t i = 0; i < f.remarks.n; i++)
        if (f.remarks.list[i].id == REMARK_PARENT)
            remark_print(&said, &f.remarks.list[i], LANGUAGE_ENGLISH);
    ck_assert_str_eq(text_peek(&said),
        "LOT-0001: criterion C1 weighs as much as the 4 that follow it, and "
        "without it the sum is 100: they may be its parts (set parent= on "
        "them)");
    text_fini(&said);
    tear_down(&f);
}
END_TEST

static const struct {
    const char *id, *version, *procedure, *language;
    enum remark_id want;
} ids[] = {
    {NULL, "01", "p", "ENG", REMARK_NO_NOTICE_ID},
    {"n", NULL, "p", "ENG", REMARK_NO_VERSION},
    {"n", "01", NULL, "ENG", REMARK_NO_PROCEDURE_ID},
    {"n", "01", "p", NULL, REMARK_NO_LANGUAGE},
};

START_TEST(what_a_notice_lacks_is_told)
{
    struct fixture f = {0};

    set_up(&f, "per-exa:100");
    f.notice.id = ids[_i].id;
    f.notice.version = ids[_i].version;
    f.notice.procedure_id = ids[_i].procedure;
    f.notice.language = ids[_i].language;
    notice_check(&f.notice, &f.remarks);
    for (int i = 0; i < 4; i++)
        ck_assert_uint_eq(remarks_count(&f.remarks, ids[i].want), i == _i);
    ck_assert_uint_eq(remarks_count(&f.remarks, REMARK_NO_BUYER), 1);
    ck_assert_uint_eq(remarks_count(&f.remarks, REMARK_NO_TITLE), 1);
    tear_down(&f);
}
END_TEST

START_TEST(a_lot_needs_criteria_unless_a_group_or_an_award_excuses_it)
{
    struct fixture f = {0};
    struct notice_lot lots[2] = {
        {.id = "LOT-0001"}, {.id = "GLO-0001", .is_group = true}};

    set_up(&f, "per-exa:100");
    f.notice.lots = lots;
    notice_check(&f.notice, &f.remarks);
    ck_assert_uint_eq(remarks_count(&f.remarks, REMARK_NO_CRITERIA), 1);

    f.notice.lots_n = 2;
    lots[1].criteria = f.criteria;
    lots[1].criteria_n = 1;
    notice_check(&f.notice, &f.remarks);
    f.notice.lots_n = 1;
    f.notice.form = "result";
    notice_check(&f.notice, &f.remarks);
    ck_assert_uint_eq(remarks_count(&f.remarks, REMARK_NO_CRITERIA), 1);
    tear_down(&f);
}
END_TEST

START_TEST(of_one_sort_five_are_printed_and_the_rest_are_counted)
{
    struct remarks remarks = {0};
    char *got = NULL;
    size_t len = 0;
    FILE *to = open_memstream(&got, &len);

    for (long i = 1; i <= 8; i++)
        remarks_add(
            &remarks, REMARK_NO_CRITERIA, i, "LOT-0001", NULL, NULL, NULL);
    remarks_add(&remarks, REMARK_NO_TITLE, 0, NULL, NULL, NULL, NULL);
    remarks_print(&remarks, "n.xml", LANGUAGE_FRENCH, to);
    (void)fclose(to);
    ck_assert_ptr_nonnull(strstr(got,
        "n.xml:5: attention: LOT-0001 : aucun critère d'attribution\n"
        "n.xml: attention: et 3 autres de cette sorte\n"
        "n.xml: attention: l'avis n'a pas d'intitulé (BT-21)\n"));
    ck_assert_ptr_null(strstr(got, "n.xml:6:"));
    free(got);
    remarks_fini(&remarks);
}
END_TEST

/* Both languages use the same arguments, each at least once. */
START_TEST(the_sentences_of_both_languages_say_the_same)
{
    struct remark remark = {
        .id = (enum remark_id)_i, .args = {"<1>", "<2>", "<3>", "<4>"}};
    struct text said[2] = {{0}, {0}};

    remark_print(&said[0], &remark, LANGUAGE_ENGLISH);
    remark_print(&said[1], &remark, LANGUAGE_FRENCH);
    for (size_t i = 0; i < 4; i++)
        ck_assert_msg(!strstr(said[0].bytes, remark.args[i]) ==
                          !strstr(said[1].bytes, remark.args[i]),
            "%s\n%s", said[0].bytes, said[1].bytes);
    text_fini(&said[0]);
    text_fini(&said[1]);
}
END_TEST

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

int main(void)
{
    Suite *suite = suite_create("client/notice_check");
    TCase *check = tcase_create("check");
    tcase_add_loop_test(
        check, weights_are_warned_of_when_they_are_odd, 0, COUNT(rows));
    tcase_add_test(check,
        a_flattened_list_is_told_with_the_criterion_and_the_sum_without_it);
    tcase_add_loop_test(check, what_a_notice_lacks_is_told, 0, COUNT(ids));
    tcase_add_test(
        check, a_lot_needs_criteria_unless_a_group_or_an_award_excuses_it);
    tcase_add_test(
        check, of_one_sort_five_are_printed_and_the_rest_are_counted);
    tcase_add_loop_test(
        check, the_sentences_of_both_languages_say_the_same, 0, REMARK_COUNT);
    suite_add_tcase(suite, check);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
