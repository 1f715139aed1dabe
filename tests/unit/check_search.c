/* SPDX-License-Identifier: Apache-2.0
 *
 * check_search.c - the table of words follows every change, and what finding
 * by words costs.
 */
#include "db/search.h"

#include "db/terms.h"
#include "protocol/limit.h"
#include "tests/unit/store_kit.h"

static struct kit kit;

static void set_up(void)
{
    kit_init(&kit);
    kit_fill(&kit);
}

static void tear_down(void)
{
    ck_assert_int_eq(limit_set(LIMIT_ROW_SCAN, LIMIT_SCAN), ERR_OK);
    kit_fini(&kit);
}

static int64_t number_of(const char *sql)
{
    sqlite3_stmt *statement;

    ck_assert_int_eq(
        sqlite3_prepare_v2(kit.store->sql, sql, -1, &statement, NULL),
        SQLITE_OK);
    ck_assert_int_eq(sqlite3_step(statement), SQLITE_ROW);
    int64_t number = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return number;
}

static void run_sql(const char *sql)
{
    ck_assert_int_eq(sql_exec(kit.store->sql, sql), ERR_OK);
}

/* The table as the changes left it is the one that a new filling makes. */
static void expect_same_when_filled_anew(void)
{
    run_sql("CREATE TEMP TABLE kept AS SELECT * FROM terms");
    run_sql("UPDATE meta SET value=0 WHERE name='terms'");
    ck_assert_int_eq(terms_refresh(kit.store), ERR_OK);
    ck_assert_int_eq(
        number_of("SELECT count(*) FROM (SELECT * FROM kept EXCEPT "
                  "SELECT * FROM terms)"),
        0);
    ck_assert_int_eq(
        number_of("SELECT count(*) FROM (SELECT * FROM terms EXCEPT "
                  "SELECT * FROM kept)"),
        0);
    run_sql("DROP TABLE kept");
}

static unsigned next_random(unsigned *state)
{
    *state = *state * 1103515245u + 12345u;
    return *state >> 16;
}

START_TEST(the_table_of_words_follows_every_change)
{
    static const char *const words[] = {
        "bus", "nuit", "élan", "Straße", "a", "b"};
    unsigned random = 7;

    for (int i = 0; i < 300; i++) {
        struct text line = {0};
        unsigned id = next_random(&random) % 20 + 1;

        switch (next_random(&random) % 4) {
        case 0:
            text_puts(&line, "add need sort=job");
            break;
        case 1:
            text_printf(&line, "del N-%u", id);
            break;
        default:
            text_printf(&line, "set N-%u evidence=\"%s\"", id,
                words[next_random(&random) % 6]);
        }
        if (line.bytes[0] != 'd')
            text_printf(&line, " name=\"%s %s, %s\"",
                words[next_random(&random) % 6],
                words[next_random(&random) % 6],
                words[next_random(&random) % 6]);
        (void)kit_try(&kit, line.bytes);
        text_fini(&line);
    }
    ck_assert_int_gt(
        number_of("SELECT count(*) FROM terms WHERE kind='need'"), 20);
    expect_same_when_filled_anew();
}
END_TEST

START_TEST(a_refused_batch_leaves_no_words)
{
    int64_t before = number_of("SELECT count(*) FROM terms");

    kit_refuse(&kit,
        "add need sort=job name=\"gone with the wind\"\nadd need sort=job "
        "code=N1",
        ERR_EXISTS, "code", NULL);
    ck_assert_int_eq(number_of("SELECT count(*) FROM terms"), before);
}
END_TEST

START_TEST(what_was_deleted_leaves_no_words)
{
    kit_do(&kit, "set OTHER title=\"erase this\" description=\"and that\"");
    kit_do(&kit, "del OTHER");
    ck_assert_int_eq(number_of("SELECT count(*) FROM terms WHERE term IN "
                               "('erase', 'this', 'and', 'that', 'other')"),
        0);
}
END_TEST

static enum err find(const char *const *texts, size_t n, bool prefix,
    size_t limit, const char *after, struct hits *got)
{
    struct viewer viewer = kit_viewer(&kit);
    struct search search = {.limit = limit, .after = mem_text(after)};
    struct fault fault = {0};

    for (size_t i = 0; i < n; i++)
        ck_assert_int_eq(
            search_add(&search, texts[i], prefix && i + 1 == n), ERR_OK);
    enum err err = store_search(kit.store, &viewer, &search, got, &fault);
    if (err == ERR_LIMIT)
        ck_assert_str_eq(fault.allowed, "more letters of the last word");
    fault_fini(&fault);
    search_fini(&search);
    return err;
}

static void add_needs(size_t n, const char *name)
{
    struct text lines = {0};

    for (size_t i = 0; i < n; i++)
        text_printf(
            &lines, "%sadd need sort=job name=\"%s\"", i ? "\n" : "", name);
    kit_do(&kit, lines.bytes);
    text_fini(&lines);
}

START_TEST(a_page_looks_through_so_much_and_goes_on)
{
    static const char *const texts[] = {"blue night"};
    struct hits got = {0};
    size_t pages = 0;

    add_needs(9000, "night blue");
    add_needs(3, "blue night");
    char *after = NULL;
    do {
        ck_assert_int_eq(find(texts, 1, false, 10, after, &got), ERR_OK);
        free(after);
        after = mem_text(got.next);
        ck_assert_uint_eq(got.n, after ? 0 : 3);
        hits_fini(&got);
        pages++;
    } while (after);
    ck_assert_uint_eq(pages, 3);
}
END_TEST

