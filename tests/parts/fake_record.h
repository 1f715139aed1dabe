/* SPDX-License-Identifier: Apache-2.0
 *
 * fake_record.h - a record in memory that answers the requests of an import
 * as a server does: begin, add, set, del, commit, abort, list, log.
 *
 * Types are checked with protocol/, so what passes here is well-formed.  It
 * knows one team and keeps everything as words.
 */
#ifndef TESTS_FAKE_RECORD_H
#define TESTS_FAKE_RECORD_H

#include "client/notice/import_link.h"

#include <stdint.h>

struct fake_change {
    uint64_t seq;
    enum kind kind;
    uint64_t id;
    bool is_end;             /* the object was deleted */
    struct known_rows pairs; /* one row: the fields that were set */
};

struct fake_record {
    struct fake_change *journal;
    size_t n, room;
    uint64_t ids[KIND_COUNT]; /* the newest of each kind */
    bool in_batch;
    struct text queue;       /* requests of the batch, NUL behind each */
    struct known_rows names; /* $names of the batch, id is what they name */
    size_t page;             /* rows of a reply, at most */
    size_t asked, changed;   /* requests, and commits that changed something */
    size_t fail_at;        /* the connection is lost at that request; 0 never */
    const char *meanwhile; /* what a person does before a commit; or NULL */
    const char *refuse;    /* requests that hold this are refused; or NULL */
};

/**
 * fake_link - the record as a connection
 *
 * Gives   a link that lives as long as *record
 * Thread  any, one owner at a time
 */
struct import_link fake_link(struct fake_record *record);

/**
 * fake_do - one request as a person types it
 *
 * Takes   request  without line end
 * Gives   the final line, to be freed
 * Thread  any, one owner at a time
 */
char *fake_do(struct fake_record *record, const char *request);

/**
 * fake_get - a field of an object as it is
 *
 * Takes   id  "L-1"
 * Gives   the value, to be freed; "" when there is none
 * Thread  any, one owner at a time
 */
char *fake_get(
    const struct fake_record *record, const char *id, const char *field);

/**
 * fake_count - how many objects of a kind there are
 *
 * Gives   a count
 * Thread  any, one owner at a time
 */
size_t fake_count(const struct fake_record *record, enum kind kind);

/**
 * fake_fini - free the record
 *
 * Gives   *record all zero
 * Thread  any, one owner at a time
 */
void fake_fini(struct fake_record *record);

#endif
