/* SPDX-License-Identifier: Apache-2.0
 *
 * client_case.c - from stakes, links, funding and reach to facts.
 */
#include "server/figure/client_case.h"

#include "protocol/base_mem.h"

#include <stdlib.h>
#include <string.h>

static bool is_party(const struct datum *d, const struct object *party)
{
    return d->set && party && (uint64_t)d->number == party->id;
}

static const struct object *find_party(
    const struct client_case *c, const struct datum *d)
{
    const struct record *r = c->maker.record;
    size_t at = maker_index(
        (const struct object *const *)r->list[KIND_PARTY], r->n[KIND_PARTY], d);

    return at == MODEL_NOWHERE ? NULL : r->list[KIND_PARTY][at];
}

const struct object *client_case_of(
    const struct client_case *c, size_t supplier)
{
    const struct datum d = {
        .set = supplier != MODEL_NOWHERE, .number = (int64_t)supplier};

    return find_party(c, &d);
}

/* Stakes. */

static bool holds(const struct datum *set, const char *word)
{
    return set->set && list_holds(set->text, word, strlen(word));
}

static bool is_stake_of(const struct client_case *c, const struct object *stake,
    const struct object *party)
{
    return is_party(VALUE(stake, STAKE, PARTY), party) &&
           maker_is_of_lot(&c->maker, VALUE(stake, STAKE, LOT));
}

static bool has_stake(const struct client_case *c, const struct object *party)
{
    const struct record *r = c->maker.record;

    for (size_t i = 0; i < r->n[KIND_STAKE]; i++)
        if (is_stake_of(c, r->list[KIND_STAKE][i], party))
            return true;
    return false;
}

bool client_case_has_role(
    const struct client_case *c, const struct object *party, const char *role)
{
    const struct record *r = c->maker.record;
    bool award = strcmp(role, "decides") == 0;

    for (size_t i = 0; i < r->n[KIND_STAKE]; i++) {
        const struct object *o = r->list[KIND_STAKE][i];

        if (is_stake_of(c, o, party) &&
            (holds(VALUE(o, STAKE, ROLES), role) ||
                (award && holds(VALUE(o, STAKE, CHOOSES), "award"))))
            return true;
    }
    return false;
}

static bool is_buyer(const struct client_case *c, const struct object *party)
{
    const struct datum *buyers = VALUE(c->made->tender, TENDER, BUYER);
    struct text word = {0};

    text_printf(&word, ",%llu,", (unsigned long long)party->id);
    bool is = buyers->set && strstr(buyers->text, word.bytes) != NULL;
    text_fini(&word);
    return is;
}

/* Who decides is who is recorded to; while nobody is, the buyer. */
bool client_case_decides(
    const struct client_case *c, const struct object *party)
{
    const struct record *r = c->maker.record;

    if (client_case_has_role(c, party, "decides"))
        return true;
    if (!is_buyer(c, party))
        return false;
    for (size_t i = 0; i < r->n[KIND_PARTY]; i++)
        if (client_case_has_role(c, r->list[KIND_PARTY][i], "decides"))
            return false;
    return true;
}

/* Links. */

/* A link that has ended before the bids are due does not count. */
bool client_case_alive(const struct client_case *c, const struct object *link)
{
    const struct datum *until = VALUE(link, LINK, UNTIL);
    const struct datum *due = VALUE(c->made->tender, TENDER, DUE);
    struct text day = {0};

    if (!until->set || !due->set)
        return true;
    time_print(&day, due->number, false);
    bool alive = strncmp(until->text, day.bytes, strlen(until->text)) >= 0;
    text_fini(&day);
    return alive;
}

static bool is_linked(const struct client_case *c, const struct object *from,
    const char *sort, const struct object *to)
{
    const struct record *r = c->maker.record;

    for (size_t i = 0; i < r->n[KIND_LINK]; i++) {
        const struct object *o = r->list[KIND_LINK][i];

        if (maker_is_word(VALUE(o, LINK, SORT), sort) &&
            is_party(VALUE(o, LINK, FROM), from) &&
            is_party(VALUE(o, LINK, TO), to) && client_case_alive(c, o))
            return true;
    }
    return false;
}

