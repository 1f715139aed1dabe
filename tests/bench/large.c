/* SPDX-License-Identifier: Apache-2.0
 *
 * large.c - filling a database by the way that all changes take, and the works
 * that are measured on it.
 *
 * What fails ends the program: there is nothing to measure then.
 */
#include "tests/bench/large.h"

#include "db/commit.h"
#include "db/user.h"
#include "protocol/base_mem.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define BIDS     20
#define CRITERIA 20
#define MARKS    ((uint64_t)BIDS * CRITERIA)
#define NEEDS    (LARGE_TENDER - 1 - BIDS - CRITERIA - MARKS)
#define TIME     INT64_C(1700000000000)

_Noreturn static void fail(const char *what, enum err err)
{
    fprintf(stderr, "scale: %s: %s\n", what, err_word(err));
    exit(EXIT_FAILURE);
}

#define MUST(what)                                                             \
    do {                                                                       \
        enum err err_ = (what);                                                \
        if (err_ != ERR_OK)                                                    \
            fail(#what, err_);                                                 \
    } while (0)

static uint64_t pick(struct large *large, uint64_t below)
{
    large->chance = large->chance * UINT64_C(6364136223846793005) + 1442695041;
    return (large->chance >> 33) % below;
}

/* Changes. */

static void begin_set(
    const struct large *large, struct changeset *set, uint64_t scope)
{
    *set = (struct changeset){.team = large->team,
        .user = mem_text("ann"),
        .role = ROLE_OWNER,
        .scope = scope,
        .batch = true};
}

static void assign(
    struct change *change, size_t field, const char *format, uint64_t number)
{
    struct datum value = {.ref_kind = KIND_NONE};
    struct datum_fault fault;
    struct text word = {0};

    /* The format is one of those below, each with one number. */
    for (const char *p = format; *p; p++) {
        if (*p == '#')
            text_printf(&word, "%" PRIu64, number);
        else
            text_putc(&word, *p);
    }
    MUST(datum_read(field, word.bytes, &value, &fault));
    change_assign(change, field, OP_EQ, false, &value);
    text_fini(&word);
}

static struct change *add(struct changeset *set, enum kind kind)
{
    struct change *change = change_add(set);

    change->verb = CHANGE_ADD;
    change->kind = kind;
    return change;
}

struct work {
    struct job job; /* first, so that a job is its work */
    struct changeset *set;
};

static enum err run_apply(struct store *store, struct job *job)
{
    struct work *work = (struct work *)(void *)job;

    return store_apply(store, work->set, TIME);
}

/* A transaction of the writer by itself. */
static void apply(struct large *large, struct changeset *set)
{
    struct work work = {
        .job = {.magic = JOB_MAGIC, .run = run_apply, .again = true},
        .set = set};

    MUST(commit_jobs(large->store, &work.job));
    if (work.job.err != ERR_OK) {
        fprintf(stderr, "scale: step %zu field=%s got=%s\n", set->fault.step,
            set->fault.field, set->fault.got);
        fail("a change", work.job.err);
    }
    large->objects += set->done_n;
    changeset_fini(set);
    store_tidy(large->store);
}

static void add_bids(struct changeset *set)
{
    for (uint64_t i = 1; i <= BIDS; i++) {
        struct change *bid = add(set, KIND_BID);

        assign(bid, FIELD_BID_CODE, "B#", i);
        assign(bid, FIELD_BID_PARTY, "WE", i);
        assign(bid, FIELD_BID_PRICE, "#", 1000 + i);
    }
    for (uint64_t i = 1; i <= CRITERIA; i++) {
        struct change *criterion = add(set, KIND_CRITERION);

        assign(criterion, FIELD_CRITERION_CODE, "C#", i);
        assign(criterion, FIELD_CRITERION_SORT, "quality", i);
        assign(criterion, FIELD_CRITERION_WEIGHT, "5", i);
        assign(criterion, FIELD_CRITERION_SCALE_MAX, "10", i);
    }
}

static void add_rest(struct large *large, struct changeset *set)
{
    for (uint64_t i = 0; i < MARKS; i++) {
        struct change *mark = add(set, KIND_MARK);

        assign(mark, FIELD_MARK_BID, "B#", 1 + i / CRITERIA);
        assign(mark, FIELD_MARK_CRITERION, "C#", 1 + i % CRITERIA);
        assign(mark, FIELD_MARK_VALUE, "#", pick(large, 11));
    }
    for (uint64_t i = 1; i <= NEEDS; i++) {
        struct change *need = add(set, KIND_NEED);

        assign(need, FIELD_NEED_CODE, "N#", i);
        assign(need, FIELD_NEED_SORT, "job", i);
        assign(need, FIELD_NEED_NAME, "Need number # of the users",
            pick(large, 100000));
    }
}

void large_add_tender(struct large *large, uint64_t number)
{
    struct changeset set;
    struct change *tender;

    (void)number;
    begin_set(large, &set, 0);
    tender = add(&set, KIND_TENDER);
    assign(tender, FIELD_TENDER_CODE, "TENDER#", large->tenders + 1);
    assign(tender, FIELD_TENDER_TITLE, "Title number #", large->tenders);
    apply(large, &set);
    large->tenders++;
    begin_set(large, &set, large->tenders);
    add_bids(&set);
    apply(large, &set);
    begin_set(large, &set, large->tenders);
    add_rest(large, &set);
    apply(large, &set);
}

static void find_team(struct large *large)
{
    struct user user;

    MUST(user_find(large->store, "ann", &user));
    large->team = user.team;
    user_fini(&user);
}

static void open_store(struct large *large, const char *folder)
{
    struct text why = {0};
    enum err err = store_open(folder, STORE_WRITE, &large->store, &why);

    if (err != ERR_OK)
        fail(text_peek(&why), err);
    large->folder = mem_text(folder);
}

void large_make(struct large *large, const char *folder)
{
    struct changeset set;
    struct text why = {0};

    *large = (struct large){0};
    enum err err = store_create(folder, &why);
    if (err != ERR_OK)
        fail(text_peek(&why), err);
    open_store(large, folder);
    MUST(store_begin(large->store));
    MUST(user_add(large->store, "ann", "blue", ROLE_OWNER, "x", TIME));
    MUST(store_commit(large->store));
    find_team(large);
    begin_set(large, &set, 0);
    struct change *party = add(&set, KIND_PARTY);
    assign(party, FIELD_PARTY_CODE, "WE", 0);
    assign(party, FIELD_PARTY_SORT, "organisation", 0);
    apply(large, &set);
    large->objects = 0;
}

void large_open(struct large *large, const char *folder)
{
    sqlite3_stmt *last;

    *large = (struct large){0};
    open_store(large, folder);
    find_team(large);
    last = store_fixed(large->store, STATEMENT_COUNTER_LAST);
    sql_bind(last, "it", large->team, "tender");
    MUST(sql_number(last, &large->tenders));
    large->objects = large->tenders * LARGE_TENDER;
}

void large_close(struct large *large)
{
    store_close(&large->store);
    free(large->folder);
    *large = (struct large){0};
}

/* Works. */

void large_set_one(struct large *large, uint64_t number)
{
    struct changeset set;
    uint64_t tender = 1 + pick(large, large->tenders);
    struct text target = {0};

    (void)number;
    begin_set(large, &set, tender);
    struct change *change = change_add(&set);
    change->verb = CHANGE_SET;
    text_printf(&target, "B%" PRIu64, 1 + pick(large, BIDS));
    change->target = text_take(&target);
    assign(change, FIELD_BID_PRICE, "#", 2000 + pick(large, 1000000));
    uint64_t objects = large->objects;
    apply(large, &set);
    large->objects = objects;
}

void large_add_one(struct large *large, uint64_t number)
{
    struct changeset set;
    uint64_t objects = large->objects;

    (void)number;
    begin_set(large, &set, 1 + pick(large, large->tenders));
    struct change *need = add(&set, KIND_NEED);
    assign(need, FIELD_NEED_SORT, "gain", 0);
    assign(need, FIELD_NEED_NAME, "One more, number #", number);
    apply(large, &set);
    large->objects = objects;
}

static void list_behind(
    struct large *large, uint64_t behind, const char *tender)
{
    const struct viewer ann = {
        .team = large->team, .user = "ann", .role = ROLE_OWNER};
    struct query query = {.kind = KIND_NEED, .limit = 100};
    struct objects got = {0};
    struct fault fault = {0};
    struct text after = {0};

    if (behind) {
        uint64_t head;

        MUST(store_head(large->store, large->team, &head));
        text_printf(&after, "k%" PRIu64 ".%" PRIu64, head, behind);
        query.after = text_take(&after);
    }
    if (tender) {
        query.conditions = mem_new(sizeof *query.conditions);
        query.conditions_n = 1;
        query.conditions[0] = (struct condition){.field = FIELD_COUNT,
            .builtin = "tender",
            .op = OP_EQ,
            .word = mem_text(tender)};
    }
    MUST(store_list(large->store, &ann, &query, &got, &fault));
    objects_fini(&got);
    query_fini(&query);
}

void large_list_first(struct large *large, uint64_t number)
{
    (void)number;
    list_behind(large, 0, NULL);
}

void large_list_middle(struct large *large, uint64_t number)
{
    (void)number;
    list_behind(large, large->tenders * NEEDS / 2, NULL);
}

void large_list_last(struct large *large, uint64_t number)
{
    (void)number;
    list_behind(large, large->tenders * NEEDS - 100, NULL);
}

void large_list_tender(struct large *large, uint64_t number)
{
    (void)number;
    list_behind(large, 0, "TENDER1");
}
