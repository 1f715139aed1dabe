/* SPDX-License-Identifier: Apache-2.0
 *
 * sorted.c - texts of lines whose order does not matter.
 */
#include "tests/parts/sorted.h"

#include "protocol/base_mem.h"

#include <stdlib.h>
#include <string.h>

static int by_line(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The lines of a text, which is taken apart; *rest is freed behind them. */
static char **cut_lines(struct text *t, size_t *n, char **rest)
{
    char **lines = NULL;
    size_t room = 0;
    char *place = *rest = text_take(t);

    *n = 0;
    for (char *line; (line = strsep(&place, "\n")) != NULL;) {
        lines = mem_grow(lines, &room, *n + 1, sizeof *lines);
        if (*line)
            lines[(*n)++] = line;
    }
    return lines;
}

void sort_lines(struct text *t)
{
    char *rest;
    size_t n;
    char **lines = cut_lines(t, &n, &rest);

    qsort(lines, n, sizeof *lines, by_line);
    for (size_t i = 0; i < n; i++)
        text_printf(t, "%s\n", lines[i]);
    free(lines);
    free(rest);
}

void drop_lines(struct text *t, const char *word)
{
    char *rest;
    size_t n;
    char **lines = cut_lines(t, &n, &rest);

    for (size_t i = 0; i < n; i++)
        if (strstr(lines[i], word) == NULL)
            text_printf(t, "%s\n", lines[i]);
    free(lines);
    free(rest);
}
