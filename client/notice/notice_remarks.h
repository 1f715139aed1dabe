/* SPDX-License-Identifier: Apache-2.0
 *
 * notice_remarks.h - warnings about a notice, gathered while it is worked on
 * and printed at the end in the language of the reader.
 *
 * A zeroed struct remarks is empty and needs no init.
 */
#ifndef CLIENT_NOTICE_NOTICE_REMARKS_H
#define CLIENT_NOTICE_NOTICE_REMARKS_H

#include "client/pool.h"
#include "protocol/base_text.h"
#include "protocol/texts.h"

#include <stdio.h>

enum remark_id {
#define REMARK(id, en, fr) REMARK_##id,
#include "client/notice/notice_remarks.def"
#undef REMARK
    REMARK_COUNT
};

struct remark {
    enum remark_id id;
    long line;           /* of the notice; 0 when it is about no line */
    const char *args[4]; /* for {1} to {4} */
};

struct remarks {
    struct remark *list;
    size_t n;
    size_t room;
    struct pool pool;
};

/**
 * remarks_add - gather a warning
 *
 * Takes   a, b, c, d  for {1} to {4}; copied; NULL where not used
 * Gives   *remarks grown
 * Thread  any, one owner at a time
 */
void remarks_add(struct remarks *remarks, enum remark_id id, long line,
    const char *a, const char *b, const char *c, const char *d);

/**
 * remarks_count - how often a warning was gathered
 *
 * Gives   a count
 * Thread  any, one owner at a time
 */
size_t remarks_count(const struct remarks *remarks, enum remark_id id);

/**
 * remark_say - a sentence of the table, filled in
 *
 * Takes   a, b, c, d  for {1} to {4}; NULL where not used
 * Gives   *to grown, without a line end
 * Thread  any
 */
void remark_say(struct text *to, enum language language, enum remark_id id,
    const char *a, const char *b, const char *c, const char *d);

/**
 * remark_print - the sentence of a warning
 *
 * Gives   *to grown, without a line end
 * Thread  any
 */
void remark_print(
    struct text *to, const struct remark *remark, enum language language);

/**
 * remarks_print - all warnings, one a line: "FILE:LINE: warning: sentence"
 *
 * Of each sort the first five are printed and the others counted.
 *
 * Gives   lines on to
 * Thread  any, one owner at a time
 */
void remarks_print(const struct remarks *remarks, const char *file,
    enum language language, FILE *to);

/**
 * remarks_fini - free what is gathered
 *
 * Gives   *remarks all zero
 * Thread  any, one owner at a time
 */
void remarks_fini(struct remarks *remarks);

#endif
