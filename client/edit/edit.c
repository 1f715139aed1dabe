/* SPDX-License-Identifier: Apache-2.0
 *
 * edit.c - between a form, an editor and a server.
 */
#include "client/edit/edit.h"

#include "client/edit/edit_form.h"
#include "client/edit/editor.h"
#include "client/file.h"
#include "client/prompt/vocabulary_ask.h"
#include "client/shell_words.h"
#include "client/show/page.h"
#include "client/show/records.h"
#include "client/show/say.h"
#include "protocol/base_mem.h"
#include "protocol/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#define FILE_MOST ((size_t)16 << 20)

struct edit {
    struct client *client;
    struct resume *resume;
    struct edit_form form;
    struct text path; /* of the file; empty: there is none */
    struct text text; /* that the person was given */
    bool refused;     /* leaving it as it is means: enough of it */
    char once[20];    /* key of the request; changes with what is sent */
};

/* Over another link when this one is lost: what is sent has a key. */
static enum err ask(struct edit *e, const char *request, struct reply_got *got)
{
    for (;;) {
        enum err err =
            talk_ask(&e->client->talk, request, e->client->timeout_ms, got);

        if (err == ERR_OK || e->resume == NULL || !resume_can(e->resume) ||
            resume_back(e->resume, err) != STATUS_OK || e->client->user == NULL)
            return err;
    }
}

static enum err fetch(struct edit *e, const char *target, struct reply_got *got)
{
    struct text request = {0};

    text_puts(&request, "show ");
    word_print(&request, target);
    enum err err = ask(e, request.bytes, got);
    text_fini(&request);
    return err;
}

static int keep_file(const struct edit *e, int status)
{
    if (e->path.len)
        complain(e->client->look.language, TEXT_EDIT_KEPT, e->path.bytes);
    return status;
}

static int lose(const struct edit *e, enum err err)
{
    return keep_file(e, client_lost(e->client, err));
}

static int refuse_file(const struct edit *e, int error)
{
    complain(e->client->look.language, TEXT_FILE_WRITE,
        e->path.len ? e->path.bytes : "/tmp", strerror(error));
    return keep_file(e, STATUS_UNKNOWN);
}

static int open_form(
    struct edit *e, const struct vocabulary *vocabulary, const char *target)
{
    enum language language = e->client->look.language;
    const struct row *kind = vocabulary_find(vocabulary, "kind", target);
    struct reply_got got = {0};
    int status = STATUS_OK;

    if (kind) {
        edit_form_init(
            &e->form, vocabulary, language, row_get(kind, "name"), NULL);
        return STATUS_OK;
    }
    enum err err = fetch(e, target, &got);
    if (err != ERR_OK)
        return lose(e, err);
    if (got.final.class != ANSWER_OK) {
        status = client_refused(e->client, &got.final);
    } else if (got.rows.n != 1 || got.rows.list[0].id == NULL) {
        complain(language, TEXT_EDIT_NO_OBJECT, target);
        status = STATUS_USAGE;
    } else {
        edit_form_init(&e->form, vocabulary, language, got.rows.list[0].kind,
            &got.rows.list[0]);
    }
    reply_got_fini(&got);
    return status;
}

/* The text of the form into the file, as the person will find it. */
static int write_form(struct edit *e)
{
    text_fini(&e->text);
    edit_form_print(&e->form, &e->text);
    if (e->path.len)
        return editor_write(e->path.bytes, &e->text);
    return editor_file(
        e->form.id ? e->form.id : e->form.kind, &e->text, &e->path);
}

/* What was wrong stands above its line; the rest stays as it was typed. */
static int write_mark(
    struct edit *e, const struct text *typed, size_t line, const char *why)
{
    struct text marked = {0};
    const char *at = text_peek(typed);

    for (size_t i = 1; i <= line; i++) {
        size_t len = strcspn(at, "\n");

        if (i == line)
            text_printf(&marked, "#! %s\n", why);
        len += at[len] != '\0';
        text_add(&marked, at, len);
        at += len;
    }
    text_puts(&marked, at);
    text_fini(&e->text);
    e->text = marked;
    return editor_write(e->path.bytes, &e->text);
}

/* Remarks of earlier rounds are gone before the next one. */
static void drop_marks(struct text *text)
{
    struct text kept = {0};

    for (const char *at = text_peek(text); *at;) {
        size_t len = strcspn(at, "\n");

        len += at[len] != '\0';
        if (strncmp(at, "#!", 2) != 0)
            text_add(&kept, at, len);
        at += len;
    }
    text_fini(text);
    *text = kept;
}

/* One round with the editor until its text is understood. */
static int edit_text(struct edit *e)
{
    enum language language = e->client->look.language;

    for (;;) {
        struct text typed = {0};
        struct text why = {0};
        char number[24];
        size_t line = 0;
        int status = editor_run(e->path.bytes);

        if (status) {
            (void)snprintf(number, sizeof number, "%d", status);
            complain(language, TEXT_EDIT_FAILED, number);
            return keep_file(e, STATUS_INPUT);
        }
        int error = file_read(e->path.bytes, FILE_MOST, &typed);
        bool same = strcmp(text_peek(&typed), text_peek(&e->text)) == 0;
        if (error == 0)
            drop_marks(&typed);
        enum err err =
            error ? ERR_NONE
                  : edit_form_read(&e->form, text_peek(&typed), &line, &why);
        if (err == ERR_SYNTAX) {
            (void)snprintf(number, sizeof number, "%zu", line);
            complain(language, TEXT_EDIT_BAD_LINE, number, text_peek(&why));
            error = same ? 0 : write_mark(e, &typed, line, text_peek(&why));
        }
        text_fini(&typed);
        text_fini(&why);
        if (error)
            return refuse_file(e, error);
        /* Who leaves a mistake as it is does not want to go on. */
        if (err == ERR_OK && !(same && e->refused))
            return STATUS_OK;
        if (same)
            return keep_file(e, STATUS_INPUT);
    }
}

