/* SPDX-License-Identifier: Apache-2.0
 *
 * check_tls.c - the server's end of a link against a client made of plain
 * OpenSSL, talking through memory.
 */
#include "server/net/openssl.h"
#include "server/net/selfcert.h"
#include "server/net/tls.h"
#include "tests/parts/temp.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define BIG ((size_t)1000000)

static char folder[TEMP_ROOM];
static struct tls_context *context;
static struct tls *tls;
static SSL_CTX *client_context;
static SSL *client;
static char bytes[BIG];
static char got[BIG];

/* Once for all tests: a certificate. */
static void make_context(void)
{
    struct text cert = {0};
    struct text key = {0};
    struct text why = {0};

    temp_make(folder);
    ck_assert_int_eq(selfcert_ensure(folder, &cert, &key, &why), ERR_OK);
    ck_assert_msg(tls_context_new(text_peek(&cert), text_peek(&key), &context,
                      &why) == ERR_OK,
        "%s", text_peek(&why));
    text_fini(&cert);
    text_fini(&key);
    for (size_t i = 0; i < BIG; i++)
        bytes[i] = (char)(i * 31 + i / 251);
}

static void free_context(void)
{
    tls_context_free(&context);
    temp_remove(folder);
}

static void make_ends(void)
{
    ck_assert_int_eq(tls_new(context, &tls), ERR_OK);
    client_context = SSL_CTX_new(TLS_client_method());
    client = SSL_new(client_context);
    SSL_set_bio(client, BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
    SSL_set_connect_state(client);
}

static void free_ends(void)
{
    tls_free(&tls);
    SSL_free(client);
    SSL_CTX_free(client_context);
}

/* What the client has to send goes to the server in pieces of most bytes. */
static void carry_in(size_t most)
{
    static char piece[BIG];
    int n = 0;

    tls_keep(tls);
    while ((n = BIO_read(SSL_get_wbio(client), piece, (int)most)) > 0) {
        tls_lend(tls, piece, (size_t)n);
        tls_keep(tls);
    }
}

static void carry_out(size_t most)
{
    static char piece[BIG];
    size_t n = 0;

    while ((n = chunks_read(tls_output(tls), piece, most)) > 0)
        ck_assert_int_eq(
            BIO_write(SSL_get_rbio(client), piece, (int)n), (int)n);
}

/* Reads one piece at a time, as a socket would give it; returns how many
 * plain bytes came. */
static size_t read_by_pieces(size_t most, char *to, enum tls_got *last)
{
    char piece[4096];
    size_t done = 0;
    int n = 0;

    *last = TLS_MORE;
    while ((n = BIO_read(SSL_get_wbio(client), piece, (int)most)) > 0) {
        size_t len = 0;
        tls_lend(tls, piece, (size_t)n);
        while (
            (*last = tls_read(tls, to + done, BIG - done, &len)) == TLS_BYTES)
            done += len;
        tls_keep(tls);
    }
    return done;
}

static void shake_hands(size_t most)
{
    enum tls_got last = TLS_MORE;

    for (int i = 0; i < 4 && last == TLS_MORE; i++) {
        (void)SSL_do_handshake(client);
        (void)read_by_pieces(most, got, &last);
        carry_out(most);
    }
}

static size_t client_reads(char *to)
{
    size_t done = 0;
    size_t len = 0;

    while (done < BIG && SSL_read_ex(client, to + done, BIG - done, &len))
        done += len;
    return done;
}

static const size_t cuts[] = {1, 2, 3, 5, 7, 16, 31, 100, 1000, 4096};

START_TEST(bytes_arrive_however_they_are_cut)
{
    enum tls_got last = TLS_MORE;
    size_t done = 0;

    shake_hands(cuts[_i]);
    ck_assert(tls_is_open(tls));
    ck_assert(SSL_write_ex(client, bytes, 40000, &done));
    ck_assert_uint_eq(read_by_pieces(cuts[_i], got, &last), 40000);
    ck_assert_mem_eq(got, bytes, 40000);
    ck_assert_int_eq(tls_write(tls, bytes, 40000), ERR_OK);
    carry_out(cuts[_i]);

    ck_assert_uint_eq(client_reads(got), 40000);
    ck_assert_mem_eq(got, bytes, 40000);
}
END_TEST

START_TEST(a_big_write_is_taken_whole)
{
    shake_hands(4096);
    ck_assert_int_eq(tls_write(tls, bytes, BIG), ERR_OK);
    ck_assert_uint_gt(tls_output(tls)->len, BIG);
    carry_out(4096);

    ck_assert_uint_eq(client_reads(got), BIG);
    ck_assert_mem_eq(got, bytes, BIG);
}
END_TEST

START_TEST(bytes_that_are_not_read_are_kept)
{
    size_t done = 0;
    size_t len = 0;

    shake_hands(4096);
    ck_assert(!tls_has_input(tls));
    ck_assert(SSL_write_ex(client, bytes, 100, &done));
    ck_assert(SSL_write_ex(client, bytes + 100, 100, &done));
    carry_in(4096);
    ck_assert(tls_has_input(tls));

    ck_assert_int_eq(tls_read(tls, got, 10, &len), TLS_BYTES);
    ck_assert_uint_eq(len, 10);
    ck_assert(tls_has_input(tls));
    for (done = 10; tls_read(tls, got + done, BIG, &len) == TLS_BYTES;)
        done += len;
    ck_assert_uint_eq(done, 200);
    ck_assert_mem_eq(got, bytes, 200);
    ck_assert(!tls_has_input(tls));
}
END_TEST

START_TEST(after_the_peers_last_byte_we_still_answer)
{
    enum tls_got last = TLS_MORE;
    size_t done = 0;

    shake_hands(4096);
    ck_assert(SSL_write_ex(client, bytes, 100, &done));
    ck_assert_int_eq(SSL_shutdown(client), 0);
    ck_assert_uint_eq(read_by_pieces(1, got, &last), 100);
    ck_assert_int_eq(last, TLS_END);
    ck_assert_int_eq(tls_write(tls, bytes, 5000), ERR_OK);
    tls_close(tls);
    carry_out(4096);

    ck_assert_uint_eq(client_reads(got), 5000);
    ck_assert_int_eq(
        SSL_get_shutdown(client), SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
}
END_TEST

START_TEST(our_close_is_the_last_thing)
{
    shake_hands(4096);
    ck_assert_int_eq(tls_write(tls, bytes, 10), ERR_OK);
    tls_close(tls);
    size_t len = tls_output(tls)->len;
    tls_close(tls);

    ck_assert_int_eq(tls_write(tls, bytes, 10), ERR_UNAVAILABLE);
    ck_assert_uint_eq(tls_output(tls)->len, len);
    carry_out(4096);
    ck_assert_uint_eq(client_reads(got), 10);
    ck_assert(SSL_get_shutdown(client) & SSL_RECEIVED_SHUTDOWN);
}
END_TEST

START_TEST(nothing_is_written_before_the_handshake)
{
    ck_assert_int_eq(tls_write(tls, bytes, 10), ERR_UNAVAILABLE);
    tls_close(tls);
    ck_assert_uint_eq(tls_output(tls)->len, 0);
}
END_TEST

/* _i seeds what is sent instead of a handshake; its first byte is right. */
START_TEST(garbage_breaks_the_link)
{
    unsigned seed = (unsigned)_i;
    char noise[600];
    size_t len = 0;

    for (size_t i = 0; i < sizeof noise; i++) {
        seed = seed * 1103515245 + 12345;
        noise[i] = (char)(seed >> 16);
    }
    noise[0] = 22;
    tls_lend(tls, noise, sizeof noise);

    ck_assert_int_eq(tls_read(tls, got, BIG, &len), TLS_FAULT);
    ck_assert_ptr_nonnull(tls_why(tls));
    tls_keep(tls);
    ck_assert(!tls_has_input(tls));
    ck_assert_int_eq(tls_read(tls, got, BIG, &len), TLS_FAULT);
    ck_assert_int_eq(tls_write(tls, bytes, 10), ERR_UNAVAILABLE);
}
END_TEST

START_TEST(a_changed_byte_breaks_the_link_with_an_alert)
{
    char piece[200];
    size_t done = 0;

    shake_hands(4096);
    ck_assert(SSL_write_ex(client, bytes, 100, &done));
    int n = BIO_read(SSL_get_wbio(client), piece, sizeof piece);
    ck_assert_int_gt(n, 60);
    piece[50] ^= 1;
    tls_lend(tls, piece, (size_t)n);

    ck_assert_int_eq(tls_read(tls, got, BIG, &done), TLS_FAULT);
    tls_keep(tls);
    ck_assert_uint_gt(tls_output(tls)->len, 0);
    carry_out(4096);
    ck_assert_uint_eq(client_reads(got), 0);
    ck_assert_int_eq(ERR_GET_REASON(ERR_peek_error()),
        SSL_AD_REASON_OFFSET + SSL_AD_BAD_RECORD_MAC);
}
END_TEST

START_TEST(one_broken_link_does_not_break_another)
{
    struct tls *other = NULL;
    enum tls_got last = TLS_MORE;
    size_t len = 0;

    shake_hands(4096);
    ck_assert_int_eq(tls_new(context, &other), ERR_OK);
    tls_lend(other, "\x17\x03\x01\x00\x02xx", 7);
    ck_assert_int_eq(tls_read(other, got, BIG, &len), TLS_FAULT);
    ERR_put_error(ERR_LIB_SSL, 0, SSL_R_BAD_LENGTH, "left behind", 1);

    ck_assert(SSL_write_ex(client, bytes, 100, &len));
    ck_assert_uint_eq(read_by_pieces(7, got, &last), 100);
    ck_assert_int_eq(last, TLS_MORE);
    tls_free(&other);
}
END_TEST

START_TEST(a_key_update_is_answered)
{
    enum tls_got last = TLS_MORE;
    size_t done = 0;

    shake_hands(4096);
    for (int i = 0; i < 20; i++) {
        ck_assert(SSL_key_update(client, SSL_KEY_UPDATE_REQUESTED));
        ck_assert(SSL_write_ex(client, bytes, 10, &done));
        ck_assert_uint_eq(read_by_pieces(1, got, &last), 10);
        ck_assert_int_eq(tls_write(tls, bytes, 10), ERR_OK);
        carry_out(1);
        ck_assert_uint_eq(client_reads(got), 10);
    }
}
END_TEST

START_TEST(a_context_may_be_freed_before_its_links)
{
    struct tls_context *mine = context;
    struct text why = {0};
    struct text cert = {0};
    struct text key = {0};

    ck_assert_int_eq(selfcert_ensure(folder, &cert, &key, &why), ERR_OK);
    ck_assert_int_eq(
        tls_context_new(text_peek(&cert), text_peek(&key), &mine, &why),
        ERR_OK);
    tls_free(&tls);
    ck_assert_int_eq(tls_new(mine, &tls), ERR_OK);
    tls_context_free(&mine);
    shake_hands(100);

    ck_assert(tls_is_open(tls));
    text_fini(&cert);
    text_fini(&key);
}
END_TEST

int main(void)
{
    const int n_cuts = sizeof cuts / sizeof *cuts;
    Suite *suite = suite_create("server/tls");
    TCase *link = tcase_create("link");

    tcase_add_unchecked_fixture(link, make_context, free_context);
    tcase_add_checked_fixture(link, make_ends, free_ends);
    tcase_add_loop_test(link, bytes_arrive_however_they_are_cut, 0, n_cuts);
    tcase_add_test(link, a_big_write_is_taken_whole);
    tcase_add_test(link, bytes_that_are_not_read_are_kept);
    tcase_add_test(link, after_the_peers_last_byte_we_still_answer);
    tcase_add_test(link, our_close_is_the_last_thing);
    tcase_add_test(link, nothing_is_written_before_the_handshake);
    tcase_add_loop_test(link, garbage_breaks_the_link, 0, 20);
    tcase_add_test(link, a_changed_byte_breaks_the_link_with_an_alert);
    tcase_add_test(link, one_broken_link_does_not_break_another);
    tcase_add_test(link, a_key_update_is_answered);
    tcase_add_test(link, a_context_may_be_freed_before_its_links);
    suite_add_tcase(suite, link);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
