/* SPDX-License-Identifier: Apache-2.0
 *
 * check_rules_met.c - price rules met in published tenders and guides: each
 * can be recorded, and gives what its formula does, computed by hand.
 *
 * Their list, and published tables beside it, stand beside the repository; with
 * them the test tells when one of them is looked at by no test.
 */
#include "tests/parts/json_flat.h"
#include "tests/unit/read_whole.h"
#include "tests/unit/tender.h"
#include "value/award/award.h"
#include "value/award/low_price.h"

#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define FOLDER "../shared/data/"

enum { BIDS = 3 };

/* One criterion of quality marked 0..100, and the price; prices of units, 0
 * ends them. */
static const struct met {
    const char *name; /* as the list has it */
    struct model_criterion by;
    int64_t quality_weight, price_weight;
    int64_t prices[BIDS], marks[BIDS];
    int digits;           /* of the points of the price; below 0: not rounded */
    int64_t points[BIDS]; /* micro, of the price or, where the rule gives it,
                             the total */
} met[] = {
    {"lowest over price", {.rule = RULE_LOWEST_RATIO}, 40, 60, {80, 100, 120},
        {0, 0, 0}, -1, {60000000, 48000000, 40000000}},
    /* 100 x (162 - 100) / 81 = 76.5432. */
    {"linear, zero at twice the lowest",
        {.rule = RULE_ZERO_AT, .zero_at = 2 * ONE, .clamp = true}, 0, 100,
        {81, 100, 170}, {0, 0, 0}, 3, {100000000, 76543000, 0}},
    {"linear, zero at n times the lowest",
        {.rule = RULE_ZERO_AT, .zero_at = 3 * ONE}, 0, 100, {80, 100, 120},
        {0, 0, 0}, -1, {100000000, 87500000, 75000000}},
    {"linear on the excess over the lowest",
        {.rule = RULE_ZERO_AT, .zero_at = 2 * ONE}, 20, 80, {80, 100, 200},
        {0, 0, 0}, -1, {80000000, 60000000, -40000000}},
    {"linear to the budget",
        {.rule = RULE_DISCOUNT_POWER, .power = ONE, .set_max = 140 * ONE}, 0,
        100, {80, 100, 120}, {0, 0, 0}, -1, {100000000, 66666667, 33333333}},
    {"square root of the discount",
        {.rule = RULE_DISCOUNT_POWER, .power = ONE / 2, .set_max = 100 * ONE},
        0, 60, {64, 91, 100}, {0, 0, 0}, -1, {60000000, 30000000, 0}},
    {"discount with a significance floor",
        {.rule = RULE_EXPRESSION,
            .set_max = 100 * ONE,
            .expression = "wp * (ceiling - p) / max(ceiling * 0.05, "
                          "ceiling - pmin)"},
        0, 100, {98, 99, 100}, {0, 0, 0}, -1, {40000000, 20000000, 0}},
    {"linear between two set prices",
        {.rule = RULE_SET_LIMITS, .set_min = 60 * ONE, .set_max = 140 * ONE}, 0,
        100, {80, 100, 120}, {0, 0, 0}, -1, {75000000, 50000000, 25000000}},
    /* A = 1.5, at which 120 has nothing left and 180 less. */
    {"logarithmic", {.rule = RULE_LOWEST_LOG, .zero_at = ONE * 3 / 2}, 0, 100,
        {80, 120, 180}, {0, 0, 0}, -1, {100000000, 0, -100000000}},
    {"ratio (value for money)",
        {.rule = RULE_QUALITY_PER_PRICE, .reference = 100 * ONE}, 50, 50,
        {100, 80, 50}, {90, 80, 40}, -1, {900000, 1000000, 800000}},
    {"utility index", {.rule = RULE_UTILITY_INDEX}, 60, 40, {1000, 875, 600},
        {90, 80, 60}, -1, {600000, 582857, 550000}},
    {"award on value", {.rule = RULE_VALUE_OFF_PRICE}, 2500, 0,
        {80000, 79000, 78600}, {60, 20, 0}, -1,
        {78500000000, 78500000000, 78600000000}},
    /* 800000 and 40, 30, 20 days of 5000: one price to compare for each. */
    {"adjusted bid / A+B", {.rule = RULE_PRICE_PER_QUALITY}, 100, 0,
        {1000000, 950000, 900000}, {80, 76, 75}, -1,
        {1250000000000, 1250000000000, 1200000000000}},
    {"relative value cost", {.rule = RULE_RELATIVE_COST}, 100, 0,
        {1100, 1000, 0}, {80, 60, 0}, -1, {977777778, 1000000000, 0}},
    /* 3000 for each of 10 degrees of quality. */
    {"price less willingness to pay", {.rule = RULE_VALUE_OFF_PRICE}, 30000, 0,
        {100000, 90000, 85000}, {80, 40, 20}, -1,
        {76000000000, 78000000000, 79000000000}},
    {"OpenProcurement MEAT", {.rule = RULE_NORMALISED_PRICE}, 20, 80,
        {475000, 460000, 0}, {75, 0, 0}, -1, {400000000000, 460000000000, 0}},
    {"one percent of the maximum off per percent above the lowest",
        {.rule = RULE_ZERO_AT, .zero_at = 2 * ONE, .clamp = true}, 70, 30,
        {100, 110, 137}, {0, 0, 0}, -1, {30000000, 27000000, 18900000}},
    {"linear on a ten-point scale, negative allowed",
        {.rule = RULE_ZERO_AT, .zero_at = 2 * ONE}, 0, 10, {100, 125, 230},
        {0, 0, 0}, -1, {10000000, 7500000, -3000000}},
    /* 8.75 and 3.5 in whole points: the way is not stated, a half goes up. */
    {"linear, zero at twice the lowest, whole points only",
        {.rule = RULE_ZERO_AT, .zero_at = 2 * ONE, .clamp = true}, 90, 10,
        {80, 90, 132}, {0, 0, 0}, 0, {10000000, 9000000, 4000000}},
    {"priced quality (evaluated price)", {.rule = RULE_VALUE_OFF_PRICE}, 200000,
        0, {1000000, 900000, 0}, {100, 25, 0}, -1,
        {800000000000, 850000000000, 0}},
};

