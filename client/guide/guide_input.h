/* SPDX-License-Identifier: Apache-2.0
 *
 * guide_input.h - what is typed in answer to a question, line by line, from a
 * terminal, a pipe or a file.
 */
#ifndef CLIENT_GUIDE_GUIDE_INPUT_H
#define CLIENT_GUIDE_GUIDE_INPUT_H

#include "client/client.h"

/* What somebody can do instead of answering. */
enum guide_wish {
    GUIDE_ANSWER,
    GUIDE_PRESET,  /* nothing was typed */
    GUIDE_EXPLAIN, /* "?", or "help" */
    GUIDE_BACK,    /* "<", or "back" */
    GUIDE_LEAVE    /* ".", "quit", or the input has ended */
};

struct guide_input {
    struct text bytes; /* read and not yet taken */
    bool ended;
    bool echo; /* the input is no terminal: show what was read */
};

/**
 * guide_read - one line
 *
 * The server is listened to meanwhile, so that its farewell is noticed.
 *
 * Gives   *wish; *answer without blanks at its ends, owned
 * Thread  main; it waits for a person
 */
int guide_read(struct client *client, struct guide_input *input,
    enum guide_wish *wish, char **answer) MUST_USE;

#endif
