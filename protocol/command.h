/* SPDX-License-Identifier: Apache-2.0
 *
 * command.h - the verbs, as commands.def lists them.
 */
#ifndef PROTOCOL_COMMAND_H
#define PROTOCOL_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

/* In rising order: whoever has a role may do what the lower ones may.  The
 * server's admin has users and the server, and nothing of any team. */
enum role {
    ROLE_NONE, /* not logged in; as a stored role: the user was deleted */
    ROLE_ADMIN,
    ROLE_READER,
    ROLE_SCORER,
    ROLE_EDITOR,
    ROLE_OWNER,
    ROLE_COUNT
};

enum command_class {
    COMMAND_FLOW,   /* answered by the session alone */
    COMMAND_READ,   /* runs on a reader thread */
    COMMAND_CHANGE, /* runs on the writer thread; may stand in a batch */
    COMMAND_COMPUTE /* runs on a worker thread */
};

enum command_id {
#define CMD(id, name, word, ...) CMD_##id,
#include "protocol/commands.def"
#undef CMD
    CMD_COUNT
};

struct command {
    const char *name;
    enum role role; /* the least that may send it */
    enum command_class class;
    const char *positional;
    const char *keys;
    const char *help[2]; /* English, French */
    const char *example;
};

extern const struct command commands[CMD_COUNT];

/**
 * command_find - the verb with that name, in any case; exit and bye are quit
 *
 * Gives   its number, CMD_COUNT when there is none
 * Thread  any
 */
enum command_id command_find(const char *name);

/**
 * command_near - the verb that a mistyped word comes closest to
 *
 * Gives   a name that lives for ever, NULL when nothing is close
 * Thread  any
 */
const char *command_near(const char *name);

/**
 * command_key - the type of a key that a verb takes
 *
 * Gives   a string[len] within the row, NULL when the verb has no such key
 * Thread  any
 */
const char *command_key(
    const struct command *command, const char *key, size_t *len);

/**
 * command_takes - whether "fields" or "conditions" stands among the keys
 *
 * Gives   true or false
 * Thread  any
 */
bool command_takes(const struct command *command, const char *what);

/**
 * command_arity - how many positional values a verb takes
 *
 * Gives   *least and *most (SIZE_MAX: any number)
 * Thread  any
 */
void command_arity(const struct command *command, size_t *least, size_t *most);

/**
 * role_word - the wire word of a role
 *
 * Gives   "none", "reader", ...
 * Thread  any
 */
const char *role_word(enum role role);

/**
 * role_find - the role with that wire word
 *
 * Gives   the role, ROLE_COUNT when there is none
 * Thread  any
 */
enum role role_find(const char *word);

#endif
