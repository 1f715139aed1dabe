/* SPDX-License-Identifier: Apache-2.0
 *
 * base_histogram.h - how numbers are spread, in a kilobyte: exact up to 15,
 * then eight buckets for each power of two, so a share is at most an eighth
 * too high.
 */
#ifndef PROTOCOL_BASE_HISTOGRAM_H
#define PROTOCOL_BASE_HISTOGRAM_H

#include <stdint.h>

/* Up to 2^36: 19 hours in microseconds; what is more counts as that. */
#define HISTOGRAM_BUCKETS (16 + (36 - 4) * 8)

/* All zero is an empty one. */
struct histogram {
    uint64_t n;
    uint64_t sum;
    uint64_t most;
    uint32_t bucket[HISTOGRAM_BUCKETS];
};

/**
 * histogram_add - count a number
 *
 * Gives   *histogram
 * Thread  the one that owns it
 */
void histogram_add(struct histogram *histogram, uint64_t value);

/**
 * histogram_merge - count what another one counted
 *
 * Gives   *to
 * Thread  the one that owns both
 */
void histogram_merge(struct histogram *to, const struct histogram *from);

/**
 * histogram_share - the number that a share of all does not exceed
 *
 * Takes   permille  500 is the median
 * Gives   the upper end of its bucket, at most the highest number counted; 0
 *         when nothing was counted
 * Thread  the one that owns it
 */
uint64_t histogram_share(const struct histogram *histogram, unsigned permille);

#endif
