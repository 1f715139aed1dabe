/* SPDX-License-Identifier: Apache-2.0
 *
 * selfcert.c - an authority and a server certificate by the API of OpenSSL.
 *
 * Files are written under another name and renamed, the key before the
 * certificate, so that a crash in between leaves a pair that is made anew or
 * refused, never one that is used by halves.
 */
#include "server/net/selfcert.h"

#include "protocol/base_mem.h"
#include "server/net/openssl.h"
#include "server/net/tls_context.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define DAY ((time_t)86400)

/* A certificate with its key, in memory and as two files. */
struct pair {
    struct text cert_file, key_file;
    X509 *cert;
    EVP_PKEY *key;
};

static void pair_fini(struct pair *pair)
{
    text_fini(&pair->cert_file);
    text_fini(&pair->key_file);
    X509_free(pair->cert);
    EVP_PKEY_free(pair->key);
    *pair = (struct pair){0};
}

/* Reading. */

static bool is_there(const char *file)
{
    return access(file, F_OK) == 0;
}

static FILE *open_file(const char *file, struct text *why)
{
    FILE *opened = fopen(file, "re");

    if (opened == NULL)
        text_printf(why, "%s can not be read: %s", file, strerror(errno));
    return opened;
}

static enum err read_pair(struct pair *pair, struct text *why)
{
    const char *cert = text_peek(&pair->cert_file);
    const char *key = text_peek(&pair->key_file);
    FILE *from = open_file(cert, why);

    if (from == NULL)
        return ERR_ARG;
    pair->cert = PEM_read_X509(from, NULL, NULL, NULL);
    (void)fclose(from);
    from = open_file(key, why);
    if (from == NULL)
        return ERR_ARG;
    pair->key = PEM_read_PrivateKey(from, NULL, NULL, NULL);
    (void)fclose(from);
    if (pair->cert == NULL || pair->key == NULL ||
        X509_check_private_key(pair->cert, pair->key) != 1) {
        text_printf(why,
            "%s and %s do not hold a certificate and its key: %s; remove both "
            "to have them made anew",
            cert, key, tls_reason());
        return ERR_ARG;
    }
    return ERR_OK;
}

static bool ends_within(const X509 *cert, int days)
{
    time_t then = time(NULL) + days * DAY;

    return X509_cmp_time(X509_get0_notAfter(cert), &then) <= 0;
}

/* Writing. */

static enum err fail_write(const char *file, struct text *why)
{
    text_printf(why, "%s can not be written: %s", file, strerror(errno));
    return ERR_UNAVAILABLE;
}

static enum err write_file(
    const char *file, BIO *from, mode_t mode, struct text *why)
{
    struct text other = {0};
    char *bytes = NULL;
    size_t len = (size_t)BIO_get_mem_data(from, &bytes);
    enum err err = ERR_OK;

    text_printf(&other, "%s.new", file);
    (void)unlink(text_peek(&other));
    int to =
        open(text_peek(&other), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    bool whole =
        to >= 0 && write(to, bytes, len) == (ssize_t)len && fsync(to) == 0;
    if (to >= 0 && close(to) != 0)
        whole = false;
    if (!whole || rename(text_peek(&other), file) != 0)
        err = fail_write(file, why);
    text_fini(&other);
    return err;
}

static enum err write_pair(const struct pair *pair, struct text *why)
{
    BIO *bytes = BIO_new(BIO_s_mem());

    INSIST(bytes != NULL);
    INSIST(
        PEM_write_bio_PrivateKey(bytes, pair->key, NULL, NULL, 0, NULL, NULL));
    enum err err = write_file(text_peek(&pair->key_file), bytes, 0600, why);
    (void)BIO_reset(bytes);
    INSIST(PEM_write_bio_X509(bytes, pair->cert));
    if (err == ERR_OK)
        err = write_file(text_peek(&pair->cert_file), bytes, 0644, why);
    BIO_free(bytes);
    return err;
}

/* Making. */

static void add_extension(
    X509 *cert, X509 *issuer, int which, const char *value)
{
    X509V3_CTX context;

    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, cert, NULL, NULL, 0);
    X509_EXTENSION *made = X509V3_EXT_conf_nid(NULL, &context, which, value);
    INSIST(made != NULL);
    INSIST(X509_add_ext(cert, made, -1));
    X509_EXTENSION_free(made);
}

static void set_name(X509 *cert, const char *name)
{
    X509_NAME *to = X509_get_subject_name(cert);

    INSIST(X509_NAME_add_entry_by_txt(to, "O", MBSTRING_UTF8,
        (const unsigned char *)"Diptych development", -1, -1, 0));
    INSIST(X509_NAME_add_entry_by_txt(
        to, "CN", MBSTRING_UTF8, (const unsigned char *)name, -1, -1, 0));
}

/* A random number of 127 bits: unique, and positive in its encoding. */
static void set_serial(X509 *cert)
{
    BIGNUM *number = BN_new();

    INSIST(number != NULL);
    INSIST(BN_rand(number, 127, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY));
    INSIST(BN_to_ASN1_INTEGER(number, X509_get_serialNumber(cert)) != NULL);
    BN_free(number);
}

