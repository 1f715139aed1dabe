/* SPDX-License-Identifier: Apache-2.0
 *
 * winning_look.c - what the totals can be while our price moves over a span.
 */
#include "value/award/winning_inside.h"

#include <math.h>
#include <stdlib.h>

#include "protocol/base_mem.h"
#include "value/award/price_order.h"

static bool is_expression(const struct model_criterion *c)
{
    return c->is_price &&
           (c->rule == RULE_EXPRESSION || c->rule == RULE_EXPRESSION_TOTAL);
}

/* Whether an expression looks at the bid itself. */
static bool looks_at_bid(const struct expression_program *program)
{
    for (size_t i = 0; i < program->n; i++) {
        const struct expression_step *at = &program->steps[i];
        size_t which = at->what == STEP_VARIABLE ? (size_t)at->number
                                                 : EXPRESSION_VARIABLES_N;
        if (which == EXPRESSION_P || which == EXPRESSION_Q)
            return true;
    }
    return false;
}

static struct bounds bounds_of(int64_t decimal)
{
    struct bounds made = {0};
    mpq_t value;

    if (decimal == MODEL_ABSENT)
        return made;
    mpq_init(value);
    fraction_set(value, decimal);
    made = bounds_at(value);
    mpq_clear(value);
    return made;
}

static void read_programs(struct winning_search *s)
{
    const struct model *m = s->score->model;

    s->programs = mem_new((m->criteria_n + 1) * sizeof *s->programs);
    s->is_shared = mem_new((m->criteria_n + 1) * sizeof *s->is_shared);
    s->weight = mem_new((m->criteria_n + 1) * sizeof *s->weight);
    s->ceiling = mem_new((m->criteria_n + 1) * sizeof *s->ceiling);
    for (size_t k = 0; k < m->criteria_n; k++) {
        const struct model_criterion *c = &m->criteria[k];
        s->programs[k] = NULL;
        if (!is_expression(c)) {
            s->has_named = s->has_named || c->is_price;
            continue;
        }
        s->programs[k] = mem_new(sizeof *s->programs[k]);
        expression_compile(c->expression, s->programs[k]);
        s->weight[k] = bounds_of(c->weight.likely);
        s->ceiling[k] = bounds_of(c->set_max);
        s->bound_work += (long)s->programs[k]->n;
        s->is_shared[k] =
            !looks_at_bid(s->programs[k]) &&
            (s->score->by_total != NULL ||
                (m->round_total == 0 && s->score->within == NULL));
    }
}

/* What the mean of all prices is made of, besides our own. */
static void read_mean(struct winning_search *s)
{
    mpq_t part;

    mpq_init(part);
    mpq_set_ui(part, 1, s->score->rivals->n + 1);
    s->part = bounds_at(part);
    s->sum = bounds_at(s->score->rivals->sum);
    mpq_clear(part);
}

void winning_search_init(
    struct winning_search *search, struct score *score, struct winning *winning)
{
    const struct model *m = score->model;

    *search = (struct winning_search){
        .score = score, .made = winning, .bids_n = m->bids_n};
    read_programs(search);
    search->bound_work += 8;
    search->exact_work = 20 * search->bound_work + 200;
    search->price = mem_new(m->bids_n * sizeof *search->price);
    search->quality = mem_new(m->bids_n * sizeof *search->quality);
    search->named =
        mem_new(m->bids_n * score->prices_n * sizeof *search->named);
    search->total = mem_new(m->bids_n * sizeof *search->total);
    search->micro = mem_new(m->bids_n * sizeof *search->micro);
    for (size_t b = 0; b < m->bids_n; b++) {
        search->price[b] = bounds_at(score->price[b]);
        search->quality[b] = bounds_at(score->quality[b]);
        search->micro[b] = fraction_micro(score->price[b], FRACTION_FLOOR);
    }
    read_mean(search);
    search->field[EXPRESSION_WQ] = bounds_at(score->field.all_quality);
    search->field[EXPRESSION_QBEST] = bounds_at(score->field.best);
    search->field[EXPRESSION_N].low = (double)score->field.n;
    search->field[EXPRESSION_N].high = (double)score->field.n;
}

void winning_search_fini(struct winning_search *search)
{
    for (size_t k = 0; k < search->score->model->criteria_n; k++)
        free(search->programs[k]);
    free(search->programs);
    free(search->is_shared);
    free(search->weight);
    free(search->ceiling);
    free(search->price);
    free(search->quality);
    free(search->named);
    free(search->total);
    free(search->micro);
}

