/* SPDX-License-Identifier: Apache-2.0
 *
 * page.c - putting lines together.
 */
#include "client/show/page.h"

#include "client/show/cell.h"
#include "protocol/base_mem.h"

#include <stdlib.h>
#include <string.h>

#define BESIDE " │ "

void page_add(struct page *page, const char *line)
{
    page->list =
        mem_grow(page->list, &page->room, page->n + 1, sizeof *page->list);
    page->list[page->n++] = mem_text(line);
}

void page_title(
    struct page *page, const struct look *look, const char *title, size_t width)
{
    struct text line = {0};
    struct text cut = {0};

    cell_cut(&cut, title, width);
    look_put(&line, look, STYLE_STRONG, text_peek(&cut));
    page_add(page, text_peek(&line));
    text_fini(&line);
    text_fini(&cut);
    for (size_t i = 0; i < width; i++)
        text_puts(&cut, "─");
    look_put(&line, look, STYLE_FAINT, text_peek(&cut));
    page_add(page, text_peek(&line));
    text_fini(&line);
    text_fini(&cut);
}

/* French has a blank before ":" and inside its quotes, where no line ends. */
static bool is_break(const char *text, size_t len, size_t at)
{
    const char *after = text + at + 1;
    size_t left = len - at;

    if (at >= len)
        return true;
    if (at >= 2 && memcmp(text + at - 2, "«", 2) == 0)
        return false;
    if (left > 2 && memcmp(after, "»", 2) == 0)
        return false;
    return left < 2 || strchr(":;?!%", *after) == NULL ||
           (left > 2 && after[1] != ' ' && strchr(",.;)", after[1]) == NULL);
}

/* Bytes of the text that fit into width columns, up to a blank where there
 * is one. */
static size_t fit(const char *text, size_t len, size_t width)
{
    size_t best = 0;
    size_t at = 0;
    struct text part = {0};

    while (at < len) {
        size_t next = at + 1;

        while (next < len && text[next] != ' ')
            next++;
        text_fini(&part);
        text_add(&part, text, next);
        if (cell_width(text_peek(&part)) > width)
            break;
        if (is_break(text, len, next))
            best = next;
        at = next;
    }
    text_fini(&part);
    return best;
}

/* A word longer than a line is cut where it must be. */
static size_t fit_hard(const char *text, size_t len, size_t width)
{
    size_t at = len;
    struct text part = {0};

    do {
        text_fini(&part);
        text_add(&part, text, at);
        if (cell_width(text_peek(&part)) <= width)
            break;
        for (at--; at > 1 && ((unsigned char)text[at] & 0xc0) == 0x80; at--)
            ;
    } while (at > 1);
    text_fini(&part);
    return at;
}

static void wrap_line(struct page *page, const char *first, bool *is_first,
    const char *text, size_t len, size_t width)
{
    size_t indent = cell_width(first);
    size_t room = indent == 0 ? width : width > indent + 8 ? width - indent : 8;

    do {
        struct text line = {0};
        size_t n = fit(text, len, room);

        if (n == 0 && len)
            n = fit_hard(text, len, room);
        if (*is_first)
            text_puts(&line, first);
        else
            cell_pad(&line, "", indent, false);
        text_add(&line, text, n);
        page_add(page, text_peek(&line));
        text_fini(&line);
        *is_first = false;
        while (n < len && text[n] == ' ')
            n++;
        text += n;
        len -= n;
    } while (len);
}

void page_wrap(
    struct page *page, const char *first, const char *text, size_t width)
{
    bool is_first = true;

    for (;;) {
        size_t len = strcspn(text, "\n");

        wrap_line(page, first, &is_first, text, len, width);
        if (text[len] == '\0')
            return;
        text += len + 1;
    }
}

void page_beside(struct page *page, const struct page *left,
    const struct page *right, size_t width)
{
    size_t most = left->n > right->n ? left->n : right->n;

    for (size_t i = 0; i < most; i++) {
        struct text line = {0};

        cell_pad(&line, i < left->n ? left->list[i] : "", width, false);
        text_puts(&line, BESIDE);
        cell_cut(&line, i < right->n ? right->list[i] : "", width);
        page_add(page, text_peek(&line));
        text_fini(&line);
    }
}

void page_blank(struct page *page)
{
    if (page->n && *page->list[page->n - 1] != '\0')
        page_add(page, "");
}

void page_append(struct page *page, const struct page *more)
{
    for (size_t i = 0; i < more->n; i++)
        page_add(page, more->list[i]);
}

void page_print(const struct page *page, FILE *out)
{
    bool utf8 = cell_utf8();

    for (size_t i = 0; i < page->n; i++) {
        struct text line = {0};

        if (utf8)
            text_puts(&line, page->list[i]);
        else
            cell_fold(&line, page->list[i]);
        while (line.len && line.bytes[line.len - 1] == ' ')
            line.len--;
        (void)fwrite(text_peek(&line), 1, line.len, out);
        (void)fputc('\n', out);
        text_fini(&line);
    }
}

void page_fini(struct page *page)
{
    for (size_t i = 0; i < page->n; i++)
        free(page->list[i]);
    free(page->list);
    *page = (struct page){0};
}
