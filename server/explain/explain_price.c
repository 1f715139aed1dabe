/* SPDX-License-Identifier: Apache-2.0
 *
 * explain_price.c - price rules as arithmetic with numbers in it.
 *
 * What is written here can be typed into a calculator: + - x / ^ ( ), min,
 * max, mean, median, log (natural).  A test does so for made-up tenders.
 */
#include "server/explain/explain.h"

#include "value/award/price.h"

#include <string.h>

struct priced {
    const struct figures *f;
    const struct award_result *a;
    const struct model_criterion *by;
    size_t bid;
    struct number price, low, high;
    struct text *to;
};

/* name(p1, p2, ...) over the prices of the admitted bids. */
static void put_over_all(const struct priced *p, const char *name)
{
    const char *before = "";

    text_printf(p->to, "%s(", name);
    for (size_t b = 0; b < p->a->bids_n; b++) {
        const struct award_bid *bid = &p->a->bids[b];
        if (!bid->admitted || bid->price == MODEL_ABSENT)
            continue;
        text_printf(p->to, "%s%s", before, explain_micro(bid->price).text);
        before = ", ";
    }
    text_puts(p->to, ")");
}

/* Whether a price is at or below the mean: there its discount counts more
 * than the knee.  At the mean both pieces give the same. */
static bool is_below_mean(const struct priced *p)
{
    double sum = 0.0;

    for (size_t b = 0; b < p->a->bids_n; b++) {
        if (p->a->bids[b].admitted)
            sum +=
                (double)p->a->bids[b].price - (double)p->a->bids[p->bid].price;
    }
    return sum >= 0.0;
}

static void put_knee(const struct priced *p, const char *top)
{
    struct number knee = explain_decimal(p->by->knee);

    if (strcmp(p->price.text, p->low.text) == 0) {
        text_puts(p->to, "1");
        return;
    }
    if (!is_below_mean(p)) {
        text_printf(p->to, "%s x max(0, %s - %s) / (%s - ", knee.text, top,
            p->price.text, top);
        put_over_all(p, "mean");
        text_puts(p->to, ")");
        return;
    }
    text_printf(p->to, "%s + (1 - %s) x (", knee.text, knee.text);
    put_over_all(p, "mean");
    text_printf(p->to, " - %s) / (", p->price.text);
    put_over_all(p, "mean");
    text_printf(p->to, " - %s)", p->low.text);
}

static void put_discount(const struct priced *p)
{
    struct number top = explain_decimal(p->by->set_max);

    if (p->by->rule == RULE_DISCOUNT_KNEE)
        put_knee(p, top.text);
    else
        text_printf(p->to, "(max(0, %s - %s) / (%s - %s)) ^ %s", top.text,
            p->price.text, top.text, p->low.text,
            explain_decimal(p->by->power).text);
}

static void put_middle(const struct priced *p, const char *name)
{
    text_printf(p->to, "(2 - %s / ", p->price.text);
    put_over_all(p, name);
    text_puts(p->to, ") / 2");
}

/* What the rule says before it is held within 0 and 1. */
static void put_share(const struct priced *p)
{
    const struct model_criterion *c = p->by;
    struct number n = explain_decimal(c->zero_at);

    switch (c->rule) {
    case RULE_LOWEST_RATIO:
        text_printf(p->to, "%s / %s", p->low.text, p->price.text);
        break;
    case RULE_LOWEST_POWER:
        text_printf(p->to, "(%s / %s) ^ %s", p->low.text, p->price.text,
            explain_decimal(c->power).text);
        break;
    case RULE_MIN_MAX:
        text_printf(p->to, "(%s - %s) / (%s - %s)", p->high.text, p->price.text,
            p->high.text, p->low.text);
        break;
    case RULE_ZERO_AT:
        text_printf(p->to, "(%s x %s - %s) / ((%s - 1) x %s)", n.text,
            p->low.text, p->price.text, n.text, p->low.text);
        break;
    case RULE_LOWEST_LOG:
        text_printf(p->to, "1 - log(%s / %s) / log(%s)", p->price.text,
            p->low.text, n.text);
        break;
    case RULE_MEAN_LINEAR:
        put_middle(p, "mean");
        break;
    case RULE_MEDIAN_LINEAR:
        put_middle(p, "median");
        break;
    case RULE_SET_LIMITS:
        text_printf(p->to, "(%s - %s) / (%s - %s)",
            explain_decimal(c->set_max).text, p->price.text,
            explain_decimal(c->set_max).text, explain_decimal(c->set_min).text);
        break;
    case RULE_SET_RATIO:
        text_printf(p->to, "%s / %s", explain_decimal(c->reference).text,
            p->price.text);
        break;
    default:
        put_discount(p);
        break;
    }
}

