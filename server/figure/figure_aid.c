/* SPDX-License-Identifier: Apache-2.0
 *
 * figure_aid.c - aids for one's own judgement of the users' side: weights of
 * needs from comparisons in pairs, and rankings of bids by their coverage.
 *
 * Never the institution's points, whose rule is published; each answer says
 * so.  Runs on a worker thread.
 */
#include "protocol/base_mem.h"
#include "protocol/french.h"
#include "server/figure/aid.h"
#include "server/figure/chance.h"
#include "value/award/mcda.h"
#include "value/front/offer.h"
#include "value/gap/kendall.h"
#include "value/gap/weigh.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int64_t aid_micro(double value)
{
    return (int64_t)floor(value * 1e6 + 0.5);
}

static void row_about(struct figures *f)
{
    struct reply *r = figures_row(f, "about");

    reply_word(r, "side", "users");
    reply_word(r, "why",
        french_of("an aid for one's own judgement of what users need; the "
                  "institution's points follow its published rule alone",
            f->language));
    reply_end(r);
}

static void ranked_init(struct aid_ranked *k, struct figures *f)
{
    const struct model *m = &f->made->model;
    size_t bids = m->bids_n ? m->bids_n : 1;
    size_t needs = m->needs_n ? m->needs_n : 1;

    *k = (struct aid_ranked){.f = f,
        .segment = MODEL_NOWHERE,
        .bids = mem_new(bids * sizeof *k->bids),
        .needs = mem_new(needs * sizeof *k->needs),
        .values = mem_new(bids * needs * sizeof *k->values),
        .weights = mem_new(needs * sizeof *k->weights),
        .scores = mem_new(bids * sizeof *k->scores),
        .score = mem_new(bids * sizeof *k->score),
        .users = mem_new(bids * sizeof *k->users)};
}

void aid_ranked_fini(struct aid_ranked *ranked)
{
    free(ranked->bids);
    free(ranked->needs);
    free(ranked->values);
    free(ranked->weights);
    free(ranked->scores);
    free(ranked->score);
    free(ranked->users);
    *ranked = (struct aid_ranked){0};
}

/* What each need weighs to all users, or to segment=. */
static enum err read_weights(struct aid_ranked *k)
{
    const struct model *m = &k->f->made->model;
    size_t segment = MODEL_NOWHERE;
    enum err err = ERR_OK;

    if (k->f->segment != NULL)
        err = explain_find_key(k->f, "segment", k->f->segment,
            k->f->made->segments, m->segments_n, &segment);
    if (err == ERR_OK && segment != MODEL_NOWHERE && !weigh_counts(m, segment))
        err = fault_set(k->f->fault, ERR_ARG, "segment", k->f->segment,
            "a segment to which some need matters");
    if (err != ERR_OK)
        return err;
    k->segment = segment;
    mpq_t *weights = fractions_new(m->needs_n);
    bool known = true;
    if (segment == MODEL_NOWHERE)
        known = weigh_needs(m, weights);
    else
        weigh_needs_of(m, segment, weights);
    for (size_t n = 0; n < m->needs_n && known; n++) {
        if (mpq_sgn(weights[n]) == 0)
            continue;
        k->needs[k->needs_n] = n;
        k->weights[k->needs_n++] = mpq_get_d(weights[n]);
    }
    fractions_free(&weights, m->needs_n);
    return known ? ERR_OK
                 : fault_set(k->f->fault, ERR_ARG, "segment", "nothing",
                       "a segment: the heads of several are not known");
}

/* Coverage as in users: ours with the elements that are in. */
static void read_covers(struct aid_ranked *k)
{
    const struct model *m = &k->f->made->model;
    struct offer offer;
    mpq_t cover;

    mpq_init(cover);
    offer_init(&offer, m);
    for (size_t b = 0; b < m->bids_n; b++) {
        bool known = b == m->ours && m->elements_n > 0;
        for (size_t n = 0; n < m->needs_n; n++)
            known = known || m->covers[b * m->needs_n + n].low != MODEL_ABSENT;
        if (!known)
            continue;
        for (size_t i = 0; i < k->needs_n; i++) {
            offer_cover(&offer, b, k->needs[i], cover);
            k->values[k->bids_n * k->needs_n + i] = mpq_get_d(cover);
        }
        k->bids[k->bids_n++] = b;
    }
    offer_fini(&offer);
    mpq_clear(cover);
}

size_t aid_place(const int64_t *list, size_t n, size_t at)
{
    size_t rank = 1;

    for (size_t i = 0; i < n; i++)
        rank += list[i] > list[at];
    return rank;
}

static void sum_up(struct aid_ranked *k)
{
    for (size_t i = 0; i < k->bids_n; i++) {
        double sum = 0.0;
        for (size_t n = 0; n < k->needs_n; n++)
            sum += k->weights[n] * k->values[i * k->needs_n + n];
        k->score[i] = aid_micro(k->scores[i]);
        k->users[i] = aid_micro(sum);
    }
}

