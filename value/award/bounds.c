/* SPDX-License-Identifier: Apache-2.0
 *
 * bounds.c - interval arithmetic with slopes, rounded outwards.
 *
 * Whether an operation was exact is found out by what is left of it, so that
 * figures which stand still, or cancel, do so here too.
 */
#include "value/award/bounds.h"

#include <float.h>
#include <math.h>

#include "protocol/base_mem.h"
#include "value/quick.h"

/* The next number towards below (way -1) or above (way 1). */
static double step(double x, int way)
{
    return nextafter(x, way < 0 ? -INFINITY : INFINITY);
}

/* A result beyond all numbers, seen from one side: the largest number, or
 * nothing is known. */
static double beyond(double x, int way)
{
    if (isnan(x))
        return way < 0 ? -INFINITY : INFINITY;
    if (way < 0)
        return x > 0.0 ? DBL_MAX : -INFINITY;
    return x < 0.0 ? -DBL_MAX : INFINITY;
}

static double add(double one, double other, int way)
{
    double sum = one + other;

    if (!isfinite(sum))
        return beyond(sum, way);
    double part = sum - one;
    double left = (one - (sum - part)) + (other - part);
    return left * way > 0.0 ? step(sum, way) : sum;
}

static double multiply(double one, double other, int way)
{
    if (one == 0.0 || other == 0.0)
        return 0.0;
    double product = one * other;
    if (!isfinite(product))
        return beyond(product, way);
    if (fabs(product) < 0x1p-900)
        return step(product, way);
    double left = fma(one, other, -product);
    return left * way > 0.0 ? step(product, way) : product;
}

static double divide(double one, double other, int way)
{
    if (one == 0.0)
        return 0.0;
    if (isinf(other))
        return isinf(one) ? beyond(NAN, way)
                          : (way > 0 ? DBL_TRUE_MIN : -DBL_TRUE_MIN);
    double ratio = one / other;
    if (!isfinite(ratio))
        return beyond(ratio, way);
    if (fabs(ratio) < 0x1p-900 || fabs(one) < 0x1p-900)
        return step(ratio, way);
    double left = fma(ratio, other, -one);
    bool is_over = (left > 0.0) == (other > 0.0);
    if (left == 0.0 || is_over == (way > 0))
        return ratio;
    return step(ratio, way);
}

static double lesser(double one, double other)
{
    return one < other ? one : other;
}

static double greater(double one, double other)
{
    return one > other ? one : other;
}

/* A pair of ends, as values and slopes have them. */
struct ends {
    double low, high;
};

static struct ends add_ends(struct ends one, struct ends other)
{
    return (struct ends){
        add(one.low, other.low, -1), add(one.high, other.high, 1)};
}

typedef double towards_fn(double one, double other, int way);

/* The least and the most of what two pairs can make. */
static inline struct ends combine(
    struct ends one, struct ends other, towards_fn *make)
{
    return (struct ends){lesser(lesser(make(one.low, other.low, -1),
                                    make(one.low, other.high, -1)),
                             lesser(make(one.high, other.low, -1),
                                 make(one.high, other.high, -1))),
        greater(
            greater(make(one.low, other.low, 1), make(one.low, other.high, 1)),
            greater(
                make(one.high, other.low, 1), make(one.high, other.high, 1)))};
}

static struct ends multiply_ends(struct ends one, struct ends other)
{
    return combine(one, other, multiply);
}

/* The divisor does not hold 0. */
static struct ends divide_ends(struct ends one, struct ends other)
{
    return combine(one, other, divide);
}

static struct ends values_of(const struct bounds *b)
{
    return (struct ends){b->low, b->high};
}

static struct ends slopes_of(const struct bounds *b)
{
    return (struct ends){b->fall, b->rise};
}

/* What may fail in one of two may fail in what is made of them. */
static struct bounds make(struct ends value, struct ends slope,
    const struct bounds *one, const struct bounds *other)
{
    return (struct bounds){value.low, value.high, slope.low, slope.high,
        one->may_fail || other->may_fail, one->fails || other->fails};
}

