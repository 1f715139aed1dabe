/* SPDX-License-Identifier: Apache-2.0
 *
 * past.h - the lines typed in earlier sessions.
 *
 * A plain file, one line each, for its owner alone.  Lines that hold a
 * password or a token are never in it.
 */
#ifndef CLIENT_PROMPT_PAST_H
#define CLIENT_PROMPT_PAST_H

#include "protocol/base_text.h"

#include <stdbool.h>

typedef void past_fn(const char *line);

/**
 * past_path - where the lines are kept
 *
 * Gives   *path: diptych/history in $XDG_STATE_HOME, else in ~/.local/state
 * Thread  any
 */
void past_path(struct text *path);

/**
 * past_is_secret - whether a line must not be kept
 *
 * Gives   true for login and auth, in any case and behind a tag
 * Thread  any
 */
bool past_is_secret(const char *line);

/**
 * past_read - the lines of a file, the oldest first
 *
 * A file that has grown long is cut to its last lines.
 *
 * Gives   each called for every line; nothing when there is no such file
 * Thread  any
 */
void past_read(const char *path, past_fn *each);

/**
 * past_add - append one line
 *
 * Gives   the file grown, made when it was not there; nothing for a secret;
 *         a file that can not be written is left alone, since a session is
 *         worth more than its history
 * Thread  any
 */
void past_add(const char *path, const char *line);

#endif
