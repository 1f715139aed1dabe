/* SPDX-License-Identifier: Apache-2.0
 *
 * check_seen.c - what a session remembers of what it was shown.
 */
#include "server/session/seen.h"

#include <check.h>
#include <stdlib.h>

START_TEST(the_newest_revision_is_remembered)
{
    struct seen_list seen = {0};

    ck_assert_uint_eq(seen_get(&seen, KIND_BID, 3), 0);
    seen_put(&seen, KIND_BID, 3, 10);
    seen_put(&seen, KIND_BID, 3, 8);
    seen_put(&seen, KIND_MARK, 3, 9);
    ck_assert_uint_eq(seen_get(&seen, KIND_BID, 3), 10);
    ck_assert_uint_eq(seen_get(&seen, KIND_MARK, 3), 9);
    ck_assert_uint_eq(seen_get(&seen, KIND_BID, 4), 0);
    seen_fini(&seen);
}
END_TEST

START_TEST(thousands_are_remembered_in_bounded_memory)
{
    struct seen_list seen = {0};

    for (uint64_t id = 1; id <= SEEN_MOST; id++)
        seen_put(&seen, KIND_BID, id, id);
    for (uint64_t id = 1; id <= SEEN_MOST; id++)
        ck_assert_uint_eq(seen_get(&seen, KIND_BID, id), id);
    for (uint64_t id = 1; id <= UINT64_C(10) * SEEN_MOST; id++)
        seen_put(&seen, KIND_BID, id, id + 1);
    ck_assert_uint_le(seen.room, UINT64_C(4) * SEEN_MOST);
    ck_assert_uint_eq(seen_get(&seen, KIND_BID, UINT64_C(10) * SEEN_MOST),
        UINT64_C(10) * SEEN_MOST + 1);
    seen_fini(&seen);
}
END_TEST

START_TEST(two_lists_become_one)
{
    struct seen_list all = {0};
    struct seen_list more = {0};

    seen_put(&all, KIND_BID, 1, 5);
    seen_put(&more, KIND_BID, 1, 7);
    seen_put(&more, KIND_BID, 2, 6);
    seen_merge(&all, &more);
    ck_assert_uint_eq(seen_get(&all, KIND_BID, 1), 7);
    ck_assert_uint_eq(seen_get(&all, KIND_BID, 2), 6);
    seen_fini(&all);
    seen_fini(&more);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("server/seen");
    TCase *cases = tcase_create("seen");
    tcase_add_test(cases, the_newest_revision_is_remembered);
    tcase_add_test(cases, thousands_are_remembered_in_bounded_memory);
    tcase_add_test(cases, two_lists_become_one);
    suite_add_tcase(suite, cases);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
