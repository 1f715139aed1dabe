/* SPDX-License-Identifier: Apache-2.0
 *
 * words.c - the lexer and its inverse.
 */
#include "protocol/words.h"

#include "protocol/base_mem.h"
#include "protocol/texts.h"
#include "protocol/utf8.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Longer operators first, so that "<=" is not read as "<". */
static const struct {
    const char *word;
    enum op op;
} ops[] = {
    {"!=", OP_NE},
    {"<=", OP_LE},
    {">=", OP_GE},
    {"+=", OP_PLUS},
    {"-=", OP_MINUS},
    {"=", OP_EQ},
    {"<", OP_LT},
    {">", OP_GT},
    {"~", OP_LIKE},
};

const char *op_word(enum op op)
{
    for (size_t i = 0; i < sizeof ops / sizeof *ops; i++)
        if (ops[i].op == op)
            return ops[i].word;
    return "";
}

struct lexer {
    const char *at, *end, *start;
    char *to; /* where the next value is stored */
    struct words_fault *fault;
};

static enum err refuse(struct lexer *x, enum text_id what)
{
    x->fault->column = (size_t)(x->at - x->start) + 1;
    x->fault->what = (int)what;
    return ERR_SYNTAX;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_key_char(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '.' || c == '-';
}

/* The operator at p, and its length; OP_NONE and 0 when there is none. */
static enum op find_op(const char *p, const char *end, size_t *len)
{
    for (size_t i = 0; i < sizeof ops / sizeof *ops; i++) {
        size_t n = strlen(ops[i].word);

        if ((size_t)(end - p) >= n && memcmp(p, ops[i].word, n) == 0) {
            *len = n;
            return ops[i].op;
        }
    }
    *len = 0;
    return OP_NONE;
}

/* A key and operator at the lexer's place, when there is one.  A key does
 * not end in "-", so "a-=1" takes one off. */
static void take_key(struct lexer *x, struct word *w)
{
    const char *p = x->at;
    size_t len;

    if (p == x->end || !(isalpha((unsigned char)*p) || *p == '$'))
        return;
    for (p++; p < x->end && is_key_char(*p); p++)
        ;
    if (p[-1] == '-')
        p--;
    enum op op = find_op(p, x->end, &len);
    if (op == OP_NONE || p - x->at > 64)
        return;
    w->key = x->to;
    w->op = op;
    memcpy(x->to, x->at, (size_t)(p - x->at));
    x->to += p - x->at;
    *x->to++ = '\0';
    x->at = p + len;
}

/* \u{HEX}: only characters that may stand raw, so that no escape makes
 * what the wire forbids. */
static enum err take_code_point(struct lexer *x)
{
    uint32_t point = 0;
    int digits = 0;
    char bytes[4];

    for (x->at += 2; x->at < x->end && isxdigit((unsigned char)*x->at);
         x->at++) {
        char c = (char)tolower((unsigned char)*x->at);

        if (++digits > 6)
            return refuse(x, TEXT_SYNTAX_ESCAPE_LONG);
        point = point * 16 + (uint32_t)(c <= '9' ? c - '0' : c - 'a' + 10);
    }
    if (digits == 0 || x->at == x->end || *x->at != '}')
        return refuse(x, TEXT_SYNTAX_ESCAPE_HEX);
    if (point > 0x10ffff || (point >= 0xd800 && point < 0xe000))
        return refuse(x, TEXT_SYNTAX_ESCAPE_NONE);
    size_t n = utf8_put(point, bytes);
    if (utf8_fault(bytes, n, false) < n)
        return refuse(x, TEXT_SYNTAX_ESCAPE_CONTROL);
    x->at++;
    memcpy(x->to, bytes, n);
    x->to += n;
    return ERR_OK;
}

static enum err take_escape(struct lexer *x)
{
    char c = x->at < x->end ? *x->at : '\0';

    if (c == 'u' && x->at + 1 < x->end && x->at[1] == '{')
        return take_code_point(x);
    if (c == 'n')
        *x->to++ = '\n';
    else if (c == 't')
        *x->to++ = '\t';
    else if (c == '\\' || c == '"')
        *x->to++ = c;
    else
        return refuse(x, TEXT_SYNTAX_ESCAPE);
    x->at++;
    return ERR_OK;
}

static enum err take_quoted(struct lexer *x, struct word *w)
{
    w->quoted = true;
    w->value = x->to;
    for (x->at++;;) {
        if (x->at == x->end)
            return refuse(x, TEXT_SYNTAX_QUOTE_OPEN);
        if (*x->at == '"')
            break;
        if (*x->at != '\\') {
            *x->to++ = *x->at++;
            continue;
        }
        x->at++;
        enum err err = take_escape(x);
        if (err != ERR_OK)
            return err;
    }
    x->at++;
    *x->to++ = '\0';
    if (x->at < x->end && !is_blank(*x->at))
        return refuse(x, TEXT_SYNTAX_QUOTE_BLANK);
    return ERR_OK;
}

static enum err take_bare(struct lexer *x, struct word *w)
{
    const char *first = x->at;

