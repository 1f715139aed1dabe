/* SPDX-License-Identifier: Apache-2.0
 *
 * guide.c - asking what is open, until nothing is.
 *
 *   record --> first open question --> answer --> lines sent --> record ...
 *                    ^                   |
 *                    '---- back: the last lines are taken back
 *
 * What was recorded is read again after each answer, so that other people and
 * an earlier run count as much as this one.
 */
#include "client/guide/guide.h"

#include "client/guide/guide_input.h"
#include "client/guide/guide_page.h"
#include "client/guide/guide_sector.h"
#include "client/guide/guide_send.h"
#include "client/show/say.h"
#include "protocol/base_mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

/* What was answered in this run, so that it can be taken back. */
struct done {
    char *undo;  /* owned lines; "" when nothing was recorded */
    char *key;   /* owned; of a question that was left out, else NULL */
    bool tender; /* it chose or made the tender */
};

struct guide {
    struct client *client;
    struct guide_input input;
    struct labels record;
    struct guide_skips skips;
    char *tender; /* owned id or code; NULL until one is chosen */
    char *held;   /* owned; answered, and a THEN is still to come */
    struct done *done;
    size_t done_n, done_room;
    enum guide_part part; /* whose heading was shown; GUIDE_PARTS for none */
    bool sector_asked;    /* of this tender, in this run */
    bool left;
};

static void push(
    struct guide *guide, struct text *undo, const char *key, bool tender)
{
    guide->done = mem_grow(
        guide->done, &guide->done_room, guide->done_n + 1, sizeof *guide->done);
    guide->done[guide->done_n++] =
        (struct done){text_take(undo), mem_text(key), tender};
}

static void set_tender(struct guide *guide, const char *tender)
{
    free(guide->tender);
    guide->tender = mem_text(tender);
    guide->part = GUIDE_PARTS;
    guide->sector_asked = false;
}

static struct guide_gaps gaps_of(
    const struct guide *guide, const struct guide_question *question)
{
    return (struct guide_gaps){.record = &guide->record,
        .tender = guide->tender,
        .first = question->first,
        .second = question->second,
        .answer = guide->held,
        .language = guide->client->look.language};
}

/* The last answer is taken back: what it recorded, or that it was left out. */
static int go_back(struct guide *guide)
{
    bool refused = false;

    if (guide->held) {
        free(guide->held);
        guide->held = NULL;
        return STATUS_OK;
    }
    if (guide->done_n == 0) {
        guide_say(guide->client, TEXT_GUIDE_FIRST);
        return STATUS_OK;
    }
    struct done last = guide->done[guide->done_n - 1];
    int status = STATUS_OK;
    if (last.tender)
        status = guide_use(guide->client, "");
    if (status == STATUS_OK)
        status = guide_undo(guide->client, last.undo, &refused);
    if (last.key)
        guide_skip(&guide->skips, last.key, false);
    if (last.tender && status == STATUS_OK && !refused)
        set_tender(guide, NULL);
    if (status == STATUS_OK && !refused)
        guide_say(guide->client, TEXT_GUIDE_TAKEN_BACK);
    free(last.undo);
    free(last.key);
    guide->done_n--;
    return status;
}

/* A number or a code of a tender that is recorded. */
static const struct row *find_tender(
    const struct guide *guide, const char *typed)
{
    const struct row *row = NULL;
    char *end;
    long number = strtol(typed, &end, 10);

    while ((row = guide_object(&guide->record, "tender", NULL, NULL, row))) {
        if (strcasecmp(row_name(row), typed) == 0 ||
            (*end == '\0' && --number == 0))
            return row;
    }
    return NULL;
}

static int choose_tender(struct guide *guide, const struct row *tender)
{
    struct text nothing = {0};
    int status = guide_use(guide->client, row_name(tender));

    if (status == STATUS_OK) {
        set_tender(guide, row_name(tender));
        push(guide, &nothing, NULL, true);
    }
    return status;
}

