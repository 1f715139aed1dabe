/* SPDX-License-Identifier: Apache-2.0
 *
 * qualify.c - the verdict of questions, and what elements earn.
 */
#include "value/qualify.h"

#include <stdlib.h>

#include "protocol/base_mem.h"
#include "value/award/score.h"
#include "value/fitted.h"
#include "value/missing.h"

/* What weighing gives: sums of weight x score and of weight x 10. */
static void weigh(const struct qualify_ask *ask, mpz_t got, mpz_t all)
{
    mpz_t part;

    mpz_init(part);
    for (size_t i = 0; i < ask->n; i++) {
        const struct qualify_question *q = &ask->questions[i];
        if (q->score == MODEL_ABSENT)
            continue;
        mpz_set_si(part, q->weight);
        mpz_mul_si(part, part, q->score);
        mpz_add(got, got, part);
        mpz_set_si(part, q->weight);
        mpz_mul_si(part, part, QUALIFY_TOP);
        mpz_add(all, all, part);
    }
    mpz_clear(part);
}

static bool is_broken(const struct qualify_question *q)
{
    return q->score != MODEL_ABSENT && q->floor != MODEL_ABSENT &&
           q->score < q->floor && !q->overridden;
}

/* Whether got / all reaches a share. */
static bool reaches(const mpz_t got, const mpz_t all, int64_t share)
{
    mpz_t least;
    mpz_t most;

    mpz_init(least);
    mpz_init(most);
    mpz_mul_si(least, all, share);
    mpz_mul_si(most, got, DECIMAL_ONE);
    bool does = mpz_cmp(most, least) >= 0;
    mpz_clear(least);
    mpz_clear(most);
    return does;
}

/* The band of the score alone. */
static enum verdict band_of(
    const struct qualify_ask *ask, const mpz_t got, const mpz_t all)
{
    if (reaches(got, all, ask->bid))
        return VERDICT_BID;
    return reaches(got, all, ask->maybe) ? VERDICT_CONDITIONAL : VERDICT_NO;
}

static int64_t share_of(const mpz_t got, const mpz_t all)
{
    mpq_t share;

    mpq_init(share);
    fraction_set_integers(share, got, all);
    int64_t micro = fraction_micro(share, FRACTION_HALF_UP);
    mpq_clear(share);
    return micro;
}

/* What holds a verdict back that the score would allow. */
static void hold_back(
    const struct qualify_ask *ask, struct qualify_result *result)
{
    if (result->broken > 0) {
        result->verdict = VERDICT_NO;
        result->by = BY_FLOOR;
    } else if (result->verdict == VERDICT_BID && result->answered < ask->n) {
        result->verdict = VERDICT_CONDITIONAL;
        result->by = BY_UNANSWERED;
    } else if (result->verdict == VERDICT_BID &&
               ask->expected != MODEL_ABSENT && ask->expected < 0) {
        result->verdict = VERDICT_CONDITIONAL;
        result->by = BY_WORTH;
    }
}

void qualify_judge(const struct qualify_ask *ask, struct qualify_result *result)
{
    mpz_t got;
    mpz_t all;

    *result = (struct qualify_result){.share = MODEL_ABSENT};
    for (size_t i = 0; i < ask->n; i++) {
        result->answered += ask->questions[i].score != MODEL_ABSENT;
        result->broken += is_broken(&ask->questions[i]);
    }
    mpz_init(got);
    mpz_init(all);
    weigh(ask, got, all);
    if (mpz_sgn(all) > 0) {
        result->share = share_of(got, all);
        result->verdict = band_of(ask, got, all);
    }
    mpz_clear(got);
    mpz_clear(all);
    hold_back(ask, result);
}

static bool is_better(const struct qualify_ask *ask,
    struct qualify_question *question, int64_t score, enum verdict now)
{
    struct qualify_result result;

    question->score = score;
    qualify_judge(ask, &result);
    return result.verdict > now;
}

