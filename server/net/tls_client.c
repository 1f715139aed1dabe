/* SPDX-License-Identifier: Apache-2.0
 *
 * tls_client.c - OpenSSL's side of certificates of clients.
 *
 * Names are taken from the subject alternative names alone, whole and exact:
 * a common name is free text, and parts of names have let strangers in.
 */
#include "server/net/tls_client.h"

#include "protocol/base_mem.h"
#include "protocol/utf8.h"
#include "server/net/openssl.h"

#include <string.h>
#include <unistd.h>

/* An authority, one below it, and the certificate itself. */
#define DEPTH 2

static enum err check_readable(
    const char *what, const char *file, struct text *why)
{
    if (access(file, R_OK) == 0)
        return ERR_OK;
    text_printf(why, "%s %s can not be read", what, file);
    return ERR_NONE;
}

static enum err load_authorities(
    struct tls_context *context, const char *file, struct text *why)
{
    enum err err = check_readable("the authorities of clients in", file, why);

    if (err != ERR_OK)
        return err;
    ERR_clear_error();
    STACK_OF(X509_NAME) *names = SSL_load_client_CA_file(file);
    if (names == NULL || !X509_STORE_load_file(context->clients, file)) {
        sk_X509_NAME_pop_free(names, X509_NAME_free);
        text_printf(why, "%s holds no certificate of an authority: %s", file,
            tls_reason());
        return ERR_ARG;
    }
    SSL_CTX_set_client_CA_list(context->ssl, names);
    return ERR_OK;
}

static enum err load_revoked(
    struct tls_context *context, const char *file, struct text *why)
{
    X509_LOOKUP *lookup =
        X509_STORE_add_lookup(context->clients, X509_LOOKUP_file());
    enum err err = check_readable("the revocations in", file, why);

    if (err != ERR_OK)
        return err;
    INSIST(lookup != NULL);
    ERR_clear_error();
    if (X509_load_crl_file(lookup, file, X509_FILETYPE_PEM) < 1) {
        text_printf(why, "%s holds no list of revoked certificates: %s", file,
            tls_reason());
        return ERR_ARG;
    }
    X509_STORE_set_flags(context->clients, X509_V_FLAG_CRL_CHECK);
    return ERR_OK;
}

static void set_up(struct tls_context *context, bool require)
{
    int mode = SSL_VERIFY_PEER;

    if (require)
        mode |= SSL_VERIFY_FAIL_IF_NO_PEER_CERT;
    X509_STORE_set_depth(context->clients, DEPTH);
    INSIST(X509_STORE_set_purpose(context->clients, X509_PURPOSE_SSL_CLIENT));
    INSIST(SSL_CTX_set1_verify_cert_store(context->ssl, context->clients));
    SSL_CTX_set_verify(context->ssl, mode, NULL);
    SSL_CTX_set_verify_depth(context->ssl, DEPTH);
}

enum err tls_client_ask(struct tls_context *context,
    const struct tls_client_files *files, struct text *why)
{
    if (files->ca == NULL) {
        if (!files->require && files->crl == NULL)
            return ERR_OK;
        text_puts(why, "certificates of clients are checked by the "
                       "authorities in client-ca, which is not set");
        return ERR_ARG;
    }
    context->clients = X509_STORE_new();
    INSIST(context->clients != NULL);
    enum err err = load_authorities(context, files->ca, why);
    if (err == ERR_OK && files->crl)
        err = load_revoked(context, files->crl, why);
    if (err == ERR_OK)
        set_up(context, files->require);
    return err;
}

bool tls_client_asks(const struct tls_context *context)
{
    return context->clients != NULL;
}

/* Names. */

/* A name with a zero byte, a control or a blank inside is none: it could be
 * read as another one. */
static void add_name(
    struct text *names, const char *kind, const ASN1_STRING *value)
{
    const char *bytes = (const char *)ASN1_STRING_get0_data(value);
    size_t len = (size_t)ASN1_STRING_length(value);

    if (len == 0 || memchr(bytes, '\0', len) != NULL ||
        memchr(bytes, ' ', len) != NULL || memchr(bytes, '\t', len) != NULL ||
        utf8_fault(bytes, len, false) != len)
        return;
    text_printf(names, "%s:", kind);
    text_add(names, bytes, len);
    text_putc(names, '\n');
}

static void add_alternatives(struct text *names, const X509 *cert)
{
    GENERAL_NAMES *list =
        X509_get_ext_d2i(cert, NID_subject_alt_name, NULL, NULL);

    for (int i = 0; i < sk_GENERAL_NAME_num(list); i++) {
        const GENERAL_NAME *name = sk_GENERAL_NAME_value(list, i);

        if (name->type == GEN_URI)
            add_name(names, "uri", name->d.uniformResourceIdentifier);
        else if (name->type == GEN_EMAIL)
            add_name(names, "email", name->d.rfc822Name);
    }
    GENERAL_NAMES_free(list);
}

/* The key outlives the certificate when that is renewed. */
static void add_key(struct text *names, const X509 *cert)
{
    unsigned char digest[EVP_MAX_MD_SIZE], *der = NULL;
    unsigned digest_len = 0;
    int len = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(cert), &der);

    INSIST(len > 0);
    INSIST(
        EVP_Digest(der, (size_t)len, digest, &digest_len, EVP_sha256(), NULL));
    OPENSSL_free(der);
    text_puts(names, "key:");
    for (unsigned i = 0; i < digest_len; i++)
        text_printf(names, "%02x", digest[i]);
    text_putc(names, '\n');
}

static bool is_good(X509 *cert, STACK_OF(X509) * between,
    const struct tls_context *context, int64_t now_ms)
{
    X509_STORE_CTX *check = X509_STORE_CTX_new();

    INSIST(check != NULL);
    INSIST(X509_STORE_CTX_init(check, context->clients, cert, between));
    INSIST(X509_STORE_CTX_set_purpose(check, X509_PURPOSE_SSL_CLIENT));
    X509_STORE_CTX_set_time(check, 0, (time_t)(now_ms / 1000));
    bool good = X509_verify_cert(check) == 1;
    X509_STORE_CTX_free(check);
    ERR_clear_error();
    return good;
}

bool tls_client_names(struct tls *tls, const struct tls_context *context,
    int64_t now_ms, struct text *names)
{
    SSL *ssl = tls_ssl(tls);
    X509 *cert = SSL_get0_peer_certificate(ssl);

    if (cert == NULL || context->clients == NULL ||
        SSL_get_verify_result(ssl) != X509_V_OK ||
        !is_good(cert, SSL_get_peer_cert_chain(ssl), context, now_ms))
        return false;
    add_alternatives(names, cert);
    add_key(names, cert);
    return true;
}
