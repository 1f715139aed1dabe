/* SPDX-License-Identifier: Apache-2.0
 *
 * notice_request.c - what is wanted, compared with what is, as requests that
 * keep to the limits of the wire.
 */
#include "client/notice/notice_draft.h"
#include "protocol/base_mem.h"
#include "protocol/limit.h"
#include "protocol/words.h"

#include <stdio.h>
#include <string.h>

/* A text that takes more bytes on the line than this goes into a heredoc. */
#define INLINE_TEXT 1000

/* Bytes kept free for as= and the line end. */
#define SPARE 64

/* Whether two lists hold the same words, in whatever order. */
static bool is_same_set(const char *a, const char *b)
{
    if (strlen(a) != strlen(b))
        return false;
    while (*a) {
        size_t len = strcspn(a, ",");

        if (!list_holds(b, a, len))
            return false;
        a += len;
        a += *a == ',';
    }
    return true;
}

static bool is_same(size_t field, const char *a, const char *b)
{
    if (fields[field].type == TYPE_REFSET)
        return is_same_set(a, b);
    return strcmp(a, b) == 0;
}

/* Whether a field of a recorded object shall take the wanted value: not when
 * it has it, nor when a person owns it.  What a person changed since the last
 * import is owned from then on, and is told when the notice differs from what
 * that import left; what was owned before is told whenever it differs. */
static bool is_due(
    struct draft *d, const struct want *w, const struct want_field *f)
{
    const char *word = fields[f->field].word;
    const char *now = known_get(w->now, word);
    const char *then = known_get(w->then, word);
    bool owned = kept_holds(d, w->now->id, '.', word);

    if (is_same(f->field, now, f->value) ||
        (fields[f->field].flags & FIELD_CODE))
        return false;
    if (d->fill)
        return *now == '\0';
    if (!owned && is_same(f->field, then, now))
        return true;
    kept_add(d, w->now->id, '.', word);
    if (*f->value && (owned || !is_same(f->field, then, f->value)))
        draft_remark(d, REMARK_KEPT, w->line, w->now->id, word, f->value);
    return false;
}

/* An end word that is no line of the text. */
static void choose_end(char end[24], const char *value)
{
    (void)snprintf(end, 24, "END");
    for (unsigned n = 2;; n++) {
        size_t len = strlen(end);
        const char *line = value;

        while (line && (strncmp(line, end, len) != 0 ||
                           (line[len] != '\n' && line[len] != '\0'))) {
            line = strchr(line, '\n');
            line += line != NULL;
        }
        if (line == NULL)
            return;
        (void)snprintf(end, 24, "END%u", n);
    }
}

/* The request being filled: a line, and the text that shall follow it. */
struct request {
    struct text line;
    const struct want_field *heredoc;
};

static void put_heredoc(struct request *r)
{
    char end[24];
    const char *value = r->heredoc->value;

    choose_end(end, value);
    text_printf(&r->line, " %s=<<%s\n", fields[r->heredoc->field].word, end);
    text_puts(&r->line, value);
    text_printf(&r->line, "\n%s", end);
}

static void end_request(
    struct draft *d, const struct want *w, struct request *r)
{
    if (r->heredoc)
        put_heredoc(r);
    text_putc(&r->line, '\n');
    plan_add(d->plan, w->line, r->line.bytes);
    text_fini(&r->line);
    r->heredoc = NULL;
}

/* Whether a field still fits into the request, which then holds it. */
static bool put_field(struct request *r, const struct want_field *f)
{
    struct text pair = {0};
    bool fits;

    text_printf(&pair, " %s=", fields[f->field].word);
    word_print(&pair, f->value);
    if (fields[f->field].type == TYPE_TEXT && pair.len > INLINE_TEXT) {
        fits = r->heredoc == NULL;
        if (fits)
            r->heredoc = f;
    } else {
        fits = r->line.len + pair.len + SPARE <= LIMIT_LINE;
        if (fits)
            text_add(&r->line, pair.bytes, pair.len);
    }
    text_fini(&pair);
    return fits;
}

void request_send(struct draft *d, const struct want *w, const char *head,
    const char *as, const char *name)
{
    struct request r = {0};
    bool empty = false;

    text_puts(&r.line, head);
    if (as)
        text_printf(&r.line, " as=%s", as);
    for (size_t i = 0; i < w->n;) {
        if (put_field(&r, &w->fields[i])) {
            empty = false;
            i++;
        } else if (empty) {
            draft_remark(d, REMARK_TOO_MANY, w->line, w->label,
                fields[w->fields[i].field].word, NULL);
            i++;
        } else {
            INSIST(name != NULL);
            end_request(d, w, &r);
            text_printf(&r.line, "set %s", name);
            empty = true;
        }
    }
    if (empty)
        text_fini(&r.line);
    else
        end_request(d, w, &r);
}

static const char *send_add(struct draft *d, struct want *w)
{
    bool in_tender = kind_row(w->kind)->scope == SCOPE_TENDER;
    const char *word = kind_row(w->kind)->word;
    const char *name = NULL;
    size_t n = 0;

    /* Clearing what does not exist yet is saying nothing. */
    for (size_t i = 0; i < w->n; i++)
        if (*w->fields[i].value)
            w->fields[n++] = w->fields[i];
    w->n = n;
    if (w->kind == KIND_TENDER)
        name = "$t";
    else if (w->prefix)
        name = draft_text(d, "$%c%zu", w->prefix, ++d->names);
    const char *head = in_tender
                           ? draft_text(d, "add %s tender=%s", word, d->tender)
                           : draft_text(d, "add %s", word);
    request_send(d, w, head, name, name);
    d->plan->added[w->kind]++;
    return name ? name : "";
}

/* With the revision that was read: what a person changes between reading and
 * writing is not overwritten either. */
static const char *set_head(struct draft *d, const struct want *w)
{
    const char *rev = known_get(w->now, "rev");

    if (*rev == '\0')
        return draft_text(d, "set %s", w->now->id);
    return draft_text(d, "set %s if=%s", w->now->id, rev);
}

/* Whether a person deleted the object, since the last import or before. */
static bool is_deleted(struct draft *d, const struct want *w)
{
    const char *kind = kind_row(w->kind)->word;
    const char *code = w->then ? known_get(w->then, "code") : w->label;

    if (w->now)
        return false;
    if (w->then)
        kept_add(d, kind, '/', code);
    return w->then || kept_holds(d, kind, '/', code);
}

const char *want_send(struct draft *d, struct want *w)
{
    size_t n = 0;

    if (is_deleted(d, w)) {
        draft_remark(d, REMARK_DELETED, w->line, w->label, NULL, NULL);
        return NULL;
    }
    if (w->now == NULL)
        return send_add(d, w);
    for (size_t i = 0; i < w->n; i++)
        if (is_due(d, w, &w->fields[i]))
            w->fields[n++] = w->fields[i];
    w->n = n;
    if (n) {
        request_send(d, w, set_head(d, w), NULL, w->now->id);
        d->plan->changed[w->kind]++;
    }
    return w->now->id;
}
