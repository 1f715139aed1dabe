/* SPDX-License-Identifier: Apache-2.0
 *
 * cli.c - reading the command line.
 *
 * An action's words come first, then options in any order, the operand among
 * them; "--" ends the options, --word=value and -dvalue are understood.
 */
#include "server/cli.h"

#include "protocol/base_mem.h"
#include "server/address.h"

#include <string.h>

#define HAS(id) (1u << OPTION_##id)

static const struct {
    char letter;
    const char *word;
    const char *argument;
    const char *help;
} options[OPTION_COUNT] = {
#define OPTION(id, letter, word, argument, help)                               \
    [OPTION_##id] = {letter, word, argument, help},
#include "server/options.def"
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
#include "server/options.def"
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

/* Options. */

/* The option that a word names; *value is what stands behind "=" or the
 * letter, NULL when that is the next word. */
static unsigned find_option(const char *word, const char **value)
{
    *value = NULL;
    for (unsigned i = 0; i < OPTION_COUNT; i++) {
        size_t len = strlen(options[i].word);
        if (word[1] == options[i].letter && options[i].letter) {
            *value = word[2] ? word + 2 : NULL;
            return i;
        }
        if (word[1] != '-' || strncmp(word + 2, options[i].word, len) != 0)
            continue;
        if (word[2 + len] == '\0')
            return i;
        if (word[2 + len] == '=') {
            *value = word + 3 + len;
            return i;
        }
    }
    return OPTION_COUNT;
}

static enum err read_option(struct reading *r)
{
    const char *word = r->words[r->at++];
    const char *value = NULL;
    unsigned option = find_option(word, &value);

    if (option == OPTION_COUNT)
        return refuse(r, "there is no option %s", word);
    const unsigned takes =
        actions[r->got.action].needs | actions[r->got.action].may;
    if (!(takes & (1u << option)))
        return refuse(
            r, "%s takes no option %s", actions[r->got.action].words, word);
    if (r->got.option[option] != NULL)
        return refuse(r, "the option %s is given twice", word);
    if (*options[option].argument == '\0') {
        if (value != NULL)
            return refuse(r, "the option %s takes no value", word);
        r->got.option[option] = "yes";
        return ERR_OK;
    }
    if (value == NULL && r->at < r->n)
        value = r->words[r->at++];
    if (value == NULL || *value == '\0')
        return refuse(r, "the option %s lacks its %s (%s)", word,
            options[option].argument, options[option].help);
    r->got.option[option] = value;
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
    if ((r->got.option[OPTION_CERT] == NULL) !=
        (r->got.option[OPTION_KEY] == NULL))
        return refuse(r, "--cert and --key go together");
    return ERR_OK;
}

static enum err check_values(struct reading *r)
{
    const char *role = r->got.option[OPTION_ROLE];
    const char *listen = r->got.option[OPTION_LISTEN];

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
    return address_read(
        listen ? listen : "127.0.0.1:7766", &r->got.address, r->why);
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
}
