/* SPDX-License-Identifier: Apache-2.0
 *
 * datum.c - values of fields: checked, printed, compared.
 */
#include "protocol/datum.h"

#include "protocol/base_mem.h"
#include "protocol/limit.h"
#include "protocol/utf8.h"

#include <stdlib.h>
#include <string.h>

static enum err read_number(
    const struct field_row *row, const char *word, struct datum *got)
{
    int64_t value;

    if (decimal_read(word, &value) != ERR_OK)
        return ERR_ARG;
    switch (row->type) {
    case TYPE_INT:
        if (value % DECIMAL_ONE)
            return ERR_ARG;
        value /= DECIMAL_ONE;
        break;
    case TYPE_MONEY:
        if (value < 0)
            return ERR_ARG;
        break;
    case TYPE_PERCENT:
        if (value < 0 || value > 100 * DECIMAL_ONE)
            return ERR_ARG;
        break;
    case TYPE_LEVEL:
        if (value < 0 || value > 10 * DECIMAL_ONE)
            return ERR_ARG;
        break;
    case TYPE_SHARE:
        if (value < 0 || value > DECIMAL_ONE)
            return ERR_ARG;
        break;
    default:
        break;
    }
    got->number = value;
    return ERR_OK;
}

/* Every word of a comma list is one of those of the row, none twice. */
static enum err check_set(const char *list, const char *word)
{
    for (const char *p = word; *p;) {
        size_t len = strcspn(p, ",");

        if (len == 0 || (list && !list_holds(list, p, len)))
            return ERR_ARG;
        const char *next = p + len;
        if (*next == ',' && list_holds(next + 1, p, len))
            return ERR_ARG;
        if (*next == ',' && next[1] == '\0')
            return ERR_ARG;
        p = next + (*next == ',');
    }
    return ERR_OK;
}

static enum err check_text(const struct field_row *row, const char *word)
{
    size_t len = strlen(word);

    if (utf8_fault(word, len, row->type == TYPE_TEXT) < len)
        return ERR_ARG;
    switch (row->type) {
    case TYPE_WORD:
        if (!limit_allows(LIMIT_ROW_WORD, len) || strpbrk(word, " \t"))
            return ERR_ARG;
        return row->flags & FIELD_CODE && !code_is_valid(word) ? ERR_ARG
                                                               : ERR_OK;
    case TYPE_LINE:
        return limit_allows(LIMIT_ROW_LINE_TEXT, len) ? ERR_OK : ERR_ARG;
    case TYPE_DATE:
        return date_is_valid(word) ? ERR_OK : ERR_ARG;
    case TYPE_ENUM:
        return list_holds(row->arg, word, len) ? ERR_OK : ERR_ARG;
    case TYPE_SET:
        return check_set(row->arg, word);
    case TYPE_MEMBERS:
    case TYPE_REFSET:
        return check_set(NULL, word);
    case TYPE_REF:
    case TYPE_MEMBER:
        return !limit_allows(LIMIT_ROW_WORD, len) || strpbrk(word, " \t,")
                   ? ERR_ARG
                   : ERR_OK;
    default:
        return ERR_OK;
    }
}

static enum err read_bool(const char *word, struct datum *got)
{
    bool yes = strcmp(word, "yes") == 0;

    if (!yes && strcmp(word, "no") != 0)
        return ERR_ARG;
    got->number = yes;
    return ERR_OK;
}

/* Marks, weights, prices and coverage are never below nothing. */
static enum err read_estimate(const char *word, struct datum *got)
{
    struct estimate value;

    if (estimate_read(word, &value) != ERR_OK || value.low < 0)
        return ERR_ARG;
    got->estimate = value;
    return ERR_OK;
}

static enum err read_by_type(
    const struct field_row *row, const char *word, struct datum *got)
{
    switch (row->type) {
    case TYPE_INT:
    case TYPE_NUM:
    case TYPE_MONEY:
    case TYPE_PERCENT:
    case TYPE_LEVEL:
    case TYPE_SHARE:
        return read_number(row, word, got);
    case TYPE_BOOL:
        return read_bool(word, got);
    case TYPE_TIME:
        return time_read(word, &got->number);
    case TYPE_ESTIMATE:
        return read_estimate(word, got);
    default:
        if (check_text(row, word) != ERR_OK)
            return ERR_ARG;
        got->text = mem_text(word);
        return ERR_OK;
    }
}

