/* SPDX-License-Identifier: Apache-2.0
 *
 * json_flat.c - a JSON text as lines "path=value".
 */
#include "tests/parts/json_flat.h"

#include "protocol/utf8.h"

#include <stdlib.h>
#include <string.h>

struct reader {
    const char *at;
    struct text *to;
    struct text path;
};

static bool read_value(struct reader *r);

void flat_put(struct text *to, const char *path, const char *value)
{
    if (value == NULL || *value == '\0')
        return;
    text_puts(to, path);
    text_putc(to, '=');
    for (; *value; value++)
        if (*value == '\n')
            text_puts(to, "\\n");
        else
            text_putc(to, *value);
    text_putc(to, '\n');
}

static void skip_blanks(struct reader *r)
{
    r->at += strspn(r->at, " \t\r\n");
}

static bool take(struct reader *r, char c)
{
    skip_blanks(r);
    if (*r->at != c)
        return false;
    r->at++;
    return true;
}

static void add_escape(struct reader *r, struct text *word)
{
    static const char from[] = "nrtbf";
    static const char to[] = "\n\r\t\b\f";
    const char *found = strchr(from, *r->at);
    char digits[5] = {0};
    char bytes[4];

    if (*r->at == 'u') {
        memcpy(digits, r->at + 1, strnlen(r->at + 1, 4));
        size_t n = utf8_put((uint32_t)strtoul(digits, NULL, 16), bytes);
        text_add(word, bytes, n);
        r->at += 1 + strlen(digits);
        return;
    }
    text_putc(word, found ? to[found - from] : *r->at);
    r->at++;
}

static bool read_string(struct reader *r, struct text *word)
{
    if (!take(r, '"'))
        return false;
    while (*r->at && *r->at != '"') {
        if (*r->at != '\\') {
            text_putc(word, *r->at++);
            continue;
        }
        r->at++;
        if (*r->at)
            add_escape(r, word);
    }
    return take(r, '"');
}

static bool read_under(struct reader *r, const char *key)
{
    size_t len = r->path.len;

    if (len)
        text_putc(&r->path, '/');
    text_puts(&r->path, key);
    bool good = read_value(r);
    r->path.len = len;
    if (r->path.bytes)
        r->path.bytes[len] = '\0';
    return good;
}

static bool read_object(struct reader *r)
{
    bool good = true;

    if (take(r, '}'))
        return true;
    do {
        struct text key = {0};

        good = read_string(r, &key) && take(r, ':') &&
               read_under(r, text_peek(&key));
        text_fini(&key);
    } while (good && take(r, ','));
    return good && take(r, '}');
}

static bool read_array(struct reader *r)
{
    size_t n = 0;
    bool good = true;

    if (take(r, ']'))
        return true;
    do {
        struct text key = {0};

        text_printf(&key, "%zu", n++);
        good = read_under(r, text_peek(&key));
        text_fini(&key);
    } while (good && take(r, ','));
    return good && take(r, ']');
}

static bool read_value(struct reader *r)
{
    struct text word = {0};
    bool good = true;

    skip_blanks(r);
    if (*r->at == '{' || *r->at == '[') {
        bool is_object = *r->at++ == '{';

        return is_object ? read_object(r) : read_array(r);
    }
    if (*r->at == '"') {
        good = read_string(r, &word);
    } else {
        size_t len = strcspn(r->at, ",]} \t\r\n");

        text_add(&word, r->at, len);
        r->at += len;
        good = len > 0;
    }
    if (strcmp(text_peek(&word), "null") != 0)
        flat_put(r->to, text_peek(&r->path), text_peek(&word));
    text_fini(&word);
    return good;
}

bool json_flat(const char *json, struct text *to)
{
    struct reader r = {.at = json, .to = to};
    bool good = read_value(&r);

    skip_blanks(&r);
    good = good && *r.at == '\0';
    text_fini(&r.path);
    return good;
}
