/* SPDX-License-Identifier: Apache-2.0
 *
 * check_formulas.c - each row of formulas.def has a vector that holds.
 */
#include "tests/unit/formula_aids.h"
#include "tests/unit/formula_market.h"
#include "tests/unit/formula_users.h"
#include "tests/unit/formula_vectors.h"
#include "value/award/award.h"
#include "value/award/low_price.h"
#include "value/award/price.h"
#include "value/chance/simulate.h"
#include "value/chance/simulate_confidence.h"
#include "value/chance/wilson.h"
#include "value/firm/attribute.h"
#include "value/firm/orders.h"
#include "value/firm/shapley.h"
#include "value/firm/stability.h"
#include "value/formula.h"
#include "value/front/front.h"
#include "value/gap/gap.h"
#include "value/gap/kendall.h"
#include "value/people/likeness.h"
#include "value/people/power.h"
#include "value/users/users.h"
#include "value/users/worth.h"

#include <check.h>
#include <stdlib.h>

/* A decider, a prescriber and a user. */
static int64_t influence_of_prescriber(void)
{
    const int64_t listens[] = {
        5000, 3000, 2000, 1000, 8000, 1000, 0, 2000, 8000};
    const int64_t votes[] = {ONE, 0, 0};
    int64_t weights[3];

    power_influence(listens, 3, votes, weights);
    return weights[1];
}

/* Centralised 8 against 2, by web and phone against web and shop, a rhythm that
 * only one side has. */
static int64_t distance_of_profiles(void)
{
    const int64_t sides[] = {likeness_level(8 * ONE, 2 * ONE), MODEL_ABSENT,
        likeness_words("web,phone", "web,shop")};
    size_t known;
    int64_t distance = likeness_mean(sides, 3, &known);

    ck_assert_uint_eq(known, 2);
    return distance;
}

/* 60112000 against 60130000, 400 against 500, price 40 of 100 against 60. */
static int64_t distance_of_tenders(void)
{
    const int64_t ours[] = {40 * ONE, 60 * ONE};
    const int64_t past[] = {60 * ONE, 40 * ONE};
    const int64_t sides[] = {likeness_code("60112000", "60130000"),
        likeness_number(400 * ONE, 500 * ONE), likeness_weights(ours, past, 2)};
    size_t known;

    return likeness_mean(sides, 3, &known);
}

/* Points of the dearer of two prices 80 and 100, of 100 points. */
static int64_t points_of(struct model_criterion by)
{
    const int64_t prices[] = {80 * ONE, 100 * ONE};
    int64_t points[2];
    struct price_used used;

    by.is_price = true;
    by.weight = exactly(100 * ONE);
    ck_assert_int_eq(price_points(&by, prices, NULL, 2, points, &used), ERR_OK);
    return points[1];
}

/* The total of a price, for quality points of so many. */
static int64_t total_of(struct model_criterion by, int64_t weight,
    int64_t price, int64_t quality, int64_t all)
{
    struct price_field field;
    struct price_bid bid;
    mpq_t p, q, total;

    by.weight = exactly(weight * ONE);
    mpq_inits(p, q, total, NULL);
    price_field_init(&field);
    mpq_set_si(p, price, 1);
    mpq_set_si(q, quality, 1);
    price_field_set(&field, &p, &q, NULL, 1);
    mpq_set_si(field.best, all, 1);
    mpq_set_si(field.all_quality, all, 1);
    bid = (struct price_bid){p, q, 0};
    price_total(&by, &bid, &field, total);
    int64_t micro = fraction_micro(total, FRACTION_HALF_UP);
    price_field_fini(&field);
    mpq_clears(p, q, total, NULL);
    return micro;
}

/* Up to which price we win with more quality than two others, of whom the
 * nearer has .8 at 82, within 5 percent of the best. */
static int64_t corridor_price(void)
{
    static const int64_t marks[] = {90, 85, 80};
    static const int64_t prices[] = {100, 90, 82};
    struct award_result *made = NULL;
    struct tender t;

    tender_empty(&t);
    t.model.criteria_n = 2;
    t.model.bids_n = 3;
    t.model.ours = 0;
    t.criteria[0] = quality(50 * ONE, 100 * ONE);
    t.criteria[1] = priced(50 * ONE, RULE_QUALITY_CORRIDOR);
    t.criteria[1].corridor = ONE / 20;
    t.criteria[1].deciding = DECIDING_QUALITY;
    for (size_t b = 0; b < 3; b++) {
        t.bids[b].price = exactly(prices[b] * ONE);
        *mark_at(&t, b, 0) = exactly(marks[b] * ONE);
    }
    ck_assert_int_eq(award_compute(&t.model, &made), ERR_OK);
    int64_t price = made->to_win_price;
    award_free(&made);
    return price;
}

