/* SPDX-License-Identifier: Apache-2.0
 *
 * check_request.c - one request against the tables.
 */
#include "client/edit/check_request.h"

#include "protocol/base_mem.h"
#include "protocol/command.h"
#include "protocol/datum.h"
#include "protocol/err.h"
#include "protocol/limit.h"
#include "protocol/types.h"
#include "protocol/words.h"

#include <stdlib.h>
#include <string.h>

/* A request cut into what the tables speak of. */
struct checking {
    struct check_known *known;
    enum language language;
    struct check_fault *fault;
    struct words words;
    size_t keyed; /* the word behind the verb */
    enum command_id id;
    const struct command *command;
    const char *args[2]; /* the first positional values, "" for none */
    size_t args_n;
    enum kind kind; /* that the fields are of; KIND_NONE: not known */
};

static bool wrong(struct checking *c, const char *sentence, const char *field,
    const char *got, const char *allowed)
{
    *c->fault = (struct check_fault){
        mem_text(field), mem_text(got), mem_text(allowed), sentence};
    return false;
}

static bool wrong_value(
    struct checking *c, const char *field, const char *got, const char *allowed)
{
    return wrong(c, err_text(ERR_ARG, (int)c->language), field, got, allowed);
}

static bool wrong_key(
    struct checking *c, const struct word *w, const char *allowed)
{
    return wrong(
        c, text_of(TEXT_FIELD_UNKNOWN, c->language), w->key, w->value, allowed);
}

static bool wrong_syntax(struct checking *c, enum text_id id, size_t column)
{
    struct text at = {0};

    text_printf(&at, "%zu", column);
    (void)wrong(c, text_of(id, c->language), column ? "column" : NULL,
        column ? at.bytes : NULL, NULL);
    text_fini(&at);
    return false;
}

/* Names. */

static void forget_names(struct check_known *known, bool all)
{
    size_t kept = 0;

    for (size_t i = 0; i < known->n; i++) {
        if (all || known->list[i].word[0] == '$')
            free(known->list[i].word);
        else
            known->list[kept++] = known->list[i];
    }
    known->n = kept;
}

void check_known_fini(struct check_known *known)
{
    forget_names(known, true);
    free(known->list);
    *known = (struct check_known){0};
}

static void know(struct check_known *known, const char *word, enum kind kind)
{
    if (word == NULL)
        return;
    known->list =
        mem_grow(known->list, &known->room, known->n + 1, sizeof *known->list);
    known->list[known->n++] = (struct check_name){mem_text(word), kind};
}

/* The kind of what an id, a code or a name stands for.  Of one code there can
 * be several kinds: then it says nothing. */
static enum kind kind_of(const struct check_known *known, const char *word)
{
    enum kind kind = KIND_NONE;
    uint64_t number;

    if (id_read(word, &kind, &number) == ERR_OK)
        return kind;
    for (size_t i = 0; i < known->n; i++) {
        if (strcmp(known->list[i].word, word) != 0)
            continue;
        if (kind != KIND_NONE && kind != known->list[i].kind)
            return KIND_NONE;
        kind = known->list[i].kind;
    }
    return kind;
}

static bool check_name(struct checking *c, const char *field, const char *word)
{
    if (word[0] != '$' || kind_of(c->known, word) != KIND_NONE)
        return true;
    return wrong_value(c, field, word, "a name of this batch");
}

/* Fields. */

static bool wrong_field(struct checking *c, const struct word *w)
{
    struct text allowed = {0};
    const struct kind_row *row = kind_row(c->kind);

    for (size_t i = 0; i < row->count; i++)
        text_printf(
            &allowed, "%s%s", i ? "," : "", fields[row->first + i].word);
    (void)wrong_key(c, w, allowed.bytes);
    text_fini(&allowed);
    return false;
}

/* Without a kind a key is right when some kind has it. */
static bool is_some_field(const char *key)
{
    for (int i = 0; i < KIND_COUNT; i++)
        if (field_find((enum kind)i, key) != FIELD_COUNT)
            return true;
    return builtin_find(key) != BUILTIN_COUNT;
}

static bool is_among(const char *words, const char *word, char between)
{
    size_t len = strlen(word);

    for (const char *p = words; *p;) {
        size_t n = strcspn(p, between == ',' ? "," : " ");

        if (n == len && strncmp(p, word, n) == 0)
            return true;
        p += n + (p[n] != '\0');
    }
    return false;
}

static bool is_set(enum type type)
{
    return type == TYPE_SET || type == TYPE_REFSET || type == TYPE_MEMBERS;
}

