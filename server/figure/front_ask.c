/* SPDX-License-Identifier: Apache-2.0
 *
 * front_ask.c - keys of front and discount, the search, points of the front.
 */
#include "server/figure/front_ask.h"

#include "protocol/base_mem.h"
#include "protocol/limit.h"
#include "value/fraction.h"
#include "value/users/users.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool is_asked(const struct front_asked *a, const char *key)
{
    return request_key(a->figures->request, key) != NULL;
}

static enum err read_pays(struct front_asked *a)
{
    const char *word = request_key(a->figures->request, "pays");

    if (word == NULL || strcmp(word, "price") == 0)
        return ERR_OK;
    if (strcmp(word, "margin") != 0)
        return fault_set(
            a->figures->fault, ERR_ARG, "pays", word, "price or margin");
    a->cost = FRONTIER_MARGIN;
    return ERR_OK;
}

static enum err read_pwin(struct front_asked *a)
{
    int64_t pwin = 0;
    enum err err = chance_decimal(a->figures, "pwin", 1, DECIMAL_ONE,
        "a chance above 0, at most 1, up to 4 decimals", &pwin);

    if (err == ERR_OK && pwin > 0)
        a->pwin = pwin * (MICRO_ONE / DECIMAL_ONE);
    return err;
}

static enum err read_margin(struct front_asked *a)
{
    const struct model_bid *ours = &a->model.bids[a->model.ours];
    int64_t most = INT64_MAX / DECIMAL_ONE;
    int64_t margin = 0;
    enum err err =
        chance_decimal(a->figures, "margin", -most, most, "an amount", &margin);

    if (err != ERR_OK || !is_asked(a, "margin"))
        return err;
    if (ours->cost == MODEL_ABSENT)
        return fault_set(a->figures->fault, ERR_STATE, "cost", "nothing",
            "a cost of our bid, from which the margin is reckoned");
    a->margin = margin * (MICRO_ONE / DECIMAL_ONE);
    return ERR_OK;
}

/* What the margin can pay for elements. */
static int64_t budget_of(const struct front_asked *a)
{
    const struct model_bid *ours = &a->model.bids[a->model.ours];

    if (a->cost == FRONTIER_PRICE || a->margin == MODEL_ABSENT ||
        ours->price.low == MODEL_ABSENT)
        return MODEL_ABSENT;
    return ours->price.likely - ours->cost -
           a->margin / (MICRO_ONE / DECIMAL_ONE);
}

/* The elements of in= are choices that every offer has to make. */
static void read_model(struct front_asked *a)
{
    const struct model *before = &a->chance.before;
    const struct model *after = &a->figures->made->model;

    a->model = *after;
    a->model.elements = before->elements;
    a->must = mem_new((before->elements_n + 1) * sizeof *a->must);
    for (size_t e = 0; e < before->elements_n; e++)
        a->must[e] = after->elements[e].always && !before->elements[e].always;
}

/* The least that front-states can be set to. */
enum { LEAST_STATES = 4 };

/* One of several searches, each with fewer partial offers than the one before
 * and until so much of the time is over. */
struct attempt {
    struct long_work *work;
    unsigned percent;
    bool ended; /* nothing more is to be done */
};

static bool wants_end(void *context)
{
    struct attempt *attempt = context;

    attempt->ended = !long_work_tell(attempt->work, 0, 0);
    return attempt->ended || long_work_past(attempt->work, attempt->percent);
}

/* A search that takes too long is begun again with fewer partial offers, which
 * is an approximation that tells its gap, and better than no answer. */
static enum err search_in_time(
    struct front_asked *a, const struct frontier_ask *asked)
{
    static const unsigned percents[] = {40, 65, 85};
    struct attempt attempt = {.work = a->figures->work};
    struct frontier_ask ask = *asked;

    ask.stop = wants_end;
    ask.context = &attempt;
    for (size_t i = 0; i < sizeof percents / sizeof *percents; i++) {
        attempt.percent = percents[i];
        enum err err = frontier_compute(&a->model, &ask, &a->found);
        if (err != ERR_ABORTED || attempt.ended)
            return err;
        ask.states_max = ask.states_max / 10 + LEAST_STATES;
    }
    attempt.percent = 200; /* all that is left of the time */
    return frontier_compute(&a->model, &ask, &a->found);
}

static enum err fail_search(
    struct front_asked *a, const struct frontier_ask *ask, enum err err)
{
    struct figures *f = a->figures;

