/* SPDX-License-Identifier: Apache-2.0
 *
 * resume_seen.h - the newest revision of each object that a session was shown,
 * which is what "if=seen" stands for: a server knows it of one link alone.
 *
 * Rows that leave rev= out tell nothing, so a revision here may be older than
 * the one that the server had in mind, and never newer.
 */
#ifndef CLIENT_LINK_RESUME_SEEN_H
#define CLIENT_LINK_RESUME_SEEN_H

#include "client/word_map.h"
#include "protocol/answer.h"
#include "protocol/base_text.h"

struct resume_seen {
    struct resume_object {
        char *word;   /* owned; an id or a code */
        size_t named; /* of a code: the object; of an id: itself */
        uint64_t rev; /* of an id */
        size_t link;  /* on which it was shown last */
    } * list;
    size_t n, room;
    struct word_map places; /* from a word to its place in the list */
    size_t link;            /* the links before this one */
};

/**
 * resume_seen_note - note what a line shows
 *
 * Takes   answer  a row, an event or a final line
 * Gives   *seen grown
 * Thread  main
 */
void resume_seen_note(struct resume_seen *seen, const struct answer *answer);

/**
 * resume_seen_named - note by which code a request named what its answer shows
 *
 * Takes   request[len]  whole lines
 *         final         the answer to it
 * Gives   *seen grown when it was made, and names an object by its code or
 *         gives it one
 * Thread  main
 */
void resume_seen_named(struct resume_seen *seen, const char *request,
    size_t len, const struct answer *final);

/**
 * resume_seen_put - write "if=seen" as the revision it stands for
 *
 * Takes   request[len]  whole lines
 *         lost          also for objects that this link has shown
 * Gives   true and *made, the same request with a revision; false when it asks
 *         for no such thing, or the revision is not known
 * Thread  main
 */
bool resume_seen_put(const struct resume_seen *seen, const char *request,
    size_t len, bool lost, struct text *made);

/**
 * resume_seen_rewrite - the same for a request on the heap, whose link is lost
 *
 * Gives   *request and *len, as they were when nothing was to be written
 * Thread  main
 */
void resume_seen_rewrite(
    const struct resume_seen *seen, char **request, size_t *len);

/**
 * resume_seen_fini - forget it all
 *
 * Gives   *seen all zero
 * Thread  main
 */
void resume_seen_fini(struct resume_seen *seen);

#endif
