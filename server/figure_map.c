/* SPDX-License-Identifier: Apache-2.0
 *
 * figure_map.c - rows of the map of people: who counts, who is missing, who
 * influences whom, how heavy the decision is.
 */
#include "protocol/base_mem.h"
#include "server/client_case.h"
#include "server/figures.h"
#include "server/stake.h"
#include "value/formula.h"
#include "value/power.h"

#include <stdlib.h>
#include <string.h>

struct map {
    struct figures *f;
    struct maker maker;           /* lends helpers */
    const struct object **stakes; /* of the lot */
    const struct object **people; /* party of each */
    size_t n;
    const char *confirmed_since; /* NULL: any day will do */
    bool troubled;
};

static void gather(struct map *m)
{
    const struct record *r = m->f->record;

    m->stakes = mem_new((r->n[KIND_STAKE] + 1) * sizeof *m->stakes);
    m->people = mem_new((r->n[KIND_STAKE] + 1) * sizeof *m->people);
    for (size_t i = 0; i < r->n[KIND_STAKE]; i++) {
        const struct object *o = r->list[KIND_STAKE][i];
        size_t at =
            maker_index((const struct object *const *)r->list[KIND_PARTY],
                r->n[KIND_PARTY], VALUE(o, STAKE, PARTY));

        if (at == MODEL_NOWHERE ||
            !maker_is_of_lot(&m->maker, VALUE(o, STAKE, LOT)))
            continue;
        m->people[m->n] = r->list[KIND_PARTY][at];
        m->stakes[m->n++] = o;
    }
}

/* Met: how well we know them is above 0, or a touch is recorded. */
static bool was_met(const struct map *m, size_t i)
{
    const struct record *r = m->f->record;
    const struct datum *depth = VALUE(m->stakes[i], STAKE, CONTACT_DEPTH);

    for (size_t k = 0; k < r->n[KIND_TOUCH]; k++)
        if ((uint64_t)VALUE(r->list[KIND_TOUCH][k], TOUCH, PARTY)->number ==
            m->people[i]->id)
            return true;
    return depth->set && depth->number > 0;
}

/* A segment or community is met in those who represent it, not itself. */
static bool can_be_met(const struct object *party)
{
    const struct datum *sort = VALUE(party, PARTY, SORT);

    return maker_is_word(sort, "person") || maker_is_word(sort, "organisation");
}

static bool is_confirmed(const struct map *m, size_t i)
{
    const struct datum *day = VALUE(m->stakes[i], STAKE, LAST_CONFIRMED);

    return day->set && (m->confirmed_since == NULL ||
                           strcmp(day->text, m->confirmed_since) >= 0);
}

static void row_stake(struct map *m, size_t i)
{
    const struct object *o = m->stakes[i];
    unsigned salience = stake_salience(o);
    const struct datum *support = VALUE(o, STAKE, SUPPORT);
    const struct datum *voice = VALUE(o, STAKE, VOICE);
    bool met = was_met(m, i);
    struct reply *r = figures_row(m->f, "stake");

    figures_name(r, "party", m->people[i]);
    reply_word(r, "salience", power_class(salience));
    reply_int(r, "attributes", power_attributes(salience));
    stake_put_attention(r, o);
    if (support->set)
        reply_int(r, "support", support->number);
    if (voice->set)
        reply_word(r, "voice", voice->text);
    if (can_be_met(m->people[i]))
        reply_yes(r, "met", met);
    reply_yes(r, "confirmed", is_confirmed(m, i));
    reply_end(r);
    if (power_attributes(salience) >= 2 &&
        ((support->set && support->number < 0) ||
            (!met && can_be_met(m->people[i]))))
        m->troubled = true;
}

/* Roles. */

static bool fills(const struct object *stake, enum power_role role)
{
    const struct datum *support = VALUE(stake, STAKE, SUPPORT);

    switch (role) {
    case POWER_ECONOMIC:
        return stake_has_role(stake, "decides") ||
               stake_has_role(stake, "pays");
    case POWER_USER:
        return stake_has_role(stake, "uses") ||
               stake_has_role(stake, "represents");
    case POWER_TECHNICAL:
        return stake_has_role(stake, "prescribes");
    case POWER_COACH:
        return support->set && support->number == 2;
    case POWER_ROLES:
        break;
    }
    return false;
}

/* A person, who answers for the organisation that has the role.  Who decides
 * does not also speak for users or prescribe, and a coach is a person. */
static bool fills_for(
    const struct map *m, size_t person, size_t i, enum power_role role)
{
    const struct datum *org = VALUE(m->people[person], PARTY, ORG);

    if (person == i)
        return fills(m->stakes[i], role);
    if (!org->set || (uint64_t)org->number != m->people[i]->id ||
        role == POWER_COACH)
        return false;
    return fills(m->stakes[i], role) &&
           (role == POWER_ECONOMIC || !stake_has_role(m->stakes[i], "decides"));
}

static bool row_role(struct map *m, enum power_role role)
{
    static const char *const words[] = {
        "economic", "user", "technical", "coach"};
    const struct object *by = NULL;

    for (size_t p = 0; p < m->n && by == NULL; p++)
        for (size_t i = 0; i < m->n && by == NULL; i++)
            if (maker_is_word(VALUE(m->people[p], PARTY, SORT), "person") &&
                fills_for(m, p, i, role))
                by = m->people[p];
    struct reply *r = figures_row(m->f, "role");
    reply_word(r, "role", words[role]);
    reply_yes(r, "filled", by != NULL);
    if (by)
        figures_name(r, "by", by);
    reply_end(r);
    return by != NULL;
}