    if (err == ERR_STATE)
        return figures_lack(f, FIGURE_FRONT);
    if (err == ERR_ABORTED)
        return long_work_ended(f->work, NULL, f->language, f->fault);
    if (ask->all)
        return fault_set(f->fault, ERR_LIMIT, "all", "yes",
            "16 elements that are possible; set some to in or out");
    return fault_set(f->fault, ERR_LIMIT, "elements", "more",
        "128 elements that are possible, 16 with an expression, max-pass, "
        "costs above the price or what they change rounded with other "
        "sub-criteria, and no more partial offers than front-states; set some "
        "to in or out");
}

/* The core counts partial offers, and says whether there were too many. */
static void note_states(const struct frontier_found *found, size_t most)
{
    size_t kept = found->states < most ? found->states : most;

    limit_met(LIMIT_ROW_FRONT_STATES, found->exact ? kept : most + 1, most);
}

static enum err search(struct front_asked *a, bool all)
{
    struct frontier_ask ask = {.cost = a->cost,
        .budget = budget_of(a),
        .must = a->must,
        .all = all,
        .states_max = LIMIT_NOW(FRONT_STATES)};
    enum err err = search_in_time(a, &ask);

    if (err != ERR_OK)
        return fail_search(a, &ask, err);
    note_states(a->found, LIMIT_NOW(FRONT_STATES));
    if (a->found->offers_n == 0 && is_asked(a, "in"))
        return fault_set(a->figures->fault, ERR_ARG, "in",
            request_key(a->figures->request, "in"),
            "elements that may be offered together");
    if (a->found->offers_n == 0)
        return fault_set(a->figures->fault, ERR_ARG, "margin",
            request_key(a->figures->request, "margin"),
            "what our price leaves above our cost");
    return ERR_OK;
}

static enum err begin(struct front_asked *a, bool all)
{
    /* What is missing is told by a row, not by a key that needs it. */
    if (a->model.ours == MODEL_NOWHERE)
        return figures_lack(a->figures, FIGURE_FRONT);
    enum err err = read_pays(a);
    if (err == ERR_OK)
        err = read_pwin(a);
    if (err == ERR_OK)
        err = read_margin(a);
    return err == ERR_OK ? search(a, all) : err;
}

enum err front_asked_init(
    struct front_asked *asked, struct figures *f, bool all)
{
    *asked = (struct front_asked){.figures = f,
        .cost = FRONTIER_PRICE,
        .margin = MODEL_ABSENT,
        .pwin = MODEL_ABSENT};
    enum err err = chance_init(&asked->chance, f);

    if (err != ERR_OK)
        return err;
    if (!is_asked(asked, "draws"))
        asked->chance.ask.draws = FRONT_DRAWS;
    read_model(asked);
    err = begin(asked, all);
    if (err != ERR_OK)
        front_asked_fini(asked);
    return err;
}

void front_asked_fini(struct front_asked *asked)
{
    frontier_free(&asked->found);
    free(asked->points);
    free(asked->must);
    chance_fini(&asked->chance);
}

int64_t front_asked_margin(const struct front_asked *a,
    const struct frontier_offer *offer, int64_t price)
{
    const struct model_bid *ours = &a->model.bids[a->model.ours];

    if (ours->cost == MODEL_ABSENT || price == MODEL_ABSENT)
        return MODEL_ABSENT;
    int64_t paid = ours->cost + model_cost_always(&a->model);
    return price - paid * (MICRO_ONE / DECIMAL_ONE) - offer->cost;
}

/* Why a chance can not be told. */
static enum err fail_chance(struct front_asked *a, enum err err)
{
    if (err == ERR_UNSUPPORTED)
        return fault_set(a->figures->fault, ERR_UNSUPPORTED, "price-rule",
            "an expression", "rules with a name, as by rule=");
    return fault_set(a->figures->fault, err == ERR_LIMIT ? ERR_LIMIT : ERR_ARG,
        "pwin", request_key(a->figures->request, "pwin"),
        "bids and weights that can be simulated");
}

/* The chance of an offer; without pwin= it is only left out where it can not
 * be told. */
static enum err simulate_offer(struct front_asked *a,
    const struct fitted *fitted, bool thresholds, struct simulate_result **made)
{
    struct simulate_ask ask = a->chance.ask;

    ask.thresholds = thresholds;
    enum err err = simulate_run(&fitted->model, 0, &ask, made);
    if (err == ERR_OK)
        a->drawn = (*made)->draws;
    if (err == ERR_OK || a->pwin == MODEL_ABSENT)
        return ERR_OK;
    return fail_chance(a, err);
}

