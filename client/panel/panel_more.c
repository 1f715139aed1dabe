/* SPDX-License-Identifier: Apache-2.0
 *
 * panel_more.c - tables of what stands behind the propositions: a table for
 * each kind of row that the answer holds, with the columns listed here.
 */
#include "client/panel/panel_sheet.h"
#include "client/show/cell.h"
#include "protocol/base_mem.h"
#include "protocol/number.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct column effort[] = {NAME("segment", SEGMENT, "party"),
    CELL("hours", HOURS, NUMBER), CELL("reward", REWARD, NUMBER),
    CELL("saving", SAVING, NUMBER), CELL("net", NET, PERCENT),
    CELL("unfair", UNFAIR, YES), END};
static const struct column risk[] = {NAME("segment", SEGMENT, "party"),
    NAME("element", ELEMENT, "element"), CELL("risk", RISK, WORD),
    NAME("borne-by", BORNE_BY, "party"), TEXTS("mitigation", MITIGATION), END};
static const struct column advantage[] = {CELL("bid", BID, WORD),
    NAME("segment", SEGMENT, "party"), NAME("over", OVER, "alternative"),
    CELL("gain", GAIN, POINTS), CELL("loss", LOSS, LOSS),
    CELL("net", NET, POINTS), END};
static const struct column better[] = {CELL("bid", BID, WORD),
    NAME("over", OVER, "alternative"), CELL("share", PART, PERCENT), END};
static const struct column opportunity[] = {NAME("segment", SEGMENT, "party"),
    NAME("need", NEED, "need"), CELL("score", SCORE, NUMBER),
    CELL("band", BAND, WORD), END};
static const struct column kano[] = {NAME("need", NEED, "need"),
    NAME("segment", SEGMENT, "party"), CELL("class", CLASS, WORD),
    CELL("better", BETTER, NUMBER), CELL("worse", WORSE, NUMBER),
    SPARE("answers", ANSWERS, NUMBER), END};
static const struct column qfd[] = {NAME("segment", SEGMENT, "party"),
    NAME("need", NEED, "need"), NAME("criterion", CRITERION, "criterion"),
    CELL("weight", WEIGHT, NUMBER), CELL("share", PART, PERCENT), END};
static const struct column worth[] = {
    CELL("bid", BID, WORD), CELL("relative", RELATIVE, PERCENT), END};
static const struct column flexibility[] = {CELL("class", CLASS, WORD),
    CELL("weight", WEIGHT, PERCENT), CELL("coverage", MET, PERCENT), END};
static const struct column regret[] = {CELL("of", OF, WORD),
    CELL("winner", WINNER, WORD), CELL("best", BEST, WORD),
    CELL("users", USERS, LEVELS), CELL("points", POINTS, NUMBER), END};
static const struct column element[] = {NAME("code", ELEMENT, "element"),
    CELL("lead", LEAD, SIGNED), CELL("users", USERS, POINTS),
    CELL("brings", BRINGS, WORD), END};
static const struct column shadow[] = {NAME("need", NEED, "need"),
    NAME("by", ELEMENT, "element"), CELL("lost", LOST_EACH, NUMBER), END};
static const struct column fidelity[] = {NAME("of", OF, "party"),
    NAME("segment", SEGMENT, "party"), CELL("value", FIDELITY, PERCENT), END};
static const struct column wins[] = {NAME("criterion", CRITERION, "criterion"),
    CELL("lead", LEAD, SIGNED), CELL("rival", RIVAL, WORD),
    SPARE("over-best", OVER_BEST, SIGNED), CELL("discriminator", STRONG, YES),
    CELL("ghost", WEAK, YES), END};
static const struct column unproven[] = {
    NAME("element", ELEMENT, "element"), END};
static const struct column no_theme[] = {
    NAME("criterion", CRITERION, "criterion"), END};
static const struct column now[] = {CELL("rank", RANK, NUMBER),
    CELL("lead", LEAD, SIGNED), CELL("winner", WINNER, WORD),
    CELL("users", USERS, PERCENT), CELL("captives", CAPTIVES, PERCENT),
    CELL("divergence", GAP, PERCENT), CELL("chance", CHANCE, PERCENT), END};
static const struct column amendment[] = {CELL("from", FROM, WORD),
    CELL("to", TO, WORD), CELL("points", POINTS, NUMBER),
    CELL("rank", RANK, NUMBER), CELL("lead-change", LEAD, SIGNED),
    CELL("winner", WINNER, WORD), CELL("users-change", USERS, POINTS),
    CELL("divergence-change", GAP, POINTS),
    CELL("chance-change", CHANCE, POINTS), CELL("good-for", GOOD_FOR, WORD),
    END};

