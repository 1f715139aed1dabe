/* SPDX-License-Identifier: Apache-2.0
 *
 * sheet.c - which column a value stands in, and how it is written there.
 */
#include "client/show/sheet.h"

#include "client/show/keys.h"
#include "protocol/base_mem.h"
#include "protocol/command.h"
#include "protocol/kind.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *verb, *keys;
} given[] = {
#define COLUMNS(verb, keys) {verb, keys},
#include "client/show/columns.def"
#undef COLUMNS
};

/* The columns behind kind and id. */
struct sheet {
    char **keys; /* owned */
    size_t n, room;
    bool changes; /* of a log, whose fields stand in one column */
};

void sheet_csv(struct text *to, const char *value)
{
    if (strpbrk(value, ",\"\r\n") == NULL) {
        text_puts(to, value);
        return;
    }
    text_putc(to, '"');
    for (; *value; value++) {
        if (*value == '"')
            text_putc(to, '"');
        text_putc(to, *value);
    }
    text_putc(to, '"');
}

void sheet_tsv(struct text *to, const char *value)
{
    static const char from[] = "\t\n\r\\";
    static const char letters[] = "tnr\\";

    for (; *value; value++) {
        const char *special = strchr(from, *value);

        if (special)
            text_putc(to, '\\');
        text_putc(to, special ? letters[special - from] : *value);
    }
}

bool sheet_figure(const char *key)
{
    static const char *const about[] = {"n", "at", "more", "next", "digest"};

    for (size_t i = 0; i < sizeof about / sizeof *about; i++)
        if (strcmp(about[i], key) == 0)
            return false;
    return true;
}

static bool has_column(const struct sheet *sheet, const char *key)
{
    for (size_t i = 0; i < sheet->n; i++)
        if (strcmp(sheet->keys[i], key) == 0)
            return true;
    return false;
}

static void add_column(struct sheet *sheet, const char *key, size_t len)
{
    char *word = mem_copy(key, len);

    if (*word == '\0' || strcmp(word, "id") == 0 || has_column(sheet, word)) {
        free(word);
        return;
    }
    sheet->keys =
        mem_grow(sheet->keys, &sheet->room, sheet->n + 1, sizeof *sheet->keys);
    sheet->keys[sheet->n++] = word;
}

static void add_list(struct sheet *sheet, const char *list, const char *breaks)
{
    while (*list) {
        size_t len = strcspn(list, breaks);

        add_column(sheet, list, len);
        list += len + (list[len] != '\0');
    }
}

/* Of a list, texts of several lines come when they are asked for alone. */
static void add_kind(struct sheet *sheet, enum kind kind, bool texts)
{
    const struct kind_row *row = kind_row(kind);

    add_list(sheet, row->scope == SCOPE_TEAM ? "rev" : "rev tender", " ");
    for (size_t i = row->first; i < row->first + row->count; i++)
        if (texts || fields[i].type != TYPE_TEXT)
            add_column(sheet, fields[i].word, strlen(fields[i].word));
    add_list(sheet, "author time", " ");
}

static void add_expected(
    struct sheet *sheet, const struct sheet_ask *ask, const struct rows *rows)
{
    enum command_id verb = command_find(ask->verb);

    for (size_t i = 0; i < sizeof given / sizeof *given; i++)
        if (strcmp(given[i].verb, ask->verb) == 0)
            add_list(sheet, given[i].keys, " ");
    if (verb != CMD_LIST && verb != CMD_SHOW)
        return;
    if (ask->fields) {
        add_list(sheet, ask->fields, ",");
        return;
    }
    if (verb == CMD_LIST && kind_find(ask->kind) != KIND_NONE)
        add_kind(sheet, kind_find(ask->kind), false);
    for (size_t i = 0; verb == CMD_SHOW && i < rows->n; i++) {
        const char *word = rows->list[i].kind;
        enum kind kind = word ? kind_find(word) : KIND_NONE;

        if (kind != KIND_NONE)
            add_kind(sheet, kind, true);
    }
}

