/* SPDX-License-Identifier: Apache-2.0
 *
 * person.h - what the verbs about one party share: all that is recorded about
 * it, names for what it refers to, days.  They run on a reading thread.
 */
#ifndef SERVER_PEOPLE_PERSON_H
#define SERVER_PEOPLE_PERSON_H

#include "db/about.h"
#include "protocol/reply.h"
#include "server/figure/tender_maker.h"
#include "server/session/inside.h"

struct person {
    struct store *store;
    const struct viewer *viewer;
    struct task *task;
    struct reply r;        /* data lines */
    struct abouts about;   /* the party first */
    struct objects others; /* what was referred to and has been read */
    int64_t today;         /* in days since 1970 */
};

/**
 * person_open - find a party and read what is recorded about it
 *
 * Takes   word  id or code of a party, as the request has it under that key
 *         day   of on=, or NULL: the day of the request
 * Gives   *p, freed with person_close, also upon an error
 * Errors  ERR_NONE, ERR_ARG  in the fault of the task
 * Thread  the one that runs the task
 */
enum err person_open(struct person *p, struct store *store, struct task *t,
    const char *key, const char *word) MUST_USE;

/**
 * person_close - free what person_open made
 *
 * Gives   *p empty; the rows are counted in the task
 * Thread  the one that runs the task
 */
void person_close(struct person *p);

/**
 * person_today - the day that on= names, else that of the request
 *
 * Gives   *day in days since 1970
 * Errors  ERR_ARG  in the fault of the task
 * Thread  any
 */
enum err person_today(struct task *t, int64_t *day) MUST_USE;

/**
 * person_party - the party itself
 *
 * Gives   borrowed
 * Thread  the one that runs the task
 */
const struct object *person_party(const struct person *p);

/**
 * person_list - what is about the party, of one kind
 *
 * Gives   *n objects, by id but touches by time; freed with free()
 * Thread  the one that runs the task
 */
const struct object **person_list(
    const struct person *p, enum kind kind, size_t *n);

/**
 * person_sort - touches in the order of time, anything else by id
 *
 * Takes   list  of one kind
 * Gives   the list in order
 * Thread  any
 */
void person_sort(const struct object **list, size_t n);

/**
 * person_other - an object that something recorded refers to
 *
 * Gives   borrowed until person_close; NULL when it is not seen
 * Thread  the one that runs the task
 */
const struct object *person_other(
    struct person *p, enum kind kind, uint64_t id);

/**
 * person_put_name - add key= with the code or id of an object
 *
 * Gives   the line grown
 * Thread  the one that runs the task
 */
void person_put_name(struct person *p, struct reply *r, const char *key,
    enum kind kind, uint64_t id);

/**
 * person_begin_row - a row of an object: its id, tender and fields
 *
 * Takes   but  fields among all that are left out, ending with FIELD_COUNT
 * Gives   the line begun; references stand there by the names of what they
 *         refer to
 * Thread  the one that runs the task
 */
void person_begin_row(
    struct person *p, const struct object *object, const size_t *but);

/**
 * day_number - a day in days since 1970
 *
 * Takes   day  as yyyy-mm-dd, or a longer word that starts so
 * Gives   a number
 * Thread  any
 */
int64_t day_number(const char *day);

/**
 * day_of_time - the day of a time
 *
 * Gives   days since 1970
 * Thread  any
 */
int64_t day_of_time(int64_t ms);

/**
 * day_print - a number of days as a day
 *
 * Gives   *to grown by yyyy-mm-dd
 * Thread  any
 */
void day_print(struct text *to, int64_t day);

#endif
