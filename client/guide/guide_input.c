/* SPDX-License-Identifier: Apache-2.0
 *
 * guide_input.c - lines beside a socket.
 *
 * The terminal edits the line itself: a question has a short answer, and what
 * reads from a terminal here reads from a file the same.
 */
#include "client/guide/guide_input.h"

#include "client/show/cell.h"
#include "protocol/base_mem.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

/* A longer line is no answer; the rest of it would be the next one. */
#define LONGEST 65536

static void read_more(struct guide_input *input)
{
    char part[4096];
    ssize_t got = read(STDIN_FILENO, part, sizeof part);

    if (got > 0)
        text_add(&input->bytes, part, (size_t)got);
    else if (got == 0 || errno != EINTR)
        input->ended = true;
}

static int await_line(struct client *client, struct guide_input *input)
{
    while (!input->ended && input->bytes.len < LONGEST &&
           !strchr(text_peek(&input->bytes), '\n')) {
        struct link_wait wait = {.fd = STDIN_FILENO, .timeout_ms = -1};
        enum err err = talk_turn(&client->talk, &wait);

        if (err != ERR_OK || client->talk.bye)
            return client_lost(client, ERR_UNAVAILABLE);
        if (wait.ready)
            read_more(input);
    }
    return STATUS_OK;
}

/* The line without its end and the blanks around it. */
static char *take_line(struct guide_input *input)
{
    const char *bytes = text_peek(&input->bytes);
    size_t whole = strcspn(bytes, "\n");
    size_t start = strspn(bytes, " \t");
    size_t end = whole;

    while (end > start && strchr(" \t\r", bytes[end - 1]))
        end--;
    char *line = mem_copy(
        bytes + (start < end ? start : end), start < end ? end - start : 0);
    text_cut(&input->bytes, whole + (bytes[whole] == '\n'));
    return line;
}

static enum guide_wish wish_of(const char *line)
{
    static const struct {
        const char *word;
        enum guide_wish wish;
    } words[] = {{"", GUIDE_PRESET}, {"?", GUIDE_EXPLAIN},
        {"help", GUIDE_EXPLAIN}, {"aide", GUIDE_EXPLAIN}, {"<", GUIDE_BACK},
        {"back", GUIDE_BACK}, {"retour", GUIDE_BACK}, {".", GUIDE_LEAVE},
        {"quit", GUIDE_LEAVE}, {"exit", GUIDE_LEAVE}, {"quitter", GUIDE_LEAVE}};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcasecmp(words[i].word, line) == 0)
            return words[i].wish;
    return GUIDE_ANSWER;
}

int guide_read(struct client *client, struct guide_input *input,
    enum guide_wish *wish, char **answer)
{
    int status = await_line(client, input);

    if (status != STATUS_OK)
        return status;
    if (input->ended && input->bytes.len == 0) {
        (void)putchar('\n');
        *wish = GUIDE_LEAVE;
        *answer = mem_text("");
        return STATUS_OK;
    }
    *answer = take_line(input);
    *wish = wish_of(*answer);
    if (input->echo) {
        struct text safe = {0};

        cell_safe(&safe, *answer);
        (void)puts(text_peek(&safe));
        text_fini(&safe);
    }
    return STATUS_OK;
}
