/* SPDX-License-Identifier: Apache-2.0
 *
 * panel_market.c - tables about markets: captive users, distributors, rivals,
 * non-clients.
 */
#include "client/cell.h"
#include "client/panel_sheet.h"

static const struct column voice[] = {NAME("segment", SEGMENT, "party"),
    CELL("heard", HEARD, WORD), ASIDE("channels", CHANNELS), TEXTS("by", BY),
    END};
static const struct column lowered[] = {NAME("bid", BID, "bid"),
    NAME("segment", SEGMENT, "party"), CELL("net", NET, POINTS),
    CELL("wins", WINS, YES), END};

const struct sheet panel_market[] = {
    {"users", "voice", TEXT_MORE_HEARD, voice},
    {"users", "lowered", TEXT_MORE_LOWERED, lowered},
    {"gap", "lowered", TEXT_MORE_LOWERED, lowered},
};

const size_t panel_market_n = sizeof panel_market / sizeof *panel_market;
