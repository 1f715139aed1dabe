/* SPDX-License-Identifier: Apache-2.0
 *
 * answer.c - reading the lines of the server.
 */
#include "protocol/answer.h"

#include "protocol/base_mem.h"

#include <stdlib.h>
#include <string.h>

/* Words of one server line; the server may say more than a client knows, so
 * the count is bounded by the line alone. */
#define ANSWER_WORDS 4096

static enum err read_words(struct answer *a, const char *from)
{
    struct words_fault fault;

    return words_read(
        from, strlen(from), NULL, ANSWER_WORDS, &a->words, &fault);
}

static const char *positional(const struct answer *a, size_t at)
{
    if (at >= a->words.n || a->words.list[at].key)
        return NULL;
    return a->words.list[at].value;
}

static enum err read_final(struct answer *a)
{
    size_t at = 1;
    const char *word = positional(a, at);

    if (word && word[0] == '@') {
        a->tag = word;
        word = positional(a, ++at);
    }
    if (a->class == ANSWER_ERR) {
        if (word == NULL)
            return ERR_SYNTAX;
        a->code = word;
    }
    return ERR_OK;
}

static enum err read_event(struct answer *a)
{
    const char *seq = positional(a, 0);
    char *end;

    a->time = positional(a, 1);
    a->code = positional(a, 2);
    a->id = positional(a, 3);
    if (seq == NULL || a->time == NULL || a->code == NULL)
        return ERR_SYNTAX;
    a->seq = strtoull(seq, &end, 10);
    return *end ? ERR_SYNTAX : ERR_OK;
}

static enum err read_record(struct answer *a)
{
    a->code = positional(a, 0);
    a->id = positional(a, 1);
    return a->code ? ERR_OK : ERR_SYNTAX;
}

static bool starts(const char *line, const char *word)
{
    size_t len = strlen(word);

    return strncmp(line, word, len) == 0 &&
           (line[len] == ' ' || line[len] == '\0');
}

/* Where the sentence for people starts: "#" at the start of a word outside
 * quotes. */
static const char *find_note(const char *line)
{
    bool quoted = false;
    bool start = true;

    for (; *line; line++) {
        if (quoted && *line == '\\' && line[1])
            line++;
        else if (*line == '"')
            quoted = !quoted;
        else if (!quoted && *line == '#' && start)
            return line + 1 + (line[1] == ' ');
        start = *line == ' ';
    }
    return NULL;
}

static enum err read_data(struct answer *a, const char *from)
{
    if (from[0] == '|') {
        a->class = ANSWER_TEXT;
        a->rest = from + 1 + (from[1] == ' ');
        return ERR_OK;
    }
    if (from[0] == '{') {
        a->class = ANSWER_JSON;
        a->rest = from;
        return ERR_OK;
    }
    a->class = ANSWER_RECORD;
    enum err err = read_words(a, from);
    return err == ERR_OK ? read_record(a) : err;
}

static enum err read_line(struct answer *a)
{
    static const struct {
        const char *word;
        enum answer_class class;
    } rows[] = {{"ok", ANSWER_OK}, {"err", ANSWER_ERR}, {"hello", ANSWER_HELLO},
        {"bye", ANSWER_BYE}, {"*", ANSWER_EVENT}};

    if (strncmp(a->line, "  ", 2) == 0)
        return read_data(a, a->line + 2);
    if (a->line[0] == '#') {
        a->class = ANSWER_NOTICE;
        a->rest = a->line + 1 + (a->line[1] == ' ');
        return ERR_OK;
    }
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (!starts(a->line, rows[i].word))
            continue;
        a->class = rows[i].class;
        bool event = a->class == ANSWER_EVENT;
        enum err err = read_words(a, a->line + (event ? 1 : 0));
        if (err != ERR_OK)
            return err;
        a->note = find_note(a->line);
        if (event)
            return a->words.n ? read_event(a) : ERR_SYNTAX;
        return read_final(a);
    }
    return ERR_SYNTAX;
}

enum err answer_read(const char *line, size_t len, struct answer *got)
{
    struct answer made = {.line = mem_copy(line, len)};
    enum err err = read_line(&made);

    if (err != ERR_OK) {
        answer_free(&made);
        return ERR_SYNTAX;
    }
    *got = made;
    return ERR_OK;
}

void answer_free(struct answer *answer)
{
    words_free(&answer->words);
    free(answer->line);
    *answer = (struct answer){0};
}
