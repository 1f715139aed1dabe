/* SPDX-License-Identifier: Apache-2.0
 *
 * fake_parts.h - what the two files of the record in memory share.
 */
#ifndef TESTS_FAKE_PARTS_H
#define TESTS_FAKE_PARTS_H

#include "protocol/words.h"
#include "tests/parts/fake_record.h"

/**
 * fake_head - the newest seq
 *
 * Gives   0 for an empty record
 * Thread  any
 */
uint64_t fake_head(const struct fake_record *f);

/**
 * fake_rows - the objects of a kind as they stood at a seq
 *
 * Gives   rows, freed with known_rows_fini
 * Thread  any
 */
struct known_rows fake_rows(
    const struct fake_record *f, enum kind kind, uint64_t at);

/**
 * fake_apply - apply an add, a set or a del
 *
 * Gives   the journal grown
 * Errors  ERR_ARG ERR_NONE ERR_EXISTS ERR_CONFLICT; nothing was changed
 * Thread  any
 */
enum err fake_apply(struct fake_record *f, const struct words *words) MUST_USE;

/**
 * fake_roll_back - take back what a batch did
 *
 * Takes   n, ids  as they were before it
 * Gives   *f as it was
 * Thread  any
 */
void fake_roll_back(struct fake_record *f, size_t n, const uint64_t *ids);

#endif
