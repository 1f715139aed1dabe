/* SPDX-License-Identifier: Apache-2.0
 *
 * check_explained.c - every number that a computation tells can be followed by
 * hand: explain is asked for it as explained.def says, the arithmetic of its
 * lines is computed again from their text alone, and must come to the number;
 * in English and in French.
 */
#include "tests/parts/replay.h"
#include "tests/unit/made_up.h"

#include <ctype.h>

static const struct explained {
    const char *verb, *row, *keys, *asks, *why;
} explained[] = {
#define EXPLAINED(verb, row, keys, asks, why) {verb, row, keys, asks, why},
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
    "add answer need=N4 party=NIGHT met=like unmet=neutral count=3",
    "add cover need=N1 alternative=CAB level=0.4",
    "add mark bid=OURS criterion=C3 value=6 round=1",
    "add mark bid=OURS criterion=C3 value=7 round=2 moderated=6.5",
    "set RIV1 price=200",
    "set OURS cost=440",
    "set N1 flexibility=F1",
};

/* What is computed, the keys that explain takes with it, and whether each
 * number is followed, or only that there is a way. */
static const struct {
    const char *line, *with;
    bool follows;
} asked[] = {
    {"decider NB all=yes", "", true},
    {"users NB all=yes", "", true},
    {"gap NB all=yes", "", true},
    {"amend NB change=C1.weight=45 draws=1000", "draws=1000", false},
    {"amend NB draws=1000", "draws=1000", false},
    {"stress NB orders=yes draws=1000 in=O1", "draws=1000 in=O1", false},
    {"price NB draws=1000", "draws=1000", false},
    {"front NB draws=1000", "draws=1000", false},
    {"front NB draws=1000 pays=margin", "draws=1000 pays=margin", false},
    {"discount NB", "", true},
    {"discount NB pays=margin", "pays=margin", true},
    {"discount NB pwin=0.5 draws=1000", "pwin=0.5 draws=1000", false},
};

