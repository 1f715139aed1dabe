/* SPDX-License-Identifier: Apache-2.0
 *
 * panel_aid.c - weights of needs compared in pairs, and rankings of bids by
 * their coverage, with what they are not for.
 */
#include "client/panel/panel.h"
#include "client/show/cell.h"
#include "protocol/number.h"

#include <string.h>

/* A figure of the final line; "?" where there is none. */
static void put_figure(
    const struct panel *panel, const char *key, struct text *to)
{
    const char *word = block_word(panel->block, key);
    int64_t micro;

    if (word && number_read(word, &micro))
        number_put(to, micro, 2, panel->look->language);
    else
        text_puts(to, "?");
}

static void say_consistency(const struct panel *panel)
{
    const char *consistent = block_word(panel->block, "consistent");
    struct text ratio = {0};
    struct text index = {0};

    if (consistent == NULL)
        return;
    put_figure(panel, "ratio", &ratio);
    put_figure(panel, "random", &index);
    panel_sentence(panel,
        strcmp(consistent, "yes") == 0 ? TEXT_AID_CONSISTENT
                                       : TEXT_AID_INCONSISTENT,
        text_peek(&ratio), text_peek(&index));
    text_fini(&ratio);
    text_fini(&index);
}

/* The lines that would record what was found, to be copied. */
static void add_lines(const struct panel *panel)
{
    bool first = true;

    for (size_t i = 0; i < panel->block->n; i++) {
        const char *line = row_get(panel->block->rows[i], "line");
        struct text safe = {0};

        if (line == NULL)
            continue;
        if (first)
            panel_sentence(panel, TEXT_AID_LINES);
        first = false;
        cell_safe(&safe, line);
        page_wrap(panel->page, "    ", text_peek(&safe), panel->width);
        text_fini(&safe);
    }
}

void panel_aid(const struct panel *panel)
{
    panel_more(panel, "aid");
    say_consistency(panel);
    add_lines(panel);
    panel_sentence(panel, TEXT_AID_ABOUT);
}
