/* SPDX-License-Identifier: Apache-2.0
 *
 * front.c - how long the front of many elements takes, on one thread.
 *
 * Prints the median of several runs, in milliseconds of processor time, beside
 * the most that it should take, and whether the front was exact; nothing here
 * passes or fails.
 */
#include "tests/unit/tender.h"
#include "value/front/frontier.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { RUNS = 5 };

struct front_case {
    const char *what;
    size_t n;
    double bar; /* milliseconds */
    enum frontier_cost cost;
    int64_t mark, cover;  /* what n elements bring to a mark, to a coverage */
    enum combine combine; /* of the latter, of every so many elements: */
    size_t every;         /* 0 all */
    bool rules;           /* some elements exclude or require others */
};

/* What elements exclude and require. */
static size_t named[FRONTIER_MAX];

static double now(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int compare_times(const void *one, const void *other)
{
    double a = *(const double *)one;
    double b = *(const double *)other;

    return (a > b) - (a < b);
}

/* Of ten elements about one excludes, one requires one of the four before it,
 * and one is of a group of which at most one may be in. */
static void set_rules(struct model_element *elements, size_t n)
{
    uint64_t seed = 7;

    for (size_t i = 1; i < n; i++) {
        int64_t kind = draw_from(&seed, 0, 9);
        named[i] = (size_t)draw_from(
            &seed, i > 4 ? (int64_t)i - 4 : 0, (int64_t)i - 1);
        if (kind == 0) {
            elements[i].excludes = &named[i];
            elements[i].excludes_n = 1;
        } else if (kind == 1) {
            elements[i].needs = &named[i];
            elements[i].needs_n = 1;
        } else if (kind == 2) {
            elements[i].group = i / 6;
        }
    }
}

static void time_front(const struct front_case *c)
{
    static struct tender t;
    static struct model_element elements[FRONTIER_MAX];
    static struct model_effect effects[2 * FRONTIER_MAX];
    const int64_t half = 5 * ONE; /* of what an element costs in the mean */
    const struct frontier_ask ask = {.cost = c->cost,
        .budget =
            c->cost == FRONTIER_MARGIN ? (int64_t)c->n * half : MODEL_ABSENT};
    struct frontier_found *found = NULL;
    double took[RUNS];

    tender_many(&t, elements, effects, c->n, c->mark, c->cover, (int64_t)c->n);
    for (size_t i = 0; i<c->n; i += c->every> 0 ? c->every : 1)
        effects[2 * i + 1].combine = c->combine;
    if (c->rules)
        set_rules(elements, c->n);
    for (int i = 0; i < RUNS; i++) {
        frontier_free(&found);
        double start = now();
        if (frontier_compute(&t.model, &ask, &found) != ERR_OK)
            exit(EXIT_FAILURE);
        took[i] = now() - start;
    }
    qsort(took, RUNS, sizeof *took, compare_times);
    printf("diptych front, %zu elements, %s: %.1f ms of %.0f, %zu offers, %s "
           "(%zu partial ones at most, gap %.6f)\n",
        c->n, c->what, took[RUNS / 2], c->bar, found->offers_n,
        found->exact ? "exact" : "approximate", found->states,
        (double)found->gap_lead / 1e6);
    frontier_free(&found);
}

int main(void)
{
    static const struct front_case cases[] = {
        {"price moves", 50, 20, FRONTIER_PRICE, 2 * ONE, ONE / 3, COMBINE_ADD,
            0, false},
        {"price moves", 100, 200, FRONTIER_PRICE, 2 * ONE, ONE / 3, COMBINE_ADD,
            0, false},
        {"margin pays", 50, 20, FRONTIER_MARGIN, 2 * ONE, ONE / 3, COMBINE_ADD,
            0, false},
        {"margin pays", 100, 200, FRONTIER_MARGIN, 2 * ONE, ONE / 3,
            COMBINE_ADD, 0, false},
        {"price moves, coverage caps", 50, 20, FRONTIER_PRICE, 2 * ONE, ONE,
            COMBINE_ADD, 0, false},
        {"price moves, coverage caps", 100, 200, FRONTIER_PRICE, 2 * ONE, ONE,
            COMBINE_ADD, 0, false},
        {"margin pays, coverage caps", 50, 20, FRONTIER_MARGIN, 2 * ONE, ONE,
            COMBINE_ADD, 0, false},
        {"margin pays, coverage caps", 100, 200, FRONTIER_MARGIN, 2 * ONE, ONE,
            COMBINE_ADD, 0, false},
        {"price moves, marks cap", 50, 20, FRONTIER_PRICE, 6 * ONE, ONE / 3,
            COMBINE_ADD, 0, false},
        {"price moves, marks cap", 100, 200, FRONTIER_PRICE, 6 * ONE, ONE / 3,
            COMBINE_ADD, 0, false},
        {"margin pays, marks cap", 50, 20, FRONTIER_MARGIN, 6 * ONE, ONE / 3,
            COMBINE_ADD, 0, false},
        {"margin pays, marks cap", 100, 200, FRONTIER_MARGIN, 6 * ONE, ONE / 3,
            COMBINE_ADD, 0, false},
        {"price moves, both cap", 50, 20, FRONTIER_PRICE, 6 * ONE, ONE,
            COMBINE_ADD, 0, false},
        {"margin pays, both cap", 50, 20, FRONTIER_MARGIN, 6 * ONE, ONE,
            COMBINE_ADD, 0, false},
        {"price moves, shares left open", 50, 20, FRONTIER_PRICE, 2 * ONE, ONE,
            COMBINE_COMPLEMENT, 0, false},
        {"margin pays, shares left open", 50, 20, FRONTIER_MARGIN, 2 * ONE, ONE,
            COMBINE_COMPLEMENT, 0, false},
        {"price moves, shares left open", 100, 200, FRONTIER_PRICE, 2 * ONE,
            ONE, COMBINE_COMPLEMENT, 0, false},
        {"price moves, one in ten does what another does", 50, 20,
            FRONTIER_PRICE, 2 * ONE, ONE / 3, COMBINE_CAP, 10, false},
        {"price moves, one in ten does what another does", 100, 200,
            FRONTIER_PRICE, 2 * ONE, ONE / 3, COMBINE_CAP, 10, false},
        {"margin pays, one in ten does what another does", 50, 20,
            FRONTIER_MARGIN, 2 * ONE, ONE / 3, COMBINE_CAP, 10, false},
        {"margin pays, one in ten does what another does", 100, 200,
            FRONTIER_MARGIN, 2 * ONE, ONE / 3, COMBINE_CAP, 10, false},
        {"price moves, three in ten under rules", 50, 20, FRONTIER_PRICE,
            2 * ONE, ONE / 3, COMBINE_ADD, 0, true},
        {"price moves, three in ten under rules", 100, 200, FRONTIER_PRICE,
            2 * ONE, ONE / 3, COMBINE_ADD, 0, true},
        {"margin pays, three in ten under rules", 50, 20, FRONTIER_MARGIN,
            2 * ONE, ONE / 3, COMBINE_ADD, 0, true},
        {"margin pays, three in ten under rules", 100, 200, FRONTIER_MARGIN,
            2 * ONE, ONE / 3, COMBINE_ADD, 0, true},
        {"price moves, rules and coverage that caps", 50, 20, FRONTIER_PRICE,
            2 * ONE, ONE, COMBINE_ADD, 0, true},
        {"margin pays, rules and coverage that caps", 50, 20, FRONTIER_MARGIN,
            2 * ONE, ONE, COMBINE_ADD, 0, true}};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        time_front(&cases[i]);
    return 0;
}
