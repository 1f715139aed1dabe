/* SPDX-License-Identifier: Apache-2.0
 *
 * flip.c - weight changes that make a tie, and the rank paradox.
 */
#include "value/firm/flip.h"

#include <stdlib.h>

#include "protocol/base_mem.h"
#include "value/firm/flip_quick.h"

/* What changes of weights are measured by. */
struct flipping {
    const struct score *score;
    size_t ours, rival;
    mpq_t behind;              /* points that the rival is ahead */
    mpz_t gain, one;           /* gain / one: the share we earn more, one > 0 */
    mpz_t least_gain, of_one;  /* the largest of those of possible changes */
    mpz_t above, below, other; /* above / below: the change */
};

/* Puts the share that we earn more than the rival into gain / one. */
static void set_gain(struct flipping *f, size_t criterion)
{
    const struct model *m = f->score->model;
    const struct model_criterion *c = &m->criteria[criterion];
    const int64_t *marks = f->score->marks;
    mpq_t ours, share;

    if (!c->is_price && c->levels_n == 0) {
        mpz_set_si(f->gain, marks[f->ours * m->criteria_n + criterion]);
        mpz_set_si(f->one, marks[f->rival * m->criteria_n + criterion]);
        mpz_sub(f->gain, f->gain, f->one);
        mpz_set_si(f->one, c->scale_max);
        return;
    }
    mpq_inits(ours, share, NULL);
    score_share(f->score, f->ours, criterion, ours);
    score_share(f->score, f->rival, criterion, share);
    mpq_sub(ours, ours, share);
    mpz_set(f->gain, mpq_numref(ours));
    mpz_set(f->one, mpq_denref(ours));
    mpq_clears(ours, share, NULL);
}

/* change = behind / (gain / one) */
static void set_change(struct flipping *f)
{
    mpz_mul(f->above, mpq_numref(f->behind), f->one);
    mpz_mul(f->below, mpq_denref(f->behind), f->gain);
    if (mpz_sgn(f->below) < 0) {
        mpz_neg(f->above, f->above);
        mpz_neg(f->below, f->below);
    }
}

/* Whether weight + change is not below 0. */
static bool weight_stays_positive(struct flipping *f, int64_t weight)
{
    if (weight >= 0 && mpz_sgn(f->above) >= 0)
        return true;
    mpz_mul_si(f->other, f->below, weight);
    mpz_addmul_ui(f->other, f->above, (unsigned long)DECIMAL_ONE);
    return mpz_sgn(f->other) >= 0;
}

/* A change is smaller where the gain is larger, whatever we are behind; where
 * we are level every change is nothing. */
static bool is_smaller(struct flipping *f)
{
    if (mpz_sgn(f->least_gain) == 0)
        return true;
    if (mpz_sgn(f->above) == 0)
        return false;
    mpz_mul(f->other, f->gain, f->of_one);
    mpz_mul(f->below, f->least_gain, f->one);
    return mpz_cmpabs(f->other, f->below) > 0;
}

/* The flip of one criterion; true when it is the smallest so far. */
static bool tell_flip(
    struct flipping *f, size_t criterion, struct award_flip *flip)
{
    const struct model *m = f->score->model;

    set_gain(f, criterion);
    if (mpz_sgn(f->gain) == 0)
        return false;
    set_change(f);
    flip->change = fraction_micro_parts(f->above, f->below, FRACTION_HALF_UP);
    flip->possible =
        weight_stays_positive(f, m->criteria[criterion].weight.likely);
    if (!flip->possible || !is_smaller(f))
        return false;
    mpz_set(f->least_gain, f->gain);
    mpz_set(f->of_one, f->one);
    return true;
}

static void tell_flips(struct flipping *f, struct award_result *result)
{
    size_t smallest = MODEL_NOWHERE;
    mpq_t own;

    mpq_inits(f->behind, own, NULL);
    mpz_inits(f->gain, f->one, f->least_gain, f->of_one, f->above, f->below,
        f->other, NULL);
    score_unrounded(f->score, f->rival, f->behind);
    score_unrounded(f->score, f->ours, own);
    mpq_sub(f->behind, f->behind, own);
    for (size_t k = 0; k < result->criteria_n; k++) {
        if (tell_flip(f, k, &result->criteria[k].flip))
            smallest = k;
    }
    if (smallest != MODEL_NOWHERE)
        result->criteria[smallest].flip.smallest = true;
    mpq_clears(f->behind, own, NULL);
    mpz_clears(f->gain, f->one, f->least_gain, f->of_one, f->above, f->below,
        f->other, NULL);
}

void flip_weights(const struct score *score, struct award_result *result)
{
    struct flipping f = {
        .score = score, .ours = result->ours, .rival = result->rival};

    for (size_t k = 0; k < result->criteria_n; k++)
        result->criteria[k].flip = (struct award_flip){.change = MODEL_ABSENT};
    if (result->rival != MODEL_NOWHERE && score_adds_up(score))
        tell_flips(&f, result);
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
    size_t best = score_best_other(score, MODEL_NOWHERE);

    /* By dates two can tie with a third and not with each other. */
    for (size_t i = 0; i < n; i++)
        leads[i] =
            score->model->tie == TIE_DATE
                ? score_wins(score, i)
                : score->admitted[i] && score_compare(score, i, best) >= 0;
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
    bool *changes = mem_new((n + 1) * sizeof *changes);
    bool is_told = flip_quick(score, led, changes);
    for (size_t i = 0; i < n; i++) {
        /* Without the only winner another wins, which is no paradox; and
         * without one that nobody is measured by nothing else changes. */
        if (i == result->ours || !result->bids[i].admitted ||
            (led[i] && leaders == 1) ||
            !(is_told ? changes[i] : score_depends_on(score, i)))
            continue;
        score_leave_out(score, i, true);
        compare_leaders(score, result, led, i);
        score_leave_out(score, i, false);
    }
    free(changes);
    free(led);
}
