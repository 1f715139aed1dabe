/* SPDX-License-Identifier: Apache-2.0
 *
 * base_text.h - the one string builder: bytes that grow, always NUL-ended.
 *
 * A zeroed struct text is an empty text and needs no init.
 */
#ifndef PROTOCOL_BASE_TEXT_H
#define PROTOCOL_BASE_TEXT_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

struct text {
    char *bytes; /* NULL while empty and never grown */
    size_t len;  /* without the NUL */
    size_t room;
};

/**
 * text_add - append bytes
 *
 * Gives   *t grown by len bytes
 * Thread  any, one owner at a time
 */
void text_add(struct text *t, const char *bytes, size_t len);

/**
 * text_puts - append a string
 *
 * Gives   *t grown by the string
 * Thread  any, one owner at a time
 */
void text_puts(struct text *t, const char *string);

/**
 * text_putc - append one byte
 *
 * Gives   *t grown by c
 * Thread  any, one owner at a time
 */
void text_putc(struct text *t, char c);

/**
 * text_printf - append as printf does
 *
 * Gives   *t grown by what the format makes
 * Thread  any, one owner at a time
 */
void text_printf(struct text *t, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/**
 * text_vprintf - append as vprintf does
 *
 * Gives   *t grown by what the format makes
 * Thread  any, one owner at a time
 */
void text_vprintf(struct text *t, const char *format, va_list list)
    __attribute__((format(printf, 2, 0)));

/**
 * text_peek - the bytes as a string
 *
 * Gives   a string that lives until the next call on *t; "" when empty
 * Thread  any, one owner at a time
 */
const char *text_peek(const struct text *t);

/**
 * text_take - hand the bytes to the caller and be empty
 *
 * Gives   heap memory, never NULL, freed with free()
 * Thread  any, one owner at a time
 */
char *text_take(struct text *t);

/**
 * text_cut - drop bytes from the front
 *
 * Takes   len  at most t->len
 * Gives   *t shorter by len
 * Thread  any, one owner at a time
 */
void text_cut(struct text *t, size_t len);

/**
 * text_fini - free the bytes; the text is empty and usable again
 *
 * Gives   *t all zero
 * Thread  any, one owner at a time
 */
void text_fini(struct text *t);

#endif
