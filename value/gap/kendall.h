/* SPDX-License-Identifier: Apache-2.0
 *
 * kendall.h - how far two rankings agree.
 */
#ifndef VALUE_GAP_KENDALL_H
#define VALUE_GAP_KENDALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * kendall_tau - Kendall's tau-b of two lists
 *
 * tau-b = (C - D) / sqrt((n0 - n1)(n0 - n2)): C and D pairs in the same and in
 * the opposite order, n0 all pairs, n1 and n2 the pairs level in one list.
 *
 * Takes   a, b  [n], larger is larger; only the order matters
 *         n     below 2^31
 * Gives   *tau  micro, correctly rounded, a half away from 0
 *         false and *tau untouched where one list is constant or n < 2
 * Thread  any
 * Cost    O(n x n)
 * Source  Kendall 1945; docs/value.md 9
 * Vector  (12,2,1,12,2) (1,4,7,1,0) -> -0.471405; (1,2,2,3) (1,3,2,2) -> 0.4
 */
bool kendall_tau(const int64_t *a, const int64_t *b, size_t n, int64_t *tau);

#endif
