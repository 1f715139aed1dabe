/* SPDX-License-Identifier: Apache-2.0
 *
 * stability_words.c - the weights that would change the award, in machine
 * words: the same figures as stability.c finds with fractions, where marks and
 * weights are whole numbers of units that are not too many.
 */
#include <stdlib.h>

#include "protocol/base_mem.h"
#include "value/award/tree.h"
#include "value/firm/stability_inside.h"
#include "value/missing.h"
#include "value/wide.h"

/* What no product of two may exceed. */
#define ROOM (INT64_C(1) << 60)

/* More than a share of all weight is off by in doubles. */
#define NEAR 1e-9

/* A share of all weight; below is above 0. */
struct root {
    int64_t above, below;
};

struct words {
    const struct model *model;
    const bool *admitted;
    struct stability_result *result;
    size_t bids_n, criteria_n;
    int64_t *shares;  /* [bids_n][criteria_n], of scale */
    int64_t *weights; /* [criteria_n], of all */
    int64_t *bonus;   /* [bids_n], in units of the weights */
    int64_t *values;  /* [bids_n] totals, in units x scale */
    int64_t scale, all;
    int64_t unit; /* of weights, 1/10000 points */
    bool has_bonus;
    struct root *low, *high;      /* [criteria_n] where the leader stays */
    double *near_low, *near_high; /* [criteria_n] the same, nearly */
    int64_t *leads;               /* [criteria_n] */
    size_t *heap;                 /* [criteria_n] */
};

