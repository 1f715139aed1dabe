/* SPDX-License-Identifier: Apache-2.0
 *
 * guide_page.c - the words of the guide on a terminal.
 */
#include "client/guide/guide_page.h"

#include "client/show/cell.h"
#include "client/show/report.h"
#include "client/show/say.h"
#include "protocol/base_mem.h"
#include "protocol/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print_wrapped(const struct client *client, const char *first,
    enum style style, const char *text)
{
    struct page page = {0};
    struct text styled = {0};

    look_put(&styled, &client->look, style, text);
    page_wrap(&page, first, text_peek(&styled), client->look.columns);
    page_print(&page, stdout);
    page_fini(&page);
    text_fini(&styled);
}

void guide_say(const struct client *client, enum text_id id, ...)
{
    struct text line = {0};
    struct text safe = {0};
    va_list gaps;

    va_start(gaps, id);
    say_list(&line, client->look.language, id, gaps);
    va_end(gaps);
    cell_safe(&safe, text_peek(&line));
    print_wrapped(client, "  ", STYLE_PLAIN, text_peek(&safe));
    text_fini(&line);
    text_fini(&safe);
}

void guide_show_part(const struct client *client, enum guide_part part)
{
    const struct guide_part_row *row = &guide_parts[part];
    struct page page = {0};
    struct text title = {0};

    text_printf(&title, "%d/%d  %s", (int)part + 1, (int)GUIDE_PARTS,
        row->title[client->look.language]);
    page_add(&page, "");
    page_title(&page, &client->look, text_peek(&title), client->look.columns);
    page_wrap(
        &page, "  ", row->intro[client->look.language], client->look.columns);
    page_print(&page, stdout);
    page_fini(&page);
    text_fini(&title);
}

/* "[5] > ": what Enter does stands in brackets. */
void guide_prompt(const char *shown)
{
    struct text line = {0};
    struct text safe = {0};
    struct text out = {0};

    cell_safe(&safe, shown);
    if (*shown)
        text_printf(&line, "[%s] > ", text_peek(&safe));
    else
        text_puts(&line, "> ");
    if (cell_utf8())
        text_puts(&out, line.bytes);
    else
        cell_fold(&out, line.bytes);
    (void)fputs(out.bytes, stdout);
    (void)fflush(stdout);
    text_fini(&line);
    text_fini(&safe);
    text_fini(&out);
}

static void print_prompt(
    const struct client *client, enum guide_step_id step, const char *preset)
{
    bool more = guide_steps[step].shape == GUIDE_MORE;
    enum language language = client->look.language;
    const char *shown = preset;

    if (strcmp(preset, "-") == 0)
        shown = text_of(
            more ? TEXT_GUIDE_ENTER_END : TEXT_GUIDE_ENTER_SKIP, language);
    else if (guide_field(step)->type == TYPE_BOOL && *preset)
        shown = text_of(TEXT_GUIDE_YES, language);
    guide_prompt(shown);
}

static void print_choices(
    const struct client *client, const struct field_row *field)
{
    const char *at = field->arg;
    struct text line = {0};

    for (int number = 1; *at; number++) {
        size_t len = strcspn(at, ",");

        text_printf(
            &line, "%s%d %.*s", number > 1 ? "   " : "", number, (int)len, at);
        at += len + (at[len] == ',');
    }
    print_wrapped(client, "    ", STYLE_PLAIN, text_peek(&line));
    text_fini(&line);
}

void guide_show_question(const struct client *client,
    const struct guide_question *question, const struct guide_gaps *gaps,
    const char *preset)
{
    const struct guide_step *step = &guide_steps[question->step];
    const struct field_row *field = guide_field(question->step);
    enum language language = client->look.language;
    struct text line = {0};
    char left[24];

    (void)putchar('\n');
    guide_fill(&line, step->question[language], gaps, false);
    if (question->left > 1) {
        (void)snprintf(left, sizeof left, "%zu", question->left - 1);
        text_puts(&line, " ");
        say(&line, language, TEXT_GUIDE_LEFT, left);
    }
    print_wrapped(client, "  ", STYLE_STRONG, text_peek(&line));
    if (guide_choices(field))
        print_choices(client, field);
    print_prompt(client, question->step, preset);
    text_fini(&line);
}

