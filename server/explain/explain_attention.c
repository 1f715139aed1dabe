/* SPDX-License-Identifier: Apache-2.0
 *
 * explain_attention.c - how the scores of attention came about: attributes,
 * days between two dates, and their product.
 */
#include "server/explain/explain_team.h"
#include "server/people/asks.h"
#include "server/people/person.h"
#include "value/formula.h"

#include <string.h>

/* As it is recorded, with what with= changes where it stands in the tender. */
static const struct object *touch_as_asked(
    const struct figures *f, const struct object *touch)
{
    for (size_t i = 0; i < f->record->n[KIND_TOUCH]; i++)
        if (f->record->list[KIND_TOUCH][i]->id == touch->id)
            return f->record->list[KIND_TOUCH][i];
    return touch;
}

static void note_touches(struct figures *f, struct asks *a)
{
    const struct objects *all = &f->team[KIND_TOUCH];

    for (size_t i = 0; i < all->n; i++)
        asks_met(a, touch_as_asked(f, all->list[i]));
}

static void put_day(struct text *to, int64_t day)
{
    text_puts(to, to->len ? ", " : "");
    day_print(to, day);
}

/* Weight. */

static void say_weight(struct figures *f, const struct asks_item *item)
{
    int power = (item->salience & SALIENCE_POWER) != 0;
    int legitimacy = (item->salience & SALIENCE_LEGITIMACY) != 0;
    int urgency = (item->salience & SALIENCE_URGENCY) != 0;

    if (item->what == ASKS_ROLE)
        explain_say(f,
            "weight = an empty role, as heavy as who has all three attributes "
            "= 1 + 1 + 1 = %u",
            item->weight);
    else if (item->party == NULL)
        explain_say(f, "weight = promised to nobody of the tender = 1 = %u",
            item->weight);
    else if (item->at_least_one)
        explain_say(f,
            "weight = power above 5 + legitimacy above 5 + urgency above 5, at "
            "least 1 = max(1, %d + %d + %d) = %u",
            power, legitimacy, urgency, item->weight);
    else
        explain_say(f,
            "weight = power above 5 + legitimacy above 5 + urgency above 5 = "
            "%d + %d + %d = %u",
            power, legitimacy, urgency, item->weight);
}

static const struct object *find_id(
    const struct figures *f, enum kind kind, uint64_t id)
{
    for (size_t i = 0; i < f->record->n[kind]; i++)
        if (f->record->list[kind][i]->id == id)
            return f->record->list[kind][i];
    return NULL;
}

static void input_stake(struct figures *f, const struct asks_item *item)
{
    const struct object *stake = find_id(f, KIND_STAKE, item->stake);

    if (stake == NULL)
        return;
    explain_input(f, stake, FIELD_STAKE_POWER);
    explain_input(f, stake, FIELD_STAKE_LEGITIMACY);
    explain_input(f, stake, FIELD_STAKE_URGENCY);
}

/* Days. */

static void say_contacts(struct figures *f, const struct asks_item *item)
{
    const struct objects *all = &f->team[KIND_TOUCH];
    struct text days = {0}, since = {0};

    for (size_t i = 0; i < all->n; i++) {
        const struct object *touch = touch_as_asked(f, all->list[i]);

        if ((uint64_t)VALUE(touch, TOUCH, PARTY)->number != item->of)
            continue;
        put_day(&days, asks_day(touch));
        explain_input(f, touch, FIELD_TOUCH_HELD);
    }
    put_day(&since, item->since);
    explain_say(f, "since = the day of the last contact = max(%s) = %s",
        text_peek(&days), text_peek(&since));
    text_fini(&days);
    text_fini(&since);
}

