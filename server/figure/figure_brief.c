/* SPDX-License-Identifier: Apache-2.0
 *
 * figure_brief.c - one page before a meeting: who it is, what was said last,
 * promised and given, what to do and what not, three questions, whom they
 * trust.
 */
#include "protocol/base_mem.h"
#include "server/people/person.h"
#include "server/words/pitch_inside.h"

#include <stdlib.h>
#include <string.h>

struct briefing {
    struct figures *f;
    struct maker maker; /* lends helpers; makes nothing */
    struct addressee to;
    size_t asked;
};

enum { QUESTIONS = 3 };

static void row_who(struct briefing *b)
{
    const struct speech *speech = speech_of(b->to.level);
    const struct datum *job = VALUE(b->to.party, PARTY, JOB);
    struct reply *r = figures_row(b->f, "who");

    figures_name(r, "party", b->to.party);
    if (job->set)
        reply_word(r, "job", job->text);
    if (b->to.org)
        figures_name(r, "org", b->to.org);
    if (b->to.stake)
        reply_word(r, "roles", VALUE(b->to.stake, STAKE, ROLES)->text);
    if (b->to.audience)
        reply_word(r, "audience", b->to.audience);
    reply_word(r, "level", speech->word);
    reply_word(r, "level-by", b->to.level_by);
    reply_int(r, "minutes", speech->minutes);
    reply_end(r);
}

/* Touches. */

static bool is_with(const struct briefing *b, const struct object *touch)
{
    return maker_is_ref(VALUE(touch, TOUCH, PARTY), b->to.party);
}

static void put_words(struct reply *r, const char *key, const struct datum *d)
{
    if (d->set)
        reply_word(r, key, d->text);
}

static struct reply *begin_touch(
    struct briefing *b, const char *kind, const struct object *touch)
{
    const struct datum *held = VALUE(touch, TOUCH, HELD);
    struct reply *r = figures_row(b->f, kind);
    struct text time = {0};

    figures_name(r, "touch", touch);
    if (held->set) {
        time_print(&time, held->number, false);
        reply_word(r, "held", text_peek(&time));
    }
    text_fini(&time);
    return r;
}

static void row_last(struct briefing *b)
{
    const struct record *record = b->f->record;
    const struct object *last = NULL;

    for (size_t i = 0; i < record->n[KIND_TOUCH]; i++) {
        const struct object *o = record->list[KIND_TOUCH][i];

        if (is_with(b, o) &&
            (last == NULL || maker_number(VALUE(o, TOUCH, HELD)) >=
                                 maker_number(VALUE(last, TOUCH, HELD))))
            last = o;
    }
    if (last == NULL)
        return;
    struct reply *r = begin_touch(b, "last", last);
    put_words(r, "channel", VALUE(last, TOUCH, CHANNEL));
    put_words(r, "text", VALUE(last, TOUCH, TEXT));
    put_words(r, "opinion", VALUE(last, TOUCH, OPINION));
    reply_end(r);
}

/* What they were given, and what we told them that we would do. */
static void rows_given(struct briefing *b)
{
    const struct record *record = b->f->record;

    for (size_t i = 0; i < record->n[KIND_TOUCH]; i++) {
        const struct object *o = record->list[KIND_TOUCH][i];

        if (!is_with(b, o) || !VALUE(o, TOUCH, GIVEN)->set)
            continue;
        struct reply *r = begin_touch(b, "given", o);
        reply_word(r, "text", VALUE(o, TOUCH, GIVEN)->text);
        reply_end(r);
    }
    for (size_t i = 0; b->to.stake && i < record->n[KIND_MESSAGE]; i++) {
        const struct object *o = record->list[KIND_MESSAGE][i];

        if (!maker_is_ref(VALUE(o, MESSAGE, STAKE), b->to.stake))
            continue;
        struct reply *r = figures_row(b->f, "told");
        figures_name(r, "message", o);
        reply_word(r, "text", VALUE(o, MESSAGE, TEXT)->text);
        reply_end(r);
    }
}

