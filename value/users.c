/* SPDX-License-Identifier: Apache-2.0
 *
 * users.c - users' value by bid and segment.
 */
#include "value/users.h"

#include <stdlib.h>

#include "protocol/base_mem.h"
#include "value/missing.h"
#include "value/offer.h"
#include "value/weigh.h"

/* What one computation works on. */
struct work {
    const struct model *model;
    const struct offer *offer;
    struct users_result *result;
    mpq_t *weights;  /* [segments_n][needs_n] */
    mpq_t *values;   /* [bids_n][segments_n] */
    mpq_t *means;    /* [bids_n] */
    mpq_t *captives; /* [bids_n] */
};

static bool covers_are_recorded(const struct model *model, size_t bid)
{
    for (size_t n = 0; n < model->needs_n; n++) {
        if (model->covers[bid * model->needs_n + n].low != MODEL_ABSENT)
            return true;
    }
    return false;
}

static size_t count_ranges(const struct model *model)
{
    size_t ranges = 0;

    for (size_t i = 0; i < model->bids_n * model->needs_n; i++) {
        if (model->covers[i].low != MODEL_ABSENT &&
            model->covers[i].low != model->covers[i].high)
            ranges++;
    }
    return ranges;
}

static void read_cover(
    const struct work *work, size_t bid, size_t need, mpq_t cover)
{
    const struct model *m = work->model;
    const struct estimate *recorded = &m->covers[bid * m->needs_n + need];

    if (bid == m->ours)
        fraction_set_integers(
            cover, work->offer->covers[need], work->offer->cover_one[need]);
    else
        fraction_set(
            cover, recorded->low == MODEL_ABSENT ? 0 : recorded->likely);
}

static void read_segments(struct work *work)
{
    const struct model *m = work->model;

    for (size_t s = 0; s < m->segments_n; s++) {
        struct users_segment *segment = &work->result->segments[s];
        reach_choice_of(m, s, &segment->choice);
        segment->counts = weigh_counts(m, s);
        if (segment->counts)
            weigh_needs_of(m, s, &work->weights[s * m->needs_n]);
    }
}

static void value_bid(struct work *work, size_t bid)
{
    const struct model *m = work->model;
    mpq_t cover, part;

    mpq_inits(cover, part, NULL);
    for (size_t n = 0; n < m->needs_n; n++) {
        read_cover(work, bid, n, cover);
        for (size_t s = 0; s < m->segments_n; s++) {
            mpq_ptr value = work->values[bid * m->segments_n + s];
            mpq_mul(part, cover, work->weights[s * m->needs_n + n]);
            mpq_add(value, value, part);
        }
    }
    mpq_clears(cover, part, NULL);
}

/* A need that must be met, matters and is not covered up to its threshold:
 * no more than its coverage is left of the value. */
static void cap_by(struct work *work, size_t bid, size_t need, mpq_t cover)
{
    const struct model *m = work->model;

    for (size_t s = 0; s < m->segments_n; s++) {
        size_t at = bid * m->segments_n + s;
        if (m->importance[s * m->needs_n + need] <= 0 ||
            mpq_cmp(cover, work->values[at]) >= 0)
            continue;
        mpq_set(work->values[at], cover);
        work->result->capped[at] = need;
    }
}

static void cap_bid(struct work *work, size_t bid)
{
    const struct model *m = work->model;
    mpq_t cover, threshold;

    mpq_inits(cover, threshold, NULL);
    for (size_t s = 0; s < m->segments_n; s++)
        work->result->capped[bid * m->segments_n + s] = MODEL_NOWHERE;
    for (size_t n = 0; n < m->needs_n; n++) {
        if (m->needs[n].must_threshold <= 0)
            continue;
        fraction_set(threshold, m->needs[n].must_threshold);
        read_cover(work, bid, n, cover);
        if (mpq_cmp(cover, threshold) < 0)
            cap_by(work, bid, n, cover);
    }
    mpq_clears(cover, threshold, NULL);
}

/* Puts into means the mean over some segments; false when it is not known. */
static bool mean_over(struct work *work, const bool *only, mpq_t *means)
{
    const struct model *m = work->model;
    mpq_t *shares = fractions_new(m->segments_n);
    bool known = weigh_segments(m, only, shares);
    mpq_t part;

    mpq_init(part);
    for (size_t b = 0; known && b < m->bids_n; b++) {
        for (size_t s = 0; s < m->segments_n; s++) {
            mpq_mul(part, shares[s], work->values[b * m->segments_n + s]);
            mpq_add(means[b], means[b], part);
        }
    }
    mpq_clear(part);
    fractions_free(&shares, m->segments_n);
    return known;
}

