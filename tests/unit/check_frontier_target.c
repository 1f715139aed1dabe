/* SPDX-License-Identifier: Apache-2.0
 *
 * check_frontier_target.c - what a mark or a coverage earns with some of its
 * effects, in whole numbers, is what exact fractions make of it, rounded down
 * once at the end.
 */
#include "value/front/frontier_inside.h"

#include "tests/unit/frontier_kit.h"

/* What is left open of a coverage, by its shares. */
static void leave_open(
    const struct frontier_target *t, const struct frontier_set *set, mpq_t open)
{
    mpq_t share;

    mpq_init(share);
    for (size_t i = 0; i < t->changes_n; i++) {
        const struct frontier_change *c = &t->changes[i];
        if (c->combine != COMBINE_COMPLEMENT ||
            (c->at != MODEL_NOWHERE && !frontier_has(set, c->at)))
            continue;
        fraction_set(share, c->by >= ONE ? 0 : ONE - c->by);
        mpq_mul(open, open, share);
    }
    mpq_clear(share);
}

static int64_t sum_of(
    const struct frontier_target *t, const struct frontier_set *set)
{
    int64_t sum = t->base;
    int64_t top = 0;
    int64_t low = 0;

    for (size_t i = 0; i < t->changes_n; i++) {
        const struct frontier_change *c = &t->changes[i];
        if (c->at != MODEL_NOWHERE && !frontier_has(set, c->at))
            continue;
        sum += c->combine == COMBINE_ADD ? c->by : 0;
        top = c->combine == COMBINE_CAP && c->by > top ? c->by : top;
        low = c->combine == COMBINE_CAP && c->by < low ? c->by : low;
    }
    sum += top + low;
    return sum < 0 ? 0 : sum > t->limit ? t->limit : sum;
}

/* By fractions from the first figure to the last. */
static int64_t plainly(struct frontier_table *table,
    const struct frontier_target *t, const struct frontier_set *set)
{
    const struct model *m = table->model;
    int64_t sum = sum_of(t, set);
    int64_t value = 0;
    mpq_t earned, one;

    mpq_inits(earned, one, NULL);
    if (t->is_cover) {
        mpq_set_ui(one, 1, 1);
        fraction_set(earned, ONE - sum);
        leave_open(t, set, earned);
        mpq_sub(earned, one, earned);
        if (mpq_sgn(earned) < 0)
            mpq_set_ui(earned, 0, 1);
        mpq_mul(earned, earned, table->need_weights[t->index]);
        (void)frontier_scale(earned, table->users_scale, &value);
    } else {
        table->score.marks[m->ours * m->criteria_n + t->index] = sum;
        score_points(&table->score, m->ours, t->index, earned);
        (void)frontier_scale(earned, table->points_scale, &value);
    }
    mpq_clears(earned, one, NULL);
    return value;
}

/* Compares all targets of a drawn tender by some sets; gives how many. */
static int compare_targets(struct frontier_table *table, uint64_t *seed)
{
    int compared = 0;

    for (size_t i = 0; i < table->targets_n; i++) {
        const struct frontier_target *t = &table->targets[i];
        for (int k = 0; k < 8; k++) {
            const struct frontier_set set = {{draw(seed), 0}};
            int64_t value = 0;
            (void)target_value(table, t, &set, &value);
            ck_assert_int_eq(value, plainly(table, t, &set));
            compared++;
        }
    }
    return compared;
}

/* Weights that have no small common measure, and shares of all sizes. */
static void draw_odd(struct tender *t, uint64_t *seed)
{
    for (size_t k = 0; k < t->model.criteria_n; k++) {
        if (draw_from(seed, 0, 1) == 0)
            t->criteria[k].weight = exactly(draw_from(seed, 1, 600000));
        if (draw_from(seed, 0, 3) == 0)
            t->criteria[k].scale_max = draw_from(seed, 10 * ONE, 900001);
    }
    for (size_t s = 0; s < t->model.segments_n; s++)
        t->segments[s].heads = draw_from(seed, 1, 1000003);
    for (size_t i = 0; i < t->model.effects_n; i++) {
        if (draw_from(seed, 0, 1) == 0)
            t->effects[i].by += draw_from(seed, -999, 2 * ONE);
    }
}

START_TEST(targets_earn_what_exact_fractions_say)
{
    uint64_t seed = 2024;
    int compared = 0;

    for (int round = 0; round < 3000; round++) {
        struct tender t;
        struct model_level levels[3];
        struct frontier_table table;
        tender_drawn(&t, &seed);
        draw_more(&t, levels, &seed);
        draw_odd(&t, &seed);
        if (frontier_table_init(&table, &t.model, FRONTIER_BOTH, &plain_ask) !=
            ERR_OK)
            continue;
        compared += compare_targets(&table, &seed);
        frontier_table_fini(&table);
    }
    ck_assert_int_ge(compared, 20000);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("value/frontier_target");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 60);
    tcase_add_test(all, targets_earn_what_exact_fractions_say);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
