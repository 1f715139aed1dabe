/* SPDX-License-Identifier: Apache-2.0
 *
 * frontier_weigh.c - weighs whole offers exactly, and says which of them are
 * on the front and which is the best.
 */
#include <stdlib.h>

#include "protocol/base_mem.h"
#include "value/fitted.h"
#include "value/front/frontier_inside.h"
#include "value/mean.h"

/* Offers between two questions whether to stop. */
#define ASK_EVERY 64

/* An offer as it is compared: exact, where frontier_offer is rounded. */
struct weighed {
    bool has_lead; /* the same for all that are admitted */
    mpq_t lead, users;
    struct frontier_offer offer;
};

struct scales {
    struct frontier_table *table;
    struct fitted fitted;
    bool *in;  /* [elements_n] */
    bool caps; /* a need may cap users' value */
};

/* A weighted sum of the coverage, as long as no need caps the value. */
static void sum_users(
    const struct frontier_table *table, const struct offer *offer, mpq_t users)
{
    mpq_t cover;

    mpq_init(cover);
    mpq_set_ui(users, 0, 1);
    for (size_t k = 0; k < table->model->needs_n; k++) {
        fraction_set_integers(cover, offer->covers[k], offer->cover_one[k]);
        mpq_mul(cover, cover, table->need_weights[k]);
        mpq_add(users, users, cover);
    }
    mpq_clear(cover);
}

static void cap_users(
    const struct frontier_table *table, const struct offer *offer, mpq_t users)
{
    struct mean mean;
    mpz_t above;

    mpz_init(above);
    INSIST(mean_init(&mean, table->model, NULL, offer->cover_one));
    mean_above(&mean, offer->covers, above);
    fraction_set_integers(users, above, mean.below);
    mean_fini(&mean);
    mpz_clear(above);
}

static struct frontier_set choices_of(
    const struct frontier_table *table, const struct frontier_set *places)
{
    struct frontier_set choices = {{0}};

    for (size_t i = 0; i < table->n; i++) {
        if (frontier_has(places, i))
            set_add(&choices, table->items[i].choice);
    }
    return choices;
}

/* Puts an offer in place. */
static void fit_offer(struct scales *s, const struct frontier_set *chosen)
{
    const struct frontier_table *table = s->table;
    const struct model *m = table->model;
    size_t choice = 0;

    for (size_t i = 0; i < m->elements_n; i++)
        s->in[i] = m->elements[i].always || frontier_has(chosen, choice++);
    fitted_set(&s->fitted, s->in, table->price_moves);
}

bool frontier_sees(struct frontier_table *table, struct frontier_state *state)
{
    const struct model *m = table->model;
    struct scales s = {
        .table = table, .in = mem_new((m->elements_n + 1) * sizeof *s.in)};
    const struct frontier_set chosen = choices_of(table, &state->set);
    struct offer offer;
    int64_t less;
    mpq_t lost;
    mpq_t capped;

    fitted_init(&s.fitted, m);
    fit_offer(&s, &chosen);
    offer_init(&offer, &s.fitted.model);
    score_set_offer(&table->score, &offer);
    bool admitted =
        table->mode == FRONTIER_USERS || table->score.admitted[m->ours];
    mpq_inits(lost, capped, NULL);
    sum_users(table, &offer, lost);
    cap_users(table, &offer, capped);
    mpq_sub(lost, lost, capped);
    /* Rounded up: what is known is never told too high. */
    state->users -= frontier_scale(lost, table->users_scale, &less);
    state->users -= less;
    mpq_clears(lost, capped, NULL);
    offer_fini(&offer);
    fitted_fini(&s.fitted);
    free(s.in);
    return admitted;
}

static void weigh_state(
    struct scales *s, const struct frontier_state *state, struct weighed *w)
{
    struct score *score = &s->table->score;
    size_t ours = s->table->model->ours;
    struct offer offer;

    w->offer = (struct frontier_offer){.set = choices_of(s->table, &state->set),
        .price = MODEL_ABSENT,
        .cost = state->cost * (MICRO_ONE / DECIMAL_ONE),
        .points = MODEL_ABSENT,
        .lead = MODEL_ABSENT};
    fit_offer(s, &w->offer.set);
    offer_init(&offer, &s->fitted.model);
    score_set_offer(score, &offer);
    if (s->caps)
        cap_users(s->table, &offer, w->users);
    else
        sum_users(s->table, &offer, w->users);
    w->has_lead = score_lead(score, ours, w->lead);
    w->offer.admitted = score->admitted[ours];
    w->offer.wins =
        w->offer.admitted && (!w->has_lead || mpq_sgn(w->lead) >= 0);
    w->offer.users = fraction_micro(w->users, FRACTION_HALF_UP);
    if (offer.has_price)
        w->offer.price = fraction_micro(offer.price, FRACTION_HALF_UP);
    if (w->offer.admitted)
        w->offer.points = fraction_micro(score->total[ours], FRACTION_HALF_UP);
    if (w->has_lead)
        w->offer.lead = fraction_micro(w->lead, FRACTION_HALF_UP);
    offer_fini(&offer);
}

static int count_elements(const struct frontier_set *set)
{
    int n = 0;

    for (size_t w = 0; w < FRONTIER_MAX / 64; w++)
        n += __builtin_popcountll(set->word[w]);
    return n;
}

static int order_sets(
    const struct frontier_set *one, const struct frontier_set *other)
{
    for (size_t w = FRONTIER_MAX / 64; w-- > 0;) {
        if (one->word[w] != other->word[w])
            return one->word[w] < other->word[w] ? -1 : 1;
    }
    return 0;
}

/* How two offers stand with the institution: above 0 when the first is the
 * better one.  Rounding keeps the order, so that only what is level in
 * millionths has to be compared exactly. */
