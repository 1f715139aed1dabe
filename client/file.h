/* SPDX-License-Identifier: Apache-2.0
 *
 * file.h - whole files, read and replaced.
 */
#ifndef CLIENT_FILE_H
#define CLIENT_FILE_H

#include "protocol/base_text.h"

/**
 * file_read - the content of a file
 *
 * Takes   most  bytes; a larger file is refused
 * Gives   0 and *to grown, or an errno
 * Thread  any
 */
int file_read(const char *path, size_t most, struct text *to);

/**
 * file_write - all bytes of a text
 *
 * Gives   0, or an errno with some of them written
 * Thread  any
 */
int file_write(int fd, const struct text *content);

/**
 * file_replace - put a file in the place of the one that is there
 *
 * Folders that are missing are made.  A reader sees the old file or the new
 * one, whole; it is for its owner alone.
 *
 * Gives   0, or an errno
 * Thread  any
 */
int file_replace(const char *path, const struct text *content);

#endif
