/* SPDX-License-Identifier: Apache-2.0
 *
 * fake_answer.c - requests to the record in memory, and its answers.
 */
#include "tests/parts/fake_parts.h"

#include "protocol/base_mem.h"
#include "protocol/limit.h"
#include "protocol/lines.h"
#include "protocol/reply.h"

#include <stdlib.h>
#include <string.h>

static enum err read_unit(const char *request, struct words *words)
{
    struct lines lines = {.line_most = LIMIT_LINE, .body_most = LIMIT_BODY};
    struct unit unit;
    struct words_fault fault;
    enum err err = ERR_SYNTAX;

    lines_feed(&lines, request, strlen(request));
    if (lines_next(&lines, &unit) == LINES_UNIT) {
        err = words_read(unit.line.bytes, unit.line.len,
            unit.has_body ? text_peek(&unit.body) : NULL, LIMIT_WORDS, words,
            &fault);
        unit_fini(&unit);
    }
    lines_fini(&lines);
    return err;
}

/* A person is quicker than the batch. */
static void interfere(struct fake_record *f)
{
    struct words words;
    struct text line = {0};

    if (f->meanwhile == NULL)
        return;
    text_printf(&line, "%s\n", f->meanwhile);
    INSIST(read_unit(line.bytes, &words) == ERR_OK);
    INSIST(fake_apply(f, &words) == ERR_OK);
    words_free(&words);
    text_fini(&line);
}

static void do_commit(struct fake_record *f, struct reply *r)
{
    uint64_t ids[KIND_COUNT];

    interfere(f);
    size_t before = f->n;
    size_t step = 0;
    enum err err = ERR_OK;

    memcpy(ids, f->ids, sizeof ids);
    for (size_t at = 0; err == ERR_OK && at < f->queue.len;) {
        struct words words;
        struct text id = {0};

        INSIST(read_unit(f->queue.bytes + at, &words) == ERR_OK);
        at += strlen(f->queue.bytes + at) + 1;
        step++;
        err = fake_apply(f, &words);
        if (err == ERR_OK) {
            const struct fake_change *c = &f->journal[f->n - 1];

            id_print(&id, c->kind, c->id);
            reply_data(r, "done", NULL);
            reply_int(r, "step", (int64_t)step);
            reply_word(r, "id", id.bytes);
            reply_int(r, "rev", (int64_t)c->seq);
            if (words_get(&words, "as"))
                reply_word(r, "as", words_get(&words, "as"));
            reply_end(r);
        }
        text_fini(&id);
        words_free(&words);
    }
    if (err != ERR_OK)
        fake_roll_back(f, before, ids);
    f->changed += f->n > before;
    known_rows_fini(&f->names);
    text_fini(&f->queue);
    f->in_batch = false;
    if (err != ERR_OK) {
        reply_err(r, NULL, err);
        reply_int(r, "step", (int64_t)step);
    } else {
        reply_ok(r, NULL);
        reply_int(r, "steps", (int64_t)step);
    }
}

static bool is_wanted(const struct words *words, const struct known_row *row)
{
    for (size_t i = 2; i < words->n; i++) {
        const struct word *w = &words->list[i];
        const char *value =
            strcmp(w->key, "id") == 0 ? row->id : known_get(row, w->key);

        if (!list_holds("limit,after,at,fields", w->key, strlen(w->key)) &&
            strcmp(value, w->value) != 0)
            return false;
    }
    return true;
}

/* Long texts are told only when they are asked for by name. */
static bool is_told(const char *asked, const char *key, size_t field)
{
    bool text = field < FIELD_COUNT && fields[field].type == TYPE_TEXT;

    return asked ? list_holds(asked, key, strlen(key)) : !text;
}

static void reply_row(struct reply *r, enum kind kind,
    const struct known_row *row, const char *asked)
{
    reply_data(r, row->kind, *row->id ? row->id : NULL);
    for (size_t i = 0; i < row->n; i++) {
        size_t field = kind == KIND_NONE ? FIELD_COUNT
                                         : field_find(kind, row->pairs[i].key);

        if (*row->pairs[i].value == '\0' ||
            !is_told(asked, row->pairs[i].key, field))
            continue;
        if (field < FIELD_COUNT && fields[field].type == TYPE_TEXT)
            reply_text(r, row->pairs[i].key, row->pairs[i].value);
        else
            reply_word(r, row->pairs[i].key, row->pairs[i].value);
    }
    reply_end(r);
}

/* The rows from the one that after= names on, a page of them. */
static void reply_rows(struct fake_record *f, const struct words *words,
    struct reply *r, enum kind kind, const struct known_rows *rows)
{
    const char *after = words_get(words, "after");
    const char *limit = words_get(words, "limit");
    size_t skip = after ? strtoul(after, NULL, 10) : 0;
    size_t most = limit ? strtoul(limit, NULL, 10) : 100;
    size_t sent = 0;
    size_t seen = 0;
    bool more = false;

