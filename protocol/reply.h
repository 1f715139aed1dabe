/* SPDX-License-Identifier: Apache-2.0
 *
 * reply.h - lines of the server, written key by key.
 *
 * The same calls write a data line as words or, after "use format=json", as
 * one JSON object; final lines, events and notices are words always.  A line
 * is begun by one of reply_data, reply_ok, reply_err, reply_event and
 * reply_hello, and ended by reply_end.
 */
#ifndef PROTOCOL_REPLY_H
#define PROTOCOL_REPLY_H

#include "protocol/kind.h"

struct reply {
    struct text *to;  /* where the bytes go */
    bool json;        /* data lines are JSON objects */
    bool in_json;     /* the line begun is one */
    size_t rows;      /* data records written since reply_begin */
    struct text tail; /* text blocks that follow the record */
    uint64_t grease;  /* not 0: keys that nobody knows are added, at random */
};

/**
 * reply_random - the next of a row of random numbers (xorshift)
 *
 * Takes   state  not 0
 * Gives   a number
 * Thread  the one that owns *state
 */
uint64_t reply_random(uint64_t *state);

/**
 * reply_data - begin a data line
 *
 * Takes   kind  the word that names the row: "bid", "points"
 *         id    an id or code that stands right behind it, or NULL
 * Gives   *r with a line begun
 * Thread  the one that owns *r
 */
void reply_data(struct reply *r, const char *kind, const char *id);

/**
 * reply_ok - begin the final line of a request that went well
 *
 * Takes   tag  with its "@", or NULL
 * Gives   *r with a line begun
 * Thread  the one that owns *r
 */
void reply_ok(struct reply *r, const char *tag);

/**
 * reply_err - begin the final line of a request that was refused
 *
 * Takes   tag  with its "@", or NULL
 * Gives   *r with a line begun
 * Thread  the one that owns *r
 */
void reply_err(struct reply *r, const char *tag, enum err err);

/**
 * reply_event - begin an event
 *
 * Takes   name  "bid.set", "tick"
 *         id    or NULL
 * Gives   *r with a line begun
 * Thread  the one that owns *r
 */
void reply_event(struct reply *r, uint64_t seq, int64_t time_ms,
    const char *name, const char *id);

/**
 * reply_plain - begin a line that starts with a word of its own
 *
 * Takes   word  "hello" or "bye"
 * Gives   *r with a line begun
 * Thread  the one that owns *r
 */
void reply_plain(struct reply *r, const char *word);

/**
 * reply_word - add key=value
 *
 * Gives   the line grown; a JSON string in JSON
 * Thread  the one that owns *r
 */
void reply_word(struct reply *r, const char *key, const char *value);

/**
 * reply_number - add key=number
 *
 * Takes   number  a JSON number as text
 * Gives   the line grown; a JSON number in JSON
 * Thread  the one that owns *r
 */
void reply_number(struct reply *r, const char *key, const char *number);

/**
 * reply_int - add key=integer
 *
 * Gives   the line grown
 * Thread  the one that owns *r
 */
void reply_int(struct reply *r, const char *key, int64_t value);

/**
 * reply_micro - add key= with a computed figure, six decimals
 *
 * Takes   value  millionths
 * Gives   the line grown
 * Thread  the one that owns *r
 */
void reply_micro(struct reply *r, const char *key, int64_t value);

/**
 * reply_yes - add key=yes or key=no
 *
 * Gives   the line grown; true or false in JSON
 * Thread  the one that owns *r
 */
void reply_yes(struct reply *r, const char *key, bool value);

/**
 * reply_text - add a field of several lines
 *
 * Gives   a block "text field= lines= bytes=" and "| " lines behind the
 *         record; a JSON string in JSON
 * Thread  the one that owns *r
 */
void reply_text(struct reply *r, const char *key, const char *value);

/**
 * reply_line - one "| " data line, for help
 *
 * Takes   line  without its end; it may hold blanks
 * Gives   a whole line; {"kind":"text","text":...} in JSON
 * Thread  the one that owns *r
 */
void reply_line(struct reply *r, const char *line);

/**
 * reply_note - add a sentence for people behind "#"
 *
 * Gives   the line grown; nothing in JSON; must be the last of a line
 * Thread  the one that owns *r
 */
void reply_note(struct reply *r, const char *sentence);

/**
 * reply_end - end the line that was begun
 *
 * Gives   *r->to holding the whole line and its text blocks
 * Thread  the one that owns *r
 */
void reply_end(struct reply *r);

/**
 * json_quote - a string as JSON writes it
 *
 * Gives   *to grown
 * Thread  any
 */
void json_quote(struct text *to, const char *value);

#endif
