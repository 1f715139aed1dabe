/* SPDX-License-Identifier: Apache-2.0
 *
 * french.c - looking up what the code says in English.
 *
 * The table is short and asked for errors alone, so it is gone through.
 */
#include "protocol/french.h"

#include <stdbool.h>
#include <string.h>

const struct french_row french_rows[] = {
#define FRENCH(english, french) {english, french},
#include "protocol/french.def"
#undef FRENCH
};

const size_t french_rows_n = sizeof french_rows / sizeof *french_rows;

const char *french_of(const char *english, enum language language)
{
    for (size_t i = 0; language == LANGUAGE_FRENCH && i < french_rows_n; i++)
        if (strcmp(french_rows[i].english, english) == 0)
            return french_rows[i].french;
    return english;
}

/* A row with one mark, "%s", which stands for any words. */
static bool fill_gap(
    struct text *to, const struct french_row *row, const char *english)
{
    const char *mark = strstr(row->english, "%s");
    const char *gap = strstr(row->french, "%s");
    size_t len = strlen(english), before, after;

    if (mark == NULL || gap == NULL || strchr(mark + 1, '%') != NULL)
        return false;
    before = (size_t)(mark - row->english);
    after = strlen(mark + 2);
    if (len < before + after || strncmp(english, row->english, before) != 0 ||
        strcmp(english + len - after, mark + 2) != 0)
        return false;
    text_add(to, row->french, (size_t)(gap - row->french));
    text_add(to, english + before, len - before - after);
    text_puts(to, gap + 2);
    return true;
}

void french_print(struct text *to, const char *english, enum language language)
{
    const char *whole = french_of(english, language);

    if (language == LANGUAGE_FRENCH && whole == english)
        for (size_t i = 0; i < french_rows_n; i++)
            if (fill_gap(to, &french_rows[i], english))
                return;
    text_puts(to, whole);
}