#define BY(...) ((struct model_criterion){__VA_ARGS__})

static int64_t rule_value(enum formula id)
{
    switch (id) {
    case FORMULA_A1:
        return points_of(BY(.rule = RULE_LOWEST_RATIO));
    case FORMULA_A2:
        return points_of(BY(.rule = RULE_LOWEST_POWER, .power = 2 * ONE));
    case FORMULA_A3:
        return points_of(BY(.rule = RULE_MIN_MAX));
    case FORMULA_A4:
        return points_of(BY(.rule = RULE_ZERO_AT, .zero_at = ONE * 3 / 2));
    case FORMULA_A5:
        return points_of(BY(.rule = RULE_ZERO_AT, .zero_at = 2 * ONE));
    case FORMULA_A6:
        return points_of(BY(.rule = RULE_LOWEST_LOG, .zero_at = 2 * ONE));
    case FORMULA_A7:
        return points_of(BY(.rule = RULE_MEAN_LINEAR));
    case FORMULA_B1:
        return total_of(
            BY(.rule = RULE_QUALITY_PER_PRICE, .reference = 100000 * ONE), 1,
            110000, 8, 10);
    case FORMULA_B2:
        return corridor_price();
    case FORMULA_B3:
        return total_of(BY(.rule = RULE_QUALITY_POWER, .reference = 100 * ONE),
            5, 100, 8, 10);
    case FORMULA_B4:
        return total_of(BY(.rule = RULE_UTILITY_INDEX), 60, 100, 28, 40);
    case FORMULA_B5:
        return total_of(
            BY(.rule = RULE_SUPERFORMULA, .power = -ONE, .reference = 100 * ONE,
                .reference_quality = ONE * 7 / 10),
            1, 130, 10, 10);
    case FORMULA_C1:
        return total_of(BY(.rule = RULE_VALUE_OFF_PRICE), 1, 80000, 1500, 2500);
    case FORMULA_C2:
        return total_of(BY(.rule = RULE_SURCHARGE), 40, 100, 48, 60);
    case FORMULA_C3:
        return total_of(BY(.rule = RULE_PRICE_PER_QUALITY), 1, 85, 85, 100);
    case FORMULA_D1:
        return points_of(BY(.rule = RULE_SET_LIMITS, .set_min = 60 * ONE,
            .set_max = 140 * ONE));
    case FORMULA_D2:
        return points_of(BY(.rule = RULE_DISCOUNT_POWER, .power = ONE / 2,
            .set_max = 150 * ONE));
    case FORMULA_F10:
        return total_of(BY(.rule = RULE_NORMALISED_PRICE), 80, 475000, 15, 20);
    default:
        return MODEL_ABSENT;
    }
}

static int64_t award_value(enum formula id)
{
    struct award_result *award = NULL;
    int64_t value = MODEL_ABSENT;
    struct tender t;

    tender_golden(&t);
    if (id == FORMULA_F11)
        t.bids[OURS].bonus = 10 * ONE;
    if (id == FORMULA_F13)
        t.criteria[C2].min_score = 7 * ONE;
    ck_assert_int_eq(award_compute(&t.model, &award), ERR_OK);
    if (id == FORMULA_F11)
        value = award->bids[OURS].points;
    if (id == FORMULA_F13)
        value = award->bids[OURS].points;
    if (id == FORMULA_F15)
        value = award->paradoxes[0].points[OURS];
    if (id == FORMULA_F16)
        value = award->criteria[C1].flip.change;
    award_free(&award);
    return value;
}

static int64_t chance(void)
{
    struct simulate_ask ask = {.seed = 1, .draws = 128};
    struct simulate_result *r = NULL;
    struct tender t;

    tender_golden(&t);
    ck_assert_int_eq(simulate_run(&t.model, 0, &ask, &r), ERR_OK);
    int64_t wins = r->bids[RIV2].wins;
    simulate_result_free(&r);
    return wins;
}

static int64_t people_value(enum formula id)
{
    switch (id) {
    case FORMULA_F31:
        return power_salience(0, 8 * ONE, 8 * ONE);
    case FORMULA_F33:
        return power_status_of(
            (const bool[POWER_ROLES]){true, true, false, true}, false);
    case FORMULA_F35:
        return influence_of_prescriber();
    case FORMULA_P2:
        return power_wait(3, 14);
    case FORMULA_P3:
        return distance_of_profiles();
    case FORMULA_P4:
        return distance_of_tenders();
    default:
        return MODEL_ABSENT;
    }
}

