/* SPDX-License-Identifier: Apache-2.0
 *
 * notice_make_lots.c - procedure, lots, groups and criteria made up.
 */
#include "tests/parts/notice_maker.h"

#include <string.h>

/* A number as a notice may write it, and as the record prints it. */
static const struct {
    const char *written, *recorded;
} numbers[] = {{"40", "40"}, {"40.00", "40"}, {"0.3", "0.3"}, {"12.50", "12.5"},
    {"33.33333", "33.3333"}, {"66.66666", "66.6667"}, {"300", "300"},
    {".5", "0.5"}, {"+7", "7"}};

static const char *const kinds[] = {"per-exa", "per-mid", "dec-exa", "dec-mid",
    "poi-exa", "poi-mid", "ord-imp"};
static const char *const sorts[] = {"price", "cost", "quality"};

#define COUNT(array) (sizeof(array) / sizeof *(array))

void maker_name_lots(struct maker *m)
{
    for (size_t i = 0; i < m->recipe->lots + m->recipe->groups; i++) {
        bool group = i >= m->recipe->lots;

        if (!maker_lacks(m))
            maker_print(m->lots[i].id, sizeof m->lots[i].id,
                group ? "GLO-%04zu" : "LOT-%04zu",
                group ? i - m->recipe->lots + 1 : i + 1);
    }
}

static bool is_french(const struct maker *m)
{
    return m->official && strcmp(m->official, "FRA") == 0;
}

/* An amount, in euro but for every fifth, which can not be recorded. */
static void put_estimate(
    struct maker *m, const char *path, const char *subject, size_t at)
{
    size_t number = maker_chance(m, COUNT(numbers));
    const char *currency = at % 5 == 4 ? "GBP" : "EUR";
    char place[80];

    if (at > 0 && maker_lacks(m))
        return;
    maker_open(m, "cac:RequestedTenderTotal");
    maker_leaf(m, "cbc:EstimatedOverallContractAmount", "currencyID", currency,
        numbers[number].written);
    maker_shut(m, "cac:RequestedTenderTotal");
    maker_print(place, sizeof place, "%s/estimated/value", path);
    maker_flat(m, place + (*path ? 0 : 1), numbers[number].written);
    maker_print(place, sizeof place, "%s/estimated/currency", path);
    maker_flat(m, place + (*path ? 0 : 1), currency);
    if (strcmp(currency, "EUR") == 0)
        maker_fact(m, subject, "estimated-value", numbers[number].recorded);
}

static void put_project_leaf(struct maker *m, const char *name,
    const char *value, const char *path, const char *subject, const char *field)
{
    if (maker_lacks(m))
        return;
    maker_leaf(m, name, NULL, NULL, value);
    maker_flat(m, path, value);
    if (field)
        maker_fact(m, subject, field, value);
}

static void put_cpv(struct maker *m, const char *path, const char *subject)
{
    maker_open(m, "cac:MainCommodityClassification");
    put_project_leaf(
        m, "cbc:ItemClassificationCode", "60112000", path, subject, "cpv");
    maker_shut(m, "cac:MainCommodityClassification");
}

static void put_procedure(struct maker *m)
{
    char picked[400] = "";

    maker_open(m, "cac:TenderingProcess");
    if (!maker_lacks(m)) {
        maker_leaf(m, "cbc:ProcedureCode", NULL, NULL, "neg-w-call");
        maker_flat(m, "procedure_type", "neg-w-call");
        maker_fact(m, "tender", "procedure", "negotiated");
    }
    maker_shut(m, "cac:TenderingProcess");
    maker_open(m, "cac:ProcurementProject");
    if (!maker_lacks(m)) {
        maker_leaf(m, "cbc:ID", "schemeName", "InternalID", "GEN/2027");
        maker_flat(m, "more/internal_id", "GEN/2027");
        maker_fact(m, "tender", "ref", "GEN/2027");
        maker_fact(m, "tender", "code", "GEN/2027");
    }
    maker_words(m, "cbc:Name", "title", "The procedure", picked, sizeof picked);
    maker_fact(m, "tender", "title", picked);
    maker_words(m, "cbc:Description", "description", "What it is about", picked,
        sizeof picked);
    maker_fact(m, "tender", "description", picked);
    put_project_leaf(
        m, "cbc:ProcurementTypeCode", "services", "nature", "tender", "nature");
    put_estimate(m, "", "tender", 0);
    put_cpv(m, "cpv", "tender");
    maker_shut(m, "cac:ProcurementProject");
    maker_fact(m, "tender", "funding", "institution");
    maker_fact(m, "tender", "currency", "EUR");
}

