/* SPDX-License-Identifier: Apache-2.0
 *
 * flip_quick.c - which rivals' absence can change the winner, without totalling
 * all bids once for each of them.
 *
 * What rules look at without one bid lies between what they look at without
 * the dearest and without the cheapest one, and no total leaves what these two
 * give it.  So few bids can lead whoever is away, and these alone are totalled
 * for each.  Whoever asks totals all bids where the answer is yes.
 */
#include "value/firm/flip_quick.h"

#include <stdlib.h>

#include "protocol/base_mem.h"
#include "value/award/price_order.h"
#include "value/award/score_inside.h"

/* Fewer bids are as soon totalled. */
#define FEWEST 8

struct quick {
    struct score *score;
    size_t n;
    bool *there;       /* [n] compared when somebody is away */
    mpq_t *low, *high; /* [n] the least and the most their totals can be */
    size_t *candidates;
    size_t candidates_n;
    size_t leaders; /* with all there */
    struct price_order *order;
};

/* The rules whose totals move one way with all that they look at. */
static bool rules_are_steady(const struct score *score)
{
    const struct model *m = score->model;

    for (size_t i = 0; i < score->prices_n; i++) {
        enum price_rule rule = m->criteria[score->prices[i]].rule;
        if (rule == RULE_DISCOUNT_KNEE || rule == RULE_EXPRESSION ||
            rule == RULE_EXPRESSION_TOTAL || rule == RULE_QUALITY_CORRIDOR)
            return false;
    }
    return m->tie != TIE_DATE;
}

/* Whoever takes the place that a bid leaves: the same whoever that is, and
 * nobody where the last place was shared. */
static void find_there(struct quick *q)
{
    const struct score *s = q->score;
    size_t admitted = 0;
    size_t next = MODEL_NOWHERE;

    for (size_t i = 0; i < q->n; i++) {
        q->there[i] = s->admitted[i];
        admitted += s->admitted[i];
        if (s->refused[i] == REFUSED_PLACE &&
            (next == MODEL_NOWHERE ||
                mpq_cmp(s->quality[i], s->quality[next]) > 0))
            next = i;
    }
    if (next == MODEL_NOWHERE || admitted > s->model->max_pass)
        return;
    for (size_t i = 0; i < q->n; i++) {
        if (s->refused[i] == REFUSED_PLACE)
            q->there[i] = mpq_equal(s->quality[i], s->quality[next]) != 0;
    }
}

/* The total of a bid, above 0 the better whichever way the rule goes. */
static void total_of(struct quick *q, size_t bid, mpq_t total)
{
    score_total_bid(q->score, bid);
    mpq_set(total, q->score->total[bid]);
    if (q->score->sign < 0)
        mpq_neg(total, total);
}

static void look_without(struct quick *q, size_t bid)
{
    price_order_without(q->order, bid, &q->score->field);
}

/* Qualities at the two ends, whoever is away: with the best and the poorest,
 * and with those next to them. */
static void look_at_quality(struct quick *q, size_t which)
{
    struct price_field *field = &q->score->field;

    mpq_set(field->best, q->score->quality[q->order->best[which]]);
    mpq_set(field->poorest, q->score->quality[q->order->poorest[which]]);
}

static void find_bounds(struct quick *q)
{
    look_without(q, q->order->rising[q->order->n - 1]);
    look_at_quality(q, 0);
    for (size_t i = 0; i < q->n; i++) {
        if (q->there[i])
            total_of(q, i, q->low[i]);
    }
    look_without(q, q->order->rising[0]);
    look_at_quality(q, 1);
    for (size_t i = 0; i < q->n; i++) {
        if (!q->there[i])
            continue;
        total_of(q, i, q->high[i]);
        if (mpq_cmp(q->low[i], q->high[i]) > 0)
            mpq_swap(q->low[i], q->high[i]);
    }
}

/* Whoever is away, one of the two with the most at least is there: who can
 * not come to what the lesser of these has never leads. */
static void find_candidates(struct quick *q)
{
    size_t first = MODEL_NOWHERE;
    size_t second = MODEL_NOWHERE;

    for (size_t i = 0; i < q->n; i++) {
        if (!q->there[i])
            continue;
        if (first == MODEL_NOWHERE || mpq_cmp(q->low[i], q->low[first]) > 0) {
            second = first;
            first = i;
        } else if (second == MODEL_NOWHERE ||
                   mpq_cmp(q->low[i], q->low[second]) > 0) {
            second = i;
        }
    }
    for (size_t i = 0; i < q->n; i++) {
        if (q->there[i] && mpq_cmp(q->high[i], q->low[second]) >= 0)
            q->candidates[q->candidates_n++] = i;
    }
}

/* Whether others lead without a bid than did with it. */
static bool changes_without(struct quick *q, size_t without, const bool *led)
{
    struct score *s = q->score;
    size_t best = MODEL_NOWHERE;
    size_t stay = 0;

    look_without(q, without);
    for (size_t i = 0; i < q->candidates_n; i++) {
        size_t bid = q->candidates[i];
        if (bid == without)
            continue;
        score_total_bid(s, bid);
        if (best == MODEL_NOWHERE || score_compare(s, bid, best) > 0)
            best = bid;
    }
    for (size_t i = 0; i < q->candidates_n; i++) {
        size_t bid = q->candidates[i];
        if (bid == without || score_compare(s, bid, best) < 0)
            continue;
        if (!led[bid])
            return true;
        stay++;
    }
    return stay != q->leaders - led[without];
}

static void ask_all(struct quick *q, const bool *led, bool *changes)
{
    find_bounds(q);
    find_candidates(q);
    for (size_t i = 0; i < q->n; i++)
        q->leaders += led[i];
    for (size_t i = 0; i < q->n; i++)
        changes[i] = q->score->admitted[i] && changes_without(q, i, led);
    q->score->rivals_are_current = false;
    score_total(q->score);
}

bool flip_quick(struct score *score, const bool *led, bool *changes)
{
    struct quick q = {.score = score, .n = score->model->bids_n};

    if (!rules_are_steady(score) ||
        (score->looks != PRICE_LOOKS_ALL && score->model->max_pass == 0))
        return false;
    q.there = mem_new(q.n * sizeof *q.there);
    find_there(&q);
    q.order = price_order_new(score->price, score->quality, q.there, q.n);
    bool is_quick = q.order->n >= FEWEST;
    if (is_quick) {
        q.low = fractions_new(q.n);
        q.high = fractions_new(q.n);
        q.candidates = mem_new(q.n * sizeof *q.candidates);
        ask_all(&q, led, changes);
        fractions_free(&q.low, q.n);
        fractions_free(&q.high, q.n);
        free(q.candidates);
    }
    price_order_free(&q.order);
    free(q.there);
    return is_quick;
}
