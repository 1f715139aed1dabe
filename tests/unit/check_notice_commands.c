/* SPDX-License-Identifier: Apache-2.0
 *
 * check_notice_commands.c - the requests of a plan keep to the limits of the
 * wire whatever a notice holds.
 */
#include "client/notice/notice_commands.h"
#include "protocol/base_mem.h"
#include "protocol/limit.h"
#include "protocol/lines.h"
#include "protocol/words.h"
#include "tests/parts/small_notice.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The plan of a notice for an empty record. */
struct fixture {
    struct notice *notice;
    struct notice_plan plan;
    struct remarks remarks;
    struct text why;
    enum err err;
};

static void plan_notice(struct fixture *f, const struct small_notice *small)
{
    static const struct notice_known nothing;
    struct notice_match match = {.verdict = NOTICE_NEW};
    struct text xml = {0};

    *f = (struct fixture){0};
    small_notice(&xml, small);
    enum err err = notice_read(
        xml.bytes, xml.len, "n.xml", LANGUAGE_ENGLISH, &f->notice, &f->why);
    ck_assert_msg(err == ERR_OK, "%s", text_peek(&f->why));
    f->err = notice_commands(f->notice, &nothing, &match, LANGUAGE_ENGLISH,
        &f->remarks, &f->plan, &f->why);
    text_fini(&xml);
}

static void tear_down(struct fixture *f)
{
    plan_fini(&f->plan);
    remarks_fini(&f->remarks);
    notice_free(&f->notice);
    text_fini(&f->why);
}

/* The value that a field gets, whichever request gives it; it must be one. */
static char *find_value(
    const struct fixture *f, const char *verb, const char *key)
{
    struct lines lines = {.line_most = LIMIT_LINE, .body_most = LIMIT_BODY};
    struct unit unit;
    char *found = NULL;
    size_t n = 0;

    lines_feed(&lines, f->plan.requests.bytes, f->plan.requests.len);
    while (lines_next(&lines, &unit) == LINES_UNIT) {
        struct words words;
        struct words_fault fault;

        n++;
        ck_assert_int_eq(words_read(unit.line.bytes, unit.line.len,
                             unit.has_body ? text_peek(&unit.body) : NULL,
                             LIMIT_WORDS, &words, &fault),
            ERR_OK);
        const char *value = words_get(&words, key);
        if (value && strcmp(words.list[0].value, verb) == 0) {
            ck_assert_ptr_null(found);
            found = mem_text(value);
        }
        words_free(&words);
        unit_fini(&unit);
    }
    ck_assert_uint_eq(n, f->plan.n); /* no line was too long */
    lines_fini(&lines);
    return found;
}

static char *repeat(const char *word, size_t times)
{
    struct text made = {0};

    for (size_t i = 0; i < times; i++)
        text_puts(&made, word);
    return text_take(&made);
}

/* A lot with descriptions, given as XML. */
static void put_described_lot(struct text *to, const char *descriptions)
{
    text_printf(to,
        "<cac:ProcurementProjectLot><cbc:ID schemeName=\"Lot\">LOT-0001"
        "</cbc:ID><cac:ProcurementProject>%s</cac:ProcurementProject>"
        "</cac:ProcurementProjectLot>",
        descriptions);
}

START_TEST(a_long_text_goes_into_a_heredoc)
{
    struct fixture f;
    struct text lot = {0};
    struct text xml = {0};
    char *words = repeat("Words \"of\" it. ", 2000);

    text_printf(&xml, "<cbc:Description>%s</cbc:Description>", words);
    put_described_lot(&lot, xml.bytes);
    plan_notice(&f, &(struct small_notice){.title = "T", .lots = lot.bytes});
    ck_assert_int_eq(f.err, ERR_OK);
    char *value = find_value(&f, "add", "description");

    words[strlen(words) - 1] = '\0'; /* the last blank is folded away */
    ck_assert_str_eq(value, words);
    ck_assert_ptr_nonnull(
        strstr(f.plan.requests.bytes, " description=<<END\n"));
    free(value);
    free(words);
    text_fini(&lot);
    text_fini(&xml);
    tear_down(&f);
}
END_TEST

