/* SPDX-License-Identifier: Apache-2.0
 *
 * award.c - the figures of the institution, from exact totals.
 */
#include "value/award/award.h"

#include <stdlib.h>

#include "protocol/base_mem.h"
#include "value/award/corridor.h"
#include "value/award/score.h"
#include "value/award/winning.h"
#include "value/firm/flip.h"
#include "value/missing.h"
#include "value/wide.h"

static bool is_range(const struct estimate *estimate)
{
    return estimate->low != estimate->high;
}

static size_t count_ranges(const struct model *model)
{
    size_t ranges = 0;
    bool uses_prices = false;

    for (size_t k = 0; k < model->criteria_n; k++) {
        ranges += is_range(&model->criteria[k].weight);
        uses_prices = uses_prices || model->criteria[k].is_price;
        for (size_t b = 0; b < model->bids_n && !model->criteria[k].is_price;
             b++)
            ranges += is_range(&model->marks[b * model->criteria_n + k]);
    }
    for (size_t b = 0; b < model->bids_n && uses_prices; b++)
        ranges += is_range(&model->bids[b].price);
    return ranges;
}

static struct award_result *new_result(const struct model *model)
{
    struct award_result *result = mem_new(sizeof *result);
    size_t cells = model->bids_n * model->criteria_n;

    result->bids_n = model->bids_n;
    result->criteria_n = model->criteria_n;
    result->ours = model->ours;
    result->leader = MODEL_NOWHERE;
    result->rival = MODEL_NOWHERE;
    result->bids = mem_new(model->bids_n * sizeof *result->bids);
    result->criteria = mem_new(model->criteria_n * sizeof *result->criteria);
    result->marks = mem_new(cells * sizeof *result->marks);
    result->shares = mem_new(cells * sizeof *result->shares);
    result->points = mem_new(cells * sizeof *result->points);
    result->groups_n = model->groups_n;
    result->group_points =
        mem_new(model->bids_n * model->groups_n * sizeof *result->group_points);
    result->to_win_price = MODEL_ABSENT;
    result->estimates = count_ranges(model);
    return result;
}

/* A rule that gives the total itself gives no points of its own. */
static bool earns_points(const struct score *score, size_t criterion)
{
    const struct model_criterion *c = &score->model->criteria[criterion];

    return !c->is_price || price_gives(c) == PRICE_GIVES_SHARE;
}

static void report_cell(const struct score *score, struct award_result *result,
    size_t bid, size_t criterion)
{
    size_t at = bid * result->criteria_n + criterion;

    result->marks[at] = result->shares[at] = result->points[at] = MODEL_ABSENT;
    if (!score->model->criteria[criterion].is_price)
        result->marks[at] =
            wide_micro((wide)score->marks[at] * (MICRO_ONE / DECIMAL_ONE));
    if (score->admitted[bid] && earns_points(score, criterion))
        score_cell(
            score, bid, criterion, &result->shares[at], &result->points[at]);
}

/* What the groups of criteria earn, from all below them. */
static void report_groups(
    const struct score *score, struct award_result *result, size_t bid)
{
    mpq_t *sums = fractions_new(result->groups_n);
    int64_t *points = result->group_points + bid * result->groups_n;

    if (score->admitted[bid])
        score_groups(score, bid, sums);
    for (size_t g = 0; g < result->groups_n; g++)
        points[g] = score->admitted[bid]
                        ? fraction_micro(sums[g], FRACTION_HALF_UP)
                        : MODEL_ABSENT;
    fractions_free(&sums, result->groups_n);
}

/* Rank 1 + number strictly better, and whether somebody is level. */
static void rank_bid(
    const struct score *score, struct award_bid *row, size_t bid)
{
    row->rank = 1;
    for (size_t i = 0; i < score->model->bids_n; i++) {
        if (i == bid || !score->admitted[i])
            continue;
        int order = score_compare(score, i, bid);
        if (order > 0)
            row->rank++;
        if (order == 0)
            row->tie = true;
    }
}

/* Dates that are not recorded tie with all others, so that bids stand in no
 * one order: see score_depends_on. */
static bool stands_in_order(const struct score *score)
{
    return score->model->tie != TIE_DATE;
}

