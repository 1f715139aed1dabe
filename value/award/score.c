/* SPDX-License-Identifier: Apache-2.0
 *
 * score.c - exact totals, lead and price to win.
 */
#include "value/award/score_inside.h"

#include <stdlib.h>

#include "protocol/base_mem.h"
#include "value/award/corridor.h"
#include "value/award/price_order.h"
#include "value/award/tree.h"

/* Whether a criterion refuses the bid: by its gate, or because its rule can
 * not look at the price, as costs below 0 could make an offer that is free, or
 * at a quality of nothing. */
static bool is_refused(
    const struct score *score, size_t bid, const struct model_criterion *c)
{
    size_t at = (size_t)(c - score->model->criteria);

    if (!c->is_price)
        return c->min_score != MODEL_ABSENT &&
               marks_of(score, bid)[at] < c->min_score;
    const struct price_bid view = price_bid_of(score, bid);
    return price_fault_of(c, mpq_sgn(score->price[bid])) != PRICE_FINE ||
           !price_can_total(c, &view);
}

static bool lacks_quality(const struct score *score, size_t bid)
{
    mpq_t least;

    if (score->model->min_quality <= 0)
        return false;
    mpq_init(least);
    fraction_set(least, score->model->min_quality);
    bool lacks = mpq_cmp(score->quality[bid], least) < 0;
    mpq_clear(least);
    return lacks;
}

/* Points of all but the price criteria, by scales that are tables too. */
static void sum_quality(struct score *score, size_t bid)
{
    const struct model *m = score->model;
    mpq_t points;

    if (score->rounds_groups) {
        score_tree_quality(score, bid);
        return;
    }
    if (!score->has_levels) {
        linear_value(&score->quality_of, marks_of(score, bid), score->round - 1,
            score->quality[bid]);
        return;
    }
    mpq_init(points);
    mpq_set_ui(score->quality[bid], 0, 1);
    for (size_t k = 0; k < m->criteria_n; k++) {
        if (m->criteria[k].is_price)
            continue;
        score_points(score, bid, k, points);
        mpq_add(score->quality[bid], score->quality[bid], points);
    }
    mpq_clear(points);
}

static void add_bonus(struct score *score, size_t bid)
{
    mpq_t bonus;

    mpq_init(bonus);
    fraction_set(bonus, score->model->bids[bid].bonus);
    mpq_add(score->quality[bid], score->quality[bid], bonus);
    mpq_clear(bonus);
}

/* Sums what the marks earn, and decides whether the bid is fit. */
static void judge_bid(struct score *score, size_t bid)
{
    const struct model *m = score->model;

    sum_quality(score, bid);
    add_bonus(score, bid);
    score->gate[bid] = MODEL_NOWHERE;
    for (size_t k = m->criteria_n; k-- > 0;) {
        if (is_refused(score, bid, &m->criteria[k]))
            score->gate[bid] = k;
    }
    score->fit[bid] = score->gate[bid] != MODEL_NOWHERE ? REFUSED_MARK
                      : lacks_quality(score, bid)       ? REFUSED_QUALITY
                                                        : REFUSED_NOT;
    if (!score->has_group_gates || score->fit[bid] == REFUSED_MARK)
        return;
    score->gate[bid] = score_group_gate(score, bid);
    if (score->gate[bid] != MODEL_NOWHERE)
        score->fit[bid] = REFUSED_GROUP;
}

static void read_rival(struct score *score, size_t bid)
{
    const struct model *m = score->model;
    const struct estimate *price = &m->bids[bid].price;
    int64_t *marks = marks_of(score, bid);

    fraction_set(
        score->price[bid], price->low == MODEL_ABSENT ? 0 : price->likely);
    for (size_t k = 0; k < m->criteria_n; k++) {
        if (!m->criteria[k].is_price)
            marks[k] = m->marks[bid * m->criteria_n + k].likely;
    }
    judge_bid(score, bid);
}

static void read_offer(struct score *score, const struct offer *offer)
{
    const struct model *m = score->model;
    int64_t *marks = marks_of(score, m->ours);

    /* An offer keeps its marks on their scales, which are words. */
    mpq_set(score->price[m->ours], offer->price);
    for (size_t k = 0; k < m->criteria_n; k++)
        marks[k] = mpz_get_si(offer->marks[k]);
    judge_bid(score, m->ours);
}

static int compare_falling(const void *one, const void *other, void *quality)
{
    const size_t *a = one;
    const size_t *b = other;

    return mpq_cmp(((mpq_t *)quality)[*b], ((mpq_t *)quality)[*a]);
}

/* The fit bid that is the last to find a place by quality; NOWHERE where
 * there are places for all. */
