/* SPDX-License-Identifier: Apache-2.0
 *
 * panel_crowd.c - tables about people beyond the first ones of the map: votes,
 * balance, what is out of date, relief; what asks for attention; duplicates,
 * likeness and the profile of an organisation.
 */
#include "client/panel/panel_sheet.h"

#define LINES(key, heading)                                                    \
    {                                                                          \
        key, TEXT_HEAD_##heading, HOW_TEXT, NULL, 0                            \
    }

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
    CELL("what", RELIEF, WORD), LINES("line", ASK), LINES("who", WHO),
    TEXTS("why", WHY), END};
static const struct column no_award[] = {
    CELL("chance", CHANCE, PERCENT), CELL("left", LEFT, PERCENT), END};
static const struct column queue[] = {CELL("score", SCORE, NUMBER),
    CELL("weight", SALIENCE, NUMBER), CELL("days", DAYS, NUMBER),
    CELL("what", WHAT, WORD), NAME("party", PARTY, "party"),
    CELL("role", ROLE, WORD),
    {"tender", TEXT_HEAD_TENDER, HOW_TEXT, NULL, COLUMN_SPARE}, END};
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
static const struct column axis[] = {LINES("axis", AXIS), LINES("is", IS),
    LINES("ideal", IDEAL), CELL("distance", DISTANCE, PERCENT), END};
static const struct column advice[] = {
    LINES("axis", AXIS), LINES("is", IS), TEXTS("advice", ADVICE), END};

static const struct sheet sheets[] = {
    {"map", "vote", TEXT_MAP_VOTE, vote},
    {"map", "outweighs", TEXT_MAP_OUTWEIGHS, outweighs},
    {"map", "balance", TEXT_MAP_BALANCE, balance},
    {"map", "stale", TEXT_MAP_STALE, stale},
    {"map", "relief", TEXT_MAP_RELIEF, relief},
    {"map", "no-award", TEXT_MAP_NO_AWARD, no_award},
    {"attention", "queue", TEXT_ATTENTION_QUEUE, queue},
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

void panel_attention(const struct panel *panel)
{
    if (panel->block->n == 0)
        panel_sentence(panel, TEXT_ATTENTION_NOTHING);
    panel_sheets(panel, "attention", sheets, SHEETS);
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
