/* SPDX-License-Identifier: Apache-2.0
 *
 * chance.h - what a request asks to be simulated, and the running of it.
 *
 * From the keys of a request (seed= draws= half-width= jury= rule= in=) and
 * the model of a tender to a model as it is asked about and a simulation.
 * Everything here runs on a worker thread.
 */
#ifndef SERVER_FIGURE_CHANCE_H
#define SERVER_FIGURE_CHANCE_H

#include "server/figure/figures.h"
#include "value/chance/simulate.h"

/* What is drawn when draws= does not say. */
#define CHANCE_DRAWS 100000
/* The correlation of marks when neither jury= nor the tender says: a guess. */
#define CHANCE_JURY INT64_C(3000)

struct chance {
    struct figures *figures;
    struct tender_model *shared; /* without rule= and in=; not ours to change */
    struct tender_model made;    /* with them; that of the figures meanwhile */
    struct model before;         /* the model of shared */
    uint32_t set;                /* the elements of in=, as bits of before */
    struct simulate_ask ask;
    /* Of several simulations for one answer, the one at hand. */
    uint64_t stage, stages;
    bool jury_is_assumed; /* nobody said what it is */
    bool by_order;        /* some weights are means of an order */
    size_t middles;       /* weights of which the notice tells the middle of a
                             range alone; taken as exact */
    /* Owned. */
    struct model_criterion *criteria;
    struct model_group *groups;
    struct model_element *elements;
    int64_t *presence;
    uint64_t *keys;
};

/**
 * chance_init - read the keys of the request, and put them to the model
 *
 * Takes   f  kept; f->made becomes a copy, changed as rule= and in= say; an
 *            order of importance without weights gets its means
 * Gives   *chance, ended with chance_fini
 * Errors  ERR_ARG   a key, in f->fault
 *         ERR_NONE  an element of in=, in f->fault
 * Thread  worker
 */
enum err chance_init(struct chance *chance, struct figures *f) MUST_USE;

/**
 * chance_fini - free what chance_init made
 *
 * Gives   f->made as it was
 * Thread  worker
 */
void chance_fini(struct chance *chance);

/**
 * chance_run - simulate
 *
 * Takes   set         more possible elements in our bid, 0 none
 *         thresholds  whether the prices to win are asked for
 * Gives   *made, freed with simulate_result_free; the same seed gives the same
 *         draws for every set, so that differences are smooth
 * Errors  ERR_STATE, a row for each missing fact; ERR_ARG, ERR_LIMIT,
 *         ERR_UNAVAILABLE in the fault of the figures
 * Thread  worker
 */
enum err chance_run(struct chance *chance, uint32_t set, bool thresholds,
    struct simulate_result **made) MUST_USE;

/**
 * chance_go_on - what a computation of several stages calls, as go_on
 *
 * Takes   context  the struct chance
 * Gives   long_work_tell's answer
 * Thread  worker
 */
bool chance_go_on(void *context, uint64_t done, uint64_t draws);

/**
 * chance_ended - the answer when chance_go_on said no
 *
 * Gives   the error, in the fault of the figures
 * Thread  worker
 */
enum err chance_ended(struct chance *chance);

/**
 * chance_fail - the answer when what is drawn can not be computed
 *
 * Takes   err  of simulate_new
 * Gives   the error, in the fault of the figures; rows for missing facts
 * Thread  worker
 */
enum err chance_fail(struct chance *chance, enum err err);

/**
 * chance_decimal - a key that takes a decimal within bounds
 *
 * Takes   key      its preset stays in *got when the request has no such key
 *         allowed  a sentence
 * Gives   *got, 1/10000
 * Errors  ERR_ARG in f->fault
 * Thread  worker
 */
enum err chance_decimal(struct figures *f, const char *key, int64_t low,
    int64_t high, const char *allowed, int64_t *got) MUST_USE;

/**
 * chance_last - keys of the final line: what was drawn, and assumed
 *
 * Gives   seed= draws= jury= weights=, and what is told with them
 * Thread  worker
 */
void chance_last(
    const struct chance *chance, const struct simulate_result *result);

#endif
