/* SPDX-License-Identifier: Apache-2.0
 *
 * grammar.c - the grammar of docs/protocol.md, written a second time.
 *
 * One cursor walks over a line; each function below reads one rule of the
 * ABNF and says whether it was there.
 */
#include "tests/talk/grammar.h"

#include "protocol/base_mem.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define KEY_MOST 64

struct cursor {
    const char *at;
    const char *end;
    const char *why; /* the first fault */
};

static bool fail(struct cursor *c, const char *why)
{
    if (c->why == NULL)
        c->why = why;
    return false;
}

static int peek(const struct cursor *c)
{
    return c->at < c->end ? (unsigned char)*c->at : -1;
}

static bool is_blank(int c)
{
    return c == ' ' || c == '\t';
}

static bool is_name(int c)
{
    return c > 0 && (isalnum(c) || strchr("_.-", c) != NULL);
}

/* How many bytes of a UTF-8 sequence follow this first one, by the table of
 * RFC 3629; -1 for a byte that starts none. */
static int count_following(
    unsigned char first, unsigned char *low, unsigned char *high)
{
    *low = 0x80;
    *high = 0xbf;
    if (first < 0x80)
        return 0;
    if (first >= 0xc2 && first <= 0xdf)
        return 1;
    if (first >= 0xe0 && first <= 0xef) {
        *low = first == 0xe0 ? 0xa0 : 0x80;
        *high = first == 0xed ? 0x9f : 0xbf;
        return 2;
    }
    if (first >= 0xf0 && first <= 0xf4) {
        *low = first == 0xf0 ? 0x90 : 0x80;
        *high = first == 0xf4 ? 0x8f : 0xbf;
        return 3;
    }
    return -1;
}

static const char *check_bytes(const char *line, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        unsigned char first = (unsigned char)line[i];
        unsigned char low;
        unsigned char high;
        int more = count_following(first, &low, &high);

        if ((first < 0x20 && first != '\t') || first == 0x7f)
            return "a control character";
        if (more < 0 || i + (size_t)more >= len)
            return "not UTF-8";
        if (first == 0xc2 && (unsigned char)line[i + 1] < 0xa0)
            return "a control character (C1)";
        for (int n = 1; n <= more; n++) {
            unsigned char next = (unsigned char)line[++i];

            if (next < low || next > high)
                return "not UTF-8";
            low = 0x80;
            high = 0xbf;
        }
    }
    return NULL;
}

static bool read_escape(struct cursor *c)
{
    int next = peek(c);

    c->at++;
    if (next == '\\' || next == '"' || next == 'n' || next == 't')
        return true;
    if (next != 'u' || peek(c) != '{')
        return fail(c, "an unknown escape");
    c->at++;
    int digits = 0;
    while (peek(c) != -1 && isxdigit(peek(c))) {
        c->at++;
        digits++;
    }
    if (digits < 1 || digits > 6 || peek(c) != '}')
        return fail(c, "\\u{} without 1 to 6 digits");
    c->at++;
    return true;
}

static bool read_quoted(struct cursor *c)
{
    c->at++;
    while (peek(c) != '"') {
        if (peek(c) == -1)
            return fail(c, "a quote that is not closed");
        if (*c->at++ == '\\' && !read_escape(c))
            return false;
    }
    c->at++;
    if (peek(c) != -1 && !is_blank(peek(c)))
        return fail(c, "something right behind a closing quote");
    return true;
}

static bool read_bare(struct cursor *c)
{
    if (peek(c) == -1 || is_blank(peek(c)))
        return fail(c, "an empty value without quotes");
    while (peek(c) != -1 && !is_blank(peek(c)))
        if (*c->at++ == '"')
            return fail(c, "a quote inside a bare word");
    return true;
}

/* key op: on success the cursor stands behind the operator. */
static bool skip_key(struct cursor *c)
{
    static const char *const ops[] = {
        "!=", "<=", ">=", "+=", "-=", "=", "<", ">", "~"};
    const char *p = c->at;

    if (p == c->end || !(isalpha((unsigned char)*p) || *p == '$'))
        return false;
    for (p++; p < c->end && is_name((unsigned char)*p);)
        p++;
    if (p < c->end && *p == '=' && p[-1] == '-')
        p--; /* "set-=x" is the key "set" with the operator "-=" */
    if (p - c->at > KEY_MOST)
        return false;
    for (size_t i = 0; i < sizeof ops / sizeof *ops; i++) {
        size_t len = strlen(ops[i]);

        if ((size_t)(c->end - p) >= len && memcmp(p, ops[i], len) == 0) {
            c->at = p + len;
            return true;
        }
    }
    return false;
}

