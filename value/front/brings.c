/* SPDX-License-Identifier: Apache-2.0
 *
 * brings.c - elements one by one.
 */
#include "value/front/brings.h"

#include <stdlib.h>

#include "protocol/base_mem.h"
#include "value/award/score.h"
#include "value/fitted.h"
#include "value/front/subset.h"
#include "value/gap/kendall.h"
#include "value/gap/weigh.h"
#include "value/mean.h"
#include "value/missing.h"

enum { TENTHS = 10 };

/* Our offer as either side sees it. */
struct side {
    bool admitted;
    mpq_t lead, users;
    mpq_t *covers; /* [needs_n] */
};

struct work {
    const struct model *model;
    struct fitted fitted;
    bool *in;                       /* [elements_n] */
    struct model_element *elements; /* [elements_n] scratch */
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

static void measure_users(
    const struct model *model, struct offer *offer, struct side *side)
{
    struct mean mean;
    mpz_t above;

    mpz_init(above);
    INSIST(mean_init(&mean, model, NULL, offer->cover_one));
    mean_above(&mean, offer->covers, above);
    fraction_set_integers(side->users, above, mean.below);
    mean_fini(&mean);
    mpz_clear(above);
}

/* Looks at our bid with the elements that are in. */
static void measure(struct work *work, struct side *side)
{
    size_t ours = work->model->ours;
    struct offer offer;
    struct score score;

    fitted_set(&work->fitted, work->in, true);
    offer_init(&offer, &work->fitted.model);
    score_init(&score, &work->fitted.model, &offer);
    side->admitted = score.admitted[ours];
    if (side->admitted && !score_lead(&score, ours, side->lead))
        mpq_set(side->lead, score.total[ours]);
    for (size_t n = 0; n < work->model->needs_n; n++)
        fraction_set_integers(
            side->covers[n], offer.covers[n], offer.cover_one[n]);
    if (work->users_are_known)
        measure_users(work->model, &offer, side);
    score_fini(&score);
    offer_fini(&offer);
}

/* Adds what the elements that are in require, directly or not; false where one
 * requires what can not be had. */
static bool add_required(struct work *work)
{
    const struct model *m = work->model;
    bool grown = true;

    while (grown) {
        grown = false;
        for (size_t e = 0; e < m->elements_n; e++) {
            for (size_t i = 0; work->in[e] && i < m->elements[e].needs_n; i++) {
                size_t needed = m->elements[e].needs[i];
                if (needed == MODEL_NOWHERE)
                    return false;
                grown |= !work->in[needed];
                work->in[needed] = true;
            }
        }
    }
    return true;
}

/* Chooses what is always in, one element more and what they require; false
 * where these may not be offered together. */
static bool choose(struct work *work, size_t element)
{
    const struct model *m = work->model;
    struct model chosen = *m;

    for (size_t e = 0; e < m->elements_n; e++)
        work->in[e] = m->elements[e].always || e == element;
    if (!add_required(work))
        return false;
    for (size_t e = 0; e < m->elements_n; e++) {
        work->elements[e] = m->elements[e];
        work->elements[e].always = work->in[e];
    }
    chosen.elements = work->elements;
    return elements_allow(&chosen);
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

static void add_element(struct work *work, size_t element)
{
    struct brings_element *row =
        &work->result->elements[work->result->elements_n++];
    mpq_t lead, users;

    *row = (struct brings_element){.element = element,
        .possible = choose(work, element),
        .lead = MODEL_ABSENT,
        .users = MODEL_ABSENT};
    if (!row->possible)
        return;
    measure(work, &work->after);
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

    result->elements =
        mem_new((model->elements_n + 1) * sizeof *result->elements);
    result->needs_n = model->needs_n;
    result->needs = mem_new((model->needs_n + 1) * sizeof *result->needs);
    for (size_t n = 0; n < model->needs_n; n++)
        result->needs[n] =
            (struct brings_need){MODEL_NOWHERE, MODEL_ABSENT, MODEL_ABSENT};
    return result;
}

/* Whether a mean over segments can be told. */
static bool users_have_mean(const struct model *model)
{
    mpq_t *shares = fractions_new(model->segments_n);
    bool known = weigh_segments(model, NULL, shares);

    fractions_free(&shares, model->segments_n);
    return known;
}

static void compute(struct work *work)
{
    const struct model *m = work->model;

    fitted_init(&work->fitted, m);
    work->in = mem_new((m->elements_n + 1) * sizeof *work->in);
    work->elements = mem_new((m->elements_n + 1) * sizeof *work->elements);
    work->users_are_known =
        !missing_blocks(m, FIGURE_USERS) && users_have_mean(m);
    init_side(&work->before, m->needs_n);
    init_side(&work->after, m->needs_n);
    work->prices = fractions_new(m->needs_n);
    (void)choose(work, MODEL_NOWHERE);
    measure(work, &work->before);
    for (size_t e = 0; e < m->elements_n; e++) {
        if (!m->elements[e].always)
            add_element(work, e);
    }
    agree(work->result);
    fractions_free(&work->prices, m->needs_n);
    fini_side(&work->before, m->needs_n);
    fini_side(&work->after, m->needs_n);
    free(work->in);
    free(work->elements);
    fitted_fini(&work->fitted);
}

enum err brings_compute(const struct model *model, struct brings_result **made)
{
    struct work work = {.model = model};

    if (missing_blocks(model, FIGURE_DECIDER))
        return ERR_STATE;
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