static const struct column question[] = {TEXTS("code", QUESTION),
    TEXTS("text", TEXT), CELL("weight", WEIGHT, NUMBER),
    CELL("score", SCORE, NUMBER), CELL("floor", FLOOR, NUMBER),
    CELL("below", BROKEN, YES), CELL("change", NEEDED, SIGNED),
    TEXTS("reason", REASON), END};
static const struct column bidding[] = {CELL("pwin", CHANCE, PERCENT),
    CELL("from", SOURCE, WORD), CELL("margin", MARGIN, NUMBER),
    CELL("cost", COST, NUMBER), CELL("expected", EXPECTED, SIGNED),
    CELL("break-even", EVEN, PERCENT), END};
static const struct column keep[] = {NAME("code", ELEMENT, "element"),
    CELL("points", POINTS, SIGNED), CELL("cost", COST, NUMBER),
    CELL("gain", NET, SIGNED), CELL("keep", KEEP, YES), END};
static const struct column forecast[] = {
    {"", TEXT_HEAD_FORECAST, HOW_ID, NULL, 0}, TEXTS("tender", TENDER),
    TEXTS("by", BY), CELL("chance", CHANCE, PERCENT),
    CELL("outcome", OUTCOME, WORD), CELL("score", BRIER, NUMBER), END};
static const struct column person[] = {TEXTS("by", BY),
    CELL("forecasts", FORECASTS, NUMBER), CELL("brier", BRIER, NUMBER), END};
static const struct column bin[] = {
    {"by", TEXT_HEAD_BY, HOW_WORD, NULL, COLUMN_WRAP},
    CELL("from", BIN_FROM, PERCENT), CELL("to", BIN_TO, PERCENT),
    CELL("forecasts", FORECASTS, NUMBER), CELL("chance", FORESEEN, PERCENT),
    CELL("won", WON_OF, NUMBER), CELL("share", WON_SHARE, PERCENT), END};
static const struct column answer[] = {CELL("choice", CHOICE, WORD),
    CELL("when", WHEN, WORD), NAME("usage", NEED, "need"),
    CELL("decisive", DECISIVE, YES), CELL("client", CLIENT, WORD),
    CELL("options", OPTIONS, NUMBER), SPARE("suppliers", SUPPLIERS, NUMBER),
    CELL("degree", DEGREE, NUMBER), TEXTS("instead", INSTEAD), END};
static const struct column option[] = {
    NAME("alternative", ALTERNATIVE, "alternative"), CELL("when", WHEN, WORD),
    CELL("counts", COUNTS, YES), NAME("supplier", SUPPLIER, "party"),
    CELL("share", PART, PERCENT), CELL("ease", EASE, PERCENT),
    CELL("limit", LIMIT, WORD), TEXTS("reason", REASON), END};
static const struct column voice[] = {NAME("by", BY, "party"),
    NAME("segment", SEGMENT, "party"), CELL("fidelity", FIDELITY, PERCENT),
    END};
static const struct column stake[] = {NAME("party", PARTY, "party"),
    CELL("salience", SALIENCE, WORD), CELL("attention", ATTENTION, WORD),
    CELL("support", SUPPORT, NUMBER), CELL("met", KNOWN, WORD),
    CELL("confirmed", CONFIRMED, WORD), END};
static const struct column role[] = {CELL("role", ROLE, WORD),
    CELL("filled", FILLED, WORD), NAME("by", BY, "party"), END};
static const struct column influence[] = {NAME("party", PARTY, "party"),
    CELL("weight", WEIGHT, PERCENT), CELL("decides", DECIDES, YES), END};
static const struct column load[] = {NAME("party", PARTY, "party"),
    CELL("value", LOAD, PERCENT), CELL("options", OPTIONS, NUMBER),
    CELL("relief", RELIEF, WORD), END};

static const struct column weighed[] = {NAME("need", NEED, "need"),
    CELL("weight", WEIGHT, PERCENT), CELL("importance", IMPORTANCE, NUMBER),
    END};
static const struct column pair[] = {NAME("need", NEED, "need"),
    NAME("over", OVER, "need"), CELL("said", SAID, NUMBER),
    CELL("fits", FITS, NUMBER), END};
static const struct column score[] = {CELL("bid", BID, WORD),
    CELL("rank", RANK, NUMBER), CELL("score", SCORE, NUMBER),
    CELL("users", MET, PERCENT), CELL("users-rank", RANK, NUMBER), END};