static bool mean_over_captives(struct work *work)
{
    size_t n = work->model->segments_n;
    bool *captive = mem_new(n * sizeof *captive);

    for (size_t s = 0; s < n; s++)
        captive[s] = work->result->segments[s].choice.captive == CAPTIVE_YES;
    bool known = mean_over(work, captive, work->captives);
    free(captive);
    return known;
}

/* 1 + the number of known bids with a higher figure; figures of bid b stand
 * at b x step. */
static size_t rank_bid(
    const struct work *work, mpq_t *figures, size_t step, size_t bid)
{
    size_t rank = 1;

    for (size_t b = 0; b < work->model->bids_n; b++) {
        if (work->result->bids[b].known &&
            mpq_cmp(figures[b * step], figures[bid * step]) > 0)
            rank++;
    }
    return rank;
}

static void report_segments(struct work *work, size_t bid)
{
    struct users_result *result = work->result;
    struct users_bid *row = &result->bids[bid];
    size_t n = result->segments_n;

    for (size_t s = 0; s < n; s++) {
        size_t at = bid * n + s;
        result->values[at] = MODEL_ABSENT;
        if (!row->known || !result->segments[s].counts)
            continue;
        result->values[at] = fraction_micro(work->values[at], FRACTION_HALF_UP);
        result->ranks[at] = rank_bid(work, &work->values[s], n, bid);
        if (row->worst == MODEL_NOWHERE ||
            mpq_cmp(work->values[at], work->values[bid * n + row->worst]) < 0)
            row->worst = s;
        if (row->max == MODEL_ABSENT || result->values[at] > row->max)
            row->max = result->values[at];
    }
    if (row->worst != MODEL_NOWHERE)
        row->min = result->values[bid * n + row->worst];
}

static void report_bid(
    struct work *work, size_t bid, bool has_mean, bool has_captives)
{
    struct users_bid *row = &work->result->bids[bid];

    row->mean = row->min = row->max = row->captives = MODEL_ABSENT;
    row->worst = MODEL_NOWHERE;
    report_segments(work, bid);
    if (row->known && has_mean) {
        row->mean = fraction_micro(work->means[bid], FRACTION_HALF_UP);
        row->rank = rank_bid(work, work->means, 1, bid);
    }
    if (row->known && has_captives) {
        row->captives = fraction_micro(work->captives[bid], FRACTION_HALF_UP);
        row->captives_rank = rank_bid(work, work->captives, 1, bid);
    }
}

static struct users_result *new_result(const struct model *model)
{
    struct users_result *result = mem_new(sizeof *result);
    size_t cells = model->bids_n * model->segments_n;

    result->bids_n = model->bids_n;
    result->segments_n = model->segments_n;
    result->segments = mem_new(model->segments_n * sizeof *result->segments);
    result->bids = mem_new(model->bids_n * sizeof *result->bids);
    result->values = mem_new(cells * sizeof *result->values);
    result->ranks = mem_new(cells * sizeof *result->ranks);
    result->capped = mem_new(cells * sizeof *result->capped);
    result->estimates = count_ranges(model);
    return result;
}

static struct users_result *compute(
    const struct model *model, const struct offer *offer)
{
    size_t weights_n = model->segments_n * model->needs_n;
    size_t cells = model->bids_n * model->segments_n;
    struct work work = {.model = model,
        .offer = offer,
        .result = new_result(model),
        .weights = fractions_new(weights_n),
        .values = fractions_new(cells),
        .means = fractions_new(model->bids_n),
        .captives = fractions_new(model->bids_n)};

    read_segments(&work);
    for (size_t b = 0; b < model->bids_n; b++) {
        work.result->bids[b].known = covers_are_recorded(model, b);
        value_bid(&work, b);
        cap_bid(&work, b);
    }
    bool has_mean = mean_over(&work, NULL, work.means);
    bool has_captives = mean_over_captives(&work);
    for (size_t b = 0; b < model->bids_n; b++)
        report_bid(&work, b, has_mean, has_captives);

    fractions_free(&work.weights, weights_n);
    fractions_free(&work.values, cells);
    fractions_free(&work.means, model->bids_n);
    fractions_free(&work.captives, model->bids_n);
    return work.result;
}

enum err users_compute_offer(
    const struct model *model, uint32_t set, struct users_result **made)
{
    struct offer offer;

    if (missing_blocks(model, FIGURE_USERS))
        return ERR_STATE;
    enum err err = offer_init_with(&offer, model, set);
    if (err != ERR_OK)
        return err;
    *made = compute(model, &offer);
    offer_fini(&offer);
    return ERR_OK;
}

enum err users_compute(const struct model *model, struct users_result **made)
{
    return users_compute_offer(model, 0, made);
}

void users_free(struct users_result **result)
{
    if (*result == NULL)
        return;
    free((*result)->segments);
    free((*result)->bids);
    free((*result)->values);
    free((*result)->ranks);
    free((*result)->capped);
    free(*result);
    *result = NULL;
}
