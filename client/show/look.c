/* SPDX-License-Identifier: Apache-2.0
 *
 * look.c - what terminal and environment say.
 */
#include "client/show/look.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* A narrower terminal is treated as one of this width: it wraps. */
#define COLUMNS_LEAST 40
#define COLUMNS_MOST  400

/* What --color says; there is one terminal, and so one answer. */
static enum colours { COLOURS_AUTO, COLOURS_ALWAYS, COLOURS_NEVER } colours;

static const char *const colour_words[] = {"auto", "always", "never"};

static const char *first_set(const char *const *names)
{
    for (; *names; names++) {
        const char *value = getenv(*names);

        if (value && *value)
            return value;
    }
    return NULL;
}

void look_locale(void)
{
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG", NULL};

    if (first_set(names) == NULL && setlocale(LC_CTYPE, "C.UTF-8"))
        return;
    (void)setlocale(LC_CTYPE, "");
}

enum language look_language(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG", NULL};
    const char *said = first_set(names);

    return said && strncmp(said, "fr", 2) == 0 ? LANGUAGE_FRENCH
                                               : LANGUAGE_ENGLISH;
}

size_t look_columns(int fd)
{
    struct winsize size;
    const char *said = getenv("COLUMNS");
    long columns = said ? strtol(said, NULL, 10) : 0;

    if (isatty(fd) && ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col)
        columns = size.ws_col;
    if (columns <= 0)
        return 80;
    if (columns < COLUMNS_LEAST)
        return COLUMNS_LEAST;
    return columns > COLUMNS_MOST ? COLUMNS_MOST : (size_t)columns;
}

bool look_colours(const char *word)
{
    size_t at = 0;

    while (at < 3 && strcmp(word, colour_words[at]) != 0)
        at++;
    if (at == 3)
        return false;
    colours = (enum colours)at;
    return true;
}

bool look_colour(int fd)
{
    const char *none = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");

    if ((none && *none) || colours == COLOURS_NEVER ||
        (terminal && strcmp(terminal, "dumb") == 0))
        return false;
    return colours == COLOURS_ALWAYS || (terminal && isatty(fd));
}

void look_put(struct text *to, const struct look *look, enum style style,
    const char *string)
{
    static const char *const start[STYLE_COUNT] = {
        [STYLE_STRONG] = "\033[1m",
        [STYLE_FAINT] = "\033[2m",
        [STYLE_GOOD] = "\033[32m",
        [STYLE_BAD] = "\033[31m",
        [STYLE_MARK] = "\033[33m",
    };
    bool coloured = look->colour && start[style] && *string;

    if (coloured)
        text_puts(to, start[style]);
    text_puts(to, string);
    if (coloured)
        text_puts(to, "\033[0m");
}
