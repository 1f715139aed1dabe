/* SPDX-License-Identifier: Apache-2.0
 *
 * figure_nonclients.c - rows of people who are not clients, in three tiers,
 * none counted twice; and of what we taught and who profits from it.
 */
#include "protocol/base_mem.h"
#include "server/people/nonclients.h"

#include <stdlib.h>
#include <string.h>

static const struct object *find_party(
    const struct record *r, const struct datum *d)
{
    size_t at = maker_index(
        (const struct object *const *)r->list[KIND_PARTY], r->n[KIND_PARTY], d);

    return at == MODEL_NOWHERE ? NULL : r->list[KIND_PARTY][at];
}

/* Whether one party is another one or lies within it, however deep. */
static bool lies_within(const struct record *r, const struct object *party,
    const struct object *other)
{
    for (size_t depth = 0; party && depth <= r->n[KIND_PARTY]; depth++) {
        if (party == other)
            return true;
        party = find_party(r, VALUE(party, PARTY, WITHIN));
    }
    return false;
}

void nonclients_init(struct nonclients *c, struct figures *f)
{
    const struct record *r = f->record;

    *c = (struct nonclients){.f = f,
        .list = (const struct object *const *)r->list[KIND_NONCLIENT],
        .n = r->n[KIND_NONCLIENT]};
    c->parties = mem_new((c->n + 1) * sizeof *c->parties);
    c->groups = mem_new((c->n + 1) * sizeof *c->groups);
    c->inside = mem_new((c->n * c->n + 1) * sizeof *c->inside);
    c->in = mem_new((c->n + 1) * sizeof *c->in);
    for (size_t i = 0; i < c->n; i++) {
        const struct object *o = c->list[i];
        const struct object *party = find_party(r, VALUE(o, NONCLIENT, PARTY));

        c->parties[i] = party;
        c->groups[i].size = maker_number(VALUE(o, NONCLIENT, SIZE));
        if (party == NULL)
            continue;
        if (c->groups[i].size == MODEL_ABSENT)
            c->groups[i].size = maker_number(VALUE(party, PARTY, SIZE));
        c->groups[i].overlap =
            maker_number_or_zero(VALUE(party, PARTY, OVERLAP));
    }
    for (size_t i = 0; i < c->n; i++)
        for (size_t k = 0; k < c->n; k++)
            c->inside[i * c->n + k] =
                c->parties[i] && c->parties[k] &&
                lies_within(r, c->parties[i], c->parties[k]);
}

void nonclients_fini(struct nonclients *c)
{
    free(c->parties);
    free(c->groups);
    free(c->inside);
    free(c->in);
}

static void put_sum(const struct nonclients *c, struct reply *r)
{
    struct heads_sum sum;

    heads_union(c->groups, c->n, c->inside, c->in, &sum);
    reply_int(r, "size", sum.least);
    if (sum.most != sum.least)
        reply_int(r, "most", sum.most);
    if (sum.unknown)
        reply_int(r, "unknown", (int64_t)sum.unknown);
}

static void row_nonclient(const struct nonclients *c, size_t i)
{
    const struct record *record = c->f->record;
    const struct object *o = c->list[i];
    size_t need = maker_index(c->f->made->needs, c->f->made->model.needs_n,
        VALUE(o, NONCLIENT, NEED));
    size_t factor =
        maker_index((const struct object *const *)record->list[KIND_FACTOR],
            record->n[KIND_FACTOR], VALUE(o, NONCLIENT, FACTOR));
    const struct datum *reason = VALUE(o, NONCLIENT, REASON);
    struct reply *r = figures_row(c->f, "nonclient");

    figures_name(r, "id", o);
    reply_word(r, "tier", VALUE(o, NONCLIENT, TIER)->text);
    if (c->parties[i])
        figures_name(r, "party", c->parties[i]);
    if (c->groups[i].size != MODEL_ABSENT)
        reply_int(r, "size", c->groups[i].size);
    if (need != MODEL_NOWHERE)
        figures_name(r, "need", c->f->made->needs[need]);
    if (factor != MODEL_NOWHERE)
        figures_name(r, "factor", record->list[KIND_FACTOR][factor]);
    if (reason->set)
        reply_word(r, "reason", reason->text);
    reply_end(r);
}

