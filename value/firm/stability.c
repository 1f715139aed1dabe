/* SPDX-License-Identifier: Apache-2.0
 *
 * stability.c - weights and marks that would change the award.
 */
#include "value/firm/stability_inside.h"

#include <stdlib.h>

#include "protocol/base_mem.h"
#include "value/missing.h"

/* What one computation works on. */
struct work {
    const struct model *model;
    struct score score;
    struct stability_result *result;
    mpq_t *shares;  /* [bids_n][criteria_n] */
    mpq_t *weights; /* [criteria_n] shares of all weight */
    mpq_t *values;  /* [bids_n] totals as shares of all weight */
    mpq_t all;      /* weight */
};

static mpq_ptr share_at(const struct work *work, size_t bid, size_t k)
{
    return work->shares[bid * work->model->criteria_n + k];
}

static void read_values(struct work *work)
{
    const struct model *m = work->model;
    mpq_t part;

    mpq_init(part);
    for (size_t k = 0; k < m->criteria_n; k++)
        mpq_add(work->all, work->all, work->score.weight[k]);
    for (size_t k = 0; k < m->criteria_n; k++)
        mpq_div(work->weights[k], work->score.weight[k], work->all);
    for (size_t b = 0; b < m->bids_n; b++) {
        if (!work->score.admitted[b])
            continue;
        fraction_set(work->values[b], m->bids[b].bonus);
        mpq_div(work->values[b], work->values[b], work->all);
        for (size_t k = 0; k < m->criteria_n; k++) {
            score_share(&work->score, b, k, share_at(work, b, k));
            mpq_mul(part, share_at(work, b, k), work->weights[k]);
            mpq_add(work->values[b], work->values[b], part);
        }
    }
    mpq_clear(part);
}

static size_t best_but(const struct work *work, size_t bid)
{
    size_t best = MODEL_NOWHERE;

    for (size_t b = 0; b < work->model->bids_n; b++) {
        if (b == bid || !work->score.admitted[b])
            continue;
        if (best == MODEL_NOWHERE ||
            mpq_cmp(work->values[b], work->values[best]) > 0)
            best = b;
    }
    return best;
}

/* The share t of criterion k at which the leader and a rival are level, the
 * others keeping their proportions; false when there is none.
 *   t a + (1 - t) r + c = 0, r what the others leave the leader ahead, c what
 *   preference points do. */
static bool find_root(
    const struct work *work, size_t rival, size_t k, mpq_t root)
{
    size_t leader = work->result->leader;
    mpq_t a, rest, bonus, one;
    bool found = false;

    mpq_inits(a, rest, bonus, one, NULL);
    mpq_set_ui(one, 1, 1);
    mpq_sub(one, one, work->weights[k]);
    if (mpq_sgn(one) > 0) {
        fraction_set(bonus,
            work->model->bids[leader].bonus - work->model->bids[rival].bonus);
        mpq_div(bonus, bonus, work->all);
        mpq_sub(a, share_at(work, leader, k), share_at(work, rival, k));
        mpq_mul(root, a, work->weights[k]);
        mpq_sub(rest, work->values[leader], work->values[rival]);
        mpq_sub(rest, rest, bonus);
        mpq_sub(rest, rest, root);
        mpq_div(rest, rest, one);
        mpq_sub(a, rest, a);
        found = mpq_sgn(a) != 0;
        mpq_add(rest, rest, bonus);
        if (found)
            mpq_div(root, rest, a);
    }
    mpq_clears(a, rest, bonus, one, NULL);
    return found;
}

/* Narrows the interval in which the leader stays by what one rival allows. */
static void narrow(const struct work *work, size_t rival, size_t k, mpq_t low,
    mpq_t high, struct stability_criterion *row)
{
    mpq_t root, lead;

    mpq_inits(root, lead, NULL);
    if (find_root(work, rival, k, root)) {
        mpq_sub(lead, share_at(work, work->result->leader, k),
            share_at(work, rival, k));
        int side = mpq_cmp(root, work->weights[k]);
        /* A tie now: more of what the rival is better at lets it pass. */
        if (side == 0)
            side = mpq_sgn(lead) < 0 ? 1 : -1;
        if (side < 0 && mpq_cmp(root, low) > 0) {
            mpq_set(low, root);
            row->below = rival;
        }
        if (side > 0 && mpq_cmp(root, high) < 0) {
            mpq_set(high, root);
            row->above = rival;
        }
    }
    mpq_clears(root, lead, NULL);
}

