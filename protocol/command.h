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
    COMMAND_FLOW,    /* answered by the session alone */
    COMMAND_READ,    /* runs on a reader thread */
    COMMAND_CHANGE,  /* runs on the writer thread; may stand in a batch */
    COMMAND_COMPUTE, /* runs on a worker thread */
    COMMAND_LONG     /* computes too, on threads for what takes long */
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

/* A line that works, and the kind or topic that it shows: examples.def. */
struct example_row {
    const char *of;
    const char *line;
};

struct topic_row {
    const char *word;
    const char *text[2]; /* English, French; lines */
};

extern const struct example_row example_rows[];
extern const size_t example_rows_n;
extern const struct topic_row topic_rows[];
extern const size_t topic_rows_n;

/* What may stand in an argument: arguments.def. */
struct argument_row {
    const char *word;
    const char *values;  /* comma between them; "" when it is no choice */
    const char *help[2]; /* English, French */
};

/* One argument of a verb, cut out of its row. */
struct argument {
    const char *const *help; /* [2], of the key, else of its type */
    const char *name;        /* name[name_len] within the row */
    size_t name_len;
    size_t place; /* of a positional value, from 1; 0 for a key */
    bool needed;
    bool many; /* the last positional value may stand several times */
    const struct argument_row *type;
};

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
 * argument_find - the row of arguments.def with that word
 *
 * Takes   word[len]
 * Gives   the row, which lives for ever; NULL when there is none
 * Thread  any
 */
const struct argument_row *argument_find(const char *word, size_t len);

/**
 * command_argument - the arguments of a verb, one after the other
 *
 * Takes   at  from 0 on: positional values first, then keys; the fields and
 *             conditions that some verbs take are none
 * Gives   *got, and true; false behind the last one
 * Thread  any
 */
bool command_argument(
    const struct command *command, size_t at, struct argument *got);

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
 * command_computes - whether a verb computes on a tender
 *
 * Takes   id  a verb, or CMD_COUNT for none
 * Gives   true or false
 * Thread  any
 */
bool command_computes(enum command_id id);

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