static void look_at_users(
    const struct fitted *fitted, struct front_point *point)
{
    struct users_result *users = NULL;

    if (users_compute(&fitted->model, &users) != ERR_OK)
        return;
    point->worst = users->bids[fitted->model.ours].min;
    point->captives = users->bids[fitted->model.ours].captives;
    users_free(&users);
}

static enum err look_at(struct front_asked *a, size_t at)
{
    const struct frontier_offer *offer = &a->found->offers[at];
    struct front_point *point = &a->points[at];
    struct simulate_result *result = NULL;
    struct fitted fitted;

    front_fit(&fitted, &a->model, a->cost, a->found, at);
    point->margin = front_asked_margin(a, offer, offer->price);
    look_at_users(&fitted, point);
    enum err err = simulate_offer(a, &fitted, false, &result);
    if (result != NULL) {
        point->pwin = result->bids[a->model.ours].wins;
        point->low = result->bids[a->model.ours].low;
        point->high = result->bids[a->model.ours].high;
    }
    simulate_result_free(&result);
    fitted_fini(&fitted);
    return err;
}

static bool qualifies(const struct front_asked *a, size_t at)
{
    const struct frontier_offer *offer = &a->found->offers[at];
    const struct front_point *point = &a->points[at];

    if (!offer->front ||
        (a->margin != MODEL_ABSENT &&
            (point->margin == MODEL_ABSENT || point->margin < a->margin)))
        return false;
    return a->pwin == MODEL_ABSENT ? offer->wins : point->pwin >= a->pwin;
}

/* The best for users of what is left, the larger lead first. */
static void choose_best(struct front_asked *a)
{
    struct frontier_found *found = a->found;

    if (a->pwin == MODEL_ABSENT && a->margin == MODEL_ABSENT)
        return;
    found->best = MODEL_NOWHERE;
    for (size_t i = 0; i < found->offers_n; i++) {
        if (!qualifies(a, i))
            continue;
        if (found->best == MODEL_NOWHERE ||
            found->offers[i].users > found->offers[found->best].users)
            found->best = i;
    }
}

enum err front_asked_points(struct front_asked *a)
{
    static const struct front_point unknown = {MODEL_ABSENT, MODEL_ABSENT,
        MODEL_ABSENT, MODEL_ABSENT, MODEL_ABSENT, MODEL_ABSENT};
    struct figures *f = a->figures;
    size_t n = a->found->offers_n;
    enum err err = ERR_OK;

    a->points = mem_new((n + 1) * sizeof *a->points);
    for (size_t i = 0; i < n; i++)
        a->points[i] = unknown;
    for (size_t i = 0; i < n && err == ERR_OK; i++) {
        if (!a->found->offers[i].front)
            continue;
        if (!long_work_tell(f->work, i, n))
            return long_work_ended(f->work, NULL, f->language, f->fault);
        err = look_at(a, i);
    }
    if (err == ERR_OK)
        choose_best(a);
    return err;
}

/* The price that keeps a chance, by the price of each draw. */
static enum err price_by_chance(
    struct front_asked *a, size_t at, struct front_discount *discount)
{
    struct simulate_result *result = NULL;
    struct fitted fitted;

    *discount = (struct front_discount){
        .to_win = TO_WIN_NONE, .price = MODEL_ABSENT, .cut = MODEL_ABSENT};
    front_fit(&fitted, &a->model, a->cost, a->found, at);
    enum err err = simulate_offer(a, &fitted, true, &result);
    fitted_fini(&fitted);
    if (err != ERR_OK)
        return err;
    /* By an expression a dearer offer may have the chance, and ours not. */
    double full_price = (double)a->found->offers[at].price / (double)MICRO_ONE;
    double price = result->lows != NULL
                       ? simulate_price_below(result, a->pwin, full_price)
                       : simulate_price_for(result, a->pwin);
    simulate_result_free(&result);
    if (price == INFINITY) {
        discount->to_win = TO_WIN_ANY;
        discount->cut = 0;
    } else if (price > 0) {
        int64_t full = a->found->offers[at].price;
        discount->to_win = TO_WIN_AT;
        discount->price = (int64_t)floor(price * (double)MICRO_ONE);
        discount->cut = full > discount->price ? full - discount->price : 0;
    }
    return ERR_OK;
}

enum err front_asked_price(
    struct front_asked *a, size_t at, struct front_discount *discount)
{
    if (a->pwin != MODEL_ABSENT)
        return price_by_chance(a, at, discount);
    front_discount_of(&a->model, a->cost, a->found, at, discount);
    return ERR_OK;
}