static int compare_standing(const void *one, const void *other, void *score)
{
    const size_t *a = one;
    const size_t *b = other;
    int order = score_compare(score, *b, *a);

    return order != 0 ? order : (*a > *b) - (*a < *b);
}

/* The admitted bids, the best first; gives how many. */
static size_t sort_bids(struct score *score, size_t *order)
{
    size_t n = 0;

    for (size_t b = 0; b < score->model->bids_n; b++) {
        if (score->admitted[b])
            order[n++] = b;
    }
    qsort_r(order, n, sizeof *order, compare_standing, score);
    return n;
}

/* As rank_bid for all of them, sorted once. */
static void rank_bids(struct score *score, struct award_bid *rows)
{
    size_t bids_n = score->model->bids_n;
    size_t *order = mem_new((bids_n + 1) * sizeof *order);
    size_t n = 0;

    if (stands_in_order(score))
        n = sort_bids(score, order);
    for (size_t i = 0; i < n; i++) {
        struct award_bid *row = &rows[order[i]];
        struct award_bid *before = i > 0 ? &rows[order[i - 1]] : NULL;
        row->rank = i + 1;
        if (before && score_compare(score, order[i - 1], order[i]) == 0) {
            row->rank = before->rank;
            row->tie = before->tie = true;
        }
    }
    for (size_t b = 0; b < bids_n && !stands_in_order(score); b++) {
        if (score->admitted[b])
            rank_bid(score, &rows[b], b);
    }
    free(order);
}

/* What the two stages of a corridor say of each bid. */
static void report_corridor(
    const struct score *score, struct award_result *result)
{
    result->edge = result->near = result->alone = MODEL_ABSENT;
    for (size_t b = 0; b < result->bids_n; b++) {
        struct award_bid *row = &result->bids[b];
        bool told = score->corridor != NULL && row->admitted;
        row->within = told && score->corridor->within[b];
        row->decide =
            told ? fraction_micro(score->corridor->decide[b], FRACTION_HALF_UP)
                 : MODEL_ABSENT;
    }
    if (score->corridor == NULL || result->leader == MODEL_NOWHERE)
        return;
    result->edge = fraction_micro(score->corridor->edge, FRACTION_HALF_UP);
    if (!model_rounds_points(score->model) && score->model->round_total == 0 &&
        score->admitted[result->ours])
        corridor_stages(score, &result->near, &result->alone);
}

static void report_bid(const struct score *score, struct award_result *result,
    size_t bid, bool has_price)
{
    struct award_bid *row = &result->bids[bid];

    row->admitted = score->admitted[bid];
    row->refused = score->refused[bid];
    row->gate = score->gate[bid];
    row->price = has_price ? fraction_micro(score->price[bid], FRACTION_HALF_UP)
                           : MODEL_ABSENT;
    row->points = row->lead = MODEL_ABSENT;
    for (size_t k = 0; k < result->criteria_n; k++)
        report_cell(score, result, bid, k);
    report_groups(score, result, bid);
    if (!row->admitted)
        return;
    row->points = fraction_micro(score->total[bid], FRACTION_HALF_UP);
}

static void subtract_total(
    const struct score *score, size_t bid, size_t other, mpq_t lead)
{
    mpq_sub(lead, score->total[bid], score->total[other]);
    if (score->sign < 0)
        mpq_neg(lead, lead);
}

/* Who wins and by how much, looking once for the best of all and for the best
 * beside it. */
static void report_leads(const struct score *score, struct award_result *result)
{
    size_t first = score_best_other(score, MODEL_NOWHERE);
    size_t second =
        first == MODEL_NOWHERE ? first : score_best_other(score, first);
    mpq_t lead;

    mpq_init(lead);
    for (size_t b = 0; b < result->bids_n; b++) {
        struct award_bid *row = &result->bids[b];
        size_t other = !stands_in_order(score) ? score_best_other(score, b)
                       : b == first            ? second
                                               : first;
        if (!row->admitted)
            continue;
        row->wins = !stands_in_order(score) ? score_wins(score, b)
                    : other == MODEL_NOWHERE
                        ? true
                        : score_compare(score, b, other) >= 0;
        if (row->wins && result->leader == MODEL_NOWHERE)
            result->leader = b;
        if (other == MODEL_NOWHERE)
            continue;
        if (score->corridor != NULL && !score_lead(score, b, lead))
            continue;
        if (score->corridor == NULL)
            subtract_total(score, b, other, lead);
        row->lead = fraction_micro(lead, FRACTION_HALF_UP);
    }
    mpq_clear(lead);
}

