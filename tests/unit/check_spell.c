/* SPDX-License-Identifier: Apache-2.0
 *
 * check_spell.c - numbers, amounts, days and blanks as each language writes
 * them; phrases, and how easily they are read.
 */
#include "protocol/kind.h"
#include "protocol/phrase.h"
#include "protocol/spell.h"
#include "value/words/readable.h"
#include "value/words/speech.h"

#include <check.h>
#include <string.h>

#define MICRO INT64_C(1000000)
#define HARD  "\u00a0"

enum form { NUMBER, SHARE, POINTS, TIMES, MONEY, TAXED, DAY, BLANKS, GO_ON };

static const struct spell_money thousands = {"EUR", 1000, "net"};
static const struct spell_money francs = {"CHF", 1, "gross"};

static const struct {
    enum form form;
    int64_t micro;
    const char *word;
    const struct spell_money *money;
    const char *english, *french;
} rows[] = {
    {NUMBER, 78615385, NULL, NULL, "78.6", "78,6"},
    {NUMBER, 8 * MICRO, NULL, NULL, "8", "8"},
    {NUMBER, 10 * MICRO, NULL, NULL, "10", "10"},
    {SHARE, 900000, NULL, NULL, "90%", "90" HARD "%"},
    {SHARE, 45000, NULL, NULL, "4.5%", "4,5" HARD "%"},
    {POINTS, 1500000, NULL, NULL, "1.5" HARD "points", "1,5" HARD "point"},
    {POINTS, MICRO, NULL, NULL, "1" HARD "point", "1" HARD "point"},
    {POINTS, 0, NULL, NULL, "0" HARD "points", "0" HARD "point"},
    {TIMES, 2 * MICRO, NULL, NULL, "2" HARD "times", "2" HARD "fois"},
    {MONEY, 520 * MICRO, NULL, &thousands, "€520,000",
        "520" HARD "000" HARD "€"},
    {NUMBER, 6000 * MICRO, NULL, NULL, "6000", "6000"},
    {MONEY, 6 * MICRO, NULL, &thousands, "€6,000", "6" HARD "000" HARD "€"},
    {MONEY, 900000, NULL, &thousands, "€900", "900" HARD "€"},
    {TAXED, 520 * MICRO, NULL, &thousands, "€520,000 excluding tax",
        "520" HARD "000" HARD "€" HARD "HT"},
    {TAXED, 1250000, NULL, &francs, "CHF" HARD "1.25 including tax",
        "1,25" HARD "CHF" HARD "TTC"},
    {DAY, 0, "2027-03-01", NULL, "1" HARD "March" HARD "2027",
        "1er" HARD "mars" HARD "2027"},
    {DAY, 0, "2027-08-12T12:00:00Z", NULL, "12" HARD "August" HARD "2027",
        "12" HARD "août" HARD "2027"},
    {DAY, 0, "soon", NULL, "soon", "soon"},
    {BLANKS, 0, "« Ici » : 5 %, non ?", NULL, "« Ici » : 5 %, non ?",
        "«" HARD "Ici" HARD "»" HARD ": 5" HARD "%, non" HARD "?"},
    {GO_ON, 0, "Our line", NULL, "our line", "Our line"},
    {GO_ON, 0, "L'audit", NULL, "L'audit", "l'audit"},
    {GO_ON, 0, "Lens", NULL, "Lens", "Lens"},
};

static void spell(struct text *to, int i, enum language language)
{
    switch (rows[i].form) {
    case NUMBER:
        spell_number(to, rows[i].micro, 1, language);
        break;
    case SHARE:
        spell_share(to, rows[i].micro, 1, language);
        break;
    case POINTS:
        spell_count(to, rows[i].micro, 1, UNIT_POINTS, language);
        break;
    case TIMES:
        spell_count(to, rows[i].micro, 0, UNIT_TIMES, language);
        break;
    case MONEY:
    case TAXED:
        spell_money(
            to, rows[i].micro, rows[i].money, rows[i].form == TAXED, language);
        break;
    case DAY:
        spell_day(to, rows[i].word, language);
        break;
    case BLANKS:
        spell_blanks(to, rows[i].word, language);
        break;
    case GO_ON:
        text_puts(to, rows[i].word);
        spell_go_on(to, language);
        break;
    }
}

START_TEST(each_language_spells_in_its_way)
{
    struct text english = {0}, french = {0};

    spell(&english, _i, LANGUAGE_ENGLISH);
    spell(&french, _i, LANGUAGE_FRENCH);
    ck_assert_str_eq(text_peek(&english), rows[_i].english);
    ck_assert_str_eq(text_peek(&french), rows[_i].french);
    text_fini(&english);
    text_fini(&french);
}
END_TEST

/* The names in braces, one behind the other. */
static void add_gaps(struct text *to, const char *sentence)
{
    for (const char *p = sentence; (p = strchr(p, '{')) != NULL; p++) {
        text_add(to, p + 1, strcspn(p + 1, "}"));
        text_putc(to, ' ');
    }
}

static bool declares(const char *gaps, const char *name, size_t len)
{
    for (const char *p = gaps; *p; p += strspn(p, " ")) {
        size_t word = strcspn(p, " ");

        if (word == len && strncmp(p, name, len) == 0)
            return true;
        p += word;
    }
    return false;
}

START_TEST(a_phrase_has_the_gaps_of_its_move_in_both_languages)
{
    const struct phrase_row *row = &phrase_rows[_i];
    const char *known = move_rows[row->move].gaps;
    struct text gaps[2] = {{0}, {0}};

    for (int language = 0; language < 2; language++) {
        add_gaps(&gaps[language], row->texts[language]);
        for (const char *p = text_peek(&gaps[language]); *p;) {
            size_t len = strcspn(p, " ");

            ck_assert_msg(declares(known, p, len), "%s", p);
            p += len + 1;
        }
    }
    ck_assert_msg(strlen(text_peek(&gaps[0])) == strlen(text_peek(&gaps[1])),
        "%s", row->texts[0]);
    text_fini(&gaps[0]);
    text_fini(&gaps[1]);
}
END_TEST

