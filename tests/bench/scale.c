/* SPDX-License-Identifier: Apache-2.0
 *
 * scale - what the record costs when it is large: changes, pages, the start.
 *
 * Fills a database tender by tender, by the way that all changes take, and
 * measures at 10 000, 100 000, 300 000 and 1 000 000 objects.  Times are those
 * of the processor, which other work on the machine disturbs least, but where
 * it says "wall".  Nothing passes or fails.
 *
 *   scale FOLDER [MOST]     FOLDER must hold no database; it is left there.
 *                           MOST: no more objects than that
 */
#include "db/db.h"
#include "db/inside.h"
#include "db/user.h"
#include "protocol/base_mem.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#define BIDS     20
#define CRITERIA 20
#define MARKS    ((uint64_t)BIDS * CRITERIA)
#define NEEDS    (1000 - 1 - BIDS - CRITERIA - MARKS)
#define TIME     INT64_C(1700000000000)
#define SAMPLES  301

struct bench {
    const char *folder;
    struct store *store;
    struct text why;
    uint64_t tenders, objects;
    uint64_t team;
    uint64_t chance;
};

#define MUST(what)                                                             \
    do {                                                                       \
        enum err err_ = (what);                                                \
        if (err_ != ERR_OK) {                                                  \
            fprintf(stderr, "scale: %s: %s %s\n", #what, err_word(err_),       \
                text_peek(&bench->why));                                       \
            exit(EXIT_FAILURE);                                                \
        }                                                                      \
    } while (0)

