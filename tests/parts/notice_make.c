/* SPDX-License-Identifier: Apache-2.0
 *
 * notice_make.c - notices made up for tests: header, parties, procedure and
 * lots.  The result of award notices is in notice_make_result.c.
 */
#include "tests/parts/notice_maker.h"

#include "protocol/base_mem.h"
#include "tests/parts/json_flat.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const languages[] = {"ENG", "FRA", "DEU", "BUL", "CES",
    "DAN", "ELL", "EST", "FIN", "GLE", "HRV", "HUN", "ITA", "LAV", "LIT", "MLT",
    "NLD", "POL", "POR", "RON", "SLK", "SLV", "SPA", "SWE"};

/* The prefixes of the standard, others that a file may use, and what both
 * stand for. */
static const struct {
    const char *usual, *other, *space;
} prefixes[] = {
    {"cbc", "b",
        "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"},
    {"cac", "a",
        "urn:oasis:names:specification:ubl:schema:xsd:"
        "CommonAggregateComponents-2"},
    {"ext", "x",
        "urn:oasis:names:specification:ubl:schema:xsd:"
        "CommonExtensionComponents-2"},
    {"efext", "e", "http://data.europa.eu/p27/eforms-ubl-extensions/1"},
    {"efac", "ea",
        "http://data.europa.eu/p27/eforms-ubl-extension-aggregate-"
        "components/1"},
    {"efbc", "eb",
        "http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1"},
};

void maker_print(char *to, size_t size, const char *format, ...)
{
    va_list list;

    va_start(list, format);
    int len = vsnprintf(to, size, format, list);
    va_end(list);
    INSIST(len >= 0 && (size_t)len < size);
}

/* splitmix64 (Steele, Lea, Flood 2014). */
size_t maker_chance(struct maker *m, size_t below)
{
    uint64_t z = m->state += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return (size_t)((z ^ z >> 31) % below);
}

bool maker_lacks(struct maker *m)
{
    return maker_chance(m, 100) < m->recipe->missing;
}

static void put_name(struct maker *m, const char *name)
{
    const char *colon = strchr(name, ':');

    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        if (strncmp(prefixes[i].usual, name, (size_t)(colon - name)) == 0 &&
            prefixes[i].usual[colon - name] == '\0')
            text_printf(m->xml, "%s%s",
                m->recipe->seed % 2 ? prefixes[i].other : prefixes[i].usual,
                colon);
}

void maker_open(struct maker *m, const char *name)
{
    text_putc(m->xml, '<');
    put_name(m, name);
    text_puts(m->xml, ">\n");
}

void maker_shut(struct maker *m, const char *name)
{
    text_puts(m->xml, "</");
    put_name(m, name);
    text_puts(m->xml, ">\n");
}

static const char *const extension[] = {"ext:UBLExtensions", "ext:UBLExtension",
    "ext:ExtensionContent", "efext:EformsExtension"};

void maker_open_extension(struct maker *m)
{
    for (size_t i = 0; i < 4; i++)
        maker_open(m, extension[i]);
}

void maker_shut_extension(struct maker *m)
{
    for (size_t i = 4; i-- > 0;)
        maker_shut(m, extension[i]);
}

static void put_escaped(struct maker *m, const char *value)
{
    for (; *value; value++)
        switch (*value) {
        case '<':
            text_puts(m->xml, "&lt;");
            break;
        case '&':
            text_puts(m->xml, "&amp;");
            break;
        case '"':
            text_puts(m->xml, "&#34;");
            break;
        case ' ': /* blanks are folded, so some are made more */
            text_puts(m->xml, maker_chance(m, 9) ? " " : "\n\t  ");
            break;
        default:
            text_putc(m->xml, *value);
        }
}

void maker_leaf(struct maker *m, const char *name, const char *attribute,
    const char *mark, const char *value)
{
    text_putc(m->xml, '<');
    put_name(m, name);
    if (attribute)
        text_printf(m->xml, " %s=\"%s\"", attribute, mark);
    text_putc(m->xml, '>');
    if (maker_chance(m, 20) == 0)
        text_puts(m->xml, "<!-- a remark -->");
    put_escaped(m, value);
    maker_shut(m, name);
}

void maker_flat(struct maker *m, const char *path, const char *value)
{
    flat_put(m->flat, path, value);
}

void maker_fact(
    struct maker *m, const char *subject, const char *field, const char *value)
{
    char path[600];

    maker_print(path, sizeof path, "%s %s", subject, field);
    flat_put(m->facts, path, value);
}

void maker_words(struct maker *m, const char *name, const char *path,
    const char *stem, char *picked, size_t size)
{
    size_t n = m->recipe->languages;
    size_t needed = maker_chance(m, n);
    bool any = false;

    for (size_t i = 0; i < n; i++) {
        char words[400];
        char place[160];

        if (i != needed && maker_lacks(m))
            continue;
        maker_print(words, sizeof words, "%s (%s) \"ü€\" \\ <&> 'x'", stem,
            languages[i]);
        maker_print(place, sizeof place, "%s/%s", path, languages[i]);
        maker_leaf(m, name, "languageID", languages[i], words);
        maker_flat(m, place, words);
        if (!any || (m->official && strcmp(m->official, languages[i]) == 0))
            maker_print(picked, size, "%s", words);
        any = true;
    }
}

