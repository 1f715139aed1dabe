/* SPDX-License-Identifier: Apache-2.0
 *
 * check_simulate_same.c - the same bytes whatever the threads, the registers,
 * the compiler and the order of the bids.
 */
#include "tests/unit/simulate_kit.h"
#include "value/quick.h"

#include <pthread.h>

/* Counts the block numbers that are some thread's, from last to first. */
struct share {
    const struct simulate *sim;
    struct simulate_counts *counts;
    uint64_t first, step;
};

static void *compute_share(void *context)
{
    struct share *share = context;
    uint64_t n = simulate_blocks(share->sim);

    for (uint64_t b = n; b-- > 0;) {
        if (b % share->step == share->first)
            simulate_block(share->sim, b, share->counts);
    }
    return NULL;
}

static struct simulate_result *run_on_threads(
    const struct tender *t, const struct simulate_ask *ask, uint64_t threads)
{
    struct simulate *sim = NULL;
    struct share shares[4] = {{0}};
    pthread_t ids[4] = {0};

    ck_assert_int_eq(simulate_new(&t->model, 0, ask, &sim), ERR_OK);
    for (uint64_t i = 0; i < threads; i++) {
        shares[i] = (struct share){sim, simulate_counts_new(sim), i, threads};
        ck_assert_int_eq(
            pthread_create(&ids[i], NULL, compute_share, &shares[i]), 0);
    }
    for (uint64_t i = 0; i < threads; i++)
        ck_assert_int_eq(pthread_join(ids[i], NULL), 0);
    for (uint64_t i = 1; i < threads; i++) {
        simulate_merge(sim, shares[0].counts, shares[i].counts);
        simulate_counts_free(&shares[i].counts);
    }
    struct simulate_result *made =
        simulate_tell(sim, shares[0].counts, simulate_blocks(sim));
    simulate_counts_free(&shares[0].counts);
    simulate_free(&sim);
    return made;
}

static void check_same(
    const struct simulate_result *a, const struct simulate_result *b)
{
    size_t n = a->bids_n;

    ck_assert_uint_eq(a->draws, b->draws);
    ck_assert_int_eq(a->no_award, b->no_award);
    ck_assert_mem_eq(a->bids, b->bids, n * sizeof *a->bids);
    ck_assert_mem_eq(a->ranks, b->ranks, n * n * sizeof *a->ranks);
    ck_assert_mem_eq(a->beats, b->beats, n * n * sizeof *a->beats);
    ck_assert_mem_eq(
        a->central, b->central, n * a->criteria_n * sizeof *a->central);
    ck_assert_int_eq(a->thresholds != NULL, b->thresholds != NULL);
    if (a->thresholds)
        ck_assert_mem_eq(
            a->thresholds, b->thresholds, a->draws * sizeof *a->thresholds);
}

START_TEST(threads_and_registers_change_no_byte)
{
    struct tender t;
    set_unsure(&t);
    t.criteria[C4].min_score = 4 * ONE;
    struct simulate_ask ask = {.seed = 7,
        .draws = 6400,
        .correlation = 4000,
        .thresholds = true,
        .plain = _i % 2};
    struct simulate_ask first = ask;
    first.plain = false;

    struct simulate_result *want = run(&t, &first);
    struct simulate_result *got =
        run_on_threads(&t, &ask, (uint64_t)1 << (_i / 2));
    check_same(want, got);
    simulate_result_free(&got);
    simulate_result_free(&want);
}
END_TEST

/* The digest of what a seed gives, the same with every compiler. */
static uint64_t digest_of(const struct simulate_result *r)
{
    uint64_t digest = 0;

    for (size_t i = 0; i < r->bids_n * r->bids_n; i++)
        digest = quick_mix(digest ^ (uint64_t)r->ranks[i]);
    for (size_t i = 0; i < r->bids_n * r->criteria_n; i++)
        digest = quick_mix(digest ^ (uint64_t)r->central[i]);
    for (uint64_t i = 0; i < r->draws && r->thresholds; i++)
        digest = quick_mix(digest ^ quick_to_bits(r->thresholds[i]));
    return digest;
}

static const struct {
    enum price_rule rule;
    uint64_t digest;
} digests[] = {
#include "tests/unit/simulate_digests.def"
};

