/* SPDX-License-Identifier: Apache-2.0
 *
 * guide_fill.c - gaps and answers.
 */
#include "client/guide/guide_fill.h"

#include "client/show/cell.h"
#include "protocol/base_mem.h"
#include "protocol/number.h"
#include "protocol/utf8.h"
#include "protocol/words.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define MICRO    INT64_C(1000000)
#define ALL      (100 * MICRO)
#define NO_BREAK "\302\240"
#define NARROW   "\342\200\257"

static void put_object(struct text *to, const struct guide_gaps *gaps,
    const struct row *row, bool wire)
{
    if (row == NULL)
        return;
    if (wire)
        word_print(to, row_name(row));
    else
        labels_put_both(to, gaps->record, row->kind, row_name(row));
}

static void put_value(struct text *to, const char *value, bool wire)
{
    if (value && wire)
        word_print(to, value);
    else if (value)
        cell_safe(to, value);
}

/* Who decides, or else who buys: the likely answer to who pays. */
static void put_decider(
    struct text *to, const struct guide_gaps *gaps, bool wire)
{
    const struct row *stake =
        guide_object(gaps->record, "stake roles~decides", NULL, NULL, NULL);
    const struct row *tender =
        guide_object(gaps->record, "tender", NULL, NULL, NULL);
    const char *id = stake    ? row_get(stake, "party")
                     : tender ? row_get(tender, "buyer")
                              : NULL;

    if (id)
        put_object(to, gaps, labels_find(gaps->record, "party", id), wire);
}

/* What the weights lack of 100, when one weight alone is not known. */
static void put_rest(struct text *to, const struct labels *record)
{
    const struct row *row = NULL;
    int64_t rest = ALL;
    size_t unknown = 0;

    while ((row = guide_object(record, "leaf", NULL, NULL, row))) {
        const char *weight = row_get(row, "weight");
        int64_t micro;

        if (weight && number_read(weight, &micro))
            rest -= micro;
        else
            unknown++;
    }
    if (unknown == 1 && rest > 0 && rest < ALL) {
        text_printf(to, "%lld", (long long)(rest / MICRO));
        if (rest % MICRO)
            text_printf(to, ".%02lld", (long long)(rest % MICRO / 10000));
    }
}

static void put_targets(struct text *to, const struct guide_gaps *gaps)
{
    static const char *const kinds[] = {"leaf sort!=price", "need"};
    const char *between = "";

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const struct row *row = NULL;

        while ((row = guide_object(gaps->record, kinds[i], NULL, NULL, row))) {
            text_puts(to, between);
            put_object(to, gaps, row, false);
            between = ", ";
        }
    }
}

/* A gap of one letter. */
static void put_gap(
    struct text *to, char gap, const struct guide_gaps *gaps, bool wire)
{
    switch (gap) {
    case '1':
        put_object(to, gaps, gaps->first, wire);
        break;
    case '2':
        put_object(to, gaps, gaps->second, wire);
        break;
    case 't':
        put_value(to, gaps->tender, wire);
        break;
    case 'a':
        put_value(to, gaps->answer, wire);
        break;
    case 'b':
        put_value(to, gaps->other, wire);
        break;
    case 'c':
        put_value(to, gaps->code, wire);
        break;
    case 'd':
        put_decider(to, gaps, wire);
        break;
    case 'l':
        put_targets(to, gaps);
        break;
    case 'm':
        put_value(
            to, gaps->second ? row_get(gaps->second, "scale-max") : "", wire);
        break;
    case 'p':
        text_puts(to, text_of(TEXT_GUIDE_PRICE, gaps->language));
        break;
    case 'r':
        put_rest(to, gaps->record);
        break;
    default:
        text_putc(to, gap);
    }
}

void guide_fill(
    struct text *to, const char *from, const struct guide_gaps *gaps, bool wire)
{
    while (*from) {
        if (*from != '%' || from[1] == '\0') {
            text_putc(to, *from++);
            continue;
        }
        char gap = from[1];
        from += 2;
        if (gap != '#' && gap != '=') {
            put_gap(to, gap, gaps, wire);
            continue;
        }
        size_t len = strspn(from, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
        char *word = mem_copy(from, len);
        guide_code(gaps->record, word, gap == '#', to);
        free(word);
        from += len;
    }
}

static bool is_number(enum type type)
{
    switch (type) {
    case TYPE_INT:
    case TYPE_NUM:
    case TYPE_MONEY:
    case TYPE_PERCENT:
    case TYPE_LEVEL:
    case TYPE_SHARE:
    case TYPE_ESTIMATE:
        return true;
    default:
        return false;
    }
}

/* Blanks between digits, and the comma where the language has it there. */
static void put_digits(
    struct text *to, const char *from, size_t len, enum language language)
{
    size_t at = 0;

