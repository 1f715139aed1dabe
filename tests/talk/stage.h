/* SPDX-License-Identifier: Apache-2.0
 *
 * stage.h - a folder with the data and the users of a server,
 * and the server running on it.
 *
 * Hashing a password costs a third of a second, so one stage is prepared with
 * everybody in it, and each conversation plays on a copy.
 */
#ifndef TESTS_TALK_STAGE_H
#define TESTS_TALK_STAGE_H

#include "tests/talk/process.h"

struct stage {
    char *folder; /* data/ pw/ token/ log stand in it */
    char *build;  /* where the programs stand, absolute */
    char *ca;
    char *log;     /* file that the server's stderr goes to */
    char port[8];  /* "" while no server runs */
    char plain[8]; /* of the port without TLS, "" when there is none */
    struct process server;
};

/* Who is on the stage: the same people in every conversation. */
struct actor {
    const char *name, *role, *team;
};

extern const struct actor cast[];
extern const size_t cast_n;

/**
 * stage_new - a stage with the cast, each with a password and a token
 *
 * Takes   build  folder of the programs
 * Gives   true and *made; else false and *why
 * Thread  any
 */
bool stage_new(const char *build, struct stage *made, struct text *why);

/**
 * stage_copy - a stage like another, on which no server runs
 *
 * Takes   name  of the new folder, beside the other one's
 * Gives   true and *made; else false and *why
 * Thread  any
 */
bool stage_copy(const struct stage *from, const char *name, struct stage *made,
    struct text *why);

/**
 * stage_user - add a user with the password "correct horse NAME"
 *
 * Gives   whether that worked; *why
 * Thread  the one that owns *stage
 */
bool stage_user(struct stage *stage, const char *name, const char *role,
    const char *team, struct text *why);

/**
 * stage_start - start the server and wait until it is ready
 *
 * Takes   options  words for "diptychd serve", or NULL
 * Gives   whether it is ready; stage->port; *why
 * Thread  the one that owns *stage
 */
bool stage_start(struct stage *stage, const char *options, struct text *why);

/**
 * stage_signal - send the server, if one runs, a signal
 *
 * Gives   that, and nothing more: it may live on
 * Thread  the one that owns *stage
 */
void stage_signal(const struct stage *stage, int signal);

/**
 * stage_wait - wait for the end of a server that was sent a signal
 *
 * Gives   true when it ended as the signal asks, or none ran, as stage_stop
 * Thread  the one that owns *stage
 */
bool stage_wait(struct stage *stage, int signal, struct text *why);

/**
 * stage_stop - end the server by a signal
 *
 * Gives   true when it ended as the signal asks: SIGTERM with status 0, which
 *         a sanitizer's complaint is not; else false and *why
 * Thread  the one that owns *stage
 */
bool stage_stop(struct stage *stage, int signal, struct text *why);

/**
 * stage_read - the first line of a file of the stage
 *
 * Takes   what  "pw" or "token"
 *         name  of a user
 * Gives   heap memory; NULL when there is no such file
 * Thread  any
 */
char *stage_read(const struct stage *stage, const char *what, const char *name);

/**
 * stage_free - end the server, remove the folder
 *
 * Gives   *stage all zero
 * Thread  the one that owns *stage
 */
void stage_free(struct stage *stage);

#endif
