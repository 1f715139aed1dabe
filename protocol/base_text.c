/* SPDX-License-Identifier: Apache-2.0
 *
 * base_text.c - the string builder.
 */
#include "protocol/base_text.h"

#include "protocol/base_mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void text_add(struct text *t, const char *bytes, size_t len)
{
    if (t->len + len >= t->room)
        t->bytes = mem_grow(t->bytes, &t->room, t->len + len + 1, 1);
    if (len)
        memcpy(t->bytes + t->len, bytes, len);
    t->len += len;
    t->bytes[t->len] = '\0';
}

void text_puts(struct text *t, const char *string)
{
    text_add(t, string, strlen(string));
}

void text_putc(struct text *t, char c)
{
    if (t->len + 1 >= t->room)
        t->bytes = mem_grow(t->bytes, &t->room, t->len + 2, 1);
    t->bytes[t->len++] = c;
    t->bytes[t->len] = '\0';
}

void text_vprintf(struct text *t, const char *format, va_list list)
{
    va_list again;

    va_copy(again, list);
    int len = vsnprintf(NULL, 0, format, again);
    va_end(again);
    INSIST(len >= 0);
    t->bytes = mem_grow(t->bytes, &t->room, t->len + (size_t)len + 1, 1);
    (void)vsnprintf(t->bytes + t->len, (size_t)len + 1, format, list);
    t->len += (size_t)len;
}

void text_printf(struct text *t, const char *format, ...)
{
    va_list list;

    va_start(list, format);
    text_vprintf(t, format, list);
    va_end(list);
}

const char *text_peek(const struct text *t)
{
    return t->bytes ? t->bytes : "";
}

char *text_take(struct text *t)
{
    char *bytes = t->bytes ? t->bytes : mem_copy("", 0);

    *t = (struct text){0};
    return bytes;
}

void text_cut(struct text *t, size_t len)
{
    INSIST(len <= t->len);
    if (len == 0)
        return;
    t->len -= len;
    memmove(t->bytes, t->bytes + len, t->len + 1);
}

void text_fini(struct text *t)
{
    free(t->bytes);
    *t = (struct text){0};
}
