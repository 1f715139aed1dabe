/* SPDX-License-Identifier: Apache-2.0
 *
 * explain_people.c - how the figures of the map of people came about: who
 * counts, votes, influence, balance of links, the load of a decision.
 */
#include "server/explain/explain_people.h"
#include "server/people/map_people.h"
#include "server/people/person.h"
#include "value/formula.h"
#include "value/people/distributor.h"

#include "protocol/base_mem.h"

#include <stdlib.h>
#include <string.h>

/* party= among the stakes of the lot. */
static enum err find_in_crowd(
    struct figures *f, const struct crowd *crowd, const char *key, size_t *at)
{
    return explain_find_key(f, key, request_key(f->request, key),
        (const struct object *const *)crowd->people, crowd->n, at);
}

typedef void crowd_fn(struct figures *f, const struct crowd *crowd, size_t at);

static enum err explain_of(struct figures *f, crowd_fn *say)
{
    struct crowd crowd;
    size_t at;

    crowd_init(&crowd, f->record, f->made->lot ? f->made->lot->id : 0);
    enum err err = find_in_crowd(f, &crowd, "party", &at);
    if (err == ERR_OK)
        say(f, &crowd, at);
    crowd_fini(&crowd);
    return err;
}

static void say_salience(
    struct figures *f, const struct crowd *crowd, size_t at)
{
    const struct object *o = crowd->stakes[at];
    unsigned salience = stake_salience(o);

    explain_input(f, o, FIELD_STAKE_POWER);
    explain_input(f, o, FIELD_STAKE_LEGITIMACY);
    explain_input(f, o, FIELD_STAKE_URGENCY);
    explain_say(f,
        "attributes = power above 5 + legitimacy above 5 + urgency above 5 = "
        "%d + %d + %d = %u",
        (salience & SALIENCE_POWER) != 0, (salience & SALIENCE_LEGITIMACY) != 0,
        (salience & SALIENCE_URGENCY) != 0, power_attributes(salience));
}

enum err explain_salience(struct figures *f)
{
    return explain_of(f, say_salience);
}

/* Votes. */

static void put_votes(const int64_t *votes, size_t n, struct text *to)
{
    for (size_t i = 0; i < n; i++)
        if (votes[i] > 0)
            text_printf(to, "%s%s", to->len ? " + " : "",
                explain_decimal(votes[i]).text);
}

/* The vote of an organisation, of which people of it have a part each. */
static void say_split(struct figures *f, const struct crowd *crowd, size_t at,
    const int64_t *votes)
{
    const struct datum *org = VALUE(crowd->people[at], PARTY, ORG);
    size_t of =
        org->set ? crowd_place(crowd, (uint64_t)org->number) : MODEL_NOWHERE;
    struct text all = {0}, name = {0};

    if (of == MODEL_NOWHERE || map_own_vote(crowd->stakes[of]) == 0 ||
        votes[at] == 0)
        return;
    for (size_t i = 0; i < crowd->n; i++) {
        const struct datum *other = VALUE(crowd->people[i], PARTY, ORG);
        int64_t own = map_own_vote(crowd->stakes[i]);
        if (other->set && other->number == org->number && own > 0)
            text_printf(
                &all, "%s%s", all.len ? " + " : "", explain_decimal(own).text);
    }
    object_name(&name, crowd->people[of]);
    explain_say(f,
        "vote = the vote of %s, by the votes of its people who decide, rounded "
        "to four decimals = round(%s x %s / (%s), 4) = %s",
        text_peek(&name), explain_decimal(map_own_vote(crowd->stakes[of])).text,
        explain_decimal(map_own_vote(crowd->stakes[at])).text, text_peek(&all),
        explain_decimal(votes[at]).text);
    explain_input(f, crowd->stakes[of], FIELD_STAKE_VOTE);
    text_fini(&all);
    text_fini(&name);
}

static void say_vote(struct figures *f, const struct crowd *crowd, size_t at)
{
    int64_t *votes = mem_new((crowd->n + 1) * sizeof *votes);
    struct text all = {0};
    int64_t sum = 0;

    explain_input(f, crowd->stakes[at], FIELD_STAKE_VOTE);
    explain_input(f, crowd->stakes[at], FIELD_STAKE_VOICE);
    if (map_votes(crowd, votes)) {
        say_split(f, crowd, at, votes);
        put_votes(votes, crowd->n, &all);
        for (size_t i = 0; i < crowd->n; i++)
            sum += votes[i];
        explain_say(f, "share = its vote / all votes = %s / (%s) = %s",
            explain_decimal(votes[at]).text, text_peek(&all),
            explain_micro(
                (int64_t)((double)votes[at] / (double)sum * 1e6 + 0.5))
                .text);
    } else {
        explain_say(
            f, "nobody has a vote: share = 0 = %s", explain_micro(0).text);
    }
    explain_say(f, "who is only heard has none; who decides has 1 unless told; "
                   "the vote of an organisation goes to its people who decide");
    text_fini(&all);
    free(votes);
}

