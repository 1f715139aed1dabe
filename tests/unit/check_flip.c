/* SPDX-License-Identifier: Apache-2.0
 *
 * check_flip.c - the rank paradox against tenders without one bid.
 */
#include "tests/unit/tender.h"
#include "value/award/award.h"

#include <check.h>
#include <stdlib.h>

#define ROUNDS 60

/* Up to sixteen bids, in which few rules can be told from few bids. */
static void draw_many(struct tender *t, uint64_t *seed, enum price_rule rule)
{
    struct model *m = &t->model;

    tender_drawn(t, seed);
    m->elements_n = m->effects_n = 0;
    m->bids_n = (size_t)draw_from(seed, 2, AT_MOST);
    m->ours = (size_t)draw_from(seed, 0, (int64_t)m->bids_n - 1);
    m->criteria_n = 3;
    m->tie = (enum tie_rule)draw_from(seed, 0, 3);
    m->max_pass =
        (size_t)draw_from(seed, 0, 1) * (size_t)draw_from(seed, 1, 12);
    for (size_t k = 0; k < 3; k++) {
        t->criteria[k] = quality(draw_from(seed, 5, 40) * ONE, 10 * ONE);
        draw_needs(&t->criteria[k], seed);
        t->criteria[k].deciding_at = 1;
    }
    t->criteria[0].is_price = true;
    t->criteria[0].rule = rule;
    t->criteria[0].expression = rule == RULE_EXPRESSION
                                    ? "wp * max(0, 1 - p / pavg / 2)"
                                    : "q * pmed / p";
    for (size_t b = 0; b < m->bids_n; b++) {
        t->bids[b] =
            (struct model_bid){.price = exactly(draw_from(seed, 80, 120) * ONE),
                .cost = MODEL_ABSENT,
                .date = draw_from(seed, 0, 3)};
        *mark_at(t, b, 0) = not_recorded();
        for (size_t k = 1; k < 3; k++)
            *mark_at(t, b, k) = exactly(draw_from(seed, 12, 20) * ONE / 2);
    }
}

/* The tender as if a bid had not been made. */
static void leave_out(const struct tender *t, size_t without, struct tender *to)
{
    struct model *m = &to->model;
    size_t n = t->model.criteria_n;

    *to = *t;
    m->criteria = to->criteria;
    m->bids = to->bids;
    m->marks = to->marks;
    m->segments = to->segments;
    m->needs = to->needs;
    m->elements = to->elements;
    m->effects = to->effects;
    m->covers = to->covers;
    m->importance = to->importance;
    m->relates = to->relates;
    m->needs_n = m->segments_n = 0;
    m->bids_n--;
    m->ours -= m->ours > without;
    for (size_t b = without; b < m->bids_n; b++) {
        to->bids[b] = t->bids[b + 1];
        for (size_t k = 0; k < n; k++)
            to->marks[b * n + k] = t->marks[(b + 1) * n + k];
    }
}

/* Whether others win without it, and it was not the only one who did. */
static bool is_paradox(
    const struct tender *t, const struct award_result *a, size_t without)
{
    static struct tender other;
    struct award_result *b = NULL;
    bool differs = false;
    size_t leaders = 0;

    for (size_t i = 0; i < a->bids_n; i++)
        leaders += a->bids[i].wins;
    if (without == a->ours || !a->bids[without].admitted ||
        (a->bids[without].wins && leaders == 1))
        return false;
    leave_out(t, without, &other);
    ck_assert_int_eq(award_compute(&other.model, &b), ERR_OK);
    for (size_t i = 0; i < b->bids_n; i++)
        differs =
            differs || b->bids[i].wins != a->bids[i + (i >= without)].wins;
    award_free(&b);
    return differs;
}

START_TEST(a_paradox_is_one_of_the_tender_without_the_bid)
{
    uint64_t seed = (uint64_t)_i * 31 + 7;
    size_t found = 0;

    for (int round = 0; round < ROUNDS; round++) {
        static struct tender t;
        struct award_result *a = NULL;
        size_t next = 0;

        draw_many(&t, &seed, (enum price_rule)_i);
        ck_assert_int_eq(award_compute(&t.model, &a), ERR_OK);
        for (size_t i = 0; i < a->bids_n; i++) {
            bool told =
                next < a->paradoxes_n && a->paradoxes[next].without == i;
            ck_assert_msg(is_paradox(&t, a, i) == told,
                "rule %d round %d bid %zu of %zu: told %d", _i, round, i,
                a->bids_n, told);
            next += told;
        }
        found += next;
        award_free(&a);
    }
    /* Of a rule that looks at both ends of the prices there are some. */
    if (_i == RULE_MIN_MAX)
        ck_assert_uint_gt(found, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("value/firm/flip");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 60);
    tcase_add_loop_test(all, a_paradox_is_one_of_the_tender_without_the_bid,
        RULE_NONE + 1, RULE_COUNT);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
