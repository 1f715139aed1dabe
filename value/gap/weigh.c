/* SPDX-License-Identifier: Apache-2.0
 *
 * weigh.c - importances and heads, normalised.
 */
#include "value/gap/weigh.h"

#include <stdlib.h>

#include "protocol/base_mem.h"

/* The importance of a need, 0 when it is absent. */
static int64_t importance_of(
    const struct model *model, size_t segment, size_t need)
{
    int64_t importance = model->importance[segment * model->needs_n + need];

    return importance > 0 ? importance : 0;
}

static void sum_importance(const struct model *model, size_t segment, mpz_t sum)
{
    int64_t part = 0;
    int64_t next;

    mpz_set_ui(sum, 0);
    for (size_t n = 0; n < model->needs_n; n++) {
        int64_t importance = importance_of(model, segment, n);

        if (__builtin_add_overflow(part, importance, &next)) {
            mpz_add_ui(sum, sum, (unsigned long)part);
            next = importance;
        }
        part = next;
    }
    mpz_add_ui(sum, sum, (unsigned long)part);
}

bool weigh_counts(const struct model *model, size_t segment)
{
    for (size_t n = 0; n < model->needs_n; n++) {
        if (importance_of(model, segment, n) > 0)
            return true;
    }
    return false;
}

bool weigh_is_known(const struct model *model)
{
    size_t counting = 0;
    bool absent = false;
    bool any = false;

    for (size_t s = 0; s < model->segments_n; s++) {
        if (!weigh_counts(model, s))
            continue;
        counting++;
        absent |= model->segments[s].heads < 0;
        any |= model->segments[s].heads > 0;
    }
    return counting == 1 || (any && !absent);
}

bool weigh_segments(const struct model *model, const bool *only, mpq_t *shares)
{
    struct weighing w;

    weighing_init(&w, model);
    weighing_share(&w, only);
    for (size_t s = 0; s < model->segments_n; s++) {
        mpz_mul(mpq_numref(shares[s]), w.factor[s], w.sum[s]);
        fraction_set_integers(shares[s], mpq_numref(shares[s]), w.below);
    }
    bool known = w.known;
    weighing_fini(&w);
    return known;
}

void weigh_needs_of(const struct model *model, size_t segment, mpq_t *weights)
{
    mpz_t sum;

    mpz_init(sum);
    sum_importance(model, segment, sum);
    INSIST(mpz_sgn(sum) > 0);
    for (size_t n = 0; n < model->needs_n; n++) {
        mpz_set_si(mpq_numref(weights[n]), importance_of(model, segment, n));
        fraction_set_integers(weights[n], mpq_numref(weights[n]), sum);
    }
    mpz_clear(sum);
}

bool weigh_needs(const struct model *model, mpq_t *weights)
{
    mpz_t *above = integers_new(model->needs_n);
    struct weighing w;

    weighing_init(&w, model);
    weighing_share(&w, NULL);
    if (w.known)
        weighing_needs(&w, above);
    for (size_t n = 0; n < model->needs_n; n++)
        fraction_set_integers(weights[n], above[n], w.below);
    bool known = w.known;
    weighing_fini(&w);
    integers_free(&above, model->needs_n);
    return known;
}

void weighing_init(struct weighing *w, const struct model *model)
{
    size_t cells = model->segments_n * model->needs_n;

    *w = (struct weighing){.model = model};
    w->own = mem_new((cells ? cells : 1) * sizeof *w->own);
    w->sum = integers_new(model->segments_n);
    w->factor = integers_new(model->segments_n);
    mpz_init_set_ui(w->below, 1);
    for (size_t s = 0; s < model->segments_n; s++) {
        for (size_t n = 0; n < model->needs_n; n++)
            w->own[s * model->needs_n + n] = importance_of(model, s, n);
        sum_importance(model, s, w->sum[s]);
    }
}

/* The heads of those that are shared among: their number, the last of them,
 * and the sum of their heads; false where one is absent. */
static bool sum_heads(const struct weighing *w, const bool *only,
    size_t *counting, size_t *last, mpz_t heads)
{
    bool known = true;

    *counting = 0;
    mpz_set_ui(heads, 0);
    for (size_t s = 0; s < w->model->segments_n; s++) {
        if ((only != NULL && !only[s]) || mpz_sgn(w->sum[s]) == 0)
            continue;
        ++*counting;
        *last = s;
        if (w->model->segments[s].heads < 0)
            known = false;
        else
            mpz_add_ui(
                heads, heads, (unsigned long)w->model->segments[s].heads);
    }
    return known && mpz_sgn(heads) > 0;
}

void weighing_share(struct weighing *w, const bool *only)
{
    size_t counting;
    size_t last = MODEL_NOWHERE;
    mpz_t heads;

    mpz_init(heads);
    w->known = sum_heads(w, only, &counting, &last, heads);
    mpz_set_ui(w->below, 1);
    for (size_t s = 0; s < w->model->segments_n; s++)
        mpz_set_ui(w->factor[s], 0);
    if (counting == 1) {
        /* One that counts alone needs no heads. */
        w->known = true;
        mpz_set(w->below, w->sum[last]);
        mpz_set_ui(w->factor[last], 1);
    } else if (w->known) {
        for (size_t s = 0; s < w->model->segments_n; s++)
            if ((only == NULL || only[s]) && mpz_sgn(w->sum[s]) > 0)
                mpz_lcm(w->below, w->below, w->sum[s]);
        for (size_t s = 0; s < w->model->segments_n; s++) {
            if ((only != NULL && !only[s]) || mpz_sgn(w->sum[s]) == 0)
                continue;
            mpz_divexact(w->factor[s], w->below, w->sum[s]);
            mpz_mul_si(w->factor[s], w->factor[s], w->model->segments[s].heads);
        }
        mpz_mul(w->below, w->below, heads);
    }
    mpz_clear(heads);
}

void weighing_fini(struct weighing *w)
{
    free(w->own);
    integers_free(&w->sum, w->model->segments_n);
    integers_free(&w->factor, w->model->segments_n);
    mpz_clear(w->below);
}

void weighing_needs(const struct weighing *w, mpz_t *above)
{
    size_t needs_n = w->model->needs_n;

    for (size_t n = 0; n < needs_n; n++)
        mpz_set_ui(above[n], 0);
    for (size_t s = 0; s < w->model->segments_n; s++) {
        if (mpz_sgn(w->factor[s]) == 0)
            continue;
        for (size_t n = 0; n < needs_n; n++)
            mpz_addmul_ui(
                above[n], w->factor[s], (unsigned long)w->own[s * needs_n + n]);
    }
}
