/* SPDX-License-Identifier: Apache-2.0
 *
 * batch.h - changes of a request, and batches of them.
 */
#ifndef SERVER_SESSION_BATCH_H
#define SERVER_SESSION_BATCH_H

#include "server/session/request.h"
#include "server/session/task.h"

/* A batch that is open. */
struct batch {
    unsigned number;
    struct changeset set;
    struct text request; /* the lines queued, for the digest of once= */
    size_t steps;        /* commands given, good and bad */
    size_t spoiled;      /* the first bad one; 0 for none */
};

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
 * Gives   ERR_OK for a key that is absent or well formed
 * Errors  ERR_ARG in *fault
 * Thread  loop
 */
enum err once_read(const struct request *q, struct fault *fault) MUST_USE;

/**
 * change_start - hand a task that changes the record to the writer
 *
 * Takes   t  with its set
 * Gives   as task_start
 * Thread  loop
 */
void change_start(struct task *t, task_fn *finish);

/**
 * fault_field - refuse a word whose key is no field of a kind
 *
 * Gives   ERR_ARG with the fields of the kind, and more, as allowed=
 * Thread  any
 */
enum err fault_field(enum kind kind, const struct word *w, const char *more,
    struct fault *fault);

/**
 * fault_fields - refuse one of the words behind a key that is no field
 *
 * Gives   as fault_field
 * Thread  any
 */
enum err fault_fields(enum kind kind, const char *key, const char *word,
    const char *more, struct fault *fault);

/**
 * fault_kinds - refuse a word that is no kind
 *
 * Gives   ERR_ARG with all kinds as allowed=
 * Thread  any
 */
enum err fault_kinds(const char *got, struct fault *fault);

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

#endif
