/* SPDX-License-Identifier: Apache-2.0
 *
 * command.c - look-ups in the table of verbs.
 */
#include "protocol/command.h"

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

/* Optimal string alignment distance of two short words: letters missing,
 * added, wrong or swapped with their neighbour each cost one. */
static size_t distance(const char *a, const char *b)
{
    size_t cost[16][16];
    size_t n = strlen(a);
    size_t m = strlen(b);

    if (n > 15 || m > 15)
        return SIZE_MAX;
    for (size_t i = 0; i <= n; i++) {
        for (size_t j = 0; j <= m; j++) {
            if (i == 0 || j == 0) {
                cost[i][j] = i + j;
                continue;
            }
            size_t best = cost[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
            if (cost[i - 1][j] + 1 < best)
                best = cost[i - 1][j] + 1;
            if (cost[i][j - 1] + 1 < best)
                best = cost[i][j - 1] + 1;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
                a[i - 2] == b[j - 1] && cost[i - 2][j - 2] + 1 < best)
                best = cost[i - 2][j - 2] + 1;
            cost[i][j] = best;
        }
    }
    return cost[n][m];
}

const char *command_near(const char *name)
{
    const char *found = NULL;
    size_t least = 3;

    for (int i = 0; i < CMD_COUNT; i++) {
        size_t cost = distance(name, commands[i].name);

        if (cost < least && cost < strlen(commands[i].name)) {
            least = cost;
            found = commands[i].name;
        }
    }
    return found;
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
