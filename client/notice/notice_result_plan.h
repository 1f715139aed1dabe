/* SPDX-License-Identifier: Apache-2.0
 *
 * notice_result_plan.h - what the planning of bids and of awards shares.
 *
 * For notice_result_plan.c and notice_awards_plan.c alone.
 */
#ifndef CLIENT_NOTICE_NOTICE_RESULT_PLAN_H
#define CLIENT_NOTICE_NOTICE_RESULT_PLAN_H

#include "client/notice/notice_draft.h"

struct result {
    struct draft *d;
    const struct notice_result *r;
    struct word_map parties, tenders, contracts; /* ids to places */
    struct word_map settled;                     /* tenders to contracts */
    const char **bids;    /* by tender: how requests name its bid, or NULL */
    const char **leaders; /* by tender: its first tenderer's party, or NULL */
    struct view by_code, by_party, partners, awards;
    struct word_map several; /* party and lot of more than one bid */
    struct word_map matched; /* ids of bids and awards that are spoken for */
};

/**
 * result_lot - how requests name the lot that a part of the result is about
 *
 * Takes   id     as in the notice, or NULL
 *         label  of the part, for the remark that the lot is not defined
 * Gives   "$l1" or an id; NULL when there is none
 * Thread  any, one owner at a time
 */
const char *result_lot(
    struct result *x, const char *id, const char *label, long line);

/**
 * awards_plan - the awards of one lot: one for each winner, or none
 *
 * Takes   at  place of the result of the lot; bids are planned already
 * Gives   the plan grown
 * Thread  any, one owner at a time
 */
void awards_plan(struct result *x, size_t at);

#endif
