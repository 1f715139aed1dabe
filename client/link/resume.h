/* SPDX-License-Identifier: Apache-2.0
 *
 * resume.h - a session that outlives its link.
 *
 * It remembers what a session is made of: the token, what "use" chose, the
 * watches and how far each has come, an open batch, and changes that were
 * sent and not answered.  After a loss it connects again, puts all of that
 * back, and sends those changes again under their once= keys, so that each is
 * made once.  It says what it does; how a sentence is shown is not its own.
 */
#ifndef CLIENT_LINK_RESUME_H
#define CLIENT_LINK_RESUME_H

#include "client/client.h"
#include "client/link/resume_seen.h"

#include <stdint.h>

/* What differs between a prompt, a watch on a pipe and a live view. */
struct resume_ways {
    /* Shows a sentence, which is safe. */
    void (*tell)(void *ctx, const char *sentence);
    /* Waits so long; false when the person has given up. */
    bool (*wait)(void *ctx, int ms);
    /* Asks a request and shows its answer; NULL when nobody wants to see. */
    void (*ask)(void *ctx, const char *line);
    void *ctx;
    int limit_ms; /* give up after so long without a link; -1: never */
};

struct resume_use {
    char *key, *value; /* owned */
};

struct resume_watch {
    char *target, *number; /* owned */
    uint64_t last;         /* all events up to this one have come */
    bool live;             /* the server knows of it on this link */
};

struct resume {
    struct client *client;
    struct resume_ways ways;
    struct talk_memory memory;
    char *token;   /* owned; NULL: there is none */
    bool external; /* the certificate logs in */
    char *epoch;   /* owned; in which the watches stand */
    struct resume_use *uses;
    size_t uses_n, uses_room;
    struct resume_watch *watches;
    size_t watches_n, watches_room;
    char **batch; /* owned; from "begin" on */
    size_t batch_n, batch_room;
    bool batching, spoiled;
    char **unanswered; /* owned; requests to be asked again by hand */
    size_t unanswered_n, unanswered_room;
    struct resume_seen seen; /* for if=seen on the next link */
    struct talk_open *held;  /* changes whose outcome is not known */
    size_t held_n;
    uint64_t *replayed; /* in rising order: events seen on this link */
    size_t replayed_n, replayed_room;
    uint64_t replay_head; /* beyond it nothing comes twice */
    bool replaying, restoring;
    bool waiting; /* for a login before the rest is put back */
};

/**
 * resume_plain - the ways of a program that is not a session
 *
 * Gives   *ways: sentences on standard error, waiting that only a signal
 *         ends, an end after the time that the client waits for an answer
 * Thread  main
 */
void resume_plain(const struct client *client, struct resume_ways *ways);

/**
 * resume_init - remember what is said from now on
 *
 * Gives   *resume, which must stay where it is; client->talk has its memory
 * Thread  main
 */
void resume_init(struct resume *resume, struct client *client,
    const struct resume_ways *ways);

/**
 * resume_key - give a change a once= key, so that it can be sent again
 *
 * Takes   *request  whole lines with their ends
 * Gives   *request grown, unless it has a key, takes none or is of a batch
 * Thread  main
 */
void resume_key(const struct resume *resume, struct text *request);

/**
 * resume_can - whether a link that has ended should be made anew
 *
 * Gives   false when it was asked to end, and when nobody was logged in
 * Thread  main
 */
bool resume_can(const struct resume *resume);

/**
 * resume_back - connect again and put the session back
 *
 * Waits between the tries, longer each time and by chance, so that the
 * clients of a server do not all come back at once.
 *
 * Takes   err  that talk_turn answered
 * Gives   STATUS_OK with a session, perhaps of nobody until a login;
 *         else the exit status, what happened having been told
 * Thread  main; it waits
 */
int resume_back(struct resume *resume, enum err err) MUST_USE;

/**
 * resume_restore - put back the session of who is logged in now
 *
 * Gives   settings, watches and batch; the changes in flight
 * Errors  as talk_ask
 * Thread  main; it waits
 */
enum err resume_restore(struct resume *resume) MUST_USE;

/**
 * resume_batch_drop - forget the batch, which has ended
 *
 * Gives   *resume without a batch
 * Thread  main
 */
void resume_batch_drop(struct resume *resume);

/**
 * resume_say - tell a sentence in the language in force
 *
 * Takes   ...  as say
 * Gives   the way "tell" called with a safe string
 * Thread  main
 */
void resume_say(const struct resume *resume, enum text_id id, ...);

/**
 * resume_fini - forget everything
 *
 * Gives   *resume all zero; the talk has no memory
 * Thread  main
 */
void resume_fini(struct resume *resume);

#endif
