/* SPDX-License-Identifier: Apache-2.0
 *
 * schema.c - the tables that do not depend on a kind, and their version.
 *
 * There is no other text that makes a table: how an older database becomes one
 * of this version follows from the difference (plan.c).
 *
 * Tables whose rows are found by key alone are WITHOUT ROWID, so that a look-up
 * is one descent.  Kinds are stored as their words: numbers of kinds.def may
 * move, words may not.
 */
#include "db/schema.h"

#include "db/plan.h"
#include "db/secret.h"
#include "db/table.h"

static const char tables[] =
    "CREATE TABLE meta(name TEXT PRIMARY KEY, value INTEGER NOT "
    "NULL) " DIALECT_KEYED ";\n"
    "CREATE TABLE shape(kind TEXT NOT NULL, field TEXT NOT NULL, "
    "type TEXT NOT NULL, allowed TEXT NOT NULL, PRIMARY KEY(kind, "
    "field)) " DIALECT_KEYED ";\n"
    "CREATE TABLE teams(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, "
    "created INTEGER NOT NULL, seq INTEGER NOT NULL, chain " DIALECT_BYTES
    " NOT NULL) " DIALECT_NUMBERED ";\n"
    "CREATE TABLE users(id INTEGER PRIMARY KEY, team INTEGER NOT NULL "
    "REFERENCES teams, role TEXT NOT NULL, name TEXT NOT NULL UNIQUE, "
    "secret TEXT NOT NULL, created INTEGER NOT NULL) " DIALECT_NUMBERED ";\n"
    "CREATE INDEX users_team ON users(team, name);\n"
    "CREATE TABLE tokens(digest " DIALECT_BYTES
    " PRIMARY KEY, \"user\" INTEGER NOT NULL "
    "REFERENCES users, expires INTEGER NOT NULL, name TEXT, role TEXT, "
    "tenders TEXT, created INTEGER, used INTEGER) " DIALECT_KEYED ";\n"
    "CREATE UNIQUE INDEX tokens_name ON tokens(\"user\", name);\n"
    "CREATE INDEX tokens_expires ON tokens(expires);\n"
    "CREATE TABLE identities(name TEXT PRIMARY KEY, "
    "\"user\" INTEGER NOT NULL REFERENCES users) " DIALECT_KEYED ";\n"
    "CREATE INDEX identities_user ON identities(\"user\");\n"
    "CREATE TABLE counters(team INTEGER NOT NULL, kind TEXT NOT NULL, "
    "last INTEGER NOT NULL, PRIMARY KEY(team, kind)) " DIALECT_KEYED ";\n"
    "CREATE TABLE codes(team INTEGER NOT NULL, tender INTEGER NOT NULL, "
    "code TEXT NOT NULL, kind TEXT NOT NULL, id INTEGER NOT NULL, "
    "PRIMARY KEY(team, tender, code)) " DIALECT_KEYED ";\n"
    "CREATE TABLE refs(team INTEGER NOT NULL, to_kind TEXT NOT NULL, "
    "to_id INTEGER NOT NULL, from_kind TEXT NOT NULL, "
    "from_id INTEGER NOT NULL, field TEXT NOT NULL, "
    "PRIMARY KEY(team, to_kind, to_id, from_kind, from_id, "
    "field)) " DIALECT_KEYED ";\n"
    "CREATE TABLE journal(team INTEGER NOT NULL, seq INTEGER NOT NULL, "
    "tx INTEGER NOT NULL, time INTEGER NOT NULL, session INTEGER NOT NULL, "
    "author TEXT NOT NULL, tender INTEGER NOT NULL, kind TEXT NOT NULL, "
    "id INTEGER NOT NULL, name TEXT NOT NULL, fields TEXT NOT NULL, "
    "after TEXT NOT NULL, before TEXT NOT NULL, salt " DIALECT_BYTES ", "
    "digest " DIALECT_BYTES " NOT NULL, chain " DIALECT_BYTES
    " NOT NULL, PRIMARY KEY(team, seq)) " DIALECT_KEYED ";\n"
    "CREATE INDEX journal_object ON journal(team, kind, id, seq);\n"
    "CREATE INDEX journal_tender ON journal(team, tender, seq);\n"
    "CREATE TABLE terms(team INTEGER NOT NULL, term TEXT NOT NULL, "
    "tender INTEGER NOT NULL, kind TEXT NOT NULL, id INTEGER NOT NULL, "
    "field TEXT NOT NULL, "
    "PRIMARY KEY(team, tender, term, kind, id, field)) " DIALECT_KEYED ";\n"
    "CREATE TABLE anchors(team INTEGER PRIMARY KEY, seq INTEGER NOT NULL, "
    "chain " DIALECT_BYTES " NOT NULL, time INTEGER NOT NULL) " DIALECT_NUMBERED
    ";\n"
    "CREATE TABLE once(team INTEGER NOT NULL, \"user\" TEXT NOT NULL, "
    "key TEXT NOT NULL, time INTEGER NOT NULL, digest " DIALECT_BYTES
    " NOT NULL, "
    "results TEXT NOT NULL, head INTEGER NOT NULL, "
    "PRIMARY KEY(team, \"user\", key)) " DIALECT_KEYED ";\n"
    "CREATE INDEX once_time ON once(time);\n"
    "CREATE TABLE audit(seq INTEGER PRIMARY KEY, time INTEGER NOT NULL, "
    "\"user\" TEXT NOT NULL, address TEXT NOT NULL, what TEXT NOT NULL, "
    "detail TEXT NOT NULL, salt " DIALECT_BYTES ", digest " DIALECT_BYTES
    " NOT NULL, "
    "chain " DIALECT_BYTES " NOT NULL) " DIALECT_NUMBERED ";\n";

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

