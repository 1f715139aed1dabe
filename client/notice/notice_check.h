/* SPDX-License-Identifier: Apache-2.0
 *
 * notice_check.h - what is odd in a notice, as warnings.
 *
 * Pure; nothing here refuses a notice or changes what is recorded of it.
 */
#ifndef CLIENT_NOTICE_NOTICE_CHECK_H
#define CLIENT_NOTICE_NOTICE_CHECK_H

#include "client/notice/notice.h"
#include "client/notice/notice_remarks.h"

/**
 * notice_check - look for missing ids, odd weights and the like
 *
 * Gives   *remarks grown
 * Thread  any
 * Cost    linear in the notice but for the criteria of one lot, squared and
 *         bounded
 */
void notice_check(const struct notice *notice, struct remarks *remarks);

/**
 * notice_is_empty - whether a notice says nothing that could be recorded
 *
 * Gives   true when it has neither title nor lot
 * Thread  any
 */
bool notice_is_empty(const struct notice *notice);

/**
 * lot_label - what messages call a lot
 *
 * Gives   its id, its place ("lot 2") when it has none
 * Thread  any
 */
void lot_label(const struct notice *notice, size_t lot, struct text *to);

/**
 * criterion_label - the code that a criterion is given
 *
 * Gives   C2 in a notice of one lot, LOT-0001.C2 in one of several
 * Thread  any
 */
void criterion_label(
    const struct notice *notice, size_t lot, size_t criterion, struct text *to);

/**
 * criterion_weight - the parameter that remarks what a criterion weighs
 *
 * Gives   the first one of list number-weight, NULL when there is none
 * Thread  any
 */
const struct notice_parameter *criterion_weight(
    const struct notice_criterion *criterion);

#endif
