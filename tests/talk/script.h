/* SPDX-License-Identifier: Apache-2.0
 *
 * script.h - a conversation as a list of steps, read from a .talk file or
 * from the fenced blocks "talk" of a page of the documentation.
 *
 * In a .talk file the actor and the mark stand in columns 1 to 8, the text
 * from column 9 on; "#" in the first column starts a comment.  README.md in
 * this folder describes the language.
 */
#ifndef TESTS_TALK_SCRIPT_H
#define TESTS_TALK_SCRIPT_H

#include "protocol/base_text.h"

#include <stdbool.h>
#include <stddef.h>

enum step_verb {
    STEP_SEND,       /* >   one line */
    STEP_SEND_RAW,   /* >|  bytes, with \n \r \t \\ and \xNN */
    STEP_EXPECT,     /* <   the next line of its class */
    STEP_NEXT,       /* <!  the very next line, whatever its class */
    STEP_REGEX,      /* <~  the next line of its class */
    STEP_SKIP_TO,    /* <+  lines are passed over until this one */
    STEP_CONNECT,    /* connect */
    STEP_HALF_CLOSE, /* half-close */
    STEP_CLOSES,     /* closes */
    STEP_CUT,        /* cut */
    STEP_PLAYS,      /* plays FILE: send it, every request must be ok */
    STEP_SILENT,     /* silent */
    STEP_EXITS,      /* exits N: of "sh" */
    STEP_START,      /* start: of "server", as are the next ones */
    STEP_STOP,
    STEP_KILL,
    STEP_USER /* user NAME ROLE of TEAM */
};

struct step {
    int line; /* in the file */
    enum step_verb verb;
    char *actor;
    char *text;
};

struct script {
    char *file;
    bool page; /* of the documentation: times and tokens may differ */
    struct step *list;
    size_t n, room;
};

/**
 * script_read - read a file
 *
 * Takes   file  ending in .talk or .md
 * Gives   true and *got, freed with script_fini; else false and *why
 * Thread  any
 */
bool script_read(const char *file, struct script *got, struct text *why);

/**
 * script_fini - free all
 *
 * Gives   *script all zero
 * Thread  any
 */
void script_fini(struct script *script);

#endif
