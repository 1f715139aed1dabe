/* SPDX-License-Identifier: Apache-2.0
 *
 * front.c - looks at one offer of the front.
 */
#include "value/front/front.h"

#include <stdlib.h>

#include "protocol/base_mem.h"
#include "value/award/score.h"
#include "value/award/winning.h"

void front_fit(struct fitted *fitted, const struct model *model,
    enum frontier_cost cost, const struct frontier_found *found, size_t offer)
{
    bool *in = mem_new((model->elements_n + 1) * sizeof *in);

    for (size_t i = 0; i < model->elements_n; i++)
        in[i] = model->elements[i].always;
    for (size_t i = 0; i < found->choices_n; i++)
        in[found->choices[i]] = frontier_has(&found->offers[offer].set, i);
    fitted_init(fitted, model);
    fitted_set(fitted, in, cost == FRONTIER_PRICE);
    free(in);
}

/* The cut is the offer's price less a price in whole millionths that was
 * rounded down: exact, or rounded up with it. */
static int64_t measure_cut(const struct offer *offer, int64_t price)
{
    mpq_t cut;

    mpq_init(cut);
    fraction_set_micro(cut, price);
    mpq_sub(cut, offer->price, cut);
    int64_t micro = mpq_sgn(cut) > 0 ? fraction_micro(cut, FRACTION_CEIL) : 0;
    mpq_clear(cut);
    return micro;
}

void front_discount_of(const struct model *model, enum frontier_cost cost,
    const struct frontier_found *found, size_t offer,
    struct front_discount *discount)
{
    struct fitted fitted;
    struct offer ours;
    struct score score;
    struct winning winning;

    *discount =
        (struct front_discount){.price = MODEL_ABSENT, .cut = MODEL_ABSENT};
    front_fit(&fitted, model, cost, found, offer);
    offer_init(&ours, &fitted.model);
    score_init(&score, &fitted.model, &ours);
    winning_find(&score, &winning);
    discount->to_win = winning_below(
        &winning, fraction_micro(ours.price, FRACTION_FLOOR), &discount->price);
    if (discount->to_win == TO_WIN_AT)
        discount->cut = measure_cut(&ours, discount->price);
    if (discount->to_win == TO_WIN_ANY)
        discount->cut = 0;
    winning_fini(&winning);
    score_fini(&score);
    offer_fini(&ours);
    fitted_fini(&fitted);
}