/* The day that stands in a field, or the one of its recording. */
static void say_since(struct figures *f, const struct asks_item *item)
{
    const struct object *of = find_id(f, item->kind, item->of);
    size_t field = FIELD_CONTACT_CHANNEL;
    struct text day = {0};

    put_day(&day, item->since);
    switch (item->what) {
    case ASKS_FACT:
        field = FIELD_FACT_VALID_UNTIL;
        explain_say(f, "since = the last day on which it was valid = %s = %s",
            text_peek(&day), text_peek(&day));
        break;
    case ASKS_EXPIRED:
        field = FIELD_CONTACT_VALID_UNTIL;
        explain_say(f, "since = the last day of its use = %s = %s",
            text_peek(&day), text_peek(&day));
        break;
    case ASKS_TASK:
        field = FIELD_TASK_DUE;
        explain_say(f, "since = the day on which it was due = %s = %s",
            text_peek(&day), text_peek(&day));
        break;
    default:
        explain_say(f, "since = the day of its recording = %s = %s",
            text_peek(&day), text_peek(&day));
        break;
    }
    text_fini(&day);
    if (of != NULL)
        explain_input(f, of, field);
}

static void say_days(
    struct figures *f, const struct asks *a, const struct asks_item *item)
{
    struct text today = {0}, since = {0};

    if (item->since == DAY_NONE) {
        explain_say(f, "days = those that never= counts = %llu = %lld",
            (unsigned long long)a->never, (long long)item->days);
        return;
    }
    put_day(&today, a->today);
    put_day(&since, item->since);
    explain_say(f, "days = today - since, at least 0 = max(0, %s - %s) = %lld",
        text_peek(&today), text_peek(&since), (long long)item->days);
    text_fini(&today);
    text_fini(&since);
}

static void say_item(
    struct figures *f, const struct asks *a, const struct asks_item *item)
{
    const char *of = item->party ? item->party : item->role;

    explain_say(
        f, "%s %s: %s", asks_word(item->what), of ? of : "", item->line);
    input_stake(f, item);
    say_weight(f, item);
    if (item->what == ASKS_CONTACT)
        say_contacts(f, item);
    else if (item->since != DAY_NONE)
        say_since(f, item);
    say_days(f, a, item);
    explain_say(f, "score = weight x days = %u x %lld = %lld", item->weight,
        (long long)item->days, (long long)item->score);
}

/* over= says what asks, party= for whom; without them all that do. */
static bool is_meant(
    struct figures *f, const struct asks_item *item, const struct object *party)
{
    const char *over = request_key(f->request, "over");
    struct text name = {0};

    if (party)
        object_name(&name, party);
    bool meant = (over == NULL || strcmp(over, asks_word(item->what)) == 0) &&
                 (party == NULL || (item->party && strcmp(item->party,
                                                       text_peek(&name)) == 0));
    text_fini(&name);
    return meant;
}

static enum err check_over(struct figures *f)
{
    const char *over = request_key(f->request, "over");
    struct text words = {0};

    for (int what = 0; what < ASKS_COUNT; what++) {
        const char *word = asks_word((enum asks_what)what);

        if (over == NULL || strcmp(over, word) == 0) {
            text_fini(&words);
            return ERR_OK;
        }
        text_printf(&words, "%s%s", what ? "," : "", word);
    }
    enum err err =
        fault_set(f->fault, ERR_ARG, "over", over, text_peek(&words));
    text_fini(&words);
    return err;
}

enum err explain_attention(struct figures *f)
{
    struct asks a = {.today = f->today};
    const struct object *party = NULL;
    enum err err = asks_never(f->request, &a.never, f->fault);

    if (err == ERR_OK)
        err = check_over(f);
    if (err == ERR_OK && request_key(f->request, "party"))
        err = explain_find_recorded(f, "party", KIND_PARTY, &party);
    if (err != ERR_OK)
        return err;
    note_touches(f, &a);
    asks_tender(&a, f->record);
    asks_sort(&a);
    for (size_t i = 0; i < a.n; i++)
        if (is_meant(f, &a.list[i], party))
            say_item(f, &a, &a.list[i]);
    asks_fini(&a);
    return ERR_OK;
}
