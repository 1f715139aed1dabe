/* SPDX-License-Identifier: Apache-2.0
 *
 * mention.c - a name looked for in every text of a team, whatever the case
 * and accents, word by word.
 *
 * All texts are read, also those of the past, which no index holds: it is
 * asked for when a person is exported or erased, and then nothing may be
 * missed.
 */
#include "db/mention.h"

#include "db/inside.h"
#include "protocol/base_mem.h"
#include "protocol/fold.h"

#include <stdlib.h>
#include <string.h>

/* Shorter words of a name are too common to be looked for alone; a contact of
 * fewer letters and digits is no address. */
#define PART_LEAST    3
#define CONTACT_LEAST 5

static void add_word(struct phrase *phrase, const char *word)
{
    phrase->words =
        mem_grow(phrase->words, &phrase->room, phrase->n + 1, sizeof(char *));
    phrase->words[phrase->n++] = mem_text(word);
}

static void free_words(struct phrase *phrase)
{
    for (size_t i = 0; i < phrase->n; i++)
        free(phrase->words[i]);
    free(phrase->words);
}

static bool is_known(const struct mentions *m, const struct phrase *phrase)
{
    for (size_t i = 0; i < m->names_n; i++) {
        const struct phrase *name = &m->names[i];
        bool same = name->n == phrase->n;

        for (size_t j = 0; same && j < phrase->n; j++)
            same = strcmp(name->words[j], phrase->words[j]) == 0;
        if (same)
            return true;
    }
    return false;
}

void mentions_add(struct mentions *to, const char *name, bool part)
{
    struct phrase phrase = {0};
    struct folded word;

    for (const char *p = name; fold_next(&p, &word);)
        add_word(&phrase, word.word);
    if (phrase.n == 0 || is_known(to, &phrase)) {
        free_words(&phrase);
        return;
    }
    const char *last = phrase.words[phrase.n - 1];
    if (part && phrase.n > 1 && strlen(last) >= PART_LEAST)
        add_word(&to->parts, last);
    to->names = mem_grow(
        to->names, &to->names_room, to->names_n + 1, sizeof *to->names);
    to->names[to->names_n++] = phrase;
}

void mentions_fini(struct mentions *mentions)
{
    for (size_t i = 0; i < mentions->names_n; i++)
        free_words(&mentions->names[i]);
    free(mentions->names);
    free_words(&mentions->parts);
    free(mentions->list);
    *mentions = (struct mentions){0};
}

/* What is looked for. */

static bool is_contact(const char *value)
{
    size_t n = 0;
    struct folded word;

    for (const char *p = value; fold_next(&p, &word);)
        n += strlen(word.word);
    return n >= CONTACT_LEAST;
}

static void add_value(struct mentions *to, size_t field, const char *value)
{
    if (field == FIELD_PARTY_NAME)
        mentions_add(to, value, true);
    else if (is_contact(value))
        mentions_add(to, value, false);
}

/* The values of one field of an object, now and in the past. */
static enum err read_values(struct store *store, uint64_t team, size_t field,
    uint64_t id, struct mentions *to)
{
    static const char *const tables[] = {"", "_past"};
    enum err err = ERR_OK;

    for (size_t i = 0; i < 2 && err == ERR_OK; i++) {
        struct text sql = {0};
        sqlite3_stmt *rows;
        bool row;

        text_puts(&sql, "SELECT DISTINCT ");
        column_print(&sql, field, 0);
        text_printf(&sql, " FROM %s%s WHERE team=?1 AND id=?2 AND ",
            kind_row(fields[field].kind)->word, tables[i]);
        column_print(&sql, field, 0);
        text_puts(&sql, " IS NOT NULL");
        err = sql_prepare(store->sql, sql.bytes, &rows);
        text_fini(&sql);
        if (err != ERR_OK)
            break;
        sql_bind(rows, "ii", team, id);
        while ((err = sql_step(rows, &row)) == ERR_OK && row)
            add_value(to, field, sql_peek(rows, 0));
        sqlite3_finalize(rows);
    }
    return err;
}

