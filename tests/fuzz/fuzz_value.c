/* SPDX-License-Identifier: Apache-2.0
 *
 * fuzz_value - the computations: a whole tender of any numbers is refused or
 * computed by every one of them, chances sum to one, shares to what they
 * share, and an expression ends in a value or a fault.
 *
 * The first eight bytes draw a small tender with elements, users, a tree of
 * criteria and scales that are tables; each ten that follow put a number into
 * it: two say where, eight what.  What stands behind a line end is an
 * expression.
 */
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/fuzz_places.h"
#include "value/award/award.h"
#include "value/award/expression.h"
#include "value/award/low_price.h"
#include "value/award/mcda.h"
#include "value/award/tree.h"
#include "value/award/warn.h"
#include "value/chance/simulate_confidence.h"
#include "value/firm/amend.h"
#include "value/firm/attribute.h"
#include "value/firm/orders.h"
#include "value/firm/stability.h"
#include "value/front/brings.h"
#include "value/front/front.h"
#include "value/gap/gap.h"
#include "value/missing.h"
#include "value/users/advantage.h"
#include "value/users/users.h"

#include <stdlib.h>

static void add_criterion(struct whole *w, struct model_criterion *c)
{
    int64_t *const places[] = {&c->scale_max, &c->min_score, &c->zero_at,
        &c->set_min, &c->set_max, &c->power, &c->reference,
        &c->reference_quality, &c->knee, &c->corridor};

    add_estimate(w, &c->weight);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        add_place(w, places[i]);
}

static void find_award_places(struct whole *w)
{
    struct tender *t = &w->t;
    const size_t cells = t->model.bids_n * t->model.criteria_n;

    for (size_t k = 0; k < t->model.criteria_n; k++)
        add_criterion(w, &t->criteria[k]);
    for (size_t g = 0; g < t->model.groups_n; g++) {
        add_estimate(w, &w->groups[g].weight);
        add_place(w, &w->groups[g].scale_max);
        add_place(w, &w->groups[g].min_score);
    }
    for (size_t b = 0; b < t->model.bids_n; b++) {
        add_estimate(w, &t->bids[b].price);
        add_place(w, &t->bids[b].bonus);
        add_place(w, &t->bids[b].life_cycle);
        add_place(w, &t->bids[b].date);
    }
    for (size_t i = 0; i < cells; i++)
        add_estimate(w, &t->marks[i]);
    for (size_t i = 0; i < 4; i++) {
        add_place(w, &w->levels[i].mark);
        add_place(w, &w->levels[i].share);
    }
    add_place(w, &t->model.min_quality);
}

static void find_user_places(struct whole *w)
{
    struct tender *t = &w->t;
    const struct model *m = &t->model;

    for (size_t i = 0; i < m->bids_n * m->needs_n; i++)
        add_estimate(w, &t->covers[i]);
    for (size_t i = 0; i < m->segments_n * m->needs_n; i++)
        add_place(w, &t->importance[i]);
    for (size_t s = 0; s < m->segments_n; s++) {
        add_place(w, &t->segments[s].heads);
        add_place(w, &t->segments[s].hour_value);
        add_place(w, &t->segments[s].full_value);
    }
    for (size_t n = 0; n < m->needs_n; n++)
        add_place(w, &t->needs[n].must_threshold);
    for (size_t e = 0; e < m->elements_n; e++)
        add_place(w, &t->elements[e].cost);
    for (size_t e = 0; e < m->effects_n; e++)
        add_place(w, &t->effects[e].by);
}

static void put_all_in_order(struct whole *w)
{
    struct tender *t = &w->t;
    const struct model *m = &t->model;

    for (size_t k = 0; k < m->criteria_n; k++)
        put_in_order(&t->criteria[k].weight);
    for (size_t g = 0; g < m->groups_n; g++)
        put_in_order(&w->groups[g].weight);
    for (size_t b = 0; b < m->bids_n; b++) {
        put_in_order(&t->bids[b].price);
        t->bids[b].bonus =
            t->bids[b].bonus == MODEL_ABSENT ? 0 : t->bids[b].bonus;
        t->bids[b].life_cycle =
            t->bids[b].life_cycle == MODEL_ABSENT ? 0 : t->bids[b].life_cycle;
        t->bids[b].date = t->bids[b].date < 0 ? 0 : t->bids[b].date;
    }
    for (size_t i = 0; i < m->bids_n * m->criteria_n; i++)
        put_in_order(&t->marks[i]);
    for (size_t i = 0; i < m->bids_n * m->needs_n; i++)
        put_in_order(&t->covers[i]);
    for (size_t e = 0; e < m->elements_n; e++)
        t->elements[e].cost =
            t->elements[e].cost == MODEL_ABSENT ? 0 : t->elements[e].cost;
    for (size_t e = 0; e < m->effects_n; e++)
        t->effects[e].by =
            t->effects[e].by == MODEL_ABSENT ? 0 : t->effects[e].by;
    for (size_t i = 0; i < 4; i++) {
        if (w->levels[i].mark == MODEL_ABSENT)
            w->levels[i].mark = 0;
        if (w->levels[i].share == MODEL_ABSENT)
            w->levels[i].share = 0;
    }
}

