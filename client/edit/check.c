/* SPDX-License-Identifier: Apache-2.0
 *
 * check.c - scripts judged line by line: FILE:LINE: what, got, allowed.
 */
#include "client/edit/check.h"

#include "client/edit/check_request.h"
#include "client/show/cell.h"
#include "client/show/say.h"
#include "protocol/err.h"
#include "protocol/french.h"
#include "protocol/limit.h"
#include "protocol/words.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

struct script {
    const struct client *client;
    const char *file;
    struct lines lines;
    size_t line; /* the last one that was taken */
    size_t seen; /* bytes in which lines were counted */
    size_t wrong;
};

static void add_word(
    struct text *to, const char *key, const char *value, enum language language)
{
    struct text said = {0};

    if (value == NULL)
        return;
    french_print(&said, value, language);
    text_printf(to, "%c%s=", to->len ? ' ' : '(', key);
    word_print(to, text_peek(&said));
    text_fini(&said);
}

static void tell(struct script *s, size_t line, const struct check_fault *fault)
{
    enum language language = s->client->look.language;
    struct text words = {0};
    struct text safe = {0};

    s->wrong++;
    add_word(&words, "field", fault->field, LANGUAGE_ENGLISH);
    add_word(&words, "got", fault->got, LANGUAGE_ENGLISH);
    add_word(&words, "allowed", fault->allowed, language);
    if (words.len)
        text_putc(&words, ')');
    cell_safe(&safe, text_peek(&words));
    printf("%s:%zu: %s%s%s\n", s->file, line, fault->sentence,
        words.len ? " " : "", text_peek(&safe));
    text_fini(&words);
    text_fini(&safe);
}

static void tell_text(struct script *s, size_t line, enum text_id id)
{
    const struct check_fault fault = {
        .sentence = text_of(id, s->client->look.language)};

    tell(s, line, &fault);
}

/* The lines up to the end of what was framed; gives that of its beginning. */
static size_t count_lines(struct script *s)
{
    size_t first = s->line + 1;

    for (; s->seen < s->lines.done; s->seen++)
        s->line += s->lines.in.bytes[s->seen] == '\n';
    return first;
}

static void judge_lines(struct script *s)
{
    struct check_known known = {0};
    struct check_fault fault = {0};
    enum lines_got got;
    struct unit unit;

    while ((got = lines_next(&s->lines, &unit)) == LINES_UNIT) {
        size_t line = count_lines(s);

        if (unit.body_over)
            tell_text(s, line, TEXT_CHECK_LONG);
        else if (!check_request(
                     &known, &unit, s->client->look.language, &fault))
            tell(s, line, &fault);
        check_fault_fini(&fault);
        unit_fini(&unit);
    }
    if (got != LINES_MORE)
        tell_text(s, s->line + 1, TEXT_CHECK_LONG);
    else if (s->lines.in_body || s->lines.done < s->lines.in.len)
        tell_text(s, s->line + 1, TEXT_CHECK_OPEN);
    check_known_fini(&known);
}

static int check_file(const struct client *client, const char *file)
{
    struct script s = {.client = client, .file = file};
    bool own = strcmp(file, "-") != 0;
    FILE *from = own ? fopen(file, "re") : stdin;
    char bytes[16384];
    size_t got;

    if (from == NULL) {
        complain(client->look.language, TEXT_CHECK_FILE, file, strerror(errno));
        return STATUS_INPUT;
    }
    s.lines = (struct lines){.line_most = LIMIT_LINE, .body_most = LIMIT_BODY};
    while ((got = fread(bytes, 1, sizeof bytes, from)) > 0)
        lines_feed(&s.lines, bytes, got);
    bool read = ferror(from) == 0;
    if (own)
        (void)fclose(from);
    if (read)
        judge_lines(&s);
    else
        complain(client->look.language, TEXT_CHECK_FILE, file, strerror(errno));
    lines_fini(&s.lines);
    if (!read)
        return STATUS_INPUT;
    return s.wrong ? err_status(ERR_ARG) : STATUS_OK;
}

int check_run(struct client *client)
{
    int status = STATUS_OK;

    if (client->set.words_n == 1) {
        complain(client->look.language, TEXT_CHECK_NOTHING);
        return STATUS_USAGE;
    }
    for (int i = 1; i < client->set.words_n; i++) {
        int got = check_file(client, client->set.words[i]);

        if (status == STATUS_OK)
            status = got;
    }
    return status;
}
