/* SPDX-License-Identifier: Apache-2.0
 *
 * event.h - one row of the journal, which is also one event.
 *
 * The journal is the spine: events, history and the past are readings of it.
 * An event is made by the thread that reads or writes the journal and then
 * belongs to the loop thread alone, which may share it by counting.
 */
#ifndef DB_EVENT_H
#define DB_EVENT_H

#include "protocol/base_text.h"
#include "protocol/kind.h"

struct event {
    size_t shares; /* whoever holds it; freed at 0; starts at 1 */
    uint64_t team;
    uint64_t seq;
    uint64_t tx;     /* the last seq of its transaction */
    int64_t time;    /* ms since 1970 */
    uint64_t tender; /* 0: of the team */
    enum kind kind;  /* KIND_NONE for rows about members and roles */
    uint64_t id;
    char *name; /* "bid.set", "note.add", "member.add" */
    char *author;
    uint64_t session; /* of the server that made it; 0 none */
    char *after;      /* changed fields as they are now, as words of the wire */
    char *before;     /* the same fields as they were, as words of the wire */
    char *members; /* of its tender now, ",ann,bob,"; NULL: all of the team */
    /* As it is told, once somebody was: the same bytes for all who watch, cut
     * where tx= and sess= stand for some of them. */
    struct text told;
    size_t told_head, told_author;
};

struct events {
    struct event **list;
    size_t n;
    size_t room;
};

/**
 * event_did - whether the name of an event ends in a verb, as "add"
 *
 * Gives   true or false
 * Thread  any
 */
bool event_did(const char *name, const char *verb);

/**
 * event_drop - give a share back
 *
 * Gives   *event NULL; freed when that was the last share
 * Thread  the one that owns the event
 */
void event_drop(struct event **event);

/**
 * events_add - append one, which then belongs to the list
 *
 * Gives   *events grown
 * Thread  the one that owns *events
 */
void events_add(struct events *events, struct event *event);

/**
 * events_fini - give back every share and free the list
 *
 * Gives   *events all zero
 * Thread  the one that owns *events
 */
void events_fini(struct events *events);

#endif
