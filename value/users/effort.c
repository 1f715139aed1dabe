/* SPDX-License-Identifier: Apache-2.0
 *
 * effort.c - sums of effort, and values less effort.
 */
#include "value/users/effort.h"

#include <stdlib.h>

#include "protocol/base_mem.h"
#include "value/front/offer.h"
#include "value/gap/weigh.h"
#include "value/mean.h"
#include "value/missing.h"
#include "value/users/reach.h"

enum { MINUTES = 60 };

struct work {
    const struct model *model;
    const struct offer *offer;
    struct effort_result *result;
    mpq_t *hours, *rewards, *savings; /* [segments_n] */
    mpq_t *nets;                      /* [segments_n] where known */
    bool *known;                      /* [segments_n] */
};

static bool is_in_offer(const struct work *work, size_t element)
{
    return work->model->elements[element].always ||
           (subset_bit(&work->offer->subsets, element) & work->offer->set) != 0;
}

static void add_effort(struct work *work, const struct model_effort *effort)
{
    mpq_t part, times;

    mpq_inits(part, times, NULL);
    fraction_set(part, effort->minutes);
    fraction_set(times, effort->times);
    mpq_mul(part, part, times);
    mpq_set_ui(times, 1, MINUTES);
    mpq_mul(part, part, times);
    mpq_add(work->hours[effort->segment], work->hours[effort->segment], part);
    fraction_set(part, effort->reward);
    mpq_add(
        work->rewards[effort->segment], work->rewards[effort->segment], part);
    fraction_set(part, effort->saving);
    mpq_add(
        work->savings[effort->segment], work->savings[effort->segment], part);
    mpq_clears(part, times, NULL);
}

static void sum_efforts(struct work *work)
{
    for (size_t i = 0; i < work->model->efforts_n; i++) {
        const struct model_effort *effort = &work->model->efforts[i];
        if (!is_in_offer(work, effort->element))
            continue;
        work->result->any = true;
        work->result->segments[effort->segment].recorded = true;
        add_effort(work, effort);
    }
}

/* The exact value of our offer to one segment that counts. */
static void value_of(const struct work *work, size_t segment, mpq_t value)
{
    bool *only = mem_new(work->model->segments_n * sizeof *only);
    struct mean mean;
    mpz_t above;

    mpz_init(above);
    only[segment] = true;
    /* One segment that counts needs no heads. */
    INSIST(mean_init(&mean, work->model, only, work->offer->cover_one));
    mean_above(&mean, work->offer->covers, above);
    fraction_set_integers(value, above, mean.below);
    mean_fini(&mean);
    mpz_clear(above);
    free(only);
}

/* (hours x worth of an hour - reward) / worth of full coverage. */
static void take_off(const struct work *work, size_t segment, mpq_t net)
{
    const struct model_segment *s = &work->model->segments[segment];
    mpq_t cost, worth;

    mpq_inits(cost, worth, NULL);
    fraction_set(worth, s->hour_value);
    mpq_mul(cost, work->hours[segment], worth);
    mpq_sub(cost, cost, work->rewards[segment]);
    fraction_set(worth, s->full_value);
    mpq_div(cost, cost, worth);
    mpq_sub(net, net, cost);
    mpq_clears(cost, worth, NULL);
}

static void tell_segment(struct work *work, size_t segment, size_t factor)
{
    const struct model_segment *s = &work->model->segments[segment];
    struct effort_segment *row = &work->result->segments[segment];
    mpq_t most;

    mpq_init(most);
    mpq_set_ui(most, factor, 1);
    mpq_mul(most, most, work->rewards[segment]);
    row->hours = fraction_micro(work->hours[segment], FRACTION_HALF_UP);
    row->reward = fraction_micro(work->rewards[segment], FRACTION_HALF_UP);
    row->saving = fraction_micro(work->savings[segment], FRACTION_HALF_UP);
    row->unfair = mpq_cmp(work->savings[segment], most) > 0;
    row->net = MODEL_ABSENT;
    mpq_clear(most);
    if (!weigh_counts(work->model, segment) ||
        (row->recorded && (s->hour_value <= 0 || s->full_value <= 0)))
        return;
    value_of(work, segment, work->nets[segment]);
    if (row->recorded)
        take_off(work, segment, work->nets[segment]);
    row->net = fraction_micro(work->nets[segment], FRACTION_HALF_UP);
    work->known[segment] = true;
}

