/* SPDX-License-Identifier: Apache-2.0
 *
 * check_queue.c - what waits for a thread: how much may, and whose turn it is.
 */
#include "db/queue.h"
#include "protocol/base_mem.h"
#include "protocol/limit.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define TEAM 1

static enum err run_nothing(struct store *store, struct job *job)
{
    (void)store;
    (void)job;
    return ERR_NONE;
}

static void init_job(struct job *job)
{
    *job = (struct job){
        .magic = JOB_MAGIC, .run = run_nothing, .team = TEAM, .weight = 1};
}

START_TEST(a_heavy_job_finds_room_and_leaves_some)
{
    struct queue queue;
    struct job heavy, light, own;

    ck_assert_int_eq(limit_set(LIMIT_ROW_READS, 100), ERR_OK);
    queue_init(&queue, LIMIT_ROW_READS, LIMIT_ROW_COMMIT, 0);
    init_job(&heavy);
    init_job(&light);
    init_job(&own);
    heavy.weight = 20000;
    light.team = 99;
    ck_assert_int_eq(queue_add(&queue, &heavy), ERR_OK);
    ck_assert_int_eq(queue_add(&queue, &own), ERR_BUSY);
    ck_assert_int_eq(queue_add(&queue, &light), ERR_OK);
    ck_assert_ptr_eq(queue_take(&queue), &heavy);
    ck_assert_ptr_null(heavy.next);
    ck_assert_int_eq(queue_add(&queue, &own), ERR_OK);
    ck_assert_ptr_eq(queue_take(&queue), &light);
    ck_assert_ptr_eq(light.next, &own);
    ck_assert(queue_is_empty(&queue));
    queue_close(&queue);
    ck_assert_int_eq(queue_add(&queue, &own), ERR_BUSY);
    ck_assert_ptr_null(queue_take(&queue));
    queue_fini(&queue);
}
END_TEST

static const enum limit rooms[] = {
    LIMIT_ROW_WRITES, LIMIT_ROW_READS, LIMIT_ROW_LONGS, LIMIT_ROW_LOGINS};

/* Two teams with half of it each: so much waits, and not one more. */
START_TEST(a_queue_holds_as_much_as_its_limit_and_no_more)
{
    const size_t most = 6;
    struct job tasks[7];
    struct queue queue;

    ck_assert_int_eq(limit_set(rooms[_i], most), ERR_OK);
    queue_init(&queue, rooms[_i], LIMIT_COUNT, 0);
    for (size_t i = 0; i <= most; i++) {
        init_job(&tasks[i]);
        tasks[i].team = 1 + i % 3;
        ck_assert_int_eq(
            queue_add(&queue, &tasks[i]), i < most ? ERR_OK : ERR_BUSY);
    }
    ck_assert_uint_eq(queue_waiting(&queue), most);
    ck_assert_ptr_eq(queue_take(&queue), &tasks[0]);
    ck_assert_int_eq(queue_add(&queue, &tasks[most]), ERR_OK);
    while (!queue_is_empty(&queue))
        ck_assert_ptr_nonnull(queue_take(&queue));
    queue_close(&queue);
    queue_fini(&queue);
}
END_TEST

/* Which team came, in which it leaves; a digit is a team. */
static const struct {
    const char *came;
    const char *left;
} turns[] = {
    {"111111", "111111"},
    {"1111122", "1212111"},
    {"111222333", "123123123"},
    {"11111112", "12111111"},
    {"110", "110"},
    {"1110222", "1212102"},
    {"01", "01"},
    {"10102", "10210"},
    {"22222201", "21222220"},
};

START_TEST(teams_take_turns_and_what_is_of_no_team_waits_for_all_before)
{
    const char *came = turns[_i].came;
    const size_t n = strlen(came);
    struct job *tasks = mem_new(n * sizeof *tasks);
    uint64_t last[10] = {0};
    struct queue queue;
    char left[16] = "";
    size_t got = 0;

    ck_assert_int_eq(limit_set(LIMIT_ROW_READS, 100), ERR_OK);
    queue_init(&queue, LIMIT_ROW_READS, LIMIT_COUNT, 0);
    for (size_t i = 0; i < n; i++) {
        init_job(&tasks[i]);
        tasks[i].team = (uint64_t)(came[i] - '0');
        ck_assert_int_eq(queue_add(&queue, &tasks[i]), ERR_OK);
    }
    ck_assert_uint_eq(queue_waiting(&queue), n);
    while (!queue_is_empty(&queue)) {
        const struct job *job = queue_take(&queue);

        ck_assert_uint_gt(job->ticket, last[job->team]);
        last[job->team] = job->ticket;
        left[got++] = (char)('0' + job->team);
    }
    ck_assert_str_eq(left, turns[_i].left);
    ck_assert_uint_eq(queue_waiting(&queue), 0);
    queue_close(&queue);
    queue_fini(&queue);
    free(tasks);
}
END_TEST

/* Jobs of some teams are running; whose job may start next. */
START_TEST(a_team_has_only_so_many_jobs_running)
{
    struct job tasks[4];
    struct queue queue;

    ck_assert_int_eq(limit_set(LIMIT_ROW_READS, 100), ERR_OK);
    queue_init(&queue, LIMIT_ROW_READS, LIMIT_COUNT, 1);
    for (size_t i = 0; i < 4; i++) {
        init_job(&tasks[i]);
        tasks[i].team = i < 3 ? 7 : 8;
        ck_assert_int_eq(queue_add(&queue, &tasks[i]), ERR_OK);
    }
    ck_assert_ptr_eq(queue_take(&queue), &tasks[0]);
    ck_assert_ptr_eq(queue_take(&queue), &tasks[3]);
    queue_done(&queue, 7);
    ck_assert_ptr_eq(queue_take(&queue), &tasks[1]);
    queue_done(&queue, 8);
    queue_done(&queue, 7);
    queue_close(&queue);
    ck_assert_ptr_eq(queue_take(&queue), &tasks[2]);
    ck_assert_ptr_null(queue_take(&queue));
    queue_fini(&queue);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("db/queue");
    TCase *tcase = tcase_create("queue");

    suite_add_tcase(suite, tcase);
    tcase_add_test(tcase, a_heavy_job_finds_room_and_leaves_some);
    tcase_add_loop_test(tcase, a_queue_holds_as_much_as_its_limit_and_no_more,
        0, sizeof rooms / sizeof *rooms);
    tcase_add_loop_test(tcase,
        teams_take_turns_and_what_is_of_no_team_waits_for_all_before, 0,
        sizeof turns / sizeof *turns);
    tcase_add_test(tcase, a_team_has_only_so_many_jobs_running);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