/* A tree above some criteria, and a table as the scale of one. */
static void draw_tree(struct whole *w, uint64_t *seed)
{
    struct model *m = &w->t.model;

    m->groups_n = (size_t)draw_from(seed, 0, 3);
    m->groups = w->groups;
    m->group_of = w->group_of;
    for (size_t g = 0; g < m->groups_n; g++) {
        w->groups[g] = (struct model_group){.parent = MODEL_NOWHERE,
            .weight = not_recorded(),
            .parts_are_shares = draw_from(seed, 0, 2) == 0,
            .scale_max = draw_from(seed, 0, 1) ? MODEL_ABSENT : 10 * ONE,
            .min_score = draw_from(seed, 0, 1) ? MODEL_ABSENT : ONE};
        if (g > 0 && draw_from(seed, 0, 1) == 0)
            w->groups[g].parent = (size_t)draw_from(seed, 0, (int64_t)g - 1);
    }
    for (size_t k = 0; k < m->criteria_n; k++)
        w->group_of[k] =
            draw_from(seed, 0, 1) && m->groups_n
                ? (size_t)draw_from(seed, 0, (int64_t)m->groups_n - 1)
                : MODEL_NOWHERE;
    for (size_t i = 0; i < 4; i++)
        w->levels[i] = (struct model_level){
            (int64_t)i * 3 * ONE, draw_from(seed, 0, 10) * ONE / 10};
    for (size_t k = 0; k < m->criteria_n; k++) {
        bool has = draw_from(seed, 0, 4) == 0;
        w->t.criteria[k].levels = has ? w->levels : NULL;
        w->t.criteria[k].levels_n = has ? 4 : 0;
    }
}

static void check_chances(const struct model *m)
{
    static const int64_t presence[AT_MOST] = {ONE / 2, 0, ONE, ONE / 3};
    struct simulate_ask ask = {.seed = 1,
        .draws = 128,
        .correlation = 5000,
        .presence = m->max_pass % 2 ? presence : NULL,
        .thresholds = true};
    struct simulate_result *r = NULL;
    int64_t confidence[AT_MOST];
    bool stopped;

    if (simulate_run(m, 0, &ask, &r) != ERR_OK)
        return;
    int64_t sum = r->no_award;
    for (size_t b = 0; b < r->bids_n; b++) {
        INSIST(r->bids[b].wins >= 0 && r->bids[b].low <= r->bids[b].high);
        sum += r->bids[b].wins;
    }
    INSIST(sum == 1000000);
    for (size_t i = 1; i < r->draws; i++)
        INSIST(r->thresholds[i] >= r->thresholds[i - 1]);
    if (simulate_confidence(m, 0, &ask, r, confidence, &stopped) == ERR_OK) {
        for (size_t b = 0; b < r->bids_n; b++)
            INSIST(confidence[b] == MODEL_ABSENT ||
                   (confidence[b] >= 0 && confidence[b] <= 1000000));
    }
    simulate_result_free(&r);
}

/* Every order of importance is won by somebody, or by nobody where none is
 * admitted. */
static void check_orders(const struct model *m, bool somebody)
{
    const struct orders_ask ask = {.seed = 1, .draws = 128};
    struct orders_result *r = NULL;

    if (orders_compute(m, &ask, &r) != ERR_OK)
        return;
    for (size_t i = 0; i < r->orders_n; i++) {
        int64_t sum = 0;
        for (size_t b = 0; b < r->bids_n; b++)
            sum += r->wins[i * r->bids_n + b];
        int64_t off = sum - (somebody ? 1000000 : 0);
        INSIST(off >= -(int64_t)r->bids_n && off <= (int64_t)r->bids_n);
    }
    orders_free(&r);
}

