/* SPDX-License-Identifier: Apache-2.0
 *
 * script.c - reading conversations, line by line.
 */
#include "tests/talk/script.h"

#include "protocol/base_mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_COLUMN 8

struct reader {
    struct script *script;
    int line;
    bool in_block;  /* of a page: inside a fence or a comment for us */
    bool in_hidden; /* of a page: inside a comment */
    const char *why;
};

static const struct {
    const char *word;
    enum step_verb verb;
    bool mark; /* its text stands from TEXT_COLUMN on, as it is */
} verbs[] = {
    {">|", STEP_SEND_RAW, true},
    {">", STEP_SEND, true},
    {"<!", STEP_NEXT, true},
    {"<~", STEP_REGEX, true},
    {"<+", STEP_SKIP_TO, true},
    {"<", STEP_EXPECT, true},
    {"connect", STEP_CONNECT, false},
    {"half-close", STEP_HALF_CLOSE, false},
    {"closes", STEP_CLOSES, false},
    {"cut", STEP_CUT, false},
    {"plays", STEP_PLAYS, false},
    {"silent", STEP_SILENT, false},
    {"exits", STEP_EXITS, false},
    {"start", STEP_START, false},
    {"stop", STEP_STOP, false},
    {"kill", STEP_KILL, false},
    {"user", STEP_USER, false},
};

static void add_step(struct reader *r, enum step_verb verb, const char *actor,
    size_t actor_len, const char *text)
{
    struct script *s = r->script;

    s->list = mem_grow(s->list, &s->room, s->n + 1, sizeof *s->list);
    s->list[s->n++] = (struct step){
        r->line, verb, mem_copy(actor, actor_len), mem_text(text)};
}

/* What follows the verb of a line that is no mark: blanks around it and a
 * comment behind it are dropped. */
static char *trim(const char *from)
{
    from += strspn(from, " ");
    size_t len = strlen(from);
    const char *comment = from[0] == '#' ? from : strstr(from, " #");

    if (comment)
        len = (size_t)(comment - from);
    while (len > 0 && from[len - 1] == ' ')
        len--;
    return mem_copy(from, len);
}

static void read_step(struct reader *r, const char *line)
{
    size_t actor = strcspn(line, " ");
    const char *word = line + actor + strspn(line + actor, " ");
    size_t len = strcspn(word, " ");

    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        if (strlen(verbs[i].word) != len ||
            memcmp(verbs[i].word, word, len) != 0)
            continue;
        if (verbs[i].mark) {
            bool has_text = strlen(line) > TEXT_COLUMN;

            if (word + len > line + TEXT_COLUMN)
                r->why = "the mark must end before column 9";
            add_step(r, verbs[i].verb, line, actor,
                has_text ? line + TEXT_COLUMN : "");
            return;
        }
        char *rest = trim(word + len);
        add_step(r, verbs[i].verb, line, actor, rest);
        free(rest);
        return;
    }
    r->why = "neither a mark nor a verb of conversations";
}

/* A visible line of a page: "C: ..." is sent, "S: ..." comes back; C2 and S2
 * are a second session.  Anything else is for the reader alone. */
static void read_page_line(struct reader *r, const char *line)
{
    size_t colon = strcspn(line, ":");

    if ((line[0] != 'C' && line[0] != 'S') || colon < 1 || colon > 2 ||
        line[colon] != ':')
        return;
    const char *text = line + colon + 1;
    text += *text == ' ';
    add_step(r, line[0] == 'C' ? STEP_SEND : STEP_EXPECT,
        colon == 2 ? line + 1 : "1", 1, text);
}

static void read_page(struct reader *r, const char *line)
{
    if (!r->in_block) {
        r->in_hidden = strcmp(line, "<!-- talk") == 0;
        r->in_block = r->in_hidden || strcmp(line, "```talk") == 0;
        return;
    }
    if (strcmp(line, r->in_hidden ? "-->" : "```") == 0)
        r->in_block = false;
    else if (!r->in_hidden)
        read_page_line(r, line);
    else if (*line && *line != '#')
        read_step(r, line);
}

bool script_read(const char *file, struct script *got, struct text *why)
{
    struct script made = {.file = mem_text(file)};
    struct reader r = {.script = &made};
    FILE *from = fopen(file, "re");
    char *line = NULL;
    size_t room = 0;
    ssize_t len;

    if (from == NULL)
        r.why = "can not be opened";
    made.page = strlen(file) > 3 && strcmp(file + strlen(file) - 3, ".md") == 0;
    while (!r.why && (len = getline(&line, &room, from)) > 0) {
        r.line++;
        if (line[len - 1] == '\n')
            line[len - 1] = '\0';
        if (made.page)
            read_page(&r, line);
        else if (*line && *line != '#')
            read_step(&r, line);
    }
    free(line);
    if (from)
        (void)fclose(from);
    if (r.why) {
        text_printf(why, "%s:%d: %s\n", file, r.line, r.why);
        script_fini(&made);
        return false;
    }
    *got = made;
    return true;
}

void script_fini(struct script *script)
{
    for (size_t i = 0; i < script->n; i++) {
        free(script->list[i].actor);
        free(script->list[i].text);
    }
    free(script->list);
    free(script->file);
    *script = (struct script){0};
}
