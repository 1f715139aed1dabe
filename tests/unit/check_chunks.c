/* SPDX-License-Identifier: Apache-2.0
 *
 * check_chunks.c - the queue of bytes.
 */
#include "server/session/chunks.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define TOTAL ((size_t)50000)

static char bytes[TOTAL];
static char got[TOTAL];

static void fill_bytes(void)
{
    for (size_t i = 0; i < TOTAL; i++)
        bytes[i] = (char)(i * 7 + i / 253);
}

static const struct {
    size_t in;  /* bytes of one add */
    size_t out; /* bytes of one read */
} steps[] = {
    {1, 1},
    {1, 7},
    {7, 1},
    {100, 4096},
    {2048, 2048},
    {2047, 2049},
    {16406, 1000},
    {50000, 50000},
    {3, 50000},
};

START_TEST(bytes_come_out_as_they_went_in)
{
    struct chunks queue = {0};
    size_t in = 0;
    size_t out = 0;

    while (out < TOTAL) {
        size_t n = steps[_i].in < TOTAL - in ? steps[_i].in : TOTAL - in;
        chunks_add(&queue, bytes + in, n);
        in += n;
        out += chunks_read(&queue, got + out, steps[_i].out);
        ck_assert_uint_eq(queue.len, in - out);
    }
    ck_assert_mem_eq(got, bytes, TOTAL);
    ck_assert_ptr_null(queue.first);
    ck_assert_ptr_null(queue.last);
}
END_TEST

START_TEST(pieces_change_their_owner_in_order)
{
    struct chunks from = {0};
    struct chunks to = {0};

    for (size_t at = 0; at < TOTAL; at += 5000)
        chunks_add(&from, bytes + at, 5000);
    chunks_cut(&from, 10);
    chunks_give(&to, &from, 1);
    ck_assert_uint_gt(from.len, 0);
    ck_assert_uint_eq(from.len + to.len, TOTAL - 10);
    chunks_give(&to, &from, 1000);

    ck_assert_uint_eq(from.len, 0);
    ck_assert_ptr_null(from.first);
    ck_assert_uint_eq(chunks_read(&to, got, TOTAL), TOTAL - 10);
    ck_assert_mem_eq(got, bytes + 10, TOTAL - 10);
    chunks_add(&from, bytes, 1);
    chunks_fini(&from);
    chunks_fini(&to);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("server/chunks");
    TCase *queue = tcase_create("queue");

    tcase_add_unchecked_fixture(queue, fill_bytes, NULL);
    tcase_add_loop_test(
        queue, bytes_come_out_as_they_went_in, 0, sizeof steps / sizeof *steps);
    tcase_add_test(queue, pieces_change_their_owner_in_order);
    suite_add_tcase(suite, queue);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