bool client_case_represents(const struct client_case *c,
    const struct object *party, const struct object *segment)
{
    const struct record *r = c->maker.record;

    if (is_linked(c, party, "represents", segment))
        return true;
    for (size_t i = 0; i < r->n[KIND_LINK]; i++) {
        const struct object *o = r->list[KIND_LINK][i];

        if (maker_is_word(VALUE(o, LINK, SORT), "represents") &&
            is_party(VALUE(o, LINK, FROM), party))
            return false;
    }
    return client_case_has_role(c, party, "represents");
}

bool client_case_leads(const struct client_case *c, const struct object *party,
    const struct object *segment)
{
    return is_linked(c, party, "leads", segment);
}

static bool employs(const struct client_case *c, const struct object *org,
    const struct object *person)
{
    return is_party(VALUE(person, PARTY, ORG), org) ||
           is_linked(c, org, "employs", person);
}

/* Who places people must matter in this tender; who spends a budget of their
 * own is not placed by a link. */
static bool places(const struct client_case *c, const struct object *party)
{
    return c->facts.funding != FUNDING_INDIVIDUAL_BUDGET &&
           (has_stake(c, party) || is_buyer(c, party)) &&
           is_linked(c, party, "places", c->party);
}

static bool is_employed(const struct client_case *c)
{
    const struct record *r = c->maker.record;

    for (size_t i = 0; i < r->n[KIND_PARTY]; i++)
        if (employs(c, r->list[KIND_PARTY][i], c->party))
            return true;
    return false;
}

/* An employee decides when the organisation does. */
static bool employer_decides(const struct client_case *c)
{
    const struct record *r = c->maker.record;

    for (size_t i = 0; i < r->n[KIND_PARTY]; i++)
        if (employs(c, r->list[KIND_PARTY][i], c->party) &&
            client_case_decides(c, r->list[KIND_PARTY][i]))
            return true;
    return false;
}

static bool is_bought_for(const struct client_case *c)
{
    const struct record *r = c->maker.record;

    for (size_t i = 0; i < r->n[KIND_PARTY]; i++)
        if (is_linked(c, r->list[KIND_PARTY][i], "buys-for", c->party))
            return true;
    return false;
}

/* The facts. */

static enum funding funding_of(const struct client_case *c)
{
    static const char *const words[] = {
        [FUNDING_INSTITUTION] = "institution",
        [FUNDING_THIRD_PARTY] = "third-party",
        [FUNDING_INDIVIDUAL_BUDGET] = "individual-budget",
        [FUNDING_BLOCK_PURCHASE] = "block-purchase",
    };
    const struct datum *lot =
        c->made->lot ? VALUE(c->made->lot, LOT, FUNDING) : NULL;
    const struct datum *funding =
        lot && lot->set ? lot : VALUE(c->made->tender, TENDER, FUNDING);

    for (int i = 0; i < FUNDING_MARKET; i++)
        if (maker_is_word(funding, words[i]))
            return (enum funding)i;
    return maker_is_word(VALUE(c->made->tender, TENDER, PROCEDURE), "none")
               ? FUNDING_MARKET
               : FUNDING_INSTITUTION;
}

static bool somebody_decides(const struct client_case *c)
{
    const struct record *r = c->maker.record;

    for (size_t i = 0; i < r->n[KIND_PARTY]; i++)
        if (client_case_decides(c, r->list[KIND_PARTY][i]))
            return true;
    return false;
}

void client_case_init(struct client_case *c, const struct record *record,
    const struct tender_model *made, const struct object *party)
{
    bool person = maker_is_word(VALUE(party, PARTY, SORT), "person");

    *c = (struct client_case){
        .maker = {.record = record, .lot = made->lot ? made->lot->id : 0},
        .made = made,
        .party = party};
    maker_lists(&c->maker);
    c->facts = (struct client_facts){
        .funding = funding_of(c),
        .deciders_known = has_stake(c, party) || somebody_decides(c),
        .employed = person && is_employed(c),
        .uses = client_case_has_role(c, party, "uses") ||
                (!has_stake(c, party) &&
                    maker_is_word(VALUE(party, PARTY, SORT), "segment")),
        .uses_indirectly = client_case_has_role(c, party, "uses-indirectly"),
        .prescribes = client_case_has_role(c, party, "prescribes"),
        .represents = client_case_has_role(c, party, "represents"),
        .buys = client_case_has_role(c, party, "buys"),
        .pays = client_case_has_role(c, party, "pays"),
        .bids = made->model.bids_n,
    };
    c->facts.decides = client_case_decides(c, party) ||
                       (c->facts.employed && employer_decides(c) &&
                           !c->facts.prescribes && !c->facts.uses);
    c->facts.bought_for = is_bought_for(c);
}