/* The two lots of a group, which the procedure lists. */
static void put_members(struct maker *m, size_t group)
{
    size_t at = m->recipe->lots + group;
    char subject[480];
    struct text set = {0};

    maker_open(m, "cac:LotsGroup");
    if (m->lots[at].id[0])
        maker_leaf(m, "cbc:LotsGroupID", NULL, NULL, m->lots[at].id);
    for (size_t i = 0, n = 0; i < 2; i++) {
        size_t lot = (group * 2 + i) % m->recipe->lots;
        char path[80];

        if (m->lots[lot].id[0] == '\0')
            continue;
        maker_open(m, "cac:ProcurementProjectLotReference");
        maker_leaf(m, "cbc:ID", "schemeName", "Lot", m->lots[lot].id);
        maker_shut(m, "cac:ProcurementProjectLotReference");
        if (m->lots[at].id[0] == '\0')
            continue;
        maker_print(path, sizeof path, "more/lots/%zu/members/%zu", at, n++);
        maker_flat(m, path, m->lots[lot].id);
        text_printf(&set, "%s%s", set.len ? "," : "", m->lots[lot].id);
    }
    maker_shut(m, "cac:LotsGroup");
    maker_print(subject, sizeof subject, "lot %s", m->lots[at].id);
    maker_fact(m, subject, "members", text_peek(&set));
    text_fini(&set);
}

/* One criterion on its way: what is read of it and recorded. */
struct made_criterion {
    char path[80];
    char subject[40];
    size_t parameters;
};

static void put_parameter(struct maker *m, struct made_criterion *c,
    const char *list, const char *code, const char *number)
{
    char place[120];

    maker_open(m, "efac:AwardCriterionParameter");
    maker_leaf(m, "efbc:ParameterCode", "listName", list, code);
    maker_leaf(m, "efbc:ParameterNumeric", NULL, NULL, number);
    maker_shut(m, "efac:AwardCriterionParameter");
    maker_print(
        place, sizeof place, "%s/parameters/%zu/kind", c->path, c->parameters);
    maker_flat(m, place, strchr(list, '-') + 1);
    maker_print(
        place, sizeof place, "%s/parameters/%zu/code", c->path, c->parameters);
    maker_flat(m, place, code);
    maker_print(place, sizeof place, "%s/parameters/%zu/number", c->path,
        c->parameters);
    maker_flat(m, place, number);
    c->parameters++;
}

/* Returns what is told of it behind the description. */
static const char *put_parameters(struct maker *m, struct made_criterion *c)
{
    size_t number = maker_chance(m, COUNT(numbers));
    const char *kind = kinds[maker_chance(m, COUNT(kinds))];
    bool order = strcmp(kind, "ord-imp") == 0;
    const char *aside = "";

    maker_open_extension(m);
    if (!maker_lacks(m)) {
        put_parameter(
            m, c, "number-weight", kind, order ? "2" : numbers[number].written);
        maker_fact(m, c->subject, "weight-kind", kind);
        maker_fact(m, c->subject, order ? "order" : "weight",
            order ? "2" : numbers[number].recorded);
    }
    if (maker_chance(m, 5) == 0) {
        put_parameter(m, c, "number-threshold", "min-score", "4.5");
        maker_fact(m, c->subject, "min-score", "4.5");
    }
    if (maker_chance(m, 5) == 0) {
        put_parameter(m, c, "number-fixed", "fix-tot", "1200");
        aside = is_french(m) ? "Valeur fixe (totale) : 1200"
                             : "Fixed value (total): 1200";
    }
    maker_shut_extension(m);
    return aside;
}

static void put_criterion_words(
    struct maker *m, const struct made_criterion *c, const char *aside)
{
    char place[120];
    char name[400] = "";
    char words[440] = "";
    char whole[900];

