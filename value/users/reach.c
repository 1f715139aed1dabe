/* SPDX-License-Identifier: Apache-2.0
 *
 * reach.c - captive segments and the degree of choice.
 */
#include "value/users/reach.h"

#include "value/fraction.h"

static bool is_open(const struct model *model, size_t segment, size_t index)
{
    return model->reaches[index].segment == segment &&
           model->reaches[index].reachable &&
           model->reaches[index].hindered < DECIMAL_ONE;
}

/* Whether another urgent one is easier, or as easy and stands before. */
static bool is_outdone(const struct model *model, size_t segment, size_t index)
{
    int64_t hindered = model->reaches[index].hindered;

    for (size_t i = 0; i < model->reaches_n; i++) {
        const struct model_reach *other = &model->reaches[i];

        if (other->urgent && is_open(model, segment, i) &&
            (other->hindered < hindered ||
                (other->hindered == hindered && i < index)))
            return true;
    }
    return false;
}

bool reach_is_open(const struct model *model, size_t segment, size_t index)
{
    return is_open(model, segment, index) &&
           (!model->reaches[index].urgent ||
               !is_outdone(model, segment, index));
}

/* Whether an earlier reachable alternative has the same supplier. */
static bool supplier_is_counted(
    const struct model *model, size_t segment, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (reach_is_open(model, segment, i) &&
            model->reaches[i].supplier == model->reaches[index].supplier)
            return true;
    }
    return false;
}

static void count_reaches(
    const struct model *model, size_t segment, struct reach_choice *choice)
{
    for (size_t i = 0; i < model->reaches_n; i++) {
        if (model->reaches[i].segment == segment)
            choice->recorded++;
        if (!reach_is_open(model, segment, i))
            continue;
        choice->reachable++;
        if (model->reaches[i].supplier == MODEL_NOWHERE)
            choice->suppliers_unknown++;
        else if (!supplier_is_counted(model, segment, i))
            choice->suppliers++;
    }
}

/* The share used where none is recorded, times the number of these: what the
 * recorded ones leave of 1, in 1/10000; *absent is that number. */
static int64_t share_left(
    const struct model *model, size_t segment, size_t *absent)
{
    int64_t left = DECIMAL_ONE;

    *absent = 0;
    for (size_t i = 0; i < model->reaches_n; i++) {
        if (!reach_is_open(model, segment, i))
            continue;
        if (model->reaches[i].share == MODEL_ABSENT)
            ++*absent;
        else if (left > model->reaches[i].share)
            left -= model->reaches[i].share;
        else
            left = 0;
    }
    return left;
}

/* Sums shares and squared shares, all multiplied by the number of absent
 * ones so that they stay whole. */
static void sum_shares(
    const struct model *model, size_t segment, mpz_t sum, mpz_t squares)
{
    size_t absent;
    int64_t left = share_left(model, segment, &absent);
    mpz_t share;

    mpz_init(share);
    for (size_t i = 0; i < model->reaches_n; i++) {
        if (!reach_is_open(model, segment, i))
            continue;
        if (model->reaches[i].share == MODEL_ABSENT) {
            mpz_set_si(share, left);
        } else {
            mpz_set_si(share, model->reaches[i].share);
            mpz_mul_ui(share, share, absent > 0 ? absent : 1);
        }
        mpz_mul_si(share, share, DECIMAL_ONE - model->reaches[i].hindered);
        mpz_add(sum, sum, share);
        mpz_addmul(squares, share, share);
    }
    mpz_clear(share);
}

static int64_t measure_degree(
    const struct model *model, size_t segment, size_t reachable)
{
    mpq_t degree;
    mpz_t sum, squares;

    mpq_init(degree);
    mpz_inits(sum, squares, NULL);
    sum_shares(model, segment, sum, squares);
    if (mpz_sgn(squares) > 0) {
        mpz_mul(sum, sum, sum);
        fraction_set_integers(degree, sum, squares);
    } else {
        mpq_set_ui(degree, reachable, 1);
    }
    int64_t micro = fraction_micro(degree, FRACTION_HALF_UP);
    mpq_clear(degree);
    mpz_clears(sum, squares, NULL);
    return micro;
}

int64_t reach_hindered(int64_t ease, int64_t capacity, int64_t heads)
{
    int64_t open = ease == MODEL_ABSENT ? DECIMAL_ONE : ease;

    if (capacity == 0)
        return DECIMAL_ONE;
    if (capacity == MODEL_ABSENT || heads == MODEL_ABSENT || capacity >= heads)
        return DECIMAL_ONE - open;
    mpz_t part;
    mpz_init_set_si(part, open);
    mpz_mul_si(part, part, 2 * capacity);
    mpz_add_ui(part, part, (unsigned long)heads);
    mpz_fdiv_q_ui(part, part, 2 * (unsigned long)heads);
    open = mpz_get_si(part);
    mpz_clear(part);
    return DECIMAL_ONE - open;
}

void reach_choice_of(
    const struct model *model, size_t segment, struct reach_choice *choice)
{
    *choice = (struct reach_choice){.degree = MODEL_ABSENT};
    count_reaches(model, segment, choice);
    if (choice->recorded == 0)
        return;
    size_t captive =
        model->captive_below ? model->captive_below : REACH_CAPTIVE;
    int64_t near = model->near_below ? model->near_below : REACH_NEAR;
    choice->captive = choice->reachable < captive ? CAPTIVE_YES : CAPTIVE_NO;
    choice->degree = measure_degree(model, segment, choice->reachable);
    choice->near = choice->captive == CAPTIVE_NO && choice->degree < near;
}