/* Everything but extensions and signature.  Valid from an hour ago, for
 * clients whose clock is behind. */
static void begin_cert(struct pair *made, const char *name, long days)
{
    X509_free(made->cert);
    EVP_PKEY_free(made->key);
    made->cert = X509_new();
    made->key = EVP_EC_gen("P-256");
    INSIST(made->cert != NULL && made->key != NULL);
    INSIST(X509_set_version(made->cert, X509_VERSION_3));
    set_serial(made->cert);
    INSIST(X509_gmtime_adj(X509_getm_notBefore(made->cert), -3600) != NULL);
    INSIST(X509_time_adj_ex(
               X509_getm_notAfter(made->cert), (int)days, -3600, NULL) != NULL);
    INSIST(X509_set_pubkey(made->cert, made->key));
    set_name(made->cert, name);
}

static void make_ca(struct pair *ca)
{
    begin_cert(ca, "Diptych development CA", SELFCERT_CA_DAYS);
    X509 *cert = ca->cert;
    INSIST(X509_set_issuer_name(cert, X509_get_subject_name(cert)));
    add_extension(
        cert, cert, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
    add_extension(cert, cert, NID_key_usage, "critical,keyCertSign,cRLSign");
    add_extension(cert, cert, NID_subject_key_identifier, "hash");
    INSIST(X509_sign(cert, ca->key, EVP_sha256()) > 0);
}

static void make_server(struct pair *server, const struct pair *ca)
{
    begin_cert(server, "localhost", SELFCERT_DAYS);
    X509 *cert = server->cert;
    INSIST(X509_set_issuer_name(cert, X509_get_subject_name(ca->cert)));
    add_extension(cert, ca->cert, NID_basic_constraints, "critical,CA:FALSE");
    add_extension(cert, ca->cert, NID_key_usage, "critical,digitalSignature");
    add_extension(cert, ca->cert, NID_ext_key_usage, "serverAuth");
    add_extension(cert, ca->cert, NID_subject_alt_name,
        "DNS:localhost,IP:127.0.0.1,IP:::1");
    add_extension(cert, ca->cert, NID_subject_key_identifier, "hash");
    add_extension(cert, ca->cert, NID_authority_key_identifier, "keyid");
    INSIST(X509_sign(cert, ca->key, EVP_sha256()) > 0);
}

/* Deciding. */

static enum err check_halves(const struct pair *pair, struct text *why)
{
    const char *cert = text_peek(&pair->cert_file);
    const char *key = text_peek(&pair->key_file);

    if (is_there(cert) == is_there(key))
        return ERR_OK;
    text_printf(why,
        "%s is there but %s is not; put it there, or remove the "
        "former to have both made anew",
        is_there(cert) ? cert : key, is_there(cert) ? key : cert);
    return ERR_ARG;
}

static enum err read_if_there(struct pair *pair, struct text *why)
{
    enum err err = check_halves(pair, why);

    if (err != ERR_OK || !is_there(text_peek(&pair->cert_file)))
        return err;
    return read_pair(pair, why);
}

static enum err make_needed(
    struct pair *server, struct pair *ca, struct text *why)
{
    enum err err = ERR_OK;

    /* An authority must outlive what it signs. */
    if (ca->cert == NULL ||
        ends_within(ca->cert, SELFCERT_DAYS + SELFCERT_DAYS_LEFT)) {
        make_ca(ca);
        err = write_pair(ca, why);
    }
    if (err != ERR_OK)
        return err;
    make_server(server, ca);
    return write_pair(server, why);
}

/* Somebody's own certificate is never written over: that it has expired is
 * said by whoever uses it. */
static enum err ensure_pairs(
    struct pair *server, struct pair *ca, struct text *why)
{
    enum err err = read_if_there(server, why);

    if (err != ERR_OK)
        return err;
    if (server->cert != NULL &&
        (!ends_within(server->cert, SELFCERT_DAYS_LEFT) ||
            !is_there(text_peek(&ca->key_file))))
        return ERR_OK;
    err = read_if_there(ca, why);
    if (err != ERR_OK)
        return err;
    if (server->cert != NULL &&
        X509_check_issued(ca->cert, server->cert) != X509_V_OK)
        return ERR_OK;
    return make_needed(server, ca, why);
}

static void name_pair(struct pair *pair, const char *folder, const char *name)
{
    text_printf(&pair->cert_file, "%s/%s.pem", folder, name);
    text_printf(&pair->key_file, "%s/%s.key", folder, name);
}

enum err selfcert_ensure(
    const char *folder, struct text *cert, struct text *key, struct text *why)
{
    struct pair server = {0};
    struct pair ca = {0};

    name_pair(&server, folder, "server");
    name_pair(&ca, folder, "ca");
    ERR_clear_error();
    enum err err = ensure_pairs(&server, &ca, why);
    if (err == ERR_OK) {
        text_puts(cert, text_peek(&server.cert_file));
        text_puts(key, text_peek(&server.key_file));
    }
    pair_fini(&server);
    pair_fini(&ca);
    return err;
}