/* Where the mean price is at the ceiling or above nothing stands at the
 * knee. */
static bool mean_is_above(const struct priced *p)
{
    double sum = 0.0;

    for (size_t b = 0; b < p->a->bids_n; b++) {
        if (p->a->bids[b].admitted)
            sum += (double)p->a->bids[b].price - (double)p->by->set_max * 100;
    }
    return sum >= 0.0;
}

static bool holds_itself(enum price_rule rule)
{
    return rule == RULE_LOWEST_RATIO || rule == RULE_LOWEST_POWER ||
           rule == RULE_MIN_MAX || rule == RULE_DISCOUNT_POWER ||
           rule == RULE_DISCOUNT_KNEE;
}

static bool is_level(const struct priced *p)
{
    const struct award_criterion *row =
        &p->a->criteria[p->by - p->f->made->model.criteria];

    return row->lowest == row->highest;
}

bool explain_share(struct figures *f, const struct award_result *a, size_t bid,
    size_t criterion, struct text *to)
{
    const struct model_criterion *c = &f->made->model.criteria[criterion];
    const struct priced p = {f, a, c, bid, explain_micro(a->bids[bid].price),
        explain_micro(a->criteria[criterion].lowest),
        explain_micro(a->criteria[criterion].highest), to};

    if (c->rule == RULE_EXPRESSION || price_gives(c) != PRICE_GIVES_SHARE)
        return false;
    /* With equal prices, or without a discount, the rule would divide by 0. */
    if ((c->rule == RULE_MIN_MAX || c->rule == RULE_DISCOUNT_KNEE) &&
        is_level(&p))
        return false;
    if ((c->rule == RULE_DISCOUNT_POWER || c->rule == RULE_DISCOUNT_KNEE) &&
        a->criteria[criterion].lowest >= c->set_max * INT64_C(100))
        return false;
    if (c->rule == RULE_DISCOUNT_KNEE && mean_is_above(&p))
        return false;
    bool held = c->clamp && !holds_itself(c->rule);
    text_puts(to, held ? "min(1, max(0, " : "");
    put_share(&p);
    text_puts(to, held ? "))" : "");
    return true;
}

/* Points, or nothing where there are none. */
static int64_t points_or_none(int64_t points)
{
    return points == MODEL_ABSENT ? 0 : points;
}

/* What stands at the root, where criteria round what their parts earn. */
static int64_t sum_roots(const struct priced *p, size_t bid)
{
    const struct model *m = &p->f->made->model;
    int64_t sum = 0;

    for (size_t g = 0; g < m->groups_n; g++) {
        if (m->groups[g].parent == MODEL_NOWHERE)
            sum += points_or_none(p->a->group_points[bid * p->a->groups_n + g]);
    }
    for (size_t k = 0; k < p->a->criteria_n; k++) {
        if (!m->criteria[k].is_price && m->group_of[k] == MODEL_NOWHERE)
            sum += points_or_none(p->a->points[bid * p->a->criteria_n + k]);
    }
    return sum;
}

/* The quality points of a bid as they are added up. */
static struct number quality_of(const struct priced *p, size_t bid)
{
    const struct model *m = &p->f->made->model;
    int64_t sum = m->bids[bid].bonus * INT64_C(100);

    if (model_rounds_groups(m))
        return explain_micro(sum + sum_roots(p, bid));
    for (size_t k = 0; k < p->a->criteria_n; k++) {
        if (!m->criteria[k].is_price)
            sum += points_or_none(p->a->points[bid * p->a->criteria_n + k]);
    }
    return explain_micro(sum);
}