static void rows_score(const struct aid_ranked *k)
{
    for (size_t i = 0; i < k->bids_n; i++) {
        struct reply *r = figures_row(k->f, "score");
        figures_name(r, "bid", k->f->made->bids[k->bids[i]]);
        reply_micro(r, "score", k->score[i]);
        reply_int(r, "rank", (int64_t)aid_place(k->score, k->bids_n, i));
        reply_micro(r, "users", k->users[i]);
        reply_int(r, "users-rank", (int64_t)aid_place(k->users, k->bids_n, i));
        if (k->bids[i] == k->f->made->model.ours)
            reply_yes(r, "ours", true);
        reply_end(r);
    }
}

static void rows_weight(const struct aid_ranked *k)
{
    for (size_t n = 0; n < k->needs_n; n++) {
        struct reply *r = figures_row(k->f, "weight");
        figures_name(r, "need", k->f->made->needs[k->needs[n]]);
        reply_micro(r, "weight", aid_micro(k->weights[n]));
        reply_end(r);
    }
}

static enum err rank_by_topsis(
    struct aid_ranked *k, const struct mcda_table *table)
{
    const char *word = request_key(k->f->request, "scale");

    k->by_range = word != NULL && strcmp(word, "range") == 0;
    if (word != NULL && !k->by_range && strcmp(word, "vector") != 0)
        return fault_set(k->f->fault, ERR_ARG, "scale", word, "vector,range");
    return mcda_topsis(
        table, k->by_range ? MCDA_BY_RANGE : MCDA_BY_VECTOR, k->scores);
}

static enum err rank_by_promethee(
    struct aid_ranked *k, const struct mcda_table *table)
{
    enum err err = chance_decimal(k->f, "q", 0, DECIMAL_ONE,
        "the difference of coverage that counts nothing, 0 to 1", &k->q);

    if (err == ERR_OK)
        err = chance_decimal(k->f, "p", 0, DECIMAL_ONE,
            "the difference of coverage that counts in full, 0 to 1", &k->p);
    if (err == ERR_OK && k->q > k->p)
        err = fault_set(k->f->fault, ERR_ARG, "q",
            request_key(k->f->request, "q"), "no more than p=");
    if (err != ERR_OK)
        return err;
    double *both = mem_new((2 * k->needs_n + 1) * sizeof *both);
    for (size_t n = 0; n < k->needs_n; n++) {
        both[n] = (double)k->q / DECIMAL_ONE;
        both[k->needs_n + n] = (double)k->p / DECIMAL_ONE;
    }
    err = mcda_promethee(table, both, both + k->needs_n, k->scores);
    free(both);
    return err;
}

enum err aid_rank(
    struct figures *f, const char *method, struct aid_ranked *ranked)
{
    ranked_init(ranked, f);
    if (missing_blocks(&f->made->model, FIGURE_USERS))
        return figures_lack(f, FIGURE_USERS);
    enum err err = read_weights(ranked);
    if (err != ERR_OK)
        return err;
    read_covers(ranked);
    const struct mcda_table table = {
        ranked->values, ranked->bids_n, ranked->needs_n, ranked->weights, NULL};
    err = strcmp(method, "topsis") == 0 ? rank_by_topsis(ranked, &table)
                                        : rank_by_promethee(ranked, &table);
    if (err == ERR_OK)
        sum_up(ranked);
    return err;
}

static void tell_ranked(const struct aid_ranked *k)
{
    struct figures *f = k->f;
    int64_t tau;

    row_about(f);
    rows_weight(k);
    rows_score(k);
    reply_word(f->last, "method", f->figure);
    if (strcmp(f->figure, "topsis") == 0) {
        reply_word(f->last, "scale", k->by_range ? "range" : "vector");
    } else {
        reply_micro(f->last, "q", k->q * (MICRO_ONE / DECIMAL_ONE));
        reply_micro(f->last, "p", k->p * (MICRO_ONE / DECIMAL_ONE));
    }
    if (f->segment != NULL)
        reply_word(f->last, "segment", f->segment);
    if (kendall_tau(k->score, k->users, k->bids_n, &tau))
        reply_micro(f->last, "tau", tau);
}

static enum err rank_bids(struct figures *f)
{
    struct aid_ranked k;
    enum err err = aid_rank(f, f->figure, &k);

    if (err == ERR_OK)
        tell_ranked(&k);
    aid_ranked_fini(&k);
    return err;
}

enum err figure_aid(struct figures *f)
{
    if (strcmp(f->figure, "ahp") == 0) {
        enum err err = aid_compare(f);
        if (err == ERR_OK)
            row_about(f);
        return err;
    }
    if (strcmp(f->figure, "topsis") == 0 || strcmp(f->figure, "promethee") == 0)
        return rank_bids(f);
    return fault_set(
        f->fault, ERR_ARG, "method", f->figure, "ahp,topsis,promethee");
}
