/* SPDX-License-Identifier: Apache-2.0
 *
 * figure_distributor.c - rows about distributors: supplier or client, between
 * which brands, and what each offer is worth to one that is a client.
 *
 * figure_chain.c has the rows of the chain from us to the users.
 */
#include "server/people/market.h"

#include "protocol/base_mem.h"

#include <stdlib.h>
#include <string.h>

static bool is_slot(const struct object *alternative, const char *slot)
{
    const struct datum *d = VALUE(alternative, ALTERNATIVE, SLOT);

    return strcmp(d->set ? d->text : "", slot) == 0;
}

static const struct object *find_reach(const struct market *m,
    const struct object *alternative, const struct object *party)
{
    const struct record *r = m->f->record;

    for (size_t i = 0; i < r->n[KIND_REACH]; i++) {
        const struct object *o = r->list[KIND_REACH][i];

        if (!VALUE(o, REACH, USAGE)->set &&
            maker_is_ref(VALUE(o, REACH, PARTY), party) &&
            maker_is_ref(VALUE(o, REACH, ALTERNATIVE), alternative))
            return o;
    }
    return NULL;
}

static void ways_begin(struct market_ways *w, const struct market *m)
{
    size_t n = m->f->made->model.alternatives_n + 1;

    *w = (struct market_ways){
        .alternatives = mem_new(n * sizeof *w->alternatives),
        .places = mem_new(n * sizeof *w->places),
        .reaches = mem_new(n * sizeof *w->reaches)};
}

void market_ways_fini(struct market_ways *w)
{
    free(w->alternatives);
    free(w->places);
    free(w->reaches);
}

/* Who makes a list is not bound by it: maker.closed is false here. */
static void ways_add(struct market_ways *w, const struct market *m,
    size_t place, const struct object *reach, const struct object *party)
{
    w->alternatives[w->n] = m->f->made->alternatives[place];
    w->places[w->n] = place;
    (void)maker_way(
        &m->c.maker, reach, w->alternatives[w->n], party, &w->reaches[w->n]);
    w->reaches[w->n].segment = 0;
    /* Doing without is no brand. */
    w->reaches[w->n].reachable &=
        !maker_is_word(VALUE(w->alternatives[w->n], ALTERNATIVE, SORT), "none");
    w->n++;
}

static void ways_measure(struct market_ways *w)
{
    const struct model model = {.reaches_n = w->n, .reaches = w->reaches};

    reach_choice_of(&model, 0, &w->choice);
}

/* The brands of one slot that a distributor says it can have, or can not. */
void market_ways_slot(struct market_ways *w, const struct market *m,
    const struct object *party, const char *slot)
{
    const struct tender_model *made = m->f->made;

    ways_begin(w, m);
    for (size_t i = 0; i < made->model.alternatives_n; i++) {
        const struct object *reach =
            find_reach(m, made->alternatives[i], party);

        if (reach && is_slot(made->alternatives[i], slot))
            ways_add(w, m, i, reach, party);
    }
    ways_measure(w);
}

void market_ways_ours(struct market_ways *w, const struct market *m)
{
    const struct tender_model *made = m->f->made;

    ways_begin(w, m);
    for (size_t i = 0; m->we && i < made->model.alternatives_n; i++) {
        const struct object *reach =
            find_reach(m, made->alternatives[i], m->we);

        if (reach == NULL)
            continue;
        ways_add(w, m, i, reach, m->we);
        const struct object *by =
            client_case_of(&m->c, w->reaches[w->n - 1].supplier);
        if (by == NULL || !market_distributes(m, by))
            w->n--;
    }
    ways_measure(w);
}

static void measure_ours(struct market *m)
{
    struct market_ways w;

    market_ways_ours(&w, m);
    m->facts.distributors = w.n ? w.choice.reachable : m->distributors_n;
    m->facts.ours =
        w.n ? w.choice.degree : (int64_t)m->distributors_n * INT64_C(1000000);
    market_ways_fini(&w);
}

