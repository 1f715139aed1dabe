/* SPDX-License-Identifier: Apache-2.0
 *
 * notice_dump.h - a notice as lines, in the forms that tests compare with.
 */
#ifndef TESTS_NOTICE_DUMP_H
#define TESTS_NOTICE_DUMP_H

#include "client/notice/notice.h"

/**
 * dump_flat - a notice as the lines that json_flat makes of its expectation
 *
 * Gives   *to grown by "path=value" lines
 * Thread  any
 */
void dump_flat(const struct notice *notice, struct text *to);

/**
 * dump_more - what is read of a notice beside what dump_flat prints
 *
 * Gives   *to grown by "more/path=value" lines
 * Thread  any
 */
void dump_more(const struct notice *notice, struct text *to);

/**
 * dump_criteria - the rows of criteria.csv of one notice
 *
 * Takes   file  the name that stands in the first column
 * Gives   *to grown by CSV lines
 * Thread  any
 */
void dump_criteria(
    const struct notice *notice, const char *file, struct text *to);

/**
 * dump_lots - the rows of lots.csv of one notice
 *
 * Gives   *to grown by CSV lines
 * Thread  any
 */
void dump_lots(const struct notice *notice, const char *file, struct text *to);

/**
 * dump_tenders - the rows of tenders.csv of one notice
 *
 * Gives   *to grown by CSV lines
 * Thread  any
 */
void dump_tenders(
    const struct notice *notice, const char *file, struct text *to);

#endif
