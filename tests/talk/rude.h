/* SPDX-License-Identifier: Apache-2.0
 *
 * rude.h - what no well-behaved client does to a TLS connection.
 *
 * Records are made here, byte by byte, because OpenSSL would not send some of
 * them.  Once a record was sent this way the wire can be heard, but nothing
 * can be sent through wire_send any more: OpenSSL has lost count.
 */
#ifndef TESTS_TALK_RUDE_H
#define TESTS_TALK_RUDE_H

#include "tests/talk/wire.h"

/* The records of one wire. */
struct rude {
    struct wire *wire;
    struct evp_cipher_ctx_st *cipher;
    unsigned char iv[12];
    unsigned long long count;
};

/**
 * rude_socket - connect without TLS
 *
 * Gives   a descriptor that does not block; -1 when that failed
 * Thread  any
 */
int rude_socket(const char *port);

/**
 * rude_init - begin to make records
 *
 * Takes   wire  on which nothing was sent yet
 * Gives   whether that worked; *r borrows the wire
 * Thread  the one that owns the wire
 */
bool rude_init(struct rude *r, struct wire *wire);

/**
 * rude_record - send one record of application data
 *
 * Takes   bytes[len]  at most 16384; 0 makes an empty record
 * Gives   whether all of it was taken in time
 * Thread  the one that owns the wire
 */
bool rude_record(struct rude *r, const char *bytes, size_t len, int timeout_ms);

/**
 * rude_fini - end making records; the wire goes on
 *
 * Gives   *r all zero
 * Thread  the one that owns the wire
 */
void rude_fini(struct rude *r);

/**
 * rude_key_update - change the keys, and ask the server to do so too
 *
 * Gives   whether the record was taken in time
 * Thread  the one that owns the wire
 */
bool rude_key_update(struct wire *wire, int timeout_ms);

/**
 * rude_finish - end our half of the TCP connection without close_notify
 *
 * Gives   nothing
 * Thread  the one that owns the wire
 */
void rude_finish(struct wire *wire);

/**
 * rude_reset - go away with a reset
 *
 * Gives   *wire NULL
 * Thread  the one that owns the wire
 */
void rude_reset(struct wire **wire);

#endif
