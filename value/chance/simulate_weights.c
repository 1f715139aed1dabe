/* SPDX-License-Identifier: Apache-2.0
 *
 * simulate_weights.c - exact samplers of weights.
 */
#include "value/chance/simulate_weights.h"

#include <stdlib.h>

#include "protocol/base_mem.h"
#include "value/model.h"
#include "value/quick.h"

enum form { FORM_EXACT, FORM_FREE, FORM_ORDER, FORM_RANGE };

/* How often a draw within bounds may fail before an even share is taken; the
 * plan is refused when a trial shows that this could happen. */
#define TRIES 100000

/* Siblings. */
struct set {
    enum form form;
    bool ordered; /* FORM_RANGE whose draws must follow the places too */
    size_t parent, n;
    size_t *members;    /* nodes, by rising place */
    double *low, *span; /* FORM_RANGE: shares of the whole */
    double *growth;     /* exp(tilt x span) - 1 */
    double tilt;
    size_t widest;
};

/* Which numbers to draw, and how. */
struct draw {
    uint64_t seed, block;
    bool wide;
    const double *whole; /* [QUICK_BLOCK] points that siblings share */
};

struct weight_plan {
    size_t nodes_n, sets_n;
    struct weight_node *nodes;
    struct set *sets;
    double total;
};

static int place_of(
    const struct weight_plan *plan, const struct set *set, size_t at)
{
    return plan->nodes[set->members[at]].place;
}

/* Mean of an exponential of that tilt cut to 0 .. span. */
static double mean_of(double tilt, double span)
{
    double x = tilt * span;

    if (span == 0.0)
        return 0.0;
    if (x < 1e-4 && x > -1e-4)
        return span * (0.5 + x / 12.0);
    if (x > 500.0)
        return span - 1.0 / tilt;
    if (x < -500.0)
        return -1.0 / tilt;
    double growth = quick_exp(x);
    return span * growth / (growth - 1.0) - 1.0 / tilt;
}

/* The tilt at which the means sum to the whole, by halving. */
static double find_tilt(const struct set *set)
{
    double low = -1e6;
    double high = 1e6;

    for (int i = 0; i < 100; i++) {
        double tilt = (low + high) / 2;
        double sum = 0.0;

        for (size_t k = 0; k < set->n; k++)
            sum += set->low[k] + mean_of(tilt, set->span[k]);
        if (sum < 1.0)
            low = tilt;
        else
            high = tilt;
    }
    return (low + high) / 2;
}

/* One number within a span, tilted. */
static double draw_cut(double u, double tilt, double span, double growth)
{
    double x = tilt * span;

    if (x < 1e-9 && x > -1e-9)
        return u * span;
    if (x > 600.0) /* growth would overflow; the mass is at the upper end */
        return span + quick_log(u) / tilt;
    return quick_log(1.0 + u * growth) / tilt;
}

struct spring {
    struct quick_stream stream;
    double numbers[QUICK_LANES];
    int left;
};

static double draw_unit(struct spring *spring)
{
    if (spring->left == 0) {
        quick_step(&spring->stream, spring->numbers);
        spring->left = QUICK_LANES;
    }
    return spring->numbers[--spring->left];
}

static bool follows_places(
    const struct weight_plan *plan, const struct set *set, const double *w)
{
    for (size_t k = 0; k + 1 < set->n; k++) {
        for (size_t j = k + 1; set->ordered && j < set->n; j++) {
            if (place_of(plan, set, k) < place_of(plan, set, j) && w[k] < w[j])
                return false;
        }
    }
    return true;
}

/* One trial within the bounds: shares w, false when it must be repeated. */
static bool try_range(const struct weight_plan *plan, const struct set *set,
    struct spring *spring, double *w)
{
    size_t widest = set->widest;
    double left = 1.0;

