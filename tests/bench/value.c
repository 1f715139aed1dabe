/* SPDX-License-Identifier: Apache-2.0
 *
 * value.c - how long the computations of value/ take, on one thread.
 *
 * Prints the best of several runs, in milliseconds of processor time; nothing
 * here passes or fails.  value_numpy.py does the same simulations with numpy.
 */
#include "value/chance/simulate.h"
#include "value/chance/simulate_confidence.h"
#include "value/firm/stability.h"

#include "tests/bench/large_model.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum {
    BIDS = 20,
    CRITERIA = 30,
    DRAWS = 100000,
    RUNS = 5,
    PROPOSITION_RUNS = 300
};

struct tender {
    struct model model;
    struct model_criterion criteria[100];
    struct model_bid bids[BIDS];
    struct estimate marks[BIDS * 100];
    struct weight_node nodes[100];
    size_t itself[100];
};

static double now(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int64_t draw(uint64_t *seed, int64_t limit)
{
    *seed =
        *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int64_t)(*seed >> 33) % limit;
}

static void make_tender(struct tender *t, size_t criteria, bool sure)
{
    uint64_t seed = 1;

    *t = (struct tender){.model = {.bids_n = BIDS,
                             .criteria_n = criteria,
                             .criteria = t->criteria,
                             .bids = t->bids,
                             .marks = t->marks}};
    for (size_t k = 0; k < criteria; k++) {
        int64_t weight = DECIMAL_ONE * (1 + draw(&seed, 9));
        t->criteria[k] =
            (struct model_criterion){.weight = {weight, weight, weight},
                .scale_max = 10 * DECIMAL_ONE,
                .min_score = MODEL_ABSENT};
        t->nodes[k] = (struct weight_node){
            .parent = MODEL_NOWHERE, .likely = 1, .free = true, .key = k + 1};
        t->itself[k] = k;
    }
    for (size_t i = 0; i < BIDS * criteria; i++) {
        int64_t low = draw(&seed, 6 * DECIMAL_ONE);
        int64_t likely = low + draw(&seed, 2 * DECIMAL_ONE);
        t->marks[i] = (struct estimate){sure ? likely : low, likely,
            sure ? likely : likely + draw(&seed, 2 * DECIMAL_ONE) + 1};
    }
}

/* What value_numpy.py reads too; bar 0: none. */
static void tell(const char *what, double took, const char *unit, double bar)
{
    printf("diptych %s: %.1f %s", what, took, unit);
    if (bar > 0.0)
        printf(" (bar %g)", bar);
    printf("\n");
}

static void time_simulation(size_t criteria, bool sure, bool plain)
{
    static struct tender t;
    double best = 1e9;
    char what[96];

    make_tender(&t, criteria, sure);
    struct simulate_ask ask = {.seed = 1,
        .draws = DRAWS,
        .nodes = t.nodes,
        .nodes_n = criteria,
        .node_of = t.itself,
        .plain = plain};
    for (int i = 0; i < RUNS; i++) {
        struct simulate_result *r = NULL;
        double start = now();
        if (simulate_run(&t.model, 0, &ask, &r) != ERR_OK)
            exit(EXIT_FAILURE);
        double took = now() - start;
        best = took < best ? took : best;
        simulate_result_free(&r);
    }
    (void)snprintf(what, sizeof what,
        "%s marks, %d bids, %zu criteria, %d draws%s",
        sure ? "sure" : "triangular", BIDS, criteria, DRAWS,
        plain ? ", no wide registers" : "");
    tell(what, best, "ms",
        plain  ? 0.0
        : sure ? (criteria == CRITERIA ? 50.0 : 100.0)
               : (criteria == CRITERIA ? 150.0 : 400.0));
}

/* Once for all bids, at the central weights of each. */
static void time_confidence(size_t criteria)
{
    static struct tender t;
    struct simulate_result *r = NULL;
    int64_t confidence[BIDS];
    bool stopped = false;
    double best = 1e9;
    char what[96];

    make_tender(&t, criteria, false);
    struct simulate_ask ask = {.seed = 1,
        .draws = DRAWS,
        .nodes = t.nodes,
        .nodes_n = criteria,
        .node_of = t.itself};
    for (int i = 0; i < RUNS; i++) {
        double start = now();
        if (simulate_run(&t.model, 0, &ask, &r) != ERR_OK ||
            simulate_confidence(&t.model, 0, &ask, r, confidence, &stopped) !=
                ERR_OK)
            exit(EXIT_FAILURE);
        double took = now() - start;
        best = took < best ? took : best;
        simulate_result_free(&r);
    }
    (void)snprintf(what, sizeof what,
        "triangular marks with confidence factors, %d bids, %zu criteria, "
        "%d draws",
        BIDS, criteria, DRAWS);
    tell(what, best, "ms", criteria == CRITERIA ? 400.0 : 1100.0);
}

/* What the institution sees, what the users see, and where both part; the
 * figures alone, without the rows that tell them. */
static bool compute_one(const struct model *model, size_t which)
{
    struct award_result *award = NULL;
    struct users_result *users = NULL;
    struct gap_result *gap = NULL;
    enum err err = which == 0   ? award_compute(model, &award)
                   : which == 1 ? users_compute(model, &users)
                                : gap_compute(model, &gap);

    award_free(&award);
    users_free(&users);
    gap_free(&gap);
    return err == ERR_OK;
}

static void time_propositions(void)
{
    static const char *const names[] = {"decider", "users", "gap"};
    static struct large_model t;
    double all = 0;

    large_model_make(&t);
    for (size_t which = 0; which < 3; which++) {
        double best = 1e9;

        for (int i = 0; i < PROPOSITION_RUNS; i++) {
            double start = now();
            if (!compute_one(&t.model, which))
                exit(EXIT_FAILURE);
            double took = now() - start;
            best = took < best ? took : best;
        }
        all += best;
        printf("diptych %s of 20 bids, 100 criteria, 20 segments, 100 needs: "
               "%.3f ms\n",
            names[which], best);
    }
    printf("diptych all three of them: %.3f ms (bar 1.000)\n", all);
}

/* Scores of marks, the interval of every weight, what moves each rival up. */
static void time_stability(void)
{
    static struct tender t;
    double best = 1e9;

    make_tender(&t, 100, true);
    for (int i = 0; i < 200; i++) {
        struct stability_result *r = NULL;
        double start = now();
        if (stability_compute(&t.model, &r) != ERR_OK)
            exit(EXIT_FAILURE);
        double took = now() - start;
        best = took < best ? took : best;
        stability_free(&r);
    }
    tell("scores and all stability intervals, 20 bids, 100 criteria",
        best * 1e3, "us", 50.0);
}

int main(void)
{
    time_simulation(CRITERIA, true, false);
    time_simulation(CRITERIA, true, true);
    time_simulation(CRITERIA, false, false);
    time_simulation(CRITERIA, false, true);
    time_simulation(100, true, false);
    time_simulation(100, false, false);
    time_confidence(CRITERIA);
    time_confidence(100);
    time_stability();
    time_propositions();
    return 0;
}
