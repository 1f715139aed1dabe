/* SPDX-License-Identifier: Apache-2.0
 *
 * canvas.c - curves of players over factors, exactly.
 */
#include "value/people/canvas.h"

#include "protocol/base_mem.h"
#include "value/fraction.h"
#include "value/root.h"

#include <stdlib.h>

static int64_t told(const mpq_t value)
{
    return fraction_micro(value, FRACTION_HALF_UP);
}

/* Sums over the factors that two curves share. */
struct sums {
    mpq_t x, y, xx, yy, xy, term;
    unsigned long n;
};

static void add_point(struct sums *s, const mpq_t x, const mpq_t y)
{
    mpq_add(s->x, s->x, x);
    mpq_add(s->y, s->y, y);
    mpq_mul(s->term, x, x);
    mpq_add(s->xx, s->xx, s->term);
    mpq_mul(s->term, y, y);
    mpq_add(s->yy, s->yy, s->term);
    mpq_mul(s->term, x, y);
    mpq_add(s->xy, s->xy, s->term);
    s->n++;
}

/* Puts n x sum of ab - sum of a x sum of b into ab. */
static void centre(struct sums *s, mpq_t ab, const mpq_t a, const mpq_t b)
{
    mpq_set_ui(s->term, s->n, 1);
    mpq_mul(ab, ab, s->term);
    mpq_mul(s->term, a, b);
    mpq_sub(ab, ab, s->term);
}

/* How far two curves part, over the factors that both have. */
static int64_t diverge(mpq_t *one, const bool *has_one, mpq_t *other,
    const bool *has_other, size_t n)
{
    int64_t micro = MODEL_ABSENT;
    struct sums s = {.n = 0};

    mpq_inits(s.x, s.y, s.xx, s.yy, s.xy, s.term, NULL);
    for (size_t i = 0; i < n; i++)
        if (has_one[i] && has_other[i])
            add_point(&s, one[i], other[i]);
    centre(&s, s.xx, s.x, s.x);
    centre(&s, s.yy, s.y, s.y);
    centre(&s, s.xy, s.x, s.y);
    if (s.n > 1 && mpq_sgn(s.xx) > 0 && mpq_sgn(s.yy) > 0) {
        mpq_mul(s.xx, s.xx, s.yy);
        fraction_sqrt(s.xx);
        mpq_div(s.xy, s.xy, s.xx);
        mpq_set_ui(s.term, 1, 1);
        mpq_sub(s.term, s.term, s.xy);
        micro = told(s.term);
    }
    mpq_clears(s.x, s.y, s.xx, s.yy, s.xy, s.term, NULL);
    return micro;
}

/* Gini = sum of |a - b| over all pairs / (n x n x 2 x mean). */
static int64_t focus_of(mpq_t *levels, const bool *has, size_t n)
{
    int64_t micro = MODEL_ABSENT;
    mpq_t apart, sum, term;
    unsigned long known = 0;

    mpq_inits(apart, sum, term, NULL);
    for (size_t i = 0; i < n; i++) {
        if (!has[i])
            continue;
        known++;
        mpq_add(sum, sum, levels[i]);
        for (size_t k = 0; k < i; k++) {
            if (!has[k])
                continue;
            mpq_sub(term, levels[i], levels[k]);
            mpq_abs(term, term);
            mpq_add(apart, apart, term);
        }
    }
    if (mpq_sgn(sum) > 0) {
        mpq_set_ui(term, known, 1);
        mpq_mul(sum, sum, term);
        mpq_div(apart, apart, sum);
        micro = told(apart);
    }
    mpq_clears(apart, sum, term, NULL);
    return micro;
}

/* The curves, and behind them the mean of the rivals. */
struct curves {
    mpq_t *levels; /* [players_n + 1][factors_n] */
    bool *has;
};

