/* SPDX-License-Identifier: Apache-2.0
 *
 * rows.c - keeping the data lines of an answer.
 */
#include "client/show/rows.h"

#include "protocol/base_mem.h"

#include <stdlib.h>
#include <string.h>

static struct row *new_row(struct rows *rows)
{
    rows->list =
        mem_grow(rows->list, &rows->room, rows->n + 1, sizeof *rows->list);
    struct row *row = &rows->list[rows->n++];

    *row = (struct row){0};
    return row;
}

static void add_value(struct row *row, const char *key, const char *value)
{
    row->list = mem_grow(row->list, &row->room, row->n + 1, sizeof *row->list);
    struct row_value *made = &row->list[row->n++];
    *made = (struct row_value){.key = mem_text(key)};
    text_puts(&made->value, value);
}

/* "text field=F lines=N bytes=B": the next N lines belong to the last row. */
static bool starts_text(struct rows *rows, struct answer *answer)
{
    const char *field = words_get(&answer->words, "field");
    const char *lines = words_get(&answer->words, "lines");

    if (strcmp(answer->code, "text") != 0 || field == NULL || lines == NULL ||
        rows->n == 0)
        return false;
    struct row *row = &rows->list[rows->n - 1];
    add_value(row, field, "");
    rows->text_lines = strtoul(lines, NULL, 10);
    rows->text_place = row->n - 1;
    rows->text_started = false;
    return true;
}

static void add_record(struct rows *rows, struct answer *answer)
{
    struct row *row = new_row(rows);

    row->answer = *answer;
    row->kind = answer->code;
    row->id = answer->id;
    for (size_t i = answer->id ? 2 : 1; i < answer->words.n; i++)
        add_value(row, answer->words.list[i].key, answer->words.list[i].value);
    *answer = (struct answer){0};
    rows->text_lines = 0;
}

static void add_text_line(struct rows *rows, const char *line)
{
    struct row *row = &rows->list[rows->n - 1];
    struct text *value = &row->list[rows->text_place].value;

    if (rows->text_started)
        text_putc(value, '\n');
    text_puts(value, line);
    rows->text_started = true;
    rows->text_lines--;
}

void rows_add(struct rows *rows, const char *line)
{
    struct answer answer;

    if (answer_read(line, strlen(line), &answer) != ERR_OK) {
        rows->text_lines = 0;
        add_value(new_row(rows), NULL, line);
        return;
    }
    if (answer.class == ANSWER_RECORD && starts_text(rows, &answer)) {
        answer_free(&answer);
    } else if (answer.class == ANSWER_RECORD) {
        add_record(rows, &answer);
    } else if (answer.class == ANSWER_TEXT && rows->text_lines && rows->n) {
        add_text_line(rows, answer.rest);
        answer_free(&answer);
    } else {
        /* The text that was announced does not come: the row it belongs to is
         * the last one no more. */
        rows->text_lines = 0;
        add_value(new_row(rows), NULL, answer.rest ? answer.rest : line);
        answer_free(&answer);
    }
}

void rows_fini(struct rows *rows)
{
    for (size_t i = 0; i < rows->n; i++) {
        struct row *row = &rows->list[i];

        for (size_t k = 0; k < row->n; k++) {
            free(row->list[k].key);
            text_fini(&row->list[k].value);
        }
        free(row->list);
        answer_free(&row->answer);
    }
    free(rows->list);
    *rows = (struct rows){0};
}

const char *row_get(const struct row *row, const char *key)
{
    for (size_t i = 0; i < row->n; i++)
        if (row->list[i].key && strcmp(row->list[i].key, key) == 0)
            return text_peek(&row->list[i].value);
    return NULL;
}

bool row_is(const struct row *row, const char *kind)
{
    return row->kind && strcmp(row->kind, kind) == 0;
}

bool row_has(const struct row *row, const char *key, const char *value)
{
    const char *got = row_get(row, key);

    if (got == NULL || value == NULL)
        return got == value;
    return strcmp(got, value) == 0;
}

const char *row_name(const struct row *row)
{
    const char *code = row_get(row, "code");

    if (code)
        return code;
    return row->id ? row->id : "";
}
