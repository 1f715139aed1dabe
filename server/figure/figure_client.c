/* SPDX-License-Identifier: Apache-2.0
 *
 * figure_client.c - rows of the answer to "is X a client?".
 */
#include "protocol/base_mem.h"
#include "server/figure/client_case.h"
#include "server/figure/figures.h"
#include "value/gap/contrast.h"

#include <stdlib.h>
#include <string.h>

struct asked {
    struct figures *f;
    struct client_case c;
    const struct object *usage; /* NULL: whatever the usage */
    const struct object *of;    /* NULL: no supplier in particular */
};

/* What is asked. */

static enum err find_key(struct figures *f, const char *key, enum kind kind,
    const char *allowed, const struct object **found)
{
    const char *word = request_key(f->request, key);

    if (word == NULL)
        return ERR_OK;
    *found = record_find(f->record, kind, word);
    if (*found == NULL)
        return fault_set(f->fault, ERR_NONE, key, word, allowed);
    return ERR_OK;
}

static enum err read_asked(struct figures *f, struct asked *a)
{
    const char *word = f->request->args[0];
    const struct object *party = record_find(f->record, KIND_PARTY, word);

    *a = (struct asked){.f = f};
    if (party == NULL)
        return fault_set(
            f->fault, ERR_NONE, "party", word, "the id or code of a party");
    enum err err =
        find_key(f, "usage", KIND_NEED, "the id or code of a need", &a->usage);
    if (err == ERR_OK)
        err =
            find_key(f, "of", KIND_PARTY, "the id or code of a party", &a->of);
    if (err == ERR_OK)
        client_case_init(&a->c, f->record, f->made, party);
    return err;
}

/* Rows. */

static void put_names(
    struct reply *r, const char *key, const struct client_names *names)
{
    struct text list = {0};

    for (size_t i = 0; i < names->n; i++) {
        text_puts(&list, i ? "," : "");
        object_name(&list, names->list[i]);
    }
    if (names->n)
        reply_word(r, key, list.bytes);
    text_fini(&list);
}

static void put_instead(
    struct reply *r, const struct asked *a, enum client_rule rule)
{
    struct client_names names;

    client_case_instead(&a->c, rule, a->usage, &names);
    put_names(r, "instead", &names);
    free(names.list);
}

static void put_answer(
    struct reply *r, const struct asked *a, enum client_rule rule)
{
    reply_word(r, "client", client_answer_word(client_rule_answer(rule)));
    reply_word(r, "rule", client_rule_word(rule));
    put_instead(r, a, rule);
}

static void put_why(
    struct reply *r, const struct asked *a, enum client_rule rule)
{
    reply_word(r, "why",
        client_rule_text(rule, a->f->language == LANGUAGE_FRENCH ? 1 : 0));
}

static void row_award(const struct asked *a, enum client_rule rule)
{
    struct reply *r = figures_row(a->f, "answer");

    reply_word(r, "choice", "award");
    reply_yes(r, "decisive", client_award_decides(a->c.facts.funding));
    put_answer(r, a, rule);
    reply_int(r, "options", (int64_t)a->c.facts.bids);
    put_why(r, a, rule);
    reply_end(r);
}

static void row_use(const struct asked *a, const struct client_ways *ways,
    bool after, enum client_rule rule)
{
    struct reply *r = figures_row(a->f, "answer");

    reply_word(r, "choice", "use");
    reply_word(r, "when", after ? "after" : "before");
    if (a->usage)
        figures_name(r, "usage", a->usage);
    reply_yes(r, "decisive", !client_award_decides(a->c.facts.funding));
    put_answer(r, a, rule);
    maker_met(&ways->choice);
    if (ways->choice.recorded) {
        reply_int(r, "options", (int64_t)ways->choice.reachable);
        reply_int(r, "suppliers", (int64_t)ways->choice.suppliers);
        if (ways->choice.suppliers_unknown)
            reply_int(r, "suppliers-unknown",
                (int64_t)ways->choice.suppliers_unknown);
        figures_micro(r, "degree", ways->choice.degree);
    }
    put_why(r, a, rule);
    reply_end(r);
}

static const char *limit_word(const struct client_way *way)
{
    if (way->gone)
        return "replaced";
    switch (way->limit) {
    case WAY_UNREACHABLE:
        return "unreachable";
    case WAY_UNLISTED:
        return "unlisted";
    case WAY_FULL:
        return "full";
    case WAY_OPEN:
        break;
    }
    if (!way->open)
        return "urgent";
    return way->made.hindered > 0 ? "hard" : NULL;
}