    while (at < len) {
        const char *c = from + at;
        bool inside = to->len && isdigit((unsigned char)to->bytes[to->len - 1]);

        if (*c == ' ' || strncmp(c, NO_BREAK, 2) == 0 ||
            strncmp(c, NARROW, 3) == 0) {
            at += *c == ' ' ? 1 : *c == NO_BREAK[0] ? 2 : 3;
        } else if (*c == ',' && inside && language == LANGUAGE_FRENCH) {
            text_putc(to, '.');
            at++;
        } else if (*c == ',' && inside && len - at >= 4 &&
                   strspn(c + 1, "0123456789") == 3) {
            at++;
        } else {
            text_putc(to, *c);
            at++;
        }
    }
}

/* "80%" as 0.8, by moving the mark two places. */
static void put_share(struct text *to, struct text *percent)
{
    int64_t micro;

    percent->bytes[--percent->len] = '\0';
    if (!number_read(percent->bytes, &micro)) {
        text_printf(to, "%s%%", percent->bytes);
        return;
    }
    text_printf(to, "%lld.%06lld", (long long)(micro / ALL),
        (long long)(micro % ALL / 100));
    while (to->bytes[to->len - 1] == '0')
        to->bytes[--to->len] = '\0';
    if (to->bytes[to->len - 1] == '.')
        to->bytes[--to->len] = '\0';
}

/* One number, or those of a range with ".." between them. */
static void put_numbers(
    struct text *to, const char *typed, enum language language)
{
    for (;;) {
        const char *dots = strstr(typed, "..");
        size_t len = dots ? (size_t)(dots - typed) : strlen(typed);
        struct text part = {0};

        put_digits(&part, typed, len, language);
        if (part.len > 1 && part.bytes[part.len - 1] == '%')
            put_share(to, &part);
        else
            text_puts(to, text_peek(&part));
        text_fini(&part);
        if (dots == NULL)
            return;
        text_puts(to, "..");
        typed = dots + 2;
    }
}

static void put_bool(struct text *to, const char *typed)
{
    static const char *const words[][2] = {{"y", "yes"}, {"yes", "yes"},
        {"o", "yes"}, {"oui", "yes"}, {"n", "no"}, {"no", "no"}, {"non", "no"}};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcasecmp(words[i][0], typed) == 0) {
            text_puts(to, words[i][1]);
            return;
        }
    }
    text_puts(to, typed);
}

bool guide_choices(const struct field_row *field)
{
    return field->type == TYPE_ENUM && !isdigit((unsigned char)*field->arg);
}

/* The word with that number, from 1. */
static void put_choice(struct text *to, const char *list, const char *typed)
{
    char *end;
    long number = strtol(typed, &end, 10);

    while (*end == '\0' && number > 1 && *list) {
        list += strcspn(list, ",");
        list += *list == ',';
        number--;
    }
    if (*end == '\0' && number == 1 && *list)
        text_add(to, list, strcspn(list, ","));
    else
        text_puts(to, typed);
}

/* An object that the field may point to, by its code or id, in any case. */
static enum err put_reference(struct text *to, const struct field_row *field,
    const struct labels *record, const char *typed)
{
    for (size_t i = 0; i < record->rows.n; i++) {
        const struct row *row = &record->rows.list[i];
        enum kind kind = row->kind ? kind_find(row->kind) : KIND_NONE;

        if (kind != KIND_NONE && field_takes_kind(field, kind) &&
            (strcasecmp(row_name(row), typed) == 0 ||
                (row->id && strcasecmp(row->id, typed) == 0))) {
            text_puts(to, row_name(row));
            return ERR_OK;
        }
    }
    return ERR_NONE;
}

enum err guide_clean(struct text *to, const struct field_row *field,
    const struct labels *record, enum language language, const char *typed)
{
    size_t len = strlen(typed);

    if (utf8_fault(typed, len, false) < len)
        return ERR_ARG;
    if (is_number(field->type))
        put_numbers(to, typed, language);
    else if (field->type == TYPE_BOOL)
        put_bool(to, typed);
    else if (field->type == TYPE_REF)
        return put_reference(to, field, record, typed);
    else if (guide_choices(field))
        put_choice(to, field->arg, typed);
    else
        text_puts(to, typed);
    return ERR_OK;
}
