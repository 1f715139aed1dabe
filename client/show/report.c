/* SPDX-License-Identifier: Apache-2.0
 *
 * report.c - asking for the five computations and laying them out.
 */
#include "client/show/report.h"

#include "client/shell_words.h"
#include "client/show/cell.h"
#include "client/show/pager.h"
#include "client/show/records.h"
#include "client/show/say.h"
#include "protocol/base_mem.h"

#include <stdlib.h>
#include <string.h>

/* From this width on the propositions stand side by side. */
#define WIDE 100
/* What stands between them. */
#define BETWEEN 3

/* The parts of the report, and behind them what is drawn alone. */
static const struct {
    const char *verb;
    enum text_id title;
    bool whole; /* about a party or the team: lots do not cut it */
} parts[] = {
#define PANEL(verb, function, title, whole) {verb, TEXT_##title, whole},
#include "client/panel/panels.def"
#undef PANEL
};

static void add_title(
    const struct panel *panel, enum text_id title, const char *lot)
{
    struct text line = {0};
    struct text name = {0};

    text_puts(&line, text_of(title, panel->look->language));
    if (lot) {
        text_puts(&line, " · ");
        labels_put_both(&name, panel->labels, "lot", lot);
        say(&line, panel->look->language, TEXT_SEE_LOT, text_peek(&name));
    }
    page_title(panel->page, panel->look, text_peek(&line), panel->width);
    text_fini(&line);
    text_fini(&name);
}

static void draw_missing(const struct panel *panel)
{
    struct look narrow = *panel->look;

    narrow.columns = panel->width;
    panel_sentence(panel, TEXT_LACKS);
    for (size_t i = 0; i < panel->block->n; i++)
        if (row_is(panel->block->rows[i], "missing"))
            records_missing(panel->block->rows[i], &narrow, panel->page);
}

static void draw_block(size_t part, const struct block *block,
    const struct labels *labels, const struct look *look, size_t width,
    struct page *page)
{
    const struct panel panel = {.block = block,
        .labels = labels,
        .look = look,
        .width = width,
        .page = page};

    add_title(&panel, parts[part].title, block->lot);
    /* Of several lots some may lack what a figure needs; whether to bid can
     * be told in part. */
    bool lacks = block_find(block, "missing", NULL, NULL, NULL, NULL);
    if (lacks)
        draw_missing(&panel);
    if (!lacks || block_find(block, "worth", NULL, NULL, NULL, NULL))
        panel_find(parts[part].verb)(&panel);
}

/* A refused part lists what it lacks, when the server said so. */
static void draw_refusal(size_t part, const struct rows *rows,
    const struct answer *final, const struct look *look, size_t width,
    struct page *page)
{
    struct look narrow = *look;
    struct text line = {0};
    struct text safe = {0};

    narrow.columns = width;
    page_title(page, look, text_of(parts[part].title, look->language), width);
    if (rows->n && row_is(&rows->list[0], "missing"))
        say(&line, look->language, TEXT_LACKS);
    else
        text_printf(&line, "%s: %s", final->code,
            final->note ? final->note
                        : err_text(err_find(final->code),
                              look->language == LANGUAGE_FRENCH));
    cell_safe(&safe, text_peek(&line));
    page_wrap(page, "  ", text_peek(&safe), width);
    records_draw(rows, false, &narrow, page);
    text_fini(&line);
    text_fini(&safe);
}

static void draw_part(size_t part, const struct report_answer *answer,
    const struct labels *labels, const struct look *look, size_t width,
    struct page *page)
{
    struct block *blocks;
    size_t n;

    if (!answer->came)
        return;
    if (answer->final.class == ANSWER_ERR) {
        draw_refusal(part, &answer->rows, &answer->final, look, width, page);
        return;
    }
    blocks_cut(&answer->rows, &answer->final, false, &blocks, &n);
    for (size_t i = 0; i < n; i++) {
        if (i)
            page_blank(page);
        draw_block(part, &blocks[i], labels, look, width, page);
    }
    blocks_free(&blocks, n);
}

const char *report_verb(enum report_part part)
{
    return parts[part].verb;
}

void report_part(enum report_part part, const struct report_answer *answer,
    const struct labels *labels, const struct look *look, struct page *page)
{
    draw_part(part, answer, labels, look, look->columns, page);
}

/* A figure of money has no unit of its own. */
static void say_unit(const char *verb, const struct labels *labels,
    const struct look *look, struct page *page)
{
    static const char *const verbs[] = {
        "decider", "front", "discount", "stress", "price", "qualify"};
    const struct row *tender = NULL;
    bool money = false;

    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        money = money || strcmp(verbs[i], verb) == 0;
    for (size_t i = 0; money && i < labels->rows.n; i++)
        if (row_is(&labels->rows.list[i], "tender"))
            tender = &labels->rows.list[i];
    const char *currency = tender ? row_get(tender, "currency") : NULL;
    const char *unit = tender ? row_get(tender, "money-unit") : NULL;
    struct text line = {0};
    struct text safe = {0};

    cell_safe(&safe, currency ? currency : "");
    if (unit && strcmp(unit, "1") != 0)
        say(&line, look->language, TEXT_AMOUNTS, unit, text_peek(&safe));
    else
        say(&line, look->language, TEXT_AMOUNTS_PLAIN, text_peek(&safe));
    if (currency)
        page_wrap(page, "  ", text_peek(&line), look->columns);
    text_fini(&line);
    text_fini(&safe);
}

