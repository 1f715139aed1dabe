/* SPDX-License-Identifier: Apache-2.0
 *
 * tls_context.c - settings of TLS; the reasons stand beside each.
 */
#include "server/net/tls_context.h"

#include "protocol/base_mem.h"
#include "server/net/openssl.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

const char *tls_reason(void)
{
    const char *reason = ERR_reason_error_string(ERR_peek_error());

    ERR_clear_error();
    return reason ? reason : "no reason given";
}

/* The wire form of ALPN: a length before each name. */
static const unsigned char offered[] = {
    sizeof TLS_PROTOCOL - 1, 'd', 'i', 'p', 't', 'y', 'c', 'h', '/', '1'};

/* Who offers protocols but not ours speaks to the wrong port, perhaps sent
 * there by somebody who wants our answers read as another protocol's (ALPACA):
 * that ends in an alert. */
static int choose_protocol(SSL *ssl, const unsigned char **out,
    unsigned char *out_len, const unsigned char *in, unsigned in_len, void *arg)
{
    unsigned char *chosen = NULL;

    (void)ssl;
    (void)arg;
    if (SSL_select_next_proto(&chosen, out_len, offered, sizeof offered, in,
            in_len) != OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_ALERT_FATAL;
    *out = chosen;
    return SSL_TLSEXT_ERR_OK;
}

/* A name that is sent must be one of the certificate's; an address counts as
 * a name, since some clients send it as one. */
static int check_name(SSL *ssl, int *alert, void *arg)
{
    const char *name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
    X509 *own = SSL_get_certificate(ssl);

    (void)arg;
    if (name == NULL || own == NULL || X509_check_host(own, name, 0, 0, 0) == 1)
        return SSL_TLSEXT_ERR_OK;
    if (X509_check_ip_asc(own, name, 0) == 1)
        return SSL_TLSEXT_ERR_OK;
    *alert = SSL_AD_UNRECOGNIZED_NAME;
    return SSL_TLSEXT_ERR_ALERT_FATAL;
}

/* Without this a key under a pass phrase makes the server ask its terminal. */
static int refuse_phrase(char *buf, int room, int rwflag, void *arg)
{
    if (room > 0)
        buf[0] = '\0';
    (void)rwflag;
    (void)arg;
    return -1;
}

static void set_up(SSL_CTX *ssl)
{
    static char groups[] = "X25519:P-256:P-384";

    INSIST(SSL_CTX_set_min_proto_version(ssl, TLS1_3_VERSION));
    INSIST(SSL_CTX_set_ciphersuites(ssl,
        "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:"
        "TLS_CHACHA20_POLY1305_SHA256"));
    INSIST(SSL_CTX_set1_groups_list(ssl, groups));
    SSL_CTX_set_options(ssl, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    /* Sessions are long: a full handshake is cheaper than tickets, and what
     * is not used can not be attacked (CVE-2024-2511). */
    INSIST(SSL_CTX_set_num_tickets(ssl, 0));
    SSL_CTX_set_session_cache_mode(ssl, SSL_SESS_CACHE_OFF);
    INSIST(SSL_CTX_set_max_early_data(ssl, 0));
    /* RELEASE_BUFFERS takes an idle link from 48 to 16 KiB. */
    SSL_CTX_set_mode(ssl, SSL_MODE_RELEASE_BUFFERS |
                              SSL_MODE_ENABLE_PARTIAL_WRITE |
                              SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_read_ahead(ssl, 0);
    SSL_CTX_set_verify(ssl, SSL_VERIFY_NONE, NULL);
    SSL_CTX_set_alpn_select_cb(ssl, choose_protocol, NULL);
    SSL_CTX_set_tlsext_servername_callback(ssl, check_name);
    SSL_CTX_set_default_passwd_cb(ssl, refuse_phrase);
}

static enum err check_key_file(const char *key, struct text *why)
{
    struct stat seen;

    if (stat(key, &seen) != 0) {
        text_printf(
            why, "the key %s can not be read: %s", key, strerror(errno));
        return ERR_NONE;
    }
    if (seen.st_mode & S_IRWXO) {
        text_printf(why,
            "the key %s can be used by everybody (mode %04o); "
            "chmod 600 it",
            key, (unsigned)seen.st_mode & 07777);
        return ERR_ARG;
    }
    return ERR_OK;
}

static enum err read_files(
    SSL_CTX *ssl, const char *cert, const char *key, struct text *why)
{
    struct stat seen;

    if (stat(cert, &seen) != 0) {
        text_printf(why, "the certificate %s can not be read: %s", cert,
            strerror(errno));
        return ERR_NONE;
    }
    enum err err = check_key_file(key, why);
    if (err != ERR_OK)
        return err;
    ERR_clear_error();
    if (!SSL_CTX_use_certificate_chain_file(ssl, cert)) {
        text_printf(why, "%s holds no certificate that can be used: %s", cert,
            tls_reason());
        return ERR_ARG;
    }
    if (!SSL_CTX_use_PrivateKey_file(ssl, key, SSL_FILETYPE_PEM) ||
        !SSL_CTX_check_private_key(ssl)) {
        text_printf(why, "%s holds no key of the certificate %s: %s", key, cert,
            tls_reason());
        return ERR_ARG;
    }
    return ERR_OK;
}

static enum err check_dates(
    struct tls_context *context, const char *cert, struct text *why)
{
    const X509 *own = SSL_CTX_get0_certificate(context->ssl);
    struct tm until;

    if (X509_cmp_current_time(X509_get0_notBefore(own)) > 0) {
        text_printf(why, "the certificate %s is not valid yet", cert);
        return ERR_ARG;
    }
    if (X509_cmp_current_time(X509_get0_notAfter(own)) <= 0) {
        text_printf(why, "the certificate %s has expired", cert);
        return ERR_ARG;
    }
    if (!ASN1_TIME_to_tm(X509_get0_notAfter(own), &until)) {
        text_printf(why, "the certificate %s has no readable end", cert);
        return ERR_ARG;
    }
    context->until_ms = (int64_t)timegm(&until) * 1000;
    return ERR_OK;
}

static void add_fingerprint(struct tls_context *context)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned len = 0;

    INSIST(X509_digest(
        SSL_CTX_get0_certificate(context->ssl), EVP_sha256(), digest, &len));
    for (unsigned i = 0; i < len; i++)
        text_printf(&context->fingerprint, "%02x", digest[i]);
}

enum err tls_context_new(const char *cert, const char *key,
    struct tls_context **made, struct text *why)
{
    struct tls_context *context = mem_new(sizeof *context);

    context->ssl = SSL_CTX_new(TLS_server_method());
    INSIST(context->ssl != NULL);
    set_up(context->ssl);
    enum err err = read_files(context->ssl, cert, key, why);
    if (err == ERR_OK)
        err = check_dates(context, cert, why);
    if (err != ERR_OK) {
        tls_context_free(&context);
        return err;
    }
    add_fingerprint(context);
    *made = context;
    return ERR_OK;
}

void tls_context_free(struct tls_context **context)
{
    if (*context == NULL)
        return;
    SSL_CTX_free((*context)->ssl);
    X509_STORE_free((*context)->clients);
    text_fini(&(*context)->fingerprint);
    free(*context);
    *context = NULL;
}
