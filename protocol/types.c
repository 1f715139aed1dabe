/* SPDX-License-Identifier: Apache-2.0
 *
 * types.c - reading and printing of the scalar types.
 */
#include "protocol/types.h"

#include <ctype.h>
#include <string.h>

/* Which operators of a list make sense. */
#define SAME    "= !="
#define HOLDS   "= != ~"
#define ORDERED "= != < <= > >="
#define ALL     "= != < <= > >= ~"

#define NO_RANGE 0, 0
#define MOST     (DECIMAL_LIMIT * DECIMAL_ONE)

static const struct {
    const char *word, *allowed, *operators;
    int64_t least, most; /* 1/10000; both 0: not a number */
} rows[TYPE_COUNT] = {
    [TYPE_WORD] = {"word", "1 to 64 characters without blank", ALL, NO_RANGE},
    [TYPE_LINE] = {"line", "one line of up to 1000 characters", ALL, NO_RANGE},
    [TYPE_TEXT] = {"text", "lines of text, up to 1 MiB", ALL, NO_RANGE},
    [TYPE_INT] = {"int", "a whole number", ORDERED, -MOST, MOST},
    [TYPE_NUM] = {"num", "a decimal number, up to 4 decimals", ORDERED, -MOST,
        MOST},
    [TYPE_MONEY] = {"money", "an amount >= 0, up to 4 decimals", ORDERED, 0,
        MOST},
    [TYPE_PERCENT] = {"percent", "0..100, up to 4 decimals", ORDERED, 0,
        100 * DECIMAL_ONE},
    [TYPE_LEVEL] = {"level", "0..10, up to 4 decimals", ORDERED, 0,
        10 * DECIMAL_ONE},
    [TYPE_SHARE] = {"share", "0..1, up to 4 decimals", ORDERED, 0, DECIMAL_ONE},
    [TYPE_BOOL] = {"bool", "yes or no", SAME, NO_RANGE},
    [TYPE_MEMBER] = {"member", "a member of the team", HOLDS, NO_RANGE},
    [TYPE_TIME] = {"time", "a time such as 2027-03-12T12:00:00Z", ORDERED,
        NO_RANGE},
    [TYPE_DATE] = {"date", "a day such as 2027-03-12", ORDERED, NO_RANGE},
    [TYPE_ENUM] = {"enum", "one of the words of the field", ORDERED, NO_RANGE},
    [TYPE_SET] = {"set", "words of the field, comma between them", HOLDS,
        NO_RANGE},
    [TYPE_REF] = {"ref", "an id or a code", SAME, NO_RANGE},
    [TYPE_REFSET] = {"set(ref)", "ids or codes, comma between them", HOLDS,
        NO_RANGE},
    [TYPE_MEMBERS] = {"set(member)", "members, comma between them", HOLDS,
        NO_RANGE},
    [TYPE_ESTIMATE] = {"estimate", "8, 6..9 or 6..8..9, up to 4 decimals",
        ORDERED, 0, MOST},
};

const char *type_word(enum type type)
{
    return rows[type].word;
}

const char *type_allowed(enum type type)
{
    return rows[type].allowed;
}

const char *type_operators(enum type type)
{
    return rows[type].operators;
}

bool operators_hold(const char *operators, const char *op)
{
    size_t len = strlen(op);

    for (const char *p = operators; *p;) {
        size_t item = strcspn(p, " ");

        if (item == len && memcmp(p, op, len) == 0)
            return true;
        p += item;
        p += *p == ' ';
    }
    return false;
}

bool type_compares(enum type type, const char *op)
{
    return operators_hold(rows[type].operators, op);
}

bool type_range(enum type type, int64_t *least, int64_t *most)
{
    if (rows[type].least == 0 && rows[type].most == 0)
        return false;
    *least = rows[type].least;
    *most = rows[type].most;
    return true;
}

/* Reads a decimal that ends at *end; the caller checks what stands there. */
static enum err read_decimal(const char *word, const char **end, int64_t *got)
{
    bool minus = *word == '-';
    int64_t value = 0;
    int places = 0;

