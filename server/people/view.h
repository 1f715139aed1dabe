/* SPDX-License-Identifier: Apache-2.0
 *
 * view.h - the rows of view, by what they are about; nobody else's.
 */
#ifndef SERVER_PEOPLE_VIEW_H
#define SERVER_PEOPLE_VIEW_H

#include "server/people/person.h"

/**
 * view_records - what is recorded about the party, with what follows from it
 *
 * Gives   rows: contacts, parts in tenders, links, communities, knowledge,
 *         habits, touches, purchases, messages, facts, notes
 * Thread  the one that runs the task
 */
void view_records(struct person *p);

/**
 * view_status - whether the party is a client, by tender, lot and usage
 *
 * Gives   rows; *shown and *tenders, how many of those that it has a part in
 * Errors  by the disk
 * Thread  the one that runs the task
 */
enum err view_status(struct person *p, size_t *shown, size_t *tenders) MUST_USE;

/**
 * view_experience - what it lived with us, the mean beside what is remembered
 *
 * Gives   rows by phase and of all
 * Thread  the one that runs the task
 */
void view_experience(struct person *p);

/**
 * view_purchases - from whom it is a client by purchase
 *
 * Gives   rows
 * Thread  the one that runs the task
 */
void view_purchases(struct person *p);

/**
 * view_lacks - what is not known of it, with the line that would say it
 *
 * Gives   rows
 * Thread  the one that runs the task
 */
void view_lacks(struct person *p);

#endif
