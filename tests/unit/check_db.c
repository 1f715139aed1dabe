/* SPDX-License-Identifier: Apache-2.0
 *
 * check_db.c - the threads: group commit, savepoints, full queues, stopping.
 */
#include "db/db.h"
#include "db/inside.h"
#include "protocol/limit.h"
#include "tests/unit/store_kit.h"

#include <pthread.h>
#include <time.h>

static struct kit kit;
static struct db *db;

/* What came back, and a gate behind which a thread of the pool can be held. */
static struct {
    pthread_mutex_t mutex;
    pthread_cond_t moved;
    size_t ran, finished;
    size_t ran_before; /* the second job was finished */
    bool held, open;
} desk = {
    .mutex = PTHREAD_MUTEX_INITIALIZER, .moved = PTHREAD_COND_INITIALIZER};

struct task {
    struct job job;
    struct changeset set;
    enum err fail; /* what run answers after its work */
    uint64_t head; /* read by a reader */
    bool had_store;
};

static void on_finished(void *ctx, struct job *job)
{
    (void)ctx;
    INSIST(job->magic == JOB_MAGIC);
    pthread_mutex_lock(&desk.mutex);
    if (++desk.finished == 2)
        desk.ran_before = desk.ran;
    pthread_cond_broadcast(&desk.moved);
    pthread_mutex_unlock(&desk.mutex);
}

static void wait_for(size_t finished)
{
    struct timespec limit;

    clock_gettime(CLOCK_REALTIME, &limit);
    limit.tv_sec += 60;
    pthread_mutex_lock(&desk.mutex);
    while (desk.finished < finished)
        if (pthread_cond_timedwait(&desk.moved, &desk.mutex, &limit) != 0)
            break;
    ck_assert_uint_ge(desk.finished, finished);
    pthread_mutex_unlock(&desk.mutex);
}

static void set_up(void)
{
    kit_init(&kit);
    kit_fill(&kit);
    changeset_fini(&kit.set);
    store_close(&kit.store);
    desk.ran = desk.finished = desk.ran_before = 0;
    desk.held = desk.open = false;
    ck_assert_int_eq(
        db_start(kit.folder, on_finished, NULL, &db, &kit.why), ERR_OK);
}

static void tear_down(void)
{
    if (db)
        db_stop(&db);
    kit_fini(&kit);
}

static enum err run_change(struct store *store, struct job *job)
{
    struct task *task = (struct task *)(void *)job;
    enum err err = store_apply(store, &task->set, KIT_TIME);

    task->had_store = store != NULL;
    pthread_mutex_lock(&desk.mutex);
    desk.ran++;
    pthread_mutex_unlock(&desk.mutex);
    return err == ERR_OK ? task->fail : err;
}

static enum err run_read(struct store *store, struct job *job)
{
    struct task *task = (struct task *)(void *)job;

    task->had_store = store != NULL;
    return store_head(store, kit.team, &task->head);
}

static enum err run_nothing(struct store *store, struct job *job)
{
    struct task *task = (struct task *)(void *)job;

    task->had_store = store != NULL;
    return ERR_NONE;
}

static enum err run_gate(struct store *store, struct job *job)
{
    (void)store;
    (void)job;
    pthread_mutex_lock(&desk.mutex);
    desk.held = true;
    pthread_cond_broadcast(&desk.moved);
    while (!desk.open)
        pthread_cond_wait(&desk.moved, &desk.mutex);
    pthread_mutex_unlock(&desk.mutex);
    return ERR_OK;
}

static void init_task(struct task *task, job_run_fn *run)
{
    *task = (struct task){
        .job = {.magic = JOB_MAGIC, .run = run, .team = kit.team, .weight = 1}};
}

static void init_change(struct task *task, const char *line)
{
    init_task(task, run_change);
    task->job.again = true;
    task->set.team = kit.team;
    task->set.user = mem_text("ann");
    task->set.role = ROLE_OWNER;
    task->set.scope = 1;
    kit.store = NULL;
    kit_queue(&kit, &task->set, line);
}

static void wait_until_held(void)
{
    pthread_mutex_lock(&desk.mutex);
    while (!desk.held)
        pthread_cond_wait(&desk.moved, &desk.mutex);
    pthread_mutex_unlock(&desk.mutex);
}

static void open_gate(void)
{
    pthread_mutex_lock(&desk.mutex);
    desk.open = true;
    pthread_cond_broadcast(&desk.moved);
    pthread_mutex_unlock(&desk.mutex);
}