static int64_t small_value(enum formula id)
{
    static const int64_t prices[] = {
        280 * ONE, 480 * ONE, 500 * ONE, 520 * ONE};
    static const int64_t chances[] = {7500, 8200, 6700, 8800};
    static const int64_t answers[] = {55 * ONE, 80 * ONE, 70 * ONE, 40 * ONE};
    static const int64_t weights[] = {40 * ONE, 30 * ONE, 20 * ONE, 10 * ONE};
    static const int64_t forecasts[] = {7000, 4000, 2000};
    static const bool happened[] = {true, false, true};
    static const int64_t marks[] = {6 * ONE, 8 * ONE, 9 * ONE};
    static const int64_t emotions[] = {ONE, -4 * ONE, 2 * ONE, 3 * ONE};
    static const size_t kano[KANO_COUNT] = {10, 20, 12, 8};
    int64_t one, two, three;
    bool fails;

    switch (id) {
    case FORMULA_F12:
        return formula_centroid(1, 4);
    case FORMULA_F14:
        ck_assert(low_price_limit(LOW_OTHERS, prices, 4, 0, &one, &fails));
        ck_assert(fails);
        return one;
    case FORMULA_F17:
        return chance();
    case FORMULA_F18:
        ck_assert_int_eq(formula_gates(chances, 4), 458348);
        return formula_friedman(chances, 4);
    case FORMULA_F19:
        ck_assert_int_eq(formula_expected(3500, 400 * ONE, 60 * ONE), 80000000);
        return formula_mean(answers, weights, 4);
    case FORMULA_F20:
        return formula_brier(forecasts, happened, 3);
    case FORMULA_F21:
        formula_spread(marks, 3, &one, &two, &three);
        ck_assert_int_eq(one, 7666667);
        ck_assert_int_eq(three, 3000000);
        return two;
    case FORMULA_F22:
        return formula_option(4 * ONE, 6 * ONE, ONE * 4 / 10);
    case FORMULA_F24:
        return formula_opportunity(85000, 42000);
    case FORMULA_F25:
        formula_better(kano, &one, &two);
        ck_assert_int_eq(two, -600000);
        return one;
    case FORMULA_F26:
        return formula_qfd(5 * ONE, 5 * ONE, 3 * ONE, ONE * 3 / 2);
    case FORMULA_F29:
        return formula_peak_end(emotions, 4);
    case FORMULA_F30:
        return formula_readability(20 * ONE, ONE * 16 / 10);
    case FORMULA_F30B:
        return formula_flesch(20 * ONE, ONE * 15 / 10);
    case FORMULA_F32:
        return formula_attention(8 * ONE, 2 * ONE);
    case FORMULA_F36:
        return formula_load(ONE, ONE / 2, 4, ONE * 8 / 10, ONE * 2 / 10);
    default:
        return people_value(id);
    }
}

static int64_t user_value(enum formula id, const struct tender *t)
{
    struct users_result *users = NULL;
    struct gap_result *gap = NULL;
    const struct frontier_ask ask = {
        .cost = FRONTIER_PRICE, .budget = MODEL_ABSENT};
    struct frontier_found *found = NULL;
    struct front_discount discount;
    int64_t value, relative;

    if (id == FORMULA_E1) {
        value = value_less_effort();
    } else if (id == FORMULA_G1) {
        ck_assert_int_eq(gap_compute(&t->model, &gap), ERR_OK);
        value = gap->divergence;
        gap_free(&gap);
    } else if (id == FORMULA_G7) {
        ck_assert_int_eq(frontier_compute(&t->model, &ask, &found), ERR_OK);
        front_discount_of(
            &t->model, ask.cost, found, found->users_best, &discount);
        value = discount.cut;
        frontier_free(&found);
    } else {
        ck_assert_int_eq(users_compute(&t->model, &users), ERR_OK);
        value = users->bids[OURS].mean;
        if (id == FORMULA_F27)
            value = worth_of(&t->model, users, OURS, &relative);
        if (id == FORMULA_F28)
            value = users->segments[NIGHT].choice.degree;
        users_free(&users);
    }
    return value;
}

static int64_t firm_value(enum formula id, const struct tender *t)
{
    struct stability_result *r = NULL;

    ck_assert_int_eq(stability_compute(&t->model, &r), ERR_OK);
    int64_t value =
        id == FORMULA_S1 ? r->criteria[C4].low : r->rivals[OURS].mass;
    stability_free(&r);
    return value;
}

/* a (.6 .8 .5) against b (.8 .5 .6), the first criterion before the second and
 * that before the third; of so many draws, exactly so many. */
