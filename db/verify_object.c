/* SPDX-License-Identifier: Apache-2.0
 *
 * verify_object.c - every object against its journal, its past, and the tables
 * of references, of codes and of words.
 */
#include "db/verify.h"

#include "db/walk.h"
#include "protocol/base_mem.h"
#include "protocol/words.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* One object with its team. */
struct subject {
    struct verify *v;
    uint64_t team;
    const struct object *object;
    bool *known;     /* by place: the journal has told its value */
    uint64_t anchor; /* up to there the journal was cut */
    const char *id;
};

/* What the tables of references and codes must hold, counted. */
struct counts {
    uint64_t refs, codes;
};

static void find_about(
    const struct subject *s, const char *what, const char *of)
{
    verify_find(
        s->v, "object: team=%" PRIu64 " %s %s %s", s->team, s->id, what, of);
}

/* The newest word of the journal for each field is what the object says. */
static void compare_word(struct subject *s, const struct word *word)
{
    size_t field = field_find(s->object->kind, word->key ? word->key : "");
    struct text value = {0};

    if (field == FIELD_COUNT || s->known[field_place(field)])
        return;
    const struct datum *d = &s->object->values[field_place(field)];
    s->known[field_place(field)] = true;
    if (d->set)
        datum_print(&value, field, d);
    if (strcmp(text_peek(&value), word->value) != 0)
        find_about(s, "is not as the journal says:", word->key);
    text_fini(&value);
}

static void compare_row(struct subject *s, const char *after)
{
    struct words words;
    struct words_fault fault;

    if (words_read(after, strlen(after), NULL, SIZE_MAX, &words, &fault) !=
        ERR_OK) {
        find_about(s, "has a journal row that can not be read", "");
        return;
    }
    for (size_t i = 0; i < words.n; i++)
        compare_word(s, &words.list[i]);
    words_free(&words);
}

static void check_told(struct subject *s)
{
    const struct kind_row *row = kind_row(s->object->kind);

    for (size_t i = 0; i < row->count; i++)
        if (s->object->values[i].set && !s->known[i])
            find_about(s, "has a value that the journal does not know:",
                fields[row->first + i].word);
}

/* Rows come newest first.  What came back after a deletion was added then: the
 * rows of its earlier life say nothing of it. */
static enum err check_journal(struct subject *s)
{
    sqlite3_stmt *rows = store_fixed(s->v->store, STATEMENT_JOURNAL_OBJECT);
    const char *kind = kind_row(s->object->kind)->word;
    bool newest = true, added = false, row;
    enum err err;

    sql_bind(rows, "iiti", s->team, INT64_MAX, kind, s->object->id);
    while ((err = sql_step(rows, &row)) == ERR_OK && row) {
        if (newest && sql_id(rows, 0) != s->object->rev)
            find_about(s, "does not have the rev of its newest", "journal row");
        newest = false;
        compare_row(s, sql_peek(rows, 9));
        added = event_did(sql_peek(rows, 8), "add");
        if (added)
            break;
    }
    sqlite3_reset(rows);
    if (err == ERR_OK && newest && s->object->rev > s->anchor)
        find_about(s, "is not in the journal", "");
    else if (err == ERR_OK && (added || s->anchor == 0))
        check_told(s);
    return err;
}

static enum err check_ref(
    struct subject *s, size_t field, enum kind kind, uint64_t id)
{
    sqlite3_stmt *where = store_table(s->v->store, kind, TABLE_WHERE);
    uint64_t tender;

    sql_bind(where, "ii", s->team, id);
    enum err err = sql_number(where, &tender);
    if (err == ERR_NONE)
        find_about(s, "refers to what is not there:", fields[field].word);
    if (err != ERR_OK)
        return err == ERR_NONE ? ERR_OK : err;
    if (tender != 0 && tender != s->object->tender)
        find_about(s, "refers to another tender:", fields[field].word);

    sqlite3_stmt *find = s->v->find_ref;
    sql_bind(find, "ititit", s->team, kind_row(kind)->word, id,
        kind_row(s->object->kind)->word, s->object->id, fields[field].word);
    err = sql_number(find, &tender);
    if (err == ERR_NONE)
        find_about(s, "has a reference that refs lacks:", fields[field].word);
    return err == ERR_NONE ? ERR_OK : err;
}

static enum err check_refs(struct subject *s, struct counts *counts)
{
    const struct kind_row *row = kind_row(s->object->kind);
    enum err err = ERR_OK;

    for (size_t i = 0; i < row->count && err == ERR_OK; i++) {
        size_t field = row->first + i;
        const struct datum *d = &s->object->values[i];

        if (!d->set)
            continue;
        if (fields[field].type == TYPE_REF) {
            counts->refs++;
            err = check_ref(s, field, d->ref_kind, (uint64_t)d->number);
        } else if (fields[field].type == TYPE_REFSET) {
            char *p = d->text;

            while (err == ERR_OK && *p == ',' && p[1]) {
                counts->refs++;
                err = check_ref(s, field, kind_find(fields[field].arg),
                    strtoull(p + 1, &p, 10));
            }
        }
    }
    return err;
}

static enum err check_code(struct subject *s, struct counts *counts)
{
    const char *code = object_code(s->object);
    uint64_t scope = s->object->kind == KIND_TENDER ? 0 : s->object->tender;
    struct found found = {0};

