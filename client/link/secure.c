/* SPDX-License-Identifier: Apache-2.0
 *
 * secure.c - OpenSSL over two memory buffers.
 *
 * The buffers never say "full", so a write never has to be repeated; whoever
 * sends bounds what waits.
 */
#include "client/link/secure.h"

#include "client/show/say.h"
#include "protocol/base_mem.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

/* OpenSSL has a type that is named like one of our errors. */
#define ERR_STATE OPENSSL_ERR_STATE
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#undef ERR_STATE

/* The protocol's name, behind its length. */
static const unsigned char alpn[] = "\x09"
                                    "diptych/1";

struct secure {
    SSL_CTX *ctx;
    SSL *ssl;
    BIO *from_peer, *to_peer; /* owned by ssl */
    char *host;
    char *ca; /* NULL: the system's */
    enum language language;
};

static const char *library_reason(void)
{
    unsigned long code = ERR_peek_last_error();
    const char *reason = code ? ERR_reason_error_string(code) : NULL;

    return reason ? reason : "?";
}

static enum err set_trust(struct secure *s, struct text *why)
{
    int loaded = s->ca ? SSL_CTX_load_verify_file(s->ctx, s->ca)
                       : SSL_CTX_set_default_verify_paths(s->ctx);

    if (loaded == 1)
        return ERR_OK;
    say(why, s->language, TEXT_LINK_NO_CA, s->ca ? s->ca : "",
        library_reason());
    return ERR_UNAVAILABLE;
}

/* A certificate names hosts and addresses apart, and the name that tells a
 * server which certificate to show is for hosts alone. */
