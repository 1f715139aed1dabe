/* SPDX-License-Identifier: Apache-2.0
 *
 * gap.c - two weightings of the needs, two rankings of the bids.
 */
#include "value/gap.h"

#include <stdlib.h>

#include "protocol/base_mem.h"
#include "value/award.h"
#include "value/fraction.h"
#include "value/kendall.h"
#include "value/missing.h"
#include "value/users.h"
#include "value/weigh.h"

static int64_t strength_of(const struct model *model, size_t need, size_t k)
{
    int strength = model->relates[need * model->criteria_n + k];

    return strength > 0 ? strength : 0;
}

static int64_t sum_strengths(const struct model *model, size_t criterion)
{
    int64_t sum = 0;

    for (size_t n = 0; n < model->needs_n; n++)
        sum += strength_of(model, n, criterion);
    return sum;
}

/* Carries the weight of one criterion to the needs it looks at. */
static void carry_weight(const struct model *model, size_t criterion,
    const mpq_t weight, mpq_t *shadow)
{
    int64_t sum = sum_strengths(model, criterion);
    mpq_t part;

    mpq_init(part);
    for (size_t n = 0; n < model->needs_n; n++) {
        mpq_set_si(part, strength_of(model, n, criterion), (unsigned long)sum);
        mpq_canonicalize(part);
        mpq_mul(part, part, weight);
        mpq_add(shadow[n], shadow[n], part);
    }
    mpq_clear(part);
}

/* Puts into shadow what the criteria make each need weigh, summing to 1, and
 * into only the share of weight that looks at no need. */
static void cast_shadow(const struct model *model, mpq_t *shadow, mpq_t only)
{
    mpq_t weight, mapped, all;

    mpq_inits(weight, mapped, all, NULL);
    for (size_t k = 0; k < model->criteria_n; k++) {
        fraction_set(weight, model->criteria[k].weight.likely);
        mpq_add(all, all, weight);
        if (sum_strengths(model, k) == 0)
            continue;
        mpq_add(mapped, mapped, weight);
        carry_weight(model, k, weight, shadow);
    }
    for (size_t n = 0; n < model->needs_n; n++)
        mpq_div(shadow[n], shadow[n], mapped);
    mpq_sub(only, all, mapped);
    mpq_div(only, only, all);
    mpq_clears(weight, mapped, all, NULL);
}

/* Half the sum of the differences of two weightings. */
static int64_t measure_divergence(mpq_t *one, mpq_t *other, size_t n)
{
    mpq_t sum, difference;

    mpq_inits(sum, difference, NULL);
    for (size_t i = 0; i < n; i++) {
        mpq_sub(difference, one[i], other[i]);
        mpq_abs(difference, difference);
        mpq_add(sum, sum, difference);
    }
    mpq_div_2exp(sum, sum, 1);
    int64_t micro = fraction_micro(sum, FRACTION_HALF_UP);
    mpq_clears(sum, difference, NULL);
    return micro;
}

/* Adds a need to the blind spots, which stay sorted by falling gap. */
static void add_blind(struct gap_result *result, mpq_t *gaps, size_t need)
{
    size_t at = result->blind_n++;

    for (; at > 0 && mpq_cmp(gaps[result->blind[at - 1]], gaps[need]) < 0; at--)
        result->blind[at] = result->blind[at - 1];
    result->blind[at] = need;
}

static void report_needs(struct gap_result *result, mpq_t *users, mpq_t *shadow)
{
    mpq_t *gaps = fractions_new(result->needs_n);
    int64_t *by_users = mem_new(result->needs_n * sizeof *by_users);
    int64_t *by_criteria = mem_new(result->needs_n * sizeof *by_criteria);

    fractions_micro(users, result->needs_n, by_users);
    fractions_micro(shadow, result->needs_n, by_criteria);
    for (size_t n = 0; n < result->needs_n; n++) {
        struct gap_need *row = &result->needs[n];
        mpq_sub(gaps[n], users[n], shadow[n]);
        row->users = by_users[n];
        row->criteria = by_criteria[n];
        row->gap = fraction_micro(gaps[n], FRACTION_HALF_UP);
        row->touched = mpq_sgn(shadow[n]) > 0;
        if (mpq_sgn(gaps[n]) > 0)
            add_blind(result, gaps, n);
    }
    free(by_users);
    free(by_criteria);
    fractions_free(&gaps, result->needs_n);
}

