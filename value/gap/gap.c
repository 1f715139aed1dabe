/* SPDX-License-Identifier: Apache-2.0
 *
 * gap.c - two weightings of the needs, two rankings of the bids.
 */
#include "value/gap/gap.h"

#include <stdlib.h>

#include "protocol/base_mem.h"
#include "value/award/award.h"
#include "value/fraction.h"
#include "value/gap/kendall.h"
#include "value/gap/weigh.h"
#include "value/missing.h"
#include "value/users/users.h"
#include "value/wide.h"

/* What needs weigh, as integers over one denominator that they sum to. */
struct weights {
    mpz_t *above; /* [needs_n] */
    mpz_t below;
};

static int64_t strength_of(const struct model *model, size_t need, size_t k)
{
    int strength = model->relates[need * model->criteria_n + k];

    return strength > 0 ? strength : 0;
}

/* What looks at each criterion; freed by the caller. */
static unsigned long *sum_strengths(const struct model *model)
{
    unsigned long *sums = mem_new(model->criteria_n * sizeof *sums);

    for (size_t n = 0; n < model->needs_n; n++) {
        for (size_t k = 0; k < model->criteria_n; k++)
            sums[k] += (unsigned long)strength_of(model, n, k);
    }
    return sums;
}

/* Carries the weights of the criteria, each over one denominator, to the
 * needs that they look at. */
static void carry_weights(
    const struct model *model, mpz_t *weights, mpz_t *shadow)
{
    for (size_t n = 0; n < model->needs_n; n++) {
        for (size_t k = 0; k < model->criteria_n; k++) {
            int64_t strength = strength_of(model, n, k);
            if (strength > 0)
                mpz_addmul_ui(shadow[n], weights[k], (unsigned long)strength);
        }
    }
}

/* Puts into shadow what the criteria make each need weigh, summing to 1; gives
 * the share of weight that looks at no need. */
static int64_t cast_shadow(const struct model *model, struct weights *shadow)
{
    unsigned long *sums = sum_strengths(model);
    mpz_t *weights = integers_new(model->criteria_n);
    mpz_t all, mapped, common;

    mpz_inits(all, mapped, NULL);
    mpz_init_set_ui(common, 1);
    for (size_t k = 0; k < model->criteria_n; k++) {
        mpz_set_si(weights[k], model->criteria[k].weight.likely);
        mpz_add(all, all, weights[k]);
        if (sums[k] == 0)
            continue;
        mpz_add(mapped, mapped, weights[k]);
        mpz_lcm_ui(common, common, sums[k]);
    }
    for (size_t k = 0; k < model->criteria_n; k++) {
        if (sums[k] == 0)
            continue;
        mpz_mul(weights[k], weights[k], common);
        mpz_divexact_ui(weights[k], weights[k], sums[k]);
    }
    carry_weights(model, weights, shadow->above);
    mpz_mul(shadow->below, common, mapped);
    mpz_sub(mapped, all, mapped);
    int64_t only = fraction_micro_parts(mapped, all, FRACTION_HALF_UP);
    mpz_clears(all, mapped, common, NULL);
    integers_free(&weights, model->criteria_n);
    free(sums);
    return only;
}

/* Half the sum of the differences of two weightings: as both sum to 1, it is
 * what the one weighs more where it weighs more. */
static int64_t measure_divergence(
    const struct weights *one, const struct weights *other, size_t n)
{
    mpz_t a, b, more, below;

    mpz_inits(a, b, more, below, NULL);
    for (size_t i = 0; i < n; i++) {
        mpz_mul(a, one->above[i], other->below);
        mpz_mul(b, other->above[i], one->below);
        if (mpz_cmp(a, b) <= 0)
            continue;
        mpz_add(more, more, a);
        mpz_sub(more, more, b);
    }
    mpz_mul(below, one->below, other->below);
    int64_t micro = fraction_micro_parts(more, below, FRACTION_HALF_UP);
    mpz_clears(a, b, more, below, NULL);
    return micro;
}

/* Adds a need to the blind spots, which stay sorted by falling gap. */
static void add_blind(struct gap_result *result, mpz_t *gaps, size_t need)
{
    size_t at = result->blind_n++;

    for (; at > 0 && mpz_cmp(gaps[result->blind[at - 1]], gaps[need]) < 0; at--)
        result->blind[at] = result->blind[at - 1];
    result->blind[at] = need;
}

static void report_needs(struct gap_result *result, const struct weights *users,
    const struct weights *shadow)
{
    mpz_t *gaps = integers_new(result->needs_n);
    int64_t *by_users = mem_new(result->needs_n * sizeof *by_users);
    int64_t *by_criteria = mem_new(result->needs_n * sizeof *by_criteria);
    mpz_t below;

    mpz_init(below);
    mpz_mul(below, users->below, shadow->below);
    integers_micro(users->above, users->below, result->needs_n, by_users);
    integers_micro(shadow->above, shadow->below, result->needs_n, by_criteria);
    for (size_t n = 0; n < result->needs_n; n++) {
        struct gap_need *row = &result->needs[n];
        mpz_mul(gaps[n], users->above[n], shadow->below);
        mpz_submul(gaps[n], shadow->above[n], users->below);
        row->users = by_users[n];
        row->criteria = by_criteria[n];
        row->gap = fraction_micro_parts(gaps[n], below, FRACTION_HALF_UP);
        row->touched = mpz_sgn(shadow->above[n]) > 0;
        if (mpz_sgn(gaps[n]) > 0)
            add_blind(result, gaps, n);
    }
    mpz_clear(below);
    free(by_users);
    free(by_criteria);
    integers_free(&gaps, result->needs_n);
}

