/* SPDX-License-Identifier: Apache-2.0
 *
 * vocabulary.c - rows of describe, received or made of our own tables.
 */
#include "client/prompt/vocabulary.h"

#include "protocol/command.h"
#include "protocol/kind.h"
#include "protocol/reply.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* The verbs of the client, and what stands behind each. */
static const struct {
    const char *word, *arguments, *help[2];
} locals[] = {
#define LOCAL(id, word, function, arguments, en, fr)                           \
    {word, arguments, {en, fr}},
#include "client/prompt/locals.def"
#undef LOCAL
};

static void add_lines(struct rows *rows, const char *lines)
{
    struct text line = {0};

    while (*lines) {
        size_t len = strcspn(lines, "\n");

        text_fini(&line);
        text_add(&line, lines, len);
        if (len)
            rows_add(rows, text_peek(&line));
        lines += len + (lines[len] != '\0');
    }
    text_fini(&line);
}

/* "[TENDER] [lot=LOT]" begins with a tender, "ID|KIND" with either. */
static const struct argument_row *find_type(const char *arguments)
{
    char word[16] = "";
    size_t n = 0;

    if (strstr(arguments, "|KIND"))
        return argument_find("target", 6);
    arguments += *arguments == '[';
    while (n + 1 < sizeof word && isupper((unsigned char)arguments[n])) {
        word[n] = (char)tolower((unsigned char)arguments[n]);
        n++;
    }
    return argument_find(word, n);
}

static void add_local(struct reply *r, const char *word, const char *arguments,
    const char *help, enum language language)
{
    const struct argument_row *type = find_type(arguments);

    reply_data(r, "verb", NULL);
    reply_word(r, "name", word);
    reply_word(r, "help", help);
    reply_end(r);
    if (type == NULL)
        return;
    reply_data(r, "argument", NULL);
    reply_word(r, "verb", word);
    reply_word(r, "name", type->word);
    reply_word(r, "place", "1");
    reply_word(r, "type", type->word);
    reply_word(r, "help", type->help[language]);
    reply_end(r);
}

static void add_locals(struct vocabulary *v, enum language language)
{
    struct text lines = {0};
    struct reply r = {.to = &lines};

    for (size_t i = 0; i < sizeof locals / sizeof *locals; i++)
        if (vocabulary_find(v, "verb", locals[i].word) == NULL)
            add_local(&r, locals[i].word, locals[i].arguments,
                locals[i].help[language], language);
    add_lines(&v->rows, text_peek(&lines));
    text_fini(&lines);
}

static void preset_verb(
    struct reply *r, const struct command *command, enum language language)
{
    struct argument a;

    reply_data(r, "verb", NULL);
    reply_word(r, "name", command->name);
    if (command_takes(command, "fields"))
        reply_word(r, "takes", "fields");
    if (command_takes(command, "conditions"))
        reply_word(r, "takes", "conditions");
    reply_word(r, "help", command->help[language]);
    reply_end(r);
    for (size_t i = 0; command_argument(command, i, &a); i++) {
        struct text name = {0};

        text_add(&name, a.name, a.name_len);
        reply_data(r, "argument", NULL);
        reply_word(r, "verb", command->name);
        reply_word(r, "name", text_peek(&name));
        if (a.place)
            reply_int(r, "place", (int64_t)a.place);
        if (a.many)
            reply_yes(r, "many", true);
        reply_word(r, "type", a.type->word);
        reply_word(r, "values", a.type->values);
        reply_word(r, "help", a.help[language]);
        reply_end(r);
        text_fini(&name);
    }
}

static void preset_field(
    struct reply *r, const struct field_row *field, enum language language)
{
    bool choice = field->type == TYPE_ENUM || field->type == TYPE_SET;

    reply_data(r, "field", NULL);
    reply_word(r, "of", kind_row(field->kind)->word);
    reply_word(r, "name", field->word);
    reply_word(r, "type", type_word(field->type));
    reply_word(r, choice ? "values" : "to", field->arg);
    if (field->flags & FIELD_NEEDED)
        reply_yes(r, "needed", true);
    if (field->flags & FIELD_FIXED)
        reply_yes(r, "fixed", true);
    if (field->flags & FIELD_CODE)
        reply_yes(r, "code", true);
    reply_word(r, "help", field->help[language]);
    reply_end(r);
}