/* Listed as a rule of price, and no more than a flag. */
#define LOW_PRICE_MET "abnormally low (ES)"

static void set_up(struct tender *t, const struct met *row)
{
    struct model_criterion by = row->by;
    int64_t *const absent[] = {
        &by.zero_at, &by.set_min, &by.set_max, &by.power, &by.reference};

    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++)
        *absent[i] = *absent[i] == 0 ? MODEL_ABSENT : *absent[i];
    by.reference_quality = by.knee = by.corridor = MODEL_ABSENT;
    by.scale_max = by.min_score = MODEL_ABSENT;
    by.is_price = true;
    by.weight = exactly(row->price_weight * ONE);
    by.round = row->digits < 0 ? 0 : ROUND_TO(row->digits);
    tender_empty(t);
    t->model.criteria_n = 2;
    t->model.ours = 0;
    t->criteria[0] = quality(row->quality_weight * ONE, 100 * ONE);
    t->criteria[1] = by;
    for (size_t b = 0; b < BIDS && row->prices[b] > 0; b++) {
        t->bids[b].price = exactly(row->prices[b] * ONE);
        *mark_at(t, b, 0) = exactly(row->marks[b] * ONE);
        t->model.bids_n++;
    }
}

START_TEST(each_rule_that_was_met_gives_what_its_formula_does)
{
    const struct met *row = &met[_i];
    struct award_result *award = NULL;
    struct tender t;

    set_up(&t, row);
    ck_assert_int_eq(award_compute(&t.model, &award), ERR_OK);
    for (size_t b = 0; b < award->bids_n; b++) {
        int64_t got = award->points[b * 2 + 1];
        if (got == MODEL_ABSENT)
            got = award->bids[b].points;
        ck_assert_msg(got == row->points[b], "%s: bid %zu has %lld", row->name,
            b, (long long)got);
    }
    award_free(&award);
}
END_TEST

