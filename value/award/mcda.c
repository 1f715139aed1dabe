/* SPDX-License-Identifier: Apache-2.0
 *
 * mcda.c - weighted sums and products, TOPSIS, PROMETHEE, AHP, rank measures.
 */
#include "value/award/mcda.h"

#include <stdlib.h>

#include "protocol/base_mem.h"
#include "value/quick.h"

/* Sizes beyond which sums of squares would leave the range of doubles. */
#define TOO_LARGE 1e150

static bool is_within(double value)
{
    return value >= -TOO_LARGE && value <= TOO_LARGE;
}

static bool is_small(const struct mcda_table *t, size_t column)
{
    return t->small != NULL && t->small[column];
}

static enum err check_table(const struct mcda_table *t)
{
    double sum = 0.0;

    for (size_t i = 0; i < t->rows * t->columns; i++) {
        if (!is_within(t->values[i]))
            return ERR_ARG;
    }
    for (size_t k = 0; k < t->columns; k++) {
        if (!is_within(t->weights[k]) || t->weights[k] < 0.0)
            return ERR_ARG;
        sum += t->weights[k];
    }
    return sum > 0.0 ? ERR_OK : ERR_ARG;
}

/* A column on a common scale; false where it can not be put on it. */
static bool scale_column(const struct mcda_table *t, size_t column,
    enum mcda_scale scale, double *made)
{
    const double *value = t->values + column;
    const bool small = is_small(t, column);
    double low = value[0], high = value[0];
    double sum = 0.0, squares = 0.0;

    for (size_t i = 0; i < t->rows; i++) {
        double v = value[i * t->columns];
        if (scale == MCDA_BY_SUM && small && !(v > 0.0))
            return false;
        made[i] = scale == MCDA_BY_SUM && small ? 1.0 / v : v;
        low = v < low ? v : low;
        high = v > high ? v : high;
        sum += made[i];
        squares += v * v;
    }
    for (size_t i = 0; i < t->rows; i++) {
        if (scale == MCDA_BY_SUM && sum != 0.0)
            made[i] /= sum;
        if (scale == MCDA_BY_VECTOR && squares > 0.0)
            made[i] /= sqrt(squares);
        if (scale == MCDA_BY_RANGE)
            made[i] = high > low ? (small ? high - made[i] : made[i] - low) /
                                       (high - low)
                                 : 1.0;
    }
    return true;
}

/* All columns, [columns][rows]; NULL where one can not be scaled. */
static double *scale_table(const struct mcda_table *t, enum mcda_scale scale)
{
    double *made = mem_new(t->rows * t->columns * sizeof *made);

    for (size_t k = 0; k < t->columns && t->rows > 0; k++) {
        if (scale_column(t, k, scale, made + k * t->rows))
            continue;
        free(made);
        return NULL;
    }
    return made;
}

static double sum_of_weights(const struct mcda_table *t)
{
    double sum = 0.0;

    for (size_t k = 0; k < t->columns; k++)
        sum += t->weights[k];
    return sum;
}

enum err mcda_sum(
    const struct mcda_table *table, enum mcda_scale scale, double *scores)
{
    enum err err = check_table(table);
    double whole = scale == MCDA_AS_IS ? 1.0 : sum_of_weights(table);
    double *made = err == ERR_OK ? scale_table(table, scale) : NULL;

    if (made == NULL)
        return ERR_ARG;
    for (size_t i = 0; i < table->rows; i++) {
        scores[i] = 0.0;
        for (size_t k = 0; k < table->columns; k++)
            scores[i] += table->weights[k] / whole * made[k * table->rows + i];
    }
    free(made);
    return ERR_OK;
}

enum err mcda_product(const struct mcda_table *table, double *scores)
{
    enum err err = check_table(table);
    double *made = err == ERR_OK ? scale_table(table, MCDA_BY_SUM) : NULL;
    double whole = sum_of_weights(table);

    for (size_t i = 0; made != NULL && i < table->rows * table->columns; i++) {
        if (table->values[i] > 0.0)
            continue;
        free(made);
        made = NULL;
    }
    if (made == NULL)
        return ERR_ARG;
    for (size_t i = 0; i < table->rows; i++) {
        scores[i] = 0.0;
        for (size_t k = 0; k < table->columns; k++)
            scores[i] += table->weights[k] / whole *
                         quick_log(made[k * table->rows + i]) / quick_log(10.0);
    }
    free(made);
    return ERR_OK;
}

/* The squared distances of one row to the best and to the worst. */
static void measure(const struct mcda_table *t, const double *made,
    bool inverted, size_t row, double *to_best, double *to_worst)
{
    *to_best = *to_worst = 0.0;
    for (size_t k = 0; k < t->columns; k++) {
        const double *column = made + k * t->rows;
        double low = column[0], high = column[0];
        double weight = t->weights[k];

        for (size_t i = 0; i < t->rows; i++) {
            low = column[i] < low ? column[i] : low;
            high = column[i] > high ? column[i] : high;
        }
        bool small = inverted && is_small(t, k);
        double best = weight * (column[row] - (small ? low : high));
        double worst = weight * (column[row] - (small ? high : low));
        *to_best += best * best;
        *to_worst += worst * worst;
    }
}

