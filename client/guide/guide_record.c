/* SPDX-License-Identifier: Apache-2.0
 *
 * guide_record.c - lists of a tender, read whole and looked through here, so
 * that one question costs one round trip at the most.
 */
#include "client/guide/guide_record.h"

#include "client/show/cell.h"
#include "protocol/base_mem.h"
#include "protocol/kind.h"
#include "protocol/limit.h"
#include "protocol/words.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define CODE_LETTERS 6

/* One list on its way. */
struct reading {
    struct client *client;
    struct labels *record;
    const char *tender;
    char *request; /* owned; up to limit= */
    int *status;
    size_t *open;
};

static void send_reading(const struct reading *from, const char *after);

static void on_data(void *ctx, const char *line)
{
    struct reading *reading = ctx;

    rows_add(&reading->record->rows, line);
}

/* A list that has more pages asks for the next one. */
static void on_final(void *ctx, const struct answer *final, const char *line)
{
    struct reading *reading = ctx;

    (void)line;
    if (final && final->class == ANSWER_ERR) {
        if (*reading->status == STATUS_OK)
            *reading->status = client_refused(reading->client, final);
    } else if (final) {
        const char *next = words_get(&final->words, "next");

        if (next)
            send_reading(reading, next);
    }
    free(reading->request);
    free(reading);
}

static void send_reading(const struct reading *from, const char *after)
{
    struct reading *reading = mem_new(sizeof *reading);
    const struct talk_hooks hooks = {
        .data = on_data, .final = on_final, .ctx = reading};
    struct text line = {0};

    *reading = *from;
    reading->request = mem_text(from->request);
    text_puts(&line, from->request);
    if (after) {
        text_puts(&line, " after=");
        word_print(&line, after);
    }
    text_putc(&line, '\n');
    talk_send(&reading->client->talk, line.bytes, line.len, &hooks);
    text_fini(&line);
}

static void send_list(
    const struct reading *from, const char *kind, const char *tender)
{
    struct reading reading = *from;
    struct text request = {0};

    text_printf(&request, "list %s", kind);
    if (tender) {
        text_puts(&request, " tender=");
        word_print(&request, tender);
    }
    text_printf(&request, " limit=%d", LIMIT_ROWS);
    reading.request = request.bytes;
    send_reading(&reading, NULL);
    text_fini(&request);
}

int guide_record_read(
    struct client *client, const char *tender, struct labels *record)
{
    static const char *const kinds[] = {"stake", "alternative", "reach", "need",
        "weighs", "criterion", "relates", "bid", "mark", "cover", "element",
        "effect"};
    int status = STATUS_OK;
    struct reading all = {
        .client = client, .record = record, .status = &status};
    struct text show = {0};

    labels_fini(record);
    if (tender) {
        text_puts(&show, "show ");
        word_print(&show, tender);
        all.request = show.bytes;
        send_reading(&all, NULL);
        text_fini(&show);
    } else {
        send_list(&all, "tender", NULL);
    }
    send_list(&all, "party", NULL);
    for (size_t i = 0; tender && i < sizeof kinds / sizeof *kinds; i++)
        send_list(&all, kinds[i], tender);
    enum err err = talk_drain(&client->talk, client->timeout_ms);
    return err == ERR_OK ? status : client_lost(client, err);
}

static bool names(const struct row *other, const char *key, const char *id)
{
    return id && row_has(other, key, id);
}

/* A role that makes a party one of the users. */
static bool is_user(const struct labels *record, const struct row *party)
{
    for (size_t i = 0; i < record->rows.n; i++) {
        const struct row *row = &record->rows.list[i];
        const char *roles = row_is(row, "stake") ? row_get(row, "roles") : NULL;

        if (roles && names(row, "party", party->id) &&
            (list_holds(roles, "uses", 4) ||
                list_holds(roles, "uses-indirectly", 15)))
            return true;
    }
    return false;
}

static bool is_leaf(const struct labels *record, const struct row *criterion)
{
    for (size_t i = 0; i < record->rows.n; i++)
        if (row_is(&record->rows.list[i], "criterion") &&
            names(&record->rows.list[i], "parent", criterion->id))
            return false;
    return true;
}

/* The same bids that the figures look at. */
static bool is_rated(const struct labels *record, const struct row *bid)
{
    static const char out[] =
        "withdrawn,irregular,unacceptable,unsuitable,abnormally-low";
    const char *state = row_get(bid, "state");

    (void)record;
    return row_get(bid, "variant-of") == NULL &&
           (state == NULL || !list_holds(out, state, strlen(state)));
}