enum err explain_vote(struct figures *f)
{
    return explain_of(f, say_vote);
}

/* Influence. */

struct influence {
    int64_t *listens, *votes, *weights;
};

/* What somebody leans on others: " + 0.5" each, none where it has nobody. */
static void put_leaning(const struct crowd *crowd, const struct influence *in,
    size_t i, struct text *to)
{
    for (size_t j = 0; j < crowd->n; j++)
        if (j != i && in->listens[i * crowd->n + j] > 0)
            text_printf(to, "%s%s", to->len ? " + " : "",
                explain_decimal(in->listens[i * crowd->n + j]).text);
}

/* The part of the weight of one that comes to another, who may be itself. */
static void put_part(const struct crowd *crowd, const struct influence *in,
    size_t i, size_t at, struct text *to)
{
    struct text leaning = {0};
    int64_t listens = in->listens[i * crowd->n + at];

    put_leaning(crowd, in, i, &leaning);
    if (in->weights[i] > 0 && (i == at || listens > 0)) {
        text_printf(to, "%s%s x ", to->len ? " + " : "",
            explain_micro(in->weights[i]).text);
        if (i == at && leaning.len)
            text_printf(to, "(1 - (%s) / max(1, %s))", text_peek(&leaning),
                text_peek(&leaning));
        else if (i == at)
            text_puts(to, "1");
        else
            text_printf(to, "%s / max(1, %s)", explain_decimal(listens).text,
                text_peek(&leaning));
    }
    text_fini(&leaning);
}

static void say_times(struct figures *f, const struct crowd *crowd,
    const struct influence *in, size_t at, size_t over)
{
    struct text name = {0};

    object_name(&name, crowd->people[over]);
    if (in->weights[over] > 0)
        explain_say(f,
            "times = weight / that of %s, rounded to three decimals = "
            "round(%s / %s, 3) = %s",
            text_peek(&name), explain_micro(in->weights[at]).text,
            explain_micro(in->weights[over]).text,
            explain_micro((2000 * in->weights[at] + in->weights[over]) /
                          (2 * in->weights[over]) * 1000)
                .text);
    text_fini(&name);
}

static void input_links(struct figures *f, const struct crowd *crowd, size_t at)
{
    for (size_t i = 0; i < f->record->n[KIND_LINK]; i++) {
        const struct object *o = f->record->list[KIND_LINK][i];
        bool of = maker_is_ref(VALUE(o, LINK, FROM), crowd->people[at]) ||
                  maker_is_ref(VALUE(o, LINK, TO), crowd->people[at]);

        if (of && (maker_is_word(VALUE(o, LINK, SORT), "influences") ||
                      maker_is_word(VALUE(o, LINK, SORT), "trusts"))) {
            explain_input(f, o, FIELD_LINK_SORT);
            explain_input(f, o, FIELD_LINK_STRENGTH);
        }
    }
}

static void say_weight(struct figures *f, const struct crowd *crowd,
    const struct influence *in, size_t at)
{
    struct text parts = {0};

    for (size_t i = 0; i < crowd->n; i++)
        put_part(crowd, in, i, at, &parts);
    explain_say(f,
        "opinions pass on from those listened to, round after round, beginning "
        "with the votes (explain TENDER vote); the weights are what no further "
        "round changes");
    explain_say(f,
        "weight = sum over who listens to it of weight x strength / max(1, sum "
        "of strengths), and what it keeps of its own = %s = %s",
        parts.len ? text_peek(&parts) : "0",
        explain_micro(in->weights[at]).text);
    input_links(f, crowd, at);
    text_fini(&parts);
}

