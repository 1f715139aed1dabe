/* SPDX-License-Identifier: Apache-2.0
 *
 * link.h - one TLS 1.3 connection to a server: bytes out, lines in.
 *
 * What is sent is queued and leaves while lines are read, so that any number
 * of requests may be in flight and neither side can block the other.  The
 * link knows nothing of requests and answers; talk.h does.
 */
#ifndef CLIENT_LINK_LINK_H
#define CLIENT_LINK_LINK_H

#include "protocol/base_text.h"
#include "protocol/err.h"
#include "protocol/texts.h"

#include <signal.h>
#include <stdbool.h>

struct link;

struct link_target {
    const char *server; /* HOST:PORT */
    const char *ca;     /* PEM file to trust; NULL: what the system trusts */
    const char *cert;   /* PEM file shown to the server; NULL: none */
    const char *key;    /* its private key; NULL: in the same file */
    int timeout_ms;     /* to connect, to shake hands and to be greeted */
    enum language language;
};

/* One wait on the link, and on one file descriptor beside it. */
struct link_wait {
    int fd;                  /* waited for too, to be read from; -1 for none */
    int timeout_ms;          /* -1: without end */
    const sigset_t *signals; /* blocked while waiting; NULL: as they are */
    bool ready;              /* out: fd can be read, or has ended */
    bool idle;               /* out: nothing came within the time */
    bool gone;               /* out: nobody is at the other end of fd */
};

/**
 * link_open - connect, check the certificate, be greeted
 *
 * Gives   *made; the line "hello" has been read and was right
 * Errors  ERR_ARG          server is not HOST:PORT
 *         ERR_UNAVAILABLE  refused, not trusted, wrong name, not a diptych
 *                          server, too slow; *why is grown by a sentence
 *         ERR_UNSUPPORTED  the server speaks another version
 * Thread  the one that owns the link; it waits
 */
enum err link_open(const struct link_target *to, struct link **made,
    struct text *why) MUST_USE;

/**
 * link_send - queue bytes to be sent
 *
 * Gives   the queue grown; they leave during link_turn
 * Thread  the one that owns the link
 */
void link_send(struct link *link, const char *bytes, size_t len);

/**
 * link_unsent - bytes that wait to be sent
 *
 * Gives   a count
 * Thread  the one that owns the link
 */
size_t link_unsent(const struct link *link);

/**
 * link_turn - wait once; send what can be sent and take in what has come
 *
 * A signal ends the wait early, with nothing set.  Whoever must not miss one
 * keeps it blocked and lets it in with wait->signals.
 *
 * Gives   wait->ready, wait->idle; lines for link_line
 * Errors  ERR_UNAVAILABLE  the link has ended; lines that came before may
 *                          still be taken; link_why says what happened
 * Thread  the one that owns the link
 */
enum err link_turn(struct link *link, struct link_wait *wait) MUST_USE;

/**
 * link_line - the next line that has come
 *
 * Gives   a copy without its end, freed with free(); NULL when none is whole
 * Thread  the one that owns the link
 */
char *link_line(struct link *link);

/**
 * link_hello - a word of the greeting
 *
 * Gives   a string that lives as long as the link; NULL when the server did
 *         not say it
 * Thread  the one that owns the link
 */
const char *link_hello(const struct link *link, const char *key);

/**
 * link_why - why the link has ended, as a sentence
 *
 * Gives   a string that lives as long as the link; "" while it lives
 * Thread  the one that owns the link
 */
const char *link_why(const struct link *link);

/**
 * link_close - say goodbye in TLS and free
 *
 * Gives   *link NULL
 * Thread  the one that owns the link
 */
void link_close(struct link **link);

#endif