START_TEST(the_end_word_is_no_line_of_the_text)
{
    struct fixture f;
    struct text lot = {0};
    struct text xml = {0};
    char *words = repeat("word ", 400);

    text_printf(&xml,
        "<cbc:Description>END</cbc:Description><cbc:Description>%s"
        "</cbc:Description><cbc:Description>END2</cbc:Description>"
        "<cbc:Description>END34</cbc:Description>",
        words);
    put_described_lot(&lot, xml.bytes);
    plan_notice(&f, &(struct small_notice){.title = "T", .lots = lot.bytes});
    char *value = find_value(&f, "add", "description");

    ck_assert_int_eq(strncmp(value, "END\nword ", 9), 0);
    ck_assert_ptr_nonnull(strstr(value, "word\nEND2\nEND34"));
    ck_assert_ptr_nonnull(strstr(f.plan.requests.bytes, "=<<END3\n"));
    free(value);
    free(words);
    text_fini(&lot);
    text_fini(&xml);
    tear_down(&f);
}
END_TEST

START_TEST(a_line_that_is_too_long_is_cut_between_characters)
{
    struct fixture f;
    char *title = repeat("é", 600);

    plan_notice(&f, &(struct small_notice){.title = title});
    char *value = find_value(&f, "add", "title");

    ck_assert_uint_eq(strlen(value), LIMIT_LINE_TEXT);
    ck_assert_int_eq(strncmp(value, title, LIMIT_LINE_TEXT), 0);
    ck_assert_uint_eq(remarks_count(&f.remarks, REMARK_CUT), 1);
    free(value);
    free(title);
    tear_down(&f);
}
END_TEST

/* Buyers and members fill a line; what more there is goes into a set. */
START_TEST(a_request_that_is_too_long_is_continued_by_a_set)
{
    struct fixture f;
    struct text orgs = {0};
    struct text lots = {0};
    char *title = repeat("\"", 1000);

    for (int i = 0; i < 900; i++) {
        char id[24];

        (void)snprintf(id, sizeof id, "LOT-%04d", i);
        small_lot(&lots, id, title, NULL, NULL);
    }
    text_puts(&lots, "<cac:TenderingTerms><cac:LotDistribution><cac:LotsGroup>"
                     "<cbc:LotsGroupID>GLO-0001</cbc:LotsGroupID>");
    for (int i = 0; i < 900; i++)
        text_printf(&lots,
            "<cac:ProcurementProjectLotReference><cbc:ID>LOT-%04d</cbc:ID>"
            "</cac:ProcurementProjectLotReference>",
            i);
    text_puts(&lots, "</cac:LotsGroup></cac:LotDistribution>"
                     "</cac:TenderingTerms><cac:ProcurementProjectLot>"
                     "<cbc:ID schemeName=\"LotsGroup\">GLO-0001</cbc:ID>"
                     "<cac:ProcurementProject><cbc:Name>");
    text_puts(&lots, title);
    text_puts(&lots, "</cbc:Name><cbc:Description>");
    text_puts(&lots, title);
    text_puts(&lots, "</cbc:Description></cac:ProcurementProject>"
                     "</cac:ProcurementProjectLot>");
    plan_notice(&f, &(struct small_notice){.title = title, .lots = lots.bytes});
    ck_assert_int_eq(f.err, ERR_OK);
    char *members = find_value(&f, "add", "members");
    if (members == NULL)
        members = find_value(&f, "set", "members");

    ck_assert_ptr_nonnull(members);
    ck_assert_ptr_nonnull(strstr(members, ",$l900"));
    ck_assert_uint_eq(remarks_count(&f.remarks, REMARK_TOO_MANY), 0);
    free(members);
    free(title);
    text_fini(&orgs);
    text_fini(&lots);
    tear_down(&f);
}
END_TEST

