/* SPDX-License-Identifier: Apache-2.0
 *
 * near.c - the distance of two short words.
 */
#include "protocol/near.h"

#include <stdint.h>
#include <string.h>

#define LETTERS 31
#define FAR     3

/* Optimal string alignment distance. */
static size_t distance(const char *a, const char *b)
{
    size_t cost[LETTERS + 1][LETTERS + 1];
    size_t n = strlen(a);
    size_t m = strlen(b);

    if (n > LETTERS || m > LETTERS)
        return SIZE_MAX;
    for (size_t i = 0; i <= n; i++) {
        for (size_t j = 0; j <= m; j++) {
            if (i == 0 || j == 0) {
                cost[i][j] = i + j;
                continue;
            }
            size_t best = cost[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
            if (cost[i - 1][j] + 1 < best)
                best = cost[i - 1][j] + 1;
            if (cost[i][j - 1] + 1 < best)
                best = cost[i][j - 1] + 1;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
                a[i - 2] == b[j - 1] && cost[i - 2][j - 2] + 1 < best)
                best = cost[i - 2][j - 2] + 1;
            cost[i][j] = best;
        }
    }
    return cost[n][m];
}

void near_look(struct near *near, const char *candidate)
{
    size_t cost = distance(near->word, candidate);
    size_t least = near->found ? near->cost : FAR;

    if (cost >= least || cost >= strlen(candidate))
        return;
    near->found = candidate;
    near->cost = cost;
}
