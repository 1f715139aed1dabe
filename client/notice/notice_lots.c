/* SPDX-License-Identifier: Apache-2.0
 *
 * notice_lots.c - lots and groups of lots of a notice, with their criteria.
 */
#include "client/notice/notice_parts.h"
#include "client/word_map.h"
#include "protocol/base_mem.h"

#include <stdlib.h>
#include <string.h>

static void read_parameter(struct xml *x, xmlNode *node, void *made)
{
    xmlNode *code = xml_find(node, "efbc:ParameterCode");

    *(struct notice_parameter *)made = (struct notice_parameter){
        .list = xml_attribute(x, code, "listName"),
        .code = xml_words(x, code),
        .number = xml_get(x, node, "efbc:ParameterNumeric"),
    };
}

static void read_criterion(struct xml *x, xmlNode *node, size_t block,
    struct notice_criterion *criterion)
{
    *criterion = (struct notice_criterion){
        .line = xml_line(node),
        .sort = xml_get(x, node, "cbc:AwardingCriterionTypeCode"),
        .name = xml_get_languages(x, node, "cbc:Name"),
        .description = xml_get_languages(x, node, "cbc:Description"),
        .block = block,
    };
    criterion->parameters =
        xml_read_all(x, node, NOTICE_EXT "/efac:AwardCriterionParameter",
            sizeof *criterion->parameters, read_parameter,
            &criterion->parameters_n);
}

/* The criteria of one lot stand in one or more blocks, each with its own
 * formula; the formulas are read as one text. */
static void read_criteria(struct xml *x, xmlNode *node, struct notice_lot *lot)
{
    struct xml_list blocks = {0};
    struct xml_list list = {0};
    size_t *ends;
    size_t block = 0;

    xml_find_all(node,
        "cac:TenderingTerms/cac:AwardingTerms/cac:AwardingCriterion", &blocks);
    if (blocks.n == 0)
        return;
    ends = mem_new(blocks.n * sizeof *ends);
    for (size_t i = 0; i < blocks.n; i++) {
        xml_find_all(blocks.all[i], "cac:SubordinateAwardingCriterion", &list);
        ends[i] = list.n;
    }
    struct notice_criterion *all =
        list.n ? pool_new(&x->notice->pool, list.n * sizeof *all) : NULL;
    for (size_t i = 0; i < list.n; i++) {
        while (ends[block] <= i)
            block++;
        read_criterion(x, list.all[i], block, &all[i]);
    }
    lot->criteria = all;
    lot->criteria_n = list.n;
    free(ends);
    free(list.all);
    free(blocks.all);
}

static void read_dates(struct xml *x, xmlNode *node, struct notice_lot *lot)
{
    xmlNode *due = xml_find(
        node, "cac:TenderingProcess/cac:TenderSubmissionDeadlinePeriod");
    xmlNode *period =
        xml_find(node, "cac:ProcurementProject/cac:PlannedPeriod");
    xmlNode *duration = xml_find(period, "cbc:DurationMeasure");

    lot->due_date = xml_get(x, due, "cbc:EndDate");
    lot->due_time = xml_get(x, due, "cbc:EndTime");
    lot->duration = xml_words(x, duration);
    lot->duration_unit = xml_attribute(x, duration, "unitCode");
    lot->starts = xml_get(x, period, "cbc:StartDate");
    lot->ends = xml_get(x, period, "cbc:EndDate");
}

static void read_lot(
    struct xml *x, xmlNode *node, bool is_group, struct notice_lot *lot)
{
    xmlNode *project = xml_find(node, "cac:ProcurementProject");

    *lot = (struct notice_lot){
        .line = xml_line(node),
        .is_group = is_group,
        .id = xml_get(x, node, "cbc:ID"),
        .internal_id = xml_get(x, project, "cbc:ID"),
        .title = xml_get_languages(x, project, "cbc:Name"),
        .description = xml_get_languages(x, project, "cbc:Description"),
        .nature = xml_get(x, project, "cbc:ProcurementTypeCode"),
        .cpv = xml_get(x, project,
            "cac:MainCommodityClassification/cbc:ItemClassificationCode"),
        .estimate = xml_get_amount(x, project,
            "cac:RequestedTenderTotal/cbc:EstimatedOverallContractAmount"),
        .formula = xml_get_languages(x, node,
            "cac:TenderingTerms/cac:AwardingTerms/cac:AwardingCriterion/"
            "cbc:CalculationExpression"),
        .order = xml_get_languages(x, node,
            "cac:TenderingTerms/cac:AwardingTerms/cac:AwardingCriterion/"
            "cbc:Description"),
    };
    read_dates(x, node, lot);
    read_criteria(x, node, lot);
}

enum scheme { SCHEME_LOT, SCHEME_GROUP, SCHEME_OTHER };

/* The scheme decides; without one the form of the id does, and what has no
 * id at all is taken for a lot. */
static enum scheme find_scheme(struct xml *x, xmlNode *node)
{
    xmlNode *id = xml_find(node, "cbc:ID");
    const char *scheme = xml_attribute(x, id, "schemeName");
    const char *words = xml_words(x, id);

    if (scheme == NULL)
        scheme = words == NULL                    ? "Lot"
                 : strncmp(words, "LOT-", 4) == 0 ? "Lot"
                 : strncmp(words, "GLO-", 4) == 0 ? "LotsGroup"
                                                  : "";
    if (strcmp(scheme, "Lot") == 0)
        return SCHEME_LOT;
    return strcmp(scheme, "LotsGroup") == 0 ? SCHEME_GROUP : SCHEME_OTHER;
}

/* The procedure says which lots a group has. */
static void read_members(struct xml *x, xmlNode *root, struct notice_lot *lots)
{
    struct xml_list list = {0};
    struct word_map map = {0};

    for (size_t i = 0; i < x->notice->lots_n; i++)
        if (lots[i].is_group && lots[i].id)
            word_map_put(&map, lots[i].id, i);
    xml_find_all(
        root, "cac:TenderingTerms/cac:LotDistribution/cac:LotsGroup", &list);
    for (size_t i = 0; i < list.n; i++) {
        const char *id = xml_get(x, list.all[i], "cbc:LotsGroupID");
        size_t at = id ? word_map_find(&map, id) : WORD_MAP_NONE;

        if (at != WORD_MAP_NONE && lots[at].members.n == 0)
            lots[at].members = xml_get_all(
                x, list.all[i], "cac:ProcurementProjectLotReference/cbc:ID");
    }
    word_map_fini(&map);
    free(list.all);
}

void lots_read(struct xml *x, xmlNode *root)
{
    struct notice *n = x->notice;
    struct xml_list list = {0};

    xml_find_all(root, "cac:ProcurementProjectLot", &list);
    struct notice_lot *lots =
        list.n ? pool_new(&n->pool, list.n * sizeof *lots) : NULL;
    for (size_t i = 0; i < list.n; i++) {
        enum scheme scheme = find_scheme(x, list.all[i]);

        if (scheme != SCHEME_OTHER)
            read_lot(
                x, list.all[i], scheme == SCHEME_GROUP, &lots[n->lots_n++]);
        else if (n->parts_skipped++ == 0)
            n->parts_line = xml_line(list.all[i]);
    }
    if (lots)
        read_members(x, root, lots);
    n->lots = lots;
    free(list.all);
}
