/* SPDX-License-Identifier: Apache-2.0
 *
 * log.h - the log of the server: one line an event, on standard error.
 *
 * A line is made of words of the wire: time= level= what= and what belongs to
 * it.  Passwords and tokens never stand in it, and values that come from
 * outside are quoted.  Between log_start and log_stop a thread of its own
 * writes, so that a reader that stands still holds nobody up: lines that do
 * not fit into its queue are lost, counted, and told of later.
 *
 * When standard error is the journal's socket, lines begin with the level as
 * "<6>" and have no time=, which is how services speak to journald without a
 * library of its own (sd-daemon(3)).
 */
#ifndef SERVER_LOG_H
#define SERVER_LOG_H

#include "protocol/base_text.h"
#include "server/log_table.h"

#include <stdbool.h>
#include <stdint.h>

/**
 * log_start - have lines written by a thread
 *
 * Gives   log_words does not wait any more
 * Thread  loop, once
 */
void log_start(void);

/**
 * log_stop - write what waits, as far as somebody takes it, and end the thread
 *
 * Gives   log_words writes at once again
 * Thread  the one that called log_start
 */
void log_stop(void);

/**
 * log_set_level - what is logged from now on
 *
 * Takes   level  the least important one; LOG_LEVEL_INFO unless it is set
 * Gives   other events are not looked at
 * Thread  any
 */
void log_set_level(enum log_level level);

/**
 * log_wants - whether an event would be logged
 *
 * Gives   true or false, by its level
 * Thread  any
 */
bool log_wants(enum log_id id);

/**
 * log_words - log an event
 *
 * Takes   words  what stands behind what=, "" for nothing
 * Gives   a line, or nothing when its level is not wanted
 * Thread  any
 */
void log_words(enum log_id id, const char *words);

/**
 * log_event - log an event
 *
 * Takes   format  makes the words; those that come from outside are put in by
 *                 log_value
 * Gives   as log_words
 * Thread  any
 */
void log_event(enum log_id id, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/**
 * log_value - add key=value with the value in quotes when it needs them
 *
 * Gives   *to grown by " key=value", without the blank at its start
 * Thread  any
 */
void log_value(struct text *to, const char *key, const char *value);

/**
 * log_lost - how many lines were lost since the start
 *
 * Gives   a count
 * Thread  any
 */
uint64_t log_lost(void);

#endif
