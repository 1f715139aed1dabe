/* SPDX-License-Identifier: Apache-2.0
 *
 * edit.h - an object edited as a text, and what changed sent.
 */
#ifndef CLIENT_EDIT_EDIT_H
#define CLIENT_EDIT_EDIT_H

#include "client/link/resume.h"
#include "client/prompt/vocabulary.h"

/**
 * edit_object - let a person edit an object, or fill in a new one
 *
 * What changed is sent in one request with the revision that was edited.  A
 * mistake and a change of somebody else bring the text back, with what is
 * wrong above the line; nothing that was typed is ever lost: when it can not
 * be sent the file is kept, and its path is said.
 *
 * Takes   resume  NULL: a link that is lost ends it
 *         target  id, code, or kind of an object to be added
 * Gives   an exit status, what happened having been said
 * Thread  main; it waits for a person
 */
int edit_object(struct client *client, struct resume *resume,
    const struct vocabulary *vocabulary, const char *target) MUST_USE;

/**
 * edit_run - "diptych edit ID|KIND"
 *
 * Gives   an exit status
 * Thread  main; it waits
 */
int edit_run(struct client *client) MUST_USE;

#endif
