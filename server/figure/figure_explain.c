/* SPDX-License-Identifier: Apache-2.0
 *
 * figure_explain.c - how one figure came about: rule, inputs, arithmetic.
 *
 * The lines can be followed by hand to the same number; the inputs stand
 * behind them with their author and time.
 */
#include "db/change.h"
#include "protocol/french.h"
#include "server/explain/explain_aid.h"
#include "server/explain/explain_people.h"
#include "server/explain/explain_team.h"
#include "server/figure/chance.h"

#include <stdarg.h>
#include <string.h>

void explain_say(struct figures *f, const char *format, ...)
{
    struct text line = {0};
    va_list list;

    va_start(list, format);
    text_vprintf(&line, french_of(format, f->language), list);
    va_end(list);
    reply_line(f->r, text_peek(&line));
    text_fini(&line);
}

struct number explain_micro(int64_t value)
{
    struct number made = {{0}};
    struct text word = {0};

    if (value == MODEL_ABSENT)
        text_puts(&word, "none");
    else
        micro_print(&word, value);
    memcpy(made.text, word.bytes,
        word.len < sizeof made.text ? word.len : sizeof made.text - 1);
    text_fini(&word);
    return made;
}

struct number explain_decimal(int64_t value)
{
    struct number made = {{0}};
    struct text word = {0};

    if (value == MODEL_ABSENT)
        text_puts(&word, "none");
    else
        decimal_print(&word, value);
    memcpy(made.text, word.bytes,
        word.len < sizeof made.text ? word.len : sizeof made.text - 1);
    text_fini(&word);
    return made;
}

/* What with= says nobody recorded. */
static bool is_tried(
    const struct figures *f, const struct object *o, size_t field)
{
    const struct words *words = f->request ? &f->request->words : NULL;
    bool tried = false;

    for (size_t i = 0; words && i < words->n && !tried; i++)
        tried = words->list[i].key && strcmp(words->list[i].key, "with") == 0 &&
                record_is_tried(f->record, words->list[i].value, o, field);
    return tried;
}

void explain_input(struct figures *f, const struct object *o, size_t field)
{
    const struct datum *d = &o->values[field_place(field)];
    struct text word = {0};

    if (!d->set)
        return;
    struct reply *r = figures_row(f, "input");
    figures_name(r, "of", o);
    id_reply(r, "id", o->kind, o->id);
    datum_reply(r, field, d);
    if (is_tried(f, o, field)) {
        reply_yes(r, "with", true);
        reply_end(r);
        return;
    }
    reply_int(r, "rev", (int64_t)o->rev);
    reply_word(r, "author", o->author);
    time_print(&word, o->time, false);
    reply_word(r, "time", word.bytes);
    reply_end(r);
    text_fini(&word);
}

bool figure_explain_draws(const char *word)
{
    static const char *const words[] = {"wins", "chance", "draw", "confidence",
        "places", "beats", "central", "order", "front", "discount", "qualify"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i], word) == 0)
            return true;
    return false;
}

const enum kind *figure_explain_reads(const char *word)
{
    static const struct {
        const char *word;
        enum kind kinds[3];
    } rows[] = {{"similar", {KIND_TENDER, KIND_CRITERION, KIND_COUNT}},
        {"attention", {KIND_TOUCH, KIND_COUNT}},
        {"experience", {KIND_TOUCH, KIND_COUNT}},
        {"calibrate", {KIND_TENDER, KIND_FORECAST, KIND_COUNT}},
        {"advise", {KIND_COUNT}}};

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(rows[i].word, word) == 0)
            return rows[i].kinds;
    return NULL;
}

/* Our bid with the elements of in= and the rule of rule=, for those that do
 * not read these themselves. */
static enum err explain_in(struct figures *f, figure_fn *explain)
{
    struct chance chance;
    bool reads = explain == explain_chance || explain == explain_firm ||
                 explain == explain_front || explain == explain_discount ||
                 explain == explain_qualify || explain == explain_element;

    if (reads || f->request == NULL ||
        (request_key(f->request, "in") == NULL &&
            request_key(f->request, "rule") == NULL))
        return explain(f);
    enum err err = chance_init(&chance, f);
    if (err != ERR_OK)
        return err;
    err = explain(f);
    chance_fini(&chance);
    return err;
}

enum err figure_explain(struct figures *f)
{
    static const struct {
        const char *word;
        figure_fn *explain;
    } rows[] = {{"points", explain_award}, {"total", explain_award},
        {"lead", explain_award}, {"rank", explain_award},
        {"to-win", explain_award}, {"flip", explain_award},
        {"panel", explain_panel}, {"ahead", explain_ahead},
        {"paradox", explain_paradox}, {"low-price", explain_low_price},
        {"tau", explain_tau}, {"value", explain_users}, {"mean", explain_users},
        {"choice", explain_choice}, {"gap", explain_gap},
        {"divergence", explain_gap}, {"net", explain_net},
        {"advantage", explain_advantage}, {"better", explain_better},
        {"element", explain_element}, {"opportunity", explain_asked},
        {"kano", explain_asked}, {"qfd", explain_asked},
        {"worth", explain_worth}, {"regret", explain_regret},
        {"shadow", explain_shadow}, {"fidelity", explain_gap},
        {"flexibility", explain_flexibility}, {"wins", explain_chance},
        {"chance", explain_chance}, {"draw", explain_chance},
        {"confidence", explain_chance}, {"places", explain_chance},
        {"beats", explain_chance}, {"order", explain_chance},
        {"central", explain_chance}, {"interval", explain_firm},
        {"mark", explain_firm}, {"mass", explain_firm}, {"share", explain_firm},
        {"front", explain_front}, {"discount", explain_discount},
        {"qualify", explain_qualify}, {"canvas", explain_canvas},
        {"heads", explain_heads}, {"distributor", explain_distributor},
        {"proposition", explain_proposition}, {"salience", explain_salience},
        {"vote", explain_vote}, {"influence", explain_influence},
        {"balance", explain_balance}, {"stale", explain_stale},
        {"load", explain_load}, {"client", explain_client},
        {"similar", explain_similar}, {"advise", explain_advise},
        {"attention", explain_attention}, {"calibrate", explain_calibrate},
        {"experience", explain_experience}, {"aid", explain_aid}};

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(rows[i].word, f->figure) == 0)
            return explain_in(f, rows[i].explain);
    struct text words = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        text_printf(&words, "%s%s", i > 0 ? ", " : "", rows[i].word);
    enum err err =
        fault_set(f->fault, ERR_ARG, "figure", f->figure, text_peek(&words));
    text_fini(&words);
    return err;
}
