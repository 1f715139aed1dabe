/* SPDX-License-Identifier: Apache-2.0
 *
 * utf8.h - checking and measuring UTF-8; nothing here changes bytes.
 */
#ifndef PROTOCOL_UTF8_H
#define PROTOCOL_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * utf8_next - the code point at the start of bytes
 *
 * Takes   bytes[len]
 * Gives   bytes used (1 to 4) and *point; 0 when the bytes are no UTF-8
 *         (overlong, surrogate, above U+10FFFF or cut short)
 * Thread  any
 */
size_t utf8_next(const char *bytes, size_t len, uint32_t *point);

/**
 * utf8_fault - the first place that the wire does not allow
 *
 * Not allowed are broken UTF-8 and control characters (C0 but TAB, DEL, C1).
 *
 * Takes   bytes[len]
 *         newlines  LF is allowed too
 * Gives   the offset of the fault, len when there is none
 * Thread  any
 */
size_t utf8_fault(const char *bytes, size_t len, bool newlines);

/**
 * utf8_put - the bytes of a code point
 *
 * Takes   point  at most U+10FFFF, no surrogate
 * Gives   to[0..3], and how many bytes were written
 * Thread  any
 */
size_t utf8_put(uint32_t point, char to[4]);

#endif
