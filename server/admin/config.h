/* SPDX-License-Identifier: Apache-2.0
 *
 * config.h - the settings that are in force, each with where it comes from.
 *
 * A flag wins over a line of the file, a line of the file over the preset.
 */
#ifndef SERVER_ADMIN_CONFIG_H
#define SERVER_ADMIN_CONFIG_H

#include "protocol/base_text.h"
#include "server/admin/settings.h"

struct config {
    struct config_value {
        char *word; /* "" when it is not set; limits without their K, M, G */
        char *from; /* "default", "FILE:LINE", "--word" */
    } value[SETTING_COUNT];
};

/**
 * config_load - presets, file and flags
 *
 * Takes   folder  of the data; its diptychd.conf is read if it is there
 *         file    read instead, and must be there; NULL for none
 *         flags   SETTING_COUNT words of the command line; NULL: not given
 * Gives   *made, freed with config_free
 * Errors  ERR_NONE    the file is not there
 *         ERR_SYNTAX  a line of the file is wrong
 *         ERR_ARG     a flag is wrong, or settings do not go together
 *         *why says where, what was got and what is allowed
 * Thread  any
 */
enum err config_load(const char *folder, const char *file,
    const char *const *flags, struct config **made, struct text *why) MUST_USE;

/**
 * config_free - free what config_load made
 *
 * Gives   *config NULL
 * Thread  the one that owns it
 */
void config_free(struct config **config);

/**
 * config_word - what a setting is set to
 *
 * Gives   a string of the config, NULL when it is not set
 * Thread  any
 */
const char *config_word(const struct config *config, enum setting setting);

/**
 * config_print - all settings as a file that sets the same
 *
 * Gives   *to grown by a line for each, with a comment where it comes from
 * Thread  any
 */
void config_print(const struct config *config, struct text *to);

/**
 * config_apply - put the limits of a config in force
 *
 * Takes   all  false: only those that can be set while the server runs
 * Gives   what limit_now gives from now on
 * Thread  before the threads start; with all false also the loop
 */
void config_apply(const struct config *config, bool all);

/* One setting that differs; taken: whether it is in force from now on. */
typedef void config_told_fn(void *ctx, enum setting setting, const char *was,
    const char *now, bool taken);

/**
 * config_take - take over what can be changed while the server runs
 *
 * Takes   now    in force
 *         fresh  as it was read again; may be freed afterwards
 * Gives   *now with the live settings of fresh; told called for each setting
 *         that differs, with "" for one that is not set
 * Thread  the one that owns both
 */
void config_take(
    struct config *now, struct config *fresh, config_told_fn *told, void *ctx);

/**
 * config_read_file - the lines of a file, for config_load
 *
 * Takes   must  false: no file is as good as an empty one
 * Gives   *config with the values of the file
 * Errors  ERR_NONE, ERR_SYNTAX; *why tells
 * Thread  any
 */
enum err config_read_file(struct config *config, const char *file, bool must,
    struct text *why) MUST_USE;

/**
 * config_put - one value, for config_load
 *
 * Takes   from  where it comes from; *why begins with it
 * Gives   *config with the value, if it is of the setting's type
 * Errors  ERR_ARG  *why says what was got and what is allowed
 * Thread  any
 */
enum err config_put(struct config *config, enum setting setting,
    const char *word, const char *from, struct text *why) MUST_USE;

#endif