enum err mentions_of(struct store *store, const struct viewer *viewer,
    const struct abouts *about, struct mentions *to)
{
    enum err err = ERR_OK;

    for (size_t i = 0; i < about->n && err == ERR_OK; i++) {
        const struct about_row *row = &about->list[i];

        if (row->what != ABOUT_OWN)
            continue;
        if (row->kind == KIND_PARTY)
            err =
                read_values(store, viewer->team, FIELD_PARTY_NAME, row->id, to);
        else if (row->kind == KIND_CONTACT)
            err = read_values(
                store, viewer->team, FIELD_CONTACT_VALUE, row->id, to);
    }
    return err;
}

/* Where it stands. */

/* The words of a phrase one after the other from a word on; *end is behind the
 * last one. */
static bool goes_on(const struct phrase *phrase, const struct folded *first,
    const char *rest, const char **end)
{
    struct folded word = *first;

    for (size_t i = 0; i < phrase->n; i++) {
        if (i > 0 && !fold_next(&rest, &word))
            return false;
        if (strcmp(word.word, phrase->words[i]) != 0)
            return false;
    }
    *end = word.at + word.len;
    return true;
}

/* The longest name that begins with this word. */
static const char *find_name(
    const struct mentions *m, const struct folded *first, const char *rest)
{
    const char *longest = NULL, *end;

    for (size_t i = 0; i < m->names_n; i++)
        if (goes_on(&m->names[i], first, rest, &end) &&
            (longest == NULL || end > longest))
            longest = end;
    return longest;
}

static bool is_part(const struct mentions *m, const char *word)
{
    for (size_t i = 0; i < m->parts.n; i++)
        if (strcmp(m->parts.words[i], word) == 0)
            return true;
    return false;
}

enum held { HELD_NONE, HELD_PART, HELD_WHOLE };

static enum held look_through(const struct mentions *m, const char *text)
{
    enum held held = HELD_NONE;
    struct folded word;

    for (const char *p = text; fold_next(&p, &word);) {
        if (find_name(m, &word, p))
            return HELD_WHOLE;
        if (is_part(m, word.word))
            held = HELD_PART;
    }
    return held;
}

bool mentions_redact(
    const struct mentions *names, const char *text, struct text *to)
{
    const char *behind = text;
    struct folded word;
    bool some = false;

    for (const char *p = text; fold_next(&p, &word);) {
        const char *end = find_name(names, &word, p);

        if (end == NULL)
            continue;
        text_add(to, behind, (size_t)(word.at - behind));
        text_puts(to, MENTION_REDACTED);
        behind = p = end;
        some = true;
    }
    text_puts(to, behind);
    return some;
}

static bool is_about(const struct abouts *about, enum kind kind, uint64_t id)
{
    for (size_t i = 0; i < about->n; i++)
        if (about->list[i].kind == kind && about->list[i].id == id)
            return about->list[i].what == ABOUT_OWN;
    return false;
}

static struct mention *find_mention(
    struct mentions *m, uint64_t id, size_t field)
{
    for (size_t i = m->n; i-- > 0;)
        if (m->list[i].id == id && m->list[i].field == field)
            return &m->list[i];
    return NULL;
}

/* One text: what is found in whole and now tells most of a field. */
static void note_mention(
    struct mentions *m, const struct mention *found, enum held held)
{
    struct mention *known = find_mention(m, found->id, found->field);

    if (known == NULL) {
        m->list = mem_grow(m->list, &m->room, m->n + 1, sizeof *m->list);
        m->list[m->n++] = *found;
        return;
    }
    known->now |= found->now;
    known->part &= held == HELD_PART;
    known->gone &= found->gone;
}

static enum err take_text(struct store *store, const struct viewer *viewer,
    struct mention found, enum held held, struct mentions *got)
{
    bool sees = false;
    enum err err = tender_sees(store, viewer, found.tender, &sees);

    got->hidden |= err == ERR_OK && !sees;
    if (err == ERR_OK && sees)
        note_mention(got, &found, held);
    return err;
}