void report_panel(const char *verb, const struct rows *rows,
    const struct answer *final, const struct labels *labels,
    const struct look *look, struct page *page)
{
    struct block *blocks;
    size_t part = 0;
    size_t n;

    while (strcmp(parts[part].verb, verb) != 0)
        part++;
    blocks_cut(rows, final, parts[part].whole, &blocks, &n);
    for (size_t i = 0; i < n; i++) {
        if (i)
            page_blank(page);
        draw_block(part, &blocks[i], labels, look, look->columns, page);
    }
    say_unit(verb, labels, look, page);
    blocks_free(&blocks, n);
}

static size_t proposition_width(const struct look *look)
{
    return look->columns >= WIDE ? (look->columns - BETWEEN) / 2
                                 : look->columns;
}

/* "NB Night bus network · amounts in 1000 EUR" */
static void draw_head(const char *tender, const struct labels *labels,
    const struct look *look, struct page *page)
{
    const struct row *row = labels_find(labels, "tender", tender);
    const char *currency = row ? row_get(row, "currency") : NULL;
    const char *unit = row ? row_get(row, "money-unit") : NULL;
    struct text line = {0};
    struct text styled = {0};
    struct text safe = {0};

    labels_put_both(&line, labels, "tender", tender);
    if (currency) {
        text_puts(&line, " · ");
        cell_safe(&safe, currency);
        if (unit && strcmp(unit, "1") != 0)
            say(&line, look->language, TEXT_SEE_AMOUNTS, unit,
                text_peek(&safe));
        else
            say(&line, look->language, TEXT_SEE_AMOUNTS_PLAIN,
                text_peek(&safe));
    }
    look_put(&styled, look, STYLE_STRONG, text_peek(&line));
    page_wrap(page, "", text_peek(&styled), look->columns);
    page_blank(page);
    text_fini(&line);
    text_fini(&styled);
    text_fini(&safe);
}

/* Two pages beside each other, or one below the other. */
static void put_pair(const struct look *look, struct page *left,
    struct page *right, struct page *page)
{
    if (look->columns >= WIDE) {
        page_beside(page, left, right, proposition_width(look));
    } else {
        page_append(page, left);
        page_blank(page);
        page_append(page, right);
    }
    page_fini(left);
    page_fini(right);
}

static const struct block *find_lot(
    const struct block *list, size_t n, const char *lot)
{
    for (size_t i = 0; i < n; i++)
        if ((list[i].lot == NULL) == (lot == NULL) &&
            (lot == NULL || strcmp(list[i].lot, lot) == 0))
            return &list[i];
    return NULL;
}

/* Of a tender in lots each lot has its pair. */
static void draw_pairs(const struct report_answer *answers,
    const struct labels *labels, const struct look *look, struct page *page)
{
    const struct report_answer *decider = &answers[REPORT_DECIDER];
    const struct report_answer *users = &answers[REPORT_USERS];
    size_t width = proposition_width(look);
    struct block *left;
    struct block *right;
    size_t left_n;
    size_t right_n;

    blocks_cut(&decider->rows, &decider->final, false, &left, &left_n);
    blocks_cut(&users->rows, &users->final, false, &right, &right_n);
    for (size_t i = 0; i < left_n; i++) {
        const struct block *other = find_lot(right, right_n, left[i].lot);
        struct page pages[2] = {{0}};

        if (i)
            page_blank(page);
        draw_block(REPORT_DECIDER, &left[i], labels, look, width, &pages[0]);
        if (other)
            draw_block(REPORT_USERS, other, labels, look, width, &pages[1]);
        put_pair(look, &pages[0], &pages[1], page);
    }
    blocks_free(&left, left_n);
    blocks_free(&right, right_n);
}

static bool is_refused(const struct report_answer *answer)
{
    return !answer->came || answer->final.class == ANSWER_ERR;
}

static void draw_propositions(const struct report_answer *answers,
    const struct labels *labels, const struct look *look, struct page *page)
{
    struct page pages[2] = {{0}};

    if (!is_refused(&answers[REPORT_DECIDER]) &&
        !is_refused(&answers[REPORT_USERS])) {
        draw_pairs(answers, labels, look, page);
        return;
    }
    for (size_t i = 0; i < 2; i++)
        draw_part(
            i, &answers[i], labels, look, proposition_width(look), &pages[i]);
    put_pair(look, &pages[0], &pages[1], page);
}