/* Influence. */

static size_t place_of(const struct map *m, const struct datum *party)
{
    for (size_t i = 0; i < m->n; i++)
        if (m->people[i]->id == (uint64_t)party->number)
            return i;
    return MODEL_NOWHERE;
}

/* "influences" and "trusts" say it from both ends. */
static bool fill_listens(const struct map *m, int64_t *listens)
{
    const struct record *r = m->f->record;
    bool any = false;

    for (size_t k = 0; k < r->n[KIND_LINK]; k++) {
        const struct object *o = r->list[KIND_LINK][k];
        bool trusts = maker_is_word(VALUE(o, LINK, SORT), "trusts");
        size_t from = place_of(m, VALUE(o, LINK, FROM));
        size_t to = place_of(m, VALUE(o, LINK, TO));
        const struct datum *strength = VALUE(o, LINK, STRENGTH);

        if ((!trusts && !maker_is_word(VALUE(o, LINK, SORT), "influences")) ||
            from == MODEL_NOWHERE || to == MODEL_NOWHERE || from == to)
            continue;
        listens[trusts ? from * m->n + to : to * m->n + from] +=
            strength->set ? strength->number : DECIMAL_ONE / 2;
        any = true;
    }
    return any;
}

static bool fill_votes(const struct map *m, int64_t *votes)
{
    bool any = false;

    for (size_t i = 0; i < m->n; i++) {
        const struct datum *vote = VALUE(m->stakes[i], STAKE, VOTE);

        if (stake_has_role(m->stakes[i], "decides"))
            votes[i] = vote->set ? vote->number : DECIMAL_ONE;
        any |= votes[i] > 0;
    }
    return any;
}

static void rows_influence(struct map *m)
{
    if (m->n == 0 || m->n > POWER_PEOPLE)
        return;
    int64_t *listens = mem_new(m->n * m->n * sizeof *listens);
    int64_t *votes = mem_new(m->n * sizeof *votes);
    int64_t *weights = mem_new(m->n * sizeof *weights);

    if (fill_listens(m, listens) && fill_votes(m, votes)) {
        power_influence(listens, m->n, votes, weights);
        for (size_t i = 0; i < m->n; i++) {
            if (weights[i] == 0)
                continue;
            struct reply *r = figures_row(m->f, "influence");
            figures_name(r, "party", m->people[i]);
            reply_micro(r, "weight", weights[i]);
            reply_yes(r, "decides", votes[i] > 0);
            reply_end(r);
        }
    }
    free(listens);
    free(votes);
    free(weights);
}

/* How heavy the decision is. */

static void put_relief(struct reply *r, const struct datum *load, bool choice)
{
    static const struct {
        const char *load, *relief;
    } rows[] = {{"alone", "allies"}, {"no-reference", "references"},
        {"must-justify", "justification"}, {"permanent", "calendar"}};
    struct text list = {0};

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (load->set &&
            list_holds(load->text, rows[i].load, strlen(rows[i].load)))
            text_printf(&list, "%s%s", list.len ? "," : "", rows[i].relief);
    if (choice)
        text_printf(&list, "%s%s", list.len ? "," : "", "fewer-variants");
    if (list.len)
        reply_word(r, "relief", list.bytes);
    text_fini(&list);
}

static int64_t weighs(const struct datum *load, const char *word)
{
    return load->set && list_holds(load->text, word, strlen(word)) ? DECIMAL_ONE
                                                                   : 0;
}

static void row_load(struct map *m, size_t i)
{
    const struct datum *load = VALUE(m->stakes[i], STAKE, LOAD);
    const struct datum *recorded = VALUE(m->stakes[i], STAKE, OPTIONS);
    size_t options =
        recorded->set ? (size_t)recorded->number : m->f->made->model.bids_n;

    if (!stake_has_role(m->stakes[i], "decides"))
        return;
    struct reply *r = figures_row(m->f, "load");
    figures_name(r, "party", m->people[i]);
    reply_micro(r, "value",
        formula_load(weighs(load, "alone"), weighs(load, "no-reference"),
            options ? options : 1, weighs(load, "must-justify"),
            weighs(load, "permanent")));
    reply_int(r, "options", (int64_t)options);
    put_relief(r, load, options > 3);
    reply_end(r);
}

static enum err read_since(struct map *m)
{
    const char *word = request_key(m->f->request, "confirmed-since");
    struct datum day = {0};
    struct datum_fault why = {0};

    if (word == NULL)
        return ERR_OK;
    if (datum_read(FIELD_STAKE_LAST_CONFIRMED, word, &day, &why) != ERR_OK)
        return fault_set(
            m->f->fault, ERR_ARG, "confirmed-since", word, why.allowed);
    m->confirmed_since = word;
    datum_fini(&day);
    return ERR_OK;
}

enum err figure_map(struct figures *f)
{
    static const char *const words[] = {"red", "amber", "green"};
    struct map m = {.f = f,
        .maker = {
            .record = f->record, .lot = f->made->lot ? f->made->lot->id : 0}};
    bool filled[POWER_ROLES];
    enum err err = read_since(&m);

    if (err != ERR_OK)
        return err;
    gather(&m);
    for (size_t i = 0; i < m.n; i++)
        row_stake(&m, i);
    for (int role = 0; role < POWER_ROLES; role++)
        filled[role] = row_role(&m, (enum power_role)role);
    rows_influence(&m);
    for (size_t i = 0; i < m.n; i++)
        row_load(&m, i);
    reply_word(f->last, "status", words[power_status_of(filled, m.troubled)]);
    free(m.stakes);
    free(m.people);
    return ERR_OK;
}
