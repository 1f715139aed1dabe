/* SPDX-License-Identifier: Apache-2.0
 *
 * stability_rules.c - the same bids under every other price rule.
 */
#include "value/firm/stability_inside.h"

#include <stdlib.h>
#include <string.h>

#include "protocol/base_mem.h"

bool stability_assume(struct model_criterion *c, enum price_rule rule)
{
    bool assumed = false;

    c->rule = rule;
    if ((rule == RULE_ZERO_AT || rule == RULE_LOWEST_LOG) &&
        price_rule_fault(c) == PRICE_NO_ZERO_AT) {
        c->zero_at = 2 * DECIMAL_ONE;
        assumed = true;
    }
    if (rule == RULE_LOWEST_POWER && price_rule_fault(c) == PRICE_NO_POWER) {
        c->power = 2 * DECIMAL_ONE;
        assumed = true;
    }
    if (rule == RULE_DISCOUNT_KNEE && price_rule_fault(c) == PRICE_NO_KNEE) {
        c->knee = DECIMAL_ONE * 85 / 100;
        assumed = true;
    }
    if (rule == RULE_QUALITY_CORRIDOR &&
        price_rule_fault(c) == PRICE_NO_CORRIDOR) {
        c->corridor = DECIMAL_ONE / 20;
        c->deciding = DECIDING_QUALITY;
        assumed = true;
    }
    return assumed;
}

/* Puts the rule on every price criterion of a copy; false when it can not be
 * applied to what is recorded. */
static bool put_rule(const struct model *m, struct model_criterion *criteria,
    enum price_rule rule, struct stability_rule *row)
{
    size_t prices = 0;

    for (size_t k = 0; k < m->criteria_n; k++) {
        struct model_criterion *c = &criteria[k];
        if (!c->is_price)
            continue;
        prices++;
        row->assumed |= stability_assume(c, rule);
        if (price_rule_fault(c) != PRICE_FINE ||
            (price_gives(c) != PRICE_GIVES_SHARE && prices > 1))
            return false;
        for (size_t b = 0; b < m->bids_n; b++) {
            if (price_fault_of(c, m->bids[b].price.low) != PRICE_FINE)
                return false;
        }
    }
    return prices > 0;
}

static void compare_winners(const struct score *now, const struct score *then,
    struct stability_rule *row)
{
    row->changes = true;
    row->winner = MODEL_NOWHERE;
    for (size_t b = 0; b < now->model->bids_n; b++) {
        bool wins = score_wins(then, b);
        if (wins && row->winner == MODEL_NOWHERE)
            row->winner = b;
        if (wins && score_wins(now, b))
            row->changes = false;
    }
    if (row->winner == MODEL_NOWHERE)
        row->changes = false;
}

void stability_rules(const struct score *score, const struct offer *offer,
    struct stability_result *result)
{
    const struct model *m = score->model;
    struct model copy = *m;
    size_t size = m->criteria_n * sizeof *m->criteria;
    struct model_criterion *criteria = mem_new(size);

    copy.criteria = criteria;
    for (int rule = RULE_NONE + 1; rule < RULE_COUNT; rule++) {
        struct stability_rule *row = &result->rules[rule];
        struct score then;

        memcpy(criteria, m->criteria, size);
        *row = (struct stability_rule){.winner = MODEL_NOWHERE};
        row->applies = put_rule(m, criteria, (enum price_rule)rule, row);
        if (!row->applies) {
            row->assumed = false;
            continue;
        }
        score_init(&then, &copy, offer);
        compare_winners(score, &then, row);
        score_fini(&then);
    }
    free(criteria);
}