/* What a later server adds. */
static void add_unexpected(struct sheet *sheet, const struct rows *rows)
{
    for (size_t i = 0; i < rows->n; i++) {
        const struct row *row = &rows->list[i];

        for (size_t k = 0; k < row->n; k++) {
            const char *key = row->list[k].key ? row->list[k].key : "text";

            add_column(sheet, key, strlen(key));
        }
    }
}

/* The fields of a change with what they were, as the wire has them. */
static void put_changes(struct text *to, const struct row *row)
{
    static const char fixed[] = "seq,id,did,author,time";

    for (size_t i = 0; i < row->n; i++) {
        const char *key = row->list[i].key;

        if (key == NULL || list_holds(fixed, key, strlen(key)))
            continue;
        text_printf(to, "%s%s=", to->len ? " " : "", key);
        word_print(to, text_peek(&row->list[i].value));
    }
}

static const char *find_value(const struct row *row, const char *key)
{
    const char *value = row_get(row, key);

    for (size_t i = 0; value == NULL && i < row->n; i++)
        if (row->list[i].key == NULL && strcmp(key, "text") == 0)
            value = text_peek(&row->list[i].value);
    return value ? value : "";
}

static void put_value(struct text *line, const char *value, bool tabs)
{
    if (line->len)
        text_putc(line, tabs ? '\t' : ',');
    if (tabs)
        sheet_tsv(line, value);
    else
        sheet_csv(line, value);
}

static void end_line(struct text *to, struct text *line, bool tabs)
{
    text_puts(to, text_peek(line));
    text_puts(to, tabs ? "\n" : "\r\n");
    text_fini(line);
}

static void print_row(struct text *to, const struct sheet *sheet,
    const struct row *row, bool tabs)
{
    struct text line = {0};
    struct text changes = {0};
    const char *id = row->id ? row->id : row_get(row, "id");

    put_value(&line, row->kind ? row->kind : "text", tabs);
    put_value(&line, id ? id : "", tabs);
    if (sheet->changes)
        put_changes(&changes, row);
    for (size_t i = 0; i < sheet->n; i++)
        put_value(&line,
            sheet->changes && strcmp(sheet->keys[i], "changes") == 0
                ? text_peek(&changes)
                : find_value(row, sheet->keys[i]),
            tabs);
    end_line(to, &line, tabs);
    text_fini(&changes);
}

/* The figures of a final line as a row of kind "ok". */
static void print_final(struct text *to, const struct sheet *sheet,
    const struct answer *final, bool tabs)
{
    struct text line = {0};
    bool figures = false;

    put_value(&line, "ok", tabs);
    put_value(&line, "", tabs);
    for (size_t i = 0; i < sheet->n; i++) {
        const char *value = sheet_figure(sheet->keys[i])
                                ? words_get(&final->words, sheet->keys[i])
                                : NULL;

        figures = figures || value;
        put_value(&line, value ? value : "", tabs);
    }
    if (figures)
        end_line(to, &line, tabs);
    text_fini(&line);
}

void sheet_print(struct text *to, const struct sheet_ask *ask,
    const struct rows *rows, const struct answer *final, bool tabs)
{
    enum command_id verb = command_find(ask->verb);
    struct sheet sheet = {.changes = verb == CMD_LOG};
    struct text line = {0};

    add_expected(&sheet, ask, rows);
    if (!sheet.changes)
        add_unexpected(&sheet, rows);
    put_value(&line, "kind", tabs);
    put_value(&line, "id", tabs);
    for (size_t i = 0; i < sheet.n; i++)
        put_value(&line, sheet.keys[i], tabs);
    end_line(to, &line, tabs);
    for (size_t i = 0; i < rows->n; i++)
        print_row(to, &sheet, &rows->list[i], tabs);
    if (final && command_computes(verb))
        print_final(to, &sheet, final, tabs);
    for (size_t i = 0; i < sheet.n; i++)
        free(sheet.keys[i]);
    free(sheet.keys);
}
