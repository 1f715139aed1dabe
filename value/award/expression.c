/* SPDX-License-Identifier: Apache-2.0
 *
 * expression.c - reads an expression and computes it in the same pass.
 *
 * Reading goes on after a fault of values (a division by 0), so that a fault
 * of syntax behind it is found too; it stops at a fault of syntax.
 */
#include "value/award/expression.h"

#include <string.h>

#include "value/root.h"

struct reader {
    const char *text, *at;
    mpq_t *variables;
    int depth, steps;
    bool checking; /* faults of values do not count */
    struct expression_told told;
};

static bool is_syntax(enum expression_fault fault)
{
    return fault == EXPRESSION_SYNTAX || fault == EXPRESSION_UNKNOWN ||
           fault == EXPRESSION_TOO_DEEP || fault == EXPRESSION_TOO_LONG;
}

static bool is_over(const struct reader *r)
{
    return is_syntax(r->told.fault);
}

/* The first fault stays, but for one of syntax after one of values. */
static void fail(struct reader *r, enum expression_fault fault, const char *at)
{
    if (!is_syntax(fault) && r->checking)
        return;
    if (r->told.fault != EXPRESSION_FINE && !is_syntax(fault))
        return;
    if (is_over(r))
        return;
    r->told.fault = fault;
    r->told.column = (size_t)(at - r->text) + 1;
}

static char next(struct reader *r)
{
    while (*r->at == ' ')
        r->at++;
    return *r->at;
}

static bool accept(struct reader *r, char sign)
{
    if (is_over(r) || next(r) != sign)
        return false;
    r->at++;
    return true;
}

static void expect(struct reader *r, char sign)
{
    if (!accept(r, sign))
        fail(r, EXPRESSION_SYNTAX, r->at);
}

