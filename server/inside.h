/* SPDX-License-Identifier: Apache-2.0
 *
 * inside.h - what the files of the session engine share; nobody else's.
 *
 * The way of a request: session.c frames it, request.c reads and checks it,
 * dispatch.c calls its handler do_<verb>.  A handler answers at once, or makes
 * a task: work for a thread of db/ with a function that answers afterwards.
 * All here runs on the loop thread but the run functions of tasks.
 */
#ifndef SERVER_INSIDE_H
#define SERVER_INSIDE_H

#include "db/db.h"
#include "db/user.h"
#include "protocol/command.h"
#include "protocol/limit.h"
#include "protocol/lines.h"
#include "protocol/reply.h"
#include "protocol/texts.h"
#include "server/seen.h"
#include "server/session.h"
#include "server/version.h"

#include <pthread.h>

struct task;

/* One request, read and checked. */
struct request {
    char *tag; /* with its "@", or NULL */
    const struct command *command;
    enum command_id id;
    struct words words; /* all of the line */
    const char **args;  /* the positional values behind the verb */
    size_t args_n;
    size_t keyed; /* index of the first word behind the verb */
    char *text;   /* the line and its heredoc, for the digest of once= */
};

typedef void task_fn(struct session *s, struct task *t);

/* Work on another thread on behalf of a request.  Stages follow each other:
 * finish may start the next one on the same task. */
struct task {
    struct job job; /* first, so that a job is its task */
    struct engine *engine;
    struct session *session; /* NULL once the session is gone */
    struct task *next_of_session;
    struct request request;
    bool finishing;    /* finish runs; who called it frees the task */
    bool silent;       /* it answers no request */
    uint64_t order;    /* of its request among those of the session */
    struct text after; /* answers of later requests that are ready already */
    bool keeps_order;  /* a change that may share a commit with others */
    task_fn *finish;   /* on the loop; answers */
    void (*clean)(struct task *t); /* frees state; may be NULL */
    void *state;
    struct changeset *set; /* of a change; its events are published whether
                              or not the session is still there */
    /* Copies of what the thread needs of the session. */
    char *user;
    struct viewer viewer;
    uint64_t scope;
    bool json;
    enum language language;
    int64_t now_ms;
    /* What the thread leaves for the loop. */
    struct text out; /* data lines */
    size_t rows;
    struct fault fault;
    uint64_t head;
    struct seen_list seen; /* what the data lines showed */
};

/* What a session is told of. */
struct watch {
    unsigned number;
    bool all;
    enum kind kind; /* with id 0: every object of the kind */
    uint64_t id;
    uint64_t cursor; /* events up to this seq are dealt with */
};

struct batch {
    unsigned number;
    struct changeset set;
    struct text request; /* the lines queued, for the digest of once= */
    size_t steps;        /* commands given, good and bad */
    size_t spoiled;      /* the first bad one; 0 for none */
};

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
    bool waits;       /* a task that does not keep order is in flight */
    struct unit held; /* a request that must wait for its turn */
    bool has_held;
    struct batch *batch;
    unsigned batch_numbers;
    struct seen_list seen;
    /* Watches. */
    struct watch watches[LIMIT_WATCHES];
    size_t watches_n;
    unsigned watch_numbers;
    uint64_t last_tx;    /* of the event before */
    uint64_t cursor;     /* next event to look at has a greater seq */
    uint64_t known_head; /* the journal reaches at least to here */
    bool catching_up;    /* a job reads the journal for it */
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

#define CACHE_RECORDS 16

/* A record that computations share; freed when nobody holds it. */
struct shared_record {
    struct record *record;
    uint64_t team, tender, touched;
    size_t shares;
};

struct engine {
    struct db *db;
    struct engine_hooks hooks;
    pthread_mutex_t lock; /* guards finished */
    struct job *finished, **finished_end;
    struct session *sessions;
    size_t sessions_n;
    size_t jobs; /* in flight */
    uint64_t numbers;
    bool draining;
    struct feed *feeds;
    struct shared_record *cache[CACHE_RECORDS];
    size_t cache_turn;
};

/* session.c */

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
 * session_refuse - answer with an error line made of a few words
 *
 * Takes   field, got, allowed  may be NULL
 * Gives   the final line
 * Thread  loop
 */
void session_refuse(struct session *s, const struct request *q, enum err err,
    const char *field, const char *got, const char *allowed);

/**
 * session_viewer - whom the session speaks for
 *
 * Gives   borrowed from the session
 * Thread  loop
 */
struct viewer session_viewer(const struct session *s);

/* request.c */

/**
 * request_read - read and check one unit
 *
 * Checks words, verb, right, arity and keys; values of fields are checked by
 * the handlers, who know the kind.
 *
 * Gives   *q, freed with request_fini, also after an error (its tag is then
 *         known as far as it was read)
 * Errors  in *fault
 * Thread  loop
 */
enum err request_read(struct session *s, const struct unit *unit,
    struct request *q, struct fault *fault) MUST_USE;

/**
 * request_fini - free a request
 *
 * Gives   *q all zero
 * Thread  any
 */
void request_fini(struct request *q);

/**
 * request_key - the value of key= in a request
 *
 * Gives   a string of the request, NULL when it is absent
 * Thread  any
 */
const char *request_key(const struct request *q, const char *key);

/**
 * request_int - a key that takes a whole number
 *
 * Takes   preset  what absence means
 * Gives   *got
 * Errors  ERR_ARG in *fault: not a number of 0..10^15
 * Thread  any
 */
