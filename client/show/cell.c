/* SPDX-License-Identifier: Apache-2.0
 *
 * cell.c - measuring, cutting and cleaning.
 *
 * Without UTF-8 every character is folded to one of ASCII when it is printed,
 * so there each takes one column.
 */
#include "client/show/cell.h"

#include "protocol/utf8.h"

#include <langinfo.h>
#include <string.h>
#include <wchar.h>

bool cell_utf8(void)
{
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

static bool is_harmful(uint32_t point)
{
    return point < 0x20 || (point >= 0x7f && point < 0xa0) ||
           (point >= 0x202a && point <= 0x202e) ||
           (point >= 0x2066 && point <= 0x2069) || point == 0x2028 ||
           point == 0x2029;
}

void cell_safe(struct text *to, const char *value)
{
    size_t len = strlen(value);

    while (len) {
        uint32_t point;
        size_t n = utf8_next(value, len, &point);

        if (n == 0) {
            text_putc(to, '?');
            n = 1;
        } else if (point == '\n' || point == '\t') {
            text_putc(to, ' ');
        } else if (is_harmful(point)) {
            text_printf(to, "\\u{%X}", (unsigned)point);
        } else {
            text_add(to, value, n);
        }
        value += n;
        len -= n;
    }
}

/* Bytes of a colour sequence at the start of a string, 0 for none. */
static size_t colour_len(const char *string)
{
    if (string[0] != '\033' || string[1] != '[')
        return 0;
    size_t len = 2 + strspn(string + 2, "0123456789;");
    return string[len] == 'm' ? len + 1 : 0;
}

/* Bytes and columns of the character at the start of a string. */
static size_t take_character(const char *string, size_t *columns)
{
    uint32_t point;
    size_t n = utf8_next(string, strlen(string), &point);

    *columns = 1;
    if (n == 0)
        return 1;
    if (point >= 0x80 && cell_utf8()) {
        int width = wcwidth((wchar_t)point);

        *columns = width < 0 ? 1 : (size_t)width;
    }
    return n;
}

size_t cell_width(const char *string)
{
    size_t width = 0;

    while (*string) {
        size_t columns = 0;
        size_t n = colour_len(string);

        if (n == 0)
            n = take_character(string, &columns);
        width += columns;
        string += n;
    }
    return width;
}

void cell_cut(struct text *to, const char *string, size_t width)
{
    size_t used = 0;
    bool coloured = false;

    if (cell_width(string) <= width) {
        text_puts(to, string);
        return;
    }
    while (*string && width) {
        size_t columns = 0;
        size_t n = colour_len(string);

        coloured = coloured || n;
        if (n == 0)
            n = take_character(string, &columns);
        if (used + columns > width - 1)
            break;
        text_add(to, string, n);
        used += columns;
        string += n;
    }
    if (width)
        text_puts(to, "…");
    if (coloured)
        text_puts(to, "\033[0m");
}

void cell_pad(struct text *to, const char *string, size_t width, bool right)
{
    struct text cut = {0};

    cell_cut(&cut, string, width);
    size_t used = cell_width(text_peek(&cut));
    size_t blanks = used < width ? width - used : 0;
    if (!right)
        text_puts(to, text_peek(&cut));
    for (size_t i = 0; i < blanks; i++)
        text_putc(to, ' ');
    if (right)
        text_puts(to, text_peek(&cut));
    text_fini(&cut);
}

void cell_bar(struct text *to, int64_t value, int64_t top, size_t width)
{
    static const char *const part[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};

    if (value <= 0 || top <= 0)
        return;
    double share = value >= top ? 1.0 : (double)value / (double)top;
    size_t eighths = (size_t)(share * (double)width * 8 + 0.5);
    /* What is more than nothing is shown as more than nothing. */
    if (eighths == 0)
        eighths = 1;
    for (size_t i = 0; i < eighths / 8; i++)
        text_puts(to, "█");
    text_puts(to, part[eighths % 8]);
}

static char fold_point(uint32_t point)
{
    static const char latin[] = "AAAAAAACEEEEIIIIDNOOOOOxOUUUUYTs"
                                "aaaaaaaceeeeiiiidnooooo/ouuuuyty";
    static const struct {
        uint32_t from, to;
        char ascii;
    } rows[] = {{0xa0, 0xa0, ' '}, {0xab, 0xab, '"'}, {0xb7, 0xb7, '.'},
        {0xbb, 0xbb, '"'}, {0x153, 0x153, 'o'}, {0x2010, 0x2015, '-'},
        {0x2018, 0x2019, '\''}, {0x201c, 0x201d, '"'}, {0x2022, 0x2022, '*'},
        {0x2026, 0x2026, '~'}, {0x202f, 0x202f, ' '}, {0x2190, 0x2190, '<'},
        {0x2192, 0x2192, '>'}, {0x2212, 0x2212, '-'}, {0x2500, 0x2500, '-'},
        {0x2502, 0x2502, '|'}, {0x2550, 0x2550, '='}, {0x2588, 0x258c, '#'},
        {0x258d, 0x258f, ' '}, {0x25b2, 0x25b2, '^'}, {0x25cf, 0x25cf, '*'},
        {0x2605, 0x2605, '*'}, {0x2713, 0x2713, 'x'}};

    if (point < 0x80)
        return (char)point;
    if (point >= 0xc0 && point <= 0xff)
        return latin[point - 0xc0];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (point >= rows[i].from && point <= rows[i].to)
            return rows[i].ascii;
    return '?';
}

void cell_fold(struct text *to, const char *string)
{
    size_t len = strlen(string);

    while (len) {
        uint32_t point = '?';
        size_t n = utf8_next(string, len, &point);

        text_putc(to, fold_point(n ? point : '?'));
        n += n == 0;
        string += n;
        len -= n;
    }
}
