/* SPDX-License-Identifier: Apache-2.0
 *
 * score.c - exact totals, lead and price to win.
 */
#include "value/score.h"

#include <stdlib.h>

#include "protocol/base_mem.h"
#include "value/price.h"

static mpz_t *marks_of(const struct score *score, size_t bid)
{
    return &score->marks[bid * score->model->criteria_n];
}

/* Decimals to which points of one criterion are rounded; -1 not at all. */
static int digits_per_criterion(const struct model *model)
{
    return model->rounding == ROUND_POINTS ? model->round_digits : -1;
}

/* Whether a criterion refuses the bid: by its gate, or because its rule can
 * not look at the price, as costs below 0 could make an offer that is free. */
static bool is_refused(
    const struct score *score, size_t bid, const struct model_criterion *c)
{
    size_t at = (size_t)(c - score->model->criteria);

    if (c->is_price)
        return price_fault_of(c, mpq_sgn(score->price[bid])) != PRICE_FINE;
    return c->min_score != MODEL_ABSENT &&
           mpz_cmp_si(marks_of(score, bid)[at], c->min_score) < 0;
}

/* Decides whether the bid is admitted, and sums what its marks earn. */
static void judge_bid(struct score *score, size_t bid)
{
    const struct model *m = score->model;

    score->gate[bid] = MODEL_NOWHERE;
    for (size_t k = m->criteria_n; k-- > 0;) {
        if (is_refused(score, bid, &m->criteria[k]))
            score->gate[bid] = k;
    }
    score->admitted[bid] = score->gate[bid] == MODEL_NOWHERE;
    linear_value(&score->quality_of, marks_of(score, bid),
        digits_per_criterion(m), score->quality[bid]);
}

static void read_rival(struct score *score, size_t bid)
{
    const struct model *m = score->model;
    const struct estimate *price = &m->bids[bid].price;
    mpz_t *marks = marks_of(score, bid);

    fraction_set(
        score->price[bid], price->low == MODEL_ABSENT ? 0 : price->likely);
    for (size_t k = 0; k < m->criteria_n; k++) {
        if (!m->criteria[k].is_price)
            mpz_set_si(marks[k], m->marks[bid * m->criteria_n + k].likely);
    }
    judge_bid(score, bid);
}

static void read_offer(struct score *score, const struct offer *offer)
{
    const struct model *m = score->model;
    mpz_t *marks = marks_of(score, m->ours);

    mpq_set(score->price[m->ours], offer->price);
    for (size_t k = 0; k < m->criteria_n; k++)
        mpz_set(marks[k], offer->marks[k]);
    judge_bid(score, m->ours);
}

static void read_criteria(struct score *score)
{
    const struct model *m = score->model;
    mpq_t *points = fractions_new(m->criteria_n);

    for (size_t k = 0; k < m->criteria_n; k++) {
        const struct model_criterion *c = &m->criteria[k];
        fraction_set(score->weight[k], c->weight.likely);
        if (c->is_price) {
            score->uses_lowest |= c->rule != RULE_SET_LIMITS;
            score->uses_highest |= c->rule == RULE_MIN_MAX;
            continue;
        }
        mpq_set_si(score->per_mark[k], 1, (unsigned long)c->scale_max);
        mpq_mul(points[k], score->weight[k], score->per_mark[k]);
    }
    linear_init(&score->quality_of, points, m->criteria_n);
    fractions_free(&points, m->criteria_n);
}

/* Finds the cheapest and the dearest admitted rival. */
static void find_rivals(struct score *score)
{
    score->cheapest = score->dearest = MODEL_NOWHERE;
    for (size_t i = 0; i < score->model->bids_n; i++) {
        if (i == score->model->ours || !score->admitted[i])
            continue;
        if (score->cheapest == MODEL_NOWHERE ||
            mpq_cmp(score->price[i], score->price[score->cheapest]) < 0)
            score->cheapest = i;
        if (score->dearest == MODEL_NOWHERE ||
            mpq_cmp(score->price[i], score->price[score->dearest]) > 0)
            score->dearest = i;
    }
}

