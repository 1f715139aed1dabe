/* SPDX-License-Identifier: Apache-2.0
 *
 * long_work.c - how far a computation is, and whether to go on.
 */
#include "server/figure/long_work.h"

#include "protocol/base_mem.h"
#include "protocol/limit.h"
#include "server/session/counts.h"

#include <stdio.h>

void long_work_init(struct long_work *work, long_work_news_fn *news, void *ctx)
{
    *work = (struct long_work){.news = news, .ctx = ctx, .parts = 1};
}

void long_work_begin(struct long_work *work)
{
    long_work_begin_at(work, counts_now_us());
}

void long_work_begin_at(struct long_work *work, uint64_t now_us)
{
    work->since_us = work->told_us = now_us;
    work->told = 0;
    long_work_part(work, 0, 1);
}

void long_work_part(struct long_work *work, size_t part, size_t parts)
{
    INSIST(part < parts);
    work->part = part;
    work->parts = parts;
    work->done = work->all = 0;
}

static void note_progress(struct long_work *work, uint64_t now_us)
{
    double share = work->all ? (double)work->done / (double)work->all : 0.0;
    double whole = ((double)work->part + (share < 1.0 ? share : 1.0)) /
                   (double)work->parts;
    unsigned percent = (unsigned)(whole * 100.0);

    if (percent <= work->told ||
        !limit_is_over(LIMIT_ROW_PROGRESS_TIME,
            (int64_t)((now_us - work->told_us) / 1000) + 1))
        return;
    work->told = percent;
    work->told_us = now_us;
    atomic_store(&work->progress, percent);
    if (work->news)
        work->news(work->ctx);
}

bool long_work_past(const struct long_work *work, unsigned percent)
{
    return long_work_past_at(work, counts_now_us(), percent);
}

bool long_work_past_at(
    const struct long_work *work, uint64_t now_us, unsigned percent)
{
    const uint64_t most_us = LIMIT_NOW(COMPUTE_TIME) * UINT64_C(1000);

    return now_us - work->since_us > most_us / 100 * percent;
}

bool long_work_tell(struct long_work *work, uint64_t done, uint64_t all)
{
    return long_work_tell_at(work, counts_now_us(), done, all);
}

bool long_work_tell_at(
    struct long_work *work, uint64_t now_us, uint64_t done, uint64_t all)
{
    work->done = done;
    work->all = all;
    if (limit_is_over(LIMIT_ROW_COMPUTE_TIME,
            (int64_t)((now_us - work->since_us + 999) / 1000)))
        work->late = true;
    if (work->late || atomic_load(&work->stopped))
        return false;
    note_progress(work, now_us);
    return true;
}

enum err long_work_ended(const struct long_work *work, const char *field,
    enum language language, struct fault *fault)
{
    char got[24], allowed[24];

    if (!work->late)
        return fault_set(fault, ERR_UNAVAILABLE, NULL, NULL, NULL);
    if (field == NULL) {
        fault_limit(fault, "compute-time", LIMIT_ROW_COMPUTE_TIME);
    } else {
        (void)snprintf(got, sizeof got, "%llu", (unsigned long long)work->all);
        (void)snprintf(
            allowed, sizeof allowed, "%llu", (unsigned long long)work->done);
        fault_set(fault, ERR_LIMIT, field, got, allowed);
    }
    fault->note = mem_text(text_of(TEXT_COMPUTE_LATE, language));
    return ERR_LIMIT;
}

void long_work_stop(struct long_work *work)
{
    atomic_store(&work->stopped, true);
}

unsigned long_work_percent(const struct long_work *work)
{
    return atomic_load(&work->progress);
}
