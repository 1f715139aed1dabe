/* SPDX-License-Identifier: Apache-2.0
 *
 * flip.c - weight changes that make a tie, and the rank paradox.
 */
#include "value/flip.h"

#include <stdlib.h>

#include "protocol/base_mem.h"

/* Puts into change what makes the two tie; false when nothing does. */
static bool find_change(const struct score *score, size_t ours, size_t rival,
    size_t criterion, mpq_t change)
{
    mpq_t behind, gain, share;

    mpq_inits(behind, gain, share, NULL);
    score_share(score, ours, criterion, gain);
    score_share(score, rival, criterion, share);
    mpq_sub(gain, gain, share);
    bool differs = mpq_sgn(gain) != 0;
    if (differs) {
        score_unrounded(score, rival, behind);
        score_unrounded(score, ours, share);
        mpq_sub(behind, behind, share);
        mpq_div(change, behind, gain);
    }
    mpq_clears(behind, gain, share, NULL);
    return differs;
}

static bool weight_stays_positive(
    const struct score *score, size_t criterion, const mpq_t change)
{
    mpq_t weight;

    mpq_init(weight);
    mpq_add(weight, score->weight[criterion], change);
    bool positive = mpq_sgn(weight) >= 0;
    mpq_clear(weight);
    return positive;
}

void flip_weights(const struct score *score, struct award_result *result)
{
    size_t smallest = MODEL_NOWHERE;
    mpq_t change, least;

    mpq_inits(change, least, NULL);
    for (size_t k = 0; k < result->criteria_n; k++) {
        struct award_flip *flip = &result->criteria[k].flip;
        *flip = (struct award_flip){.change = MODEL_ABSENT};
        if (result->rival == MODEL_NOWHERE || !score_adds_up(score) ||
            !find_change(score, result->ours, result->rival, k, change))
            continue;
        flip->change = fraction_micro(change, FRACTION_HALF_UP);
        flip->possible = weight_stays_positive(score, k, change);
        mpq_abs(change, change);
        if (flip->possible &&
            (smallest == MODEL_NOWHERE || mpq_cmp(change, least) < 0)) {
            smallest = k;
            mpq_set(least, change);
        }
    }
    if (smallest != MODEL_NOWHERE)
        result->criteria[smallest].flip.smallest = true;
    mpq_clears(change, least, NULL);
}

/* The first bid that leads in one list and not in the other. */
static size_t find_new(
    const bool *leads, const bool *led, size_t n, size_t without)
{
    for (size_t i = 0; i < n; i++) {
        if (i != without && leads[i] && !led[i])
            return i;
    }
    return MODEL_NOWHERE;
}

static size_t find_first(const bool *leads, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (leads[i])
            return i;
    }
    return MODEL_NOWHERE;
}

static void add_paradox(const struct score *score, struct award_result *result,
    struct award_paradox paradox)
{
    size_t n = result->bids_n;

    paradox.points = mem_new(n * sizeof *paradox.points);
    for (size_t i = 0; i < n; i++)
        paradox.points[i] = score->admitted[i] ? fraction_micro(score->total[i],
                                                     FRACTION_HALF_UP)
                                               : MODEL_ABSENT;
    result->paradoxes[result->paradoxes_n++] = paradox;
}

/* Compares who leads now, with one rival left out, with who led before. */
static void compare_leaders(const struct score *score,
    struct award_result *result, const bool *led, size_t without)
{
    size_t n = result->bids_n;
    bool *leads = mem_new(n * sizeof *leads);

    for (size_t i = 0; i < n; i++)
        leads[i] = score_wins(score, i);
    size_t lost = find_new(led, leads, n, without);
    size_t won = find_new(leads, led, n, without);
    if (lost != MODEL_NOWHERE || won != MODEL_NOWHERE)
        add_paradox(score, result,
            (struct award_paradox){.without = without,
                .was = lost != MODEL_NOWHERE ? lost : find_first(led, n),
                .winner = won != MODEL_NOWHERE ? won : find_first(leads, n)});
    free(leads);
}

void flip_rivals(struct score *score, struct award_result *result)
{
    size_t n = result->bids_n;
    bool *led = mem_new(n * sizeof *led);
    size_t leaders = 0;

    result->paradoxes = mem_new(n * sizeof *result->paradoxes);
    for (size_t i = 0; i < n; i++) {
        led[i] = result->bids[i].wins;
        leaders += led[i];
    }
    for (size_t i = 0; i < n; i++) {
        /* Without the only winner another wins, which is no paradox. */
        if (i == result->ours || !result->bids[i].admitted ||
            (led[i] && leaders == 1))
            continue;
        score_leave_out(score, i, true);
        compare_leaders(score, result, led, i);
        score_leave_out(score, i, false);
    }
    free(led);
}
