/* SPDX-License-Identifier: Apache-2.0
 *
 * settings.c - the table of settings.
 */
#include "server/admin/settings.h"

#include "protocol/near.h"

#include <string.h>

#define START false
#define LIVE  true
const struct setting_row settings[SETTING_COUNT] = {
#define SETTING(id, letter, word, type, argument, preset, when, help)          \
    [SETTING_##id] = {                                                         \
        letter, word, SETTING_IS_##type, argument, preset, when, help},
#include "server/admin/options.def"
#undef SETTING
#define LIMIT(id, word, preset, low, high, unit, scope, when, en, fr)          \
    [SETTING_LIMITS + LIMIT_ROW_##id] = {                                      \
        0, word, SETTING_IS_LIMIT, "N", #preset, when, en},
#include "protocol/limits.def"
#undef LIMIT
};
#undef START
#undef LIVE

enum setting setting_find(const char *word)
{
    enum setting setting = 0;

    while (setting < SETTING_COUNT && strcmp(settings[setting].word, word) != 0)
        setting++;
    return setting;
}

const char *setting_near(const char *word)
{
    struct near near = {.word = word};

    for (enum setting i = 0; i < SETTING_COUNT; i++)
        near_look(&near, settings[i].word);
    return near.found;
}
