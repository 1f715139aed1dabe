/* SPDX-License-Identifier: Apache-2.0
 *
 * check_explain.c - what explain says can be followed by hand: for made-up
 * tenders the arithmetic of each line is computed again from its text alone,
 * with the bounds that its printed digits leave, and must give its figure.
 */
#include "server/figure/figures.h"
#include "tests/unit/record_kit.h"
#include "tests/unit/tender.h"
#include "value/award/price.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A number of which the last printed digit is known to a half. */
struct span {
    double low, high;
};

#define NUMBERS 64

struct reading {
    const char *p;
    bool broken;
};

static struct span read_sum(struct reading *r);

static void skip_blanks(struct reading *r)
{
    while (*r->p == ' ')
        r->p++;
}

static bool take(struct reading *r, const char *word)
{
    skip_blanks(r);
    if (strncmp(r->p, word, strlen(word)) != 0)
        return false;
    r->p += strlen(word);
    return true;
}

/* Six decimals were rounded; what has fewer was typed. */
static struct span read_number(struct reading *r)
{
    char *end;
    double value = strtod(r->p, &end);
    const char *dot = memchr(r->p, '.', (size_t)(end - r->p));
    double half = dot != NULL && end - dot == 7 ? 5.0001e-7 : 0.0;

    r->broken = r->broken || end == r->p;
    r->p = end;
    return (struct span){value - half, value + half};
}

static int compare_doubles(const void *one, const void *other)
{
    double a = *(const double *)one;
    double b = *(const double *)other;

    return (a > b) - (a < b);
}

/* One end of what a function gives, of the same ends of its arguments. */
static double give(char name, double *x, size_t n)
{
    double sum = 0.0;

    switch (name) {
    case 'l': /* log */
        return log(x[0]);
    case 'r': /* round */
        return floor(x[0] * pow(10, x[1]) + 0.5) / pow(10, x[1]);
    case 'd': /* median */
        qsort(x, n, sizeof *x, compare_doubles);
        return (x[(n - 1) / 2] + x[n / 2]) / 2;
    default:
        for (size_t i = 0; i < n; i++)
            sum += x[i];
        if (name == 'a')
            return sum / (double)n;
        qsort(x, n, sizeof *x, compare_doubles);
        return name == 'i' ? x[0] : x[n - 1];
    }
}

static struct span read_call(struct reading *r, char name)
{
    double low[NUMBERS], high[NUMBERS];
    size_t n = 0;

    do {
        struct span x = read_sum(r);
        low[n] = x.low;
        high[n++] = x.high;
    } while (n < NUMBERS && take(r, ","));
    r->broken = r->broken || !take(r, ")");
    return (struct span){give(name, low, n), give(name, high, n)};
}

static struct span read_atom(struct reading *r)
{
    static const struct {
        const char *word;
        char name;
    } calls[] = {{"log(", 'l'}, {"round(", 'r'}, {"median(", 'd'},
        {"mean(", 'a'}, {"min(", 'i'}, {"max(", 'x'}};

    skip_blanks(r);
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        if (take(r, calls[i].word))
            return read_call(r, calls[i].name);
    }
    if (take(r, "(")) {
        struct span inner = read_sum(r);
        r->broken = r->broken || !take(r, ")");
        return inner;
    }
    return read_number(r);
}

/* What four products of ends give, or four quotients. */
static struct span spread(const double x[4])
{
    struct span made = {x[0], x[0]};

    for (int i = 1; i < 4; i++) {
        made.low = fmin(made.low, x[i]);
        made.high = fmax(made.high, x[i]);
    }
    return made;
}

static struct span read_power(struct reading *r)
{
    struct span base = read_atom(r);

    if (!take(r, "^"))
        return base;
    struct span by = read_atom(r);
    const double x[] = {pow(base.low, by.low), pow(base.low, by.high),
        pow(base.high, by.low), pow(base.high, by.high)};
    return spread(x);
}

static struct span read_product(struct reading *r)
{
    struct span a = read_power(r);

    for (;;) {
        bool divides = take(r, "/");
        if (!divides && !take(r, "x"))
            return a;
        struct span b = read_power(r);
        double low = divides ? 1 / b.low : b.low;
        double high = divides ? 1 / b.high : b.high;
        const double x[] = {
            a.low * low, a.low * high, a.high * low, a.high * high};
        a = spread(x);
    }
}

static struct span read_sum(struct reading *r)
{
    struct span a = read_product(r);

    for (;;) {
        bool minus = take(r, "- ");
        if (!minus && !take(r, "+ "))
            return a;
        struct span b = read_product(r);
        a.low += minus ? -b.high : b.low;
        a.high += minus ? -b.low : b.high;
    }
}

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

/* Computes the last equation of a line again; false of one without. */
static bool follow(const char *text)
{
    const char *last = NULL;
    const char *before = NULL;

    for (const char *p = text; (p = strstr(p, " = ")) != NULL; p += 3) {
        before = last;
        last = p;
    }
    if (last == NULL || before == NULL || strstr(last, "none") != NULL)
        return false;
    struct reading r = {.p = before + 3};
    struct span got = read_sum(&r);
    skip_blanks(&r);
    ck_assert_msg(!r.broken && r.p == last + 1, "%s: stuck at %s", text, r.p);
    struct reading told = {.p = last + 3};
    struct span want = read_number(&told);
    ck_assert_msg(want.low <= got.high + 1e-9 && got.low <= want.high + 1e-9,
        "%s: gives %.9f..%.9f", text, got.low, got.high);
    return true;
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
    size_t followed = 0;

    ck_assert_int_eq(figure_explain(&f), ERR_OK);
    char *rest = out.bytes;
    for (char *row; (row = strsep(&rest, "\n")) != NULL;) {
        char *text = strstr(row, "| ");
        row[strcspn(row, "\r")] = '\0';
        followed += text != NULL && follow(text + 2);
    }
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
