/* SPDX-License-Identifier: Apache-2.0
 *
 * advantage.c - bids against today and against alternatives.
 */
#include "value/users/advantage.h"

#include <stdlib.h>

#include "protocol/base_mem.h"
#include "value/front/offer.h"
#include "value/gap/weigh.h"
#include "value/missing.h"
#include "value/wide.h"

enum { LEVELS = 10 };

struct work {
    const struct model *model;
    const struct offer *offer;
    struct advantage_result *result;
    size_t rows_room, parts_room, betters_room;
    bool all;
    bool in_words; /* coverage of our offer is in 1/10000 */
    struct weighing weighing;
    mpq_t *weights; /* [segments_n][needs_n] of those that were compared */
    bool *weighed;  /* [segments_n] whose weights are there */
    mpq_t own, low, high, weight;
    mpq_t gain[2], loss[2], net[2]; /* of a row, low and high */
};

static bool bid_is_known(const struct model *model, size_t bid)
{
    for (size_t n = 0; n < model->needs_n; n++) {
        if (model->covers[bid * model->needs_n + n].low != MODEL_ABSENT)
            return true;
    }
    return false;
}

static int64_t satisfaction_of(
    const struct model *model, size_t segment, size_t need)
{
    return model->satisfaction == NULL
               ? MODEL_ABSENT
               : model->satisfaction[segment * model->needs_n + need];
}

/* Whether a segment says of some need that matters how satisfied it is. */
static bool today_is_known(const struct model *model, size_t segment)
{
    for (size_t n = 0; n < model->needs_n; n++) {
        if (satisfaction_of(model, segment, n) != MODEL_ABSENT &&
            model->importance[segment * model->needs_n + n] > 0)
            return true;
    }
    return false;
}

static bool cover_is_recorded(const struct model *model, size_t alternative)
{
    for (size_t n = 0; n < model->needs_n; n++) {
        if (model->alternative_covers[alternative * model->needs_n + n].low !=
            MODEL_ABSENT)
            return true;
    }
    return false;
}

/* How the other side is looked up. */
enum theirs { THEIRS_NONE, THEIRS_TODAY, THEIRS_BID, THEIRS_COVER };

static enum theirs kind_of(
    const struct model *model, size_t over, size_t segment)
{
    const struct model_alternative *a = NULL;

    if (over != MODEL_NOWHERE) {
        a = &model->alternatives[over];
        if (a->bid != MODEL_NOWHERE)
            return bid_is_known(model, a->bid) ? THEIRS_BID : THEIRS_NONE;
        if (cover_is_recorded(model, over))
            return THEIRS_COVER;
    }
    return (a == NULL || a->status_quo) && today_is_known(model, segment)
               ? THEIRS_TODAY
               : THEIRS_NONE;
}

/* Puts into low and high what the other side covers of a need. */
static void read_theirs(
    struct work *work, enum theirs theirs, size_t over, size_t s, size_t n)
{
    const struct model *m = work->model;
    int64_t level = MODEL_ABSENT;

    if (theirs == THEIRS_BID) {
        offer_cover(work->offer, m->alternatives[over].bid, n, work->low);
    } else if (theirs == THEIRS_COVER) {
        const struct estimate *cover =
            &m->alternative_covers[over * m->needs_n + n];
        fraction_set(work->low, cover->low == MODEL_ABSENT ? 0 : cover->likely);
    } else {
        level = satisfaction_of(m, s, n);
        fraction_set(work->low, level == MODEL_ABSENT ? 0 : level);
        mpq_set_ui(work->high, LEVELS, 1);
        mpq_div(work->low, work->low, work->high);
    }
    mpq_set(work->high, work->low);
    if (theirs == THEIRS_TODAY && level == MODEL_ABSENT)
        mpq_set_ui(work->high, 1, 1);
}

/* Adds a difference, which is kept in part, to a sum where it is above 0. */
static void add_positive(mpq_t sum, const mpq_t part)
{
    if (mpq_sgn(part) > 0)
        mpq_add(sum, sum, part);
}