static void report_weights(const struct model *model, struct gap_result *result)
{
    mpq_t *users = fractions_new(model->needs_n);
    mpq_t *shadow = fractions_new(model->needs_n);
    mpq_t only;

    mpq_init(only);
    cast_shadow(model, shadow, only);
    INSIST(weigh_needs(model, users));
    result->criteria_only = fraction_micro(only, FRACTION_HALF_UP);
    result->divergence = measure_divergence(users, shadow, model->needs_n);
    report_needs(result, users, shadow);
    for (size_t s = 0; s < model->segments_n; s++) {
        result->segments[s].divergence = MODEL_ABSENT;
        if (!weigh_counts(model, s))
            continue;
        weigh_needs_of(model, s, users);
        result->segments[s].divergence =
            measure_divergence(users, shadow, model->needs_n);
    }
    mpq_clear(only);
    fractions_free(&users, model->needs_n);
    fractions_free(&shadow, model->needs_n);
}

/* tau of the bids ranked in both lists; ranks[b x step], 0 not ranked. */
static int64_t agree(const struct award_result *award, const size_t *ranks,
    size_t step, int64_t *by_points, int64_t *by_users)
{
    int64_t tau = MODEL_ABSENT;
    size_t n = 0;

    for (size_t b = 0; b < award->bids_n; b++) {
        if (award->bids[b].rank == 0 || ranks[b * step] == 0)
            continue;
        by_points[n] = -(int64_t)award->bids[b].rank;
        by_users[n++] = -(int64_t)ranks[b * step];
    }
    return kendall_tau(by_points, by_users, n, &tau) ? tau : MODEL_ABSENT;
}

static void report_ranks(struct gap_result *result,
    const struct award_result *award, const struct users_result *users)
{
    size_t bids_n = award->bids_n;
    int64_t *a = mem_new(bids_n * sizeof *a);
    int64_t *b = mem_new(bids_n * sizeof *b);
    size_t *ranks = mem_new(bids_n * sizeof *ranks);

    for (size_t i = 0; i < bids_n; i++)
        ranks[i] = users->bids[i].rank;
    result->tau = agree(award, ranks, 1, a, b);
    for (size_t i = 0; i < bids_n; i++)
        ranks[i] = users->bids[i].captives_rank;
    result->tau_captives = agree(award, ranks, 1, a, b);
    for (size_t s = 0; s < result->segments_n; s++)
        result->segments[s].tau =
            agree(award, &users->ranks[s], result->segments_n, a, b);
    free(a);
    free(b);
    free(ranks);
}

static struct gap_result *new_result(const struct model *model)
{
    struct gap_result *result = mem_new(sizeof *result);

    result->needs_n = model->needs_n;
    result->segments_n = model->segments_n;
    result->needs = mem_new(model->needs_n * sizeof *result->needs);
    result->segments = mem_new(model->segments_n * sizeof *result->segments);
    result->blind = mem_new(model->needs_n * sizeof *result->blind);
    result->tau = MODEL_ABSENT;
    result->tau_captives = MODEL_ABSENT;
    for (size_t s = 0; s < model->segments_n; s++)
        result->segments[s].tau = MODEL_ABSENT;
    for (size_t k = 0; k < model->criteria_n; k++)
        result->estimates +=
            model->criteria[k].weight.low != model->criteria[k].weight.high;
    return result;
}

enum err gap_compute(const struct model *model, struct gap_result **made)
{
    struct award_result *award = NULL;
    struct users_result *users = NULL;

    if (missing_blocks(model, FIGURE_GAP))
        return ERR_STATE;
    struct gap_result *result = new_result(model);
    report_weights(model, result);
    /* Without bids there is no ranking, and the weights stand alone. */
    if (award_compute(model, &award) == ERR_OK &&
        users_compute(model, &users) == ERR_OK)
        report_ranks(result, award, users);
    award_free(&award);
    users_free(&users);
    *made = result;
    return ERR_OK;
}

void gap_free(struct gap_result **result)
{
    if (*result == NULL)
        return;
    free((*result)->needs);
    free((*result)->segments);
    free((*result)->blind);
    free(*result);
    *result = NULL;
}
