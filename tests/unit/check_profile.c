/* SPDX-License-Identifier: Apache-2.0
 *
 * check_profile.c - the file with the token, and the lines typed earlier.
 */
#include "client/link/profile.h"
#include "client/prompt/past.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];

static void make_folder(void)
{
    (void)snprintf(folder, sizeof folder, "/tmp/check-profile.XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void remove_folder(void)
{
    static const char *const names[] = {
        "/a/b/profile", "/profile", "/history", "/a/b", "/a", ""};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[128];

        (void)snprintf(path, sizeof path, "%s%s", folder, names[i]);
        (void)remove(path);
    }
}

static const char *place(const char *name)
{
    static char path[128];

    (void)snprintf(path, sizeof path, "%s%s", folder, name);
    return path;
}

static void write_file(const char *path, const char *content, mode_t mode)
{
    FILE *file = fopen(path, "w");

    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(content, file), 0);
    ck_assert_int_eq(fclose(file), 0);
    ck_assert_int_eq(chmod(path, mode), 0);
}

START_TEST(a_profile_comes_back_as_it_was_written)
{
    struct profile made = {{0}};
    struct profile got;
    struct text why = {0};

    profile_set(&made, PROFILE_SERVER, "tender.example:7766");
    profile_set(&made, PROFILE_CA, "/home/a b/\"ca\".pem");
    profile_set(&made, PROFILE_TOKEN, "dpt_x=y");
    ck_assert_int_eq(
        profile_write(place("/a/b/profile"), &made, LANGUAGE_ENGLISH, &why),
        ERR_OK);
    ck_assert_int_eq(
        profile_read(place("/a/b/profile"), LANGUAGE_ENGLISH, &got, &why),
        ERR_OK);

    for (int i = 0; i < PROFILE_KEYS; i++)
        ck_assert_pstr_eq(got.value[i], made.value[i]);
    profile_fini(&made);
    profile_fini(&got);
}
END_TEST

START_TEST(only_its_owner_may_read_a_profile)
{
    struct profile made = {{0}};
    struct stat about;
    struct text why = {0};

    ck_assert_int_eq(
        profile_write(place("/a/b/profile"), &made, LANGUAGE_ENGLISH, &why),
        ERR_OK);

    ck_assert_int_eq(stat(place("/a/b/profile"), &about), 0);
    ck_assert_uint_eq(about.st_mode & 0777, 0600);
    ck_assert_int_eq(stat(place("/a/b"), &about), 0);
    ck_assert_uint_eq(about.st_mode & 0777, 0700);
}
END_TEST

START_TEST(a_profile_that_others_can_read_is_refused)
{
    struct profile got = {{0}};
    struct text why = {0};

    write_file(place("/profile"), "server=a:1\n", 0640);

    ck_assert_int_eq(
        profile_read(place("/profile"), LANGUAGE_ENGLISH, &got, &why),
        ERR_DENIED);
    ck_assert_ptr_nonnull(strstr(why.bytes, "chmod 600"));
    ck_assert_ptr_null(got.value[PROFILE_SERVER]);
    text_fini(&why);
}
END_TEST

START_TEST(a_line_that_is_no_word_of_the_wire_is_named)
{
    struct profile got;
    struct text why = {0};

    write_file(place("/profile"), "# mine\nserver=a:1\nuser ann\n", 0600);

    ck_assert_int_eq(
        profile_read(place("/profile"), LANGUAGE_ENGLISH, &got, &why),
        ERR_SYNTAX);
    ck_assert_ptr_nonnull(strstr(why.bytes, "line 3"));
    text_fini(&why);
}
END_TEST

START_TEST(keys_of_later_versions_are_passed_over)
{
    struct profile got;
    struct text why = {0};

    write_file(place("/profile"), "colour=red\nuser=ann\n", 0600);

    ck_assert_int_eq(
        profile_read(place("/profile"), LANGUAGE_ENGLISH, &got, &why), ERR_OK);
    ck_assert_str_eq(got.value[PROFILE_USER], "ann");
    profile_fini(&got);
}
END_TEST

