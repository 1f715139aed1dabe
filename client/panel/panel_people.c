/* SPDX-License-Identifier: Apache-2.0
 *
 * panel_people.c - whether to bid, how good forecasts were, who is the client,
 * and the map of people: a sentence that says the answer, and its tables.
 */
#include "client/panel/panel.h"
#include "client/show/cell.h"
#include "protocol/base_mem.h"
#include "protocol/number.h"

#include <stdlib.h>
#include <string.h>

/* A key of the final line as people say it; "?" when it is not there. */
static void put_last(
    const struct panel *panel, const char *key, struct text *to)
{
    const char *words = block_word(panel->block, key);

    panel_words(panel, to, words ? words : "?");
}

void panel_line(const struct panel *panel, const struct row *row)
{
    const char *line = row_get(row, "line");
    struct text safe = {0};
    struct text styled = {0};

    cell_safe(&safe, line ? line : "?");
    look_put(&styled, panel->look, STYLE_STRONG, text_peek(&safe));
    page_wrap(panel->page, "    ", text_peek(&styled), panel->width);
    text_fini(&safe);
    text_fini(&styled);
}

static void say_score(const struct panel *panel)
{
    const char *word = block_word(panel->block, "score");
    struct text score = {0};
    struct text answered = {0};
    struct text questions = {0};
    int64_t micro;

    if (word && number_read(word, &micro)) {
        number_percent(&score, micro, panel->look->language);
        put_last(panel, "answered", &answered);
        put_last(panel, "questions", &questions);
        panel_sentence(panel, TEXT_VERDICT_SCORE, text_peek(&score),
            text_peek(&answered), text_peek(&questions));
    }
    text_fini(&score);
    text_fini(&answered);
    text_fini(&questions);
}

void panel_qualify(const struct panel *panel)
{
    const char *verdict = block_word(panel->block, "verdict");
    const struct row *forecast =
        block_find(panel->block, "forecast", NULL, NULL, NULL, NULL);
    struct text what = {0};
    struct text by = {0};

    put_last(panel, "verdict", &what);
    put_last(panel, "by", &by);
    if (verdict && strcmp(verdict, "no") == 0)
        panel_sentence(panel, TEXT_VERDICT_NO, text_peek(&by));
    else
        panel_sentence(panel, TEXT_VERDICT, text_peek(&what), text_peek(&by));
    say_score(panel);
    panel_more(panel, "qualify");
    if (forecast) {
        panel_sentence(panel, TEXT_FORECAST_LINE);
        panel_line(panel, forecast);
    }
    text_fini(&what);
    text_fini(&by);
}

void panel_calibrate(const struct panel *panel)
{
    const char *word = block_word(panel->block, "brier");
    struct text brier = {0};
    struct text known = {0};
    int64_t micro;

    if (word && number_read(word, &micro)) {
        number_put(&brier, micro, 2, panel->look->language);
        put_last(panel, "known", &known);
        panel_sentence(
            panel, TEXT_CALIBRATED, text_peek(&brier), text_peek(&known));
    } else {
        panel_sentence(panel, TEXT_CALIBRATED_NONE);
    }
    panel_more(panel, "calibrate");
    text_fini(&brier);
    text_fini(&known);
}

/* Why, once for each rule: before and after it is often the same. */
static void say_reasons(const struct panel *panel)
{
    const char *said = NULL;

    for (size_t i = 0; i < panel->block->n; i++) {
        const struct row *row = panel->block->rows[i];
        const char *why = row_get(row, "why");
        struct text safe = {0};

        if (!row_is(row, "answer") || why == NULL ||
            (said && strcmp(said, why) == 0))
            continue;
        said = why;
        cell_safe(&safe, why);
        panel_sentence(panel,
            row_has(row, "choice", "award") ? TEXT_CLIENT_AWARD
            : row_has(row, "choice", "use") ? TEXT_CLIENT_USE
                                            : TEXT_CLIENT_WHY,
            text_peek(&safe));
        text_fini(&safe);
    }
}

/* "AUTH Transport authority, CITY" */
static void say_instead(const struct panel *panel)
{
    const char *codes = block_word(panel->block, "instead");
    char *copy = mem_text(codes ? codes : "");
    char *rest = copy;
    struct text list = {0};

    for (char *code; codes && (code = strsep(&rest, ",")) != NULL;) {
        text_puts(&list, list.len ? ", " : "");
        labels_put_both(&list, panel->labels, "party", code);
    }
    if (list.len)
        panel_sentence(panel, TEXT_CLIENT_INSTEAD, text_peek(&list));
    text_fini(&list);
    free(copy);
}

static void say_asked(const struct panel *panel)
{
    const struct row *row =
        block_find(panel->block, "ask", NULL, NULL, NULL, NULL);
    const char *why = row ? row_get(row, "why") : NULL;
    struct text safe = {0};

    if (row == NULL)
        return;
    cell_safe(&safe, why ? why : "?");
    panel_sentence(panel, TEXT_CLIENT_ASK, text_peek(&safe));
    panel_line(panel, row);
    text_fini(&safe);
}

void panel_client(const struct panel *panel)
{
    const char *party = block_word(panel->block, "party");
    struct text who = {0};
    struct text is = {0};
    struct text funding = {0};

    labels_put_both(&who, panel->labels, "party", party ? party : "?");
    put_last(panel, "client", &is);
    panel_sentence(panel, TEXT_CLIENT_IS, text_peek(&who), text_peek(&is));
    say_instead(panel);
    put_last(panel, "funding", &funding);
    panel_sentence(panel, TEXT_CLIENT_FUNDING, text_peek(&funding));
    say_reasons(panel);
    panel_more(panel, "client");
    say_asked(panel);
    text_fini(&who);
    text_fini(&is);
    text_fini(&funding);
}

void panel_map(const struct panel *panel)
{
    struct text status = {0};

    put_last(panel, "status", &status);
    panel_sentence(panel, TEXT_MAP_STATUS, text_peek(&status));
    panel_more(panel, "map");
    panel_map_more(panel);
    text_fini(&status);
}