static int64_t told(const mpq_t value)
{
    return fraction_micro(value, FRACTION_HALF_UP);
}

static void tell_part(struct work *work, size_t need, mpq_t *difference)
{
    struct advantage_result *r = work->result;

    if (!work->all || mpq_sgn(work->weight) == 0)
        return;
    r->parts =
        mem_grow(r->parts, &work->parts_room, r->parts_n + 1, sizeof *r->parts);
    r->parts[r->parts_n++] = (struct advantage_part){
        r->rows_n, need, {told(difference[0]), told(difference[1])}};
}

/* The more the other side covers, the less is gained and the more is lost. */
static void add_need(struct work *work, size_t need)
{
    mpq_t difference[2];

    mpq_inits(difference[0], difference[1], NULL);
    mpq_sub(difference[0], work->own, work->high);
    mpq_sub(difference[1], work->own, work->low);
    for (int i = 0; i < 2; i++) {
        mpq_mul(difference[i], difference[i], work->weight);
        mpq_add(work->net[i], work->net[i], difference[i]);
        add_positive(work->gain[i], difference[i]);
    }
    tell_part(work, need, difference);
    for (int i = 0; i < 2; i++) {
        mpq_neg(difference[i], difference[i]);
        add_positive(work->loss[1 - i], difference[i]);
    }
    mpq_clears(difference[0], difference[1], NULL);
}

static void reset(mpq_t *range)
{
    mpq_set_ui(range[0], 0, 1);
    mpq_set_ui(range[1], 0, 1);
}

static struct advantage_range tell_range(mpq_t *range)
{
    return (struct advantage_range){told(range[0]), told(range[1])};
}

/* The same as offer_cover and read_theirs in 1/100000, which a tenth of a level
 * of satisfaction needs. */
static int64_t bid_in_words(const struct work *work, size_t bid, size_t need)
{
    const struct model *m = work->model;
    const struct estimate *recorded = &m->covers[bid * m->needs_n + need];

    if (bid == m->ours)
        return mpz_get_si(work->offer->covers[need]) * LEVELS;
    return recorded->low == MODEL_ABSENT ? 0 : recorded->likely * LEVELS;
}

static void theirs_in_words(const struct work *work, enum theirs theirs,
    size_t over, size_t s, size_t n, int64_t *range)
{
    const struct model *m = work->model;

    if (theirs == THEIRS_BID) {
        range[0] = range[1] = bid_in_words(work, m->alternatives[over].bid, n);
    } else if (theirs == THEIRS_COVER) {
        const struct estimate *cover =
            &m->alternative_covers[over * m->needs_n + n];
        range[0] = range[1] =
            cover->low == MODEL_ABSENT ? 0 : cover->likely * LEVELS;
    } else {
        int64_t level = satisfaction_of(m, s, n);
        range[0] = level == MODEL_ABSENT ? 0 : level;
        range[1] = level == MODEL_ABSENT ? DECIMAL_ONE * LEVELS : level;
    }
}

/* Sums over 1/100000 x importance, of a row. */
struct sums {
    wide gain[2], loss[2], net[2];
};

static void add_in_words(struct sums *sums, int i, wide difference)
{
    sums->net[i] += difference;
    if (difference > 0)
        sums->gain[i] += difference;
    else
        sums->loss[1 - i] -= difference;
}

/* Puts a sum over below; false where it has no room in a word. */
static bool set_words(mpq_t value, wide sum, const mpz_t below)
{
    if (sum != (int64_t)sum)
        return false;
    /* Not in lowest terms: it is only told and asked for its sign. */
    mpz_set_si(mpq_numref(value), (int64_t)sum);
    mpz_set(mpq_denref(value), below);
    return true;
}