bool client_case_placed(const struct client_case *c, const struct object *usage)
{
    struct client_names names = {0};

    client_case_instead(c, CLIENT_RULE_BENEFICIARY, usage, &names);
    free(names.list);
    return names.n > 0;
}

/* Who is the client instead. */

/* The row on an alternative for the usage, else the one for all usages. */
static const struct object *find_reach(const struct client_case *c,
    const struct object *alternative, const struct object *usage)
{
    const struct record *r = c->maker.record;
    const struct object *found = NULL;

    for (size_t i = 0; i < r->n[KIND_REACH]; i++) {
        const struct object *o = r->list[KIND_REACH][i];
        const struct datum *of = VALUE(o, REACH, USAGE);

        if (!is_party(VALUE(o, REACH, PARTY), c->party) ||
            (uint64_t)VALUE(o, REACH, ALTERNATIVE)->number != alternative->id)
            continue;
        if (of->set && usage && (uint64_t)of->number == usage->id)
            return o;
        if (!of->set)
            found = o;
    }
    return found;
}

static bool is_placed_by(const struct client_case *c,
    const struct object *usage, const struct object *party)
{
    const struct record *r = c->maker.record;

    for (size_t i = 0; i < r->n[KIND_ALTERNATIVE]; i++) {
        const struct object *o = r->list[KIND_ALTERNATIVE][i];
        const struct object *reach = find_reach(c, o, usage);

        if (reach && maker_is_of_lot(&c->maker, VALUE(o, ALTERNATIVE, LOT)) &&
            is_party(VALUE(reach, REACH, PLACED_BY), party))
            return true;
    }
    return false;
}

static bool is_instead(const struct client_case *c, enum client_instead who,
    const struct object *usage, const struct object *party)
{
    bool award = client_award_decides(c->facts.funding);

    switch (who) {
    case INSTEAD_DECIDERS:
        return client_case_decides(c, party);
    case INSTEAD_CHOOSERS:
        return award ? client_case_decides(c, party)
                     : client_case_has_role(c, party, "uses") ||
                           client_case_has_role(c, party, "buys");
    case INSTEAD_PLACERS:
        return places(c, party) || is_placed_by(c, usage, party);
    case INSTEAD_EMPLOYER:
        return employs(c, party, c->party);
    case INSTEAD_BUYERS:
        return is_linked(c, party, "buys-for", c->party);
    case INSTEAD_PAYERS:
        return client_case_has_role(c, party, "pays");
    case INSTEAD_NOBODY:
        break;
    }
    return false;
}

/* Organisations stand for the people who act for them. */
void client_case_instead(const struct client_case *c, enum client_rule rule,
    const struct object *usage, struct client_names *names)
{
    const struct record *r = c->maker.record;
    enum client_instead who = client_rule_instead(rule);

    *names = (struct client_names){
        .list = mem_new((r->n[KIND_PARTY] + 1) * sizeof *names->list)};
    for (size_t i = 0; i < r->n[KIND_PARTY]; i++) {
        const struct object *o = r->list[KIND_PARTY][i];

        if (o != c->party && !VALUE(o, PARTY, ORG)->set &&
            is_instead(c, who, usage, o))
            names->list[names->n++] = o;
    }
}

/* What it can turn to. */

const struct object *client_case_winner(const struct client_case *c)
{
    const struct record *r = c->maker.record;

    for (size_t i = 0; i < r->n[KIND_AWARD]; i++) {
        const struct object *o = r->list[KIND_AWARD][i];
        const struct datum *bid = VALUE(o, AWARD, BID);
        size_t at = maker_index((const struct object *const *)r->list[KIND_BID],
            r->n[KIND_BID], bid);

        if (maker_is_of_lot(&c->maker, VALUE(o, AWARD, LOT)) &&
            at != MODEL_NOWHERE)
            return r->list[KIND_BID][at];
    }
    return c->made->model.ours == MODEL_NOWHERE
               ? NULL
               : c->made->bids[c->made->model.ours];
}

