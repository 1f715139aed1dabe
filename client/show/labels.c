/* SPDX-License-Identifier: Apache-2.0
 *
 * labels.c - names asked for and found.
 */
#include "client/show/labels.h"

#include "client/show/cell.h"
#include "protocol/base_mem.h"
#include "protocol/limit.h"
#include "protocol/words.h"

#include <stdlib.h>
#include <string.h>

static void on_data(void *ctx, const char *line)
{
    struct labels *labels = ctx;

    rows_add(&labels->rows, line);
}

static void on_final(void *ctx, const struct answer *final, const char *line)
{
    (void)ctx;
    (void) final;
    (void)line;
}

static void ask_tender(
    struct talk *talk, const char *tender, const struct talk_hooks *hooks)
{
    static const struct {
        const char *kind, *fields;
    } rows[] = {{"criterion", "code,name"}, {"bid", "code,name,party"},
        {"need", "code,name"}, {"element", "code,name"}, {"lot", "code,title"},
        {"alternative", "code,name"}, {"factor", "code,name"}};
    struct text request = {0};

    text_puts(&request, "show ");
    word_print(&request, tender);
    text_puts(&request, " fields=code,title,currency,money-unit\n");
    talk_send(talk, request.bytes, request.len, hooks);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        text_fini(&request);
        text_printf(&request, "list %s tender=", rows[i].kind);
        word_print(&request, tender);
        text_printf(
            &request, " fields=%s limit=%d\n", rows[i].fields, LIMIT_ROWS);
        talk_send(talk, request.bytes, request.len, hooks);
    }
    text_fini(&request);
}

void labels_ask(struct talk *talk, const char *tender, struct labels *labels)
{
    const struct talk_hooks hooks = {on_data, on_final, labels, NULL};
    struct text request = {0};

    if (tender)
        ask_tender(talk, tender, &hooks);
    text_printf(
        &request, "list party fields=code,name,size limit=%d\n", LIMIT_ROWS);
    talk_send(talk, request.bytes, request.len, &hooks);
    text_fini(&request);
}

const struct row *labels_find(
    const struct labels *labels, const char *kind, const char *code)
{
    for (size_t i = 0; i < labels->rows.n; i++) {
        const struct row *row = &labels->rows.list[i];

        if (row_is(row, kind) && (row_has(row, "code", code) ||
                                     (row->id && strcmp(row->id, code) == 0)))
            return row;
    }
    return NULL;
}

/* Name or title; a bid without one goes by who leads it. */
static const char *find_name(
    const struct labels *labels, const char *kind, const char *code)
{
    const struct row *row = labels_find(labels, kind, code);

    if (row == NULL)
        return NULL;
    const char *name = row_get(row, "name");
    if (name == NULL)
        name = row_get(row, "title");
    const char *party = row_get(row, "party");
    if (name == NULL && party)
        return find_name(labels, "party", party);
    return name;
}

void labels_put(struct text *to, const struct labels *labels, const char *kind,
    const char *code)
{
    const char *name = find_name(labels, kind, code);

    cell_safe(to, name ? name : code);
}

void labels_put_both(struct text *to, const struct labels *labels,
    const char *kind, const char *code)
{
    const char *name = find_name(labels, kind, code);

    cell_safe(to, code);
    if (name && strcmp(name, code) != 0) {
        text_putc(to, ' ');
        cell_safe(to, name);
    }
}

void labels_put_set(struct text *to, const struct labels *labels,
    const char *kind, const char *codes)
{
    while (*codes) {
        size_t len = strcspn(codes, ",");
        char *code = mem_copy(codes, len);

        labels_put(to, labels, kind, code);
        free(code);
        codes += len;
        if (*codes == ',') {
            text_puts(to, " + ");
            codes++;
        }
    }
}

void labels_fini(struct labels *labels)
{
    rows_fini(&labels->rows);
}