/* The fields as they are meant, beside the columns in which they are stored. */
static void print_shape(struct text *to)
{
    for (size_t i = 0; i < FIELD_COUNT; i++)
        text_printf(to,
            "INSERT INTO shape(kind, field, type, allowed) "
            "VALUES('%s', '%s', '%s', '%s');\n",
            kind_row(fields[i].kind)->word, fields[i].word,
            type_word(fields[i].type), fields[i].arg);
}

/* A number that differs when tables or fields do: it is cheap to look at
 * whenever a database is opened. */
static uint64_t shape_number(void)
{
    struct text made = {0};
    unsigned char digest[DIGEST_BYTES];
    uint64_t shape = 0;

    print_tables(&made);
    print_shape(&made);
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
    text_puts(to, "INSERT INTO meta(name, value) VALUES('epoch', 1);\n");
    text_puts(to, "INSERT INTO meta(name, value) VALUES('shape', 0);\n");
    schema_print_mark(to);
}

void schema_print_mark(struct text *to)
{
    text_puts(to, "DELETE FROM shape;\n");
    print_shape(to);
    text_printf(to, "UPDATE meta SET value=%llu WHERE name='shape';\n",
        (unsigned long long)shape_number());
    dialect_print_mark(to, SCHEMA_APPLICATION, SCHEMA_VERSION);
}

enum err schema_create(sqlite3 *sql)
{
    struct text made = {0};

    text_puts(&made, DIALECT_BEGIN_WRITE ";\n");
    schema_print(&made);
    text_puts(&made, "COMMIT;\n");
    enum err err = sql_exec(sql, made.bytes);
    text_fini(&made);
    return err;
}

enum err schema_version(
    sqlite3 *sql, const char *path, uint64_t *version, struct text *why)
{
    uint64_t application, found;
    enum err err = dialect_mark(sql, &application, &found);

    if (err != ERR_OK) {
        text_printf(why, "%s: the database can not be read", path);
        return err;
    }
    if (application != SCHEMA_APPLICATION) {
        text_printf(why, "%s: the file is not a database of this server", path);
        return ERR_UNSUPPORTED;
    }
    if (found > SCHEMA_VERSION) {
        text_printf(why,
            "%s: the database has version %llu, this server knows up to "
            "version %d; use the server that wrote it, or a newer one",
            path, (unsigned long long)found, SCHEMA_VERSION);
        return ERR_UNSUPPORTED;
    }
    *version = found;
    return ERR_OK;
}

enum err schema_is_current(sqlite3 *sql, uint64_t version, bool *current)
{
    sqlite3_stmt *find;
    uint64_t shape = 0;
    enum err err =
        sql_prepare(sql, "SELECT value FROM meta WHERE name='shape'", &find);

    if (err != ERR_OK)
        return err;
    err = sql_number(find, &shape);
    sqlite3_finalize(find);
    if (err != ERR_OK && err != ERR_NONE)
        return err;
    *current = version == SCHEMA_VERSION && shape == shape_number();
    return ERR_OK;
}

enum err schema_check(sqlite3 *sql, const char *path, struct text *why)
{
    struct plan plan = {0};
    uint64_t version;
    bool current = false;
    enum err err = schema_version(sql, path, &version, why);

    if (err == ERR_OK)
        err = schema_is_current(sql, version, &current);
    if (err != ERR_OK || current)
        return err;
    err = plan_make(sql, path, &plan, why);
    plan_fini(&plan);
    if (err != ERR_OK)
        return err;
    text_printf(why,
        "%s: the database is of an earlier version of this server; diptychd "
        "upgrade, or serve, brings it up to date",
        path);
    return ERR_UNSUPPORTED;
}