START_TEST(a_seed_gives_these_bytes_with_every_compiler)
{
    struct simulate_ask ask = {
        .seed = 42, .draws = 2560, .correlation = 2500, .thresholds = true};
    uint64_t seed = 5;
    struct tender t;
    set_unsure(&t);
    draw_needs(&t.criteria[C1], &seed);
    t.criteria[C1].set_max = 700 * ONE;
    t.criteria[C1].reference = 500 * ONE;
    t.criteria[C1].rule = digests[_i].rule;
    struct simulate_result *r = run(&t, &ask);

    ck_assert_msg(digest_of(r) == digests[_i].digest, "digest %llu",
        (unsigned long long)digest_of(r));
    simulate_result_free(&r);
}
END_TEST

/* Where nothing stands between marks and points they are added up in another
 * way; some of them are sure. */
static void set_plain(struct tender *t)
{
    set_unsure(t);
    t->criteria[C1].rule = RULE_LOWEST_LOG;
    t->criteria[C1].zero_at = 3 * ONE;
    for (size_t k = 0; k < 4; k++)
        t->criteria[k].min_score = MODEL_ABSENT;
    for (size_t b = 0; b < 3; b++)
        *mark_at(t, b, C2) = exactly((int64_t)(b + 4) * ONE);
    set_rounding(t, ROUND_NONE, 0);
    t->model.min_quality = 0;
}

static const struct {
    bool ordered;
    int64_t correlation;
    uint64_t digest;
} plain_digests[] = {
    {false, 0, UINT64_C(10229728910472461944)},
    {true, 0, UINT64_C(5015329757684842430)},
    {false, 2500, UINT64_C(4540897869399369566)},
};

START_TEST(a_seed_gives_these_bytes_for_weights_not_published)
{
    static const size_t itself[] = {0, 1, 2, 3};
    struct weight_node nodes[4];
    struct tender t;

    set_plain(&t);
    for (size_t k = 0; k < 4; k++)
        nodes[k] = (struct weight_node){.parent = MODEL_NOWHERE,
            .likely = 25.0,
            .free = true,
            .place = plain_digests[_i].ordered ? (int)k + 1 : 0,
            .key = k + 1};
    for (int plain = 0; plain < 2; plain++) {
        struct simulate_ask ask = {.seed = 42,
            .draws = 12800,
            .correlation = plain_digests[_i].correlation,
            .nodes = nodes,
            .node_of = itself,
            .nodes_n = 4,
            .plain = plain == 1};
        struct simulate_result *r = run(&t, &ask);

        ck_assert_msg(digest_of(r) == plain_digests[_i].digest, "digest %llu",
            (unsigned long long)digest_of(r));
        simulate_result_free(&r);
    }
}
END_TEST

START_TEST(the_order_of_the_bids_changes_no_figure)
{
    static const uint64_t keys[] = {11, 22, 33};
    static const uint64_t turned_keys[] = {33, 11, 22};
    struct tender t, turned;
    set_unsure(&t);
    set_unsure(&turned);
    for (size_t b = 0; b < 3; b++) {
        turned.bids[(b + 1) % 3] = t.bids[b];
        for (size_t k = 0; k < 4; k++)
            *mark_at(&turned, (b + 1) % 3, k) = *mark_at(&t, b, k);
    }
    turned.model.ours = 1;
    struct simulate_ask ask = {
        .seed = 8, .draws = 12800, .keys = keys, .thresholds = true};
    struct simulate_result *a = run(&t, &ask);
    ask.keys = turned_keys;
    struct simulate_result *b = run(&turned, &ask);

    for (size_t i = 0; i < 3; i++) {
        struct simulate_bid other = b->bids[(i + 1) % 3];
        /* All shares sum to one: where two are cut off at the same place, the
         * first is rounded up. */
        ck_near(a->bids[i].wins, other.wins, 1);
        other.wins = a->bids[i].wins;
        ck_assert_mem_eq(&a->bids[i], &other, sizeof other);
        ck_assert_int_eq(a->ranks[i * 3 + 1], b->ranks[(i + 1) % 3 * 3 + 1]);
    }
    ck_assert_mem_eq(
        a->thresholds, b->thresholds, a->draws * sizeof *a->thresholds);
    simulate_result_free(&a);
    simulate_result_free(&b);
}
END_TEST

#define ROWS(table) (int)(sizeof(table) / sizeof *(table))

int main(void)
{
    Suite *suite = suite_create("value/simulate, again");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 120);
    tcase_add_loop_test(all, threads_and_registers_change_no_byte, 0, 6);
    tcase_add_loop_test(
        all, a_seed_gives_these_bytes_with_every_compiler, 0, ROWS(digests));
    tcase_add_loop_test(all, a_seed_gives_these_bytes_for_weights_not_published,
        0, ROWS(plain_digests));
    tcase_add_test(all, the_order_of_the_bids_changes_no_figure);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
