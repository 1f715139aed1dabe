/* SPDX-License-Identifier: Apache-2.0
 *
 * explain_client.c - how the numbers behind "is X a client?" came about: the
 * options of the award, and what a party can turn to for its use.
 */
#include "server/explain/explain_people.h"
#include "server/figure/client_case.h"

#include "protocol/base_mem.h"

#include <stdlib.h>
#include <string.h>

static void say_bids(struct figures *f)
{
    struct text ones = {0};

    for (size_t i = 0; i < f->made->model.bids_n; i++)
        text_puts(&ones, i ? " + 1" : "1");
    explain_say(f, "options of the award = one of each bid = %s = %zu",
        ones.len ? text_peek(&ones) : "0", f->made->model.bids_n);
    text_fini(&ones);
}

/* How easily it reaches one, where that is not full. */
static void say_ease(
    struct figures *f, const struct client_case *c, const struct client_way *w)
{
    const struct datum *ease = VALUE(w->reach, REACH, EASE);
    const struct datum *room = VALUE(w->alternative, ALTERNATIVE, CAPACITY);
    const struct datum *heads = VALUE(c->party, PARTY, SIZE);
    struct number own = explain_decimal(ease->set ? ease->number : DECIMAL_ONE);
    struct number told = explain_micro((DECIMAL_ONE - w->made.hindered) * 100);
    struct text name = {0};

    if (w->made.hindered == 0)
        return;
    object_name(&name, w->alternative);
    if (room->set && heads->set && heads->number > 0)
        explain_say(f,
            "ease of %s = ease recorded x the share of them that it has room "
            "for, rounded to four decimals = round(%s x min(1, %lld / %lld), "
            "4) = %s",
            text_peek(&name), own.text, (long long)room->number,
            (long long)heads->number, told.text);
    else
        explain_say(f, "ease of %s = ease recorded = %s = %s", text_peek(&name),
            room->set && room->number == 0 ? "0" : own.text, told.text);
    explain_input(f, w->alternative, FIELD_ALTERNATIVE_CAPACITY);
    text_fini(&name);
}

static void say_use(struct figures *f, const struct client_case *c,
    const struct client_ways *ways)
{
    struct model_reach *reaches = mem_new((ways->n + 1) * sizeof *reaches);
    const struct model m = {.reaches_n = ways->n, .reaches = reaches};

    for (size_t i = 0; i < ways->n; i++) {
        const struct object *o = ways->list[i].reach;

        reaches[i] = ways->list[i].made;
        explain_input(f, o, FIELD_REACH_REACHABLE);
        explain_input(f, o, FIELD_REACH_SHARE);
        explain_input(f, o, FIELD_REACH_EASE);
        say_ease(f, c, &ways->list[i]);
    }
    if (ways->n) {
        explain_say(f, "options, suppliers and degree of the use:");
        explain_reached(f, &m, 0, &ways->choice);
    } else {
        explain_say(f, "nothing is recorded of what it can turn to");
    }
    free(reaches);
}

/* Before the award unless over=after. */
static enum err read_when(struct figures *f, bool *after)
{
    const char *word = request_key(f->request, "over");

    *after = word && strcmp(word, "after") == 0;
    if (word && !*after && strcmp(word, "before") != 0)
        return fault_set(
            f->fault, ERR_ARG, "over", word, "before or after the award");
    return ERR_OK;
}

enum err explain_client(struct figures *f)
{
    const char *word = request_key(f->request, "usage");
    const struct object *party, *usage = NULL;
    struct client_ways ways;
    struct client_case c;
    size_t need;
    bool after;
    enum err err = explain_find_recorded(f, "party", KIND_PARTY, &party);

    if (err == ERR_OK)
        err = read_when(f, &after);
    if (err == ERR_OK && word) {
        err = explain_find_key(
            f, "usage", word, f->made->needs, f->made->model.needs_n, &need);
        usage = err == ERR_OK ? f->made->needs[need] : NULL;
    }
    if (err != ERR_OK)
        return err;
    client_case_init(&c, f->record, f->made, party);
    client_case_ways(&c, usage, after, &ways);
    say_bids(f);
    say_use(f, &c, &ways);
    explain_say(f, "which rule that comes to: client PARTY says it");
    client_ways_fini(&ways);
    return ERR_OK;
}