START_TEST(a_phrase_is_for_audiences_and_levels_that_exist)
{
    const struct phrase_row *row = &phrase_rows[_i];
    const char *audiences = fields[FIELD_MESSAGE_AUDIENCE].arg;
    const char *levels = fields[FIELD_MESSAGE_LEVEL].arg;
    const char *const lists[][2] = {
        {row->audiences, audiences}, {row->levels, levels}};

    for (int i = 0; i < 2; i++)
        for (const char *p = lists[i][0]; *p;) {
            size_t len = strcspn(p, ",");

            ck_assert_msg(list_holds(lists[i][1], p, len), "%s", p);
            p += len + (p[len] == ',');
        }
}
END_TEST

START_TEST(a_filled_phrase_ends_once)
{
    static const struct phrase_row row = {
        MOVE_PROOF, "", "", {"Proof: {text}", "« {text} »"}};
    struct phrase_gap gap = {"text", "it runs"};
    struct text got = {0};

    phrase_fill(&got, &row, LANGUAGE_ENGLISH, &gap, 1);
    ck_assert_str_eq(got.bytes, "Proof: it runs.");
    text_fini(&got);
    gap.value = "does it run?";
    phrase_fill(&got, &row, LANGUAGE_ENGLISH, &gap, 1);
    ck_assert_str_eq(got.bytes, "Proof: does it run?");
    text_fini(&got);
    gap.value = "Ça roule.";
    phrase_fill(&got, &row, LANGUAGE_FRENCH, &gap, 1);
    ck_assert_str_eq(got.bytes, "«" HARD "Ça roule." HARD "»");
    text_fini(&got);
}
END_TEST

START_TEST(a_stop_behind_a_text_that_has_one_is_left_out)
{
    static const struct phrase_row row = {
        MOVE_PROBLEM, "", "", {"It says: “{text}.” Then.", "« {text}. »"}};
    struct phrase_gap gap = {"text", "Who drives?"};
    struct text got = {0};

    phrase_fill(&got, &row, LANGUAGE_ENGLISH, &gap, 1);
    ck_assert_str_eq(got.bytes, "It says: “Who drives?” Then.");
    text_fini(&got);
    phrase_fill(&got, &row, LANGUAGE_FRENCH, &gap, 1);
    ck_assert_str_eq(got.bytes, "«" HARD "Who drives?" HARD "»");
    text_fini(&got);
}
END_TEST

START_TEST(the_levels_are_those_of_the_record)
{
    const char *levels = fields[FIELD_MESSAGE_LEVEL].arg;
    const char *word = speech_of((enum speech_level)_i)->word;

    ck_assert(list_holds(levels, word, strlen(word)));
    ck_assert_int_eq(speech_find(word), _i);
    ck_assert_int_eq(speech_find("nobody"), LEVEL_COUNT);
}
END_TEST

static const struct {
    const char *text;
    enum readable_language language;
    size_t words, sentences, syllables;
} texts[] = {
    {"", READABLE_ENGLISH, 0, 0, 0},
    {"...", READABLE_ENGLISH, 0, 0, 0},
    {"Le bus passe la nuit.", READABLE_FRENCH, 5, 1, 5},
    {"La qualité, c'est ça !", READABLE_FRENCH, 5, 1, 7},
    {"Une réunion. Deux théâtres", READABLE_FRENCH, 4, 2, 7},
    {"Ils parlent lentement", READABLE_FRENCH, 3, 1, 5},
    {"The bus comes at night.", READABLE_ENGLISH, 5, 1, 5},
    {"A table wanted, a matter closed.", READABLE_ENGLISH, 6, 1, 9},
    {"It costs 12.5 at 3.30 p.m. today.", READABLE_ENGLISH, 8, 2, 9},
    {"“Be early.” They said so", READABLE_ENGLISH, 5, 2, 6},
    {"One\ntwo", READABLE_ENGLISH, 2, 2, 2},
    {"a well-known line", READABLE_ENGLISH, 3, 1, 4},
};

START_TEST(words_sentences_and_syllables_are_counted)
{
    struct readable got;

    readable_count(texts[_i].text, texts[_i].language, &got);
    ck_assert_uint_eq(got.words, texts[_i].words);
    ck_assert_uint_eq(got.sentences, texts[_i].sentences);
    ck_assert_uint_eq(got.syllables, texts[_i].syllables);
}
END_TEST

#define COUNT(rows) ((int)(sizeof(rows) / sizeof *(rows)))

int main(void)
{
    Suite *suite = suite_create("spell");
    TCase *tests = tcase_create("spell");
    SRunner *runner = srunner_create(suite);

    suite_add_tcase(suite, tests);
    tcase_add_loop_test(tests, each_language_spells_in_its_way, 0, COUNT(rows));
    tcase_add_loop_test(tests,
        a_phrase_has_the_gaps_of_its_move_in_both_languages, 0,
        (int)phrase_rows_n);
    tcase_add_loop_test(tests, a_phrase_is_for_audiences_and_levels_that_exist,
        0, (int)phrase_rows_n);
    tcase_add_test(tests, a_filled_phrase_ends_once);
    tcase_add_test(tests, a_stop_behind_a_text_that_has_one_is_left_out);
    tcase_add_loop_test(
        tests, the_levels_are_those_of_the_record, 0, LEVEL_COUNT);
    tcase_add_loop_test(
        tests, words_sentences_and_syllables_are_counted, 0, COUNT(texts));
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
