/* SPDX-License-Identifier: Apache-2.0
 *
 * check_word_map.c - words and their numbers.
 */
#include "client/word_map.h"

#include "client/pool.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

START_TEST(every_word_keeps_its_number_as_the_map_grows)
{
    struct word_map map = {0};
    struct pool pool = {0};
    char word[24];

    for (size_t i = 0; i < 5000; i++) {
        (void)snprintf(word, sizeof word, "TEN-%04zu", i);
        ck_assert(word_map_put(&map, pool_text(&pool, word, strlen(word)), i));
    }
    for (size_t i = 0; i < 5000; i++) {
        (void)snprintf(word, sizeof word, "TEN-%04zu", i);
        ck_assert_uint_eq(word_map_find(&map, word), i);
    }
    word_map_fini(&map);
    pool_fini(&pool);
}
END_TEST

START_TEST(the_first_number_of_a_word_stays)
{
    struct word_map map = {0};

    ck_assert(word_map_put(&map, "a", 1));
    ck_assert(!word_map_put(&map, "a", 2));
    ck_assert_uint_eq(word_map_find(&map, "a"), 1);
    word_map_fini(&map);
}
END_TEST

START_TEST(a_word_that_is_not_there_has_no_number)
{
    struct word_map map = {0};

    ck_assert_uint_eq(word_map_find(&map, "a"), WORD_MAP_NONE);
    ck_assert(word_map_put(&map, "", 7));
    ck_assert_uint_eq(word_map_find(&map, "a"), WORD_MAP_NONE);
    ck_assert_uint_eq(word_map_find(&map, ""), 7);
    word_map_fini(&map);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("client/word_map");
    TCase *map = tcase_create("map");
    tcase_add_test(map, every_word_keeps_its_number_as_the_map_grows);
    tcase_add_test(map, the_first_number_of_a_word_stays);
    tcase_add_test(map, a_word_that_is_not_there_has_no_number);
    suite_add_tcase(suite, map);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
