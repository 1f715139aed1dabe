/* SPDX-License-Identifier: Apache-2.0
 *
 * import.h - "diptych import NOTICE.xml...": files in, requests out.
 */
#ifndef CLIENT_NOTICE_IMPORT_H
#define CLIENT_NOTICE_IMPORT_H

#include "client/notice/import_link.h"
#include "protocol/texts.h"

#include <stdbool.h>
#include <stdio.h>

struct import_flags {
    bool dry_run; /* print the requests, send no change */
    bool as_new;  /* make another tender whatever is recorded */
    enum language language;
};

/**
 * import_run - read notices and record them
 *
 * The files are taken in the order in which the notices were sent, so that a
 * change comes after what it changes.  A file that is refused does not stop
 * the others.
 *
 * Takes   files[n]  names
 *         link      NULL: the record is taken to be empty (flags->dry_run
 *                   alone)
 *         out       what was done, or the requests
 *         complain  warnings, and why a file was refused
 * Gives   lines on both
 * Errors  the first one met; ERR_UNAVAILABLE when the connection is lost,
 *         which does stop the others
 * Thread  the one that owns the link
 */
enum err import_run(const char *const *files, size_t n,
    const struct import_flags *flags, const struct import_link *link, FILE *out,
    FILE *complain) MUST_USE;

#endif