START_TEST(pages_hold_each_object_once)
{
    static const char *const texts[] = {"ne"};
    bool prefix = _i == 0;
    const char *const whole[] = {"nest"};
    bool seen[200] = {false};
    size_t n = 0;
    char *after = NULL;

    add_needs(100, "nest neuf néon");
    do {
        struct hits got = {0};

        ck_assert_int_eq(
            find(prefix ? texts : whole, 1, prefix, 7, after, &got), ERR_OK);
        free(after);
        after = mem_text(got.next);
        ck_assert_uint_eq(got.n, after ? 7 : 100 % 7);
        for (size_t i = 0; i < got.n; i++, n++) {
            uint64_t id = got.list[i].object->id;

            ck_assert(!seen[id]);
            seen[id] = true;
        }
        hits_fini(&got);
    } while (after);
    ck_assert_uint_eq(n, 100);
}
END_TEST

START_TEST(a_beginning_of_too_many_words_is_refused)
{
    static const char *const texts[] = {"com"};
    struct hits got = {0};

    ck_assert_int_eq(limit_set(LIMIT_ROW_SCAN, 10), ERR_OK);
    add_needs(10, "common");
    ck_assert_int_eq(find(texts, 1, true, 100, NULL, &got), ERR_OK);
    ck_assert_uint_eq(got.n, 10);
    hits_fini(&got);
    add_needs(1, "comma");
    ck_assert_int_eq(find(texts, 1, true, 100, NULL, &got), ERR_LIMIT);
}
END_TEST

START_TEST(the_words_behind_the_most_are_left_out)
{
    struct text line = {0};

    text_puts(&line, "set OTHER title=short description=\"");
    for (int i = 0; i < TERMS_MOST + 5; i++)
        text_printf(&line, "w%d ", i);
    text_puts(&line, "\"");
    kit_do(&kit, line.bytes);
    text_fini(&line);
    ck_assert_int_eq(number_of("SELECT count(*) FROM terms WHERE "
                               "kind='tender' AND field='description'"),
        TERMS_MOST);
    kit_do(&kit, "set OTHER description=\"\"");
    ck_assert_int_eq(number_of("SELECT count(*) FROM terms WHERE "
                               "kind='tender' AND field='description'"),
        0);
}
END_TEST

/* What belongs to the team, then tender by tender, whatever the page. */
START_TEST(words_are_found_in_the_order_of_tenders)
{
    static const char *const texts[] = {"wandering"};
    static const uint64_t tenders[] = {0, 1, 1, 2, 4};
    char *after = NULL;
    size_t n = 0;

    kit_do(&kit, "add tender code=EMPTY\nadd tender code=LAST");
    kit_do(&kit, "add need tender=LAST sort=job name=wandering");
    kit_do(&kit, "add need tender=OTHER sort=job name=wandering");
    kit_do(&kit, "add need sort=job name=wandering");
    kit_do(&kit, "add lot code=L7 title=wandering");
    kit_do(&kit, "add party code=WANDERER sort=person name=wandering");
    do {
        struct hits got = {0};

        ck_assert_int_eq(
            find(texts, 1, _i & 1, 1 + (size_t)_i / 2, after, &got), ERR_OK);
        free(after);
        after = mem_text(got.next);
        for (size_t i = 0; i < got.n; i++, n++)
            ck_assert_uint_eq(got.list[i].object->tender, tenders[n]);
        hits_fini(&got);
    } while (after);
    ck_assert_uint_eq(n, 5);
}
END_TEST

START_TEST(the_next_page_does_not_tell_what_is_hidden)
{
    static const char *const texts[] = {"ghost"};
    struct hits got = {0};

    kit_do(&kit, "add need sort=job name=ghost");
    kit_do(&kit, "add tender code=HID members=ann");
    kit.scope = 3;
    add_needs(5000, "ghost");
    kit_as(&kit, "ed", ROLE_EDITOR);
    ck_assert_int_eq(find(texts, 1, false, 1, NULL, &got), ERR_OK);
    ck_assert_uint_eq(got.n, 1);
    ck_assert_ptr_null(got.next);
    hits_fini(&got);
    ck_assert_int_eq(find(texts, 1, true, 1, NULL, &got), ERR_OK);
    ck_assert_uint_eq(got.n, 1);
    ck_assert_ptr_null(got.next);
    hits_fini(&got);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("db/search");
    TCase *tcase = kit_case(suite, "search", set_up, tear_down);

    tcase_add_test(tcase, the_table_of_words_follows_every_change);
    tcase_add_test(tcase, a_refused_batch_leaves_no_words);
    tcase_add_test(tcase, what_was_deleted_leaves_no_words);
    tcase_add_test(tcase, a_page_looks_through_so_much_and_goes_on);
    tcase_add_loop_test(tcase, pages_hold_each_object_once, 0, 2);
    tcase_add_test(tcase, a_beginning_of_too_many_words_is_refused);
    tcase_add_test(tcase, the_words_behind_the_most_are_left_out);
    tcase_add_loop_test(tcase, words_are_found_in_the_order_of_tenders, 0, 8);
    tcase_add_test(tcase, the_next_page_does_not_tell_what_is_hidden);
    return kit_run(suite);
}
