/* SPDX-License-Identifier: Apache-2.0
 *
 * show.c - one format or another.
 */
#include "client/show/show.h"

#include "client/prompt/past.h"
#include "client/show/cell.h"
#include "client/show/pager.h"
#include "client/show/progress.h"
#include "client/show/prometheus.h"
#include "client/show/records.h"
#include "client/show/report.h"
#include "client/show/say.h"
#include "client/show/sheet.h"
#include "protocol/base_mem.h"
#include "protocol/command.h"
#include "protocol/limit.h"
#include "protocol/number.h"
#include "protocol/reply.h"
#include "protocol/words.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* One request whose answer is being shown. */
struct shown {
    struct show *show;
    size_t line;  /* of the script */
    char *verb;   /* owned; "" when the request can not be read */
    char *use;    /* owned; the tender of "use tender=", else NULL */
    char *kind;   /* owned; the word behind the verb; "" for none */
    char *fields; /* owned; of fields=, NULL for none */
    struct rows rows;
    struct labels labels; /* of a computation that is drawn */
};

/* For programs a line stays as it came; no terminal gets it like that. */
static void put_line(const struct show *show, const char *line)
{
    struct text safe = {0};

    if (show->client->format == FORMAT_TABLE || isatty(fileno(show->out)))
        cell_safe(&safe, line);
    else
        text_puts(&safe, line);
    (void)fputs(text_peek(&safe), show->out);
    (void)fputc('\n', show->out);
    text_fini(&safe);
}

/* The same for several lines with their ends. */
static void put_lines(const struct show *show, const struct text *lines)
{
    const char *at = text_peek(lines);

    if (!isatty(fileno(show->out))) {
        (void)fwrite(at, 1, lines->len, show->out);
        return;
    }
    while (*at) {
        size_t len = strcspn(at, "\n");
        char *line = mem_copy(at, len - (len && at[len - 1] == '\r'));

        put_line(show, line);
        free(line);
        at += len + (at[len] != '\0');
    }
}

/* A JSON line that was made here, without its blanks. */
static void put_figures(const struct show *show, struct text *line)
{
    text_cut(line, strspn(text_peek(line), " "));
    put_lines(show, line);
}

static void wipe_bar(struct show *show)
{
    if (show->bar)
        progress_wipe(show->out);
    show->bar = false;
}

static void on_data(void *ctx, const char *line)
{
    struct shown *shown = ctx;
    const struct show *show = shown->show;

    if (show->stop)
        return;
    if (show->client->format == FORMAT_LINES)
        put_line(show, line);
    else if (show->client->format == FORMAT_JSON)
        put_line(show, line + strspn(line, " "));
    else
        rows_add(&shown->rows, line);
}

/* What a computation says in its final line is a figure like the others. */
static void show_json_figures(
    const struct shown *shown, const struct answer *final)
{
    enum command_id verb = command_find(shown->verb);
    struct text line = {0};
    struct reply r = {.to = &line, .json = true};
    bool figures = false;

    if (!command_computes(verb))
        return;
    reply_data(&r, "ok", NULL);
    for (size_t i = 0; i < final->words.n; i++) {
        const struct word *word = &final->words.list[i];
        int64_t micro;

        if (word->key == NULL || !sheet_figure(word->key))
            continue;
        figures = true;
        if (number_read(word->value, &micro))
            reply_number(&r, word->key, word->value);
        else
            reply_word(&r, word->key, word->value);
    }
    reply_end(&r);
    if (figures)
        put_figures(shown->show, &line);
    text_fini(&line);
}

static void show_sheet(const struct shown *shown, const struct answer *final)
{
    const struct sheet_ask ask = {shown->verb, shown->kind, shown->fields};
    struct text sheet = {0};

    sheet_print(&sheet, &ask, &shown->rows, final,
        shown->show->client->format == FORMAT_TSV);
    put_lines(shown->show, &sheet);
    text_fini(&sheet);
}

static void show_metrics(const struct shown *shown)
{
    struct text metrics = {0};

    prometheus_print(&metrics, &shown->rows);
    (void)fwrite(text_peek(&metrics), 1, metrics.len, shown->show->out);
    text_fini(&metrics);
}

/* Whoever counts rows must not take a page for all of them. */
static void say_more(const struct client *client, const struct answer *final)
{
    const char *more = words_get(&final->words, "more");
    const char *next = words_get(&final->words, "next");

    if (!client->quiet && more && strcmp(more, "yes") == 0)
        complain(client->look.language, TEXT_MORE, next ? next : "?");
}

