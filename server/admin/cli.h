/* SPDX-License-Identifier: Apache-2.0
 *
 * cli.h - the command line of diptychd, read by the table in options.def.
 *
 * Words alone: no file is opened here, and what settings are set to is checked
 * when they are loaded (config.h).
 */
#ifndef SERVER_ADMIN_CLI_H
#define SERVER_ADMIN_CLI_H

#include "protocol/base_text.h"
#include "protocol/command.h"
#include "protocol/err.h"
#include "server/admin/settings.h"

enum option {
#define OPTION(id, letter, word, argument, help) OPTION_##id,
#include "server/admin/options.def"
#undef OPTION
    OPTION_COUNT
};

enum action {
#define ACTION(id, words, operand, needs, may, help) ACTION_##id,
#include "server/admin/options.def"
#undef ACTION
    ACTION_COUNT
};

struct cli {
    enum action action;
    const char *option[OPTION_COUNT];   /* NULL: not given */
    const char *setting[SETTING_COUNT]; /* NULL: not given */
    const char *operand;                /* NULL: the action takes none */
    enum role role;                     /* of --role */
};

/**
 * cli_read - read a command line
 *
 * Takes   words[n]  without the name of the program
 * Gives   *got, which points into words
 * Errors  ERR_ARG  *why says what was got and what is allowed; *got untouched
 * Thread  any
 */
enum err cli_read(const char *const *words, size_t n, struct cli *got,
    struct text *why) MUST_USE;

/**
 * cli_help - all actions, options and settings, for people
 *
 * Gives   *to grown by some lines
 * Thread  any
 */
void cli_help(struct text *to);

#endif
