/* SPDX-License-Identifier: Apache-2.0
 *
 * large.h - a large record, and the works that are measured on it.
 *
 * What fails ends the program: there is nothing to measure then.
 */
#ifndef TESTS_BENCH_LARGE_H
#define TESTS_BENCH_LARGE_H

#include "db/inside.h"

/* Objects of a tender: bids, criteria, marks, and needs with codes and names. */
#define LARGE_TENDER 1000

/* A database and the writing store over it. */
struct large {
    char *folder;
    struct store *store;
    uint64_t team;
    uint64_t tenders, objects;
    uint64_t chance; /* of pick() */
};

/* One work on a database; number counts from 0. */
typedef void large_fn(struct large *large, uint64_t number);

/**
 * large_make - make a database without tenders
 *
 * Gives   *large  open, freed with large_close
 * Thread  the owner
 */
void large_make(struct large *large, const char *folder);

/**
 * large_open - open a database that is there
 *
 * Gives   *large  open, freed with large_close
 * Thread  the owner
 */
void large_open(struct large *large, const char *folder);

/**
 * large_close - close the store
 *
 * Gives   *large all zero
 * Thread  the owner
 */
void large_close(struct large *large);

/**
 * large_add_tender - add a tender and its thousand objects, in three commits
 *
 * Gives   *large grown
 * Thread  the owner
 */
large_fn large_add_tender;

/**
 * large_set_one - change one field of some bid of some tender, in a commit
 *
 * Gives   *large changed
 * Thread  the owner
 */
large_fn large_set_one;

/**
 * large_add_one - add an object to some tender, in a commit
 *
 * Gives   *large grown, but for its count
 * Thread  the owner
 */
large_fn large_add_one;

/**
 * large_list_first - a page of 100 of all needs, the first
 *
 * Gives   nothing; the others are pages further on, and the first of a tender
 * Thread  the owner
 */
large_fn large_list_first;
large_fn large_list_middle;
large_fn large_list_last;
large_fn large_list_tender;

#endif
