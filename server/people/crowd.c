/* SPDX-License-Identifier: Apache-2.0
 *
 * crowd.c - the people of one tender or lot.
 */
#include "server/people/crowd.h"

#include "protocol/base_mem.h"

#include <stdlib.h>
#include <string.h>

void crowd_init(struct crowd *crowd, const struct record *record, uint64_t lot)
{
    const struct maker maker = {.record = record, .lot = lot};
    size_t room = record->n[KIND_STAKE] + 1;

    *crowd = (struct crowd){.record = record,
        .stakes = mem_new(room * sizeof(const struct object *)),
        .people = mem_new(room * sizeof(const struct object *))};
    for (size_t i = 0; i < record->n[KIND_STAKE]; i++) {
        const struct object *o = record->list[KIND_STAKE][i];
        size_t at =
            maker_index((const struct object *const *)record->list[KIND_PARTY],
                record->n[KIND_PARTY], VALUE(o, STAKE, PARTY));

        if (at == MODEL_NOWHERE ||
            !maker_is_of_lot(&maker, VALUE(o, STAKE, LOT)))
            continue;
        crowd->people[crowd->n] = record->list[KIND_PARTY][at];
        crowd->stakes[crowd->n++] = o;
    }
}

void crowd_fini(struct crowd *crowd)
{
    free(crowd->stakes);
    free(crowd->people);
    *crowd = (struct crowd){0};
}

size_t crowd_place(const struct crowd *crowd, uint64_t party)
{
    for (size_t i = 0; i < crowd->n; i++)
        if (crowd->people[i]->id == party)
            return i;
    return MODEL_NOWHERE;
}

bool crowd_can_meet(const struct object *party)
{
    const struct datum *sort = VALUE(party, PARTY, SORT);

    return maker_is_word(sort, "person") || maker_is_word(sort, "organisation");
}

bool crowd_met(const struct crowd *crowd, size_t i)
{
    const struct record *r = crowd->record;
    const struct datum *depth = VALUE(crowd->stakes[i], STAKE, CONTACT_DEPTH);

    for (size_t k = 0; k < r->n[KIND_TOUCH]; k++)
        if ((uint64_t)VALUE(r->list[KIND_TOUCH][k], TOUCH, PARTY)->number ==
            crowd->people[i]->id)
            return true;
    return depth->set && depth->number > 0;
}

/* Roles. */

static bool fills(const struct object *stake, enum power_role role)
{
    const struct datum *support = VALUE(stake, STAKE, SUPPORT);

    switch (role) {
    case POWER_ECONOMIC:
        return stake_has_role(stake, "decides") ||
               stake_has_role(stake, "pays");
    case POWER_USER:
        return stake_has_role(stake, "uses") ||
               stake_has_role(stake, "represents");
    case POWER_TECHNICAL:
        return stake_has_role(stake, "prescribes");
    case POWER_COACH:
        return support->set && support->number == 2;
    case POWER_ROLES:
        break;
    }
    return false;
}

/* A person, who answers for the organisation that has the role.  Who decides
 * does not also speak for users or prescribe, and a coach is a person. */
static bool fills_for(
    const struct crowd *crowd, size_t person, size_t i, enum power_role role)
{
    const struct datum *org = VALUE(crowd->people[person], PARTY, ORG);

    if (person == i)
        return fills(crowd->stakes[i], role);
    if (!org->set || (uint64_t)org->number != crowd->people[i]->id ||
        role == POWER_COACH)
        return false;
    return fills(crowd->stakes[i], role) &&
           (role == POWER_ECONOMIC ||
               !stake_has_role(crowd->stakes[i], "decides"));
}

const struct object *crowd_fills(
    const struct crowd *crowd, enum power_role role)
{
    for (size_t p = 0; p < crowd->n; p++)
        for (size_t i = 0; i < crowd->n; i++)
            if (maker_is_word(VALUE(crowd->people[p], PARTY, SORT), "person") &&
                fills_for(crowd, p, i, role))
                return crowd->people[p];
    return NULL;
}

const char *crowd_role_word(enum power_role role)
{
    static const char *const words[POWER_ROLES] = {
        "economic", "user", "technical", "coach"};

    return words[role];
}

/* Facts. */

size_t crowd_of_fact(const struct crowd *crowd, const struct object *fact)
{
    const struct datum *on = VALUE(fact, FACT, ON);

    for (size_t i = 0; on->set && i < crowd->n; i++)
        if ((on->ref_kind == KIND_PARTY &&
                crowd->people[i]->id == (uint64_t)on->number) ||
            (on->ref_kind == KIND_STAKE &&
                crowd->stakes[i]->id == (uint64_t)on->number))
            return i;
    return MODEL_NOWHERE;
}
