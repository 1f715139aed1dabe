/* SPDX-License-Identifier: Apache-2.0
 *
 * tree_order.c - mean weights where an order of importance alone is published.
 */
#include "value/award/tree.h"

#include <stdlib.h>

#include "protocol/base_mem.h"
#include "value/fraction.h"

/* Percent, as shares sum to 100. */
#define WHOLE (100 * DECIMAL_ONE)

/* One of a set of siblings. */
struct sibling {
    struct estimate *weight;
    int place;
};

struct forest {
    struct model_group *groups;
    size_t groups_n;
    struct model_criterion *criteria;
    const size_t *group_of;
    size_t criteria_n;
    struct sibling *set; /* [groups_n + criteria_n] */
};

static int compare_places(const void *one, const void *other)
{
    const struct sibling *a = one;
    const struct sibling *b = other;

    return (a->place > b->place) - (a->place < b->place);
}

/* The parts of a group, or what stands at the root; how many. */
static size_t gather(struct forest *f, size_t group)
{
    size_t n = 0;

    for (size_t g = 0; g < f->groups_n; g++) {
        if (f->groups[g].parent == group)
            f->set[n++] =
                (struct sibling){&f->groups[g].weight, f->groups[g].place};
    }
    for (size_t k = 0; k < f->criteria_n; k++) {
        size_t above = f->groups_n ? f->group_of[k] : MODEL_NOWHERE;

        if (above == group)
            f->set[n++] =
                (struct sibling){&f->criteria[k].weight, f->criteria[k].place};
    }
    return n;
}

static bool is_by_order(const struct sibling *set, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (set[i].place < 1 || set[i].weight->low != MODEL_ABSENT)
            return false;
    }
    return n > 0;
}

/* The mean weights of an order: of each place as much as of the places up to
 * it is shared among all up to it. */
static void find_means(const struct sibling *rising, size_t n, mpq_t *means)
{
    size_t places = 0;
    mpq_t part;

    mpq_init(part);
    for (size_t end = 1; end <= n; end++) {
        if (end < n && rising[end].place == rising[end - 1].place)
            continue;
        places++;
        mpq_set_ui(part, 1, end);
        for (size_t i = 0; i < end; i++)
            mpq_add(means[i], means[i], part);
    }
    mpq_set_ui(part, 1, places);
    for (size_t i = 0; i < n; i++)
        mpq_mul(means[i], means[i], part);
    mpq_clear(part);
}

/* As percentages of which the last takes what is left of the rounding. */
static void put_means(struct sibling *set, size_t n)
{
    mpq_t *means = fractions_new(n);
    int64_t left = WHOLE;

    qsort(set, n, sizeof *set, compare_places);
    find_means(set, n, means);
    for (size_t i = 0; i < n; i++) {
        int64_t weight =
            i + 1 == n ? left : fraction_micro(means[i], FRACTION_HALF_UP);

        *set[i].weight = (struct estimate){weight, weight, weight};
        left -= weight;
    }
    fractions_free(&means, n);
}

bool tree_order(struct model_group *groups, size_t groups_n,
    struct model_criterion *criteria, const size_t *group_of, size_t criteria_n)
{
    struct forest f = {.groups = groups,
        .groups_n = groups_n,
        .criteria = criteria,
        .group_of = group_of,
        .criteria_n = criteria_n};
    bool any = false;

    f.set = mem_new((groups_n + criteria_n + 1) * sizeof *f.set);
    /* From the top down: what stands below a group that gets a mean has its
     * shares of it. */
    for (size_t i = 0; i <= groups_n; i++) {
        size_t group = i == 0 ? MODEL_NOWHERE : i - 1;
        size_t n = gather(&f, group);

        if (!is_by_order(f.set, n))
            continue;
        any = true;
        put_means(f.set, n);
        if (group != MODEL_NOWHERE)
            groups[group].parts_are_shares = true;
        for (size_t g = 0; g < groups_n; g++) {
            if (groups[g].parent == group)
                groups[g].parts_are_shares = true;
        }
    }
    free(f.set);
    return any;
}
