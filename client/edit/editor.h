/* SPDX-License-Identifier: Apache-2.0
 *
 * editor.h - a person's own editor on a text.
 */
#ifndef CLIENT_EDIT_EDITOR_H
#define CLIENT_EDIT_EDITOR_H

#include "protocol/base_text.h"

/**
 * editor_file - make a file with a text, for its owner alone
 *
 * Takes   name  of the object, for the name of the file
 * Gives   0 and *path grown, or an errno
 * Thread  main
 */
int editor_file(
    const char *name, const struct text *content, struct text *path);

/**
 * editor_write - put another text into that file
 *
 * Gives   0, or an errno
 * Thread  main
 */
int editor_write(const char *path, const struct text *content);

/**
 * editor_run - edit a file and wait until the editor has ended
 *
 * $VISUAL, $EDITOR, or what the system has.  It gets the terminal as it
 * usually is, and the usual signals.
 *
 * Gives   its exit status, 0 when it went well; 127 when there is none
 * Thread  main; it waits for a person
 */
int editor_run(const char *path);

#endif
