/* SPDX-License-Identifier: Apache-2.0
 *
 * party_model.c - a model with one party in the place of the segments.
 */
#include "server/people/party_model.h"

#include "protocol/base_mem.h"

#include <stdlib.h>
#include <string.h>

static void weigh(struct party_model *p, const struct record *record,
    const struct tender_model *made, const struct object *party)
{
    size_t n = made->model.needs_n;

    p->importance = mem_new((n + 1) * sizeof *p->importance);
    p->satisfaction = mem_new((n + 1) * sizeof *p->satisfaction);
    for (size_t i = 0; i < n; i++)
        p->importance[i] = p->satisfaction[i] = MODEL_ABSENT;
    for (size_t i = 0; i < record->n[KIND_WEIGHS]; i++) {
        const struct object *o = record->list[KIND_WEIGHS][i];
        size_t need = maker_index(made->needs, n, VALUE(o, WEIGHS, NEED));

        if (need == MODEL_NOWHERE ||
            !maker_is_ref(VALUE(o, WEIGHS, PARTY), party))
            continue;
        p->importance[need] = maker_number(VALUE(o, WEIGHS, IMPORTANCE));
        p->satisfaction[need] = maker_number(VALUE(o, WEIGHS, SATISFACTION));
        p->weighed += p->importance[need] > 0;
    }
}

static void cover(struct party_model *p, const struct tender_model *made,
    const size_t *others, size_t others_n)
{
    const struct model *m = &made->model;
    size_t row = m->needs_n * sizeof *p->covers;
    size_t n = m->bids_n + others_n;

    p->bids = mem_new((n + 1) * sizeof *p->bids);
    p->covers = mem_new((n * m->needs_n + 1) * sizeof *p->covers);
    if (m->bids_n) {
        memcpy(p->bids, m->bids, m->bids_n * sizeof *p->bids);
        if (row)
            memcpy(p->covers, m->covers, m->bids_n * row);
    }
    for (size_t i = 0; i < others_n; i++) {
        struct model_bid *bid = &p->bids[m->bids_n + i];

        bid->price =
            (struct estimate){MODEL_ABSENT, MODEL_ABSENT, MODEL_ABSENT};
        bid->cost = MODEL_ABSENT;
        if (row)
            memcpy(p->covers + (m->bids_n + i) * m->needs_n,
                m->alternative_covers + others[i] * m->needs_n, row);
    }
}

/* Without criteria there is nothing for the other effects to change. */
static void keep_effects(struct party_model *p, const struct model *m)
{
    p->effects = mem_new((m->effects_n + 1) * sizeof *p->effects);
    p->model.effects_n = 0;
    for (size_t i = 0; i < m->effects_n; i++)
        if (m->effects[i].need != MODEL_NOWHERE)
            p->effects[p->model.effects_n++] = m->effects[i];
    p->model.effects = p->effects;
}

void party_model_init(struct party_model *p, const struct record *record,
    const struct tender_model *made, const struct object *party,
    const size_t *others, size_t others_n)
{
    *p = (struct party_model){.segment = {.heads = 1}};
    weigh(p, record, made, party);
    cover(p, made, others, others_n);
    p->model = made->model;
    p->model.segments = &p->segment;
    p->model.segments_n = 1;
    p->model.bids = p->bids;
    p->model.bids_n = made->model.bids_n + others_n;
    p->model.covers = p->covers;
    p->model.importance = p->importance;
    p->model.satisfaction = p->satisfaction;
    p->model.targets = p->model.sales_points = NULL;
    keep_effects(p, &made->model);
    p->model.criteria_n = p->model.groups_n = 0;
    p->model.reaches_n = p->model.efforts_n = p->model.answers_n =
        p->model.alternatives_n = 0;
}

void party_model_fini(struct party_model *p)
{
    free(p->bids);
    free(p->covers);
    free(p->importance);
    free(p->satisfaction);
    free(p->effects);
    *p = (struct party_model){0};
}
