/* SPDX-License-Identifier: Apache-2.0
 *
 * weigh.c - importances and heads, normalised.
 */
#include "value/weigh.h"

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
    mpz_set_ui(sum, 0);
    for (size_t n = 0; n < model->needs_n; n++)
        mpz_add_ui(sum, sum, (unsigned long)importance_of(model, segment, n));
}

bool weigh_counts(const struct model *model, size_t segment)
{
    for (size_t n = 0; n < model->needs_n; n++) {
        if (importance_of(model, segment, n) > 0)
            return true;
    }
    return false;
}

static bool is_among(const struct model *model, const bool *only, size_t s)
{
    return (only == NULL || only[s]) && weigh_counts(model, s);
}

bool weigh_segments(const struct model *model, const bool *only, mpq_t *shares)
{
    size_t counting = 0;
    size_t last = 0;
    bool known = true;
    mpz_t sum;

    mpz_init(sum);
    for (size_t s = 0; s < model->segments_n; s++) {
        mpq_set_ui(shares[s], 0, 1);
        if (!is_among(model, only, s))
            continue;
        counting++;
        last = s;
        if (model->segments[s].heads < 0)
            known = false;
        else
            mpz_add_ui(sum, sum, (unsigned long)model->segments[s].heads);
    }
    known = known && mpz_sgn(sum) > 0;
    for (size_t s = 0; known && s < model->segments_n; s++) {
        if (!is_among(model, only, s))
            continue;
        mpz_set_si(mpq_numref(shares[s]), model->segments[s].heads);
        fraction_set_integers(shares[s], mpq_numref(shares[s]), sum);
    }
    if (counting == 1)
        mpq_set_ui(shares[last], 1, 1);
    mpz_clear(sum);
    return known || counting == 1;
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
    mpq_t *shares = fractions_new(model->segments_n);
    mpq_t *own = fractions_new(model->needs_n);
    bool known = weigh_segments(model, NULL, shares);

    for (size_t n = 0; n < model->needs_n; n++)
        mpq_set_ui(weights[n], 0, 1);
    for (size_t s = 0; known && s < model->segments_n; s++) {
        if (!weigh_counts(model, s))
            continue;
        weigh_needs_of(model, s, own);
        for (size_t n = 0; n < model->needs_n; n++) {
            mpq_mul(own[n], own[n], shares[s]);
            mpq_add(weights[n], weights[n], own[n]);
        }
    }
    fractions_free(&shares, model->segments_n);
    fractions_free(&own, model->needs_n);
    return known;
}