/* Weight moved within what there is leaves a tender that computes. */
static void check_moves(const struct model *m)
{
    struct amend_move moves[4];
    struct amend_side before, after;
    struct amend_model made;
    enum amend_verdict verdict;
    size_t n = 0;

    amend_measure(m, &before);
    if (!amend_moves(m, 5 * ONE, 4, NULL, NULL, moves, &n))
        return;
    for (size_t i = 0; i < n && i < 4; i++) {
        INSIST(moves[i].points > 0 && moves[i].from != moves[i].to);
        amend_move(m, &moves[i], &made);
        amend_measure(&made.model, &after);
        (void)amend_judge(&before, &after, &verdict);
        amend_model_fini(&made);
    }
}

/* Every admitted bid has a rank, one of them the first, and a group never
 * refuses without a gate. */
static void check_award(const struct model *m, const struct award_result *a)
{
    size_t admitted = 0;
    size_t first = 0;

    for (size_t b = 0; b < a->bids_n; b++) {
        const struct award_bid *bid = &a->bids[b];
        admitted += bid->admitted;
        first += bid->rank == 1;
        INSIST(bid->admitted == (bid->refused == REFUSED_NOT));
        INSIST(bid->admitted == (bid->rank > 0));
        INSIST(bid->rank <= a->bids_n);
        if (bid->refused == REFUSED_GROUP)
            INSIST(m->groups[bid->gate].min_score != MODEL_ABSENT);
    }
    INSIST((admitted > 0) == (first > 0));
    INSIST((a->leader != MODEL_NOWHERE) == (admitted > 0));
}

static void compute_award(const struct model *m)
{
    struct award_result *award = NULL;
    struct stability_result *firm = NULL;
    struct attribute_result *parts = NULL;
    struct brings_result *brings = NULL;
    enum err err = award_compute(m, &award);

    INSIST((err == ERR_STATE) == missing_blocks(m, FIGURE_DECIDER));
    INSIST(stability_compute(m, &firm) == err);
    enum err other = attribute_compute(m, 0, 0, 0, &parts);
    INSIST((other == ERR_STATE) == (err == ERR_STATE));
    other = brings_compute(m, &brings);
    INSIST((other == ERR_STATE) == (err == ERR_STATE));
    if (err == ERR_OK) {
        check_award(m, award);
        check_chances(m);
        check_orders(m, award->leader != MODEL_NOWHERE);
        check_moves(m);
    }
    award_free(&award);
    stability_free(&firm);
    attribute_free(&parts);
    brings_free(&brings);
}

static void compute_offers(const struct model *m)
{
    const struct frontier_ask ask = {
        .cost = m->max_pass % 2 ? FRONTIER_MARGIN : FRONTIER_PRICE,
        .budget = m->min_quality > 0 ? m->min_quality : MODEL_ABSENT,
        .states_max = 64};
    struct frontier_found *found = NULL;
    struct front_discount discount;
    bool blocked = missing_blocks(m, FIGURE_FRONT);
    enum err err = frontier_compute(m, &ask, &found);

    INSIST(err == ERR_LIMIT || (err == ERR_STATE) == blocked);
    if (err == ERR_OK) {
        INSIST(found->gap_lead >= 0 && found->gap_users >= 0);
        if (found->users_best != MODEL_NOWHERE) {
            front_discount_of(m, ask.cost, found, found->users_best, &discount);
            INSIST(discount.cut == MODEL_ABSENT || discount.cut >= 0);
        }
    }
    frontier_free(&found);
}

static void compute_users(const struct model *m)
{
    struct users_result *users = NULL;
    struct gap_result *gap = NULL;
    struct advantage_result *gains = NULL;

    if (users_compute(m, &users) == ERR_OK)
        INSIST(users->bids_n == m->bids_n);
    if (gap_compute(m, &gap) == ERR_OK)
        INSIST(gap->divergence >= 0 && gap->divergence <= 1000000);
    if (advantage_compute(m, 0, true, &gains) == ERR_OK)
        INSIST(gains->parts_n >= gains->rows_n || m->needs_n == 0);
    users_free(&users);
    gap_free(&gap);
    advantage_free(&gains);
}