START_TEST(a_price_far_below_the_mean_is_flagged)
{
    static const int64_t prices[] = {84 * ONE, 100 * ONE, 101 * ONE, 99 * ONE};
    int64_t limit;
    bool fails;

    /* The mean is 96. */
    ck_assert(low_price_limit(LOW_MEAN, prices, 4, 0, &limit, &fails));
    ck_assert(fails);
    ck_assert_int_eq(limit, 86400000);
    ck_assert(low_price_limit(LOW_MEAN, prices, 4, 3, &limit, &fails));
    ck_assert(!fails);
}
END_TEST

static bool is_met(const char *name, size_t length)
{
    bool found = strlen(LOW_PRICE_MET) == length &&
                 memcmp(LOW_PRICE_MET, name, length) == 0;

    for (size_t i = 0; i < sizeof met / sizeof *met; i++)
        found = found || (strlen(met[i].name) == length &&
                             memcmp(met[i].name, name, length) == 0);
    return found;
}

START_TEST(no_rule_of_the_list_is_left_out)
{
    struct text json = read_whole(FOLDER "evaluations/formulas.json");
    struct text flat = {0};
    size_t names = 0;

    text_puts(&flat, "\n");
    ck_assert(json_flat(text_peek(&json), &flat));
    for (const char *at = flat.bytes; (at = strstr(at, "/name=")) != NULL;
         names++) {
        at += strlen("/name=");
        size_t length = strcspn(at, "\n");
        ck_assert_msg(is_met(at, length), "%.*s", (int)length, at);
    }
    ck_assert_uint_eq(names, sizeof met / sizeof *met + 1);
    text_fini(&json);
    text_fini(&flat);
}
END_TEST

/* A table is looked at by the test whose source names it. */
static void check_folder(const char *folder, const struct text *sources)
{
    DIR *dir = opendir(folder);
    const struct dirent *entry;

    ck_assert_msg(dir != NULL, "%s", folder);
    while ((entry = readdir(dir)) != NULL) {
        char name[sizeof entry->d_name];
        size_t length = strlen(entry->d_name);

        if (length < 6 || strcmp(entry->d_name + length - 5, ".json") != 0)
            continue;
        memcpy(name, entry->d_name, length - 5);
        name[length - 5] = '\0';
        ck_assert_msg(strstr(sources->bytes, name) != NULL,
            "no test looks at %s of %s", name, folder);
    }
    (void)closedir(dir);
}

START_TEST(no_published_table_is_left_out)
{
    struct text sources = read_whole("tests/unit/check_evaluations.c");
    struct text more = read_whole("tests/unit/check_mcda.c");

    text_puts(&sources, more.bytes);
    text_puts(&sources, FOLDER "evaluations/formulas.json");
    check_folder(FOLDER "evaluations", &sources);
    check_folder(FOLDER "mcda", &sources);
    text_fini(&more);
    text_fini(&sources);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("price rules that were met");
    TCase *all = tcase_create("all");
    tcase_add_loop_test(all, each_rule_that_was_met_gives_what_its_formula_does,
        0, (int)(sizeof met / sizeof *met));
    tcase_add_test(all, a_price_far_below_the_mean_is_flagged);
    if (access(FOLDER "evaluations", R_OK) == 0) {
        tcase_add_test(all, no_rule_of_the_list_is_left_out);
        tcase_add_test(all, no_published_table_is_left_out);
    } else {
        puts("skipped: no list of price rules beside the project");
    }
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
