/* SPDX-License-Identifier: Apache-2.0
 *
 * check_explained.c - every number that a computation tells is explained, or
 * a row of explained.def says why it need not be.
 */
#include "tests/unit/made_up.h"

#include <ctype.h>

static const struct explained {
    const char *verb, *row, *keys, *figure, *why;
} explained[] = {
#define EXPLAINED(verb, row, keys, figure, why) {verb, row, keys, figure, why},
#include "server/explain/explained.def"
#undef EXPLAINED
};

#define EXPLAINED_N (sizeof explained / sizeof *explained)

/* What the golden tender lacks for each row to be told. */
static const char *const more[] = {
    "set RIV2 price=560..600..680",
    "set RIV1 presence=0.8",
    "set C2 weight=30..35..40",
    "set C3 weight=5..10..15",
    "set O2 state=in",
    "add effort element=O2 party=NIGHT minutes=25 times=50 saving=700",
    "set W-1 satisfaction=5 target=8 sales-point=1.5",
    "set W-2 satisfaction=5 target=8",
    "set NIGHT hour-value=12 full-value=1000",
    "add answer need=N4 party=STUD met=like unmet=dislike count=12",
    "add cover need=N1 alternative=CAB level=0.4",
    "add mark bid=OURS criterion=C3 value=6 round=1",
    "add mark bid=OURS criterion=C3 value=7 round=2 moderated=6.5",
    "set RIV1 price=200",
    "set N1 flexibility=F1",
};

static const char *const asked[] = {"decider NB all=yes", "users NB all=yes",
    "gap NB all=yes", "amend NB change=C1.weight=45 draws=1000",
    "amend NB draws=1000", "stress NB orders=yes draws=1000 in=O1",
    "price NB draws=1000 margin=10"};

/* Rows and keys of other pages: what front, discount and qualify tell, the
 * orders and the profit, and what a request was asked with. */
static bool is_told_elsewhere(const char *row, const char *key)
{
    static const char *const rows[] = {"first", "order", "profit"};
    static const char *const keys[] = {"seed", "draws", "jury", "n", "at",
        "estimates", "middles", "friedman", "gates", "no-award", "bytes"};

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(rows[i], row) == 0)
            return true;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strcmp(keys[i], key) == 0)
            return true;
    return false;
}

static bool is_number(const char *value)
{
    size_t digits = strspn(value, "0123456789.-");

    return digits > 0 && value[digits] == '\0' &&
           isdigit((unsigned char)value[digits - 1]);
}

static bool holds(const char *keys, const char *key)
{
    size_t len = strlen(key);

    for (const char *p = keys; (p = strstr(p, key)) != NULL; p += len) {
        bool starts = p == keys || p[-1] == ' ';
        if (starts && (p[len] == ' ' || p[len] == '\0'))
            return true;
    }
    return false;
}

static const struct explained *find(
    const char *verb, const char *row, const char *key)
{
    for (size_t i = 0; i < EXPLAINED_N; i++)
        if (strcmp(explained[i].verb, verb) == 0 &&
            strcmp(explained[i].row, row) == 0 && holds(explained[i].keys, key))
            return &explained[i];
    return NULL;
}

/* The numbers of one line without a row; how many there were. */
static size_t judge_line(char *line, const char *verb)
{
    char *rest = line + strspn(line, " ");
    const char *row = strsep(&rest, " ");
    size_t bad = 0;

    for (char *word; rest != NULL && (word = strsep(&rest, " ")) != NULL;) {
        char *value = strchr(word, '=');
        if (value == NULL)
            continue;
        *value++ = '\0';
        if (!is_number(value) || is_told_elsewhere(row, word) ||
            find(verb, row, word) != NULL)
            continue;
        printf("%s: %s %s=%s is not explained\n", verb, row, word, value);
        bad++;
    }
    return bad;
}

static void set_up(void)
{
    stand_new(&stand);
    session = stand_enter(stand, "ann");
    play_file("tests/samples/night-bus.dpt");
    for (size_t i = 0; i < sizeof more / sizeof *more; i++)
        free(say(more[i]));
}

static void tear_down(void)
{
    session_free(&session);
    stand_free(&stand);
}

START_TEST(every_number_told_is_explained)
{
    const char *line = asked[_i];
    char verb[16] = {0};
    size_t bad = 0;

    memcpy(verb, line, strcspn(line, " "));
    char *got = say(line);
    char *rest = got;
    size_t rows = 0;
    for (char *row; (row = strsep(&rest, "\n")) != NULL; rows++)
        bad += *row == '#' || strchr(row, '|') ? 0 : judge_line(row, verb);
    ck_assert_uint_gt(rows, 3);
    ck_assert_uint_eq(bad, 0);
    free(got);
}
END_TEST

/* What explain is asked for is a figure of it; its want of another key tells
 * that it knows the figure. */
START_TEST(what_the_table_names_can_be_asked)
{
    const struct explained *row = &explained[_i];
    struct text line = {0};

    ck_assert(*row->figure || *row->why);
    if (*row->figure) {
        text_printf(&line,
            "explain NB %s bid=OURS criterion=C2 segment=NIGHT need=N1 "
            "draws=1000 price=500 over=today number=1",
            row->figure);
        char *got = say(text_peek(&line));
        ck_assert_msg(
            strstr(got, "field=figure") == NULL, "%s: %s", line.bytes, got);
        free(got);
    }
    text_fini(&line);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("server/explained");
    TCase *all = tcase_create("all");

    tcase_add_checked_fixture(all, set_up, tear_down);
    tcase_set_timeout(all, 60);
    tcase_add_loop_test(
        all, every_number_told_is_explained, 0, sizeof asked / sizeof *asked);
    tcase_add_loop_test(all, what_the_table_names_can_be_asked, 0, EXPLAINED_N);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
