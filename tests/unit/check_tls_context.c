/* SPDX-License-Identifier: Apache-2.0
 *
 * check_tls_context.c - what a client may ask for in its hello, and which
 * files are taken as certificate and key.
 */
#include "server/net/openssl.h"
#include "server/net/selfcert.h"
#include "server/net/tls.h"
#include "tests/parts/temp.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

static char folder[TEMP_ROOM];
static struct text cert, key;
static struct text why;

static void make_folder(void)
{
    temp_make(folder);
    ck_assert_int_eq(selfcert_ensure(folder, &cert, &key, &why), ERR_OK);
}

static void free_folder(void)
{
    temp_remove(folder);
    text_fini(&cert);
    text_fini(&key);
    text_fini(&why);
}

static struct tls_context *read_context(void)
{
    struct tls_context *made = NULL;

    ck_assert_msg(tls_context_new(
                      text_peek(&cert), text_peek(&key), &made, &why) == ERR_OK,
        "%s", text_peek(&why));
    return made;
}

static void carry(struct tls *tls, SSL *client)
{
    static char piece[65536];
    size_t len = 0;
    int n = BIO_read(SSL_get_wbio(client), piece, sizeof piece);

    if (n > 0) {
        tls_lend(tls, piece, (size_t)n);
        (void)tls_read(tls, piece, 1, &len);
        tls_keep(tls);
    }
    len = chunks_read(tls_output(tls), piece, sizeof piece);
    if (len > 0)
        ck_assert_int_eq(
            BIO_write(SSL_get_rbio(client), piece, (int)len), (int)len);
}

