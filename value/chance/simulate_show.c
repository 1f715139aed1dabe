/* SPDX-License-Identifier: Apache-2.0
 *
 * simulate_show.c - one draw, taken out of its block.
 */
#include "value/chance/simulate_show.h"

#include <stdlib.h>

#include "protocol/base_mem.h"
#include "value/chance/simulate_inside.h"

static int64_t to_micro(double value)
{
    return (int64_t)floor(value * 1e6 + 0.5);
}

static struct simulate_shown *allocate(const struct simulate *sim)
{
    struct simulate_shown *shown = mem_new(sizeof *shown);
    size_t n = sim->bids_n;

    shown->bids_n = n;
    shown->criteria_n = sim->criteria_n;
    shown->weights = mem_new(sim->criteria_n * sizeof *shown->weights);
    shown->marks = mem_new(n * sim->criteria_n * sizeof *shown->marks);
    shown->prices = mem_new(n * sizeof *shown->prices);
    shown->quality = mem_new(n * sizeof *shown->quality);
    shown->totals = mem_new(n * sizeof *shown->totals);
    shown->ranks = mem_new(n * sizeof *shown->ranks);
    return shown;
}

static void show_marks(const struct simulate *sim, uint64_t block, size_t s,
    struct simulate_shown *shown)
{
    double marks[QUICK_BLOCK];

    for (size_t b = 0; b < sim->bids_n; b++) {
        for (size_t k = 0; k < sim->criteria_n; k++) {
            int64_t *at = &shown->marks[b * sim->criteria_n + k];
            *at = MODEL_ABSENT;
            if (sim->model->criteria[k].is_price)
                continue;
            simulate_marks(sim, block, b, k, marks);
            *at = to_micro(marks[s]);
        }
    }
}

static void show_bids(const struct simulate *sim,
    const struct simulate_counts *c, size_t s, struct simulate_shown *shown)
{
    size_t n = sim->bids_n;
    double totals[SIMULATE_BIDS];
    double told[SIMULATE_BIDS];

    simulate_indexes(sim, c, s, told);
    for (size_t b = 0; b < n; b++)
        totals[b] = c->alive[b * QUICK_BLOCK + s] != 0.0
                        ? c->total[b * QUICK_BLOCK + s]
                        : -INFINITY;
    for (size_t b = 0; b < n; b++) {
        shown->prices[b] = to_micro(c->price[b * QUICK_BLOCK + s]);
        shown->quality[b] = to_micro(c->quality[b * QUICK_BLOCK + s]);
        shown->totals[b] = MODEL_ABSENT;
        if (c->alive[b * QUICK_BLOCK + s] == 0.0)
            continue;
        shown->totals[b] = to_micro(sim->sign * told[b]);
        shown->ranks[b] = 1;
        for (size_t i = 0; i < n; i++)
            shown->ranks[b] += i != b && c->alive[i * QUICK_BLOCK + s] != 0.0 &&
                               simulate_order(sim, c, totals, s, i, b) > 0;
    }
}

struct simulate_shown *simulate_show(
    const struct simulate *simulate, uint64_t draw)
{
    struct simulate_shown *shown = allocate(simulate);
    struct simulate_counts *counts = simulate_counts_new(simulate);
    uint64_t block = draw / QUICK_BLOCK;
    size_t s = (size_t)(draw % QUICK_BLOCK);

    INSIST(block < simulate->blocks);
    simulate_block(simulate, block, counts);
    for (size_t k = 0; k < simulate->criteria_n; k++)
        shown->weights[k] = to_micro(weights_on(counts, k)[s]);
    show_marks(simulate, block, s, shown);
    show_bids(simulate, counts, s, shown);
    shown->has_spans = simulate->grid != NULL;
    double to_win = shown->has_spans
                        ? simulate_spans(simulate, counts, s, shown->spans)
                        : simulate_threshold(simulate, counts, s);
    shown->to_win =
        to_win < INFINITY ? (int64_t)floor(to_win * 1e6) : MODEL_ABSENT;
    simulate_counts_free(&counts);
    return shown;
}

void simulate_shown_free(struct simulate_shown **shown)
{
    if (*shown == NULL)
        return;
    free((*shown)->weights);
    free((*shown)->marks);
    free((*shown)->prices);
    free((*shown)->quality);
    free((*shown)->totals);
    free((*shown)->ranks);
    free(*shown);
    *shown = NULL;
}
