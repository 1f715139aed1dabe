/* SPDX-License-Identifier: Apache-2.0
 *
 * match.h - what a conversation expects of a line, and the names it keeps.
 *
 *   ...     (the one character U+2026) any run of characters, none too
 *   <name>  a word without blanks: kept the first time, the same afterwards
 *   <_>     a word without blanks, not kept
 * All else stands for itself.
 */
#ifndef TESTS_TALK_MATCH_H
#define TESTS_TALK_MATCH_H

#include "protocol/base_text.h"

#include <stdbool.h>

struct name {
    char *name;
    char *value;
};

struct kept {
    struct name *list;
    size_t n, room;
};

/**
 * kept_put - keep a name, or give it another value
 *
 * Gives   *names holding copies of both
 * Thread  the one that owns *names
 */
void kept_put(struct kept *names, const char *name, const char *value);

/**
 * kept_get - the value of a name
 *
 * Gives   a string that lives until the name is put again; NULL
 * Thread  the one that owns *names
 */
const char *kept_get(const struct kept *names, const char *name, size_t len);

/**
 * kept_fill - put values where a text names them
 *
 * Takes   from  "<name>" of a name that is not kept stands for itself
 * Gives   *to grown
 * Thread  the one that owns *names
 */
void kept_fill(const struct kept *names, const char *from, struct text *to);

/**
 * kept_fini - free all
 *
 * Gives   *names all zero
 * Thread  the one that owns *names
 */
void kept_fini(struct kept *names);

/**
 * line_matches - whether a line is what a pattern expects
 *
 * Gives   true, and *names holding what was met for the first time; or false
 *         and *names as before
 * Thread  the one that owns *names
 */
bool line_matches(const char *pattern, const char *line, struct kept *names);

/**
 * line_matches_regex - whether an extended regular expression fits all of it
 *
 * Gives   true or false; *why when the expression itself is broken
 * Thread  any
 */
bool line_matches_regex(const char *regex, const char *line, struct text *why);

#endif