static size_t find_last_place(const struct score *score)
{
    size_t n = score->model->bids_n;
    size_t places = score->model->max_pass;
    size_t last = MODEL_NOWHERE;
    size_t fit = 0;

    if (places == 0 || places >= n)
        return MODEL_NOWHERE;
    size_t *order = mem_new(n * sizeof *order);
    for (size_t i = 0; i < n; i++) {
        if (score->fit[i] == REFUSED_NOT)
            order[fit++] = i;
    }
    if (fit > places) {
        qsort_r(order, fit, sizeof *order, compare_falling, score->quality);
        last = order[places - 1];
    }
    free(order);
    return last;
}

/* Decides who is compared; what changed among the rivals makes what is known
 * of them stale. */
static void admit_bids(struct score *score)
{
    const struct model *m = score->model;
    size_t last = find_last_place(score);

    for (size_t i = 0; i < m->bids_n; i++) {
        bool was = score->admitted[i];
        score->refused[i] = score->fit[i];
        if (score->fit[i] == REFUSED_NOT && last != MODEL_NOWHERE &&
            mpq_cmp(score->quality[i], score->quality[last]) < 0)
            score->refused[i] = REFUSED_PLACE;
        score->admitted[i] = score->refused[i] == REFUSED_NOT;
        if (score->admitted[i] != was && i != m->ours) {
            score->rivals_are_current = false;
            price_order_free(&score->rivals);
        }
    }
}

/* The sum of the points, those of the prices last. */
static void add_up(struct score *score, size_t bid)
{
    mpq_t points;

    mpq_init(points);
    mpq_set(score->total[bid], score->quality[bid]);
    for (size_t i = 0; i < score->prices_n; i++) {
        score_points(score, bid, score->prices[i], points);
        mpq_add(score->total[bid], score->total[bid], points);
    }
    mpq_clear(points);
}

void score_total_bid(struct score *score, size_t bid)
{
    const struct model *m = score->model;
    const struct price_bid view = price_bid_of(score, bid);

    if (score->by_total != NULL)
        price_total(score->by_total, &view, &score->field, score->total[bid]);
    else if (score->within != NULL)
        score_tree_total(score, bid);
    else
        add_up(score, bid);
    if (m->round_total > 0)
        fraction_round(score->total[bid], m->round_total - 1);
    score->near[bid] = fraction_micro(score->total[bid], FRACTION_FLOOR);
}

static int compare_by_tie_rule(
    const struct score *score, size_t one, size_t other)
{
    const struct model_bid *bids = score->model->bids;

    switch (score->model->tie) {
    case TIE_STANDS:
        return 0;
    case TIE_QUALITY:
        return mpq_cmp(score->quality[one], score->quality[other]);
    case TIE_PRICE:
        return mpq_cmp(score->price[other], score->price[one]);
    case TIE_DATE:
        if (bids[one].date == 0 || bids[other].date == 0)
            return 0;
        return (bids[other].date > bids[one].date) -
               (bids[other].date < bids[one].date);
    }
    return 0;
}

static int compare_totals(const struct score *score, size_t one, size_t other)
{
    if (score->near[one] != score->near[other])
        return score->near[one] > score->near[other] ? 1 : -1;
    return mpq_cmp(score->total[one], score->total[other]);
}

int score_compare(const struct score *score, size_t one, size_t other)
{
    int order = score->corridor ? corridor_compare(score, one, other) : 0;

    if (order == 0)
        order = compare_totals(score, one, other) * score->sign;
    return order != 0 ? order : compare_by_tie_rule(score, one, other);
}

bool score_adds_up(const struct score *score)
{
    return score->by_total == NULL;
}

/* The first of the admitted bids that stand best, one bid apart. */
static size_t find_best(const struct score *score, size_t apart)
{
    size_t best = MODEL_NOWHERE;

    for (size_t i = 0; i < score->model->bids_n; i++) {
        if (i == apart || !score->admitted[i])
            continue;
        if (best == MODEL_NOWHERE || score_compare(score, i, best) > 0)
            best = i;
    }
    return best;
}

/* Totals every bid, but rivals only when the prices they are measured by
 * have changed: most offers of ours leave them as they were. */
void score_total(struct score *score)
{
    size_t ours = score->model->ours;

    admit_bids(score);
    bool rivals_too = !score->rivals_are_current;
    if (rivals_too)
        score_find_rivals(score);
    if (score_find_field(score))
        rivals_too = true;
    if (score->admitted[ours])
        score_total_bid(score, ours);
    if (!rivals_too)
        return;
    for (size_t i = 0; i < score->model->bids_n; i++) {
        if (score->admitted[i] && i != ours)
            score_total_bid(score, i);
    }
    if (score->corridor != NULL)
        corridor_find(score);
    score->best_rival = find_best(score, ours);
    score->rivals_are_current = true;
}