static int take_conflict(struct edit *e, const struct answer *final)
{
    const char *author = words_get(&final->words, "author");
    char *who = mem_text(author ? author : "?");
    struct reply_got got = {0};
    struct text remark = {0};

    (void)client_refused(e->client, final);
    enum err err = fetch(e, e->form.id, &got);
    int status = STATUS_OK;
    if (err != ERR_OK) {
        status = lose(e, err);
    } else if (got.final.class != ANSWER_OK || got.rows.n != 1) {
        status = keep_file(e, client_refused(e->client, &got.final));
    } else {
        edit_form_merge(&e->form, &got.rows.list[0], who);
        say(&remark, e->client->look.language, TEXT_EDIT_CONFLICT, who);
        edit_form_remark(&e->form, NULL, remark.bytes);
        e->refused = false;
    }
    text_fini(&remark);
    reply_got_fini(&got);
    free(who);
    return status;
}

/* What the server does not take stands above its field. */
static void take_refusal(struct edit *e, const struct answer *final)
{
    const char *field = words_get(&final->words, "field");
    const char *allowed = words_get(&final->words, "allowed");
    struct text remark = {0};

    (void)client_refused(e->client, final);
    text_printf(&remark, "%s: %s", final->code, final->note ? final->note : "");
    if (allowed)
        text_printf(&remark, " - %s", allowed);
    edit_form_remark(&e->form, field, remark.bytes);
    if (e->form.remark == NULL)
        edit_form_remark(&e->form, NULL,
            text_of(TEXT_EDIT_REFUSED, e->client->look.language));
    text_fini(&remark);
    e->refused = true;
}

static enum err join(const struct edit *e, struct text *request)
{
    char **words;
    int bad;
    size_t n = edit_form_words(&e->form, e->once, &words);
    enum err err =
        shell_words_join((const char *const *)words, (int)n, request, &bad);

    if (err != ERR_OK)
        complain(e->client->look.language, TEXT_REQUEST_BAD, words[bad]);
    for (size_t i = 0; i < n; i++)
        free(words[i]);
    free(words);
    return err;
}

static void show_done(const struct edit *e, const struct answer *final)
{
    struct page page = {0};

    if (e->client->quiet)
        return;
    records_final(final, &e->client->look, &page);
    page_print(&page, stdout);
    page_fini(&page);
}

/* Sends what changed; *again when the person is to go on editing. */
static int send_form(struct edit *e, bool *again)
{
    struct text request = {0};
    struct reply_got got = {0};
    uint64_t random = 0;
    int status = STATUS_OK;

    *again = false;
    (void)!getrandom(&random, sizeof random, 0);
    (void)snprintf(
        e->once, sizeof e->once, "%016llx", (unsigned long long)random);
    if (join(e, &request) != ERR_OK)
        return keep_file(e, STATUS_USAGE);
    enum err err = ask(e, request.bytes, &got);
    text_fini(&request);
    if (err != ERR_OK)
        return lose(e, err);
    if (got.final.class == ANSWER_OK) {
        show_done(e, &got.final);
    } else if (err_find(got.final.code) == ERR_CONFLICT && e->form.id) {
        status = take_conflict(e, &got.final);
        *again = status == STATUS_OK;
    } else if (words_get(&got.final.words, "field")) {
        take_refusal(e, &got.final);
        *again = true;
    } else {
        status = keep_file(e, client_refused(e->client, &got.final));
    }
    reply_got_fini(&got);
    return status;
}

static int go_through(struct edit *e)
{
    bool again = true;

    while (again) {
        int error = write_form(e);

        if (error)
            return refuse_file(e, error);
        int status = edit_text(e);
        if (status != STATUS_OK)
            return status;
        if (!edit_form_changed(&e->form)) {
            complain(e->client->look.language, TEXT_EDIT_SAME);
            break;
        }
        status = send_form(e, &again);
        if (status != STATUS_OK)
            return status;
    }
    (void)unlink(e->path.bytes);
    return STATUS_OK;
}

int edit_object(struct client *client, struct resume *resume,
    const struct vocabulary *vocabulary, const char *target)
{
    struct edit e = {.client = client, .resume = resume};
    int status = open_form(&e, vocabulary, target);

    if (status == STATUS_OK)
        status = go_through(&e);
    edit_form_fini(&e.form);
    text_fini(&e.path);
    text_fini(&e.text);
    return status;
}

int edit_run(struct client *client)
{
    struct vocabulary vocabulary;
    struct resume_ways ways;
    struct resume resume;

    if (client->set.words_n != 2) {
        complain(client->look.language, TEXT_EDIT_TARGET);
        return STATUS_USAGE;
    }
    resume_plain(client, &ways);
    resume_init(&resume, client, &ways);
    vocabulary_preset(&vocabulary, client->look.language);
    int status = client_open(client);
    if (status == STATUS_OK) {
        vocabulary_ask(&client->talk, client->look.language, &vocabulary);
        enum err err = talk_drain(&client->talk, client->timeout_ms);
        status = err == ERR_OK ? edit_object(client, &resume, &vocabulary,
                                     client->set.words[1])
                               : client_lost(client, err);
    }
    talk_fini(&client->talk);
    resume_fini(&resume);
    vocabulary_fini(&vocabulary);
    return status;
}
