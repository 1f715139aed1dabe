/* SPDX-License-Identifier: Apache-2.0
 *
 * check_store_plan.c - no prepared statement reads a whole table, and what
 * lists cost in a tender.
 */
#include "db/inside.h"
#include "tests/unit/store_kit.h"

static struct kit kit;

static void set_up(void)
{
    kit_init(&kit);
}

static void tear_down(void)
{
    kit_fini(&kit);
}

/* "SEARCH ..." and "SCAN CONSTANT ROW" are fine; SCAN of a table or of a whole
 * index is not, nor is a sort that an index could have spared. */
static void expect_search(sqlite3 *sql, const char *text)
{
    struct text explain = {0};
    sqlite3_stmt *plan;

    text_printf(&explain, "EXPLAIN QUERY PLAN %s", text);
    ck_assert_int_eq(
        sqlite3_prepare_v2(sql, explain.bytes, -1, &plan, NULL), SQLITE_OK);
    while (sqlite3_step(plan) == SQLITE_ROW) {
        const char *step = (const char *)sqlite3_column_text(plan, 3);
        bool scan = strncmp(step, "SCAN", 4) == 0 &&
                    strcmp(step, "SCAN CONSTANT ROW") != 0;

        ck_assert_msg(!scan, "%s: %s", text, step);
        ck_assert_msg(
            strstr(step, "TEMP B-TREE") == NULL, "%s: %s", text, step);
    }
    sqlite3_finalize(plan);
    text_fini(&explain);
}

static bool is_transaction(enum statement which)
{
    return which <= STATEMENT_UNDO_SET;
}

START_TEST(no_statement_reads_a_whole_table)
{
    for (int i = 0; i < STATEMENT_COUNT; i++)
        if (!is_transaction((enum statement)i))
            expect_search(kit.store->sql, sqlite3_sql(kit.store->fixed[i]));
}
END_TEST

START_TEST(no_statement_of_a_kind_reads_a_whole_table)
{
    for (int i = 0; i < TABLE_COUNT; i++)
        if (kit.store->tables[_i][i])
            expect_search(
                kit.store->sql, sqlite3_sql(kit.store->tables[_i][i]));
}
END_TEST

START_TEST(a_reading_store_has_no_statement_that_writes)
{
    struct store *reader;

    ck_assert_int_eq(
        store_open(kit.folder, STORE_READ, &reader, &kit.why), ERR_OK);
    for (int i = 0; i < STATEMENT_COUNT; i++)
        if (reader->fixed[i])
            ck_assert_int_ne(sqlite3_stmt_readonly(reader->fixed[i]), 0);
    for (int i = 0; i < KIND_COUNT; i++)
        for (int j = 0; j < TABLE_COUNT; j++)
            if (reader->tables[i][j])
                ck_assert_int_ne(
                    sqlite3_stmt_readonly(reader->tables[i][j]), 0);
    ck_assert_int_ne(
        sqlite3_exec(reader->sql, "DELETE FROM teams", NULL, NULL, NULL),
        SQLITE_OK);
    store_close(&reader);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("db/store_plan");
    TCase *tcase = kit_case(suite, "plan", set_up, tear_down);

    tcase_add_test(tcase, no_statement_reads_a_whole_table);
    tcase_add_loop_test(
        tcase, no_statement_of_a_kind_reads_a_whole_table, 0, KIND_COUNT);
    tcase_add_test(tcase, a_reading_store_has_no_statement_that_writes);
    return kit_run(suite);
}
