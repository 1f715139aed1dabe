/* SPDX-License-Identifier: Apache-2.0
 *
 * schema.c - the tables that do not depend on a kind, and their version.
 *
 * Tables whose rows are found by key alone are WITHOUT ROWID, so that a look-up
 * is one descent.  Kinds are stored as their words: numbers of kinds.def may
 * move, words may not.
 */
#include "db/schema.h"

#include "db/secret.h"
#include "db/table.h"

static const char tables[] =
    "CREATE TABLE meta(name TEXT PRIMARY KEY, value INTEGER NOT NULL) "
    "STRICT, WITHOUT ROWID;\n"
    "CREATE TABLE teams(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, "
    "created INTEGER NOT NULL, seq INTEGER NOT NULL, chain BLOB NOT NULL) "
    "STRICT;\n"
    "CREATE TABLE users(id INTEGER PRIMARY KEY, team INTEGER NOT NULL "
    "REFERENCES teams, role TEXT NOT NULL, name TEXT NOT NULL UNIQUE, "
    "secret TEXT NOT NULL, created INTEGER NOT NULL) STRICT;\n"
    "CREATE INDEX users_team ON users(team, name);\n"
    "CREATE TABLE tokens(digest BLOB PRIMARY KEY, user INTEGER NOT NULL "
    "REFERENCES users, expires INTEGER NOT NULL, name TEXT, role TEXT, "
    "tenders TEXT, created INTEGER, used INTEGER) STRICT, WITHOUT ROWID;\n"
    "CREATE UNIQUE INDEX tokens_name ON tokens(user, name);\n"
    "CREATE INDEX tokens_expires ON tokens(expires);\n"
    "CREATE TABLE counters(team INTEGER NOT NULL, kind TEXT NOT NULL, "
    "last INTEGER NOT NULL, PRIMARY KEY(team, kind)) STRICT, WITHOUT ROWID;\n"
    "CREATE TABLE codes(team INTEGER NOT NULL, tender INTEGER NOT NULL, "
    "code TEXT NOT NULL, kind TEXT NOT NULL, id INTEGER NOT NULL, "
    "PRIMARY KEY(team, tender, code)) STRICT, WITHOUT ROWID;\n"
    "CREATE TABLE refs(team INTEGER NOT NULL, to_kind TEXT NOT NULL, "
    "to_id INTEGER NOT NULL, from_kind TEXT NOT NULL, "
    "from_id INTEGER NOT NULL, field TEXT NOT NULL, "
    "PRIMARY KEY(team, to_kind, to_id, from_kind, from_id, field)) "
    "STRICT, WITHOUT ROWID;\n"
    "CREATE TABLE journal(team INTEGER NOT NULL, seq INTEGER NOT NULL, "
    "tx INTEGER NOT NULL, time INTEGER NOT NULL, session INTEGER NOT NULL, "
    "author TEXT NOT NULL, tender INTEGER NOT NULL, kind TEXT NOT NULL, "
    "id INTEGER NOT NULL, name TEXT NOT NULL, fields TEXT NOT NULL, "
    "after TEXT NOT NULL, before TEXT NOT NULL, salt BLOB, "
    "digest BLOB NOT NULL, chain BLOB NOT NULL, PRIMARY KEY(team, seq)) "
    "STRICT, WITHOUT ROWID;\n"
    "CREATE INDEX journal_object ON journal(team, kind, id, seq);\n"
    "CREATE INDEX journal_tender ON journal(team, tender, seq);\n"
    "CREATE TABLE terms(team INTEGER NOT NULL, term TEXT NOT NULL, "
    "tender INTEGER NOT NULL, kind TEXT NOT NULL, id INTEGER NOT NULL, "
    "field TEXT NOT NULL, "
    "PRIMARY KEY(team, term, tender, kind, id, field)) "
    "STRICT, WITHOUT ROWID;\n"
    "CREATE TABLE once(team INTEGER NOT NULL, user TEXT NOT NULL, "
    "key TEXT NOT NULL, time INTEGER NOT NULL, digest BLOB NOT NULL, "
    "results TEXT NOT NULL, head INTEGER NOT NULL, "
    "PRIMARY KEY(team, user, key)) STRICT, WITHOUT ROWID;\n"
    "CREATE INDEX once_time ON once(time);\n"
    "CREATE TABLE audit(seq INTEGER PRIMARY KEY, time INTEGER NOT NULL, "
    "user TEXT NOT NULL, address TEXT NOT NULL, what TEXT NOT NULL, "
    "detail TEXT NOT NULL, salt BLOB, digest BLOB NOT NULL, "
    "chain BLOB NOT NULL) STRICT;\n";