static void row_option(
    const struct asked *a, const struct client_way *way, bool after)
{
    struct reply *r = figures_row(a->f, "option");
    const struct object *supplier = client_case_of(&a->c, way->made.supplier);
    const char *limit = limit_word(way);

    if (after)
        reply_word(r, "when", "after");
    figures_name(r, "alternative", way->alternative);
    reply_yes(r, "counts", way->open);
    if (supplier)
        figures_name(r, "supplier", supplier);
    if (way->made.share != MODEL_ABSENT)
        reply_micro(r, "share", way->made.share * 100);
    if (way->made.hindered > 0 && way->open)
        reply_micro(r, "ease", (DECIMAL_ONE - way->made.hindered) * 100);
    if (limit)
        reply_word(r, "limit", limit);
    const struct datum *reason = VALUE(way->reach, REACH, REASON);
    if (reason->set)
        reply_word(r, "reason", reason->text);
    reply_end(r);
}

static const struct client_way *find_way(
    const struct client_ways *ways, const struct object *alternative)
{
    for (size_t i = 0; i < ways->n; i++)
        if (ways->list[i].alternative == alternative)
            return &ways->list[i];
    return NULL;
}

/* Each way that there is, and what the award changes of them. */
static void rows_option(const struct asked *a, const struct client_ways *now,
    const struct client_ways *later, bool award)
{
    for (size_t i = 0; i < now->n; i++)
        row_option(a, &now->list[i], false);
    for (size_t i = 0; award && i < now->n; i++) {
        struct client_way gone = now->list[i];

        gone.open = false;
        gone.gone = true;
        if (find_way(later, gone.alternative) == NULL)
            row_option(a, &gone, true);
    }
    for (size_t i = 0; award && i < later->n; i++) {
        const struct client_way *way = &later->list[i];
        const struct client_way *was = find_way(now, way->alternative);

        if (was == NULL || was->open != way->open)
            row_option(a, way, true);
    }
}

/* What to record, so that the question can be answered. */
static void row_ask(const struct asked *a, enum client_rule rule)
{
    struct text line = {0};

    if (rule == CLIENT_RULE_NO_BIDS)
        text_puts(&line, "add bid party=");
    else if (rule == CLIENT_RULE_NO_PAYER)
        text_puts(&line, "add stake roles=pays party=");
    else if (rule == CLIENT_RULE_NO_REACH) {
        text_puts(&line, "add reach party=");
        object_name(&line, a->c.party);
        text_puts(&line, " alternative=");
    } else
        text_puts(&line, "add stake roles=decides party=");
    struct reply *r = figures_row(a->f, "ask");
    reply_word(r, "line", line.bytes);
    put_why(r, a, rule);
    reply_end(r);
    text_fini(&line);
}

/* Representatives. */

/* How faithfully the criteria of who decides speak for a segment. */
static void row_voice(
    const struct asked *a, const struct object *representative, size_t segment)
{
    const struct model *model = &a->f->made->model;
    const struct object *o = a->f->made->segments[segment];

    if (!client_case_represents(&a->c, representative, o))
        return;
    struct reply *r = figures_row(a->f, "represents");
    figures_name(r, "by", representative);
    figures_name(r, "segment", o);
    if (client_case_has_role(&a->c, representative, "decides")) {
        bool *only = mem_new(model->segments_n * sizeof *only);

        only[segment] = true;
        figures_micro(r, "fidelity", contrast_fidelity(model, only));
        free(only);
    }
    reply_end(r);
}

static void rows_voice(const struct asked *a)
{
    const struct tender_model *made = a->f->made;
    const struct record *r = a->f->record;

    for (size_t s = 0; s < made->model.segments_n; s++) {
        if (made->segments[s] != a->c.party) {
            row_voice(a, a->c.party, s);
            continue;
        }
        for (size_t i = 0; i < r->n[KIND_PARTY]; i++)
            row_voice(a, r->list[KIND_PARTY][i], s);
    }
}

/* The choice. */

static void answer(struct asked *a, const struct object *usage, bool after,
    struct client_ways *ways, struct client_result *result)
{
    client_case_answer(&a->c, usage, a->of, after, ways, result);
}

