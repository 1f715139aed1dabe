/* SPDX-License-Identifier: Apache-2.0
 *
 * check_telnet - commands of telnet among what is typed.
 */
#include "server/net/telnet.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define BYTES(literal) literal, sizeof(literal) - 1

static const struct {
    const char *came;
    size_t came_len;
    const char *left;
    size_t left_len;
    const char *answer;
    size_t answer_len;
} rows[] = {
    {BYTES("ping\r\n"), BYTES("ping\r\n"), BYTES("")},
    {BYTES("ping\r\0list\r\n"), BYTES("ping\r\nlist\r\n"), BYTES("")},
    {BYTES("a\0b"), BYTES("a\0b"), BYTES("")},
    /* DO SUPPRESS-GO-AHEAD and WILL TERMINAL-TYPE in front. */
    {BYTES("\xff\xfd\x03\xff\xfb\x18ping\n"), BYTES("ping\n"),
        BYTES("\xff\xfc\x03\xff\xfe\x18")},
    /* Ctrl-C: INTERRUPT PROCESS, DO TIMING-MARK. */
    {BYTES("pi\xff\xf4\xff\xfd\x06ng\n"), BYTES("ping\n"),
        BYTES("\xff\xfc\x06")},
    {BYTES("\xff\xfe\x01\xff\xfc\x01x"), BYTES("x"), BYTES("")},
    /* A sub-negotiation, with the command byte itself in it. */
    {BYTES("a\xff\xfa\x18\x00xterm\xff\xff\n\xff\xf0z"), BYTES("az"),
        BYTES("")},
    {BYTES("\xff\xff"), BYTES("\xff"), BYTES("")},
    {BYTES("\xc3\xa9\n"), BYTES("\xc3\xa9\n"), BYTES("")},
};

static void check_parts(int row, size_t step)
{
    struct telnet telnet = {0};
    struct text answer = {0};
    char bytes[64], left[64];
    size_t n = 0;

    memcpy(bytes, rows[row].came, rows[row].came_len);
    for (size_t at = 0; at < rows[row].came_len; at += step) {
        size_t len =
            rows[row].came_len - at < step ? rows[row].came_len - at : step;
        size_t got = telnet_strip(&telnet, bytes + at, len, &answer);

        memcpy(left + n, bytes + at, got);
        n += got;
    }
    ck_assert_uint_eq(n, rows[row].left_len);
    ck_assert_mem_eq(left, rows[row].left, n);
    ck_assert_uint_eq(answer.len, rows[row].answer_len);
    if (answer.len)
        ck_assert_mem_eq(answer.bytes, rows[row].answer, answer.len);
    text_fini(&answer);
}

START_TEST(commands_are_taken_out_wherever_they_are_cut)
{
    for (size_t step = 1; step <= rows[_i].came_len; step++)
        check_parts(_i, step);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("server/telnet");
    TCase *at = tcase_create("telnet");

    tcase_add_loop_test(at, commands_are_taken_out_wherever_they_are_cut, 0,
        sizeof rows / sizeof *rows);
    suite_add_tcase(suite, at);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