static bool has_policy(const struct market *m, const struct object *party)
{
    const struct record *r = m->f->record;

    if (VALUE(party, PARTY, POLICY)->set)
        return true;
    for (size_t i = 0; i < r->n[KIND_STAKE]; i++) {
        const struct object *o = r->list[KIND_STAKE][i];
        const struct datum *chooses = VALUE(o, STAKE, CHOOSES);

        if (maker_is_ref(VALUE(o, STAKE, PARTY), party) &&
            maker_is_of_lot(&m->c.maker, VALUE(o, STAKE, LOT)) &&
            chooses->set && list_holds(chooses->text, "listing", 7))
            return true;
    }
    return false;
}

static enum distributor_rule judge(
    struct market *m, const struct object *party, const struct market_ways *w)
{
    m->facts.brands = w->choice.reachable;
    m->facts.theirs = w->n ? w->choice.degree : MODEL_ABSENT;
    m->facts.policy = has_policy(m, party);
    return distributor_judge(&m->facts);
}

/* Rows. */

static void put_margin(const struct market *m, struct reply *r,
    const struct object *supplier, const struct object *party)
{
    const struct object *link = market_link(m, supplier, party);

    if (link)
        reply_micro(r, "margin", VALUE(link, LINK, MARGIN)->number * 100);
}

static void row_distributor(struct market *m, const struct object *party,
    const char *slot, const struct market_ways *w, enum distributor_rule rule)
{
    struct reply *r = figures_row(m->f, "distributor");

    figures_name(r, "party", party);
    if (*slot)
        reply_word(r, "slot", slot);
    if (w->n) {
        reply_int(r, "brands", (int64_t)w->choice.reachable);
        reply_micro(r, "theirs", w->choice.degree);
    }
    reply_int(r, "distributors", (int64_t)m->facts.distributors);
    figures_micro(r, "ours", m->facts.ours);
    figures_micro(
        r, "ratio", distributor_ratio(m->facts.theirs, m->facts.ours));
    reply_word(r, "to-us", distributor_is_word(distributor_rule_is(rule)));
    reply_word(r, "rule", distributor_rule_word(rule));
    if (m->we)
        put_margin(m, r, m->we, party);
    reply_yes(r, "policy", m->facts.policy);
    reply_word(r, "why",
        distributor_rule_text(rule, m->f->language == LANGUAGE_FRENCH ? 1 : 0));
    reply_end(r);
}

static void rows_brand(
    struct market *m, const struct object *party, const struct market_ways *w)
{
    for (size_t i = 0; i < w->n; i++) {
        const struct object *by = client_case_of(&m->c, w->reaches[i].supplier);
        struct reply *r = figures_row(m->f, "brand");

        figures_name(r, "party", party);
        figures_name(r, "alternative", w->alternatives[i]);
        reply_yes(r, "counts", w->reaches[i].reachable);
        if (by) {
            figures_name(r, "supplier", by);
            put_margin(m, r, by, party);
        }
        if (w->reaches[i].share != MODEL_ABSENT)
            reply_micro(r, "share", w->reaches[i].share * 100);
        if (by && by == m->we)
            reply_yes(r, "ours", true);
        reply_end(r);
    }
}

static void row_ask(struct market *m, const char *words,
    const struct object *party, const char *more)
{
    struct text line = {0};

    text_puts(&line, words);
    object_name(&line, party);
    text_puts(&line, more);
    struct reply *r = figures_row(m->f, "ask");
    reply_word(r, "line", line.bytes);
    reply_end(r);
    text_fini(&line);
}

/* The brands that are not our own bid: what it could put there instead. */
static size_t other_brands(
    const struct market *m, const struct market_ways *w, size_t *others)
{
    size_t n = 0;

    for (size_t i = 0; i < w->n; i++) {
        const struct model_alternative *a =
            &m->f->made->model.alternatives[w->places[i]];

        if (a->bid == MODEL_NOWHERE && w->reaches[i].reachable &&
            client_case_of(&m->c, w->reaches[i].supplier) != m->we)
            others[n++] = w->places[i];
    }
    return n;
}