/* The shadow in words; NULL where one of its numbers, or the sum of somebody's
 * importances, has no room.  As all of a weighting sum to its denominator, no
 * product or sum of two then needs more than two words. */
static int64_t *shadow_in_words(
    const struct weighing *w, const struct weights *shadow, size_t needs_n)
{
    bool fits = mpz_fits_slong_p(shadow->below);

    for (size_t s = 0; s < w->model->segments_n; s++)
        fits = fits && mpz_fits_slong_p(w->sum[s]);
    if (!fits)
        return NULL;
    int64_t *words = mem_new((needs_n + 1) * sizeof *words);
    for (size_t n = 0; n < needs_n; n++)
        words[n] = mpz_get_si(shadow->above[n]);
    return words;
}

/* measure_divergence of a segment, in words; false where that has no room. */
static bool diverge_in_words(const struct weighing *w, size_t segment,
    const int64_t *shadow, int64_t below, int64_t *micro)
{
    size_t needs_n = w->model->needs_n;
    int64_t sum = mpz_get_si(w->sum[segment]);
    wide more = 0;
    wide whole;

    for (size_t n = 0; n < needs_n; n++) {
        wide a = (wide)w->own[segment * needs_n + n] * below;
        wide b = (wide)shadow[n] * sum;

        more += a > b ? a - b : 0;
    }
    if (!wide_half_up(more, MICRO_ONE, (wide)sum * below, &whole))
        return false;
    *micro = wide_micro(whole);
    return true;
}

static int64_t diverge_exactly(const struct weighing *w, size_t segment,
    struct weights *own, const struct weights *shadow)
{
    size_t needs_n = w->model->needs_n;

    for (size_t n = 0; n < needs_n; n++)
        mpz_set_si(own->above[n], w->own[segment * needs_n + n]);
    mpz_set(own->below, w->sum[segment]);
    return measure_divergence(own, shadow, needs_n);
}

/* own is room for a weighting. */
static void report_segments(struct gap_result *result, const struct weighing *w,
    struct weights *own, const struct weights *shadow)
{
    int64_t *words = shadow_in_words(w, shadow, result->needs_n);

    for (size_t s = 0; s < result->segments_n; s++) {
        int64_t *micro = &result->segments[s].divergence;

        *micro = MODEL_ABSENT;
        if (mpz_sgn(w->sum[s]) == 0)
            continue;
        if (words == NULL ||
            !diverge_in_words(w, s, words, mpz_get_si(shadow->below), micro))
            *micro = diverge_exactly(w, s, own, shadow);
    }
    free(words);
}

static void report_weights(const struct model *model, struct gap_result *result)
{
    struct weights users = {.above = integers_new(model->needs_n)};
    struct weights shadow = {.above = integers_new(model->needs_n)};
    struct weighing w;

    mpz_inits(users.below, shadow.below, NULL);
    weighing_init(&w, model);
    weighing_share(&w, NULL);
    INSIST(w.known);
    weighing_needs(&w, users.above);
    mpz_set(users.below, w.below);
    result->criteria_only = cast_shadow(model, &shadow);
    result->divergence = measure_divergence(&users, &shadow, model->needs_n);
    report_needs(result, &users, &shadow);
    report_segments(result, &w, &users, &shadow);
    weighing_fini(&w);
    mpz_clears(users.below, shadow.below, NULL);
    integers_free(&users.above, model->needs_n);
    integers_free(&shadow.above, model->needs_n);
}

/* tau of the bids ranked in both lists; ranks[b x step], 0 not ranked. */
static int64_t agree(const size_t *award, size_t bids_n, const size_t *ranks,
    size_t step, int64_t *by_points, int64_t *by_users)
{
    int64_t tau = MODEL_ABSENT;
    size_t n = 0;

    for (size_t b = 0; b < bids_n; b++) {
        if (award[b] == 0 || ranks[b * step] == 0)
            continue;
        by_points[n] = -(int64_t)award[b];
        by_users[n++] = -(int64_t)ranks[b * step];
    }
    return kendall_tau(by_points, by_users, n, &tau) ? tau : MODEL_ABSENT;
}

static void report_ranks(struct gap_result *result, const size_t *award,
    const struct users_result *users)
{
    size_t bids_n = users->bids_n;
    int64_t *a = mem_new(bids_n * sizeof *a);
    int64_t *b = mem_new(bids_n * sizeof *b);
    size_t *ranks = mem_new(bids_n * sizeof *ranks);

    for (size_t i = 0; i < bids_n; i++)
        ranks[i] = users->bids[i].rank;
    result->tau = agree(award, bids_n, ranks, 1, a, b);
    for (size_t i = 0; i < bids_n; i++)
        ranks[i] = users->bids[i].captives_rank;
    result->tau_captives = agree(award, bids_n, ranks, 1, a, b);
    for (size_t s = 0; s < result->segments_n; s++)
        result->segments[s].tau =
            agree(award, bids_n, &users->ranks[s], result->segments_n, a, b);
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
    struct users_result *users = NULL;

    if (missing_blocks(model, FIGURE_GAP))
        return ERR_STATE;
    size_t *award = mem_new((model->bids_n + 1) * sizeof *award);
    struct gap_result *result = new_result(model);
    report_weights(model, result);
    /* Without bids there is no ranking, and the weights stand alone. */
    if (award_ranks(model, award) == ERR_OK &&
        users_compute(model, &users) == ERR_OK)
        report_ranks(result, award, users);
    free(award);
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
