/* SPDX-License-Identifier: Apache-2.0
 *
 * log_table.c - the table of events of the log.
 */
#include "server/log_table.h"

#include <string.h>

const struct log_row log_rows[LOG_COUNT] = {
#define LOG(id, word, level, keys, meaning)                                    \
    [LOG_##id] = {word, LOG_LEVEL_##level, keys, meaning},
#include "server/log.def"
#undef LOG
};

static const char *const words[] = {
    [LOG_LEVEL_ERROR] = "error",
    [LOG_LEVEL_WARNING] = "warning",
    [LOG_LEVEL_NOTICE] = "notice",
    [LOG_LEVEL_INFO] = "info",
    [LOG_LEVEL_DEBUG] = "debug",
};

const char *log_level_word(enum log_level level)
{
    return words[level];
}

enum log_level log_level_find(const char *word)
{
    enum log_level level = LOG_LEVEL_ERROR;

    while (level < LOG_LEVEL_DEBUG && strcmp(words[level], word) != 0)
        level++;
    return level;
}