/* A rival's place among all by price, without our bid. */
static size_t rival_at(const struct winning_search *s, size_t place)
{
    return s->score->rivals->rising[place];
}

size_t winning_cuts(const struct winning_search *search, int64_t *cuts)
{
    size_t n = search->score->rivals->n;
    size_t cuts_n = 0;

    if (n == 0)
        return 0;
    size_t middle = (n - 1) / 2;
    cuts[cuts_n++] = search->micro[rival_at(search, 0)];
    cuts[cuts_n++] = search->micro[rival_at(search, n - 1)];
    for (size_t i = middle > 0 ? middle - 1 : 0; i < n && i <= middle + 1; i++)
        cuts[cuts_n++] = search->micro[rival_at(search, i)];
    return cuts_n;
}

/* The lesser or the greater of our price and a rival's. */
static struct bounds choose(
    const struct winning_search *s, struct bounds own, size_t place, int sign)
{
    return bounds_choose(own, s->price[rival_at(s, place)], sign);
}

static struct bounds halve(struct bounds one)
{
    static const struct bounds half = {.low = 0.5, .high = 0.5};

    return bounds_multiply(one, half);
}

/* With an odd number of bids ours within the two rivals in the middle; with
 * an even one the middle rival and ours, within its neighbours. */
static struct bounds median_over(
    const struct winning_search *s, struct bounds own)
{
    size_t n = s->score->rivals->n;
    size_t middle = n / 2;

    if (n == 0)
        return own;
    if (n % 2 == 0)
        return choose(s, choose(s, own, middle - 1, 1), middle, -1);
    if (n > 1)
        own = choose(s, choose(s, own, middle - 1, 1), middle + 1, -1);
    return halve(bounds_add(own, s->price[rival_at(s, middle)]));
}

static struct bounds mean_over(
    const struct winning_search *s, struct bounds own)
{
    return bounds_multiply(bounds_add(own, s->sum), s->part);
}

static void look_at_field(struct winning_search *s, struct winning_span span)
{
    size_t n = s->score->rivals->n;
    mpq_t low, high;

    mpq_inits(low, high, NULL);
    fraction_set_micro(low, span.low);
    fraction_set_micro(high, span.high);
    struct bounds own = bounds_span(low, high);
    mpq_clears(low, high, NULL);
    s->price[s->score->model->ours] = own;
    s->field[EXPRESSION_PMIN] = n > 0 ? choose(s, own, 0, -1) : own;
    s->field[EXPRESSION_PMAX] = n > 0 ? choose(s, own, n - 1, 1) : own;
    s->field[EXPRESSION_PAVG] = mean_over(s, own);
    s->field[EXPRESSION_PMED] = median_over(s, own);
}

/* What a named rule gives a bid at the price that was looked at. */
static struct bounds named_points(
    const struct winning_search *s, size_t bid, size_t criterion)
{
    mpq_t points;

    mpq_init(points);
    score_points(s->score, bid, criterion, points);
    struct bounds made = bounds_at(points);
    mpq_clear(points);
    return made;
}

static struct bounds *named_of(struct winning_search *s, size_t bid, size_t i)
{
    return &s->named[bid * s->score->prices_n + i];
}

static void look_at_low(struct winning_search *s, size_t bid)
{
    for (size_t i = 0; i < s->score->prices_n; i++) {
        size_t k = s->score->prices[i];
        if (s->programs[k] == NULL)
            *named_of(s, bid, i) = named_points(s, bid, k);
    }
}

/* Widens what was found at the low end of a span by what holds at the high
 * one. */
static void look_at_high(struct winning_search *s, size_t bid)
{
    size_t ours = s->score->model->ours;

    for (size_t i = 0; i < s->score->prices_n; i++) {
        size_t k = s->score->prices[i];
        if (s->programs[k] != NULL)
            continue;
        struct bounds end = named_points(s, bid, k);
        struct bounds *span_of = named_of(s, bid, i);
        bool same = span_of->low == end.low && span_of->high == end.high;
        span_of->low = fmin(span_of->low, end.low);
        span_of->high = fmax(span_of->high, end.high);
        if (same)
            continue;
        span_of->fall = bid == ours ? -INFINITY : 0.0;
        span_of->rise = bid == ours ? 0.0 : INFINITY;
    }
}

