/* SPDX-License-Identifier: Apache-2.0
 *
 * similar.c - how far a tender is from a past one, side by side.
 */
#include "server/people/similar.h"

#include "protocol/base_mem.h"
#include "value/people/likeness.h"

#include <stdlib.h>
#include <string.h>

char *similar_sort_of(const struct object *tender)
{
    const struct datum *procedure = VALUE(tender, TENDER, PROCEDURE);
    const struct datum *nature = VALUE(tender, TENDER, NATURE);
    struct text words = {0};

    if (procedure->set)
        text_puts(&words, procedure->text);
    if (nature->set)
        text_printf(&words, "%s%s", words.len ? "," : "", nature->text);
    return words.len ? text_take(&words) : NULL;
}

static int64_t words_apart(char *a, char *b)
{
    int64_t apart = a && b ? likeness_words(a, b) : MODEL_ABSENT;

    free(a);
    free(b);
    return apart;
}

/* ",3,7," as "3,7". */
char *similar_buyers_of(const struct object *tender)
{
    const struct datum *buyer = VALUE(tender, TENDER, BUYER);

    if (!buyer->set || strlen(buyer->text) < 3)
        return NULL;
    return mem_copy(buyer->text + 1, strlen(buyer->text) - 2);
}

int64_t similar_value_of(const struct object *tender)
{
    const struct datum *value = VALUE(tender, TENDER, ESTIMATED_VALUE);
    const struct datum *unit = VALUE(tender, TENDER, MONEY_UNIT);

    if (!value->set)
        return MODEL_ABSENT;
    int64_t of = unit->set ? strtoll(unit->text, NULL, 10) : 1;
    return value->number > INT64_MAX / of ? INT64_MAX : value->number * of;
}

static bool same_currency(const struct object *a, const struct object *b)
{
    const struct datum *one = VALUE(a, TENDER, CURRENCY);
    const struct datum *other = VALUE(b, TENDER, CURRENCY);

    return one->set && other->set && strcmp(one->text, other->text) == 0;
}

void similar_weigh(struct similar_weights *to, const struct object *criterion)
{
    static const char *const sorts[SIMILAR_SORTS] = {
        "price", "cost", "quality"};
    const struct datum *weight = VALUE(criterion, CRITERION, WEIGHT);

    /* Parts count in the whole that they are parts of. */
    if (!weight->set || VALUE(criterion, CRITERION, PARENT)->set ||
        weight->estimate.likely <= 0)
        return;
    for (size_t k = 0; k < SIMILAR_SORTS; k++)
        if (maker_is_word(VALUE(criterion, CRITERION, SORT), sorts[k]))
            to->by_sort[k] += weight->estimate.likely;
    to->any = true;
}

const char *similar_word(enum similar_side side)
{
    static const char *const words[SIMILAR_SIDES] = {"sort-distance",
        "buyer-distance", "cpv-distance", "value-distance",
        "criteria-distance"};

    return words[side];
}

bool similar_is_past(const struct object *tender)
{
    static const char *const past[] = {
        "awarded", "won", "lost", "void", "dropped", "delivered"};

    for (size_t i = 0; i < sizeof past / sizeof *past; i++)
        if (maker_is_word(VALUE(tender, TENDER, STATE), past[i]))
            return true;
    return false;
}

int64_t similar_distance(const struct object *tender, const struct object *past,
    const struct similar_weights *ours, const struct similar_weights *theirs,
    int64_t sides[SIMILAR_SIDES], size_t *known)
{
    const struct datum *cpv = VALUE(tender, TENDER, CPV);
    const struct datum *other = VALUE(past, TENDER, CPV);
    int64_t value = similar_value_of(tender);
    int64_t others = similar_value_of(past);

    sides[SIMILAR_SORT] =
        words_apart(similar_sort_of(tender), similar_sort_of(past));
    sides[SIMILAR_BUYER] =
        words_apart(similar_buyers_of(tender), similar_buyers_of(past));
    sides[SIMILAR_CPV] = cpv->set && other->set
                             ? likeness_code(cpv->text, other->text)
                             : MODEL_ABSENT;
    sides[SIMILAR_VALUE] = value != MODEL_ABSENT && others != MODEL_ABSENT &&
                                   same_currency(tender, past)
                               ? likeness_number(value, others)
                               : MODEL_ABSENT;
    sides[SIMILAR_CRITERIA] =
        ours->any && theirs->any
            ? likeness_weights(ours->by_sort, theirs->by_sort, SIMILAR_SORTS)
            : MODEL_ABSENT;
    return likeness_mean(sides, SIMILAR_SIDES, known);
}