/* Promises. */

/* On the person, on the organisation, on a touch with them, on their stake in
 * the tender. */
static bool is_promised(const struct briefing *b, const struct object *task)
{
    const struct record *record = b->f->record;
    const struct datum *on = VALUE(task, TASK, ON);

    if (maker_is_ref(on, b->to.party) ||
        (b->to.org && maker_is_ref(on, b->to.org)) ||
        (b->to.stake && maker_is_ref(on, b->to.stake)))
        return true;
    for (size_t i = 0; on->ref_kind == KIND_TOUCH && i < record->n[KIND_TOUCH];
         i++) {
        const struct object *o = record->list[KIND_TOUCH][i];

        if (maker_is_ref(on, o))
            return is_with(b, o);
    }
    return false;
}

/* By the day, those without one last. */
static int compare_due(const void *a, const void *b)
{
    const struct object *one = *(const struct object *const *)a;
    const struct object *other = *(const struct object *const *)b;
    const struct datum *x = VALUE(one, TASK, DUE);
    const struct datum *y = VALUE(other, TASK, DUE);
    int order =
        x->set && y->set ? strcmp(x->text, y->text) : (int)y->set - (int)x->set;

    return order ? order : (one->id > other->id) - (one->id < other->id);
}

static void row_promise(struct briefing *b, const struct object *task)
{
    const struct datum *due = VALUE(task, TASK, DUE);
    struct reply *r = figures_row(b->f, "promise");
    int64_t late = due->set ? b->f->today - day_number(due->text) : 0;

    figures_name(r, "task", task);
    reply_word(r, "text", VALUE(task, TASK, TEXT)->text);
    if (VALUE(task, TASK, OWNER)->set)
        datum_reply(r, FIELD_TASK_OWNER, VALUE(task, TASK, OWNER));
    put_words(r, "due", due);
    if (late > 0)
        reply_int(r, "overdue", late);
    put_words(r, "expects", VALUE(task, TASK, EXPECTS));
    reply_end(r);
}

/* What we still owe them, the longest overdue first. */
static void rows_promise(struct briefing *b)
{
    const struct record *record = b->f->record;
    const struct object **open =
        mem_new((record->n[KIND_TASK] + 1) * sizeof(const struct object *));
    size_t n = 0;

    for (size_t i = 0; i < record->n[KIND_TASK]; i++) {
        const struct object *o = record->list[KIND_TASK][i];

        if (maker_is_word(VALUE(o, TASK, STATE), "open") && is_promised(b, o))
            open[n++] = o;
    }
    if (n > 1)
        qsort(open, n, sizeof(const struct object *), compare_due);
    for (size_t i = 0; i < n; i++)
        row_promise(b, open[i]);
    if (n)
        reply_int(b->f->last, "promises", (int64_t)n);
    free(open);
}

/* Do and do not. */

static void advise(
    struct briefing *b, bool does, const char *by, enum text_id id)
{
    struct reply *r = figures_row(b->f, does ? "do" : "dont");

    reply_word(r, "by", by);
    reply_word(r, "text", text_of(id, b->f->language));
    reply_end(r);
}

static void advise_level(struct briefing *b)
{
    static const struct {
        enum text_id does, avoids;
    } rows[] = {[LEVEL_NOVICE] = {TEXT_BRIEF_NOVICE, TEXT_BRIEF_NOT_NOVICE},
        [LEVEL_INFORMED] = {TEXT_BRIEF_INFORMED, TEXT_BRIEF_NOT_INFORMED},
        [LEVEL_SAVVY] = {TEXT_BRIEF_SAVVY, TEXT_BRIEF_NOT_SAVVY},
        [LEVEL_EXPERT] = {TEXT_BRIEF_EXPERT, TEXT_BRIEF_NOT_EXPERT}};

    advise(b, true, "level", rows[b->to.level].does);
    advise(b, false, "level", rows[b->to.level].avoids);
}

