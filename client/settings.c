/* SPDX-License-Identifier: Apache-2.0
 *
 * settings.c - getopt_long over the table of options.
 */
#include "client/settings.h"

#include "client/cell.h"
#include "client/say.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

/* Numbers that getopt_long gives for options, beyond every letter. */
#define FIRST_NUMBER 1000

static const struct {
    int letter;
    const char *word, *argument, *help[2];
} options[OPTION_COUNT] = {
#define OPTION(id, letter, word, argument, en, fr)                             \
    [OPTION_##id] = {letter, word, argument, {en, fr}},
#include "client/options.def"
#undef OPTION
};

static const struct {
    const char *word, *arguments, *help[2];
} locals[] = {
#define LOCAL(id, word, function, arguments, en, fr)                           \
    {word, arguments, {en, fr}},
#include "client/locals.def"
#undef LOCAL
};

/* What getopt_long wants to be told; letters get their numbers too. */
static void make_tables(char *letters, struct option *words)
{
    *letters++ = ':';
    for (int i = 0; i < OPTION_COUNT; i++) {
        int takes = *options[i].argument ? required_argument : no_argument;

        words[i] =
            (struct option){options[i].word, takes, NULL, FIRST_NUMBER + i};
        if (options[i].letter == 0)
            continue;
        *letters++ = (char)options[i].letter;
        if (takes == required_argument)
            *letters++ = ':';
    }
    *letters = '\0';
    words[OPTION_COUNT] = (struct option){0};
}

static int find_option(int got)
{
    if (got >= FIRST_NUMBER)
        return got - FIRST_NUMBER;
    for (int i = 0; i < OPTION_COUNT; i++)
        if (options[i].letter == got)
            return i;
    return OPTION_COUNT;
}

enum err settings_read(int argc, char **argv, enum language language,
    struct settings *got, struct text *why)
{
    char letters[OPTION_COUNT * 2 + 2];
    struct option words[OPTION_COUNT + 1];
    struct settings made = {0};
    int c;

    make_tables(letters, words);
    optind = 0;
    while ((c = getopt_long(argc, argv, letters, words, NULL)) != -1) {
        if (c == ':' || c == '?') {
            enum text_id what =
                c == ':' ? TEXT_OPTION_VALUE : TEXT_OPTION_UNKNOWN;
            char letter[3] = {'-', (char)optopt, '\0'};
            bool known = optopt > 0 && optopt < FIRST_NUMBER;

            say(why, language, what, known ? letter : argv[optind - 1]);
            return ERR_ARG;
        }
        made.value[find_option(c)] = optarg ? optarg : "";
    }
    made.words = argv + optind;
    made.words_n = argc - optind;
    *got = made;
    return ERR_OK;
}

static void add_row(struct text *to, const char *left, const char *right)
{
    text_puts(to, "  ");
    cell_pad(to, left, 28, false);
    text_printf(to, " %s\n", right);
}

void settings_help(struct text *to, enum language language)
{
    struct text left = {0};

    say(to, language, TEXT_HELP_USAGE);
    for (int i = 0; i < OPTION_COUNT; i++) {
        if (options[i].letter)
            text_printf(&left, "-%c, ", options[i].letter);
        else
            text_puts(&left, "    ");
        text_printf(&left, "--%s %s", options[i].word, options[i].argument);
        add_row(to, left.bytes, options[i].help[language]);
        text_fini(&left);
    }
    say(to, language, TEXT_HELP_LOCALS);
    for (size_t i = 0; i < sizeof locals / sizeof *locals; i++) {
        text_printf(&left, "%s %s", locals[i].word, locals[i].arguments);
        add_row(to, left.bytes, locals[i].help[language]);
        text_fini(&left);
    }
    say(to, language, TEXT_HELP_END);
}
