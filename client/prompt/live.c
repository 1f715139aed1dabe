/* SPDX-License-Identifier: Apache-2.0
 *
 * live.c - asking again after each event, and drawing what came.
 *
 * One question is in flight at a time; events that come meanwhile make one
 * more, so that a storm of changes costs no more than the terminal can show.
 */
#include "client/prompt/live.h"

#include "client/link/dial.h"
#include "client/prompt/live_screen.h"
#include "client/show/cell.h"
#include "client/show/records.h"
#include "client/show/report.h"
#include "client/show/say.h"
#include "protocol/base_mem.h"
#include "protocol/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct live {
    struct client *client;
    struct resume *resume;
    const char *target;
    struct labels labels, coming_labels;
    struct rows rows, coming;
    struct answer final; /* of the newest figures */
    bool known;          /* there are some */
    bool stale;          /* something changed since they were asked for */
    bool asked;
    bool drawn; /* the screen shows what there is */
    bool over;
    struct page events; /* in one line each, the newest last */
    struct text status; /* of the link; empty: all is well */
};

static void on_data(void *ctx, const char *line)
{
    struct live *live = ctx;

    rows_add(&live->coming, line);
}

static void on_final(void *ctx, const struct answer *final, const char *line)
{
    struct live *live = ctx;

    live->asked = false;
    live->drawn = false;
    rows_fini(&live->rows);
    labels_fini(&live->labels);
    answer_free(&live->final);
    live->known =
        final && answer_read(line, strlen(line), &live->final) == ERR_OK;
    live->stale = live->stale || final == NULL;
    live->rows = live->coming;
    live->labels = live->coming_labels;
    live->coming = (struct rows){0};
    live->coming_labels = (struct labels){0};
}

static void ask(struct live *live)
{
    const struct talk_hooks hooks = {on_data, on_final, live, NULL};
    struct text request = {0};

    live->asked = true;
    live->stale = false;
    labels_ask(&live->client->talk, live->target, &live->coming_labels);
    text_puts(&request, "decider ");
    word_print(&request, live->target);
    text_putc(&request, '\n');
    talk_send(&live->client->talk, request.bytes, request.len, &hooks);
    text_fini(&request);
}

static void add_event(struct live *live, const char *line)
{
    if (live->events.n == LIVE_EVENTS) {
        free(live->events.list[0]);
        memmove(live->events.list, live->events.list + 1,
            --live->events.n * sizeof *live->events.list);
    }
    page_add(&live->events, line);
    live->drawn = false;
}

static void on_aside(void *ctx, const struct answer *answer, const char *line)
{
    struct live *live = ctx;
    struct text shown = {0};

    (void)line;
    if (answer->class != ANSWER_EVENT || strcmp(answer->code, "tick") == 0)
        return;
    live->stale = true;
    records_event(&shown, answer, &live->client->look);
    add_event(live, text_peek(&shown));
    text_fini(&shown);
}

static void tell(void *ctx, const char *sentence)
{
    struct live *live = ctx;

    text_fini(&live->status);
    text_puts(&live->status, sentence);
    live->drawn = false;
}

static void put_title(const struct live *live, struct text *to)
{
    const struct row *row = labels_find(&live->labels, "tender", live->target);
    const struct look *look = &live->client->look;
    const char *at = live->known ? words_get(&live->final.words, "at") : NULL;
    struct text line = {0};
    struct text safe = {0};

    text_puts(&line, live->target);
    if (row && row_get(row, "title"))
        text_printf(&line, " %s", row_get(row, "title"));
    text_puts(&line, "  ");
    say(&line, look->language, TEXT_LIVE_TITLE, client_server(live->client),
        at ? at : "?");
    cell_safe(&safe, line.bytes);
    look_put(to, look, STYLE_STRONG, safe.bytes);
    text_fini(&line);
    text_fini(&safe);
}

/* What the figures are, or what they lack. */
static void put_figures(const struct live *live, struct page *page)
{
    const struct look *look = &live->client->look;
    struct text line = {0};

    if (!live->known)
        return;
    if (live->final.class == ANSWER_OK) {
        report_panel(
            "decider", &live->rows, &live->final, &live->labels, look, page);
        return;
    }
    text_puts(&line, live->final.code);
    if (live->final.note)
        text_printf(&line, ": %s", live->final.note);
    struct text safe = {0};
    cell_safe(&safe, line.bytes);
    page_wrap(page, "", safe.bytes, look->columns);
    records_draw(&live->rows, false, look, page);
    text_fini(&safe);
    text_fini(&line);
}

static void draw(struct live *live)
{
    struct page figures = {0};
    struct text title = {0};
    struct text status = {0};

    if (live->drawn)
        return;
    live->client->look.columns = look_columns(STDOUT_FILENO);
    put_title(live, &title);
    put_figures(live, &figures);
    if (live->status.len)
        look_put(&status, &live->client->look, STYLE_MARK, live->status.bytes);
    live_screen_draw(&live->client->look, text_peek(&title), &figures,
        text_peek(&status), &live->events);
    live->drawn = true;
    page_fini(&figures);
    text_fini(&title);
    text_fini(&status);
}

