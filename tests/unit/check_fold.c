/* SPDX-License-Identifier: Apache-2.0
 *
 * check_fold.c - letters without case and accents, and the words of a text.
 */
#include "protocol/fold.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

START_TEST(what_a_person_calls_the_same_folds_to_the_same)
{
    static const struct {
        const char *text, *folded;
    } rows[] = {
        {"Night BUS 42", "night bus 42"},
        {"École, élève, ÉLÈVE", "ecole, eleve, eleve"},
        {"Œuvre œuvre OEUVRE", "oeuvre oeuvre oeuvre"},
        {"Straße STRASSE ẞ", "strasse strasse ss"},
        {"Köln Ärger Übung", "koln arger ubung"},
        {"ça ÇA Noël NOËL où", "ca ca noel noel ou"},
        {"Ærø Łódź Đorđe Þór", "aero lodz dorde thor"},
        {"e\xcc\x81le\xcc\x80ve", "eleve"},
        {"İstanbul ığdır", "istanbul igdir"},
        {"Nguyễn Ệ", "nguyen e"},
        {"Ψυχή ΨΥΧΉ σοφός", "ψυχη ψυχη σοφοσ"},
        {"Ёлка йод ИЮНЬ", "елка иод июнь"},
        {"東京 2027", "東京 2027"},
        {"5 × 3 ÷ 2", "5 × 3 ÷ 2"},
        {"ŠŽČĆŤĽ šžčćťľ", "szcctl szcctl"},
        {"Ÿ ÿ", "y y"},
        {"", ""},
    };
    struct text got = {0};

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        got.len = 0;
        fold_text(&got, rows[i].text);
        if (got.bytes)
            got.bytes[got.len] = '\0';
        ck_assert_str_eq(text_peek(&got), rows[i].folded);
    }
    text_fini(&got);
}
END_TEST

START_TEST(words_are_runs_of_letters_and_digits)
{
    static const struct {
        const char *text, *words;
    } rows[] = {
        {"l'Élan-42", "l|elan|42|"},
        {"  C1, C2;\tlot-3\nfin", "c1|c2|lot|3|fin|"},
        {"«l’été» — “No”…", "l|ete|no|"},
        {"a_b@c.de", "a|b|c|de|"},
        {"\xcc\x81x", "x|"},
        {"東京、大阪", "東京|大阪|"},
        {"!?", ""},
        {"", ""},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct text got = {0};
        struct folded word;

        for (const char *p = rows[i].text; fold_next(&p, &word);)
            text_printf(&got, "%s|", word.word);
        ck_assert_str_eq(text_peek(&got), rows[i].words);
        text_fini(&got);
    }
}
END_TEST

START_TEST(a_word_says_where_it_stands)
{
    const char *text = "… l'ÉTÉ, oui";
    const char *p = text;
    struct folded word;

    ck_assert(fold_next(&p, &word));
    ck_assert(fold_next(&p, &word));
    ck_assert_str_eq(word.word, "ete");
    ck_assert_uint_eq(word.len, strlen("ÉTÉ"));
    ck_assert_int_eq(memcmp(word.at, "ÉTÉ", word.len), 0);
    ck_assert_ptr_eq(p, word.at + word.len);
}
END_TEST

START_TEST(a_word_that_is_too_long_is_cut_between_letters)
{
    struct text text = {0};
    struct folded word;

    text_putc(&text, 'x');
    for (int i = 0; i < 40; i++)
        text_puts(&text, "東");
    text_puts(&text, "y end");
    const char *p = text.bytes;
    ck_assert(fold_next(&p, &word));
    ck_assert_uint_eq(strlen(word.word), 64);
    ck_assert(fold_next(&p, &word));
    ck_assert_str_eq(word.word, "end");
    ck_assert(!fold_next(&p, &word));
    text_fini(&text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("protocol/fold");
    TCase *tcase = tcase_create("fold");

    tcase_add_test(tcase, what_a_person_calls_the_same_folds_to_the_same);
    tcase_add_test(tcase, words_are_runs_of_letters_and_digits);
    tcase_add_test(tcase, a_word_says_where_it_stands);
    tcase_add_test(tcase, a_word_that_is_too_long_is_cut_between_letters);
    suite_add_tcase(suite, tcase);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
