/* SPDX-License-Identifier: Apache-2.0
 *
 * check_selfcert.c - the development certificate: made, kept, made anew.
 */
#include "server/net/openssl.h"
#include "server/net/selfcert.h"
#include "tests/parts/temp.h"

#include <check.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[TEMP_ROOM];

static void make_folder(void)
{
    temp_make(folder);
}

static void free_folder(void)
{
    temp_remove(folder);
}

static const char *name_of(const char *file)
{
    static char name[128];

    (void)snprintf(name, sizeof name, "%s/%s", folder, file);
    return name;
}

static enum err ensure(struct text *why)
{
    struct text cert = {0};
    struct text key = {0};
    enum err err = selfcert_ensure(folder, &cert, &key, why);

    if (err == ERR_OK) {
        ck_assert_str_eq(text_peek(&cert), name_of("server.pem"));
        ck_assert_str_eq(text_peek(&key), name_of("server.key"));
    }
    text_fini(&cert);
    text_fini(&key);
    return err;
}

static void ensure_fine(void)
{
    struct text why = {0};

    ck_assert_msg(ensure(&why) == ERR_OK, "%s", text_peek(&why));
}

static X509 *read_cert(const char *file)
{
    FILE *from = fopen(name_of(file), "r");

    ck_assert_ptr_nonnull(from);
    X509 *cert = PEM_read_X509(from, NULL, NULL, NULL);
    ck_assert_ptr_nonnull(cert);
    ck_assert_int_eq(fclose(from), 0);
    return cert;
}

static EVP_PKEY *read_key(const char *file)
{
    FILE *from = fopen(name_of(file), "r");
    EVP_PKEY *key = PEM_read_PrivateKey(from, NULL, NULL, NULL);

    ck_assert_ptr_nonnull(key);
    ck_assert_int_eq(fclose(from), 0);
    return key;
}

/* Gives a certificate another end, signed by a key. */
static void set_end(const char *file, const char *signer, long seconds)
{
    X509 *cert = read_cert(file);
    EVP_PKEY *key = read_key(signer);
    FILE *to = fopen(name_of(file), "w");

    ck_assert_ptr_nonnull(X509_gmtime_adj(X509_getm_notAfter(cert), seconds));
    ck_assert_int_gt(X509_sign(cert, key, EVP_sha256()), 0);
    ck_assert(PEM_write_X509(to, cert));
    ck_assert_int_eq(fclose(to), 0);
    X509_free(cert);
    EVP_PKEY_free(key);
}

static bool is_same(X509 *before, const char *file)
{
    X509 *after = read_cert(file);
    bool same = X509_cmp(before, after) == 0;

    X509_free(after);
    return same;
}

static bool is_trusted(const char *host)
{
    X509_STORE *store = X509_STORE_new();
    X509_STORE_CTX *check = X509_STORE_CTX_new();
    X509 *ca = read_cert("ca.pem");
    X509 *cert = read_cert("server.pem");

    ck_assert(X509_STORE_add_cert(store, ca));
    ck_assert(X509_STORE_CTX_init(check, store, cert, NULL));
    X509_VERIFY_PARAM *param = X509_STORE_CTX_get0_param(check);
    ck_assert(X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_X509_STRICT));
    ck_assert(X509_VERIFY_PARAM_set_purpose(param, X509_PURPOSE_SSL_SERVER));
    if (!X509_VERIFY_PARAM_set1_ip_asc(param, host))
        ck_assert(X509_VERIFY_PARAM_set1_host(param, host, 0));
    bool trusted = X509_verify_cert(check) == 1;
    X509_STORE_CTX_free(check);
    X509_STORE_free(store);
    X509_free(ca);
    X509_free(cert);
    return trusted;
}

START_TEST(who_trusts_the_authority_trusts_the_server)
{
    ensure_fine();

    ck_assert(is_trusted("localhost"));
    ck_assert(is_trusted("127.0.0.1"));
    ck_assert(is_trusted("::1"));
    ck_assert(!is_trusted("example.com"));
}
END_TEST

START_TEST(keys_are_for_the_owner_alone)
{
    static const char *const keys[] = {"ca.key", "server.key"};
    struct stat seen;

    (void)umask(0);
    ensure_fine();
    for (size_t i = 0; i < 2; i++) {
        ck_assert_int_eq(stat(name_of(keys[i]), &seen), 0);
        ck_assert_uint_eq(seen.st_mode & 07777, 0600);
    }
}
END_TEST

