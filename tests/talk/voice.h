/* SPDX-License-Identifier: Apache-2.0
 *
 * voice.h - one session of a conversation, or the shell: what it said and
 * what was said to it.
 *
 * Every line that comes in is judged by the grammar and read by the reader of
 * the bundled client, whether the conversation looks at it or not.
 */
#ifndef TESTS_TALK_VOICE_H
#define TESTS_TALK_VOICE_H

#include "protocol/answer.h"
#include "tests/talk/grammar.h"
#include "tests/talk/stage.h"
#include "tests/talk/wire.h"

struct heard {
    char *line;
    enum line_class class;
    bool taken;
};

struct voice {
    char *name;
    struct wire *wire; /* NULL: the shell, or not connected */
    struct grammar grammar;
    struct heard *list;
    size_t n, room;
    enum wire_got end; /* WIRE_LINE while it goes on */
    int status;        /* of the shell's last command */
    struct text said;  /* both sides, for the report */
    const char *fault; /* first break of the grammar */
    struct text *seen; /* "code conflict", a line each */
    int patience_ms;
};

/* Which lines an expectation looks at. */
enum hearing { HEAR_REPLIES, HEAR_EVENTS, HEAR_NOTICES, HEAR_ALL };

/**
 * voice_open - connect and read hello
 *
 * Takes   user  to log in by token, or by password; NULL: not to log in, and
 *               hello is left to be looked at
 * Gives   whether that worked; *why
 * Thread  the one that owns *v
 */
bool voice_open(struct voice *v, const struct stage *stage, const char *user,
    bool by_password, struct text *why);

/**
 * voice_say - send bytes
 *
 * Gives   whether they were taken
 * Thread  the one that owns *v
 */
bool voice_say(struct voice *v, const char *bytes, size_t len);

/**
 * voice_run - have a shell run a command, and hear what it prints
 *
 * Gives   v->status and lines
 * Thread  the one that owns *v
 */
void voice_run(struct voice *v, const struct stage *stage, const char *command);

/**
 * voice_next - the next line not yet taken
 *
 * Takes   hearing  which lines count; the others are left where they are
 *         ticks    keep-alive events count too
 * Gives   the line, which lives as long as *v; NULL when none came
 * Thread  the one that owns *v
 */
struct heard *voice_next(
    struct voice *v, enum hearing hearing, bool ticks, int timeout_ms);

/**
 * voice_class - how the grammar calls what the client's reader found
 *
 * Gives   the class
 * Thread  any
 */
enum line_class voice_class(enum answer_class class);

/**
 * voice_hear_out - hear all until the server ends the session, then go
 *
 * Gives   the lines heard are kept, and none of them is taken
 * Thread  the one that owns *v
 */
void voice_hear_out(struct voice *v);

/**
 * voice_close - go away without a word
 *
 * Gives   the lines heard are kept
 * Thread  the one that owns *v
 */
void voice_close(struct voice *v);

/**
 * voice_fini - free all
 *
 * Gives   *v all zero
 * Thread  the one that owns *v
 */
void voice_fini(struct voice *v);

#endif
