/* SPDX-License-Identifier: Apache-2.0
 *
 * check_client.c - each rule by which somebody is a client, and the order in
 * which they take their turn.
 */
#include "value/people/client.h"

#include <check.h>

#define N MODEL_ABSENT

/* Two that decide or use between enough; a row changes what it is about. */
static const struct {
    struct client_facts facts;
    size_t recorded, reachable;
    int64_t degree;
    enum client_rule award, use, whole;
} cases[] = {
    /* The award. */
    {{.decides = true, .deciders_known = true, .bids = 2}, 0, 0, N,
        CLIENT_RULE_DECIDES, CLIENT_RULE_NOT_USER, CLIENT_RULE_DECIDES},
    {{.decides = true, .deciders_known = true, .bids = 1}, 0, 0, N,
        CLIENT_RULE_SINGLE_BID, CLIENT_RULE_NOT_USER, CLIENT_RULE_SINGLE_BID},
    {{.decides = true, .deciders_known = true}, 0, 0, N, CLIENT_RULE_NO_BIDS,
        CLIENT_RULE_NOT_USER, CLIENT_RULE_NO_BIDS},
    {{.decides = true, .employed = true, .bids = 2}, 0, 0, N,
        CLIENT_RULE_ACTS_FOR, CLIENT_RULE_NOT_USER, CLIENT_RULE_ACTS_FOR},
    {{.buys = true, .employed = true, .bids = 2}, 0, 0, N, CLIENT_RULE_ACTS_FOR,
        CLIENT_RULE_NOT_USER, CLIENT_RULE_ACTS_FOR},
    {{.buys = true, .bids = 2}, 0, 0, N, CLIENT_RULE_BUYS_FOR,
        CLIENT_RULE_NOT_USER, CLIENT_RULE_BUYS_FOR},
    {{.prescribes = true, .bids = 2}, 0, 0, N, CLIENT_RULE_PRESCRIBES,
        CLIENT_RULE_NOT_USER, CLIENT_RULE_PRESCRIBES},
    {{.represents = true, .bids = 2}, 0, 0, N, CLIENT_RULE_REPRESENTS,
        CLIENT_RULE_NOT_USER, CLIENT_RULE_REPRESENTS},
    {{.bids = 2}, 0, 0, N, CLIENT_RULE_NO_DECIDER, CLIENT_RULE_NOT_USER,
        CLIENT_RULE_NO_DECIDER},
    {{.pays = true, .bids = 2}, 0, 0, N, CLIENT_RULE_PAYS_ONLY,
        CLIENT_RULE_PAYS_ONLY, CLIENT_RULE_PAYS_ONLY},
    /* The use, where the award is decisive. */
    {{.uses = true, .deciders_known = true, .bids = 2}, 3, 3, 3000000,
        CLIENT_RULE_OTHERS_DECIDE, CLIENT_RULE_CHOOSES,
        CLIENT_RULE_OTHER_CHOICE},
    {{.uses = true, .deciders_known = true}, 3, 2, 1499999,
        CLIENT_RULE_OTHERS_DECIDE, CLIENT_RULE_NEAR_CAPTIVE,
        CLIENT_RULE_NEAR_CAPTIVE},
    {{.uses = true, .deciders_known = true}, 2, 2, 1500000,
        CLIENT_RULE_OTHERS_DECIDE, CLIENT_RULE_CHOOSES,
        CLIENT_RULE_OTHER_CHOICE},
    {{.uses = true, .deciders_known = true}, 3, 1, 1000000,
        CLIENT_RULE_OTHERS_DECIDE, CLIENT_RULE_CAPTIVE, CLIENT_RULE_CAPTIVE},
    {{.uses = true, .deciders_known = true}, 0, 0, N, CLIENT_RULE_OTHERS_DECIDE,
        CLIENT_RULE_NO_REACH, CLIENT_RULE_NO_REACH},
    {{.uses = true, .placed = true, .deciders_known = true}, 3, 3, 3000000,
        CLIENT_RULE_OTHERS_DECIDE, CLIENT_RULE_BENEFICIARY,
        CLIENT_RULE_BENEFICIARY},
    {{.uses = true, .bought_for = true, .deciders_known = true}, 0, 0, N,
        CLIENT_RULE_OTHERS_DECIDE, CLIENT_RULE_BOUGHT_FOR,
        CLIENT_RULE_BOUGHT_FOR},
    {{.uses_indirectly = true, .deciders_known = true}, 0, 0, N,
        CLIENT_RULE_OTHERS_DECIDE, CLIENT_RULE_INDIRECT, CLIENT_RULE_INDIRECT},
    {{.uses = true, .deciders_known = true, .towards = true}, 2, 2, 2000000,
        CLIENT_RULE_OTHERS_DECIDE, CLIENT_RULE_NOT_SUPPLIED,
        CLIENT_RULE_NOT_SUPPLIED},
    {{.uses = true, .deciders_known = true, .towards = true, .towards_n = 2}, 2,
        2, 2000000, CLIENT_RULE_OTHERS_DECIDE, CLIENT_RULE_ONE_SUPPLIER,
        CLIENT_RULE_ONE_SUPPLIER},
    {{.uses = true, .deciders_known = true, .towards = true, .towards_n = 1}, 2,
        2, 2000000, CLIENT_RULE_OTHERS_DECIDE, CLIENT_RULE_CHOOSES,
        CLIENT_RULE_OTHER_CHOICE},
    /* Other funding. */
    {{.funding = FUNDING_BLOCK_PURCHASE, .uses = true, .deciders_known = true},
        3, 3, 3000000, CLIENT_RULE_OTHERS_DECIDE, CLIENT_RULE_BLOCK,
        CLIENT_RULE_BLOCK},
    {{.funding = FUNDING_INDIVIDUAL_BUDGET,
         .uses = true,
         .deciders_known = true},
        3, 3, 3000000, CLIENT_RULE_OTHERS_DECIDE, CLIENT_RULE_CHOOSES,
        CLIENT_RULE_CHOOSES},
    {{.funding = FUNDING_THIRD_PARTY, .decides = true, .bids = 2}, 0, 0, N,
        CLIENT_RULE_DECIDES, CLIENT_RULE_NOT_USER, CLIENT_RULE_OTHER_CHOICE},
    {{.funding = FUNDING_THIRD_PARTY, .uses = true, .deciders_known = true}, 2,
        1, 1000000, CLIENT_RULE_OTHERS_DECIDE, CLIENT_RULE_CAPTIVE,
        CLIENT_RULE_CAPTIVE},
    {{.funding = FUNDING_MARKET, .buys = true, .decides = true}, 2, 2, 2000000,
        CLIENT_RULE_NO_AWARD, CLIENT_RULE_CHOOSES, CLIENT_RULE_CHOOSES},
    {{.funding = FUNDING_MARKET, .buys = true, .employed = true}, 2, 2, 2000000,
        CLIENT_RULE_ACTS_FOR, CLIENT_RULE_CHOOSES, CLIENT_RULE_CHOOSES},
};