/* Compares in machine words; false where they do not do. */
static bool compare_in_words(struct work *work, enum theirs theirs, size_t bid,
    size_t segment, size_t over)
{
    const struct model *m = work->model;
    const int64_t *weights = work->weighing.own + segment * m->needs_n;
    struct sums sums = {{0}, {0}, {0}};
    bool fits = true;
    mpz_t below;

    for (size_t n = 0; n < m->needs_n; n++) {
        int64_t own = bid_in_words(work, bid, n);
        int64_t range[2];

        theirs_in_words(work, theirs, over, segment, n, range);
        if (range[0] < 0 || range[1] > DECIMAL_ONE * LEVELS)
            return false;
        add_in_words(&sums, 0, (wide)weights[n] * (own - range[1]));
        add_in_words(&sums, 1, (wide)weights[n] * (own - range[0]));
    }
    mpz_init(below);
    mpz_mul_ui(below, work->weighing.sum[segment],
        (unsigned long)(DECIMAL_ONE * LEVELS));
    for (int i = 0; i < 2; i++)
        fits = fits && set_words(work->gain[i], sums.gain[i], below) &&
               set_words(work->loss[i], sums.loss[i], below) &&
               set_words(work->net[i], sums.net[i], below);
    mpz_clear(below);
    return fits;
}

static void compare_exactly(struct work *work, enum theirs theirs, size_t bid,
    size_t segment, size_t over)
{
    const struct model *m = work->model;
    mpq_t *weights = &work->weights[segment * m->needs_n];

    if (!work->weighed[segment])
        weigh_needs_of(m, segment, weights);
    work->weighed[segment] = true;
    reset(work->gain);
    reset(work->loss);
    reset(work->net);
    for (size_t n = 0; n < m->needs_n; n++) {
        mpq_set(work->weight, weights[n]);
        offer_cover(work->offer, bid, n, work->own);
        read_theirs(work, theirs, over, segment, n);
        add_need(work, n);
    }
}

/* Compares one bid for one segment; false where nothing is known. */
static bool compare(struct work *work, size_t bid, size_t segment, size_t over)
{
    const struct model *m = work->model;
    struct advantage_result *r = work->result;
    enum theirs theirs = kind_of(m, over, segment);

    if (theirs == THEIRS_NONE)
        return false;
    if (work->all || !work->in_words ||
        !compare_in_words(work, theirs, bid, segment, over))
        compare_exactly(work, theirs, bid, segment, over);
    r->rows =
        mem_grow(r->rows, &work->rows_room, r->rows_n + 1, sizeof *r->rows);
    r->rows[r->rows_n++] = (struct advantage_row){bid, segment, over,
        tell_range(work->gain), tell_range(work->loss), tell_range(work->net)};
    return true;
}

/* Heads of the segments compared; those of unknown number may be any. */
struct heads {
    mpz_t all, sure, possible; /* possible: those that may be better off */
    bool unknown, unknown_sure, unknown_possible;
};

static void count_heads(
    const struct work *work, size_t segment, struct heads *heads)
{
    int64_t n = work->model->segments[segment].heads;
    bool sure = mpq_sgn(work->net[0]) > 0;
    bool possible = mpq_sgn(work->net[1]) > 0;

    if (n < 0) {
        heads->unknown_sure = sure && (heads->unknown_sure || !heads->unknown);
        heads->unknown = true;
        heads->unknown_possible |= possible;
        return;
    }
    mpz_add_ui(heads->all, heads->all, (unsigned long)n);
    if (sure)
        mpz_add_ui(heads->sure, heads->sure, (unsigned long)n);
    if (possible)
        mpz_add_ui(heads->possible, heads->possible, (unsigned long)n);
}

static int64_t share_of(const mpz_t part, const mpz_t all)
{
    mpq_t share;

    mpq_init(share);
    fraction_set_integers(share, part, all);
    int64_t micro = told(share);
    mpq_clear(share);
    return micro;
}

