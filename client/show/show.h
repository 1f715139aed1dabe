/* SPDX-License-Identifier: Apache-2.0
 *
 * show.h - what is done with the lines of the server: printed as they came,
 * as JSON, as tables for other programs, or as tables for people.
 *
 * Lines and JSON are passed on while they come; tables are made when an
 * answer is whole.
 */
#ifndef CLIENT_SHOW_SHOW_H
#define CLIENT_SHOW_SHOW_H

#include "client/client.h"

#include <stdio.h>

struct show {
    struct client *client;
    FILE *out;
    int status;      /* of the first request that failed; STATUS_OK */
    bool stop;       /* after a failure nothing more is shown */
    bool keep_going; /* a failure does not stop */
    bool no_answer;  /* a request was given up */
    size_t line;     /* of the script, where it failed; 0 outside of one */
    bool session;    /* on a terminal: one can log in right there */
    bool bar;        /* a bar of progress stands on the last line */
};

/**
 * show_send - send a request whose answer will be shown
 *
 * Takes   request[len]  whole lines with their ends
 *         line          of the script, 0 outside of one
 * Gives   the request in flight; *show must live until it is answered
 * Thread  main
 */
void show_send(struct show *show, const char *request, size_t len, size_t line);

/**
 * show_aside - show what belongs to no request; a talk_aside_fn
 *
 * Takes   ctx  the struct show
 * Gives   output, unless the client is quiet
 * Thread  main
 */
void show_aside(void *ctx, const struct answer *answer, const char *line);

#endif
