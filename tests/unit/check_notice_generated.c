/* SPDX-License-Identifier: Apache-2.0
 *
 * check_notice_generated.c - made-up notices: each is read as it was written,
 * and the requests hold exactly the facts that were put into it.
 */
#include "client/notice/notice_commands.h"
#include "protocol/base_mem.h"
#include "protocol/datum.h"
#include "protocol/limit.h"
#include "protocol/lines.h"
#include "protocol/words.h"
#include "tests/parts/json_flat.h"
#include "tests/parts/notice_dump.h"
#include "tests/parts/notice_make.h"
#include "tests/parts/sorted.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static const struct notice_recipe recipes[] = {
    {.seed = 1, .lots = 1, .criteria = 4, .languages = 1, .orgs = 2},
    {.seed = 2,
        .lots = 3,
        .groups = 1,
        .criteria = 7,
        .languages = 2,
        .orgs = 3},
    {.seed = 3,
        .lots = 2,
        .criteria = 9,
        .languages = 24,
        .orgs = 4,
        .change = true},
    {.seed = 4,
        .lots = 6,
        .groups = 3,
        .criteria = 5,
        .languages = 3,
        .orgs = 9,
        .missing = 25},
    {.seed = 5,
        .lots = 9,
        .groups = 2,
        .criteria = 3,
        .languages = 24,
        .orgs = 30,
        .missing = 50,
        .change = true},
    {.seed = 6,
        .award = true,
        .lots = 1,
        .criteria = 3,
        .languages = 1,
        .orgs = 5},
    {.seed = 7,
        .award = true,
        .lots = 8,
        .groups = 1,
        .criteria = 3,
        .languages = 4,
        .orgs = 12},
    {.seed = 8,
        .award = true,
        .lots = 20,
        .groups = 4,
        .criteria = 2,
        .languages = 2,
        .orgs = 40,
        .missing = 25},
    {.seed = 9,
        .award = true,
        .lots = 30,
        .criteria = 2,
        .languages = 24,
        .orgs = 20,
        .missing = 60},
    {.seed = 10,
        .lots = 500,
        .groups = 50,
        .criteria = 5,
        .languages = 3,
        .orgs = 10,
        .missing = 5},
    {.seed = 11,
        .award = true,
        .lots = 500,
        .criteria = 2,
        .languages = 2,
        .orgs = 400,
        .missing = 5},
};

/* What one notice becomes. */
struct fixture {
    struct made_notice made;
    struct notice *notice;
    struct notice_plan plan;
    struct remarks remarks;
};

static void read_made(struct fixture *f)
{
    struct text why = {0};
    enum err err = notice_read(f->made.xml.bytes, f->made.xml.len, "made.xml",
        LANGUAGE_ENGLISH, &f->notice, &why);

    ck_assert_msg(err == ERR_OK, "%s", text_peek(&why));
}

static void plan_made(struct fixture *f)
{
    static const struct notice_known nothing;
    struct notice_match match;
    struct text why = {0};

    ck_assert_int_eq(notice_match(f->notice, &nothing, false, LANGUAGE_ENGLISH,
                         &f->remarks, &match, &why),
        ERR_OK);
    ck_assert_int_eq(match.verdict, NOTICE_NEW);
    ck_assert_int_eq(notice_commands(f->notice, &nothing, &match,
                         LANGUAGE_ENGLISH, &f->remarks, &f->plan, &why),
        ERR_OK);
}

static void tear_down(struct fixture *f)
{
    plan_fini(&f->plan);
    remarks_fini(&f->remarks);
    notice_free(&f->notice);
    notice_unmake(&f->made);
}

START_TEST(every_element_is_read_as_it_was_written)
{
    struct fixture f = {0};
    struct text got = {0};

    notice_make(&recipes[_i], &f.made);
    read_made(&f);
    dump_flat(f.notice, &got);
    dump_more(f.notice, &got);
    sort_lines(&got);
    sort_lines(&f.made.flat);

    ck_assert_str_eq(text_peek(&got), text_peek(&f.made.flat));
    text_fini(&got);
    tear_down(&f);
}
END_TEST

/* The names that a batch hands out, and what the objects are known by. */
struct names {
    struct pair {
        char *name, *label;
    } * all;
    size_t n, room;
};

static const char *find_label(const struct names *names, const char *name)
{
    for (size_t i = 0; i < names->n; i++)
        if (strcmp(names->all[i].name, name) == 0)
            return names->all[i].label;
    ck_abort_msg("%s is not a name of the batch", name);
    return NULL;
}

/* A value with every $name in it replaced by what it names. */
static char *resolve(const struct names *names, const char *value)
{
    struct text made = {0};
    char *copy = mem_text(value);
    char *rest = copy;

    if (value[0] != '$') {
        text_puts(&made, value);
    } else {
        for (char *word; (word = strsep(&rest, ",")) != NULL;)
            text_printf(
                &made, "%s%s", made.len ? "," : "", find_label(names, word));
    }
    free(copy);
    return text_take(&made);
}

static const char *get(const struct words *words, const char *key)
{
    const char *value = words_get(words, key);

    return value ? value : "";
}