static void tell_better(
    struct work *work, size_t bid, size_t over, const struct heads *heads)
{
    struct advantage_result *r = work->result;
    bool none = mpz_sgn(heads->all) == 0;
    struct advantage_range share = {0, MICRO_ONE};

    if (!none)
        share = (struct advantage_range){share_of(heads->sure, heads->all),
            share_of(heads->possible, heads->all)};
    else if (heads->unknown)
        share = (struct advantage_range){heads->unknown_sure ? MICRO_ONE : 0,
            heads->unknown_possible ? MICRO_ONE : 0};
    if (heads->unknown && !heads->unknown_sure)
        share.low = 0;
    if (heads->unknown && heads->unknown_possible)
        share.high = MICRO_ONE;
    r->betters = mem_grow(
        r->betters, &work->betters_room, r->betters_n + 1, sizeof *r->betters);
    r->betters[r->betters_n++] = (struct advantage_better){bid, over, share};
}

static bool can_reach(const struct model *model, size_t segment, size_t over)
{
    for (size_t i = 0; i < model->reaches_n; i++) {
        const struct model_reach *reach = &model->reaches[i];
        if (reach->segment == segment && reach->alternative == over)
            return reach->reachable;
    }
    return false;
}

static void compare_over(struct work *work, size_t bid, size_t over)
{
    const struct model *m = work->model;
    struct heads heads = {.unknown = false};
    bool any = false;

    mpz_inits(heads.all, heads.sure, heads.possible, NULL);
    for (size_t s = 0; s < m->segments_n; s++) {
        if (mpz_sgn(work->weighing.sum[s]) == 0 ||
            (over != MODEL_NOWHERE && !can_reach(m, s, over)) ||
            !compare(work, bid, s, over))
            continue;
        count_heads(work, s, &heads);
        any = true;
    }
    if (any)
        tell_better(work, bid, over, &heads);
    mpz_clears(heads.all, heads.sure, heads.possible, NULL);
}

static void compute(struct work *work)
{
    const struct model *m = work->model;
    size_t weights_n = m->segments_n * m->needs_n;

    work->weights = fractions_new(weights_n);
    mpq_inits(work->own, work->low, work->high, work->weight, work->gain[0],
        work->gain[1], work->loss[0], work->loss[1], work->net[0], work->net[1],
        NULL);
    work->weighed = mem_new((m->segments_n + 1) * sizeof *work->weighed);
    weighing_init(&work->weighing, m);
    work->in_words = true;
    for (size_t n = 0; n < m->needs_n; n++)
        work->in_words = work->in_words && mpz_cmp_ui(work->offer->cover_one[n],
                                               DECIMAL_ONE) == 0;
    for (size_t b = 0; b < m->bids_n; b++) {
        if ((!work->all && b != m->ours) || !bid_is_known(m, b))
            continue;
        compare_over(work, b, MODEL_NOWHERE);
        for (size_t a = 0; a < m->alternatives_n; a++)
            compare_over(work, b, a);
    }
    weighing_fini(&work->weighing);
    free(work->weighed);
    fractions_free(&work->weights, weights_n);
    mpq_clears(work->own, work->low, work->high, work->weight, work->gain[0],
        work->gain[1], work->loss[0], work->loss[1], work->net[0], work->net[1],
        NULL);
}

enum err advantage_compute(const struct model *model, uint32_t set, bool all,
    struct advantage_result **made)
{
    struct offer offer;

    if (missing_blocks(model, FIGURE_USERS))
        return ERR_STATE;
    enum err err = offer_init_with(&offer, model, set);
    if (err != ERR_OK)
        return err;
    struct work work = {.model = model,
        .offer = &offer,
        .result = mem_new(sizeof *work.result),
        .all = all};
    compute(&work);
    offer_fini(&offer);
    *made = work.result;
    return ERR_OK;
}

void advantage_free(struct advantage_result **result)
{
    if (*result == NULL)
        return;
    free((*result)->rows);
    free((*result)->parts);
    free((*result)->betters);
    free(*result);
    *result = NULL;
}