START_TEST(the_first_rule_that_fits_answers)
{
    bool captive = cases[_i].reachable < REACH_CAPTIVE;
    const struct reach_choice choice = {.recorded = cases[_i].recorded,
        .captive = captive ? CAPTIVE_YES : CAPTIVE_NO,
        .near = !captive && cases[_i].degree < REACH_NEAR,
        .reachable = cases[_i].reachable,
        .degree = cases[_i].degree};
    struct client_result got;

    client_compute(&cases[_i].facts, &choice, &got);
    ck_assert_str_eq(
        client_rule_word(got.award), client_rule_word(cases[_i].award));
    ck_assert_str_eq(
        client_rule_word(got.use), client_rule_word(cases[_i].use));
    ck_assert_str_eq(
        client_rule_word(got.whole), client_rule_word(cases[_i].whole));
}
END_TEST

START_TEST(every_rule_has_a_word_and_a_sentence_in_both_languages)
{
    enum client_rule rule = (enum client_rule)_i;

    for (int other = 0; other < _i; other++)
        ck_assert_str_ne(
            client_rule_word((enum client_rule)other), client_rule_word(rule));
    ck_assert_str_ne(client_rule_text(rule, 0), "");
    ck_assert_str_ne(client_rule_text(rule, 1), client_rule_text(rule, 0));
    ck_assert_str_ne(client_answer_word(client_rule_answer(rule)), "");
}
END_TEST

