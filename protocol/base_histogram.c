/* SPDX-License-Identifier: Apache-2.0
 *
 * base_histogram.c - buckets: the place of the highest bit, and the three
 * bits behind it.
 */
#include "protocol/base_histogram.h"

#include <stddef.h>

static size_t bucket_of(uint64_t value)
{
    unsigned high = 4;

    if (value < 16)
        return (size_t)value;
    while (high < 36 && value >> (high + 1))
        high++;
    if (high == 36)
        return HISTOGRAM_BUCKETS - 1;
    return 16 + (size_t)(high - 4) * 8 + ((value >> (high - 3)) & 7);
}

/* The highest number that belongs into a bucket. */
static uint64_t end_of(size_t bucket)
{
    if (bucket < 16)
        return bucket;
    size_t high = (bucket - 16) / 8 + 4;
    uint64_t step = UINT64_C(1) << (high - 3);
    return (UINT64_C(1) << high) + ((bucket - 16) % 8 + 1) * step - 1;
}

void histogram_add(struct histogram *histogram, uint64_t value)
{
    histogram->n++;
    histogram->sum += value;
    if (value > histogram->most)
        histogram->most = value;
    histogram->bucket[bucket_of(value)]++;
}

void histogram_merge(struct histogram *to, const struct histogram *from)
{
    to->n += from->n;
    to->sum += from->sum;
    if (from->most > to->most)
        to->most = from->most;
    for (size_t i = 0; i < HISTOGRAM_BUCKETS; i++)
        to->bucket[i] += from->bucket[i];
}

uint64_t histogram_share(const struct histogram *histogram, unsigned permille)
{
    uint64_t wanted = (histogram->n * permille + 999) / 1000;
    uint64_t passed = 0;

    if (histogram->n == 0)
        return 0;
    for (size_t i = 0; i < HISTOGRAM_BUCKETS - 1; i++) {
        passed += histogram->bucket[i];
        if (passed >= wanted && passed > 0)
            return end_of(i) < histogram->most ? end_of(i) : histogram->most;
    }
    return histogram->most;
}
