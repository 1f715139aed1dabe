/* SPDX-License-Identifier: Apache-2.0
 *
 * kind.h - the kinds and their fields, as kinds.def lists them.
 *
 * A field has a number among all fields (FIELD_BID_PRICE) and a place among
 * those of its kind (field_place).  An object holds its values by place.
 */
#ifndef PROTOCOL_KIND_H
#define PROTOCOL_KIND_H

#include "protocol/types.h"

#include <stddef.h>

enum scope { SCOPE_TEAM, SCOPE_TENDER, SCOPE_ANY, SCOPE_EITHER };

enum field_flag {
    FIELD_NEEDED = 1u << 0,
    FIELD_KEY = 1u << 1,
    FIELD_FIXED = 1u << 2,
    FIELD_CODE = 1u << 3, /* the code of the object */
};

enum kind {
#define KIND(id, word, prefix, scope, en, fr) KIND_##id,
#define FIELD(...)
#include "protocol/kinds.def"
#undef KIND
#undef FIELD
    KIND_COUNT,
    KIND_NONE = KIND_COUNT
};

enum field_id {
#define KIND(...)
#define FIELD(kind, id, word, type, arg, flags, unit, preset, en, fr)          \
    FIELD_##kind##_##id,
#include "protocol/kinds.def"
#undef KIND
#undef FIELD
    FIELD_COUNT
};

struct kind_row {
    const char *word;
    const char *prefix; /* of its ids, without the "-" */
    enum scope scope;
    const char *help[2]; /* English, French */
    size_t first;        /* number of its first field */
    size_t count;        /* how many fields it has */
};

struct field_row {
    enum kind kind;
    const char *word;
    enum type type;
    const char *arg;
    unsigned flags;
    const char *unit;
    const char *preset; /* default of add, "" for none */
    const char *help[2];
};

extern const struct field_row fields[FIELD_COUNT];

enum builtin {
#define BUILTIN(id, word, type, operators, en, fr) BUILTIN_##id,
#include "protocol/builtins.def"
#undef BUILTIN
    BUILTIN_COUNT
};

struct builtin_row {
    const char *word;
    enum type type;
    const char *operators; /* blank between them */
    const char *help[2];
};

extern const struct builtin_row builtins[BUILTIN_COUNT];

/**
 * kind_row - the row of a kind
 *
 * Gives   the row, which lives for ever
 * Thread  any
 */
const struct kind_row *kind_row(enum kind kind);

/**
 * scope_word - where the objects of a kind belong, as describe says it
 *
 * Gives   team, tender, any or either, which lives for ever
 * Thread  any
 */
const char *scope_word(enum scope scope);

/**
 * kind_find - the kind with that wire word
 *
 * Gives   the kind, KIND_NONE when there is none
 * Thread  any
 */
enum kind kind_find(const char *word);

/**
 * kind_by_prefix - the kind whose ids start with that prefix
 *
 * Takes   prefix[len]  without the "-"
 * Gives   the kind, KIND_NONE when there is none
 * Thread  any
 */
enum kind kind_by_prefix(const char *prefix, size_t len);

/**
 * kind_code_place - the place of the code among the fields of a kind
 *
 * Gives   the place, or kind_row(kind)->count when the kind has no code
 * Thread  any
 */
size_t kind_code_place(enum kind kind);

/**
 * field_find - the field of a kind with that wire word
 *
 * Gives   its number among all fields, FIELD_COUNT when there is none
 * Thread  any
 */
size_t field_find(enum kind kind, const char *word);

/**
 * builtin_find - what every object has under that word
 *
 * Gives   its number, BUILTIN_COUNT when there is none
 * Thread  any
 */
enum builtin builtin_find(const char *word);

/**
 * field_place - the place of a field among those of its kind
 *
 * Takes   field  a number among all fields
 * Gives   0 for the first field of its kind
 * Thread  any
 */
size_t field_place(size_t field);

/**
 * field_word_place - the place of a word among those that a field allows
 *
 * Takes   field  of type enum
 *         word   one of its words
 * Gives   0 for the first
 * Thread  any
 */
int field_word_place(size_t field, const char *word);

/**
 * list_holds - whether a word stands in a list with commas between the words
 *
 * Takes   list  "open,restricted"; "" holds nothing
 * Gives   true or false
 * Thread  any
 */
bool list_holds(const char *list, const char *word, size_t len);

/**
 * field_takes_kind - whether a ref field may point to an object of a kind
 *
 * Gives   true or false; the sort behind ":" is not looked at
 * Thread  any
 */
bool field_takes_kind(const struct field_row *field, enum kind kind);

/**
 * field_sort - the sort that a ref field asks of its object
 *
 * Gives   "segment" for "party:segment", NULL when any sort will do
 * Thread  any
 */
const char *field_sort(const struct field_row *field);

/**
 * id_read - an id such as B-3
 *
 * Gives   *kind and *number (>= 1)
 * Errors  ERR_ARG  not the form of an id, or no such kind; both untouched
 * Thread  any
 */
enum err id_read(const char *word, enum kind *kind, uint64_t *number) MUST_USE;

/**
 * id_print - an id as it stands on the wire
 *
 * Gives   *to grown by "B-3"
 * Thread  any
 */
void id_print(struct text *to, enum kind kind, uint64_t number);

#endif