static const struct sheet sheets[] = {
    {"decider", "wins", TEXT_MORE_WINS, wins},
    {"decider", "unproven", TEXT_MORE_UNPROVEN, unproven},
    {"decider", "no-theme", TEXT_MORE_NO_THEME, no_theme},
    {"users", "effort", TEXT_MORE_EFFORT, effort},
    {"users", "risk", TEXT_MORE_RISK, risk},
    {"users", "advantage", TEXT_MORE_ADVANTAGE, advantage},
    {"users", "better", TEXT_MORE_BETTER, better},
    {"users", "opportunity", TEXT_MORE_OPPORTUNITY, opportunity},
    {"users", "kano", TEXT_MORE_KANO, kano},
    {"users", "qfd", TEXT_MORE_QFD, qfd},
    {"users", "worth", TEXT_MORE_WORTH, worth},
    {"users", "flexibility", TEXT_MORE_FLEXIBILITY, flexibility},
    {"gap", "regret", TEXT_MORE_REGRET, regret},
    {"gap", "element", TEXT_MORE_ELEMENT, element},
    {"gap", "shadow", TEXT_MORE_SHADOW, shadow},
    {"gap", "fidelity", TEXT_MORE_FIDELITY, fidelity},
    {"qualify", "question", TEXT_MORE_QUESTION, question},
    {"qualify", "worth", TEXT_MORE_VALUE, bidding},
    {"qualify", "element", TEXT_MORE_KEEP, keep},
    {"calibrate", "forecast", TEXT_MORE_FORECAST, forecast},
    {"calibrate", "person", TEXT_MORE_PERSON, person},
    {"calibrate", "bin", TEXT_MORE_BIN, bin},
    {"client", "answer", TEXT_MORE_ANSWER, answer},
    {"client", "option", TEXT_MORE_OPTION, option},
    {"client", "represents", TEXT_MORE_VOICE, voice},
    {"map", "stake", TEXT_MORE_STAKE, stake},
    {"map", "role", TEXT_MORE_ROLE, role},
    {"map", "influence", TEXT_MORE_INFLUENCE, influence},
    {"map", "load", TEXT_MORE_LOAD, load},
    {"aid", "weight", TEXT_MORE_WEIGHED, weighed},
    {"aid", "pair", TEXT_MORE_PAIR, pair},
    {"aid", "score", TEXT_MORE_SCORE, score},
    {"amend", "now", TEXT_MORE_NOW, now},
    {"amend", "amendment", TEXT_MORE_AMENDMENT, amendment},
};

static void put_day(struct text *to, const char *time)
{
    char *day = mem_copy(time, strcspn(time, "T"));

    cell_safe(to, day);
    free(day);
}

static void put_micro(
    const struct panel *panel, struct text *to, enum how how, int64_t micro)
{
    enum language language = panel->look->language;

    if (how == HOW_PERCENT)
        number_percent(to, micro, language);
    else if (how == HOW_POINTS)
        number_signed(to, micro * 100, 1, language);
    else if (how == HOW_LOSS)
        number_signed(to, -micro * 100, 1, language);
    else if (how == HOW_LEVELS)
        number_put(to, micro * 100, 1, language);
    else if (how == HOW_SIGNED)
        number_signed(to, micro, 2, language);
    else
        number_put(to, micro, micro % 1000000 ? 2 : 0, language);
}

/* What stands under "axis" says how to read its value. */
static void put_value(const struct panel *panel, struct text *to,
    const struct row *row, const char *value)
{
    const char *axis = row_get(row, "axis");
    int64_t micro;

    if (number_read(value, &micro))
        put_micro(panel, to, HOW_NUMBER, micro);
    else
        panel_words_of(panel, to, axis ? axis : "", value);
}

/* "way=out": the party of the page does it to the one in "with". */
static void put_end(const struct panel *panel, struct text *to,
    const struct row *row, bool does)
{
    const char *with = row_get(row, "with");
    bool out = row_has(row, "way", "out");

    if (out == does)
        panel_words_of(panel, to, "way", "out");
    else if (with)
        labels_put_both(to, panel->labels, "party", with);
}

/* key-low and key-high stand where a figure is not known exactly. */
static void put_figure(const struct panel *panel, struct text *to,
    const struct column *column, const struct row *row)
{
    char key[32];
    int64_t micro;

    if (panel_micro(row, column->key, &micro)) {
        put_micro(panel, to, column->how, micro);
        return;
    }
    (void)snprintf(key, sizeof key, "%s-low", column->key);
    if (!panel_micro(row, key, &micro))
        return;
    put_micro(panel, to, column->how, micro);
    text_puts(to, " … ");
    (void)snprintf(key, sizeof key, "%s-high", column->key);
    if (panel_micro(row, key, &micro))
        put_micro(panel, to, column->how, micro);
}

