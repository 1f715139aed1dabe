/* SPDX-License-Identifier: Apache-2.0
 *
 * check_cache.c - answers that are kept of a record, and how many.
 */
#include "server/figure/cache.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "protocol/base_mem.h"

static void keep(
    struct shared_record *shared, const char *key, size_t bytes, size_t rows)
{
    struct kept_answer answer = {.key = mem_text(key), .rows_n = rows};

    for (size_t i = 0; i < bytes; i++)
        text_putc(&answer.rows, 'x');
    cache_keep(shared, &answer);
    ck_assert_ptr_null(answer.key);
    ck_assert_ptr_null(answer.rows.bytes);
}

static size_t kept_of(const struct shared_record *shared)
{
    size_t n = 0;

    for (size_t i = 0; i < CACHE_ANSWERS; i++)
        n += shared->answers[i].key != NULL;
    return n;
}

/* One share, given back at the end of each test. */
static struct shared_record *share_new(void)
{
    struct shared_record *shared = mem_new(sizeof *shared);

    shared->shares = 1;
    return shared;
}

START_TEST(an_answer_is_found_by_what_was_asked)
{
    struct shared_record *shared = share_new();

    ck_assert_ptr_null(cache_answer(shared, "a"));
    keep(shared, "a", 3, 1);
    keep(shared, "b", 4, 2);
    ck_assert_uint_eq(cache_answer(shared, "a")->rows.len, 3);
    ck_assert_uint_eq(cache_answer(shared, "b")->rows_n, 2);
    ck_assert_ptr_null(cache_answer(shared, "c"));
    ck_assert_ptr_null(cache_answer(shared, NULL));
    cache_drop(&shared);
    ck_assert_ptr_null(shared);
}
END_TEST

START_TEST(an_answer_that_two_computed_is_kept_once)
{
    struct shared_record *shared = share_new();

    keep(shared, "a", 3, 1);
    keep(shared, "a", 3, 1);
    ck_assert_uint_eq(kept_of(shared), 1);
    ck_assert_uint_eq(shared->bytes, 3);
    cache_drop(&shared);
}
END_TEST

START_TEST(the_oldest_answers_make_room)
{
    struct shared_record *shared = share_new();
    char key[] = "A";

    for (size_t i = 0; i < CACHE_ANSWERS + 3; i++, key[0]++)
        keep(shared, key, 1, 1);
    ck_assert_uint_eq(kept_of(shared), CACHE_ANSWERS);
    ck_assert_ptr_null(cache_answer(shared, "A"));
    ck_assert_ptr_null(cache_answer(shared, "C"));
    ck_assert_ptr_nonnull(cache_answer(shared, "D"));
    cache_drop(&shared);
}
END_TEST

START_TEST(all_answers_together_stay_within_their_bytes)
{
    struct shared_record *shared = share_new();

    keep(shared, "a", CACHE_BYTES / 2, 1);
    keep(shared, "b", CACHE_BYTES / 2, 1);
    ck_assert_uint_eq(kept_of(shared), 2);
    keep(shared, "c", 1, 1);
    ck_assert_ptr_null(cache_answer(shared, "a"));
    ck_assert_ptr_nonnull(cache_answer(shared, "c"));
    keep(shared, "all", CACHE_BYTES, 1);
    ck_assert_uint_eq(kept_of(shared), 1);
    ck_assert_uint_eq(shared->bytes, CACHE_BYTES);
    keep(shared, "more", CACHE_BYTES + 1, 1);
    ck_assert_ptr_null(cache_answer(shared, "more"));
    ck_assert_ptr_nonnull(cache_answer(shared, "all"));
    cache_drop(&shared);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("server/cache");
    TCase *all = tcase_create("all");

    tcase_add_test(all, an_answer_is_found_by_what_was_asked);
    tcase_add_test(all, an_answer_that_two_computed_is_kept_once);
    tcase_add_test(all, the_oldest_answers_make_room);
    tcase_add_test(all, all_answers_together_stay_within_their_bytes);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
