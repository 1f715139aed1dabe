/* SPDX-License-Identifier: Apache-2.0
 *
 * mean.c - capped weighted sums over one denominator.
 */
#include "value/mean.h"

#include <stdlib.h>

#include "protocol/base_mem.h"
#include "value/gap/weigh.h"
#include "value/linear.h"

struct mean_cap {
    size_t need;
    mpz_t above;     /* times the coverage: what the row can be at most */
    mpz_t threshold; /* DECIMAL_ONE times the coverage from which on nothing
                        is capped */
};

/* All segments that nothing caps make one row. */
struct mean_row {
    mpz_t *above; /* [needs_n] times the coverage, over mean->below */
    struct mean_cap *caps;
    size_t caps_n;
};

static bool can_cap(const struct model *model, size_t segment, size_t need)
{
    return model->needs[need].must_threshold > 0 &&
           model->importance[segment * model->needs_n + need] > 0;
}

static size_t count_caps(const struct model *model, size_t segment)
{
    size_t n = 0;

    for (size_t k = 0; k < model->needs_n; k++)
        n += can_cap(model, segment, k);
    return n;
}

static size_t count_capped(const struct model *model)
{
    size_t n = 0;

    for (size_t s = 0; s < model->segments_n; s++)
        n += count_caps(model, s) > 0;
    return n;
}

bool mean_caps(const struct model *model)
{
    return count_capped(model) > 0;
}

/* What the coverage of a need counts in a row, as exact fractions: first the
 * needs of row 0 and so on. */
struct parts {
    const struct model *model;
    mpz_t *cover_one;
    mpq_t *shares;  /* [segments_n] */
    mpq_t *weights; /* [needs_n] scratch */
    mpq_t *list;    /* [rows_n][needs_n], then a cap for each row and need */
};

static void add_segment(struct parts *parts, size_t segment, mpq_t *row)
{
    const struct model *m = parts->model;
    mpq_t part;

    mpq_init(part);
    weigh_needs_of(m, segment, parts->weights);
    for (size_t n = 0; n < m->needs_n; n++) {
        mpq_set_z(part, parts->cover_one[n]);
        mpq_div(part, parts->shares[segment], part);
        mpq_mul(part, part, parts->weights[n]);
        mpq_add(row[n], row[n], part);
    }
    mpq_clear(part);
}

static void init_cap(
    struct mean_cap *cap, const struct parts *parts, size_t need)
{
    cap->need = need;
    mpz_init(cap->above);
    mpz_init_set(cap->threshold, parts->cover_one[need]);
    mpz_mul_ui(cap->threshold, cap->threshold,
        (unsigned long)parts->model->needs[need].must_threshold);
}

/* A row of its own, whose caps stand behind its needs. */
static void add_capped(struct mean *mean, struct parts *parts, size_t segment)
{
    const struct model *m = parts->model;
    size_t at = mean->rows_n++;
    struct mean_row *row = &mean->rows[at];
    mpq_t one;

    mpq_init(one);
    add_segment(parts, segment, &parts->list[2 * at * m->needs_n]);
    row->caps = mem_new(count_caps(m, segment) * sizeof *row->caps);
    for (size_t n = 0; n < m->needs_n; n++) {
        if (!can_cap(m, segment, n))
            continue;
        mpq_set_z(one, parts->cover_one[n]);
        mpq_div(parts->list[(2 * at + 1) * m->needs_n + n],
            parts->shares[segment], one);
        init_cap(&row->caps[row->caps_n++], parts, n);
    }
    mpq_clear(one);
}

static void fill_rows(struct mean *mean, struct parts *parts)
{
    const struct model *m = parts->model;

    mean->rows_n = 1;
    for (size_t s = 0; s < m->segments_n; s++) {
        if (mpq_sgn(parts->shares[s]) == 0)
            continue;
        if (count_caps(m, s) > 0)
            add_capped(mean, parts, s);
        else
            add_segment(parts, s, parts->list);
    }
}

/* Moves the fractions to their rows as numerators over one denominator. */
static void share_denominator(struct mean *mean, struct parts *parts)
{
    size_t needs = mean->needs_n;
    struct linear all;

    linear_init(&all, parts->list, 2 * mean->rows_n * needs);
    mpz_init_set(mean->below, all.below);
    for (size_t r = 0; r < mean->rows_n; r++) {
        struct mean_row *row = &mean->rows[r];
        row->above = integers_new(needs);
        for (size_t n = 0; n < needs; n++)
            mpz_swap(row->above[n], all.above[2 * r * needs + n]);
        for (size_t c = 0; c < row->caps_n; c++)
            mpz_swap(row->caps[c].above,
                all.above[(2 * r + 1) * needs + row->caps[c].need]);
    }
    linear_fini(&all);
}

bool mean_init(struct mean *mean, const struct model *model, const bool *only,
    mpz_t *cover_one)
{
    size_t rows_most = 1 + count_capped(model);
    size_t list_n = 2 * rows_most * model->needs_n;
    struct parts parts = {.model = model,
        .cover_one = cover_one,
        .shares = fractions_new(model->segments_n)};

    if (!weigh_segments(model, only, parts.shares)) {
        fractions_free(&parts.shares, model->segments_n);
        return false;
    }
    *mean = (struct mean){.needs_n = model->needs_n};
    mean->rows = mem_new(rows_most * sizeof *mean->rows);
    mpz_inits(mean->value, mean->cap, NULL);
    parts.weights = fractions_new(model->needs_n);
    parts.list = fractions_new(list_n);
    fill_rows(mean, &parts);
    share_denominator(mean, &parts);
    fractions_free(&parts.shares, model->segments_n);
    fractions_free(&parts.weights, model->needs_n);
    fractions_free(&parts.list, list_n);
    return true;
}

void mean_fini(struct mean *mean)
{
    for (size_t r = 0; r < mean->rows_n; r++) {
        struct mean_row *row = &mean->rows[r];
        for (size_t c = 0; c < row->caps_n; c++)
            mpz_clears(row->caps[c].above, row->caps[c].threshold, NULL);
        free(row->caps);
        integers_free(&row->above, mean->needs_n);
    }
    free(mean->rows);
    mpz_clears(mean->below, mean->value, mean->cap, NULL);
}

static void cap_value(
    struct mean *mean, const struct mean_row *row, mpz_t *covers)
{
    for (size_t c = 0; c < row->caps_n; c++) {
        const struct mean_cap *cap = &row->caps[c];
        mpz_mul_ui(mean->cap, covers[cap->need], DECIMAL_ONE);
        if (mpz_cmp(mean->cap, cap->threshold) >= 0)
            continue;
        mpz_mul(mean->cap, covers[cap->need], cap->above);
        if (mpz_cmp(mean->cap, mean->value) < 0)
            mpz_swap(mean->cap, mean->value);
    }
}

void mean_above(struct mean *mean, mpz_t *covers, mpz_t above)
{
    mpz_set_ui(above, 0);
    for (size_t r = 0; r < mean->rows_n; r++) {
        const struct mean_row *row = &mean->rows[r];
        mpz_set_ui(mean->value, 0);
        for (size_t n = 0; n < mean->needs_n; n++)
            mpz_addmul(mean->value, row->above[n], covers[n]);
        if (row->caps_n > 0)
            cap_value(mean, row, covers);
        mpz_add(above, above, mean->value);
    }
}
