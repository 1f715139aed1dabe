/* SPDX-License-Identifier: Apache-2.0
 *
 * reference - print docs/reference.md: kinds, fields, verbs, errors, limits,
 * settings and events of the log, as the tables have them.
 */
#include "protocol/command.h"
#include "protocol/err.h"
#include "protocol/kind.h"
#include "protocol/limit.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* In a table of Markdown a bar would end the cell. */
static void put_cell(const char *text)
{
    for (; *text; text++) {
        if (*text == '|')
            (void)putchar('\\');
        (void)putchar(*text);
    }
}

/* "a,b,c" as "a, b, c", so that the cell can be broken. */
static void put_words(const char *list)
{
    for (; *list; list++)
        (void)printf(*list == ',' ? ", " : "%c", *list);
}

static void put_type(const struct field_row *f)
{
    (void)fputs(type_word(f->type), stdout);
    if (f->type == TYPE_ENUM || f->type == TYPE_SET) {
        (void)fputs(": ", stdout);
        put_words(f->arg);
    } else if (strcmp(f->arg, "*") == 0) {
        (void)fputs(" to anything", stdout);
    } else if (*f->arg) {
        (void)fputs(" to ", stdout);
        put_cell(f->arg);
    }
    if (*f->unit)
        (void)printf(" (%s)", f->unit);
}

static void put_flags(const struct field_row *f)
{
    const char *between = "";

    if (f->flags & FIELD_NEEDED) {
        (void)fputs("needed", stdout);
        between = ", ";
    }
    if (f->flags & FIELD_KEY) {
        (void)printf("%skey", between);
        between = ", ";
    }
    if (f->flags & FIELD_FIXED) {
        (void)printf("%sfixed", between);
        between = ", ";
    }
    if (*f->preset)
        (void)printf("%sdefault %s", between, f->preset);
}

static void put_kind(enum kind kind)
{
    static const char *const places[] = {
        [SCOPE_TEAM] = "belongs to the team",
        [SCOPE_TENDER] = "belongs to a tender",
        [SCOPE_ANY] = "belongs where the object in its `on` belongs",
        [SCOPE_EITHER] = "belongs to a tender, or without one to the team",
    };
    const struct kind_row *row = kind_row(kind);

    (void)printf("### %s\n\n%s (fr: %s). Ids `%s-1`; %s.\n\n", row->word,
        row->help[0], row->help[1], row->prefix, places[row->scope]);
    (void)puts("| field | type | | meaning | fr |\n|---|---|---|---|---|");
    for (size_t i = row->first; i < row->first + row->count; i++) {
        (void)printf("| `%s` | ", fields[i].word);
        put_type(&fields[i]);
        (void)fputs(" | ", stdout);
        put_flags(&fields[i]);
        (void)fputs(" | ", stdout);
        put_cell(fields[i].help[0]);
        (void)fputs(" | ", stdout);
        put_cell(fields[i].help[1]);
        (void)puts(" |");
    }
    (void)puts("");
}

static void put_kinds(void)
{
    (void)puts("## Kinds and fields\n");
    (void)puts(
        "*needed*: `add` without it is refused. *key*: the key fields of an "
        "object are\ntogether unique where it belongs. *fixed*: `set` can not "
        "change it. Every object\nalso has `rev`, `author` and `time`, of its "
        "last change, and its `tender`.\n");
    for (int i = 0; i < KIND_COUNT; i++)
        put_kind((enum kind)i);
}

static void put_types(void)
{
    (void)puts("## Types\n\n| type | what may stand there |\n|---|---|");
    for (int i = 0; i < TYPE_COUNT; i++) {
        (void)printf("| `%s` | ", type_word((enum type)i));
        put_cell(type_allowed((enum type)i));
        (void)puts(" |");
    }
    (void)puts("");
}

static void put_verbs(void)
{
    (void)puts(
        "## Verbs\n\n| verb | least role | values | keys | what it does | "
        "example |\n|---|---|---|---|---|---|");
    for (int i = 0; i < CMD_COUNT; i++) {
        const struct command *c = &commands[i];

        (void)printf(
            "| `%s` | %s | %s | ", c->name, role_word(c->role), c->positional);
        put_cell(c->keys);
        (void)fputs(" | ", stdout);
        put_cell(c->help[0]);
        (void)printf(" | `%s` |\n", c->example);
    }
    (void)puts("");
}

/* A key of all verbs that take it in this sense, and what it is for. */
static void put_key(int verb, const struct argument *key)
{
    bool first = true;

    for (int i = 0; i < CMD_COUNT; i++) {
        struct argument a;

        for (size_t k = 0; command_argument(&commands[i], k, &a); k++) {
            if (a.place || a.help != key->help)
                continue;
            if (first && i < verb)
                return;
            if (first)
                (void)printf("| `%.*s` | ", (int)key->name_len, key->name);
            (void)printf("%s%s", first ? "" : ", ", commands[i].name);
            first = false;
        }
    }
    (void)fputs(" | ", stdout);
    put_cell(key->help[0]);
    (void)fputs(" | ", stdout);
    put_cell(key->help[1]);
    (void)puts(" |");
}

static void put_keys(void)
{
    struct argument a;

    (void)puts("## Keys of verbs\n\n| key | of | English | French "
               "|\n|---|---|---|---|");
    for (int i = 0; i < CMD_COUNT; i++)
        for (size_t k = 0; command_argument(&commands[i], k, &a); k++)
            if (a.place == 0)
                put_key(i, &a);
    (void)puts("");
}

