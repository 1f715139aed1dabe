/* SPDX-License-Identifier: Apache-2.0
 *
 * check_complete.c - what may stand next on a line that is being typed, by our
 * own tables and by those of a server that knows more.
 */
#include "client/prompt/complete.h"
#include "client/prompt/hint.h"
#include "protocol/base_text.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct vocabulary vocabulary;

static const struct {
    const char *before, *word, *want;
} rows[] = {
    {"", "des", "describe "},
    {"", "dec", "decider "},
    {"", "rep", "report "},
    {"@a ", "pin", "ping "},
    {"", "zz", ""},
    {"add ", "cri", "criterion "},
    {"describe ", "alt", "alternative "},
    {"help ", "al", "alternative "},
    {"add criterion ", "price", "price-rule= "},
    {"add criterion ", "sort=", "sort=price sort=cost sort=quality "},
    {"add criterion sort=price ", "price-rule=mi", "price-rule=min-max "},
    {"set B-1 ", "ou", "ours= "},
    {"set B-1 ", "ours=", "ours=yes ours=no "},
    {"list bid ", "or", "order-by= "},
    {"list bid ", "price=", ""},
    {"set XX-1 ", "pri", ""},
    {"use ", "te", "tender= "},
    {"decider NB ", "w", "with= "},
    {"commit ", "o", "once= "},
    {"show \"half", "x", ""},
    {"nonsense ", "a", ""},
    {"add criterion sort=price ", "sor", ""},
    {"list bid price<9 ", "pri", "price= "},
    {"list bid ", "state!=wi", "state!=withdrawn "},
    {"list bid ", "order-by=-pri", "order-by=-price "},
    {"list bid fields=x ", "fields=code,pri", "fields=code,price "},
    {"set S-1 ", "roles+=us", "roles+=uses roles+=uses-indirectly "},
    {"set S-1 ", "roles=pays,us",
        "roles=pays,uses roles=pays,uses-indirectly "},
    {"use ", "lang=", "lang=en lang=fr "},
    {"set B-1 ", "if=s", "if=seen "},
    {"del B-1 ", "parts=", "parts=yes parts=no "},
    {"explain NB ", "to", "total to-win "},
    {"watch ", "crit", "criterion "},
};

START_TEST(a_word_is_completed_from_the_tables)
{
    struct choices got;
    struct text list = {0};

    vocabulary_preset(&vocabulary, LANGUAGE_ENGLISH);
    complete_find(&vocabulary, rows[_i].before, strlen(rows[_i].before),
        rows[_i].word, NULL, NULL, &got);
    for (size_t i = 0; i < got.n; i++) {
        text_puts(&list, got.list[i]);
        text_putc(&list, ' ');
    }

    ck_assert_str_eq(text_peek(&list), rows[_i].want);
    text_fini(&list);
    complete_free(&got);
    vocabulary_fini(&vocabulary);
}
END_TEST

/* Where the name of an object may stand. */
static const struct {
    const char *before, *word, *names;
    size_t head;
} objects[] = {
    {"show ", "", "*", 0},
    {"watch ", "N", "*", 0},
    {"decider ", "", "tender", 0},
    {"report ", "", "tender", 0},
    {"use ", "tender=N", "tender", 7},
    {"add bid ", "party=", "party", 6},
    {"add weighs ", "party=X", "party", 6},
    {"set T-1 ", "buyer+=A,", "party", 9},
    {"decider NB ", "lot=", "lot", 4},
    {"explain NB points ", "bid=", "bid", 4},
    {"users NB ", "frob=", "", 0},
    {"explain NB value ", "segment=", "party:segment", 8},
    {"show x ", "at=", "", 0},
};

START_TEST(where_an_object_may_stand_its_kinds_are_told)
{
    struct choices got;

    vocabulary_preset(&vocabulary, LANGUAGE_ENGLISH);
    complete_find(&vocabulary, objects[_i].before, strlen(objects[_i].before),
        objects[_i].word, NULL, NULL, &got);

    ck_assert_str_eq(text_peek(&got.names), objects[_i].names);
    ck_assert_uint_eq(got.head, objects[_i].head);
    complete_free(&got);
    vocabulary_fini(&vocabulary);
}
END_TEST

/* What a server tells that is newer than we are, and what one that means
 * harm would. */
