/* SPDX-License-Identifier: Apache-2.0
 *
 * feed.h - recent events of a team, and who watches them.
 */
#ifndef SERVER_SESSION_FEED_H
#define SERVER_SESSION_FEED_H

#include "db/event.h"
#include "protocol/reply.h"

struct engine;
struct session;

/* What a session is told of. */
struct watch {
    unsigned number;
    bool all;
    enum kind kind; /* with id 0: every object of the kind */
    uint64_t id;
    uint64_t cursor; /* events up to this seq are dealt with */
};

/* What a session is told of an event. */
enum event_detail {
    EVENTS_FULL,  /* the fields, as they are and as they were */
    EVENTS_SHORT, /* which fields */
    EVENTS_OFF    /* nothing for now; the journal keeps it */
};

/* Recent events of one team, so that a commit reaches all watchers without
 * reading the journal again; the seqs are without holes. */
#define FEED_EVENTS 4096

struct feed {
    struct feed *next;
    uint64_t team;
    struct event *ring[FEED_EVENTS]; /* by seq % FEED_EVENTS */
    uint64_t first, last;            /* 0, 0: empty */
};

/**
 * feed_publish - events of a commit, for all who watch
 *
 * Takes   events  rising by seq, of one team; the list keeps its shares
 * Gives   events written to sessions that keep up
 * Thread  loop
 */
void feed_publish(struct engine *engine, const struct events *events);

/**
 * feed_follow - send a session what it has not been told yet
 *
 * Gives   events written, or a job started that reads the journal
 * Thread  loop
 */
void feed_follow(struct session *s);

/**
 * feed_seq - how far a session has been told
 *
 * Gives   a seq to resume from: all before it that the session wants was sent
 * Thread  loop
 */
uint64_t feed_seq(const struct session *s);

/**
 * feed_free - free all feeds
 *
 * Gives   none left
 * Thread  loop
 */
void feed_free(struct engine *engine);

/**
 * event_words - the changed fields of an event, as words of a line
 *
 * Takes   prefix  "" or "was."
 *         words   event->after or event->before
 *         kind    of the object, to know which fields are text
 * Gives   the line grown; a text field as its count of lines and bytes
 * Thread  the one that owns *r
 */
void event_words(
    struct reply *r, const char *prefix, const char *words, enum kind kind);

#endif