static void show_table(const struct shown *shown, const struct answer *final)
{
    const struct client *client = shown->show->client;
    struct page page = {0};

    if (final->class == ANSWER_OK && panel_find(shown->verb)) {
        report_panel(shown->verb, &shown->rows, final, &shown->labels,
            &client->look, &page);
    } else {
        bool nothing =
            strcmp(shown->verb, "missing") == 0 && shown->rows.n == 0;

        if (nothing)
            page_add(
                &page, text_of(TEXT_MISSING_NOTHING, client->look.language));
        records_draw(&shown->rows, strcmp(shown->verb, "show") == 0,
            &client->look, &page);
        if (final->class == ANSWER_OK && !client->quiet && !nothing)
            records_final(final, &client->look, &page);
    }
    pager_print(client, &page, shown->show->out);
    page_fini(&page);
}

/* The prompt shows the tender in use, and a later refusal need not say how
 * to log in. */
static void note_session(struct client *client, const struct shown *shown,
    const struct answer *final)
{
    const char *user = words_get(&final->words, "user");

    if (shown->use) {
        free(client->tender);
        client->tender = *shown->use ? mem_text(shown->use) : NULL;
    }
    if (user && client->user == NULL)
        client->user = mem_text(user);
}

static void show_ok(
    struct shown *shown, const struct answer *final, const char *line)
{
    const struct show *show = shown->show;

    note_session(show->client, shown, final);
    switch (show->client->format) {
    case FORMAT_LINES:
        if (!show->client->quiet)
            put_line(show, line);
        break;
    case FORMAT_TABLE:
        show_table(shown, final);
        break;
    case FORMAT_CSV:
    case FORMAT_TSV:
        show_sheet(shown, final);
        say_more(show->client, final);
        break;
    case FORMAT_PROMETHEUS:
        show_metrics(shown);
        break;
    case FORMAT_JSON:
        show_json_figures(shown, final);
        say_more(show->client, final);
        break;
    case FORMAT_COUNT:
        break;
    }
}

static void show_err(
    struct shown *shown, const struct answer *final, const char *line)
{
    struct show *show = shown->show;

    if (show->client->format == FORMAT_LINES)
        put_line(show, line);
    else if (show->client->format == FORMAT_TABLE)
        show_table(shown, final);
    (void)fflush(show->out);
    int status = client_refused_at(show->client, final, shown->line);
    if (status == STATUS_DENIED && show->client->user == NULL &&
        !past_is_secret(shown->verb))
        complain(show->client->look.language,
            show->session ? TEXT_PROMPT_LOGIN : TEXT_LOGIN_FIRST);
    if (show->status == STATUS_OK) {
        show->status = status;
        show->line = shown->line;
    }
    show->stop = show->stop || !show->keep_going;
}

static void on_final(void *ctx, const struct answer *final, const char *line)
{
    struct shown *shown = ctx;
    struct show *show = shown->show;

    wipe_bar(show);
    if (final == NULL)
        show->no_answer = true;
    else if (!show->stop && final->class == ANSWER_OK)
        show_ok(shown, final, line);
    else if (!show->stop)
        show_err(shown, final, line);
    (void)fflush(show->out);
    rows_fini(&shown->rows);
    labels_fini(&shown->labels);
    free(shown->verb);
    free(shown->use);
    free(shown->kind);
    free(shown->fields);
    free(shown);
}

/* What came of an answer that was cut off does not count. */
static void on_again(void *ctx)
{
    struct shown *shown = ctx;

    rows_fini(&shown->rows);
}

/* The word at a place of a request, behind its tag; heap memory. */
static char *take_word(const struct words *words, size_t at)
{
    size_t tag = words->n && words->list[0].value[0] == '@';

    at += tag;
    if (at >= words->n || words->list[at].key)
        return mem_text("");
    return mem_text(words->list[at].value);
}

/* What is about parties, whatever their tenders. */
static bool is_of_team(const char *verb)
{
    static const char *const verbs[] = {
        "view", "attention", "duplicates", "similar", "advise", "forget"};

    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (strcmp(verbs[i], verb) == 0)
            return true;
    return false;
}