/* Keeps in *chosen the price that is further in the direction of sign. */
static void widen_span(mpq_ptr *chosen, mpq_ptr price, int sign)
{
    if (*chosen == NULL || mpq_cmp(price, *chosen) * sign > 0)
        *chosen = price;
}

/* Finds the price span of the admitted bids; true when one of its ends that
 * the rules look at is a new one. */
static bool find_span(struct score *score)
{
    size_t ours = score->model->ours;
    mpq_ptr low = NULL;
    mpq_ptr high = NULL;

    if (score->cheapest != MODEL_NOWHERE) {
        low = score->price[score->cheapest];
        high = score->price[score->dearest];
    }
    if (score->admitted[ours]) {
        widen_span(&low, score->price[ours], -1);
        widen_span(&high, score->price[ours], 1);
    }
    if (low == NULL)
        return false;
    bool is_new = (score->uses_lowest && !mpq_equal(low, score->lowest)) ||
                  (score->uses_highest && !mpq_equal(high, score->highest));
    mpq_set(score->lowest, low);
    mpq_set(score->highest, high);
    return is_new;
}

static void total_bid(struct score *score, size_t bid)
{
    const struct model *m = score->model;
    mpq_t points;

    mpq_init(points);
    mpq_set(score->total[bid], score->quality[bid]);
    for (size_t k = 0; k < m->criteria_n; k++) {
        if (!m->criteria[k].is_price)
            continue;
        score_points(score, bid, k, points);
        mpq_add(score->total[bid], score->total[bid], points);
    }
    if (m->rounding == ROUND_TOTAL)
        fraction_round(score->total[bid], m->round_digits);
    mpq_clear(points);
}

/* The first of the admitted bids with most points, one bid apart. */
static size_t find_best(const struct score *score, size_t apart)
{
    size_t best = MODEL_NOWHERE;

    for (size_t i = 0; i < score->model->bids_n; i++) {
        if (i == apart || !score->admitted[i])
            continue;
        if (best == MODEL_NOWHERE ||
            mpq_cmp(score->total[i], score->total[best]) > 0)
            best = i;
    }
    return best;
}

/* Totals every bid, but rivals only when the prices they are measured by
 * have changed: most offers of ours leave them as they were. */
static void total_bids(struct score *score)
{
    size_t ours = score->model->ours;
    bool rivals_too = !score->rivals_are_current;

    if (rivals_too)
        find_rivals(score);
    if (find_span(score))
        rivals_too = true;
    if (score->admitted[ours])
        total_bid(score, ours);
    if (!rivals_too)
        return;
    for (size_t i = 0; i < score->model->bids_n; i++) {
        if (score->admitted[i] && i != ours)
            total_bid(score, i);
    }
    score->best_rival = find_best(score, ours);
    score->rivals_are_current = true;
}

void score_init(
    struct score *score, const struct model *model, const struct offer *offer)
{
    size_t bids_n = model->bids_n;

    *score = (struct score){.model = model};
    score->admitted = mem_new(bids_n * sizeof *score->admitted);
    score->gate = mem_new(bids_n * sizeof *score->gate);
    score->marks = integers_new(bids_n * model->criteria_n);
    score->price = fractions_new(bids_n);
    score->quality = fractions_new(bids_n);
    score->total = fractions_new(bids_n);
    score->weight = fractions_new(model->criteria_n);
    score->per_mark = fractions_new(model->criteria_n);
    mpq_inits(score->lowest, score->highest, NULL);
    read_criteria(score);
    for (size_t i = 0; i < bids_n; i++) {
        if (i == model->ours)
            read_offer(score, offer);
        else
            read_rival(score, i);
    }
    total_bids(score);
}