enum err mcda_topsis(
    const struct mcda_table *table, enum mcda_scale scale, double *scores)
{
    enum err err = check_table(table);
    double *made = err == ERR_OK ? scale_table(table, scale) : NULL;

    if (made == NULL)
        return ERR_ARG;
    for (size_t i = 0; i < table->rows; i++) {
        double best, worst;
        measure(table, made, scale == MCDA_BY_VECTOR || scale == MCDA_AS_IS, i,
            &best, &worst);
        best = sqrt(best);
        worst = sqrt(worst);
        scores[i] = best + worst > 0.0 ? worst / (best + worst) : 0.5;
    }
    free(made);
    return ERR_OK;
}

double mcda_prefer(double ahead, double q, double p)
{
    if (!(ahead > q))
        return 0.0;
    return ahead >= p ? 1.0 : (ahead - q) / (p - q);
}

enum err mcda_promethee(const struct mcda_table *table, const double *q,
    const double *p, double *flows)
{
    const size_t n = table->columns;
    double whole = sum_of_weights(table);

    if (check_table(table) != ERR_OK)
        return ERR_ARG;
    for (size_t k = 0; k < n && q != NULL; k++) {
        if (!(q[k] >= 0.0) || !(p[k] >= q[k]) || !is_within(p[k]))
            return ERR_ARG;
    }
    for (size_t i = 0; i < table->rows; i++) {
        double flow = 0.0;
        for (size_t j = 0; j < table->rows; j++) {
            for (size_t k = 0; k < n; k++) {
                double ahead =
                    table->values[i * n + k] - table->values[j * n + k];
                double from = q ? q[k] : 0.0;
                double to = p ? p[k] : 0.0;
                if (is_small(table, k))
                    ahead = -ahead;
                flow += table->weights[k] / whole *
                        (mcda_prefer(ahead, from, to) -
                            mcda_prefer(-ahead, from, to));
            }
        }
        flows[i] = table->rows > 1 ? flow / (double)(table->rows - 1) : 0.0;
    }
    return ERR_OK;
}

static enum err check_pairs(const double *pairs, size_t n)
{
    if (n == 0 || n > MCDA_COMPARED)
        return ERR_LIMIT;
    for (size_t i = 0; i < n * n; i++) {
        double both = pairs[i] * pairs[i % n * n + i / n];
        if (!(pairs[i] > 0.0) || !is_within(pairs[i]) ||
            !(both > 1.0 - 1e-4 && both < 1.0 + 1e-4))
            return ERR_ARG;
    }
    return ERR_OK;
}

/* Multiplies by the table and divides by the sum; the largest change. */
static double multiply(const double *pairs, size_t n, double *weights)
{
    double made[MCDA_COMPARED];
    double sum = 0.0, change = 0.0;

    for (size_t i = 0; i < n; i++) {
        made[i] = 0.0;
        for (size_t k = 0; k < n; k++)
            made[i] += pairs[i * n + k] * weights[k];
        sum += made[i];
    }
    for (size_t i = 0; i < n; i++) {
        double moved = fabs(made[i] / sum - weights[i]);
        change = moved > change ? moved : change;
        weights[i] = made[i] / sum;
    }
    return change;
}

double mcda_random(size_t n)
{
    static const double random_index[MCDA_COMPARED] = {
        0, 0, .58, .90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49};

    INSIST(n > 0 && n <= MCDA_COMPARED);
    return random_index[n - 1];
}

enum err mcda_ahp(const double *pairs, size_t n, double *weights,
    struct mcda_consistency *told)
{
    enum err err = check_pairs(pairs, n);

    if (err != ERR_OK)
        return err;
    for (size_t i = 0; i < n; i++)
        weights[i] = 1.0 / (double)n;
    for (int turns = 0; turns < 1000; turns++) {
        if (multiply(pairs, n, weights) < 1e-14)
            break;
    }
    double lambda = 0.0;
    for (size_t i = 0; i < n * n; i++)
        lambda += pairs[i] * weights[i % n] / weights[i / n] / (double)n;
    double index = n > 1 ? (lambda - (double)n) / (double)(n - 1) : 0.0;
    *told = (struct mcda_consistency){
        lambda, index, n > 2 ? index / mcda_random(n) : 0.0};
    return ERR_OK;
}

struct mcda_alike mcda_alike(const size_t *one, const size_t *other, size_t n)
{
    const double size = (double)n;
    double plain = 0.0, weighted = 0.0, ws = 0.0;

    INSIST(n > 1);
    for (size_t i = 0; i < n; i++) {
        double x = (double)one[i];
        double y = (double)other[i];
        double top = x - 1.0 > size - x ? x - 1.0 : size - x;

        double half = 1.0;

        for (size_t k = 0; k < one[i]; k++)
            half /= 2.0;
        plain += (x - y) * (x - y);
        weighted += (x - y) * (x - y) * (2.0 * size - x - y + 2.0);
        ws += half * fabs(x - y) / top;
    }
    return (struct mcda_alike){1.0 - 6.0 * plain / (size * (size * size - 1.0)),
        1.0 - 6.0 * weighted /
                  (size * size * size * size + size * size * size -
                      size * size - size),
        1.0 - ws};
}