/* What an object is known by in the facts. */
static char *make_label(
    const struct names *names, const char *kind, const struct words *words)
{
    struct text label = {0};

    if (strcmp(kind, "party") == 0) {
        text_puts(&label, get(words, "name"));
    } else if (strcmp(kind, "lot") == 0) {
        bool named = *get(words, "code") != '\0';

        text_puts(&label, get(words, named ? "code" : "title"));
    } else if (strcmp(kind, "criterion") == 0 || strcmp(kind, "bid") == 0) {
        text_puts(&label, get(words, "code"));
    } else if (strcmp(kind, "partner") == 0) {
        text_printf(&label, "%s %s", find_label(names, get(words, "bid")),
            find_label(names, get(words, "party")));
    } else if (strcmp(kind, "award") == 0) {
        const char *bid = get(words, "bid");

        text_printf(&label, "%s %s", find_label(names, get(words, "lot")),
            *bid ? find_label(names, bid) : "-");
    }
    return text_take(&label);
}

static void take_facts(const struct names *names, const char *kind,
    const char *label, const struct words *words, struct text *facts)
{
    for (size_t i = 0; i < words->n; i++) {
        const struct word *w = &words->list[i];
        struct text subject = {0};

        if (w->key == NULL || strcmp(w->key, "as") == 0 ||
            strcmp(w->key, "tender") == 0)
            continue;
        size_t field = field_find(kind_find(kind), w->key);
        struct datum datum;
        struct datum_fault fault;
        ck_assert_msg(field < FIELD_COUNT, "%s %s", kind, w->key);
        ck_assert_msg(datum_read(field, w->value, &datum, &fault) == ERR_OK,
            "%s %s=%s", kind, w->key, w->value);
        datum_fini(&datum);
        char *value = resolve(names, w->value);
        text_printf(
            &subject, "%s%s%s %s", kind, *label ? " " : "", label, w->key);
        flat_put(facts, subject.bytes, value);
        text_fini(&subject);
        free(value);
    }
}

static void take_change(
    struct names *names, const struct words *words, struct text *facts)
{
    const char *verb = words->list[0].value;
    const char *second = words->list[1].value;
    const char *as = words_get(words, "as");

    if (strcmp(verb, "set") == 0) {
        ck_assert_str_eq(second, "$t");
        take_facts(names, "tender", "", words, facts);
        return;
    }
    ck_assert_str_eq(verb, "add");
    char *label = make_label(names, second, words);
    take_facts(names, second, label, words, facts);
    if (as) {
        names->all = mem_grow(
            names->all, &names->room, names->n + 1, sizeof *names->all);
        names->all[names->n++] = (struct pair){mem_text(as), mem_text(label)};
    }
    free(label);
}

/* Frames and lexes the requests as a server does, and gathers what they say;
 * "source" and the digest are not made up and are left out. */
static void read_requests(
    const struct notice_plan *plan, struct names *names, struct text *facts)
{
    struct lines lines = {.line_most = LIMIT_LINE, .body_most = LIMIT_BODY};
    struct unit unit;
    size_t n = 0;

    lines_feed(&lines, plan->requests.bytes, plan->requests.len);
    while (lines_next(&lines, &unit) == LINES_UNIT) {
        struct words words;
        struct words_fault fault;

        ck_assert_int_eq(words_read(unit.line.bytes, unit.line.len,
                             unit.has_body ? text_peek(&unit.body) : NULL,
                             LIMIT_WORDS, &words, &fault),
            ERR_OK);
        n++;
        if (n == 1)
            ck_assert_str_eq(words.list[0].value, "begin");
        else if (n == plan->n)
            ck_assert_str_eq(words.list[0].value, "commit");
        else
            take_change(names, &words, facts);
        words_free(&words);
        unit_fini(&unit);
    }
    ck_assert_uint_eq(lines_waiting(&lines), 0);
    ck_assert_uint_eq(n, plan->n);
    lines_fini(&lines);
}

static void free_names(struct names *names)
{
    for (size_t i = 0; i < names->n; i++) {
        free(names->all[i].name);
        free(names->all[i].label);
    }
    free(names->all);
}

START_TEST(the_requests_hold_what_was_put_in_and_nothing_else)
{
    struct fixture f = {0};
    struct names names = {0};
    struct text facts = {0};

    notice_make(&recipes[_i], &f.made);
    read_made(&f);
    plan_made(&f);
    read_requests(&f.plan, &names, &facts);
    drop_lines(&facts, "tender notice-digest=");
    drop_lines(&facts, " source=");
    sort_lines(&facts);
    sort_lines(&f.made.facts);

    ck_assert_str_eq(text_peek(&facts), text_peek(&f.made.facts));
    text_fini(&facts);
    free_names(&names);
    tear_down(&f);
}
END_TEST

START_TEST(five_hundred_lots_fit_into_one_batch)
{
    struct fixture f = {0};

    notice_make(&recipes[_i], &f.made);
    read_made(&f);
    plan_made(&f);

    ck_assert_uint_ge(f.plan.added[KIND_LOT], 500);
    ck_assert_uint_le(f.plan.n, LIMIT_BATCH + 2);
    ck_assert_uint_le(f.plan.requests.len, LIMIT_BATCH_BYTES);
    tear_down(&f);
}
END_TEST

int main(void)
{
    int n = (int)(sizeof recipes / sizeof *recipes);
    Suite *suite = suite_create("client/notice (made up)");
    TCase *made = tcase_create("made");
    tcase_set_timeout(made, 60);
    tcase_add_loop_test(made, every_element_is_read_as_it_was_written, 0, n);
    tcase_add_loop_test(
        made, the_requests_hold_what_was_put_in_and_nothing_else, 0, n);
    tcase_add_loop_test(made, five_hundred_lots_fit_into_one_batch, n - 2, n);
    suite_add_tcase(suite, made);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
