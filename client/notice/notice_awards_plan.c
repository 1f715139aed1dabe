/* SPDX-License-Identifier: Apache-2.0
 *
 * notice_awards_plan.c - the results of the lots of an award notice as
 * awards.
 */
#include "client/notice/notice_result_plan.h"

#include <string.h>

/* Why nothing was awarded (BT-144), in our own words. */
static const struct {
    const char *code;
    const char *english;
    const char *french;
} reasons[] = {
    {"all-rej", "every bid was withdrawn or found inadmissible",
        "toutes les offres ont été retirées ou jugées irrecevables"},
    {"chan-need", "the buyer's needs changed",
        "les besoins de l'acheteur ont changé"},
    {"ins-fund", "the buyer's means do not suffice",
        "les moyens de l'acheteur ne suffisent pas"},
    {"no-rece", "no bid was received", "aucune offre n'a été reçue"},
    {"no-signed", "the winner did not sign", "le lauréat n'a pas signé"},
    {"one-admis", "one bid alone was admissible",
        "une seule offre était recevable"},
    {"rev-body", "decision of a review body",
        "décision d'un organe de recours"},
    {"rev-buyer", "decision of the buyer after a review",
        "décision de l'acheteur après un recours"},
    {"tch-pr-error", "technical or procedural errors",
        "erreurs techniques ou de procédure"},
    {"other", "another reason", "autre motif"},
};

static void want_reason(
    struct draft *d, struct want *w, const struct notice_lot_result *r)
{
    const char *language = d->notice->language;
    bool in_french = language && strcmp(language, "FRA") == 0;

    if (r->reason == NULL)
        return;
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (strcmp(reasons[i].code, r->reason) == 0) {
            want_text(d, w, FIELD_AWARD_REASON,
                draft_text(d, "%s: %s", r->reason,
                    in_french ? reasons[i].french : reasons[i].english));
            return;
        }
    want_text(d, w, FIELD_AWARD_REASON, r->reason);
}

/* The number of bids received: the statistics called "tenders", or the only
 * ones when they are not called anything. */
static const char *count_bids(const struct notice_lot_result *r)
{
    for (size_t i = 0; i < r->submissions_n; i++)
        if (r->submissions[i].code &&
            strcmp(r->submissions[i].code, "tenders") == 0)
            return r->submissions[i].count;
    if (r->submissions_n == 1 && r->submissions[0].code == NULL)
        return r->submissions[0].count;
    return NULL;
}

static void want_source(struct result *x, struct want *w,
    const struct notice_lot_result *r, const struct notice_contract *contract)
{
    const struct notice *n = x->d->notice;
    struct text t = {0};

    text_printf(&t, "notice %s", n->id ? n->id : n->digest);
    if (n->version)
        text_printf(&t, "-%s", n->version);
    if (r->id)
        text_printf(&t, ", %s", r->id);
    if (contract && contract->reference)
        text_printf(&t, ", contract %s", contract->reference);
    if (contract && contract->issue_date)
        text_printf(&t, " of %.10s", contract->issue_date);
    want_text(x->d, w, FIELD_AWARD_SOURCE, t.bytes);
    text_fini(&t);
}

/* What an award says whoever won. */
static void want_common(struct result *x, struct want *w,
    const struct notice_lot_result *r, const char *currency)
{
    struct draft *d = x->d;
    bool foreign = strcmp(currency, d->currency) != 0;

    if (foreign)
        want_text(d, w, FIELD_AWARD_CURRENCY, currency);
    else
        want_value(d, w, FIELD_AWARD_CURRENCY, "");
    want_number(d, w, FIELD_AWARD_BIDS, count_bids(r));
    want_amount(d, w, FIELD_AWARD_LOWEST, &r->lowest, currency);
    want_amount(d, w, FIELD_AWARD_HIGHEST, &r->highest, currency);
}

/* The currency of an award: that of its price, or of what else it tells. */
static const char *find_currency(struct result *x,
    const struct notice_lot_result *r, const struct notice_tender *tender)
{
    if (tender && tender->value.number && tender->value.currency)
        return tender->value.currency;
    if (r->lowest.number && r->lowest.currency)
        return r->lowest.currency;
    if (r->highest.number && r->highest.currency)
        return r->highest.currency;
    return x->d->currency;
}

/* An award is found again by lot and bid; one that names no bid yet, by lot
 * alone. */
static void match_award(
    struct result *x, struct want *w, const char *lot, const char *bid)
{
    const char *keys[] = {
        draft_text(x->d, "%s|%s", lot ? lot : "", bid ? bid : ""),
        draft_text(x->d, "%s|", lot ? lot : "")};

