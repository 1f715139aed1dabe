/* SPDX-License-Identifier: Apache-2.0
 *
 * prompt_help.c - libedit's line and our vocabulary.
 */
#include "client/prompt/prompt_help.h"

#include "client/prompt/hint.h"
#include "client/prompt/names.h"
#include "client/prompt/vocabulary_ask.h"
#include "client/show/cell.h"
#include "client/show/page.h"
#include "protocol/base_mem.h"

#include <editline/readline.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct {
    struct client *client;
    struct vocabulary vocabulary;
    struct names *names;
    bool learnt;
    bool hints;    /* the terminal can move its cursor */
    size_t column; /* of the cursor while a hint is shown; 0: none is */
} help;

/* What the first choices share is typed at once; readline frees the list. */
static char **make_list(const struct choices *choices)
{
    char **list = mem_new((choices->n + 2) * sizeof *list);
    size_t shared = strlen(choices->list[0]);

    for (size_t i = 0; i < choices->n; i++) {
        list[i + 1] = mem_text(choices->list[i]);
        while (strncmp(list[1], list[i + 1], shared) != 0)
            shared--;
    }
    list[0] = mem_copy(list[1], shared);
    bool key = choices->n == 1 && list[1][strlen(list[1]) - 1] == '=';
    rl_completion_append_character = key ? '\0' : ' ';
    if (choices->n == 1) {
        free(list[1]);
        list[1] = NULL;
    }
    return list;
}

static char **complete(const char *word, int start, int end)
{
    struct choices choices;
    char **list = NULL;

    (void)end;
    rl_attempted_completion_over = 1;
    complete_find(&help.vocabulary, rl_line_buffer, (size_t)start, word,
        names_kind_of, help.names, &choices);
    if (choices.names.len && help.client->user)
        names_add(help.names, &help.vocabulary, word, &choices);
    if (choices.n)
        list = make_list(&choices);
    complete_free(&choices);
    return list;
}

void prompt_help_init(struct client *client, char *const *token)
{
    const char *terminal = getenv("TERM");

    help.client = client;
    help.hints = terminal && *terminal && strcmp(terminal, "dumb") != 0;
    vocabulary_preset(&help.vocabulary, client->look.language);
    names_new(client, token, &help.names);
    rl_attempted_completion_function = complete;
}

void prompt_help_learn(void)
{
    if (help.learnt || help.client->user == NULL ||
        help.client->format == FORMAT_JSON)
        return;
    help.learnt = true;
    vocabulary_ask(
        &help.client->talk, help.client->look.language, &help.vocabulary);
}

const struct vocabulary *prompt_help_vocabulary(void)
{
    return &help.vocabulary;
}

void prompt_help_expire(void)
{
    names_expire(help.names);
}

/* Where the last word of the line begins. */
static size_t find_word(const char *line)
{
    size_t at = strlen(line);

    while (at && line[at - 1] != ' ' && line[at - 1] != '\t')
        at--;
    return at;
}

static void print_hint(const char *hint)
{
    struct look look = help.client->look;
    struct text cut = {0};
    struct text styled = {0};
    struct text folded = {0};

    cell_cut(&cut, hint, look.columns - 1);
    if (!cell_utf8()) {
        cell_fold(&folded, text_peek(&cut));
        text_fini(&cut);
        cut = folded;
    }
    look_put(&styled, &look, STYLE_FAINT, text_peek(&cut));
    /* Down, where the terminal scrolls when it must, and back up. */
    (void)fprintf(
        stdout, "\r\n\033[K%s\033[A\033[%zuG", text_peek(&styled), help.column);
    text_fini(&cut);
    text_fini(&styled);
}

void prompt_help_show(const char *prompt)
{
    struct text whole = {0};
    struct text hint = {0};

    if (!help.hints || rl_line_buffer == NULL || rl_point != rl_end)
        return;
    size_t word = find_word(rl_line_buffer);
    hint_put(&hint, &help.vocabulary, help.client->look.language,
        rl_line_buffer, word, rl_line_buffer + word, names_kind_of, help.names);
    text_printf(&whole, "%s%s", prompt, rl_line_buffer);
    size_t column = cell_width(whole.bytes) % help.client->look.columns;
    /* At the edge a terminal may or may not have gone to the next row. */
    if (hint.len && column) {
        help.column = column + 1;
        print_hint(hint.bytes);
    }
    text_fini(&whole);
    text_fini(&hint);
}

bool prompt_help_pending(void)
{
    return names_pending(help.names);
}

void prompt_help_hide(bool erased)
{
    if (help.column && !erased)
        (void)fprintf(stdout, "\r\n\033[K\033[A\033[%zuG", help.column);
    help.column = 0;
}

void prompt_help_fini(void)
{
    rl_attempted_completion_function = NULL;
    vocabulary_fini(&help.vocabulary);
    names_free(&help.names);
    help.client = NULL;
    help.learnt = false;
}
