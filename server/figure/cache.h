/* SPDX-License-Identifier: Apache-2.0
 *
 * cache.h - records of tenders that computations share, the models made of
 * them, and the answers given last.
 *
 * Whatever touches a tender makes another record, of the objects of the one
 * before but for those that changed, and with nothing kept.
 */
#ifndef SERVER_FIGURE_CACHE_H
#define SERVER_FIGURE_CACHE_H

#include "server/figure/tender_model.h"

struct engine;

#define CACHE_RECORDS 16
/* Answers kept of one record, and bytes of them all. */
#define CACHE_ANSWERS 16
#define CACHE_BYTES   (1024UL * 1024)

/* An answer that is the same for whoever may ask. */
struct kept_answer {
    char *key;        /* what was asked, and in which form; NULL none */
    struct text rows; /* data lines */
    struct text last; /* keys of the final line */
    size_t rows_n;
};

/* A record that computations share; freed when nobody holds it. */
struct shared_record {
    struct record *record;
    uint64_t team, tender, touched;
    uint64_t seq; /* at which it is known to be as it was */
    size_t shares;
    struct tender_model *model; /* of a lot or of everything; NULL at first */
    struct kept_answer answers[CACHE_ANSWERS];
    size_t answers_turn, bytes;
};

/**
 * cache_peek - the record of a tender that was computed on last
 *
 * Gives   one share more, to be given back by cache_drop; NULL when there is
 *         none
 * Thread  loop
 */
struct shared_record *cache_peek(
    struct engine *engine, uint64_t team, uint64_t tender);

/**
 * cache_put - keep a record that was just read; it is taken
 *
 * Gives   the shared one, with one share for the caller
 * Thread  loop
 */
struct shared_record *cache_put(struct engine *engine, uint64_t team,
    uint64_t tender, uint64_t touched, struct record *record);

/**
 * cache_stands - what touched the tender changed nothing that figures need
 *
 * Takes   seq      at which the record still is as it is
 *         touched  by what the tender was touched last
 * Gives   the record, its model and its answers good up to there
 * Thread  loop
 */
void cache_stands(struct shared_record *shared, uint64_t seq, uint64_t touched);

/**
 * cache_answer - an answer that is kept
 *
 * Takes   key  or NULL: none is
 * Gives   borrowed until the loop turns; NULL when there is none
 * Thread  loop
 */
const struct kept_answer *cache_answer(
    const struct shared_record *shared, const char *key);

/**
 * cache_keep - keep an answer; its parts are taken
 *
 * Gives   *answer all zero; the oldest ones gone where there are too many
 * Thread  loop
 */
void cache_keep(struct shared_record *shared, struct kept_answer *answer);

/**
 * cache_model - keep a model of the record, unless there is one; it is taken
 *
 * Gives   *made NULL
 * Thread  loop
 */
void cache_model(struct shared_record *shared, struct tender_model **made);

/**
 * cache_drop - give a share back
 *
 * Gives   *shared NULL; freed when that was the last share
 * Thread  loop
 */
void cache_drop(struct shared_record **shared);

/**
 * cache_free - forget all records
 *
 * Gives   none left but those that tasks hold
 * Thread  loop
 */
void cache_free(struct engine *engine);

#endif
