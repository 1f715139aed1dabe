/* SPDX-License-Identifier: Apache-2.0
 *
 * panel_crowd.c - tables about people beyond the first ones of the map: votes,
 * balance, what is out of date, relief; what asks for attention; duplicates,
 * likeness and the profile of an organisation.
 */
#include "client/panel/panel_sheet.h"
#include "client/show/cell.h"

static const struct column vote[] = {NAME("party", PARTY, "party"),
    CELL("voice", VOICE, WORD), CELL("share", PART, PERCENT), END};
static const struct column outweighs[] = {NAME("party", PARTY, "party"),
    NAME("decider", DECIDER, "party"), CELL("times", TIMES, NUMBER), END};
static const struct column balance[] = {NAME("from", ONE_SIDE, "party"),
    CELL("sort", LINKED, WORD), NAME("to", OTHER_SIDE, "party"),
    CELL("from-choices", ITS_CHOICES, NUMBER),
    CELL("to-choices", OTHERS_CHOICES, NUMBER),
    CELL("balance", BALANCE, NUMBER), END};
static const struct column stale[] = {NAME("party", PARTY, "party"),
    TEXTS("statement", STATEMENT), LINES("until", UNTIL),
    CELL("days", DAYS, NUMBER), END};
static const struct column relief[] = {NAME("party", PARTY, "party"),
    CELL("what", RELIEF, WORD), LINES("line", ASK), NAME("who", WHO, "party"),
    TEXTS("why", WHY), END};
static const struct column no_award[] = {
    CELL("chance", CHANCE, PERCENT), CELL("left", LEFT, PERCENT), END};
static const struct column queue[] = {CELL("score", SCORE, NUMBER),
    CELL("weight", SALIENCE, NUMBER), CELL("days", DAYS, NUMBER),
    CELL("what", WHAT, WORD), NAME("party", PARTY, "party"),
    CELL("role", ROLE, WORD), TEXTS("tender", TENDER), END};
static const struct column mention[] = {{"", TEXT_HEAD_OBJECT, HOW_ID, NULL, 0},
    TEXTS("tender", TENDER), CELL("field", FIELD, FIELD),
    CELL("past", PAST, YES), CELL("deleted", DELETED, YES),
    CELL("part", PARTIAL, YES), LINES("line", LINE), END};
static const struct column pairs[] = {NAME("party", PARTY, "party"),
    NAME("other", SAME_AS, "party"), CELL("because", BECAUSE, WORD),
    LINES("line", LINE), END};
static const struct column alike[] = {TEXTS("tender", TENDER),
    CELL("distance", DISTANCE, PERCENT), CELL("known", KNOWN_SIDES, NUMBER),
    CELL("state", OUTCOME, WORD), SPARE("sort-distance", BY_SORT, PERCENT),
    SPARE("buyer-distance", BY_BUYER, PERCENT),
    SPARE("cpv-distance", BY_CPV, PERCENT),
    SPARE("value-distance", BY_VALUE, PERCENT),
    SPARE("criteria-distance", BY_CRITERIA, PERCENT), END};
static const struct column ideal[] = {NAME("ideal", IDEAL, "party"),
    CELL("distance", DISTANCE, PERCENT), CELL("known", KNOWN_SIDES, NUMBER),
    END};
static const struct column axis[] = {CELL("axis", AXIS, FIELD),
    CELL("is", IS, VALUE), CELL("ideal", IDEAL, VALUE),
    CELL("distance", DISTANCE, PERCENT), END};
static const struct column advice[] = {CELL("axis", AXIS, FIELD),
    CELL("is", IS, VALUE), TEXTS("advice", ADVICE), END};

static const struct sheet sheets[] = {
    {"map", "vote", TEXT_MAP_VOTE, vote},
    {"map", "outweighs", TEXT_MAP_OUTWEIGHS, outweighs},
    {"map", "balance", TEXT_MAP_BALANCE, balance},
    {"map", "stale", TEXT_MAP_STALE, stale},
    {"map", "relief", TEXT_MAP_RELIEF, relief},
    {"map", "no-award", TEXT_MAP_NO_AWARD, no_award},
    {"attention", "queue", TEXT_ATTENTION_QUEUE, queue},
    {"forget", "mention", TEXT_FORGET_MENTION, mention},
    {"duplicates", "pair", TEXT_DUPLICATES_PAIR, pairs},
    {"similar", "similar", TEXT_SIMILAR_TENDER, alike},
    {"advise", "ideal", TEXT_PROFILE_IDEAL, ideal},
    {"advise", "axis", TEXT_PROFILE_AXIS, axis},
    {"advise", "advice", TEXT_PROFILE_ADVICE, advice},
};

#define SHEETS (sizeof sheets / sizeof *sheets)

void panel_map_more(const struct panel *panel)
{
    panel_sheets(panel, "map", sheets, SHEETS);
}

/* The lines that answer what asks for attention, each once. */
static void say_lines(const struct panel *panel)
{
    const struct block *block = panel->block;
    bool any = false;

    for (size_t i = 0; i < block->n; i++) {
        const char *line = row_get(block->rows[i], "line");

        if (line == NULL || block_find(block, "queue", "line", line, NULL,
                                NULL) != block->rows[i])
            continue;
        if (!any)
            panel_sentence(panel, TEXT_ATTENTION_LINES);
        any = true;
        panel_line(panel, block->rows[i]);
    }
    if (any)
        page_add(panel->page, "");
}

/* A page for an erasure: what is gone, and what of others is left to see. */
void panel_forget(const struct panel *panel)
{
    static const struct {
        const char *key;
        enum text_id text;
    } said[] = {{"erased", TEXT_FORGET_ERASED},
        {"redacted", TEXT_FORGET_REDACTED}, {"mentions", TEXT_FORGET_MENTIONS},
        {"unseen", TEXT_FORGET_UNSEEN}};

    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        const char *word = block_word(panel->block, said[i].key);
        struct text safe = {0};

        cell_safe(&safe, word ? word : "");
        if (word)
            panel_sentence(panel, said[i].text, text_peek(&safe));
        text_fini(&safe);
    }
    panel_sheets(panel, "forget", sheets, SHEETS);
}

void panel_attention(const struct panel *panel)
{
    if (panel->block->n == 0)
        panel_sentence(panel, TEXT_ATTENTION_NOTHING);
    panel_sheets(panel, "attention", sheets, SHEETS);
    say_lines(panel);
}

void panel_duplicates(const struct panel *panel)
{
    if (panel->block->n == 0)
        panel_sentence(panel, TEXT_DUPLICATES_NONE);
    panel_sheets(panel, "duplicates", sheets, SHEETS);
}

void panel_similar(const struct panel *panel)
{
    if (panel->block->n == 0)
        panel_sentence(panel, TEXT_SIMILAR_NONE);
    panel_sheets(panel, "similar", sheets, SHEETS);
}

void panel_advise(const struct panel *panel)
{
    if (panel->block->n == 0)
        panel_sentence(panel, TEXT_PROFILE_NOTHING);
    panel_sheets(panel, "advise", sheets, SHEETS);
}
