/* SPDX-License-Identifier: Apache-2.0
 *
 * outcome.c - what became of a forecast, and whose it is.
 */
#include "server/people/outcome.h"

#include <string.h>

const struct object *outcome_tender(
    const struct objects *tenders, const struct object *forecast)
{
    for (size_t i = 0; i < tenders->n; i++)
        if (tenders->list[i]->id == forecast->tender)
            return tenders->list[i];
    return NULL;
}

const char *outcome_of(
    const struct objects *tenders, const struct object *forecast)
{
    const struct datum *own = VALUE(forecast, FORECAST, OUTCOME);
    const struct object *tender = outcome_tender(tenders, forecast);

    if (own->set)
        return own->text;
    if (tender == NULL || VALUE(forecast, FORECAST, LOT)->set)
        return "open";
    const struct datum *state = VALUE(tender, TENDER, STATE);
    if (state->set &&
        (strcmp(state->text, "won") == 0 || strcmp(state->text, "lost") == 0))
        return state->text;
    if (state->set && strcmp(state->text, "delivered") == 0)
        return "won";
    return "open";
}

bool outcome_known(const char *outcome, bool *won)
{
    *won = strcmp(outcome, "won") == 0;
    return *won || strcmp(outcome, "lost") == 0;
}

const char *outcome_person(const struct object *forecast)
{
    const struct datum *by = VALUE(forecast, FORECAST, BY);

    return by->set ? by->text : forecast->author;
}
