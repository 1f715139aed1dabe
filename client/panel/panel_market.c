/* SPDX-License-Identifier: Apache-2.0
 *
 * panel_market.c - tables about markets: captive users, distributors, rivals,
 * non-clients.
 */
#include "client/panel/panel_sheet.h"
#include "client/show/cell.h"

static const struct column voice[] = {NAME("segment", SEGMENT, "party"),
    CELL("heard", HEARD, WORD), ASIDE("channels", CHANNELS),
    NAME("by", BY, "party"), END};
static const struct column lowered[] = {NAME("bid", BID, "bid"),
    NAME("segment", SEGMENT, "party"), CELL("net", NET, POINTS),
    CELL("wins", WINS, YES), END};

static const struct column distributor[] = {NAME("party", PARTY, "party"),
    TEXTS("slot", SLOT), CELL("theirs", BRANDS, NUMBER),
    CELL("ours", DISTRIBUTORS, NUMBER), CELL("ratio", RATIO, NUMBER),
    CELL("to-us", TO_US, WORD), CELL("margin", MARGIN_KEPT, NUMBER),
    CELL("policy", POLICY, YES), END};
static const struct column brand[] = {NAME("party", PARTY, "party"),
    NAME("alternative", ALTERNATIVE, "alternative"),
    CELL("counts", COUNTS, YES), NAME("supplier", SUPPLIER, "party"),
    CELL("margin", MARGIN_KEPT, NUMBER), CELL("share", PART, PERCENT), END};
static const struct column wanted[] = {NAME("party", PARTY, "party"),
    NAME("need", NEED, "need"), CELL("importance", WEIGHT, NUMBER),
    CELL("covered", MET, PERCENT), TEXTS("best", BEST_OTHER),
    CELL("best-covered", MET, PERCENT), END};
static const struct column third[] = {CELL("rank", RANK, NUMBER),
    NAME("party", PARTY, "party"), TEXTS("of", BID),
    CELL("level", MET, PERCENT), END};
static const struct column chain[] = {CELL("step", STEP, NUMBER),
    NAME("from", FROM, "party"), NAME("to", TO, "party"),
    CELL("to-us", TO_US, WORD), CELL("margin", MARGIN_KEPT, NUMBER),
    CELL("value", WORTH, PERCENT), TEXTS("best", BEST_OTHER),
    CELL("best-value", WORTH, PERCENT), END};

static const struct column factor[] = {NAME("code", FACTOR, "factor"),
    CELL("ours", OURS, NUMBER), CELL("rivals", RIVALS, NUMBER),
    CELL("action", ACTION, WORD), END};
static const struct column player[] = {NAME("party", PARTY, "party"),
    CELL("focus", FOCUS, NUMBER), CELL("divergence", APART, NUMBER), END};
static const struct column nonclient[] = {CELL("tier", TIER, WORD),
    NAME("party", PARTY, "party"), CELL("size", HEADS, NUMBER),
    NAME("need", NEED, "need"), NAME("factor", FACTOR, "factor"),
    TEXTS("reason", REASON), END};
static const struct column tier[] = {CELL("tier", TIER, WORD),
    CELL("groups", GROUPS, NUMBER), CELL("size", HEADS, NUMBER),
    CELL("most", AT_MOST, NUMBER), END};
static const struct column converts[] = {NAME("code", FACTOR, "factor"),
    CELL("groups", GROUPS, NUMBER), CELL("size", HEADS, NUMBER),
    CELL("most", AT_MOST, NUMBER), END};
static const struct column taught[] = {NAME("party", PARTY, "party"),
    TEXTS("given", GIVEN), NAME("profits", PROFITS, "party"),
    CELL("before-due", BEFORE_DUE, YES), END};
static const struct column serves[] = {NAME("need", NEED, "need"),
    NAME("element", ELEMENT, "element"), CELL("by", BY_HOW_MUCH, POINTS),
    CELL("proved", PROVED, YES), TEXTS("proof", PROOF), END};
static const struct column unserved[] = {
    NAME("party", PARTY, "party"), NAME("need", NEED, "need"), END};

const struct sheet panel_market[] = {
    {"decider", "serves", TEXT_MORE_SERVES, serves},
    {"decider", "unserved", TEXT_MORE_UNSERVED, unserved},
    {"decider", "value", TEXT_MORE_OWN, third},
    {"canvas", "factor", TEXT_MORE_FACTOR, factor},
    {"canvas", "player", TEXT_MORE_PLAYER, player},
    {"nonclients", "nonclient", TEXT_MORE_NONCLIENT, nonclient},
    {"nonclients", "tier", TEXT_MORE_TIER, tier},
    {"nonclients", "factor", TEXT_MORE_CONVERTS, converts},
    {"nonclients", "taught", TEXT_MORE_TAUGHT, taught},
    {"distributor", "distributor", TEXT_MORE_DISTRIBUTOR, distributor},
    {"distributor", "brand", TEXT_MORE_BRAND, brand},
    {"distributor", "need", TEXT_MORE_WANTED, wanted},
    {"distributor", "value", TEXT_MORE_THIRD, third},
    {"distributor", "chain", TEXT_MORE_CHAIN, chain},
    {"users", "voice", TEXT_MORE_HEARD, voice},
    {"users", "lowered", TEXT_MORE_LOWERED, lowered},
    {"gap", "lowered", TEXT_MORE_LOWERED, lowered},
};

const size_t panel_market_n = sizeof panel_market / sizeof *panel_market;

/* A line that the server proposes is not drawn: it stands below the sentence
 * that says what is not recorded. */
static bool has_drawn(const struct panel *panel)
{
    for (size_t i = 0; i < panel->block->n; i++)
        if (!row_is(panel->block->rows[i], "ask"))
            return true;
    return false;
}

/* Where nothing is recorded: what that would be, and the line that does it. */
static void draw_or_ask(const struct panel *panel, const char *verb,
    enum text_id nothing, const char *line)
{
    if (!has_drawn(panel)) {
        panel_sentence(panel, nothing);
        page_wrap(panel->page, "    ", line, panel->width);
    }
    panel_more(panel, verb);
}

void panel_distributor(const struct panel *panel)
{
    draw_or_ask(panel, "distributor", TEXT_DISTRIBUTOR_NONE,
        "add stake party= roles=distributes");
}

void panel_canvas(const struct panel *panel)
{
    draw_or_ask(panel, "canvas", TEXT_CANVAS_NONE, "add factor code= name=");
}

void panel_nonclients(const struct panel *panel)
{
    draw_or_ask(panel, "nonclients", TEXT_NONCLIENTS_NONE,
        "add nonclient party= tier=leaving size= reason=");
}
