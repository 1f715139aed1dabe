/* SPDX-License-Identifier: Apache-2.0
 *
 * figure_missing.c - what is lacking, each with the line that would mend it.
 */
#include "db/change.h"
#include "server/figure/figures.h"

#include <stdlib.h>

/* The line to send: %t the tender, %c a criterion, %b a bid, %s a segment, %n a
 * need.  Only the last value is left to be typed. */
static const char *const lines[MISSING_COUNT] = {
    [MISSING_CRITERION] =
        "add criterion code=C1 name=\"...\" sort=price weight=",
    [MISSING_WEIGHT] = "set %c weight=",
    [MISSING_ORDER] = "set %c weight=",
    [MISSING_WEIGHTS] = "set %c weight=",
    [MISSING_PARTS] = "set %c weight=",
    [MISSING_PERCENT] = "set CRITERION weight=",
    [MISSING_GATE_PRICE] = "set %c min-score=\"\"",
    [MISSING_SCALE] = "set %c scale-max=",
    [MISSING_RULE] = "set %c price-rule=",
    [MISSING_ZERO_AT] = "set %c zero-at=",
    [MISSING_SET_LIMITS] = "set %c set-min= set-max=",
    [MISSING_POWER] = "set %c power=",
    [MISSING_CEILING] = "set %c set-max=",
    [MISSING_KNEE] = "set %c knee=",
    [MISSING_REFERENCE] = "set %c reference=",
    [MISSING_EXPRESSION] = "set %c expression=",
    [MISSING_CORRIDOR] = "set %c corridor= decides=",
    [MISSING_PRICE_WEIGHT] = "set %c weight=",
    [MISSING_ALONE] = "set %c price-rule=lowest-ratio",
    [MISSING_LEVELS] = "set %c levels=",
    [MISSING_DIGITS] = "set %t round-digits=",
    [MISSING_ROUND_GROUP] = "set %c round=\"\"",
    [MISSING_OURS] = "add bid code=OURS party=PARTY ours=yes price=",
    [MISSING_PRICE] = "set %b price=",
    [MISSING_PRICE_RANGE] = "set %b price=",
    [MISSING_MARK] = "add mark bid=%b criterion=%c value=",
    [MISSING_MARK_RANGE] = "add mark bid=%b criterion=%c value=",
    [MISSING_SEGMENT] = "add stake party=SEGMENT roles=uses",
    [MISSING_HEADS] = "set %s size=",
    [MISSING_NEED] = "add need code=N1 sort=job name=",
    [MISSING_IMPORTANCE] = "add weighs need=%n party=%s importance=",
    [MISSING_COVER] = "add cover need=%n bid=%b level=",
    [MISSING_COVER_RANGE] = "add cover need=%n bid=%b level=",
    [MISSING_RELATES] = "add relates need=%n criterion=%c strength=",
    [MISSING_OFFER] = "set ELEMENT state=out",
};

static const struct object *object_of(
    const struct tender_model *t, const struct missing *m, char what)
{
    switch (what) {
    case 't':
        return t->tender;
    case 'c':
        return m->group != MODEL_NOWHERE       ? t->groups[m->group]
               : m->criterion == MODEL_NOWHERE ? NULL
                                               : t->criteria[m->criterion];
    case 'b':
        return m->bid == MODEL_NOWHERE ? NULL : t->bids[m->bid];
    case 's':
        return m->segment == MODEL_NOWHERE ? NULL : t->segments[m->segment];
    case 'n':
        return m->need == MODEL_NOWHERE ? NULL : t->needs[m->need];
    default:
        return NULL;
    }
}

static void put_line(
    const struct tender_model *t, const struct missing *m, struct text *to)
{
    const char *line = lines[m->what];

    /* There are bids, of which none or several are said to be ours. */
    if (m->what == MISSING_OURS && t->model.bids_n)
        line = "set BID ours=yes";
    for (const char *p = line; *p; p++) {
        if (*p != '%') {
            text_putc(to, *p);
            continue;
        }
        const struct object *object = object_of(t, m, *++p);
        if (object)
            object_name(to, object);
        else
            text_puts(to, "ID");
    }
}

static void row_missing(struct figures *f, const struct missing *m)
{
    static const struct {
        unsigned figure;
        const char *word;
    } figures[] = {{FIGURE_DECIDER, "decider"}, {FIGURE_USERS, "users"},
        {FIGURE_GAP, "gap"}, {FIGURE_FRONT, "front"}};
    const struct tender_model *t = f->made;
    struct text word = {0};
    struct reply *r = figures_row(f, "missing");

    reply_word(r, "what", missing_word(m->what));
    if (object_of(t, m, 'c') != NULL)
        figures_name(r, "criterion", object_of(t, m, 'c'));
    if (m->bid != MODEL_NOWHERE)
        figures_name(r, "bid", t->bids[m->bid]);
    if (m->segment != MODEL_NOWHERE)
        figures_name(r, "segment", t->segments[m->segment]);
    if (m->need != MODEL_NOWHERE)
        figures_name(r, "need", t->needs[m->need]);
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        if (m->blocks & figures[i].figure)
            text_printf(&word, "%s%s", word.len ? "," : "", figures[i].word);
    reply_word(r, "blocks", word.len ? word.bytes : "none");
    text_fini(&word);
    put_line(t, m, &word);
    reply_word(r, "line", text_peek(&word));
    text_fini(&word);
    reply_word(r, "why", missing_text(m->what, f->language == LANGUAGE_FRENCH));
    reply_end(r);
}

static void list_missing(struct figures *f, unsigned blocked)
{
    struct missing *rows = NULL;
    size_t n = 0;

    missing_list(&f->made->model, &rows, &n);
    for (size_t i = 0; i < n; i++)
        if (blocked == 0 || rows[i].blocks & blocked)
            row_missing(f, &rows[i]);
    free(rows);
}

enum err figures_lack(struct figures *f, unsigned figure)
{
    list_missing(f, figure);
    return fault_set(f->fault, ERR_STATE, "facts", "missing",
        "each \"missing\" row above holds a line to send");
}

enum err figures_award(struct figures *f, struct award_result **award)
{
    return award_compute(&f->made->model, award) == ERR_OK
               ? ERR_OK
               : figures_lack(f, FIGURE_DECIDER);
}

enum err figure_missing(struct figures *f)
{
    list_missing(f, 0);
    return ERR_OK;
}