/* Four submitters, as sessions would be, were the loop four threads. */
#define SUBMITTERS ((size_t)4)
#define TASKS      500

static void *run_submitter(void *ctx)
{
    struct task *tasks = ctx;

    for (int i = 0; i < TASKS; i++) {
        enum err err;

        if (i % 5 == 4)
            err = db_read(db, &tasks[i].job);
        else
            err = db_write(db, &tasks[i].job);
        if (err != ERR_OK)
            return (void *)1;
    }
    return NULL;
}

static int compare_revs(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

START_TEST(changes_of_many_threads_are_all_applied_once)
{
    struct task *tasks = mem_new(SUBMITTERS * TASKS * sizeof *tasks);
    pthread_t threads[SUBMITTERS];
    uint64_t *revs = mem_new(SUBMITTERS * TASKS * sizeof *revs);
    size_t n = 0;
    char line[64];

    for (size_t i = 0; i < SUBMITTERS * TASKS; i++) {
        snprintf(line, sizeof line, "set B-%zu price=%zu", 1 + i % 2, 1000 + i);
        if (i % TASKS % 5 == 4)
            init_task(&tasks[i], run_read);
        else
            init_change(&tasks[i], line);
    }
    for (size_t i = 0; i < SUBMITTERS; i++)
        ck_assert_int_eq(
            pthread_create(&threads[i], NULL, run_submitter, &tasks[i * TASKS]),
            0);
    for (size_t i = 0; i < SUBMITTERS; i++) {
        void *failed;

        pthread_join(threads[i], &failed);
        ck_assert_ptr_null(failed);
    }
    wait_for(SUBMITTERS * TASKS);
    for (size_t i = 0; i < SUBMITTERS * TASKS; i++) {
        ck_assert_int_eq(tasks[i].job.err, ERR_OK);
        ck_assert(tasks[i].had_store);
        if (tasks[i].job.run == run_change)
            revs[n++] = tasks[i].set.done[0].rev;
        changeset_fini(&tasks[i].set);
    }
    qsort(revs, n, sizeof *revs, compare_revs);
    for (size_t i = 1; i < n; i++)
        ck_assert_uint_eq(revs[i], revs[i - 1] + 1);
    free(revs);
    free(tasks);
}
END_TEST

/* Whether the three jobs may run again, how the second fails, and how often
 * they ran: twice from the start when it failed after it had written. */
static const struct {
    bool again[3];
    const char *line;
    enum err fail, err;
    size_t ran;
} failures[] = {
    {{true, true, true}, "set B-1 price=2", ERR_STATE, ERR_STATE, 5},
    {{true, true, true}, "set B-1 party=P-99", ERR_OK, ERR_NONE, 3},
    {{true, true, true}, "add bid code=RIV party=P-1", ERR_OK, ERR_EXISTS, 3},
    {{true, true, true}, "set B-1 price=100", ERR_INTERNAL, ERR_INTERNAL, 5},
    {{true, true, false}, "set B-1 price=2", ERR_STATE, ERR_STATE, 3},
    {{false, false, false}, "set B-1 price=2", ERR_STATE, ERR_STATE, 3},
};

START_TEST(a_job_that_fails_undoes_itself_alone)
{
    struct task gate, tasks[3], read;

    init_task(&gate, run_gate);
    init_change(&tasks[0], "set B-1 price=1");
    init_change(&tasks[1], failures[_i].line);
    init_change(&tasks[2], "set B-2 price=3");
    init_task(&read, run_read);
    tasks[1].fail = failures[_i].fail;
    ck_assert_int_eq(db_write(db, &gate.job), ERR_OK);
    wait_until_held();
    for (int i = 0; i < 3; i++) {
        tasks[i].job.again = failures[_i].again[i];
        ck_assert_int_eq(db_write(db, &tasks[i].job), ERR_OK);
    }
    open_gate();
    wait_for(4);
    ck_assert_uint_eq(desk.ran, failures[_i].ran);
    ck_assert_int_eq(tasks[0].job.err, ERR_OK);
    ck_assert_int_eq(tasks[1].job.err, failures[_i].err);
    ck_assert_int_eq(tasks[2].job.err, ERR_OK);
    /* The seq of what was undone is given again. */
    ck_assert_uint_eq(tasks[2].set.done[0].rev, tasks[0].set.done[0].rev + 1);
    ck_assert_int_eq(db_read(db, &read.job), ERR_OK);
    wait_for(5);
    ck_assert_uint_eq(read.head, tasks[2].set.done[0].rev);
    for (int i = 0; i < 3; i++)
        changeset_fini(&tasks[i].set);
}
END_TEST

START_TEST(what_waits_shares_a_commit)
{
    const size_t count = 300;
    struct task gate, *tasks = mem_new(count * sizeof *tasks);

    init_task(&gate, run_gate);
    ck_assert_int_eq(db_write(db, &gate.job), ERR_OK);
    wait_until_held();
    for (size_t i = 0; i < count; i++) {
        init_change(&tasks[i], "add lot");
        ck_assert_int_eq(db_write(db, &tasks[i].job), ERR_OK);
    }
    open_gate();
    wait_for(count + 1);
    /* Nobody is answered before the commit that all of them share. */
    ck_assert_uint_eq(desk.ran_before, LIMIT_COMMIT);
    for (size_t i = 0; i < count; i++) {
        ck_assert_int_eq(tasks[i].job.err, ERR_OK);
        ck_assert_uint_eq(tasks[i].set.done[0].id, 2 + i);
        changeset_fini(&tasks[i].set);
    }
    free(tasks);
}
END_TEST

START_TEST(a_team_fills_half_of_a_queue)
{
    struct task gate, *tasks = mem_new((LIMIT_LOGINS + 8) * sizeof *tasks);
    size_t n = 0;

    init_task(&gate, run_gate);
    ck_assert_int_eq(db_hash(db, &gate.job), ERR_OK);
    wait_until_held();
    for (int i = 0; i < LIMIT_LOGINS + 8; i++)
        init_task(&tasks[i], run_nothing);
    while (n < LIMIT_LOGINS && db_hash(db, &tasks[n].job) == ERR_OK)
        n++;
    ck_assert_uint_eq(n, LIMIT_LOGINS / 2);
    tasks[n].job.team = 99;
    ck_assert_int_eq(db_hash(db, &tasks[n].job), ERR_OK);
    for (n++; n < LIMIT_LOGINS; n++) {
        tasks[n].job.team = 0;
        ck_assert_int_eq(db_hash(db, &tasks[n].job), ERR_OK);
    }
    tasks[n].job.team = 98;
    ck_assert_int_eq(db_hash(db, &tasks[n].job), ERR_BUSY);
    open_gate();
    wait_for(n + 1);
    for (size_t i = 0; i < n; i++) {
        ck_assert_int_eq(tasks[i].job.err, ERR_NONE);
        ck_assert(!tasks[i].had_store);
    }
    free(tasks);
}
END_TEST

START_TEST(stopping_finishes_what_waits)
{
    const size_t count = 200;
    struct task *tasks = mem_new(2 * count * sizeof *tasks);

    for (size_t i = 0; i < count; i++) {
        init_change(&tasks[i], "add lot");
        init_task(&tasks[count + i], run_nothing);
        ck_assert_int_eq(db_write(db, &tasks[i].job), ERR_OK);
        ck_assert_int_eq(db_work(db, &tasks[count + i].job), ERR_OK);
    }
    db_stop(&db);
    ck_assert_ptr_null(db);
    ck_assert_uint_eq(desk.finished, 2 * count);
    for (size_t i = 0; i < count; i++) {
        ck_assert_int_eq(tasks[i].job.err, ERR_OK);
        changeset_fini(&tasks[i].set);
    }
    free(tasks);
    ck_assert_int_eq(
        store_open(kit.folder, STORE_WRITE, &kit.store, &kit.why), ERR_OK);
    kit_expect(&kit, "L-201", "sort", "lot");
}
END_TEST

START_TEST(a_second_server_is_refused)
{
    struct db *other;
    struct text why = {0};

    ck_assert_int_eq(
        db_start(kit.folder, on_finished, NULL, &other, &why), ERR_BUSY);
    ck_assert_ptr_nonnull(strstr(why.bytes, "another server"));
    ck_assert_uint_eq(db_epoch(db), 1);
    text_fini(&why);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("db/db");
    TCase *tcase = kit_case(suite, "db", set_up, tear_down);

    tcase_add_test(tcase, changes_of_many_threads_are_all_applied_once);
    KIT_LOOP(tcase, a_job_that_fails_undoes_itself_alone, failures);
    tcase_add_test(tcase, what_waits_shares_a_commit);
    tcase_add_test(tcase, a_team_fills_half_of_a_queue);
    tcase_add_test(tcase, stopping_finishes_what_waits);
    tcase_add_test(tcase, a_second_server_is_refused);
    return kit_run(suite);
}