/* Nothing is known but that it may have no value. */
static struct bounds unknown(const struct bounds *one)
{
    return (struct bounds){
        -INFINITY, INFINITY, -INFINITY, INFINITY, true, one->fails};
}

struct bounds bounds_at(mpq_srcptr value)
{
    double near = mpq_get_d(value);
    struct bounds made = {.low = near, .high = near};
    mpq_t same;

    mpq_init(same);
    mpq_set_d(same, near);
    if (!mpq_equal(same, value)) {
        made.low = step(near, -1);
        made.high = step(near, 1);
    }
    mpq_clear(same);
    return made;
}

struct bounds bounds_span(mpq_srcptr low, mpq_srcptr high)
{
    return (struct bounds){.low = bounds_at(low).low,
        .high = bounds_at(high).high,
        .fall = 1.0,
        .rise = 1.0};
}

struct bounds bounds_add(struct bounds one, struct bounds other)
{
    return make(add_ends(values_of(&one), values_of(&other)),
        add_ends(slopes_of(&one), slopes_of(&other)), &one, &other);
}

struct bounds bounds_negate(struct bounds one)
{
    return (struct bounds){
        -one.high, -one.low, -one.rise, -one.fall, one.may_fail, one.fails};
}

struct bounds bounds_multiply(struct bounds one, struct bounds other)
{
    struct ends slope =
        add_ends(multiply_ends(slopes_of(&one), values_of(&other)),
            multiply_ends(slopes_of(&other), values_of(&one)));

    return make(
        multiply_ends(values_of(&one), values_of(&other)), slope, &one, &other);
}

static struct bounds divide_bounds(struct bounds one, struct bounds other)
{
    if (other.low == 0.0 && other.high == 0.0)
        one.fails = true;
    if (one.fails || (other.low <= 0.0 && other.high >= 0.0))
        return unknown(&one);
    struct ends value = divide_ends(values_of(&one), values_of(&other));
    /* (f / g)' = (f' - (f / g) g') / g */
    struct ends part = multiply_ends(value, slopes_of(&other));
    struct ends slope = divide_ends(
        add_ends(slopes_of(&one), (struct ends){-part.high, -part.low}),
        values_of(&other));
    return make(value, slope, &one, &other);
}

struct bounds bounds_choose(struct bounds one, struct bounds other, int sign)
{
    bool is_one = sign > 0 ? one.low >= other.high : one.high <= other.low;
    bool is_other = sign > 0 ? other.low >= one.high : other.high <= one.low;
    double (*const best)(double, double) = sign > 0 ? greater : lesser;

    if (is_one)
        return make(values_of(&one), slopes_of(&one), &one, &other);
    if (is_other)
        return make(values_of(&other), slopes_of(&other), &one, &other);
    return make(
        (struct ends){best(one.low, other.low), best(one.high, other.high)},
        (struct ends){
            lesser(one.fall, other.fall), greater(one.rise, other.rise)},
        &one, &other);
}