/* What was typed, and what signals said. */
static void look_around(struct live *live, bool ready)
{
    enum live_wish wish = live_screen_wish(ready);

    if (wish == LIVE_LEAVE)
        live->over = true;
    else if (wish == LIVE_REDRAW)
        live->drawn = false;
}

static bool pass_time(void *ctx, int ms)
{
    struct live *live = ctx;
    int64_t until = dial_clock_ms() + ms;

    while (!live->over) {
        int64_t left = until - dial_clock_ms();

        draw(live);
        if (left <= 0)
            return true;
        look_around(live, live_screen_wait((int)left));
    }
    return false;
}

static int run(struct live *live)
{
    struct talk *talk = &live->client->talk;

    while (!live->over) {
        if (live->stale && !live->asked)
            ask(live);
        draw(live);
        struct link_wait wait = {.fd = STDIN_FILENO,
            .timeout_ms = talk_open_n(talk) ? live->client->timeout_ms : -1,
            .signals = live_screen_signals()};
        enum err err = talk_turn(talk, &wait);

        if (err == ERR_OK && wait.idle)
            err = ERR_BUSY;
        look_around(live, err == ERR_OK && wait.ready);
        if (live->over || (err == ERR_OK && !talk->bye))
            continue;
        if (!resume_can(live->resume))
            return STATUS_LINK;
        int status =
            resume_back(live->resume, err == ERR_OK ? ERR_UNAVAILABLE : err);
        if (status != STATUS_OK || live->client->user == NULL)
            return status == STATUS_OK ? STATUS_DENIED : status;
        text_fini(&live->status);
        live->stale = true;
    }
    return STATUS_OK;
}

/* The watch that feeds the view; a target that is not there is said. */
static int begin_watch(const struct live *live)
{
    struct client *client = live->client;
    struct text request = {0};
    struct reply_got got = {0};
    int status = STATUS_OK;

    text_puts(&request, "watch ");
    word_print(&request, live->target);
    enum err err =
        talk_ask(&client->talk, request.bytes, client->timeout_ms, &got);
    text_fini(&request);
    if (err != ERR_OK)
        return client_lost(client, err);
    if (got.final.class != ANSWER_OK)
        status = client_refused(client, &got.final);
    reply_got_fini(&got);
    return status;
}

/* After a new link the watch may bear another number: the last one is ours. */
static void end_watch(const struct live *live)
{
    const struct resume *r = live->resume;
    struct text request = {0};
    struct reply_got got;

    if (r->watches_n == 0 || live->client->talk.bye)
        return;
    text_printf(&request, "unwatch %s", r->watches[r->watches_n - 1].number);
    if (talk_ask(&live->client->talk, request.bytes, live->client->timeout_ms,
            &got) == ERR_OK)
        reply_got_fini(&got);
    text_fini(&request);
}

int live_show(struct client *client, struct resume *resume, const char *target)
{
    struct live live = {
        .client = client, .resume = resume, .target = target, .stale = true};
    const struct resume_ways ways = resume->ways;
    const struct resume_ways ours = {tell, pass_time, NULL, &live, -1};
    talk_aside_fn *aside = client->talk.aside;
    void *aside_ctx = client->talk.aside_ctx;
    int status = begin_watch(&live);

    if (status != STATUS_OK)
        return status;
    client->talk.aside = on_aside;
    client->talk.aside_ctx = &live;
    resume->ways = ours;
    live_screen_open();
    status = run(&live);
    live_screen_close();
    /* No hook may be left that points here. */
    if (status == STATUS_OK)
        (void)!talk_drain(&client->talk, client->timeout_ms);
    client->talk.aside = aside;
    client->talk.aside_ctx = aside_ctx;
    if (status == STATUS_OK)
        end_watch(&live);
    resume->ways = ways;
    if (live.status.len && status != STATUS_OK)
        (void)fprintf(stderr, "diptych: %s\n", live.status.bytes);
    rows_fini(&live.rows);
    rows_fini(&live.coming);
    labels_fini(&live.labels);
    labels_fini(&live.coming_labels);
    answer_free(&live.final);
    page_fini(&live.events);
    text_fini(&live.status);
    return status;
}

int live_run(struct client *client)
{
    struct resume_ways ways;
    struct resume resume;
    const char *target = client->set.words_n > 1 ? client->set.words[1] : NULL;

    resume_plain(client, &ways);
    resume_init(&resume, client, &ways);
    int status = client_open(client);
    if (target == NULL)
        target = client->tender;
    if (status == STATUS_OK && (target == NULL || client->set.words_n > 2)) {
        complain(client->look.language, TEXT_LIVE_TENDER);
        status = STATUS_USAGE;
    }
    if (status == STATUS_OK && !live_screen_possible()) {
        complain(client->look.language, TEXT_LIVE_TERMINAL);
        status = STATUS_USAGE;
    }
    if (status == STATUS_OK)
        status = live_show(client, &resume, target);
    talk_fini(&client->talk);
    resume_fini(&resume);
    return status;
}