static void advise_load(struct briefing *b)
{
    static const struct {
        const char *load;
        enum text_id text;
    } rows[] = {{"alone", TEXT_BRIEF_ALONE},
        {"no-reference", TEXT_BRIEF_NO_REFERENCE},
        {"must-justify", TEXT_BRIEF_JUSTIFY},
        {"permanent", TEXT_BRIEF_PERMANENT}};
    const struct datum *load = VALUE(b->to.stake, STAKE, LOAD);
    const struct datum *options = VALUE(b->to.stake, STAKE, OPTIONS);
    const struct datum *support = VALUE(b->to.stake, STAKE, SUPPORT);

    for (size_t i = 0; load->set && i < sizeof rows / sizeof *rows; i++)
        if (list_holds(load->text, rows[i].load, strlen(rows[i].load)))
            advise(b, true, "load", rows[i].text);
    if (options->set && options->number > 3)
        advise(b, true, "load", TEXT_BRIEF_OPTIONS);
    if (support->set && support->number < 0)
        advise(b, true, "support", TEXT_BRIEF_AGAINST);
    if (maker_is_word(VALUE(b->to.stake, STAKE, VOICE), "consultative"))
        advise(b, true, "voice", TEXT_BRIEF_CONSULTATIVE);
}

/* Levels above and below the middle of 0..10. */
static void advise_profile(struct briefing *b)
{
    const struct object *of = b->to.org ? b->to.org : b->to.party;
    const struct datum *centre = VALUE(of, PARTY, CENTRALISATION);
    const struct datum *many = VALUE(of, PARTY, CULTURE_PARTICIPATION);
    const struct datum *looks = VALUE(of, PARTY, ORIENTATION);
    const int64_t middle = 5 * DECIMAL_ONE;

    if (centre->set && centre->number != middle)
        advise(b, true, "profile",
            centre->number > middle ? TEXT_BRIEF_CENTRAL : TEXT_BRIEF_SITES);
    if (many->set && many->number > middle)
        advise(b, true, "profile", TEXT_BRIEF_MANY);
    if (looks->set)
        advise(b, true, "profile",
            maker_is_word(looks, "inward") ? TEXT_BRIEF_INWARD
                                           : TEXT_BRIEF_OUTWARD);
}

static void rows_advice(struct briefing *b)
{
    advise_level(b);
    if (b->to.stake)
        advise_load(b);
    advise_profile(b);
    if (VALUE(b->f->made->tender, TENDER, SILENCE_FROM)->set)
        advise(b, false, "silence", TEXT_BRIEF_SILENCE);
}

/* Questions. */

static void ask(struct briefing *b, const char *about, enum text_id id,
    const char *line, const struct object *object)
{
    struct text filled = {0};
    size_t before = strcspn(line, "*");

    if (b->asked++ >= QUESTIONS)
        return;
    struct reply *r = figures_row(b->f, "ask");
    reply_word(r, "about", about);
    reply_word(r, "text", text_of(id, b->f->language));
    text_add(&filled, line, before);
    object_name(&filled, object);
    text_puts(&filled, line + before + (line[before] == '*'));
    reply_word(r, "line", text_peek(&filled));
    reply_end(r);
    text_fini(&filled);
}

static bool any_link(const struct briefing *b, const char *sort)
{
    const struct record *r = b->f->record;

    for (size_t i = 0; i < r->n[KIND_LINK]; i++)
        if (maker_is_word(VALUE(r->list[KIND_LINK][i], LINK, SORT), sort) &&
            maker_is_ref(VALUE(r->list[KIND_LINK][i], LINK, FROM), b->to.party))
            return true;
    return false;
}

static bool any_about(const struct briefing *b, enum kind kind, size_t party)
{
    const struct record *r = b->f->record;
    size_t place = field_place(party);

    for (size_t i = 0; i < r->n[kind]; i++)
        if (maker_is_ref(&r->list[kind][i]->values[place], b->to.party) ||
            (b->to.org &&
                maker_is_ref(&r->list[kind][i]->values[place], b->to.org)))
            return true;
    return false;
}

