/* SPDX-License-Identifier: Apache-2.0
 *
 * utf8.c - RFC 3629 decoding, strict.
 */
#include "protocol/utf8.h"

size_t utf8_next(const char *bytes, size_t len, uint32_t *point)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *b = (const unsigned char *)bytes;
    size_t n;
    uint32_t value;

    if (len == 0)
        return 0;
    if (b[0] < 0x80) {
        *point = b[0];
        return 1;
    }
    if (b[0] >= 0xc2 && b[0] < 0xe0) {
        n = 2;
        value = b[0] & 0x1f;
    } else if (b[0] >= 0xe0 && b[0] < 0xf0) {
        n = 3;
        value = b[0] & 0x0f;
    } else if (b[0] >= 0xf0 && b[0] < 0xf5) {
        n = 4;
        value = b[0] & 0x07;
    } else {
        return 0;
    }
    if (len < n)
        return 0;
    for (size_t i = 1; i < n; i++) {
        if ((b[i] & 0xc0) != 0x80)
            return 0;
        value = value << 6 | (b[i] & 0x3f);
    }
    if (value < least[n] || value > 0x10ffff ||
        (value >= 0xd800 && value < 0xe000))
        return 0;
    *point = value;
    return n;
}

size_t utf8_fault(const char *bytes, size_t len, bool newlines)
{
    size_t at = 0;

    while (at < len) {
        uint32_t point;
        size_t n = utf8_next(bytes + at, len - at, &point);

        if (n == 0)
            return at;
        bool control = point < 0x20 || (point >= 0x7f && point < 0xa0);
        if (control && point != '\t' && !(newlines && point == '\n'))
            return at;
        at += n;
    }
    return len;
}

size_t utf8_put(uint32_t point, char to[4])
{
    if (point < 0x80) {
        to[0] = (char)point;
        return 1;
    }
    if (point < 0x800) {
        to[0] = (char)(0xc0 | point >> 6);
        to[1] = (char)(0x80 | (point & 0x3f));
        return 2;
    }
    if (point < 0x10000) {
        to[0] = (char)(0xe0 | point >> 12);
        to[1] = (char)(0x80 | (point >> 6 & 0x3f));
        to[2] = (char)(0x80 | (point & 0x3f));
        return 3;
    }
    to[0] = (char)(0xf0 | point >> 18);
    to[1] = (char)(0x80 | (point >> 12 & 0x3f));
    to[2] = (char)(0x80 | (point >> 6 & 0x3f));
    to[3] = (char)(0x80 | (point & 0x3f));
    return 4;
}