    for (; x->at < x->end && !is_blank(*x->at); x->at++)
        if (*x->at == '"')
            return refuse(x, TEXT_SYNTAX_QUOTE_INSIDE);
    if (x->at == first)
        return refuse(x, TEXT_SYNTAX_VALUE);
    w->value = x->to;
    memcpy(x->to, first, (size_t)(x->at - first));
    x->to += x->at - first;
    *x->to++ = '\0';
    return ERR_OK;
}

static enum err take_word(struct lexer *x, struct word *w)
{
    take_key(x, w);
    if (x->at < x->end && *x->at == '"')
        return take_quoted(x, w);
    return take_bare(x, w);
}

/* The last word of a line that announced a heredoc becomes its text. */
static void put_body(struct words *got, const char *body, char *to)
{
    struct word *last = &got->list[got->n - 1];

    memcpy(to, body, strlen(body) + 1);
    last->value = to;
    last->quoted = true;
}

enum err words_read(const char *line, size_t len, const char *body, size_t most,
    struct words *got, struct words_fault *fault)
{
    struct words made = {0};
    size_t body_room = body ? strlen(body) + 1 : 0;
    struct lexer x = {line, line + len, line, NULL, fault};
    size_t bad = utf8_fault(line, len, false);
    enum err err = ERR_OK;

    if (bad < len) {
        x.at = line + bad;
        return refuse(&x, TEXT_SYNTAX_BYTES);
    }
    /* Every word needs at most its own bytes and two ends of string. */
    made.store = mem_new(len * 2 + 2 + body_room);
    x.to = made.store;
    while (err == ERR_OK) {
        while (x.at < x.end && is_blank(*x.at))
            x.at++;
        if (x.at == x.end || *x.at == '#')
            break;
        if (made.n == most) {
            err = ERR_LIMIT;
            break;
        }
        made.list =
            mem_grow(made.list, &made.room, made.n + 1, sizeof *made.list);
        struct word *word = &made.list[made.n++];
        *word = (struct word){.from = (size_t)(x.at - line)};
        err = take_word(&x, word);
        word->to = (size_t)(x.at - line);
    }
    if (err != ERR_OK) {
        words_free(&made);
        return err;
    }
    if (body && made.n)
        put_body(&made, body, x.to);
    *got = made;
    return ERR_OK;
}

void words_free(struct words *words)
{
    free(words->list);
    free(words->store);
    *words = (struct words){0};
}

const char *words_get(const struct words *words, const char *key)
{
    for (size_t i = 0; i < words->n; i++)
        if (words->list[i].key && words->list[i].op == OP_EQ &&
            strcmp(words->list[i].key, key) == 0)
            return words->list[i].value;
    return NULL;
}

/* Whether a comment starts before the end of the line. */
static bool ends_in_comment(const char *line, size_t len)
{
    bool quoted = false;
    bool start = true;

    for (size_t i = 0; i < len; i++) {
        char c = line[i];

        if (quoted && c == '\\')
            i++;
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && c == '#' && start)
            return true;
        start = is_blank(c);
    }
    return false;
}

size_t words_heredoc(const char *line, size_t len)
{
    size_t at = len;

    while (at > 0 && is_key_char(line[at - 1]))
        at--;
    if (at == len || len - at > 64 || at < 2)
        return len;
    if (line[at - 1] != '<' || line[at - 2] != '<')
        return len;
    if (at > 2 && !is_blank(line[at - 3]) && line[at - 3] != '=')
        return len;
    return ends_in_comment(line, len) ? len : at;
}

void word_quote(struct text *to, const char *value)
{
    text_putc(to, '"');
    for (; *value; value++) {
        if (*value == '"' || *value == '\\')
            text_putc(to, '\\');
        if (*value == '\n')
            text_puts(to, "\\n");
        else if (*value == '\t')
            text_puts(to, "\\t");
        else
            text_putc(to, *value);
    }
    text_putc(to, '"');
}

/* Whether a word holds what would end it or mean something else. */
static bool needs_quotes(const char *value)
{
    static const bool special[256] = {[' '] = true,
        ['\t'] = true,
        ['\n'] = true,
        ['"'] = true,
        ['\\'] = true,
        ['='] = true,
        ['<'] = true,
        ['>'] = true,
        ['~'] = true,
        ['!'] = true};

    if (*value == '\0' || *value == '#' || *value == '@')
        return true;
    for (; *value; value++)
        if (special[(unsigned char)*value])
            return true;
    return false;
}

void word_print(struct text *to, const char *value)
{
    if (needs_quotes(value))
        word_quote(to, value);
    else
        text_puts(to, value);
}