    for (size_t k = 0; k < set->n; k++) {
        if (k == widest)
            continue;
        w[k] = set->low[k] + draw_cut(draw_unit(spring), set->tilt,
                                 set->span[k], set->growth[k]);
        left -= w[k];
    }
    double u = draw_unit(spring);
    double above = left - set->low[widest];
    if (above < 0.0 || above > set->span[widest])
        return false;
    double behind = set->tilt > 0.0 ? above - set->span[widest] : above;
    double chance = set->tilt * behind;
    w[widest] = left;
    return (chance < -700.0 ? 0.0 : quick_exp(chance)) > u &&
           follows_places(plan, set, w);
}

static double *row_of(double *weights, size_t node)
{
    return weights + node * QUICK_BLOCK;
}

static bool draw_range(const struct weight_plan *plan, const struct set *set,
    const struct draw *draw, double *weights)
{
    struct spring spring = {.left = 0};
    double *w = mem_new(set->n * sizeof *w);
    bool found = true;

    quick_open(&spring.stream, draw->seed, draw->block,
        plan->nodes[set->members[0]].key);
    for (int s = 0; s < QUICK_BLOCK; s++) {
        int tries = 0;
        while (tries < TRIES && !try_range(plan, set, &spring, w))
            tries++;
        found = found && tries < TRIES;
        for (size_t k = 0; k < set->n; k++)
            row_of(weights, set->members[k])[s] = w[k];
    }
    free(w);
    return found;
}

/* Whether none of the same place follows. */
static bool ends_place(
    const struct weight_plan *plan, const struct set *set, size_t at)
{
    return at + 1 == set->n ||
           place_of(plan, set, at + 1) > place_of(plan, set, at);
}

/* Exponentials that sum to the whole; with an order one for each place, at the
 * last of those that share it. */
QUICK void draw_exponentials(const struct weight_plan *plan,
    const struct set *set, const struct draw *draw, double *weights)
{
    double part[QUICK_BLOCK] = {0};
    float unit[QUICK_BLOCK];

    for (size_t k = 0; k < set->n; k++) {
        double *restrict row = row_of(weights, set->members[k]);

        if (set->form == FORM_ORDER && !ends_place(plan, set, k)) {
            memset(row, 0, QUICK_BLOCK * sizeof *row);
            continue;
        }
        quick_fill_halves(
            draw->seed, draw->block, plan->nodes[set->members[k]].key, unit);
        for (int s = 0; s < QUICK_BLOCK; s++) {
            row[s] = -(double)quick_log_half(unit[s]);
            part[s] += row[s];
        }
    }
    for (int s = 0; s < QUICK_BLOCK; s++)
        part[s] = draw->whole[s] / part[s];
    for (size_t k = 0; k < set->n; k++) {
        double *restrict row = row_of(weights, set->members[k]);
        for (int s = 0; s < QUICK_BLOCK; s++)
            row[s] *= part[s];
    }
}

static void draw_plainly(const struct weight_plan *plan, const struct set *set,
    const struct draw *draw, double *weights)
{
    draw_exponentials(plan, set, draw, weights);
}

QUICK_WIDE static void draw_widely(const struct weight_plan *plan,
    const struct set *set, const struct draw *draw, double *weights)
{
    draw_exponentials(plan, set, draw, weights);
}

/* Weights uniform over w1 >= w2 >= ... are a mixture of the corners that
 * share the whole evenly among all up to some place. */
static void add_suffixes(
    const struct weight_plan *plan, const struct set *set, double *weights)
{
    for (size_t k = set->n; k-- > 0;) {
        double *row = row_of(weights, set->members[k]);
        bool ends = ends_place(plan, set, k);
        const double *next =
            k + 1 < set->n ? row_of(weights, set->members[k + 1]) : NULL;
        for (int s = 0; s < QUICK_BLOCK; s++)
            row[s] = (ends ? row[s] / (double)(k + 1) : 0.0) +
                     (next ? next[s] : 0.0);
    }
}

