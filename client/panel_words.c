/* SPDX-License-Identifier: Apache-2.0
 *
 * panel_words.c - what to say to whom: texts to be read and not tables.
 */
#include "client/cell.h"
#include "client/panel.h"

#include <string.h>

static void put_last(
    const struct panel *panel, const char *key, struct text *to)
{
    const char *words = block_word(panel->block, key);

    panel_words(panel, to, words ? words : "?");
}

static void put_key(const struct row *row, const char *key, struct text *to)
{
    const char *value = row_get(row, key);

    cell_safe(to, value ? value : "?");
}

/* "To AUTH Transport authority (decider, savvy): 84 words." */
static void say_head(const struct panel *panel)
{
    const char *party = block_word(panel->block, "to");
    struct text who = {0};
    struct text audience = {0};
    struct text level = {0};
    struct text words = {0};

    labels_put_both(&who, panel->labels, "party", party ? party : "?");
    put_last(panel, "audience", &audience);
    put_last(panel, "level", &level);
    put_last(panel, "words", &words);
    panel_sentence(panel, TEXT_PITCH_HEAD, text_peek(&who),
        text_peek(&audience), text_peek(&level), text_peek(&words));
    text_fini(&who);
    text_fini(&audience);
    text_fini(&level);
    text_fini(&words);
}

/* Proof belongs to what it proves, and what is more to what it is more than. */
static bool goes_on(const struct row *row, const char *part)
{
    return (part && row_has(row, "part", part)) ||
           row_has(row, "part", "proof") || row_has(row, "part", "advantage");
}

/* Sentences of one part make a paragraph; who is savvy gets them one by one,
 * to find each at a glance. */
static void say_text(const struct panel *panel)
{
    const char *level = block_word(panel->block, "level");
    bool apart = level && strcmp(level, "savvy") == 0;
    const char *part = NULL;
    struct text paragraph = {0};

    for (size_t i = 0; i < panel->block->n; i++) {
        const struct row *row = panel->block->rows[i];

        if (!row_is(row, "say"))
            continue;
        if (paragraph.len && (apart || !goes_on(row, part))) {
            page_wrap(panel->page, apart ? "  - " : "  ", text_peek(&paragraph),
                panel->width);
            if (!apart)
                page_add(panel->page, "");
            text_fini(&paragraph);
        }
        part = row_get(row, "part");
        text_puts(&paragraph, paragraph.len ? " " : "");
        put_key(row, "text", &paragraph);
    }
    page_wrap(panel->page, apart ? "  - " : "  ", text_peek(&paragraph),
        panel->width);
    page_add(panel->page, "");
    text_fini(&paragraph);
}

/* What a row of a kind is about, by the first key that names an object. */
static void put_object(
    const struct panel *panel, const struct row *row, struct text *to)
{
    static const char *const kinds[] = {
        "need", "element", "bid", "party", "alternative", "lot", "tender"};

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const char *code = row_get(row, kinds[i]);

        if (code) {
            labels_put_both(to, panel->labels, kinds[i], code);
            return;
        }
    }
}

static void say_note(const struct panel *panel, const struct row *row)
{
    struct text why = {0};
    struct text of = {0};
    struct text line = {0};

    put_key(row, "why", &why);
    put_object(panel, row, &of);
    if (of.len)
        text_printf(&line, "%s: %s", text_peek(&of), text_peek(&why));
    page_wrap(panel->page, "  - ", of.len ? text_peek(&line) : text_peek(&why),
        panel->width);
    if (row_get(row, "line"))
        panel_line(panel, row);
    text_fini(&why);
    text_fini(&of);
    text_fini(&line);
}

static void say_notes(
    const struct panel *panel, const char *kind, enum text_id heading)
{
    bool any = false;

    for (size_t i = 0; i < panel->block->n; i++) {
        const struct row *row = panel->block->rows[i];

        if (!row_is(row, kind))
            continue;
        if (!any)
            panel_sentence(panel, heading);
        any = true;
        say_note(panel, row);
    }
    if (any)
        page_add(panel->page, "");
}

void panel_pitch(const struct panel *panel)
{
    say_head(panel);
    page_add(panel->page, "");
    say_text(panel);
    say_notes(panel, "advice", TEXT_PITCH_ADVICE);
    say_notes(panel, "lack", TEXT_PITCH_LACKS);
}
