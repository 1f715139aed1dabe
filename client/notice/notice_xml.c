/* SPDX-License-Identifier: Apache-2.0
 *
 * notice_xml.c - walking the tree of a notice by paths of prefixed names.
 */
#include "client/notice/notice_xml.h"

#include "protocol/base_mem.h"
#include "protocol/utf8.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *prefix;
    const char *name;
} spaces[] = {
    {"cbc", "urn:oasis:names:specification:ubl:schema:xsd:"
            "CommonBasicComponents-2"},
    {"cac", "urn:oasis:names:specification:ubl:schema:xsd:"
            "CommonAggregateComponents-2"},
    {"ext", "urn:oasis:names:specification:ubl:schema:xsd:"
            "CommonExtensionComponents-2"},
    {"efext", "http://data.europa.eu/p27/eforms-ubl-extensions/1"},
    {"efac", "http://data.europa.eu/p27/eforms-ubl-extension-aggregate-"
             "components/1"},
    {"efbc",
        "http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1"},
};

static const char *find_space(const char *prefix, size_t len)
{
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
        if (strlen(spaces[i].prefix) == len &&
            memcmp(spaces[i].prefix, prefix, len) == 0)
            return spaces[i].name;
    return NULL;
}

/* One step of a path, cut into what an element is compared with. */
struct step {
    const char *space;
    const char *name;
    size_t len;
    const char *rest; /* of the path, NULL behind the last step */
};

static struct step read_step(const char *path)
{
    size_t len = strcspn(path, "/");
    const char *colon = memchr(path, ':', len);

    INSIST(colon != NULL);
    struct step step = {
        .space = find_space(path, (size_t)(colon - path)),
        .name = colon + 1,
        .len = len - (size_t)(colon + 1 - path),
        .rest = path[len] ? path + len + 1 : NULL,
    };
    INSIST(step.space != NULL);
    return step;
}

static bool fits_step(const xmlNode *node, const struct step *step)
{
    return node->type == XML_ELEMENT_NODE && node->ns && node->ns->href &&
           strncmp((const char *)node->name, step->name, step->len) == 0 &&
           node->name[step->len] == '\0' &&
           strcmp((const char *)node->ns->href, step->space) == 0;
}

xmlNode *xml_find(xmlNode *from, const char *path)
{
    struct step step = read_step(path);

    for (xmlNode *node = from ? from->children : NULL; node;
         node = node->next) {
        if (!fits_step(node, &step))
            continue;
        xmlNode *found = step.rest ? xml_find(node, step.rest) : node;
        if (found)
            return found;
    }
    return NULL;
}

void xml_find_all(xmlNode *from, const char *path, struct xml_list *list)
{
    struct step step = read_step(path);

    for (xmlNode *node = from ? from->children : NULL; node;
         node = node->next) {
        if (!fits_step(node, &step))
            continue;
        if (step.rest) {
            xml_find_all(node, step.rest, list);
            continue;
        }
        list->all =
            mem_grow(list->all, &list->room, list->n + 1, sizeof(xmlNode *));
        list->all[list->n++] = node;
    }
}

/* Appends bytes with every run of blanks and control characters made one
 * blank, and none at the start. */
static void add_folded(struct text *to, const char *bytes)
{
    size_t len = strlen(bytes);
    size_t at = 0;

    while (at < len) {
        uint32_t point = ' ';
        size_t n = utf8_next(bytes + at, len - at, &point);
        bool blank = n == 0 || point <= ' ' || (point >= 0x7f && point < 0xa0);

        if (!blank)
            text_add(to, bytes + at, n);
        else if (to->len && to->bytes[to->len - 1] != ' ')
            text_putc(to, ' ');
        at += n ? n : 1;
    }
}

/* The text as a string of the pool; NULL when nothing is left. */
static const char *keep_folded(struct xml *x, struct text *folded)
{
    if (folded->len && folded->bytes[folded->len - 1] == ' ')
        folded->len--;
    const char *kept =
        folded->len ? pool_text(&x->notice->pool, folded->bytes, folded->len)
                    : NULL;
    text_fini(folded);
    return kept;
}

