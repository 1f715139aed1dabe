/* SPDX-License-Identifier: Apache-2.0
 *
 * users.c - users' value by bid and segment.
 */
#include "value/users/users.h"

#include <stdlib.h>

#include "protocol/base_mem.h"
#include "value/missing.h"
#include "value/users/users_cells.h"

/* What one computation works on. */
struct work {
    const struct model *model;
    const struct offer *offer;
    struct users_result *result;
    struct weighing weighing;
    struct users_cells cells;
};

/* Means of the bids over one denominator. */
struct means {
    bool known;
    mpz_t *above; /* [bids_n] */
    mpz_t below;
    int64_t *micro; /* [bids_n] half up */
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

static void read_segments(struct work *work)
{
    const struct model *m = work->model;

    for (size_t s = 0; s < m->segments_n; s++) {
        struct users_segment *segment = &work->result->segments[s];
        reach_choice_of(m, s, &segment->choice);
        segment->counts = mpz_sgn(work->weighing.sum[s]) > 0;
    }
}

/* A need that must be met, matters and is not covered up to its threshold:
 * no more than its coverage is left of the value. */
static void cap_by(struct work *work, size_t bid, size_t need)
{
    const struct model *m = work->model;

    for (size_t s = 0; s < m->segments_n; s++) {
        if (m->importance[s * m->needs_n + need] > 0 &&
            users_cells_cap(&work->cells, bid, s, need))
            work->result->capped[bid * m->segments_n + s] = need;
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
        offer_cover(work->offer, bid, n, cover);
        if (mpq_cmp(cover, threshold) < 0)
            cap_by(work, bid, n);
    }
    mpq_clears(cover, threshold, NULL);
}

/* The means over some segments. */
static void means_init(struct means *means, struct work *work, const bool *only)
{
    size_t n = work->model->bids_n;

    *means = (struct means){.above = integers_new(n)};
    means->micro = mem_new(n * sizeof *means->micro);
    mpz_init(means->below);
    weighing_share(&work->weighing, only);
    means->known = work->weighing.known;
    mpz_mul(means->below, work->weighing.below, work->cells.one);
    for (size_t b = 0; means->known && b < n; b++) {
        users_cells_mean(&work->cells, b, means->above[b]);
        means->micro[b] = fraction_micro_parts(
            means->above[b], means->below, FRACTION_HALF_UP);
    }
}

static void means_fini(struct means *means, size_t bids_n)
{
    integers_free(&means->above, bids_n);
    mpz_clear(means->below);
    free(means->micro);
}

static void means_over_captives(struct means *means, struct work *work)
{
    size_t n = work->model->segments_n;
    bool *captive = mem_new((n ? n : 1) * sizeof *captive);

    for (size_t s = 0; s < n; s++)
        captive[s] = work->result->segments[s].choice.captive == CAPTIVE_YES;
    means_init(means, work, captive);
    free(captive);
}

/* Told figures that differ are in the order of the values behind them. */
static size_t rank_value(const struct work *work, size_t segment, size_t bid,
    const int64_t *told, size_t n)
{
    size_t better = 0;
    size_t level = 0;

    for (size_t b = 0; b < n; b++) {
        better += told[b] > told[bid];
        level += told[b] == told[bid];
    }
    for (size_t b = 0; b < n && level > 1; b++)
        better += told[b] == told[bid] && users_cells_compare(&work->cells, b,
                                              segment, bid, segment) > 0;
    return better + 1;
}

/* 1 + the number of known bids with a higher value to a segment; what is not
 * known is told as what is less than any figure. */
static void rank_segment(struct work *work, size_t segment, int64_t *told)
{
    struct users_result *result = work->result;
    size_t step = result->segments_n;

    for (size_t b = 0; b < result->bids_n; b++)
        told[b] = result->values[b * step + segment];
    for (size_t b = 0; b < result->bids_n; b++)
        if (told[b] != MODEL_ABSENT)
            result->ranks[b * step + segment] =
                rank_value(work, segment, b, told, result->bids_n);
}

static void rank_values(struct work *work)
{
    int64_t *told = mem_new((work->model->bids_n + 1) * sizeof *told);

    for (size_t s = 0; s < work->model->segments_n; s++)
        rank_segment(work, s, told);
    free(told);
}

/* 1 + the number of known bids with a higher mean. */
static size_t rank_mean(
    const struct work *work, const struct means *means, size_t bid)
{
    size_t rank = 1;

    for (size_t b = 0; b < work->model->bids_n; b++)
        rank += work->result->bids[b].known &&
                mpz_cmp(means->above[b], means->above[bid]) > 0;
    return rank;
}

/* The least value of a bid, its segment and its largest. */
static void span_segments(struct work *work, size_t bid)
{
    struct users_result *result = work->result;
    struct users_bid *row = &result->bids[bid];
    const int64_t *micro = result->values + bid * result->segments_n;

    for (size_t s = 0; s < result->segments_n; s++) {
        if (micro[s] == MODEL_ABSENT)
            continue;
        if (row->worst == MODEL_NOWHERE || micro[s] < micro[row->worst] ||
            (micro[s] == micro[row->worst] &&
                users_cells_compare(&work->cells, bid, s, bid, row->worst) < 0))
            row->worst = s;
        if (micro[s] > row->max)
            row->max = micro[s];
    }
    if (row->worst != MODEL_NOWHERE)
        row->min = micro[row->worst];
}

static void tell_values(struct work *work, size_t bid)
{
    struct users_result *result = work->result;

    for (size_t s = 0; s < result->segments_n; s++) {
        size_t at = bid * result->segments_n + s;
        bool known = result->bids[bid].known && result->segments[s].counts;
        result->values[at] =
            known ? users_cells_micro(&work->cells, bid, s) : MODEL_ABSENT;
    }
}

static void report_bid(struct work *work, size_t bid, const struct means *means,
    const struct means *captives)
{
    struct users_result *result = work->result;
    struct users_bid *row = &result->bids[bid];

    row->mean = row->min = row->max = row->captives = MODEL_ABSENT;
    row->worst = MODEL_NOWHERE;
    span_segments(work, bid);
    if (row->known && means->known) {
        row->mean = means->micro[bid];
        row->rank = rank_mean(work, means, bid);
    }
    if (row->known && captives->known) {
        row->captives = captives->micro[bid];
        row->captives_rank = rank_mean(work, captives, bid);
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
    struct work work = {
        .model = model, .offer = offer, .result = new_result(model)};
    struct means means, captives;

    weighing_init(&work.weighing, model);
    users_cells_init(&work.cells, offer, &work.weighing);
    read_segments(&work);
    for (size_t b = 0; b < model->bids_n; b++) {
        work.result->bids[b].known = covers_are_recorded(model, b);
        cap_bid(&work, b);
        tell_values(&work, b);
    }
    rank_values(&work);
    means_init(&means, &work, NULL);
    means_over_captives(&captives, &work);
    for (size_t b = 0; b < model->bids_n; b++)
        report_bid(&work, b, &means, &captives);

    means_fini(&means, model->bids_n);
    means_fini(&captives, model->bids_n);
    users_cells_fini(&work.cells);
    weighing_fini(&work.weighing);
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