    if (!maker_lacks(m)) {
        maker_print(place, sizeof place, "%s/name", c->path);
        maker_print(whole, sizeof whole, "Name of %s", c->subject);
        maker_words(m, "cbc:Name", place, whole, name, sizeof name);
    }
    if (!maker_lacks(m)) {
        maker_print(place, sizeof place, "%s/description", c->path);
        maker_print(
            whole, sizeof whole, "How we look at it. Of %s", c->subject);
        maker_words(m, "cbc:Description", place, whole, words, sizeof words);
    }
    if (name[0] == '\0' && words[0])
        maker_print(name, sizeof name, "How we look at it.");
    maker_print(whole, sizeof whole, "%s%s%s", words,
        words[0] && *aside ? "\n" : "", aside);
    maker_fact(m, c->subject, "name", name);
    maker_fact(m, c->subject, "description", whole);
}

static void put_criterion(struct maker *m, size_t lot, size_t at)
{
    const char *sort = sorts[maker_chance(m, COUNT(sorts))];
    struct made_criterion c = {.parameters = 0};
    char code[24] = "";
    char place[120];

    maker_print(c.path, sizeof c.path, "lots/%zu/criteria/%zu", lot, at);
    if (m->recipe->lots + m->recipe->groups > 1)
        maker_print(code, sizeof code, "%s.", m->lots[lot].id);
    if (code[0] == '.')
        maker_print(code, sizeof code, "%zu.", lot + 1);
    maker_print(c.subject, sizeof c.subject, "criterion %sC%zu", code, at + 1);
    maker_open(m, "cac:SubordinateAwardingCriterion");
    const char *aside = put_parameters(m, &c);
    maker_leaf(m, "cbc:AwardingCriterionTypeCode", "listName",
        "award-criterion-type", sort);
    put_criterion_words(m, &c, aside);
    maker_shut(m, "cac:SubordinateAwardingCriterion");
    maker_print(place, sizeof place, "%s/type", c.path);
    maker_flat(m, place, sort);
    maker_print(place, sizeof place, "%s/group", c.path);
    maker_flat(m, place, "0");
    maker_fact(m, c.subject, "code", c.subject + strlen("criterion "));
    maker_fact(m, c.subject, "sort", sort);
    maker_fact(m, c.subject, "lot", m->lots[lot].label);
}

static void put_terms(struct maker *m, size_t lot, char *formula, size_t size)
{
    size_t n = maker_chance(m, m->recipe->criteria + 1);
    char place[80];

    maker_open(m, "cac:TenderingTerms");
    maker_open(m, "cac:AwardingTerms");
    maker_open(m, "cac:AwardingCriterion");
    if (maker_chance(m, 4) == 0) {
        maker_print(place, sizeof place, "lots/%zu/complicated", lot);
        maker_words(m, "cbc:CalculationExpression", place, "price / best",
            formula, size);
    }
    for (size_t i = 0; i < n; i++)
        put_criterion(m, lot, i);
    maker_shut(m, "cac:AwardingCriterion");
    maker_shut(m, "cac:AwardingTerms");
    maker_shut(m, "cac:TenderingTerms");
}

/* Noon in Luxembourg; lots whose day is not the first have their own. */
static void put_due(struct maker *m, size_t lot, const char *subject)
{
    size_t day = lot ? 1 + maker_chance(m, 3) : 1;
    char place[80];
    char word[40];

    if (m->recipe->award || (lot && maker_lacks(m)))
        return;
    maker_open(m, "cac:TenderingProcess");
    maker_open(m, "cac:TenderSubmissionDeadlinePeriod");
    maker_print(word, sizeof word, "2027-03-%02zu+01:00", day);
    maker_leaf(m, "cbc:EndDate", NULL, NULL, word);
    maker_leaf(m, "cbc:EndTime", NULL, NULL, "12:00:00+01:00");
    maker_shut(m, "cac:TenderSubmissionDeadlinePeriod");
    maker_shut(m, "cac:TenderingProcess");
    maker_print(place, sizeof place, "lots/%zu/deadline_date", lot);
    maker_flat(m, place, word);
    maker_print(place, sizeof place, "lots/%zu/deadline_time", lot);
    maker_flat(m, place, "12:00:00+01:00");
    maker_print(word, sizeof word, "2027-03-%02zuT11:00:00Z", day);
    if (lot == 0)
        maker_fact(m, "tender", "due", word);
    else if (day != 1)
        maker_fact(m, subject, "due", word);
}