static bool read_value(struct cursor *c)
{
    return peek(c) == '"' ? read_quoted(c) : read_bare(c);
}

/* *(SP arg) [SP comment], to the end of the line. */
static bool read_args(struct cursor *c)
{
    while (peek(c) != -1) {
        if (peek(c) != ' ')
            return fail(c, "no single blank between two words");
        c->at++;
        if (peek(c) == '#')
            return true;
        if (peek(c) == -1)
            return fail(c, "a blank at the end of the line");
        (void)skip_key(c);
        if (!read_value(c))
            return false;
    }
    return true;
}

static size_t count_name(const struct cursor *c)
{
    size_t n = 0;

    while (c->at + n < c->end && is_name((unsigned char)c->at[n]))
        n++;
    return n;
}

static bool read_tag(struct cursor *c)
{
    if (c->end - c->at < 2 || c->at[0] != ' ' || c->at[1] != '@')
        return true;
    c->at += 2;
    size_t n = count_name(c);
    if (n < 1 || n > 32)
        return fail(c, "a tag that is none");
    c->at += n;
    return true;
}

static bool read_code(struct cursor *c)
{
    size_t n = 0;

    if (peek(c) != ' ')
        return fail(c, "err without a code");
    c->at++;
    while (c->at + n < c->end &&
           (isalpha((unsigned char)c->at[n]) || (n > 0 && c->at[n] == '-')))
        n++;
    if (n < 1 || n > 24)
        return fail(c, "a code that is none");
    c->at += n;
    return true;
}

static bool read_digits(struct cursor *c, size_t least)
{
    size_t n = 0;

    while (peek(c) != -1 && isdigit(peek(c))) {
        c->at++;
        n++;
    }
    return n >= least ? true : fail(c, "a number is missing");
}

/* yyyy-mm-ddThh:mm:ss.mmmZ: digits where the form has a 0. */
static bool read_time(struct cursor *c)
{
    static const char form[] = "0000-00-00T00:00:00.000Z";

    for (const char *f = form; *f; f++) {
        int got = peek(c);

        if (*f == '0' ? got == -1 || !isdigit(got) : got != *f)
            return fail(c, "a time that is none");
        c->at++;
    }
    return true;
}

/* SP seq SP time SP name [SP id] *(SP arg) */
static bool read_event(struct cursor *c)
{
    if (!read_digits(c, 1) || peek(c) != ' ')
        return fail(c, "an event without its number");
    c->at++;
    if (!read_time(c) || peek(c) != ' ')
        return fail(c, "an event without its time");
    c->at++;
    size_t n = count_name(c);
    if (n == 0)
        return fail(c, "an event without a name");
    c->at += n;
    return read_args(c);
}

static bool read_data(struct cursor *c)
{
    if (peek(c) == '|') {
        c->at++;
        return peek(c) == -1 || peek(c) == ' '
                   ? true
                   : fail(c, "no blank behind the bar of a line of text");
    }
    if (peek(c) == '{')
        return c->end[-1] == '}' ? true : fail(c, "half a JSON object");
    size_t n = count_name(c);
    if (n == 0)
        return fail(c, "a record without a kind");
    c->at += n;
    return read_args(c);
}

static bool starts(struct cursor *c, const char *word)
{
    size_t len = strlen(word);

    if ((size_t)(c->end - c->at) < len || memcmp(c->at, word, len) != 0)
        return false;
    if (c->at + len < c->end && c->at[len] != ' ' && word[len - 1] != ' ')
        return false;
    c->at += len;
    return true;
}

static enum line_class read_line(struct cursor *c)
{
    if (starts(c, "  "))
        return read_data(c) ? LINE_DATA : LINE_WRONG;
    if (starts(c, "* "))
        return read_event(c) ? LINE_EVENT : LINE_WRONG;
    if (starts(c, "#"))
        return LINE_NOTICE;
    if (starts(c, "ok"))
        return read_tag(c) && read_args(c) ? LINE_OK : LINE_WRONG;
    if (starts(c, "err"))
        return read_tag(c) && read_code(c) && read_args(c) ? LINE_ERR
                                                           : LINE_WRONG;
    if (starts(c, "hello"))
        return read_args(c) ? LINE_HELLO : LINE_WRONG;
    if (starts(c, "bye"))
        return read_args(c) ? LINE_BYE : LINE_WRONG;
    (void)fail(c, "a line of no class");
    return LINE_WRONG;
}

enum line_class line_class(const char *line, size_t len, const char **why)
{
    struct cursor c = {line, line + len, NULL};

    *why = check_bytes(line, len);
    if (*why)
        return LINE_WRONG;
    enum line_class class = read_line(&c);
    *why = c.why;
    return class;
}

