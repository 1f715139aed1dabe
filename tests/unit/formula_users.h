/* SPDX-License-Identifier: Apache-2.0
 *
 * formula_users.h - values of formulas about users and about the gap, for
 * check_formulas.c alone.
 */
#ifndef TESTS_UNIT_FORMULA_USERS_H
#define TESTS_UNIT_FORMULA_USERS_H

#include "tests/unit/tender.h"
#include "value/award/award.h"
#include "value/firm/amend.h"
#include "value/firm/attribute.h"
#include "value/front/brings.h"
#include "value/gap/contrast.h"
#include "value/users/advantage.h"
#include "value/users/effort.h"
#include "value/users/users.h"

#include <check.h>

enum contrasted {
    CONTRASTED_REGRET,
    CONTRASTED_PRICE,
    CONTRASTED_FIDELITY,
    CONTRASTED_AMENDED,
    CONTRASTED_LEAD
};

static inline int64_t value_less_effort(void)
{
    static const struct model_effort effort = {
        O2, NIGHT, 25 * ONE, 50 * ONE, 0, 200 * ONE};
    struct effort_result *made = NULL;
    struct tender t;

    tender_golden(&t);
    t.model.effects_n = 0;
    t.model.efforts = &effort;
    t.model.efforts_n = 1;
    t.segments[NIGHT].hour_value = 12 * ONE;
    t.segments[NIGHT].full_value = 1000 * ONE;
    ck_assert_int_eq(effort_compute(&t.model, 2, 3, &made), ERR_OK);
    int64_t net = made->segments[NIGHT].net;
    effort_free(&made);
    return net;
}

static inline int64_t gain_over_today(void)
{
    struct advantage_result *made = NULL;
    int64_t satisfaction[12];
    struct tender t;

    tender_golden(&t);
    for (size_t i = 0; i < 12; i++)
        satisfaction[i] = 5 * ONE;
    t.model.satisfaction = satisfaction;
    ck_assert_int_eq(advantage_compute(&t.model, 0, false, &made), ERR_OK);
    int64_t gain = made->rows[0].gain.low;
    advantage_free(&made);
    return gain;
}

/* 5 points from the service to the price: 45 35 10 10. */
static inline int64_t amended_lead(const struct tender *t)
{
    static const struct amend_move move = {C4, C1, 5 * ONE, 0};
    struct amend_model made;
    struct amend_side side;

    amend_move(&t->model, &move, &made);
    amend_measure(&made.model, &side);
    amend_model_fini(&made);
    return side.lead;
}

static inline int64_t contrast_value(enum contrasted id, const struct tender *t)
{
    struct attribute_result *what = NULL;
    struct brings_result *brings = NULL;
    struct award_result *award = NULL;
    struct users_result *users = NULL;
    struct contrast_regret regret;
    int64_t value;

    if (id == CONTRASTED_FIDELITY)
        return contrast_fidelity(&t->model, NULL);
    if (id == CONTRASTED_AMENDED)
        return amended_lead(t);
    if (id == CONTRASTED_LEAD) {
        ck_assert_int_eq(attribute_compute(&t->model, 0, 0, 0, &what), ERR_OK);
        value = what->criteria[C1].lead;
    } else if (id == CONTRASTED_PRICE) {
        ck_assert_int_eq(brings_compute(&t->model, &brings), ERR_OK);
        value = brings->needs[N3].price;
    } else {
        ck_assert_int_eq(award_compute(&t->model, &award), ERR_OK);
        ck_assert_int_eq(users_compute(&t->model, &users), ERR_OK);
        ck_assert(contrast_regret(award, users, CONTRAST_CAPTIVES, &regret));
        value = regret.users;
    }
    attribute_free(&what);
    brings_free(&brings);
    award_free(&award);
    users_free(&users);
    return value;
}

#endif