    for (size_t i = 0; i < 2; i++) {
        if (!view_find(&x->awards, keys[i], w))
            continue;
        const struct known_row *row = w->now ? w->now : w->then;
        if (word_map_put(&x->matched, row->id, 0))
            return;
    }
    w->now = NULL;
    w->then = NULL;
}

static void start_award(struct result *x, struct want *w,
    const struct notice_lot_result *r, const char *label, const char *lot)
{
    want_start(w, KIND_AWARD, r->line, label);
    want_value(x->d, w, FIELD_AWARD_LOT, lot);
}

static void plan_void(struct result *x, const struct notice_lot_result *r,
    const char *label, const char *lot, bool closed)
{
    struct want w;

    start_award(x, &w, r, label, lot);
    if (closed) {
        want_value(x->d, &w, FIELD_AWARD_VOID, "yes");
        want_reason(x->d, &w, r);
    }
    want_common(x, &w, r, find_currency(x, r, NULL));
    want_source(x, &w, r, NULL);
    match_award(x, &w, lot, NULL);
    (void)want_send(x->d, &w);
}

/* A tender may be of a group that the lot belongs to. */
static bool is_of_lot(
    struct result *x, const struct notice_tender *tender, const char *lot)
{
    size_t at;

    if (tender->lot == NULL || lot == NULL || strcmp(tender->lot, lot) == 0)
        return true;
    at = word_map_find(&x->d->lot_ids, tender->lot);
    if (at == WORD_MAP_NONE)
        return false;
    const struct notice_ids *members = &x->d->notice->lots[at].members;
    for (size_t i = 0; i < members->n; i++)
        if (strcmp(members->all[i], lot) == 0)
            return true;
    return false;
}

static void plan_winner(struct result *x, const struct notice_lot_result *r,
    const char *label, const char *lot, const char *winner)
{
    struct draft *d = x->d;
    size_t at = word_map_find(&x->tenders, winner);
    size_t settled = word_map_find(&x->settled, winner);
    struct want w;

    if (at == WORD_MAP_NONE) {
        draft_remark(d, REMARK_TENDER_UNKNOWN, r->line, label, winner, NULL);
        return;
    }
    const struct notice_tender *t = &x->r->tenders[at];
    if (!is_of_lot(x, t, r->lot))
        remarks_add(d->remarks, REMARK_OTHER_LOT, r->line, label, r->lot,
            winner, t->lot);
    const struct notice_contract *contract =
        settled == WORD_MAP_NONE ? NULL : &x->r->contracts[settled];
    const char *currency = find_currency(x, r, t);
    start_award(x, &w, r, label, lot);
    want_value(d, &w, FIELD_AWARD_WINNER, x->leaders[at]);
    want_value(d, &w, FIELD_AWARD_BID, x->bids[at]);
    want_amount(d, &w, FIELD_AWARD_PRICE, &t->value, currency);
    want_value(d, &w, FIELD_AWARD_VOID, "");
    want_value(d, &w, FIELD_AWARD_REASON, "");
    want_common(x, &w, r, currency);
    want_source(x, &w, r, contract);
    if (contract)
        want_day(d, &w, FIELD_AWARD_DATE, contract->award_date);
    match_award(x, &w, lot, x->bids[at]);
    (void)want_send(d, &w);
}

void awards_plan(struct result *x, size_t at)
{
    const struct notice_lot_result *r = &x->r->lots[at];
    struct draft *d = x->d;
    const char *label = r->id ? r->id : draft_text(d, "result %zu", at + 1);
    const char *lot = result_lot(x, r->lot, label, r->line);
    const char *status = r->status ? r->status : "";
    bool closed = strcmp(status, "clos-nw") == 0;
    bool open = strcmp(status, "open-nw") == 0;

    if (!closed && !open && strcmp(status, "selec-w") != 0)
        draft_remark(d, REMARK_CODE_UNKNOWN, r->line, label,
            r->status ? r->status : "-", "winner-selection-status");
    for (size_t i = 0; i < r->winners.n; i++)
        plan_winner(x, r, label, lot, r->winners.all[i]);
    if (r->winners.n)
        return;
    if (open) {
        draft_remark(d, REMARK_NOT_DECIDED, r->line, label, NULL, NULL);
        return;
    }
    if (!closed)
        draft_remark(d, REMARK_NO_WINNER, r->line, label, NULL, NULL);
    plan_void(x, r, label, lot, closed);
}
