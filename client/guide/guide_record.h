/* SPDX-License-Identifier: Apache-2.0
 *
 * guide_record.h - what is recorded of a tender, and which of its objects
 * meet a condition.
 *
 * A condition is written as "list" has it: a kind, then key=value, key!=value
 * or key~word.  Three kinds are made here: "user", a party that uses; "leaf",
 * a criterion that is cut into no parts; "rated", a bid that counts.
 */
#ifndef CLIENT_GUIDE_GUIDE_RECORD_H
#define CLIENT_GUIDE_GUIDE_RECORD_H

#include "client/client.h"
#include "client/show/labels.h"

/**
 * guide_record_read - read what the guide asks about
 *
 * Takes   tender  its id or code; NULL: parties and tenders alone
 * Gives   *record, which is freed first, by kinds and then by ids
 * Thread  main; it waits
 */
int guide_record_read(
    struct client *client, const char *tender, struct labels *record) MUST_USE;

/**
 * guide_object - the next object that meets a condition
 *
 * Takes   pattern        a kind and conditions; "%1" and "%2" in them are the
 *                        ids of first and second
 *         first, second  NULL for none
 *         after          of an earlier call; NULL for the first object
 * Gives   a row of *record; NULL when there is none
 * Thread  any
 */
const struct row *guide_object(const struct labels *record, const char *pattern,
    const struct row *first, const struct row *second, const struct row *after);

/**
 * guide_party - the party that somebody named
 *
 * Takes   name  its name or its code, in any case
 * Gives   a row of *record; NULL when there is none
 * Thread  any
 */
const struct row *guide_party(const struct labels *record, const char *name);

/**
 * guide_code - a code that is free
 *
 * Takes   word      what it begins with
 *         numbered  a number follows in any case, else only when it is taken
 * Gives   *to grown
 * Thread  any
 */
void guide_code(const struct labels *record, const char *word, bool numbered,
    struct text *to);

/**
 * guide_initials - what a code can begin with, from a name
 *
 * Gives   *to grown by the first letters of the words, or of the only word;
 *         ASCII capitals
 * Thread  any
 * Vector  "Regional transport authority" -> RTA; "Students" -> STUDEN
 */
void guide_initials(struct text *to, const char *name);

#endif
