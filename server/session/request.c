/* SPDX-License-Identifier: Apache-2.0
 *
 * request.c - a unit becomes a request: words, verb, right, arity, keys.
 */
#include "server/session/inside.h"

#include "protocol/base_mem.h"
#include "protocol/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_tag(const char *word)
{
    size_t len = strlen(word);

    return word[0] == '@' && len >= 2 && len <= 33 &&
           strspn(word + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvw"
                            "xyz0123456789_.-") == len - 1;
}

/* A tag is given back even when the rest of the line can not be read. */
static void take_tag(const struct unit *unit, struct request *q)
{
    const char *line = unit->line.bytes + strspn(unit->line.bytes, " \t");
    size_t len = strcspn(line, " \t");
    bool whole = line[len] || line + len == unit->line.bytes + unit->line.len;
    char *word = mem_copy(line, len);

    if (whole && is_tag(word))
        q->tag = word;
    else
        free(word);
}

static enum err fail_syntax(struct fault *fault, enum language language,
    enum text_id what, size_t column)
{
    char at[24];

    (void)snprintf(at, sizeof at, "%zu", column);
    fault_set(fault, ERR_SYNTAX, NULL, NULL, NULL);
    fault->note = mem_text(text_of(what, language));
    if (column) {
        fault->field = mem_text("column");
        fault->got = mem_text(at);
    }
    return ERR_SYNTAX;
}

static enum err check_body(
    struct session *s, const struct unit *unit, struct fault *fault)
{
    if (!unit->has_body)
        return ERR_OK;
    if (unit->body_over) {
        char most[24];

        (void)snprintf(most, sizeof most, "%zu", s->lines.body_most);
        return fault_set(fault, ERR_LIMIT, "heredoc", "more bytes", most);
    }
    if (utf8_fault(text_peek(&unit->body), unit->body.len, true) <
        unit->body.len)
        return fail_syntax(fault, s->language, TEXT_SYNTAX_HEREDOC, 0);
    return ERR_OK;
}

static enum err read_words(struct session *s, const struct unit *unit,
    struct request *q, struct fault *fault)
{
    struct words_fault where = {0};
    enum err err = check_body(s, unit, fault);

    if (err != ERR_OK)
        return err;
    size_t most = LIMIT_NOW(WORDS);
    err = words_read(unit->line.bytes, unit->line.len,
        unit->has_body ? text_peek(&unit->body) : NULL, most, &q->words,
        &where);
    /* Reading ends with the first word that is too many. */
    limit_met(LIMIT_ROW_WORDS, err == ERR_LIMIT ? most + 1 : q->words.n, most);
    if (err == ERR_LIMIT)
        return fault_limit(fault, "words", LIMIT_ROW_WORDS);
    if (err != ERR_OK)
        return fail_syntax(
            fault, s->language, (enum text_id)where.what, where.column);
    return ERR_OK;
}

static enum err find_verb(
    struct request *q, size_t at, enum language language, struct fault *fault)
{
    const struct word *verb = &q->words.list[at];

    if (verb->key || verb->quoted)
        return fail_syntax(fault, language, TEXT_SYNTAX_VERB, 1);
    q->id = command_find(verb->value);
    if (q->id == CMD_COUNT) {
        const char *near = command_near(verb->value);

        fault_set(fault, ERR_VERB, NULL, verb->value, NULL);
        fault->note = mem_text(text_of(TEXT_VERB_UNKNOWN, language));
        if (near)
            fault->allowed = mem_text(near);
        return ERR_VERB;
    }
    q->command = &commands[q->id];
    return ERR_OK;
}

static enum err check_right(
    const struct session *s, const struct request *q, struct fault *fault)
{
    if (q->command->role == ROLE_NONE)
        return ERR_OK;
    if (s->user.id == 0) {
        fault_set(fault, ERR_AUTH, NULL, NULL, NULL);
        fault->note = mem_text(text_of(TEXT_LOGIN_NEEDED, s->language));
        return ERR_AUTH;
    }
    /* What may be done to an object depends on its tender, too. */
    bool change = q->command->class == COMMAND_CHANGE;
    if (s->user.role < (change ? ROLE_READER : q->command->role))
        return fault_set(fault, ERR_DENIED, "role", role_word(s->user.role),
            role_word(q->command->role));
    return ERR_OK;
}

/* A part of a password must not be shown back. */
static bool holds_secret(const struct request *q)
{
    return q->id == CMD_LOGIN || q->id == CMD_AUTH;
}

/* Positional values and keys may stand in any order. */
static enum err sort_words(
    struct request *q, enum language language, struct fault *fault)
{
    size_t least, most;

