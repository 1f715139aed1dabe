/* SPDX-License-Identifier: Apache-2.0
 *
 * figure_captive.c - rows about captive users: who can speak for them, and
 * which winning bid would leave them with less than they have.
 */
#include "server/figure/client_case.h"
#include "server/figure/figures.h"
#include "value/people/lowered.h"
#include "value/users/users.h"

static bool wins(const struct award_result *award, size_t bid)
{
    return award && award->bids[bid].admitted && award->bids[bid].rank == 1;
}

static void row_lowered(struct figures *f, const struct award_result *award,
    const struct lowered_row *row)
{
    struct reply *r = figures_row(f, "lowered");

    figures_name(r, "bid", f->made->bids[row->bid]);
    figures_name(r, "segment", f->made->segments[row->segment]);
    if (row->net.low == row->net.high)
        reply_micro(r, "net", row->net.low);
    else {
        reply_micro(r, "net-low", row->net.low);
        reply_micro(r, "net-high", row->net.high);
    }
    if (award)
        reply_yes(r, "wins", wins(award, row->bid));
    reply_end(r);
}

void figures_lowered(struct figures *f)
{
    struct lowered_result *l = NULL;
    struct award_result *award = NULL;

    if (lowered_compute(&f->made->model, true, &l) != ERR_OK)
        return;
    if (l->rows_n && award_compute(&f->made->model, &award) != ERR_OK)
        award = NULL;
    for (size_t i = 0; i < l->rows_n; i++)
        if (f->all || wins(award, l->rows[i].bid))
            row_lowered(f, award, &l->rows[i]);
    award_free(&award);
    lowered_free(&l);
}

void figures_lowers(
    struct figures *f, struct reply *r, const struct model *model)
{
    struct lowered_result *l = NULL;
    struct text names = {0};

    if (lowered_compute(model, false, &l) != ERR_OK)
        return;
    for (size_t i = 0; i < l->rows_n; i++) {
        text_puts(&names, i ? "," : "");
        object_name(&names, f->made->segments[l->rows[i].segment]);
    }
    if (l->rows_n)
        reply_word(r, "lowers", names.bytes);
    text_fini(&names);
    lowered_free(&l);
}

/* Voices. */

static bool is_met(const struct record *r, const struct object *segment)
{
    for (size_t i = 0; i < r->n[KIND_TOUCH]; i++)
        if (maker_is_ref(VALUE(r->list[KIND_TOUCH][i], TOUCH, PARTY), segment))
            return true;
    return false;
}

static bool can_be_asked(const struct record *r, const struct object *segment)
{
    for (size_t i = 0; i < r->n[KIND_CONTACT]; i++) {
        const struct object *o = r->list[KIND_CONTACT][i];

        if (maker_is_ref(VALUE(o, CONTACT, PARTY), segment) &&
            !maker_is_word(VALUE(o, CONTACT, CONSENT), "refused"))
            return true;
    }
    return false;
}

static void add_word(struct text *list, const char *word)
{
    text_puts(list, list->len ? "," : "");
    text_puts(list, word);
}

/* Who speaks for a segment: names in by, the ways in channels. */
static void name_speakers(const struct client_case *c,
    const struct object *segment, struct text *channels, struct text *by)
{
    const struct record *r = c->maker.record;
    bool represents = false, leads = false;

    for (size_t i = 0; i < r->n[KIND_PARTY]; i++) {
        const struct object *party = r->list[KIND_PARTY][i];
        bool speaks = client_case_represents(c, party, segment);
        bool guides = client_case_leads(c, party, segment);

        if (party == segment || (!speaks && !guides))
            continue;
        represents |= speaks;
        leads |= guides;
        text_puts(by, by->len ? "," : "");
        object_name(by, party);
    }
    if (represents)
        add_word(channels, "represents");
    if (leads)
        add_word(channels, "leads");
}

static void row_voice(struct figures *f, const struct object *segment)
{
    struct client_case c;
    struct text by = {0}, channels = {0};

    client_case_init(&c, f->record, f->made, segment);
    name_speakers(&c, segment, &channels, &by);
    if (can_be_asked(f->record, segment))
        add_word(&channels, "contact");
    if (is_met(f->record, segment))
        add_word(&channels, "touch");
    if (f->all || channels.len == 0) {
        struct reply *r = figures_row(f, "voice");
        figures_name(r, "segment", segment);
        reply_yes(r, "heard", channels.len > 0);
        if (channels.len)
            reply_word(r, "channels", channels.bytes);
        if (by.len)
            reply_word(r, "by", by.bytes);
        reply_end(r);
    }
    text_fini(&by);
    text_fini(&channels);
}

void figures_voice(struct figures *f, const struct users_result *u)
{
    for (size_t s = 0; s < u->segments_n; s++)
        if (u->segments[s].choice.captive == CAPTIVE_YES)
            row_voice(f, f->made->segments[s]);
}
