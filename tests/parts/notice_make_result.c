/* SPDX-License-Identifier: Apache-2.0
 *
 * notice_make_result.c - results made up: for each lot with an id, two
 * tenders of which the first wins, or none and a reason.
 */
#include "tests/parts/notice_maker.h"

#include <string.h>

#define RESULT "result"

/* One tender on its way. */
struct made_tender {
    char id[16];
    size_t lot;
    size_t orgs[2]; /* places, of tenderers with ids */
    size_t n;
    bool wins;
    char price[24];
};

static void put_ref(
    struct maker *m, const char *around, const char *scheme, const char *id)
{
    maker_open(m, around);
    maker_leaf(m, "cbc:ID", "schemeName", scheme, id);
    maker_shut(m, around);
}

/* One or two organisations, of those behind the buyers. */
static void choose_tenderers(struct maker *m, struct made_tender *t)
{
    size_t most = maker_chance(m, 3) == 0 ? 2 : 1;
    size_t first = 2 + maker_chance(m, m->recipe->orgs - 2);

    for (size_t i = 0; i < m->recipe->orgs && t->n < most; i++) {
        size_t at = (first + i) % m->recipe->orgs;

        if (at >= 2 && m->orgs[at].id[0])
            t->orgs[t->n++] = at;
    }
}

static void put_tenderers(struct maker *m, const struct made_tender *t,
    const char *party, const char *path)
{
    char place[120];
    char subject[480];

    maker_open(m, "efac:TenderingParty");
    maker_leaf(m, "cbc:ID", "schemeName", "tendering-party", party);
    for (size_t i = 0; i < t->n; i++) {
        const struct made_org *org = &m->orgs[t->orgs[i]];

        put_ref(m, "efac:Tenderer", "organization", org->id);
        maker_print(place, sizeof place, RESULT "/parties/%s/%zu", party, i);
        maker_flat(m, place, org->id);
        maker_print(place, sizeof place, "%s/tenderer_names/%zu", path, i);
        maker_flat(m, place, org->name);
        maker_party(m, t->orgs[i]);
        if (t->n == 1)
            continue;
        maker_print(subject, sizeof subject, "partner %s %s", t->id, org->name);
        maker_fact(m, subject, "bid", t->id);
        maker_fact(m, subject, "party", org->name);
        maker_fact(m, subject, "role", i ? "co-contractor" : "lead");
    }
    maker_shut(m, "efac:TenderingParty");
}

static void tell_tender(struct maker *m, const struct made_tender *t,
    const char *path, const char *party)
{
    char place[120];
    char subject[80];

    maker_print(subject, sizeof subject, "bid %s", t->id);
    maker_print(place, sizeof place, "%s/id", path);
    maker_flat(m, place, t->id);
    maker_fact(m, subject, "code", t->id);
    maker_print(place, sizeof place, "%s/lot", path);
    maker_flat(m, place, m->lots[t->lot].id);
    maker_fact(m, subject, "lot", m->lots[t->lot].id);
    maker_print(place, sizeof place, "%s/party", path);
    maker_flat(m, place, party);
    maker_fact(m, subject, "party", m->orgs[t->orgs[0]].name);
    maker_print(place, sizeof place, "%s/settled", path);
    maker_flat(m, place, t->wins ? "true" : "false");
    maker_fact(m, subject, "state", "admitted");
}

