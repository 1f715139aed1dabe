/* SPDX-License-Identifier: Apache-2.0
 *
 * check_explain.c - what explain says can be followed by hand: for made-up
 * tenders the arithmetic of each line is computed again from its text alone,
 * with the bounds that its printed digits leave, and must give its figure.
 */
#include "server/figure/figures.h"
#include "tests/parts/replay.h"
#include "tests/unit/record_kit.h"
#include "tests/unit/tender.h"
#include "value/award/price.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char line[512];

/* Some tender with bids, a rule, marks, a tree, perhaps a table. */
static void set_up(enum price_rule rule, uint64_t *seed)
{
    static const char *const rounding[] = {"round-where=none",
        "round-where=total round-digits=2", "round-where=points round-digits=1",
        "round-points=2 round-price=1 round-total=0"};
    static const char *const decides[] = {"quality", "price", "criterion"};
    size_t bids = (size_t)draw_from(seed, 2, 5);

    record_begin();
    (void)snprintf(
        line, sizeof line, "code=T %s", rounding[draw_from(seed, 0, 3)]);
    add(KIND_TENDER, line);
    add(KIND_PARTY, "code=WE sort=organisation");
    (void)snprintf(line, sizeof line,
        "code=C1 sort=price weight=%d price-rule=%s zero-at=%d.5 set-min=20 "
        "set-max=%d clamp=%s power=%s reference=%d reference-quality=0.7 "
        "knee=0.85 expression=p corridor=8 decides=%s deciding=C-3",
        (int)draw_from(seed, 20, 60), price_rule_word(rule),
        (int)draw_from(seed, 1, 3), (int)draw_from(seed, 100, 180),
        draw_from(seed, 0, 1) ? "yes" : "no",
        draw_from(seed, 0, 1) ? "2" : "0.5", (int)draw_from(seed, 30, 90),
        decides[draw_from(seed, 0, 2)]);
    add(KIND_CRITERION, line);
    add(KIND_CRITERION, "code=C2 sort=quality weight=40 parts=shares");
    add(KIND_CRITERION,
        "code=C3 sort=quality weight=35 parent=C-2 scale-max=7");
    add(KIND_CRITERION,
        "code=C4 sort=quality weight=65 parent=C-2 scale-max=10 "
        "levels=\"0:0 4:0.3 10:1\"");
    for (size_t b = 1; b <= bids; b++) {
        (void)snprintf(line, sizeof line,
            "code=B%zu party=P-1 ours=%s price=%d.37 bonus=%d life-cycle=%d", b,
            b == 1 ? "yes" : "no", (int)draw_from(seed, 40, 150),
            (int)draw_from(seed, 0, 3), (int)draw_from(seed, 0, 9));
        add(KIND_BID, line);
        for (int k = 3; k <= 4; k++) {
            (void)snprintf(line, sizeof line,
                "bid=B-%zu criterion=C-%d value=%d.3", b, k,
                (int)draw_from(seed, 1, 6));
            add(KIND_MARK, line);
        }
    }
}

/* Explains one figure; how many of its lines are arithmetic. */
static size_t explain(struct tender_model *made, const char *figure,
    const char *bid, const char *criterion)
{
    struct text out = {0};
    struct text end = {0};
    struct reply r = {.to = &out};
    struct reply last = {.to = &end};
    struct fault fault = {0};
    struct figures f = {.r = &r,
        .last = &last,
        .record = record,
        .made = made,
        .figure = figure,
        .bid = bid,
        .criterion = criterion,
        .fault = &fault};
    struct replay replay = {0};

    ck_assert_int_eq(figure_explain(&f), ERR_OK);
    replay_answer(&replay, text_peek(&out));
    ck_assert_msg(
        replay.wrong.len == 0, "%s: %s", figure, text_peek(&replay.wrong));
    size_t followed = replay.followed;
    replay_fini(&replay);
    text_fini(&out);
    text_fini(&end);
    fault_fini(&fault);
    return followed;
}

START_TEST(every_line_of_arithmetic_gives_its_figure)
{
    static const char *const criteria[] = {"C1", "C2", "C3", "C4"};
    uint64_t seed = (uint64_t)_i;

    for (int round = 0; round < 25; round++) {
        struct tender_model *made;
        size_t followed = 0;

        set_up((enum price_rule)_i, &seed);
        tender_model_new(record, 0, &made);
        for (size_t b = 0; b < made->model.bids_n; b++) {
            const char *bid = object_code(made->bids[b]);
            for (size_t k = 0; k < 4; k++)
                followed += explain(made, "points", bid, criteria[k]);
            followed += explain(made, "total", bid, NULL);
            followed += explain(made, "low-price", bid, NULL);
        }
        for (size_t k = 0; k < 4; k++)
            if (k != 1)
                followed += explain(made, "ahead", NULL, criteria[k]);
        for (size_t k = 0; k < 4; k++)
            if (k != 1)
                followed += explain(made, "flip", NULL, criteria[k]);
        followed += explain(made, "to-win", NULL, NULL);
        ck_assert_uint_ge(followed, made->model.bids_n * 6);
        tender_model_free(&made);
        record_end();
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("explain");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 60);
    tcase_add_loop_test(all, every_line_of_arithmetic_gives_its_figure,
        RULE_LOWEST_RATIO, RULE_COUNT);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