    q->args = mem_new((q->words.n + 1) * sizeof *q->args);
    for (size_t i = q->keyed; i < q->words.n; i++)
        if (q->words.list[i].key == NULL)
            q->args[q->args_n++] = q->words.list[i].value;
    command_arity(q->command, &least, &most);
    if (q->args_n >= least && q->args_n <= most)
        return ERR_OK;
    bool few = q->args_n < least;
    fault_set(fault, ERR_ARG, "values",
        few               ? "too few"
        : holds_secret(q) ? "too many"
                          : q->args[most],
        *q->command->positional ? q->command->positional : "none");
    fault->note =
        mem_text(text_of(few ? TEXT_VALUES_FEW : TEXT_VALUES_MANY, language));
    return ERR_ARG;
}

static bool is_repeated(const struct request *q, size_t at)
{
    for (size_t i = q->keyed; i < at; i++)
        if (q->words.list[i].key &&
            strcmp(q->words.list[i].key, q->words.list[at].key) == 0)
            return true;
    return false;
}

static enum err refuse_key(
    const struct request *q, const struct word *w, struct fault *fault)
{
    const char *keys = q->command->keys;

    fault_unknown(fault, w->key, w->value, keys, w->key);
    return *keys ? ERR_ARG
                 : fault_set(fault, ERR_ARG, w->key, w->value, "no keys");
}

/* Keys of the row must be written with "="; all others are for the handler,
 * when the verb takes fields or conditions. */
static enum err check_keys(
    const struct request *q, enum language language, struct fault *fault)
{
    bool open = command_takes(q->command, "fields") ||
                command_takes(q->command, "conditions");
    bool repeats = command_takes(q->command, "conditions");

    for (size_t i = q->keyed; i < q->words.n; i++) {
        const struct word *w = &q->words.list[i];
        size_t len;

        if (w->key == NULL)
            continue;
        const char *type = command_key(q->command, w->key, &len);
        if (type == NULL && strcmp(w->key, "with") != 0 && open) {
            if (!repeats && is_repeated(q, i))
                return fail_syntax(fault, language, TEXT_SYNTAX_TWICE, 0);
            continue;
        }
        if (type == NULL)
            return refuse_key(q, w, fault);
        if (w->op != OP_EQ)
            return fault_set(fault, ERR_ARG, w->key, op_word(w->op), "=");
        bool lists = len == 4 && strncmp(type, "with", len) == 0;
        if (is_repeated(q, i) && !lists)
            return fail_syntax(fault, language, TEXT_SYNTAX_TWICE, 0);
    }
    return ERR_OK;
}

/* Without if=, which says when a change may be made and not which: over another
 * link "seen" has to be sent as the revision that it stood for. */
static char *copy_text(const struct unit *unit, const struct words *words)
{
    struct text whole = {0};
    size_t from = 0;

    for (size_t i = 0; i < words->n; i++) {
        const struct word *word = &words->list[i];

        if (word->key == NULL || strcmp(word->key, "if") != 0)
            continue;
        text_add(&whole, unit->line.bytes + from, word->from - from);
        from = word->to;
    }
    text_add(&whole, unit->line.bytes + from, unit->line.len - from);
    if (unit->has_body) {
        text_putc(&whole, '\n');
        text_puts(&whole, text_peek(&unit->body));
    }
    return text_take(&whole);
}

enum err request_read(struct session *s, const struct unit *unit,
    struct request *q, struct fault *fault)
{
    *q = (struct request){.id = CMD_COUNT};
    take_tag(unit, q);
    enum err err = read_words(s, unit, q, fault);
    if (err != ERR_OK)
        return err;
    size_t at = q->tag ? 1 : 0;
    if (at == q->words.n)
        return fail_syntax(fault, s->language, TEXT_SYNTAX_TAG, 0);
    q->keyed = at + 1;
    q->text = copy_text(unit, &q->words);
    err = find_verb(q, at, s->language, fault);
    if (err == ERR_OK)
        err = check_right(s, q, fault);
    if (err == ERR_OK)
        err = sort_words(q, s->language, fault);
    if (err == ERR_OK)
        err = check_keys(q, s->language, fault);
    return err;
}

void request_fini(struct request *q)
{
    words_free(&q->words);
    free(q->tag);
    free(q->args);
    free(q->text);
    *q = (struct request){0};
}

const char *request_key(const struct request *q, const char *key)
{
    for (size_t i = q->keyed; i < q->words.n; i++)
        if (q->words.list[i].key && q->words.list[i].op == OP_EQ &&
            strcmp(q->words.list[i].key, key) == 0)
            return q->words.list[i].value;
    return NULL;
}

enum err request_int(const struct request *q, const char *key, uint64_t preset,
    uint64_t *got, struct fault *fault)
{
    const char *word = request_key(q, key);
    size_t digits = word ? strspn(word, "0123456789") : 0;

    if (word == NULL) {
        *got = preset;
        return ERR_OK;
    }
    if (digits == 0 || digits > 15 || word[digits])
        return fault_set(fault, ERR_ARG, key, word, "a whole number");
    *got = strtoull(word, NULL, 10);
    return ERR_OK;
}