/* min or max of the quality points of all that are compared. */
static void put_qualities(const struct priced *p, const char *name)
{
    const char *before = "";

    text_printf(p->to, "%s(", name);
    for (size_t b = 0; b < p->a->bids_n; b++) {
        if (!p->a->bids[b].admitted)
            continue;
        text_printf(p->to, "%s%s", before, quality_of(p, b).text);
        before = ", ";
    }
    text_puts(p->to, ")");
}

static struct number all_quality(const struct model *m)
{
    int64_t sum = 0;

    for (size_t k = 0; k < m->criteria_n; k++)
        sum += m->criteria[k].is_price ? 0 : m->criteria[k].weight.likely;
    return explain_decimal(sum);
}

static void put_total(const struct priced *p)
{
    const struct model_criterion *c = p->by;
    const struct model_bid *bid = &p->f->made->model.bids[p->bid];
    const char *price = p->price.text;
    struct number q = quality_of(p, p->bid);
    struct number all = all_quality(&p->f->made->model);
    struct number w = explain_decimal(c->weight.likely);
    struct number k = explain_decimal(
        c->reference == MODEL_ABSENT ? DECIMAL_ONE : c->reference);

    switch (c->rule) {
    case RULE_QUALITY_PER_PRICE:
    case RULE_QUALITY_CORRIDOR:
        text_printf(
            p->to, "%s / %s x %s / %s", q.text, all.text, k.text, price);
        break;
    case RULE_QUALITY_POWER:
        text_printf(p->to, "(%s / %s) ^ (%s / %s) x %s / %s", q.text, all.text,
            all.text, w.text, k.text, price);
        break;
    case RULE_UTILITY_INDEX:
        text_puts(p->to, "max(0, (1 - (");
        put_qualities(p, "max");
        text_printf(p->to, " - %s) / %s x %s / %s) / %s x %s)", q.text,
            all.text, all.text, w.text, price, p->low.text);
        break;
    case RULE_SUPERFORMULA:
        text_printf(p->to, "(%s / %s / %s) ^ (%s) + (%s / %s) ^ (0 - (%s))",
            q.text, all.text, explain_decimal(c->reference_quality).text,
            explain_decimal(c->power).text, price, k.text,
            explain_decimal(c->power).text);
        break;
    case RULE_VALUE_OFF_PRICE:
        text_printf(p->to, "%s - %s x %s", price, k.text, q.text);
        break;
    case RULE_SURCHARGE:
        text_printf(p->to, "%s x (1 + (%s - %s) / %s)", price, all.text, q.text,
            w.text);
        break;
    case RULE_PRICE_PER_QUALITY:
        text_printf(p->to, "%s / (%s / %s)", price, q.text, all.text);
        break;
    case RULE_RELATIVE_COST:
        text_printf(p->to, "%s / ((%s + %s) / (", price, q.text, all.text);
        put_qualities(p, "min");
        text_printf(p->to, " + %s))", all.text);
        break;
    default:
        text_printf(p->to, "%s / (1 + %s / %s) + %s", price, q.text, w.text,
            explain_decimal(bid->life_cycle).text);
        break;
    }
}

bool explain_by_total(struct figures *f, const struct award_result *a,
    size_t bid, size_t criterion, struct text *to)
{
    const struct model *m = &f->made->model;
    const struct model_criterion *c = &m->criteria[criterion];
    const struct priced p = {f, a, c, bid, explain_micro(a->bids[bid].price),
        explain_micro(a->criteria[criterion].lowest),
        explain_micro(a->criteria[criterion].highest), to};
    bool has_quality = false;

    for (size_t k = 0; k < m->criteria_n; k++)
        has_quality = has_quality || (!m->criteria[k].is_price &&
                                         m->criteria[k].weight.likely);
    if (!has_quality || c->rule == RULE_EXPRESSION_TOTAL ||
        price_gives(c) == PRICE_GIVES_SHARE)
        return false;
    put_total(&p);
    return true;
}