static bool check_field(struct checking *c, const struct word *w)
{
    size_t field = field_find(c->kind, w->key);
    struct datum value = {0};
    struct datum_fault why = {0};

    if (field == FIELD_COUNT)
        return wrong_field(c, w);
    bool sets = is_set(fields[field].type);
    bool grows = c->id == CMD_SET && sets;
    if (w->op != OP_EQ && !(grows && (w->op == OP_PLUS || w->op == OP_MINUS)))
        return wrong_value(c, w->key, op_word(w->op), grows ? "= += -=" : "=");
    if (c->id == CMD_SET && (fields[field].flags & FIELD_FIXED) != 0)
        return wrong_value(
            c, w->key, w->value, "nothing: the field can not be changed");
    if (*w->value == '\0')
        return true;
    if (datum_read(field, w->value, &value, &why) != ERR_OK)
        return wrong_value(c, w->key, w->value, why.allowed);
    datum_fini(&value);
    bool refers = fields[field].type == TYPE_REF;
    return !refers || check_name(c, w->key, w->value);
}

static bool check_condition(struct checking *c, const struct word *w)
{
    size_t field = field_find(c->kind, w->key);
    size_t builtin = builtin_find(w->key);

    if (field == FIELD_COUNT && builtin == BUILTIN_COUNT)
        return wrong_field(c, w);
    const char *operators = field != FIELD_COUNT
                                ? type_operators(fields[field].type)
                                : builtins[builtin].operators;
    if (!is_among(operators, op_word(w->op), ' '))
        return wrong_value(c, w->key, op_word(w->op), operators);
    return true;
}

/* Keys of the verb's own row. */
static bool check_key(
    struct checking *c, const struct word *w, const char *type, size_t len)
{
    const struct argument_row *row = argument_find(type, len);

    if (w->op != OP_EQ)
        return wrong_value(c, w->key, op_word(w->op), "=");
    if (row && *row->values && !is_among(row->values, w->value, ','))
        return wrong_value(c, w->key, w->value, row->values);
    bool number = row && strcmp(row->word, "int") == 0;
    if (number &&
        (*w->value == '\0' || w->value[strspn(w->value, "0123456789")] != '\0'))
        return wrong_value(c, w->key, w->value, "a whole number");
    return true;
}

static bool check_word(struct checking *c, const struct word *w)
{
    size_t len;
    const char *type = command_key(c->command, w->key, &len);
    bool takes_fields = command_takes(c->command, "fields");
    bool open = takes_fields || command_takes(c->command, "conditions");

    if (type)
        return check_key(c, w, type, len);
    if (!open)
        return wrong_key(
            c, w, *c->command->keys ? c->command->keys : "no keys");
    if (c->kind == KIND_NONE)
        return is_some_field(w->key) ||
               wrong_key(c, w, "a field of the object");
    return takes_fields ? check_field(c, w) : check_condition(c, w);
}

static bool is_repeated(const struct checking *c, size_t at)
{
    const struct word *list = c->words.list;
    size_t len = 0;
    const char *type = command_key(c->command, list[at].key, &len);

    /* Conditions must all hold, and what is computed with can be much. */
    if (command_takes(c->command, "conditions") ||
        (type && len == 4 && strncmp(type, "with", len) == 0))
        return false;
    for (size_t i = c->keyed; i < at; i++)
        if (list[i].key && strcmp(list[i].key, list[at].key) == 0)
            return true;
    return false;
}

static bool check_words(struct checking *c)
{
    for (size_t i = c->keyed; i < c->words.n; i++) {
        const struct word *w = &c->words.list[i];

        if (w->key == NULL)
            continue;
        if (is_repeated(c, i))
            return wrong_syntax(c, TEXT_SYNTAX_TWICE, 0);
        if (!check_word(c, w))
            return false;
    }
    return true;
}

/* What an object can not be without, of which no value is preset. */
static bool check_needed(struct checking *c)
{
    const struct kind_row *row = kind_row(c->kind);

    for (size_t i = row->first; i < row->first + row->count; i++) {
        bool needed = (fields[i].flags & FIELD_NEEDED) != 0;

        if (needed && *fields[i].preset == '\0' &&
            words_get(&c->words, fields[i].word) == NULL)
            return wrong(c, text_of(TEXT_VALUES_FEW, c->language),
                fields[i].word, "", fields[i].help[c->language]);
    }
    return true;
}

/* Positional values. */

