/* SPDX-License-Identifier: Apache-2.0
 *
 * brings.c - elements one by one.
 */
#include "value/brings.h"

#include <stdlib.h>

#include "protocol/base_mem.h"
#include "value/kendall.h"
#include "value/mean.h"
#include "value/missing.h"
#include "value/score.h"

enum { TENTHS = 10 };

/* Our offer as either side sees it. */
struct side {
    bool admitted;
    mpq_t lead, users;
    mpq_t *covers; /* [needs_n] */
};

struct work {
    const struct model *model;
    struct offer offer;
    struct score score;
    struct mean mean; /* where users_are_known */
    bool users_are_known;
    struct side before, after;
    mpq_t *prices; /* [needs_n] the least so far */
    struct brings_result *result;
};

static void init_side(struct side *side, size_t needs_n)
{
    mpq_inits(side->lead, side->users, NULL);
    side->covers = fractions_new(needs_n);
}

static void fini_side(struct side *side, size_t needs_n)
{
    mpq_clears(side->lead, side->users, NULL);
    fractions_free(&side->covers, needs_n);
}

static void measure(struct work *work, uint32_t set, struct side *side)
{
    size_t ours = work->model->ours;
    mpz_t above;

    offer_set(&work->offer, set);
    score_set_offer(&work->score, &work->offer);
    side->admitted = work->score.admitted[ours];
    if (side->admitted && !score_lead(&work->score, ours, side->lead))
        mpq_set(side->lead, work->score.total[ours]);
    for (size_t n = 0; n < work->model->needs_n; n++)
        fraction_set_integers(
            side->covers[n], work->offer.covers[n], work->offer.cover_one[n]);
    if (!work->users_are_known)
        return;
    mpz_init(above);
    mean_above(&work->mean, work->offer.covers, above);
    fraction_set_integers(side->users, above, work->mean.below);
    mpz_clear(above);
}

/* The element with all that it requires. */
static uint32_t with_required(const struct subsets *subsets, uint32_t set)
{
    uint32_t before;

    do {
        before = set;
        for (size_t i = 0; i < subsets->n; i++) {
            if ((before >> i & 1) != 0)
            set |= subsets->requires[i];
        }
    } while (set != before);
    return set;
}

static int64_t told(const mpq_t value)
{
    return fraction_micro(value, FRACTION_HALF_UP);
}

/* Whether an element covers more of a need, and at less loss than others. */
static void price_needs(struct work *work, size_t element)
{
    mpq_t more, price, tenth;

    mpq_inits(more, price, tenth, NULL);
    for (size_t n = 0; n < work->model->needs_n; n++) {
        struct brings_need *need = &work->result->needs[n];
        mpq_sub(more, work->after.covers[n], work->before.covers[n]);
        if (mpq_sgn(more) <= 0)
            continue;
        mpq_sub(price, work->before.lead, work->after.lead);
        mpq_div(price, price, more);
        mpq_set_ui(tenth, 1, TENTHS);
        mpq_mul(price, price, tenth);
        if (need->element != MODEL_NOWHERE &&
            mpq_cmp(price, work->prices[n]) >= 0)
            continue;
        mpq_set(work->prices[n], price);
        need->element = element;
        need->more = told(more);
        need->price = told(price);
    }
    mpq_clears(more, price, tenth, NULL);
}

static enum brings brings_to(const mpq_t lead, const mpq_t users)
{
    if (mpq_sgn(lead) > 0)
        return mpq_sgn(users) > 0 ? BRINGS_BOTH : BRINGS_DECIDER;
    return mpq_sgn(users) > 0 ? BRINGS_USERS : BRINGS_NEITHER;
}

static void add_element(struct work *work, size_t bit)
{
    const struct subsets *subsets = &work->offer.subsets;
    uint32_t set = with_required(subsets, UINT32_C(1) << bit | subsets->must);
    struct brings_element *row =
        &work->result->elements[work->result->elements_n++];
    mpq_t lead, users;

    *row = (struct brings_element){.element = subsets->element[bit],
        .possible = subset_is_valid(subsets, set),
        .lead = MODEL_ABSENT,
        .users = MODEL_ABSENT};
    if (!row->possible)
        return;
    measure(work, set, &work->after);
    mpq_inits(lead, users, NULL);
    mpq_sub(lead, work->after.lead, work->before.lead);
    if (work->users_are_known) {
        mpq_sub(users, work->after.users, work->before.users);
        row->users = told(users);
    }
    if (work->before.admitted && work->after.admitted) {
        row->lead = told(lead);
        row->to = brings_to(lead, users);
        price_needs(work, row->element);
    }
    mpq_clears(lead, users, NULL);
}

static void agree(struct brings_result *result)
{
    size_t n = 0;
    int64_t *leads = mem_new((result->elements_n + 1) * sizeof *leads);
    int64_t *users = mem_new((result->elements_n + 1) * sizeof *users);

    for (size_t i = 0; i < result->elements_n; i++) {
        const struct brings_element *row = &result->elements[i];
        if (row->lead == MODEL_ABSENT || row->users == MODEL_ABSENT)
            continue;
        leads[n] = row->lead;
        users[n++] = row->users;
    }
    if (!kendall_tau(leads, users, n, &result->tau))
        result->tau = MODEL_ABSENT;
    free(leads);
    free(users);
}

static struct brings_result *new_result(const struct model *model)
{
    struct brings_result *result = mem_new(sizeof *result);

    result->elements = mem_new(MODEL_CHOICES * sizeof *result->elements);
    result->needs_n = model->needs_n;
    result->needs = mem_new((model->needs_n + 1) * sizeof *result->needs);
    for (size_t n = 0; n < model->needs_n; n++)
        result->needs[n] =
            (struct brings_need){MODEL_NOWHERE, MODEL_ABSENT, MODEL_ABSENT};
    return result;
}

static void compute(struct work *work)
{
    const struct model *m = work->model;

    offer_init(&work->offer, m);
    score_init(&work->score, m, &work->offer);
    work->users_are_known =
        !missing_blocks(m, FIGURE_USERS) &&
        mean_init(&work->mean, m, NULL, work->offer.cover_one);
    init_side(&work->before, m->needs_n);
    init_side(&work->after, m->needs_n);
    work->prices = fractions_new(m->needs_n);
    measure(work, work->offer.subsets.must, &work->before);
    for (size_t i = 0; i < work->offer.subsets.n; i++)
        add_element(work, i);
    agree(work->result);
    fractions_free(&work->prices, m->needs_n);
    fini_side(&work->before, m->needs_n);
    fini_side(&work->after, m->needs_n);
    if (work->users_are_known)
        mean_fini(&work->mean);
    score_fini(&work->score);
    offer_fini(&work->offer);
}

enum err brings_compute(const struct model *model, struct brings_result **made)
{
    struct work work = {.model = model};
    struct subsets subsets;

    if (missing_blocks(model, FIGURE_DECIDER))
        return ERR_STATE;
    subsets_init(&subsets, model);
    if (subsets.too_many)
        return ERR_LIMIT;
    work.result = new_result(model);
    compute(&work);
    *made = work.result;
    return ERR_OK;
}

void brings_free(struct brings_result **result)
{
    if (*result == NULL)
        return;
    free((*result)->elements);
    free((*result)->needs);
    free(*result);
    *result = NULL;
}
