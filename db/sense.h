/* SPDX-License-Identifier: Apache-2.0
 *
 * sense.h - the ranges of fields, for whoever describes them.
 */
#ifndef DB_SENSE_H
#define DB_SENSE_H

#include "protocol/kind.h"

/**
 * sense_range - the least and the most that a field of numbers may hold
 *
 * Gives   false for what is no number, *least and *most then untouched; else
 *         both, an int as it is and decimals in 1/10000
 * Thread  any
 */
bool sense_range(size_t field, int64_t *least, int64_t *most);

#endif