/* Sends what the answer makes; a tender that was made is taken into use. */
static int record_answer(struct guide *guide,
    const struct guide_question *question, const char *answer)
{
    const struct guide_step *step = &guide_steps[question->step];
    struct guide_gaps gaps = gaps_of(guide, question);
    bool start = step->shape == GUIDE_START;
    struct text undo = {0};
    char *code = NULL;
    bool refused;

    if (guide->held)
        gaps.other = answer;
    else
        gaps.answer = answer;
    int status = guide_send(guide->client, step, &gaps, &undo, &code, &refused);
    if (status == STATUS_OK && refused) {
        guide_show_help(guide->client, question, &gaps);
    } else if (status == STATUS_OK) {
        push(guide, &undo, NULL, start);
        free(guide->held);
        guide->held = NULL;
        if (start) {
            set_tender(guide, code);
            status = guide_use(guide->client, code);
        }
    }
    text_fini(&undo);
    free(code);
    return status;
}

/* An answer that is one; a MORE whose THEN comes is held until then. */
static int take_answer(struct guide *guide,
    const struct guide_question *question, const char *answer)
{
    const struct guide_step *step = &guide_steps[question->step];
    const struct row *tender =
        step->shape == GUIDE_START ? find_tender(guide, answer) : NULL;

    if (tender)
        return choose_tender(guide, tender);
    if (*step->lines)
        return record_answer(guide, question, answer);
    guide->held = mem_text(answer);
    return STATUS_OK;
}

/* Whether Enter may end a loop: what it needs at least is there. */
static bool may_end(
    const struct guide *guide, const struct guide_question *question)
{
    const struct guide_step *step = &guide_steps[question->step];

    return step->shape != GUIDE_MORE || *step->known == '\0' ||
           guide_object(&guide->record, step->known, NULL, NULL, NULL) != NULL;
}

static int take_preset(struct guide *guide,
    const struct guide_question *question, const char *preset)
{
    struct text key = {0};
    struct text nothing = {0};

    if (*preset == '\0') {
        guide_say(guide->client, TEXT_GUIDE_NEEDED);
        return STATUS_OK;
    }
    if (strcmp(preset, "-") != 0)
        return take_answer(guide, question, preset);
    guide_key(&key, question);
    guide_skip(&guide->skips, key.bytes, true);
    push(guide, &nothing, key.bytes, false);
    text_fini(&key);
    return STATUS_OK;
}

static int take_typed(struct guide *guide,
    const struct guide_question *question, const char *typed)
{
    const struct guide_gaps gaps = gaps_of(guide, question);
    struct text clean = {0};
    int status = STATUS_OK;

    switch (guide_clean(&clean, guide_field(question->step), &guide->record,
        guide->client->look.language, typed)) {
    case ERR_OK:
        status = take_answer(guide, question, text_peek(&clean));
        break;
    case ERR_NONE:
        guide_say(guide->client, TEXT_GUIDE_BAD, typed);
        guide_show_help(guide->client, question, &gaps);
        break;
    default:
        guide_say(guide->client, TEXT_GUIDE_UNREADABLE);
    }
    text_fini(&clean);
    return status;
}

static int take_wish(struct guide *guide, struct guide_question *question,
    enum guide_wish wish, const char *typed, const char *preset)
{
    const struct guide_gaps gaps = gaps_of(guide, question);

    switch (wish) {
    case GUIDE_ANSWER:
        return take_typed(guide, question, typed);
    case GUIDE_PRESET:
        return take_preset(guide, question, preset);
    case GUIDE_EXPLAIN:
        guide_show_help(guide->client, question, &gaps);
        return STATUS_OK;
    case GUIDE_BACK:
        return go_back(guide);
    case GUIDE_LEAVE:
        guide->left = true;
        return STATUS_OK;
    }
    return STATUS_OK;
}

static int ask(struct guide *guide, struct guide_question *question)
{
    const struct guide_gaps gaps = gaps_of(guide, question);
    const struct guide_step *step = &guide_steps[question->step];
    enum guide_wish wish = GUIDE_LEAVE;
    struct text preset = {0};
    char *typed = NULL;

    if (guide->part != step->part)
        guide_show_part(guide->client, step->part);
    guide->part = step->part;
    if (step->shape == GUIDE_START)
        guide_show_tenders(guide->client, &guide->record);
    guide_fill(&preset, step->preset, &gaps, true);
    if (!may_end(guide, question))
        text_fini(&preset);
    guide_show_question(guide->client, question, &gaps, text_peek(&preset));
    int status = guide_read(guide->client, &guide->input, &wish, &typed);
    if (status == STATUS_OK)
        status = take_wish(guide, question, wish, typed, text_peek(&preset));
    free(typed);
    text_fini(&preset);
    return status;
}

