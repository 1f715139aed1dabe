/* SPDX-License-Identifier: Apache-2.0
 *
 * simulate_tell.c - counts, and the figures they give.
 */
#include "value/chance/simulate_inside.h"

#include <stdlib.h>

#include "protocol/base_mem.h"
#include "value/chance/wilson.h"
#include "value/fraction.h"

struct simulate_counts *simulate_counts_new(const struct simulate *simulate)
{
    struct simulate_counts *c = mem_new(sizeof *c);
    size_t n = simulate->bids_n;
    size_t cells = n * simulate->criteria_n;
    size_t room = n * QUICK_BLOCK;

    c->present = mem_new(n * sizeof *c->present);
    c->first = mem_new(n * sizeof *c->first);
    c->ranks = mem_new(n * n * sizeof *c->ranks);
    c->beats = mem_new(n * n * sizeof *c->beats);
    c->central = mem_new(cells * sizeof *c->central);
    c->weights = mem_new(simulate->nodes_n * QUICK_BLOCK * sizeof *c->weights);
    c->rows = mem_new(simulate->criteria_n * sizeof *c->rows);
    for (size_t k = 0; k < simulate->criteria_n; k++)
        c->rows[k] = c->weights + simulate->node_of[k] * QUICK_BLOCK;
    c->quality = mem_new(simulate->tiled_n * QUICK_BLOCK * sizeof *c->quality);
    c->price = mem_new(room * sizeof *c->price);
    c->alive = mem_new(room * sizeof *c->alive);
    c->total = mem_new(room * sizeof *c->total);
    c->rough = mem_new(room * sizeof *c->rough);
    c->rank = mem_new(room * sizeof *c->rank);
    c->place = mem_new(room * sizeof *c->place);
    c->met = mem_new(n * n * sizeof *c->met);
    if (simulate_has_corridor(simulate))
        c->deciding = mem_new(room * sizeof *c->deciding);
    c->gated =
        mem_new(2 * n * simulate->gated_n * QUICK_BLOCK * sizeof *c->gated);
    if (simulate->rounds_groups) {
        const size_t groups_n = simulate->model->groups_n;
        c->branch = mem_new(room * groups_n * sizeof *c->branch);
        c->outside = mem_new(room * sizeof *c->outside);
        c->waiting = mem_new(groups_n * sizeof *c->waiting);
    }
    if (!weight_plan_is_exact(simulate->plan))
        c->sums = mem_new(cells * sizeof *c->sums);
    return c;
}

void simulate_counts_free(struct simulate_counts **counts)
{
    struct simulate_counts *c = *counts;

    if (c == NULL)
        return;
    free(c->present);
    free(c->gated);
    free(c->kept);
    free(c->side);
    free(c->deciding);
    free(c->branch);
    free(c->outside);
    free(c->waiting);
    free(c->first);
    free(c->ranks);
    free(c->beats);
    free(c->central);
    free(c->weights);
    free(c->rows);
    free(c->quality);
    free(c->price);
    free(c->alive);
    free(c->total);
    free(c->rough);
    free(c->rank);
    free(c->place);
    free(c->met);
    free(c->sums);
    free(c);
    *counts = NULL;
}

void simulate_merge(const struct simulate *simulate,
    struct simulate_counts *into, const struct simulate_counts *from)
{
    size_t n = simulate->bids_n;

    into->draws += from->draws;
    into->none += from->none;
    into->full += from->full;
    for (size_t i = 0; i < n; i++) {
        into->present[i] += from->present[i];
        into->first[i] += from->first[i];
    }
    for (size_t i = 0; i < n * n; i++) {
        into->ranks[i] += from->ranks[i];
        into->beats[i] += from->beats[i];
    }
    for (size_t i = 0; i < n * simulate->criteria_n; i++)
        into->central[i] += from->central[i];
}

static double share_won(const struct simulate_counts *c, size_t bid)
{
    return (double)c->first[bid] / (double)SIMULATE_UNIT / (double)c->draws;
}

bool simulate_is_close(
    const struct simulate *simulate, const struct simulate_counts *counts)
{
    double wanted = (double)simulate->ask->half_width / 1e6;

    if (simulate->ask->half_width <= 0 || counts->draws == 0)
        return false;
    for (size_t b = 0; b < simulate->bids_n; b++) {
        double low, high;
        wilson_bounds(share_won(counts, b), (double)counts->draws, &low, &high);
        if ((high - low) / 2.0 > wanted)
            return false;
    }
    return true;
}

int64_t simulate_share(int64_t units, int64_t unit, uint64_t draws)
{
    mpq_t share;

    mpq_init(share);
    mpq_set_si(share, units, (unsigned long)unit);
    mpz_mul_ui(mpq_denref(share), mpq_denref(share), draws);
    mpq_canonicalize(share);
    int64_t micro = fraction_micro(share, FRACTION_HALF_UP);
    mpq_clear(share);
    return micro;
}

/* Shares won and the share without award, summing to exactly one: those of
 * ties between more than twenty bids, which no even part of a draw can be,
 * count as no award. */