/* Rows of shares of the whole become points. */
static void give_points(
    const struct set *set, const struct draw *draw, double *weights)
{
    for (size_t k = 0; k < set->n; k++) {
        double *row = row_of(weights, set->members[k]);
        for (int s = 0; s < QUICK_BLOCK; s++)
            row[s] *= draw->whole[s];
    }
}

static void fill_exact(
    const struct weight_plan *plan, const struct set *set, double *weights)
{
    double sum = 0.0;

    for (size_t k = 0; k < set->n; k++)
        sum += plan->nodes[set->members[k]].likely;
    for (size_t k = 0; k < set->n; k++) {
        double *row = row_of(weights, set->members[k]);
        double share = plan->nodes[set->members[k]].likely / sum;
        for (int s = 0; s < QUICK_BLOCK; s++)
            row[s] = share;
    }
}

static void draw_set(const struct weight_plan *plan, const struct set *set,
    const struct draw *draw, double *weights)
{
    switch (set->form) {
    case FORM_EXACT:
        fill_exact(plan, set, weights);
        give_points(set, draw, weights);
        return;
    case FORM_RANGE:
        (void)draw_range(plan, set, draw, weights);
        give_points(set, draw, weights);
        return;
    case FORM_FREE:
    case FORM_ORDER:
        if (draw->wide)
            draw_widely(plan, set, draw, weights);
        else
            draw_plainly(plan, set, draw, weights);
        if (set->form == FORM_ORDER)
            add_suffixes(plan, set, weights);
        return;
    }
}

void weight_plan_draw(const struct weight_plan *plan, uint64_t seed,
    uint64_t block, bool wide, double *weights)
{
    double total[QUICK_BLOCK];

    for (int s = 0; s < QUICK_BLOCK; s++)
        total[s] = plan->total;
    for (size_t i = 0; i < plan->sets_n; i++) {
        const struct set *set = &plan->sets[i];
        const struct draw draw = {seed, block, wide,
            set->parent == MODEL_NOWHERE ? total
                                         : row_of(weights, set->parent)};

        draw_set(plan, set, &draw, weights);
    }
}

bool weight_plan_is_exact(const struct weight_plan *plan)
{
    for (size_t i = 0; i < plan->sets_n; i++) {
        if (plan->sets[i].form != FORM_EXACT && plan->sets[i].n > 1)
            return false;
    }
    return true;
}

/* Collects the children of a parent, by rising place. */
static void gather(struct weight_plan *plan, size_t parent)
{
    struct set *set = &plan->sets[plan->sets_n];

    *set = (struct set){.parent = parent};
    set->members = mem_new((plan->nodes_n + 1) * sizeof *set->members);
    for (size_t i = 0; i < plan->nodes_n; i++) {
        if (plan->nodes[i].parent != parent)
            continue;
        size_t at = set->n++;
        for (; at > 0 && place_of(plan, set, at - 1) > plan->nodes[i].place;
             at--)
            set->members[at] = set->members[at - 1];
        set->members[at] = i;
    }
    if (set->n > 0)
        plan->sets_n++;
    else
        free(set->members);
}

/* What is published of the set; false when that makes no sense. */
static bool classify(const struct weight_plan *plan, struct set *set)
{
    size_t places = 0;
    size_t ranges = 0;
    size_t free_n = 0;
    double sum = 0.0;

    for (size_t k = 0; k < set->n; k++) {
        const struct weight_node *node = &plan->nodes[set->members[k]];
        places += node->place > 0;
        free_n += node->free;
        ranges += !node->free && node->low < node->high;
        sum += node->likely;
        if (!node->free && (node->low > node->high || !(node->low >= 0.0)))
            return false;
    }
    bool all_free = free_n == set->n;
    set->ordered = places == set->n;
    set->form = set->ordered && (all_free || ranges + free_n == 0) ? FORM_ORDER
                : all_free                                         ? FORM_FREE
                : ranges + free_n > 0                              ? FORM_RANGE
                                                                   : FORM_EXACT;
    if (set->form == FORM_EXACT && !(sum > 0.0))
        return false;
    return places == 0 || set->ordered;
}

