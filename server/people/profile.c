/* SPDX-License-Identifier: Apache-2.0
 *
 * profile.c - the profile of an organisation in figures.
 */
#include "server/people/profile.h"

#include "value/people/likeness.h"

size_t profile_field(size_t axis)
{
    return FIELD_PARTY_MARKET + axis;
}

const struct datum *profile_value(const struct object *party, size_t axis)
{
    return &party->values[field_place(profile_field(axis))];
}

bool profile_is_high(size_t field, const struct datum *d)
{
    int64_t middle = field == FIELD_PARTY_EXCHANGE_RHYTHM
                         ? 12 * (int64_t)DECIMAL_ONE - 1
                         : 5 * (int64_t)DECIMAL_ONE;

    return d->number > middle;
}

void profile_approvers(const struct object *party, struct approvers *a)
{
    const struct datum *scope = VALUE(party, PARTY, SCOPE);
    const struct datum *centre = VALUE(party, PARTY, CENTRALISATION);
    const struct datum *say = VALUE(party, PARTY, CULTURE_PARTICIPATION);

    *a = (struct approvers){0};
    if (!scope->set && !centre->set && !say->set)
        return;
    if (scope->set)
        a->reach = field_word_place(FIELD_PARTY_SCOPE, scope->text);
    a->headquarters =
        centre->set && profile_is_high(FIELD_PARTY_CENTRALISATION, centre);
    if (say->set)
        a->say = (say->number + 5 * DECIMAL_ONE / 2) / (5 * DECIMAL_ONE);
    a->sum = 2 + a->reach + a->headquarters + a->say;
}

static int64_t side(size_t field, const struct datum *a, const struct datum *b)
{
    if (!a->set || !b->set)
        return MODEL_ABSENT;
    if (fields[field].type == TYPE_LEVEL)
        return likeness_level(a->number, b->number);
    if (fields[field].type == TYPE_NUM)
        return likeness_number(a->number, b->number);
    return likeness_words(a->text, b->text);
}

int64_t profile_distance(const struct object *party, const struct object *ideal,
    int64_t *sides, size_t *known)
{
    for (size_t i = 0; i < PROFILE_AXES; i++)
        sides[i] = side(
            profile_field(i), profile_value(party, i), profile_value(ideal, i));
    return likeness_mean(sides, PROFILE_AXES, known);
}

bool profile_is_ideal(const struct object *ideal, const struct object *party)
{
    const struct datum *is = VALUE(ideal, PARTY, IDEAL);

    return is->set && is->number != 0 && ideal->id != party->id;
}
