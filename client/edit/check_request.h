/* SPDX-License-Identifier: Apache-2.0
 *
 * check_request.h - one request judged by the tables: verb, values, keys,
 * kinds, fields and their types, names of a batch.
 */
#ifndef CLIENT_EDIT_CHECK_REQUEST_H
#define CLIENT_EDIT_CHECK_REQUEST_H

#include "protocol/kind.h"
#include "protocol/lines.h"
#include "protocol/texts.h"

/* What the lines before have made known. */
struct check_known {
    struct check_name {
        char *word; /* owned: a code, or $name */
        enum kind kind;
    } * list;
    size_t n, room;
};

/* What is wrong with a request. */
struct check_fault {
    char *field, *got, *allowed; /* owned, NULL where there is none */
    const char *sentence;        /* lives for ever */
};

/**
 * check_request - judge one request
 *
 * Takes   unit  a line and its heredoc; comments and empty lines are right
 * Gives   true when nothing is wrong; false and *fault, freed with
 *         check_fault_fini.  *known grows by what the request makes known
 * Thread  main
 */
bool check_request(struct check_known *known, const struct unit *unit,
    enum language language, struct check_fault *fault);

/**
 * check_fault_fini - free what a fault owns
 *
 * Gives   *fault all zero
 * Thread  main
 */
void check_fault_fini(struct check_fault *fault);

/**
 * check_known_fini - forget what was made known
 *
 * Gives   *known all zero
 * Thread  main
 */
void check_known_fini(struct check_known *known);

#endif