START_TEST(a_notice_with_more_objects_than_a_batch_takes_is_refused)
{
    struct fixture f;
    struct text lots = {0};

    for (int i = 0; i < LIMIT_BATCH; i++)
        text_puts(&lots, "<cac:ProcurementProjectLot/>\n");
    plan_notice(&f, &(struct small_notice){.title = "T", .lots = lots.bytes});

    ck_assert_int_eq(f.err, ERR_LIMIT);
    ck_assert_uint_eq(f.plan.n, 0);
    ck_assert_str_eq(f.why.bytes,
        "n.xml: it needs 20002 commands or more; a batch takes 20000");
    text_fini(&lots);
    tear_down(&f);
}
END_TEST

static const struct {
    const char *code, *want; /* NULL: none */
} codes[] = {
    {"NB", "NB"},
    {"RC-CPU-19-065", "RC-CPU-19-065"},
    {"2023/DVZOE/OP", "2023/DVZOE/OP"},
    {"T-7", NULL},
    {"two words", NULL},
    {"a,b", NULL},
    {"cost=5", NULL},
    {NULL, NULL},
};

START_TEST(the_number_of_the_buyer_is_the_code_when_it_can_be_one)
{
    struct fixture f;

    plan_notice(
        &f, &(struct small_notice){.title = "T", .code = codes[_i].code});
    char *code = find_value(&f, "add", "code");
    char *ref = find_value(&f, "add", "ref");

    ck_assert_pstr_eq(code, codes[_i].want);
    ck_assert_pstr_eq(ref, codes[_i].code);
    ck_assert_uint_eq(remarks_count(&f.remarks, REMARK_CODE_BAD),
        codes[_i].code && !codes[_i].want);
    free(code);
    free(ref);
    tear_down(&f);
}
END_TEST

START_TEST(what_is_no_word_is_left_out)
{
    struct fixture f;
    char *procedure = repeat("x", 65);

    plan_notice(
        &f, &(struct small_notice){
                .title = "T", .id = "two words", .procedure = procedure});
    char *id = find_value(&f, "set", "notice-id");
    char *kept = find_value(&f, "add", "procedure-id");

    ck_assert_ptr_null(id);
    ck_assert_ptr_null(kept);
    ck_assert_uint_eq(remarks_count(&f.remarks, REMARK_WORD_BAD), 2);
    free(procedure);
    tear_down(&f);
}
END_TEST

START_TEST(no_number_means_no_code_and_no_registration)
{
    static const char *const numbers[] = {
        "not available", "N/A", "0000", "-", NULL};
    struct fixture f;

    plan_notice(
        &f, &(struct small_notice){
                .title = "T", .buyer = "The town", .number = numbers[_i]});
    char *number = find_value(&f, "add", "registration");

    ck_assert_ptr_null(number);
    ck_assert_ptr_null(strstr(f.plan.requests.bytes, " code="));
    tear_down(&f);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("client/notice_commands");
    TCase *wire = tcase_create("wire");
    tcase_set_timeout(wire, 30);
    tcase_add_test(wire, a_long_text_goes_into_a_heredoc);
    tcase_add_test(wire, the_end_word_is_no_line_of_the_text);
    tcase_add_test(wire, a_line_that_is_too_long_is_cut_between_characters);
    tcase_add_test(wire, a_request_that_is_too_long_is_continued_by_a_set);
    tcase_add_test(
        wire, a_notice_with_more_objects_than_a_batch_takes_is_refused);
    tcase_add_loop_test(wire,
        the_number_of_the_buyer_is_the_code_when_it_can_be_one, 0,
        (int)(sizeof codes / sizeof *codes));
    tcase_add_test(wire, what_is_no_word_is_left_out);
    tcase_add_loop_test(
        wire, no_number_means_no_code_and_no_registration, 0, 5);
    suite_add_tcase(suite, wire);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