static void preset_kinds(struct reply *r, enum language language)
{
    for (int i = 0; i < KIND_COUNT; i++) {
        const struct kind_row *row = kind_row((enum kind)i);

        reply_data(r, "kind", NULL);
        reply_word(r, "name", row->word);
        reply_word(r, "prefix", row->prefix);
        reply_word(r, "parent", scope_word(row->scope));
        reply_word(r, "help", row->help[language]);
        reply_end(r);
    }
    for (size_t i = 0; i < FIELD_COUNT; i++)
        preset_field(r, &fields[i], language);
}

void vocabulary_preset(struct vocabulary *got, enum language language)
{
    struct text lines = {0};
    struct reply r = {.to = &lines};

    *got = (struct vocabulary){0};
    for (int i = 0; i < CMD_COUNT; i++)
        preset_verb(&r, &commands[i], language);
    preset_kinds(&r, language);
    for (int i = 0; i < TYPE_COUNT; i++) {
        reply_data(&r, "type", NULL);
        reply_word(&r, "name", type_word((enum type)i));
        reply_word(&r, "allowed", type_allowed((enum type)i));
        reply_end(&r);
    }
    for (int i = 0; i < BUILTIN_COUNT; i++) {
        reply_data(&r, "builtin", NULL);
        reply_word(&r, "name", builtins[i].word);
        reply_word(&r, "type", type_word(builtins[i].type));
        reply_word(&r, "help", builtins[i].help[language]);
        reply_end(&r);
    }
    add_lines(&got->rows, text_peek(&lines));
    text_fini(&lines);
    add_locals(got, language);
}

bool vocabulary_read(
    const char *lines, enum language language, struct vocabulary *got)
{
    struct vocabulary made = {0};
    bool verbs = false;

    add_lines(&made.rows, lines);
    for (size_t i = 0; i < made.rows.n; i++)
        verbs = verbs || row_is(&made.rows.list[i], "verb");
    if (!verbs) {
        vocabulary_fini(&made);
        return false;
    }
    add_locals(&made, language);
    *got = made;
    return true;
}

const struct row *vocabulary_find(
    const struct vocabulary *vocabulary, const char *kind, const char *name)
{
    for (size_t i = 0; i < vocabulary->rows.n; i++) {
        const struct row *row = &vocabulary->rows.list[i];

        if (row_is(row, kind) && row_has(row, "name", name))
            return row;
    }
    return NULL;
}

static const struct row *find_of(const struct vocabulary *v, const char *kind,
    const char *key, const char *owner, const char *name)
{
    for (size_t i = 0; owner && i < v->rows.n; i++) {
        const struct row *row = &v->rows.list[i];

        if (row_is(row, kind) && row_has(row, key, owner) &&
            row_has(row, "name", name))
            return row;
    }
    return NULL;
}

const struct row *vocabulary_field(
    const struct vocabulary *vocabulary, const char *kind, const char *name)
{
    const struct row *row = find_of(vocabulary, "field", "of", kind, name);

    return row ? row : vocabulary_find(vocabulary, "builtin", name);
}

const struct row *vocabulary_key(
    const struct vocabulary *vocabulary, const char *verb, const char *name)
{
    const struct row *row = find_of(vocabulary, "argument", "verb", verb, name);

    return row && row_get(row, "place") == NULL ? row : NULL;
}

const struct row *vocabulary_value(
    const struct vocabulary *vocabulary, const char *verb, size_t place)
{
    for (size_t i = 0; i < vocabulary->rows.n; i++) {
        const struct row *row = &vocabulary->rows.list[i];
        const char *at = row_get(row, "place");

        if (!row_is(row, "argument") || at == NULL ||
            !row_has(row, "verb", verb))
            continue;
        size_t number = strtoul(at, NULL, 10);
        if (number == place || (number < place && row_has(row, "many", "yes")))
            return row;
    }
    return NULL;
}

const char *vocabulary_kind_of(
    const struct vocabulary *vocabulary, const char *word)
{
    const char *dash = strchr(word, '-');
    size_t len = dash ? (size_t)(dash - word) : 0;

    for (size_t i = 0; len && i < vocabulary->rows.n; i++) {
        const struct row *row = &vocabulary->rows.list[i];
        const char *prefix =
            row_is(row, "kind") ? row_get(row, "prefix") : NULL;

        if (prefix && strlen(prefix) == len && strncmp(prefix, word, len) == 0)
            return row_get(row, "name");
    }
    return NULL;
}

void vocabulary_fini(struct vocabulary *vocabulary)
{
    rows_fini(&vocabulary->rows);
}
