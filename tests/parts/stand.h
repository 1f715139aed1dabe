/* SPDX-License-Identifier: Apache-2.0
 *
 * stand.h - a test stand for sessions: the real engine and a real database in
 * a folder of its own, without sockets and without TLS.
 */
#ifndef TESTS_PARTS_STAND_H
#define TESTS_PARTS_STAND_H

#include "server/session/session.h"

struct stand;

/* By which a user can log in besides. */
struct stand_key {
    const char *user;
    const char *password; /* NULL: none; it ends the user's other tokens */
    const char *token;    /* NULL: none */
};

/**
 * stand_new - an engine with two teams
 *
 * Every limit stands at its preset, whatever the test before has set.
 * Team blue has ann (owner), bob (editor), cid (scorer), dan (reader); team
 * red has eve (owner).  Each has the token that stand_token gives.
 *
 * Gives   *made; aborts when the machine can not
 * Thread  the test's own
 */
void stand_new(struct stand **made);

/**
 * stand_new_crowd - the same with more teams
 *
 * Of each team N from 0 there are owner-N, editor-N, scorer-N and reader-N.
 * The folder stands in $TMPDIR, when there is one.
 *
 * Gives   *made; aborts when the machine can not
 * Thread  the test's own
 */
void stand_new_crowd(struct stand **made, size_t teams);

/**
 * stand_new_key - the same, and a user who can log in by what the test knows
 *
 * Gives   *made; aborts when the machine can not, or there is no such user
 * Thread  the test's own
 */
void stand_new_key(
    struct stand **made, size_t teams, const struct stand_key *key);

/**
 * stand_free - stop the engine and remove the folder
 *
 * Gives   *stand NULL
 * Thread  the test's own
 */
void stand_free(struct stand **made);

/**
 * stand_token - the token of a user
 *
 * Gives   a string that lives as long as the stand
 * Thread  the test's own
 */
const char *stand_token(const struct stand *stand, const char *user);

/**
 * stand_engine - the engine itself
 *
 * Gives   an engine that lives as long as the stand
 * Thread  the test's own
 */
struct engine *stand_engine(const struct stand *stand);

/**
 * stand_session - a session as if somebody had connected
 *
 * Gives   *made, greeted; freed with session_free
 * Thread  the test's own
 */
void stand_session(struct stand *stand, struct session **made);

/**
 * stand_enter - a session that has logged in with its token
 *
 * Gives   a session whose output so far is dropped; freed with session_free;
 *         aborts when it was refused
 * Thread  the test's own
 */
struct session *stand_enter(struct stand *stand, const char *user);

/**
 * stand_say - feed some bytes, settle, and take the output
 *
 * Gives   what was said, "" for nothing; freed with free
 * Thread  the test's own
 */
char *stand_say(
    struct stand *stand, struct session *session, const char *bytes);

/**
 * stand_settle - run the engine until nothing is left to do
 *
 * Gives   every request that was fed is answered; aborts after 20 s
 * Thread  the test's own
 */
void stand_settle(struct stand *stand);

/**
 * stand_take - the output of a session, which is thereby sent
 *
 * Gives   *to grown
 * Thread  the test's own
 */
void stand_take(struct session *session, struct text *to);

/**
 * stand_clock - move the clock on
 *
 * Gives   engine_tick called after it
 * Thread  the test's own
 */
void stand_clock(struct stand *stand, int64_t ms);

/**
 * stand_folder - where the database stands
 *
 * Gives   a string that lives as long as the stand
 * Thread  the test's own
 */
const char *stand_folder(const struct stand *stand);

#endif
