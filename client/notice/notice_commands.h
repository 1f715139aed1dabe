/* SPDX-License-Identifier: Apache-2.0
 *
 * notice_commands.h - from a notice to the requests that record it.
 *
 * Pure: the record is what struct notice_known says of it, so that plans can
 * be made and tested without a server.
 */
#ifndef CLIENT_NOTICE_NOTICE_COMMANDS_H
#define CLIENT_NOTICE_NOTICE_COMMANDS_H

#include "client/notice/notice_match.h"
#include "client/notice/notice_plan.h"

/**
 * notice_commands - plan the requests that record a notice
 *
 * One batch, from "begin" to "commit once=": objects that are missing are
 * added, fields that the notice changes are set, what a person changed since
 * the last import stays.  Its last change sets what tells the notice on the
 * tender, so that the seq of that change is the state that the import left.
 *
 * Takes   known  with then and now filled when match says NOTICE_UPDATES or
 *                NOTICE_FILLS
 *         match  what notice_match gave, no clash
 *         language  of *why
 * Gives   *plan grown, without steps when there is nothing to do; remarks
 * Errors  ERR_ARG    the notice says nothing that could be recorded; *why
 *         ERR_LIMIT  more commands than a batch takes; *why
 * Thread  any
 * Cost    linear in the notice and in what is known
 */
enum err notice_commands(const struct notice *notice,
    const struct notice_known *known, const struct notice_match *match,
    enum language language, struct remarks *remarks, struct notice_plan *plan,
    struct text *why) MUST_USE;

#endif
