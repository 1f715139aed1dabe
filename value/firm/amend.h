/* SPDX-License-Identifier: Apache-2.0
 *
 * amend.h - what it would change if the buyer amended the criteria.
 *
 * Who wins, what that winner is worth to users, and how far the criteria look
 * past their needs: before and after.  Also the moves of weight between two
 * criteria that bring the criteria closest to what users need.
 */
#ifndef VALUE_FIRM_AMEND_H
#define VALUE_FIRM_AMEND_H

#include "value/model.h"

/* A tender as it stands for one set of rules. */
struct amend_side {
    bool award_is_known; /* the award can be computed; else next is absent */
    bool admitted;       /* our bid is */
    bool wins;
    size_t rank;    /* of ours; 0 not admitted */
    int64_t lead;   /* micro; MODEL_ABSENT without rival or not admitted */
    size_t winner;  /* the first of rank 1; MODEL_NOWHERE */
    int64_t points; /* micro, of ours */
    /* Value of the winner to users, micro; MODEL_ABSENT unknown. */
    int64_t mean, min, captives;
    int64_t divergence; /* micro; MODEL_ABSENT unknown */
};

/* For whom a change is good. */
enum amend_verdict { AMEND_NOBODY, AMEND_US, AMEND_USERS, AMEND_BOTH };

/* So much weight from one criterion to another. */
struct amend_move {
    size_t from, to;
    int64_t points;     /* 1/10000, above 0 */
    int64_t divergence; /* micro, afterwards */
};

/* A model with weights moved; the rest is shared with the one it is from. */
struct amend_model {
    struct model model;
    struct model_criterion *criteria;
    struct model_group *groups;
};

/* Called between moves; false ends the search. */
typedef bool amend_tell_fn(void *ctx, size_t done, size_t all);

/**
 * amend_measure - the tender as it stands
 *
 * Takes   model  any
 * Gives   *side
 * Thread  any
 * Cost    that of award_compute, users_compute and gap_compute
 * Source  docs/value.md 20
 */
void amend_measure(const struct model *model, struct amend_side *side);

/**
 * amend_judge - for whom a change is good
 *
 * Good for us: our lead rises; being admitted where we were not, or alone.
 * Good for users: the winner is worth more to them; of a winner worth the
 * same, the divergence falls.
 *
 * Takes   before, after  of amend_measure
 * Gives   *verdict
 *         false and nothing changed where our lead or the value of the winner
 *         is not known on both sides
 * Thread  any
 * Cost    O(1)
 * Source  D9; docs/value.md 20
 */
bool amend_judge(const struct amend_side *before,
    const struct amend_side *after, enum amend_verdict *verdict);

/**
 * amend_move - a model with weight moved, and that of the groups above
 *
 * Takes   model  kept until amend_model_fini
 *         move   of criteria of it; no more than the weight that is there
 * Gives   *made
 * Thread  any
 * Cost    O(criteria + groups)
 * Source  docs/value.md 20
 */
void amend_move(const struct model *model, const struct amend_move *move,
    struct amend_model *made);

/**
 * amend_model_fini - release what amend_move made
 *
 * Takes   made  of amend_move
 * Gives   *made without memory
 * Thread  any
 * Cost    O(1)
 * Source  none
 */
void amend_model_fini(struct amend_model *made);

/**
 * amend_moves - the moves of weight that reduce the divergence most
 *
 * Takes   step  1/10000 points to move, or all the weight that is there
 *         most  how many to give
 *         tell  called for each pair of criteria, or NULL
 * Gives   moves  [most], the least divergence first; of equal ones the first
 *                pair
 *         *n     how many reduce it at all
 *         false and *n 0 when tell ended it, or the divergence is not known
 * Thread  any
 * Cost    O(criteria squared x needs x (criteria + segments))
 * Source  D9; docs/value.md 20
 */
bool amend_moves(const struct model *model, int64_t step, size_t most,
    amend_tell_fn *tell, void *ctx, struct amend_move *moves, size_t *n);

#endif
