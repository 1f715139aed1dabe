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

/* Words of the protocol as people say them; others stand as they are. */
static const struct {
    const char *word;
    enum text_id text;
} said[] = {
#define WORD(word, text) {word, text},
#include "client/show/said.def"
#undef WORD
};

static const struct column effort[] = {NAME("segment", SEGMENT, "party"),
    CELL("hours", HOURS, NUMBER), CELL("reward", REWARD, NUMBER),
    CELL("saving", SAVING, NUMBER), CELL("net", NET, PERCENT),
    CELL("unfair", UNFAIR, YES), END};
static const struct column risk[] = {NAME("segment", SEGMENT, "party"),
    NAME("element", ELEMENT, "element"), CELL("risk", RISK, WORD),
    NAME("borne-by", BORNE_BY, "party"), TEXTS("mitigation", MITIGATION), END};
static const struct column advantage[] = {CELL("bid", BID, WORD),
    NAME("segment", SEGMENT, "party"), CELL("over", OVER, WORD),
    CELL("gain", GAIN, POINTS), CELL("loss", LOSS, POINTS),
    CELL("net", NET, POINTS), END};
static const struct column better[] = {CELL("bid", BID, WORD),
    CELL("over", OVER, WORD), CELL("share", PART, PERCENT), END};
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
    CELL("users", USERS, POINTS), CELL("points", POINTS, NUMBER), END};
static const struct column element[] = {NAME("code", ELEMENT, "element"),
    CELL("lead", LEAD, SIGNED), CELL("users", USERS, POINTS),
    CELL("brings", BRINGS, WORD), END};
static const struct column shadow[] = {NAME("need", NEED, "need"),
    NAME("by", ELEMENT, "element"), CELL("lost", LOST_EACH, SIGNED), END};
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
    TEXTS("text", TEXT), SPARE("weight", WEIGHT, NUMBER),
    CELL("score", SCORE, PERCENT), SPARE("floor", FLOOR, PERCENT),
    CELL("below", BROKEN, WORD), CELL("change", NEEDED, POINTS),
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
static const struct column answer[] = {CELL("choice", CHOICE, WORD),
    CELL("when", WHEN, WORD), TEXTS("usage", NEED),
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
    CELL("support", SUPPORT, NUMBER), ASIDE("voice", VOICE),
    CELL("met", KNOWN, WORD), ASIDE("confirmed", CONFIRMED), END};
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

static const char *find_said(const struct panel *panel, const char *word)
{
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if (strcmp(said[i].word, word) == 0)
            return panel_heading(panel, said[i].text);
    return NULL;
}

/* A word that means something else under one key than under others stands in
 * the table as "key=word". */
static void put_word(const struct panel *panel, struct text *to,
    const char *key, const char *word)
{
    struct text keyed = {0};

    text_printf(&keyed, "%s=%s", key, word);
    const char *text = find_said(panel, keyed.bytes);
    if (text == NULL)
        text = find_said(panel, word);
    if (text)
        text_puts(to, text);
    else
        cell_safe(to, word);
    text_fini(&keyed);
}

static void put_words(const struct panel *panel, struct text *to,
    const char *key, const char *words)
{
    while (*words) {
        size_t len = strcspn(words, ",");
        char *word = mem_copy(words, len);

        put_word(panel, to, key, word);
        free(word);
        words += len;
        if (*words == ',') {
            text_puts(to, ", ");
            words++;
        }
    }
}

void panel_words(const struct panel *panel, struct text *to, const char *words)
{
    put_words(panel, to, "", words);
}

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
    else if (how == HOW_SIGNED)
        number_signed(to, micro, 2, language);
    else
        number_put(to, micro, micro % 1000000 ? 2 : 0, language);
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

static void add_cell(const struct panel *panel, struct table *table,
    const struct column *column, const struct row *row)
{
    const char *value = row_get(row, column->key);
    struct text cell = {0};

    if (column->how == HOW_YES)
        text_puts(&cell, value && strcmp(value, "yes") == 0 ? "●" : "");
    else if (column->how == HOW_NAME && value)
        labels_put_both(&cell, panel->labels, column->kind, value);
    else if (column->how == HOW_ID && row->id)
        cell_safe(&cell, row->id);
    else if (column->how == HOW_TEXT && value)
        cell_safe(&cell, value);
    else if (column->how == HOW_WORD && value)
        put_words(panel, &cell, column->key, value);
    else if (column->how == HOW_DAY && value)
        put_day(&cell, value);
    else if (column->how >= HOW_PERCENT)
        put_figure(panel, &cell, column, row);
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

static void draw_sheet(const struct panel *panel, const struct sheet *sheet)
{
    struct table table = {0};

    for (const struct column *c = sheet->columns; c->key; c++)
        if (is_used(panel, sheet, c))
            table_column(&table, panel_heading(panel, c->heading), c->flags);
    for (size_t i = 0; i < panel->block->n; i++) {
        const struct row *row = panel->block->rows[i];

        if (!row_is(row, sheet->row))
            continue;
        for (const struct column *c = sheet->columns; c->key; c++)
            if (is_used(panel, sheet, c))
                add_cell(panel, &table, c, row);
    }
    panel_sentence(panel, sheet->title);
    panel_table(panel, &table);
}

static void draw_sheets(const struct panel *panel, const char *verb,
    const struct sheet *list, size_t n, bool *first)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i].verb, verb) == 0 && has_any(panel, &list[i])) {
            if (*first)
                page_add(panel->page, "");
            *first = false;
            draw_sheet(panel, &list[i]);
        }
}

void panel_sheets(const struct panel *panel, const char *verb,
    const struct sheet *list, size_t n)
{
    bool first = true;

    draw_sheets(panel, verb, list, n, &first);
}

void panel_more(const struct panel *panel, const char *verb)
{
    /* A blank parts them from the sentences of the proposition. */
    const struct page *page = panel->page;
    bool blank = page->n > 0 && *page->list[page->n - 1] == '\0';
    bool first = strcmp(verb, "amend") != 0 && !blank;

    draw_sheets(panel, verb, sheets, sizeof sheets / sizeof *sheets, &first);
    draw_sheets(panel, verb, panel_market, panel_market_n, &first);
}

void panel_amend(const struct panel *panel)
{
    panel_more(panel, "amend");
}