static int compare_leads(const struct weighed *one, const struct weighed *other)
{
    if (one->offer.admitted != other->offer.admitted)
        return one->offer.admitted ? 1 : -1;
    if (!one->has_lead)
        return 0;
    if (one->offer.lead != other->offer.lead)
        return one->offer.lead > other->offer.lead ? 1 : -1;
    return mpq_cmp(one->lead, other->lead);
}

static int compare_users(const struct weighed *one, const struct weighed *other)
{
    if (one->offer.users != other->offer.users)
        return one->offer.users > other->offer.users ? 1 : -1;
    return mpq_cmp(one->users, other->users);
}

/* For sorting: the admitted, the larger lead, the larger users' mean, the
 * lower price, the fewer elements, the lower set first. */
static int order_weighed(const void *one, const void *other)
{
    const struct weighed *a = one;
    const struct weighed *b = other;
    int order = compare_leads(b, a);

    if (order == 0)
        order = compare_users(b, a);
    if (order != 0)
        return order;
    if (a->offer.price != b->offer.price)
        return a->offer.price < b->offer.price ? -1 : 1;
    order = count_elements(&a->offer.set) - count_elements(&b->offer.set);
    return order != 0 ? order : order_sets(&a->offer.set, &b->offer.set);
}

static int order_offers(const void *one, const void *other)
{
    const struct frontier_offer *a = one;
    const struct frontier_offer *b = other;

    return order_sets(&a->set, &b->set);
}

/* Walking down the leads, an offer is on the front when it is the best for
 * users at its lead and better for them than all with a larger lead; those
 * that are level on both sides all are, or the first of them alone. */
static void mark_front(struct weighed *list, size_t n, bool all)
{
    const struct weighed *last = NULL;

    for (size_t i = 0; i < n && list[i].offer.admitted; i++) {
        if (last == NULL || compare_users(&list[i], last) > 0)
            last = &list[i];
        else if (!all || compare_users(&list[i], last) < 0 ||
                 compare_leads(&list[i], last) != 0)
            continue;
        list[i].offer.front = true;
    }
}

/* The best for users of a sorted list, of all or of those that win. */
static const struct weighed *find_best(
    const struct weighed *list, size_t n, bool winning)
{
    const struct weighed *best = NULL;

    for (size_t i = 0; i < n; i++) {
        if (winning && !list[i].offer.wins)
            continue;
        if (best == NULL || compare_users(&list[i], best) > 0)
            best = &list[i];
    }
    return best;
}

static size_t find_set(
    const struct frontier_found *found, const struct frontier_set *set)
{
    for (size_t i = 0; i < found->offers_n; i++) {
        if (order_sets(&found->offers[i].set, set) == 0)
            return i;
    }
    return MODEL_NOWHERE;
}

static void tell_offer(
    struct frontier_found *found, const struct frontier_offer *offer)
{
    found->offers[found->offers_n++] = *offer;
}

/* The front, and what else is worth telling. */
static void tell_front(const struct weighed *list, size_t n,
    const struct weighed *users_best, const struct frontier_set *least,
    struct frontier_found *found)
{
    for (size_t i = 0; i < n; i++) {
        if (list[i].offer.front)
            tell_offer(found, &list[i].offer);
    }
    for (size_t i = 0; i < n; i++) {
        const struct frontier_offer *offer = &list[i].offer;
        if ((&list[i] == users_best || order_sets(&offer->set, least) == 0) &&
            find_set(found, &offer->set) == MODEL_NOWHERE)
            tell_offer(found, offer);
    }
}

/* Fills what was found from all that was weighed. */
static void tell_offers(struct weighed *list, size_t n,
    const struct frontier_set *least, struct frontier_found *found)
{
    qsort(list, n, sizeof *list, order_weighed);
    mark_front(list, n, found->all);
    const struct weighed *best = find_best(list, n, true);
    const struct weighed *users_best = find_best(list, n, false);
    found->offers = mem_new((n + 1) * sizeof *found->offers);
    for (size_t i = 0; found->all && i < n; i++)
        tell_offer(found, &list[i].offer);
    if (found->all)
        qsort(found->offers, n, sizeof *found->offers, order_offers);
    else
        tell_front(list, n, users_best, least, found);
    if (best != NULL)
        found->best = find_set(found, &best->offer.set);
    if (users_best != NULL)
        found->users_best = find_set(found, &users_best->offer.set);
    found->least = find_set(found, least);
}

enum err frontier_weigh(struct frontier_table *table,
    const struct frontier_ask *ask, const struct frontier_states *states,
    const struct frontier_set *least, struct frontier_found *found)
{
    struct weighed *list = mem_new((states->n + 1) * sizeof *list);
    struct scales s = {.table = table,
        .caps = mean_caps(table->model),
        .in = mem_new((table->model->elements_n + 1) * sizeof *s.in)};
    enum err err = ERR_OK;
    size_t n = 0;

    fitted_init(&s.fitted, table->model);
    for (; n < states->n && err == ERR_OK; n++) {
        mpq_inits(list[n].lead, list[n].users, NULL);
        weigh_state(&s, &states->list[n], &list[n]);
        if (n % ASK_EVERY == ASK_EVERY - 1 && ask->stop != NULL &&
            ask->stop(ask->context))
            err = ERR_ABORTED;
    }
    const struct frontier_set fewest = choices_of(table, least);
    if (err == ERR_OK)
        tell_offers(list, n, &fewest, found);
    for (size_t i = 0; i < n; i++)
        mpq_clears(list[i].lead, list[i].users, NULL);
    free(list);
    free(s.in);
    fitted_fini(&s.fitted);
    return err;
}
