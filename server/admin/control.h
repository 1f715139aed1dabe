/* SPDX-License-Identifier: Apache-2.0
 *
 * control.h - one change of users or teams by the administrator.
 *
 * The same code makes it whether the program has the database to itself or
 * hands the change to the server that has it, so the words are the same too.
 */
#ifndef SERVER_ADMIN_CONTROL_H
#define SERVER_ADMIN_CONTROL_H

#include "db/user.h"

enum control_what {
    CONTROL_USER_ADD,
    CONTROL_USER_PASSWORD,
    CONTROL_USER_ROLE,
    CONTROL_USER_CERT,
    CONTROL_USER_DEL,
    CONTROL_TEAM_ADD,
    CONTROL_COUNT
};

struct control {
    enum control_what what;
    char *name;     /* of the user, or of the team */
    char *team;     /* of a user that is added; "" for none */
    char *secret;   /* as secret_make wrote it; "" when none is needed */
    char *identity; /* of a certificate; "" when none is meant */
    enum role role;
    bool again;  /* the user was one before */
    bool remove; /* the identity is taken away */
};

/* What came of it. */
struct control_done {
    struct text said;     /* for people, whether it was done or not */
    uint64_t user;        /* whose sessions it is about, 0 for nobody's */
    struct events events; /* rows of the journal */
};

/**
 * control_print - a change as one line of words, for control_read
 *
 * Gives   *to grown by a line with its end
 * Thread  any
 */
void control_print(struct text *to, const struct control *control);

/**
 * control_read - read what control_print wrote
 *
 * Takes   line  without its end
 * Gives   *control, freed with control_fini
 * Errors  ERR_SYNTAX
 * Thread  any
 */
enum err control_read(const char *line, struct control *control) MUST_USE;

/**
 * control_apply - make the change
 *
 * Gives   *done, freed with control_done_fini, also when it was refused
 * Errors  by the change; done->said tells why
 * Thread  the owner of the writing store, inside a transaction
 */
enum err control_apply(struct store *store, const struct control *control,
    int64_t now_ms, struct control_done *done) MUST_USE;

/**
 * control_refuse - say that a change was not made after all
 *
 * Takes   err  of the commit, or of the queue
 * Gives   *done with a sentence alone
 * Thread  the one that owns it
 */
void control_refuse(
    struct control_done *done, const struct control *control, enum err err);

/**
 * control_fini - wipe and free what a change owns
 *
 * Gives   *control all zero
 * Thread  the one that owns it
 */
void control_fini(struct control *control);

/**
 * control_done_fini - free what came of a change
 *
 * Gives   *done all zero
 * Thread  the one that owns it
 */
void control_done_fini(struct control_done *done);

#endif
