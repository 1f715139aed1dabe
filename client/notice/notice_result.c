/* SPDX-License-Identifier: Apache-2.0
 *
 * notice_result.c - the result of an award notice.
 *
 * Its parts stand beside each other in any order and refer to each other by
 * id, so all are read first and joined after.
 */
#include "client/notice/notice_parts.h"
#include "client/word_map.h"
#include "protocol/base_mem.h"

#include <stdlib.h>
#include <string.h>

static void read_submissions(struct xml *x, xmlNode *node, void *made)
{
    *(struct notice_submissions *)made = (struct notice_submissions){
        .code = xml_get(x, node, "efbc:StatisticsCode"),
        .count = xml_get(x, node, "efbc:StatisticsNumeric"),
    };
}

static void read_lot_result(struct xml *x, xmlNode *node, void *made)
{
    struct notice_lot_result *result = made;

    *result = (struct notice_lot_result){
        .line = xml_line(node),
        .id = xml_get(x, node, "cbc:ID"),
        .lot = xml_get(x, node, "efac:TenderLot/cbc:ID"),
        .status = xml_get(x, node, "cbc:TenderResultCode"),
        .reason =
            xml_get(x, node, "efac:DecisionReason/efbc:DecisionReasonCode"),
        .tenders = xml_get_all(x, node, "efac:LotTender/cbc:ID"),
        .contracts = xml_get_all(x, node, "efac:SettledContract/cbc:ID"),
        .lowest = xml_get_amount(x, node, "cbc:LowerTenderAmount"),
        .highest = xml_get_amount(x, node, "cbc:HigherTenderAmount"),
    };
    result->submissions = xml_read_all(x, node,
        "efac:ReceivedSubmissionsStatistics", sizeof *result->submissions,
        read_submissions, &result->submissions_n);
}

static void read_tender(struct xml *x, xmlNode *node, void *made)
{
    *(struct notice_tender *)made = (struct notice_tender){
        .line = xml_line(node),
        .id = xml_get(x, node, "cbc:ID"),
        .reference = xml_get(x, node, "efac:TenderReference/cbc:ID"),
        .lot = xml_get(x, node, "efac:TenderLot/cbc:ID"),
        .rank = xml_get(x, node, "cbc:RankCode"),
        .ranked = xml_get(x, node, "efbc:TenderRankedIndicator"),
        .variant = xml_get(x, node, "efbc:TenderVariantIndicator"),
        .value =
            xml_get_amount(x, node, "cac:LegalMonetaryTotal/cbc:PayableAmount"),
        .party = xml_get(x, node, "efac:TenderingParty/cbc:ID"),
    };
}

static void read_party(struct xml *x, xmlNode *node, void *made)
{
    *(struct notice_party *)made = (struct notice_party){
        .line = xml_line(node),
        .id = xml_get(x, node, "cbc:ID"),
        .orgs = xml_get_all(x, node, "efac:Tenderer/cbc:ID"),
    };
}

static void read_contract(struct xml *x, xmlNode *node, void *made)
{
    *(struct notice_contract *)made = (struct notice_contract){
        .line = xml_line(node),
        .id = xml_get(x, node, "cbc:ID"),
        .reference = xml_get(x, node, "efac:ContractReference/cbc:ID"),
        .award_date = xml_get(x, node, "cbc:AwardDate"),
        .issue_date = xml_get(x, node, "cbc:IssueDate"),
        .tenders = xml_get_all(x, node, "efac:LotTender/cbc:ID"),
    };
}

/* A tender wins when a contract names it; a result names its winners by the
 * tenders it lists, as one contract may settle several lots. */
static void join_winners(struct xml *x, struct notice_lot_result *lots,
    size_t lots_n, struct notice_tender *tenders, struct notice_result *result)
{
    struct word_map settled = {0};

    for (size_t i = 0; i < result->contracts_n; i++)
        for (size_t k = 0; k < result->contracts[i].tenders.n; k++)
            (void)word_map_put(
                &settled, result->contracts[i].tenders.all[k], i);
    for (size_t i = 0; i < result->tenders_n; i++)
        tenders[i].is_settled =
            tenders[i].id &&
            word_map_find(&settled, tenders[i].id) != WORD_MAP_NONE;
    for (size_t i = 0; i < lots_n; i++) {
        const struct notice_ids *listed = &lots[i].tenders;
        struct notice_ids *winners = &lots[i].winners;

        if (listed->n)
            winners->all =
                pool_new(&x->notice->pool, listed->n * sizeof *winners->all);
        for (size_t k = 0; k < listed->n; k++)
            if (word_map_find(&settled, listed->all[k]) != WORD_MAP_NONE)
                winners->all[winners->n++] = listed->all[k];
    }
    word_map_fini(&settled);
}

void result_read(struct xml *x, xmlNode *root)
{
    xmlNode *node = xml_find(root, NOTICE_EXT "/efac:NoticeResult");
    struct notice_lot_result *lots;
    struct notice_tender *tenders;
    struct notice_result *result;

    if (node == NULL)
        return;
    result = pool_new(&x->notice->pool, sizeof *result);
    result->total = xml_get_amount(x, node, "cbc:TotalAmount");
    lots = xml_read_all(x, node, "efac:LotResult", sizeof *lots,
        read_lot_result, &result->lots_n);
    tenders = xml_read_all(x, node, "efac:LotTender", sizeof *tenders,
        read_tender, &result->tenders_n);
    result->parties = xml_read_all(x, node, "efac:TenderingParty",
        sizeof *result->parties, read_party, &result->parties_n);
    result->contracts = xml_read_all(x, node, "efac:SettledContract",
        sizeof *result->contracts, read_contract, &result->contracts_n);
    result->lots = lots;
    result->tenders = tenders;
    join_winners(x, lots, result->lots_n, tenders, result);
    x->notice->result = result;
}
