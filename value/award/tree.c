/* SPDX-License-Identifier: Apache-2.0
 *
 * tree.c - weights and points of criteria that are made of others.
 */
#include "value/award/tree.h"

#include <stdlib.h>

#include "protocol/base_mem.h"

#define MOST (DECIMAL_LIMIT * DECIMAL_ONE)

/* The weights of the parts of each group stand together. */
struct tree {
    struct model_group *groups;
    size_t groups_n;
    size_t *first;           /* [groups_n + 1] */
    struct estimate **parts; /* [first[groups_n]] */
};

struct sums {
    bool known; /* all have a weight, and none below 0 */
    struct estimate of;
};

/* Sums stay where the largest weight is, which no sum that fits reaches. */
static int64_t add_held(int64_t one, int64_t other)
{
    return one > MOST - other ? MOST : one + other;
}

static void count_part(struct tree *tree, size_t group)
{
    if (group != MODEL_NOWHERE)
        tree->first[group + 1]++;
}

static void place_part(
    struct tree *tree, size_t *next, size_t group, struct estimate *weight)
{
    if (group != MODEL_NOWHERE)
        tree->parts[next[group]++] = weight;
}

static void tree_init(struct tree *tree, struct model_criterion *criteria,
    const size_t *group_of, size_t criteria_n)
{
    size_t n = tree->groups_n;
    size_t *next = mem_new(n * sizeof *next);

    tree->first = mem_new((n + 1) * sizeof *tree->first);
    tree->parts = mem_new((n + criteria_n) * sizeof *tree->parts);
    for (size_t g = 0; g < n; g++)
        count_part(tree, tree->groups[g].parent);
    for (size_t k = 0; k < criteria_n; k++)
        count_part(tree, group_of[k]);
    for (size_t g = 0; g < n; g++) {
        tree->first[g + 1] += tree->first[g];
        next[g] = tree->first[g];
    }
    for (size_t g = 0; g < n; g++)
        place_part(tree, next, tree->groups[g].parent, &tree->groups[g].weight);
    for (size_t k = 0; k < criteria_n; k++)
        place_part(tree, next, group_of[k], &criteria[k].weight);
    free(next);
}

static struct sums sum_parts(const struct tree *tree, size_t group)
{
    struct sums sums = {.known = true};

    for (size_t i = tree->first[group]; i < tree->first[group + 1]; i++) {
        const struct estimate *weight = tree->parts[i];

        if (weight->low == MODEL_ABSENT || weight->low < 0) {
            sums.known = false;
            continue;
        }
        sums.of.low = add_held(sums.of.low, weight->low);
        sums.of.likely = add_held(sums.of.likely, weight->likely);
        sums.of.high = add_held(sums.of.high, weight->high);
    }
    return sums;
}

/* Whether parts that lie in a range can sum to something in another one; an
 * exact sum is one that is no wider than a point. */
static bool can_meet(const struct estimate *one, const struct estimate *other)
{
    return one->low <= other->high && other->low <= one->high;
}

/* What shares sum to: 1, or 100 when they are percent. */
static int64_t whole_of(const struct sums *sums)
{
    return sums->of.likely < 10 * DECIMAL_ONE ? DECIMAL_ONE : 100 * DECIMAL_ONE;
}

/* points x share / whole, rounded down, and what that loses. */
static int64_t divide(int64_t points, int64_t share, int64_t whole, mpz_t rest)
{
    mpz_t product;

    mpz_init_set_si(product, points);
    mpz_mul_si(product, product, share);
    mpz_fdiv_qr_ui(product, rest, product, (unsigned long)whole);
    int64_t part = mpz_cmp_si(product, MOST) > 0 ? MOST : mpz_get_si(product);
    mpz_clear(product);
    return part;
}

struct remainder {
    size_t at;
    int64_t rest;
};

static int compare_remainders(const void *one, const void *other)
{
    const struct remainder *a = one;
    const struct remainder *b = other;

    if (a->rest != b->rest)
        return a->rest < b->rest ? 1 : -1;
    return (a->at > b->at) - (a->at < b->at);
}

/* Lays exact points out over shares; the units that are left go to those who
 * lost most. */
static void lay_out(struct estimate **parts, size_t n, int64_t points,
    int64_t whole, bool all_of_it)
{
    struct remainder *lost = mem_new(n * sizeof *lost);
    int64_t left = points;
    mpz_t rest;

    mpz_init(rest);
    for (size_t i = 0; i < n; i++) {
        struct estimate *weight = parts[i];
        bool exact = weight->low == weight->high;

        weight->low = divide(points, weight->low, whole, rest);
        weight->high = divide(points, weight->high, whole, rest);
        weight->likely = divide(points, weight->likely, whole, rest);
        lost[i] = (struct remainder){i, exact ? mpz_get_si(rest) : -1};
        left -= weight->likely;
    }
    mpz_clear(rest);
    qsort(lost, n, sizeof *lost, compare_remainders);
    for (size_t i = 0; all_of_it && i < n && left > 0; i++, left--) {
        struct estimate *weight = parts[lost[i].at];

        weight->likely++;
        weight->low += lost[i].rest >= 0;
        weight->high += lost[i].rest >= 0 || weight->high < weight->likely;
    }
    free(lost);
}