START_TEST(what_is_there_is_kept)
{
    ensure_fine();
    X509 *ca = read_cert("ca.pem");
    X509 *server = read_cert("server.pem");
    ensure_fine();

    ck_assert(is_same(ca, "ca.pem"));
    ck_assert(is_same(server, "server.pem"));
    X509_free(ca);
    X509_free(server);
}
END_TEST

START_TEST(what_ends_is_made_anew_by_the_same_authority)
{
    ensure_fine();
    set_end("server.pem", "ca.key", 13L * 86400);
    X509 *ca = read_cert("ca.pem");
    X509 *server = read_cert("server.pem");
    ensure_fine();

    ck_assert(is_same(ca, "ca.pem"));
    ck_assert(!is_same(server, "server.pem"));
    ck_assert(is_trusted("localhost"));
    X509_free(ca);
    X509_free(server);
}
END_TEST

START_TEST(an_authority_that_would_end_first_is_made_anew)
{
    ensure_fine();
    set_end("server.pem", "ca.key", 86400);
    set_end("ca.pem", "ca.key", 800L * 86400);
    X509 *ca = read_cert("ca.pem");
    ensure_fine();

    ck_assert(!is_same(ca, "ca.pem"));
    ck_assert(is_trusted("localhost"));
    X509_free(ca);
}
END_TEST

START_TEST(somebody_elses_certificate_is_never_written_over)
{
    ensure_fine();
    ck_assert_int_eq(unlink(name_of("ca.key")), 0);
    ck_assert_int_eq(unlink(name_of("ca.pem")), 0);
    set_end("server.pem", "server.key", 86400);
    X509 *server = read_cert("server.pem");
    ensure_fine();

    ck_assert(is_same(server, "server.pem"));
    X509_free(server);
}
END_TEST

static const struct {
    const char *gone; /* removed, or NULL */
    const char *odd;  /* filled with nonsense, or NULL */
    const char *says;
} broken[] = {
    {"server.key", NULL, "remove the former"},
    {"server.pem", NULL, "remove the former"},
    {NULL, "server.pem", "do not hold a certificate and its key"},
    {NULL, "server.key", "do not hold a certificate and its key"},
};

START_TEST(half_a_pair_is_refused)
{
    struct text why = {0};

    ensure_fine();
    if (broken[_i].gone)
        ck_assert_int_eq(unlink(name_of(broken[_i].gone)), 0);
    if (broken[_i].odd) {
        FILE *to = fopen(name_of(broken[_i].odd), "w");
        ck_assert_int_ge(fputs("nonsense\n", to), 0);
        ck_assert_int_eq(fclose(to), 0);
    }

    ck_assert_int_eq(ensure(&why), ERR_ARG);
    ck_assert_msg(
        strstr(text_peek(&why), broken[_i].says), "said: %s", text_peek(&why));
    text_fini(&why);
}
END_TEST

START_TEST(a_folder_that_is_not_there_is_said)
{
    struct text cert = {0}, key = {0}, why = {0};

    ck_assert_int_eq(
        selfcert_ensure(name_of("no"), &cert, &key, &why), ERR_UNAVAILABLE);
    ck_assert_ptr_nonnull(strstr(text_peek(&why), "can not be written"));
    text_fini(&why);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("server/selfcert");
    TCase *files = tcase_create("files");

    tcase_add_checked_fixture(files, make_folder, free_folder);
    tcase_add_test(files, who_trusts_the_authority_trusts_the_server);
    tcase_add_test(files, keys_are_for_the_owner_alone);
    tcase_add_test(files, what_is_there_is_kept);
    tcase_add_test(files, what_ends_is_made_anew_by_the_same_authority);
    tcase_add_test(files, an_authority_that_would_end_first_is_made_anew);
    tcase_add_test(files, somebody_elses_certificate_is_never_written_over);
    tcase_add_loop_test(
        files, half_a_pair_is_refused, 0, sizeof broken / sizeof *broken);
    tcase_add_test(files, a_folder_that_is_not_there_is_said);
    suite_add_tcase(suite, files);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
