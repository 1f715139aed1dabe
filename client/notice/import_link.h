/* SPDX-License-Identifier: Apache-2.0
 *
 * import_link.h - the little that an import needs of a connection.
 *
 * Whoever has one implements ask; lines of the server are gathered into a
 * reply by import_reply_take.
 */
#ifndef CLIENT_NOTICE_IMPORT_LINK_H
#define CLIENT_NOTICE_IMPORT_LINK_H

#include "client/notice/notice_known.h"
#include "protocol/base_text.h"
#include "protocol/err.h"

#include <stdbool.h>

/* What the server answered to one request. */
struct import_reply {
    enum err err;            /* of the final line; ERR_OK for "ok" */
    struct known_rows rows;  /* data; texts are values of the row above them */
    struct known_rows final; /* one row: the keys of the final line */
    struct text line;        /* the final line as it came */
    struct text text;        /* a text whose lines are still coming */
    char *field;             /* its field, or NULL */
};

struct import_link {
    /* Sends one request (its bytes end with a line end and hold its heredoc)
     * and waits for its answer, which is added to an empty *reply.  Anything
     * but ERR_OK says that the connection is lost; *why says how. */
    enum err (*ask)(void *ctx, const char *request, size_t len,
        struct import_reply *reply, struct text *why);
    /* Sends many requests without waiting between them, and gives the answer
     * of the first that was refused, else that of the last; *at is its place.
     * NULL: they are asked one by one. */
    enum err (*ask_all)(void *ctx, const char *const *requests,
        const size_t *lens, size_t n, size_t *at, struct import_reply *reply,
        struct text *why);
    void *ctx;
};

/**
 * import_reply_take - gather one line of the server
 *
 * Takes   line[len]  without its end
 * Gives   *reply grown; *done whether it was the final line; events and
 *         notices are passed over
 * Errors  ERR_SYNTAX  not a line of the server
 * Thread  any, one owner at a time
 */
enum err import_reply_take(struct import_reply *reply, const char *line,
    size_t len, bool *done) MUST_USE;

/**
 * import_reply_final - a value of the final line
 *
 * Gives   the value, "" when there is none
 * Thread  any, one owner at a time
 */
const char *import_reply_final(
    const struct import_reply *reply, const char *key);

/**
 * import_reply_fini - free what was gathered
 *
 * Gives   *reply all zero
 * Thread  any, one owner at a time
 */
void import_reply_fini(struct import_reply *reply);

#endif
