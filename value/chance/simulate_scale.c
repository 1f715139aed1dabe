/* SPDX-License-Identifier: Apache-2.0
 *
 * simulate_scale.c - what is not linear in the marks of a block of draws:
 * published tables of levels, and rounding.
 */
#include "value/chance/simulate_inside.h"

void simulate_levels(const struct model_criterion *c, double *marks)
{
    for (int s = 0; s < QUICK_BLOCK; s++) {
        const struct model_level *l = c->levels;
        double mark = marks[s] * DECIMAL_ONE;
        size_t at = 0;
        while (at < c->levels_n && mark > (double)l[at].mark)
            at++;
        if (at == 0 || at == c->levels_n)
            marks[s] = (double)l[at == 0 ? 0 : at - 1].share;
        else
            marks[s] = (double)l[at - 1].share +
                       (mark - (double)l[at - 1].mark) *
                           (double)(l[at].share - l[at - 1].share) /
                           (double)(l[at].mark - l[at - 1].mark);
        marks[s] /= DECIMAL_ONE;
    }
}

double simulate_round_one(double value, int digits)
{
    static const double scales[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};

    return floor(value * scales[digits] + (0.5 + 1e-9)) / scales[digits];
}

void simulate_round(double *points, int digits)
{
    static const double scales[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};

    for (int s = 0; s < QUICK_BLOCK; s++)
        points[s] =
            floor(points[s] * scales[digits] + (0.5 + 1e-9)) / scales[digits];
}
