/* SPDX-License-Identifier: Apache-2.0
 *
 * log.h - the log of the server: one line an event, on standard error.
 *
 * A line is made of words of the wire: time=... level=... what=... and so on.
 * Passwords and tokens never stand in it.
 */
#ifndef SERVER_LOG_H
#define SERVER_LOG_H

#include "protocol/base_text.h"

/**
 * log_line - write one line that has its level already
 *
 * Takes   words  level=... what=... and so on
 * Gives   the line, written at once and whole
 * Thread  any
 */
void log_line(const char *words);

/**
 * log_event - write one line
 *
 * Takes   level   "info", "warn" or "error"
 *         format  makes words: what=... and what belongs to it; values that
 *                 come from outside are put in by log_value
 * Gives   the line, written at once and whole
 * Thread  any
 */
void log_event(const char *level, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/**
 * log_value - add key=value with the value in quotes when it needs them
 *
 * Gives   *to grown by " key=value"
 * Thread  any
 */
void log_value(struct text *to, const char *key, const char *value);

#endif