/* The tests that look at prices alone, and the aids that take any number. */
static void compute_aside(const struct whole *w)
{
    int64_t prices[AT_MOST];
    double values[AT_MOST * AT_MOST], weights[AT_MOST], out[AT_MOST];
    const struct model *m = &w->t.model;
    size_t n = 0;

    for (size_t b = 0; b < m->bids_n; b++) {
        if (m->bids[b].price.likely > 0)
            prices[n++] = m->bids[b].price.likely;
    }
    for (size_t i = 0; i < n * LOW_COUNT; i++) {
        int64_t limit;
        bool fails;
        (void)low_price_limit((enum low_price)(i % LOW_COUNT), prices, n,
            i / LOW_COUNT, &limit, &fails);
    }
    for (size_t i = 0; i < m->criteria_n * WARN_COUNT; i++)
        (void)warn_holds(
            &m->criteria[i / WARN_COUNT], (enum warn)(i % WARN_COUNT));
    for (size_t i = 0; i < m->bids_n * m->criteria_n; i++)
        values[i] = (double)m->marks[i].likely;
    for (size_t k = 0; k < m->criteria_n; k++)
        weights[k] = (double)m->criteria[k].weight.likely;
    const struct mcda_table table = {
        values, m->bids_n, m->criteria_n, weights, NULL};
    for (int scale = MCDA_AS_IS; scale <= MCDA_BY_RANGE; scale++) {
        if (mcda_topsis(&table, (enum mcda_scale)scale, out) != ERR_OK)
            continue;
        for (size_t b = 0; b < m->bids_n; b++)
            INSIST(out[b] >= 0.0 && out[b] <= 1.0);
    }
    if (mcda_promethee(&table, NULL, NULL, out) == ERR_OK)
        INSIST(out[0] >= -1.0 - 1e-9 && out[0] <= 1.0 + 1e-9);
}

static void check_expression(const char *text, struct tender *t)
{
    struct expression_told told = expression_check(text);

    INSIST(told.column <= strlen(text) + 1);
    INSIST((told.fault == EXPRESSION_FINE) == (told.column == 0));
    for (size_t k = 0; k < t->model.criteria_n; k++)
        t->criteria[k].expression = text;
}

/* Of each criterion fifteen bits: its rule, its place in the order, what is clamped
 * and what decides within a corridor. */
static void put_choices(struct whole *w, uint64_t bits)
{
    struct model *m = &w->t.model;

    for (size_t k = 0; k < m->criteria_n; k++, bits >>= 15) {
        struct model_criterion *c = &w->t.criteria[k];
        c->rule = (enum price_rule)((bits & 31) % RULE_COUNT);
        c->place = (int)(bits >> 5 & 3);
        c->clamp = (bits >> 7 & 1) != 0;
        c->is_percent = (bits >> 8 & 1) != 0;
        c->deciding = (enum deciding)(bits >> 9 & 3);
        c->deciding_at = (bits >> 11 & 7) % (m->groups_n + m->criteria_n);
        if ((bits >> 14 & 1) != 0)
            c->weight = not_recorded();
    }
}

/* Puts the numbers into their places; the two places after the last hold what
 * is no number.  Gives where the numbers end. */
static size_t put_numbers(
    struct whole *w, const uint8_t *bytes, size_t at, size_t len)
{
    struct model *m = &w->t.model;

    for (; at + 10 <= len && bytes[at] != '\n'; at += 10) {
        size_t place = (size_t)(bytes[at] | bytes[at + 1] << 8);
        int64_t value;

        memcpy(&value, bytes + at + 2, sizeof value);
        place %= w->places_n + 2;
        if (place < w->places_n) {
            *w->places[place] = within_limits(value);
            continue;
        }
        if (place > w->places_n) {
            put_choices(w, (uint64_t)value);
            continue;
        }
        m->tie = (enum tie_rule)(value & 3);
        m->max_pass = (size_t)(value >> 2 & 3);
        m->round_total = (int)(value >> 4 & 15) - 2;
        for (size_t k = 0; k < m->criteria_n; k++)
            w->t.criteria[k].round =
                (int)(value >> (8 + 4 * (k % 12)) & 15) - 2;
        for (size_t g = 0; g < m->groups_n; g++)
            w->groups[g].round = (int)(value >> (56 + 2 * g) & 3);
    }
    return at;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct whole w = {.places_n = 0};
    uint64_t seed = 0;

    if (len < sizeof seed)
        return 0;
    memcpy(&seed, bytes, sizeof seed);
    tender_drawn(&w.t, &seed);
    draw_tree(&w, &seed);
    find_award_places(&w);
    find_user_places(&w);
    size_t at = put_numbers(&w, bytes, sizeof seed, len);
    put_all_in_order(&w);
    char *text = mem_new(len + 1);
    if (at < len && bytes[at] == '\n')
        memcpy(text, bytes + at + 1, len - at - 1);
    if (*text)
        check_expression(text, &w.t);
    (void)tree_order(w.groups, w.t.model.groups_n, w.t.criteria, w.group_of,
        w.t.model.criteria_n);
    tree_weigh(w.groups, w.t.model.groups_n, w.t.criteria, w.group_of,
        w.t.model.criteria_n);
    compute_award(&w.t.model);
    compute_offers(&w.t.model);
    compute_users(&w.t.model);
    compute_aside(&w);
    free(text);
    return 0;
}