static void put_tender(struct maker *m, struct made_tender *t, size_t at)
{
    char path[80];
    char place[120];
    char subject[80];
    char party[24];

    maker_print(party, sizeof party, "TPA-%04zu", at + 1);
    maker_print(path, sizeof path, RESULT "/tenders/%zu", at);
    maker_print(subject, sizeof subject, "bid %s", t->id);
    maker_open(m, "efac:LotTender");
    maker_leaf(m, "cbc:ID", "schemeName", "tender", t->id);
    if (!maker_lacks(m)) {
        maker_leaf(m, "cbc:RankCode", NULL, NULL, t->wins ? "1" : "2");
        maker_leaf(m, "efbc:TenderRankedIndicator", NULL, NULL, "true");
        maker_print(place, sizeof place, "%s/rank", path);
        maker_flat(m, place, t->wins ? "1" : "2");
        maker_fact(m, subject, "rank", t->wins ? "1" : "2");
        maker_print(place, sizeof place, "%s/ranked", path);
        maker_flat(m, place, "true");
    }
    if (!maker_lacks(m)) {
        maker_leaf(m, "efbc:TenderVariantIndicator", NULL, NULL, "false");
        maker_print(place, sizeof place, "more/tenders/%zu/variant", at);
        maker_flat(m, place, "false");
    }
    if (!maker_lacks(m)) {
        maker_print(t->price, sizeof t->price, "%zu.25", 1000 + at);
        maker_open(m, "cac:LegalMonetaryTotal");
        maker_leaf(m, "cbc:PayableAmount", "currencyID", "EUR", t->price);
        maker_shut(m, "cac:LegalMonetaryTotal");
        maker_print(place, sizeof place, "%s/value/value", path);
        maker_flat(m, place, t->price);
        maker_print(place, sizeof place, "%s/value/currency", path);
        maker_flat(m, place, "EUR");
        maker_fact(m, subject, "price", t->price);
    }
    if (!maker_lacks(m)) {
        put_ref(m, "efac:TenderReference", "reference", "Our <offer>");
        maker_print(place, sizeof place, "%s/ref", path);
        maker_flat(m, place, "Our <offer>");
        maker_fact(m, subject, "published-ref", "Our <offer>");
    }
    put_ref(m, "efac:TenderingParty", "tendering-party", party);
    put_ref(m, "efac:TenderLot", "Lot", m->lots[t->lot].id);
    maker_shut(m, "efac:LotTender");
    put_tenderers(m, t, party, path);
    tell_tender(m, t, path, party);
}

static void put_contract(
    struct maker *m, const struct made_tender *t, size_t at, bool *has_date)
{
    char path[80];
    char place[120];
    char id[24];

    maker_print(id, sizeof id, "CON-%04zu", at + 1);
    maker_print(path, sizeof path, RESULT "/contracts/%zu", at);
    maker_open(m, "efac:SettledContract");
    maker_leaf(m, "cbc:ID", "schemeName", "contract", id);
    *has_date = !maker_lacks(m);
    if (*has_date) {
        maker_leaf(m, "cbc:AwardDate", NULL, NULL, "2027-05-04+02:00");
        maker_print(place, sizeof place, "%s/award_date", path);
        maker_flat(m, place, "2027-05-04+02:00");
    }
    maker_leaf(m, "cbc:IssueDate", NULL, NULL, "2027-05-20+02:00");
    put_ref(m, "efac:ContractReference", "contract", "REF 1");
    put_ref(m, "efac:LotTender", "tender", t->id);
    maker_shut(m, "efac:SettledContract");
    maker_print(place, sizeof place, "%s/id", path);
    maker_flat(m, place, id);
    maker_print(place, sizeof place, "%s/issue_date", path);
    maker_flat(m, place, "2027-05-20+02:00");
    maker_print(place, sizeof place, "%s/ref", path);
    maker_flat(m, place, "REF 1");
    maker_print(place, sizeof place, "%s/tenders/0", path);
    maker_flat(m, place, t->id);
}

/* What has been made so far. */
struct counts {
    size_t results, tenders, contracts;
};

static void put_figures(struct maker *m, const char *path, const char *subject)
{
    static const struct {
        const char *name, *path, *field, *number;
    } rows[] = {{"cbc:LowerTenderAmount", "lowest", "lowest", "900"},
        {"cbc:HigherTenderAmount", "highest", "highest", "9000.5"}};
    char place[120];

    for (size_t i = 0; i < 2; i++) {
        if (maker_lacks(m))
            continue;
        maker_leaf(m, rows[i].name, "currencyID", "EUR", rows[i].number);
        maker_print(place, sizeof place, "%s/%s/value", path, rows[i].path);
        maker_flat(m, place, rows[i].number);
        maker_print(place, sizeof place, "%s/%s/currency", path, rows[i].path);
        maker_flat(m, place, "EUR");
        maker_fact(m, subject, rows[i].field, rows[i].number);
    }
    maker_open(m, "efac:ReceivedSubmissionsStatistics");
    maker_leaf(m, "efbc:StatisticsCode", "listName", "received-submission-type",
        "tenders");
    maker_leaf(m, "efbc:StatisticsNumeric", NULL, NULL, "12");
    maker_shut(m, "efac:ReceivedSubmissionsStatistics");
    maker_print(place, sizeof place, "%s/submissions/0/code", path);
    maker_flat(m, place, "tenders");
    maker_print(place, sizeof place, "%s/submissions/0/n", path);
    maker_flat(m, place, "12");
    maker_fact(m, subject, "bids", "12");
}