/* What our mark lacks, or has to spare, against the best other bid. */
static int64_t find_mark(const struct work *work, size_t k)
{
    const struct model_criterion *c = &work->model->criteria[k];
    size_t ours = work->model->ours;
    size_t best = best_but(work, ours);
    int64_t micro = MODEL_ABSENT;
    mpq_t share, change, scale;

    if (c->is_price || c->levels_n > 0 || mpq_sgn(work->weights[k]) == 0 ||
        !work->score.admitted[ours] || best == MODEL_NOWHERE)
        return MODEL_ABSENT;
    mpq_inits(share, change, scale, NULL);
    fraction_set(scale, c->scale_max);
    mpq_sub(change, work->values[best], work->values[ours]);
    mpq_div(change, change, work->weights[k]);
    mpq_add(share, share_at(work, ours, k), change);
    mpq_mul(change, change, scale);
    if (mpq_sgn(share) >= 0 && mpq_cmp_ui(share, 1, 1) <= 0)
        micro = fraction_micro(
            change, mpq_sgn(change) > 0 ? FRACTION_CEIL : FRACTION_FLOOR);
    mpq_clears(share, change, scale, NULL);
    return micro;
}

static void tell_criterion(struct work *work, size_t k)
{
    struct stability_criterion *row = &work->result->criteria[k];
    mpq_t low, high;

    mpq_inits(low, high, NULL);
    mpq_set_ui(high, 1, 1);
    row->below = row->above = MODEL_NOWHERE;
    for (size_t b = 0; b < work->model->bids_n; b++) {
        if (b != work->result->leader && work->score.admitted[b])
            narrow(work, b, k, low, high, row);
    }
    row->weight = fraction_micro(work->weights[k], FRACTION_HALF_UP);
    row->low = fraction_micro(low, FRACTION_CEIL);
    row->high = fraction_micro(high, FRACTION_FLOOR);
    row->mark = find_mark(work, k);
    mpq_clears(low, high, NULL);
}

static int compare_leads(const void *one, const void *other, void *leads)
{
    const size_t *a = one;
    const size_t *b = other;
    int order = mpq_cmp(((mpq_t *)leads)[*b], ((mpq_t *)leads)[*a]);

    return order != 0 ? order : (*a > *b) - (*a < *b);
}

/* Criteria by falling lead of the leader over a rival. */
static size_t *sort_by_lead(const struct work *work, size_t rival, mpq_t *leads)
{
    size_t n = work->model->criteria_n;
    size_t *order = mem_new(n * sizeof *order);

    for (size_t k = 0; k < n; k++) {
        mpq_sub(leads[k], share_at(work, work->result->leader, k),
            share_at(work, rival, k));
        order[k] = k;
    }
    qsort_r(order, n, sizeof *order, compare_leads, leads);
    return order;
}

/* Moves weight from the largest leads to the smallest until the gap is gone;
 * false when it never is. */
static bool move_weight(
    const struct work *work, size_t rival, mpq_t gap, mpq_t mass)
{
    size_t n = work->model->criteria_n;
    mpq_t *leads = fractions_new(n);
    size_t *order = sort_by_lead(work, rival, leads);
    mpq_t worth, gain;

    mpq_inits(worth, gain, NULL);
    for (size_t i = 0; i + 1 < n && mpq_sgn(gap) > 0; i++) {
        size_t k = order[i];
        mpq_sub(worth, leads[k], leads[order[n - 1]]);
        if (mpq_sgn(worth) == 0)
            break;
        mpq_mul(gain, worth, work->weights[k]);
        if (mpq_cmp(gain, gap) < 0) {
            mpq_add(mass, mass, work->weights[k]);
            mpq_sub(gap, gap, gain);
            continue;
        }
        mpq_div(gain, gap, worth);
        mpq_add(mass, mass, gain);
        mpq_set_ui(gap, 0, 1);
    }
    bool moved = mpq_sgn(gap) <= 0;
    mpq_clears(worth, gain, NULL);
    fractions_free(&leads, n);
    free(order);
    return moved;
}