/* What a request was asked with, and what counts rows. */
static bool is_asked(const char *key)
{
    static const char *const keys[] = {"seed", "draws", "jury", "n", "at",
        "estimates", "middles", "friedman", "gates", "no-award", "bytes"};

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

/* A key of a row and its value; NULL where it has none. */
static bool find_key(const char *row, const char *key, size_t len,
    const char **value, size_t *value_len)
{
    for (const char *p = row; (p = strchr(p, ' ')) != NULL;) {
        p += strspn(p, " ");
        if (strncmp(p, key, len) != 0 || p[len] != '=')
            continue;
        *value = p + len + 1;
        *value_len = strcspn(*value, " \n");
        return true;
    }
    return false;
}

/* A word as it stands, with the values of keys in {braces}. */
static void put_word(
    struct text *to, const char *word, size_t len, const char *row)
{
    const char *value;
    size_t value_len;

    for (size_t i = 0; i < len; i++) {
        size_t name = strcspn(word + i + 1, "}");
        if (word[i] != '{' ||
            !find_key(row, word + i + 1, name, &value, &value_len)) {
            text_putc(to, word[i]);
            continue;
        }
        text_printf(to, "%.*s", (int)value_len, value);
        i += name + 1;
    }
}

/* The line that asks for the number of a row. */
static void put_ask(
    struct text *to, const char *asks, const char *row, const char *with)
{
    const char *value;
    size_t value_len;

    text_printf(to, "explain NB");
    for (const char *p = asks; *p; p += strspn(p, " ")) {
        size_t len = strcspn(p, " ");
        size_t key = strcspn(p, " :");
        const char *name = key < len ? p + key + 1 : p;
        size_t name_len = key < len ? len - key - 1 : len;

        if (p == asks || memchr(p, '=', len)) {
            text_putc(to, ' ');
            put_word(to, p, len, row);
        } else if (find_key(row, name, name_len, &value, &value_len)) {
            text_printf(to, " %.*s=%.*s", (int)key, p, (int)value_len, value);
        }
        p += len;
    }
    text_printf(to, " %s", with);
}

/* The arithmetic of a row's own keys, its numbers in their place. */
static void put_formula(struct text *to, const char *formula, const char *row)
{
    const char *value;
    size_t value_len;

    text_puts(to, "row ");
    for (const char *p = formula; *p;) {
        size_t len = strspn(p, "abcdefghijklmnopqrstuvwxyz-");
        if (len > 1 && find_key(row, p, len, &value, &value_len)) {
            text_printf(to, "%.*s", (int)value_len, value);
            p += len;
        } else {
            text_putc(to, *p++);
        }
    }
}

/* What was asked last, which several numbers of a row share. */
static struct {
    char *line, *answer;
    struct replay replay;
} last;

static void forget_last(void)
{
    free(last.line);
    free(last.answer);
    replay_fini(&last.replay);
    memset(&last, 0, sizeof last);
}

static const struct replay *explain(const char *line)
{
    if (last.line && strcmp(last.line, line) == 0)
        return &last.replay;
    forget_last();
    last.line = mem_text(line);
    last.answer = say(line);
    replay_answer(&last.replay, last.answer);
    if (last.replay.wrong.len > 0)
        printf("%s\n%s", line, last.replay.wrong.bytes);
    return &last.replay;
}

/* Whether a number of a row is reached; says so where it is not. */
static bool judge_number(const struct explained *how, const char *row,
    const char *key, const char *value, const char *with)
{
    struct text line = {0};
    bool good = true;

    if (how->asks[0] != '\0') {
        put_ask(&line, how->asks, row, with);
        const struct replay *r = explain(text_peek(&line));
        good = r->wrong.len == 0 && replay_reaches(r, value);
        if (!good)
            printf("%s\n  %s=%s is not reached by %s\n%s", row, key, value,
                text_peek(&line), last.answer);
    } else if (how->why[0] == '=') {
        struct replay r = {0};
        put_formula(&line, how->why, row);
        text_printf(&line, " = %s", value);
        replay_line(&r, text_peek(&line));
        good = r.followed == 1 && r.wrong.len == 0;
        if (!good)
            printf("%s\n  %s: %s", row, text_peek(&line), text_peek(&r.wrong));
        replay_fini(&r);
    }
    text_fini(&line);
    return good;
}

/* The numbers of one line that are not reached. */
static size_t judge_line(
    const char *line, const char *verb, const char *with, bool follows)
{
    const char *at = line + strspn(line, " ");
    char name[32] = {0};
    size_t bad = 0;

    memcpy(name, at, strcspn(at, " ") % sizeof name);
    for (const char *p = at; (p = strchr(p, ' ')) != NULL;) {
        size_t len = strcspn(++p, "= ");
        char key[32] = {0}, value[64] = {0};

        if (p[len] != '=' || len >= sizeof key)
            continue;
        memcpy(key, p, len);
        size_t value_len = strcspn(p + len + 1, " ");
        memcpy(value, p + len + 1,
            value_len < sizeof value ? value_len : sizeof value - 1);
        if (!is_number(value) || is_asked(key))
            continue;
        const struct explained *how = find(verb, name, key);
        if (how == NULL)
            printf("%s: %s %s=%s is not explained\n", verb, name, key, value);
        bad += how == NULL ||
               (follows && !judge_number(how, at, key, value, with));
    }
    return bad;
}

static void set_up(void)
{
    stand_new(&stand);
    session = stand_enter(stand, "ann");
    play_file("tests/samples/night-bus.dpt");
    for (size_t i = 0; i < sizeof more / sizeof *more; i++)
        if (!say_ok(more[i]))
            ck_abort_msg("%s", more[i]);
}

static void tear_down(void)
{
    forget_last();
    session_free(&session);
    stand_free(&stand);
}

START_TEST(every_number_told_is_reached_by_its_explanation)
{
    const char *line = asked[_i / 2].line;
    char verb[16] = {0};
    size_t bad = 0;

    if (_i % 2)
        free(say("use lang=fr"));
    memcpy(verb, line, strcspn(line, " "));
    char *got = say(line);
    char *rest = got;
    size_t rows = 0;
    for (char *row; (row = strsep(&rest, "\n")) != NULL; rows++)
        bad += *row == '#' || strchr(row, '|')
                   ? 0
                   : judge_line(
                         row, verb, asked[_i / 2].with, asked[_i / 2].follows);
    ck_assert_uint_gt(rows, 2);
    ck_assert_uint_eq(bad, 0);
    free(got);
}
END_TEST

START_TEST(each_row_of_the_table_says_how)
{
    ck_assert(*explained[_i].asks || *explained[_i].why);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("server/explained");
    TCase *all = tcase_create("all");

    tcase_add_checked_fixture(all, set_up, tear_down);
    tcase_set_timeout(all, 60);
    tcase_add_loop_test(all, every_number_told_is_reached_by_its_explanation, 0,
        2 * sizeof asked / sizeof *asked);
    tcase_add_loop_test(all, each_row_of_the_table_says_how, 0, EXPLAINED_N);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
