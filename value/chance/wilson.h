/* SPDX-License-Identifier: Apache-2.0
 *
 * wilson.h - how far a share that was counted may be from the true one.
 */
#ifndef VALUE_CHANCE_WILSON_H
#define VALUE_CHANCE_WILSON_H

#include <stdint.h>

/**
 * wilson_bounds - the 95 % interval of a share
 *
 * Takes   p  the share counted, 0..1
 *         n  draws, above 0
 * Gives   *low, *high within 0..1
 * Thread  any
 * Cost    O(1)
 * Source  Wilson 1927
 * Vector  .5 of 100: .403832 to .596168
 */
void wilson_bounds(double p, double n, double *low, double *high);

/**
 * wilson_interval - the same in millionths
 *
 * Takes   share  micro
 *         draws  above 0
 * Gives   *low, *high micro, half up
 * Thread  any
 * Cost    O(1)
 * Source  Wilson 1927
 * Vector  .5 of 100: .403832 to .596168
 */
void wilson_interval(
    int64_t share, uint64_t draws, int64_t *low, int64_t *high);

#endif
