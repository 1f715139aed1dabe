/* SPDX-License-Identifier: Apache-2.0
 *
 * aid.h - what the aids compute, for those who tell and explain it.
 *
 * All of it runs on a worker thread.
 */
#ifndef SERVER_FIGURE_AID_H
#define SERVER_FIGURE_AID_H

#include "server/explain/explain.h"
#include "value/award/mcda.h"

/**
 * aid_micro - a binary fraction as a figure
 *
 * Gives   millionths, half up
 * Thread  any
 */
int64_t aid_micro(double value);

/* The needs that matter to someone, their weights, and the bids of which some
 * coverage is recorded, ranked by a method. */
struct aid_ranked {
    struct figures *f;
    size_t *bids, *needs; /* indexes of the model */
    size_t bids_n, needs_n;
    size_t segment;  /* whose weights they are; MODEL_NOWHERE: all users' */
    double *values;  /* [bids_n][needs_n] */
    double *weights; /* [needs_n], sum 1 */
    double *scores;  /* [bids_n] */
    int64_t *score, *users;
    bool by_range; /* topsis */
    int64_t q, p;  /* promethee, 1/10000 of coverage */
};

/**
 * aid_rank - rank bids by topsis or promethee
 *
 * Takes   method  a word
 * Gives   *ranked, freed with aid_ranked_fini also after an error
 * Errors  ERR_STATE  rows for missing facts; ERR_ARG, ERR_NONE  a key
 * Thread  worker
 */
enum err aid_rank(
    struct figures *f, const char *method, struct aid_ranked *ranked) MUST_USE;

/**
 * aid_ranked_fini - free what aid_rank made
 *
 * Gives   *ranked empty
 * Thread  worker
 */
void aid_ranked_fini(struct aid_ranked *ranked);

/**
 * aid_place - the place of one among numbers
 *
 * Gives   1 and as many as have more
 * Thread  any
 */
size_t aid_place(const int64_t *list, size_t n, size_t at);

/* Needs compared two by two, and what they weigh. */
struct aid_compared {
    struct figures *f;
    size_t needs[MCDA_COMPARED];
    size_t n;
    double said[MCDA_COMPARED * MCDA_COMPARED];  /* 0: not compared */
    double pairs[MCDA_COMPARED * MCDA_COMPARED]; /* [n][n] of it */
    double weights[MCDA_COMPARED];
    struct mcda_consistency told;
};

/**
 * aid_weigh - weights of needs from the comparisons of pairs=
 *
 * Gives   *compared
 * Errors  ERR_ARG    pairs= is not one comparison of each two needs
 *         ERR_NONE   a need that is not there
 *         ERR_LIMIT  more needs than a random index is known for
 * Thread  worker
 */
enum err aid_weigh(struct figures *f, struct aid_compared *compared) MUST_USE;

/**
 * aid_most - what the need weighs that weighs most
 *
 * Gives   the largest weight
 * Thread  any
 */
double aid_most(const struct aid_compared *compared);

/**
 * aid_importance - what a need matters of 10 for the one that weighs most
 *
 * Takes   at  below compared->n
 * Gives   above 0 to 10
 * Thread  any
 */
double aid_importance(const struct aid_compared *compared, size_t at);

/**
 * aid_compare - rows of what aid_weigh computes
 *
 * Gives   rows, keys of the final line
 * Errors  those of aid_weigh; ERR_NONE  a segment that is not there
 * Thread  worker
 */
enum err aid_compare(struct figures *f);

#endif