static void put_text(const struct panel *panel, struct text *to,
    const struct column *column, const struct row *row, const char *value)
{
    switch (column->how) {
    case HOW_YES:
        text_puts(to, strcmp(value, "yes") == 0 ? "●" : "");
        break;
    case HOW_NAME:
        panel_names(panel, to, column->kind, column->key, value);
        break;
    case HOW_TEXT:
        cell_safe(to, value);
        break;
    case HOW_WORD:
        panel_words_of(panel, to, column->key, value);
        break;
    case HOW_FIELD:
        panel_field(panel, to, value);
        break;
    case HOW_VALUE:
        put_value(panel, to, row, value);
        break;
    case HOW_DOES:
    case HOW_DONE_TO:
        put_end(panel, to, row, column->how == HOW_DOES);
        break;
    case HOW_DAY:
        put_day(to, value);
        break;
    default:
        break;
    }
}

static void add_cell(const struct panel *panel, struct table *table,
    const struct column *column, const struct row *row)
{
    const char *value = row_get(row, column->key);
    struct text cell = {0};

    if (column->how == HOW_ID && row->id)
        cell_safe(&cell, row->id);
    else if (column->how >= HOW_PERCENT && column->how != HOW_YES)
        put_figure(panel, &cell, column, row);
    else if (value)
        put_text(panel, &cell, column, row, value);
    else if (row_is(row, "bin"))
        text_puts(&cell, panel_heading(panel, TEXT_EVERYBODY));
    table_cell(table, column->how == HOW_YES ? STYLE_MARK : STYLE_PLAIN,
        text_peek(&cell));
    text_fini(&cell);
}

static bool has_key(const struct row *row, const struct column *column)
{
    char low[32];

    (void)snprintf(low, sizeof low, "%s-low", column->key);
    return column->how == HOW_ID || row_get(row, column->key) ||
           row_get(row, low);
}

/* A column that no row fills is not drawn. */
static bool is_used(const struct panel *panel, const struct sheet *sheet,
    const struct column *column)
{
    for (size_t i = 0; i < panel->block->n; i++) {
        const struct row *row = panel->block->rows[i];

        if (row_is(row, sheet->row) && has_key(row, column))
            return true;
    }
    return false;
}

static bool has_any(const struct panel *panel, const struct sheet *sheet)
{
    for (const struct column *c = sheet->columns; c->key; c++)
        if (is_used(panel, sheet, c))
            return true;
    return false;
}

/* Whether a row stands before the one above it: by rank, of one party. */
static bool is_before(const struct row *row, const struct row *above)
{
    const char *party = row_get(row, "party");
    int64_t rank, other;

    return party && row_has(above, "party", party) &&
           panel_micro(row, "rank", &rank) &&
           panel_micro(above, "rank", &other) && rank < other;
}

static const struct row **sort_rows(
    const struct panel *panel, const struct sheet *sheet, size_t *n)
{
    const struct block *block = panel->block;
    const struct row **list = mem_new(block->n * sizeof(const struct row *));
    bool ranked = strcmp(sheet->columns->key, "rank") == 0;
    size_t made = 0;

    for (size_t i = 0; i < block->n; i++) {
        size_t at = made;

        if (!row_is(block->rows[i], sheet->row))
            continue;
        for (; ranked && at > 0 && is_before(block->rows[i], list[at - 1]);
             at--)
            list[at] = list[at - 1];
        list[at] = block->rows[i];
        made++;
    }
    *n = made;
    return list;
}

static void draw_sheet(const struct panel *panel, const struct sheet *sheet)
{
    struct table table = {0};
    size_t n;
    const struct row **rows = sort_rows(panel, sheet, &n);

    for (const struct column *c = sheet->columns; c->key; c++)
        if (is_used(panel, sheet, c))
            table_column(&table, panel_heading(panel, c->heading),
                c->flags | COLUMN_FOLD);
    for (size_t i = 0; i < n; i++)
        for (const struct column *c = sheet->columns; c->key; c++)
            if (is_used(panel, sheet, c))
                add_cell(panel, &table, c, rows[i]);
    panel_sentence(panel, sheet->title);
    panel_table(panel, &table);
    free(rows);
}

void panel_sheets(const struct panel *panel, const char *verb,
    const struct sheet *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i].verb, verb) == 0 && has_any(panel, &list[i])) {
            panel_blank(panel);
            draw_sheet(panel, &list[i]);
        }
}

void panel_more(const struct panel *panel, const char *verb)
{
    panel_sheets(panel, verb, sheets, sizeof sheets / sizeof *sheets);
    panel_sheets(panel, verb, panel_market, panel_market_n);
}

void panel_amend(const struct panel *panel)
{
    panel_more(panel, "amend");
}
