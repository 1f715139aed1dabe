/* SPDX-License-Identifier: Apache-2.0
 *
 * settings.h - the command line of the client, as options.def lists it.
 */
#ifndef CLIENT_SETTINGS_H
#define CLIENT_SETTINGS_H

#include "client/show/page.h"
#include "protocol/base_text.h"
#include "protocol/err.h"
#include "protocol/texts.h"

enum option_id {
#define OPTION(id, letter, word, argument, en, fr) OPTION_##id,
#include "client/options.def"
#undef OPTION
    OPTION_COUNT
};

struct settings {
    /* What was given with an option, "" when it takes nothing; NULL when the
     * option was not given.  All point into argv. */
    const char *value[OPTION_COUNT];
    char **words; /* verb and arguments; within argv */
    int words_n;
};

/**
 * settings_read - cut a command line into options and words
 *
 * Options may stand before and behind the verb; "--" ends them.
 *
 * Takes   argv[argc]  its order is changed
 * Gives   *got
 * Errors  ERR_ARG  an unknown option, or one without its value; *why is
 *                  grown by a sentence
 * Thread  main
 */
enum err settings_read(int argc, char **argv, enum language language,
    struct settings *got, struct text *why) MUST_USE;

/**
 * settings_help - the text of --help
 *
 * Gives   *page grown by lines
 * Thread  any
 */
void settings_help(struct page *page, const struct look *look);

#endif