void score_look_at(struct score *score, int64_t micro)
{
    fraction_set_micro(score->price[score->model->ours], micro);
    (void)score_find_field(score);
    score->rivals_are_current = false;
}

bool score_beats(struct score *score, size_t rival)
{
    size_t ours = score->model->ours;

    score_total_bid(score, ours);
    score_total_bid(score, rival);
    return score_compare(score, ours, rival) >= 0;
}

void score_init(
    struct score *score, const struct model *model, const struct offer *offer)
{
    size_t bids_n = model->bids_n;

    *score = (struct score){.model = model, .sign = 1};
    score->admitted = mem_new(bids_n * sizeof *score->admitted);
    score->refused = mem_new(bids_n * sizeof *score->refused);
    score->fit = mem_new(bids_n * sizeof *score->fit);
    score->gate = mem_new(bids_n * sizeof *score->gate);
    score->marks =
        mem_new((bids_n * model->criteria_n + 1) * sizeof *score->marks);
    score->price = fractions_new(bids_n);
    score->quality = fractions_new(bids_n);
    score->total = fractions_new(bids_n);
    score->near = mem_new(bids_n * sizeof *score->near);
    score->weight = fractions_new(model->criteria_n);
    score->per_mark = fractions_new(model->criteria_n);
    score->prices = mem_new((model->criteria_n + 1) * sizeof *score->prices);
    price_field_init(&score->field);
    score_read_criteria(score);
    if (score->by_total != NULL &&
        score->by_total->rule == RULE_QUALITY_CORRIDOR)
        score->corridor = corridor_new(bids_n);
    for (size_t i = 0; i < bids_n; i++) {
        if (i == model->ours)
            read_offer(score, offer);
        else
            read_rival(score, i);
    }
    score_total(score);
}

void score_fini(struct score *score)
{
    size_t bids_n = score->model->bids_n;
    size_t criteria_n = score->model->criteria_n;

    free(score->admitted);
    free(score->refused);
    free(score->fit);
    free(score->gate);
    free(score->marks);
    free(score->near);
    free(score->prices);
    fractions_free(&score->price, bids_n);
    fractions_free(&score->quality, bids_n);
    fractions_free(&score->total, bids_n);
    fractions_free(&score->weight, criteria_n);
    fractions_free(&score->per_mark, criteria_n);
    linear_fini(&score->quality_of);
    score_tree_fini(score);
    price_field_fini(&score->field);
    price_order_free(&score->rivals);
    corridor_free(&score->corridor, bids_n);
}

void score_set_offer(struct score *score, const struct offer *offer)
{
    read_offer(score, offer);
    score_total(score);
}

void score_leave_out(struct score *score, size_t bid, bool out)
{
    score->fit[bid] = out ? REFUSED_LEFT_OUT : REFUSED_NOT;
    score->rivals_are_current = false;
    score_total(score);
}

bool score_depends_on(const struct score *score, size_t bid)
{
    const struct price_field *field = &score->field;

    /* By dates, where some are not recorded, two can tie with a third and
     * not with each other: then who ties depends on who is there. */
    if (score->model->max_pass > 0 || score->model->tie == TIE_DATE)
        return true;
    /* Who is within a corridor follows from the best index. */
    if (score->corridor != NULL)
        return mpq_cmp(score->total[bid], score->corridor->edge) >= 0;
    if (score->looks == PRICE_LOOKS_ALL)
        return true;
    if (score->looks >= PRICE_LOOKS_LOWEST &&
        mpq_equal(score->price[bid], field->lowest))
        return true;
    return score->looks == PRICE_LOOKS_PRICES &&
           mpq_equal(score->price[bid], field->highest);
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
    if (score->corridor != NULL) {
        corridor_lead(score, bid, lead);
        return true;
    }
    mpq_sub(lead, score->total[bid], score->total[best]);
    if (score->sign < 0)
        mpq_neg(lead, lead);
    return true;
}

/* Dates that are not recorded tie with all others, so that the best other
 * need not be the one who stands better. */
static bool wins_by_dates(const struct score *score, size_t bid)
{
    for (size_t i = 0; i < score->model->bids_n; i++) {
        if (score->admitted[i] && score_compare(score, i, bid) > 0)
            return false;
    }
    return true;
}

bool score_wins(const struct score *score, size_t bid)
{
    if (!score->admitted[bid])
        return false;
    if (score->model->tie == TIE_DATE)
        return wins_by_dates(score, bid);
    size_t best = score_best_other(score, bid);
    return best == MODEL_NOWHERE || score_compare(score, bid, best) >= 0;
}
