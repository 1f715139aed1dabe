/* SPDX-License-Identifier: Apache-2.0
 *
 * check_disk.c - a disk that is full, or fails, while changes are written.
 *
 * Full is played by a bound on the pages of the database, failing by a bound
 * on the size of files of the process.
 */
#include "db/admin.h"
#include "db/db.h"
#include "db/inside.h"
#include "tests/unit/store_kit.h"

#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

static struct kit kit;

static void set_up(void)
{
    kit_init(&kit);
    kit_fill(&kit);
}

static void tear_down(void)
{
    kit_fini(&kit);
}

static void bound_pages(struct store *store, int pages)
{
    char sql[64];

    snprintf(sql, sizeof sql, "PRAGMA max_page_count=%d", pages);
    ck_assert_int_eq(
        sqlite3_exec(store->sql, sql, NULL, NULL, NULL), SQLITE_OK);
}

/* A note that needs some fifty pages. */
static char *long_line(void)
{
    struct text line = {0};

    text_puts(&line, "add note on=OURS text=");
    for (int i = 0; i < 100000; i++)
        text_putc(&line, 'x');
    return text_take(&line);
}

START_TEST(a_change_that_finds_no_room_leaves_nothing)
{
    char *line = long_line();
    uint64_t before, after;

    ck_assert_int_eq(store_head(kit.store, kit.team, &before), ERR_OK);
    bound_pages(kit.store, 1);
    kit_open(&kit);
    kit_queue(&kit, &kit.set, line);
    ck_assert_int_eq(store_begin(kit.store), ERR_OK);
    ck_assert_int_eq(store_apply(kit.store, &kit.set, KIT_TIME), ERR_FULL);
    ck_assert_int_eq(kit.set.fault.err, ERR_FULL);
    ck_assert_uint_eq(kit.set.events.n, 0);
    store_rollback(kit.store);
    ck_assert_int_eq(store_head(kit.store, kit.team, &after), ERR_OK);
    ck_assert_uint_eq(before, after);
    bound_pages(kit.store, 1000000);
    kit_do(&kit, line);
    ck_assert_uint_eq(kit.set.done[0].rev, before + 1);
    free(line);
}
END_TEST

/* The same behind the threads. */

struct task {
    struct job job;
    struct changeset set;
    int pages; /* set the bound instead of changing something */
};

static struct {
    pthread_mutex_t mutex;
    pthread_cond_t moved;
    size_t finished;
    bool held, open;
} desk = {
    .mutex = PTHREAD_MUTEX_INITIALIZER, .moved = PTHREAD_COND_INITIALIZER};

static void on_finished(void *ctx, struct job *job)
{
    (void)ctx;
    (void)job;
    pthread_mutex_lock(&desk.mutex);
    desk.finished++;
    pthread_cond_broadcast(&desk.moved);
    pthread_mutex_unlock(&desk.mutex);
}

static void wait_for(size_t finished)
{
    pthread_mutex_lock(&desk.mutex);
    while (desk.finished < finished)
        pthread_cond_wait(&desk.moved, &desk.mutex);
    pthread_mutex_unlock(&desk.mutex);
}

static enum err run_task(struct store *store, struct job *job)
{
    struct task *task = (struct task *)(void *)job;

    if (task->pages == 0)
        return store_apply(store, &task->set, KIT_TIME);
    bound_pages(store, task->pages);
    pthread_mutex_lock(&desk.mutex);
    desk.held = true;
    pthread_cond_broadcast(&desk.moved);
    while (!desk.open)
        pthread_cond_wait(&desk.moved, &desk.mutex);
    pthread_mutex_unlock(&desk.mutex);
    return ERR_OK;
}

static void init_task(struct task *task, int pages, const char *line)
{
    *task =
        (struct task){.job = {.magic = JOB_MAGIC, .run = run_task, .weight = 1},
            .pages = pages};
    if (line == NULL)
        return;
    task->set.team = kit.team;
    task->set.user = mem_text("ann");
    task->set.role = ROLE_OWNER;
    task->set.scope = 1;
    kit.store = NULL;
    kit_queue(&kit, &task->set, line);
}