/* A person of the tender who has a role, for themselves. */
static bool is_met(const struct briefing *b, const char *role)
{
    const struct record *r = b->f->record;

    for (size_t i = 0; i < r->n[KIND_STAKE]; i++) {
        const struct object *o = r->list[KIND_STAKE][i];
        const struct object *party = pitch_party(r, VALUE(o, STAKE, PARTY));
        const struct datum *roles = VALUE(o, STAKE, ROLES);

        if (party && maker_is_word(VALUE(party, PARTY, SORT), "person") &&
            list_holds(roles->text, role, strlen(role)))
            return true;
    }
    return false;
}

/* What is missing, what matters most first: three of it at most. */
static void rows_ask(struct briefing *b)
{
    const struct object *tender = b->f->made->tender;
    const struct object *party = b->to.party;

    if (!any_about(b, KIND_WEIGHS, FIELD_WEIGHS_PARTY))
        ask(b, "need", TEXT_BRIEF_ASK_NEED,
            "add weighs party=* need= importance=", party);
    if (addressee_has(&b->to, "uses") &&
        !any_about(b, KIND_REACH, FIELD_REACH_PARTY))
        ask(b, "choice", TEXT_BRIEF_ASK_CHOICE,
            "add reach party=* alternative= reachable=", party);
    if (!VALUE(tender, TENDER, PROBLEM)->set)
        ask(b, "problem", TEXT_BRIEF_ASK_PROBLEM, "set * problem=", tender);
    if (strcmp(b->to.level_by, "default") == 0)
        ask(b, "level", TEXT_BRIEF_ASK_LEVEL,
            "add knows party=* topic= level=", party);
    if (!is_met(b, "decides"))
        ask(b, "decides", TEXT_BRIEF_ASK_DECIDES,
            "add stake tender=* party= roles=decides", tender);
    if (!is_met(b, "represents") && !is_met(b, "uses"))
        ask(b, "uses", TEXT_BRIEF_ASK_USES,
            "add stake tender=* party= roles=represents", tender);
    if (!is_met(b, "prescribes"))
        ask(b, "prescribes", TEXT_BRIEF_ASK_PRESCRIBES,
            "add stake tender=* party= roles=prescribes", tender);
    if (!any_link(b, "trusts"))
        ask(b, "trusts", TEXT_BRIEF_ASK_TRUSTS,
            "add link from=* to= sort=trusts", party);
    ask(b, "support", TEXT_BRIEF_ASK_MORE, "add touch party=* opinion=", party);
}

static void rows_trusts(struct briefing *b)
{
    const struct record *record = b->f->record;

    for (size_t i = 0; i < record->n[KIND_LINK]; i++) {
        const struct object *o = record->list[KIND_LINK][i];
        const struct object *whom = pitch_party(record, VALUE(o, LINK, TO));

        if (!maker_is_word(VALUE(o, LINK, SORT), "trusts") || whom == NULL ||
            !maker_is_ref(VALUE(o, LINK, FROM), b->to.party))
            continue;
        struct reply *r = figures_row(b->f, "trusts");
        figures_name(r, "party", whom);
        reply_end(r);
    }
}

enum err figure_brief(struct figures *f)
{
    struct briefing b = {.f = f,
        .maker = {
            .record = f->record, .lot = f->made->lot ? f->made->lot->id : 0}};
    const char *word = f->request->args[0];
    const struct object *party = record_find(f->record, KIND_PARTY, word);

    if (party == NULL)
        return fault_set(
            f->fault, ERR_NONE, "party", word, "the id or code of a party");
    addressee_of(&b.maker, f->made->tender, party, &b.to);
    INSIST(b.to.party == party);
    row_who(&b);
    row_last(&b);
    rows_promise(&b);
    rows_given(&b);
    rows_advice(&b);
    rows_ask(&b);
    rows_trusts(&b);
    figures_name(f->last, "party", party);
    reply_int(f->last, "minutes", speech_of(b.to.level)->minutes);
    return ERR_OK;
}
