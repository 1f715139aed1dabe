/* SPDX-License-Identifier: Apache-2.0
 *
 * made_up.h - objects of every kind with made-up values of every field, added
 * over the wire, for tests that go through all fields of kinds.def.
 */
#ifndef TESTS_UNIT_MADE_UP_H
#define TESTS_UNIT_MADE_UP_H

#include "db/sense.h"
#include "protocol/base_mem.h"
#include "protocol/datum.h"
#include "protocol/words.h"
#include "tests/parts/stand.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OBJECTS 8

static struct stand *stand;
static struct session *session;
static unsigned random_state;

static inline unsigned draw(unsigned below)
{
    random_state = random_state * 1103515245u + 12345u;
    return (random_state >> 16) % below;
}

static inline char *say(const char *line)
{
    session_feed(session, line, strlen(line));
    return stand_say(stand, session, "\n");
}

static inline bool say_ok(const char *line)
{
    char *got = say(line);
    bool ok = strncmp(got, "ok", 2) == 0;

    free(got);
    return ok;
}

/* Sends the lines of a file, and makes its tender that of the session. */
static inline void play_file(const char *path)
{
    FILE *from = fopen(path, "re");
    char *line = NULL;
    size_t room = 0;
    ssize_t len;

    ck_assert_ptr_nonnull(from);
    while ((len = getline(&line, &room, from)) > 0)
        session_feed(session, line, (size_t)len);
    (void)fclose(from);
    free(line);
    free(say("use tender=NB"));
}

/* Values that types take. */

static inline void draw_number(struct text *to, size_t field)
{
    int64_t least = 0, most = 0;

    ck_assert(sense_range(field, &least, &most));
    if (most - least > 40)
        most = least + 40;
    if (fields[field].type == TYPE_INT)
        text_printf(to, "%lld",
            (long long)(least + draw((unsigned)(most - least + 1))));
    else if (most >= 1000)
        decimal_print(to, draw(4) * 2500 * (unsigned)(most / DECIMAL_ONE));
    else
        decimal_print(to, least + 5000 * draw(30));
}

static inline void draw_decimal(struct text *to, size_t field)
{
    int64_t least = 0, most = 0;

    ck_assert(sense_range(field, &least, &most));
    if (least < 0)
        least = -20 * DECIMAL_ONE;
    if (most > least + 40 * DECIMAL_ONE)
        most = least + 40 * DECIMAL_ONE;
    decimal_print(to, least + (most - least) / 4 * draw(5));
}

/* Some of the words of a list, comma between them. */
static inline void draw_words(struct text *to, const char *list, bool several)
{
    size_t n = 1;

    for (const char *p = list; *p; p++)
        n += *p == ',';
    size_t chosen = draw((unsigned)n);
    for (size_t i = 0; i < n; i++) {
        size_t len = strcspn(list, ",");

        if (i == chosen || (several && draw(3) == 0)) {
            text_puts(to, to->len ? "," : "");
            text_add(to, list, len);
        }
        list += len + (list[len] == ',');
    }
}

static const char *const lines[] = {"Élan vital", "elan", "Straße 7",
    "night bus", "Nuit, bus", "Œuvre", "zone", "ÉLAN VITAL", "a b, c"};

static inline enum kind kind_of_ref(size_t field)
{
    enum kind kinds[KIND_COUNT] = {KIND_NONE};
    unsigned n = 0;

    for (int i = 0; i < KIND_COUNT; i++)
        if (field_takes_kind(&fields[field], (enum kind)i))
            kinds[n++] = (enum kind)i;
    return kinds[draw(n)];
}

static inline void draw_ref(struct text *to, size_t field)
{
    enum kind kind = kind_of_ref(field);

    text_puts(to, to->len ? "," : "");
    id_print(to, kind, 1 + draw(OBJECTS));
}

/* A word that is a value of the field, more or less. */
static inline void draw_value(struct text *to, size_t field)
{
    const struct field_row *row = &fields[field];
    struct text inner = {0};

    switch (row->type) {
    case TYPE_INT:
        draw_number(&inner, field);
        break;
    case TYPE_NUM:
    case TYPE_MONEY:
    case TYPE_PERCENT:
    case TYPE_LEVEL:
    case TYPE_SHARE:
        draw_decimal(&inner, field);
        break;
    case TYPE_ESTIMATE:
        if (draw(2))
            draw_decimal(&inner, field);
        else
            text_puts(&inner, draw(2) ? "0..1" : "0..0.5..1");
        break;
    case TYPE_BOOL:
        text_puts(&inner, draw(2) ? "yes" : "no");
        break;
    case TYPE_TIME:
        text_printf(&inner, "2027-03-%02uT12:00:00Z", 10 + draw(4));
        break;
    case TYPE_DATE:
        text_printf(&inner, "2027-03-%02u", 10 + draw(4));
        break;
    case TYPE_ENUM:
        draw_words(&inner, row->arg, false);
        break;
    case TYPE_SET:
        draw_words(&inner, row->arg, true);
        break;
    case TYPE_REF:
        draw_ref(&inner, field);
        break;
    case TYPE_REFSET:
        draw_ref(&inner, field);
        break;
    case TYPE_MEMBER:
    case TYPE_MEMBERS:
        text_puts(&inner, draw(2) ? "ann,bob" : "ann");
        break;
    case TYPE_WORD:
        text_printf(&inner, "%s%u", draw(2) ? "c" : "É",
            draw(row->flags & FIELD_CODE ? 900 : 6));
        break;
    default:
        text_puts(&inner, lines[draw(sizeof lines / sizeof *lines)]);
    }
    word_print(to, inner.bytes);
    text_fini(&inner);
}

/* An add with some fields, which the server may refuse. */
static inline void add_one(enum kind kind, bool all)
{
    const struct kind_row *row = kind_row(kind);
    struct text line = {0};

    text_printf(&line, "add %s", row->word);
    if (row->scope == SCOPE_TENDER)
        text_puts(&line, " tender=T-1");
    for (size_t i = row->first; i < row->first + row->count; i++) {
        bool needed = fields[i].flags & FIELD_NEEDED;

        if (!needed && !all && draw(3) == 0)
            continue;
        text_printf(&line, " %s=", fields[i].word);
        draw_value(&line, i);
    }
    (void)say_ok(line.bytes);
    text_fini(&line);
}

static inline size_t count_of(enum kind kind)
{
    struct text line = {0};
    size_t n = 0;

    text_printf(&line, "list %s fields=id limit=1000", kind_row(kind)->word);
    char *got = say(line.bytes);
    for (const char *p = got; (p = strstr(p, "\"id\"")); p++)
        n++;
    free(got);
    text_fini(&line);
    return n;
}

static inline void fill(void)
{
    ck_assert(say_ok("use format=json"));
    ck_assert(say_ok("add party sort=organisation"));
    ck_assert(say_ok("add tender title=first"));
    for (int round = 0; round < 3; round++)
        for (int i = 0; i < KIND_COUNT; i++)
            for (int n = 0;
                 n < 60 && count_of((enum kind)i) < 2 + 3 * (size_t)round; n++)
                add_one((enum kind)i, n % 3 == 0);
}

#endif
