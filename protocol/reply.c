/* SPDX-License-Identifier: Apache-2.0
 *
 * reply.c - writing the lines of the server.
 */
#include "protocol/reply.h"

#include "protocol/words.h"

#include <stdio.h>
#include <string.h>

void json_quote(struct text *to, const char *value)
{
    text_putc(to, '"');
    for (; *value; value++) {
        unsigned char c = (unsigned char)*value;

        if (c == '"' || c == '\\')
            text_putc(to, '\\');
        if (c < 0x20)
            text_printf(to, "\\u%04x", c);
        else
            text_putc(to, *value);
    }
    text_putc(to, '"');
}

uint64_t reply_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

/* Behind what has a fixed place in the line, in front of the known keys. */
static void add_grease(struct reply *r)
{
    char key[32];

    if (r->grease == 0 || reply_random(&r->grease) % 3 != 0)
        return;
    (void)snprintf(
        key, sizeof key, "grease-%x", (unsigned)(r->grease >> 40 & 0xffff));
    reply_word(r, key, r->grease & 1024 ? "a \"b\" # c" : "x");
}

void reply_data(struct reply *r, const char *kind, const char *id)
{
    r->rows++;
    r->in_json = r->json;
    text_puts(r->to, "  ");
    if (r->in_json) {
        text_puts(r->to, "{\"kind\":");
        json_quote(r->to, kind);
        if (id)
            reply_word(r, "id", id);
        add_grease(r);
        return;
    }
    text_puts(r->to, kind);
    if (id) {
        text_putc(r->to, ' ');
        word_print(r->to, id);
    }
    add_grease(r);
}

/* The last lines are words in every format, so that a script that waits for
 * "ok" or "err" need not know the format. */
static void begin_words(struct reply *r, const char *word, const char *tag)
{
    r->in_json = false;
    text_puts(r->to, word);
    if (tag) {
        text_putc(r->to, ' ');
        text_puts(r->to, tag);
    }
}

void reply_ok(struct reply *r, const char *tag)
{
    begin_words(r, "ok", tag);
    add_grease(r);
}

void reply_err(struct reply *r, const char *tag, enum err err)
{
    begin_words(r, "err", tag);
    text_putc(r->to, ' ');
    text_puts(r->to, err_word(err));
    add_grease(r);
}

void reply_event(struct reply *r, uint64_t seq, int64_t time_ms,
    const char *name, const char *id)
{
    r->in_json = false;
    text_printf(r->to, "* %llu ", (unsigned long long)seq);
    time_print(r->to, time_ms, true);
    text_putc(r->to, ' ');
    text_puts(r->to, name);
    if (id) {
        text_putc(r->to, ' ');
        text_puts(r->to, id);
    }
    add_grease(r);
}

void reply_plain(struct reply *r, const char *word)
{
    begin_words(r, word, NULL);
    add_grease(r);
}

static void put_key(struct reply *r, const char *key)
{
    if (r->in_json) {
        text_putc(r->to, ',');
        json_quote(r->to, key);
        text_putc(r->to, ':');
    } else {
        text_putc(r->to, ' ');
        text_puts(r->to, key);
        text_putc(r->to, '=');
    }
}

void reply_word(struct reply *r, const char *key, const char *value)
{
    put_key(r, key);
    if (r->in_json)
        json_quote(r->to, value);
    else
        word_print(r->to, value);
}

void reply_number(struct reply *r, const char *key, const char *number)
{
    put_key(r, key);
    text_puts(r->to, number);
}

void reply_int(struct reply *r, const char *key, int64_t value)
{
    char number[24];

    (void)snprintf(number, sizeof number, "%lld", (long long)value);
    reply_number(r, key, number);
}

void reply_micro(struct reply *r, const char *key, int64_t value)
{
    put_key(r, key);
    micro_print(r->to, value);
}

void reply_yes(struct reply *r, const char *key, bool value)
{
    put_key(r, key);
    if (r->in_json)
        text_puts(r->to, value ? "true" : "false");
    else
        text_puts(r->to, value ? "yes" : "no");
}

void reply_text(struct reply *r, const char *key, const char *value)
{
    size_t count = 1;

    if (r->in_json) {
        reply_word(r, key, value);
        return;
    }
    for (const char *p = value; *p; p++)
        count += *p == '\n';
    text_printf(&r->tail, "  text field=%s lines=%zu bytes=%zu\n", key, count,
        strlen(value));
    while (*value) {
        size_t len = strcspn(value, "\n");

        text_puts(&r->tail, len ? "  | " : "  |");
        text_add(&r->tail, value, len);
        text_putc(&r->tail, '\n');
        value += len;
        if (*value == '\n' && value[1] == '\0')
            text_puts(&r->tail, "  |\n");
        value += *value == '\n';
    }
}

void reply_line(struct reply *r, const char *line)
{
    if (r->json) {
        reply_data(r, "text", NULL);
        reply_word(r, "text", line);
        reply_end(r);
        return;
    }
    r->rows++;
    text_puts(r->to, *line ? "  | " : "  |");
    text_puts(r->to, line);
    text_putc(r->to, '\n');
}

void reply_note(struct reply *r, const char *sentence)
{
    if (r->in_json)
        return;
    text_puts(r->to, " # ");
    text_puts(r->to, sentence);
}

void reply_end(struct reply *r)
{
    if (r->in_json)
        text_putc(r->to, '}');
    text_putc(r->to, '\n');
    if (r->tail.len)
        text_add(r->to, r->tail.bytes, r->tail.len);
    text_fini(&r->tail);
    r->in_json = false;
}