/* Whether "#" starts a word outside quotes before the end of the line. */
static bool ends_in_comment(const char *line, size_t len)
{
    bool quoted = false;
    bool start = true;

    for (size_t i = 0; i < len; i++) {
        if (quoted && line[i] == '\\')
            i++;
        else if (line[i] == '"')
            quoted = !quoted;
        else if (!quoted && start && line[i] == '#')
            return true;
        start = i < len && is_blank(line[i]);
    }
    return false;
}

/* The WORD of a heredoc mark at the end of a line: offset, or len. */
static size_t find_mark(const char *line, size_t len)
{
    size_t at = len;

    while (at > 0 && is_name((unsigned char)line[at - 1]))
        at--;
    if (at == len || len - at > 64 || at < 2 || line[at - 1] != '<' ||
        line[at - 2] != '<')
        return len;
    bool apart = at == 2 || is_blank(line[at - 3]) || line[at - 3] == '=';
    return apart && !ends_in_comment(line, len) ? at : len;
}

static void ask(struct grammar *g, const char *line, size_t len)
{
    size_t at = 0;
    char tag[GRAMMAR_TAG] = "";

    while (at < len && is_blank(line[at]))
        at++;
    if (at == len || line[at] == '#')
        return;
    if (line[at] == '@') {
        size_t n = 1;

        while (at + n < len && is_name((unsigned char)line[at + n]))
            n++;
        if (n > 1 && n < GRAMMAR_TAG &&
            (at + n == len || is_blank(line[at + n])))
            memcpy(tag, line + at, n);
    }
    g->tags = mem_grow(g->tags, &g->tags_room, g->tags_n + 1, sizeof *g->tags);
    memcpy(g->tags[g->tags_n++], tag, sizeof tag);
    g->asked++;
}

static void take_line(struct grammar *g, const char *line, size_t len)
{
    if (len > 0 && line[len - 1] == '\r')
        len--;
    if (g->in_body) {
        g->in_body = strlen(g->end) != len || memcmp(g->end, line, len) != 0;
        return;
    }
    size_t mark = find_mark(line, len);
    if (mark < len) {
        memcpy(g->end, line + mark, len - mark);
        g->end[len - mark] = '\0';
        g->in_body = true;
    }
    ask(g, line, len);
}

void grammar_sent(struct grammar *g, const char *bytes, size_t len)
{
    if (len == 0)
        return;
    g->sent = mem_grow(g->sent, &g->sent_room, g->sent_len + len, 1);
    memcpy(g->sent + g->sent_len, bytes, len);
    g->sent_len += len;
    for (;;) {
        char *end = memchr(g->sent, '\n', g->sent_len);

        if (end == NULL)
            return;
        take_line(g, g->sent, (size_t)(end - g->sent));
        g->sent_len -= (size_t)(end + 1 - g->sent);
        memmove(g->sent, end + 1, g->sent_len);
    }
}

static const char *see_final(struct grammar *g, const char *line, size_t len)
{
    char tag[GRAMMAR_TAG] = "";
    const char *at = memchr(line, '@', len);

    g->in_reply = false;
    if (g->tags_n == 0)
        return "a final line that no request asked for";
    if (at && at[-1] == ' ' && (at == line + 3 || at == line + 4)) {
        size_t n = 1;

        while (at + n < line + len && is_name((unsigned char)at[n]))
            n++;
        memcpy(tag, at, n < sizeof tag ? n : sizeof tag - 1);
    }
    bool same = strcmp(tag, g->tags[0]) == 0;
    g->answered++;
    g->tags_n--;
    memmove(g->tags, g->tags + 1, g->tags_n * sizeof *g->tags);
    return same ? NULL : "not the tag of the request that is answered";
}

const char *grammar_seen(
    struct grammar *g, const char *line, size_t len, enum line_class *class)
{
    const char *why;

    *class = line_class(line, len, &why);
    if (why)
        return why;
    if (g->over)
        return "a line behind bye";
    if ((*class == LINE_HELLO) == g->greeted)
        return "hello is the first line, and no other";
    g->greeted = true;
    if (g->in_reply && (*class == LINE_EVENT || *class == LINE_NOTICE))
        return "an event or a notice inside a reply";
    if (*class == LINE_DATA && g->tags_n == 0)
        return "data that no request asked for";
    g->in_reply |= *class == LINE_DATA;
    g->over = *class == LINE_BYE;
    return *class == LINE_OK || *class == LINE_ERR ? see_final(g, line, len)
                                                   : NULL;
}

void grammar_fini(struct grammar *g)
{
    free(g->sent);
    free(g->tags);
    *g = (struct grammar){0};
}