static double now_us(clockid_t clock)
{
    struct timespec now;

    clock_gettime(clock, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static uint64_t pick(struct bench *bench, uint64_t below)
{
    bench->chance = bench->chance * UINT64_C(6364136223846793005) + 1442695041;
    return (bench->chance >> 33) % below;
}

/* Changes. */

static void begin_set(
    const struct bench *bench, struct changeset *set, uint64_t scope)
{
    *set = (struct changeset){.team = bench->team,
        .user = mem_text("ann"),
        .role = ROLE_OWNER,
        .scope = scope,
        .batch = true};
}

static void assign(struct bench *bench, struct change *change, size_t field,
    const char *format, uint64_t number)
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

static void apply(struct bench *bench, struct changeset *set)
{
    MUST(store_begin(bench->store));
    enum err err = store_apply(bench->store, set, TIME);
    if (err != ERR_OK) {
        fprintf(stderr, "scale: step %zu: %s field=%s got=%s\n",
            set->fault.step, err_word(err), set->fault.field, set->fault.got);
        exit(EXIT_FAILURE);
    }
    MUST(store_commit(bench->store));
    bench->objects += set->done_n;
    changeset_fini(set);
    store_tidy(bench->store);
}

static void add_bids(struct bench *bench, struct changeset *set)
{
    for (uint64_t i = 1; i <= BIDS; i++) {
        struct change *bid = add(set, KIND_BID);

        assign(bench, bid, FIELD_BID_CODE, "B#", i);
        assign(bench, bid, FIELD_BID_PARTY, "WE", i);
        assign(bench, bid, FIELD_BID_PRICE, "#", 1000 + i);
    }
    for (uint64_t i = 1; i <= CRITERIA; i++) {
        struct change *criterion = add(set, KIND_CRITERION);

        assign(bench, criterion, FIELD_CRITERION_CODE, "C#", i);
        assign(bench, criterion, FIELD_CRITERION_SORT, "quality", i);
        assign(bench, criterion, FIELD_CRITERION_WEIGHT, "5", i);
        assign(bench, criterion, FIELD_CRITERION_SCALE_MAX, "10", i);
    }
}

static void add_rest(struct bench *bench, struct changeset *set)
{
    for (uint64_t i = 0; i < MARKS; i++) {
        struct change *mark = add(set, KIND_MARK);

        assign(bench, mark, FIELD_MARK_BID, "B#", 1 + i / CRITERIA);
        assign(bench, mark, FIELD_MARK_CRITERION, "C#", 1 + i % CRITERIA);
        assign(bench, mark, FIELD_MARK_VALUE, "#", pick(bench, 11));
    }
    for (uint64_t i = 1; i <= NEEDS; i++) {
        struct change *need = add(set, KIND_NEED);

        assign(bench, need, FIELD_NEED_CODE, "N#", i);
        assign(bench, need, FIELD_NEED_SORT, "job", i);
        assign(bench, need, FIELD_NEED_NAME, "Need number # of the users",
            pick(bench, 100000));
    }
}

static void add_tender(struct bench *bench)
{
    struct changeset set;
    struct change *tender;

    begin_set(bench, &set, 0);
    tender = add(&set, KIND_TENDER);
    assign(bench, tender, FIELD_TENDER_CODE, "TENDER#", bench->tenders + 1);
    assign(bench, tender, FIELD_TENDER_TITLE, "Title number #", bench->tenders);
    apply(bench, &set);
    bench->tenders++;
    begin_set(bench, &set, bench->tenders);
    add_bids(bench, &set);
    apply(bench, &set);
    begin_set(bench, &set, bench->tenders);
    add_rest(bench, &set);
    apply(bench, &set);
}

static void make(struct bench *bench)
{
    struct changeset set;
    struct user user;

    MUST(store_create(bench->folder, &bench->why));
    MUST(store_open(bench->folder, STORE_WRITE, &bench->store, &bench->why));
    MUST(store_begin(bench->store));
    MUST(user_add(bench->store, "ann", "blue", ROLE_OWNER, "x", TIME));
    MUST(store_commit(bench->store));
    MUST(user_find(bench->store, "ann", &user));
    bench->team = user.team;
    user_fini(&user);
    begin_set(bench, &set, 0);
    struct change *party = add(&set, KIND_PARTY);
    assign(bench, party, FIELD_PARTY_CODE, "WE", 0);
    assign(bench, party, FIELD_PARTY_SORT, "organisation", 0);
    apply(bench, &set);
    bench->objects = 0;
}

/* Measures. */

static int compare(const void *a, const void *b)
{
    const double *x = a;
    const double *y = b;

    return (*x > *y) - (*x < *y);
}

static double median(double *times)
{
    qsort(times, SAMPLES, sizeof *times, compare);
    return times[SAMPLES / 2];
}

typedef void step_fn(struct bench *bench, uint64_t number);

static void set_one(struct bench *bench, uint64_t number)
{
    struct changeset set;
    uint64_t tender = 1 + pick(bench, bench->tenders);
    struct text target = {0};

    begin_set(bench, &set, tender);
    struct change *change = change_add(&set);
    change->verb = CHANGE_SET;
    text_printf(&target, "B%" PRIu64, 1 + pick(bench, BIDS));
    change->target = text_take(&target);
    assign(bench, change, FIELD_BID_PRICE, "#", 2000 + number);
    uint64_t objects = bench->objects;
    apply(bench, &set);
    bench->objects = objects;
}

static void add_one(struct bench *bench, uint64_t number)
{
    struct changeset set;
    uint64_t objects = bench->objects;

    (void)number;
    begin_set(bench, &set, 1 + pick(bench, bench->tenders));
    struct change *need = add(&set, KIND_NEED);
    assign(bench, need, FIELD_NEED_SORT, "gain", 0);
    assign(bench, need, FIELD_NEED_NAME, "One more, number #", number);
    apply(bench, &set);
    bench->objects = objects;
}

static void list_behind(
    struct bench *bench, uint64_t behind, const char *tender)
{
    const struct viewer ann = {
        .team = bench->team, .user = "ann", .role = ROLE_OWNER};
    struct query query = {.kind = KIND_NEED, .limit = 100};
    struct objects got = {0};
    struct fault fault = {0};
    struct text after = {0};

    if (behind) {
        uint64_t head;

        MUST(store_head(bench->store, bench->team, &head));
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
    MUST(store_list(bench->store, &ann, &query, &got, &fault));
    objects_fini(&got);
    query_fini(&query);
}

static void list_first(struct bench *bench, uint64_t number)
{
    (void)number;
    list_behind(bench, 0, NULL);
}

static void list_middle(struct bench *bench, uint64_t number)
{
    (void)number;
    list_behind(bench, bench->tenders * NEEDS / 2, NULL);
}

static void list_last(struct bench *bench, uint64_t number)
{
    (void)number;
    list_behind(bench, bench->tenders * NEEDS - 100, NULL);
}

static void list_tender(struct bench *bench, uint64_t number)
{
    (void)number;
    list_behind(bench, 0, "TENDER1");
}

static void measure(struct bench *bench, const char *what, step_fn *step)
{
    double cpu[SAMPLES], wall[SAMPLES];

    for (uint64_t i = 0; i < SAMPLES; i++) {
        double cpu_start = now_us(CLOCK_PROCESS_CPUTIME_ID);
        double wall_start = now_us(CLOCK_MONOTONIC);

        step(bench, i);
        cpu[i] = now_us(CLOCK_PROCESS_CPUTIME_ID) - cpu_start;
        wall[i] = now_us(CLOCK_MONOTONIC) - wall_start;
    }
    printf("  %-34s %8.0f us cpu %8.0f us wall (median)\n", what, median(cpu),
        median(wall));
}

static void no_answer(void *ctx, struct job *job)
{
    (void)ctx;
    (void)job;
}

/* The start of a server: what its threads open. */
static void measure_start(struct bench *bench)
{
    struct db *db;
    double start, opened;

    store_close(&bench->store);
    start = now_us(CLOCK_MONOTONIC);
    MUST(db_start(bench->folder, no_answer, NULL, &db, &bench->why));
    opened = now_us(CLOCK_MONOTONIC);
    db_stop(&db);
    printf("  %-34s %8.0f us wall, %.0f us to stop\n", "start", opened - start,
        now_us(CLOCK_MONOTONIC) - opened);
    MUST(store_open(bench->folder, STORE_WRITE, &bench->store, &bench->why));
}

static void print_memory(const struct bench *bench)
{
    char line[256], path[512];
    FILE *status = fopen("/proc/self/status", "r");
    struct stat of = {0};

    while (status && fgets(line, sizeof line, status))
        if (strncmp(line, "VmRSS:", 6) == 0 || strncmp(line, "VmHWM:", 6) == 0)
            printf("  %s", line);
    if (status)
        fclose(status);
    snprintf(path, sizeof path, "%s/diptych.db", bench->folder);
    (void)stat(path, &of);
    printf("  file %lld MiB\n", (long long)of.st_size / 1048576);
}

static void report(struct bench *bench, double cpu_per_object)
{
    printf("%" PRIu64 " objects in %" PRIu64 " tenders\n", bench->objects,
        bench->tenders);
    printf("  %-34s %8.1f us cpu\n", "add, in batches, per object",
        cpu_per_object);
    measure(bench, "set one field, a commit each", set_one);
    measure(bench, "add one object, a commit each", add_one);
    measure(bench, "first page of 100 of the team", list_first);
    measure(bench, "middle page", list_middle);
    measure(bench, "last page", list_last);
    measure(bench, "first page of a tender", list_tender);
    measure_start(bench);
    print_memory(bench);
    fflush(stdout);
}

static const uint64_t sizes[] = {10000, 100000, 300000, 1000000};

int main(int argc, char **argv)
{
    struct bench *bench = mem_new(sizeof *bench);
    uint64_t most = argc > 2 ? strtoull(argv[2], NULL, 10) : 1000000;

    if (argc < 2) {
        fprintf(stderr, "usage: scale FOLDER [MOST]\n");
        return EXIT_FAILURE;
    }
    bench->folder = argv[1];
    make(bench);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        uint64_t stop = sizes[i], first = stop * 9 / 10, from = 0;
        double start = 0;

        if (stop > most)
            break;
        /* The last tenth alone, so that each size tells of itself. */
        while (bench->objects < stop) {
            if (from == 0 && bench->objects >= first) {
                from = bench->objects;
                start = now_us(CLOCK_PROCESS_CPUTIME_ID);
            }
            add_tender(bench);
        }
        report(bench, (now_us(CLOCK_PROCESS_CPUTIME_ID) - start) /
                          (double)(bench->objects - from));
    }
    store_close(&bench->store);
    free(bench);
    return EXIT_SUCCESS;
}
