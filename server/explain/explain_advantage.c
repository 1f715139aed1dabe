/* SPDX-License-Identifier: Apache-2.0
 *
 * explain_advantage.c - how the advantage of a bid over what users have came
 * about, need by need, and how many it leaves better off.
 */
#include "server/explain/explain.h"
#include "server/figure/tender_maker.h"
#include "value/fraction.h"
#include "value/front/offer.h"
#include "value/gap/weigh.h"
#include "value/users/advantage.h"

#include <string.h>

/* Which alternative over= names; "today", which it is without it, is none. */
static enum err find_over(struct figures *f, size_t *at)
{
    const char *word = request_key(f->request, "over");

    *at = MODEL_NOWHERE;
    if (word == NULL || strcmp(word, "today") == 0)
        return ERR_OK;
    return explain_find_key(f, "over", word, f->made->alternatives,
        f->made->model.alternatives_n, at);
}

/* Of bid=, or ours. */
static enum err find_bid(struct figures *f, size_t *at)
{
    *at = f->made->model.ours;
    if (f->bid == NULL && *at != MODEL_NOWHERE)
        return ERR_OK;
    return explain_find_bid(f, at);
}

/* One comparison that is explained. */
struct comparing {
    struct figures *f;
    const struct advantage_result *all;
    const struct advantage_row *row;
    struct offer offer;
    struct text gain[2], loss[2]; /* low and high */
};

static bool is_recorded(const struct model *m, size_t alternative)
{
    for (size_t n = 0; n < m->needs_n; n++)
        if (m->alternative_covers[alternative * m->needs_n + n].low !=
            MODEL_ABSENT)
            return true;
    return false;
}

/* What the other side covers of a need, at the least and at the most. */
static void put_theirs(struct comparing *c, size_t need, struct text *theirs)
{
    const struct model *m = &c->f->made->model;
    size_t over = c->row->over;
    const struct model_alternative *a =
        over == MODEL_NOWHERE ? NULL : &m->alternatives[over];
    int64_t level = m->satisfaction == NULL
                        ? MODEL_ABSENT
                        : m->satisfaction[c->row->segment * m->needs_n + need];

    for (int i = 0; i < 2; i++) {
        if (a != NULL && a->bid != MODEL_NOWHERE) {
            text_puts(&theirs[i], explain_cover(&c->offer, a->bid, need).text);
        } else if (a != NULL && is_recorded(m, over)) {
            const struct estimate *e =
                &m->alternative_covers[over * m->needs_n + need];
            text_puts(&theirs[i],
                explain_decimal(e->low == MODEL_ABSENT ? 0 : e->likely).text);
        } else if (level == MODEL_ABSENT) {
            text_puts(&theirs[i], i ? "1" : "0");
        } else {
            text_printf(&theirs[i], "%s / 10", explain_decimal(level).text);
        }
    }
}

static void put_sum(struct text *to, int64_t part)
{
    text_printf(
        to, "%smax(0, %s)", to->len ? " + " : "", explain_micro(part).text);
}

/* One need: its part of what matters x (coverage - theirs). */
static void say_part(struct comparing *c, const struct advantage_part *part)
{
    struct figures *f = c->f;
    const struct model *m = &f->made->model;
    const int64_t *weights = m->importance + c->row->segment * m->needs_n;
    bool range = part->net.low != part->net.high;
    struct text theirs[2] = {{0}}, sum = {0}, name = {0};
    const int64_t net[] = {part->net.low, part->net.high};

    for (size_t n = 0; n < m->needs_n; n++)
        if (weights[n] > 0)
            text_printf(&sum, "%s%s", sum.len ? " + " : "",
                explain_decimal(weights[n]).text);
    put_theirs(c, part->need, theirs);
    object_name(&name, f->made->needs[part->need]);
    for (int i = 0; i < (range ? 2 : 1); i++)
        explain_say(f,
            !range   ? "net of %s = importance / sum of importance x (coverage "
                       "- theirs) = %s / (%s) x (%s - %s) = %s"
            : i == 0 ? "net-low of %s, theirs at its most = %s / (%s) x (%s - "
                       "%s) = %s"
                     : "net-high of %s, theirs at its least = %s / (%s) x (%s "
                       "- %s) = %s",
            text_peek(&name), explain_decimal(weights[part->need]).text,
            text_peek(&sum),
            explain_cover(&c->offer, c->row->bid, part->need).text,
            text_peek(&theirs[1 - i]), explain_micro(net[i]).text);
    for (int i = 0; i < 2; i++) {
        put_sum(&c->gain[i], net[i]);
        put_sum(&c->loss[i], -net[1 - i]);
        text_fini(&theirs[i]);
    }
    text_fini(&sum);
    text_fini(&name);
}

