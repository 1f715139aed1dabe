/* SPDX-License-Identifier: Apache-2.0
 *
 * notice_xml.h - walking the tree of a notice by paths of prefixed names.
 *
 * Paths are written with the prefixes that the standard uses ("cac:Party/
 * cbc:ID"); they stand for the namespaces, whatever prefixes a file uses.
 * A name matches by namespace and local name.
 */
#ifndef CLIENT_NOTICE_NOTICE_XML_H
#define CLIENT_NOTICE_NOTICE_XML_H

#include "client/notice/notice.h"

#include <libxml/tree.h>

/* Where eForms puts what UBL has no element for. */
#define NOTICE_EXT                                                             \
    "ext:UBLExtensions/ext:UBLExtension/ext:ExtensionContent/"                 \
    "efext:EformsExtension"

/* Elements that a path led to, in the order of the file. */
struct xml_list {
    xmlNode **all;
    size_t n;
    size_t room;
};

/* What the reading functions share. */
struct xml {
    struct notice *notice; /* strings live in its pool */
};

/**
 * xml_find - the first element that a path leads to
 *
 * Takes   path  "cac:Party/cbc:ID", from the children of *from on
 * Gives   the element, NULL when there is none
 * Thread  any
 */
xmlNode *xml_find(xmlNode *from, const char *path);

/**
 * xml_find_all - all elements that a path leads to
 *
 * Gives   *list grown; free(list->all) when done
 * Thread  any
 */
void xml_find_all(xmlNode *from, const char *path, struct xml_list *list);

/**
 * xml_words - the text of an element, blanks folded
 *
 * Takes   node  or NULL
 * Gives   a string of the pool, NULL when there is no text; control
 *         characters count as blanks
 * Thread  any, one notice at a time
 */
const char *xml_words(struct xml *x, const xmlNode *node);

/**
 * xml_attribute - the value of an attribute, blanks folded
 *
 * Gives   a string of the pool, NULL when absent or empty
 * Thread  any, one notice at a time
 */
const char *xml_attribute(struct xml *x, xmlNode *node, const char *name);

/**
 * xml_get - the text of the first element that a path leads to
 *
 * Gives   a string of the pool, NULL when there is none
 * Thread  any, one notice at a time
 */
const char *xml_get(struct xml *x, xmlNode *from, const char *path);

/**
 * xml_get_all - the texts of all elements that a path leads to
 *
 * Gives   ids of the pool; empty elements are left out
 * Thread  any, one notice at a time
 */
struct notice_ids xml_get_all(struct xml *x, xmlNode *from, const char *path);

/**
 * xml_read_all - a record for each element that a path leads to
 *
 * Takes   size  of one record
 *         read  fills one
 * Gives   records of the pool, NULL when there are none; *n how many
 * Thread  any, one notice at a time
 */
void *xml_read_all(struct xml *x, xmlNode *from, const char *path, size_t size,
    void (*read)(struct xml *x, xmlNode *node, void *made), size_t *n);

/**
 * xml_get_amount - the amount that a path leads to
 *
 * Gives   number and currency; number NULL when there is none
 * Thread  any, one notice at a time
 */
struct notice_amount xml_get_amount(
    struct xml *x, xmlNode *from, const char *path);

/**
 * xml_get_languages - a text in all its languages
 *
 * Gives   wordings of the pool; texts in one language are joined
 * Thread  any, one notice at a time
 */
struct notice_words xml_get_languages(
    struct xml *x, xmlNode *from, const char *path);

/**
 * xml_line - the line on which an element starts
 *
 * Gives   from 1; 0 when not known
 * Thread  any
 */
long xml_line(const xmlNode *node);

#endif
