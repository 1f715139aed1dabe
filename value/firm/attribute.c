/* SPDX-License-Identifier: Apache-2.0
 *
 * attribute.c - leads by criterion, and shares of elements.
 */
#include "value/firm/attribute.h"

#include <stdlib.h>

#include "protocol/base_mem.h"
#include "value/award/score.h"
#include "value/firm/shapley.h"
#include "value/mean.h"
#include "value/missing.h"

/* What one computation works on. */
struct work {
    const struct model *model;
    struct offer offer;
    struct score score;
    struct attribute_result *result;
    uint32_t bits[SHAPLEY_PLAYERS]; /* of the elements in the set */
    struct mean mean;               /* where users_are_known */
    bool users_are_known;
};

static int64_t micro_of(const mpq_t value)
{
    return fraction_micro(value, FRACTION_HALF_UP);
}

/* Our offer's users' mean. */
static int64_t measure_users(struct work *work)
{
    mpq_t value;
    mpz_t above;

    if (!work->users_are_known)
        return 0;
    mpq_init(value);
    mpz_init(above);
    mean_above(&work->mean, work->offer.covers, above);
    fraction_set_integers(value, above, work->mean.below);
    int64_t micro = micro_of(value);
    mpz_clear(above);
    mpq_clear(value);
    return micro;
}

static int64_t measure_points(struct work *work)
{
    size_t ours = work->model->ours;

    score_set_offer(&work->score, &work->offer);
    return work->score.admitted[ours] ? micro_of(work->score.total[ours]) : 0;
}

/* The possible elements for which indexes of the game stand. */
static uint32_t set_of(const struct work *work, size_t index)
{
    uint32_t set = 0;

    for (size_t e = 0; e < work->result->elements_n; e++)
        set |= index >> e & 1 ? work->bits[e] : 0;
    return set;
}

static void share_out(struct work *work, const int64_t *values, bool users)
{
    struct attribute_result *result = work->result;
    size_t k = result->elements_n;
    size_t all = ((size_t)1 << k) - 1;
    mpq_t *shares = fractions_new(k);
    mpq_t million; /* the values are millionths */

    mpq_init(million);
    mpq_set_ui(million, MICRO_ONE, 1);
    shapley_of(values, k, shares);
    for (size_t e = 0; e < k; e++) {
        size_t bit = (size_t)1 << e;
        struct attribute_share *row =
            users ? &result->elements[e].users : &result->elements[e].points;
        row->lost = values[all] - values[all & ~bit];
        row->alone = values[bit] - values[0];
        mpq_div(shares[e], shares[e], million);
        row->share = micro_of(shares[e]);
    }
    if (users)
        result->users = values[all] - values[0];
    else
        result->points = values[all] - values[0];
    mpq_clear(million);
    fractions_free(&shares, k);
}

static void forget_users(struct attribute_result *result)
{
    const struct attribute_share absent = {
        MODEL_ABSENT, MODEL_ABSENT, MODEL_ABSENT};

    result->users = MODEL_ABSENT;
    for (size_t e = 0; e < result->elements_n; e++)
        result->elements[e].users = absent;
}

static void tell_elements(struct work *work, uint32_t set)
{
    struct attribute_result *result = work->result;
    const struct subsets *subsets = &work->offer.subsets;

    result->elements = mem_new(SHAPLEY_PLAYERS * sizeof *result->elements);
    for (size_t i = 0; i < subsets->n; i++) {
        if ((set >> i & 1) == 0)
            continue;
        work->bits[result->elements_n] = UINT32_C(1) << i;
        result->elements[result->elements_n++].element = subsets->element[i];
    }
    size_t sets = (size_t)1 << result->elements_n;
    int64_t *points = mem_new(sets * sizeof *points);
    int64_t *users = mem_new(sets * sizeof *users);
    for (size_t i = 0; i < sets && result->elements_n > 0; i++) {
        offer_set(&work->offer, set_of(work, i));
        points[i] = measure_points(work);
        users[i] = measure_users(work);
    }
    if (result->elements_n > 0) {
        share_out(work, points, false);
        share_out(work, users, true);
    }
    if (!work->users_are_known)
        forget_users(result);
    free(points);
    free(users);
}

/* The rival with most points on a criterion, the first of several. */
static void tell_criterion(
    struct work *work, size_t k, int64_t ahead, int64_t weight)
{
    struct attribute_criterion *row = &work->result->criteria[k];
    const struct model_criterion *c = &work->model->criteria[k];
    size_t ours = work->model->ours;
    mpq_t own, points, best;

    row->lead = MODEL_ABSENT;
    row->rival = MODEL_NOWHERE;
    if (!work->score.admitted[ours] ||
        (c->is_price && price_gives(c) != PRICE_GIVES_SHARE))
        return;
    mpq_inits(own, points, best, NULL);
    for (size_t b = 0; b < work->model->bids_n; b++) {
        if (b == ours || !work->score.admitted[b])
            continue;
        score_points(&work->score, b, k, points);
        if (row->rival != MODEL_NOWHERE && mpq_cmp(points, best) <= 0)
            continue;
        row->rival = b;
        mpq_set(best, points);
    }
    if (row->rival != MODEL_NOWHERE) {
        score_points(&work->score, ours, k, own);
        mpq_sub(own, own, best);
        row->lead = micro_of(own);
        fraction_set(points, ahead);
        bool weighs = c->weight.likely >= weight;
        row->discriminator =
            weighs && mpq_sgn(own) > 0 && mpq_cmp(own, points) >= 0;
        mpq_neg(own, own);
        row->ghost = weighs && mpq_sgn(own) > 0 && mpq_cmp(own, points) >= 0;
    }
    mpq_clears(own, points, best, NULL);
}

enum err attribute_compute(const struct model *model, uint32_t set,
    int64_t ahead, int64_t weight, struct attribute_result **made)
{
    struct work work = {.model = model};

    if (missing_blocks(model, FIGURE_DECIDER))
        return ERR_STATE;
    enum err err = offer_init_with(&work.offer, model, set);
    if (err != ERR_OK)
        return err;
    score_init(&work.score, model, &work.offer);
    work.result = mem_new(sizeof *work.result);
    work.result->criteria_n = model->criteria_n;
    work.result->criteria =
        mem_new(model->criteria_n * sizeof *work.result->criteria);
    for (size_t k = 0; k < model->criteria_n; k++)
        tell_criterion(&work, k, ahead, weight);
    work.users_are_known =
        !missing_blocks(model, FIGURE_USERS) &&
        mean_init(&work.mean, model, NULL, work.offer.cover_one);
    tell_elements(&work, set);
    if (work.users_are_known)
        mean_fini(&work.mean);
    score_fini(&work.score);
    offer_fini(&work.offer);
    *made = work.result;
    return ERR_OK;
}

void attribute_free(struct attribute_result **result)
{
    if (*result == NULL)
        return;
    free((*result)->criteria);
    free((*result)->elements);
    free(*result);
    *result = NULL;
}