/* Tenders that are narrowed to members are few; lists look them up here. */
static const char narrowed[] =
    "CREATE INDEX tender_narrowed ON tender(team, id, f_members) "
    "WHERE f_members IS NOT NULL;\n"
    "CREATE INDEX tender_past_narrowed ON tender_past(team, id, f_members) "
    "WHERE deleted=1 AND f_members IS NOT NULL;\n";

/* The tables themselves, which follow from the table of kinds. */
static void print_tables(struct text *to)
{
    text_puts(to, tables);
    for (int kind = 0; kind < KIND_COUNT; kind++)
        table_create(to, (enum kind)kind);
    text_puts(to, narrowed);
}

/* A number that differs when the tables do: a database made for other fields
 * is told as such, not by the first statement that fails. */
static uint64_t shape_of_tables(void)
{
    struct text made = {0};
    unsigned char digest[DIGEST_BYTES];
    uint64_t shape = 0;

    print_tables(&made);
    const void *part = made.bytes;
    digest_of(&part, &made.len, 1, digest);
    text_fini(&made);
    for (int i = 0; i < 6; i++)
        shape = shape << 8 | digest[i];
    return shape;
}

void schema_print(struct text *to)
{
    print_tables(to);
    text_printf(to, "INSERT INTO meta(name, value) VALUES('shape', %llu);\n",
        (unsigned long long)shape_of_tables());
    text_puts(to, "INSERT INTO meta(name, value) VALUES('epoch', 1);\n");
    text_printf(to,
        "PRAGMA application_id=%d;\n"
        "PRAGMA user_version=%d;\n",
        SCHEMA_APPLICATION, SCHEMA_VERSION);
}

enum err schema_create(sqlite3 *sql)
{
    struct text made = {0};

    text_puts(&made, "BEGIN IMMEDIATE;\n");
    schema_print(&made);
    text_puts(&made, "COMMIT;\n");
    enum err err = sql_exec(sql, made.bytes);
    text_fini(&made);
    return err;
}

static enum err read_number(sqlite3 *sql, const char *text, uint64_t *got)
{
    sqlite3_stmt *statement;
    enum err err = sql_prepare(sql, text, &statement);

    if (err != ERR_OK)
        return err;
    err = sql_number(statement, got);
    sqlite3_finalize(statement);
    return err;
}

enum err schema_check(sqlite3 *sql, struct text *why)
{
    uint64_t application, version;
    enum err err = read_number(sql, "PRAGMA application_id", &application);

    if (err == ERR_OK)
        err = read_number(sql, "PRAGMA user_version", &version);
    if (err != ERR_OK) {
        text_puts(why, "the database can not be read");
        return err;
    }
    if (application != SCHEMA_APPLICATION) {
        text_puts(why, "the file is not a database of this server");
        return ERR_UNSUPPORTED;
    }
    if (version != SCHEMA_VERSION) {
        text_printf(why,
            "the database has version %llu, this server works on version %d",
            (unsigned long long)version, SCHEMA_VERSION);
        return ERR_UNSUPPORTED;
    }
    uint64_t shape = 0;
    err = read_number(sql, "SELECT value FROM meta WHERE name='shape'", &shape);
    if (err != ERR_OK || shape != shape_of_tables()) {
        text_puts(why, "the database was made for other kinds and fields than "
                       "this server's; use the server that made it");
        return ERR_UNSUPPORTED;
    }
    return ERR_OK;
}
