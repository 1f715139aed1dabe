/* SPDX-License-Identifier: Apache-2.0
 *
 * notice_result_plan.c - tenders and results of an award notice as bids,
 * partners and awards.
 */
#include "client/notice/notice_result_plan.h"

#include <string.h>

static const char *key_of_party(struct draft *d, const struct known_row *row)
{
    if (*known_get(row, "variant-of"))
        return NULL;
    return draft_text(
        d, "%s|%s", known_get(row, "party"), known_get(row, "lot"));
}

static const char *key_of_partner(struct draft *d, const struct known_row *row)
{
    return draft_text(
        d, "%s|%s", known_get(row, "bid"), known_get(row, "party"));
}

static const char *key_of_award(struct draft *d, const struct known_row *row)
{
    return draft_text(d, "%s|%s", known_get(row, "lot"), known_get(row, "bid"));
}

static void index_result(struct result *x)
{
    const struct notice_result *r = x->r;

    for (size_t i = 0; i < r->parties_n; i++)
        if (r->parties[i].id)
            (void)word_map_put(&x->parties, r->parties[i].id, i);
    for (size_t i = 0; i < r->tenders_n; i++)
        if (r->tenders[i].id && !word_map_put(&x->tenders, r->tenders[i].id, i))
            draft_remark(x->d, REMARK_TWICE, r->tenders[i].line,
                r->tenders[i].id, NULL, NULL);
    for (size_t i = 0; i < r->contracts_n; i++) {
        if (r->contracts[i].id)
            (void)word_map_put(&x->contracts, r->contracts[i].id, i);
        for (size_t k = 0; k < r->contracts[i].tenders.n; k++)
            (void)word_map_put(&x->settled, r->contracts[i].tenders.all[k], i);
    }
}

static void start_result(struct result *x)
{
    struct draft *d = x->d;
    struct word_map seen = {0};

    index_result(x);
    x->bids = pool_new(&d->pool, (x->r->tenders_n + 1) * sizeof *x->bids);
    x->leaders = pool_new(&d->pool, (x->r->tenders_n + 1) * sizeof *x->leaders);
    view_init(d, &x->by_code, KIND_BID, key_of_code);
    view_init(d, &x->by_party, KIND_BID, key_of_party);
    view_init(d, &x->partners, KIND_PARTNER, key_of_partner);
    view_init(d, &x->awards, KIND_AWARD, key_of_award);
    for (size_t i = 0; i < x->by_party.now->n; i++) {
        const char *key = key_of_party(d, &x->by_party.now->all[i]);

        if (key && !word_map_put(&seen, key, i))
            (void)word_map_put(&x->several, key, i);
    }
    word_map_fini(&seen);
}

static void end_result(struct result *x)
{
    word_map_fini(&x->parties);
    word_map_fini(&x->tenders);
    word_map_fini(&x->contracts);
    word_map_fini(&x->settled);
    word_map_fini(&x->several);
    word_map_fini(&x->matched);
    view_fini(&x->by_code);
    view_fini(&x->by_party);
    view_fini(&x->partners);
    view_fini(&x->awards);
}

const char *result_lot(
    struct result *x, const char *id, const char *label, long line)
{
    if (id == NULL)
        return NULL;
    size_t at = word_map_find(&x->d->lot_ids, id);
    if (at == WORD_MAP_NONE) {
        draft_remark(x->d, REMARK_LOT_UNKNOWN, line, label, id, NULL);
        return NULL;
    }
    return x->d->lots[at];
}

static const struct notice_ids *find_tenderers(
    struct result *x, const struct notice_tender *tender)
{
    static const struct notice_ids none;
    size_t at = tender->party ? word_map_find(&x->parties, tender->party)
                              : WORD_MAP_NONE;

    return at == WORD_MAP_NONE ? &none : &x->r->parties[at].orgs;
}

static bool is_yes(const char *indicator)
{
    return indicator &&
           (strcmp(indicator, "true") == 0 || strcmp(indicator, "1") == 0);
}

static const char *code_of(
    struct result *x, const struct notice_tender *tender, const char *label)
{
    if (tender->id == NULL)
        return NULL;
    if (code_is_valid(tender->id))
        return tender->id;
    draft_remark(x->d, REMARK_CODE_BAD, tender->line, label, tender->id, NULL);
    return NULL;
}

/* The one bid that the team has recorded of that party for that lot: an award
 * notice tells more of it, rather than of another bid of the same party. */
static bool match_party(
    struct result *x, struct want *w, const char *party, const char *lot)
{
    const char *key = draft_text(x->d, "%s|%s", party, lot ? lot : "");

    if (word_map_find(&x->several, key) != WORD_MAP_NONE)
        return false;
    return view_find(&x->by_party, key, w) && w->now &&
           word_map_find(&x->matched, w->now->id) == WORD_MAP_NONE;
}

