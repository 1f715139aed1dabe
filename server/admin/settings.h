/* SPDX-License-Identifier: Apache-2.0
 *
 * settings.h - the table of what the server can be told: the settings of
 * options.def, and every limit of protocol/limits.def behind them.
 */
#ifndef SERVER_ADMIN_SETTINGS_H
#define SERVER_ADMIN_SETTINGS_H

#include "protocol/limit.h"

enum setting {
#define SETTING(id, ...) SETTING_##id,
#include "server/admin/options.def"
#undef SETTING
    SETTING_LIMITS,
    SETTING_COUNT = SETTING_LIMITS + LIMIT_COUNT
};

enum setting_type {
    SETTING_IS_ADDRESS,
    SETTING_IS_LOOPBACK,
    SETTING_IS_FILE,
    SETTING_IS_CHOICE, /* one of the words of argument, "|" between them */
    SETTING_IS_LIMIT,
};

struct setting_row {
    char letter; /* 0: none */
    const char *word;
    enum setting_type type;
    const char *argument;
    const char *preset; /* "" for none */
    bool live;
    const char *help;
};

extern const struct setting_row settings[SETTING_COUNT];

/**
 * setting_find - the setting with that word
 *
 * Gives   the setting, SETTING_COUNT when there is none
 * Thread  any
 */
enum setting setting_find(const char *word);

/**
 * setting_near - the setting that somebody may have meant
 *
 * Gives   its word, NULL when none is near
 * Thread  any
 */
const char *setting_near(const char *word);

#endif
