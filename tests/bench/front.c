/* SPDX-License-Identifier: Apache-2.0
 *
 * front.c - how long the front of many elements takes, on one thread.
 *
 * Prints the best of several runs, in milliseconds of processor time, and
 * whether the front was exact; nothing here passes or fails.
 */
#include "tests/unit/tender.h"
#include "value/frontier.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { RUNS = 5 };

static double now(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void time_front(
    size_t n, enum frontier_cost cost, int64_t budget, int64_t most)
{
    static struct tender t;
    static struct model_element elements[FRONTIER_MAX];
    static struct model_effect effects[2 * FRONTIER_MAX];
    const struct frontier_ask ask = {.cost = cost, .budget = budget};
    struct frontier_found *found = NULL;
    double best = 1e9;

    tender_many(&t, elements, effects, n, 2 * ONE, most, (int64_t)n);
    for (int i = 0; i < RUNS; i++) {
        frontier_free(&found);
        double start = now();
        if (frontier_compute(&t.model, &ask, &found) != ERR_OK)
            exit(EXIT_FAILURE);
        double took = now() - start;
        best = took < best ? took : best;
    }
    printf("diptych front, %zu elements, %s%s: %.1f ms, %zu offers, %s "
           "(%zu partial ones at most, gap %.6f)\n",
        n, cost == FRONTIER_PRICE ? "price moves" : "margin pays",
        most > ONE / 3 ? ", coverage caps" : "", best, found->offers_n,
        found->exact ? "exact" : "approximate", found->states,
        (double)found->gap_lead / 1e6);
    frontier_free(&found);
}

int main(void)
{
    const int64_t half = 5 * ONE; /* of what n elements cost in the mean */

    time_front(50, FRONTIER_PRICE, MODEL_ABSENT, ONE / 3);
    time_front(100, FRONTIER_PRICE, MODEL_ABSENT, ONE / 3);
    time_front(50, FRONTIER_MARGIN, 50 * half, ONE / 3);
    time_front(100, FRONTIER_MARGIN, 100 * half, ONE / 3);
    time_front(50, FRONTIER_PRICE, MODEL_ABSENT, ONE);
    time_front(100, FRONTIER_PRICE, MODEL_ABSENT, ONE);
    return 0;
}