/* Whether an alternative is the offer of that bid. */
static bool is_offer_of(
    const struct object *alternative, const struct object *bid)
{
    const struct datum *of = VALUE(alternative, ALTERNATIVE, BID);

    return of->set && bid && (uint64_t)of->number == bid->id;
}

static bool has_offer(const struct client_case *c, const struct object *bid,
    const struct object *usage)
{
    const struct record *r = c->maker.record;

    for (size_t i = 0; i < r->n[KIND_ALTERNATIVE]; i++)
        if (is_offer_of(r->list[KIND_ALTERNATIVE][i], bid) &&
            find_reach(c, r->list[KIND_ALTERNATIVE][i], usage))
            return true;
    return false;
}

/* Once one has won, its offer takes the place of what is used today. */
static bool is_there(const struct client_case *c,
    const struct object *alternative, const struct object *won, bool replaced)
{
    const struct datum *sort = VALUE(alternative, ALTERNATIVE, SORT);

    if (!maker_is_of_lot(&c->maker, VALUE(alternative, ALTERNATIVE, LOT)))
        return false;
    if (maker_is_word(sort, "offer"))
        return is_offer_of(alternative, won);
    return !replaced || !maker_is_word(sort, "status-quo");
}

static void measure(struct client_ways *ways)
{
    struct model_reach *reaches = mem_new((ways->n + 1) * sizeof *reaches);
    struct model model = {.reaches_n = ways->n, .reaches = reaches};

    maker_bounds(&model);
    for (size_t i = 0; i < ways->n; i++)
        reaches[i] = ways->list[i].made;
    reach_choice_of(&model, 0, &ways->choice);
    for (size_t i = 0; i < ways->n; i++)
        ways->list[i].open = reach_is_open(&model, 0, i);
    free(reaches);
}

void client_case_ways(const struct client_case *c, const struct object *usage,
    bool after, struct client_ways *ways)
{
    const struct record *r = c->maker.record;
    const struct object *won = after ? client_case_winner(c) : NULL;
    bool replaced = has_offer(c, won, usage);

    *ways = (struct client_ways){
        .list = mem_new((r->n[KIND_ALTERNATIVE] + 1) * sizeof *ways->list)};
    for (size_t i = 0; i < r->n[KIND_ALTERNATIVE]; i++) {
        const struct object *o = r->list[KIND_ALTERNATIVE][i];
        const struct object *reach = find_reach(c, o, usage);
        struct client_way *way = &ways->list[ways->n];

        if (reach == NULL || !is_there(c, o, won, replaced))
            continue;
        *way = (struct client_way){.alternative = o, .reach = reach};
        way->limit = maker_way(&c->maker, reach, o, c->party, &way->made);
        if (won && !replaced &&
            maker_is_word(VALUE(o, ALTERNATIVE, SORT), "status-quo"))
            way->made.supplier = (size_t)VALUE(won, BID, PARTY)->number;
        ways->n++;
    }
    measure(ways);
}

void client_ways_fini(struct client_ways *ways)
{
    free(ways->list);
    *ways = (struct client_ways){0};
}

static size_t count_supplied(
    const struct client_ways *ways, const struct object *of)
{
    size_t n = 0;

    for (size_t i = 0; i < ways->n; i++)
        n += ways->list[i].open && ways->list[i].made.supplier == of->id;
    return n;
}

void client_case_answer(struct client_case *c, const struct object *usage,
    const struct object *of, bool after, struct client_ways *ways,
    struct client_result *result)
{
    client_case_ways(c, usage, after, ways);
    c->facts.towards = of != NULL;
    c->facts.towards_n = of ? count_supplied(ways, of) : 0;
    c->facts.placed = client_case_placed(c, usage);
    client_compute(&c->facts, &ways->choice, result);
}

bool client_case_has_usage(
    const struct client_case *c, const struct object *need)
{
    const struct record *r = c->maker.record;

    for (size_t i = 0; i < r->n[KIND_REACH]; i++) {
        const struct object *o = r->list[KIND_REACH][i];
        const struct datum *usage = VALUE(o, REACH, USAGE);

        if (usage->set && (uint64_t)usage->number == need->id &&
            is_party(VALUE(o, REACH, PARTY), c->party))
            return true;
    }
    return false;
}
