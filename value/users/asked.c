/* SPDX-License-Identifier: Apache-2.0
 *
 * asked.c - opportunities, classes and weights from what users answered.
 */
#include "value/users/asked.h"

#include <stdlib.h>

#include "protocol/base_mem.h"
#include "value/fraction.h"

bool asked_opportunity(const struct model *model, size_t segment, size_t need,
    struct asked_opportunity *made)
{
    size_t at = segment * model->needs_n + need;
    int64_t importance = model->importance[at];
    int64_t satisfaction =
        model->satisfaction ? model->satisfaction[at] : MODEL_ABSENT;

    if (importance == MODEL_ABSENT || satisfaction == MODEL_ABSENT)
        return false;
    made->score = formula_opportunity(importance, satisfaction);
    made->band = formula_band(made->score);
    return true;
}

bool asked_kano(const struct model *model, size_t segment, size_t need,
    struct asked_kano *made)
{
    struct asked_kano kano = {
        .class = KANO_MUST, .better = MODEL_ABSENT, .worse = MODEL_ABSENT};

    for (size_t i = 0; i < model->answers_n; i++) {
        const struct model_answer *answer = &model->answers[i];
        if (answer->need != need ||
            (segment != MODEL_NOWHERE && answer->segment != segment))
            continue;
        kano.counts[formula_kano((enum kano_answer)answer->there,
            (enum kano_answer)answer->lacking)] += answer->count;
        kano.answers += answer->count;
    }
    if (kano.answers == 0)
        return false;
    for (size_t c = 0; c < KANO_COUNT; c++) {
        if (kano.counts[c] > kano.counts[kano.class])
            kano.class = (enum kano)c;
    }
    if (kano.answers >
        kano.counts[KANO_REVERSE] + kano.counts[KANO_QUESTIONABLE])
        formula_better(kano.counts, &kano.better, &kano.worse);
    *made = kano;
    return true;
}

/* The exact weight of a need; false where it is not known. */
static bool weigh_need(
    const struct model *model, size_t segment, size_t need, mpq_t weight)
{
    size_t at = segment * model->needs_n + need;
    bool known = model->satisfaction != NULL && model->targets != NULL &&
                 model->satisfaction[at] > 0 &&
                 model->targets[at] != MODEL_ABSENT &&
                 model->importance[at] != MODEL_ABSENT;
    mpq_t part;

    if (!known)
        return false;
    mpq_init(part);
    fraction_set(weight, model->importance[at]);
    fraction_set(part, model->targets[at]);
    mpq_mul(weight, weight, part);
    fraction_set(part, model->satisfaction[at]);
    mpq_div(weight, weight, part);
    if (model->sales_points != NULL &&
        model->sales_points[at] != MODEL_ABSENT) {
        fraction_set(part, model->sales_points[at]);
        mpq_mul(weight, weight, part);
    }
    mpq_clear(part);
    return true;
}

static void divide_all(mpq_t *list, size_t n, const mpq_t by, int64_t *micro)
{
    for (size_t i = 0; i < n; i++) {
        mpq_div(list[i], list[i], by);
        micro[i] = fraction_micro(list[i], FRACTION_HALF_UP);
    }
}

/* Shares of the criteria: what the needs' shares and the strengths give. */
static void weigh_criteria(
    const struct model *model, mpq_t *shares, int64_t *criteria)
{
    mpq_t *technical = fractions_new(model->criteria_n);
    mpq_t sum, part;

    mpq_inits(sum, part, NULL);
    for (size_t k = 0; k < model->criteria_n; k++) {
        for (size_t n = 0; n < model->needs_n; n++) {
            mpq_set_si(part, model->relates[n * model->criteria_n + k], 1);
            mpq_mul(part, part, shares[n]);
            mpq_add(technical[k], technical[k], part);
        }
        mpq_add(sum, sum, technical[k]);
    }
    if (mpq_sgn(sum) == 0)
        mpq_set_ui(sum, 1, 1);
    divide_all(technical, model->criteria_n, sum, criteria);
    mpq_clears(sum, part, NULL);
    fractions_free(&technical, model->criteria_n);
}

bool asked_qfd(const struct model *model, size_t segment, int64_t *needs,
    int64_t *shares, int64_t *criteria)
{
    mpq_t *weights = fractions_new(model->needs_n);
    bool *known = mem_new((model->needs_n + 1) * sizeof *known);
    mpq_t sum;

    mpq_init(sum);
    for (size_t n = 0; n < model->needs_n; n++) {
        known[n] = weigh_need(model, segment, n, weights[n]);
        mpq_add(sum, sum, weights[n]);
    }
    bool any = mpq_sgn(sum) > 0;
    if (any) {
        for (size_t n = 0; n < model->needs_n; n++)
            needs[n] = known[n] ? fraction_micro(weights[n], FRACTION_HALF_UP)
                                : MODEL_ABSENT;
        divide_all(weights, model->needs_n, sum, shares);
        for (size_t n = 0; n < model->needs_n; n++)
            shares[n] = known[n] ? shares[n] : MODEL_ABSENT;
        weigh_criteria(model, weights, criteria);
    }
    mpq_clear(sum);
    free(known);
    fractions_free(&weights, model->needs_n);
    return any;
}