/* The third proposition: what each offer is worth to a client between us and
 * the users, by needs of its own. */
static void propose(
    struct market *m, const struct object *party, const struct market_ways *w)
{
    size_t *others = mem_new((w->n + 1) * sizeof *others);
    size_t n = other_brands(m, w, others);
    struct market_worth worth;

    if (market_worth_init(&worth, m, party, others, n)) {
        market_rows_need(m, &worth);
        market_rows_value(m, &worth);
        market_worth_fini(&worth);
    } else {
        row_ask(m, "add weighs party=", party, " need= importance=");
    }
    free(others);
}

static void tell_slot(
    struct market *m, const struct object *party, const char *slot)
{
    struct market_ways w;

    market_ways_slot(&w, m, party, slot);
    enum distributor_rule rule = judge(m, party, &w);
    row_distributor(m, party, slot, &w, rule);
    rows_brand(m, party, &w);
    if (distributor_rule_is(rule) == DISTRIBUTOR_UNKNOWN)
        row_ask(m, "add reach party=", party, " alternative= reachable=");
    if (distributor_rule_is(rule) == DISTRIBUTOR_CLIENT) {
        m->clients_n++;
        propose(m, party, &w);
    }
    market_ways_fini(&w);
}

/* Whether an earlier alternative in its reach has the same slot. */
static bool is_repeated(
    const struct market *m, const struct object *party, size_t at)
{
    const struct object *const *list = m->f->made->alternatives;
    const struct datum *slot = VALUE(list[at], ALTERNATIVE, SLOT);

    for (size_t i = 0; i < at; i++)
        if (is_slot(list[i], slot->set ? slot->text : "") &&
            find_reach(m, list[i], party))
            return true;
    return false;
}

static void tell_distributor(struct market *m, const struct object *party)
{
    const struct tender_model *made = m->f->made;
    bool any = false;

    for (size_t i = 0; i < made->model.alternatives_n; i++) {
        const struct datum *slot =
            VALUE(made->alternatives[i], ALTERNATIVE, SLOT);

        if (!find_reach(m, made->alternatives[i], party) ||
            is_repeated(m, party, i))
            continue;
        tell_slot(m, party, slot->set ? slot->text : "");
        any = true;
    }
    if (!any)
        tell_slot(m, party, "");
}

enum distributor_is market_is(struct market *m, const struct object *party)
{
    const struct tender_model *made = m->f->made;
    enum distributor_is is = DISTRIBUTOR_UNKNOWN;

    for (size_t i = 0; i < made->model.alternatives_n; i++) {
        const struct datum *slot =
            VALUE(made->alternatives[i], ALTERNATIVE, SLOT);
        struct market_ways w;

        if (!find_reach(m, made->alternatives[i], party))
            continue;
        market_ways_slot(&w, m, party, slot->set ? slot->text : "");
        enum distributor_is one = distributor_rule_is(judge(m, party, &w));
        market_ways_fini(&w);
        if (one > is)
            is = one;
    }
    return is;
}

enum err figure_distributor(struct figures *f)
{
    const struct record *r = f->record;
    struct market m;

    market_init(&m, f);
    if (m.distributors_n == 0) {
        struct reply *row = figures_row(f, "ask");
        reply_word(row, "line", "add stake roles=distributes party=");
        reply_end(row);
    } else {
        measure_ours(&m);
    }
    for (size_t i = 0; i < r->n[KIND_PARTY]; i++)
        if (market_distributes(&m, r->list[KIND_PARTY][i]))
            tell_distributor(&m, r->list[KIND_PARTY][i]);
    market_chain(&m);
    reply_int(f->last, "distributors", (int64_t)m.distributors_n);
    reply_int(f->last, "clients", (int64_t)m.clients_n);
    return ERR_OK;
}
