/* SPDX-License-Identifier: Apache-2.0
 *
 * check_missing.c - what is lacking is listed, blocks what it must, and no
 * computation starts on a tender that lacks it.
 */
#include "value/missing.h"

#include "tests/unit/tender.h"
#include "value/award/award.h"
#include "value/front/frontier.h"
#include "value/gap/gap.h"
#include "value/users/users.h"

#include <check.h>
#include <stdlib.h>

enum {
    D = FIGURE_DECIDER,
    U = FIGURE_USERS,
    G = FIGURE_GAP,
    F = FIGURE_FRONT,
    NONE = -1
};

static void take_weight(struct tender *t)
{
    t->criteria[C2].weight = not_recorded();
}

static void take_negative_weight(struct tender *t)
{
    t->criteria[C2].weight = exactly(-1);
}

static void take_scale(struct tender *t)
{
    t->criteria[C3].scale_max = MODEL_ABSENT;
}

static void take_zero_scale(struct tender *t)
{
    t->criteria[C3].scale_max = 0;
}

static void take_rule(struct tender *t)
{
    t->criteria[C1].rule = RULE_NONE;
}

static void take_zero_at(struct tender *t)
{
    t->criteria[C1].rule = RULE_ZERO_AT;
}

static void take_limits(struct tender *t)
{
    t->criteria[C1].rule = RULE_SET_LIMITS;
    t->criteria[C1].set_min = ONE;
}

static void take_digits(struct tender *t)
{
    t->model.round_total = -1;
}

static void take_too_many_digits(struct tender *t)
{
    t->criteria[C2].round = ROUND_TO(7);
}

static void take_ours(struct tender *t)
{
    t->model.ours = MODEL_NOWHERE;
}

static void take_price(struct tender *t)
{
    t->bids[RIV2].price = not_recorded();
}

static void take_free_price(struct tender *t)
{
    t->bids[RIV2].price = exactly(0);
}

static void take_mark(struct tender *t)
{
    *mark_at(t, RIV1, C4) = not_recorded();
}

static void take_mark_beyond(struct tender *t)
{
    *mark_at(t, RIV1, C4) = exactly(10 * ONE + 1);
}

static void take_segments(struct tender *t)
{
    t->model.segments_n = t->model.reaches_n = 0;
}

static void take_heads(struct tender *t)
{
    t->segments[CHAIR].heads = MODEL_ABSENT;
}

static void take_importance(struct tender *t)
{
    for (size_t n = 0; n < 4; n++)
        *importance_at(t, STUD, n) = MODEL_ABSENT;
}

static void take_our_covers(struct tender *t)
{
    for (size_t n = 0; n < 4; n++)
        *cover_at(t, OURS, n) = not_recorded();
}

static void take_rival_covers(struct tender *t)
{
    for (size_t n = 0; n < 4; n++)
        *cover_at(t, RIV1, n) = not_recorded();
}

static void take_cover_beyond(struct tender *t)
{
    *cover_at(t, RIV1, N3) = exactly(ONE + 1);
}

static void take_relates(struct tender *t)
{
    memset(t->relates, 0, sizeof t->relates);
}

static void take_offers(struct tender *t)
{
    t->elements[O1].always = t->elements[O3].always = true;
    t->elements[O1].group = t->elements[O3].group = 0;
}

static const struct row {
    void (*take)(struct tender *t);
    enum missing_what what;
    int blocks, criterion, bid, segment, need;
} rows[] = {
    {take_weight, MISSING_WEIGHT, D | G | F, C2, NONE, NONE, NONE},
    {take_negative_weight, MISSING_WEIGHT, D | G | F, C2, NONE, NONE, NONE},
    {take_scale, MISSING_SCALE, D | F, C3, NONE, NONE, NONE},
    {take_zero_scale, MISSING_SCALE, D | F, C3, NONE, NONE, NONE},
    {take_rule, MISSING_RULE, D | F, C1, NONE, NONE, NONE},
    {take_zero_at, MISSING_ZERO_AT, D | F, C1, NONE, NONE, NONE},
    {take_limits, MISSING_SET_LIMITS, D | F, C1, NONE, NONE, NONE},
    {take_digits, MISSING_DIGITS, D | F, NONE, NONE, NONE, NONE},
    {take_too_many_digits, MISSING_DIGITS, D | F, NONE, NONE, NONE, NONE},
    {take_ours, MISSING_OURS, D | U | F, NONE, NONE, NONE, NONE},
    {take_price, MISSING_PRICE, D | F, NONE, RIV2, NONE, NONE},
    {take_free_price, MISSING_PRICE_RANGE, D | F, C1, RIV2, NONE, NONE},
    {take_mark, MISSING_MARK, D | F, C4, RIV1, NONE, NONE},
    {take_mark_beyond, MISSING_MARK_RANGE, D | F, C4, RIV1, NONE, NONE},
    {take_segments, MISSING_SEGMENT, U | G | F, NONE, NONE, NONE, NONE},
    {take_heads, MISSING_HEADS, G | F, NONE, NONE, CHAIR, NONE},
    {take_importance, MISSING_IMPORTANCE, 0, NONE, NONE, STUD, NONE},
    {take_our_covers, MISSING_COVER, U | F, NONE, OURS, NONE, NONE},
    {take_rival_covers, MISSING_COVER, 0, NONE, RIV1, NONE, NONE},
    {take_cover_beyond, MISSING_COVER_RANGE, U | F, NONE, RIV1, NONE, N3},
    {take_relates, MISSING_RELATES, G, NONE, NONE, NONE, NONE},
    {take_offers, MISSING_OFFER, F, NONE, NONE, NONE, NONE},
};