static void tell_award(struct maker *m, const char *subject,
    const struct made_tender *winner, bool has_date)
{
    if (winner == NULL) {
        bool french = m->official && strcmp(m->official, "FRA") == 0;

        maker_fact(m, subject, "void", "yes");
        maker_fact(m, subject, "reason",
            french ? "no-rece: aucune offre n'a été reçue"
                   : "no-rece: no bid was received");
        return;
    }
    maker_fact(m, subject, "bid", winner->id);
    maker_fact(m, subject, "winner", m->orgs[winner->orgs[0]].name);
    maker_fact(m, subject, "price", winner->price);
    if (has_date)
        maker_fact(m, subject, "date", "2027-05-04");
}

static void put_result_head(
    struct maker *m, size_t lot, const char *path, const char *id, bool won)
{
    char place[120];

    maker_leaf(m, "cbc:ID", "schemeName", "result", id);
    maker_leaf(m, "cbc:TenderResultCode", "listName", "winner-selection-status",
        won ? "selec-w" : "clos-nw");
    put_ref(m, "efac:TenderLot", "Lot", m->lots[lot].id);
    maker_print(place, sizeof place, "%s/id", path);
    maker_flat(m, place, id);
    maker_print(place, sizeof place, "%s/lot", path);
    maker_flat(m, place, m->lots[lot].id);
    maker_print(place, sizeof place, "%s/result", path);
    maker_flat(m, place, won ? "selec-w" : "clos-nw");
    if (won)
        return;
    maker_open(m, "efac:DecisionReason");
    maker_leaf(m, "efbc:DecisionReasonCode", "listName",
        "non-award-justification", "no-rece");
    maker_shut(m, "efac:DecisionReason");
    maker_print(place, sizeof place, "%s/reason", path);
    maker_flat(m, place, "no-rece");
}

static void put_lot_result(struct maker *m, size_t lot, struct counts *n)
{
    struct made_tender tenders[2] = {{.lot = lot, .wins = true}, {.lot = lot}};
    char path[80];
    char place[120];
    char subject[80];
    char id[24];
    bool has_date = false;

    for (size_t i = 0; i < 2; i++) {
        maker_print(tenders[i].id, sizeof tenders[i].id, "TEN-%04zu",
            n->tenders + i + 1);
        choose_tenderers(m, &tenders[i]);
    }
    bool won = lot % 4 != 3 && tenders[0].n && tenders[1].n;
    maker_print(id, sizeof id, "RES-%04zu", n->results + 1);
    maker_print(path, sizeof path, RESULT "/lot_results/%zu", n->results++);
    maker_print(subject, sizeof subject, "award %s %s", m->lots[lot].id,
        won ? tenders[0].id : "-");
    if (won) {
        put_tender(m, &tenders[0], n->tenders++);
        put_contract(m, &tenders[0], n->contracts++, &has_date);
        put_tender(m, &tenders[1], n->tenders++);
    }
    maker_open(m, "efac:LotResult");
    put_result_head(m, lot, path, id, won);
    for (size_t i = 0; won && i < 2; i++) {
        put_ref(m, "efac:LotTender", "tender", tenders[i].id);
        maker_print(place, sizeof place, "%s/tenders/%zu", path, i);
        maker_flat(m, place, tenders[i].id);
    }
    if (won) {
        maker_print(place, sizeof place, "%s/winning_tenders/0", path);
        maker_flat(m, place, tenders[0].id);
        maker_print(id, sizeof id, "CON-%04zu", n->contracts);
        put_ref(m, "efac:SettledContract", "contract", id);
        maker_print(place, sizeof place, "%s/contracts/0", path);
        maker_flat(m, place, id);
    }
    put_figures(m, path, subject);
    maker_shut(m, "efac:LotResult");
    maker_fact(m, subject, "lot", m->lots[lot].id);
    tell_award(m, subject, won ? &tenders[0] : NULL, has_date);
}

void maker_result(struct maker *m)
{
    struct counts n = {0};

    maker_open(m, "efac:NoticeResult");
    maker_leaf(m, "cbc:TotalAmount", "currencyID", "EUR", "123456.78");
    maker_flat(m, RESULT "/total/value", "123456.78");
    maker_flat(m, RESULT "/total/currency", "EUR");
    for (size_t i = 0; i < m->recipe->lots; i++)
        if (m->lots[i].id[0])
            put_lot_result(m, i, &n);
    maker_shut(m, "efac:NoticeResult");
}