/* Among rivals that are level after rounding, the one best before it. */
static size_t find_rival(const struct score *score)
{
    size_t ours = score->model->ours;
    size_t best = score_best_other(score, ours);
    size_t rival = best;
    mpq_t most, total;

    if (best == MODEL_NOWHERE || !score->admitted[ours])
        return MODEL_NOWHERE;
    if (!score_adds_up(score))
        return best;
    mpq_inits(most, total, NULL);
    score_unrounded(score, best, most);
    for (size_t i = best + 1; i < score->model->bids_n; i++) {
        if (i == ours || !score->admitted[i] ||
            !mpq_equal(score->total[i], score->total[best]))
            continue;
        score_unrounded(score, i, total);
        if (mpq_cmp(total, most) > 0) {
            mpq_set(most, total);
            rival = i;
        }
    }
    mpq_clears(most, total, NULL);
    return rival;
}

static void report_criteria(
    const struct score *score, struct award_result *result)
{
    bool any = result->leader != MODEL_NOWHERE;

    for (size_t k = 0; k < result->criteria_n; k++) {
        struct award_criterion *row = &result->criteria[k];
        bool used = any && score->model->criteria[k].is_price;
        row->lowest =
            used ? fraction_micro(score->field.lowest, FRACTION_HALF_UP)
                 : MODEL_ABSENT;
        row->highest =
            used ? fraction_micro(score->field.highest, FRACTION_HALF_UP)
                 : MODEL_ABSENT;
    }
}

static struct award_result *compute(
    const struct model *model, const struct offer *offer)
{
    struct award_result *result = new_result(model);
    struct score score;

    score_init(&score, model, offer);
    for (size_t b = 0; b < model->bids_n; b++)
        report_bid(&score, result, b, model->bids[b].price.low != MODEL_ABSENT);
    report_leads(&score, result);
    rank_bids(&score, result->bids);
    result->rival = find_rival(&score);
    report_criteria(&score, result);
    report_corridor(&score, result);
    flip_weights(&score, result);
    flip_rivals(&score, result);
    winning_find(&score, &result->winning);
    result->to_win = winning_to_win(&result->winning, &result->to_win_price);
    score_fini(&score);
    return result;
}

enum err award_compute_offer(
    const struct model *model, uint32_t set, struct award_result **made)
{
    struct offer offer;

    if (missing_blocks(model, FIGURE_DECIDER))
        return ERR_STATE;
    enum err err = offer_init_with(&offer, model, set);
    if (err != ERR_OK)
        return err;
    *made = compute(model, &offer);
    offer_fini(&offer);
    return ERR_OK;
}

enum err award_compute(const struct model *model, struct award_result **made)
{
    return award_compute_offer(model, 0, made);
}

enum err award_ranks(const struct model *model, size_t *ranks)
{
    struct offer offer;
    struct score score;

    if (missing_blocks(model, FIGURE_DECIDER))
        return ERR_STATE;
    offer_init(&offer, model);
    score_init(&score, model, &offer);
    struct award_bid *rows = mem_new((model->bids_n + 1) * sizeof *rows);
    rank_bids(&score, rows);
    for (size_t b = 0; b < model->bids_n; b++)
        ranks[b] = rows[b].rank;
    free(rows);
    score_fini(&score);
    offer_fini(&offer);
    return ERR_OK;
}

void award_free(struct award_result **result)
{
    if (*result == NULL)
        return;
    for (size_t i = 0; i < (*result)->paradoxes_n; i++)
        free((*result)->paradoxes[i].points);
    free((*result)->paradoxes);
    free((*result)->bids);
    free((*result)->criteria);
    free((*result)->marks);
    free((*result)->shares);
    free((*result)->points);
    free((*result)->group_points);
    winning_fini(&(*result)->winning);
    free(*result);
    *result = NULL;
}
