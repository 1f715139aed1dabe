/* SPDX-License-Identifier: Apache-2.0
 *
 * fuzz_value - the computations: a tender of any numbers is refused or
 * computed, chances sum to one, and an expression ends in a value or a fault.
 *
 * The first eight bytes make a small tender; each nine that follow put a
 * number into it; what stands behind a line end is an expression.
 */
#include "protocol/base_mem.h"
#include "tests/fuzz/fuzz.h"
#include "tests/unit/tender.h"
#include "value/attribute.h"
#include "value/award.h"
#include "value/expression.h"
#include "value/gap.h"
#include "value/missing.h"
#include "value/simulate.h"
#include "value/stability.h"
#include "value/users.h"

#include <stdlib.h>

static void put_number(struct tender *t, uint8_t where, int64_t value)
{
    struct model_criterion *c = &t->criteria[where >> 4 & 3];
    struct model_bid *bid = &t->bids[where >> 4 & 3];
    int64_t *const places[] = {&c->weight.low, &c->weight.likely,
        &c->weight.high, &c->scale_max, &c->min_score, &c->zero_at, &c->set_min,
        &c->set_max, &c->power, &c->reference, &c->reference_quality, &c->knee,
        &bid->price.likely, &bid->price.low, &bid->bonus, &bid->life_cycle};

    *places[where & 15] = value;
    /* The record says 0 where no preference points are given. */
    if (bid->bonus == MODEL_ABSENT)
        bid->bonus = 0;
}

/* What the record never holds: estimates out of order, or beyond the limit. */
static int64_t within_limits(int64_t value)
{
    const int64_t most = DECIMAL_LIMIT * DECIMAL_ONE;

    return value > most || value < -most ? MODEL_ABSENT : value;
}

static void put_in_order(struct estimate *e)
{
    if (e->low == MODEL_ABSENT || e->likely == MODEL_ABSENT ||
        e->high == MODEL_ABSENT) {
        *e = not_recorded();
        return;
    }
    e->likely = e->likely < e->low ? e->low : e->likely;
    e->high = e->high < e->likely ? e->likely : e->high;
}

static void check_chances(const struct tender *t)
{
    struct simulate_ask ask = {.seed = 1, .draws = 128, .correlation = 5000};
    struct simulate_result *r = NULL;

    if (simulate_run(&t->model, 0, &ask, &r) != ERR_OK)
        return;
    int64_t sum = r->no_award;
    for (size_t b = 0; b < r->bids_n; b++) {
        INSIST(r->bids[b].wins >= 0 && r->bids[b].low <= r->bids[b].high);
        sum += r->bids[b].wins;
    }
    INSIST(sum == 1000000);
    simulate_result_free(&r);
}

static void compute(const struct tender *t)
{
    struct award_result *award = NULL;
    struct users_result *users = NULL;
    struct gap_result *gap = NULL;
    struct stability_result *firm = NULL;
    struct attribute_result *parts = NULL;

    enum err err = award_compute(&t->model, &award);
    INSIST((err == ERR_STATE) == missing_blocks(&t->model, FIGURE_DECIDER));
    INSIST(stability_compute(&t->model, &firm) == err);
    INSIST(attribute_compute(&t->model, 0, 0, 0, &parts) == err);
    if (err == ERR_OK)
        check_chances(t);
    if (users_compute(&t->model, &users) == ERR_OK)
        INSIST(users->bids_n == t->model.bids_n);
    if (gap_compute(&t->model, &gap) == ERR_OK)
        INSIST(gap->divergence >= 0 && gap->divergence <= 1000000);
    award_free(&award);
    users_free(&users);
    gap_free(&gap);
    stability_free(&firm);
    attribute_free(&parts);
}

static void check_expression(const char *text, struct tender *t)
{
    struct expression_told told = expression_check(text);

    INSIST(told.column <= strlen(text) + 1);
    INSIST((told.fault == EXPRESSION_FINE) == (told.column == 0));
    for (size_t k = 0; k < t->model.criteria_n; k++)
        t->criteria[k].expression = text;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct tender t;
    uint64_t seed = 0;
    size_t at = sizeof seed;

    if (len < sizeof seed)
        return 0;
    memcpy(&seed, bytes, sizeof seed);
    tender_drawn(&t, &seed);
    t.model.elements_n = t.model.effects_n = 0;
    for (; at + 9 <= len && bytes[at] != '\n'; at += 9) {
        int64_t value;
        memcpy(&value, bytes + at + 1, sizeof value);
        put_number(&t, bytes[at], within_limits(value));
    }
    for (size_t k = 0; k < t.model.criteria_n; k++)
        put_in_order(&t.criteria[k].weight);
    for (size_t b = 0; b < t.model.bids_n; b++)
        put_in_order(&t.bids[b].price);
    char *text = mem_new(len + 1);
    if (at < len && bytes[at] == '\n')
        memcpy(text, bytes + at + 1, len - at - 1);
    if (*text)
        check_expression(text, &t);
    compute(&t);
    free(text);
    return 0;
}
