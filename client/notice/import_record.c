/* SPDX-License-Identifier: Apache-2.0
 *
 * import_record.c - asking a server what an import must know of the record.
 */
#include "client/notice/import_record.h"

#include "protocol/base_mem.h"
#include "protocol/limit.h"
#include "protocol/words.h"

#include <stdlib.h>
#include <string.h>

/* One conversation: where to ask, and where to say what went wrong. */
struct asking {
    const struct import_link *link;
    struct notice_known *known;
    struct text *why;
};

/* Asks one request; a refusal is an error here. */
static enum err ask_one(
    struct asking *a, const struct text *request, struct import_reply *reply)
{
    enum err err =
        a->link->ask(a->link->ctx, request->bytes, request->len, reply, a->why);

    if (err == ERR_OK && reply->err != ERR_OK) {
        text_printf(a->why, "%.*s: %s", (int)strcspn(request->bytes, "\n"),
            request->bytes, text_peek(&reply->line));
        err = reply->err;
    }
    return err;
}

/* All pages of a reply, appended to rows. */
static enum err ask_pages(
    struct asking *a, const char *question, struct known_rows *rows)
{
    char *next = NULL;
    enum err err = ERR_OK;

    do {
        struct text request = {0};
        struct import_reply reply = {0};

        text_printf(&request, "%s limit=%d", question, LIMIT_ROWS);
        if (next) {
            text_puts(&request, " after=");
            word_print(&request, next);
        }
        text_putc(&request, '\n');
        free(next);
        next = NULL;
        err = ask_one(a, &request, &reply);
        for (size_t i = 0; err == ERR_OK && i < reply.rows.n; i++)
            known_copy(rows, &reply.rows.all[i]);
        if (err == ERR_OK &&
            strcmp(import_reply_final(&reply, "more"), "yes") == 0)
            next = mem_text(import_reply_final(&reply, "next"));
        uint64_t at = strtoull(import_reply_final(&reply, "at"), NULL, 10);
        if (at > a->known->at)
            a->known->at = at;
        import_reply_fini(&reply);
        text_fini(&request);
    } while (err == ERR_OK && next && *next);
    free(next);
    return err;
}

/* Tenders with that value, those that are known already left out. */
static enum err ask_tenders(
    struct asking *a, const char *key, const char *value)
{
    struct known_rows found = {0};
    struct text question = {0};

    /* What is no word was not recorded, and must not be asked for. */
    if (value == NULL || strlen(value) > LIMIT_WORD || strpbrk(value, " \n"))
        return ERR_OK;
    if (strcmp(key, "code") == 0 && !code_is_valid(value))
        return ERR_OK;
    text_printf(&question, "list tender %s=", key);
    word_print(&question, value);
    enum err err = ask_pages(a, question.bytes, &found);
    for (size_t i = 0; err == ERR_OK && i < found.n; i++)
        if (known_find(&a->known->tenders, found.all[i].id) == NULL)
            known_copy(&a->known->tenders, &found.all[i]);
    known_rows_fini(&found);
    text_fini(&question);
    return err;
}

static uint64_t seq_of(const struct known_row *row)
{
    return strtoull(known_get(row, "seq"), NULL, 10);
}

static int by_seq(const void *a, const void *b)
{
    uint64_t x = seq_of(a);
    uint64_t y = seq_of(b);

    return x < y ? -1 : x > y;
}

/* The history of a tender, oldest first: each change of the digest ends an
 * import; identifier and version are those that stood then. */
static void gather_notices(
    struct asking *a, const char *tender, struct known_rows *log)
{
    static const char *const keys[] = {
        "notice-id", "notice-version", "notice-digest"};
    const char *last[3] = {"", "", ""};

    if (log->n)
        qsort(log->all, log->n, sizeof *log->all, by_seq);
    for (size_t i = 0; i < log->n; i++) {
        const struct known_row *row = &log->all[i];

        for (size_t k = 0; k < 3; k++)
            if (*known_get(row, keys[k]))
                last[k] = known_get(row, keys[k]);
        if (*known_get(row, "notice-digest") == '\0')
            continue;
        struct known_notice notice = {.tender = tender,
            .seq = seq_of(row),
            .id = last[0],
            .version = last[1],
            .digest = last[2]};
        known_notice_add(a->known, &notice);
    }
}

static enum err ask_notices(struct asking *a, const char *tender)
{
    struct known_rows log = {0};
    struct text question = {0};

    text_printf(&question, "log %s", tender);
    enum err err = ask_pages(a, question.bytes, &log);
    if (err == ERR_OK)
        gather_notices(a, tender, &log);
    known_rows_fini(&log);
    text_fini(&question);
    return err;
}

enum err record_ask(const struct import_link *link, const struct notice *notice,
    struct notice_known *known, struct text *why)
{
    struct asking a = {link, known, why};
    const struct {
        const char *key;
        const char *value;
    } rows[] = {{"notice-digest", notice->digest}, {"notice-id", notice->id},
        {"procedure-id", notice->procedure_id}, {"code", notice->internal_id}};
    enum err err = ERR_OK;

    for (size_t i = 0; err == ERR_OK && i < sizeof rows / sizeof *rows; i++)
        err = ask_tenders(&a, rows[i].key, rows[i].value);
    for (size_t i = 0; err == ERR_OK && i < known->tenders.n; i++)
        err = ask_notices(&a, known->tenders.all[i].id);
    if (err == ERR_OK)
        err = ask_pages(&a, "list party", &known->parties);
    return err;
}

/* All fields by name, as a list leaves out long texts that are not asked for;
 * and the revision. */
static void add_fields(struct text *question, enum kind kind)
{
    const struct kind_row *row = kind_row(kind);

    text_puts(question, " fields=rev");
    for (size_t i = row->first; i < row->first + row->count; i++)
        text_printf(question, ",%s", fields[i].word);
}

static enum err ask_kind(struct asking *a, enum kind kind, const char *tender,
    uint64_t seq, struct known_rows *rows)
{
    struct text question = {0};

    if (kind == KIND_TENDER)
        text_printf(&question, "list tender id=%s", tender);
    else
        text_printf(
            &question, "list %s tender=%s", kind_row(kind)->word, tender);
    add_fields(&question, kind);
    if (seq)
        text_printf(&question, " at=%llu", (unsigned long long)seq);
    enum err err = ask_pages(a, question.bytes, rows);
    text_fini(&question);
    return err;
}

enum err record_ask_tender(const struct import_link *link, const char *tender,
    uint64_t seq, struct notice_known *known, struct text *why)
{
    static const enum kind kinds[] = {KIND_TENDER, KIND_LOT, KIND_CRITERION,
        KIND_BID, KIND_PARTNER, KIND_AWARD};
    struct asking a = {link, known, why};
    enum err err = ERR_OK;

    for (size_t i = 0; err == ERR_OK && i < sizeof kinds / sizeof *kinds; i++) {
        err = ask_kind(&a, kinds[i], tender, 0, &known->now[kinds[i]]);
        if (err == ERR_OK && seq)
            err = ask_kind(&a, kinds[i], tender, seq, &known->then[kinds[i]]);
    }
    return err;
}
