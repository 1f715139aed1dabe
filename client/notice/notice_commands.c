/* SPDX-License-Identifier: Apache-2.0
 *
 * notice_commands.c - the whole plan, from begin to commit.
 */
#include "client/notice/notice_commands.h"

#include "client/notice/notice_check.h"
#include "client/notice/notice_draft.h"
#include "client/notice/notice_value.h"
#include "protocol/limit.h"

#include <stdio.h>
#include <string.h>

/* How many digits of the digest stand in the key of the batch. */
#define KEY_DIGITS 16

/* What tells the notice, set last; also when it is the same, so that the
 * newest change of it marks the newest import. */
static void plan_identity(struct draft *d)
{
    const struct notice *n = d->notice;
    struct want w;

    want_start(&w, KIND_TENDER, n->line, d->tender);
    want_text(d, &w, FIELD_TENDER_NOTICE_ID, n->id);
    want_text(d, &w, FIELD_TENDER_NOTICE_VERSION, n->version);
    want_day(d, &w, FIELD_TENDER_NOTICE_DATE, n->issue_date);
    want_value(d, &w, FIELD_TENDER_NOTICE_DIGEST, n->digest);
    if (d->kept_more)
        want_text(d, &w, FIELD_TENDER_NOTICE_KEPT, d->kept_words.bytes);
    request_send(d, &w, draft_text(d, "set %s", d->tender), NULL, d->tender);
}

/* Objects that could need a command each; checked before any work, as a
 * hostile file can name very many. */
static size_t count_objects(const struct notice *n)
{
    size_t count = n->lots_n;

    for (size_t i = 0; i < n->lots_n; i++)
        count += n->lots[i].criteria_n;
    if (n->result == NULL)
        return count;
    count += n->result->tenders_n + n->result->lots_n;
    for (size_t i = 0; i < n->result->lots_n; i++)
        count += n->result->lots[i].winners.n;
    for (size_t i = 0; i < n->result->parties_n; i++)
        count += n->result->parties[i].orgs.n;
    return count;
}

static enum err refuse_size(const struct notice *n, size_t count,
    enum language language, struct text *why)
{
    char objects[24];
    char most[24];

    (void)snprintf(objects, sizeof objects, "%zu", count);
    (void)snprintf(most, sizeof most, "%d", LIMIT_BATCH);
    text_printf(why, "%s: ", n->file);
    remark_say(why, language, REMARK_TOO_MUCH, objects, most, NULL, NULL);
    return ERR_LIMIT;
}

static enum err refuse_empty(
    const struct notice *n, enum language language, struct text *why)
{
    text_printf(why, "%s:%ld: ", n->file, n->line);
    remark_say(why, language, REMARK_EMPTY, n->root, NULL, NULL, NULL);
    return ERR_ARG;
}

static void end_draft(struct draft *d)
{
    parties_fini(d);
    word_map_fini(&d->lot_ids);
    word_map_fini(&d->codes);
    word_map_fini(&d->kept);
    text_fini(&d->kept_words);
    pool_fini(&d->pool);
}

static void start_draft(struct draft *d, const struct notice_match *match)
{
    if (match->tender == NULL)
        return;
    d->now = known_find(&d->known->now[KIND_TENDER], match->tender->id);
    d->then = known_find(&d->known->then[KIND_TENDER], match->tender->id);
    if (d->now == NULL)
        d->now = match->tender;
    d->fill = match->verdict == NOTICE_FILLS;
    kept_start(d, known_get(d->now, "notice-kept"));
}

static void plan_all(struct draft *d)
{
    const struct notice *n = d->notice;

    plan_add(d->plan, 0, "begin\n");
    parties_start(d);
    tender_plan(d);
    lots_plan(d);
    criteria_plan(d);
    result_plan(d);
    if (!d->fill)
        plan_identity(d);
    if (d->plan->n == 1) {
        plan_fini(d->plan);
        return;
    }
    plan_add(d->plan, 0,
        draft_text(d, "commit once=notice-%.*s-%llu\n", KEY_DIGITS, n->digest,
            (unsigned long long)d->known->at));
}

enum err notice_commands(const struct notice *notice,
    const struct notice_known *known, const struct notice_match *match,
    enum language language, struct remarks *remarks, struct notice_plan *plan,
    struct text *why)
{
    struct draft d = {
        .notice = notice, .known = known, .remarks = remarks, .plan = plan};
    size_t count = count_objects(notice);

    if (notice_is_empty(notice))
        return refuse_empty(notice, language, why);
    if (count > LIMIT_BATCH)
        return refuse_size(notice, count, language, why);
    if (match->verdict == NOTICE_KNOWN)
        return ERR_OK;
    notice_check(notice, remarks);
    start_draft(&d, match);
    plan_all(&d);
    end_draft(&d);
    /* Begin and commit are not of the batch. */
    if (plan->n <= LIMIT_BATCH + 2)
        return ERR_OK;
    enum err err = refuse_size(notice, plan->n - 2, language, why);
    plan_fini(plan);
    return err;
}