static bool is_of(
    const struct labels *record, const struct row *row, const char *kind)
{
    static const struct {
        const char *word, *kind;
        bool (*is)(const struct labels *, const struct row *);
    } made[] = {{"user", "party", is_user}, {"leaf", "criterion", is_leaf},
        {"rated", "bid", is_rated}};

    for (size_t i = 0; i < sizeof made / sizeof *made; i++)
        if (strcmp(made[i].word, kind) == 0)
            return row_is(row, made[i].kind) && made[i].is(record, row);
    return row_is(row, kind);
}

static bool meets(const struct row *row, const struct word *condition)
{
    const char *got = row_get(row, condition->key);
    bool absent = *condition->value == '\0';

    /* guide.def has no other conditions. */
    INSIST(condition->op == OP_EQ || condition->op == OP_NE ||
           condition->op == OP_LIKE);

    bool same =
        absent ? got == NULL : row_has(row, condition->key, condition->value);

    if (condition->op == OP_LIKE)
        return got &&
               list_holds(got, condition->value, strlen(condition->value));
    return same == (condition->op == OP_EQ);
}

static void put_pattern(struct text *to, const char *pattern,
    const struct row *first, const struct row *second)
{
    for (; *pattern; pattern++) {
        const struct row *row = NULL;

        if (*pattern == '%')
            row = pattern[1] == '1' ? first : second;
        if (row == NULL) {
            text_putc(to, *pattern);
            continue;
        }
        text_puts(to, row->id ? row->id : "-");
        pattern++;
    }
}

const struct row *guide_object(const struct labels *record, const char *pattern,
    const struct row *first, const struct row *second, const struct row *after)
{
    const struct rows *rows = &record->rows;
    const struct row *found = NULL;
    struct text filled = {0};
    struct words words;
    struct words_fault fault;

    put_pattern(&filled, pattern, first, second);
    enum err err = words_read(
        text_peek(&filled), filled.len, NULL, LIMIT_WORDS, &words, &fault);
    INSIST(err == ERR_OK && (rows->list || rows->n == 0));
    size_t start = after ? (size_t)(after - rows->list) + 1 : 0;
    for (size_t i = start; words.n && i < rows->n && found == NULL; i++) {
        bool fits = is_of(record, &rows->list[i], words.list[0].value);

        for (size_t k = 1; fits && k < words.n; k++)
            fits = meets(&rows->list[i], &words.list[k]);
        found = fits ? &rows->list[i] : NULL;
    }
    words_free(&words);
    text_fini(&filled);
    return found;
}

const struct row *guide_party(const struct labels *record, const char *name)
{
    const struct row *row = NULL;

    while ((row = guide_object(record, "party", NULL, NULL, row))) {
        const char *own = row_get(row, "name");

        if (strcasecmp(row_name(row), name) == 0 ||
            (own && strcasecmp(own, name) == 0))
            return row;
    }
    return NULL;
}

static bool is_taken(const struct labels *record, const char *code)
{
    for (size_t i = 0; i < record->rows.n; i++) {
        const char *other = row_get(&record->rows.list[i], "code");

        if (other && strcasecmp(other, code) == 0)
            return true;
    }
    return false;
}

void guide_code(const struct labels *record, const char *word, bool numbered,
    struct text *to)
{
    struct text code = {0};

    text_puts(&code, word);
    for (int number = numbered ? 1 : 2;
         numbered || is_taken(record, text_peek(&code)); number++) {
        numbered = false;
        text_fini(&code);
        text_printf(&code, "%s%d", word, number);
    }
    text_puts(to, text_peek(&code));
    text_fini(&code);
}

void guide_initials(struct text *to, const char *name)
{
    struct text folded = {0};
    struct text initials = {0};
    struct text letters = {0};
    bool inside = false;

    cell_fold(&folded, name);
    for (const char *c = text_peek(&folded); *c; c++) {
        bool letter = isalnum((unsigned char)*c);
        char capital = (char)toupper((unsigned char)*c);

        if (letter && !inside && initials.len < CODE_LETTERS)
            text_putc(&initials, capital);
        if (letter && letters.len < CODE_LETTERS)
            text_putc(&letters, capital);
        inside = letter;
    }
    text_puts(to, text_peek(initials.len > 1 ? &initials : &letters));
    text_fini(&folded);
    text_fini(&initials);
    text_fini(&letters);
}