static size_t index_of(int index)
{
    return index == NONE ? MODEL_NOWHERE : (size_t)index;
}

START_TEST(one_missing_fact_is_one_row_that_blocks_what_it_must)
{
    const struct row *row = &rows[_i];
    struct missing *got;
    size_t n;
    struct tender t;
    tender_golden(&t);
    row->take(&t);

    missing_list(&t.model, &got, &n);

    ck_assert_uint_eq(n, 1);
    ck_assert_int_eq(got->what, row->what);
    ck_assert_int_eq((int)got->blocks, row->blocks);
    ck_assert_uint_eq(got->criterion, index_of(row->criterion));
    ck_assert_uint_eq(got->bid, index_of(row->bid));
    ck_assert_uint_eq(got->segment, index_of(row->segment));
    ck_assert_uint_eq(got->need, index_of(row->need));
    free(got);
}
END_TEST

/* Each computation answers ERR_STATE when, and only when, a row blocks it. */
static void compare_answers(const struct model *model)
{
    struct award_result *award = NULL;
    struct users_result *users = NULL;
    struct gap_result *gap = NULL;
    const struct frontier_ask ask = {
        .cost = FRONTIER_PRICE, .budget = MODEL_ABSENT};
    struct frontier_found *front = NULL;

    ck_assert_int_eq(award_compute(model, &award),
        missing_blocks(model, D) ? ERR_STATE : ERR_OK);
    ck_assert_int_eq(users_compute(model, &users),
        missing_blocks(model, U) ? ERR_STATE : ERR_OK);
    ck_assert_int_eq(gap_compute(model, &gap),
        missing_blocks(model, G) ? ERR_STATE : ERR_OK);
    ck_assert_int_eq(frontier_compute(model, &ask, &front),
        missing_blocks(model, F) ? ERR_STATE : ERR_OK);
    ck_assert_int_eq(award == NULL, missing_blocks(model, D));
    award_free(&award);
    users_free(&users);
    gap_free(&gap);
    frontier_free(&front);
}

START_TEST(no_computation_starts_on_what_lacks_its_facts)
{
    struct tender t;
    tender_golden(&t);
    rows[_i].take(&t);

    compare_answers(&t.model);
}
END_TEST

START_TEST(the_golden_tender_lacks_nothing)
{
    struct missing *got;
    size_t n;
    struct tender t;
    tender_golden(&t);

    missing_list(&t.model, &got, &n);

    ck_assert_uint_eq(n, 0);
    free(got);
    compare_answers(&t.model);
}
END_TEST

START_TEST(an_empty_tender_lacks_its_four_beginnings)
{
    static const enum missing_what want[] = {
        MISSING_CRITERION, MISSING_OURS, MISSING_SEGMENT, MISSING_NEED};
    struct missing *got;
    size_t n;
    struct tender t;
    tender_empty(&t);

    missing_list(&t.model, &got, &n);

    ck_assert_uint_eq(n, 4);
    for (size_t i = 0; i < n; i++)
        ck_assert_int_eq(got[i].what, want[i]);
    free(got);
    compare_answers(&t.model);
}
END_TEST

START_TEST(weights_that_are_all_zero_are_one_row)
{
    struct missing *got;
    size_t n;
    struct tender t;
    tender_golden(&t);
    for (size_t k = 0; k < 4; k++)
        t.criteria[k].weight = exactly(0);

    missing_list(&t.model, &got, &n);

    ck_assert_uint_eq(n, 1);
    ck_assert_int_eq(got[0].what, MISSING_WEIGHTS);
    free(got);
    compare_answers(&t.model);
}
END_TEST

START_TEST(without_any_importance_users_are_blocked)
{
    struct tender t;
    tender_golden(&t);
    memset(t.importance, 0, sizeof t.importance);

    ck_assert(missing_blocks(&t.model, U));
    ck_assert(missing_blocks(&t.model, G));
    ck_assert(!missing_blocks(&t.model, D));
    compare_answers(&t.model);
}
END_TEST