START_TEST(no_profile_is_an_empty_one)
{
    struct profile got;
    struct text why = {0};

    ck_assert_int_eq(
        profile_read(place("/none"), LANGUAGE_ENGLISH, &got, &why), ERR_OK);
    for (int i = 0; i < PROFILE_KEYS; i++)
        ck_assert_ptr_null(got.value[i]);
}
END_TEST

START_TEST(the_environment_says_where_it_is)
{
    struct text named = {0};
    struct text placed = {0};

    ck_assert_int_eq(setenv("XDG_CONFIG_HOME", "/x", 1), 0);
    ck_assert_int_eq(unsetenv("DIPTYCH_PROFILE"), 0);
    profile_path(&placed);
    ck_assert_int_eq(setenv("DIPTYCH_PROFILE", "/y/z", 1), 0);
    profile_path(&named);

    ck_assert_str_eq(placed.bytes, "/x/diptych/profile");
    ck_assert_str_eq(named.bytes, "/y/z");
    text_fini(&named);
    text_fini(&placed);
}
END_TEST

static const struct {
    const char *line;
    bool secret;
} lines[] = {
    {"login ann \"horse\"", true},
    {"  LOGIN ann horse", true},
    {"@a login ann horse", true},
    {"auth token dpt_x", true},
    {"list bid", false},
    {"note B-1 text=login", false},
    {"", false},
};

START_TEST(passwords_and_tokens_are_secrets)
{
    ck_assert_int_eq(past_is_secret(lines[_i].line), lines[_i].secret);
}
END_TEST

static struct text seen;

static void see(const char *line)
{
    text_puts(&seen, line);
    text_putc(&seen, ';');
}

START_TEST(lines_are_kept_but_secrets)
{
    struct stat about;

    past_add(place("/history"), "list bid");
    past_add(place("/history"), "login ann horse");
    past_add(place("/history"), "show B-1");
    past_read(place("/history"), see);

    ck_assert_str_eq(seen.bytes, "list bid;show B-1;");
    ck_assert_int_eq(stat(place("/history"), &about), 0);
    ck_assert_uint_eq(about.st_mode & 0777, 0600);
    text_fini(&seen);
}
END_TEST

START_TEST(a_long_history_is_cut_to_its_end)
{
    FILE *file = fopen(place("/history"), "w");
    size_t n = 0;

    ck_assert_ptr_nonnull(file);
    for (int i = 1; i <= 2500; i++)
        ck_assert_int_gt(fprintf(file, "line %d\n", i), 0);
    ck_assert_int_eq(fclose(file), 0);
    past_read(place("/history"), see);
    text_fini(&seen);
    past_read(place("/history"), see);

    for (const char *at = seen.bytes; (at = strchr(at, ';')); at++)
        n++;
    ck_assert_uint_eq(n, 1000);
    ck_assert_int_eq(strncmp(seen.bytes, "line 1501;", 10), 0);
    text_fini(&seen);
}
END_TEST

#define COUNT(rows) ((int)(sizeof(rows) / sizeof *(rows)))

int main(void)
{
    Suite *suite = suite_create("profile");
    TCase *tests = tcase_create("profile");
    SRunner *runner = srunner_create(suite);

    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, make_folder, remove_folder);
    tcase_add_test(tests, a_profile_comes_back_as_it_was_written);
    tcase_add_test(tests, only_its_owner_may_read_a_profile);
    tcase_add_test(tests, a_profile_that_others_can_read_is_refused);
    tcase_add_test(tests, a_line_that_is_no_word_of_the_wire_is_named);
    tcase_add_test(tests, keys_of_later_versions_are_passed_over);
    tcase_add_test(tests, no_profile_is_an_empty_one);
    tcase_add_test(tests, the_environment_says_where_it_is);
    tcase_add_loop_test(
        tests, passwords_and_tokens_are_secrets, 0, COUNT(lines));
    tcase_add_test(tests, lines_are_kept_but_secrets);
    tcase_add_test(tests, a_long_history_is_cut_to_its_end);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
