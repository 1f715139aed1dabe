/* SPDX-License-Identifier: Apache-2.0
 *
 * audit.c - the audit of logins and denials, with a chain of its own.
 */
#include "db/user.h"

#include "db/audit.h"
#include "protocol/words.h"

#include <string.h>

void audit_digest(const unsigned char salt[16], const struct audit_row *row,
    unsigned char digest[DIGEST_BYTES])
{
    const char *const words[][2] = {{"user", row->user},
        {"address", row->address}, {"what", row->what},
        {"detail", row->detail}};
    struct text line = {0};

    text_printf(&line, "seq=%llu time=%lld ", (unsigned long long)row->seq,
        (long long)row->time);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        text_printf(&line, "%s=", words[i][0]);
        word_print(&line, words[i][1]);
        text_putc(&line, ' ');
    }
    const void *parts[] = {salt, line.bytes};
    const size_t lens[] = {16, line.len};
    digest_of(parts, lens, 2, digest);
    text_fini(&line);
}

static enum err read_last(
    struct store *store, uint64_t *seq, unsigned char chain[DIGEST_BYTES])
{
    sqlite3_stmt *last = store_fixed(store, STATEMENT_AUDIT_LAST);
    bool row;
    enum err err = sql_step(last, &row);

    if (err != ERR_OK || !row)
        return err;
    *seq = sql_id(last, 0);
    memcpy(chain, sqlite3_column_blob(last, 1), DIGEST_BYTES);
    sqlite3_reset(last);
    return ERR_OK;
}

enum err user_audit(struct store *store, int64_t now_ms, const char *user,
    const char *address, const char *what, const char *detail)
{
    struct audit_row row = {0, now_ms, user, address, what, detail};
    sqlite3_stmt *add = store_fixed(store, STATEMENT_AUDIT_ADD);
    unsigned char salt[16], digest[DIGEST_BYTES], chain[DIGEST_BYTES] = {0};
    enum err err = read_last(store, &row.seq, chain);

    if (err != ERR_OK)
        return err;
    if (store->now_ms < now_ms)
        store->now_ms = now_ms;
    row.seq++;
    secret_random(salt, sizeof salt);
    audit_digest(salt, &row, digest);
    chain_next(chain, row.seq, digest);
    sql_bind(add, "iittttbbb", row.seq, now_ms, user, address, what, detail,
        salt, sizeof salt, digest, sizeof digest, chain, sizeof chain);
    return sql_run(add);
}
