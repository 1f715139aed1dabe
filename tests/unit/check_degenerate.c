/* SPDX-License-Identifier: Apache-2.0
 *
 * check_degenerate.c - every verb that computes, on tenders at their edges:
 * each is answered in full, or refused with a sentence and no more; twice the
 * same; the session lives and nothing is recorded.
 *
 * The edges stand in degenerate.def; what is asked of each is made from the
 * tables of verbs, explained figures and price rules.
 */
#include "protocol/command.h"
#include "tests/unit/made_up.h"

#include <ctype.h>

enum { MANY = 10000 };

static const struct edge {
    const char *about, *base, *lines;
} edges[] = {
#define EDGE(about, base, lines) {about, base, lines},
#include "tests/unit/degenerate.def"
#undef EDGE
};

/* What each verb is asked; one that computes and is not here fails a test. */
static const char *const asked[] = {"decider NB all=yes", "users NB all=yes",
    "gap NB all=yes", "front NB all=yes draws=128",
    "front NB pays=margin draws=128", "front NB margin=1 pwin=0.5 draws=128",
    "discount NB draws=128", "discount NB pays=margin margin=0 draws=128",
    "stress NB orders=yes draws=128",
    "stress NB draws=1 jury=1 half-width=0.5 in=O1", "price NB draws=128",
    "price NB draws=128 prices=0.0001,1000000000000 pwin=0.0001,0.5,1",
    "amend NB draws=128", "amend NB change=C1.weight=1 draws=128",
    "qualify NB draws=128", "qualify NB pwin=0 margin=0 cost=0 draws=128",
    "qualify NB pwin=1 margin=1000000000000 cost=0.0001", "aid NB topsis",
    "aid NB promethee", "aid NB ahp pairs=N1:N2:9", "missing NB",
    "client NIGHT tender=NB", "client AUTH tender=NB", "distributor NB",
    "canvas NB all=yes", "nonclients NB",
    "map NB confirmed-since=2027-01-01 on=2027-02-01", "pitch NB to=decider",
    "pitch NB to=payer", "pitch NB to=NIGHT audience=user level=novice",
    "lint NB", "brief AUTH tender=NB"};

/* Verbs that only read, and compute a little. */
static const char *const read_too[] = {
    "view NIGHT", "attention NB", "similar NB", "advise AUTH", "calibrate"};

static const char *const rules[] = {
#define RULE(id, word, gives, looks, zero, source) word,
#include "value/award/rules.def"
#undef RULE
};

static const char *const figures[] = {
#define EXPLAINED(verb, row, keys, asks, why) asks,
#define UNEXPLAINED(verb, why)
#include "server/explain/explained.def"
#undef EXPLAINED
#undef UNEXPLAINED
};

#define COUNT(list) (sizeof(list) / sizeof *(list))

/* The last line of an answer. */
static const char *last_line(const char *got)
{
    const char *at = got + strlen(got);

    while (at > got && at[-1] == '\n')
        at--;
    while (at > got && at[-1] != '\n')
        at--;
    return at;
}

/* A word of an answer that stands for no number, or for the absence of one. */
static const char *odd_word(const char *got)
{
    static const char *const odd[] = {"=nan", "=-nan", "=inf ", "=-inf",
        "9223372036854775808", "9223372036854.775808", "922337203685477.5808",
        " nan", " inf ", "internal", "MODEL_"};

    for (size_t i = 0; i < COUNT(odd); i++) {
        if (strstr(got, odd[i]) != NULL)
            return odd[i];
    }
    return NULL;
}

static bool is_refusal(const char *last)
{
    static const char *const codes[] = {
        "state", "arg", "limit", "unsupported", "none"};

    if (strncmp(last, "err ", 4) != 0)
        return false;
    for (size_t i = 0; i < COUNT(codes); i++) {
        size_t len = strlen(codes[i]);
        if (strncmp(last + 4, codes[i], len) == 0 && last[4 + len] == ' ')
            return strstr(last, " # ") != NULL && strlen(last) > 30;
    }
    return false;
}

/* Shares that draws give are shares. */
static bool chances_hold(const char *got)
{
    static const char *const keys[] = {" wins=", " missing=", " no-award="};

    for (size_t i = 0; i < COUNT(keys); i++) {
        for (const char *at = got; (at = strstr(at, keys[i])) != NULL;) {
            at += strlen(keys[i]);
            double share = strtod(at, NULL);
            if (isdigit((unsigned char)*at) && (share < 0.0 || share > 1.0))
                return false;
        }
    }
    return true;
}

/* The answer, to be freed. */
static char *checked(const struct edge *edge, const char *line)
{
    char *got = say(line);
    const char *last = last_line(got);
    const char *odd = odd_word(got);

    ck_assert_msg(strncmp(last, "ok", 2) == 0 || is_refusal(last), "%s: %s: %s",
        edge->about, line, last);
    ck_assert_msg(
        odd == NULL, "%s: %s holds %s: %.900s", edge->about, line, odd, got);
    ck_assert_msg(chances_hold(got), "%s: %s: %.900s", edge->about, line, got);
    return got;
}

static void check_answer(const struct edge *edge, const char *line)
{
    free(checked(edge, line));
}

static void check_twice(const struct edge *edge, const char *line)
{
    char *got = checked(edge, line);
    char *again = say(line);

    ck_assert_msg(strcmp(got, again) == 0, "%s: %s differs the second time",
        edge->about, line);
    free(again);
    free(got);
}