/* A row for each kind; those who added an object themselves stand behind. */
static void put_right(
    enum kind kind, enum role add, enum role set, enum role del, enum role own)
{
    (void)printf("| %s | %s | %s | %s | %s |\n", kind_row(kind)->word,
        role_word(add), role_word(set), role_word(del),
        own == ROLE_NONE ? "" : role_word(own));
}

static void put_rights(void)
{
    (void)puts("## Rights\n\nThe least role for what is done to an object; "
               "[access.md](access.md) says which role\none has where.\n\n"
               "| kind | add | set | del, undo of it | set and del one's own "
               "|\n|---|---|---|---|---|");
#define RIGHT(kind, add, set, del, own)                                        \
    put_right(KIND_##kind, ROLE_##add, ROLE_##set, ROLE_##del, ROLE_##own);
#define RIGHT_FIELD(...)
#define RIGHT_ACT(...)
#include "db/rights.def"
#undef RIGHT
#undef RIGHT_FIELD
    (void)puts("\n| field | set |\n|---|---|");
#define RIGHT(...)
#define RIGHT_FIELD(kind, field, set)                                          \
    (void)printf("| %s %s | %s |\n", kind_row(KIND_##kind)->word,              \
        fields[FIELD_##kind##_##field].word, role_word(ROLE_##set));
#include "db/rights.def"
#undef RIGHT
#undef RIGHT_FIELD
#undef RIGHT_ACT
    (void)puts("");
}

static void put_errors(void)
{
    (void)puts("## Errors\n\n| word | exit status of the client | sentence |\n"
               "|---|---|---|");
    for (int i = ERR_OK + 1; i < ERR_COUNT; i++)
        (void)printf("| `%s` | %d | %s |\n", err_word((enum err)i),
            err_status((enum err)i), err_text((enum err)i, 0));
    (void)puts("");
}

static void put_limits(void)
{
    (void)puts("## Limits\n\nEach is an option of `diptychd serve`, within its "
               "range; `describe limits` says what is\nin force. What is live "
               "can be changed while the server runs.\n\n"
               "| limit | default | range | per | live | of what |\n"
               "|---|---|---|---|---|---|");
    for (size_t i = 0; i < LIMIT_COUNT; i++)
        (void)printf("| `%s` | %zu | %zu..%zu | %s | %s | %s |\n",
            limits[i].word, limits[i].preset, limits[i].low, limits[i].high,
            limits[i].scope, limits[i].live ? "yes" : "no", limits[i].help[0]);
}

static void put_settings(void)
{
    static const struct {
        const char *word, *argument, *preset, *when, *help;
    } rows[] = {
#define SETTING(id, letter, word, type, argument, preset, when, help)          \
    {word, argument, preset, #when, help},
#include "server/admin/options.def"
#undef SETTING
    };

    (void)puts("\n## Settings of the server\n\nAs options, `--word VALUE`, or "
               "as lines `word = value` of a file; so are the\nlimits above. "
               "`diptychd config` shows those in force.\n\n"
               "| setting | value | default | live | what |\n"
               "|---|---|---|---|---|");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        (void)printf("| `%s` | ", rows[i].word);
        put_cell(rows[i].argument);
        (void)printf(" | %s | %s | ", rows[i].preset,
            strcmp(rows[i].when, "LIVE") == 0 ? "yes" : "no");
        put_cell(rows[i].help);
        (void)puts(" |");
    }
}

static void put_events(void)
{
    static const struct {
        const char *word, *level, *keys, *meaning;
    } rows[] = {
#define LOG(id, word, level, keys, meaning) {word, #level, keys, meaning},
#include "server/log.def"
#undef LOG
    };

    (void)puts("\n## Events of the log\n\n| what= | level | keys | meaning |\n"
               "|---|---|---|---|");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        (void)printf("| `%s` | ", rows[i].word);
        for (const char *p = rows[i].level; *p; p++)
            (void)putchar(tolower((unsigned char)*p));
        (void)printf(" | %s | %s |\n", rows[i].keys, rows[i].meaning);
    }
}

static void put_formulas(void)
{
    static const struct {
        const char *id, *en, *fr, *source, *unit, *where;
    } rows[] = {
#define FORMULA(id, en, fr, source, unit, where)                               \
    {#id, en, fr, source, unit, where},
#include "value/formulas.def"
#undef FORMULA
    };

    (void)puts("## Formulas\n\nWhat is computed; docs/value.md explains it.\n");
    (void)puts("| | formula | formule | source | gives | where |\n"
               "|---|---|---|---|---|---|");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *const cells[] = {rows[i].id, rows[i].en, rows[i].fr,
            rows[i].source, rows[i].unit, rows[i].where};
        for (size_t k = 0; k < sizeof cells / sizeof *cells; k++) {
            (void)fputs(k ? " | " : "| ", stdout);
            put_cell(cells[k]);
        }
        (void)puts(" |");
    }
    (void)puts("");
}

int main(void)
{
    (void)puts("# Reference\n");
    (void)puts("Printed by `make docs` from the tables in `protocol/`; a test "
               "fails when this page\nis not what they say. A running server "
               "says the same: `describe`, `help`.\n");
    put_verbs();
    put_keys();
    put_errors();
    put_types();
    put_kinds();
    put_rights();
    put_limits();
    put_settings();
    put_events();
    put_formulas();
    return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
