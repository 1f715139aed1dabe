/* SPDX-License-Identifier: Apache-2.0
 *
 * progress.c - a bar that grows.
 */
#include "client/show/progress.h"

#include "client/show/cell.h"

#include <stdlib.h>
#include <string.h>

/* Columns that the figure and the brackets take, and the widest bar. */
#define BESIDE 9
#define WIDEST 40

bool progress_read(const char *line, unsigned *percent)
{
    size_t digits;

    if (strncmp(line, "# ", 2) != 0)
        return false;
    digits = strspn(line + 2, "0123456789");
    if (digits < 1 || digits > 3 || strncmp(line + 2 + digits, " %", 2) != 0 ||
        (line[digits + 4] != '\0' && line[digits + 4] != ' '))
        return false;
    unsigned long got = strtoul(line + 2, NULL, 10);
    if (got > 100)
        return false;
    *percent = (unsigned)got;
    return true;
}

void progress_draw(FILE *out, const struct look *look, unsigned percent)
{
    size_t width = look->columns > BESIDE + WIDEST ? WIDEST
                   : look->columns > BESIDE + 4    ? look->columns - BESIDE
                                                   : 4;
    struct text bar = {0};
    struct text cell = {0};

    cell_bar(&bar, (int64_t)percent, 100, width);
    cell_pad(&cell, text_peek(&bar), width, false);
    text_fini(&bar);
    /* Where the terminal has no such characters, others stand for them. */
    if (cell_utf8())
        text_puts(&bar, text_peek(&cell));
    else
        cell_fold(&bar, text_peek(&cell));
    (void)fprintf(out, "\r\033[K[%s] %3u %%", text_peek(&bar), percent);
    text_fini(&bar);
    text_fini(&cell);
}

void progress_wipe(FILE *out)
{
    (void)fputs("\r\033[K", out);
}
