/* SPDX-License-Identifier: Apache-2.0
 *
 * check_password.c - the first line of a password file.
 */
#include "server/admin/password.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LONG_64                                                                \
    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define LONG_256  LONG_64 LONG_64 LONG_64 LONG_64
#define LONG_1024 LONG_256 LONG_256 LONG_256 LONG_256

static const struct {
    const char *file; /* what it holds; NULL: there is none */
    mode_t mode;
    const char *password; /* NULL: refused */
    const char *says;     /* the complaint or the warning; "" for none */
} files[] = {
    {"secret\n", 0600, "secret", ""},
    {"secret", 0600, "secret", ""},
    {"secret\r\n", 0600, "secret", ""},
    {" two words \nmore\n", 0600, " two words ", ""},
    {"caf\xc3\xa9\n", 0600, "caf\xc3\xa9", ""},
    {"secret\n", 0640, "secret", "others can read"},
    {"secret\n", 0604, "secret", "others can read"},
    {LONG_1024, 0600, LONG_1024, ""},
    {LONG_1024 "\r\n", 0600, LONG_1024, ""},
    {LONG_1024 "x", 0600, NULL, "too many bytes; a password has 1 to 1024"},
    {LONG_1024 "xyz\n", 0600, NULL, "too many bytes"},
    {"", 0600, NULL, "no bytes"},
    {"\nsecret\n", 0600, NULL, "no bytes"},
    {"\r\n", 0600, NULL, "no bytes"},
    {"se\x01"
     "cret\n",
        0600, NULL, "control character"},
    {"se\xff"
     "cret\n",
        0600, NULL, "not UTF-8"},
    {NULL, 0600, NULL, "can not be read: No such file"},
};

START_TEST(the_first_line_of_a_file_is_the_password)
{
    char name[] = "/tmp/check_password.XXXXXX";
    struct text password = {0}, warning = {0}, why = {0};
    int file = mkstemp(name);

    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(fchmod(file, files[_i].mode), 0);
    if (files[_i].file == NULL)
        ck_assert_int_eq(unlink(name), 0);
    else
        ck_assert_int_eq(write(file, files[_i].file, strlen(files[_i].file)),
            (ssize_t)strlen(files[_i].file));

    enum err err = password_read(name, &password, &warning, &why);
    if (files[_i].password) {
        ck_assert_int_eq(err, ERR_OK);
        ck_assert_str_eq(text_peek(&password), files[_i].password);
        ck_assert_int_eq(warning.len > 0, *files[_i].says != '\0');
        ck_assert_ptr_nonnull(strstr(text_peek(&warning), files[_i].says));
    } else {
        ck_assert_int_eq(err, files[_i].file ? ERR_ARG : ERR_NONE);
        ck_assert_uint_eq(password.len, 0);
        ck_assert_msg(strstr(text_peek(&why), files[_i].says), "said: %s",
            text_peek(&why));
    }
    password_fini(&password);
    text_fini(&warning);
    text_fini(&why);
    (void)unlink(name);
    (void)close(file);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("server/password");
    TCase *line = tcase_create("line");

    tcase_add_loop_test(line, the_first_line_of_a_file_is_the_password, 0,
        sizeof files / sizeof *files);
    suite_add_tcase(suite, line);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
