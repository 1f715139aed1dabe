/* SPDX-License-Identifier: Apache-2.0
 *
 * figure_map.c - rows of the map of people: who counts, who is missing, who
 * influences whom, how heavy the decision is.
 */
#include "protocol/base_mem.h"
#include "server/people/map_people.h"

#include <stdlib.h>
#include <string.h>

struct map {
    struct figures *f;
    struct crowd c;
    const char *confirmed_since; /* NULL: any day will do */
    bool troubled;
    size_t unmet;
};

static bool is_confirmed(const struct map *m, size_t i)
{
    const struct datum *day = VALUE(m->c.stakes[i], STAKE, LAST_CONFIRMED);

    return day->set && (m->confirmed_since == NULL ||
                           strcmp(day->text, m->confirmed_since) >= 0);
}

static void row_stake(struct map *m, size_t i)
{
    const struct object *o = m->c.stakes[i];
    unsigned salience = stake_salience(o);
    const struct datum *support = VALUE(o, STAKE, SUPPORT);
    const struct datum *voice = VALUE(o, STAKE, VOICE);
    bool met = crowd_met(&m->c, i);
    struct reply *r = figures_row(m->f, "stake");

    figures_name(r, "party", m->c.people[i]);
    reply_word(r, "salience", power_class(salience));
    reply_int(r, "attributes", power_attributes(salience));
    stake_put_attention(r, o);
    if (support->set)
        reply_int(r, "support", support->number);
    if (voice->set)
        reply_word(r, "voice", voice->text);
    if (crowd_can_meet(m->c.people[i]))
        reply_yes(r, "met", met);
    reply_yes(r, "confirmed", is_confirmed(m, i));
    reply_end(r);
    m->unmet += !met && crowd_can_meet(m->c.people[i]);
    if (power_attributes(salience) >= 2 &&
        ((support->set && support->number < 0) ||
            (!met && crowd_can_meet(m->c.people[i]))))
        m->troubled = true;
}

static bool row_role(struct map *m, enum power_role role)
{
    const struct object *by = crowd_fills(&m->c, role);
    struct reply *r = figures_row(m->f, "role");

    reply_word(r, "role", crowd_role_word(role));
    reply_yes(r, "filled", by != NULL);
    if (by)
        figures_name(r, "by", by);
    reply_end(r);
    return by != NULL;
}

/* Influence. */

/* "influences" and "trusts" say it from both ends. */
bool map_listens(const struct crowd *crowd, int64_t *listens)
{
    const struct record *r = crowd->record;
    bool any = false;

    for (size_t k = 0; k < r->n[KIND_LINK]; k++) {
        const struct object *o = r->list[KIND_LINK][k];
        bool trusts = maker_is_word(VALUE(o, LINK, SORT), "trusts");
        size_t from =
            crowd_place(crowd, (uint64_t)VALUE(o, LINK, FROM)->number);
        size_t to = crowd_place(crowd, (uint64_t)VALUE(o, LINK, TO)->number);
        const struct datum *strength = VALUE(o, LINK, STRENGTH);

        if ((!trusts && !maker_is_word(VALUE(o, LINK, SORT), "influences")) ||
            from == MODEL_NOWHERE || to == MODEL_NOWHERE || from == to)
            continue;
        listens[trusts ? from * crowd->n + to : to * crowd->n + from] +=
            strength->set ? strength->number : DECIMAL_ONE / 2;
        any = true;
    }
    return any;
}

/* Who does not decide and weighs more than who does; weights are rounded, and
 * so are the times, to a thousandth. */
static void rows_outweighs(
    struct map *m, const int64_t *votes, const int64_t *weights)
{
    size_t first = MODEL_NOWHERE;

    for (size_t i = 0; i < m->c.n; i++)
        if (votes[i] > 0 &&
            (first == MODEL_NOWHERE || weights[i] > weights[first]))
            first = i;
    for (size_t i = 0; i < m->c.n; i++) {
        if (votes[i] > 0 || weights[i] <= weights[first])
            continue;
        struct reply *r = figures_row(m->f, "outweighs");
        figures_name(r, "party", m->c.people[i]);
        figures_name(r, "decider", m->c.people[first]);
        if (weights[first] > 0)
            reply_micro(r, "times",
                (2000 * weights[i] + weights[first]) / (2 * weights[first]) *
                    1000);
        reply_end(r);
    }
}

static void rows_influence(struct map *m)
{
    if (m->c.n == 0 || m->c.n > POWER_PEOPLE)
        return;
    int64_t *listens = mem_new(m->c.n * m->c.n * sizeof *listens);
    int64_t *votes = mem_new(m->c.n * sizeof *votes);
    int64_t *weights = mem_new(m->c.n * sizeof *weights);

    if (map_listens(&m->c, listens) && map_votes(&m->c, votes)) {
        power_influence(listens, m->c.n, votes, weights);
        for (size_t i = 0; i < m->c.n; i++) {
            if (weights[i] == 0)
                continue;
            struct reply *r = figures_row(m->f, "influence");
            figures_name(r, "party", m->c.people[i]);
            reply_micro(r, "weight", weights[i]);
            reply_yes(r, "decides", votes[i] > 0);
            reply_end(r);
        }
        rows_outweighs(m, votes, weights);
    }
    free(listens);
    free(votes);
    free(weights);
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
    struct map m = {.f = f};
    bool filled[POWER_ROLES];
    enum err err = read_since(&m);

    if (err != ERR_OK)
        return err;
    crowd_init(&m.c, f->record, f->made->lot ? f->made->lot->id : 0);
    for (size_t i = 0; i < m.c.n; i++)
        row_stake(&m, i);
    for (int role = 0; role < POWER_ROLES; role++)
        filled[role] = row_role(&m, (enum power_role)role);
    map_rows_votes(f, &m.c);
    rows_influence(&m);
    map_rows_balance(f, &m.c);
    size_t stale = map_rows_stale(f, &m.c);
    map_rows_load(f, &m.c);
    reply_word(f->last, "status", words[power_status_of(filled, m.troubled)]);
    if (m.unmet)
        reply_int(f->last, "never-met", (int64_t)m.unmet);
    if (stale)
        reply_int(f->last, "stale", (int64_t)stale);
    crowd_fini(&m.c);
    return ERR_OK;
}