static void tell_wins(
    const struct simulate_counts *c, size_t n, struct simulate_result *result)
{
    mpq_t *shares = fractions_new(n + 1);
    int64_t *micro = mem_new((n + 1) * sizeof *micro);

    mpq_set_ui(shares[n], 1, 1);
    for (size_t b = 0; b < n; b++) {
        mpq_set_si(shares[b], c->first[b], (unsigned long)SIMULATE_UNIT);
        mpz_mul_ui(mpq_denref(shares[b]), mpq_denref(shares[b]), c->draws);
        mpz_mul_ui(mpq_denref(shares[b]), mpq_denref(shares[b]), DECIMAL_ONE);
        mpz_mul_ui(mpq_numref(shares[b]), mpq_numref(shares[b]),
            (unsigned long)result->left);
        mpq_canonicalize(shares[b]);
        mpq_sub(shares[n], shares[n], shares[b]);
    }
    fractions_micro(shares, n + 1, micro);
    for (size_t b = 0; b < n; b++)
        result->bids[b].wins = micro[b];
    result->no_award = micro[n];
    free(micro);
    fractions_free(&shares, n + 1);
}

static int64_t to_micro(double value)
{
    return (int64_t)floor(value * 1e6 + 0.5);
}

static void tell_bid(const struct simulate_counts *c, size_t n,
    struct simulate_result *result, size_t b)
{
    struct simulate_bid *row = &result->bids[b];
    const int64_t *ranks = c->ranks + b * n;
    double low, high;
    double sum = 0.0;

    wilson_bounds(share_won(c, b), (double)c->draws, &low, &high);
    row->low = simulate_part_left(result, to_micro(low));
    row->high = simulate_part_left(result, to_micro(high));
    for (size_t r = 0; r < n; r++) {
        if (ranks[r] == 0)
            continue;
        if (row->best == 0)
            row->best = (int64_t)r + 1;
        row->worst = (int64_t)r + 1;
        sum += (double)ranks[r] / (double)SIMULATE_UNIT * (double)(r + 1);
    }
    uint64_t present = c->full + c->present[b];
    row->mean_rank =
        present > 0 ? to_micro(sum / (double)present) : MODEL_ABSENT;
    row->missing = simulate_share((int64_t)(c->draws - present), 1, c->draws);
}

static void tell_central(const struct simulate *sim,
    const struct simulate_counts *c, struct simulate_result *result)
{
    for (size_t b = 0; b < sim->bids_n; b++) {
        double won = (double)c->first[b] / (double)SIMULATE_UNIT;
        for (size_t k = 0; k < sim->criteria_n; k++) {
            size_t at = b * sim->criteria_n + k;
            bool known = !result->weights_are_exact && c->first[b] > 0;
            result->central[at] =
                known ? to_micro((double)c->central[at] / SIMULATE_ONE / won)
                      : MODEL_ABSENT;
        }
    }
}

static int compare_doubles(const void *one, const void *other)
{
    const double *a = one;
    const double *b = other;

    return (*a > *b) - (*a < *b);
}

/* The ends of all spans, each kind by itself in order. */
static void tell_spans(
    const struct simulate *sim, uint64_t blocks, struct simulate_result *result)
{
    uint64_t room = blocks * QUICK_BLOCK * SIMULATE_SPANS;

    result->lows = mem_new(room * sizeof *result->lows);
    result->highs = mem_new(room * sizeof *result->highs);
    for (uint64_t i = 0; i < room; i++) {
        if (sim->spans[i].high == 0.0)
            continue;
        result->lows[result->spans_n] = sim->spans[i].low;
        result->highs[result->spans_n++] = sim->spans[i].high;
    }
    qsort(result->lows, result->spans_n, sizeof *result->lows, compare_doubles);
    qsort(
        result->highs, result->spans_n, sizeof *result->highs, compare_doubles);
}

struct simulate_result *simulate_tell(const struct simulate *simulate,
    const struct simulate_counts *counts, uint64_t blocks)
{
    struct simulate_result *result = mem_new(sizeof *result);
    size_t n = simulate->bids_n;

    result->bids_n = n;
    result->criteria_n = simulate->criteria_n;
    result->draws = counts->draws;
    result->left = DECIMAL_ONE - simulate->ask->no_award;
    result->weights_are_exact = weight_plan_is_exact(simulate->plan);
    result->bids = mem_new(n * sizeof *result->bids);
    result->ranks = mem_new(n * n * sizeof *result->ranks);
    result->beats = mem_new(n * n * sizeof *result->beats);
    result->central =
        mem_new(n * simulate->criteria_n * sizeof *result->central);
    tell_wins(counts, n, result);
    for (size_t b = 0; b < n; b++)
        tell_bid(counts, n, result, b);
    for (size_t i = 0; i < n * n; i++) {
        result->ranks[i] =
            simulate_share(counts->ranks[i], SIMULATE_UNIT, counts->draws);
        result->beats[i] = simulate_share(counts->beats[i], 1, counts->draws);
    }
    tell_central(simulate, counts, result);
    if (simulate->thresholds != NULL) {
        size_t size = blocks * QUICK_BLOCK * sizeof *result->thresholds;
        result->thresholds = mem_new(size);
        memcpy(result->thresholds, simulate->thresholds, size);
        qsort(result->thresholds, blocks * QUICK_BLOCK,
            sizeof *result->thresholds, compare_doubles);
    }
    if (simulate->spans != NULL)
        tell_spans(simulate, blocks, result);
    return result;
}

void simulate_result_free(struct simulate_result **result)
{
    if (*result == NULL)
        return;
    free((*result)->bids);
    free((*result)->ranks);
    free((*result)->beats);
    free((*result)->central);
    free((*result)->thresholds);
    free((*result)->lows);
    free((*result)->highs);
    free(*result);
    *result = NULL;
}
