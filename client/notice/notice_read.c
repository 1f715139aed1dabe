/* SPDX-License-Identifier: Apache-2.0
 *
 * notice_read.c - from the bytes of a file to a struct notice: XML, root,
 * header, organisations and procedure.
 *
 * The file is not trusted: no network, no document type (so no entities),
 * the depth and size limits of libxml2 stay on.
 */
#include "client/link/digest.h"
#include "client/notice/notice_parts.h"
#include "client/notice/notice_remarks.h"
#include "protocol/base_mem.h"

#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const roots[] = {
    "ContractNotice", "ContractAwardNotice", "PriorInformationNotice"};

/* Stops at a document type: nothing it declares is ever looked at. */
static void on_document_type(void *context, const xmlChar *name,
    const xmlChar *external, const xmlChar *system)
{
    xmlParserCtxt *parser = context;
    long *line = parser->_private;

    (void)name;
    (void)external;
    (void)system;
    *line = xmlSAX2GetLineNumber(context);
    xmlStopParser(parser);
}

/* What goes wrong is asked of the parser; libxml2 also prints some of it. */
static void hush(void *context, const char *format, ...)
{
    (void)context;
    (void)format;
}

/* What messages say of a file: its name, the line, and why. */
struct place {
    const char *name;
    enum language language;
    struct text *why;
};

static enum err refuse(
    const struct place *place, long line, enum remark_id id, const char *what)
{
    text_printf(place->why, "%s:%ld: ", place->name, line > 0 ? line : 1);
    remark_say(place->why, place->language, id, what, NULL, NULL, NULL);
    return ERR_ARG;
}

/* libxml2 ends its messages with a line end. */
static enum err refuse_fault(const struct place *place, xmlParserCtxt *parser)
{
    const xmlError *fault = xmlCtxtGetLastError(parser);
    const char *message = fault && fault->message ? fault->message : "no XML";
    char *line = mem_copy(message, strcspn(message, "\n"));
    enum err err = refuse(place, fault ? fault->line : 1, REMARK_NOT_XML, line);

    free(line);
    return err;
}

static enum err parse_bytes(
    const char *bytes, size_t len, const struct place *place, xmlDoc **made)
{
    xmlParserCtxt *parser = xmlNewParserCtxt();
    long type_line = 0;
    enum err err = ERR_OK;

    INSIST(parser != NULL);
    parser->_private = &type_line;
    parser->sax->internalSubset = on_document_type;
    xmlSetGenericErrorFunc(NULL, hush);
    xmlDoc *doc = xmlCtxtReadMemory(parser, bytes, (int)len, NULL, NULL,
        XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
            XML_PARSE_BIG_LINES | XML_PARSE_COMPACT);
    xmlSetGenericErrorFunc(NULL, NULL);
    if (type_line)
        err = refuse(place, type_line, REMARK_DOCUMENT_TYPE, NULL);
    else if (doc == NULL || !parser->wellFormed)
        err = refuse_fault(place, parser);
    xmlFreeParserCtxt(parser);
    if (err != ERR_OK) {
        xmlFreeDoc(doc);
        return err;
    }
    *made = doc;
    return ERR_OK;
}

static enum err check_root(const xmlNode *root, const struct place *place)
{
    const char *name = root ? (const char *)root->name : "";

    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
        if (strcmp(name, roots[i]) == 0)
            return ERR_OK;
    return refuse(place, xml_line(root), REMARK_NOT_A_NOTICE, name);
}

static const char *read_notice_id(struct xml *x, xmlNode *root)
{
    struct xml_list list = {0};
    const char *id = NULL;

    xml_find_all(root, "cbc:ID", &list);
    for (size_t i = 0; i < list.n && id == NULL; i++) {
        const char *scheme = xml_attribute(x, list.all[i], "schemeName");

        if (scheme && strcmp(scheme, "notice-id") == 0)
            id = xml_words(x, list.all[i]);
    }
    free(list.all);
    return id;
}

static void read_header(struct xml *x, xmlNode *root)
{
    struct notice *n = x->notice;
    xmlNode *type = xml_find(root, "cbc:NoticeTypeCode");

    n->line = xml_line(root);
    n->root = pool_text(
        &n->pool, (const char *)root->name, strlen((const char *)root->name));
    n->id = read_notice_id(x, root);
    n->version = xml_get(x, root, "cbc:VersionID");
    n->procedure_id = xml_get(x, root, "cbc:ContractFolderID");
    n->customization = xml_get(x, root, "cbc:CustomizationID");
    n->type = xml_words(x, type);
    n->form = xml_attribute(x, type, "listName");
    n->subtype =
        xml_get(x, root, NOTICE_EXT "/efac:NoticeSubType/cbc:SubTypeCode");
    n->legal_basis = xml_get(x, root, "cbc:RegulatoryDomain");
    n->issue_date = xml_get(x, root, "cbc:IssueDate");
    n->language = xml_get(x, root, "cbc:NoticeLanguageCode");
    n->languages = xml_get_all(x, root, "cac:AdditionalNoticeLanguage/cbc:ID");
    n->changes = xml_get(
        x, root, NOTICE_EXT "/efac:Changes/efbc:ChangedNoticeIdentifier");
    n->change_reasons = xml_get_all(
        x, root, NOTICE_EXT "/efac:Changes/efac:ChangeReason/cbc:ReasonCode");
}

