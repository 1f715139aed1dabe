/* SPDX-License-Identifier: Apache-2.0
 *
 * cli.c - reading the command line.
 *
 * An action's words come first, then options in any order, the operand among
 * them; "--" ends the options, --word=value and -dvalue are understood.
 */
#include "server/admin/cli.h"

#include "protocol/base_mem.h"
#include "protocol/near.h"

#include <string.h>

#define HAS(id)  (1u << OPTION_##id)
#define SETTINGS (1u << OPTION_COUNT)

static const struct {
    char letter;
    const char *word;
    const char *argument;
    const char *help;
} options[OPTION_COUNT] = {
#define OPTION(id, letter, word, argument, help)                               \
    [OPTION_##id] = {letter, word, argument, help},
#include "server/admin/options.def"
#undef OPTION
};

static const struct {
    const char *words;
    const char *operand;
    unsigned needs;
    unsigned may;
    const char *help;
} actions[ACTION_COUNT] = {
#define ACTION(id, words, operand, needs, may, help)                           \
    [ACTION_##id] = {words, operand, needs, may, help},
#include "server/admin/options.def"
#undef ACTION
};

/* What is being read. */
struct reading {
    const char *const *words;
    size_t n;
    size_t at;
    struct cli got;
    struct text *why;
};

/* Sentences. */

static void print_option(struct text *to, unsigned option)
{
    if (options[option].letter)
        text_printf(to, "-%c", options[option].letter);
    else
        text_printf(to, "--%s", options[option].word);
    if (*options[option].argument)
        text_printf(to, " %s", options[option].argument);
}

static void print_usage(struct text *to, enum action action)
{
    text_printf(to, "diptychd %s", actions[action].words);
    for (unsigned i = 0; i < OPTION_COUNT; i++) {
        if (actions[action].needs & (1u << i)) {
            text_putc(to, ' ');
            print_option(to, i);
        } else if (actions[action].may & (1u << i)) {
            text_puts(to, " [");
            print_option(to, i);
            text_putc(to, ']');
        }
    }
    if (actions[action].may & SETTINGS)
        text_puts(to, " [SETTING...]");
    if (*actions[action].operand)
        text_printf(to, " %s", actions[action].operand);
}

static enum err refuse(struct reading *r, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static enum err refuse(struct reading *r, const char *format, ...)
{
    va_list list;

    va_start(list, format);
    text_vprintf(r->why, format, list);
    va_end(list);
    if (r->got.action < ACTION_COUNT) {
        text_puts(r->why, "; usage: ");
        print_usage(r->why, r->got.action);
    }
    return ERR_ARG;
}

static enum err refuse_action(struct reading *r)
{
    if (r->n == 0)
        text_puts(r->why, "what shall be done is missing");
    else
        text_printf(r->why, "there is no action \"%s\"", r->words[0]);
    text_puts(r->why, "; allowed: ");
    for (unsigned i = 0; i < ACTION_COUNT; i++)
        text_printf(r->why, "%s%s", i ? ", " : "", actions[i].words);
    return ERR_ARG;
}

/* The action. */

static bool reads_as(const struct reading *r, const char *words)
{
    const char *blank = strchr(words, ' ');

    if (blank == NULL)
        return strcmp(r->words[0], words) == 0;
    return r->n >= 2 && strlen(r->words[0]) == (size_t)(blank - words) &&
           strncmp(r->words[0], words, (size_t)(blank - words)) == 0 &&
           strcmp(r->words[1], blank + 1) == 0;
}

static enum err read_action(struct reading *r)
{
    if (r->n == 0)
        return refuse_action(r);
    for (unsigned i = 0; i < ACTION_COUNT; i++) {
        if (reads_as(r, actions[i].words)) {
            r->got.action = (enum action)i;
            r->at = strchr(actions[i].words, ' ') ? 2 : 1;
            return ERR_OK;
        }
    }
    if (strcmp(r->words[0], "--help") == 0)
        r->got.action = ACTION_HELP;
    else if (strcmp(r->words[0], "--version") == 0)
        r->got.action = ACTION_VERSION;
    else
        return refuse_action(r);
    r->at = 1;
    return ERR_OK;
}

/* Options and settings. */

/* What a word on the command line names. */
struct named {
    const char **place; /* where its value goes; NULL: there is no such word */
    const char *argument;
    const char *help;
    unsigned bit;      /* in needs and may */
    const char *value; /* behind "=" or the letter, NULL: the next word */
};

static bool is_named(
    const char *word, char letter, const char *name, const char **value)
{
    size_t len = strlen(name);

    *value = NULL;
    if (letter && word[1] == letter) {
        *value = word[2] ? word + 2 : NULL;
        return true;
    }
    if (word[1] != '-' || strncmp(word + 2, name, len) != 0)
        return false;
    if (word[2 + len] == '=')
        *value = word + 3 + len;
    return word[2 + len] == '\0' || word[2 + len] == '=';
}

static struct named find_named(struct reading *r, const char *word)
{
    struct named named = {0};

    for (unsigned i = 0; i < OPTION_COUNT; i++)
        if (is_named(word, options[i].letter, options[i].word, &named.value))
            return (struct named){&r->got.option[i], options[i].argument,
                options[i].help, 1u << i, named.value};
    for (unsigned i = 0; i < SETTING_COUNT; i++)
        if (is_named(word, settings[i].letter, settings[i].word, &named.value))
            return (struct named){&r->got.setting[i], settings[i].argument,
                settings[i].help, SETTINGS, named.value};
    return (struct named){0};
}

static enum err refuse_option(struct reading *r, const char *word)
{
    char name[40];
    struct near near = {.word = name};
    size_t len = strcspn(word + 2, "=");

    if (word[1] != '-' || len >= sizeof name)
        return refuse(r, "there is no option %s", word);
    memcpy(name, word + 2, len);
    name[len] = '\0';
    for (unsigned i = 0; i < OPTION_COUNT; i++)
        near_look(&near, options[i].word);
    for (unsigned i = 0; i < SETTING_COUNT; i++)
        near_look(&near, settings[i].word);
    if (near.found == NULL)
        return refuse(r, "there is no option %s", word);
    return refuse(
        r, "there is no option %s; did you mean --%s?", word, near.found);
}

static enum err read_option(struct reading *r)
{
    const char *word = r->words[r->at++];
    struct named named = find_named(r, word);
    const char *value = named.value;

    if (named.place == NULL)
        return refuse_option(r, word);
    const unsigned takes =
        actions[r->got.action].needs | actions[r->got.action].may;
    if (!(takes & named.bit))
        return refuse(
            r, "%s takes no option %s", actions[r->got.action].words, word);
    if (*named.place != NULL)
        return refuse(r, "the option %s is given twice", word);
    if (*named.argument == '\0') {
        if (value != NULL)
            return refuse(r, "the option %s takes no value", word);
        *named.place = "yes";
        return ERR_OK;
    }
    if (value == NULL && r->at < r->n)
        value = r->words[r->at++];
    if (value == NULL || *value == '\0')
        return refuse(r, "the option %s lacks its %s (%s)", word,
            named.argument, named.help);
    *named.place = value;
    return ERR_OK;
}

static enum err read_operand(struct reading *r)
{
    const char *word = r->words[r->at++];

    if (*actions[r->got.action].operand == '\0')
        return refuse(r, "\"%s\" is one word too many", word);
    if (r->got.operand != NULL)
        return refuse(r, "both \"%s\" and \"%s\" are given, one %s is allowed",
            r->got.operand, word, actions[r->got.action].operand);
    if (*word == '\0')
        return refuse(r, "the %s is empty", actions[r->got.action].operand);
    r->got.operand = word;
    return ERR_OK;
}

static enum err read_rest(struct reading *r)
{
    bool options_over = false;
    enum err err = ERR_OK;

    while (err == ERR_OK && r->at < r->n) {
        const char *word = r->words[r->at];
        if (!options_over && strcmp(word, "--") == 0) {
            options_over = true;
            r->at++;
        } else if (!options_over && word[0] == '-' && word[1] != '\0') {
            err = read_option(r);
        } else {
            err = read_operand(r);
        }
    }
    return err;
}

/* What must be there, and values. */

static enum err check_needs(struct reading *r)
{
    for (unsigned i = 0; i < OPTION_COUNT; i++)
        if (actions[r->got.action].needs & (1u << i) &&
            r->got.option[i] == NULL)
            return refuse(r, "the option --%s %s is missing (%s)",
                options[i].word, options[i].argument, options[i].help);
    if (*actions[r->got.action].operand && r->got.operand == NULL)
        return refuse(r, "the %s is missing", actions[r->got.action].operand);
    return ERR_OK;
}

static enum err check_values(struct reading *r)
{
    const char *role = r->got.option[OPTION_ROLE];

    if (role != NULL) {
        r->got.role = role_find(role);
        if (r->got.role == ROLE_COUNT || r->got.role == ROLE_NONE)
            return refuse(r, "there is no role \"%s\"; allowed: %s", role,
                options[OPTION_ROLE].help);
    }
    if (r->got.action == ACTION_USER_ADD) {
        bool admin = r->got.role == ROLE_ADMIN;

        if (admin && r->got.option[OPTION_TEAM])
            return refuse(r, "an admin is of the server, in no team");
        if (!admin && r->got.option[OPTION_TEAM] == NULL)
            return refuse(r, "the option --team TEAM is missing (%s)",
                options[OPTION_TEAM].help);
    }
    return ERR_OK;
}

enum err cli_read(
    const char *const *words, size_t n, struct cli *got, struct text *why)
{
    struct reading r = {
        .words = words, .n = n, .why = why, .got.action = ACTION_COUNT};
    enum err err = read_action(&r);

    if (err == ERR_OK)
        err = read_rest(&r);
    if (err == ERR_OK)
        err = check_needs(&r);
    if (err == ERR_OK)
        err = check_values(&r);
    if (err == ERR_OK)
        *got = r.got;
    return err;
}

void cli_help(struct text *to)
{
    text_puts(to, "diptychd - the server of Diptych\n\n");
    for (unsigned i = 0; i < ACTION_COUNT; i++) {
        text_puts(to, "  ");
        print_usage(to, (enum action)i);
        text_printf(to, "\n      %s\n", actions[i].help);
    }
    text_puts(to, "\nOptions\n");
    for (unsigned i = 0; i < OPTION_COUNT; i++) {
        text_puts(to, "  ");
        if (options[i].letter)
            text_printf(to, "-%c, ", options[i].letter);
        text_printf(to, "--%s%s%s\n      %s\n", options[i].word,
            *options[i].argument ? " " : "", options[i].argument,
            options[i].help);
    }
    text_puts(to, "\nSettings, as options or as lines \"word = value\"\n");
    for (enum setting i = 0; i < SETTING_LIMITS; i++) {
        text_puts(to, "  ");
        if (settings[i].letter)
            text_printf(to, "-%c, ", settings[i].letter);
        text_printf(to, "--%s %s\n      %s", settings[i].word,
            settings[i].argument, settings[i].help);
        if (*settings[i].preset)
            text_printf(to, "; %s unless given", settings[i].preset);
        text_puts(to, "\n");
    }
    text_puts(to, "  --LIMIT N\n      each of the limits that diptychd config "
                  "shows\n");
}
