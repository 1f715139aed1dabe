/* SPDX-License-Identifier: Apache-2.0
 *
 * number.c - rounding and grouping.
 */
#include "protocol/number.h"

#include <ctype.h>
#include <stdio.h>

#define MICRO INT64_C(1000000)
/* Shorter numbers are read at a glance and are not grouped; amounts, which
 * stand beside each other, are. */
#define GROUP_FROM  5
#define AMOUNT_FROM 4

bool number_read(const char *word, int64_t *micro)
{
    bool negative = *word == '-';
    int64_t value = 0;
    const char *p = word + negative;
    int digits = 0;

    for (; isdigit((unsigned char)*p); p++) {
        value = value * 10 + (*p - '0');
        if (++digits > 12)
            return false;
    }
    if (digits == 0)
        return false;
    digits = 0;
    if (*p == '.')
        for (p++; isdigit((unsigned char)*p) && digits < 6; p++, digits++)
            value = value * 10 + (*p - '0');
    if (*p || p[-1] == '.')
        return false;
    for (; digits < 6; digits++)
        value *= 10;
    *micro = negative ? -value : value;
    return true;
}

/* Millionths of the last of so many decimals, 0..6. */
static int64_t step_of(int digits)
{
    int64_t step = 1;

    for (int i = digits; i < 6; i++)
        step *= 10;
    return step;
}

/* Half away from zero. */
static int64_t round_to(int64_t micro, int digits)
{
    int64_t step = step_of(digits);
    int64_t half = micro < 0 ? -step / 2 : step / 2;
    return (micro + half) / step * step;
}

static void put_whole(
    struct text *to, int64_t whole, int from, enum language language)
{
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%lld", (long long)whole);

    for (int i = 0; i < len; i++) {
        if (i && len >= from && (len - i) % 3 == 0)
            text_puts(to, language == LANGUAGE_FRENCH ? "\u00a0" : ",");
        text_putc(to, digits[i]);
    }
}

static void put(struct text *to, int64_t micro, int digits, int from,
    enum language language)
{
    char decimals[8];
    int64_t rounded = round_to(micro, digits);
    int64_t size = rounded < 0 ? -rounded : rounded;

    if (rounded < 0)
        text_putc(to, '-');
    put_whole(to, size / MICRO, from, language);
    if (digits == 0)
        return;
    (void)snprintf(
        decimals, sizeof decimals, "%06lld", (long long)(size % MICRO));
    text_putc(to, language == LANGUAGE_FRENCH ? ',' : '.');
    text_add(to, decimals, (size_t)digits);
}

void number_put(
    struct text *to, int64_t micro, int digits, enum language language)
{
    put(to, micro, digits, GROUP_FROM, language);
}

void number_amount(
    struct text *to, int64_t micro, int digits, enum language language)
{
    put(to, micro, digits, AMOUNT_FROM, language);
}

void number_signed(
    struct text *to, int64_t micro, int digits, enum language language)
{
    if (round_to(micro, digits) > 0)
        text_putc(to, '+');
    number_put(to, micro, digits, language);
}

void number_towards(
    struct text *to, int64_t micro, int digits, bool up, enum language language)
{
    int64_t step = step_of(digits);
    int64_t rest = micro % step;

    if (rest < 0)
        rest += step;
    number_put(to, micro - rest + (up && rest ? step : 0), digits, language);
}

void number_percent(struct text *to, int64_t micro, enum language language)
{
    number_put(to, micro * 100, 1, language);
    text_puts(to, language == LANGUAGE_FRENCH ? "\u00a0%" : "%");
}
