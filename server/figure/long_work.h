/* SPDX-License-Identifier: Apache-2.0
 *
 * long_work.h - a computation under way: how far it is, and whether to go on.
 *
 * The thread that computes calls long_work_tell every few milliseconds and ends
 * when that says so; the loop calls long_work_stop when nobody waits any more.  It
 * knows neither sessions nor threads: whoever wants to be told gives a
 * function.
 */
#ifndef SERVER_FIGURE_LONG_WORK_H
#define SERVER_FIGURE_LONG_WORK_H

#include "db/change.h"
#include "protocol/texts.h"

#include <stdatomic.h>

/* There is something new to tell; called on the thread that computes. */
typedef void long_work_news_fn(void *ctx);

struct long_work {
    atomic_bool stopped;     /* by the loop */
    atomic_uint progress;    /* percent, for the loop */
    long_work_news_fn *news; /* NULL: nobody is told */
    void *ctx;
    /* Of the thread that computes. */
    uint64_t since_us, told_us;
    unsigned told;      /* percent */
    size_t part, parts; /* the lot at hand, of so many */
    uint64_t done, all; /* as long_work_tell was told last */
    bool late;
};

/**
 * long_work_init - a computation that is going to begin
 *
 * Takes   news  called at most every "progress-time"; NULL for never
 * Gives   *work
 * Thread  loop
 */
void long_work_init(struct long_work *work, long_work_news_fn *news, void *ctx);

/**
 * long_work_begin - the thread begins; the time that is allowed runs from here
 *
 * Gives   *work with nothing done
 * Thread  the one that computes
 */
void long_work_begin(struct long_work *work);

/**
 * long_work_begin_at - the same at a time that the caller has read
 *
 * Takes   now_us  as counts_now_us gives it
 * Gives   *work with nothing done
 * Thread  the one that computes
 */
void long_work_begin_at(struct long_work *work, uint64_t now_us);

/**
 * long_work_part - begin one of several parts of the same size
 *
 * Takes   part, parts  from 0; what long_work_tell says is of this part
 * Gives   *work
 * Thread  the one that computes
 */
void long_work_part(struct long_work *work, size_t part, size_t parts);

/**
 * long_work_past - whether so much of the time that is allowed is over
 *
 * Takes   percent  of "compute-time"
 * Gives   true when more of it has passed
 * Thread  the one that computes
 * Cost    one reading of the clock
 */
bool long_work_past(const struct long_work *work, unsigned percent);

/**
 * long_work_past_at - the same at a time that the caller has read
 *
 * Takes   now_us   not before that of long_work_begin_at
 *         percent  of "compute-time"
 * Gives   as long_work_past
 * Thread  the one that computes
 */
bool long_work_past_at(
    const struct long_work *work, uint64_t now_us, unsigned percent);

/**
 * long_work_tell - say how far it is
 *
 * Takes   done, all  in any unit; all 0 when it is not known
 * Gives   true to go on; false to end now, and answer with long_work_ended
 * Thread  the one that computes
 * Cost    one reading of the clock
 */
bool long_work_tell(struct long_work *work, uint64_t done, uint64_t all);

/**
 * long_work_tell_at - the same at a time that the caller has read
 *
 * Takes   now_us  not before that of long_work_begin_at
 *         done, all  as long_work_tell
 * Gives   as long_work_tell
 * Thread  the one that computes
 */
bool long_work_tell_at(
    struct long_work *work, uint64_t now_us, uint64_t done, uint64_t all);

/**
 * long_work_ended - the answer of a computation that long_work_tell ended
 *
 * Takes   field  what to ask less of, as a key of the request: its got= is
 *                all, its allowed= what was done; NULL: the limit of time
 * Gives   ERR_LIMIT when its time was over, ERR_UNAVAILABLE when nobody
 *         waits for it; *fault says so
 * Thread  the one that computes
 */
enum err long_work_ended(const struct long_work *work, const char *field,
    enum language language, struct fault *fault);

/**
 * long_work_stop - nobody waits for it any more
 *
 * Gives   long_work_tell false from now on
 * Thread  any
 */
void long_work_stop(struct long_work *work);

/**
 * long_work_percent - how far it is
 *
 * Gives   0..100
 * Thread  any
 */
unsigned long_work_percent(const struct long_work *work);

#endif
