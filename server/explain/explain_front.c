/* SPDX-License-Identifier: Apache-2.0
 *
 * explain_front.c - how one offer of the front came about, and the cut that
 * makes it win.
 *
 * The offer is our bid with the elements of in=; what is said of any bid is
 * said of it, with the draws that front takes.
 */
#include "protocol/base_mem.h"
#include "server/explain/explain.h"
#include "server/figure/front_ask.h"

#include <stdlib.h>

/* Says of our bid what explain says of that figure of any. */
static enum err say_figure(
    struct figures *f, const char *figure, figure_fn *explain)
{
    const char *bid = f->bid;
    const char *asked = f->figure;
    struct text name = {0};

    object_name(&name, f->made->bids[f->made->model.ours]);
    f->bid = text_peek(&name);
    f->figure = figure;
    enum err err = explain(f);
    f->bid = bid;
    f->figure = asked;
    text_fini(&name);
    return err;
}

static enum err tell_offer(struct chance *c, const struct award_result *a)
{
    struct figures *f = c->figures;

    if (request_key(f->request, "draws") == NULL)
        c->ask.draws = FRONT_DRAWS;
    explain_our_price(f, a->bids[f->made->model.ours].price);
    enum err err = say_figure(f, "total", explain_award);
    if (err == ERR_OK)
        err = say_figure(f, "mean", explain_users);
    return err == ERR_OK ? explain_wins(c, f->made->model.ours) : err;
}

static enum err tell_cut(struct chance *c, const struct award_result *a)
{
    struct figures *f = c->figures;
    int64_t full = a->bids[a->ours].price;

    explain_our_price(f, a->bids[f->made->model.ours].price);
    enum err err = say_figure(f, "to-win", explain_award);
    if (err == ERR_OK && a->to_win == TO_WIN_AT && full != MODEL_ABSENT)
        explain_say(f, "cut = max(0, price - to-win) = max(0, %s - %s) = %s",
            explain_micro(full).text, explain_micro(a->to_win_price).text,
            explain_micro(full > a->to_win_price ? full - a->to_win_price : 0)
                .text);
    return err;
}

static enum err explain_offer(struct figures *f,
    enum err (*tell)(struct chance *c, const struct award_result *a))
{
    struct award_result *a = NULL;
    struct chance chance;
    enum err err = chance_init(&chance, f);

    if (err != ERR_OK)
        return err;
    if (f->made->model.ours == MODEL_NOWHERE ||
        award_compute(&f->made->model, &a) != ERR_OK)
        err = figures_lack(f, FIGURE_FRONT);
    else
        err = tell(&chance, a);
    award_free(&a);
    chance_fini(&chance);
    return err;
}

enum err explain_front(struct figures *f)
{
    return explain_offer(f, tell_offer);
}

enum err explain_discount(struct figures *f)
{
    return explain_offer(f, tell_cut);
}
