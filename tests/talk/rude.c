/* SPDX-License-Identifier: Apache-2.0
 *
 * rude.c - what no well-behaved client does to a TLS connection.
 */
#include "tests/talk/rude.h"

#include "protocol/base_mem.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define RECORD_MOST 16384
#define HEADER      5
#define MARK        16 /* bytes of the authentication tag */

int rude_socket(const char *port)
{
    struct sockaddr_in to = {.sin_family = AF_INET,
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
        .sin_port = htons((uint16_t)strtoul(port, NULL, 10))};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd >= 0 && (connect(fd, (struct sockaddr *)&to, sizeof to) != 0 ||
                       fcntl(fd, F_SETFL, O_NONBLOCK) != 0)) {
        (void)close(fd);
        fd = -1;
    }
    return fd;
}

/* HKDF-Expand-Label of RFC 8446 with an empty context. */
static bool derive(const unsigned char *secret, size_t secret_len,
    const char *digest, const char *label, unsigned char *to, size_t len)
{
    unsigned char info[32] = {0, (unsigned char)len};
    size_t label_len = strlen(label);
    EVP_KDF *kdf = EVP_KDF_fetch(NULL, "HKDF", NULL);
    EVP_KDF_CTX *ctx = EVP_KDF_CTX_new(kdf);
    int mode = EVP_KDF_HKDF_MODE_EXPAND_ONLY;
    /* OpenSSL takes what it only reads without const. */
    char *name = mem_text(digest);
    unsigned char *key =
        (unsigned char *)mem_copy((const char *)secret, secret_len);

    INSIST(label_len + 4 <= sizeof info);
    info[2] = (unsigned char)label_len;
    for (size_t i = 0; i < label_len; i++)
        info[3 + i] = (unsigned char)label[i];
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_int(OSSL_KDF_PARAM_MODE, &mode),
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, name, 0),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, key, secret_len),
        OSSL_PARAM_construct_octet_string(
            OSSL_KDF_PARAM_INFO, info, label_len + 4),
        OSSL_PARAM_construct_end(),
    };
    bool good = ctx && EVP_KDF_derive(ctx, to, len, params) == 1;
    EVP_KDF_CTX_free(ctx);
    EVP_KDF_free(kdf);
    free(name);
    free(key);
    return good;
}

bool rude_init(struct rude *r, struct wire *wire)
{
    SSL *ssl;
    size_t len;
    unsigned char key[32];
    const unsigned char *secret = wire_secret(wire, &ssl, &len);
    const char *digest = len == 48 ? "SHA384" : "SHA256";
    const SSL_CIPHER *suite = SSL_get_current_cipher(ssl);
    const EVP_CIPHER *cipher =
        EVP_get_cipherbynid(SSL_CIPHER_get_cipher_nid(suite));

    *r = (struct rude){.wire = wire, .cipher = EVP_CIPHER_CTX_new()};
    if (cipher == NULL || r->cipher == NULL || len == 0 ||
        !derive(secret, len, digest, "tls13 key", key,
            (size_t)EVP_CIPHER_get_key_length(cipher)) ||
        !derive(secret, len, digest, "tls13 iv", r->iv, sizeof r->iv) ||
        EVP_EncryptInit_ex(r->cipher, cipher, NULL, key, NULL) != 1) {
        rude_fini(r);
        return false;
    }
    return true;
}

/* While it waits it does not read: the server must bear that. */
static bool send_all(
    int fd, const unsigned char *bytes, size_t len, int timeout_ms)
{
    while (len > 0) {
        struct pollfd p = {.fd = fd, .events = POLLOUT};
        ssize_t n = send(fd, bytes, len, MSG_NOSIGNAL);

        if (n >= 0) {
            bytes += n;
            len -= (size_t)n;
        } else if (errno != EAGAIN || poll(&p, 1, timeout_ms) <= 0) {
            return false;
        }
    }
    return true;
}

bool rude_record(struct rude *r, const char *bytes, size_t len, int timeout_ms)
{
    unsigned char record[HEADER + RECORD_MOST + 1 + MARK];
    unsigned char plain[RECORD_MOST + 1];
    unsigned char nonce[sizeof r->iv];
    size_t body = len + 1 + MARK;
    int n = 0;
    int more = 0;

    INSIST(len <= RECORD_MOST);
    memcpy(nonce, r->iv, sizeof nonce);
    for (size_t i = 0; i < 8; i++)
        nonce[sizeof nonce - 1 - i] ^= (unsigned char)(r->count >> 8 * i);
    r->count++;
    memcpy(plain, bytes, len);
    plain[len] = 23; /* application data */
    record[0] = 23;
    record[1] = record[2] = 3; /* TLS 1.2, as TLS 1.3 says */
    record[3] = (unsigned char)(body >> 8);
    record[4] = (unsigned char)body;
    bool good =
        EVP_EncryptInit_ex(r->cipher, NULL, NULL, NULL, nonce) == 1 &&
        EVP_EncryptUpdate(r->cipher, NULL, &more, record, HEADER) == 1 &&
        EVP_EncryptUpdate(
            r->cipher, record + HEADER, &n, plain, (int)len + 1) == 1 &&
        EVP_EncryptFinal_ex(r->cipher, record + HEADER + n, &more) == 1 &&
        EVP_CIPHER_CTX_ctrl(r->cipher, EVP_CTRL_AEAD_GET_TAG, MARK,
            record + HEADER + len + 1) == 1;
    return good &&
           send_all(wire_fd(r->wire), record, HEADER + body, timeout_ms);
}

void rude_fini(struct rude *r)
{
    EVP_CIPHER_CTX_free(r->cipher);
    *r = (struct rude){0};
}

bool rude_key_update(struct wire *wire, int timeout_ms)
{
    SSL *ssl;
    size_t len;
    struct pollfd p = {.fd = wire_fd(wire), .events = POLLOUT};

    (void)wire_secret(wire, &ssl, &len);
    ERR_clear_error();
    if (SSL_key_update(ssl, SSL_KEY_UPDATE_REQUESTED) != 1)
        return false;
    for (;;) {
        int done = SSL_do_handshake(ssl);

        if (done == 1)
            return true;
        if (SSL_get_error(ssl, done) != SSL_ERROR_WANT_WRITE ||
            poll(&p, 1, timeout_ms) <= 0)
            return false;
    }
}

void rude_finish(struct wire *wire)
{
    (void)shutdown(wire_fd(wire), SHUT_WR);
}

void rude_reset(struct wire **wire)
{
    struct linger at_once = {.l_onoff = 1};

    (void)setsockopt(
        wire_fd(*wire), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    wire_free(wire);
}
