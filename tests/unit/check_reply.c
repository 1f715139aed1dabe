/* SPDX-License-Identifier: Apache-2.0
 *
 * check_reply.c - lines of the server as they are written and read again.
 */
#include "protocol/answer.h"
#include "protocol/datum.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static void put(struct object *o, size_t field, const char *word)
{
    struct datum_fault fault;

    ck_assert_int_eq(
        datum_read(field, word, &o->values[field_place(field)], &fault),
        ERR_OK);
}

static struct object *sample(void)
{
    struct object *o;

    object_new(KIND_TENDER, &o);
    o->id = 7;
    o->rev = 12;
    o->tender = 7;
    put(o, FIELD_TENDER_CODE, "NB");
    put(o, FIELD_TENDER_TITLE, "Night bus \"N1\"");
    put(o, FIELD_TENDER_DESCRIPTION, "One.\n\nok is no answer");
    put(o, FIELD_TENDER_ESTIMATED_VALUE, "12.50");
    return o;
}

START_TEST(an_object_is_written_as_words_and_text_blocks)
{
    struct object *o = sample();
    struct text out = {0};
    struct reply r = {.to = &out};

    object_reply(&r, o, NULL);
    ck_assert_str_eq(out.bytes,
        "  tender T-7 rev=12 code=NB title=\"Night bus \\\"N1\\\"\" "
        "estimated-value=12.5 time=1970-01-01T00:00:00.000Z\n"
        "  text field=description lines=3 bytes=21\n"
        "  | One.\n  |\n  | ok is no answer\n");
    object_free(&o);
    text_fini(&out);
}
END_TEST

START_TEST(an_object_is_written_as_json)
{
    struct object *o = sample();
    struct text out = {0};
    struct reply r = {.to = &out, .json = true};
    char code[] = "code", title[] = "title", value[] = "estimated-value";
    char *only[] = {code, title, value, NULL};

    object_reply(&r, o, only);
    ck_assert_str_eq(out.bytes,
        "  {\"kind\":\"tender\",\"id\":\"T-7\",\"code\":\"NB\","
        "\"title\":\"Night bus \\\"N1\\\"\",\"estimated-value\":\"12.5\"}\n");
    object_free(&o);
    text_fini(&out);
}
END_TEST

START_TEST(a_server_line_is_of_the_class_its_first_characters_say)
{
    static const struct {
        const char *line;
        enum answer_class class;
        const char *code, *id, *tag, *note;
    } rows[] = {
        {"hello proto=1 # type \"help\"", ANSWER_HELLO, NULL, NULL, NULL,
            "type \"help\""},
        {"ok @a n=1", ANSWER_OK, NULL, NULL, "@a", NULL},
        {"ok", ANSWER_OK, NULL, NULL, NULL, NULL},
        {"err @b arg field=x", ANSWER_ERR, "arg", NULL, "@b", NULL},
        {"  bid B-3 rev=1", ANSWER_RECORD, "bid", "B-3", NULL, NULL},
        {"  | ok", ANSWER_TEXT, NULL, NULL, NULL, NULL},
        {"  {\"kind\":\"bid\"}", ANSWER_JSON, NULL, NULL, NULL, NULL},
        {"* 12 2026-11-21T21:14:03.120Z bid.set B-3 author=bob", ANSWER_EVENT,
            "bid.set", "B-3", NULL, NULL},
        {"# 40 %", ANSWER_NOTICE, NULL, NULL, NULL, NULL},
        {"bye reason=quit", ANSWER_BYE, NULL, NULL, NULL, NULL},
    };
    struct answer a;

    ck_assert_int_eq(
        answer_read(rows[_i].line, strlen(rows[_i].line), &a), ERR_OK);
    ck_assert_int_eq(a.class, rows[_i].class);
    ck_assert_pstr_eq(a.code, rows[_i].code);
    ck_assert_pstr_eq(a.id, rows[_i].id);
    ck_assert_pstr_eq(a.tag, rows[_i].tag);
    ck_assert_pstr_eq(a.note, rows[_i].note);
    answer_free(&a);
}
END_TEST

