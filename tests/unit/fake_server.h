/* SPDX-License-Identifier: Apache-2.0
 *
 * fake_server.h - a server of TLS that a test scripts, for the client's link.
 *
 * It is a thread of the test on a port of its own and serves one connection,
 * or several behind each other; its certificate vouches for itself.
 */
#ifndef TESTS_FAKE_SERVER_H
#define TESTS_FAKE_SERVER_H

#include <arpa/inet.h>
#include <check.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define ERR_STATE OPENSSL_ERR_STATE
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#undef ERR_STATE

#define HELLO "hello proto=1 server=test # hi\n"
#define BIG   4000000

static char folder[64];
static char ca[96];
static char server[32];
static EVP_PKEY *key;
static X509 *certificate;

/* What the thread is to do with its one connection. */
typedef void serve_fn(SSL *ssl, int fd);

static struct {
    int listener;
    serve_fn *serve;
    bool alpn;
    int version; /* highest that it speaks */
    int more;    /* connections that it serves behind the first */
    int served;  /* connections that are over */
    pthread_t thread;
} fake;

static void add_names(X509 *cert, const char *names)
{
    X509_EXTENSION *names_ext =
        X509V3_EXT_conf_nid(NULL, NULL, NID_subject_alt_name, names);

    ck_assert_ptr_nonnull(names_ext);
    ck_assert_int_eq(X509_add_ext(cert, names_ext, -1), 1);
    X509_EXTENSION_free(names_ext);
}

/* A certificate that vouches for itself, written where --ca would find it. */
static void make_certificate(const char *names)
{
    X509_NAME *name = X509_NAME_new();

    key = EVP_EC_gen("P-256");
    certificate = X509_new();
    ck_assert(key && certificate && name);
    ck_assert_int_eq(X509_set_version(certificate, X509_VERSION_3), 1);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -60);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
    X509_NAME_add_entry_by_txt(
        name, "CN", MBSTRING_ASC, (const unsigned char *)"check", -1, -1, 0);
    X509_set_subject_name(certificate, name);
    X509_set_issuer_name(certificate, name);
    X509_set_pubkey(certificate, key);
    add_names(certificate, names);
    ck_assert_int_gt(X509_sign(certificate, key, EVP_sha256()), 0);
    X509_NAME_free(name);
    FILE *file = fopen(ca, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(PEM_write_X509(file, certificate), 1);
    ck_assert_int_eq(fclose(file), 0);
}

static int choose_alpn(SSL *ssl, const unsigned char **out, unsigned char *len,
    const unsigned char *in, unsigned in_len, void *ctx)
{
    static const unsigned char ours[] = "diptych/1";

    (void)ssl;
    (void)ctx;
    if (in_len != 10 || memcmp(in + 1, ours, 9) != 0)
        return SSL_TLSEXT_ERR_ALERT_FATAL;
    *out = in + 1;
    *len = 9;
    return SSL_TLSEXT_ERR_OK;
}

static void serve_one(int fd)
{
    SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
    SSL *ssl = NULL;

    if (fd >= 0 && fake.version) {
        SSL_CTX_use_certificate(ctx, certificate);
        SSL_CTX_use_PrivateKey(ctx, key);
        SSL_CTX_set_max_proto_version(ctx, fake.version);
        if (fake.alpn)
            SSL_CTX_set_alpn_select_cb(ctx, choose_alpn, NULL);
        ssl = SSL_new(ctx);
        SSL_set_fd(ssl, fd);
        if (SSL_accept(ssl) == 1)
            fake.serve(ssl, fd);
    } else if (fd >= 0) {
        fake.serve(NULL, fd);
    }
    SSL_free(ssl);
    SSL_CTX_free(ctx);
    (void)close(fd);
}

static void *run_fake(void *unused)
{
    for (fake.served = 0; fake.served <= fake.more; fake.served++) {
        int fd = accept(fake.listener, NULL, NULL);

        serve_one(fd);
        if (fd < 0)
            break;
    }
    return unused;
}

static void start_server(serve_fn *serve, bool alpn, int version)
{
    struct sockaddr_in at = {.sin_family = AF_INET};
    socklen_t len = sizeof at;

    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    fake.serve = serve;
    fake.alpn = alpn;
    fake.version = version;
    fake.listener = socket(AF_INET, SOCK_STREAM, 0);
    ck_assert_int_eq(bind(fake.listener, (struct sockaddr *)&at, sizeof at), 0);
    ck_assert_int_eq(listen(fake.listener, 1), 0);
    ck_assert_int_eq(
        getsockname(fake.listener, (struct sockaddr *)&at, &len), 0);
    (void)snprintf(
        server, sizeof server, "127.0.0.1:%d", (int)ntohs(at.sin_port));
    ck_assert_int_eq(pthread_create(&fake.thread, NULL, run_fake, NULL), 0);
}

static void stop_server(void)
{
    /* Wakes an accept that nobody came to. */
    (void)shutdown(fake.listener, SHUT_RDWR);
    ck_assert_int_eq(pthread_join(fake.thread, NULL), 0);
    (void)close(fake.listener);
}

static void set_up(void)
{
    (void)signal(SIGPIPE, SIG_IGN);
    (void)snprintf(folder, sizeof folder, "/tmp/check-link.XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    (void)snprintf(ca, sizeof ca, "%s/ca.pem", folder);
    make_certificate("IP:127.0.0.1");
}

static void tear_down(void)
{
    EVP_PKEY_free(key);
    X509_free(certificate);
    (void)unlink(ca);
    (void)rmdir(folder);
}

static inline void put(SSL *ssl, const char *line)
{
    size_t done;

    (void)SSL_write_ex(ssl, line, strlen(line), &done);
}

static inline void say_nothing(SSL *ssl, int fd)
{
    char part[4096];

    (void)ssl;
    while (read(fd, part, sizeof part) > 0)
        ;
}

/* Reads until so many line ends have come in all. */
static inline void await_lines(SSL *ssl, int *seen, int n)
{
    char part[16384];
    size_t len = 0;

    while (*seen < n && SSL_read_ex(ssl, part, sizeof part, &len) == 1)
        for (size_t i = 0; i < len; i++)
            *seen += part[i] == '\n';
}

#endif
