/* SPDX-License-Identifier: Apache-2.0
 *
 * wilson.c - the interval of a share that was counted.
 */
#include "value/chance/wilson.h"

#include <math.h>

void wilson_bounds(double p, double n, double *low, double *high)
{
    const double z = 1.959963984540054;
    double middle = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
    double half =
        z * sqrt(p * (1.0 - p) / n + z * z / (4.0 * n * n)) / (1.0 + z * z / n);

    *low = middle - half > 0.0 ? middle - half : 0.0;
    *high = middle + half < 1.0 ? middle + half : 1.0;
}

void wilson_interval(int64_t share, uint64_t draws, int64_t *low, int64_t *high)
{
    const double n = (double)draws;
    double p = (double)share / 1e6;
    double from, to;

    /* Up to a million draws the count is known from its rounded share. */
    if (draws > 0 && draws <= 1000000)
        p = floor(p * n + 0.5) / n;
    wilson_bounds(p, n, &from, &to);
    *low = (int64_t)floor(from * 1e6 + 0.5);
    *high = (int64_t)floor(to * 1e6 + 0.5);
}
