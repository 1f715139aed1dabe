/* SPDX-License-Identifier: Apache-2.0
 *
 * panel_view.c - the whole picture of one party on a page.
 */
#include "client/panel/panel_sheet.h"
#include "client/show/cell.h"
#include "protocol/base_mem.h"
#include "protocol/kind.h"
#include "protocol/number.h"

#include <string.h>

static const struct column status[] = {TEXTS("tender", TENDER),
    TEXTS("lot", LOT), NAME("usage", USAGE, "need"), CELL("is", IS, WORD),
    TEXTS("why", WHY), END};
static const struct column contact[] = {CELL("channel", CHANNEL, WORD),
    LINES("value", VALUE), CELL("consent", CONSENT, WORD),
    CELL("usable", USABLE, WORD), CELL("because", BECAUSE, WORD),
    TEXTS("source", FACT_SOURCE), END};
static const struct column stake[] = {TEXTS("tender", TENDER),
    CELL("roles", ROLES, WORD), CELL("vote", VOTE, NUMBER),
    CELL("voice", VOICE, WORD), CELL("salience", SALIENCE, WORD),
    CELL("attention", ATTENTION, WORD), CELL("support", SUPPORT, NUMBER), END};
static const struct column message[] = {TEXTS("tender", TENDER),
    CELL("audience", AUDIENCE, WORD), CELL("level", LEVEL, WORD),
    TEXTS("text", MESSAGE), END};
static const struct column links[] = {CELL("way", WAY, DOES),
    CELL("sort", LINKED, WORD), CELL("with", WITH, DONE_TO),
    CELL("strength", STRENGTH, PERCENT), CELL("ended", ENDED, YES), END};
static const struct column community[] = {NAME("community", COMMUNITY, "party"),
    CELL("is", MEMBER, WORD), CELL("entry", ENTRY, WORD),
    CELL("entered", ENTERED, WORD), CELL("tag", TAG, WORD), END};
static const struct column knows[] = {TEXTS("topic", TOPIC),
    CELL("level", LEVEL, WORD), TEXTS("source", FACT_SOURCE), END};
static const struct column habit[] = {CELL("sort", SORT, WORD),
    TEXTS("what", WHAT), CELL("frequency", FREQUENCY, WORD),
    TEXTS("hours", AT_HOURS), TEXTS("season", SEASON), CELL("tag", TAG, WORD),
    TEXTS("reason", REASON), END};
static const struct column touch[] = {DAY("held", HELD),
    CELL("channel", CHANNEL, WORD), CELL("phase", PHASE, WORD),
    CELL("emotion", EMOTION, SIGNED),
    SPARE("intent-before", INTENT_BEFORE, SIGNED),
    SPARE("intent-after", INTENT_AFTER, SIGNED), TEXTS("met-by", BY),
    TEXTS("opinion", OPINION), END};
static const struct column experience[] = {CELL("phase", PHASE, WORD),
    CELL("touches", TOUCHES, NUMBER), CELL("mean", MEAN_EMOTION, SIGNED),
    CELL("remembered", REMEMBERED, SIGNED), CELL("peak", PEAK, SIGNED),
    CELL("end", LAST_EMOTION, SIGNED), CELL("gap", GAP, SIGNED), END};
static const struct column purchase[] = {NAME("from", SELLER, "party"),
    TEXTS("what", WHAT), CELL("amount", AMOUNT, NUMBER), DAY("bought", BOUGHT),
    END};
static const struct column client[] = {NAME("of", OF, "party"),
    CELL("purchases", PURCHASES, NUMBER), DAY("last", LAST), END};
static const struct column nonclient[] = {TEXTS("tender", TENDER),
    CELL("tier", IS, WORD), TEXTS("reason", REASON), END};
static const struct column task[] = {TEXTS("text", PROMISE),
    TEXTS("owner", OWNER), DAY("due", DUE), CELL("state", STATE, WORD),
    CELL("overdue", OVERDUE, YES), TEXTS("observed", OBSERVED), END};
static const struct column fact[] = {TEXTS("statement", STATEMENT),
    TEXTS("source", FACT_SOURCE), CELL("stale", STALE, YES), END};
static const struct column note[] = {
    TEXTS("text", REMARK), TEXTS("by", AUTHOR), DAY("day", DAY), END};
static const struct column lack[] = {
    LINES("line", LINE), TEXTS("why", WHY), END};