static void put_root(struct maker *m, bool open)
{
    const char *root =
        m->recipe->award ? "ContractAwardNotice" : "ContractNotice";

    if (!open) {
        text_printf(m->xml, "</%s>\n", root);
        return;
    }
    text_printf(m->xml,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<%s "
        "xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:%s-2\"",
        root, root);
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        text_printf(m->xml, " xmlns:%s=\"%s\"",
            m->recipe->seed % 2 ? prefixes[i].other : prefixes[i].usual,
            prefixes[i].space);
    text_puts(m->xml, ">\n");
    maker_flat(m, "root", root);
}

/* One element of the header: what must be read, and what is recorded. */
static void put_header_leaf(struct maker *m, const char *name,
    const char *attribute, const char *mark, const char *value,
    const char *path, const char *field)
{
    if (maker_lacks(m))
        return;
    maker_leaf(m, name, attribute, mark, value);
    if (path)
        maker_flat(m, path, value);
    if (field)
        maker_fact(m, "tender", field, value);
}

static void put_header(struct maker *m)
{
    char id[64];

    maker_print(id, sizeof id, "00000000-0000-4000-8000-%012llx",
        (unsigned long long)m->recipe->seed);
    maker_leaf(m, "cbc:ID", "schemeName", "another-id", "not this one");
    put_header_leaf(m, "cbc:CustomizationID", NULL, NULL, "eforms-sdk-1.10",
        "customization", NULL);
    put_header_leaf(
        m, "cbc:ID", "schemeName", "notice-id", id, "notice_id", "notice-id");
    id[0] = '1';
    put_header_leaf(m, "cbc:ContractFolderID", NULL, NULL, id, "procedure_id",
        "procedure-id");
    if (!maker_lacks(m)) {
        maker_leaf(m, "cbc:IssueDate", NULL, NULL, "2027-01-09+01:00");
        maker_flat(m, "issue_date", "2027-01-09+01:00");
        maker_fact(m, "tender", "notice-date", "2027-01-09");
    }
    put_header_leaf(
        m, "cbc:VersionID", NULL, NULL, "01", "version", "notice-version");
    put_header_leaf(m, "cbc:RegulatoryDomain", NULL, NULL, "32014L0024",
        "legal_basis", NULL);
    maker_leaf(m, "cbc:NoticeTypeCode", "listName",
        m->recipe->award ? "result" : "competition",
        m->recipe->award ? "can-standard" : "cn-standard");
    maker_flat(m, "form_type", m->recipe->award ? "result" : "competition");
    maker_flat(
        m, "notice_type", m->recipe->award ? "can-standard" : "cn-standard");
    if (m->official) {
        maker_leaf(m, "cbc:NoticeLanguageCode", NULL, NULL, m->official);
        maker_flat(m, "language", m->official);
        maker_fact(m, "tender", "language", m->official);
    }
    for (size_t i = 1; i < m->recipe->languages; i++) {
        char path[40];

        maker_print(path, sizeof path, "extra_languages/%zu", i - 1);
        maker_open(m, "cac:AdditionalNoticeLanguage");
        maker_leaf(m, "cbc:ID", NULL, NULL, languages[i]);
        maker_shut(m, "cac:AdditionalNoticeLanguage");
        maker_flat(m, path, languages[i]);
    }
}

static void put_company(struct maker *m, size_t at)
{
    struct made_org *org = &m->orgs[at];
    char path[80];
    char word[80];

    maker_open(m, "efac:Company");
    maker_print(org->id, sizeof org->id, "ORG-%04zu", at + 1);
    if (maker_lacks(m))
        org->id[0] = '\0';
    maker_open(m, "cac:PartyIdentification");
    if (org->id[0])
        maker_leaf(m, "cbc:ID", "schemeName", "organization", org->id);
    maker_shut(m, "cac:PartyIdentification");
    maker_print(word, sizeof word, "Organisation %zu", at + 1);
    maker_print(
        path, sizeof path, "organizations/%s/name", org->id[0] ? org->id : "-");
    maker_open(m, "cac:PartyName");
    org->from = m->flat->len;
    maker_words(m, "cbc:Name", path, word, org->name, sizeof org->name);
    org->to = m->flat->len;
    maker_shut(m, "cac:PartyName");
    maker_print(path, sizeof path, "organizations/%s/country",
        org->id[0] ? org->id : "-");
    maker_open(m, "cac:PostalAddress");
    maker_leaf(m, "cbc:CityName", NULL, NULL, "Somewhere");
    maker_open(m, "cac:Country");
    maker_leaf(m, "cbc:IdentificationCode", "listName", "country", "LUX");
    maker_shut(m, "cac:Country");
    maker_shut(m, "cac:PostalAddress");
    maker_flat(m, path, "LUX");
    maker_print(path, sizeof path, "more/orgs/%zu/city", at);
    maker_flat(m, path, "Somewhere");
    if (!maker_lacks(m)) {
        /* Every third number has blanks and can be no code. */
        maker_print(org->number, sizeof org->number,
            at % 3 ? "R%06zu" : "123 %06zu", at);
        maker_print(path, sizeof path, "more/orgs/%zu/registration", at);
        maker_open(m, "cac:PartyLegalEntity");
        maker_leaf(m, "cbc:CompanyID", NULL, NULL, org->number);
        maker_shut(m, "cac:PartyLegalEntity");
        maker_flat(m, path, org->number);
    }
    maker_shut(m, "efac:Company");
}

