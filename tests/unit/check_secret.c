/* SPDX-License-Identifier: Apache-2.0
 *
 * check_secret.c - digests, passwords and tokens.
 */
#include "db/secret.h"
#include "protocol/base_mem.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *parts[3];
    const char *hex;
} digests[] = {
    /* FIPS 180-4 examples. */
    {{"", "", ""},
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {{"a", "b", "c"},
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {{"abcdbcdecdefdefgefghfghighijhi", "jkijkljklmklmnlmnomnopnopq", ""},
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
};

START_TEST(a_digest_is_sha_256_of_the_parts)
{
    const void *parts[3];
    size_t lens[3];
    unsigned char digest[DIGEST_BYTES];
    struct text hex = {0};

    for (int i = 0; i < 3; i++) {
        parts[i] = digests[_i].parts[i];
        lens[i] = strlen(digests[_i].parts[i]);
    }
    digest_of(parts, lens, 3, digest);
    for (int i = 0; i < DIGEST_BYTES; i++)
        text_printf(&hex, "%02x", digest[i]);
    ck_assert_str_eq(hex.bytes, digests[_i].hex);
    text_fini(&hex);
}
END_TEST

START_TEST(a_password_is_known_again)
{
    struct text line = {0}, other = {0};

    secret_make("correct horse", &line);
    ck_assert_int_eq(strncmp(line.bytes, "scrypt$32768$8$3$", 17), 0);
    ck_assert_uint_eq(line.len, 17 + 32 + 1 + 64);
    ck_assert_ptr_null(strstr(line.bytes, "horse"));
    ck_assert(secret_check("correct horse", line.bytes));
    ck_assert(!secret_check("correct horsE", line.bytes));
    ck_assert(!secret_check("", line.bytes));
    secret_make("correct horse", &other);
    ck_assert_str_ne(line.bytes, other.bytes);
    text_fini(&line);
    text_fini(&other);
}
END_TEST

/* Computed with hashlib.scrypt of Python over the salt 00 01 ... 0f, with the
 * cost of the third vector of RFC 7914. */
static const char known_line[] =
    "scrypt$16384$8$1$000102030405060708090a0b0c0d0e0f$"
    "531604fe738df33ae62cd2b994bfe3f573ed28c0d9e5547f875b6413189ce59a";

START_TEST(a_line_of_other_parameters_is_known)
{
    ck_assert(secret_check("pleaseletmein", known_line));
    ck_assert(!secret_check("pleaseletmeout", known_line));
}
END_TEST

static const char *const broken[] = {
    "",
    "scrypt",
    "scrypt$$$$$",
    "scrypt$32768$8$3$00$00",
    "scrypt$0$8$3$000102030405060708090a0b0c0d0e0f$"
    "0000000000000000000000000000000000000000000000000000000000000000",
    "scrypt$32767$8$3$000102030405060708090a0b0c0d0e0f$"
    "0000000000000000000000000000000000000000000000000000000000000000",
    "scrypt$1048576$1024$64$000102030405060708090a0b0c0d0e0f$"
    "0000000000000000000000000000000000000000000000000000000000000000",
    "scrypt$16$8$1$000102030405060708090a0b0c0d0e0g$"
    "0000000000000000000000000000000000000000000000000000000000000000",
    "bcrypt$16$8$1$000102030405060708090a0b0c0d0e0f$"
    "0000000000000000000000000000000000000000000000000000000000000000",
};

START_TEST(a_broken_line_lets_nobody_in)
{
    ck_assert(!secret_check("x", broken[_i]));
}
END_TEST

START_TEST(an_unknown_user_never_passes)
{
    ck_assert(!secret_check("anything", NULL));
    ck_assert(!secret_check("", NULL));
}
END_TEST

START_TEST(tokens_are_new_each_time)
{
    struct text a = {0}, b = {0};

    secret_token(&a);
    secret_token(&b);
    ck_assert_uint_eq(a.len, 4 + 64);
    ck_assert_int_eq(strncmp(a.bytes, "dpt_", 4), 0);
    ck_assert_uint_eq(strspn(a.bytes + 4, "0123456789abcdef"), 64);
    ck_assert_str_ne(a.bytes, b.bytes);
    text_fini(&a);
    text_fini(&b);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("db/secret");
    TCase *tcase = tcase_create("secret");

    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, a_digest_is_sha_256_of_the_parts, 0,
        (int)(sizeof digests / sizeof *digests));
    tcase_add_test(tcase, a_password_is_known_again);
    tcase_add_test(tcase, a_line_of_other_parameters_is_known);
    tcase_add_loop_test(tcase, a_broken_line_lets_nobody_in, 0,
        (int)(sizeof broken / sizeof *broken));
    tcase_add_test(tcase, an_unknown_user_never_passes);
    tcase_add_test(tcase, tokens_are_new_each_time);
    suite_add_tcase(suite, tcase);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
