/* SPDX-License-Identifier: Apache-2.0
 *
 * log_table.h - the events of the log and their levels, as log.def lists them.
 */
#ifndef SERVER_LOG_TABLE_H
#define SERVER_LOG_TABLE_H

/* As syslog numbers them. */
enum log_level {
    LOG_LEVEL_ERROR = 3,
    LOG_LEVEL_WARNING,
    LOG_LEVEL_NOTICE,
    LOG_LEVEL_INFO,
    LOG_LEVEL_DEBUG
};

enum log_id {
#define LOG(id, ...) LOG_##id,
#include "server/log.def"
#undef LOG
    LOG_COUNT
};

struct log_row {
    const char *word;
    enum log_level level;
    const char *keys;
    const char *meaning;
};

extern const struct log_row log_rows[LOG_COUNT];

/**
 * log_level_word - the word of a level
 *
 * Gives   "error" to "debug"
 * Thread  any
 */
const char *log_level_word(enum log_level level);

/**
 * log_level_find - the level with that word
 *
 * Gives   the level, LOG_LEVEL_DEBUG for a word that is none
 * Thread  any
 */
enum log_level log_level_find(const char *word);

#endif