static void read_org(struct xml *x, xmlNode *company, void *made)
{
    *(struct notice_org *)made = (struct notice_org){
        .line = xml_line(company),
        .id = xml_get(x, company, "cac:PartyIdentification/cbc:ID"),
        .name = xml_get_languages(x, company, "cac:PartyName/cbc:Name"),
        .registration =
            xml_get(x, company, "cac:PartyLegalEntity/cbc:CompanyID"),
        .country = xml_get(
            x, company, "cac:PostalAddress/cac:Country/cbc:IdentificationCode"),
        .city = xml_get(x, company, "cac:PostalAddress/cbc:CityName"),
    };
}

static void read_orgs(struct xml *x, xmlNode *root)
{
    struct notice *n = x->notice;

    n->orgs = xml_read_all(x, root,
        NOTICE_EXT "/efac:Organizations/efac:Organization/efac:Company",
        sizeof *n->orgs, read_org, &n->orgs_n);
    n->buyers = xml_get_all(x, root,
        "cac:ContractingParty/cac:Party/cac:PartyIdentification/cbc:ID");
}

static void read_procedure(struct xml *x, xmlNode *root)
{
    struct notice *n = x->notice;
    xmlNode *project = xml_find(root, "cac:ProcurementProject");

    n->project_line = xml_line(project ? project : root);
    n->internal_id = xml_get(x, project, "cbc:ID");
    n->title = xml_get_languages(x, project, "cbc:Name");
    n->description = xml_get_languages(x, project, "cbc:Description");
    n->nature = xml_get(x, project, "cbc:ProcurementTypeCode");
    n->cpv = xml_get(x, project,
        "cac:MainCommodityClassification/cbc:ItemClassificationCode");
    n->procedure = xml_get(x, root, "cac:TenderingProcess/cbc:ProcedureCode");
    n->estimate = xml_get_amount(x, project,
        "cac:RequestedTenderTotal/cbc:EstimatedOverallContractAmount");
}

static enum err refuse_size(const struct place *place, size_t len)
{
    char bytes[24];
    char most[24];

    (void)snprintf(bytes, sizeof bytes, "%zu", len);
    (void)snprintf(most, sizeof most, "%zu", NOTICE_BYTES);
    text_printf(place->why, "%s: ", place->name);
    remark_say(
        place->why, place->language, REMARK_TOO_LARGE, bytes, most, NULL, NULL);
    return ERR_LIMIT;
}

static struct notice *read_root(
    xmlNode *root, const char *name, const char *bytes, size_t len)
{
    struct notice *notice = mem_new(sizeof *notice);
    struct xml x = {notice};

    notice->file = pool_text(&notice->pool, name, strlen(name));
    digest_print(bytes, len, notice->digest);
    read_header(&x, root);
    read_orgs(&x, root);
    read_procedure(&x, root);
    lots_read(&x, root);
    result_read(&x, root);
    return notice;
}

enum err notice_read(const char *bytes, size_t len, const char *name,
    enum language language, struct notice **made, struct text *why)
{
    struct place place = {name, language, why};
    xmlDoc *doc = NULL;

    if (len > NOTICE_BYTES)
        return refuse_size(&place, len);
    enum err err = parse_bytes(bytes, len, &place, &doc);
    if (err != ERR_OK)
        return err;
    xmlNode *root = xmlDocGetRootElement(doc);
    err = check_root(root, &place);
    if (err == ERR_OK)
        *made = read_root(root, name, bytes, len);
    xmlFreeDoc(doc);
    return err;
}

void notice_free(struct notice **notice)
{
    if (*notice == NULL)
        return;
    pool_fini(&(*notice)->pool);
    free(*notice);
    *notice = NULL;
}

const char *notice_pick(
    const struct notice_words *words, const char *language, bool *other)
{
    *other = false;
    for (size_t i = 0; language && i < words->n; i++)
        if (strcmp(words->all[i].language, language) == 0)
            return words->all[i].words;
    if (words->n == 0)
        return NULL;
    *other = language != NULL;
    return words->all[0].words;
}

bool notice_is_award(const struct notice *notice)
{
    if (notice->form && (strcmp(notice->form, "result") == 0 ||
                            strcmp(notice->form, "cont-modif") == 0))
        return true;
    return strcmp(notice->root, "ContractAwardNotice") == 0;
}
