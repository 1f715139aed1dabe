/* SPDX-License-Identifier: Apache-2.0
 *
 * inside.h - what the files of the session engine share; nobody else's.
 *
 * The way of a request: session.c frames it, request.c reads and checks it,
 * dispatch.c calls its handler do_<verb>.  A handler answers at once, or makes
 * a task: work for a thread of db/ with a function that answers afterwards.
 * All here runs on the loop thread but the run functions of tasks.
 */
#ifndef SERVER_SESSION_INSIDE_H
#define SERVER_SESSION_INSIDE_H

#include "db/user.h"
#include "protocol/limit.h"
#include "server/figure/cache.h"
#include "server/session/batch.h"
#include "server/session/counts.h"
#include "server/session/engine.h"
#include "server/session/feed.h"
#include "server/session/penalty.h"
#include "server/session/session.h"
#include "server/session/task.h"
#include "server/version.h"

#include <pthread.h>

struct session {
    struct engine *engine;
    struct session *prev, *next;
    uint64_t number;
    char *address;
    struct session_hooks hooks;
    struct lines lines;
    struct text out;
    size_t out_done; /* bytes of out that were sent */
    bool out_full;   /* over the high mark and not yet under the low one */
    bool eof, over;
    bool told;    /* hooks.changed is being called */
    bool pumping; /* session_pump runs; it is not entered again */
    /* Who. */
    struct user user; /* user.id 0 before login */
    unsigned frozen;  /* changes of this user that are on their way */
    bool by_certificate;
    unsigned failed_logins;
    int64_t since_ms;  /* of the connection */
    int64_t active_ms; /* of the last request */
    int64_t tick_ms;   /* of the last sign of life while watching */
    /* Settings. */
    uint64_t scope; /* tender in use */
    bool json;
    enum language language;
    bool stop_on_error, stopped;
    /* Work. */
    struct task *tasks; /* in flight */
    uint64_t orders;    /* requests taken */
    uint64_t answering; /* the order of the one being answered now */
    size_t tasks_n;
    size_t tokens;     /* requests that may be taken now */
    int64_t filled_ms; /* when tokens were added */
    bool throttled;    /* there were none left */
    bool waits;        /* a task that does not keep order is in flight */
    struct unit held;  /* a request that must wait for its turn */
    bool has_held;
    struct batch *batch;
    unsigned batch_numbers;
    struct seen_list seen;
    struct counts *counts; /* of the user's team */
    uint64_t began_us;     /* of the request at hand */
    /* Watches. */
    struct watch *watches;
    size_t watches_n, watches_room;
    unsigned watch_numbers;
    enum event_detail detail;
    uint64_t last_tx;    /* of the event before */
    uint64_t cursor;     /* next event to look at has a greater seq */
    uint64_t known_head; /* the journal reaches at least to here */
    bool catching_up;    /* a job reads the journal for it */
};

struct engine {
    struct db *db;
    struct engine_hooks hooks;
    pthread_mutex_t lock; /* guards finished */
    struct job *finished, **finished_end;
    struct task *news; /* tasks that tell how far they are */
    struct session *sessions;
    size_t sessions_n;
    size_t jobs;            /* in flight */
    size_t controls;        /* of them changes by the administrator */
    uint64_t users_changed; /* how often the administrator changed users */
    uint64_t numbers;
    bool draining;
    bool cutting;   /* old rows of the journal are being dropped */
    int64_t cut_ms; /* when that is looked at again */
    struct penalties *penalties;
    struct feed *feeds;
    struct shared_record *cache[CACHE_RECORDS];
    size_t cache_turn;
    struct counts *counts; /* of the teams, and of team 0 */
    uint64_t started_us;
    uint64_t grease; /* state of random numbers, 0: off */
    struct engine_outside outside;
};

/**
 * session_pump - answer requests until one must wait
 *
 * Gives   output, tasks
 * Thread  loop
 */
void session_pump(struct session *s);

/**
 * session_changed - tell the owner that there is something to look at
 *
 * Gives   the hook called
 * Thread  loop
 */
void session_changed(struct session *s);

/**
 * session_reply - a reply that writes the answer of the request at hand
 *
 * Gives   a struct to write with, to session_out
 * Thread  loop
 */
struct reply session_reply(struct session *s);

/**
 * session_out - where the answer being written goes
 *
 * Answers keep the order of requests: while an earlier request is still being
 * worked on, the answer waits behind it.
 *
 * Gives   a text to append whole lines to
 * Thread  loop
 */
struct text *session_out(struct session *s);

/**
 * session_fail - answer with an error line
 *
 * Takes   q      the request, whose tag is given back
 *         fault  its parts; rows and the object of a conflict come before
 * Gives   the final line; in stop mode the rest is skipped from now on
 * Thread  loop
 */
void session_fail(
    struct session *s, const struct request *q, const struct fault *fault);

/**
 * session_audit - write down that a right was wanting
 *
 * Gives   a row of the audit, written behind the answer
 * Thread  loop
 */
void session_audit(
    struct session *s, const struct request *q, const struct fault *fault);

/**
 * session_refuse - answer with an error line made of a few words
 *
 * Takes   field, got, allowed  may be NULL
 * Gives   the final line
 * Thread  loop
 */
void session_refuse(struct session *s, const struct request *q, enum err err,
    const char *field, const char *got, const char *allowed);

/**
 * session_refuse_limit - answer that a limit is reached
 *
 * Takes   field  what there is more of than is allowed
 * Gives   the final line, with the limit in force
 * Thread  loop
 */
void session_refuse_limit(struct session *s, const struct request *q,
    const char *field, enum limit limit);

/**
 * session_answered - count a request that has its answer
 *
 * Takes   s  NULL when it is gone
 * Gives   the counts of the team, and a line of the log when it is wanted
 * Thread  loop
 */
void session_answered(struct session *s, struct counts *counts,
    enum command_id verb, uint64_t began_us);

/**
 * session_viewer - whom the session speaks for
 *
 * Gives   borrowed from the session
 * Thread  loop
 */
struct viewer session_viewer(const struct session *s);

/**
 * dispatch - run the handler of a request
 *
 * Gives   an answer or a task; *q is taken
 * Thread  loop
 */
void dispatch(struct session *s, struct request *q);

#endif
