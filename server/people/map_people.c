/* SPDX-License-Identifier: Apache-2.0
 *
 * map_people.c - rows of the map of people: votes and voices, the balance on a
 * link, facts that are out of date.
 */
#include "server/people/map_people.h"

#include "protocol/base_mem.h"
#include "server/people/person.h"
#include "value/fraction.h"
#include "value/people/distributor.h"

#include <stdlib.h>
#include <string.h>

/* Votes. */

static bool is_consultative(const struct object *stake)
{
    return maker_is_word(VALUE(stake, STAKE, VOICE), "consultative");
}

int64_t map_own_vote(const struct object *stake)
{
    const struct datum *vote = VALUE(stake, STAKE, VOTE);

    if (!stake_has_role(stake, "decides") || is_consultative(stake))
        return 0;
    return vote->set ? vote->number : DECIMAL_ONE;
}

static bool works_for(
    const struct crowd *crowd, size_t person, const struct object *org)
{
    const struct datum *of = VALUE(crowd->people[person], PARTY, ORG);

    return of->set && (uint64_t)of->number == org->id;
}

/* The vote of an organisation, among its people who decide. */
static void split_vote(const struct crowd *crowd, size_t i, int64_t *votes)
{
    int64_t whole = map_own_vote(crowd->stakes[i]);
    int64_t all = 0;

    for (size_t p = 0; p < crowd->n; p++)
        if (works_for(crowd, p, crowd->people[i]))
            all += map_own_vote(crowd->stakes[p]);
    if (all == 0 || whole == 0)
        return;
    votes[i] = 0;
    for (size_t p = 0; p < crowd->n; p++)
        if (works_for(crowd, p, crowd->people[i]))
            votes[p] = (int64_t)((double)whole *
                                     (double)map_own_vote(crowd->stakes[p]) /
                                     (double)all +
                                 0.5);
}

bool map_votes(const struct crowd *crowd, int64_t *votes)
{
    bool any = false;

    for (size_t i = 0; i < crowd->n; i++)
        votes[i] = map_own_vote(crowd->stakes[i]);
    for (size_t i = 0; i < crowd->n; i++)
        split_vote(crowd, i, votes);
    for (size_t i = 0; i < crowd->n; i++)
        any |= votes[i] > 0;
    return any;
}

static int64_t sum_of(const int64_t *list, size_t n)
{
    int64_t sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += list[i];
    return sum;
}

void map_rows_votes(struct figures *f, const struct crowd *crowd)
{
    int64_t *votes = mem_new((crowd->n + 1) * sizeof *votes);
    int64_t all = map_votes(crowd, votes) ? sum_of(votes, crowd->n) : 1;

    for (size_t i = 0; i < crowd->n; i++) {
        if (votes[i] == 0 && !is_consultative(crowd->stakes[i]))
            continue;
        struct reply *r = figures_row(f, "vote");
        figures_name(r, "party", crowd->people[i]);
        reply_word(r, "voice", votes[i] ? "deliberative" : "consultative");
        reply_micro(
            r, "share", (int64_t)((double)votes[i] / (double)all * 1e6 + 0.5));
        reply_end(r);
    }
    free(votes);
}

/* The balance on a link. */

/* Where the number that either side could turn to instead means something. */
static bool is_traded(const struct object *link)
{
    static const char *const sorts[] = {
        "supplies", "distributes", "buys-for", "represents"};

    for (size_t i = 0; i < sizeof sorts / sizeof *sorts; i++)
        if (maker_is_word(VALUE(link, LINK, SORT), sorts[i]))
            return true;
    return false;
}

static bool is_over(const struct figures *f, const struct object *link)
{
    const struct datum *until = VALUE(link, LINK, UNTIL);

    return until->set && day_number(until->text) < f->today;
}

/* How many links of that sort share an end with this one, itself counted. */
size_t map_choices(
    const struct figures *f, const struct object *link, bool same_to)
{
    const struct record *r = f->record;
    const struct datum *sort = VALUE(link, LINK, SORT);
    size_t n = 0;

    for (size_t i = 0; i < r->n[KIND_LINK]; i++) {
        const struct object *o = r->list[KIND_LINK][i];
        const struct datum *end =
            same_to ? VALUE(o, LINK, TO) : VALUE(o, LINK, FROM);
        const struct datum *mine =
            same_to ? VALUE(link, LINK, TO) : VALUE(link, LINK, FROM);

        n += maker_is_word(VALUE(o, LINK, SORT), sort->text) &&
             end->number == mine->number && !is_over(f, o);
    }
    return n;
}

static void row_balance(struct figures *f, const struct object *link)
{
    const struct record *r = f->record;
    const struct object *const *parties =
        (const struct object *const *)r->list[KIND_PARTY];
    size_t from =
        maker_index(parties, r->n[KIND_PARTY], VALUE(link, LINK, FROM));
    size_t to = maker_index(parties, r->n[KIND_PARTY], VALUE(link, LINK, TO));
    size_t of_to = map_choices(f, link, true);
    size_t of_from = map_choices(f, link, false);

    if (from == MODEL_NOWHERE || to == MODEL_NOWHERE)
        return;
    struct reply *row = figures_row(f, "balance");
    figures_name(row, "link", link);
    reply_word(row, "sort", VALUE(link, LINK, SORT)->text);
    figures_name(row, "from", parties[from]);
    figures_name(row, "to", parties[to]);
    reply_int(row, "from-choices", (int64_t)of_from);
    reply_int(row, "to-choices", (int64_t)of_to);
    reply_micro(row, "balance",
        distributor_ratio(
            (int64_t)of_to * MICRO_ONE, (int64_t)of_from * MICRO_ONE));
    reply_end(row);
}

void map_rows_balance(struct figures *f, const struct crowd *crowd)
{
    const struct record *r = f->record;

    for (size_t i = 0; i < r->n[KIND_LINK]; i++) {
        const struct object *o = r->list[KIND_LINK][i];
        uint64_t from = (uint64_t)VALUE(o, LINK, FROM)->number;
        uint64_t to = (uint64_t)VALUE(o, LINK, TO)->number;

        if (is_traded(o) && !is_over(f, o) &&
            (crowd_place(crowd, from) != MODEL_NOWHERE ||
                crowd_place(crowd, to) != MODEL_NOWHERE))
            row_balance(f, o);
    }
}

/* Facts. */

size_t map_rows_stale(struct figures *f, const struct crowd *crowd)
{
    const struct record *r = f->record;
    size_t n = 0;

    for (size_t i = 0; i < r->n[KIND_FACT]; i++) {
        const struct object *o = r->list[KIND_FACT][i];
        const struct datum *until = VALUE(o, FACT, VALID_UNTIL);
        size_t at = crowd_of_fact(crowd, o);

        if (at == MODEL_NOWHERE || !until->set ||
            day_number(until->text) >= f->today)
            continue;
        struct reply *row = figures_row(f, "stale");
        figures_name(row, "fact", o);
        figures_name(row, "party", crowd->people[at]);
        reply_word(row, "until", until->text);
        reply_int(row, "days", f->today - day_number(until->text));
        reply_word(row, "statement", VALUE(o, FACT, STATEMENT)->text);
        reply_end(row);
        n++;
    }
    return n;
}