static void start(struct db **db)
{
    store_close(&kit.store);
    desk.finished = 0;
    desk.held = desk.open = false;
    ck_assert_int_eq(
        db_start(kit.folder, on_finished, NULL, db, &kit.why), ERR_OK);
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

/* Three changes share a commit; the one in the middle finds no room.  All
 * three are told so or, where SQLite undid that one alone, it is; none that was
 * told "ok" is missing, and writing goes on when there is room again. */
START_TEST(a_full_disk_is_told_and_survived)
{
    struct db *db;
    struct task bound, tasks[3], again, last;
    struct text report = {0};
    char *line = long_line();

    start(&db);
    init_task(&bound, 1, NULL);
    init_task(&tasks[0], 0, "set B-1 price=1");
    init_task(&tasks[1], 0, line);
    init_task(&tasks[2], 0, "set B-1 rank=2");
    init_task(&again, 1000000, NULL);
    init_task(&last, 0, line);
    ck_assert_int_eq(db_write(db, &bound.job), ERR_OK);
    wait_until_held();
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(db_write(db, &tasks[i].job), ERR_OK);
    open_gate();
    wait_for(4);
    ck_assert_int_eq(tasks[1].job.err, ERR_FULL);
    ck_assert_int_eq(db_write(db, &again.job), ERR_OK);
    ck_assert_int_eq(db_write(db, &last.job), ERR_OK);
    wait_for(6);
    ck_assert_int_eq(last.job.err, ERR_OK);
    db_stop(&db);
    ck_assert_int_eq(
        store_open(kit.folder, STORE_WRITE, &kit.store, &kit.why), ERR_OK);
    kit_expect(&kit, "B-1", "price", tasks[0].job.err == ERR_OK ? "1" : "520");
    kit_expect(&kit, "B-1", "rank", tasks[2].job.err == ERR_OK ? "2" : "");
    ck_assert_msg(
        admin_check(kit.folder, &report) == ERR_OK, "%s", report.bytes);
    text_fini(&report);
    for (int i = 0; i < 3; i++)
        changeset_fini(&tasks[i].set);
    changeset_fini(&last.set);
    free(line);
}
END_TEST

_Noreturn static void fail_while_writing(void)
{
    const struct rlimit none = {4096, 4096};
    struct db *db;
    struct task task;
    char *line = long_line();

    start(&db);
    init_task(&task, 0, line);
    signal(SIGXFSZ, SIG_IGN);
    if (setrlimit(RLIMIT_FSIZE, &none) == 0 &&
        db_write(db, &task.job) == ERR_OK)
        wait_for(1);
    /* Not reached: the writer has ended the process. */
    _exit(1);
}

/* Nobody is answered by a server that can not know what is on the disk. */
START_TEST(a_disk_that_fails_ends_the_server)
{
    struct text report = {0};
    int status = 0;
    uint64_t head;

    store_close(&kit.store);
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0)
        fail_while_writing();
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), 70);
    ck_assert_int_eq(
        store_open(kit.folder, STORE_WRITE, &kit.store, &kit.why), ERR_OK);
    ck_assert_int_eq(store_head(kit.store, kit.team, &head), ERR_OK);
    ck_assert_uint_eq(head, kit.set.head);
    ck_assert_int_eq(admin_check(kit.folder, &report), ERR_OK);
    text_fini(&report);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("db/disk");
    TCase *tcase = kit_case(suite, "full", set_up, tear_down);

    tcase_add_test(tcase, a_change_that_finds_no_room_leaves_nothing);
    tcase_add_test(tcase, a_full_disk_is_told_and_survived);
    tcase_add_test(tcase, a_disk_that_fails_ends_the_server);
    return kit_run(suite);
}