static int64_t divisor_of(int64_t a, int64_t b)
{
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

/* The least that both divide; 0 when it is too much. */
static int64_t multiple_of(int64_t a, int64_t b)
{
    wide product = (wide)(a / divisor_of(a, b)) * b;

    return product < ROOM ? (int64_t)product : 0;
}

/* Weights and preference points in the largest unit that divides all. */
static bool read_weights(struct words *w)
{
    const struct model *m = w->model;
    wide all = 0;

    for (size_t k = 0; k < m->criteria_n; k++)
        w->unit = divisor_of(w->unit, m->criteria[k].weight.likely);
    for (size_t b = 0; b < m->bids_n; b++) {
        w->unit = divisor_of(w->unit, m->bids[b].bonus);
        w->has_bonus = w->has_bonus || m->bids[b].bonus != 0;
    }
    if (w->unit == 0)
        return false;
    for (size_t k = 0; k < m->criteria_n; k++) {
        w->weights[k] = m->criteria[k].weight.likely / w->unit;
        all += w->weights[k];
    }
    for (size_t b = 0; b < m->bids_n; b++) {
        w->bonus[b] = m->bids[b].bonus / w->unit;
        if (w->bonus[b] > ROOM / 64 || w->bonus[b] < -(ROOM / 64))
            return false;
    }
    w->all = all < ROOM ? (int64_t)all : 0;
    return w->all > 0;
}

/* Whether no root and no total leaves its word. */
static bool fits(const struct words *w)
{
    wide most = (wide)w->scale * w->all;
    wide bonus = 0;

    for (size_t b = 0; b < w->bids_n; b++)
        bonus += w->bonus[b] < 0 ? -w->bonus[b] : w->bonus[b];
    if (w->scale == 0 || most > ROOM || bonus > ROOM)
        return false;
    most += bonus * w->scale;
    return most * (w->has_bonus ? w->all : 1) <= ROOM / 8;
}

static void sum_values(struct words *w)
{
    for (size_t b = 0; b < w->bids_n; b++) {
        const int64_t *shares = w->shares + b * w->criteria_n;
        int64_t sum = w->bonus[b] * w->scale;

        for (size_t k = 0; k < w->criteria_n; k++)
            sum += w->weights[k] * shares[k];
        w->values[b] = sum;
    }
}

/* Marks of scales that have one measure. */
static bool read_marks(struct words *w)
{
    const struct model *m = w->model;

    w->scale = 1;
    for (size_t k = 0; k < m->criteria_n && w->scale != 0; k++)
        w->scale = multiple_of(w->scale, m->criteria[k].scale_max);
    if (!fits(w))
        return false;
    for (size_t k = 0; k < m->criteria_n; k++)
        w->leads[k] = w->scale / m->criteria[k].scale_max;
    for (size_t b = 0; b < m->bids_n; b++) {
        const struct estimate *marks = m->marks + b * m->criteria_n;
        int64_t *shares = w->shares + b * m->criteria_n;
        for (size_t k = 0; k < m->criteria_n; k++)
            shares[k] = marks[k].likely * w->leads[k];
    }
    sum_values(w);
    return true;
}

/* Shares of any kind; false where their measures have no common one. */
static bool read_shares(struct words *w, const struct score *score)
{
    size_t cells = w->bids_n * w->criteria_n;
    mpq_t *shares = fractions_new(cells);
    bool fit = true;

    w->scale = 1;
    for (size_t i = 0; i < cells && w->scale != 0; i++) {
        if (!w->admitted[i / w->criteria_n])
            continue;
        score_share(score, i / w->criteria_n, i % w->criteria_n, shares[i]);
        bool small = mpz_fits_slong_p(mpq_denref(shares[i])) != 0;
        w->scale =
            small ? multiple_of(w->scale, mpz_get_si(mpq_denref(shares[i])))
                  : 0;
    }
    fit = fits(w);
    for (size_t i = 0; i < cells && fit; i++) {
        int64_t times = w->scale / mpz_get_si(mpq_denref(shares[i]));
        /* A share may be below 0, or beyond 1 where it is not cut off. */
        wide share = mpz_fits_slong_p(mpq_numref(shares[i])) != 0
                         ? (wide)mpz_get_si(mpq_numref(shares[i])) * times
                         : ROOM;
        fit = share <= w->scale && share >= -(wide)w->scale;
        w->shares[i] = (int64_t)share;
    }
    fractions_free(&shares, cells);
    if (fit)
        sum_values(w);
    return fit;
}

static size_t best_but(const struct words *w, size_t bid)
{
    size_t best = MODEL_NOWHERE;

    for (size_t b = 0; b < w->bids_n; b++) {
        if (b != bid && w->admitted[b] &&
            (best == MODEL_NOWHERE || w->values[b] > w->values[best]))
            best = b;
    }
    return best;
}

static bool is_less(struct root one, struct root other)
{
    return (wide)one.above * other.below < (wide)other.above * one.below;
}

/* Narrows the intervals in which the leader stays by what one rival allows:
 * see find_root and narrow of stability.c.  Where the leader is ahead now, the
 * root lies where its lead falls. */
static void narrow(struct words *w, size_t rival)
{
    size_t leader = w->result->leader;
    const int64_t *ours = w->shares + leader * w->criteria_n;
    const int64_t *theirs = w->shares + rival * w->criteria_n;
    int64_t times = w->has_bonus ? w->all : 1;
    int64_t bonus = (w->bonus[leader] - w->bonus[rival]) * w->scale;
    int64_t gap = w->values[leader] - w->values[rival];

    for (size_t k = 0; k < w->criteria_n; k++) {
        struct stability_criterion *row = &w->result->criteria[k];
        int64_t others = w->all - w->weights[k];
        int64_t lead = ours[k] - theirs[k];
        int64_t rest = (gap - bonus - w->weights[k] * lead) * times;
        int64_t slope = lead * others * times - rest;

        rest += w->has_bonus ? bonus * others : 0;
        /* Most roots are clearly outside of what others allow; where slope is
         * 0 there is none. */
        double near = -(double)rest / (double)slope;
        if (others == 0 ||
            !(near > w->near_low[k] - NEAR && near < w->near_high[k] + NEAR))
            continue;
        struct root root = {
            slope < 0 ? rest : -rest, slope < 0 ? -slope : slope};
        bool above = gap > 0 ? slope < 0 : lead < 0;
        if (above && is_less(root, w->high[k])) {
            w->high[k] = root;
            w->near_high[k] = near;
            row->above = rival;
        }
        if (!above && is_less(w->low[k], root)) {
            w->low[k] = root;
            w->near_low[k] = near;
            row->below = rival;
        }
    }
}

static int64_t divide_up(wide a, wide b)
{
    return wide_micro(-wide_down(-a, b));
}

static int64_t divide_down(wide a, wide b)
{
    return wide_micro(wide_down(a, b));
}

/* What our mark lacks, or has to spare, against the best other bid. */
static int64_t find_mark(const struct words *w, size_t k, size_t best)
{
    const struct model_criterion *c = &w->model->criteria[k];
    size_t ours = w->model->ours;
    int64_t weight = w->weights[k];

    if (c->is_price || c->levels_n > 0 || weight == 0 ||
        ours == MODEL_NOWHERE || !w->admitted[ours] || best == MODEL_NOWHERE)
        return MODEL_ABSENT;
    int64_t change = w->values[best] - w->values[ours];
    wide then = (wide)w->shares[ours * w->criteria_n + k] * weight + change;
    wide whole = (wide)w->scale * weight;
    if (then < 0 || then > whole)
        return MODEL_ABSENT;
    wide micro = (wide)change * c->scale_max * (MICRO_ONE / DECIMAL_ONE);
    return change > 0 ? divide_up(micro, whole) : divide_down(micro, whole);
}

static void tell_criteria(struct words *w)
{
    size_t best = best_but(w, w->model->ours);

    for (size_t k = 0; k < w->criteria_n; k++) {
        struct stability_criterion *row = &w->result->criteria[k];
        w->near_low[k] = 0.0;
        w->near_high[k] = 1.0;
        w->low[k] = (struct root){0, 1};
        w->high[k] = (struct root){1, 1};
        row->below = row->above = MODEL_NOWHERE;
    }
    for (size_t b = 0; b < w->bids_n; b++) {
        if (b != w->result->leader && w->admitted[b])
            narrow(w, b);
    }
    for (size_t k = 0; k < w->criteria_n; k++) {
        struct stability_criterion *row = &w->result->criteria[k];
        row->weight = divide_down(
            (wide)w->weights[k] * 2 * MICRO_ONE + w->all, (wide)w->all * 2);
        row->low =
            divide_up((wide)w->low[k].above * MICRO_ONE, w->low[k].below);
        row->high =
            divide_down((wide)w->high[k].above * MICRO_ONE, w->high[k].below);
        row->mark = find_mark(w, k, best);
    }
}

/* Whether the leader is further ahead on one criterion, or as far on an
 * earlier one. */
static bool comes_first(const struct words *w, size_t one, size_t other)
{
    return w->leads[one] != w->leads[other] ? w->leads[one] > w->leads[other]
                                            : one < other;
}

static void sink(struct words *w, size_t at, size_t n)
{
    size_t *heap = w->heap;
    size_t moved = heap[at];

    for (size_t child = 2 * at + 1; child < n; child = 2 * at + 1) {
        if (child + 1 < n && comes_first(w, heap[child + 1], heap[child]))
            child++;
        if (comes_first(w, moved, heap[child]))
            break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = moved;
}

/* Heaps the criteria by falling lead over a rival; gives the least lead. */
static int64_t heap_leads(struct words *w, size_t rival)
{
    const int64_t *ours = w->shares + w->result->leader * w->criteria_n;
    const int64_t *theirs = w->shares + rival * w->criteria_n;
    int64_t least = INT64_MAX;

    for (size_t k = 0; k < w->criteria_n; k++) {
        w->leads[k] = ours[k] - theirs[k];
        w->heap[k] = k;
        least = w->leads[k] < least ? w->leads[k] : least;
    }
    for (size_t at = w->criteria_n / 2; at-- > 0;)
        sink(w, at, w->criteria_n);
    return least;
}

/* The least weight that has to move, in millionths of a point, rounded up. */
static int64_t find_mass(struct words *w, size_t rival, int64_t gap)
{
    int64_t least = heap_leads(w, rival);
    wide micro = MICRO_ONE / DECIMAL_ONE * w->unit;
    wide mass = 0;

    for (size_t n = w->criteria_n; n > 1 && gap > 0; n--) {
        size_t k = w->heap[0];
        int64_t worth = w->leads[k] - least;

        if (worth == 0)
            break;
        if ((wide)worth * w->weights[k] >= gap)
            return divide_up((mass * worth + gap) * micro, worth);
        mass += w->weights[k];
        gap -= worth * w->weights[k];
        w->heap[0] = w->heap[n - 1];
        sink(w, 0, n - 1);
    }
    return gap <= 0 ? wide_micro(mass * micro) : MODEL_ABSENT;
}

static void tell_rivals(struct words *w)
{
    struct stability_rival *rivals = w->result->rivals;
    size_t leader = w->result->leader;
    size_t nearest = MODEL_NOWHERE;
    wide micro = MICRO_ONE / DECIMAL_ONE * w->unit;

    for (size_t b = 0; b < w->bids_n; b++) {
        rivals[b].gap = rivals[b].mass = MODEL_ABSENT;
        if (b == leader || !w->admitted[b])
            continue;
        int64_t gap = w->values[leader] - w->values[b];
        rivals[b].gap =
            divide_down((wide)gap * micro * 2 + w->scale, (wide)w->scale * 2);
        rivals[b].mass = find_mass(w, b, gap);
        if (rivals[b].mass != MODEL_ABSENT &&
            (nearest == MODEL_NOWHERE || rivals[b].mass < rivals[nearest].mass))
            nearest = b;
    }
    if (nearest != MODEL_NOWHERE)
        rivals[nearest].nearest = true;
}

static void allocate(struct words *w)
{
    size_t cells = w->bids_n * w->criteria_n;
    size_t n = cells + 2 * w->criteria_n + 2 * w->bids_n;

    w->shares = mem_new((n + 1) * sizeof *w->shares);
    w->weights = w->shares + cells;
    w->leads = w->weights + w->criteria_n;
    w->bonus = w->leads + w->criteria_n;
    w->values = w->bonus + w->bids_n;
    w->heap = mem_new((w->criteria_n + 1) * sizeof *w->heap);
    w->low = mem_new((2 * w->criteria_n + 1) * sizeof *w->low);
    w->high = w->low + w->criteria_n;
    w->near_low = mem_new((2 * w->criteria_n + 1) * sizeof *w->near_low);
    w->near_high = w->near_low + w->criteria_n;
}

/* score NULL: of the marks as they are recorded. */
static bool tell(const struct model *model, const struct score *score,
    const bool *admitted, struct stability_result *result)
{
    struct words w = {.model = model,
        .admitted = admitted,
        .result = result,
        .bids_n = model->bids_n,
        .criteria_n = model->criteria_n};

    allocate(&w);
    bool fit = read_weights(&w) &&
               (score == NULL ? read_marks(&w) : read_shares(&w, score));
    if (fit) {
        result->leader = best_but(&w, MODEL_NOWHERE);
        if (result->leader != MODEL_NOWHERE) {
            tell_criteria(&w);
            tell_rivals(&w);
        }
    }
    free(w.shares);
    free(w.heap);
    free(w.low);
    free(w.near_low);
    return fit;
}

bool stability_in_words(
    const struct score *score, struct stability_result *result)
{
    return tell(score->model, score, score->admitted, result);
}

/* Whether nothing but marks decides, and nothing stands between. */
static bool has_marks_only(const struct model *m)
{
    bool only = m->elements_n == 0 && m->min_quality <= 0 && m->max_pass == 0 &&
                !tree_has_gates(m);

    for (size_t k = 0; k < m->criteria_n; k++)
        only = only && !m->criteria[k].is_price &&
               m->criteria[k].levels_n == 0 &&
               m->criteria[k].min_score == MODEL_ABSENT;
    return only;
}

bool stability_of_marks(
    const struct model *model, struct stability_result *result)
{
    if (!has_marks_only(model))
        return false;
    bool *admitted = mem_new((model->bids_n + 1) * sizeof *admitted);
    for (size_t b = 0; b < model->bids_n; b++)
        admitted[b] = true;
    bool fit = tell(model, NULL, admitted, result);
    free(admitted);
    if (!fit)
        return false;
    result->adds_up = true;
    for (int rule = RULE_NONE + 1; rule < RULE_COUNT; rule++)
        result->rules[rule].winner = MODEL_NOWHERE;
    return true;
}
