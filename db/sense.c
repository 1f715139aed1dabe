/* SPDX-License-Identifier: Apache-2.0
 *
 * sense.c - what values must be so that an object makes sense as a whole.
 *
 * Types are checked before; here are ranges that a type does not give, and
 * fields that speak of each other.  Pure.
 */
#include "db/sense.h"

#include "db/apply.h"
#include "protocol/base_mem.h"

#define ONE  DECIMAL_ONE
#define MOST (DECIMAL_LIMIT * DECIMAL_ONE)

/* Whole numbers as they are, decimals in 1/10000. */
static const struct {
    enum field_id field;
    int64_t least, most;
    const char *allowed;
} ranges[] = {
    {FIELD_PARTY_SIZE, 0, MOST, "a whole number >= 0"},
    {FIELD_PARTY_EXCHANGE_RHYTHM, 0, MOST, "a number >= 0"},
    {FIELD_LINK_EFFECT, -2, 2, "-2..2"},
    {FIELD_HABIT_EFFECT, -2, 2, "-2..2"},
    {FIELD_TENDER_ROUND_DIGITS, 0, 6, "0..6"},
    {FIELD_TENDER_ROUND_POINTS, 0, 6, "0..6"},
    {FIELD_TENDER_ROUND_PRICE, 0, 6, "0..6"},
    {FIELD_TENDER_ROUND_TOTAL, 0, 6, "0..6"},
    {FIELD_LOT_PLACES, 0, MOST, "a whole number >= 0"},
    {FIELD_LOT_MAX_BID, 1, MOST, "a whole number >= 1"},
    {FIELD_LOT_MAX_WON, 1, MOST, "a whole number >= 1"},
    {FIELD_CRITERION_ORDER, 1, MOST, "a whole number >= 1"},
    {FIELD_CRITERION_WEIGHT_LOW, 0, MOST, "a number >= 0"},
    {FIELD_CRITERION_WEIGHT_HIGH, 0, MOST, "a number >= 0"},
    {FIELD_CRITERION_SCALE_MAX, 1, MOST, "a number > 0"},
    {FIELD_CRITERION_MIN_SCORE, 0, MOST, "a number >= 0"},
    {FIELD_CRITERION_ROUND, 0, 6, "0..6"},
    {FIELD_CRITERION_CORRIDOR, 1, 100 * ONE - 1, "above 0 and below 100"},
    {FIELD_CRITERION_ZERO_AT, ONE + 1, MOST, "a number > 1"},
    {FIELD_GRADE_MARK, 0, MOST, "a number >= 0"},
    {FIELD_STAKE_VOTE, 0, MOST, "a number >= 0"},
    {FIELD_STAKE_SUPPORT, -2, 2, "-2..2"},
    {FIELD_STAKE_OPTIONS, 0, MOST, "a whole number >= 0"},
    {FIELD_ALTERNATIVE_CAPACITY, 0, MOST, "a whole number >= 0"},
    {FIELD_BID_RANK, 1, MOST, "a whole number >= 1"},
    {FIELD_MARK_ROUND, 1, MOST, "a whole number >= 1"},
    {FIELD_MARK_MODERATED, 0, MOST, "a number >= 0"},
    {FIELD_COVER_LEVEL, 0, ONE, "0..1, exact or a range"},
    {FIELD_EFFORT_MINUTES, 0, MOST, "a number >= 0"},
    {FIELD_EFFORT_TIMES, 0, MOST, "a number >= 0"},
    {FIELD_AWARD_BIDS, 0, MOST, "a whole number >= 0"},
    {FIELD_TOUCH_EMOTION, -5, 5, "-5..5"},
    {FIELD_TOUCH_INTENT_BEFORE, -2, 2, "-2..2"},
    {FIELD_TOUCH_INTENT_AFTER, -2, 2, "-2..2"},
    {FIELD_NONCLIENT_SIZE, 0, MOST, "a whole number >= 0"},
    {FIELD_MESSAGE_VERSION, 1, MOST, "a whole number >= 1"},
};

bool sense_range(size_t field, int64_t *least, int64_t *most)
{
    if (!type_range(fields[field].type, least, most))
        return false;
    if (fields[field].type == TYPE_INT) {
        *least /= ONE;
        *most /= ONE;
    }
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (ranges[i].field == field) {
            *least = ranges[i].least > *least ? ranges[i].least : *least;
            *most = ranges[i].most < *most ? ranges[i].most : *most;
        }
    return true;
}

static const struct datum *value_of(const struct object *object, size_t field)
{
    INSIST(fields[field].kind == object->kind);
    return &object->values[field_place(field)];
}

static enum err refuse(struct fault *fault, const struct object *object,
    size_t field, const char *allowed)
{
    struct text got = {0};
    const struct datum *d = value_of(object, field);

    if (d->set)
        datum_print(&got, field, d);
    fault_set(fault, ERR_ARG, fields[field].word, text_peek(&got), allowed);
    text_fini(&got);
    return ERR_ARG;
}

static enum err check_ranges(const struct object *object, struct fault *fault)
{
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        size_t field = ranges[i].field;

        if (fields[field].kind != object->kind)
            continue;
        const struct datum *d = value_of(object, field);
        bool exact = fields[field].type != TYPE_ESTIMATE;
        int64_t low = exact ? d->number : d->estimate.low;
        int64_t high = exact ? d->number : d->estimate.high;
        if (d->set && (low < ranges[i].least || high > ranges[i].most))
            return refuse(fault, object, field, ranges[i].allowed);
    }
    return ERR_OK;
}

static enum err check_criterion(
    const struct object *object, struct fault *fault)
{
    const struct datum *low = value_of(object, FIELD_CRITERION_WEIGHT_LOW);
    const struct datum *high = value_of(object, FIELD_CRITERION_WEIGHT_HIGH);
    const struct datum *best = value_of(object, FIELD_CRITERION_SET_MIN);
    const struct datum *worst = value_of(object, FIELD_CRITERION_SET_MAX);

    if (low->set && high->set && low->number > high->number)
        return refuse(
            fault, object, FIELD_CRITERION_WEIGHT_HIGH, "at least weight-low");
    if (best->set && worst->set && best->number >= worst->number)
        return refuse(
            fault, object, FIELD_CRITERION_SET_MAX, "more than set-min");
    return ERR_OK;
}

static enum err check_cover(const struct object *object, struct fault *fault)
{
    bool bid = value_of(object, FIELD_COVER_BID)->set;

    if (bid == value_of(object, FIELD_COVER_ALTERNATIVE)->set)
        return refuse(
            fault, object, FIELD_COVER_BID, "one of bid= and alternative=");
    return ERR_OK;
}

static enum err check_mark(const struct object *object, struct fault *fault)
{
    bool value = value_of(object, FIELD_MARK_VALUE)->set;

    if (value == value_of(object, FIELD_MARK_GRADE)->set)
        return refuse(
            fault, object, FIELD_MARK_VALUE, "one of value= and grade=");
    return ERR_OK;
}

enum err sense_check(const struct object *object, struct fault *fault)
{
    enum err err = check_ranges(object, fault);

    if (err != ERR_OK)
        return err;
    if (object->kind == KIND_CRITERION)
        return check_criterion(object, fault);
    if (object->kind == KIND_MARK)
        return check_mark(object, fault);
    if (object->kind == KIND_COVER)
        return check_cover(object, fault);
    return ERR_OK;
}
