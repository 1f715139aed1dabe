/* SPDX-License-Identifier: Apache-2.0
 *
 * answer.h - lines of the server, read: which class a line is of, its words.
 *
 * What the bundled client and the tests of conversations share.
 */
#ifndef PROTOCOL_ANSWER_H
#define PROTOCOL_ANSWER_H

#include "protocol/words.h"

#include <stdint.h>

enum answer_class {
    ANSWER_HELLO,
    ANSWER_OK,
    ANSWER_ERR,
    ANSWER_RECORD, /* data: kind and words */
    ANSWER_TEXT,   /* data: one line of text, behind "| " */
    ANSWER_JSON,   /* data: one JSON object */
    ANSWER_EVENT,
    ANSWER_NOTICE,
    ANSWER_BYE
};

struct answer {
    enum answer_class class;
    const char *tag;    /* with its "@", NULL when there is none */
    const char *code;   /* of an err; kind of a record; name of an event */
    const char *id;     /* of a record or an event, NULL when there is none */
    const char *rest;   /* text, JSON or the words of a notice */
    uint64_t seq;       /* of an event */
    const char *time;   /* of an event */
    struct words words; /* all words of the line, for words_get */
    const char *note;   /* what stands behind "#", NULL when nothing does */
    char *line;         /* the bytes that rest and note point into */
};

/**
 * answer_read - read one line of the server
 *
 * Takes   line[len]  without its end
 * Gives   *got, freed with answer_free
 * Errors  ERR_SYNTAX  the line is of no class; *got is untouched
 * Thread  any
 */
enum err answer_read(const char *line, size_t len, struct answer *got) MUST_USE;

/**
 * answer_free - free what answer_read made
 *
 * Gives   *answer all zero
 * Thread  any
 */
void answer_free(struct answer *answer);

#endif
