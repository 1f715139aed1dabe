/* SPDX-License-Identifier: Apache-2.0
 *
 * manual - print a manual page: standard input as it is, with every line
 * "@NAME" replaced by what the tables of the programs say.
 */
#include "client/settings.h"
#include "protocol/command.h"
#include "protocol/err.h"
#include "protocol/kind.h"
#include "protocol/limit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* For troff: a backslash, a mark at the start of a line, and every minus of
 * what can be typed. */
static void put(const char *text)
{
    for (const char *c = text; *c; c++) {
        if (*c == '\\')
            (void)fputs("\\e", stdout);
        else if (*c == '-')
            (void)fputs("\\-", stdout);
        else if (*c == '~')
            (void)fputs("\\(ti", stdout);
        else if (*c == '^')
            (void)fputs("\\(ha", stdout);
        else if (c == text && (*c == '.' || *c == '\''))
            (void)printf("\\&%c", *c);
        else
            (void)putchar(*c);
    }
}

static void put_bold(const char *text)
{
    (void)fputs("\\fB", stdout);
    put(text);
    (void)fputs("\\fR", stdout);
}

static void put_italic(const char *text)
{
    (void)fputs("\\fI", stdout);
    put(text);
    (void)fputs("\\fR", stdout);
}

/* A line that ends as a sentence. */
static void put_line(const char *text)
{
    size_t len = strlen(text);

    put(text);
    (void)puts(len && text[len - 1] == '.' ? "" : ".");
}

/* ".TP", "-l, --listen HOST:PORT" */
static void put_option(int letter, const char *word, const char *argument)
{
    const char minus[] = {'-', (char)letter, '\0'};

    (void)puts(".TP");
    if (letter) {
        put_bold(minus);
        (void)fputs(", ", stdout);
    }
    (void)fputs("\\fB\\-\\-", stdout);
    put(word);
    (void)fputs("\\fR", stdout);
    if (*argument) {
        (void)putchar(' ');
        put_italic(argument);
    }
    (void)puts("");
}

static void put_row(const char *word, const char *arguments, const char *help)
{
    (void)puts(".TP");
    put_bold(word);
    if (*arguments) {
        (void)putchar(' ');
        put_italic(arguments);
    }
    (void)puts("");
    put_line(help);
}

static void put_client_options(void)
{
#define OPTION(id, letter, word, argument, en, fr)                             \
    put_option(letter, word, argument);                                        \
    put_line(en);
#include "client/options.def"
#undef OPTION
}

static void put_client_verbs(void)
{
#define LOCAL(id, word, function, arguments, en, fr)                           \
    put_row(word, arguments, en);
#include "client/prompt/locals.def"
#undef LOCAL
}

static void put_forms(void)
{
#define FORMAT(id, word, en, fr) put_row(word, "", en);
#include "client/show/formats.def"
#undef FORMAT
}

/* Errors that share an exit status stand in one row. */
static void put_statuses(void)
{
    for (int status = 1; status < 256; status++) {
        const char *between = "";

        for (int i = ERR_OK + 1; i < ERR_COUNT; i++) {
            if (err_status((enum err)i) != status)
                continue;
            if (*between == '\0')
                (void)printf(".TP\n.B %d\nThe server answered ", status);
            (void)printf("%s\\fBerr %s\\fR", between, err_word((enum err)i));
            between = ", ";
        }
        if (*between)
            (void)puts(".");
    }
}

enum server_option {
#define OPTION(id, letter, word, argument, help) SERVER_##id,
#include "server/admin/options.def"
#undef OPTION
    SERVER_OPTIONS
};