static void tell_rivals(struct work *work)
{
    struct stability_result *result = work->result;
    size_t nearest = MODEL_NOWHERE;
    mpq_t gap, mass;

    mpq_inits(gap, mass, NULL);
    for (size_t b = 0; b < work->model->bids_n; b++) {
        struct stability_rival *row = &result->rivals[b];
        row->gap = row->mass = MODEL_ABSENT;
        if (b == result->leader || !work->score.admitted[b])
            continue;
        mpq_sub(gap, work->values[result->leader], work->values[b]);
        mpq_mul(mass, gap, work->all);
        row->gap = fraction_micro(mass, FRACTION_HALF_UP);
        mpq_set_ui(mass, 0, 1);
        if (!move_weight(work, b, gap, mass))
            continue;
        mpq_mul(mass, mass, work->all);
        row->mass = fraction_micro(mass, FRACTION_CEIL);
        if (nearest == MODEL_NOWHERE ||
            row->mass < result->rivals[nearest].mass)
            nearest = b;
    }
    if (nearest != MODEL_NOWHERE)
        result->rivals[nearest].nearest = true;
    mpq_clears(gap, mass, NULL);
}

static void tell_weights(struct work *work)
{
    const struct model *m = work->model;

    work->shares = fractions_new(m->bids_n * m->criteria_n);
    work->weights = fractions_new(m->criteria_n);
    work->values = fractions_new(m->bids_n);
    mpq_init(work->all);
    read_values(work);
    work->result->leader = best_but(work, MODEL_NOWHERE);
    if (work->result->leader != MODEL_NOWHERE) {
        for (size_t k = 0; k < m->criteria_n; k++)
            tell_criterion(work, k);
        tell_rivals(work);
    }
    mpq_clear(work->all);
    fractions_free(&work->shares, m->bids_n * m->criteria_n);
    fractions_free(&work->weights, m->criteria_n);
    fractions_free(&work->values, m->bids_n);
}

static struct stability_result *new_result(const struct model *model)
{
    struct stability_result *result = mem_new(sizeof *result);

    result->bids_n = model->bids_n;
    result->criteria_n = model->criteria_n;
    result->criteria = mem_new(model->criteria_n * sizeof *result->criteria);
    result->rivals = mem_new(model->bids_n * sizeof *result->rivals);
    return result;
}

static enum err compute(
    const struct model *model, bool in_words, struct stability_result **made)
{
    struct work work = {.model = model};
    struct offer offer;

    if (missing_blocks(model, FIGURE_DECIDER))
        return ERR_STATE;
    work.result = *made = new_result(model);
    if (in_words && stability_of_marks(model, work.result))
        return ERR_OK;
    offer_init(&offer, model);
    score_init(&work.score, model, &offer);
    work.result->adds_up = score_adds_up(&work.score);
    work.result->leader = score_best_other(&work.score, MODEL_NOWHERE);
    if (work.result->adds_up &&
        !(in_words && stability_in_words(&work.score, work.result)))
        tell_weights(&work);
    stability_rules(&work.score, &offer, work.result);
    score_fini(&work.score);
    offer_fini(&offer);
    return ERR_OK;
}

enum err stability_compute(
    const struct model *model, struct stability_result **made)
{
    return compute(model, true, made);
}

enum err stability_by_fractions(
    const struct model *model, struct stability_result **made)
{
    return compute(model, false, made);
}

void stability_free(struct stability_result **result)
{
    if (*result == NULL)
        return;
    free((*result)->criteria);
    free((*result)->rivals);
    free(*result);
    *result = NULL;
}