static void put_orgs(struct maker *m)
{
    maker_open(m, "efac:Organizations");
    for (size_t i = 0; i < m->recipe->orgs; i++) {
        maker_open(m, "efac:Organization");
        put_company(m, i);
        maker_shut(m, "efac:Organization");
    }
    maker_shut(m, "efac:Organizations");
}

void maker_party(struct maker *m, size_t at)
{
    struct made_org *org = &m->orgs[at];
    char subject[480];

    if (org->is_told)
        return;
    org->is_told = true;
    maker_print(subject, sizeof subject, "party %s", org->name);
    maker_fact(m, subject, "name", org->name);
    maker_fact(m, subject, "sort", "organisation");
    maker_fact(m, subject, "country", "LUX");
    maker_fact(m, subject, "registration", org->number);
    if (strchr(org->number, ' ') == NULL)
        maker_fact(m, subject, "code", org->number);
}

/* The names of a buyer are those of its organisation, under another path. */
static void put_buyer_names(
    struct maker *m, const struct made_org *org, size_t n)
{
    char *lines = strndup(m->flat->bytes + org->from, org->to - org->from);
    char *rest = lines;

    for (char *line; (line = strsep(&rest, "\n")) != NULL;)
        if (*line)
            text_printf(m->flat, "buyers/%zu%s\n", n, strstr(line, "/name/"));
    free(lines);
}

static void put_buyers(struct maker *m)
{
    struct text set = {0};
    size_t n = 0;

    for (size_t i = 0; i < m->recipe->orgs && i < 2; i++) {
        const struct made_org *org = &m->orgs[i];
        char path[80];

        if (org->id[0] == '\0')
            continue;
        maker_open(m, "cac:ContractingParty");
        maker_open(m, "cac:Party");
        maker_open(m, "cac:PartyIdentification");
        maker_leaf(m, "cbc:ID", NULL, NULL, org->id);
        maker_shut(m, "cac:PartyIdentification");
        maker_shut(m, "cac:Party");
        maker_shut(m, "cac:ContractingParty");
        maker_print(path, sizeof path, "buyers/%zu/org", n);
        maker_flat(m, path, org->id);
        maker_print(path, sizeof path, "buyers/%zu/country", n);
        maker_flat(m, path, "LUX");
        put_buyer_names(m, org, n++);
        maker_party(m, i);
        text_printf(&set, "%s%s", set.len ? "," : "", org->name);
    }
    maker_fact(m, "tender", "buyer", text_peek(&set));
    text_fini(&set);
}

static void put_front(struct maker *m)
{
    maker_open_extension(m);
    if (m->recipe->change) {
        maker_open(m, "efac:Changes");
        maker_leaf(m, "efbc:ChangedNoticeIdentifier", NULL, NULL,
            "22222222-0000-4000-8000-000000000001-01");
        maker_open(m, "efac:ChangeReason");
        maker_leaf(m, "cbc:ReasonCode", NULL, NULL, "update-add");
        maker_shut(m, "efac:ChangeReason");
        maker_shut(m, "efac:Changes");
        maker_flat(
            m, "more/changes", "22222222-0000-4000-8000-000000000001-01");
        maker_flat(m, "more/change_reasons/0", "update-add");
    }
    maker_open(m, "efac:NoticeSubType");
    maker_leaf(
        m, "cbc:SubTypeCode", NULL, NULL, m->recipe->award ? "29" : "16");
    maker_shut(m, "efac:NoticeSubType");
    maker_flat(m, "subtype", m->recipe->award ? "29" : "16");
    put_orgs(m);
    if (m->recipe->award)
        maker_result(m);
    maker_shut_extension(m);
}

void notice_make(const struct notice_recipe *recipe, struct made_notice *made)
{
    struct maker m = {.recipe = recipe, .state = recipe->seed};

    *made = (struct made_notice){0};
    m.xml = &made->xml;
    m.flat = &made->flat;
    m.facts = &made->facts;
    m.orgs = calloc(recipe->orgs + 1, sizeof *m.orgs);
    m.lots = calloc(recipe->lots + recipe->groups + 1, sizeof *m.lots);
    if (!maker_lacks(&m))
        m.official = languages[maker_chance(&m, recipe->languages)];
    put_root(&m, true);
    maker_name_lots(&m);
    put_front(&m);
    put_header(&m);
    put_buyers(&m);
    maker_lots(&m);
    put_root(&m, false);
    free(m.orgs);
    free(m.lots);
}

void notice_unmake(struct made_notice *made)
{
    text_fini(&made->xml);
    text_fini(&made->flat);
    text_fini(&made->facts);
}
