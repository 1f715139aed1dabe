/* SPDX-License-Identifier: Apache-2.0
 *
 * settings.c - getopt_long over the table of options.
 */
#include "client/settings.h"

#include "client/show/cell.h"
#include "client/show/say.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

/* Numbers that getopt_long gives for options, beyond every letter. */
#define FIRST_NUMBER 1000

/* Columns of what is described. */
#define LEFT_MOST 25

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
#include "client/prompt/locals.def"
#undef LOCAL
};

static const char *const places[][2] = {
#define PLACE(en, fr) {en, fr},
#include "client/places.def"
#undef PLACE
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

/* The words that stand for values, in the language. */
static void put_places(
    struct text *to, const char *argument, enum language language)
{
    while (*argument) {
        size_t len = strspn(argument, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
        size_t i = 0;

        while (len && i < sizeof places / sizeof *places &&
               (strlen(places[i][0]) != len ||
                   strncmp(places[i][0], argument, len) != 0))
            i++;
        if (len && i < sizeof places / sizeof *places)
            text_puts(to, places[i][language]);
        else
            text_add(to, argument, len ? len : 1);
        argument += len ? len : 1;
    }
}

/* What is described, and behind it or below it the description. */
static void add_row(struct page *page, const struct look *look,
    const char *left, const char *right)
{
    struct text first = {0};

    text_puts(&first, "  ");
    if (cell_width(left) > LEFT_MOST) {
        text_puts(&first, left);
        page_add(page, text_peek(&first));
        text_fini(&first);
        text_puts(&first, "  ");
        left = "";
    }
    cell_pad(&first, left, LEFT_MOST, false);
    text_puts(&first, "  ");
    page_wrap(page, text_peek(&first), right, look->columns);
    text_fini(&first);
}

static void add_text(
    struct page *page, const struct look *look, enum text_id id)
{
    page_wrap(page, "", text_of(id, look->language), look->columns);
}

static void add_options(struct page *page, const struct look *look)
{
    for (int i = 0; i < OPTION_COUNT; i++) {
        struct text left = {0};

        if (options[i].letter)
            text_printf(&left, "-%c, ", options[i].letter);
        else
            text_puts(&left, "    ");
        text_printf(&left, "--%s ", options[i].word);
        put_places(&left, options[i].argument, look->language);
        add_row(page, look, left.bytes, options[i].help[look->language]);
        text_fini(&left);
    }
}

void settings_help(struct page *page, const struct look *look)
{
    add_text(page, look, TEXT_HELP_USAGE);
    page_add(page, "");
    add_text(page, look, TEXT_HELP_OPTIONS);
    add_options(page, look);
    page_add(page, "");
    add_text(page, look, TEXT_HELP_LOCALS);
    for (size_t i = 0; i < sizeof locals / sizeof *locals; i++) {
        struct text left = {0};

        text_printf(&left, "%s ", locals[i].word);
        put_places(&left, locals[i].arguments, look->language);
        add_row(page, look, left.bytes, locals[i].help[look->language]);
        text_fini(&left);
    }
    page_add(page, "");
    add_text(page, look, TEXT_HELP_END);
}