static const struct sheet sheets[] = {
    {"view", "status", TEXT_VIEW_STATUS, status},
    {"view", "contact", TEXT_VIEW_CONTACT, contact},
    {"view", "stake", TEXT_VIEW_STAKE, stake},
    {"view", "message", TEXT_VIEW_MESSAGE, message},
    {"view", "link", TEXT_VIEW_LINK, links},
    {"view", "community", TEXT_VIEW_COMMUNITY, community},
    {"view", "knows", TEXT_VIEW_KNOWS, knows},
    {"view", "habit", TEXT_VIEW_HABIT, habit},
    {"view", "touch", TEXT_VIEW_TOUCH, touch},
    {"view", "experience", TEXT_VIEW_EXPERIENCE, experience},
    {"view", "purchase", TEXT_VIEW_PURCHASE, purchase},
    {"view", "client", TEXT_VIEW_CLIENT, client},
    {"view", "nonclient", TEXT_VIEW_NONCLIENT, nonclient},
    {"view", "task", TEXT_VIEW_TASK, task},
    {"view", "fact", TEXT_VIEW_FACT, fact},
    {"view", "note", TEXT_VIEW_NOTE, note},
    {"view", "lack", TEXT_VIEW_LACK, lack},
};

/* "EVA Eva Quist: person, Head of buying, AUTH Transport authority." */
static void say_who(const struct panel *panel, const struct row *row)
{
    const char *code = row_get(row, "code");
    const char *sort = row_get(row, "sort");
    const char *org = row_get(row, "org");
    const char *job = row_get(row, "job");
    struct text who = {0};
    struct text keyed = {0};
    struct text what = {0};

    labels_put_both(&who, panel->labels, "party",
        code      ? code
        : row->id ? row->id
                  : "?");
    text_printf(&keyed, "sort=%s", sort ? sort : "?");
    panel_words(panel, &what, keyed.bytes);
    if (job) {
        text_puts(&what, ", ");
        cell_safe(&what, job);
    }
    if (org) {
        text_puts(&what, ", ");
        labels_put_both(&what, panel->labels, "party", org);
    }
    panel_sentence(panel, TEXT_VIEW_WHO, text_peek(&who), text_peek(&what));
    text_fini(&who);
    text_fini(&keyed);
    text_fini(&what);
}

static enum type type_of(const char *word)
{
    const struct kind_row *party = kind_row(KIND_PARTY);

    for (size_t i = party->first; i < party->first + party->count; i++)
        if (strcmp(fields[i].word, word) == 0)
            return fields[i].type;
    return TYPE_LINE;
}

/* What a field of a party holds, as people say it. */
static void put_field(
    const struct panel *panel, const struct row_value *word, struct text *to)
{
    const char *value = text_peek(&word->value);
    enum type type = type_of(word->key);
    int64_t micro;

    if (type == TYPE_ENUM || type == TYPE_SET || type == TYPE_BOOL)
        panel_words_of(panel, to, word->key, value);
    else if (type == TYPE_REF)
        panel_names(panel, to, "party", word->key, value);
    else if (type == TYPE_SHARE && number_read(value, &micro))
        number_percent(to, micro, panel->look->language);
    else if (type != TYPE_LINE && number_read(value, &micro))
        number_put(to, micro, micro % 1000000 ? 2 : 0, panel->look->language);
    else
        cell_safe(to, value);
}

/* What else its own fields say: size, policy, profile. */
static void say_fields(const struct panel *panel, const struct row *row)
{
    static const char *const said[] = {"code", "name", "sort", "org", "job"};
    struct text line = {0};

    for (size_t i = 0; i < row->n; i++) {
        const struct row_value *word = &row->list[i];
        bool told = word->key == NULL;

        for (size_t k = 0; !told && k < sizeof said / sizeof *said; k++)
            told = strcmp(word->key, said[k]) == 0;
        if (told)
            continue;
        text_puts(&line, line.len ? " · " : "");
        panel_field(panel, &line, word->key);
        text_puts(
            &line, panel->look->language == LANGUAGE_FRENCH ? " : " : ": ");
        put_field(panel, word, &line);
    }
    if (line.len)
        page_wrap(panel->page, "  ", text_peek(&line), panel->width);
    text_fini(&line);
}

void panel_view(const struct panel *panel)
{
    const struct row *row =
        block_find(panel->block, "party", NULL, NULL, NULL, NULL);
    const char *tenders = block_word(panel->block, "tenders");
    const char *shown = block_word(panel->block, "shown");

    if (row) {
        say_who(panel, row);
        say_fields(panel, row);
    }
    if (tenders && shown) {
        struct text all = {0}, few = {0};

        cell_safe(&all, tenders);
        cell_safe(&few, shown);
        panel_sentence(
            panel, TEXT_VIEW_TENDERS, text_peek(&all), text_peek(&few));
        text_fini(&all);
        text_fini(&few);
    }
    panel_sheets(panel, "view", sheets, sizeof sheets / sizeof *sheets);
}