void guide_show_help(const struct client *client,
    const struct guide_question *question, const struct guide_gaps *gaps)
{
    const struct guide_step *step = &guide_steps[question->step];
    enum language language = client->look.language;
    struct text line = {0};

    guide_fill(&line, step->help[language], gaps, false);
    print_wrapped(client, "  ", STYLE_PLAIN, text_peek(&line));
    guide_say(client, TEXT_GUIDE_KEYS);
    text_fini(&line);
}

void guide_show_tenders(
    const struct client *client, const struct labels *record)
{
    const struct row *row = NULL;
    int number = 0;

    while ((row = guide_object(record, "tender", NULL, NULL, row))) {
        struct text line = {0};

        if (++number == 1)
            guide_say(client, TEXT_GUIDE_TENDERS);
        text_printf(&line, "%d ", number);
        labels_put_both(&line, record, "tender", row_name(row));
        print_wrapped(client, "    ", STYLE_PLAIN, line.bytes);
        text_fini(&line);
    }
}

static int ask_verb(struct client *client, const char *verb, const char *tender,
    struct reply_got *got)
{
    struct text line = {0};

    text_printf(&line, "%s ", verb);
    word_print(&line, tender);
    enum err err = talk_ask(&client->talk, line.bytes, client->timeout_ms, got);
    text_fini(&line);
    return err == ERR_OK ? STATUS_OK : client_lost(client, err);
}

/* One computation as a page, and what it says in two sentences. */
static int show_verb(struct client *client, enum report_part part,
    enum text_id explained, const char *tender, const struct labels *labels)
{
    struct reply_got got = {0};
    struct page page = {0};
    int status = ask_verb(client, report_verb(part), tender, &got);

    if (status != STATUS_OK)
        return status;
    struct report_answer answer = {got.rows, got.final, true};
    page_add(&page, "");
    report_part(part, &answer, labels, &client->look, &page);
    page_add(&page, "");
    page_print(&page, stdout);
    guide_say(client, explained);
    page_fini(&page);
    reply_got_fini(&got);
    return STATUS_OK;
}

int guide_show_end(struct client *client, const char *tender)
{
    static const struct {
        enum report_part part;
        enum text_id explained;
    } rows[] = {{REPORT_DECIDER, TEXT_GUIDE_DECIDER},
        {REPORT_USERS, TEXT_GUIDE_USERS}, {REPORT_GAP, TEXT_GUIDE_GAP},
        {REPORT_FRONT, TEXT_GUIDE_FRONT}};
    struct labels labels = {0};
    int status = STATUS_OK;

    labels_ask(&client->talk, tender, &labels);
    for (size_t i = 0; i < sizeof rows / sizeof *rows && status == STATUS_OK;
         i++)
        status =
            show_verb(client, rows[i].part, rows[i].explained, tender, &labels);
    labels_fini(&labels);
    return status;
}

int guide_show_rest(struct client *client, const char *tender)
{
    struct reply_got got = {0};
    char number[24];
    int status = ask_verb(client, "missing", tender, &got);

    if (status != STATUS_OK)
        return status;
    (void)putchar('\n');
    (void)snprintf(number, sizeof number, "%zu", got.rows.n);
    if (got.rows.n)
        guide_say(client, TEXT_GUIDE_LACKS, number, tender);
    else
        guide_say(client, TEXT_MISSING_NOTHING);
    guide_say(client, TEXT_GUIDE_AGAIN, tender);
    reply_got_fini(&got);
    return STATUS_OK;
}
