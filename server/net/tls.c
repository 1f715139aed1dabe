/* SPDX-License-Identifier: Apache-2.0
 *
 * tls.c - OpenSSL behind a BIO over our own queues.
 *
 * The write side of the BIO never says "full": a full one would make
 * SSL_write ask for the same bytes again, which the owner may no longer have.
 * Around each call of OpenSSL its queue of errors is emptied before and asked
 * directly after, so that one link's fault is never read as another's.
 */
#include "server/net/tls.h"

#include "protocol/base_mem.h"
#include "server/net/openssl.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* Plain bytes of one record; larger writes only make OpenSSL loop. */
#define RECORD_MOST ((size_t)16384)

struct tls {
    SSL *ssl;           /* NULL: without TLS */
    struct chunks kept; /* ciphertext not read yet, older than what is lent */
    const char *lent;
    size_t lent_len;
    struct chunks out;
    const char *why; /* not NULL: broken */
    bool open;       /* the handshake is done */
    bool ended;      /* the peer's close_notify came */
    bool closed;     /* ours was sent */
};

static int bio_write(BIO *bio, const char *bytes, size_t len, size_t *done)
{
    struct tls *tls = BIO_get_data(bio);

    BIO_clear_retry_flags(bio);
    chunks_add(&tls->out, bytes, len);
    *done = len;
    return 1;
}

/* Bytes that came, the kept ones first. */
static size_t take_input(struct tls *tls, char *to, size_t room)
{
    size_t n = chunks_read(&tls->kept, to, room);

    if (n == 0 && tls->lent_len > 0) {
        n = room < tls->lent_len ? room : tls->lent_len;
        memcpy(to, tls->lent, n);
        tls->lent += n;
        tls->lent_len -= n;
    }
    return n;
}

static int bio_read(BIO *bio, char *to, size_t room, size_t *done)
{
    size_t n = take_input(BIO_get_data(bio), to, room);

    BIO_clear_retry_flags(bio);
    if (n == 0) {
        BIO_set_retry_read(bio);
        return 0;
    }
    *done = n;
    return 1;
}

static long bio_ctrl(BIO *bio, int what, long number, void *pointer)
{
    (void)bio;
    (void)number;
    (void)pointer;
    return what == BIO_CTRL_FLUSH;
}

static BIO_METHOD *method;

static void make_method(void)
{
    method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "chunks");
    INSIST(method != NULL);
    INSIST(BIO_meth_set_write_ex(method, bio_write));
    INSIST(BIO_meth_set_read_ex(method, bio_read));
    INSIST(BIO_meth_set_ctrl(method, bio_ctrl));
}

enum err tls_new(struct tls_context *context, struct tls **made)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    INSIST(pthread_once(&once, make_method) == 0);
    ERR_clear_error();
    BIO *bio = BIO_new(method);
    if (bio == NULL)
        return ERR_LIMIT;
    SSL *ssl = SSL_new(context->ssl);
    if (ssl == NULL)
        goto free_bio;

    struct tls *tls = mem_new(sizeof *tls);
    tls->ssl = ssl;
    BIO_set_data(bio, tls);
    BIO_set_init(bio, 1);
    SSL_set_bio(ssl, bio, bio);
    SSL_set_accept_state(ssl);
    *made = tls;
    return ERR_OK;

free_bio:
    BIO_free(bio);
    return ERR_LIMIT;
}

void tls_new_plain(struct tls **made)
{
    struct tls *tls = mem_new(sizeof *tls);

    tls->open = true;
    *made = tls;
}

void tls_free(struct tls **tls)
{
    if (*tls == NULL)
        return;
    SSL_free((*tls)->ssl);
    chunks_fini(&(*tls)->kept);
    chunks_fini(&(*tls)->out);
    free(*tls);
    *tls = NULL;
}

void tls_lend(struct tls *tls, const char *bytes, size_t len)
{
    INSIST(tls->lent_len == 0);
    tls->lent = bytes;
    tls->lent_len = len;
}

void tls_keep(struct tls *tls)
{
    chunks_add(&tls->kept, tls->lent, tls->lent_len);
    tls->lent = NULL;
    tls->lent_len = 0;
}

bool tls_has_input(const struct tls *tls)
{
    if (tls->why != NULL || tls->ended)
        return false;
    return tls->lent_len > 0 || tls->kept.len > 0 ||
           (tls->ssl && SSL_has_pending(tls->ssl));
}

static void note_fault(struct tls *tls)
{
    tls->why = tls_reason();
}

/* A key update puts OpenSSL back into its handshake for a moment, so "open"
 * is remembered and not asked again. */
static void note_open(struct tls *tls)
{
    if (!tls->open && SSL_is_init_finished(tls->ssl))
        tls->open = true;
}

enum tls_got tls_read(struct tls *tls, char *to, size_t room, size_t *len)
{
    if (tls->why != NULL)
        return TLS_FAULT;
    if (tls->ended)
        return TLS_END;
    if (tls->ssl == NULL) {
        *len = take_input(tls, to, room);
        return *len > 0 ? TLS_BYTES : TLS_MORE;
    }
    ERR_clear_error();
    int done = SSL_read_ex(tls->ssl, to, room, len);
    int got = done ? SSL_ERROR_NONE : SSL_get_error(tls->ssl, done);
    switch (got) {
    case SSL_ERROR_NONE:
        note_open(tls);
        return TLS_BYTES;
    case SSL_ERROR_WANT_READ:
        note_open(tls);
        return TLS_MORE;
    case SSL_ERROR_ZERO_RETURN:
        note_open(tls);
        tls->ended = true;
        return TLS_END;
    default:
        note_fault(tls);
        return TLS_FAULT;
    }
}

bool tls_is_open(const struct tls *tls)
{
    return tls->open;
}

enum err tls_write(struct tls *tls, const char *bytes, size_t len)
{
    if (tls->why != NULL || tls->closed || !tls_is_open(tls))
        return ERR_UNAVAILABLE;
    if (tls->ssl == NULL) {
        chunks_add(&tls->out, bytes, len);
        return ERR_OK;
    }
    while (len > 0) {
        size_t part = len < RECORD_MOST ? len : RECORD_MOST;
        size_t done = 0;
        ERR_clear_error();
        if (!SSL_write_ex(tls->ssl, bytes, part, &done)) {
            /* Our output is never full, so what is missing is the other half
             * of a key update, which no honest peer sends in two records. */
            note_fault(tls);
            return ERR_UNAVAILABLE;
        }
        bytes += done;
        len -= done;
    }
    return ERR_OK;
}

void tls_close(struct tls *tls)
{
    if (tls->why != NULL || tls->closed || !tls_is_open(tls))
        return;
    tls->closed = true;
    if (tls->ssl == NULL)
        return;
    ERR_clear_error();
    /* 0 says that the peer's close_notify did not come yet: it need not. */
    if (SSL_shutdown(tls->ssl) < 0)
        note_fault(tls);
}

struct ssl_st *tls_ssl(struct tls *tls)
{
    return tls->ssl;
}

struct chunks *tls_output(struct tls *tls)
{
    return &tls->out;
}

const char *tls_why(const struct tls *tls)
{
    return tls->why;
}
