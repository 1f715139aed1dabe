/* SPDX-License-Identifier: Apache-2.0
 *
 * users_cells.c - sums of importance x coverage, in words or over GMP.
 */
#include "value/users/users_cells.h"

#include <stdlib.h>

#include "protocol/base_mem.h"
#include "value/wide.h"

/* Recorded coverage in 1/10000; ours is what the offer says. */
static int64_t cover_of(const struct model *m, size_t bid, size_t need)
{
    const struct estimate *recorded = &m->covers[bid * m->needs_n + need];

    return recorded->low == MODEL_ABSENT ? 0 : recorded->likely;
}

/* The coverage of a need over one. */
static void set_cover(
    const struct users_cells *cells, size_t bid, size_t need, mpz_t cover)
{
    const struct offer *offer = cells->offer;

    if (bid == cells->model->ours) {
        mpz_divexact(cover, cells->one, offer->cover_one[need]);
        mpz_mul(cover, cover, offer->covers[need]);
        return;
    }
    mpz_divexact_ui(cover, cells->one, (unsigned long)DECIMAL_ONE);
    mpz_mul_si(cover, cover, cover_of(cells->model, bid, need));
}

/* The same where one is DECIMAL_ONE. */
static int64_t cover_word(
    const struct users_cells *cells, size_t bid, size_t need)
{
    return bid == cells->model->ours ? mpz_get_si(cells->offer->covers[need])
                                     : cover_of(cells->model, bid, need);
}

/* A numerator is at most the denominator of its segment, as coverage is
 * within 0 and one: where that has room, so has every sum on the way. */
static bool fit_words(const struct users_cells *cells)
{
    const struct model *m = cells->model;

    if (mpz_cmp_si(cells->one, DECIMAL_ONE) != 0)
        return false;
    for (size_t s = 0; s < m->segments_n; s++)
        if (!mpz_fits_slong_p(cells->below[s]))
            return false;
    for (size_t b = 0; b < m->bids_n; b++) {
        for (size_t n = 0; n < m->needs_n; n++) {
            int64_t cover = cover_word(cells, b, n);

            if (cover < 0 || cover > DECIMAL_ONE)
                return false;
        }
    }
    return true;
}

static int64_t dot_words(const int64_t *one, const int64_t *other, size_t n)
{
    int64_t sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += one[i] * other[i];
    return sum;
}

static void value_in_words(struct users_cells *cells, size_t bid)
{
    const struct model *m = cells->model;

    for (size_t n = 0; n < m->needs_n; n++)
        cells->row[n] = cover_word(cells, bid, n);
    for (size_t s = 0; s < m->segments_n; s++)
        cells->words[bid * m->segments_n + s] = dot_words(
            cells->row, &cells->weighing->own[s * m->needs_n], m->needs_n);
}

static void value_exactly(struct users_cells *cells, size_t bid)
{
    const struct model *m = cells->model;
    mpz_t cover;

    mpz_init(cover);
    for (size_t n = 0; n < m->needs_n; n++) {
        set_cover(cells, bid, n, cover);
        for (size_t s = 0; s < m->segments_n; s++)
            mpz_addmul_ui(cells->above[bid * m->segments_n + s], cover,
                (unsigned long)cells->weighing->own[s * m->needs_n + n]);
    }
    mpz_clear(cover);
}

void users_cells_init(struct users_cells *cells, const struct offer *offer,
    const struct weighing *weighing)
{
    const struct model *m = offer->model;
    size_t n = m->bids_n * m->segments_n;

    *cells =
        (struct users_cells){.model = m, .offer = offer, .weighing = weighing};
    mpz_init_set_si(cells->one, DECIMAL_ONE);
    for (size_t k = 0; k < m->needs_n; k++)
        if (mpz_cmp(offer->cover_one[k], cells->one) != 0)
            mpz_lcm(cells->one, cells->one, offer->cover_one[k]);
    cells->below = integers_new(m->segments_n);
    for (size_t s = 0; s < m->segments_n; s++)
        mpz_mul(cells->below[s], weighing->sum[s], cells->one);
    cells->row = mem_new((m->needs_n + 1) * sizeof *cells->row);
    if (fit_words(cells))
        cells->words = mem_new((n + 1) * sizeof *cells->words);
    else
        cells->above = integers_new(n);
    for (size_t b = 0; b < m->bids_n; b++) {
        if (cells->words)
            value_in_words(cells, b);
        else
            value_exactly(cells, b);
    }
}

void users_cells_fini(struct users_cells *cells)
{
    const struct model *m = cells->model;

    mpz_clear(cells->one);
    integers_free(&cells->below, m->segments_n);
    integers_free(&cells->above, m->bids_n * m->segments_n);
    free(cells->words);
    free(cells->row);
}

bool users_cells_cap(
    struct users_cells *cells, size_t bid, size_t segment, size_t need)
{
    size_t at = bid * cells->model->segments_n + segment;
    mpz_t cap;

    if (cells->words) {
        int64_t most = cover_word(cells, bid, need) *
                       mpz_get_si(cells->weighing->sum[segment]);

        if (most >= cells->words[at])
            return false;
        cells->words[at] = most;
        return true;
    }
    mpz_init(cap);
    set_cover(cells, bid, need, cap);
    mpz_mul(cap, cap, cells->weighing->sum[segment]);
    bool caps = mpz_cmp(cap, cells->above[at]) < 0;
    if (caps)
        mpz_swap(cap, cells->above[at]);
    mpz_clear(cap);
    return caps;
}

static int compare_exactly(const struct users_cells *cells, size_t at,
    size_t segment, size_t other_at, size_t other_segment)
{
    mpz_t a, b;

    mpz_inits(a, b, NULL);
    mpz_mul(a, cells->above[at], cells->below[other_segment]);
    mpz_mul(b, cells->above[other_at], cells->below[segment]);
    int order = mpz_cmp(a, b);
    mpz_clears(a, b, NULL);
    return order;
}

int users_cells_compare(const struct users_cells *cells, size_t bid,
    size_t segment, size_t other_bid, size_t other_segment)
{
    size_t at = bid * cells->model->segments_n + segment;
    size_t other_at = other_bid * cells->model->segments_n + other_segment;

    if (cells->words == NULL)
        return compare_exactly(cells, at, segment, other_at, other_segment);
    wide a = (wide)cells->words[at] * mpz_get_si(cells->below[other_segment]);
    wide b = (wide)cells->words[other_at] * mpz_get_si(cells->below[segment]);
    return (a > b) - (a < b);
}

int64_t users_cells_micro(
    const struct users_cells *cells, size_t bid, size_t segment)
{
    size_t at = bid * cells->model->segments_n + segment;
    wide micro;

    if (cells->words == NULL)
        return fraction_micro_parts(
            cells->above[at], cells->below[segment], FRACTION_HALF_UP);
    /* At most 2 x 10^6 times a word, and once more: it has room. */
    INSIST(wide_half_up(cells->words[at], MICRO_ONE,
        mpz_get_si(cells->below[segment]), &micro));
    return wide_micro(micro);
}

void users_cells_mean(const struct users_cells *cells, size_t bid, mpz_t above)
{
    const struct weighing *w = cells->weighing;

    for (size_t s = 0; s < cells->model->segments_n; s++) {
        size_t at = bid * cells->model->segments_n + s;

        if (mpz_sgn(w->factor[s]) == 0)
            continue;
        if (cells->words)
            mpz_addmul_ui(above, w->factor[s], (unsigned long)cells->words[at]);
        else
            mpz_addmul(above, w->factor[s], cells->above[at]);
    }
}