void score_fini(struct score *score)
{
    size_t bids_n = score->model->bids_n;
    size_t criteria_n = score->model->criteria_n;

    free(score->admitted);
    free(score->gate);
    integers_free(&score->marks, bids_n * criteria_n);
    fractions_free(&score->price, bids_n);
    fractions_free(&score->quality, bids_n);
    fractions_free(&score->total, bids_n);
    fractions_free(&score->weight, criteria_n);
    fractions_free(&score->per_mark, criteria_n);
    linear_fini(&score->quality_of);
    mpq_clears(score->lowest, score->highest, NULL);
}

void score_set_offer(struct score *score, const struct offer *offer)
{
    read_offer(score, offer);
    total_bids(score);
}

void score_leave_out(struct score *score, size_t bid, bool out)
{
    score->admitted[bid] = !out;
    score->rivals_are_current = false;
    total_bids(score);
}

void score_share(
    const struct score *score, size_t bid, size_t criterion, mpq_t share)
{
    const struct model_criterion *c = &score->model->criteria[criterion];

    if (c->is_price) {
        price_share(c, score->price[bid], score->lowest, score->highest, share);
        return;
    }
    mpq_set_z(share, marks_of(score, bid)[criterion]);
    mpq_mul(share, share, score->per_mark[criterion]);
}

void score_points(
    const struct score *score, size_t bid, size_t criterion, mpq_t points)
{
    int digits = digits_per_criterion(score->model);

    score_share(score, bid, criterion, points);
    mpq_mul(points, points, score->weight[criterion]);
    if (digits >= 0)
        fraction_round(points, digits);
}

void score_unrounded(const struct score *score, size_t bid, mpq_t total)
{
    mpq_t points;

    mpq_init(points);
    mpq_set_ui(total, 0, 1);
    for (size_t k = 0; k < score->model->criteria_n; k++) {
        score_share(score, bid, k, points);
        mpq_mul(points, points, score->weight[k]);
        mpq_add(total, total, points);
    }
    mpq_clear(points);
}

size_t score_best_other(const struct score *score, size_t bid)
{
    if (bid == score->model->ours)
        return score->best_rival;
    return find_best(score, bid);
}

bool score_lead(const struct score *score, size_t bid, mpq_t lead)
{
    size_t best = score_best_other(score, bid);

    if (best == MODEL_NOWHERE || !score->admitted[bid])
        return false;
    mpq_sub(lead, score->total[bid], score->total[best]);
    return true;
}

bool score_wins(const struct score *score, size_t bid)
{
    size_t best = score_best_other(score, bid);

    if (!score->admitted[bid])
        return false;
    return best == MODEL_NOWHERE ||
           mpq_cmp(score->total[bid], score->total[best]) >= 0;
}

static bool wins_at(struct score *score, int64_t micro)
{
    size_t ours = score->model->ours;

    fraction_set_micro(score->price[ours], micro);
    total_bids(score);
    return score_wins(score, ours);
}

/* The lowest price that every rule can look at. */
static int64_t lowest_micro(const struct model *model)
{
    for (size_t k = 0; k < model->criteria_n; k++) {
        if (model->criteria[k].is_price &&
            price_fault_of(&model->criteria[k], 0) != PRICE_FINE)
            return 1;
    }
    return 0;
}

static enum to_win search_price(struct score *score, int64_t *micro)
{
    int64_t wins = lowest_micro(score->model);
    int64_t loses = DECIMAL_LIMIT * MICRO_ONE;

    if (wins_at(score, loses))
        return TO_WIN_ANY;
    if (!wins_at(score, wins))
        return TO_WIN_NONE;
    while (loses - wins > 1) {
        int64_t middle = wins + (loses - wins) / 2;
        if (wins_at(score, middle))
            wins = middle;
        else
            loses = middle;
    }
    *micro = wins;
    return TO_WIN_AT;
}

enum to_win score_to_win(struct score *score, int64_t *micro)
{
    size_t ours = score->model->ours;
    mpq_t price;

    if (!score->admitted[ours])
        return TO_WIN_NONE;
    mpq_init(price);
    mpq_set(price, score->price[ours]);
    enum to_win answer = search_price(score, micro);
    mpq_set(score->price[ours], price);
    total_bids(score);
    mpq_clear(price);
    return answer;
}
