/* SPDX-License-Identifier: Apache-2.0
 *
 * figure_missing.c - what is lacking, each with the line that would mend it.
 */
#include "db/change.h"
#include "server/figures.h"

#include <stdlib.h>

static void put_name(
    struct text *to, const struct object *const *list, size_t at)
{
    if (at == MODEL_NOWHERE)
        text_puts(to, "ID");
    else
        object_name(to, list[at]);
}

/* The line is written so that only the last value has to be typed. */
static void put_line(
    struct figures *f, const struct missing *m, struct text *to)
{
    const struct tender_model *t = f->made;

    switch (m->what) {
    case MISSING_CRITERION:
        text_puts(to, "add criterion code=C1 name=\"...\" sort=price weight=");
        return;
    case MISSING_WEIGHT:
    case MISSING_WEIGHTS:
    case MISSING_SCALE:
    case MISSING_RULE:
    case MISSING_ZERO_AT:
    case MISSING_SET_LIMITS:
        text_puts(to, "set ");
        put_name(to, t->criteria, m->criterion);
        text_printf(to, " %s=",
            m->what == MISSING_WEIGHTS      ? "weight"
            : m->what == MISSING_SET_LIMITS ? "set-min"
                                            : missing_word(m->what));
        return;
    case MISSING_DIGITS:
        text_puts(to, "set ");
        object_name(to, t->tender);
        text_puts(to, " round-digits=");
        return;
    case MISSING_OURS:
        text_puts(to, t->model.bids_n
                          ? "set BID ours=yes"
                          : "add bid code=OURS party=PARTY ours=yes price=");
        return;
    case MISSING_PRICE:
    case MISSING_PRICE_RANGE:
        text_puts(to, "set ");
        put_name(to, t->bids, m->bid);
        text_puts(to, " price=");
        return;
    case MISSING_MARK:
    case MISSING_MARK_RANGE:
        text_puts(to, "add mark bid=");
        put_name(to, t->bids, m->bid);
        text_puts(to, " criterion=");
        put_name(to, t->criteria, m->criterion);
        text_puts(to, " value=");
        return;
    case MISSING_SEGMENT:
        text_puts(to, "add stake party=SEGMENT roles=uses");
        return;
    case MISSING_HEADS:
        text_puts(to, "set ");
        put_name(to, t->segments, m->segment);
        text_puts(to, " size=");
        return;
    case MISSING_NEED:
        text_puts(to, "add need code=N1 sort=job name=");
        return;
    case MISSING_IMPORTANCE:
        text_puts(to, "add weighs need=");
        put_name(to, t->needs, m->need);
        text_puts(to, " party=");
        put_name(to, t->segments, m->segment);
        text_puts(to, " importance=");
        return;
    case MISSING_COVER:
    case MISSING_COVER_RANGE:
        text_puts(to, "add cover need=");
        put_name(to, t->needs, m->need);
        text_puts(to, " bid=");
        put_name(to, t->bids, m->bid);
        text_puts(to, " level=");
        return;
    case MISSING_RELATES:
        text_puts(to, "add relates need=");
        put_name(to, t->needs, m->need);
        text_puts(to, " criterion=");
        put_name(to, t->criteria, m->criterion);
        text_puts(to, " strength=");
        return;
    case MISSING_OFFER:
        text_puts(to, "set ELEMENT state=out");
        return;
    case MISSING_COUNT:
        break;
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
    if (m->criterion != MODEL_NOWHERE)
        figures_name(r, "criterion", t->criteria[m->criterion]);
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
    put_line(f, m, &word);
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

enum err figure_missing(struct figures *f)
{
    list_missing(f, 0);
    return ERR_OK;
}