    word += minus;
    if (!isdigit((unsigned char)*word))
        return ERR_ARG;
    for (; isdigit((unsigned char)*word); word++) {
        value = value * 10 + (*word - '0');
        if (value > DECIMAL_LIMIT)
            return ERR_ARG;
    }
    if (word[0] == '.' && isdigit((unsigned char)word[1])) {
        for (word++; isdigit((unsigned char)*word); word++) {
            if (++places > 4)
                return ERR_ARG;
            value = value * 10 + (*word - '0');
        }
    }
    for (; places < 4; places++)
        value *= 10;
    if (value > DECIMAL_LIMIT * DECIMAL_ONE)
        return ERR_ARG;
    *got = minus ? -value : value;
    *end = word;
    return ERR_OK;
}

enum err decimal_read(const char *word, int64_t *got)
{
    const char *end = word;
    int64_t value = 0;

    if (read_decimal(word, &end, &value) != ERR_OK || *end != '\0')
        return ERR_ARG;
    *got = value;
    return ERR_OK;
}

/* Prints value / 10^places with all places; the caller trims. */
static void print_scaled(struct text *to, int64_t value, int places)
{
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    char digits[32];
    char *at = digits + sizeof digits;

    /* Rows of figures are mostly this: printf costs several times as much. */
    for (int i = 0; i < places; i++, rest /= 10)
        *--at = (char)('0' + rest % 10);
    *--at = '.';
    do
        *--at = (char)('0' + rest % 10);
    while ((rest /= 10) > 0);
    if (value < 0)
        *--at = '-';
    text_add(to, at, (size_t)(digits + sizeof digits - at));
}

void decimal_print(struct text *to, int64_t value)
{
    print_scaled(to, value, 4);
    while (to->bytes[to->len - 1] == '0')
        to->len--;
    if (to->bytes[to->len - 1] == '.')
        to->len--;
    to->bytes[to->len] = '\0';
}

void micro_print(struct text *to, int64_t value)
{
    print_scaled(to, value, 6);
}

enum err estimate_read(const char *word, struct estimate *got)
{
    int64_t value[3] = {0};
    int n = 0;

    for (;;) {
        if (n == 3 || read_decimal(word, &word, &value[n]) != ERR_OK)
            return ERR_ARG;
        n++;
        if (*word == '\0')
            break;
        if (word[0] != '.' || word[1] != '.')
            return ERR_ARG;
        word += 2;
    }
    for (int i = 1; i < n; i++)
        if (value[i] < value[i - 1])
            return ERR_ARG;
    if (n == 1)
        *got = (struct estimate){value[0], value[0], value[0]};
    else if (n == 2)
        *got = (struct estimate){
            value[0], value[0] + (value[1] - value[0] + 1) / 2, value[1]};
    else
        *got = (struct estimate){value[0], value[1], value[2]};
    return ERR_OK;
}

void estimate_print(struct text *to, struct estimate value)
{
    decimal_print(to, value.low);
    if (value.low == value.high)
        return;
    text_puts(to, "..");
    if (value.likely != value.low + (value.high - value.low + 1) / 2) {
        decimal_print(to, value.likely);
        text_puts(to, "..");
    }
    decimal_print(to, value.high);
}

/* Days since 1970-01-01 of a day of the Gregorian calendar (the era method
 * of Howard Hinnant, "chrono-compatible low-level date algorithms"). */
static int64_t days_from_civil(int64_t y, int m, int d)
{
    y -= m <= 2;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t yoe = y - era * 400;
    int64_t doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

    return era * 146097 + doe - 719468;
}

static void civil_from_days(int64_t days, int64_t *y, int *m, int *d)
{
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t doe = days - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;

    *d = (int)(doy - (153 * mp + 2) / 5 + 1);
    *m = (int)(mp < 10 ? mp + 3 : mp - 9);
    *y = yoe + era * 400 + (*m <= 2);
}

