/* SPDX-License-Identifier: Apache-2.0
 *
 * control_ask.h - handing a change to the server that has the database.
 */
#ifndef SERVER_ADMIN_CONTROL_ASK_H
#define SERVER_ADMIN_CONTROL_ASK_H

#include "server/admin/control.h"

/**
 * control_ask - have a running server make a change
 *
 * Gives   *said  what it answered, for people, whether it was done or not
 * Errors  ERR_BUSY  no server answers in that folder; *said untouched
 *         else as control_apply
 * Thread  any; waits for the answer, a minute at most
 */
enum err control_ask(const char *folder, const struct control *control,
    struct text *said) MUST_USE;

#endif