enum err request_int(const struct request *q, const char *key, uint64_t preset,
    uint64_t *got, struct fault *fault) MUST_USE;

/* task.c */

/**
 * task_new - a task for a request, which it takes
 *
 * Gives   a task that copies what it needs of the session; *q all zero
 * Thread  loop
 */
struct task *task_new(struct session *s, struct request *q);

typedef enum err task_queue_fn(struct db *db, struct job *job);

/**
 * task_start - hand a task to a thread; it may be called again by finish
 *
 * Takes   queue   db_read, db_write, db_work or db_hash
 *         finish  called on the loop when it has run, unless the session is
 *                 gone; the task is freed after the finish that starts no
 *                 other stage
 * Gives   the task belongs to the engine; a full queue answers "err busy"
 * Thread  loop
 */
void task_start(
    struct task *t, task_queue_fn *queue, job_run_fn *run, task_fn *finish);

/**
 * task_drop - a task that was answered without being started
 *
 * Gives   freed now, or by whoever called its finish
 * Thread  loop
 */
void task_drop(struct task *t);

/**
 * task_done - a job of the engine has run
 *
 * Gives   the request answered, the task freed or in its next stage
 * Thread  loop
 */
void task_done(struct task *t);

/**
 * task_forget - the session of the tasks is gone
 *
 * Gives   tasks that free themselves when they have run
 * Thread  loop
 */
void task_forget(struct session *s);

/**
 * task_reply - a reply that writes data lines into the task
 *
 * Gives   a struct to write with
 * Thread  the one that runs the task
 */
struct reply task_reply(struct task *t);

/**
 * task_answer - send the data lines of a task, or its fault
 *
 * Gives   true when it went well: the caller then writes the final line
 * Thread  loop
 */
bool task_answer(struct session *s, struct task *t);

/**
 * task_final - begin the final line "ok TAG n=ROWS"
 *
 * Gives   *r with a line begun
 * Thread  loop
 */
void task_final(struct session *s, struct task *t, struct reply *r);

/* feed.c */

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
 * Gives   a seq to resume from
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

/* change.c */

/**
 * change_read - the fields of a request as one change of a set
 *
 * Takes   kind    of the object
 *         target  set, del: the object as the writer shall find it; or NULL
 * Gives   *set grown by one change
 * Errors  in *fault; *set is as before
 * Thread  loop
 */
enum err change_read(struct session *s, const struct request *q, enum kind kind,
    const char *target, struct changeset *set, struct fault *fault) MUST_USE;

/**
 * change_fill - what a set says of whom it comes from
 *
 * Takes   request  text whose digest tells two uses of once= apart; taken
 * Gives   *set filled
 * Thread  loop
 */
void change_fill(struct session *s, const struct request *q, char *request,
    struct changeset *set);

/**
 * once_read - check the once= of a request
 *
 * Errors  ERR_ARG in *fault
 * Thread  loop
 */
enum err once_read(const struct request *q, struct fault *fault) MUST_USE;

/**
 * run_apply - the work of a task that changes the record
 *
 * Gives   t->set with its results
 * Thread  writer
 */
enum err run_apply(struct store *store, struct job *job);

/**
 * fault_fields - refuse a word that is no field of a kind
 *
 * Gives   ERR_ARG with the fields of the kind, and more, as allowed=
 * Thread  any
 */
enum err fault_fields(enum kind kind, const char *field, const char *got,
    const char *more, struct fault *fault);

/**
 * fault_kinds - refuse a word that is no kind
 *
 * Gives   ERR_ARG with all kinds as allowed=
 * Thread  any
 */
enum err fault_kinds(const char *got, struct fault *fault);

/* do_batch.c */

/**
 * batch_kind - the kind of what a name or code of this batch stands for
 *
 * Gives   KIND_NONE when the batch adds no such object
 * Thread  loop
 */
enum kind batch_kind(const struct session *s, const char *word);

/**
 * batch_queue - answer a change that was added to the batch
 *
 * Gives   the final line "ok queued=N"
 * Thread  loop
 */
void batch_queue(struct session *s, const struct request *q);

/**
 * batch_refuse - answer a bad request; inside a batch it spoils the batch
 *
 * Gives   the final line
 * Thread  loop
 */
void batch_refuse(
    struct session *s, const struct request *q, const struct fault *fault);

/**
 * batch_free - drop the batch of a session, if there is one
 *
 * Gives   s->batch NULL
 * Thread  loop
 */
void batch_free(struct session *s);

/* cache.c */

/**
 * cache_peek - the record of a tender that was computed on last
 *
 * Gives   one share more, to be given back by cache_drop; NULL when there is
 *         none
 * Thread  loop
 */
struct shared_record *cache_peek(
    struct engine *engine, uint64_t team, uint64_t tender);

/**
 * cache_put - keep a record that was just read; it is taken
 *
 * Gives   the shared one, with one share for the caller
 * Thread  loop
 */
struct shared_record *cache_put(struct engine *engine, uint64_t team,
    uint64_t tender, uint64_t touched, struct record *record);

/**
 * cache_drop - give a share back
 *
 * Gives   *shared NULL; freed when that was the last share
 * Thread  loop
 */
void cache_drop(struct shared_record **shared);

/**
 * cache_free - forget all records
 *
 * Gives   none left but those that tasks hold
 * Thread  loop
 */
void cache_free(struct engine *engine);

/* dispatch.c */

/**
 * dispatch - run the handler of a request
 *
 * Gives   an answer or a task; *q is taken
 * Thread  loop
 */
void dispatch(struct session *s, struct request *q);

#endif
