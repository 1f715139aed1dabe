/* SPDX-License-Identifier: Apache-2.0
 *
 * notice_make.h - notices made up for tests: each is written as XML, and what
 * must be read of it is written as lines in the form of dump_flat.
 *
 * The same seed makes the same notice, on every machine.
 */
#ifndef TESTS_NOTICE_MAKE_H
#define TESTS_NOTICE_MAKE_H

#include "protocol/base_text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct notice_recipe {
    uint64_t seed;
    bool award;       /* with a result; else a contract notice */
    bool change;      /* it says which notice it changes */
    size_t lots;      /* besides groups */
    size_t groups;    /* each of two lots */
    size_t criteria;  /* of each lot and group, at most */
    size_t languages; /* 1 to 24 */
    size_t orgs;      /* the first two are buyers, the others may tender */
    unsigned missing; /* of a hundred ids and optional fields, so many lack */
};

struct made_notice {
    struct text xml;
    struct text flat;  /* what dump_flat and dump_more give */
    struct text facts; /* what is recorded: "kind label field=value" */
};

/**
 * notice_make - make a notice up
 *
 * Gives   *made, freed with notice_unmake
 * Thread  any
 */
void notice_make(const struct notice_recipe *recipe, struct made_notice *made);

/**
 * notice_unmake - free what notice_make gave
 *
 * Gives   *made all zero
 * Thread  any
 */
void notice_unmake(struct made_notice *made);

#endif