int64_t qualify_change(const struct qualify_ask *ask, size_t at)
{
    struct qualify_question *questions =
        mem_new((ask->n + 1) * sizeof *questions);
    struct qualify_ask changed = *ask;
    struct qualify_result now;
    int64_t found = MODEL_ABSENT;

    for (size_t i = 0; i < ask->n; i++)
        questions[i] = ask->questions[i];
    changed.questions = questions;
    qualify_judge(ask, &now);
    if (is_better(&changed, &questions[at], QUALIFY_TOP, now.verdict)) {
        int64_t low = -1; /* a score that is not enough */
        int64_t high = QUALIFY_TOP;
        while (high - low > 1) {
            int64_t middle = low + (high - low) / 2;
            if (is_better(&changed, &questions[at], middle, now.verdict))
                high = middle;
            else
                low = middle;
        }
        found = high;
    }
    free(questions);
    return found;
}

int64_t qualify_even(int64_t margin, int64_t cost)
{
    mpq_t even;
    mpq_t of;

    if (margin <= 0)
        return MODEL_ABSENT;
    mpq_init(even);
    mpq_init(of);
    fraction_set(even, cost);
    fraction_set(of, margin);
    mpq_div(even, even, of);
    int64_t micro = fraction_micro(even, FRACTION_HALF_UP);
    mpq_clear(of);
    mpq_clear(even);
    return micro;
}

struct scales {
    struct fitted fitted;
    struct score *score;
    bool *in;
};

/* The total of our bid with one element more; refused bids have none. */
static bool total_with(
    struct scales *s, size_t element, bool price_moves, mpq_t total)
{
    const struct model *m = s->fitted.from;
    struct offer offer;

    for (size_t i = 0; i < m->elements_n; i++)
        s->in[i] = m->elements[i].always || i == element;
    fitted_set(&s->fitted, s->in, price_moves);
    offer_init(&offer, &s->fitted.model);
    score_set_offer(s->score, &offer);
    offer_fini(&offer);
    if (!s->score->admitted[m->ours])
        return false;
    mpq_set(total, s->score->total[m->ours]);
    return true;
}

static int64_t micro_between(const mpq_t more, const mpq_t less)
{
    mpq_t by;

    mpq_init(by);
    mpq_sub(by, more, less);
    int64_t micro = fraction_micro(by, FRACTION_HALF_UP);
    mpq_clear(by);
    return micro;
}

static void weigh_element(
    struct scales *s, size_t at, const mpq_t base, struct qualify_element *e)
{
    int64_t cost = s->fitted.from->elements[at].cost;
    mpq_t same;
    mpq_t moved;

    *e = (struct qualify_element){.rate = MODEL_ABSENT};
    mpq_inits(same, moved, NULL);
    if (total_with(s, at, false, same) && total_with(s, at, true, moved)) {
        e->points = micro_between(same, base);
        e->gain = micro_between(moved, base);
        e->lost = micro_between(same, moved);
        e->base = fraction_micro(base, FRACTION_HALF_UP);
        e->same = fraction_micro(same, FRACTION_HALF_UP);
        e->moved = fraction_micro(moved, FRACTION_HALF_UP);
        mpq_sub(same, same, moved);
        if (cost != 0) {
            fraction_set(moved, cost);
            mpq_div(same, same, moved);
            e->rate = fraction_micro(same, FRACTION_HALF_UP);
        }
    }
    mpq_clears(same, moved, NULL);
}

enum err qualify_elements(
    const struct model *model, struct qualify_element *list)
{
    struct scales s = {0};
    struct score score;
    struct offer offer;
    mpq_t base;

    if (missing_blocks(model, FIGURE_FRONT))
        return ERR_STATE;
    mpq_init(base);
    fitted_init(&s.fitted, model);
    offer_init(&offer, &s.fitted.model);
    score_init(&score, model, &offer);
    s.score = &score;
    s.in = mem_new((model->elements_n + 1) * sizeof *s.in);
    bool adds_up = score_adds_up(&score);
    bool stands = total_with(&s, MODEL_NOWHERE, false, base);
    for (size_t i = 0; i < model->elements_n; i++) {
        list[i] = (struct qualify_element){.rate = MODEL_ABSENT};
        if (adds_up && stands && !model->elements[i].always)
            weigh_element(&s, i, base, &list[i]);
    }
    free(s.in);
    score_fini(&score);
    offer_fini(&offer);
    fitted_fini(&s.fitted);
    mpq_clear(base);
    return adds_up ? ERR_OK : ERR_LIMIT;
}
