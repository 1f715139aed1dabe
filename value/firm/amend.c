/* SPDX-License-Identifier: Apache-2.0
 *
 * amend.c - before and after, and the search for moves.
 */
#include "value/firm/amend.h"

#include <stdlib.h>
#include <string.h>

#include "protocol/base_mem.h"
#include "value/gap/contrast.h"

static void measure_award(const struct award_result *a, struct amend_side *side)
{
    const struct award_bid *ours = &a->bids[a->ours];

    side->award_is_known = true;
    side->admitted = ours->admitted;
    side->wins = ours->wins;
    side->rank = ours->rank;
    side->lead = ours->lead;
    side->points = ours->points;
    side->winner = a->leader;
}

static int64_t measure_divergence(const struct model *model)
{
    struct gap_result *gap = NULL;

    if (contrast_gap(model, NULL, &gap) != ERR_OK)
        return MODEL_ABSENT;
    int64_t divergence = gap->divergence;
    gap_free(&gap);
    return divergence;
}

void amend_measure(const struct model *model, struct amend_side *side)
{
    struct award_result *award = NULL;
    struct users_result *users = NULL;

    *side = (struct amend_side){.lead = MODEL_ABSENT,
        .points = MODEL_ABSENT,
        .winner = MODEL_NOWHERE,
        .mean = MODEL_ABSENT,
        .min = MODEL_ABSENT,
        .captives = MODEL_ABSENT,
        .divergence = measure_divergence(model)};
    if (award_compute(model, &award) == ERR_OK)
        measure_award(award, side);
    if (side->winner != MODEL_NOWHERE &&
        users_compute(model, &users) == ERR_OK) {
        side->mean = users->bids[side->winner].mean;
        side->min = users->bids[side->winner].min;
        side->captives = users->bids[side->winner].captives;
    }
    award_free(&award);
    users_free(&users);
}

/* Above 0 when we stand better afterwards. */
static int compare_ours(
    const struct amend_side *before, const struct amend_side *after)
{
    if (before->admitted != after->admitted)
        return after->admitted ? 1 : -1;
    /* Alone we can not stand better. */
    bool was_alone = before->lead == MODEL_ABSENT;
    bool is_alone = after->lead == MODEL_ABSENT;
    if (was_alone || is_alone)
        return (int)is_alone - (int)was_alone;
    return (after->lead > before->lead) - (after->lead < before->lead);
}

static int compare_users(
    const struct amend_side *before, const struct amend_side *after)
{
    if (after->mean != before->mean)
        return after->mean > before->mean ? 1 : -1;
    return (after->divergence < before->divergence) -
           (after->divergence > before->divergence);
}

bool amend_judge(const struct amend_side *before,
    const struct amend_side *after, enum amend_verdict *verdict)
{
    if (!before->award_is_known || !after->award_is_known ||
        before->mean == MODEL_ABSENT || after->mean == MODEL_ABSENT)
        return false;
    bool us = compare_ours(before, after) > 0;
    bool users = compare_users(before, after) > 0;
    if (us)
        *verdict = users ? AMEND_BOTH : AMEND_US;
    else
        *verdict = users ? AMEND_USERS : AMEND_NOBODY;
    return true;
}

static void shift(struct estimate *weight, int64_t by)
{
    if (weight->low == MODEL_ABSENT)
        return;
    weight->likely += by;
    weight->low += by;
    weight->high += by;
    if (weight->low < 0)
        weight->low = 0;
}

/* Changes the weight of a criterion and of the groups that it is part of. */
static void shift_up(struct amend_model *made, size_t criterion, int64_t by)
{
    shift(&made->criteria[criterion].weight, by);
    if (made->model.groups_n == 0)
        return;
    for (size_t g = made->model.group_of[criterion]; g != MODEL_NOWHERE;
         g = made->groups[g].parent)
        shift(&made->groups[g].weight, by);
}

void amend_move(const struct model *model, const struct amend_move *move,
    struct amend_model *made)
{
    made->model = *model;
    made->criteria = mem_new((model->criteria_n + 1) * sizeof *made->criteria);
    made->groups = mem_new((model->groups_n + 1) * sizeof *made->groups);
    memcpy(made->criteria, model->criteria,
        model->criteria_n * sizeof *made->criteria);
    if (model->groups_n > 0)
        memcpy(made->groups, model->groups,
            model->groups_n * sizeof *made->groups);
    shift_up(made, move->from, -move->points);
    shift_up(made, move->to, move->points);
    made->model.criteria = made->criteria;
    made->model.groups = made->groups;
}

void amend_model_fini(struct amend_model *made)
{
    free(made->criteria);
    free(made->groups);
}

/* Keeps the best moves sorted, at most so many. */
static void keep(struct amend_move *moves, size_t *n, size_t most,
    const struct amend_move *move)
{
    size_t at = *n;

    while (at > 0 && moves[at - 1].divergence > move->divergence)
        at--;
    if (at == most)
        return;
    if (*n < most)
        ++*n;
    memmove(&moves[at + 1], &moves[at], (*n - at - 1) * sizeof *moves);
    moves[at] = *move;
}

static int64_t try_move(const struct model *model, struct amend_move *move)
{
    struct amend_model made;

    amend_move(model, move, &made);
    move->divergence = measure_divergence(&made.model);
    amend_model_fini(&made);
    return move->divergence;
}

bool amend_moves(const struct model *model, int64_t step, size_t most,
    amend_tell_fn *tell, void *ctx, struct amend_move *moves, size_t *n)
{
    int64_t before = measure_divergence(model);
    size_t criteria = model->criteria_n;

    *n = 0;
    for (size_t i = 0; before != MODEL_ABSENT && i < criteria * criteria; i++) {
        struct amend_move move = {.from = i / criteria, .to = i % criteria};
        int64_t there = model->criteria[move.from].weight.likely;
        move.points = there < step ? there : step;
        if (move.from == move.to || move.points <= 0)
            continue;
        if (tell != NULL && !tell(ctx, i, criteria * criteria)) {
            *n = 0;
            return false;
        }
        if (try_move(model, &move) != MODEL_ABSENT && move.divergence < before)
            keep(moves, n, most, &move);
    }
    return before != MODEL_ABSENT;
}