size_t nonclients_tier(struct nonclients *c, const char *tier)
{
    size_t n = 0;

    for (size_t i = 0; i < c->n; i++) {
        c->in[i] = strcmp(VALUE(c->list[i], NONCLIENT, TIER)->text, tier) == 0;
        n += c->in[i];
    }
    return n;
}

static void rows_tier(struct nonclients *c)
{
    static const char *const tiers[] = {"leaving", "refusing", "unexplored"};

    for (size_t t = 0; t < sizeof tiers / sizeof *tiers; t++) {
        size_t n = nonclients_tier(c, tiers[t]);

        if (n == 0)
            continue;
        struct reply *r = figures_row(c->f, "tier");
        reply_word(r, "tier", tiers[t]);
        reply_int(r, "groups", (int64_t)n);
        put_sum(c, r);
        reply_end(r);
    }
}

size_t nonclients_factor(struct nonclients *c, const struct object *factor)
{
    size_t n = 0;

    for (size_t i = 0; i < c->n; i++) {
        c->in[i] = maker_is_ref(VALUE(c->list[i], NONCLIENT, FACTOR), factor);
        n += c->in[i];
    }
    return n;
}

/* How many each factor would convert. */
static void rows_factor(struct nonclients *c)
{
    const struct record *record = c->f->record;

    for (size_t k = 0; k < record->n[KIND_FACTOR]; k++) {
        size_t n = nonclients_factor(c, record->list[KIND_FACTOR][k]);

        if (n == 0)
            continue;
        struct reply *r = figures_row(c->f, "factor");
        figures_name(r, "code", record->list[KIND_FACTOR][k]);
        reply_int(r, "groups", (int64_t)n);
        put_sum(c, r);
        reply_end(r);
    }
}

/* What we taught. */

static void row_taught(struct nonclients *c, const struct object *touch,
    const struct object *party, const struct object *profits)
{
    const struct datum *held = VALUE(touch, TOUCH, HELD);
    const struct datum *due = VALUE(c->f->made->tender, TENDER, DUE);
    struct reply *r = figures_row(c->f, "taught");

    figures_name(r, "id", touch);
    figures_name(r, "party", party);
    if (profits)
        figures_name(r, "profits", profits);
    if (held->set && due->set)
        reply_yes(r, "before-due", held->number < due->number);
    reply_word(r, "given", VALUE(touch, TOUCH, GIVEN)->text);
    reply_end(r);
}

static void rows_taught(struct nonclients *c)
{
    const struct record *record = c->f->record;
    int64_t taught = 0, lost = 0;

    for (size_t i = 0; i < record->n[KIND_TOUCH]; i++) {
        const struct object *o = record->list[KIND_TOUCH][i];
        const struct object *party = find_party(record, VALUE(o, TOUCH, PARTY));
        const struct object *profits =
            find_party(record, VALUE(o, TOUCH, PROFITS));

        if (!VALUE(o, TOUCH, GIVEN)->set || party == NULL)
            continue;
        row_taught(c, o, party, profits);
        taught++;
        lost += profits != NULL;
    }
    reply_int(c->f->last, "taught", taught);
    reply_int(c->f->last, "profits-others", lost);
}

enum err figure_nonclients(struct figures *f)
{
    struct nonclients c;

    nonclients_init(&c, f);
    for (size_t i = 0; i < c.n; i++)
        row_nonclient(&c, i);
    rows_tier(&c);
    rows_factor(&c);
    for (size_t i = 0; i < c.n; i++)
        c.in[i] = true;
    put_sum(&c, f->last);
    rows_taught(&c);
    nonclients_fini(&c);
    return ERR_OK;
}