static void ask_all(const struct edge *edge)
{
    const size_t turn = (size_t)(edge - edges);
    struct text line = {0};

    for (size_t i = 0; i < COUNT(asked); i++) {
        if (i % 4 == turn % 4)
            check_twice(edge, asked[i]);
        else
            check_answer(edge, asked[i]);
    }
    for (size_t i = 0; i < COUNT(read_too); i++)
        check_answer(edge, read_too[i]);
    for (size_t i = 0; i < COUNT(figures); i++) {
        if (!*figures[i] || i % 3 != turn % 3)
            continue;
        text_printf(&line,
            "explain NB %.*s bid=OURS criterion=C2 segment=NIGHT need=N1 "
            "draws=128 price=500 over=%s number=1 cost=1 margin=1",
            (int)strcspn(figures[i], " "), figures[i],
            i % 2 ? "today" : "mean");
        check_answer(edge, text_peek(&line));
        text_fini(&line);
    }
    /* Of figures and rules each edge meets some: all edges meet all. */
    for (size_t i = turn % 8; i < COUNT(rules); i += 8) {
        text_printf(&line, "stress NB draws=128 rule=%s", rules[i]);
        check_answer(edge, text_peek(&line));
        text_fini(&line);
        text_printf(&line, "decider NB with=C1.price-rule=%s", rules[i]);
        check_answer(edge, text_peek(&line));
        text_fini(&line);
    }
    text_fini(&line);
}

static void set_up(void)
{
    stand_new(&stand);
    session = stand_enter(stand, "ann");
}

static void tear_down(void)
{
    session_free(&session);
    stand_free(&stand);
}

/* Lines of the edge have to be taken but for those that begin with "!", which
 * have to be refused. */
static void play_lines(const struct edge *edge)
{
    char *script = mem_text(edge->lines);
    char *rest = script;

    for (char *line; (line = strsep(&rest, "\n")) != NULL;) {
        if (!*line)
            continue;
        bool refused = *line == '!';
        char *got = say(line + refused);
        ck_assert_msg(
            refused ? is_refusal(last_line(got)) : strncmp(got, "ok", 2) == 0,
            "%s: %s: %s", edge->about, line, got);
        free(got);
    }
    free(script);
}

START_TEST(what_is_at_its_edge_is_answered_or_refused)
{
    const struct edge *edge = &edges[_i];

    if (*edge->base)
        play_file(edge->base);
    play_lines(edge);
    char *before = say("log limit=1");
    ask_all(edge);
    char *after = say("log limit=1");
    ck_assert_str_eq(before, after);
    free(before);
    free(after);
}
END_TEST

/* Says a line for each criterion, some hundreds at once. */
static void say_for_all(const char *before, const char *after)
{
    for (int first = 1; first <= MANY; first += 500) {
        struct text some = {0};

        text_puts(&some, "begin\n");
        for (int k = first; k < first + 500; k++)
            text_printf(&some, "%sC%d %s\n", before, k, after);
        text_puts(&some, "commit");
        stand_clock(stand, 1000); /* so many requests a second are read */
        char *got = say(text_peek(&some));
        ck_assert_msg(
            strncmp(last_line(got), "ok", 2) == 0, "%s", last_line(got));
        free(got);
        text_fini(&some);
    }
}

/* Ten thousand criteria of one point, on which two bids are marked. */
static void play_many(void)
{
    const struct edge begin = {"the beginning", "",
        "add party code=WE sort=organisation\n"
        "add party code=NIGHT sort=segment size=1\n"
        "add party code=AUTH sort=organisation\n"
        "add tender code=NB\nuse tender=NB\n"
        "add bid code=OURS party=WE ours=yes price=10\n"
        "add bid code=RIV party=WE price=11\n"
        "add need code=N1 sort=job\n"
        "add weighs need=N1 party=NIGHT importance=9\n"
        "add cover need=N1 bid=OURS level=0.5"};

    play_lines(&begin);
    say_for_all("add criterion code=", "sort=quality weight=1 scale-max=10");
    say_for_all("add mark bid=OURS criterion=", "value=6");
    say_for_all("add mark bid=RIV criterion=", "value=5");
}

START_TEST(ten_thousand_criteria_are_answered_or_refused)
{
    static const char *const lines_of_many[] = {"decider NB all=yes",
        "front NB draws=128", "stress NB draws=128", "price NB draws=128",
        "amend NB change=C1.weight=1 draws=128", "gap NB", "missing NB"};
    static const struct edge many = {"ten thousand criteria", "", ""};

    play_many();
    char *got = checked(&many, "decider NB");
    ck_assert_msg(
        strstr(got, "bid code=OURS points=6000.000000 rank=1") != NULL,
        "%.200s", got);
    free(got);
    for (size_t i = 0; i < COUNT(lines_of_many); i++)
        check_answer(&many, lines_of_many[i]);
}
END_TEST

START_TEST(every_verb_that_computes_is_asked)
{
    for (size_t i = 0; i < CMD_COUNT; i++) {
        const struct command *c = &commands[i];
        bool found = strcmp(c->name, "explain") == 0;

        if (c->class != COMMAND_COMPUTE && c->class != COMMAND_LONG)
            continue;
        for (size_t k = 0; k < COUNT(asked); k++) {
            size_t len = strlen(c->name);
            found = found || (strncmp(asked[k], c->name, len) == 0 &&
                                 asked[k][len] == ' ');
        }
        ck_assert_msg(found, "%s is not asked", c->name);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("tenders at their edges");
    TCase *all = tcase_create("all");

    tcase_add_checked_fixture(all, set_up, tear_down);
    tcase_set_timeout(all, 300); /* ten thousand criteria, sanitized */
    tcase_add_test(all, every_verb_that_computes_is_asked);
    tcase_add_test(all, ten_thousand_criteria_are_answered_or_refused);
    tcase_add_loop_test(
        all, what_is_at_its_edge_is_answered_or_refused, 0, (int)COUNT(edges));
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
