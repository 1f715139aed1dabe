/* SPDX-License-Identifier: Apache-2.0
 *
 * kind.c - look-ups in the table of kinds and fields.
 */
#include "protocol/kind.h"

#include "protocol/base_mem.h"

#include <string.h>

/* Short names for the flags, so that a row of the table stays readable. */
#define NEEDED FIELD_NEEDED
#define KEY    FIELD_KEY
#define FIXED  FIELD_FIXED
#define CODE   FIELD_CODE

const struct field_row fields[FIELD_COUNT] = {
#define KIND(...)
#define FIELD(kind, id, word, type, arg, flags, unit, preset, en, fr)          \
    [FIELD_##kind##_##id] = {                                                  \
        KIND_##kind, word, TYPE_##type, arg, flags, unit, preset, {en, fr}},
#include "protocol/kinds.def"
#undef KIND
#undef FIELD
};

const struct builtin_row builtins[BUILTIN_COUNT] = {
#define BUILTIN(id, word, type, operators, en, fr)                             \
    [BUILTIN_##id] = {word, TYPE_##type, operators, {en, fr}},
#include "protocol/builtins.def"
#undef BUILTIN
};

/* The number of the first field of each kind is the number of FIELD rows
 * that stand before its KIND row; an enum with one extra name per kind lets
 * the compiler count them. */
enum {
#define KIND(id, word, prefix, scope, en, fr)                                  \
    FIRST_##id, BEFORE_##id = FIRST_##id - 1,
#define FIELD(kind, id, word, type, arg, flags, unit, preset, en, fr)          \
    AT_##kind##_##id,
#include "protocol/kinds.def"
#undef KIND
#undef FIELD
};

/* Each KIND row closes the brace of the one before and each FIELD row adds one
 * to the count, so the compiler counts what the table holds. */
/* clang-format off */
static const struct kind_row rows[KIND_COUNT + 1] = {
    [KIND_COUNT] = {"", "", SCOPE_TEAM, {"", ""}, 0, 0
#define KIND(id, word, prefix, scope, en, fr)                                  \
    }, [KIND_##id] = {word, prefix, scope, {en, fr}, FIRST_##id, 0
#define FIELD(...) +1
#include "protocol/kinds.def"
#undef KIND
#undef FIELD
    }};
/* clang-format on */

const struct kind_row *kind_row(enum kind kind)
{
    INSIST(kind < KIND_COUNT);
    return &rows[kind];
}

const char *scope_word(enum scope scope)
{
    static const char *const words[] = {[SCOPE_TEAM] = "team",
        [SCOPE_TENDER] = "tender",
        [SCOPE_ANY] = "any",
        [SCOPE_EITHER] = "either"};

    return words[scope];
}

enum kind kind_find(const char *word)
{
    for (int i = 0; i < KIND_COUNT; i++)
        if (strcmp(rows[i].word, word) == 0)
            return (enum kind)i;
    return KIND_NONE;
}

enum kind kind_by_prefix(const char *prefix, size_t len)
{
    for (int i = 0; i < KIND_COUNT; i++)
        if (strlen(rows[i].prefix) == len &&
            memcmp(rows[i].prefix, prefix, len) == 0)
            return (enum kind)i;
    return KIND_NONE;
}

size_t kind_code_place(enum kind kind)
{
    const struct kind_row *row = kind_row(kind);

    for (size_t i = 0; i < row->count; i++)
        if (fields[row->first + i].flags & FIELD_CODE)
            return i;
    return row->count;
}

size_t field_find(enum kind kind, const char *word)
{
    const struct kind_row *row = kind_row(kind);

    for (size_t i = row->first; i < row->first + row->count; i++)
        if (strcmp(fields[i].word, word) == 0)
            return i;
    return FIELD_COUNT;
}

enum builtin builtin_find(const char *word)
{
    int i = 0;

    while (i < BUILTIN_COUNT && strcmp(builtins[i].word, word) != 0)
        i++;
    return (enum builtin)i;
}

size_t field_place(size_t field)
{
    INSIST(field < FIELD_COUNT);
    return field - rows[fields[field].kind].first;
}

int field_word_place(size_t field, const char *word)
{
    const char *all = fields[field].arg;
    int place = 0;

    while (strncmp(all, word, strlen(word)) != 0 ||
           (all[strlen(word)] != ',' && all[strlen(word)] != '\0')) {
        all += strcspn(all, ",");
        INSIST(*all == ',');
        all++;
        place++;
    }
    return place;
}

bool list_holds(const char *list, const char *word, size_t len)
{
    while (*list) {
        size_t item = strcspn(list, ",");

        if (item == len && memcmp(list, word, len) == 0)
            return true;
        list += item;
        list += *list == ',';
    }
    return false;
}

bool field_takes_kind(const struct field_row *field, enum kind kind)
{
    const char *arg = field->arg;
    const char *word = kind_row(kind)->word;

    if (strcmp(arg, "*") == 0)
        return true;
    while (*arg) {
        size_t item = strcspn(arg, "|:");

        if (item == strlen(word) && memcmp(arg, word, item) == 0)
            return true;
        arg += strcspn(arg, "|");
        arg += *arg == '|';
    }
    return false;
}

const char *field_sort(const struct field_row *field)
{
    const char *colon = strchr(field->arg, ':');

    if (field->type != TYPE_REF || colon == NULL)
        return NULL;
    return colon + 1;
}

enum err id_read(const char *word, enum kind *kind, uint64_t *number)
{
    size_t letters = strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    uint64_t value = 0;

    if (letters < 1 || letters > 2 || word[letters] != '-')
        return ERR_ARG;
    const char *digit = word + letters + 1;
    if (*digit < '1' || *digit > '9' || strlen(digit) > 18)
        return ERR_ARG;
    for (; *digit; digit++) {
        if (*digit < '0' || *digit > '9')
            return ERR_ARG;
        value = value * 10 + (uint64_t)(*digit - '0');
    }
    enum kind found = kind_by_prefix(word, letters);
    if (found == KIND_NONE)
        return ERR_ARG;
    *kind = found;
    *number = value;
    return ERR_OK;
}

void id_print(struct text *to, enum kind kind, uint64_t number)
{
    text_printf(
        to, "%s-%llu", kind_row(kind)->prefix, (unsigned long long)number);
}
