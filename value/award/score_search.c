/* SPDX-License-Identifier: Apache-2.0
 *
 * score_search.c - the highest price that wins, by halving.
 */
#include "value/award/score.h"

#include "protocol/base_mem.h"

static bool wins_at(struct score *score, int64_t micro)
{
    size_t ours = score->model->ours;

    fraction_set_micro(score->price[ours], micro);
    score_total(score);
    return score_wins(score, ours);
}

int64_t score_lowest_micro(const struct model *model)
{
    for (size_t k = 0; k < model->criteria_n; k++) {
        if (model->criteria[k].is_price &&
            price_fault_of(&model->criteria[k], 0) != PRICE_FINE)
            return 1;
    }
    return 0;
}

bool score_is_expression(const struct model *model)
{
    for (size_t k = 0; k < model->criteria_n; k++) {
        const struct model_criterion *c = &model->criteria[k];
        if (c->is_price &&
            (c->rule == RULE_EXPRESSION || c->rule == RULE_EXPRESSION_TOTAL))
            return true;
    }
    return false;
}

/* The same against one rival alone. */
static bool beats_at(struct score *score, size_t rival, int64_t micro)
{
    score_look_at(score, micro);
    return score_beats(score, rival);
}

/* Prices between which the border lies: at the first we win, at the other we
 * do not. */
struct span {
    int64_t wins, loses;
};

/* Brings the two ends together around a price that may be near: most border
 * prices are within twice or half of our own. */
static void close_in(
    struct score *score, size_t rival, int64_t near, struct span *span)
{
    if (near <= span->wins || near >= span->loses)
        return;
    bool wins = beats_at(score, rival, near);
    if (wins)
        span->wins = near;
    else
        span->loses = near;
    for (;;) {
        near = wins ? near * 2 : near / 2;
        if (near <= span->wins || near >= span->loses)
            return;
        bool still = beats_at(score, rival, near);
        if (still)
            span->wins = near;
        else
            span->loses = near;
        if (still != wins)
            return;
    }
}

static void halve(struct score *score, size_t rival, struct span *span)
{
    while (span->loses - span->wins > 1) {
        int64_t middle = span->wins + (span->loses - span->wins) / 2;
        bool wins = rival == MODEL_NOWHERE ? wins_at(score, middle)
                                           : beats_at(score, rival, middle);
        if (wins)
            span->wins = middle;
        else
            span->loses = middle;
    }
}

/* Each turn finds the border against one rival, who stood better than we at
 * the end of the span, until nobody does there. */
static void halve_by_rivals(
    struct score *score, int64_t near, struct span *span)
{
    do {
        struct span one = *span;

        /* Totals are those at the end of the span. */
        size_t rival = score->best_rival;
        INSIST(rival != MODEL_NOWHERE);
        close_in(score, rival, near, &one);
        halve(score, rival, &one);
        span->loses = one.loses;
        near = one.wins;
    } while (near > span->wins && !wins_at(score, near) &&
             ((span->loses = near) - span->wins > 1));
    span->wins = span->loses - 1;
}

static enum to_win search_price(
    struct score *score, int64_t near, int64_t *micro)
{
    struct span span = {
        score_lowest_micro(score->model), DECIMAL_LIMIT * MICRO_ONE};

    if (!wins_at(score, span.wins))
        return wins_at(score, span.loses) ? TO_WIN_ANY : TO_WIN_NONE;
    if (wins_at(score, span.loses))
        return TO_WIN_ANY;
    /* Dates that are not recorded tie with all others: see
     * score_depends_on.  Who is within a corridor depends on all others. */
    if (score->corridor != NULL || score->model->tie == TIE_DATE)
        halve(score, MODEL_NOWHERE, &span);
    else
        halve_by_rivals(score, near, &span);
    *micro = span.wins;
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
    int64_t found = 0;
    enum to_win answer =
        search_price(score, fraction_micro(price, FRACTION_FLOOR), &found);
    if (answer == TO_WIN_AT)
        *micro = found;
    mpq_set(score->price[ours], price);
    score_total(score);
    mpq_clear(price);
    return answer;
}
