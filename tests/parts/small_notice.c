/* SPDX-License-Identifier: Apache-2.0
 *
 * small_notice.c - small notices whose parts a test chooses.
 */
#include "tests/parts/small_notice.h"

#define UBL    "urn:oasis:names:specification:ubl:schema:xsd:"
#define EFORMS "http://data.europa.eu/p27/eforms-ubl-extension"
#define OPEN                                                                   \
    "<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent>"              \
    "<efext:EformsExtension>\n"
#define SHUT                                                                   \
    "</efext:EformsExtension></ext:ExtensionContent></ext:UBLExtension>"       \
    "</ext:UBLExtensions>\n"

static void leaf(struct text *to, const char *name, const char *attributes,
    const char *value)
{
    if (value)
        text_printf(to, "<%s%s>%s</%s>\n", name, attributes, value, name);
}

void small_org(
    struct text *to, const char *id, const char *name, const char *number)
{
    text_puts(to, "<efac:Organization><efac:Company>"
                  "<cac:PartyIdentification>");
    leaf(to, "cbc:ID", "", id);
    text_puts(to, "</cac:PartyIdentification><cac:PartyName>");
    leaf(to, "cbc:Name", " languageID=\"ENG\"", name);
    text_puts(to, "</cac:PartyName><cac:PartyLegalEntity>");
    leaf(to, "cbc:CompanyID", "", number);
    text_puts(to, "</cac:PartyLegalEntity></efac:Company>"
                  "</efac:Organization>\n");
}

static void put_extension(struct text *to, const struct small_notice *n)
{
    text_puts(to, OPEN);
    if (n->changes) {
        text_puts(to, "<efac:Changes>");
        leaf(to, "efbc:ChangedNoticeIdentifier", "", n->changes);
        text_puts(to, "</efac:Changes>");
    }
    text_puts(to, "<efac:Organizations>\n");
    if (n->buyer)
        small_org(to, "ORG-0001", n->buyer, n->number);
    if (n->orgs)
        text_puts(to, n->orgs);
    text_puts(to, "</efac:Organizations>\n");
    if (n->result)
        text_printf(
            to, "<efac:NoticeResult>%s</efac:NoticeResult>\n", n->result);
    text_puts(to, SHUT);
}

static void put_project(struct text *to, const struct small_notice *n)
{
    text_puts(to, "<cac:ProcurementProject>");
    leaf(to, "cbc:ID", "", n->code);
    leaf(to, "cbc:Name", " languageID=\"ENG\"", n->title);
    if (n->estimate) {
        text_puts(to, "<cac:RequestedTenderTotal>");
        leaf(to, "cbc:EstimatedOverallContractAmount", " currencyID=\"EUR\"",
            n->estimate);
        text_puts(to, "</cac:RequestedTenderTotal>");
    }
    text_puts(to, "</cac:ProcurementProject>\n");
}

void small_notice(struct text *to, const struct small_notice *n)
{
    const char *root = n->root ? n->root : "ContractNotice";

    text_printf(to,
        "<%s xmlns:cbc=\"" UBL "CommonBasicComponents-2\" xmlns:cac=\"" UBL
        "CommonAggregateComponents-2\" xmlns:ext=\"" UBL
        "CommonExtensionComponents-2\" xmlns:efext=\"" EFORMS
        "s/1\" xmlns:efac=\"" EFORMS
        "-aggregate-components/1\" xmlns:efbc=\"" EFORMS
        "-basic-components/1\">\n",
        root);
    put_extension(to, n);
    leaf(to, "cbc:ID", " schemeName=\"notice-id\"", n->id);
    leaf(to, "cbc:ContractFolderID", "", n->procedure);
    leaf(to, "cbc:IssueDate", "", n->date);
    leaf(to, "cbc:VersionID", "", n->version);
    leaf(to, "cbc:NoticeLanguageCode", "", "ENG");
    if (n->buyer)
        text_puts(to, "<cac:ContractingParty><cac:Party>"
                      "<cac:PartyIdentification><cbc:ID>ORG-0001</cbc:ID>"
                      "</cac:PartyIdentification></cac:Party>"
                      "</cac:ContractingParty>\n");
    put_project(to, n);
    if (n->lots)
        text_puts(to, n->lots);
    text_printf(to, "</%s>\n", root);
}

void small_lot(struct text *to, const char *id, const char *title,
    const char *due, const char *criteria)
{
    text_puts(to, "<cac:ProcurementProjectLot>");
    leaf(to, "cbc:ID", " schemeName=\"Lot\"", id);
    text_printf(to,
        "<cac:TenderingTerms><cac:AwardingTerms><cac:AwardingCriterion>\n%s"
        "</cac:AwardingCriterion></cac:AwardingTerms></cac:TenderingTerms>\n",
        criteria ? criteria : "");
    if (due) {
        text_puts(to, "<cac:TenderingProcess>"
                      "<cac:TenderSubmissionDeadlinePeriod>");
        leaf(to, "cbc:EndDate", "", due);
        leaf(to, "cbc:EndTime", "", "12:00:00Z");
        text_puts(to, "</cac:TenderSubmissionDeadlinePeriod>"
                      "</cac:TenderingProcess>");
    }
    text_puts(to, "<cac:ProcurementProject>");
    leaf(to, "cbc:Name", " languageID=\"ENG\"", title);
    leaf(to, "cbc:Description", " languageID=\"ENG\"", "All of it.");
    text_puts(to, "</cac:ProcurementProject></cac:ProcurementProjectLot>\n");
}

void small_criterion(struct text *to, const char *sort, const char *name,
    const char *kind, const char *number)
{
    text_puts(to, "<cac:SubordinateAwardingCriterion>");
    if (number)
        text_printf(to,
            OPEN "<efac:AwardCriterionParameter><efbc:ParameterCode "
                 "listName=\"number-weight\">%s</efbc:ParameterCode>"
                 "<efbc:ParameterNumeric>%s</efbc:ParameterNumeric>"
                 "</efac:AwardCriterionParameter>" SHUT,
            kind, number);
    leaf(to, "cbc:AwardingCriterionTypeCode", "", sort);
    leaf(to, "cbc:Name", " languageID=\"ENG\"", name);
    text_puts(to, "</cac:SubordinateAwardingCriterion>\n");
}
