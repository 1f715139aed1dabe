/* SPDX-License-Identifier: Apache-2.0
 *
 * check_list_plan.c - no list reads a whole table: every kind, with every
 * field, operator and order, within a tender and in the past.
 *
 * The SQL of a list is made when it is asked for, so all of it is overheard,
 * and its plans are asked for afterwards.
 */
#include "db/inside.h"
#include "tests/unit/store_kit.h"

static struct kit kit;

static struct {
    char *list[64];
    size_t n;
} heard;

static void set_up(void)
{
    kit_init(&kit);
    kit_fill(&kit);
}

static void forget(void)
{
    for (size_t i = 0; i < heard.n; i++)
        free(heard.list[i]);
    heard.n = 0;
}

static void tear_down(void)
{
    forget();
    kit_fini(&kit);
}

static int hear(unsigned what, void *ctx, void *statement, void *text)
{
    (void)what;
    (void)ctx;
    (void)text;
    ck_assert_uint_lt(heard.n, sizeof heard.list / sizeof *heard.list);
    heard.list[heard.n++] = mem_text(sqlite3_sql(statement));
    return 0;
}

/* A sort of what one tender holds is what another order costs; a scan is of a
 * table or an index as a whole.  What was found by an index may be looked
 * through again: "SCAN (subquery-1)". */
static void expect_no_scan(const char *text)
{
    struct text explain = {0};
    sqlite3_stmt *plan;

    text_printf(&explain, "EXPLAIN QUERY PLAN %s", text);
    ck_assert_int_eq(
        sqlite3_prepare_v2(kit.store->sql, explain.bytes, -1, &plan, NULL),
        SQLITE_OK);
    while (sqlite3_step(plan) == SQLITE_ROW) {
        const char *step = (const char *)sqlite3_column_text(plan, 3);
        bool scan = strncmp(step, "SCAN ", 5) == 0 &&
                    strcmp(step, "SCAN CONSTANT ROW") != 0 &&
                    strncmp(step, "SCAN (", 6) != 0;

        ck_assert_msg(!scan, "%s: %s", text, step);
    }
    sqlite3_finalize(plan);
    text_fini(&explain);
}

/* The list is asked for as it would be on the wire; a refusal is one of its
 * own tests. */
static bool list(struct query *query)
{
    struct viewer viewer = kit_viewer(&kit);
    struct objects got = {0};
    struct fault fault = {0};

    sqlite3_trace_v2(kit.store->sql, SQLITE_TRACE_STMT, hear, NULL);
    enum err err = store_list(kit.store, &viewer, query, &got, &fault);
    sqlite3_trace_v2(kit.store->sql, 0, NULL, NULL);
    objects_fini(&got);
    fault_fini(&fault);
    query_fini(query);
    for (size_t i = 0; i < heard.n; i++)
        expect_no_scan(heard.list[i]);
    forget();
    return err == ERR_OK;
}

static struct condition *add_condition(struct query *query)
{
    query->conditions = mem_grow(query->conditions, &query->conditions_room,
        query->conditions_n + 1, sizeof *query->conditions);
    query->conditions[query->conditions_n] = (struct condition){0};
    return &query->conditions[query->conditions_n++];
}

/* Kinds of the team are asked for as a whole, the others in a tender. */
static void narrow(struct query *query)
{
    if (kind_row(query->kind)->scope == SCOPE_TEAM)
        return;
    *add_condition(query) = (struct condition){.field = FIELD_COUNT,
        .builtin = "tender",
        .op = OP_EQ,
        .word = mem_text("NB")};
}

/* A word that the field takes; "" is taken by all. */
static char *word_for(size_t field)
{
    const char *arg = fields[field].arg;

    switch (fields[field].type) {
    case TYPE_ENUM:
    case TYPE_SET:
        return mem_copy(arg, strcspn(arg, ","));
    case TYPE_BOOL:
        return mem_text("yes");
    case TYPE_DATE:
        return mem_text("2026-01-02");
    case TYPE_TIME:
        return mem_text("2026-01-02T00:00:00Z");
    case TYPE_REF:
    case TYPE_REFSET:
    case TYPE_MEMBERS:
        return mem_text("");
    default:
        return mem_text("1");
    }
}

static bool compare(size_t field, enum op op, const char *word, uint64_t at)
{
    struct query query = {.kind = fields[field].kind, .limit = 10, .at = at};
    struct datum_fault fault;

    narrow(&query);
    struct condition *condition = add_condition(&query);
    *condition =
        (struct condition){.field = field, .op = op, .word = mem_text(word)};
    if (*word)
        ck_assert_msg(
            datum_read(field, word, &condition->value, &fault) == ERR_OK,
            "%s=%s", fields[field].word, word);
    return list(&query);
}

static void compare_all(size_t field)
{
    char *word = word_for(field);
    size_t listed = 0;

    for (int op = OP_EQ; op <= OP_LIKE; op++) {
        if (!type_compares(fields[field].type, op_word((enum op)op)))
            continue;
        listed += compare(field, (enum op)op, word, 0);
        listed += compare(field, (enum op)op, word, 10);
    }
    listed += compare(field, OP_EQ, "", 0);
    ck_assert_uint_gt(listed, 0);
    free(word);
}

static void order_by(size_t field)
{
    for (int i = 0; i < 4; i++) {
        struct query query = {.kind = fields[field].kind,
            .limit = 10,
            .at = i < 2 ? 0 : 10,
            .orders = {{.field = field, .falling = i % 2}},
            .orders_n = 1};

        narrow(&query);
        ck_assert(list(&query));
    }
}

START_TEST(no_condition_reads_a_whole_table)
{
    const struct kind_row *row = kind_row((enum kind)_i);

    for (size_t i = 0; i < row->count; i++)
        compare_all(row->first + i);
}
END_TEST

START_TEST(no_order_reads_a_whole_table)
{
    const struct kind_row *row = kind_row((enum kind)_i);

    for (size_t i = 0; i < row->count; i++)
        order_by(row->first + i);
}
END_TEST

static const char *const orders[] = {"time", "rev", "id"};

START_TEST(no_order_by_what_all_objects_have_reads_a_whole_table)
{
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        struct query query = {.kind = (enum kind)_i,
            .limit = 10,
            .orders = {{.field = FIELD_COUNT, .builtin = orders[i]}},
            .orders_n = 1};

        narrow(&query);
        ck_assert(list(&query));
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("db/list_plan");
    TCase *tcase = kit_case(suite, "plan", set_up, tear_down);

    tcase_add_loop_test(tcase, no_condition_reads_a_whole_table, 0, KIND_COUNT);
    tcase_add_loop_test(tcase, no_order_reads_a_whole_table, 0, KIND_COUNT);
    tcase_add_loop_test(tcase,
        no_order_by_what_all_objects_have_reads_a_whole_table, 0, KIND_COUNT);
    return kit_run(suite);
}
