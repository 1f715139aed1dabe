/* SPDX-License-Identifier: Apache-2.0
 *
 * guide_send.c - lines of guide.def on their way.
 */
#include "client/guide/guide_send.h"

#include "client/show/cell.h"
#include "client/show/page.h"
#include "client/show/say.h"
#include "protocol/base_mem.h"
#include "protocol/limit.h"
#include "protocol/words.h"

#include <stdlib.h>
#include <string.h>

/* A line as it is typed in a session, or what came of it, without the
 * sentence for people: that is said by itself. */
static void show_line(
    const struct client *client, const char *line, const char *note)
{
    struct page page = {0};
    struct text bare = {0};
    struct text safe = {0};
    struct text styled = {0};
    size_t behind = note ? strlen(note) + strlen(" # ") : 0;

    text_add(&bare, line, strlen(line) - behind);
    cell_safe(&safe, text_peek(&bare));
    look_put(&styled, &client->look, STYLE_FAINT, text_peek(&safe));
    page_wrap(&page, "    ", text_peek(&styled), client->look.columns);
    page_print(&page, stdout);
    page_fini(&page);
    text_fini(&bare);
    text_fini(&safe);
    text_fini(&styled);
}

/* "add party", or nothing when the answer names one that is there. */
static void put_party(
    struct text *to, const char *sort, struct guide_gaps *gaps, char **code)
{
    const struct row *party = guide_party(gaps->record, gaps->answer);
    struct text made = {0};

    if (party) {
        *code = mem_text(row_name(party));
        gaps->code = *code;
        return;
    }
    guide_initials(&made, gaps->answer);
    char *start = mem_text(made.len ? made.bytes : "P");
    text_fini(&made);
    guide_code(gaps->record, start, false, &made);
    free(start);
    *code = text_take(&made);
    gaps->code = *code;
    text_printf(to, "add party code=%s sort=%s name=", *code, sort);
    word_print(to, gaps->answer);
    text_putc(to, '\n');
}

/* A party that has a stake gets one role more. */
static void put_stake(
    struct text *to, const char *role, const struct guide_gaps *gaps)
{
    const struct row *party = guide_party(gaps->record, gaps->answer);
    const struct row *stake =
        party ? guide_object(
                    gaps->record, "stake party=%1 lot=\"\"", party, NULL, NULL)
              : NULL;

    if (stake) {
        text_printf(to, "set %s roles+=%s\n", stake->id, role);
        return;
    }
    text_puts(to, "add stake party=");
    word_print(to, gaps->code);
    text_printf(to, " roles=%s\n", role);
}

/* A tender gets a code like a party does. */
static void make_code(struct guide_gaps *gaps, char **code)
{
    struct text start = {0};
    struct text made = {0};

    guide_initials(&start, gaps->answer);
    guide_code(gaps->record, start.len ? start.bytes : "T", false, &made);
    *code = text_take(&made);
    gaps->code = *code;
    text_fini(&start);
}

static void put_lines(struct text *to, const struct guide_step *step,
    struct guide_gaps *gaps, char **code)
{
    const char *at = step->lines;

    while (*at) {
        size_t len = strcspn(at, "\n");
        char *line = mem_copy(at, len);

        if (strncmp(line, "@party ", 7) == 0) {
            put_party(to, line + 7, gaps, code);
        } else if (strncmp(line, "@stake ", 7) == 0) {
            put_stake(to, line + 7, gaps);
        } else {
            if (gaps->code == NULL && strstr(line, "%c"))
                make_code(gaps, code);
            guide_fill(to, line, gaps, true);
            text_putc(to, '\n');
        }
        free(line);
        at += len + (at[len] == '\n');
    }
}

static void say_refusal(const struct client *client, const struct answer *final)
{
    struct page page = {0};
    struct text said = {0};
    struct text safe = {0};
    const char *got = words_get(&final->words, "got");
    enum err err = err_find(final->code);

    if (got && err == ERR_ARG)
        say(&said, client->look.language, TEXT_GUIDE_BAD, got);
    else
        text_puts(&said, final->note ? final->note
                                     : err_text(err, client->look.language ==
                                                         LANGUAGE_FRENCH));
    cell_safe(&safe, text_peek(&said));
    page_wrap(&page, "  ", text_peek(&safe), client->look.columns);
    page_print(&page, stdout);
    page_fini(&page);
    text_fini(&said);
    text_fini(&safe);
}

