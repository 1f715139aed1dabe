/* SPDX-License-Identifier: Apache-2.0
 *
 * import_record.h - asking a server what an import must know of the record.
 */
#ifndef CLIENT_NOTICE_IMPORT_RECORD_H
#define CLIENT_NOTICE_IMPORT_RECORD_H

#include "client/notice/import_link.h"
#include "client/notice/notice.h"

/**
 * record_ask - tenders, parties and notices that a notice may be about
 *
 * Gives   *known without then and now
 * Errors  of the link or of the server; *why says what
 * Thread  the one that owns the link
 */
enum err record_ask(const struct import_link *link, const struct notice *notice,
    struct notice_known *known, struct text *why) MUST_USE;

/**
 * record_ask_tender - the objects of one tender, as they are and as they were
 *
 * Takes   tender  its id
 *         seq     when they were; 0: nothing is asked of the past
 * Gives   then and now of *known
 * Errors  of the link or of the server; *why says what
 * Thread  the one that owns the link
 */
enum err record_ask_tender(const struct import_link *link, const char *tender,
    uint64_t seq, struct notice_known *known, struct text *why) MUST_USE;

#endif
