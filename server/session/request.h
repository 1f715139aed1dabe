/* SPDX-License-Identifier: Apache-2.0
 *
 * request.h - one request of a session, read and checked.
 */
#ifndef SERVER_SESSION_REQUEST_H
#define SERVER_SESSION_REQUEST_H

#include "db/change.h"
#include "protocol/lines.h"

struct session;

/* One request, read and checked. */
struct request {
    char *tag; /* with its "@", or NULL */
    const struct command *command;
    enum command_id id;
    struct words words; /* all of the line */
    const char **args;  /* the positional values behind the verb */
    size_t args_n;
    size_t keyed; /* index of the first word behind the verb */
    char *text; /* the line but if=, and its heredoc, for the digest of once= */
};

/**
 * request_read - read and check one unit
 *
 * Checks words, verb, right, arity and keys; values of fields are checked by
 * the handlers, who know the kind.
 *
 * Gives   *q, freed with request_fini, also after an error (its tag is then
 *         known as far as it was read)
 * Errors  in *fault
 * Thread  loop
 */
enum err request_read(struct session *s, const struct unit *unit,
    struct request *q, struct fault *fault) MUST_USE;

/**
 * request_fini - free a request
 *
 * Gives   *q all zero
 * Thread  any
 */
void request_fini(struct request *q);

/**
 * request_key - the value of key= in a request
 *
 * Gives   a string of the request, NULL when it is absent
 * Thread  any
 */
const char *request_key(const struct request *q, const char *key);

/**
 * request_int - a key that takes a whole number
 *
 * Takes   preset  what absence means
 * Gives   *got
 * Errors  ERR_ARG in *fault: not a number of 0..10^15
 * Thread  any
 */
enum err request_int(const struct request *q, const char *key, uint64_t preset,
    uint64_t *got, struct fault *fault) MUST_USE;

#endif