START_TEST(a_head_count_that_is_not_needed_blocks_nothing)
{
    struct missing *got;
    size_t n;
    struct tender t;
    tender_golden(&t);
    take_importance(&t);
    t.segments[STUD].heads = MODEL_ABSENT;

    missing_list(&t.model, &got, &n);

    ck_assert_uint_eq(n, 2);
    ck_assert_int_eq(got[1].what, MISSING_HEADS);
    ck_assert_uint_eq(got[1].blocks, 0);
    free(got);
}
END_TEST

START_TEST(heads_that_are_all_zero_are_a_row_each)
{
    struct missing *got;
    size_t n;
    struct tender t;
    tender_golden(&t);
    for (size_t s = 0; s < 3; s++)
        t.segments[s].heads = 0;

    missing_list(&t.model, &got, &n);

    ck_assert_uint_eq(n, 3);
    ck_assert_uint_eq(got[2].segment, 2);
    ck_assert_uint_eq(got[2].blocks, G | F);
    free(got);
    compare_answers(&t.model);
}
END_TEST

START_TEST(prices_are_not_asked_for_where_no_criterion_looks_at_them)
{
    struct missing *got;
    size_t n;
    struct tender t;
    tender_golden(&t);
    take_price(&t);
    t.criteria[C1] = quality(40 * ONE, 10 * ONE);
    for (size_t b = 0; b < 3; b++)
        *mark_at(&t, b, C1) = exactly(ONE);

    missing_list(&t.model, &got, &n);

    ck_assert_uint_eq(n, 0);
    free(got);
}
END_TEST

START_TEST(every_kind_of_row_has_a_word_and_two_sentences)
{
    ck_assert_uint_gt(strlen(missing_word((enum missing_what)_i)), 2);
    ck_assert_uint_gt(strlen(missing_text((enum missing_what)_i, 0)), 10);
    ck_assert_uint_gt(strlen(missing_text((enum missing_what)_i, 1)), 10);
    ck_assert_str_ne(missing_text((enum missing_what)_i, 0),
        missing_text((enum missing_what)_i, 1));
}
END_TEST

/* Takes facts away at random from tenders made up; nothing may crash. */
START_TEST(tenders_with_holes_are_refused_or_computed)
{
    uint64_t seed = 51;

    for (int round = 0; round < 1500; round++) {
        struct tender t;
        tender_drawn(&t, &seed);
        for (int64_t holes = draw_from(&seed, 0, 4); holes > 0; holes--) {
            size_t at = (size_t)draw_from(&seed, 0, 3);
            void (*take)(struct tender *) = rows[draw_from(&seed, 0, 9)].take;
            switch (draw_from(&seed, 0, 8)) {
            case 0:
                t.bids[at].price = not_recorded();
                break;
            case 1:
                t.marks[at] = not_recorded();
                break;
            case 2:
                t.covers[at] = not_recorded();
                break;
            case 3:
                t.segments[at].heads = MODEL_ABSENT;
                break;
            case 4:
                t.importance[at] = MODEL_ABSENT;
                break;
            case 5:
                t.relates[at] = 0;
                break;
            case 6:
                t.model.bids_n = (size_t)draw_from(&seed, 0, 1);
                t.model.ours = t.model.bids_n ? 0 : MODEL_NOWHERE;
                break;
            case 7:
                t.criteria[at].weight = exactly(0);
                break;
            case 8:
                take(&t);
                break;
            }
        }
        compare_answers(&t.model);
    }
}
END_TEST

#define ROWS(table) (int)(sizeof(table) / sizeof *(table))

int main(void)
{
    Suite *suite = suite_create("value/missing");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 60);
    tcase_add_loop_test(all,
        one_missing_fact_is_one_row_that_blocks_what_it_must, 0, ROWS(rows));
    tcase_add_loop_test(
        all, no_computation_starts_on_what_lacks_its_facts, 0, ROWS(rows));
    tcase_add_test(all, the_golden_tender_lacks_nothing);
    tcase_add_test(all, an_empty_tender_lacks_its_four_beginnings);
    tcase_add_test(all, weights_that_are_all_zero_are_one_row);
    tcase_add_test(all, without_any_importance_users_are_blocked);
    tcase_add_test(all, a_head_count_that_is_not_needed_blocks_nothing);
    tcase_add_test(all, heads_that_are_all_zero_are_a_row_each);
    tcase_add_test(
        all, prices_are_not_asked_for_where_no_criterion_looks_at_them);
    tcase_add_loop_test(
        all, every_kind_of_row_has_a_word_and_two_sentences, 0, MISSING_COUNT);
    tcase_add_test(all, tenders_with_holes_are_refused_or_computed);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