static bool wrong_kind(struct checking *c)
{
    struct text allowed = {0};

    for (int i = 0; i < KIND_COUNT; i++)
        text_printf(
            &allowed, "%s%s", i ? "," : "", kind_row((enum kind)i)->word);
    (void)wrong_value(c, "kind", c->args[0], allowed.bytes);
    text_fini(&allowed);
    return false;
}

static bool check_values(struct checking *c)
{
    struct argument argument;
    size_t least, most;

    command_arity(c->command, &least, &most);
    if (c->args_n < least || c->args_n > most)
        return wrong(c,
            text_of(c->args_n < least ? TEXT_VALUES_FEW : TEXT_VALUES_MANY,
                c->language),
            "values", NULL, c->command->positional);
    for (size_t i = 0; command_argument(c->command, i, &argument); i++) {
        size_t at = argument.place - 1;

        if (argument.place == 0 || at >= c->args_n || at > 1)
            continue;
        const char *values = argument.type ? argument.type->values : "";
        if (*values && !is_among(values, c->args[at], ','))
            return wrong_value(
                c, argument.type->word, c->args[at], argument.type->values);
    }
    return true;
}

/* The kind that the fields are of. */
static bool find_kind(struct checking *c)
{
    c->kind = KIND_NONE;
    if (c->id == CMD_ADD || c->id == CMD_LIST) {
        c->kind = kind_find(c->args[0]);
        return c->kind != KIND_NONE || wrong_kind(c);
    }
    if (c->id == CMD_NOTE)
        c->kind = KIND_NOTE;
    else if (c->id == CMD_SET)
        c->kind = kind_of(c->known, c->args[0]);
    bool names = c->id == CMD_SET || c->id == CMD_DEL || c->id == CMD_NOTE;
    return !names || check_name(c, "id", c->args[0]);
}

static bool find_verb(struct checking *c, size_t at)
{
    const struct word *verb = &c->words.list[at];

    if (verb->key || verb->quoted)
        return wrong_syntax(c, TEXT_SYNTAX_VERB, 1);
    c->id = command_find(verb->value);
    if (c->id == CMD_COUNT)
        return wrong(c, text_of(TEXT_VERB_UNKNOWN, c->language), "verb",
            verb->value, command_near(verb->value));
    c->command = &commands[c->id];
    c->keyed = at + 1;
    for (size_t i = c->keyed; i < c->words.n; i++) {
        if (c->words.list[i].key)
            continue;
        if (c->args_n < 2)
            c->args[c->args_n] = c->words.list[i].value;
        c->args_n++;
    }
    return true;
}

static void make_known(struct checking *c)
{
    if (c->id == CMD_ADD) {
        know(c->known, words_get(&c->words, "as"), c->kind);
        know(c->known, words_get(&c->words, "code"), c->kind);
    } else if (c->id == CMD_NOTE) {
        know(c->known, words_get(&c->words, "as"), c->kind);
    } else if (c->id == CMD_COMMIT || c->id == CMD_ABORT) {
        forget_names(c->known, false);
    }
}

static bool is_silent(const struct unit *unit)
{
    const char *line = text_peek(&unit->line);
    size_t blanks = strspn(line, " \t");

    return !unit->has_body && (blanks == unit->line.len || line[blanks] == '#');
}

static bool judge(struct checking *c)
{
    size_t verb = c->words.list[0].value[0] == '@' && !c->words.list[0].key;

    if (verb == c->words.n)
        return wrong_syntax(c, TEXT_SYNTAX_TAG, 0);
    bool right = find_verb(c, verb) && check_values(c) && find_kind(c) &&
                 check_words(c) && (c->id != CMD_ADD || check_needed(c));
    if (right)
        make_known(c);
    return right;
}

bool check_request(struct check_known *known, const struct unit *unit,
    enum language language, struct check_fault *fault)
{
    struct checking c = {
        .known = known, .language = language, .fault = fault, .args = {"", ""}};
    struct words_fault where = {0};

    if (is_silent(unit))
        return true;
    enum err err = words_read(text_peek(&unit->line), unit->line.len,
        unit->has_body ? text_peek(&unit->body) : NULL, LIMIT_WORDS, &c.words,
        &where);
    if (err == ERR_LIMIT)
        return wrong(
            &c, err_text(ERR_LIMIT, (int)language), "words", "more", "128");
    if (err != ERR_OK)
        return wrong_syntax(&c, (enum text_id)where.what, where.column);
    bool right = c.words.n == 0 || judge(&c);
    words_free(&c.words);
    return right;
}

void check_fault_fini(struct check_fault *fault)
{
    free(fault->field);
    free(fault->got);
    free(fault->allowed);
    *fault = (struct check_fault){0};
}