/* What is about a party or a message, in the tender in use. */
static bool is_of_use(const struct shown *shown)
{
    if (strcmp(shown->verb, "lint") == 0)
        return *shown->kind == '\0' || strncmp(shown->kind, "MG-", 3) == 0;
    return strcmp(shown->verb, "client") == 0 ||
           strcmp(shown->verb, "brief") == 0;
}

/* A computation that is drawn needs the names behind its codes: they are
 * asked for in front of it. */
static void look_ahead(struct shown *shown, const char *request, size_t len)
{
    const char *end = memchr(request, '\n', len);
    struct words words = {0};
    struct words_fault fault;

    (void)!words_read(request, end ? (size_t)(end - request) : len, NULL,
        LIMIT_WORDS, &words, &fault);
    shown->verb = take_word(&words, 0);
    for (char *c = shown->verb; *c; c++)
        *c = (char)tolower((unsigned char)*c);
    if (strcmp(shown->verb, "use") == 0)
        shown->use = mem_text(words_get(&words, "tender"));
    shown->kind = take_word(&words, 1);
    shown->fields = mem_text(words_get(&words, "fields"));
    /* What is asked about a party is of the tender in use, unless tender= names
     * another. */
    const char *tender = shown->kind;
    if (is_of_use(shown)) {
        tender = words_get(&words, "tender");
        if (tender == NULL)
            tender = shown->show->client->tender;
    }
    bool of_team = is_of_team(shown->verb);
    if (shown->show->client->format == FORMAT_TABLE &&
        (of_team || (tender && *tender)) && panel_find(shown->verb))
        labels_ask(&shown->show->client->talk, of_team ? NULL : tender,
            &shown->labels);
    words_free(&words);
}

void show_send(struct show *show, const char *request, size_t len, size_t line)
{
    struct shown *shown = mem_new(sizeof *shown);
    const struct talk_hooks hooks = {on_data, on_final, shown, on_again};

    shown->show = show;
    shown->line = line;
    look_ahead(shown, request, len);
    talk_send(&show->client->talk, request, len, &hooks);
}

/* Events are words in every format of the server; whoever asked for JSON
 * gets one more kind of object. */
static void show_json_event(const struct show *show, const struct answer *event)
{
    struct text line = {0};
    char seq[24];
    struct reply r = {.to = &line, .json = true};

    (void)snprintf(seq, sizeof seq, "%llu", (unsigned long long)event->seq);
    reply_data(&r, "event", event->id);
    reply_number(&r, "seq", seq);
    reply_word(&r, "time", event->time);
    reply_word(&r, "name", event->code);
    for (size_t i = 0; i < event->words.n; i++)
        if (event->words.list[i].key)
            reply_word(
                &r, event->words.list[i].key, event->words.list[i].value);
    reply_end(&r);
    put_figures(show, &line);
    text_fini(&line);
}

static void show_table_event(
    const struct show *show, const struct answer *event)
{
    struct page page = {0};
    struct text line = {0};

    if (strcmp(event->code, "tick") == 0)
        return;
    records_event(&line, event, &show->client->look);
    page_wrap(&page, "", text_peek(&line), show->client->look.columns);
    page_print(&page, show->out);
    page_fini(&page);
    text_fini(&line);
}

/* How far a computation is: for people alone, and only where a bar can be
 * drawn again and again in its place. */
static void show_progress(struct show *show, unsigned percent)
{
    if (show->client->format != FORMAT_TABLE || !isatty(fileno(show->out)))
        return;
    progress_draw(show->out, &show->client->look, percent);
    show->bar = true;
    (void)fflush(show->out);
}

void show_aside(void *ctx, const struct answer *answer, const char *line)
{
    struct show *show = ctx;
    enum format format = show->client->format;
    bool event = answer->class == ANSWER_EVENT;
    unsigned percent;

    if (show->client->quiet || show->stop)
        return;
    if (answer->class == ANSWER_NOTICE && progress_read(line, &percent)) {
        show_progress(show, percent);
        return;
    }
    wipe_bar(show);
    if (format == FORMAT_JSON && event)
        show_json_event(show, answer);
    else if (format == FORMAT_TABLE && event)
        show_table_event(show, answer);
    else if (format == FORMAT_TABLE && answer->class == ANSWER_BYE)
        return; /* what it means is said when the session ends */
    else if (format == FORMAT_LINES || format == FORMAT_TABLE)
        put_line(show, line);
    (void)fflush(show->out);
}
