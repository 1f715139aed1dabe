/* SPDX-License-Identifier: Apache-2.0
 *
 * check_store_plan.c - no prepared statement reads a whole table, and what
 * lists cost in a tender.
 */
#include "db/inside.h"
#include "db/mention.h"
#include "tests/unit/store_kit.h"

static struct kit kit;

static void set_up(void)
{
    kit_init(&kit);
}

/* The SQL of a list is made when it is asked for, so it is overheard. */
static char *heard;

static void tear_down(void)
{
    free(heard);
    heard = NULL;
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

static int hear(unsigned what, void *ctx, void *statement, void *text)
{
    (void)what;
    (void)ctx;
    (void)text;
    const char *sql = sqlite3_sql(statement);
    if (strstr(sql, "OFFSET")) {
        free(heard);
        heard = mem_text(sql);
    }
    return 0;
}

static void list_with(struct query *query)
{
    struct viewer viewer = kit_viewer(&kit);
    struct objects got = {0};
    struct fault fault = {0};

    sqlite3_trace_v2(kit.store->sql, SQLITE_TRACE_STMT, hear, NULL);
    ck_assert_int_eq(
        store_list(kit.store, &viewer, query, &got, &fault), ERR_OK);
    objects_fini(&got);
    query_fini(query);
    ck_assert_ptr_nonnull(heard);
}

START_TEST(a_page_in_id_order_costs_what_it_shows)
{
    struct query first = {.kind = (enum kind)_i, .limit = 10};
    struct query next = {
        .kind = (enum kind)_i, .limit = 10, .after = mem_text("k1.5")};

    list_with(&first);
    expect_search(kit.store->sql, heard);
    list_with(&next);
    expect_search(kit.store->sql, heard);
    ck_assert_ptr_nonnull(strstr(heard, "FROM journal"));
}
END_TEST

START_TEST(a_page_of_a_tender_costs_what_it_shows)
{
    struct query query = {
        .kind = (enum kind)_i, .limit = 10, .after = mem_text("k2.5")};

    kit_do(&kit, "add tender code=NB");
    query.conditions = mem_new(sizeof *query.conditions);
    query.conditions[0] = (struct condition){.field = FIELD_COUNT,
        .builtin = "tender",
        .op = OP_EQ,
        .word = mem_text("NB")};
    query.conditions_n = 1;
    list_with(&query);
    expect_search(kit.store->sql, heard);
    ck_assert_ptr_nonnull(strstr(heard, "tender = ?"));
}
END_TEST

static int hear_all(unsigned what, void *ctx, void *statement, void *text)
{
    (void)what;
    (void)text;
    text_printf(ctx, "%s\n", sqlite3_sql(statement));
    return 0;
}

/* Their SQL is made for each kind; all texts of the team are read, and none
 * of another. */
START_TEST(a_name_is_looked_for_in_the_texts_of_one_team)
{
    struct viewer viewer = kit_viewer(&kit);
    struct mentions names = {0};
    const struct abouts nobody = {0};
    struct text all = {0};
    size_t n = 0;

    mentions_add(&names, "Ann Field", true);
    sqlite3_trace_v2(kit.store->sql, SQLITE_TRACE_STMT, hear_all, &all);
    ck_assert_int_eq(
        store_mentions(kit.store, &viewer, &nobody, &names), ERR_OK);
    sqlite3_trace_v2(kit.store->sql, 0, NULL, NULL);
    char *list = text_take(&all);
    char *rest = list;
    for (char *sql; (sql = strsep(&rest, "\n")) != NULL && *sql; n++)
        expect_search(kit.store->sql, sql);
    ck_assert_uint_gt(n, KIND_COUNT);
    free(list);
    mentions_fini(&names);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("db/store_plan");
    TCase *tcase = kit_case(suite, "plan", set_up, tear_down);

    tcase_add_test(tcase, no_statement_reads_a_whole_table);
    tcase_add_loop_test(
        tcase, no_statement_of_a_kind_reads_a_whole_table, 0, KIND_COUNT);
    tcase_add_loop_test(
        tcase, a_page_in_id_order_costs_what_it_shows, 0, KIND_COUNT);
    tcase_add_loop_test(
        tcase, a_page_of_a_tender_costs_what_it_shows, 0, KIND_COUNT);
    tcase_add_test(tcase, a_name_is_looked_for_in_the_texts_of_one_team);
    tcase_add_test(tcase, a_reading_store_has_no_statement_that_writes);
    return kit_run(suite);
}
