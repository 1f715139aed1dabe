/* SPDX-License-Identifier: Apache-2.0
 *
 * power.c - salience, influence, the colour of a map.
 *
 * Influence is a limit, and the only figure here in floating point: the same
 * operations in the same order, so the same on every machine.
 */
#include "value/people/power.h"

#include "protocol/base_mem.h"
#include "value/formula.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* 2 to the power of so many rounds of listening. */
#define SQUARINGS 60

unsigned power_salience(int64_t power, int64_t legitimacy, int64_t urgency)
{
    const int64_t middle = 5 * (int64_t)DECIMAL_ONE;
    unsigned salience = 0;

    if (power > middle)
        salience |= SALIENCE_POWER;
    if (legitimacy > middle)
        salience |= SALIENCE_LEGITIMACY;
    if (urgency > middle)
        salience |= SALIENCE_URGENCY;
    return salience;
}

const char *power_class(unsigned salience)
{
    static const char *const words[] = {"none", "dormant", "discretionary",
        "dominant", "demanding", "dangerous", "dependent", "definitive"};

    INSIST(salience < sizeof words / sizeof *words);
    return words[salience];
}

unsigned power_attributes(unsigned salience)
{
    return (salience & 1) + (salience >> 1 & 1) + (salience >> 2 & 1);
}

/* Rows that sum to 1, of which half is kept, so that opinions settle. */
static void fill_row(const int64_t *listens, size_t n, size_t i, double *row)
{
    int64_t sum = 0;

    for (size_t j = 0; j < n; j++)
        sum += j == i ? 0 : listens[i * n + j];
    int64_t whole = sum + listens[i * n + i];
    if (whole < DECIMAL_ONE)
        whole = DECIMAL_ONE;
    for (size_t j = 0; j < n; j++)
        row[j] = j == i ? 0.5 + 0.5 * (double)(whole - sum) / (double)whole
                        : 0.5 * (double)listens[i * n + j] / (double)whole;
}

/* to = from x from, its rows brought back to sum 1. */
static void square(const double *from, size_t n, double *to)
{
    for (size_t i = 0; i < n; i++) {
        double *row = &to[i * n];
        double sum = 0;

        memset(row, 0, n * sizeof *row);
        for (size_t k = 0; k < n; k++)
            for (size_t j = 0; j < n; j++)
                row[j] += from[i * n + k] * from[k * n + j];
        for (size_t j = 0; j < n; j++)
            sum += row[j];
        for (size_t j = 0; j < n; j++)
            row[j] /= sum;
    }
}

void power_influence(
    const int64_t *listens, size_t n, const int64_t *votes, int64_t *weights)
{
    INSIST(n > 0 && n <= POWER_PEOPLE);
    double *now = mem_new(n * n * sizeof *now);
    double *next = mem_new(n * n * sizeof *next);
    double all = 0;

    for (size_t i = 0; i < n; i++) {
        fill_row(listens, n, i, &now[i * n]);
        all += (double)votes[i];
    }
    INSIST(all > 0);
    for (int round = 0; round < SQUARINGS; round++) {
        double *spare = now;

        square(now, n, next);
        now = next;
        next = spare;
    }
    for (size_t j = 0; j < n; j++) {
        double weight = 0;

        for (size_t i = 0; i < n; i++)
            weight += (double)votes[i] / all * now[i * n + j];
        weights[j] = (int64_t)floor(weight * 1e6 + 0.5);
    }
    free(now);
    free(next);
}

int64_t power_wait(unsigned attributes, int64_t days)
{
    INSIST(days >= 0);
    return (int64_t)attributes * days;
}

enum power_status power_status_of(const bool *covered, bool troubled)
{
    for (int role = 0; role < POWER_ROLES; role++)
        if (!covered[role])
            return POWER_RED;
    return troubled ? POWER_AMBER : POWER_GREEN;
}