START_TEST(a_line_of_no_class_is_refused)
{
    static const char *const lines[] = {
        "* k=1 2026-11-21T21:14:03.120Z bid.set", "* 3 k=1 bid.set B-1", "",
        "okay", "err", "* x y z", "*", "bid B-3", " one blank"};
    struct answer a;

    ck_assert_int_eq(answer_read(lines[_i], strlen(lines[_i]), &a), ERR_SYNTAX);
}
END_TEST

static const struct value_row {
    size_t field;
    const char *word;
    bool fits;
} values[] = {
    {FIELD_BID_PRICE, "6..9", true},
    {FIELD_BID_PRICE, "-1", false},
    {FIELD_BID_STATE, "draft", true},
    {FIELD_BID_STATE, "Draft", false},
    {FIELD_BID_OURS, "yes", true},
    {FIELD_BID_OURS, "true", false},
    {FIELD_PARTY_SIZE, "500", true},
    {FIELD_PARTY_SIZE, "1.5", false},
    {FIELD_PARTY_CLOSED, "10", true},
    {FIELD_PARTY_CLOSED, "10.1", false},
    {FIELD_LINK_STRENGTH, "1", true},
    {FIELD_LINK_STRENGTH, "1.0001", false},
    {FIELD_LINK_MARGIN, "100", true},
    {FIELD_LINK_MARGIN, "101", false},
    {FIELD_LINK_SINCE, "2024-02-29", true},
    {FIELD_LINK_SINCE, "2023-02-29", false},
    {FIELD_TENDER_DUE, "2027-03-12T12:00:00Z", true},
    {FIELD_TENDER_DUE, "2027-03-12", false},
    {FIELD_TENDER_ESTIMATED_VALUE, "-1", false},
    {FIELD_STAKE_ROLES, "pays,uses", true},
    {FIELD_STAKE_ROLES, "pays,pays", false},
    {FIELD_STAKE_ROLES, "pays,", false},
    {FIELD_STAKE_ROLES, "plays", false},
    {FIELD_BID_CODE, "OURS", true},
    {FIELD_BID_CODE, "B-3", false},
    {FIELD_BID_NAME, "two\nlines", false},
    {FIELD_NOTE_TEXT, "two\nlines", true},
    {FIELD_NOTE_TEXT, "bell\a", false},
    {FIELD_MARK_BID, "OURS", true},
    {FIELD_MARK_BID, "a,b", false},
    {FIELD_EFFECT_BY, "-0.5", true},
};

START_TEST(a_value_fits_its_type_and_prints_as_it_was)
{
    const struct value_row *row = &values[_i];
    struct datum got = {0};
    struct datum_fault fault = {NULL};
    struct text word = {0};
    enum err err = datum_read(row->field, row->word, &got, &fault);

    ck_assert_int_eq(err, row->fits ? ERR_OK : ERR_ARG);
    if (!row->fits) {
        ck_assert_ptr_nonnull(fault.allowed);
        ck_assert(!got.set);
        return;
    }
    datum_print(&word, row->field, &got);
    ck_assert_str_eq(word.bytes, row->word);
    text_fini(&word);
    datum_fini(&got);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("protocol/reply");
    TCase *cases = tcase_create("lines");
    tcase_add_test(cases, an_object_is_written_as_words_and_text_blocks);
    tcase_add_test(cases, an_object_is_written_as_json);
    tcase_add_loop_test(
        cases, a_server_line_is_of_the_class_its_first_characters_say, 0, 10);
    tcase_add_loop_test(cases, a_line_of_no_class_is_refused, 0, 7);
    tcase_add_loop_test(cases, a_value_fits_its_type_and_prints_as_it_was, 0,
        sizeof values / sizeof *values);
    suite_add_tcase(suite, cases);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