static const struct {
    size_t payers;
    bool pays;
    int64_t share;
    enum client_rule want;
} payments[] = {
    {0, false, N, CLIENT_RULE_NO_PAYER},
    {1, true, N, CLIENT_RULE_PAYS},
    {2, true, N, CLIENT_RULE_PAYS_PART},
    {2, true, DECIMAL_ONE, CLIENT_RULE_PAYS},
    {1, true, DECIMAL_ONE - 1, CLIENT_RULE_PAYS_PART},
    {2, true, 0, CLIENT_RULE_PAYS_NOT},
    {1, false, N, CLIENT_RULE_PAYS_NOT},
};

START_TEST(a_client_by_payment_pays_all_of_it)
{
    ck_assert_str_eq(client_rule_word(client_by_payment(payments[_i].payers,
                         payments[_i].pays, payments[_i].share)),
        client_rule_word(payments[_i].want));
}
END_TEST

static const struct {
    int64_t ease, capacity, heads, want;
} hindrances[] = {
    {N, N, N, 0},
    {5000, N, N, 5000},
    {5000, 100, 1000, 9500},
    {N, 1000, 1000, 0},
    {N, 2000, 1000, 0},
    {N, 0, N, DECIMAL_ONE},
    {N, 0, 0, DECIMAL_ONE},
    {N, 50, N, 0},
    {0, N, N, DECIMAL_ONE},
    {N, 1, 3, 6667},
};

START_TEST(scarce_places_and_effort_hinder)
{
    ck_assert_int_eq(reach_hindered(hindrances[_i].ease,
                         hindrances[_i].capacity, hindrances[_i].heads),
        hindrances[_i].want);
}
END_TEST

/* Reaches of one segment: what hinders them, which are urgent. */
static const struct {
    int64_t share[3], hindered[3];
    bool urgent[3];
    size_t reachable;
    int64_t degree;
} reaches[] = {
    {{5000, 3000, 2000}, {0, 0, 0}, {0}, 3, 2631579},
    {{9000, 1000, N}, {0, 0, DECIMAL_ONE}, {0}, 2, 1219512},
    {{N, N, N}, {0, 5000, DECIMAL_ONE}, {0}, 2, 1800000},
    {{N, N, N}, {1000, 7000, DECIMAL_ONE}, {true, true, false}, 1, 1000000},
    {{N, N, N}, {7000, 7000, 1000}, {true, true, true}, 1, 1000000},
    {{N, N, N}, {0, 0, 0}, {true, true, false}, 2, 2000000},
};

START_TEST(what_is_hard_or_urgent_makes_the_choice_narrower)
{
    struct model_reach list[3];
    const struct model model = {.reaches_n = 3, .reaches = list};
    struct reach_choice got;

    for (size_t i = 0; i < 3; i++)
        list[i] = (struct model_reach){.reachable = true,
            .share = reaches[_i].share[i],
            .hindered = reaches[_i].hindered[i],
            .urgent = reaches[_i].urgent[i],
            .supplier = MODEL_NOWHERE};
    reach_choice_of(&model, 0, &got);
    ck_assert_uint_eq(got.recorded, 3);
    ck_assert_uint_eq(got.reachable, reaches[_i].reachable);
    ck_assert_int_eq(got.degree, reaches[_i].degree);
}
END_TEST

#define ALL(list) (int)(sizeof(list) / sizeof *(list))

int main(void)
{
    Suite *suite = suite_create("value/client");
    TCase *tests = tcase_create("client");

    tcase_add_loop_test(tests, the_first_rule_that_fits_answers, 0, ALL(cases));
    tcase_add_loop_test(tests,
        every_rule_has_a_word_and_a_sentence_in_both_languages, 0,
        CLIENT_RULE_COUNT);
    tcase_add_loop_test(
        tests, a_client_by_payment_pays_all_of_it, 0, ALL(payments));
    tcase_add_loop_test(
        tests, scarce_places_and_effort_hinder, 0, ALL(hindrances));
    tcase_add_loop_test(tests, what_is_hard_or_urgent_makes_the_choice_narrower,
        0, ALL(reaches));
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