/* Bounds as shares of the whole: of the roots the sum of all points, of
 * children the sum of their likely ones. */
static enum err read_bounds(struct weight_plan *plan, struct set *set)
{
    double whole = set->parent == MODEL_NOWHERE ? plan->total : 0.0;
    double least = 0.0;
    double most = 0.0;

    for (size_t k = 0; k < set->n && set->parent != MODEL_NOWHERE; k++)
        whole += plan->nodes[set->members[k]].likely;
    set->low = mem_new(set->n * sizeof *set->low);
    set->span = mem_new(set->n * sizeof *set->span);
    set->growth = mem_new(set->n * sizeof *set->growth);
    for (size_t k = 0; k < set->n; k++) {
        const struct weight_node *node = &plan->nodes[set->members[k]];
        set->low[k] = node->free ? 0.0 : node->low / whole;
        set->span[k] =
            node->free ? 1.0 : node->high / whole - node->low / whole;
        if (set->span[k] > set->span[set->widest])
            set->widest = k;
        least += set->low[k];
        most += set->low[k] + set->span[k];
    }
    if (!(whole > 0.0) || !(least < 1.0) || !(most > 1.0))
        return ERR_ARG;
    set->tilt = find_tilt(set);
    for (size_t k = 0; k < set->n; k++) {
        double x = set->tilt * set->span[k];
        set->growth[k] = x > 600.0    ? 0.0
                         : x < -600.0 ? -1.0
                                      : quick_exp(x) - 1.0;
    }
    return ERR_OK;
}

static enum err make_sets(struct weight_plan *plan)
{
    const struct draw trial = {1, 0, false, NULL};
    enum err err = ERR_OK;

    gather(plan, MODEL_NOWHERE);
    for (size_t i = 0; i < plan->nodes_n; i++)
        gather(plan, i);
    double *weights =
        mem_new((plan->nodes_n + 1) * QUICK_BLOCK * sizeof *weights);
    for (size_t i = 0; i < plan->sets_n && err == ERR_OK; i++) {
        struct set *set = &plan->sets[i];
        if (!classify(plan, set))
            err = ERR_ARG;
        else if (set->form == FORM_RANGE)
            err = read_bounds(plan, set);
        if (err == ERR_OK && set->form == FORM_RANGE &&
            !draw_range(plan, set, &trial, weights))
            err = ERR_LIMIT;
    }
    free(weights);
    return err;
}

enum err weight_plan_new(const struct weight_node *nodes, size_t n,
    double total, struct weight_plan **made)
{
    struct weight_plan *plan = mem_new(sizeof *plan);

    plan->nodes_n = n;
    plan->total = total;
    plan->nodes = mem_new(n * sizeof *plan->nodes);
    plan->sets = mem_new((n + 1) * sizeof *plan->sets);
    for (size_t i = 0; i < n; i++) {
        plan->nodes[i] = nodes[i];
        if (total == 0.0 && nodes[i].parent == MODEL_NOWHERE)
            plan->total += nodes[i].likely;
    }
    enum err err = n == 0 ? ERR_ARG : make_sets(plan);
    if (err != ERR_OK) {
        weight_plan_free(&plan);
        return err;
    }
    *made = plan;
    return ERR_OK;
}

void weight_plan_free(struct weight_plan **plan)
{
    if (*plan == NULL)
        return;
    for (size_t i = 0; i < (*plan)->sets_n; i++) {
        free((*plan)->sets[i].members);
        free((*plan)->sets[i].low);
        free((*plan)->sets[i].span);
        free((*plan)->sets[i].growth);
    }
    free((*plan)->sets);
    free((*plan)->nodes);
    free(*plan);
    *plan = NULL;
}
