/* SPDX-License-Identifier: Apache-2.0
 *
 * fuzz_lines - framing: however the bytes are cut, the same units come out,
 * and they are those that a second, simple reading of the rules gives.
 *
 * The first four bytes choose limits and cuts, the rest is what arrives.
 */
#include "protocol/base_mem.h"
#include "protocol/lines.h"
#include "protocol/words.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

/* The units as bytes, so that two framings can be compared. */
static void note_unit(struct text *to, const struct unit *unit)
{
    INSIST(memchr(unit->line.bytes ? unit->line.bytes : "", '\n',
               unit->line.len) == NULL);
    text_printf(to, "%zu %zu %d %d\n", unit->line.len, unit->body.len,
        unit->has_body, unit->body_over);
    text_add(to, text_peek(&unit->line), unit->line.len);
    text_add(to, text_peek(&unit->body), unit->body.len);
}

static enum lines_got drain(struct lines *lines, struct text *to)
{
    for (;;) {
        struct unit unit;
        enum lines_got got = lines_next(lines, &unit);

        if (got != LINES_UNIT)
            return got;
        INSIST(unit.line.len <= lines->line_most);
        INSIST(unit.body.len <= lines->body_most);
        note_unit(to, &unit);
        unit_fini(&unit);
    }
}

static struct lines set_up(const uint8_t *choice)
{
    return (struct lines){
        .line_most = choice[0] ? choice[0] : 8192, .body_most = choice[1]};
}

/* In pieces of a few bytes, down to one by one. */
static enum lines_got frame(const uint8_t *choice, const char *bytes,
    size_t len, bool in_pieces, struct text *to)
{
    struct lines lines = set_up(choice);
    enum lines_got got = LINES_MORE;
    size_t random = choice[2];

    for (size_t done = 0; done < len && got == LINES_MORE;) {
        size_t part = len - done;

        random = random * 1103515245 + 12345;
        if (in_pieces && part > 1)
            part = 1 + (random >> 16) % (choice[3] + 1) % part;
        lines_feed(&lines, bytes + done, part);
        got = drain(&lines, to);
        done += part;
    }
    text_printf(to, "end %d\n", got);
    lines_fini(&lines);
    return got;
}

/* A second reading of the rules: one pass, line by line. */
struct simple {
    const uint8_t *choice;
    struct text head, body, *to;
    bool in_body;
    size_t seen;
};

static enum lines_got end_unit(struct simple *s)
{
    size_t most = s->choice[1];
    bool over = s->seen > most + 1;
    struct unit unit = {.line = s->head,
        .has_body = s->in_body,
        .body_over = s->in_body && over};

    if (!over)
        unit.body = s->body;
    note_unit(s->to, &unit);
    text_fini(&s->head);
    text_fini(&s->body);
    s->in_body = false;
    s->seen = 0;
    return LINES_MORE;
}

static enum lines_got take_line(struct simple *s, const char *line, size_t len)
{
    size_t line_most = s->choice[0] ? s->choice[0] : 8192;

    if (len && line[len - 1] == '\r')
        len--;
    if (!s->in_body) {
        if (len > line_most)
            return LINES_TOO_LONG;
        text_add(&s->head, line, len);
        s->in_body = words_heredoc(line, len) < len;
        return s->in_body ? LINES_MORE : end_unit(s);
    }
    size_t at = words_heredoc(s->head.bytes, s->head.len);
    size_t most = (size_t)s->choice[1] * 4;
    if (len > most)
        return LINES_TOO_MUCH;
    if (len == s->head.len - at && memcmp(line, s->head.bytes + at, len) == 0)
        return end_unit(s);
    if (s->seen)
        text_putc(&s->body, '\n');
    text_add(&s->body, line, len);
    s->seen += len + 1;
    return s->seen > most + 1 ? LINES_TOO_MUCH : LINES_MORE;
}

static enum lines_got read_simply(
    const uint8_t *choice, const char *bytes, size_t len, struct text *to)
{
    struct simple s = {.choice = choice, .to = to};
    enum lines_got got = LINES_MORE;

    while (got == LINES_MORE && len > 0) {
        const char *end = memchr(bytes, '\n', len);
        size_t line = end ? (size_t)(end - bytes) : len;
        size_t most = s.in_body   ? (size_t)choice[1] * 4
                      : choice[0] ? choice[0]
                                  : 8192;

        if (end)
            got = take_line(&s, bytes, line);
        else if (line > most + 1)
            got = s.in_body ? LINES_TOO_MUCH : LINES_TOO_LONG;
        bytes += line + (end != NULL);
        len -= line + (end != NULL);
    }
    text_fini(&s.head);
    text_fini(&s.body);
    text_printf(to, "end %d\n", got);
    return got;
}

static void compare(const struct text *a, const struct text *b)
{
    INSIST(a->len == b->len);
    INSIST(memcmp(a->bytes, b->bytes, a->len) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct text whole = {0};
    struct text pieces = {0};
    struct text simple = {0};

    if (len < 4)
        return 0;
    const char *rest = (const char *)bytes + 4;
    (void)frame(bytes, rest, len - 4, false, &whole);
    (void)frame(bytes, rest, len - 4, true, &pieces);
    (void)read_simply(bytes, rest, len - 4, &simple);
    compare(&whole, &pieces);
    compare(&whole, &simple);
    text_fini(&whole);
    text_fini(&pieces);
    text_fini(&simple);
    return 0;
}