static void say_net(struct comparing *c)
{
    struct figures *f = c->f;
    const struct advantage_row *row = c->row;
    bool range = row->gain.low != row->gain.high ||
                 row->loss.low != row->loss.high ||
                 row->net.low != row->net.high;

    if (range)
        explain_say(f, "ranges: a satisfaction that is not recorded may be "
                       "anything");
    explain_say(f, "gain = sum of what is above 0 = %s = %s",
        text_peek(&c->gain[0]), explain_micro(row->gain.low).text);
    if (range)
        explain_say(f, "gain at the most = the same of net-high = %s = %s",
            text_peek(&c->gain[1]), explain_micro(row->gain.high).text);
    explain_say(f, "loss = sum of what is below 0 = %s = %s",
        text_peek(&c->loss[0]), explain_micro(row->loss.low).text);
    if (range)
        explain_say(f, "loss at the most = the same of net-low = %s = %s",
            text_peek(&c->loss[1]), explain_micro(row->loss.high).text);
    explain_say(f, "net = gain - loss = %s - %s = %s",
        explain_micro(row->gain.low).text, explain_micro(row->loss.high).text,
        explain_micro(row->net.low).text);
    if (range)
        explain_say(f, "net at the most = gain - loss = %s - %s = %s",
            explain_micro(row->gain.high).text,
            explain_micro(row->loss.low).text,
            explain_micro(row->net.high).text);
}

static void say_advantage(struct comparing *c)
{
    offer_init(&c->offer, &c->f->made->model);
    for (size_t i = 0; i < c->all->parts_n; i++) {
        if (&c->all->rows[c->all->parts[i].row] != c->row)
            continue;
        explain_importance(c->f, c->f->made->segments[c->row->segment],
            c->f->made->needs[c->all->parts[i].need]);
        say_part(c, &c->all->parts[i]);
    }
    say_net(c);
    offer_fini(&c->offer);
    for (int i = 0; i < 2; i++) {
        text_fini(&c->gain[i]);
        text_fini(&c->loss[i]);
    }
}

/* Compares all; the row of segment=, or of any. */
static enum err compute(
    struct figures *f, size_t *bid, size_t *over, struct advantage_result **all)
{
    enum err err = find_bid(f, bid);

    if (err == ERR_OK)
        err = find_over(f, over);
    if (err == ERR_OK &&
        advantage_compute(&f->made->model, 0, true, all) != ERR_OK)
        err = figures_lack(f, FIGURE_USERS);
    return err;
}

enum err explain_advantage(struct figures *f)
{
    struct advantage_result *a = NULL;
    struct comparing c = {.f = f};
    size_t bid, segment, over;
    enum err err = explain_find_key(f, "segment", f->segment, f->made->segments,
        f->made->model.segments_n, &segment);

    if (err == ERR_OK)
        err = compute(f, &bid, &over, &a);
    if (err != ERR_OK)
        return err;
    for (size_t i = 0; i < a->rows_n; i++)
        if (a->rows[i].bid == bid && a->rows[i].segment == segment &&
            a->rows[i].over == over)
            c.row = &a->rows[i];
    c.all = a;
    if (c.row != NULL)
        say_advantage(&c);
    else
        explain_say(f, "nothing to compare: record the satisfaction of the "
                       "segment, or what an alternative that it can reach "
                       "covers");
    advantage_free(&a);
    return ERR_OK;
}

/* The heads of the segments of which some end of the net is above 0. */
static void say_better(struct figures *f, const struct advantage_result *a,
    size_t bid, size_t over, bool most)
{
    struct text better = {0}, all = {0};
    int64_t share = MODEL_ABSENT;

    for (size_t i = 0; i < a->betters_n; i++)
        if (a->betters[i].bid == bid && a->betters[i].over == over)
            share = most ? a->betters[i].share.high : a->betters[i].share.low;
    for (size_t i = 0; i < a->rows_n; i++) {
        const struct advantage_row *row = &a->rows[i];
        int64_t heads = f->made->model.segments[row->segment].heads;

        if (row->bid != bid || row->over != over)
            continue;
        heads = heads == MODEL_ABSENT ? 1 : heads;
        text_printf(&all, "%s%lld", all.len ? " + " : "", (long long)heads);
        if ((most ? row->net.high : row->net.low) > 0)
            text_printf(
                &better, "%s%lld", better.len ? " + " : "", (long long)heads);
    }
    if (share == MODEL_ABSENT)
        explain_say(f, "nothing is compared");
    else
        explain_say(f,
            most ? "share at the most, net-high above 0 = (%s) / (%s) = %s"
                 : "share = heads of the segments whose net is above 0 / heads "
                   "of all compared = (%s) / (%s) = %s",
            better.len ? better.bytes : "0", text_peek(&all),
            explain_micro(share).text);
    text_fini(&better);
    text_fini(&all);
}

enum err explain_better(struct figures *f)
{
    struct advantage_result *a = NULL;
    size_t bid, over;
    enum err err = compute(f, &bid, &over, &a);

    if (err != ERR_OK)
        return err;
    say_better(f, a, bid, over, false);
    say_better(f, a, bid, over, true);
    for (size_t s = 0; s < f->made->model.segments_n; s++) {
        if (f->made->model.segments[s].heads == MODEL_ABSENT)
            explain_say(f, "heads are not known of each: they make a range");
        explain_input(f, f->made->segments[s], FIELD_PARTY_SIZE);
    }
    explain_say(f, "the net of each: explain TENDER advantage bid=... "
                   "segment=... over=...");
    advantage_free(&a);
    return ERR_OK;
}