void report_draw(const struct report_answer *answers, const char *tender,
    const struct labels *labels, const struct look *look, struct page *page)
{
    draw_head(tender, labels, look, page);
    draw_propositions(answers, labels, look, page);
    for (size_t part = REPORT_GAP; part < REPORT_PARTS; part++) {
        page_blank(page);
        draw_part(part, &answers[part], labels, look, look->columns, page);
    }
}

/* A report whose answers are coming. */
struct asked {
    struct client *client;
    FILE *out;
    int *status;
    char *tender; /* owned */
    struct labels labels;
    struct report_answer answers[REPORT_PARTS];
    size_t done;
};

static void on_data(void *ctx, const char *line)
{
    struct asked *asked = ctx;

    rows_add(&asked->answers[asked->done].rows, line);
}

static void end_report(struct asked *asked)
{
    const struct report_answer *first = &asked->answers[0];
    struct page page = {0};

    if (first->came && first->final.class == ANSWER_ERR &&
        err_find(first->final.code) != ERR_STATE) {
        /* No tender, no right: all parts say the same. */
        (void)client_refused(asked->client, &first->final);
    } else if (asked->answers[REPORT_PARTS - 1].came) {
        report_draw(asked->answers, asked->tender, &asked->labels,
            &asked->client->look, &page);
        pager_print(asked->client, &page, asked->out);
        (void)fflush(asked->out);
    }
    page_fini(&page);
    for (size_t i = 0; i < REPORT_PARTS; i++) {
        rows_fini(&asked->answers[i].rows);
        answer_free(&asked->answers[i].final);
    }
    labels_fini(&asked->labels);
    free(asked->tender);
    free(asked);
}

static void on_final(void *ctx, const struct answer *final, const char *line)
{
    struct asked *asked = ctx;
    struct report_answer *answer = &asked->answers[asked->done];

    if (final) {
        /* The answer lives no longer than this call, so it is read again. */
        answer->came =
            answer_read(line, strlen(line), &answer->final) == ERR_OK;
        if (final->class == ANSWER_ERR && *asked->status == STATUS_OK)
            *asked->status = err_status(err_find(final->code));
    }
    if (++asked->done == REPORT_PARTS)
        end_report(asked);
}

/* "decider NB lot=LOT-1" from the words behind "report". */
static enum err join_part(const struct asked *asked, size_t part,
    const char *const *words, int n, struct text *request)
{
    const char **list = mem_new(((size_t)n + 2) * sizeof *list);
    int bad;

    list[0] = parts[part].verb;
    list[1] = asked->tender;
    for (int i = 0; i < n; i++)
        list[i + 2] = words[i];
    enum err err = shell_words_join(list, n + 2, request, &bad);
    if (err != ERR_OK)
        complain(asked->client->look.language, TEXT_REQUEST_BAD, list[bad]);
    free(list);
    return err;
}

static enum err send_parts(struct asked *asked, const char *const *words, int n)
{
    const struct talk_hooks hooks = {on_data, on_final, asked, NULL};
    struct text requests[REPORT_PARTS] = {{0}};
    enum err err = ERR_OK;

    for (size_t i = 0; i < REPORT_PARTS && err == ERR_OK; i++)
        err = join_part(asked, i, words, n, &requests[i]);
    if (err == ERR_OK)
        labels_ask(&asked->client->talk, asked->tender, &asked->labels);
    for (size_t i = 0; i < REPORT_PARTS; i++) {
        if (err == ERR_OK)
            talk_send(&asked->client->talk, requests[i].bytes, requests[i].len,
                &hooks);
        text_fini(&requests[i]);
    }
    return err;
}

enum err report_ask(struct client *client, const char *const *words, int n,
    FILE *out, int *status)
{
    bool named = n > 1 && strchr(words[1], '=') == NULL;
    const char *tender = named ? words[1] : client->tender;

    if (tender == NULL) {
        complain(client->look.language, TEXT_REPORT_TENDER);
        return ERR_ARG;
    }
    struct asked *asked = mem_new(sizeof *asked);
    asked->client = client;
    asked->out = out;
    asked->status = status;
    asked->tender = mem_text(tender);
    enum err err = send_parts(asked, words + 1 + named, n - 1 - named);
    if (err != ERR_OK)
        end_report(asked);
    return err;
}

int report_run(struct client *client)
{
    int refused = STATUS_OK;

    if (client->format != FORMAT_TABLE && client->format != FORMAT_LINES) {
        complain(client->look.language, TEXT_REPORT_DRAWN);
        return STATUS_USAGE;
    }
    client->format = FORMAT_TABLE;
    int status = client_open(client);
    if (status != STATUS_OK)
        return status;
    if (report_ask(client, (const char *const *)client->set.words,
            client->set.words_n, stdout, &refused) != ERR_OK)
        return STATUS_USAGE;
    enum err err = talk_drain(&client->talk, client->timeout_ms);
    return err == ERR_OK ? refused : client_lost(client, err);
}
