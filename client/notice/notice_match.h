/* SPDX-License-Identifier: Apache-2.0
 *
 * notice_match.h - which tender a notice is about: none yet, one to update,
 * or one that it must not touch.
 */
#ifndef CLIENT_NOTICE_NOTICE_MATCH_H
#define CLIENT_NOTICE_NOTICE_MATCH_H

#include "client/notice/notice.h"
#include "client/notice/notice_known.h"
#include "client/notice/notice_remarks.h"

enum notice_verdict {
    NOTICE_NEW,     /* a tender is added */
    NOTICE_KNOWN,   /* this very file was imported: nothing to do */
    NOTICE_UPDATES, /* the tender takes what it changes */
    NOTICE_FILLS,   /* it is older than the last one: only gaps are filled */
    NOTICE_CLASHES  /* refused: another notice stands under its name */
};

struct notice_match {
    enum notice_verdict verdict;
    const struct known_row *tender; /* of *known; NULL for NOTICE_NEW */
    uint64_t seq; /* when the last import into it was complete; 0 unknown */
};

/**
 * notice_match - find the tender that a notice is about
 *
 * Takes   known   tenders, parties and notices are looked at
 *         language  of *why
 *         as_new  make another tender whatever is recorded
 * Gives   *match; a remark when several tenders have the procedure
 * Errors  ERR_EXISTS  for NOTICE_CLASHES; *why says with what; *match is
 *                     filled too
 * Thread  any
 */
enum err notice_match(const struct notice *notice,
    const struct notice_known *known, bool as_new, enum language language,
    struct remarks *remarks, struct notice_match *match,
    struct text *why) MUST_USE;

#endif