/* Of a named rule we never earn more for a higher price, nor a rival less. */
static void look_at_named(struct winning_search *s, struct winning_span span,
    const size_t *rivals, size_t n)
{
    size_t ours = s->score->model->ours;

    s->work -= (long)(2 * n + 2) * s->exact_work / 2;
    score_look_at(s->score, span.low);
    for (size_t i = 0; i <= n; i++)
        look_at_low(s, i < n ? rivals[i] : ours);
    score_look_at(s->score, span.high);
    for (size_t i = 0; i <= n; i++)
        look_at_high(s, i < n ? rivals[i] : ours);
}

static struct bounds value_over(
    struct winning_search *s, size_t bid, size_t criterion)
{
    static const struct bounds none = {0};

    if (s->is_shared[criterion])
        return none;
    s->field[EXPRESSION_P] = s->price[bid];
    s->field[EXPRESSION_Q] = s->quality[bid];
    s->field[EXPRESSION_WP] = s->weight[criterion];
    s->field[EXPRESSION_CEILING] = s->ceiling[criterion];
    return bounds_expression(s->programs[criterion], s->field);
}

static struct bounds points_over(
    struct winning_search *s, size_t bid, size_t criterion)
{
    const struct model_criterion *c = &s->score->model->criteria[criterion];
    static const struct bounds none = {0};

    if (c->weight.likely <= 0)
        return none;
    struct bounds points = value_over(s, bid, criterion);
    if (c->clamp)
        points = bounds_choose(
            bounds_choose(points, none, 1), s->weight[criterion], -1);
    return c->round > 0 ? bounds_round(points, c->round - 1) : points;
}

/* What the rule at a place among the prices gives, of whatever sort. */
static struct bounds price_over(struct winning_search *s, size_t bid, size_t i)
{
    size_t k = s->score->prices[i];

    return s->programs[k] ? points_over(s, bid, k) : *named_of(s, bid, i);
}

/* The sum of all points, where groups that hold a price round theirs. */
static struct bounds tree_over(struct winning_search *s, size_t bid)
{
    const struct score *score = s->score;
    const struct model *m = score->model;
    struct bounds *sums = mem_new(m->groups_n * sizeof *sums);
    mpq_t outside;

    mpq_init(outside);
    mpq_set(outside, score->quality[bid]);
    for (size_t g = 0; g < m->groups_n; g++) {
        mpq_ptr within = score->within[bid * m->groups_n + g];
        if (!score->waits[g])
            continue;
        sums[g] = bounds_at(within);
        mpq_sub(outside, outside, within);
    }
    struct bounds total = bounds_at(outside);
    mpq_clear(outside);
    for (size_t i = 0; i < score->prices_n; i++) {
        size_t g = m->group_of[score->prices[i]];
        struct bounds *to = g == MODEL_NOWHERE ? &total : &sums[g];
        *to = bounds_add(*to, price_over(s, bid, i));
    }
    for (size_t g = m->groups_n; g-- > 0;) {
        size_t above = m->groups[g].parent;
        struct bounds *to = above == MODEL_NOWHERE ? &total : &sums[above];
        if (score->waits[g] && m->groups[g].round > 0)
            sums[g] = bounds_round(sums[g], m->groups[g].round - 1);
        if (score->waits[g])
            *to = bounds_add(*to, sums[g]);
    }
    free(sums);
    return total;
}

static struct bounds sum_over(struct winning_search *s, size_t bid)
{
    struct bounds total = s->quality[bid];

    if (s->score->within != NULL)
        return tree_over(s, bid);
    for (size_t i = 0; i < s->score->prices_n; i++)
        total = bounds_add(total, price_over(s, bid, i));
    return total;
}

void winning_total_over(struct winning_search *search, size_t bid)
{
    const struct score *score = search->score;
    const struct model *m = score->model;

    search->work -= search->bound_work;
    struct bounds total =
        score->by_total == NULL
            ? sum_over(search, bid)
            : value_over(search, bid, (size_t)(score->by_total - m->criteria));
    search->total[bid] =
        m->round_total > 0 ? bounds_round(total, m->round_total - 1) : total;
}

void winning_look_over(struct winning_search *search, struct winning_span span,
    const size_t *rivals, size_t n)
{
    look_at_field(search, span);
    if (search->has_named)
        look_at_named(search, span, rivals, n);
    for (size_t i = 0; i < n; i++)
        winning_total_over(search, rivals[i]);
    winning_total_over(search, search->score->model->ours);
}