/* Judges the parts of one group, and makes points of their shares. */
static void weigh_parts(struct tree *tree, size_t group)
{
    struct model_group *g = &tree->groups[group];
    struct estimate **parts = tree->parts + tree->first[group];
    size_t n = tree->first[group + 1] - tree->first[group];
    struct sums sums = sum_parts(tree, group);
    bool has_weight = g->weight.low != MODEL_ABSENT && g->weight.low >= 0;

    g->parts_fit = !sums.known || !has_weight || can_meet(&sums.of, &g->weight);
    if (!g->parts_are_shares)
        return;
    if (!has_weight || !sums.known) {
        for (size_t i = 0; i < n && !has_weight; i++)
            parts[i]->low = parts[i]->likely = parts[i]->high = MODEL_ABSENT;
        return;
    }
    const int64_t whole = whole_of(&sums);
    const struct estimate all = {whole, whole, whole};
    g->parts_fit = can_meet(&sums.of, &all);
    lay_out(parts, n, g->weight.likely, whole, sums.of.likely == whole);
}

void tree_weigh(struct model_group *groups, size_t groups_n,
    struct model_criterion *criteria, const size_t *group_of, size_t criteria_n)
{
    struct tree tree = {.groups = groups, .groups_n = groups_n};

    if (groups_n == 0)
        return;
    tree_init(&tree, criteria, group_of, criteria_n);
    for (size_t g = groups_n; g-- > 0;) {
        struct sums sums = sum_parts(&tree, g);

        if (groups[g].weight.low == MODEL_ABSENT &&
            !groups[g].parts_are_shares && sums.known)
            groups[g].weight = sums.of;
    }
    for (size_t g = 0; g < groups_n; g++)
        weigh_parts(&tree, g);
    free(tree.first);
    free(tree.parts);
}

bool tree_holds(const struct model *model, size_t group, size_t criterion)
{
    size_t at = model->groups_n ? model->group_of[criterion] : MODEL_NOWHERE;

    while (at != MODEL_NOWHERE && at != group)
        at = model->groups[at].parent;
    return at == group;
}

bool tree_has_gates(const struct model *model)
{
    bool has = false;

    for (size_t g = 0; g < model->groups_n; g++)
        has = has || model->groups[g].min_score != MODEL_ABSENT;
    return has;
}

bool tree_has_price(const struct model *model, size_t group)
{
    for (size_t k = 0; k < model->criteria_n; k++) {
        if (model->criteria[k].is_price && tree_holds(model, group, k))
            return true;
    }
    return false;
}

void tree_mark_prices(const struct model *model, bool *marked)
{
    for (size_t k = 0; k < model->criteria_n && model->groups_n > 0; k++) {
        size_t g =
            model->criteria[k].is_price ? model->group_of[k] : MODEL_NOWHERE;

        for (; g != MODEL_NOWHERE; g = model->groups[g].parent)
            marked[g] = true;
    }
}

void tree_sum(const struct model *model, mpq_t *points, mpq_t *sums)
{
    for (size_t g = 0; g < model->groups_n; g++)
        mpq_set_ui(sums[g], 0, 1);
    for (size_t k = 0; k < model->criteria_n && model->groups_n > 0; k++) {
        size_t g = model->group_of[k];

        if (g != MODEL_NOWHERE)
            mpq_add(sums[g], sums[g], points[k]);
    }
    for (size_t g = model->groups_n; g-- > 0;) {
        size_t above = model->groups[g].parent;

        if (model->groups[g].round > 0)
            fraction_round(sums[g], model->groups[g].round - 1);
        if (above != MODEL_NOWHERE)
            mpq_add(sums[above], sums[above], sums[g]);
    }
}

bool tree_passes(const struct model_group *group, const mpq_t sum)
{
    mpq_t mark, least;

    if (group->min_score == MODEL_ABSENT || group->weight.likely <= 0)
        return true;
    mpq_inits(mark, least, NULL);
    mpq_set(mark, sum);
    fraction_set(least, group->min_score);
    if (group->scale_max != MODEL_ABSENT) {
        mpq_t by;
        mpq_init(by);
        fraction_set(by, group->scale_max);
        mpq_mul(mark, mark, by);
        fraction_set(by, group->weight.likely);
        mpq_div(mark, mark, by);
        mpq_clear(by);
    }
    bool passes = mpq_cmp(mark, least) >= 0;
    mpq_clears(mark, least, NULL);
    return passes;
}