static void read_curves(struct curves *c, const int64_t *levels,
    const struct canvas_result *r, size_t ours)
{
    size_t f = r->factors_n;
    size_t mean = r->players_n * f;

    for (size_t i = 0; i < mean; i++) {
        c->has[i] = levels[i] != MODEL_ABSENT;
        if (c->has[i])
            fraction_set(c->levels[i], levels[i]);
    }
    for (size_t k = 0; k < f; k++) {
        unsigned long n = 0;
        mpq_t many;

        for (size_t p = 0; p < r->players_n; p++) {
            if (p == ours || !c->has[p * f + k])
                continue;
            mpq_add(
                c->levels[mean + k], c->levels[mean + k], c->levels[p * f + k]);
            n++;
        }
        c->has[mean + k] = n > 0;
        if (n == 0)
            continue;
        mpq_init(many);
        mpq_set_ui(many, n, 1);
        mpq_div(c->levels[mean + k], c->levels[mean + k], many);
        mpq_clear(many);
    }
}

static enum canvas_class class_of(
    const mpq_t level, const mpq_t mean, int64_t delta)
{
    enum canvas_class class = CANVAS_KEEP;
    mpq_t apart, least;

    if (mpq_sgn(level) == 0 || mpq_sgn(mean) == 0)
        return mpq_sgn(mean) > 0    ? CANVAS_ELIMINATE
               : mpq_sgn(level) > 0 ? CANVAS_CREATE
                                    : CANVAS_KEEP;
    mpq_inits(apart, least, NULL);
    fraction_set(least, delta);
    mpq_sub(apart, level, mean);
    if (mpq_cmp(apart, least) >= 0)
        class = CANVAS_RAISE;
    mpq_neg(apart, apart);
    if (mpq_cmp(apart, least) >= 0)
        class = CANVAS_REDUCE;
    mpq_clears(apart, least, NULL);
    return class;
}

static void judge_factors(
    const struct curves *c, struct canvas_result *r, size_t ours, int64_t delta)
{
    size_t f = r->factors_n;
    size_t mean = r->players_n * f;

    for (size_t k = 0; k < f; k++) {
        struct canvas_factor *factor = &r->factors[k];

        factor->mean =
            c->has[mean + k] ? told(c->levels[mean + k]) : MODEL_ABSENT;
        factor->known =
            ours != MODEL_NOWHERE && c->has[mean + k] && c->has[ours * f + k];
        if (factor->known)
            factor->class =
                class_of(c->levels[ours * f + k], c->levels[mean + k], delta);
    }
}

static void judge_players(
    const struct curves *c, struct canvas_result *r, size_t ours)
{
    size_t f = r->factors_n;

    for (size_t p = 0; p < r->players_n; p++) {
        r->focuses[p] = focus_of(c->levels + p * f, c->has + p * f, f);
        r->divergences[p] =
            ours == MODEL_NOWHERE || p == ours
                ? MODEL_ABSENT
                : diverge(c->levels + ours * f, c->has + ours * f,
                      c->levels + p * f, c->has + p * f, f);
    }
    r->divergence =
        ours == MODEL_NOWHERE
            ? MODEL_ABSENT
            : diverge(c->levels + ours * f, c->has + ours * f,
                  c->levels + r->players_n * f, c->has + r->players_n * f, f);
}

void canvas_compute(const int64_t *levels, size_t players_n, size_t factors_n,
    size_t ours, int64_t delta, struct canvas_result **made)
{
    struct canvas_result *r = mem_new(sizeof *r);
    size_t n = (players_n + 1) * factors_n;
    struct curves c = {fractions_new(n), mem_new((n + 1) * sizeof *c.has)};

    *r = (struct canvas_result){.factors_n = factors_n,
        .players_n = players_n,
        .factors = mem_new((factors_n + 1) * sizeof *r->factors),
        .focuses = mem_new((players_n + 1) * sizeof *r->focuses),
        .divergences = mem_new((players_n + 1) * sizeof *r->divergences)};
    read_curves(&c, levels, r, ours);
    judge_factors(&c, r, ours, delta);
    judge_players(&c, r, ours);
    fractions_free(&c.levels, n);
    free(c.has);
    *made = r;
}

void canvas_free(struct canvas_result **result)
{
    if (*result == NULL)
        return;
    free((*result)->factors);
    free((*result)->focuses);
    free((*result)->divergences);
    free(*result);
    *result = NULL;
}
