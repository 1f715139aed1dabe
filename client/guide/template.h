/* SPDX-License-Identifier: Apache-2.0
 *
 * template.h - what is usual in a sector: the template files, which stand in
 * share/diptych/templates beside the installed program, cut into groups that
 * can be taken or left.
 */
#ifndef CLIENT_GUIDE_TEMPLATE_H
#define CLIENT_GUIDE_TEMPLATE_H

#include "client/client.h"

enum template_group {
    TEMPLATE_ROLES,
    TEMPLATE_USERS,
    TEMPLATE_NEEDS,
    TEMPLATE_ALTERNATIVES,
    TEMPLATE_GROUPS
};

struct template_line {
    char *text; /* owned */
    enum template_group group;
};

struct template
{
    struct template_line *list;
    size_t n, room;
};

/**
 * template_sector - a sector by its word, its name or its number from 1
 *
 * Gives   the word; NULL when there is none
 * Thread  any
 */
const char *template_sector(const char *typed);

/**
 * template_sectors - all sectors, to be chosen from
 *
 * Takes   numbered  "1 public transport, 2 health"; else the words
 * Gives   *to grown
 * Thread  any
 */
void template_sectors(struct text *to, enum language language, bool numbered);

/**
 * template_read - the template of a sector
 *
 * Takes   sector  a word of template_sector
 * Gives   true and *got, freed with template_fini; false where no file is
 *         found beside the program
 * Thread  any
 */
bool template_read(
    const char *sector, enum language language, struct template *got);

/**
 * template_fini - free a template
 *
 * Gives   *t all zero
 * Thread  any
 */
void template_fini(struct template *t);

/**
 * template_names - the names of what a group adds
 *
 * Gives   *to grown, "; " between them
 * Thread  any
 */
void template_names(
    const struct template *t, enum template_group group, struct text *to);

/**
 * template_keeps - whether a line is sent when some groups are left out
 *
 * Takes   takes  [TEMPLATE_GROUPS]
 * Gives   false where its group is out, or that of a thing it refers to
 * Thread  any
 */
bool template_keeps(const struct template *t, size_t line, const bool *takes);

/**
 * template_send - record a template in the tender in use, as one batch
 *
 * Takes   takes  [TEMPLATE_GROUPS]
 * Gives   *lines recorded, and *tx, which undoes them; *lines 0 where the
 *         server refused, which was said
 * Thread  main; it waits
 */
int template_send(struct client *client, const struct template *t,
    const bool *takes, size_t *lines, char **tx) MUST_USE;

/**
 * template_run - the verb "template" of the command line
 *
 * Gives   an exit status
 * Thread  main; it waits
 */
int template_run(struct client *client) MUST_USE;

#endif
