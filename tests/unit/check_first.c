/* SPDX-License-Identifier: Apache-2.0
 *
 * check_first.c - the first bytes of a peer.
 */
#include "server/session/first.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *bytes;
    enum first_said said;
    size_t taken;
} starts[] = {
    {"G", FIRST_MORE, 1},
    {"GET", FIRST_MORE, 3},
    {"GET ", FIRST_HTTP, 4},
    {"GET / HTTP/1.1\r\n", FIRST_HTTP, 4},
    {"POST /", FIRST_HTTP, 5},
    {"PUT /", FIRST_HTTP, 4},
    {"HEAD /", FIRST_HTTP, 5},
    {"OPTIONS *", FIRST_HTTP, 8},
    {"CONNECT a", FIRST_HTTP, 8},
    {"PRI * HTTP/2.0", FIRST_HTTP, 4},
    {"Host: a", FIRST_HTTP, 5},
    {"get x\n", FIRST_FINE, 1},
    {"GETX\n", FIRST_FINE, 4},
    {"P\n", FIRST_FINE, 2},
    {"ping\n", FIRST_FINE, 1},
    {"Host\n", FIRST_FINE, 5},
    {"\n", FIRST_FINE, 1},
    {"OPTIONS", FIRST_MORE, 7},
    {"OPTIONAL", FIRST_FINE, 7},
};

START_TEST(what_looks_like_a_browser_is_told_apart)
{
    struct first whole = {0};
    struct first cut = {0};
    size_t taken = 0;
    size_t sum = 0;
    enum first_said said = FIRST_MORE;

    ck_assert_int_eq(
        first_look(&whole, starts[_i].bytes, strlen(starts[_i].bytes), &taken),
        starts[_i].said);
    ck_assert_uint_eq(taken, starts[_i].taken);
    for (const char *at = starts[_i].bytes; *at && said == FIRST_MORE; at++) {
        said = first_look(&cut, at, 1, &taken);
        sum += taken;
    }
    ck_assert_int_eq(said, starts[_i].said);
    ck_assert_uint_eq(sum, starts[_i].taken);
    ck_assert_mem_eq(cut.bytes, starts[_i].bytes, cut.len);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("server/first");
    TCase *start = tcase_create("start");

    tcase_add_loop_test(start, what_looks_like_a_browser_is_told_apart, 0,
        sizeof starts / sizeof *starts);
    suite_add_tcase(suite, start);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
