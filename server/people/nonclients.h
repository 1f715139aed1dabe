/* SPDX-License-Identifier: Apache-2.0
 *
 * nonclients.h - the groups of people who are not clients, for those who count
 * them and those who explain the count; nobody else's.
 */
#ifndef SERVER_PEOPLE_NONCLIENTS_H
#define SERVER_PEOPLE_NONCLIENTS_H

#include "server/figure/client_case.h"
#include "server/figure/figures.h"
#include "value/people/heads.h"

struct nonclients {
    struct figures *f;
    const struct object *const *list; /* nonclient */
    size_t n;
    const struct object **parties; /* [n] */
    struct heads_group *groups;    /* [n] */
    bool *inside, *in;             /* [n][n], [n] */
};

/**
 * nonclients_init - gather the groups, and which lie within which
 *
 * Takes   f  kept
 * Gives   *c  freed with nonclients_fini; none is counted yet
 * Thread  worker
 */
void nonclients_init(struct nonclients *c, struct figures *f);

/**
 * nonclients_fini - free what nonclients_init made
 *
 * Gives   *c without memory
 * Thread  worker
 */
void nonclients_fini(struct nonclients *c);

/**
 * nonclients_tier - count the groups of a tier
 *
 * Gives   c->in; how many
 * Thread  worker
 */
size_t nonclients_tier(struct nonclients *c, const char *tier);

/**
 * nonclients_factor - count the groups that a factor would convert
 *
 * Gives   c->in; how many
 * Thread  worker
 */
size_t nonclients_factor(struct nonclients *c, const struct object *factor);

#endif
