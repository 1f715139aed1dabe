/* SPDX-License-Identifier: Apache-2.0
 *
 * heads.c - unions of groups of which only sizes and overlaps are known.
 */
#include "value/people/heads.h"

#include "value/model.h"

bool heads_is_held(const struct heads_group *groups, size_t n,
    const bool *inside, const bool *in, size_t i)
{
    for (size_t k = 0; k < n; k++) {
        bool within = inside[i * n + k];
        bool same = within && inside[k * n + i];

        if (k == i || !in[k] || !within || groups[k].size < groups[i].size)
            continue;
        if (!same || groups[k].size > groups[i].size || k < i)
            return true;
    }
    return false;
}

/* One group alone shares its heads with nobody that is counted. */
static bool is_alone(size_t n, const bool *in, size_t i)
{
    for (size_t k = 0; k < n; k++)
        if (k != i && in[k])
            return false;
    return true;
}

void heads_union(const struct heads_group *groups, size_t n, const bool *inside,
    const bool *in, struct heads_sum *sum)
{
    int64_t largest = 0;

    *sum = (struct heads_sum){0};
    for (size_t i = 0; i < n; i++) {
        int64_t size = groups[i].size;

        if (!in[i])
            continue;
        if (size == MODEL_ABSENT) {
            sum->unknown++;
            continue;
        }
        if (heads_is_held(groups, n, inside, in, i))
            continue;
        int64_t shared = is_alone(n, in, i) ? 0 : groups[i].overlap;
        sum->most += size;
        sum->least += size - (size / DECIMAL_ONE * shared +
                                 size % DECIMAL_ONE * shared / DECIMAL_ONE);
        if (size > largest)
            largest = size;
    }
    if (sum->least < largest)
        sum->least = largest;
}
