/* SPDX-License-Identifier: Apache-2.0
 *
 * guest.h - a session over TLS whose every line is judged.
 */
#ifndef TESTS_PARTS_GUEST_H
#define TESTS_PARTS_GUEST_H

#include "tests/parts/judge.h"
#include "tests/talk/stage.h"
#include "tests/talk/wire.h"

struct guest {
    struct wire *wire;
    struct judge judge;
    struct text kept; /* what was heard, when it is to be kept */
    bool keep;
    enum wire_got end; /* WIRE_LINE while it goes on */
    int patience_ms;
    struct text why; /* not empty once something was wrong */
};

/**
 * guest_open - connect, and log in by token
 *
 * Takes   user  NULL: do not log in
 * Gives   whether that worked; else g->why
 * Thread  the one that owns *g
 */
bool guest_open(struct guest *g, const struct stage *stage, const char *user);

/**
 * guest_say - send bytes
 *
 * Gives   whether they were taken
 * Thread  the one that owns *g
 */
bool guest_say(struct guest *g, const char *bytes, size_t len);

/**
 * guest_note - take note of bytes that were sent another way
 *
 * Gives   their answers expected
 * Thread  the one that owns *g
 */
void guest_note(struct guest *g, const char *bytes, size_t len);

/**
 * guest_hear - judge what comes
 *
 * Gives   whether anything came in time; g->end
 * Thread  the one that owns *g
 */
bool guest_hear(struct guest *g, int timeout_ms);

/**
 * guest_settle - hear until every request is answered
 *
 * Gives   whether that happened; else g->why
 * Thread  the one that owns *g
 */
bool guest_settle(struct guest *g);

/**
 * guest_ask - say one line and hear its answer
 *
 * Gives   whether it was answered; else g->why
 * Thread  the one that owns *g
 */
bool guest_ask(struct guest *g, const char *line);

/**
 * guest_outlast - hear until the server ends it
 *
 * Gives   whether it did in time; g->end
 * Thread  the one that owns *g
 */
bool guest_outlast(struct guest *g);

/**
 * guest_fini - go away without a word
 *
 * Gives   *g all zero
 * Thread  the one that owns *g
 */
void guest_fini(struct guest *g);

#endif
