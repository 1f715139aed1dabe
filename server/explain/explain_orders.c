/* SPDX-License-Identifier: Apache-2.0
 *
 * explain_orders.c - how the chances by order of importance came about.
 */
#include "server/explain/explain.h"
#include "server/figure/chance.h"
#include "value/firm/orders.h"

#include <string.h>

/* The order that a word like C1,C3,C2 names; 0 .. orders_n, or that itself. */
static size_t find_order(
    const struct figures *f, const struct orders_result *o, const char *word)
{
    size_t at = 0;

    for (; at < o->orders_n; at++) {
        struct text names = {0};

        for (size_t k = 0; k < o->criteria_n; k++) {
            if (k)
                text_putc(&names, ',');
            object_name(&names, f->made->criteria[o->order[at][k]]);
        }
        bool same = strcmp(text_peek(&names), word) == 0;
        text_fini(&names);
        if (same)
            break;
    }
    return at;
}

static enum err say_share(
    struct chance *c, const struct orders_result *o, size_t bid)
{
    struct figures *f = c->figures;
    const char *over = request_key(f->request, "over");
    int64_t share;
    size_t at;

    if (over != NULL) {
        at = find_order(f, o, over);
        if (at == o->orders_n)
            return fault_set(f->fault, ERR_ARG, "over", over,
                "the codes of all criteria, at most five, comma between them");
        share = o->wins[at * o->bids_n + bid];
        explain_say(f,
            "weights are drawn, all as likely, and put in the order %s", over);
    } else {
        enum err err = explain_find_criterion(f, &at);
        if (err != ERR_OK)
            return err;
        share = o->first[at * o->bids_n + bid];
        explain_say(f,
            "weights are drawn, all as likely, and the largest is given to "
            "the criterion");
    }
    explain_say(f,
        "share = draws of weights in which the bid wins, a tie counting its "
        "part, / draws = %s / %llu = %s",
        explain_count((double)share / 1e6 * (double)o->draws).text,
        (unsigned long long)o->draws, explain_micro(share).text);
    explain_say(f, "marks and prices at their likeliest; seed %llu",
        (unsigned long long)c->ask.seed);
    return ERR_OK;
}

enum err explain_orders(struct chance *c)
{
    struct figures *f = c->figures;
    const struct orders_ask ask = {c->ask.seed, c->ask.draws, chance_go_on, c};
    struct orders_result *o = NULL;
    size_t bid;
    enum err err = explain_find_bid(f, &bid);

    if (err != ERR_OK)
        return err;
    err = orders_compute(&f->made->model, &ask, &o);
    if (err == ERR_UNSUPPORTED) {
        explain_say(f, "points are not added up by weight: there is no such "
                       "figure");
        return ERR_OK;
    }
    if (err != ERR_OK)
        return chance_fail(c, err);
    err = o->stopped ? chance_ended(c) : say_share(c, o, bid);
    orders_free(&o);
    return err;
}