    if (f->page && f->page < most)
        most = f->page;
    for (size_t i = 0; i < rows->n && !more; i++) {
        if (kind != KIND_NONE && !is_wanted(words, &rows->all[i]))
            continue;
        if (seen++ < skip)
            continue;
        more = sent == most;
        if (!more)
            reply_row(r, kind, &rows->all[i], words_get(words, "fields"));
        sent += !more;
    }
    reply_ok(r, NULL);
    reply_int(r, "n", (int64_t)sent);
    reply_int(r, "at", (int64_t)fake_head(f));
    if (more) {
        reply_word(r, "more", "yes");
        reply_int(r, "next", (int64_t)(skip + sent));
    }
}

static void do_list(
    struct fake_record *f, const struct words *words, struct reply *r)
{
    const char *at = words_get(words, "at");
    enum kind kind = kind_find(words->list[1].value);
    struct known_rows rows =
        fake_rows(f, kind, at ? strtoull(at, NULL, 10) : UINT64_MAX);

    reply_rows(f, words, r, kind, &rows);
    known_rows_fini(&rows);
}

/* Newest first, as the server does. */
static void do_log(
    struct fake_record *f, const struct words *words, struct reply *r)
{
    struct known_rows rows = {0};

    for (size_t i = f->n; i-- > 0;) {
        const struct fake_change *c = &f->journal[i];
        struct text word = {0};

        id_print(&word, c->kind, c->id);
        if (strcmp(word.bytes, words->list[1].value) == 0) {
            (void)known_add(&rows, "change", "");
            known_put(&rows, "id", word.bytes);
            word.len = 0;
            text_printf(&word, "%llu", (unsigned long long)c->seq);
            known_put(&rows, "seq", word.bytes);
            for (size_t k = 0; c->pairs.n && k < c->pairs.all[0].n; k++)
                known_put(&rows, c->pairs.all[0].pairs[k].key,
                    c->pairs.all[0].pairs[k].value);
        }
        text_fini(&word);
    }
    reply_rows(f, words, r, KIND_NONE, &rows);
    known_rows_fini(&rows);
}

static void do_other(struct fake_record *f, const char *request,
    const struct words *words, struct reply *r)
{
    const char *verb = words->list[0].value;
    enum err err;

    if (strcmp(verb, "begin") == 0) {
        f->in_batch = true;
        reply_ok(r, NULL);
    } else if (strcmp(verb, "abort") == 0) {
        f->in_batch = false;
        text_fini(&f->queue);
        reply_ok(r, NULL);
    } else if (f->in_batch) {
        text_add(&f->queue, request, strlen(request) + 1);
        reply_ok(r, NULL);
    } else if ((err = fake_apply(f, words)) == ERR_OK) {
        reply_ok(r, NULL);
    } else {
        reply_err(r, NULL, err);
    }
}

static void answer(struct fake_record *f, const char *request, struct text *to)
{
    struct reply r = {.to = to};
    struct words words;

    if (read_unit(request, &words) != ERR_OK || words.n == 0) {
        reply_err(&r, NULL, ERR_SYNTAX);
    } else {
        const char *verb = words.list[0].value;

        if (f->refuse && strstr(request, f->refuse))
            reply_err(&r, NULL, ERR_DENIED);
        else if (strcmp(verb, "commit") == 0)
            do_commit(f, &r);
        else if (strcmp(verb, "list") == 0)
            do_list(f, &words, &r);
        else if (strcmp(verb, "log") == 0)
            do_log(f, &words, &r);
        else
            do_other(f, request, &words, &r);
        words_free(&words);
    }
    reply_end(&r);
}

static enum err ask(void *ctx, const char *request, size_t len,
    struct import_reply *reply, struct text *why)
{
    struct fake_record *f = ctx;
    struct text lines = {0};
    char *copy = mem_copy(request, len);
    bool done = false;

    if (++f->asked == f->fail_at) {
        free(copy);
        text_puts(why, "the connection is lost");
        return ERR_UNAVAILABLE;
    }
    answer(f, copy, &lines);
    char *rest = lines.bytes;
    for (char *line; !done && (line = strsep(&rest, "\n")) != NULL;)
        INSIST(import_reply_take(reply, line, strlen(line), &done) == ERR_OK);
    INSIST(done);
    text_fini(&lines);
    free(copy);
    return ERR_OK;
}

struct import_link fake_link(struct fake_record *record)
{
    return (struct import_link){.ask = ask, .ctx = record};
}

char *fake_do(struct fake_record *record, const char *request)
{
    struct import_reply reply = {0};
    struct text line = {0};
    struct text why = {0};

    text_printf(&line, "%s\n", request);
    INSIST(ask(record, line.bytes, line.len, &reply, &why) == ERR_OK);
    text_fini(&line);
    char *final = text_take(&reply.line);
    import_reply_fini(&reply);
    return final;
}