/* Exactly n digits at *p, which moves behind them. */
static bool take_digits(const char **p, int n, int *got)
{
    int value = 0;

    for (int i = 0; i < n; i++, (*p)++) {
        if (!isdigit((unsigned char)**p))
            return false;
        value = value * 10 + (**p - '0');
    }
    *got = value;
    return true;
}

static bool take_char(const char **p, char c)
{
    if (**p != c)
        return false;
    (*p)++;
    return true;
}

static bool take_day(const char **p, int64_t *days)
{
    int y, m, d, m2, d2;
    int64_t y2;

    if (!take_digits(p, 4, &y) || !take_char(p, '-') ||
        !take_digits(p, 2, &m) || !take_char(p, '-') ||
        !take_digits(p, 2, &d) || m < 1 || m > 12)
        return false;
    *days = days_from_civil(y, m, d);
    civil_from_days(*days, &y2, &m2, &d2);
    return y2 == y && m2 == m && d2 == d;
}

/* Z or +hh:mm or -hh:mm, as milliseconds to take off. */
static bool take_offset(const char **p, int64_t *ms)
{
    int h, m;
    char sign = **p;

    *ms = 0;
    if (take_char(p, 'Z') || take_char(p, 'z'))
        return true;
    if (sign != '+' && sign != '-')
        return false;
    (*p)++;
    if (!take_digits(p, 2, &h) || !take_char(p, ':') ||
        !take_digits(p, 2, &m) || h > 23 || m > 59)
        return false;
    *ms = (h * 60 + m) * INT64_C(60000) * (sign == '-' ? -1 : 1);
    return true;
}

enum err time_read(const char *word, int64_t *ms)
{
    int64_t days, offset;
    int h, m, s, milli = 0;

    if (!take_day(&word, &days))
        return ERR_ARG;
    if (!take_char(&word, 'T') && !take_char(&word, 't'))
        return ERR_ARG;
    if (!take_digits(&word, 2, &h) || !take_char(&word, ':') ||
        !take_digits(&word, 2, &m) || !take_char(&word, ':') ||
        !take_digits(&word, 2, &s) || h > 23 || m > 59 || s > 59)
        return ERR_ARG;
    if (take_char(&word, '.')) {
        int unit = 100;

        if (!isdigit((unsigned char)*word))
            return ERR_ARG;
        for (; isdigit((unsigned char)*word); word++, unit /= 10)
            milli += (*word - '0') * unit;
    }
    if (!take_offset(&word, &offset) || *word != '\0')
        return ERR_ARG;
    *ms = (((days * 24 + h) * 60 + m) * 60 + s) * 1000 + milli - offset;
    return ERR_OK;
}

void time_print(struct text *to, int64_t ms, bool always_ms)
{
    int64_t days = ms >= 0 ? ms / 86400000 : (ms - 86399999) / 86400000;
    int rest = (int)(ms - days * 86400000);
    int64_t y;
    int m, d;

    civil_from_days(days, &y, &m, &d);
    text_printf(to, "%04lld-%02d-%02dT%02d:%02d:%02d", (long long)y, m, d,
        rest / 3600000, rest / 60000 % 60, rest / 1000 % 60);
    if (always_ms || rest % 1000)
        text_printf(to, ".%03d", rest % 1000);
    text_putc(to, 'Z');
}

bool date_is_valid(const char *word)
{
    int64_t days;

    return take_day(&word, &days) && *word == '\0';
}

bool code_is_valid(const char *word)
{
    size_t letters = strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    size_t len = strlen(word);

    if (len < 1 || len > 64 || strchr("#@<", word[0]) != NULL ||
        strpbrk(word, " \t,$\"=!<>~") != NULL)
        return false;
    if (letters >= 1 && letters <= 2 && word[letters] == '-') {
        const char *digits = word + letters + 1;
        size_t n = strspn(digits, "0123456789");

        return n == 0 || digits[n] != '\0';
    }
    return true;
}
