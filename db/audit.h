/* SPDX-License-Identifier: Apache-2.0
 *
 * audit.h - the digest of a row of the audit; for files of db/ alone.
 */
#ifndef DB_AUDIT_H
#define DB_AUDIT_H

#include "db/inside.h"

struct audit_row {
    uint64_t seq;
    int64_t time;
    const char *user, *address, *what, *detail;
};

/**
 * audit_digest - the digest of a row
 *
 * Takes   salt  16 random bytes kept in the row
 * Gives   digest
 * Thread  any
 */
void audit_digest(const unsigned char salt[16], const struct audit_row *row,
    unsigned char digest[DIGEST_BYTES]);

#endif
