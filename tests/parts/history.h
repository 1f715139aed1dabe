/* SPDX-License-Identifier: Apache-2.0
 *
 * history.h - what many clients saw, and whether one order explains all of it.
 *
 * Every write is of one field of one object and has a value of its own, so that
 * a value names the write.  The order is that of the server's numbers; there is
 * nothing to search for, only to compare.  Not a client: the storm fills it.
 */
#ifndef TESTS_PARTS_HISTORY_H
#define TESTS_PARTS_HISTORY_H

#include "protocol/base_text.h"

#include <stdbool.h>
#include <stdint.h>

/* Fields that are written, by number. */
#define HISTORY_FIELDS 2

enum entry_kind {
    ENTRY_WRITE, /* a change of one field, alone or a step of a batch */
    ENTRY_READ,
    ENTRY_WATCH, /* events from number at + 1 on */
    ENTRY_EVENT,
    ENTRY_END /* nothing more can come: the stream was told up to the head */
};

/* One thing that a client asked and heard. */
struct entry {
    enum entry_kind kind;
    size_t session; /* of the server; a client that came back has another */
    size_t author;  /* who is logged in, or named by an event or refusal */
    uint64_t sent, heard; /* ticks of one clock; heard 0: no answer came */
    size_t object, field;
    uint64_t value;
    uint64_t key;   /* of once=; the steps of a batch share it */
    uint64_t steps; /* of the batch */
    uint64_t step;  /* from 1 */
    uint64_t guard; /* of if=, 0 for none */
    uint64_t rev;   /* number of the write, the event, or of what refused it */
    bool refused, replay;
    uint64_t was, tx; /* of an event */
    bool own;
    uint64_t at; /* of a read or a watch */
    bool past;   /* the read asked for that number */
    uint64_t values[HISTORY_FIELDS];
};

struct history {
    struct entry *list;
    size_t n, room;
    uint64_t base, head; /* numbers before and after the storm */
    size_t objects;      /* numbered from 0; each field is 1 at base */
    uint64_t values;     /* writes have values from 2 up to this one */
};

/**
 * history_add - note something
 *
 * Gives   its place in the list
 * Thread  the one that owns *history
 */
size_t history_add(struct history *history, const struct entry *entry);

/**
 * history_check - whether the order of the numbers explains all that was seen
 *
 * Gives   true; else *why grown by the first thing that it does not explain
 * Thread  any
 */
bool history_check(const struct history *history, struct text *why);

/**
 * history_fini - free what was noted
 *
 * Gives   *history all zero
 * Thread  the one that owns *history
 */
void history_fini(struct history *history);

#endif
