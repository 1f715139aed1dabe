/* SPDX-License-Identifier: Apache-2.0
 *
 * check_tables.c - what the tables of protocol/ must keep to: no reserved
 * words, no clashes, defaults of the right type, both languages.
 */
#include "protocol/command.h"
#include "protocol/datum.h"
#include "protocol/limit.h"
#include "protocol/texts.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static const char reserved[] = "rev,author,time,tender,tx,sess,if,once,as,at,"
                               "limit,after,fields,order-by,with,seed,id,kind,"
                               "step,was";

START_TEST(a_field_is_no_reserved_word_and_no_key_of_a_verb)
{
    const struct field_row *f = &fields[_i];
    size_t len;

    ck_assert(!list_holds(reserved, f->word, strlen(f->word)));
    ck_assert_ptr_null(command_key(&commands[CMD_ADD], f->word, &len));
    ck_assert_ptr_null(command_key(&commands[CMD_SET], f->word, &len));
    ck_assert_int_ne(f->word[strlen(f->word) - 1], '-');
}
END_TEST

START_TEST(a_field_word_stands_once_in_its_kind)
{
    ck_assert_uint_eq(field_find(fields[_i].kind, fields[_i].word), (size_t)_i);
}
END_TEST

START_TEST(a_default_is_of_its_type)
{
    struct datum got = {0};
    struct datum_fault fault;

    if (*fields[_i].preset == '\0')
        return;
    ck_assert_int_eq(
        datum_read((size_t)_i, fields[_i].preset, &got, &fault), ERR_OK);
    datum_fini(&got);
}
END_TEST

START_TEST(a_reference_names_kinds_that_exist)
{
    const struct field_row *f = &fields[_i];
    int n = 0;

    if (f->type != TYPE_REF && f->type != TYPE_REFSET)
        return;
    for (int k = 0; k < KIND_COUNT; k++)
        n += field_takes_kind(f, (enum kind)k);
    ck_assert_int_ge(n, 1);
}
END_TEST

START_TEST(a_kind_is_found_by_its_word_and_its_prefix)
{
    const struct kind_row *row = kind_row((enum kind)_i);
    struct text id = {0};
    enum kind kind = KIND_NONE;
    uint64_t number = 0;

    ck_assert_int_eq(kind_find(row->word), _i);
    id_print(&id, (enum kind)_i, 17);
    ck_assert_int_eq(id_read(id.bytes, &kind, &number), ERR_OK);
    ck_assert_int_eq(kind, _i);
    ck_assert_uint_eq(number, 17);
    text_fini(&id);
}
END_TEST

START_TEST(a_verb_starts_with_no_letter_that_s_client_eats)
{
    char first = commands[_i].name[0];
    /* These two need s_client -quiet, as the documents say; quit has bye, and
     * what qualify is called is what the practice calls it. */
    bool known = _i == CMD_QUIT || _i == CMD_QUALIFY;

    ck_assert_int_eq(command_find(commands[_i].name), _i);
    if (!known)
        ck_assert_ptr_null(strchr("qrkQRK", first));
}
END_TEST

START_TEST(both_languages_are_there)
{
    ck_assert_str_ne(kind_row((enum kind)_i)->help[0], "");
    ck_assert_str_ne(kind_row((enum kind)_i)->help[1], "");
}
END_TEST

/* How many words stand in a sentence. */
static size_t count_words(const char *sentence)
{
    size_t words = 0;

    while (*(sentence += strspn(sentence, " "))) {
        words++;
        sentence += strcspn(sentence, " ");
    }
    return words;
}

/* One word, as "title", repeats the name and tells nobody what to write. */
START_TEST(a_field_is_explained_in_four_words_or_more)
{
    const struct field_row *f = &fields[_i];

    for (int language = 0; language < 2; language++)
        ck_assert_msg(count_words(f->help[language]) >= 4, "%s %s: %s",
            kind_row(f->kind)->word, f->word, f->help[language]);
}
END_TEST

/* The marks of printf in a sentence, such as "%s%zu". */
static void marks_of(const char *sentence, struct text *got)
{
    for (const char *p = sentence; (p = strchr(p, '%')) != NULL;) {
        size_t len = strcspn(p + 1, "diuxscf%") + 1;

        len += p[len] != '\0';
        text_add(got, p, len);
        p += len;
    }
}

START_TEST(a_sentence_holds_the_same_marks_in_both_languages)
{
    struct text english = {0};
    struct text french = {0};

    marks_of(text_of((enum text_id)_i, LANGUAGE_ENGLISH), &english);
    marks_of(text_of((enum text_id)_i, LANGUAGE_FRENCH), &french);
    ck_assert_str_eq(text_peek(&english), text_peek(&french));
    text_fini(&english);
    text_fini(&french);
}
END_TEST