static void match_bid(struct result *x, struct want *w, const char *code,
    const char *party, const char *lot)
{
    bool single = x->d->notice->lots_n == 1;

    if ((code && view_find(&x->by_code, code, w)) ||
        match_party(x, w, party, lot) ||
        (single && lot && match_party(x, w, party, NULL))) {
        if (w->now)
            (void)word_map_put(&x->matched, w->now->id, 0);
        return;
    }
    w->now = NULL;
    w->then = NULL;
}

static void plan_bid(struct result *x, size_t at)
{
    struct draft *d = x->d;
    const struct notice_tender *t = &x->r->tenders[at];
    const char *label = t->id ? t->id : draft_text(d, "tender %zu", at + 1);
    const char *lot = result_lot(x, t->lot, label, t->line);
    const char *code = code_of(x, t, label);
    struct want w;

    if (x->leaders[at] == NULL) {
        draft_remark(d, REMARK_NO_TENDERER, t->line, label, NULL, NULL);
        return;
    }
    if (is_yes(t->variant))
        draft_remark(d, REMARK_VARIANT, t->line, label, NULL, NULL);
    want_start(&w, KIND_BID, t->line, label);
    w.prefix = 'b';
    want_value(d, &w, FIELD_BID_CODE, code);
    want_value(d, &w, FIELD_BID_LOT, lot);
    want_value(d, &w, FIELD_BID_PARTY, x->leaders[at]);
    want_amount(d, &w, FIELD_BID_PRICE, &t->value, d->currency);
    want_value(d, &w, FIELD_BID_STATE, "admitted");
    want_number(d, &w, FIELD_BID_RANK, t->rank);
    want_text(d, &w, FIELD_BID_PUBLISHED_REF, t->reference);
    match_bid(x, &w, code, x->leaders[at], lot);
    x->bids[at] = want_send(d, &w);
}

static void plan_partner(struct result *x, size_t at, const char *party,
    bool is_leader, const char *label)
{
    struct draft *d = x->d;
    struct want w;

    want_start(&w, KIND_PARTNER, x->r->tenders[at].line, label);
    want_value(d, &w, FIELD_PARTNER_BID, x->bids[at]);
    want_value(d, &w, FIELD_PARTNER_PARTY, party);
    want_value(d, &w, FIELD_PARTNER_ROLE, is_leader ? "lead" : "co-contractor");
    (void)view_find(
        &x->partners, draft_text(d, "%s|%s", x->bids[at], party), &w);
    (void)want_send(d, &w);
}

/* A tender of several tenderers is that of a consortium; the first leads. */
static void plan_partners(struct result *x, size_t at)
{
    const struct notice_tender *t = &x->r->tenders[at];
    const struct notice_ids *orgs = find_tenderers(x, t);
    const char *label = t->id ? t->id : t->party;
    struct word_map seen = {0};
    size_t n = 0;

    for (size_t i = 0; i < orgs->n; i++) {
        const char *party = party_name(x->d, orgs->all[i], label, t->line);

        if (party == NULL)
            continue;
        if (word_map_put(&seen, party, i))
            n++;
        else
            draft_remark(
                x->d, REMARK_SAME_TENDERER, t->line, label, orgs->all[i], NULL);
    }
    for (size_t i = 0; n > 1 && i < orgs->n; i++) {
        const char *party = NULL;

        if (word_map_find(&x->d->orgs, orgs->all[i]) != WORD_MAP_NONE)
            party = party_name(x->d, orgs->all[i], label, t->line);
        if (party && word_map_find(&seen, party) == i)
            plan_partner(
                x, at, party, strcmp(party, x->leaders[at]) == 0, label);
    }
    word_map_fini(&seen);
}

static void find_leader(struct result *x, size_t at)
{
    const struct notice_ids *orgs = find_tenderers(x, &x->r->tenders[at]);

    for (size_t i = 0; i < orgs->n && x->leaders[at] == NULL; i++)
        if (word_map_find(&x->d->orgs, orgs->all[i]) != WORD_MAP_NONE)
            x->leaders[at] =
                party_name(x->d, orgs->all[i], "", x->r->tenders[at].line);
}

void result_plan(struct draft *d)
{
    struct result x = {.d = d, .r = d->notice->result};

    if (x.r == NULL)
        return;
    start_result(&x);
    for (size_t i = 0; i < x.r->tenders_n; i++) {
        const char *id = x.r->tenders[i].id;

        if (id && word_map_find(&x.tenders, id) != i)
            continue;
        find_leader(&x, i);
        plan_bid(&x, i);
        if (x.bids[i])
            plan_partners(&x, i);
    }
    for (size_t i = 0; i < x.r->lots_n; i++)
        awards_plan(&x, i);
    end_result(&x);
}
