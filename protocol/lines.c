/* SPDX-License-Identifier: Apache-2.0
 *
 * lines.c - framing.
 */
#include "protocol/lines.h"

#include "protocol/words.h"

#include <string.h>

void lines_feed(struct lines *lines, const char *bytes, size_t len)
{
    /* Handed-out bytes are dropped when they are most of the buffer, so the
     * cost of moving the rest stays linear. */
    if (lines->done > 4096 && lines->done > lines->in.len / 2) {
        text_cut(&lines->in, lines->done);
        lines->scanned -= lines->done;
        lines->done = 0;
    }
    text_add(&lines->in, bytes, len);
}

/* The next whole line, without LF and one CR before it. */
static enum lines_got take_line(
    struct lines *lines, const char **line, size_t *len)
{
    const char *from = text_peek(&lines->in) + lines->done;
    const char *end = NULL;
    size_t most = lines->in_body ? lines->body_most * 4 : lines->line_most;

    if (lines->in.len > lines->scanned)
        end = memchr(lines->in.bytes + lines->scanned, '\n',
            lines->in.len - lines->scanned);
    if (end == NULL) {
        lines->scanned = lines->in.len;
        lines->line_len = lines->in.len - lines->done;
        /* One byte more than the limit may be the CR of a line end. */
        if (lines->in.len - lines->done > most + 1)
            return lines->in_body ? LINES_TOO_MUCH : LINES_TOO_LONG;
        return LINES_MORE;
    }
    *line = from;
    *len = (size_t)(end - from);
    if (*len && from[*len - 1] == '\r')
        (*len)--;
    lines->line_len = *len;
    lines->done = (size_t)(end - lines->in.bytes) + 1;
    lines->scanned = lines->done;
    if (*len > most)
        return lines->in_body ? LINES_TOO_MUCH : LINES_TOO_LONG;
    return LINES_UNIT;
}

static bool is_end_line(const struct lines *lines, const char *line, size_t len)
{
    size_t at = words_heredoc(lines->head.bytes, lines->head.len);

    return len == lines->head.len - at &&
           memcmp(line, lines->head.bytes + at, len) == 0;
}

static enum lines_got add_body(
    struct lines *lines, const char *line, size_t len)
{
    lines->body_seen += len + 1;
    if (lines->body_seen > lines->body_most * 4 + 1)
        return LINES_TOO_MUCH;
    if (lines->body_seen > lines->body_most + 1) {
        text_fini(&lines->body);
        return LINES_MORE;
    }
    if (lines->body_seen > len + 1)
        text_putc(&lines->body, '\n');
    text_add(&lines->body, line, len);
    return LINES_MORE;
}

static void end_body(struct lines *lines, struct unit *unit)
{
    *unit = (struct unit){.line = lines->head,
        .body = lines->body,
        .has_body = true,
        .body_bytes = lines->body_seen ? lines->body_seen - 1 : 0,
        .body_over = lines->body_seen > lines->body_most + 1};
    lines->head = (struct text){0};
    lines->body = (struct text){0};
    lines->body_seen = 0;
    lines->in_body = false;
}

enum lines_got lines_next(struct lines *lines, struct unit *unit)
{
    const char *line;
    size_t len;

    for (;;) {
        enum lines_got got = take_line(lines, &line, &len);

        if (got != LINES_UNIT)
            return got;
        if (lines->in_body && is_end_line(lines, line, len)) {
            end_body(lines, unit);
            return LINES_UNIT;
        }
        if (lines->in_body) {
            if (add_body(lines, line, len) == LINES_TOO_MUCH)
                return LINES_TOO_MUCH;
            continue;
        }
        if (words_heredoc(line, len) == len) {
            *unit = (struct unit){0};
            text_add(&unit->line, line, len);
            return LINES_UNIT;
        }
        text_add(&lines->head, line, len);
        lines->in_body = true;
    }
}

size_t lines_waiting(const struct lines *lines)
{
    return lines->in.len - lines->done + lines->head.len + lines->body.len;
}

void lines_fini(struct lines *lines)
{
    text_fini(&lines->in);
    text_fini(&lines->head);
    text_fini(&lines->body);
    *lines = (struct lines){0};
}

void unit_fini(struct unit *unit)
{
    text_fini(&unit->line);
    text_fini(&unit->body);
    *unit = (struct unit){0};
}
