/* SPDX-License-Identifier: Apache-2.0
 *
 * likeness.c - how far two things are from each other.  Whole numbers, rounded
 * half up.
 */
#include "value/people/likeness.h"

#include "protocol/base_mem.h"
#include "value/fraction.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define CODE_DIGITS 8

static int64_t divide(int64_t a, int64_t b)
{
    return (2 * a + b) / (2 * b);
}

int64_t likeness_level(int64_t a, int64_t b)
{
    return llabs(a - b) * (MICRO_ONE / DECIMAL_ONE) / 10;
}

int64_t likeness_number(int64_t a, int64_t b)
{
    int64_t most = a > b ? a : b;
    int64_t least = a > b ? b : a;

    INSIST(least >= 0);
    if (most == 0)
        return 0;
    /* Both lose digits alike, so that a millionth of them still fits. */
    while (most > INT64_MAX / (4 * MICRO_ONE)) {
        most /= 2;
        least /= 2;
    }
    return MICRO_ONE - divide(least * MICRO_ONE, most);
}

static bool holds(const char *list, const char *word, size_t len)
{
    for (const char *at = list; *at; at += strcspn(at, ","), at += *at == ',')
        if (strcspn(at, ",") == len && strncmp(at, word, len) == 0)
            return true;
    return false;
}

int64_t likeness_words(const char *a, const char *b)
{
    int64_t all = 0, both = 0;

    for (const char *at = a; *at; at += strcspn(at, ","), at += *at == ',') {
        all++;
        both += holds(b, at, strcspn(at, ","));
    }
    for (const char *at = b; *at; at += strcspn(at, ","), at += *at == ',')
        all += !holds(a, at, strcspn(at, ","));
    return all ? MICRO_ONE - divide(both * MICRO_ONE, all) : 0;
}

int64_t likeness_code(const char *a, const char *b)
{
    int same = 0;

    while (same < CODE_DIGITS && a[same] == b[same] &&
           isdigit((unsigned char)a[same]))
        same++;
    return MICRO_ONE - MICRO_ONE * same / CODE_DIGITS;
}

int64_t likeness_weights(const int64_t *a, const int64_t *b, size_t n)
{
    int64_t of_a = 0, of_b = 0;
    double sum = 0;

    for (size_t i = 0; i < n; i++) {
        of_a += a[i];
        of_b += b[i];
    }
    INSIST(of_a > 0 && of_b > 0);
    for (size_t i = 0; i < n; i++) {
        double apart =
            (double)a[i] / (double)of_a - (double)b[i] / (double)of_b;

        sum += apart < 0 ? -apart : apart;
    }
    return (int64_t)(sum / 2 * (double)MICRO_ONE + 0.5);
}

int64_t likeness_mean(const int64_t *sides, size_t n, size_t *known)
{
    int64_t sum = 0;

    *known = 0;
    for (size_t i = 0; i < n; i++) {
        if (sides[i] == MODEL_ABSENT)
            continue;
        sum += sides[i];
        ++*known;
    }
    return *known ? divide(sum, (int64_t)*known) : MODEL_ABSENT;
}
