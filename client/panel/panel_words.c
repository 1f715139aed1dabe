/* SPDX-License-Identifier: Apache-2.0
 *
 * panel_words.c - what to say to whom: texts to be read and not tables.
 */
#include "client/panel/panel.h"
#include "client/show/cell.h"
#include "client/show/say.h"

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

/* Proof belongs to what it proves, and what is more to what it is more than;
 * each need stands by itself, with what could be added for it. */
static bool goes_on(const struct row *row, const char *part)
{
    bool same = part && row_has(row, "part", part) && !row_get(row, "need");

    return same ||
           (row_has(row, "part", "question") && row_get(row, "element")) ||
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
        say(&line, panel->look->language, TEXT_NOTE_ON, text_peek(&of),
            text_peek(&why));
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

/* Whether what lint tells of a field are words of the protocol. */
static bool is_worded(const char *field, const char *value)
{
    return strcmp(field, "audience") == 0 || strcmp(field, "level") == 0 ||
           strncmp(value, "state=", strlen("state=")) == 0;
}

/* ">=50" is "at least 50", and "multimodal*" a word whatever its end. */
static void put_told(const struct panel *panel, const struct row *row,
    const char *value, struct text *to)
{
    const char *field = row_get(row, "field");
    bool least = strncmp(value, ">=", 2) == 0;
    bool most = strncmp(value, "<=", 2) == 0;
    size_t len = strlen(value);
    struct text bare = {0};
    struct text safe = {0};

    if (field && is_worded(field, value)) {
        panel_words_of(panel, to, field, value);
        return;
    }
    text_add(&bare, value, len - (len && value[len - 1] == '*'));
    cell_safe(&safe, text_peek(&bare) + (least || most ? 2 : 0));
    if (least || most)
        say(to, panel->look->language, least ? TEXT_LINT_LEAST : TEXT_LINT_MOST,
            text_peek(&safe));
    else
        text_puts(to, text_peek(&safe));
    text_fini(&bare);
    text_fini(&safe);
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
            put_told(panel, row, value, &safe);
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
    struct text field = {0};
    struct text why = {0};

    panel_field(
        panel, &field, row_get(row, "field") ? row_get(row, "field") : "?");
    put_key(row, "why", &why);
    say(&line, panel->look->language, TEXT_NOTE_ON, text_peek(&field),
        text_peek(&why));
    text_fini(&field);
    text_fini(&why);
    put_both(panel, row, &both);
    if (both.len)
        text_printf(&line, " (%s)", both.bytes);
    page_wrap(panel->page, "  - ", text_peek(&line), panel->width);
    text_fini(&line);
    text_fini(&both);
}

/* What a finding is on: by its name, or by its id and what its kind is. */
static void put_found(
    const struct panel *panel, const char *on, struct text *to)
{
    static const char *const kinds[] = {
        "element", "need", "alternative", "party", "criterion", "bid"};

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (labels_find(panel->labels, kinds[i], on)) {
            labels_put_both(to, panel->labels, kinds[i], on);
            return;
        }
    panel_object(panel, to, on);
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
            put_found(panel, on, &safe);
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

static void say_who(const struct panel *panel)
{
    const struct row *row =
        block_find(panel->block, "who", NULL, NULL, NULL, NULL);
    const char *code = row ? row_get(row, "party") : NULL;
    const char *level = row ? row_get(row, "level") : NULL;
    struct text who = {0};
    struct text minutes = {0};
    struct text knows = {0};

    labels_put_both(&who, panel->labels, "party", code ? code : "?");
    put_last(panel, "minutes", &minutes);
    panel_words(panel, &knows, level ? level : "?");
    panel_sentence(panel, TEXT_BRIEF_WHO, text_peek(&who), text_peek(&minutes),
        text_peek(&knows));
    text_fini(&who);
    text_fini(&minutes);
    text_fini(&knows);
}

/* ", ann, overdue since 2027-03-01", of a promise. */
static void put_due(
    const struct panel *panel, const struct row *row, struct text *to)
{
    const char *due = row_get(row, "due");
    const char *owner = row_get(row, "owner");
    enum text_id id =
        row_get(row, "overdue") ? TEXT_BRIEF_OVERDUE : TEXT_BRIEF_DUE;

    if (owner) {
        text_puts(to, ", ");
        cell_safe(to, owner);
    }
    if (due) {
        text_printf(to, ", %s ", panel_heading(panel, id));
        cell_safe(to, due);
    }
}

/* "2027-03-01, meeting: " */
static void put_held(const struct panel *panel, const struct row *row,
    bool goes_on_with, struct text *to)
{
    const char *held = row_get(row, "held");
    const char *channel = row_get(row, "channel");
    struct text day = {0};

    text_add(&day, held, strcspn(held, "T"));
    cell_safe(to, text_peek(&day));
    if (channel) {
        text_puts(to, ", ");
        panel_words_of(panel, to, "channel", channel);
    }
    if (goes_on_with)
        text_puts(to, panel->look->language == LANGUAGE_FRENCH ? " : " : ": ");
    text_fini(&day);
}

/* "2027-03-01, meeting: text (opinion)"; a party by its name. */
static void put_item(
    const struct panel *panel, const struct row *row, struct text *to)
{
    const char *party = row_get(row, "party");
    const char *held = row_get(row, "held");
    const char *text = row_get(row, "text");
    const char *opinion = row_get(row, "opinion");

    if (party)
        labels_put_both(to, panel->labels, "party", party);
    if (held)
        put_held(panel, row, text || opinion, to);
    if (text)
        cell_safe(to, text);
    put_due(panel, row, to);
    if (opinion) {
        text_puts(to, text ? " (" : "");
        cell_safe(to, opinion);
        text_puts(to, text ? ")" : "");
    }
}

static void say_items(const struct panel *panel, const char *kind,
    const char *other, enum text_id heading)
{
    bool any = false;

    for (size_t i = 0; i < panel->block->n; i++) {
        const struct row *row = panel->block->rows[i];
        struct text item = {0};

        if (!row_is(row, kind) && !row_is(row, other))
            continue;
        if (!any) {
            page_add(panel->page, "");
            panel_sentence(panel, heading);
        }
        any = true;
        put_item(panel, row, &item);
        page_wrap(panel->page, "  - ", text_peek(&item), panel->width);
        if (row_get(row, "line"))
            panel_line(panel, row);
        text_fini(&item);
    }
}

void panel_brief(const struct panel *panel)
{
    say_who(panel);
    say_items(panel, "last", "last", TEXT_BRIEF_LAST);
    say_items(panel, "promise", "promise", TEXT_BRIEF_PROMISES);
    say_items(panel, "given", "told", TEXT_BRIEF_GIVEN);
    say_items(panel, "do", "do", TEXT_BRIEF_DO);
    say_items(panel, "dont", "dont", TEXT_BRIEF_DONT);
    say_items(panel, "ask", "ask", TEXT_BRIEF_ASK);
    say_items(panel, "trusts", "trusts", TEXT_BRIEF_TRUSTS);
}