START_TEST(every_argument_of_a_verb_is_explained)
{
    struct argument a;

    for (size_t i = 0; command_argument(&commands[_i], i, &a); i++) {
        ck_assert_uint_gt(a.name_len, 0);
        ck_assert_msg(a.type != NULL, "%s: %.*s", commands[_i].name,
            (int)a.name_len, a.name);
        ck_assert_str_ne(a.help[0], "");
        ck_assert_str_ne(a.help[1], "");
        ck_assert_msg(a.place || a.help != a.type->help,
            "%s: keys.def does not say what %.*s is for", commands[_i].name,
            (int)a.name_len, a.name);
    }
}
END_TEST

START_TEST(the_arguments_of_a_verb_are_cut_out_of_its_row)
{
    static const struct command row = {"test", ROLE_NONE, COMMAND_FLOW,
        "kind ?id", "fields limit:int at:rev", {"", ""}, ""};
    static const struct {
        const char *name, *type;
        size_t place;
        bool needed;
    } rows[] = {{"kind", "kind", 1, true}, {"id", "id", 2, false},
        {"limit", "int", 0, false}, {"at", "rev", 0, false}};
    struct argument a;

    for (size_t i = 0; i < 4; i++) {
        ck_assert(command_argument(&row, i, &a));
        ck_assert_uint_eq(a.name_len, strlen(rows[i].name));
        ck_assert_int_eq(memcmp(a.name, rows[i].name, a.name_len), 0);
        ck_assert_str_eq(a.type->word, rows[i].type);
        ck_assert_uint_eq(a.place, rows[i].place);
        ck_assert_int_eq(a.needed, rows[i].needed);
        ck_assert(!a.many);
    }
    ck_assert(!command_argument(&row, 4, &a));
    ck_assert(command_argument(&commands[CMD_SHOW], 0, &a));
    ck_assert(a.many && a.needed);
    ck_assert_uint_eq(a.name_len, 2);
}
END_TEST

START_TEST(a_type_names_operators_that_it_compares)
{
    enum type type = (enum type)_i;
    static const char *const all[] = {"=", "!=", "<", "<=", ">", ">=", "~"};
    size_t n = 0;

    for (size_t i = 0; i < 7; i++)
        n += type_compares(type, all[i]);
    ck_assert(type_compares(type, "=") && type_compares(type, "!="));
    ck_assert_uint_ge(n, 2);
    ck_assert(!type_compares(type, "+=") && !type_compares(type, ""));
}
END_TEST

START_TEST(a_mistyped_verb_is_guessed)
{
    static const struct {
        const char *word, *near;
    } rows[] = {{"shwo", "show"}, {"ad", "add"}, {"decidre", "decider"},
        {"xyzzy", NULL}, {"averyverylongword", NULL}};

    const char *near = command_near(rows[_i].word);
    if (rows[_i].near == NULL)
        ck_assert_ptr_null(near);
    else
        ck_assert_str_eq(near, rows[_i].near);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("protocol tables");
    TCase *cases = tcase_create("tables");
    tcase_add_loop_test(cases, a_field_is_no_reserved_word_and_no_key_of_a_verb,
        0, FIELD_COUNT);
    tcase_add_loop_test(
        cases, a_field_word_stands_once_in_its_kind, 0, FIELD_COUNT);
    tcase_add_loop_test(cases, a_default_is_of_its_type, 0, FIELD_COUNT);
    tcase_add_loop_test(
        cases, a_reference_names_kinds_that_exist, 0, FIELD_COUNT);
    tcase_add_loop_test(
        cases, a_kind_is_found_by_its_word_and_its_prefix, 0, KIND_COUNT);
    tcase_add_loop_test(
        cases, a_verb_starts_with_no_letter_that_s_client_eats, 0, CMD_COUNT);
    tcase_add_loop_test(
        cases, every_argument_of_a_verb_is_explained, 0, CMD_COUNT);
    tcase_add_test(cases, the_arguments_of_a_verb_are_cut_out_of_its_row);
    tcase_add_loop_test(
        cases, a_type_names_operators_that_it_compares, 0, TYPE_COUNT);
    tcase_add_loop_test(cases, both_languages_are_there, 0, KIND_COUNT);
    tcase_add_loop_test(
        cases, a_field_is_explained_in_four_words_or_more, 0, FIELD_COUNT);
    tcase_add_loop_test(cases,
        a_sentence_holds_the_same_marks_in_both_languages, 0, TEXT_COUNT);
    tcase_add_loop_test(cases, a_mistyped_verb_is_guessed, 0, 5);
    suite_add_tcase(suite, cases);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
