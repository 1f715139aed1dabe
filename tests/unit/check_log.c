/* SPDX-License-Identifier: Apache-2.0
 *
 * check_log.c - lines of the log, and what happens when nobody reads them.
 */
#include "server/log.h"

#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Standard error is a pipe meanwhile. */
static int ends[2];
static int kept;

static void set_up(void)
{
    ck_assert_int_eq(pipe2(ends, O_CLOEXEC), 0);
    ck_assert_int_eq(fcntl(ends[0], F_SETPIPE_SZ, 4096), 4096);
    kept = dup(STDERR_FILENO);
    ck_assert_int_ge(kept, 0);
    ck_assert_int_eq(dup2(ends[1], STDERR_FILENO), STDERR_FILENO);
    (void)close(ends[1]);
    (void)unsetenv("JOURNAL_STREAM");
}

static void tear_down(void)
{
    ck_assert_int_eq(dup2(kept, STDERR_FILENO), STDERR_FILENO);
    (void)close(kept);
    (void)close(ends[0]);
    log_set_level(LOG_LEVEL_INFO);
}

/* The next line that was written, without its end. */
static const char *next_line(void)
{
    static char line[512];
    size_t len = 0;

    while (len < sizeof line - 1 && read(ends[0], line + len, 1) == 1 &&
           line[len] != '\n')
        len++;
    line[len] = '\0';
    return line;
}

START_TEST(a_line_has_time_level_event_and_words)
{
    log_event(LOG_DRAINING, "seconds=%d", 7);
    const char *line = next_line();
    ck_assert_int_eq(strncmp(line, "time=2", 6), 0);
    ck_assert_str_eq(
        strchr(line, ' '), " level=notice what=draining seconds=7");
    log_words(LOG_STOPPED, "");
    ck_assert_str_eq(strchr(next_line(), ' '), " level=notice what=stopped");
}
END_TEST

START_TEST(a_value_from_outside_stays_one_word_of_one_line)
{
    struct text words = {0};

    log_value(&words, "from", "1.2.3.4:5");
    log_value(&words, "why", "a \"b\" what=login\nlevel=error");
    log_words(LOG_TLS_FAULT, text_peek(&words));
    ck_assert_ptr_nonnull(
        strstr(next_line(), "what=tls-fault from=1.2.3.4:5 "
                            "why=\"a \\\"b\\\" what=login\\nlevel=error\""));
    text_fini(&words);
}
END_TEST

START_TEST(the_journal_is_told_the_level_and_knows_the_time)
{
    struct stat is;
    char stream[64];

    ck_assert_int_eq(fstat(STDERR_FILENO, &is), 0);
    (void)snprintf(stream, sizeof stream, "%llu:%llu",
        (unsigned long long)is.st_dev, (unsigned long long)is.st_ino);
    ck_assert_int_eq(setenv("JOURNAL_STREAM", stream, 1), 0);
    log_words(LOG_INTERNAL, "session=1");
    ck_assert_str_eq(next_line(), "<3>level=error what=internal session=1");
    /* The journal's socket, but not where standard error goes now. */
    ck_assert_int_eq(setenv("JOURNAL_STREAM", "1:1", 1), 0);
    log_words(LOG_INTERNAL, "session=2");
    ck_assert_int_eq(strncmp(next_line(), "time=", 5), 0);
    (void)unsetenv("JOURNAL_STREAM");
}
END_TEST

START_TEST(only_what_is_important_enough_is_logged)
{
    for (enum log_level level = LOG_LEVEL_ERROR; level <= LOG_LEVEL_DEBUG;
         level++) {
        ck_assert_int_eq(log_level_find(log_level_word(level)), level);
        log_set_level(level);
        for (enum log_id id = 0; id < LOG_COUNT; id++)
            ck_assert_int_eq(log_wants(id), log_rows[id].level <= level);
    }
    log_set_level(LOG_LEVEL_NOTICE);
    log_words(LOG_LOGIN, "session=1");
    log_event(LOG_LOGIN, "session=%d", 1);
    log_words(LOG_STOPPED, "");
    ck_assert_ptr_nonnull(strstr(next_line(), "what=stopped"));
}
END_TEST

/* Each returns at once, although nobody reads: the test ends. */
static unsigned log_many(void)
{
    unsigned n = 0;

    while (log_lost() == 0) {
        log_event(LOG_LOGIN, "session=%u user=ann from=127.0.0.1:1", ++n);
        ck_assert_uint_lt(n, 1000000);
    }
    return n;
}

START_TEST(a_reader_that_stands_still_holds_nobody_up_and_is_told_the_count)
{
    unsigned came = 0, lost = 0;

    log_start();
    unsigned sent = log_many();
    for (int i = 0; i < 9; i++)
        log_words(LOG_LOGIN, "session=0 user=ann from=127.0.0.1:1 late=yes");
    uint64_t gone = log_lost();
    while (lost == 0) {
        const char *line = next_line();
        const char *n = strstr(line, "what=lines-lost n=");

        if (n)
            lost = (unsigned)strtoul(strstr(n, " n=") + 3, NULL, 10);
        else
            came += strstr(line, "what=login session=") != NULL;
    }
    ck_assert_uint_eq(lost, gone);
    ck_assert_uint_eq(came + lost, sent + 9);
    log_words(LOG_STOPPED, "");
    ck_assert_ptr_nonnull(strstr(next_line(), "what=stopped"));
    log_stop();
}
END_TEST

START_TEST(the_end_does_not_wait_for_a_reader_that_stands_still)
{
    log_start();
    (void)log_many();
    log_stop();
}
END_TEST

START_TEST(what_waits_is_written_before_the_end)
{
    /* A pipe of one page that holds anything at all is full for poll. */
    ck_assert_int_eq(fcntl(ends[0], F_SETPIPE_SZ, 65536), 65536);
    log_start();
    for (int i = 0; i < 20; i++)
        log_event(LOG_DRAINING, "seconds=%d", i);
    log_stop();
    for (int i = 0; i < 20; i++) {
        char words[32];

        (void)snprintf(words, sizeof words, "seconds=%d", i);
        ck_assert_ptr_nonnull(strstr(next_line(), words));
    }
}
END_TEST

START_TEST(a_closed_standard_error_is_no_reason_to_stop)
{
    (void)close(STDERR_FILENO);
    log_words(LOG_STOPPED, "");
    log_start();
    log_words(LOG_STOPPED, "");
    log_stop();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("server/log");
    TCase *at = tcase_create("log");

    tcase_add_checked_fixture(at, set_up, tear_down);
    tcase_add_test(at, a_line_has_time_level_event_and_words);
    tcase_add_test(at, a_value_from_outside_stays_one_word_of_one_line);
    tcase_add_test(at, the_journal_is_told_the_level_and_knows_the_time);
    tcase_add_test(at, only_what_is_important_enough_is_logged);
    tcase_add_test(
        at, a_reader_that_stands_still_holds_nobody_up_and_is_told_the_count);
    tcase_add_test(at, the_end_does_not_wait_for_a_reader_that_stands_still);
    tcase_add_test(at, what_waits_is_written_before_the_end);
    tcase_add_test(at, a_closed_standard_error_is_no_reason_to_stop);
    suite_add_tcase(suite, at);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