/* What rounding can make of a number that is not known to its last digit. */
static double round_towards(double x, int digits, int way)
{
    static const double scales[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
    double scale = scales[digits];

    if (!isfinite(x) || fabs(x) > 1e15)
        return add(x, way, way);
    double whole = floor(add(multiply(x, scale, way), 0.5, way));
    double near = whole / scale;
    /* Thousandths and their like are no binary numbers. */
    return near * scale == whole && digits == 0 ? near : step(near, way);
}

struct bounds bounds_round(struct bounds one, int digits)
{
    struct bounds made = one;
    double low = round_towards(one.low, digits, -1);
    double high = round_towards(one.high, digits, 1);

    made.low = low;
    made.high = high;
    /* All alike: nothing but the last binary digit is between the two. */
    bool alike = step(step(low, 1), 1) >= high;
    made.fall = alike || one.fall >= 0.0 ? 0.0 : -INFINITY;
    made.rise = alike || one.rise <= 0.0 ? 0.0 : INFINITY;
    return made;
}

/* Logarithms are those of quick.h, which are true to their last digits but
 * one; whoever compares with exact figures has eighteen decimals of them. */
static double log_towards(double x, int way)
{
    if (isinf(x))
        return x;
    double near = quick_log(x);
    return near + way * (fabs(near) * 1e-14 + 1e-15);
}

static struct bounds take_log(struct bounds one)
{
    static const struct ends unit = {1.0, 1.0};

    if (one.high <= 0.0)
        one.fails = true;
    /* Below all normal numbers nothing is told of a logarithm. */
    if (one.fails || one.low < 0x1p-1000)
        return unknown(&one);
    struct ends slope =
        multiply_ends(slopes_of(&one), divide_ends(unit, values_of(&one)));
    return make(
        (struct ends){log_towards(one.low, -1), log_towards(one.high, 1)},
        slope, &one, &one);
}

static double root_towards(double x, int way)
{
    double root = sqrt(x);

    if (isinf(x) || (root * root == x && floor(root) == root))
        return root;
    return step(root, way) + way * 1e-18;
}

static struct bounds take_root(struct bounds one)
{
    if (one.high < 0.0)
        one.fails = true;
    if (one.fails || one.low < 0.0)
        return unknown(&one);
    struct ends value = {root_towards(one.low, -1), root_towards(one.high, 1)};
    value.low = greater(value.low, 0.0);
    struct ends slope = slopes_of(&one);
    struct ends twice = {2.0 * value.low, 2.0 * value.high};
    if (slope.low == 0.0 && slope.high == 0.0)
        return make(value, slope, &one, &one);
    if (twice.low > 0.0)
        return make(value, divide_ends(slope, twice), &one, &one);
    slope.low = slope.low < 0.0 ? -INFINITY : 0.0;
    slope.high = slope.high > 0.0 ? INFINITY : 0.0;
    return make(value, slope, &one, &one);
}

/* A number as it was typed: whole ones are as they are, others are off by
 * what reading digit by digit left. */
static struct bounds number_of(double number)
{
    double off =
        floor(number) == number && number < 0x1p53 ? 0.0 : fabs(number) * 1e-13;

    return (struct bounds){.low = number - off, .high = number + off};
}

static struct bounds take(int what, struct bounds one, struct bounds other)
{
    switch (what) {
    case STEP_ADD:
        return bounds_add(one, other);
    case STEP_SUBTRACT:
        return bounds_add(one, bounds_negate(other));
    case STEP_MULTIPLY:
        return bounds_multiply(one, other);
    case STEP_DIVIDE:
        return divide_bounds(one, other);
    case STEP_MIN:
        return bounds_choose(one, other, -1);
    default:
        return bounds_choose(one, other, 1);
    }
}

/* Where there is no value the figure is 0. */
static struct bounds settle(struct bounds one)
{
    if (one.fails)
        return (struct bounds){0};
    if (one.may_fail)
        return (struct bounds){.low = lesser(one.low, 0.0),
            .high = greater(one.high, 0.0),
            .fall = -INFINITY,
            .rise = INFINITY};
    return one;
}

struct bounds bounds_expression(
    const struct expression_program *program, const struct bounds *variables)
{
    struct bounds stack[EXPRESSION_STEPS + 1];
    size_t n = 0;

    for (size_t i = 0; i < program->n; i++) {
        const struct expression_step *at = &program->steps[i];
        if (at->what == STEP_NUMBER || at->what == STEP_VARIABLE) {
            INSIST(n < sizeof stack / sizeof *stack);
            stack[n++] = at->what == STEP_NUMBER
                             ? number_of(at->number)
                             : variables[(size_t)at->number];
        } else if (at->what == STEP_NEGATE) {
            stack[n - 1] = bounds_negate(stack[n - 1]);
        } else if (at->what == STEP_LOG) {
            stack[n - 1] = take_log(stack[n - 1]);
        } else if (at->what == STEP_SQRT) {
            stack[n - 1] = take_root(stack[n - 1]);
        } else {
            n--;
            stack[n - 1] = take(at->what, stack[n - 1], stack[n]);
        }
    }
    INSIST(n == 1);
    return settle(stack[0]);
}
