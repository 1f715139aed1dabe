/* SPDX-License-Identifier: Apache-2.0
 *
 * figure_pitch.c - the proposition of our offer for one audience: a row for
 * each sentence, in the order in which they are said.
 *
 * Nothing is said that is not recorded or computed: what lacks is told to who
 * writes, in rows of their own.
 */
#include "protocol/base_mem.h"
#include "server/words/pitch_inside.h"

#include <stdlib.h>
#include <string.h>

static enum err read_language(struct pitching *p)
{
    const char *word = request_key(p->f->request, "lang");

    p->language = p->f->language;
    if (word == NULL)
        return ERR_OK;
    if (strcmp(word, "en") != 0 && strcmp(word, "fr") != 0)
        return fault_set(p->f->fault, ERR_ARG, "lang", word, "en or fr");
    p->language = strcmp(word, "fr") == 0 ? LANGUAGE_FRENCH : LANGUAGE_ENGLISH;
    return ERR_OK;
}

static enum err read_addressee(struct pitching *p)
{
    const struct request *q = p->f->request;
    const char *word = request_key(q, "to");

    if (word == NULL)
        return fault_set(p->f->fault, ERR_ARG, "to", "",
            "decider, payer, distributor, or the id or code of a party");
    return addressee_find(&p->maker, p->f->made->tender, word,
        request_key(q, "audience"), request_key(q, "level"), &p->to,
        p->f->fault);
}

static void read_money(struct pitching *p)
{
    const struct object *tender = p->f->made->tender;
    const struct datum *currency = VALUE(tender, TENDER, CURRENCY);
    const struct datum *unit = VALUE(tender, TENDER, MONEY_UNIT);
    const struct datum *tax = VALUE(tender, TENDER, TAX);

    p->money = (struct spell_money){currency->set ? currency->text : NULL,
        unit->set ? strtoll(unit->text, NULL, 10) : 1,
        tax->set ? tax->text : NULL};
}

static const struct object *the_lot(const struct figures *f)
{
    const struct record *r = f->record;
    const struct object *only = NULL;

    if (f->made->lot)
        return f->made->lot;
    for (size_t i = 0; i < r->n[KIND_LOT]; i++) {
        const struct object *lot = r->list[KIND_LOT][i];

        if (!maker_is_word(VALUE(lot, LOT, SORT), "group"))
            only = lot;
    }
    return only;
}

/* Needs. */

static bool weighs(const struct pitching *p, const struct object *party)
{
    const struct record *r = p->f->record;

    for (size_t i = 0; party && i < r->n[KIND_WEIGHS]; i++)
        if (maker_is_ref(VALUE(r->list[KIND_WEIGHS][i], WEIGHS, PARTY), party))
            return true;
    return false;
}

const struct object *pitch_needing(const struct pitching *p)
{
    struct addressee decider;
    struct fault none = {0};

    if (weighs(p, p->to.party))
        return p->to.party;
    if (p->to.org && weighs(p, p->to.org))
        return p->to.org;
    if (strcmp(p->to.audience, "user") != 0 &&
        strcmp(p->to.audience, "distributor") != 0 &&
        addressee_find(&p->maker, p->f->made->tender, "decider", NULL, NULL,
            &decider, &none) == ERR_OK &&
        weighs(p, decider.party))
        return decider.party;
    fault_fini(&none);
    return p->to.org ? p->to.org : p->to.party;
}

static void plan_needs(struct pitching *p)
{
    const struct tender_model *made = p->f->made;
    const struct record *r = p->f->record;
    const struct object *whose = pitch_needing(p);

    if (made->model.ours == MODEL_NOWHERE)
        return;
    int64_t *importance =
        mem_new((made->model.needs_n + 1) * sizeof *importance);
    for (size_t i = 0; i < r->n[KIND_WEIGHS]; i++) {
        const struct object *o = r->list[KIND_WEIGHS][i];
        size_t at = maker_index(
            made->needs, made->model.needs_n, VALUE(o, WEIGHS, NEED));

        if (at != MODEL_NOWHERE && maker_is_ref(VALUE(o, WEIGHS, PARTY), whose))
            importance[at] = VALUE(o, WEIGHS, IMPORTANCE)->number;
    }
    pitch_plan(&made->model, importance, &p->plan);
    free(importance);
}

static void compute(struct pitching *p)
{
    const struct tender_model *made = p->f->made;

    if (award_compute(&made->model, &p->award) != ERR_OK)
        p->award = NULL;
    if (users_compute(&made->model, &p->users) != ERR_OK)
        p->users = NULL;
    p->segment = MODEL_NOWHERE;
    for (size_t s = 0; s < made->model.segments_n; s++)
        if (made->segments[s] == p->to.party &&
            strcmp(p->to.audience, "user") == 0)
            p->segment = s;
    plan_needs(p);
}

/* For users what changes comes before what is owed to others; who pays hears
 * of the price behind what it buys. */
static void say_all(struct pitching *p)
{
    const struct object *of =
        p->f->made->lot ? p->f->made->lot : p->f->made->tender;

    pitch_label(pitch_gap(p, "title"), of);
    (void)pitch_say(p, MOVE_OPENING);
    pitch_needs(p);
    if (pitch_speaks(p, MOVE_POINTS))
        pitch_points(p);
    pitch_users(p);
    pitch_price(p);
    pitch_close(p);
}

static void say_anew(struct pitching *p, bool trial)
{
    p->trial = trial;
    p->proved_n = 0;
    p->count = (struct readable){0};
    say_all(p);
}

/* No longer than the level reads: what matters least is left out, until it is
 * short enough, or nothing is left but what must be said. */
static void say_within(struct pitching *p)
{
    const struct speech *speech = speech_of(p->to.level);

    say_anew(p, true);
    while (p->count.words > speech->words &&
           p->shed + 1 < SHED_DETAILS + speech->needs) {
        p->shed++;
        say_anew(p, true);
    }
    say_anew(p, false);
    if (p->shed)
        pitch_advise(p, "short", NULL, TEXT_PITCH_SHORT);
}

static void last_words(struct pitching *p)
{
    struct reply *r = p->f->last;

    figures_name(r, "to", p->to.party);
    reply_word(r, "audience", p->to.audience);
    reply_word(r, "level", speech_of(p->to.level)->word);
    reply_word(r, "level-by", p->to.level_by);
    reply_word(r, "lang", p->language == LANGUAGE_FRENCH ? "fr" : "en");
    reply_int(r, "words", (int64_t)p->count.words);
    reply_int(r, "sentences", (int64_t)p->count.sentences);
    reply_int(r, "syllables", (int64_t)p->count.syllables);
    figures_micro(r, "readability", p->count.score);
}

enum err figure_pitch(struct figures *f)
{
    struct pitching p = {.f = f,
        .maker = {
            .record = f->record, .lot = f->made->lot ? f->made->lot->id : 0}};
    enum err err = read_language(&p);

    if (err == ERR_OK)
        err = read_addressee(&p);
    if (err != ERR_OK)
        return err;
    read_money(&p);
    p.lot = the_lot(f);
    compute(&p);
    say_within(&p);
    last_words(&p);
    award_free(&p.award);
    users_free(&p.users);
    pitch_free(&p.plan);
    return ERR_OK;
}
