/* SPDX-License-Identifier: Apache-2.0
 *
 * small_notice.h - small notices whose parts a test chooses.
 */
#ifndef TESTS_SMALL_NOTICE_H
#define TESTS_SMALL_NOTICE_H

#include "protocol/base_text.h"

/* NULL leaves a part out; what stands for XML is put in as it is. */
struct small_notice {
    const char *root; /* ContractNotice when NULL */
    const char *id, *version, *procedure;
    const char *date;
    const char *changes; /* BT-758 */
    const char *code;    /* BT-22 */
    const char *title;
    const char *number, *buyer; /* ORG-0001 */
    const char *orgs;           /* XML: more organisations */
    const char *estimate;       /* in EUR */
    const char *lots;           /* XML */
    const char *result;         /* XML: inside efac:NoticeResult */
};

/**
 * small_notice - the XML of a small notice
 *
 * Gives   *to grown
 * Thread  any
 */
void small_notice(struct text *to, const struct small_notice *notice);

/**
 * small_org - the XML of one more organisation
 *
 * Gives   *to grown
 * Thread  any
 */
void small_org(
    struct text *to, const char *id, const char *name, const char *number);

/**
 * small_lot - the XML of one lot
 *
 * Takes   due       a date with a zone; noon there; or NULL
 *         criteria  XML, or NULL
 * Gives   *to grown
 * Thread  any
 */
void small_lot(struct text *to, const char *id, const char *title,
    const char *due, const char *criteria);

/**
 * small_criterion - the XML of one criterion
 *
 * Gives   *to grown
 * Thread  any
 */
void small_criterion(struct text *to, const char *sort, const char *name,
    const char *kind, const char *number);

#endif