static int64_t order_value(void)
{
    static const int64_t marks[] = {6000, 8000, 5000, 8000, 5000, 6000};
    const struct orders_ask ask = {.seed = 1, .draws = 12800};
    struct orders_result *made = NULL;
    struct tender t;

    tender_empty(&t);
    t.model.bids_n = 2;
    t.model.criteria_n = 3;
    t.model.ours = 0;
    for (size_t k = 0; k < 3; k++)
        t.criteria[k] = quality(ONE, ONE);
    for (size_t i = 0; i < 6; i++)
        t.marks[i] = exactly(marks[i]);
    ck_assert_int_eq(orders_compute(&t.model, &ask, &made), ERR_OK);
    int64_t value = made->wins[0];
    orders_free(&made);
    return value;
}

/* The golden tender with weights and a price that are not sure. */
static int64_t confidence_value(void)
{
    const struct simulate_ask ask = {.seed = 1, .draws = 12800};
    struct simulate_result *result = NULL;
    int64_t confidence[3];
    bool stopped;
    struct tender t;

    tender_golden(&t);
    t.criteria[C1].weight = (struct estimate){30 * ONE, 40 * ONE, 50 * ONE};
    t.criteria[C2].weight = (struct estimate){30 * ONE, 35 * ONE, 40 * ONE};
    t.bids[RIV2].price = (struct estimate){570 * ONE, 600 * ONE, 640 * ONE};
    ck_assert_int_eq(simulate_run(&t.model, 0, &ask, &result), ERR_OK);
    ck_assert_int_eq(
        simulate_confidence(&t.model, 0, &ask, result, confidence, &stopped),
        ERR_OK);
    simulate_result_free(&result);
    return confidence[OURS];
}

static int64_t other_value(enum formula id)
{
    static const int64_t a[] = {12, 2, 1, 12, 2};
    static const int64_t b[] = {1, 4, 7, 1, 0};
    struct tender t;
    int64_t tau = 0;

    tender_golden(&t);
    switch (id) {
    case FORMULA_E2:
        return gain_over_today();
    case FORMULA_E3:
    case FORMULA_P1:
    case FORMULA_F37:
    case FORMULA_F38:
        return market_value(id);
    case FORMULA_F25B:
        t.needs[N3].must_threshold = ONE * 6 / 10;
        return user_value(FORMULA_F23, &t);
    case FORMULA_F23:
    case FORMULA_F27:
    case FORMULA_F28:
    case FORMULA_E1:
    case FORMULA_G1:
    case FORMULA_G7:
        return user_value(id, &t);
    case FORMULA_G4:
        ck_assert(kendall_tau(a, b, 5, &tau));
        return tau;
    case FORMULA_F39:
        return contrast_value(CONTRASTED_LEAD, &t);
    case FORMULA_G5:
        return contrast_value(CONTRASTED_REGRET, &t);
    case FORMULA_G6:
        return contrast_value(CONTRASTED_PRICE, &t);
    case FORMULA_G8:
        return contrast_value(CONTRASTED_FIDELITY, &t);
    case FORMULA_G9:
        return contrast_value(CONTRASTED_AMENDED, &t);
    case FORMULA_S1:
    case FORMULA_S2:
        return firm_value(id, &t);
    case FORMULA_S4:
        return order_value();
    case FORMULA_S5:
        return confidence_value();
    case FORMULA_S6:
        wilson_interval(500000, 100, &tau, &(int64_t){0});
        return tau;
    case FORMULA_S3: {
        struct attribute_result *r = NULL;
        ck_assert_int_eq(attribute_compute(&t.model, 6, 0, 0, &r), ERR_OK);
        tau = r->elements[0].points.share;
        attribute_free(&r);
        return tau;
    }
    default:
        return MODEL_ABSENT;
    }
}

_Static_assert(
    sizeof formula_vectors / sizeof *formula_vectors == FORMULA_COUNT,
    "every formula has a vector");

START_TEST(every_formula_has_a_vector_that_holds)
{
    static const char *const words[] = {
#define FORMULA(id, en, fr, source, unit, where) #id ": " en,
#include "value/formulas.def"
#undef FORMULA
    };
    enum formula id = (enum formula)_i;
    int64_t got = rule_value(id);

    if (got == MODEL_ABSENT)
        got = award_value(id);
    if (got == MODEL_ABSENT)
        got = small_value(id);
    if (got == MODEL_ABSENT)
        got = other_value(id);
    if (got == MODEL_ABSENT)
        got = aid_value(id);
    ck_assert_msg(
        got == formula_vectors[id], "%s is %lld", words[id], (long long)got);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("value/formulas");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 60);
    tcase_add_loop_test(
        all, every_formula_has_a_vector_that_holds, 0, FORMULA_COUNT);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