    if (code == NULL)
        return ERR_OK;
    counts->codes++;
    enum err err = object_find(s->v->store, s->team, scope, code, &found);
    if (err != ERR_OK && err != ERR_NONE)
        return err;
    if (err == ERR_NONE || found.kind != s->object->kind ||
        found.id != s->object->id)
        find_about(s, "is not found by its code", code);
    return ERR_OK;
}

static enum err check_subject(struct subject *s, struct counts *counts)
{
    enum err err = journal_anchor(s->v->store, s->team, &s->anchor, NULL);

    if (err == ERR_OK)
        err = check_journal(s);
    if (err == ERR_OK)
        err = check_refs(s, counts);
    if (err == ERR_OK)
        err = check_code(s, counts);
    return err == ERR_OK ? verify_terms_of(s->v, s->team, s->object, s->id)
                         : err;
}

/* What walk_objects hands on. */
struct walking {
    struct verify *v;
    struct counts *counts;
};

static enum err check_object(
    void *ctx, uint64_t team, const struct object *object)
{
    const struct walking *walking = ctx;
    size_t count = kind_row(object->kind)->count;
    struct subject s = {.v = walking->v, .team = team, .object = object};
    struct text id = {0};

    s.v->objects++;
    id_print(&id, object->kind, object->id);
    s.id = id.bytes;
    s.known = mem_new(count * sizeof *s.known);
    enum err err = check_subject(&s, walking->counts);
    free(s.known);
    text_fini(&id);
    return err;
}

enum err verify_number(struct verify *v, const char *sql, uint64_t *got)
{
    sqlite3_stmt *statement;
    enum err err = sql_prepare(v->store->sql, sql, &statement);

    if (err != ERR_OK)
        return err;
    err = sql_number(statement, got);
    sqlite3_finalize(statement);
    return err;
}

/* Two counts that must agree; k stands in both texts.  A journal that was cut
 * does not know how many there are. */
static enum err check_number(struct verify *v, enum kind kind,
    const char *table, const char *from_journal)
{
    const char *k = kind_row(kind)->word;
    struct text sql = {0};
    uint64_t now, told;

    text_printf(&sql,
        "SELECT count(*) FROM %s%s WHERE team NOT IN (SELECT team FROM "
        "anchors)",
        k, table);
    enum err err = verify_number(v, sql.bytes, &now);
    text_fini(&sql);
    if (err != ERR_OK)
        return err;
    text_printf(&sql,
        "SELECT coalesce(sum(%s), 0) FROM (SELECT substr(name, %zu) AS verb, "
        "after, salt FROM journal WHERE kind='%s' AND team NOT IN "
        "(SELECT team FROM anchors)) AS told",
        from_journal, strlen(k) + 2, k);
    err = verify_number(v, sql.bytes, &told);
    text_fini(&sql);
    if (err == ERR_OK && now != told)
        verify_find(v,
            "rows: %s%s has %" PRIu64 " rows, the journal says %" PRIu64, k,
            table, now, told);
    return err;
}

/* Forgetting a value of what is deleted keeps no past: its row of the journal
 * is empty and has its salt.  An empty one without was wiped by an earlier
 * version, which let a second forgetting wipe the first. */
static enum err check_rows(struct verify *v, enum kind kind)
{
    enum err err = check_number(v, kind, "",
        "CASE verb WHEN 'add' THEN 1 WHEN 'del' THEN -1 ELSE 0 END");

    if (err == ERR_OK)
        err = check_number(v, kind, "_past",
            "CASE WHEN verb='add' OR (verb='forget' AND after='' AND salt IS "
            "NOT NULL) THEN 0 ELSE 1 END");
    return err;
}

static enum err check_counts(struct verify *v, const struct counts *counts)
{
    uint64_t refs, codes;
    enum err err = verify_number(v, "SELECT count(*) FROM refs", &refs);

    if (err == ERR_OK)
        err = verify_number(v, "SELECT count(*) FROM codes", &codes);
    if (err != ERR_OK)
        return err;
    if (refs != counts->refs)
        verify_find(v, "refs: %" PRIu64 " rows for %" PRIu64 " references",
            refs, counts->refs);
    if (codes != counts->codes)
        verify_find(v, "codes: %" PRIu64 " rows for %" PRIu64 " codes", codes,
            counts->codes);
    return ERR_OK;
}

static enum err open_statements(struct verify *v)
{
    enum err err = sql_prepare(v->store->sql,
        "SELECT 1 FROM refs WHERE team=?1 AND to_kind=?2 AND to_id=?3 "
        "AND from_kind=?4 AND from_id=?5 AND field=?6",
        &v->find_ref);

    return err == ERR_OK ? verify_terms_open(v) : err;
}

static enum err check_all(struct verify *v)
{
    struct counts counts = {0};
    struct walking walking = {v, &counts};
    enum err err = ERR_OK;

    for (int i = 0; i < KIND_COUNT && err == ERR_OK; i++) {
        err = walk_objects(v->store, (enum kind)i, check_object, &walking);
        if (err == ERR_OK)
            err = check_rows(v, (enum kind)i);
        if (err == ERR_OK)
            err = verify_orphans(v, (enum kind)i);
    }
    if (err == ERR_OK)
        err = check_counts(v, &counts);
    return err == ERR_OK ? verify_terms_rows(v) : err;
}

enum err verify_objects(struct verify *v)
{
    enum err err = open_statements(v);

    if (err == ERR_OK)
        err = check_all(v);
    sqlite3_finalize(v->find_ref);
    sqlite3_finalize(v->find_term);
    v->find_ref = v->find_term = NULL;
    return err;
}