static void set_peer(struct secure *s)
{
    unsigned char raw[16];
    bool number = inet_pton(AF_INET, s->host, raw) == 1 ||
                  inet_pton(AF_INET6, s->host, raw) == 1;
    X509_VERIFY_PARAM *param = SSL_get0_param(s->ssl);

    if (number) {
        INSIST(X509_VERIFY_PARAM_set1_ip_asc(param, s->host) == 1);
        return;
    }
    X509_VERIFY_PARAM_set_hostflags(
        param, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    INSIST(SSL_set1_host(s->ssl, s->host) == 1);
    INSIST(SSL_set_tlsext_host_name(s->ssl, s->host) == 1);
}

static void start_tls(struct secure *s)
{
    s->ssl = SSL_new(s->ctx);
    s->from_peer = BIO_new(BIO_s_mem());
    s->to_peer = BIO_new(BIO_s_mem());
    INSIST(s->ssl && s->from_peer && s->to_peer);
    (void)BIO_set_mem_eof_return(s->from_peer, -1);
    (void)BIO_set_mem_eof_return(s->to_peer, -1);
    SSL_set_bio(s->ssl, s->from_peer, s->to_peer);
    SSL_set_connect_state(s->ssl);
    /* This one call answers 0 when all is well. */
    INSIST(SSL_set_alpn_protos(s->ssl, alpn, sizeof alpn - 1) == 0);
    set_peer(s);
}

static enum err set_own(
    struct secure *s, const struct secure_files *files, struct text *why)
{
    const char *key = files->key ? files->key : files->cert;

    if (files->cert == NULL)
        return ERR_OK;
    if (SSL_CTX_use_certificate_chain_file(s->ctx, files->cert) == 1 &&
        SSL_CTX_use_PrivateKey_file(s->ctx, key, SSL_FILETYPE_PEM) == 1)
        return ERR_OK;
    say(why, s->language, TEXT_LINK_NO_CERT, files->cert, key,
        library_reason());
    return ERR_UNAVAILABLE;
}

enum err secure_new(const char *host, const struct secure_files *files,
    enum language language, struct secure **made, struct text *why)
{
    struct secure *s = mem_new(sizeof *s);

    s->language = language;
    s->host = mem_text(host);
    s->ca = mem_text(files->ca);
    ERR_clear_error();
    s->ctx = SSL_CTX_new(TLS_client_method());
    INSIST(s->ctx);
    INSIST(SSL_CTX_set_min_proto_version(s->ctx, TLS1_3_VERSION) == 1);
    SSL_CTX_set_verify(s->ctx, SSL_VERIFY_PEER, NULL);
    enum err err = set_trust(s, why);
    if (err == ERR_OK)
        err = set_own(s, files, why);
    if (err != ERR_OK) {
        secure_free(&s);
        return err;
    }
    start_tls(s);
    *made = s;
    return ERR_OK;
}

void secure_feed(struct secure *s, const char *bytes, size_t len)
{
    while (len) {
        int part = len > 16384 ? 16384 : (int)len;

        INSIST(BIO_write(s->from_peer, bytes, part) == part);
        bytes += part;
        len -= (size_t)part;
    }
}

void secure_cipher(struct secure *s, struct text *to)
{
    char part[16384];
    int len;

    while ((len = BIO_read(s->to_peer, part, sizeof part)) > 0)
        text_add(to, part, (size_t)len);
}

/* What a person can do about a certificate that was not accepted. */
static void explain_refusal(const struct secure *s, struct text *why)
{
    long result = SSL_get_verify_result(s->ssl);

    switch (result) {
    case X509_V_OK:
        say(why, s->language, TEXT_LINK_NOT_DIPTYCH, s->host, library_reason());
        break;
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
        say(why, s->language, TEXT_LINK_WRONG_NAME, s->host);
        break;
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
        if (s->ca)
            say(why, s->language, TEXT_LINK_OTHER_CA, s->host, s->ca);
        else
            say(why, s->language, TEXT_LINK_NOT_TRUSTED, s->host);
        break;
    default:
        say(why, s->language, TEXT_LINK_BAD_CERTIFICATE, s->host,
            X509_verify_cert_error_string(result));
        break;
    }
}

static bool speaks_diptych(const struct secure *s)
{
    const unsigned char *chosen;
    unsigned len;

    SSL_get0_alpn_selected(s->ssl, &chosen, &len);
    return len == sizeof alpn - 2 && memcmp(chosen, alpn + 1, len) == 0;
}

enum err secure_shake(struct secure *s, bool *done, struct text *why)
{
    ERR_clear_error();
    int got = SSL_do_handshake(s->ssl);

    if (got != 1 && SSL_get_error(s->ssl, got) == SSL_ERROR_WANT_READ) {
        *done = false;
        return ERR_OK;
    }
    if (got != 1) {
        explain_refusal(s, why);
        return ERR_UNAVAILABLE;
    }
    if (!speaks_diptych(s)) {
        say(why, s->language, TEXT_LINK_NOT_DIPTYCH, s->host, "ALPN");
        return ERR_UNAVAILABLE;
    }
    *done = true;
    return ERR_OK;
}

enum err secure_read(
    struct secure *s, struct text *plain, bool *ended, struct text *why)
{
    char part[16384];
    size_t len;

    for (;;) {
        ERR_clear_error();
        if (SSL_read_ex(s->ssl, part, sizeof part, &len) == 1) {
            text_add(plain, part, len);
            continue;
        }
        int what = SSL_get_error(s->ssl, 0);
        *ended = what == SSL_ERROR_ZERO_RETURN;
        if (*ended || what == SSL_ERROR_WANT_READ)
            return ERR_OK;
        say(why, s->language, TEXT_LINK_BROKEN, library_reason());
        return ERR_UNAVAILABLE;
    }
}

enum err secure_write(
    struct secure *s, const char *bytes, size_t len, struct text *why)
{
    size_t done;

    while (len) {
        size_t part = len > 16384 ? 16384 : len;

        ERR_clear_error();
        if (SSL_write_ex(s->ssl, bytes, part, &done) != 1) {
            say(why, s->language, TEXT_LINK_BROKEN, library_reason());
            return ERR_UNAVAILABLE;
        }
        bytes += done;
        len -= done;
    }
    return ERR_OK;
}

void secure_bye(struct secure *s)
{
    ERR_clear_error();
    if (SSL_is_init_finished(s->ssl))
        (void)SSL_shutdown(s->ssl);
}

void secure_free(struct secure **secure)
{
    struct secure *s = *secure;

    if (s == NULL)
        return;
    SSL_free(s->ssl);
    SSL_CTX_free(s->ctx);
    free(s->host);
    free(s->ca);
    free(s);
    ERR_clear_error();
    *secure = NULL;
}
