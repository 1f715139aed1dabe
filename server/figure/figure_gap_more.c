/* SPDX-License-Identifier: Apache-2.0
 *
 * figure_gap_more.c - what stands behind the gap: regrets, who represents
 * whom, what elements bring to either side, what a need costs.
 */
#include "server/figure/figures.h"
#include "server/figure/tender_maker.h"
#include "value/front/brings.h"
#include "value/gap/contrast.h"
#include "value/gap/gap.h"

#include "protocol/base_mem.h"

#include <stdlib.h>

/* So many of the first few are compared at most. */
enum { FIRST_MOST = 10 };

static void rows_regret(struct figures *f, const struct award_result *award,
    const struct users_result *users)
{
    static const char *const words[] = {[CONTRAST_MEAN] = "mean",
        [CONTRAST_WORST] = "worst",
        [CONTRAST_CAPTIVES] = "captives"};
    struct contrast_regret regret;

    for (size_t of = 0; of < sizeof words / sizeof *words; of++) {
        if (!contrast_regret(award, users, (enum contrast_of)of, &regret))
            continue;
        struct reply *r = figures_row(f, "regret");

        reply_word(r, "of", words[of]);
        figures_name(r, "winner", f->made->bids[regret.winner]);
        figures_name(r, "best", f->made->bids[regret.best]);
        reply_micro(r, "users", regret.users);
        figures_micro(r, "points", regret.points);
        reply_end(r);
    }
}

/* How many of the first 1, 2, ... are the same. */
static void rows_overlap(struct figures *f, const char *of, const int64_t *a,
    const int64_t *b, size_t n)
{
    for (size_t k = 1; k < n && k <= FIRST_MOST; k++) {
        struct reply *r = figures_row(f, "overlap");

        reply_word(r, "of", of);
        reply_int(r, "first", (int64_t)k);
        reply_int(r, "same", (int64_t)contrast_overlap(a, b, n, k));
        reply_end(r);
    }
}

static void overlap_of_bids(struct figures *f, const struct award_result *award,
    const struct users_result *users)
{
    int64_t *a = mem_new((award->bids_n + 1) * sizeof *a);
    int64_t *b = mem_new((award->bids_n + 1) * sizeof *b);
    size_t n = 0;

    for (size_t i = 0; i < award->bids_n; i++) {
        if (award->bids[i].rank == 0 || users->bids[i].rank == 0)
            continue;
        a[n] = -(int64_t)award->bids[i].rank;
        b[n++] = -(int64_t)users->bids[i].rank;
    }
    rows_overlap(f, "bids", a, b, n);
    free(a);
    free(b);
}

static void rows_bids(struct figures *f)
{
    struct award_result *award = NULL;
    struct users_result *users = NULL;

    if (award_compute(&f->made->model, &award) == ERR_OK &&
        users_compute(&f->made->model, &users) == ERR_OK) {
        rows_regret(f, award, users);
        overlap_of_bids(f, award, users);
    }
    award_free(&award);
    users_free(&users);
}

static void row_element(struct figures *f, const struct brings_element *e)
{
    static const char *const words[] = {[BRINGS_NEITHER] = "neither",
        [BRINGS_DECIDER] = "decider",
        [BRINGS_USERS] = "users",
        [BRINGS_BOTH] = "both"};
    struct reply *r = figures_row(f, "element");

    figures_name(r, "code", f->made->elements[e->element]);
    figures_micro(r, "lead", e->lead);
    figures_micro(r, "users", e->users);
    if (!e->possible)
        reply_yes(r, "possible", false);
    else if (e->lead != MODEL_ABSENT && e->users != MODEL_ABSENT)
        reply_word(r, "brings", words[e->to]);
    reply_end(r);
}

static void overlap_of_elements(
    struct figures *f, const struct brings_result *b)
{
    int64_t *leads = mem_new((b->elements_n + 1) * sizeof *leads);
    int64_t *users = mem_new((b->elements_n + 1) * sizeof *users);
    size_t n = 0;