/* What takes a line back, put in front of what is there. */
static void add_undo(struct text *undo, const char *line, const char *id,
    const char *rev, const struct labels *record)
{
    struct words words;
    struct words_fault fault;
    struct text made = {0};

    if (id == NULL || words_read(line, strlen(line), NULL, LIMIT_WORDS, &words,
                          &fault) != ERR_OK)
        return;
    if (strcmp(words.list[0].value, "add") == 0) {
        text_printf(&made, "del %s", id);
    } else {
        const struct row *row = NULL;

        for (size_t i = 0; i < record->rows.n && row == NULL; i++)
            if (record->rows.list[i].id &&
                strcmp(record->rows.list[i].id, id) == 0)
                row = &record->rows.list[i];
        text_printf(&made, "set %s", id);
        for (size_t i = 0; i < words.n; i++) {
            const struct word *word = &words.list[i];
            const char *was = row && word->key ? row_get(row, word->key) : NULL;

            if (word->key == NULL)
                continue;
            text_printf(
                &made, " %s%s", word->key, word->op == OP_PLUS ? "-=" : "=");
            word_print(&made, word->op == OP_PLUS ? word->value
                              : was               ? was
                                                  : "");
        }
    }
    if (rev)
        text_printf(&made, " if=%s", rev);
    text_putc(&made, '\n');
    text_puts(&made, text_peek(undo));
    text_fini(undo);
    *undo = made;
    words_free(&words);
}

/* One line sent and shown with its answer. */
static int ask(struct client *client, const char *line, bool *refused,
    struct reply_got *got)
{
    enum err err = talk_ask(&client->talk, line, client->timeout_ms, got);

    show_line(client, line, NULL);
    if (err != ERR_OK)
        return client_lost(client, err);
    show_line(client, got->line, got->final.note);
    if (got->final.class != ANSWER_ERR)
        return STATUS_OK;
    *refused = true;
    say_refusal(client, &got->final);
    /* What will not be better when it is answered otherwise ends the guide. */
    enum err code = err_find(got->final.code);
    return code == ERR_DENIED || code == ERR_AUTH || code == ERR_INTERNAL
               ? err_status(code)
               : STATUS_OK;
}

/* The id and revision of a change: in its answer, or in a row of a batch. */
static void take_change(const struct reply_got *got, size_t step,
    const char *line, const struct labels *record, struct text *undo)
{
    const char *id = words_get(&got->final.words, "id");
    const char *rev = words_get(&got->final.words, "rev");

    if (got->rows.n > step) {
        id = row_get(&got->rows.list[step], "id");
        rev = row_get(&got->rows.list[step], "rev");
    }
    add_undo(undo, line, id, rev, record);
}

struct sending {
    char **lines; /* owned */
    size_t n, room;
};

static void cut_lines(const char *from, struct sending *sending)
{
    while (*from) {
        size_t len = strcspn(from, "\n");

        sending->lines = mem_grow(sending->lines, &sending->room,
            sending->n + 1, sizeof *sending->lines);
        sending->lines[sending->n++] = mem_copy(from, len);
        from += len + (from[len] == '\n');
    }
}

static void free_lines(struct sending *sending)
{
    for (size_t i = 0; i < sending->n; i++)
        free(sending->lines[i]);
    free(sending->lines);
    *sending = (struct sending){0};
}

/* All lines, as a batch when there are several; *got answers the last
 * request that was sent. */
static int send_lines(struct client *client, const struct sending *sending,
    bool *refused, struct reply_got *got)
{
    bool batch = sending->n > 1;
    int status = batch ? ask(client, "begin", refused, got) : STATUS_OK;

    for (size_t i = 0; i < sending->n && status == STATUS_OK && !*refused;
         i++) {
        reply_got_fini(got);
        status = ask(client, sending->lines[i], refused, got);
    }
    if (batch && status == STATUS_OK) {
        bool spoilt = *refused;

        reply_got_fini(got);
        status = ask(client, spoilt ? "abort" : "commit", refused, got);
    }
    return status;
}

int guide_send(struct client *client, const struct guide_step *step,
    struct guide_gaps *gaps, struct text *undo, char **code, bool *refused)
{
    struct sending sending = {0};
    struct reply_got got = {0};
    struct text lines = {0};

    *refused = false;
    *code = NULL;
    put_lines(&lines, step, gaps, code);
    cut_lines(text_peek(&lines), &sending);
    int status = send_lines(client, &sending, refused, &got);
    for (size_t i = 0; i < sending.n && status == STATUS_OK && !*refused; i++)
        take_change(&got, i, sending.lines[i], gaps->record, undo);
    reply_got_fini(&got);
    free_lines(&sending);
    text_fini(&lines);
    return status;
}

int guide_undo(struct client *client, const char *lines, bool *refused)
{
    struct sending sending = {0};
    struct reply_got got = {0};

    *refused = false;
    cut_lines(lines, &sending);
    int status = send_lines(client, &sending, refused, &got);
    reply_got_fini(&got);
    free_lines(&sending);
    return status;
}

int guide_use(struct client *client, const char *tender)
{
    struct text line = {0};
    struct reply_got got = {0};
    bool refused = false;

    text_puts(&line, "use tender=");
    word_print(&line, tender);
    int status = ask(client, line.bytes, &refused, &got);
    if (status == STATUS_OK && refused)
        status = err_status(err_find(got.final.code));
    if (status == STATUS_OK) {
        free(client->tender);
        client->tender = *tender ? mem_text(tender) : NULL;
    }
    reply_got_fini(&got);
    text_fini(&line);
    return status;
}
