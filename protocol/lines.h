/* SPDX-License-Identifier: Apache-2.0
 *
 * lines.h - framing: bytes come in as they like, request units come out.
 *
 * A unit is one line, with the text of its heredoc when it announces one.
 * Framing looks at nothing but line ends and heredoc marks; the limits in
 * force when a line is framed apply to it.
 */
#ifndef PROTOCOL_LINES_H
#define PROTOCOL_LINES_H

#include "protocol/base_text.h"

#include <stdbool.h>

struct lines {
    struct text in;   /* bytes not yet framed */
    size_t done;      /* bytes of in that were handed out */
    size_t scanned;   /* bytes of in known to hold no line end */
    size_t line_most; /* bytes of a line, without its end */
    size_t line_len;  /* of the last line that was taken, or was too long */
    size_t body_most; /* bytes of a heredoc; four times as much is a fault */
    struct text head; /* the line that announced the heredoc being read */
    struct text body; /* its text so far */
    size_t body_seen; /* bytes of it that came, kept or not */
    bool in_body;
};

enum lines_got {
    LINES_MORE,     /* no whole unit is there yet */
    LINES_UNIT,     /* *unit is filled */
    LINES_TOO_LONG, /* a line beyond its limit: the link must end */
    LINES_TOO_MUCH  /* a heredoc beyond four times its limit: it must end */
};

struct unit {
    struct text line; /* without its end */
    struct text body; /* text of the heredoc, its lines joined by LF */
    bool has_body;
    size_t body_bytes; /* of the heredoc as it came */
    bool body_over;    /* the heredoc was over its limit and was dropped */
};

/**
 * lines_feed - take bytes in
 *
 * Gives   *lines holding a copy of them
 * Thread  the one that owns *lines
 */
void lines_feed(struct lines *lines, const char *bytes, size_t len);

/**
 * lines_next - the next unit
 *
 * Gives   what it got; *unit on LINES_UNIT, freed with unit_fini
 * Thread  the one that owns *lines
 * Cost    linear in the bytes fed, however they were cut
 */
enum lines_got lines_next(struct lines *lines, struct unit *unit);

/**
 * lines_waiting - bytes that were fed and not yet handed out
 *
 * Gives   a count; a line without its end and a heredoc being read count
 * Thread  the one that owns *lines
 */
size_t lines_waiting(const struct lines *lines);

/**
 * lines_fini - free what is held
 *
 * Gives   *lines all zero
 * Thread  the one that owns *lines
 */
void lines_fini(struct lines *lines);

/**
 * unit_fini - free what lines_next gave
 *
 * Gives   *unit all zero
 * Thread  any
 */
void unit_fini(struct unit *unit);

#endif
