/* SPDX-License-Identifier: Apache-2.0
 *
 * grammar.h - the grammar of docs/protocol.md, written a second time.
 *
 * It shares no code with protocol/, so that a mistake there does not hide
 * here.  It judges every line of the server that a test sees, and that each
 * request is answered by exactly one final line, in order, with its tag.
 */
#ifndef TESTS_TALK_GRAMMAR_H
#define TESTS_TALK_GRAMMAR_H

#include <stdbool.h>
#include <stddef.h>

enum line_class {
    LINE_HELLO,
    LINE_OK,
    LINE_ERR,
    LINE_DATA,
    LINE_EVENT,
    LINE_NOTICE,
    LINE_BYE,
    LINE_WRONG
};

#define GRAMMAR_TAG 34

/* One side of a session: what was asked and what was answered so far. */
struct grammar {
    bool greeted;  /* hello was seen */
    bool in_reply; /* data lines were seen, their final line was not yet */
    bool over;     /* bye was seen */
    bool in_body;  /* a heredoc is being sent */
    char end[66];  /* its end word */
    char *sent;    /* bytes sent that are no whole line yet */
    size_t sent_len, sent_room;
    char (*tags)[GRAMMAR_TAG]; /* of the requests not yet answered */
    size_t tags_n, tags_room;
    size_t asked, answered;
};

/**
 * line_class - which class a line of the server is of
 *
 * Takes   line[len]  without its end
 * Gives   the class; LINE_WRONG with *why when the line breaks the grammar
 * Thread  any
 */
enum line_class line_class(const char *line, size_t len, const char **why);

/**
 * grammar_sent - take note of bytes that go to the server
 *
 * Gives   *g expecting a final line for every request in them
 * Thread  the one that owns *g
 */
void grammar_sent(struct grammar *g, const char *bytes, size_t len);

/**
 * grammar_seen - judge a line that came from the server
 *
 * Gives   NULL when all is well, else what is wrong with it; *class
 * Thread  the one that owns *g
 */
const char *grammar_seen(
    struct grammar *g, const char *line, size_t len, enum line_class *class);

/**
 * grammar_fini - free what *g holds
 *
 * Gives   *g all zero
 * Thread  the one that owns *g
 */
void grammar_fini(struct grammar *g);

#endif
