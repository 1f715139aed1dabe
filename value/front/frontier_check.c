/* SPDX-License-Identifier: Apache-2.0
 *
 * frontier_check.c - whether an award can be searched without looking at every
 * offer.
 */
#include "value/front/frontier_inside.h"

/* So much money, all costs together, still fits as millionths. */
#define COSTS_LIMIT INT64_C(50000000000000000)

/* Whether sums of costs stay within what can be told. */
static enum err check_costs(const struct frontier_table *table)
{
    const struct model *m = table->model;
    int64_t all = 0;

    for (size_t i = 0; i < m->elements_n; i++) {
        int64_t cost = m->elements[i].cost;
        if (cost > COSTS_LIMIT || cost < -COSTS_LIMIT)
            return ERR_LIMIT;
        all += cost < 0 ? -cost : cost;
        if (all > COSTS_LIMIT)
            return ERR_LIMIT;
    }
    return ERR_OK;
}

/* Whether what an element changes stands below a criterion that rounds what
 * its parts earn together: then points of targets do not add up. */
static bool is_rounded_together(const struct model *m)
{
    if (!model_rounds_groups(m))
        return false;
    for (size_t i = 0; i < m->effects_n; i++) {
        const struct model_effect *e = &m->effects[i];
        if (e->criterion == MODEL_NOWHERE || m->elements[e->element].always)
            continue;
        for (size_t g = m->group_of[e->criterion]; g != MODEL_NOWHERE;
             g = m->groups[g].parent) {
            if (m->groups[g].round > 0)
                return true;
        }
    }
    return false;
}

/* Whether a lower price and more quality never make our bid stand worse. */
static enum err check_award(const struct frontier_table *table)
{
    const struct model *m = table->model;
    int64_t low = m->bids[m->ours].price.low == MODEL_ABSENT
                      ? 1
                      : m->bids[m->ours].price.likely;
    bool is_priced = false;

    if (m->max_pass > 0 || is_rounded_together(m))
        return ERR_LIMIT;
    for (size_t k = 0; k < m->criteria_n; k++) {
        const struct model_criterion *c = &m->criteria[k];
        is_priced |= c->is_price;
        if (c->is_price &&
            (c->rule == RULE_EXPRESSION || c->rule == RULE_EXPRESSION_TOTAL ||
                c->rule == RULE_QUALITY_CORRIDOR))
            return ERR_LIMIT;
    }
    for (size_t i = 0; i < m->elements_n; i++) {
        int64_t cost = m->elements[i].cost;
        if (m->elements[i].always || (cost < 0 && table->price_moves))
            low += cost;
    }
    return is_priced && low <= 0 ? ERR_LIMIT : ERR_OK;
}

enum err table_check(const struct frontier_table *table)
{
    enum err err = check_costs(table);

    if (err == ERR_OK && table->mode == FRONTIER_BOTH)
        err = check_award(table);
    return err;
}
