/* SPDX-License-Identifier: Apache-2.0
 *
 * command.c - look-ups in the table of verbs.
 */
#include "protocol/command.h"

#include "protocol/kind.h"
#include "protocol/near.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

const struct command commands[CMD_COUNT] = {
#define CMD(id, name, word, role, class, positional, keys, en, fr, example)    \
    [CMD_##id] = {word, ROLE_##role, COMMAND_##class, positional, keys,        \
        {en, fr}, example},
#include "protocol/commands.def"
#undef CMD
};

const struct example_row example_rows[] = {
#define EXAMPLE(of, line) {of, line},
#include "protocol/examples.def"
#undef EXAMPLE
};
const size_t example_rows_n = sizeof example_rows / sizeof *example_rows;

const struct topic_row topic_rows[] = {
#define TOPIC(word, en, fr) {word, {en, fr}},
#include "protocol/examples.def"
#undef TOPIC
};
const size_t topic_rows_n = sizeof topic_rows / sizeof *topic_rows;

static const struct argument_row arguments[] = {
#define ARGUMENT(word, values, en, fr) {word, values, {en, fr}},
#include "protocol/arguments.def"
#undef ARGUMENT
};

static const struct {
    const char *verbs, *word, *help[2];
} keys[] = {
#define KEY(verbs, word, en, fr) {verbs, word, {en, fr}},
#include "protocol/keys.def"
#undef KEY
};

static const char *const role_words[ROLE_COUNT] = {
    [ROLE_NONE] = "none",
    [ROLE_ADMIN] = "admin",
    [ROLE_READER] = "reader",
    [ROLE_SCORER] = "scorer",
    [ROLE_EDITOR] = "editor",
    [ROLE_OWNER] = "owner",
};

enum command_id command_find(const char *name)
{
    if (strcasecmp(name, "exit") == 0 || strcasecmp(name, "bye") == 0)
        return CMD_QUIT;
    for (int i = 0; i < CMD_COUNT; i++)
        if (strcasecmp(commands[i].name, name) == 0)
            return (enum command_id)i;
    return CMD_COUNT;
}

const char *command_near(const char *name)
{
    struct near near = {.word = name};

    for (int i = 0; i < CMD_COUNT; i++)
        near_look(&near, commands[i].name);
    return near.found;
}

const char *command_key(
    const struct command *command, const char *key, size_t *len)
{
    size_t key_len = strlen(key);

    for (const char *p = command->keys; *p;) {
        size_t item = strcspn(p, " ");

        if (item > key_len && p[key_len] == ':' &&
            memcmp(p, key, key_len) == 0) {
            *len = item - key_len - 1;
            return p + key_len + 1;
        }
        p += item;
        p += *p == ' ';
    }
    return NULL;
}

const struct argument_row *argument_find(const char *word, size_t len)
{
    for (size_t i = 0; i < sizeof arguments / sizeof *arguments; i++)
        if (strlen(arguments[i].word) == len &&
            memcmp(arguments[i].word, word, len) == 0)
            return &arguments[i];
    return NULL;
}

/* "?topic", "id+": marks at either end of the name. */
static void read_positional(
    const char *item, size_t len, size_t place, struct argument *got)
{
    bool optional = item[0] == '?';
    char last = item[len - 1];

    *got = (struct argument){.name = item + optional,
        .name_len = len - optional - (last == '*' || last == '+'),
        .place = place,
        .needed = !optional && last != '*',
        .many = last == '*' || last == '+'};
    got->type = argument_find(got->name, got->name_len);
}

/* What a key is for; NULL where no row says it. */
static const char *const *find_key_help(
    const char *verb, const char *name, size_t len)
{
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strlen(keys[i].word) == len &&
            memcmp(keys[i].word, name, len) == 0 &&
            (*keys[i].verbs == '\0' ||
                list_holds(keys[i].verbs, verb, strlen(verb))))
            return keys[i].help;
    return NULL;
}

static void read_key(
    const char *verb, const char *item, size_t len, struct argument *got)
{
    const char *colon = memchr(item, ':', len);
    size_t name = colon ? (size_t)(colon - item) : len;

    *got = (struct argument){.name = item, .name_len = name};
    if (colon)
        got->type = argument_find(colon + 1, len - name - 1);
    got->help = find_key_help(verb, item, name);
}

bool command_argument(
    const struct command *command, size_t at, struct argument *got)
{
    const char *const lists[] = {command->positional, command->keys};

    for (size_t list = 0; list < 2; list++) {
        size_t place = 0;

        for (const char *p = lists[list]; *p;) {
            size_t item = strcspn(p, " ");
            bool open = list == 1 && memchr(p, ':', item) == NULL;

            place++;
            if (!open && at-- == 0) {
                if (list == 0)
                    read_positional(p, item, place, got);
                else
                    read_key(command->name, p, item, got);
                if (got->help == NULL && got->type)
                    got->help = got->type->help;
                return true;
            }
            p += item;
            p += *p == ' ';
        }
    }
    return false;
}

bool command_takes(const struct command *command, const char *what)
{
    size_t len = strlen(what);

    for (const char *p = command->keys; *p;) {
        size_t item = strcspn(p, " ");

        if (item == len && memcmp(p, what, len) == 0)
            return true;
        p += item;
        p += *p == ' ';
    }
    return false;
}

void command_arity(const struct command *command, size_t *least, size_t *most)
{
    *least = 0;
    *most = 0;
    for (const char *p = command->positional; *p;) {
        size_t item = strcspn(p, " ");
        bool optional = p[0] == '?';
        bool many = p[item - 1] == '*' || p[item - 1] == '+';

        *least += !optional && p[item - 1] != '*';
        *most = many ? SIZE_MAX : *most + 1;
        p += item;
        p += *p == ' ';
    }
}

bool command_computes(enum command_id id)
{
    return id != CMD_COUNT && (commands[id].class == COMMAND_COMPUTE ||
                                  commands[id].class == COMMAND_LONG);
}

const char *role_word(enum role role)
{
    return role_words[role];
}

enum role role_find(const char *word)
{
    for (int i = 0; i < ROLE_COUNT; i++)
        if (strcmp(role_words[i], word) == 0)
            return (enum role)i;
    return ROLE_COUNT;
}