static enum err say_influence(struct figures *f, const struct crowd *crowd,
    const struct influence *in, size_t at)
{
    size_t over = MODEL_NOWHERE;
    enum err err = ERR_OK;

    if (request_key(f->request, "over"))
        err = find_in_crowd(f, crowd, "over", &over);
    if (err != ERR_OK)
        return err;
    if (!map_listens(crowd, in->listens) || !map_votes(crowd, in->votes)) {
        explain_say(f, "nobody has a vote, or nobody is recorded to listen");
        return ERR_OK;
    }
    power_influence(in->listens, crowd->n, in->votes, in->weights);
    say_weight(f, crowd, in, at);
    if (over != MODEL_NOWHERE)
        say_times(f, crowd, in, at, over);
    return ERR_OK;
}

enum err explain_influence(struct figures *f)
{
    struct crowd crowd;
    size_t at;

    crowd_init(&crowd, f->record, f->made->lot ? f->made->lot->id : 0);
    enum err err = find_in_crowd(f, &crowd, "party", &at);
    if (err == ERR_OK && crowd.n > POWER_PEOPLE) {
        explain_say(f, "influence is not computed of so many people");
    } else if (err == ERR_OK) {
        struct influence in = {mem_new(crowd.n * crowd.n * sizeof *in.listens),
            mem_new(crowd.n * sizeof *in.votes),
            mem_new(crowd.n * sizeof *in.weights)};
        err = say_influence(f, &crowd, &in, at);
        free(in.listens);
        free(in.votes);
        free(in.weights);
    }
    crowd_fini(&crowd);
    return err;
}

/* Links and facts. */

enum err explain_balance(struct figures *f)
{
    const struct object *link;
    enum err err = explain_find_recorded(f, "over", KIND_LINK, &link);

    if (err != ERR_OK)
        return err;
    size_t to = map_choices(f, link, true);
    size_t from = map_choices(f, link, false);
    explain_say(f,
        "from-choices = this link + others of its sort from the same party = 1 "
        "+ %zu = %zu",
        from - 1, from);
    explain_say(f,
        "to-choices = this link + others of its sort to the same party = 1 + "
        "%zu = %zu",
        to - 1, to);
    explain_say(f, "balance = to-choices / from-choices = %zu / %zu = %s", to,
        from,
        explain_micro(
            distributor_ratio((int64_t)to * 1000, (int64_t)from * 1000))
            .text);
    explain_input(f, link, FIELD_LINK_SORT);
    return ERR_OK;
}

enum err explain_stale(struct figures *f)
{
    const struct object *fact;
    enum err err = explain_find_recorded(f, "over", KIND_FACT, &fact);

    if (err != ERR_OK)
        return err;
    const struct datum *until = VALUE(fact, FACT, VALID_UNTIL);
    struct text today = {0};
    day_print(&today, f->today);
    if (until->set)
        explain_say(f,
            "days = today - last day on which it was valid = %s - %s = %lld",
            text_peek(&today), until->text,
            (long long)(f->today - day_number(until->text)));
    text_fini(&today);
    explain_input(f, fact, FIELD_FACT_VALID_UNTIL);
    return ERR_OK;
}

/* The load of a decision. */

static int has_load(const struct object *stake, const char *word)
{
    const struct datum *load = VALUE(stake, STAKE, LOAD);

    return load->set && list_holds(load->text, word, strlen(word));
}

static void say_load(struct figures *f, const struct crowd *crowd, size_t at)
{
    const struct object *o = crowd->stakes[at];
    const struct datum *recorded = VALUE(o, STAKE, OPTIONS);
    size_t options =
        recorded->set ? (size_t)recorded->number : f->made->model.bids_n;
    int alone = has_load(o, "alone"), lost = has_load(o, "no-reference"),
        justify = has_load(o, "must-justify"),
        always = has_load(o, "permanent");

    explain_say(f,
        recorded->set ? "options = those recorded = %zu = %zu"
                      : "options = the bids = %zu = %zu",
        options, options);
    options = options ? options : 1;
    explain_say(f,
        "value = (alone + no reference + options on a scale of doublings up "
        "to 1024 + must justify + permanent) / 5 = (%d + %d + log(min(1024, "
        "%zu)) / log(1024) + %d + %d) / 5 = %s",
        alone, lost, options, justify, always,
        explain_micro(formula_load(alone * DECIMAL_ONE, lost * DECIMAL_ONE,
                          options, justify * DECIMAL_ONE, always * DECIMAL_ONE))
            .text);
    explain_input(f, o, FIELD_STAKE_LOAD);
    explain_input(f, o, FIELD_STAKE_OPTIONS);
}

enum err explain_load(struct figures *f)
{
    return explain_of(f, say_load);
}
