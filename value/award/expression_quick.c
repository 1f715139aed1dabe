/* SPDX-License-Identifier: Apache-2.0
 *
 * expression_quick.c - reads an expression that is fine into steps, and runs
 * them.
 *
 * Checking is done elsewhere; what can not be read here ends the program.
 */
#include "value/award/expression_quick.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "protocol/base_mem.h"
#include "value/quick.h"

struct reader {
    const char *at;
    struct expression_program *program;
};

static void put(struct reader *r, int what, double number)
{
    INSIST(
        r->program->n < sizeof r->program->steps / sizeof *r->program->steps);
    r->program->steps[r->program->n++] = (struct expression_step){what, number};
}

static char next(struct reader *r)
{
    while (*r->at == ' ')
        r->at++;
    return *r->at;
}

static bool accept(struct reader *r, char sign)
{
    if (next(r) != sign)
        return false;
    r->at++;
    return true;
}

static void read_sum(struct reader *r);

/* No locale changes the mark of decimals: digits are read one by one. */
static void read_number(struct reader *r)
{
    double value = 0.0;
    double scale = 1.0;
    bool point = false;

    for (; (*r->at >= '0' && *r->at <= '9') || (*r->at == '.' && !point);
         r->at++) {
        if (*r->at == '.') {
            point = true;
            continue;
        }
        value = value * 10.0 + (*r->at - '0');
        scale *= point ? 10.0 : 1.0;
    }
    put(r, STEP_NUMBER, value / scale);
}

static void read_call(struct reader *r, const char *name, size_t length)
{
    static const struct {
        const char *word;
        int step;
    } functions[] = {{"min", STEP_MIN}, {"max", STEP_MAX}, {"log", STEP_LOG},
        {"sqrt", STEP_SQRT}};
    size_t i = 0;

    while (strlen(functions[i].word) != length ||
           memcmp(functions[i].word, name, length) != 0)
        INSIST(++i < sizeof functions / sizeof *functions);
    INSIST(accept(r, '('));
    read_sum(r);
    while (accept(r, ',')) {
        read_sum(r);
        put(r, functions[i].step, 0.0);
    }
    INSIST(accept(r, ')'));
    if (functions[i].step == STEP_LOG || functions[i].step == STEP_SQRT)
        put(r, functions[i].step, 0.0);
}

static void read_name(struct reader *r)
{
    static const char *const words[] = {
#define VARIABLE(id, word, english) word,
        EXPRESSION_VARIABLES
#undef VARIABLE
    };
    const char *name = r->at;

    while (*r->at >= 'a' && *r->at <= 'z')
        r->at++;
    size_t length = (size_t)(r->at - name);
    for (int i = 0; i < EXPRESSION_VARIABLES_N; i++) {
        if (strlen(words[i]) == length && memcmp(words[i], name, length) == 0) {
            put(r, STEP_VARIABLE, i);
            return;
        }
    }
    read_call(r, name, length);
}

static void read_factor(struct reader *r)
{
    char c = next(r);

    if (accept(r, '-')) {
        read_factor(r);
        put(r, STEP_NEGATE, 0.0);
    } else if (accept(r, '(')) {
        read_sum(r);
        INSIST(accept(r, ')'));
    } else if (c >= '0' && c <= '9') {
        read_number(r);
    } else {
        read_name(r);
    }
}

static void read_product(struct reader *r)
{
    read_factor(r);
    for (;;) {
        bool times = accept(r, '*');
        if (!times && !accept(r, '/'))
            break;
        read_factor(r);
        put(r, times ? STEP_MULTIPLY : STEP_DIVIDE, 0.0);
    }
}

static void read_sum(struct reader *r)
{
    read_product(r);
    for (;;) {
        bool plus = accept(r, '+');
        if (!plus && !accept(r, '-'))
            break;
        read_product(r);
        put(r, plus ? STEP_ADD : STEP_SUBTRACT, 0.0);
    }
}

void expression_compile(const char *text, struct expression_program *program)
{
    struct reader r = {text, program};

    program->n = 0;
    read_sum(&r);
    INSIST(next(&r) == '\0');
}

/* A fault makes a number that is none, which no later step mends. */
static double take(int what, double one, double other)
{
    if (isnan(one) || isnan(other))
        return NAN;
    switch (what) {
    case STEP_ADD:
        return one + other;
    case STEP_SUBTRACT:
        return one - other;
    case STEP_MULTIPLY:
        return one * other;
    case STEP_DIVIDE:
        return other != 0.0 ? one / other : NAN;
    case STEP_MIN:
        return one < other ? one : other;
    default:
        return one > other ? one : other;
    }
}

static double take_one(int what, double value)
{
    switch (what) {
    case STEP_NEGATE:
        return -value;
    case STEP_LOG:
        return value > 0.0 ? quick_log(value) : NAN;
    default:
        return value >= 0.0 ? sqrt(value) : NAN;
    }
}

double expression_run(
    const struct expression_program *program, const double *variables)
{
    double stack[EXPRESSION_STEPS + 1] = {0};
    size_t n = 0;

    for (size_t i = 0; i < program->n; i++) {
        const struct expression_step *step = &program->steps[i];
        if (step->what == STEP_NUMBER || step->what == STEP_VARIABLE) {
            INSIST(n < sizeof stack / sizeof *stack);
            stack[n++] = step->what == STEP_NUMBER
                             ? step->number
                             : variables[(size_t)step->number];
        } else if (step->what == STEP_NEGATE || step->what == STEP_LOG ||
                   step->what == STEP_SQRT) {
            stack[n - 1] = take_one(step->what, stack[n - 1]);
        } else {
            n--;
            stack[n - 1] = take(step->what, stack[n - 1], stack[n]);
        }
    }
    return n == 1 && isfinite(stack[0]) ? stack[0] : 0.0;
}
