/* SPDX-License-Identifier: Apache-2.0
 *
 * fuzz_reply - lines of a server, as the bundled client reads and draws them.
 *
 * A server may be hostile, or of another version: what the second grammar
 * takes is read, as the same class, and nothing that is drawn of it holds a
 * control character.  The first byte chooses width and language.
 */
#include "client/show/records.h"
#include "client/show/sheet.h"
#include "protocol/base_mem.h"
#include "protocol/utf8.h"
#include "tests/fuzz/fuzz.h"
#include "tests/talk/voice.h"

#include <stdlib.h>
#include <string.h>

static void check_shown(const char *line)
{
    size_t len = strlen(line);

    INSIST(utf8_fault(line, len, false) == len);
}

static void check_page(struct page *page)
{
    for (size_t i = 0; i < page->n; i++)
        check_shown(page->list[i]);
    page_fini(page);
}

/* The link keeps lines that are no UTF-8 from the reader. */
static bool is_readable(const char *line, size_t len)
{
    return utf8_fault(line, len, false) == len;
}

static void draw_single(const struct answer *answer, const struct look *look)
{
    struct page page = {0};
    struct text text = {0};

    if (answer->class == ANSWER_OK)
        records_final(answer, look, &page);
    if (answer->class == ANSWER_EVENT) {
        records_event(&text, answer, look);
        check_shown(text_peek(&text));
    }
    text_fini(&text);
    check_page(&page);
}

static void take_line(
    struct rows *rows, const char *line, size_t len, const struct look *look)
{
    struct answer answer;
    const char *why;
    enum line_class class = line_class(line, len, &why);

    if (!is_readable(line, len)) {
        INSIST(class == LINE_WRONG);
        return;
    }
    enum err err = answer_read(line, len, &answer);
    INSIST(err == ERR_OK || err == ERR_SYNTAX);
    INSIST(err == ERR_OK || class == LINE_WRONG);
    if (err != ERR_OK)
        return;
    INSIST(class == LINE_WRONG || voice_class(answer.class) == class);
    draw_single(&answer, look);
    if (voice_class(answer.class) == LINE_DATA) {
        char *copy = mem_copy(line, len);

        rows_add(rows, copy);
        free(copy);
    }
    answer_free(&answer);
}

static void draw_rows(const struct rows *rows, const struct look *look)
{
    struct page page = {0};
    static const struct sheet_ask ask = {"decider", "", NULL};
    struct text sheet = {0};

    records_draw(rows, false, look, &page);
    check_page(&page);
    records_draw(rows, true, look, &page);
    check_page(&page);
    for (size_t i = 0; i < rows->n; i++)
        if (row_is(&rows->list[i], "missing"))
            records_missing(&rows->list[i], look, &page);
    check_page(&page);
    for (int tabs = 0; tabs < 2; tabs++) {
        sheet_print(&sheet, &ask, rows, NULL, tabs);
        INSIST(strlen(text_peek(&sheet)) == sheet.len);
        text_fini(&sheet);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct rows rows = {0};

    if (len == 0)
        return 0;
    struct look look = {.columns = 20 + (size_t)(bytes[0] & 0x7f),
        .language = bytes[0] & 0x80 ? LANGUAGE_FRENCH : LANGUAGE_ENGLISH};
    const char *at = (const char *)bytes + 1;
    for (size_t left = len - 1; left > 0;) {
        const char *end = memchr(at, '\n', left);
        size_t line = end ? (size_t)(end - at) : left;

        take_line(&rows, at, line, &look);
        at += line + (end != NULL);
        left -= line + (end != NULL);
    }
    draw_rows(&rows, &look);
    rows_fini(&rows);
    return 0;
}