static void put_period(struct maker *m, size_t lot)
{
    char place[80];

    maker_open(m, "cac:PlannedPeriod");
    maker_leaf(m, "cbc:StartDate", NULL, NULL, "2027-09-01+01:00");
    maker_leaf(m, "cbc:EndDate", NULL, NULL, "2031-08-31+01:00");
    maker_leaf(m, "cbc:DurationMeasure", "unitCode", "MONTH", "48");
    maker_shut(m, "cac:PlannedPeriod");
    maker_print(place, sizeof place, "more/lots/%zu/starts", lot);
    maker_flat(m, place, "2027-09-01+01:00");
    maker_print(place, sizeof place, "more/lots/%zu/ends", lot);
    maker_flat(m, place, "2031-08-31+01:00");
    maker_print(place, sizeof place, "more/lots/%zu/duration", lot);
    maker_flat(m, place, "48");
    maker_print(place, sizeof place, "more/lots/%zu/duration_unit", lot);
    maker_flat(m, place, "MONTH");
}

/* Title first, as a lot without an id is known by it. */
static void put_lot_project(struct maker *m, size_t lot, char *words,
    size_t size, char *subject, size_t subject_size)
{
    struct made_lot *l = &m->lots[lot];
    char place[80];
    char title[400] = "";

    maker_open(m, "cac:ProcurementProject");
    maker_print(place, sizeof place, "more/lots/%zu/internal_id", lot);
    put_project_leaf(m, "cbc:ID", "Internal", place, "", NULL);
    maker_print(place, sizeof place, "lots/%zu/title", lot);
    maker_print(words, size, "Lot number %zu", lot + 1);
    maker_words(m, "cbc:Name", place, words, title, sizeof title);
    maker_print(l->label, sizeof l->label, "%s", l->id[0] ? l->id : title);
    maker_print(subject, subject_size, "lot %s", l->label);
    maker_fact(m, subject, "title", title);
    maker_fact(m, subject, "code", l->id);
    maker_print(place, sizeof place, "lots/%zu/description", lot);
    words[0] = '\0';
    if (!maker_lacks(m))
        maker_words(m, "cbc:Description", place, "What is wanted", words, size);
    maker_print(place, sizeof place, "more/lots/%zu/nature", lot);
    put_project_leaf(m, "cbc:ProcurementTypeCode", "services", place, "", NULL);
    maker_print(place, sizeof place, "lots/%zu", lot);
    put_estimate(m, place, subject, lot + 1);
    maker_print(place, sizeof place, "lots/%zu/cpv", lot);
    put_cpv(m, place, subject);
    put_period(m, lot);
    maker_shut(m, "cac:ProcurementProject");
}

static void put_lot(struct maker *m, size_t lot)
{
    bool group = lot >= m->recipe->lots;
    struct made_lot *l = &m->lots[lot];
    char place[80];
    char words[400];
    char formula[400] = "";
    char whole[900];
    char subject[480];

    maker_open(m, "cac:ProcurementProjectLot");
    if (l->id[0])
        maker_leaf(
            m, "cbc:ID", "schemeName", group ? "LotsGroup" : "Lot", l->id);
    put_lot_project(m, lot, words, sizeof words, subject, sizeof subject);
    put_due(m, lot, subject);
    put_terms(m, lot, formula, sizeof formula);
    maker_shut(m, "cac:ProcurementProjectLot");
    maker_print(place, sizeof place, "lots/%zu/id", lot);
    maker_flat(m, place, l->id);
    /* Without an id there is no scheme either, and a lot is assumed. */
    group = group && l->id[0];
    maker_print(place, sizeof place, "lots/%zu/scheme", lot);
    maker_flat(m, place, group ? "LotsGroup" : "Lot");
    maker_fact(m, subject, "sort", group ? "group" : "lot");
    maker_print(whole, sizeof whole, "%s%s%s%s", words,
        words[0] && formula[0] ? "\n" : "",
        formula[0] ? is_french(m) ? "Formule : " : "Formula: " : "", formula);
    maker_fact(m, subject, "description", whole);
}

void maker_lots(struct maker *m)
{
    put_procedure(m);
    for (size_t i = 0; i < m->recipe->lots + m->recipe->groups; i++)
        put_lot(m, i);
    maker_open(m, "cac:TenderingTerms");
    maker_open(m, "cac:LotDistribution");
    for (size_t i = 0; i < m->recipe->groups; i++)
        put_members(m, i);
    maker_shut(m, "cac:LotDistribution");
    maker_shut(m, "cac:TenderingTerms");
}