/* What is usual in a sector, before anything is recorded of a tender. */
static int ask_sector(struct guide *guide)
{
    enum guide_wish wish = GUIDE_LEAVE;
    struct text undo = {0};
    int status = guide_sector(guide->client, &guide->input, &wish, &undo);

    guide->sector_asked = true;
    if (status == STATUS_OK && wish == GUIDE_ANSWER)
        push(guide, &undo, NULL, false);
    else if (status == STATUS_OK && wish == GUIDE_BACK)
        status = go_back(guide);
    guide->left = wish == GUIDE_LEAVE;
    text_fini(&undo);
    return status;
}

static bool sector_is_open(const struct guide *guide)
{
    return guide->tender && !guide->sector_asked &&
           guide_sector_is_open(&guide->record);
}

static int ask_all(struct guide *guide)
{
    struct guide_question question;
    int status = STATUS_OK;

    for (;;) {
        status =
            guide_record_read(guide->client, guide->tender, &guide->record);
        if (status == STATUS_OK && sector_is_open(guide)) {
            status = ask_sector(guide);
            if (status != STATUS_OK || guide->left)
                return status;
            continue;
        }
        if (status != STATUS_OK ||
            !guide_find(&guide->record, guide->tender != NULL, &guide->skips,
                &question))
            return status;
        /* What comes then is asked about the same objects. */
        if (guide->held)
            question.step++;
        status = ask(guide, &question);
        if (status != STATUS_OK || guide->left)
            return status;
    }
}

/* The tender that was named, or is in use. */
static int start(struct guide *guide)
{
    struct client *client = guide->client;
    const char *named =
        client->set.words_n > 1 ? client->set.words[1] : client->tender;
    struct text line = {0};

    guide_say(client, TEXT_GUIDE_HELLO);
    if (named == NULL)
        return STATUS_OK;
    int status = guide_use(client, named);
    if (status == STATUS_OK)
        status = guide_record_read(client, named, &guide->record);
    if (status != STATUS_OK)
        return status;
    const struct row *tender =
        guide_object(&guide->record, "tender", NULL, NULL, NULL);
    labels_put_both(&line, &guide->record, "tender", named);
    guide_say(client, TEXT_GUIDE_ON, text_peek(&line));
    set_tender(guide, tender ? row_name(tender) : named);
    text_fini(&line);
    return STATUS_OK;
}

static int end(struct guide *guide)
{
    struct client *client = guide->client;
    const char *tender = guide->tender;

    if (guide->tender == NULL) {
        guide_say(client, TEXT_GUIDE_LEFT_EARLY);
        return STATUS_OK;
    }
    if (guide->left)
        return guide_show_rest(client, tender);
    (void)putchar('\n');
    guide_say(client, TEXT_GUIDE_DONE);
    int status = guide_show_end(client, tender);
    if (status == STATUS_OK) {
        (void)putchar('\n');
        guide_say(client, TEXT_GUIDE_NEXT, tender);
    }
    return status;
}

static void fini(struct guide *guide)
{
    for (size_t i = 0; i < guide->done_n; i++) {
        free(guide->done[i].undo);
        free(guide->done[i].key);
    }
    free(guide->done);
    guide_skips_fini(&guide->skips);
    labels_fini(&guide->record);
    text_fini(&guide->input.bytes);
    free(guide->tender);
    free(guide->held);
}

int guide_run(struct client *client)
{
    struct guide guide = {.client = client,
        .part = GUIDE_PARTS,
        .input.echo = !isatty(STDIN_FILENO)};

    /* Rows are read as words, and drawn whatever stands at the other end. */
    client->format = FORMAT_TABLE;
    int status = client_open(client);
    if (status == STATUS_OK && client->user == NULL) {
        complain(client->look.language, TEXT_LOGIN_FIRST);
        status = STATUS_DENIED;
    }
    if (status == STATUS_OK)
        status = start(&guide);
    if (status == STATUS_OK)
        status = ask_all(&guide);
    if (status == STATUS_OK)
        status = end(&guide);
    fini(&guide);
    return status;
}
