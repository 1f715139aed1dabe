/* SPDX-License-Identifier: Apache-2.0
 *
 * stake.c - what the part of a party in a tender comes to.
 */
#include "server/people/stake.h"

#include "value/formula.h"
#include "value/people/power.h"

#include <string.h>

bool stake_has_role(const struct object *stake, const char *role)
{
    const struct datum *roles = VALUE(stake, STAKE, ROLES);

    return roles->set && list_holds(roles->text, role, strlen(role));
}

unsigned stake_salience(const struct object *stake)
{
    return power_salience(maker_number(VALUE(stake, STAKE, POWER)),
        maker_number(VALUE(stake, STAKE, LEGITIMACY)),
        maker_number(VALUE(stake, STAKE, URGENCY)));
}

void stake_put_attention(struct reply *r, const struct object *stake)
{
    static const char *const words[] = {[ATTENTION_MONITOR] = "monitor",
        [ATTENTION_INFORM] = "inform",
        [ATTENTION_SATISFY] = "satisfy",
        [ATTENTION_MANAGE] = "manage"};
    const struct datum *power = VALUE(stake, STAKE, POWER);
    const struct datum *interest = VALUE(stake, STAKE, INTEREST);

    if (power->set && interest->set)
        reply_word(r, "attention",
            words[formula_attention(power->number, interest->number)]);
}