/* The mean over some segments by heads, where all their nets are known. */
static int64_t mean_over(struct work *work, const bool *only)
{
    const struct model *m = work->model;
    mpq_t *shares = fractions_new(m->segments_n);
    bool known = weigh_segments(m, only, shares);
    mpq_t sum, part;

    mpq_inits(sum, part, NULL);
    for (size_t s = 0; known && s < m->segments_n; s++) {
        if (mpq_sgn(shares[s]) == 0)
            continue;
        known = work->known[s];
        mpq_mul(part, shares[s], work->nets[s]);
        mpq_add(sum, sum, part);
    }
    int64_t micro =
        known ? fraction_micro(sum, FRACTION_HALF_UP) : MODEL_ABSENT;
    mpq_clears(sum, part, NULL);
    fractions_free(&shares, m->segments_n);
    return micro;
}

static int64_t mean_over_captives(struct work *work)
{
    size_t n = work->model->segments_n;
    bool *captive = mem_new((n ? n : 1) * sizeof *captive);

    for (size_t s = 0; s < n; s++) {
        struct reach_choice choice;
        reach_choice_of(work->model, s, &choice);
        captive[s] = choice.captive == CAPTIVE_YES;
    }
    int64_t mean = mean_over(work, captive);
    free(captive);
    return mean;
}

static void tell_bounds(struct work *work)
{
    struct effort_result *result = work->result;
    size_t best = MODEL_NOWHERE;

    result->worst = MODEL_NOWHERE;
    result->min = result->max = MODEL_ABSENT;
    for (size_t s = 0; s < result->segments_n; s++) {
        if (!weigh_counts(work->model, s))
            continue;
        if (!work->known[s]) {
            result->worst = MODEL_NOWHERE;
            return;
        }
        if (result->worst == MODEL_NOWHERE ||
            mpq_cmp(work->nets[s], work->nets[result->worst]) < 0)
            result->worst = s;
        if (best == MODEL_NOWHERE ||
            mpq_cmp(work->nets[s], work->nets[best]) > 0)
            best = s;
    }
    if (result->worst == MODEL_NOWHERE)
        return;
    result->min = result->segments[result->worst].net;
    result->max = result->segments[best].net;
}

static struct effort_result *compute(
    const struct model *model, const struct offer *offer, size_t factor)
{
    size_t n = model->segments_n;
    struct work work = {.model = model,
        .offer = offer,
        .result = mem_new(sizeof *work.result),
        .hours = fractions_new(n),
        .rewards = fractions_new(n),
        .savings = fractions_new(n),
        .nets = fractions_new(n),
        .known = mem_new((n ? n : 1) * sizeof *work.known)};

    work.result->segments_n = n;
    work.result->segments =
        mem_new((n ? n : 1) * sizeof *work.result->segments);
    sum_efforts(&work);
    for (size_t s = 0; s < n; s++)
        tell_segment(&work, s, factor);
    tell_bounds(&work);
    work.result->mean = mean_over(&work, NULL);
    work.result->captives = mean_over_captives(&work);
    fractions_free(&work.hours, n);
    fractions_free(&work.rewards, n);
    fractions_free(&work.savings, n);
    fractions_free(&work.nets, n);
    free(work.known);
    return work.result;
}

enum err effort_compute(const struct model *model, uint32_t set, size_t factor,
    struct effort_result **made)
{
    struct offer offer;

    if (missing_blocks(model, FIGURE_USERS))
        return ERR_STATE;
    enum err err = offer_init_with(&offer, model, set);
    if (err != ERR_OK)
        return err;
    *made = compute(model, &offer, factor);
    offer_fini(&offer);
    return ERR_OK;
}

void effort_free(struct effort_result **result)
{
    if (*result == NULL)
        return;
    free((*result)->segments);
    free(*result);
    *result = NULL;
}
