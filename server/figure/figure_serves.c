/* SPDX-License-Identifier: Apache-2.0
 *
 * figure_serves.c - what the institution needs for itself, and which elements
 * serve it, with their proof.  It stands before points and rank, and never
 * enters the users' value.
 */
#include "server/people/market.h"

static void put_proof(struct reply *r, const struct object *element)
{
    const struct datum *proof = VALUE(element, ELEMENT, PROOF);

    reply_yes(r, "proved", proof->set);
    if (proof->set)
        reply_word(r, "proof", proof->text);
}

static void row_serves(struct market *m, const struct object *party,
    size_t need, const struct model_effect *effect)
{
    const struct tender_model *made = m->f->made;
    const struct object *element = made->elements[effect->element];
    struct reply *r = figures_row(m->f, "serves");

    figures_name(r, "party", party);
    figures_name(r, "need", made->needs[need]);
    figures_name(r, "element", element);
    reply_micro(r, "by", effect->by * 100);
    reply_word(r, "state",
        made->model.elements[effect->element].always ? "in" : "possible");
    put_proof(r, element);
    reply_end(r);
}

/* Which elements serve a need; a need that none serves says so. */
static void rows_of_need(
    struct market *m, const struct object *party, size_t need)
{
    const struct model *model = &m->f->made->model;
    bool any = false;

    for (size_t i = 0; i < model->effects_n; i++) {
        if (model->effects[i].need != need || model->effects[i].by <= 0)
            continue;
        row_serves(m, party, need, &model->effects[i]);
        any = true;
    }
    if (any)
        return;
    struct reply *r = figures_row(m->f, "unserved");
    figures_name(r, "party", party);
    figures_name(r, "need", m->f->made->needs[need]);
    reply_end(r);
}

static void serve_party(struct market *m, const struct object *party)
{
    struct market_worth w;

    /* Values as far as coverage is recorded; elements in any case. */
    bool known = market_worth_init(&w, m, party, NULL, 0);
    struct party_model p;

    party_model_init(&p, m->f->record, m->f->made, party, NULL, 0);
    for (size_t n = 0; n < p.model.needs_n; n++)
        if (p.importance[n] > 0)
            rows_of_need(m, party, n);
    party_model_fini(&p);
    if (!known)
        return;
    market_rows_value(m, &w);
    market_worth_fini(&w);
}

void figures_serves(struct figures *f)
{
    const struct record *r = f->record;
    struct market m;

    market_init(&m, f);
    for (size_t i = 0; i < r->n[KIND_PARTY]; i++)
        if (client_case_decides(&m.c, r->list[KIND_PARTY][i]) &&
            !client_case_has_role(&m.c, r->list[KIND_PARTY][i], "uses"))
            serve_party(&m, r->list[KIND_PARTY][i]);
}
