/* SPDX-License-Identifier: Apache-2.0
 *
 * note.c - what a sent line exercises.
 */
#include "tests/talk/note.h"

#include "protocol/command.h"
#include "protocol/kind.h"
#include "protocol/words.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void note_verb(struct text *seen, const char *line)
{
    size_t len = strcspn(line, " ");

    text_puts(seen, "verb ");
    for (size_t i = 0; i < len; i++)
        text_putc(seen, (char)tolower((unsigned char)line[i]));
    text_putc(seen, '\n');
}

static void note_field(
    struct text *seen, bool compares, enum kind kind, const struct word *w)
{
    size_t field = w->key ? field_find(kind, w->key) : (size_t)FIELD_COUNT;

    if (field == FIELD_COUNT)
        return;
    if (compares)
        text_printf(seen, "compare %s %s\n", type_word(fields[field].type),
            op_word(w->op));
    else
        text_printf(seen, "type %s\n", type_word(fields[field].type));
}

static void note_fields(struct text *seen, const struct words *words)
{
    enum command_id id = command_find(words->list[0].value);
    const char *target = words->n > 1 ? words->list[1].value : "";
    enum kind kind = kind_find(target);
    uint64_t number;

    if (id != CMD_ADD && id != CMD_SET && id != CMD_LIST)
        return;
    if (kind == KIND_NONE && id_read(target, &kind, &number) != ERR_OK)
        return;
    for (size_t i = 2; i < words->n; i++)
        note_field(seen, id == CMD_LIST, kind, &words->list[i]);
}

void note_line(struct text *seen, const char *line)
{
    struct words words = {0};
    struct words_fault fault;

    if (line[0] == '@')
        line += strcspn(line, " ");
    line += strspn(line, " ");
    note_verb(seen, line);
    if (words_read(line, strlen(line), "", 128, &words, &fault) != ERR_OK)
        return;
    if (words.n > 0)
        note_fields(seen, &words);
    words_free(&words);
}

static void note_limit_words(struct text *seen, const char *words)
{
    while (*words) {
        size_t len = strcspn(words, " \n");

        text_printf(seen, "limit %.*s\n", (int)len, words);
        words += len;
        words += strspn(words, " \n");
    }
}

void note_limits(struct text *seen, const char *log)
{
    static const char start[] = "what=limits-met ";
    FILE *from = fopen(log, "re");
    char *line = NULL;
    size_t room = 0;

    while (from && getline(&line, &room, from) > 0) {
        const char *found = strstr(line, start);

        if (found)
            note_limit_words(seen, found + sizeof start - 1);
    }
    if (from)
        (void)fclose(from);
    free(line);
}