/* Needs for which something else is within reach than otherwise. */
static void rows_usages(struct asked *a)
{
    const struct tender_model *made = a->f->made;

    for (size_t n = 0; a->usage == NULL && n < made->model.needs_n; n++) {
        struct client_result result;
        struct client_ways ways;

        if (!client_case_has_usage(&a->c, made->needs[n]))
            continue;
        struct asked other = *a;
        other.usage = made->needs[n];
        answer(&other, other.usage, false, &ways, &result);
        row_use(&other, &ways, false, result.use);
        client_ways_fini(&ways);
    }
}

static void put_last(const struct asked *a, enum client_rule rule)
{
    static const char *const words[] = {"institution", "third-party",
        "individual-budget", "block-purchase", "market"};

    figures_name(a->f->last, "party", a->c.party);
    if (a->usage)
        figures_name(a->f->last, "usage", a->usage);
    if (a->of)
        figures_name(a->f->last, "of", a->of);
    put_answer(a->f->last, a, rule);
    reply_word(a->f->last, "funding", words[a->c.facts.funding]);
}

static enum err answer_choice(struct asked *a)
{
    struct client_result before, after;
    struct client_ways ways, later;

    answer(a, a->usage, true, &later, &after);
    answer(a, a->usage, false, &ways, &before);
    row_award(a, before.award);
    row_use(a, &ways, false, before.use);
    bool award = client_case_winner(&a->c) && ways.choice.recorded;
    if (award)
        row_use(a, &later, true, after.use);
    rows_usages(a);
    rows_option(a, &ways, &later, award);
    rows_voice(a);
    if (client_rule_answer(before.whole) == CLIENT_UNKNOWN)
        row_ask(a, before.whole);
    put_last(a, before.whole);
    client_ways_fini(&ways);
    client_ways_fini(&later);
    return ERR_OK;
}

/* The two other senses of the word. */

static enum err answer_one(struct asked *a, enum client_rule rule)
{
    struct reply *r = figures_row(a->f, "answer");

    put_answer(r, a, rule);
    put_why(r, a, rule);
    reply_end(r);
    if (client_rule_answer(rule) == CLIENT_UNKNOWN)
        row_ask(a, rule);
    put_last(a, rule);
    return ERR_OK;
}

static enum err answer_purchase(struct asked *a)
{
    const struct record *r = a->f->record;
    const struct tender_model *made = a->f->made;
    uint64_t from = a->of ? a->of->id : 0;
    enum client_rule rule = CLIENT_RULE_PROSPECT;

    if (from == 0 && made->model.ours != MODEL_NOWHERE)
        from =
            (uint64_t)VALUE(made->bids[made->model.ours], BID, PARTY)->number;
    for (size_t i = 0; i < r->n[KIND_PURCHASE]; i++) {
        const struct object *o = r->list[KIND_PURCHASE][i];

        if ((uint64_t)VALUE(o, PURCHASE, PARTY)->number == a->c.party->id &&
            (uint64_t)VALUE(o, PURCHASE, FROM)->number == from)
            rule = CLIENT_RULE_BOUGHT;
    }
    return answer_one(a, rule);
}

static enum err answer_payment(struct asked *a)
{
    const struct record *r = a->f->record;
    int64_t share = MODEL_ABSENT;
    size_t payers = 0;

    for (size_t i = 0; i < r->n[KIND_PARTY]; i++)
        payers += client_case_has_role(&a->c, r->list[KIND_PARTY][i], "pays");
    for (size_t i = 0; i < r->n[KIND_STAKE]; i++) {
        const struct object *o = r->list[KIND_STAKE][i];

        if ((uint64_t)VALUE(o, STAKE, PARTY)->number == a->c.party->id &&
            maker_is_of_lot(&a->c.maker, VALUE(o, STAKE, LOT)) &&
            VALUE(o, STAKE, PAYS_SHARE)->set)
            share = VALUE(o, STAKE, PAYS_SHARE)->number;
    }
    return answer_one(a, client_by_payment(payers, a->c.facts.pays, share));
}

enum err figure_client(struct figures *f)
{
    const char *by = request_key(f->request, "by");
    struct asked a;
    enum err err = read_asked(f, &a);

    if (err != ERR_OK)
        return err;
    INSIST(a.c.party != NULL);
    if (by == NULL || strcmp(by, "choice") == 0)
        return answer_choice(&a);
    if (strcmp(by, "purchase") == 0)
        return answer_purchase(&a);
    if (strcmp(by, "payment") == 0)
        return answer_payment(&a);
    return fault_set(
        f->fault, ERR_ARG, "by", by, "choice, purchase or payment");
}