static const char newer[] =
    "  verb name=set takes=fields help=\"change fields\"\n"
    "  argument verb=set name=id place=1 type=id help=\"an object\"\n"
    "  verb name=weave takes=fields help=\"weave threads\"\n"
    "  argument verb=weave name=kind place=1 type=kind help=\"a kind\"\n"
    "  argument verb=weave name=tight values=loose,firm help=\"how tight\"\n"
    "  kind name=thread prefix=TH parent=tender help=\"a thread\"\n"
    "  field of=thread name=hue type=enum values=red,blue needed=yes "
    "help=\"its colour\"\n"
    "  field of=thread name=spin type=twist help=\"its twist\"\n"
    "  type name=twist allowed=\"left or right\"\n"
    "  field of=thread name=\"bad name\" type=word help=x\n"
    "  field of=thread name=\"e\\u{1B}[2J\" type=word help=x\n"
    "  something of=else that=nobody knows=yet\n";

static const struct {
    const char *before, *word, *want, *hint;
} news[] = {
    {"", "wea", "weave ", "weave"},
    {"", "weave", "weave ", "weave: weave threads"},
    {"weave ", "", "thread ", "kind: a kind - thread"},
    {"weave thread ", "",
        "hue= spin= tight= ", "needs hue=; may have tight= spin= bad name="},
    {"set TH-1 ", "hu", "hue= ", "may have hue="},
    {"set TH-1 ", "hue=", "hue=red hue=blue ", "hue: its colour - red,blue"},
    {"set TH-1 ", "spin=", "", "spin: its twist - left or right"},
    {"set TH-1 ", "size=", "", "there is no field size in thread"},
    {"weave thread ", "tight=f", "tight=firm ",
        "tight: how tight - loose,firm"},
    {"set THREAD1 ", "hu", "hue= ", "may have hue="},
    {"", "qqq", "", "unknown verb; \"help\" lists all"},
    {"weave \"half ", "x", "", ""},
};

static const char *know_code(void *ctx, const char *code)
{
    (void)ctx;
    return strcmp(code, "THREAD1") == 0 ? "thread" : NULL;
}

START_TEST(what_a_newer_server_knows_is_completed_and_hinted_at)
{
    struct choices got;
    struct text list = {0};
    struct text hint = {0};
    size_t len = strlen(news[_i].before);

    ck_assert(vocabulary_read(newer, LANGUAGE_ENGLISH, &vocabulary));
    complete_find(&vocabulary, news[_i].before, len, news[_i].word, know_code,
        NULL, &got);
    for (size_t i = 0; i < got.n; i++)
        text_printf(&list, "%s ", got.list[i]);
    hint_put(&hint, &vocabulary, LANGUAGE_ENGLISH, news[_i].before, len,
        news[_i].word, know_code, NULL);

    ck_assert_str_eq(text_peek(&list), news[_i].want);
    ck_assert_str_eq(text_peek(&hint), news[_i].hint);
    text_fini(&list);
    text_fini(&hint);
    complete_free(&got);
    vocabulary_fini(&vocabulary);
}
END_TEST

START_TEST(what_tells_of_no_verb_is_no_vocabulary)
{
    ck_assert(!vocabulary_read("", LANGUAGE_ENGLISH, &vocabulary));
    ck_assert(!vocabulary_read(
        "  kind name=a prefix=B\nnonsense\n", LANGUAGE_ENGLISH, &vocabulary));
}
END_TEST

START_TEST(hints_speak_the_language_in_force)
{
    struct text hint = {0};

    vocabulary_preset(&vocabulary, LANGUAGE_FRENCH);
    hint_put(
        &hint, &vocabulary, LANGUAGE_FRENCH, "add weighs ", 11, "", NULL, NULL);

    ck_assert_ptr_nonnull(strstr(text_peek(&hint), "il faut need= party="));
    text_fini(&hint);
    vocabulary_fini(&vocabulary);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("complete");
    TCase *tests = tcase_create("complete");
    SRunner *runner = srunner_create(suite);

    suite_add_tcase(suite, tests);
    tcase_add_loop_test(tests, a_word_is_completed_from_the_tables, 0,
        (int)(sizeof rows / sizeof *rows));
    tcase_add_loop_test(tests, where_an_object_may_stand_its_kinds_are_told, 0,
        (int)(sizeof objects / sizeof *objects));
    tcase_add_loop_test(tests,
        what_a_newer_server_knows_is_completed_and_hinted_at, 0,
        (int)(sizeof news / sizeof *news));
    tcase_add_test(tests, what_tells_of_no_verb_is_no_vocabulary);
    tcase_add_test(tests, hints_speak_the_language_in_force);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
