/* SPDX-License-Identifier: Apache-2.0
 *
 * judge.h - the rules of the protocol, checked on one session as it goes.
 *
 * Besides the second grammar: the client's reader takes every line; at= never
 * goes back; events rise, those of one transaction follow each other, and
 * one's own come behind the answer.
 */
#ifndef TESTS_PARTS_JUDGE_H
#define TESTS_PARTS_JUDGE_H

#include "protocol/answer.h"
#include "protocol/base_text.h"
#include "tests/talk/grammar.h"

struct judge {
    struct grammar grammar;
    struct text line;    /* sent and not yet ended */
    struct text in;      /* heard and not yet ended */
    unsigned char *past; /* of each open request: it may answer from before */
    size_t past_n, past_room;
    uint64_t at;    /* of the newest answer */
    uint64_t own;   /* the highest number in an answer */
    uint64_t event; /* of the last event */
    uint64_t tx;    /* of its transaction, 0 when it was alone */
    size_t events;
    char *bye; /* its reason, owned */
};

/**
 * judge_sent - take note of bytes that go to the server
 *
 * Gives   *j expecting answers
 * Thread  the one that owns *j
 */
void judge_sent(struct judge *j, const char *bytes, size_t len);

/**
 * judge_heard - judge bytes of the server, however they are cut
 *
 * Gives   NULL when all is well, else what is wrong, and the line in *where
 * Thread  the one that owns *j
 */
const char *judge_heard(
    struct judge *j, const char *bytes, size_t len, struct text *where);

/**
 * judge_is_even - whether every request that was sent whole is answered
 *
 * Gives   true or false
 * Thread  the one that owns *j
 */
bool judge_is_even(const struct judge *j);

/**
 * judge_fini - free what *j holds
 *
 * Gives   *j all zero
 * Thread  the one that owns *j
 */
void judge_fini(struct judge *j);

#endif