    for (size_t i = 0; i < b->elements_n; i++) {
        if (b->elements[i].lead == MODEL_ABSENT ||
            b->elements[i].users == MODEL_ABSENT)
            continue;
        leads[n] = b->elements[i].lead;
        users[n++] = b->elements[i].users;
    }
    rows_overlap(f, "elements", leads, users, n);
    free(leads);
    free(users);
}

static void rows_elements(struct figures *f)
{
    struct brings_result *b = NULL;

    if (brings_compute(&f->made->model, &b) != ERR_OK)
        return;
    for (size_t i = 0; i < b->elements_n; i++)
        row_element(f, &b->elements[i]);
    if (b->tau != MODEL_ABSENT) {
        struct reply *r = figures_row(f, "agree");
        reply_word(r, "with", "elements");
        reply_micro(r, "tau", b->tau);
        reply_end(r);
    }
    overlap_of_elements(f, b);
    for (size_t n = 0; n < b->needs_n; n++) {
        if (b->needs[n].element == MODEL_NOWHERE)
            continue;
        struct reply *r = figures_row(f, "shadow");
        figures_name(r, "need", f->made->needs[n]);
        figures_name(r, "by", f->made->elements[b->needs[n].element]);
        reply_micro(r, "lost", b->needs[n].price);
        reply_end(r);
    }
    brings_free(&b);
}

static void row_fidelity(struct figures *f, const struct object *party,
    const struct object *segment, const bool *only)
{
    int64_t fidelity = contrast_fidelity(&f->made->model, only);

    if (fidelity == MODEL_ABSENT)
        return;
    struct reply *r = figures_row(f, "fidelity");
    figures_name(r, "of", party);
    if (segment)
        figures_name(r, "segment", segment);
    reply_micro(r, "value", fidelity);
    reply_end(r);
}

/* Marks the segments that a party represents; false when there is no link:
 * then it represents all. */
static bool mark_represented(
    const struct figures *f, const struct object *party, bool *only)
{
    const struct record *record = f->record;
    bool any = false;

    for (size_t i = 0; i < record->n[KIND_LINK]; i++) {
        const struct object *link = record->list[KIND_LINK][i];

        if (!maker_is_word(VALUE(link, LINK, SORT), "represents") ||
            (uint64_t)VALUE(link, LINK, FROM)->number != party->id)
            continue;
        size_t segment = maker_index(f->made->segments,
            f->made->model.segments_n, VALUE(link, LINK, TO));
        if (segment == MODEL_NOWHERE)
            continue;
        only[segment] = any = true;
    }
    return any;
}

static void rows_of_party(struct figures *f, const struct object *party)
{
    size_t n = f->made->model.segments_n;
    bool *only = mem_new((n + 1) * sizeof *only);
    bool *one = mem_new((n + 1) * sizeof *one);
    bool linked = mark_represented(f, party, only);

    for (size_t s = 0; s < n; s++) {
        if (linked && !only[s])
            continue;
        one[s] = true;
        row_fidelity(f, party, f->made->segments[s], one);
        one[s] = false;
    }
    row_fidelity(f, party, NULL, linked ? only : NULL);
    free(only);
    free(one);
}

/* Whoever decides or represents, by its stake in the tender or the lot. */
static void rows_fidelity(struct figures *f)
{
    const struct record *record = f->record;

    for (size_t i = 0; i < record->n[KIND_STAKE]; i++) {
        const struct object *stake = record->list[KIND_STAKE][i];
        const struct datum *roles = VALUE(stake, STAKE, ROLES);
        const struct datum *lot = VALUE(stake, STAKE, LOT);

        if (!roles->set || !list_holds(roles->text, "represents", 10) ||
            (f->made->lot && lot->set &&
                (uint64_t)lot->number != f->made->lot->id))
            continue;
        const struct datum *party = VALUE(stake, STAKE, PARTY);
        size_t at =
            maker_index((const struct object *const *)record->list[KIND_PARTY],
                record->n[KIND_PARTY], party);
        if (at != MODEL_NOWHERE)
            rows_of_party(f, record->list[KIND_PARTY][at]);
    }
}

void figures_gap_more(struct figures *f)
{
    if (!f->all)
        return;
    rows_bids(f);
    rows_elements(f);
    rows_fidelity(f);
}