static void count_step(struct reader *r)
{
    if (++r->steps > EXPRESSION_STEPS)
        fail(r, EXPRESSION_TOO_LONG, r->at);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

/* Digits, perhaps a point and more digits; none is a fault. */
static void read_number(struct reader *r, mpq_t value)
{
    size_t decimals = 0;
    bool point = false;

    mpz_set_ui(mpq_numref(value), 0);
    mpz_set_ui(mpq_denref(value), 1);
    for (; is_digit(*r->at) || (*r->at == '.' && !point); r->at++) {
        count_step(r);
        if (*r->at == '.') {
            point = true;
            continue;
        }
        mpz_mul_ui(mpq_numref(value), mpq_numref(value), 10);
        mpz_add_ui(mpq_numref(value), mpq_numref(value),
            (unsigned long)(*r->at - '0'));
        decimals += point;
    }
    if (point && decimals == 0)
        fail(r, EXPRESSION_SYNTAX, r->at);
    mpz_ui_pow_ui(mpq_denref(value), 10, decimals);
    mpq_canonicalize(value);
}

static void read_sum(struct reader *r, mpq_t value);

static void take_log(struct reader *r, mpq_t value, const char *at)
{
    r->told.exact = false;
    if (mpq_sgn(value) > 0)
        fraction_log(value);
    else
        fail(r, EXPRESSION_BAD_LOG, at);
}

static void take_root(struct reader *r, mpq_t value, const char *at)
{
    r->told.exact = false;
    if (mpq_sgn(value) >= 0)
        fraction_sqrt(value);
    else
        fail(r, EXPRESSION_BAD_ROOT, at);
}

/* The largest (sign 1) or the smallest (sign -1) of a list. */
static void read_choice(struct reader *r, mpq_t value, int sign)
{
    mpq_t other;

    mpq_init(other);
    while (accept(r, ',')) {
        count_step(r);
        read_sum(r, other);
        if (mpq_cmp(other, value) * sign > 0)
            mpq_set(value, other);
    }
    mpq_clear(other);
}

static void read_call(
    struct reader *r, mpq_t value, const char *name, size_t length)
{
    static const char *const functions[] = {"min", "max", "log", "sqrt"};
    enum { MIN, MAX, LOG, SQRT, NONE };
    int which = 0;

    while (which < NONE && (strlen(functions[which]) != length ||
                               memcmp(functions[which], name, length) != 0))
        which++;
    if (which == NONE) {
        fail(r, EXPRESSION_UNKNOWN, name);
        return;
    }
    expect(r, '(');
    read_sum(r, value);
    if (which == MIN || which == MAX)
        read_choice(r, value, which == MAX ? 1 : -1);
    expect(r, ')');
    if (which == LOG)
        take_log(r, value, name);
    if (which == SQRT)
        take_root(r, value, name);
}

static void read_name(struct reader *r, mpq_t value)
{
    static const char *const words[] = {
#define VARIABLE(id, word, english) word,
        EXPRESSION_VARIABLES
#undef VARIABLE
    };
    const char *name = r->at;

    while (is_letter(*r->at))
        r->at++;
    size_t length = (size_t)(r->at - name);
    for (int i = 0; i < EXPRESSION_VARIABLES_N; i++) {
        if (strlen(words[i]) == length && memcmp(words[i], name, length) == 0) {
            if (r->variables)
                mpq_set(value, r->variables[i]);
            return;
        }
    }
    read_call(r, value, name, length);
}

static void read_factor(struct reader *r, mpq_t value)
{
    char c = next(r);

    count_step(r);
    if (r->depth == EXPRESSION_DEPTH)
        fail(r, EXPRESSION_TOO_DEEP, r->at);
    if (is_over(r))
        return;
    r->depth++;
    if (accept(r, '-')) {
        read_factor(r, value);
        mpq_neg(value, value);
    } else if (accept(r, '(')) {
        read_sum(r, value);
        expect(r, ')');
    } else if (is_digit(c)) {
        read_number(r, value);
    } else if (is_letter(c)) {
        read_name(r, value);
    } else {
        fail(r, EXPRESSION_SYNTAX, r->at);
    }
    r->depth--;
}

static void read_product(struct reader *r, mpq_t value)
{
    mpq_t other;

    mpq_init(other);
    read_factor(r, value);
    for (;;) {
        (void)next(r);
        const char *at = r->at;
        bool times = accept(r, '*');
        if (!times && !accept(r, '/'))
            break;
        read_factor(r, other);
        if (times)
            mpq_mul(value, value, other);
        else if (mpq_sgn(other) != 0)
            mpq_div(value, value, other);
        else
            fail(r, EXPRESSION_BY_ZERO, at);
    }
    mpq_clear(other);
}

static void read_sum(struct reader *r, mpq_t value)
{
    mpq_t other;

    mpq_init(other);
    read_product(r, value);
    for (;;) {
        bool plus = accept(r, '+');
        if (!plus && !accept(r, '-'))
            break;
        read_product(r, other);
        if (plus)
            mpq_add(value, value, other);
        else
            mpq_sub(value, value, other);
    }
    mpq_clear(other);
}

static struct expression_told read_all(struct reader *r, mpq_t value)
{
    r->at = r->text;
    r->told = (struct expression_told){EXPRESSION_FINE, 0, true};
    read_sum(r, value);
    if (!is_over(r) && next(r) != '\0')
        fail(r, EXPRESSION_SYNTAX, r->at);
    return r->told;
}

struct expression_told expression_value(
    const char *text, mpq_t *variables, mpq_t value)
{
    struct reader r = {.text = text, .variables = variables};
    mpq_t made;

    mpq_init(made);
    struct expression_told told = read_all(&r, made);
    if (told.fault == EXPRESSION_FINE)
        mpq_set(value, made);
    mpq_clear(made);
    return told;
}

struct expression_told expression_check(const char *text)
{
    struct reader r = {.text = text, .checking = true};
    mpq_t made;

    mpq_init(made);
    struct expression_told told = read_all(&r, made);
    mpq_clear(made);
    return told;
}