static bool is_text(enum type type)
{
    return type == TYPE_WORD || type == TYPE_LINE || type == TYPE_TEXT;
}

/* All texts of a kind at once, so that a row is read once; the past holds a
 * row of each state that has been. */
static void print_texts(struct text *sql, enum kind kind, bool past)
{
    const struct kind_row *row = kind_row(kind);

    text_puts(sql, "SELECT id, tender");
    for (size_t f = row->first; f < row->first + row->count; f++)
        if (is_text(fields[f].type)) {
            text_puts(sql, ", ");
            column_print(sql, f, 0);
        }
    text_printf(sql, " FROM %s%s WHERE team=?1 ORDER BY id", row->word,
        past ? "_past" : "");
}

/* A reading of all texts as it goes on. */
struct reading {
    struct store *store;
    const struct viewer *viewer;
    const struct abouts *about;
    struct mentions *got;
};

static enum err look_at_text(
    const struct reading *s, const char *text, struct mention found)
{
    enum held held = look_through(s->got, text);

    if (held == HELD_NONE || is_about(s->about, found.kind, found.id))
        return ERR_OK;
    found.part = held == HELD_PART;
    return take_text(s->store, s->viewer, found, held, s->got);
}

static enum err look_at_row(
    const struct reading *s, sqlite3_stmt *rows, struct mention found)
{
    const struct kind_row *row = kind_row(found.kind);
    enum err err = ERR_OK;
    int column = 2;

    for (size_t f = row->first; f < row->first + row->count && err == ERR_OK;
         f++) {
        if (!is_text(fields[f].type))
            continue;
        const char *text = sql_peek(rows, column++);
        found.field = f;
        if (text)
            err = look_at_text(s, text, found);
    }
    return err;
}

static enum err read_texts(const struct reading *s, enum kind kind, bool past)
{
    struct text sql = {0};
    sqlite3_stmt *rows;
    bool row;

    print_texts(&sql, kind, past);
    enum err err = sql_prepare(s->store->sql, sql.bytes, &rows);
    text_fini(&sql);
    if (err != ERR_OK)
        return err;
    sql_bind(rows, "i", s->viewer->team);
    while ((err = sql_step(rows, &row)) == ERR_OK && row) {
        struct mention found = {
            .kind = kind, .id = sql_id(rows, 0), .now = !past, .gone = past};

        found.tender = kind == KIND_TENDER ? found.id : sql_id(rows, 1);
        err = look_at_row(s, rows, found);
        if (err != ERR_OK)
            break;
    }
    sqlite3_finalize(rows);
    return err;
}

static bool has_texts(enum kind kind)
{
    const struct kind_row *row = kind_row(kind);

    for (size_t f = row->first; f < row->first + row->count; f++)
        if (is_text(fields[f].type))
            return true;
    return false;
}

/* Those found in the past alone, which still stand there or are gone. */
static enum err look_whether_gone(
    struct store *store, const struct viewer *viewer, struct mentions *got)
{
    enum err err = ERR_OK;

    for (size_t i = 0; i < got->n && err == ERR_OK; i++) {
        struct mention *m = &got->list[i];
        struct object *object = NULL;

        if (!m->gone)
            continue;
        err = store_get(store, viewer, m->kind, m->id, 0, &object);
        m->gone = err == ERR_NONE;
        object_free(&object);
        err = err == ERR_NONE ? ERR_OK : err;
    }
    return err;
}

enum err store_mentions(struct store *store, const struct viewer *viewer,
    const struct abouts *about, struct mentions *got)
{
    const struct reading reading = {store, viewer, about, got};
    enum err err = ERR_OK;

    for (int k = 0; got->names_n && k < KIND_COUNT && err == ERR_OK; k++) {
        if (!has_texts((enum kind)k))
            continue;
        err = read_texts(&reading, (enum kind)k, false);
        if (err == ERR_OK)
            err = read_texts(&reading, (enum kind)k, true);
    }
    return err == ERR_OK ? look_whether_gone(store, viewer, got) : err;
}