static const struct {
    int letter;
    const char *word, *argument, *help;
} server_options[SERVER_OPTIONS] = {
#define OPTION(id, letter, word, argument, help)                               \
    [SERVER_##id] = {letter, word, argument, help},
#include "server/admin/options.def"
#undef OPTION
};

#define HAS(id)  (1u << SERVER_##id)
#define SETTINGS (1u << SERVER_OPTIONS)

static void put_synopsis(unsigned option)
{
    const char minus[] = {'-', (char)server_options[option].letter, '\0'};

    if (server_options[option].letter) {
        put_bold(minus);
    } else {
        (void)fputs("\\fB\\-\\-", stdout);
        put(server_options[option].word);
        (void)fputs("\\fR", stdout);
    }
    if (*server_options[option].argument) {
        (void)putchar(' ');
        put_italic(server_options[option].argument);
    }
}

static void put_action(const char *words, const char *operand, unsigned needs,
    unsigned may, const char *help)
{
    (void)puts(".TP");
    put_bold(words);
    for (unsigned i = 0; i < SERVER_OPTIONS; i++) {
        if (needs & 1u << i) {
            (void)putchar(' ');
            put_synopsis(i);
        } else if (may & 1u << i) {
            (void)fputs(" [", stdout);
            put_synopsis(i);
            (void)putchar(']');
        }
    }
    if (may & SETTINGS)
        (void)fputs(" [\\fISETTING\\fR...]", stdout);
    if (*operand) {
        (void)putchar(' ');
        put_italic(operand);
    }
    (void)puts("");
    put_line(help);
}

static void put_server_actions(void)
{
#define ACTION(id, words, operand, needs, may, help)                           \
    put_action(words, operand, needs, may, help);
#include "server/admin/options.def"
#undef ACTION
}

static void put_server_options(void)
{
    for (unsigned i = 0; i < SERVER_OPTIONS; i++) {
        put_option(server_options[i].letter, server_options[i].word,
            server_options[i].argument);
        put_line(server_options[i].help);
    }
}

static void put_setting(int letter, const char *word, const char *argument,
    const char *preset, const char *when, const char *help)
{
    put_option(letter, word, argument);
    put_line(help);
    if (*preset) {
        (void)fputs("Preset: ", stdout);
        put(preset);
        (void)puts(".");
    }
    if (strcmp(when, "START") == 0)
        (void)puts("Takes effect when the server starts.");
}

static void put_settings(void)
{
#define SETTING(id, letter, word, type, argument, preset, when, help)          \
    put_setting(letter, word, argument, preset, #when, help);
#include "server/admin/options.def"
#undef SETTING
}

static void put_limit(const char *word, long preset, long low, long high,
    const char *unit, const char *when, const char *help)
{
    (void)puts(".TP");
    put_bold(word);
    (void)printf(" = %ld\n", preset);
    put_line(help);
    (void)printf("%ld to %ld%s%s%s.\n", low, high,
        strcmp(unit, "count") ? " " : "", strcmp(unit, "count") ? unit : "",
        strcmp(when, "START") ? "" : "; takes effect when the server starts");
}

static void put_limits(void)
{
#define LIMIT(id, word, preset, low, high, unit, scope, when, en, fr)          \
    put_limit(word, preset, low, high, unit, #when, en);
#include "protocol/limits.def"
#undef LIMIT
}

static void put_verbs(void)
{
    for (int i = 0; i < CMD_COUNT; i++) {
        const struct command *c = &commands[i];

        put_row(c->name, c->positional, c->help[0]);
        if (*c->keys) {
            (void)fputs("Keys: ", stdout);
            put(c->keys);
            (void)puts(".");
        }
        if (c->role != ROLE_NONE)
            (void)printf("Least role: %s.\n", role_word(c->role));
        (void)fputs(".br\n", stdout);
        put_bold(c->example);
        (void)puts("");
    }
}

static void put_errors(void)
{
    for (int i = ERR_OK + 1; i < ERR_COUNT; i++) {
        (void)puts(".TP");
        put_bold(err_word((enum err)i));
        (void)puts("");
        put(err_text((enum err)i, 0));
        (void)puts("");
    }
}

static void put_types(void)
{
    for (int i = 0; i < TYPE_COUNT; i++)
        put_row(type_word((enum type)i), "", type_allowed((enum type)i));
}

static void put_field(const struct field_row *f)
{
    (void)puts(".TP");
    put_bold(f->word);
    (void)putchar(' ');
    put_italic(type_word(f->type));
    if (f->flags & FIELD_NEEDED)
        (void)fputs(" (needed)", stdout);
    (void)puts("");
    put_line(f->help[0]);
    if (f->type == TYPE_ENUM || f->type == TYPE_SET) {
        (void)fputs("One of ", stdout);
        for (const char *c = f->arg; *c; c++) {
            const char word[] = {*c, '\0'};

            put(*c == ',' ? ", " : word);
        }
        (void)puts(".");
    } else if (*f->arg && strcmp(f->arg, "*") != 0) {
        (void)fputs("Refers to ", stdout);
        put(f->arg);
        (void)puts(".");
    }
}

static void put_kinds(void)
{
    for (int i = 0; i < KIND_COUNT; i++) {
        const struct kind_row *row = kind_row((enum kind)i);

        (void)fputs(".SS ", stdout);
        put(row->word);
        (void)puts("");
        put(row->help[0]);
        (void)printf("; ids \\fB%s\\-1\\fR.\n", row->prefix);
        for (size_t k = row->first; k < row->first + row->count; k++)
            put_field(&fields[k]);
    }
}

static const struct {
    const char *name;
    void (*put)(void);
} parts[] = {{"client-options", put_client_options},
    {"client-verbs", put_client_verbs}, {"forms", put_forms},
    {"statuses", put_statuses}, {"server-actions", put_server_actions},
    {"server-options", put_server_options}, {"settings", put_settings},
    {"limits", put_limits}, {"verbs", put_verbs}, {"errors", put_errors},
    {"types", put_types}, {"kinds", put_kinds}};

/* False for a name that no table has. */
static bool put_part(const char *name)
{
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (strcmp(parts[i].name, name) != 0)
            continue;
        parts[i].put();
        return true;
    }
    return false;
}

int main(void)
{
    char line[4096];

    while (fgets(line, sizeof line, stdin)) {
        if (*line != '@') {
            (void)fputs(line, stdout);
            continue;
        }
        line[strcspn(line, "\n")] = '\0';
        if (!put_part(line + 1)) {
            (void)fprintf(stderr, "manual: there is no %s\n", line);
            return EXIT_FAILURE;
        }
    }
    return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