enum err datum_read(size_t field, const char *word, struct datum *got,
    struct datum_fault *fault)
{
    const struct field_row *row = &fields[field];
    struct datum made = {.set = true, .ref_kind = KIND_NONE};

    if (read_by_type(row, word, &made) != ERR_OK) {
        bool listed = row->type == TYPE_ENUM || row->type == TYPE_SET;

        fault->allowed = listed ? row->arg : type_allowed(row->type);
        if (row->flags & FIELD_CODE)
            fault->allowed = "1 to 64 characters, no blank , $ or quote, not "
                             "of the form of an id";
        return ERR_ARG;
    }
    *got = made;
    return ERR_OK;
}

/* ",3,7," as "P-3,P-7". */
static void print_refset(
    struct text *to, const struct field_row *row, const char *ids)
{
    size_t len = strcspn(row->arg, ":|");
    char word[32];

    INSIST(len < sizeof word);
    memcpy(word, row->arg, len);
    word[len] = '\0';
    for (ids++; *ids; ids++) {
        char *end;
        uint64_t number = strtoull(ids, &end, 10);

        id_print(to, kind_find(word), number);
        ids = end;
        if (ids[1])
            text_putc(to, ',');
    }
}

void datum_print(struct text *to, size_t field, const struct datum *d)
{
    const struct field_row *row = &fields[field];

    switch (row->type) {
    case TYPE_INT:
        text_printf(to, "%lld", (long long)d->number);
        break;
    case TYPE_NUM:
    case TYPE_MONEY:
    case TYPE_PERCENT:
    case TYPE_LEVEL:
    case TYPE_SHARE:
        decimal_print(to, d->number);
        break;
    case TYPE_BOOL:
        text_puts(to, d->number ? "yes" : "no");
        break;
    case TYPE_TIME:
        time_print(to, d->number, false);
        break;
    case TYPE_ESTIMATE:
        estimate_print(to, d->estimate);
        break;
    case TYPE_REF:
        if (d->ref_kind == KIND_NONE)
            text_puts(to, d->text);
        else
            id_print(to, d->ref_kind, (uint64_t)d->number);
        break;
    case TYPE_REFSET:
        if (d->text[0] == ',')
            print_refset(to, row, d->text);
        else
            text_puts(to, d->text);
        break;
    default:
        text_puts(to, d->text);
        break;
    }
}

void datum_reply(struct reply *r, size_t field, const struct datum *d)
{
    const struct field_row *row = &fields[field];
    struct text word = {0};

    if (!d->set)
        return;
    if (row->type == TYPE_TEXT) {
        reply_text(r, row->word, d->text);
        return;
    }
    if (row->type == TYPE_BOOL) {
        reply_yes(r, row->word, d->number != 0);
        return;
    }
    datum_print(&word, field, d);
    bool exact = d->estimate.low == d->estimate.high;
    if (row->type == TYPE_INT || row->type == TYPE_NUM ||
        row->type == TYPE_PERCENT || row->type == TYPE_LEVEL ||
        row->type == TYPE_SHARE)
        reply_number(r, row->word, word.bytes);
    else if (row->type == TYPE_ESTIMATE && exact &&
             strcmp(row->unit, "money") != 0)
        reply_number(r, row->word, word.bytes);
    else
        reply_word(r, row->word, text_peek(&word));
    text_fini(&word);
}

void datum_copy(struct datum *to, const struct datum *from)
{
    *to = *from;
    to->text = mem_text(from->text);
}

void datum_fini(struct datum *d)
{
    free(d->text);
    *d = (struct datum){0};
}

bool datum_equal(size_t field, const struct datum *a, const struct datum *b)
{
    if (a->set != b->set)
        return false;
    if (!a->set)
        return true;
    switch (fields[field].type) {
    case TYPE_ESTIMATE:
        return memcmp(&a->estimate, &b->estimate, sizeof a->estimate) == 0;
    case TYPE_REF:
        return a->ref_kind == b->ref_kind && a->number == b->number;
    case TYPE_INT:
    case TYPE_NUM:
    case TYPE_MONEY:
    case TYPE_PERCENT:
    case TYPE_LEVEL:
    case TYPE_SHARE:
    case TYPE_BOOL:
    case TYPE_TIME:
        return a->number == b->number;
    default:
        return strcmp(a->text, b->text) == 0;
    }
}