static void add_content(struct text *to, const xmlNode *children)
{
    for (; children; children = children->next)
        if ((children->type == XML_TEXT_NODE ||
                children->type == XML_CDATA_SECTION_NODE) &&
            children->content)
            add_folded(to, (const char *)children->content);
}

const char *xml_words(struct xml *x, const xmlNode *node)
{
    struct text folded = {0};

    if (node == NULL)
        return NULL;
    add_content(&folded, node->children);
    return keep_folded(x, &folded);
}

const char *xml_attribute(struct xml *x, xmlNode *node, const char *name)
{
    struct text folded = {0};
    const xmlAttr *attribute =
        node ? xmlHasProp(node, (const xmlChar *)name) : NULL;

    if (attribute == NULL)
        return NULL;
    add_content(&folded, attribute->children);
    return keep_folded(x, &folded);
}

const char *xml_get(struct xml *x, xmlNode *from, const char *path)
{
    return xml_words(x, xml_find(from, path));
}

struct notice_ids xml_get_all(struct xml *x, xmlNode *from, const char *path)
{
    struct xml_list list = {0};
    struct notice_ids ids = {0};

    xml_find_all(from, path, &list);
    if (list.n)
        ids.all = pool_new(&x->notice->pool, list.n * sizeof *ids.all);
    for (size_t i = 0; i < list.n; i++) {
        const char *id = xml_words(x, list.all[i]);

        if (id)
            ids.all[ids.n++] = id;
    }
    free(list.all);
    return ids;
}

void *xml_read_all(struct xml *x, xmlNode *from, const char *path, size_t size,
    void (*read)(struct xml *x, xmlNode *node, void *made), size_t *n)
{
    struct xml_list list = {0};
    char *all = NULL;

    xml_find_all(from, path, &list);
    if (list.n)
        all = pool_new(&x->notice->pool, list.n * size);
    for (size_t i = 0; i < list.n; i++)
        read(x, list.all[i], all + i * size);
    *n = list.n;
    free(list.all);
    return all;
}

struct notice_amount xml_get_amount(
    struct xml *x, xmlNode *from, const char *path)
{
    xmlNode *node = xml_find(from, path);
    struct notice_amount amount = {.number = xml_words(x, node)};

    if (amount.number)
        amount.currency = xml_attribute(x, node, "currencyID");
    return amount;
}

/* Texts of one element that are read; the Union has 24 languages. */
#define WORDINGS 64

/* The texts of one language among the elements from first on, joined. */
static const char *join_wordings(struct xml *x, const struct xml_list *list,
    const char *const *languages, size_t first)
{
    struct text joined = {0};

    for (size_t i = first; i < list->n; i++) {
        if (strcmp(languages[i], languages[first]) != 0)
            continue;
        const char *words = xml_words(x, list->all[i]);
        if (words == NULL)
            continue;
        if (joined.len) {
            text_putc(&joined, '\n');
            if (x->notice->repeated++ == 0)
                x->notice->repeated_line = xml_line(list->all[i]);
        }
        text_puts(&joined, words);
    }
    if (joined.len == 0)
        return NULL;
    return pool_give(&x->notice->pool, text_take(&joined));
}

static bool is_seen(const char *const *languages, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (strcmp(languages[i], languages[at]) == 0)
            return true;
    return false;
}

struct notice_words xml_get_languages(
    struct xml *x, xmlNode *from, const char *path)
{
    const char *languages[WORDINGS];
    struct xml_list list = {0};
    struct notice_wording *all = NULL;
    size_t n = 0;

    xml_find_all(from, path, &list);
    if (list.n > WORDINGS)
        list.n = WORDINGS;
    if (list.n)
        all = pool_new(&x->notice->pool, list.n * sizeof *all);
    for (size_t i = 0; i < list.n; i++) {
        languages[i] = xml_attribute(x, list.all[i], "languageID");
        if (languages[i] == NULL)
            languages[i] = "";
    }
    for (size_t i = 0; i < list.n; i++) {
        if (is_seen(languages, i))
            continue;
        const char *words = join_wordings(x, &list, languages, i);
        if (words)
            all[n++] = (struct notice_wording){languages[i], words};
    }
    free(list.all);
    return (struct notice_words){all, n};
}

long xml_line(const xmlNode *node)
{
    long line = node ? xmlGetLineNo(node) : 0;

    return line > 0 ? line : 0;
}
