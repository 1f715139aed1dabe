/* SPDX-License-Identifier: Apache-2.0
 *
 * tender.h - records that are large: one tender of 20 bids, 100 criteria, 20
 * segments and 100 needs with all that stands where two of them meet, and
 * objects by the thousand for boards.
 */
#ifndef TESTS_BENCH_TENDER_H
#define TESTS_BENCH_TENDER_H

#include "protocol/base_text.h"

/**
 * large_tender - requests that record a large tender, always the same
 *
 * Gives   *to grown by a batch; how many answers it has
 * Thread  any
 */
size_t large_tender(struct text *to);

/**
 * large_board - requests that record a tender with many bids
 *
 * Takes   code   of the tender, and the beginning of the codes of its bids
 *         bids   how many, in batches that a server takes
 * Gives   *to grown; how many answers it has
 * Thread  any
 */
size_t large_board(struct text *to, const char *code, size_t bids);

#endif
