/* SPDX-License-Identifier: Apache-2.0
 *
 * notice_maker.h - what the files that make notices up share.
 */
#ifndef TESTS_NOTICE_MAKER_H
#define TESTS_NOTICE_MAKER_H

#include "tests/parts/notice_make.h"

struct made_org {
    char id[16]; /* "" when it lacks one */
    char name[400];
    char number[16];
    size_t from, to; /* where its names stand in the lines */
    bool is_told;    /* its facts were written */
};

struct made_lot {
    char id[16];
    char label[400]; /* its id, else its title */
};

struct maker {
    const struct notice_recipe *recipe;
    uint64_t state;
    struct text *xml, *flat, *facts;
    const char *official; /* language, or NULL */
    struct made_org *orgs;
    struct made_lot *lots;
};

/**
 * maker_print - as snprintf, for what must fit
 *
 * Gives   to[size] filled; aborts when it does not fit
 * Thread  any
 */
void maker_print(char *to, size_t size, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/**
 * maker_chance - a number by chance
 *
 * Gives   0 to below - 1
 * Thread  any
 */
size_t maker_chance(struct maker *m, size_t below);

/**
 * maker_lacks - whether something is left out this time
 *
 * Gives   true as often as the recipe says
 * Thread  any
 */
bool maker_lacks(struct maker *m);

/**
 * maker_open - the start of an element
 *
 * Gives   the XML grown
 * Thread  any
 */
void maker_open(struct maker *m, const char *name);

/**
 * maker_shut - the end of an element
 *
 * Gives   the XML grown
 * Thread  any
 */
void maker_shut(struct maker *m, const char *name);

/**
 * maker_open_extension - the elements around what UBL has no place for
 *
 * Gives   the XML grown
 * Thread  any
 */
void maker_open_extension(struct maker *m);

/**
 * maker_shut_extension - their ends
 *
 * Gives   the XML grown
 * Thread  any
 */
void maker_shut_extension(struct maker *m);

/**
 * maker_leaf - an element with a text
 *
 * Takes   attribute, mark  its attribute and that one's value, or NULL
 * Gives   the XML grown
 * Thread  any
 */
void maker_leaf(struct maker *m, const char *name, const char *attribute,
    const char *mark, const char *value);

/**
 * maker_flat - a line that must be read
 *
 * Gives   the lines grown
 * Thread  any
 */
void maker_flat(struct maker *m, const char *path, const char *value);

/**
 * maker_fact - a value that must be recorded
 *
 * Takes   subject  "lot LOT-0001"
 * Gives   the facts grown
 * Thread  any
 */
void maker_fact(
    struct maker *m, const char *subject, const char *field, const char *value);

/**
 * maker_words - a text in all languages that it does not lack
 *
 * Gives   XML and lines grown; picked[size] the wording to be recorded
 * Thread  any
 */
void maker_words(struct maker *m, const char *name, const char *path,
    const char *stem, char *picked, size_t size);

/**
 * maker_party - the facts of a party, once
 *
 * Gives   the facts grown
 * Thread  any
 */
void maker_party(struct maker *m, size_t at);

/**
 * maker_name_lots - give lots and groups their ids, before they are referred to
 *
 * Gives   m->lots
 * Thread  any
 */
void maker_name_lots(struct maker *m);

/**
 * maker_lots - procedure, lots, groups and criteria
 *
 * Gives   XML, lines and facts grown
 * Thread  any
 */
void maker_lots(struct maker *m);

/**
 * maker_result - the result of an award notice
 *
 * Gives   XML, lines and facts grown
 * Thread  any
 */
void maker_result(struct maker *m);

#endif