static SSL *new_client(SSL_CTX *from)
{
    SSL *client = SSL_new(from);

    SSL_set_bio(client, BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
    SSL_set_connect_state(client);
    return client;
}

/* Returns whether both ends agreed; *alert is what the client was told. */
static bool shake_hands(SSL *client, struct tls *tls, int *alert)
{
    int done = 0;

    for (int i = 0; i < 4; i++) {
        ERR_clear_error();
        done = SSL_do_handshake(client);
        if (done != 1 && SSL_get_error(client, done) == SSL_ERROR_SSL) {
            *alert = ERR_GET_REASON(ERR_peek_error()) - SSL_AD_REASON_OFFSET;
            return false;
        }
        carry(tls, client);
    }
    *alert = 0;
    return done == 1 && tls_is_open(tls);
}

static struct {
    const char *label;
    const char *protocols; /* as ALPN has them on the wire */
    char name[16];         /* of the server, in the hello */
    const char *ciphers;
    int version; /* the highest */
    int alert;   /* 0: welcome */
} hellos[] = {
    {"nothing asked", NULL, "", NULL, TLS1_3_VERSION, 0},
    {"ours", "\011diptych/1", "", NULL, TLS1_3_VERSION, 0},
    {"ours last", "\010http/1.1\011diptych/1", "", NULL, TLS1_3_VERSION, 0},
    {"another protocol", "\010http/1.1", "", NULL, TLS1_3_VERSION,
        SSL_AD_NO_APPLICATION_PROTOCOL},
    {"a longer one", "\012diptych/10", "", NULL, TLS1_3_VERSION,
        SSL_AD_NO_APPLICATION_PROTOCOL},
    {"our name", NULL, "localhost", NULL, TLS1_3_VERSION, 0},
    {"our address", NULL, "127.0.0.1", NULL, TLS1_3_VERSION, 0},
    {"another name", NULL, "evil.example", NULL, TLS1_3_VERSION,
        SSL_AD_UNRECOGNIZED_NAME},
    {"TLS 1.2", NULL, "", NULL, TLS1_2_VERSION, SSL_AD_PROTOCOL_VERSION},
    {"AES 256", NULL, "", "TLS_AES_256_GCM_SHA384", TLS1_3_VERSION, 0},
    {"ChaCha", NULL, "", "TLS_CHACHA20_POLY1305_SHA256", TLS1_3_VERSION, 0},
    {"CCM", NULL, "", "TLS_AES_128_CCM_SHA256", TLS1_3_VERSION,
        SSL_AD_HANDSHAKE_FAILURE},
};

START_TEST(a_hello_is_welcome_or_refused)
{
    SSL_CTX *from = SSL_CTX_new(TLS_client_method());
    struct tls_context *context = read_context();
    struct tls *tls = NULL;
    int alert = -1;

    ck_assert(SSL_CTX_set_max_proto_version(from, hellos[_i].version));
    if (hellos[_i].ciphers)
        ck_assert(SSL_CTX_set_ciphersuites(from, hellos[_i].ciphers));
    if (hellos[_i].protocols)
        ck_assert_int_eq(SSL_CTX_set_alpn_protos(from,
                             (const unsigned char *)hellos[_i].protocols,
                             (unsigned)strlen(hellos[_i].protocols)),
            0);
    SSL *client = new_client(from);
    if (hellos[_i].name[0])
        ck_assert(SSL_ctrl(client, SSL_CTRL_SET_TLSEXT_HOSTNAME,
            TLSEXT_NAMETYPE_host_name, hellos[_i].name));
    ck_assert_int_eq(tls_new(context, &tls), ERR_OK);

    ck_assert_msg(shake_hands(client, tls, &alert) == (hellos[_i].alert == 0),
        "%s: alert %d", hellos[_i].label, alert);
    ck_assert_msg(
        alert == hellos[_i].alert, "%s: alert %d", hellos[_i].label, alert);
    tls_free(&tls);
    tls_context_free(&context);
    SSL_free(client);
    SSL_CTX_free(from);
}
END_TEST

START_TEST(no_ticket_is_given)
{
    SSL_CTX *from = SSL_CTX_new(TLS_client_method());
    struct tls_context *context = read_context();
    SSL *client = new_client(from);
    struct tls *tls = NULL;
    char byte = 0;
    size_t len = 0;
    int alert = 0;

    ck_assert_int_eq(tls_new(context, &tls), ERR_OK);
    ck_assert(shake_hands(client, tls, &alert));
    ck_assert_int_eq(tls_write(tls, "x", 1), ERR_OK);
    carry(tls, client);

    ck_assert(SSL_read_ex(client, &byte, 1, &len));
    ck_assert(!SSL_SESSION_is_resumable(SSL_get_session(client)));
    tls_free(&tls);
    tls_context_free(&context);
    SSL_free(client);
    SSL_CTX_free(from);
}
END_TEST

START_TEST(the_fingerprint_and_the_end_are_told)
{
    struct tls_context *context = read_context();

    ck_assert_uint_eq(context->fingerprint.len, 64);
    ck_assert_int_gt(context->until_ms,
        ((int64_t)time(NULL) + (SELFCERT_DAYS - 1) * INT64_C(86400)) * 1000);
    tls_context_free(&context);
}
END_TEST

/* Files are named from the folder; "@" is a file that holds what text says. */
static const struct {
    const char *cert;
    const char *key;
    const char *text;
    mode_t mode; /* of "@" */
    enum err want;
    const char *says;
} files[] = {
    {"no.pem", "server.key", NULL, 0600, ERR_NONE, "can not be read"},
    {"server.pem", "no.key", NULL, 0600, ERR_NONE, "can not be read"},
    {"@", "server.key", "hello\n", 0600, ERR_ARG, "holds no certificate"},
    {"server.key", "server.key", NULL, 0600, ERR_ARG, "holds no certificate"},
    {"server.pem", "ca.key", NULL, 0600, ERR_ARG, "holds no key of"},
    {"server.pem", "server.pem", NULL, 0600, ERR_ARG, "everybody"},
    {"server.pem", "@", "", 0644, ERR_ARG, "chmod 600"},
    {"server.pem", "@", "", 0640, ERR_ARG, "holds no key of"},
    {"server.pem", "@",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
        "MIH0MF8GCSqGSIb3DQEFDTBSMDEGCSqGSIb3DQEFDDAkBBDPDjeuYQjz9oPvXHCH\n"
        "-----END ENCRYPTED PRIVATE KEY-----\n",
        0600, ERR_ARG, "holds no key of"},
};

static void name_file(struct text *to, const char *name)
{
    text_printf(to, "%s/%s", folder, *name == '@' ? "odd" : name);
}

START_TEST(files_that_are_not_right_are_refused)
{
    struct text mine = {0}, yours = {0}, odd = {0}, says = {0};
    struct tls_context *made = NULL;

    name_file(&mine, files[_i].cert);
    name_file(&yours, files[_i].key);
    name_file(&odd, "@");
    if (files[_i].text) {
        FILE *to = fopen(text_peek(&odd), "w");
        ck_assert_int_ge(fputs(files[_i].text, to), 0);
        ck_assert_int_eq(fclose(to), 0);
        ck_assert_int_eq(chmod(text_peek(&odd), files[_i].mode), 0);
    }

    ck_assert_int_eq(
        tls_context_new(text_peek(&mine), text_peek(&yours), &made, &says),
        files[_i].want);
    ck_assert_ptr_null(made);
    ck_assert_msg(
        strstr(text_peek(&says), files[_i].says), "said: %s", text_peek(&says));
    text_fini(&mine);
    text_fini(&yours);
    text_fini(&odd);
    text_fini(&says);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("server/tls_context");
    TCase *hello = tcase_create("hello");

    tcase_add_unchecked_fixture(hello, make_folder, free_folder);
    tcase_add_loop_test(hello, a_hello_is_welcome_or_refused, 0,
        sizeof hellos / sizeof *hellos);
    tcase_add_test(hello, no_ticket_is_given);
    tcase_add_test(hello, the_fingerprint_and_the_end_are_told);
    tcase_add_loop_test(hello, files_that_are_not_right_are_refused, 0,
        sizeof files / sizeof *files);
    suite_add_tcase(suite, hello);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
