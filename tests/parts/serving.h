/* SPDX-License-Identifier: Apache-2.0
 *
 * serving.h - a whole server in a process of its own, and peers that do to it
 * what no well-behaved client does.
 *
 * Whatever fails here fails the test that runs.
 */
#ifndef TESTS_PARTS_SERVING_H
#define TESTS_PARTS_SERVING_H

#include "tests/parts/temp.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct serving {
    pid_t pid;
    char address[64]; /* as the server printed it */
    char folder[TEMP_ROOM];
    char log[96]; /* file of its standard error */
};

struct peer {
    int fd;
    struct ssl_st *ssl; /* NULL: speaks without TLS */
    size_t start, end;  /* of what was read and not yet taken */
    char bytes[8192];
};

/**
 * serving_init - make a folder with a database
 *
 * Gives   *serving, not yet started
 * Thread  the test's own
 */
void serving_init(struct serving *serving);

/**
 * serving_fini - remove the folder
 *
 * Gives   *serving all zero
 * Thread  the test's own
 */
void serving_fini(struct serving *serving);

/**
 * serving_start - start a server on the folder and wait until it listens
 *
 * Takes   listen  HOST:PORT
 *         files   files that it may have open, 0 for as many as we
 * Gives   the address in *serving; false when it can not listen there
 * Thread  the test's own
 */
bool serving_start(struct serving *serving, const char *listen, size_t files);

/**
 * serving_stop - send a signal and wait for the end
 *
 * Gives   the exit status, 128 and more when a signal ended it
 * Thread  the test's own
 */
int serving_stop(struct serving *serving, int signal);

/**
 * serving_logged - wait until the log holds some words
 *
 * Gives   false when it does not within five seconds
 * Thread  the test's own
 */
bool serving_logged(const struct serving *serving, const char *words);

/**
 * peer_join - connect without TLS
 *
 * Gives   *peer
 * Thread  the test's own
 */
void peer_join(struct peer *peer, const struct serving *serving);

/**
 * peer_open - connect, shake hands, trust ca.pem of the folder alone
 *
 * Gives   *peer
 * Thread  the test's own
 */
void peer_open(struct peer *peer, const struct serving *serving);

/**
 * peer_send - send all of the bytes
 *
 * Gives   nothing; in one record when they fit
 * Thread  the test's own
 */
void peer_send(struct peer *peer, const char *bytes, size_t len);

/**
 * peer_say - send a string
 *
 * Gives   nothing
 * Thread  the test's own
 */
void peer_say(struct peer *peer, const char *string);

/**
 * peer_line - one line from the server
 *
 * Gives   the line without its end, until the next call; NULL when the server
 *         has ended or nothing comes for five seconds
 * Thread  the test's own
 */
const char *peer_line(struct peer *peer);

/**
 * peer_is_closed - whether the server ended the link as it should
 *
 * Reads until the end.
 *
 * Gives   true for close_notify and FIN (FIN alone without TLS), false for
 *         more lines, a reset, or silence
 * Thread  the test's own
 */
bool peer_is_closed(struct peer *peer);

/**
 * peer_close - close the socket
 *
 * Takes   reset  by a reset instead of an end
 * Gives   *peer all zero
 * Thread  the test's own
 */
void peer_close(struct peer *peer, bool reset);

#endif
