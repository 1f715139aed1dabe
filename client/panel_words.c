/* SPDX-License-Identifier: Apache-2.0
 *
 * panel_words.c - what to say to whom: texts to be read and not tables.
 */
#include "client/cell.h"
#include "client/panel.h"
#include "client/say.h"

#include <string.h>

static void put_last(
    const struct panel *panel, const char *key, struct text *to)
{
    const char *words = block_word(panel->block, key);

    panel_words(panel, to, words ? words : "?");
}

/* The role in which they are spoken to. */
static void put_audience(const struct panel *panel, struct text *to)
{
    const char *word = block_word(panel->block, "audience");
    struct text keyed = {0};

    text_printf(&keyed, "audience=%s", word ? word : "other");
    panel_words(panel, to, keyed.bytes);
    text_fini(&keyed);
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
    put_audience(panel, &audience);
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

/* "here 7 lines, expected 9 lines" */
static void put_both(
    const struct panel *panel, const struct row *row, struct text *to)
{
    static const struct {
        const char *key;
        enum text_id text;
    } rows[] = {{"got", TEXT_LINT_GOT}, {"allowed", TEXT_LINT_ALLOWED}};

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *value = row_get(row, rows[i].key);
        struct text safe = {0};

        if (value && *value) {
            cell_safe(&safe, value);
            text_puts(to, to->len ? ", " : "");
            say(to, panel->look->language, rows[i].text, text_peek(&safe));
        }
        text_fini(&safe);
    }
}

/* "text: too long for this level (here 205, expected <=180)" */
static void say_finding(const struct panel *panel, const struct row *row)
{
    struct text line = {0};
    struct text both = {0};

    put_key(row, "field", &line);
    text_puts(&line, ": ");
    put_key(row, "why", &line);
    put_both(panel, row, &both);
    if (both.len)
        text_printf(&line, " (%s)", both.bytes);
    page_wrap(panel->page, "  - ", text_peek(&line), panel->width);
    text_fini(&line);
    text_fini(&both);
}

/* A heading wherever another object begins. */
static void say_findings(const struct panel *panel)
{
    const char *last = NULL;

    for (size_t i = 0; i < panel->block->n; i++) {
        const struct row *row = panel->block->rows[i];
        const char *on = row_get(row, "on");
        struct text safe = {0};

        if (!row_is(row, "finding"))
            continue;
        if (on && (last == NULL || strcmp(last, on) != 0)) {
            cell_safe(&safe, on);
            page_add(panel->page, "");
            page_wrap(panel->page, "  ", text_peek(&safe), panel->width);
            text_fini(&safe);
        }
        last = on;
        say_finding(panel, row);
    }
}

void panel_lint(const struct panel *panel)
{
    const char *found = block_word(panel->block, "findings");
    struct text n = {0};

    put_last(panel, "findings", &n);
    if (found && strcmp(found, "0") == 0)
        panel_sentence(panel, TEXT_LINT_NONE);
    else
        panel_sentence(panel, TEXT_LINT_FOUND, text_peek(&n));
    say_findings(panel);
    text_fini(&n);
}
