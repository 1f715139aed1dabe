/* SPDX-License-Identifier: Apache-2.0
 *
 * check_view.c - from the rows of a computation to what a person sees.
 *
 * tests/view holds what a server answers about a tender of our own, and the
 * pages that come of it at two widths and in two languages.
 */
#include "client/show/cell.h"
#include "client/show/records.h"
#include "client/show/report.h"

#include <check.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FOLDER "tests/view/"

static void use_utf8(void)
{
    ck_assert_ptr_nonnull(setlocale(LC_CTYPE, "C.UTF-8"));
}

/* A recorded conversation: "> request", data lines, final line. */
struct talked {
    struct labels labels;
    struct report_answer answers[REPORT_PARTS];
};

static int part_of(const char *request)
{
    static const char *const verbs[REPORT_PARTS] = {
        "decider ", "users ", "gap ", "front ", "discount "};

    for (int i = 0; i < REPORT_PARTS; i++)
        if (strncmp(request, verbs[i], strlen(verbs[i])) == 0)
            return i;
    return -1;
}

static void take_line(struct talked *talked, const char *line, int *part)
{
    struct report_answer *answer = *part >= 0 ? &talked->answers[*part] : NULL;

    if (line[0] == '>')
        *part = part_of(line + 2);
    else if (strncmp(line, "  ", 2) == 0)
        rows_add(answer ? &answer->rows : &talked->labels.rows, line);
    else if (answer && line[0] != '#')
        answer->came =
            answer_read(line, strlen(line), &answer->final) == ERR_OK;
}

static void read_talk(const char *name, struct talked *talked)
{
    FILE *file = fopen(name, "r");
    char line[4096];
    int part = -1;

    ck_assert_msg(file != NULL, "%s", name);
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        take_line(talked, line, &part);
    }
    (void)fclose(file);
}

static void free_talk(struct talked *talked)
{
    labels_fini(&talked->labels);
    for (size_t i = 0; i < REPORT_PARTS; i++) {
        rows_fini(&talked->answers[i].rows);
        answer_free(&talked->answers[i].final);
    }
}

static char *print_page(const struct page *page)
{
    char *bytes = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&bytes, &len);

    ck_assert_ptr_nonnull(out);
    page_print(page, out);
    ck_assert_int_eq(fclose(out), 0);
    return bytes;
}

static char *read_whole(const char *name)
{
    FILE *file = fopen(name, "r");
    struct text bytes = {0};
    char part[4096];
    size_t n;

    ck_assert_msg(file != NULL, "%s", name);
    while ((n = fread(part, 1, sizeof part, file)) > 0)
        text_add(&bytes, part, n);
    (void)fclose(file);
    return text_take(&bytes);
}

/* One by one: Check does not print what is longer than a screen. */
static void compare_lines(char *got, char *want)
{
    char *a = strsep(&got, "\n");
    char *b = strsep(&want, "\n");

    while (a && b) {
        ck_assert_str_eq(a, b);
        a = strsep(&got, "\n");
        b = strsep(&want, "\n");
    }
    ck_assert_pstr_eq(a, b);
}

static const struct {
    const char *name;
    size_t columns;
    enum language language;
} reports[] = {
    {"report.en.60.txt", 60, LANGUAGE_ENGLISH},
    {"report.fr.60.txt", 60, LANGUAGE_FRENCH},
    {"report.en.80.txt", 80, LANGUAGE_ENGLISH},
    {"report.fr.80.txt", 80, LANGUAGE_FRENCH},
    {"report.en.160.txt", 160, LANGUAGE_ENGLISH},
    {"report.fr.160.txt", 160, LANGUAGE_FRENCH},
};

START_TEST(a_report_looks_as_it_did)
{
    const struct look look = {
        .columns = reports[_i].columns, .language = reports[_i].language};
    struct talked talked = {0};
    struct page page = {0};
    char name[64];

    read_talk(FOLDER "night-bus.rows", &talked);
    report_draw(talked.answers, "NB", &talked.labels, &look, &page);
    char *got = print_page(&page);
    (void)snprintf(name, sizeof name, FOLDER "%s", reports[_i].name);
    char *want = read_whole(name);

    compare_lines(got, want);
    for (size_t i = 0; i < page.n; i++)
        ck_assert_uint_le(cell_width(page.list[i]), look.columns);
    free(got);
    free(want);
    page_fini(&page);
    free_talk(&talked);
}
END_TEST

START_TEST(without_utf8_a_report_is_ascii)
{
    const struct look look = {.columns = 100, .language = LANGUAGE_FRENCH};
    struct talked talked = {0};
    struct page page = {0};

    ck_assert_ptr_nonnull(setlocale(LC_CTYPE, "C"));
    read_talk(FOLDER "night-bus.rows", &talked);
    report_draw(talked.answers, "NB", &talked.labels, &look, &page);
    char *got = print_page(&page);

    for (const char *c = got; *c; c++)
        ck_assert_int_gt(*c, 0);
    ck_assert_ptr_nonnull(strstr(got, "##########"));
    free(got);
    page_fini(&page);
    free_talk(&talked);
}
END_TEST

/* What a panel or a table makes of some lines of a server. */
static char *draw(const char *verb, const char *const *lines,
    const char *final_line, size_t columns)
{
    const struct look look = {.columns = columns};
    const struct labels labels = {0};
    struct rows rows = {0};
    struct answer final;
    struct page page = {0};

    for (; *lines; lines++)
        rows_add(&rows, *lines);
    ck_assert_int_eq(
        answer_read(final_line, strlen(final_line), &final), ERR_OK);
    if (panel_find(verb))
        report_panel(verb, &rows, &final, &labels, &look, &page);
    else
        records_draw(&rows, strcmp(verb, "show") == 0, &look, &page);
    char *got = print_page(&page);
    rows_fini(&rows);
    answer_free(&final);
    page_fini(&page);
    return got;
}

static const struct {
    const char *verb;
    const char *lines[6];
    const char *final;
    const char *holds; /* a part of what is shown */
} sentences[] = {
    {"decider", {"  bid code=A points=80.000000 rank=1 lead=1.500000 ours=yes"},
        "ok to-win=530.259999 leader=A", "A wins, 1.50 points ahead."},
    {"decider",
        {"  bid code=A points=80.000000 rank=1 lead=0.000000 price=500.000000"
         " ours=yes tie=yes"},
        "ok to-win=530.259999 leader=A",
        "The price may rise to 530.25 and still win: 30.25 more than now."},
    {"decider",
        {"  bid code=A points=1.000000 price=500.000000 ours=yes admitted=no"
         " gate=C2"},
        "ok to-win=none", "A is excluded: its mark for C2 is below"},
    {"decider", {"  bid code=A points=1.000000 lead=1.000000 ours=yes"},
        "ok to-win=any estimates=3", "3 figures are estimates"},
    {"users", {"  choice segment=S degree=2.000000 captive=no"}, "ok",
        "Nobody is captive."},
    {"users", {"  choice segment=S captive=unknown"}, "ok",
        "Captive or not is not known"},
    {"users", {"  total bid=A known=no"}, "ok", "not known"},
    {"decider",
        {"  bid lot=L-1 code=A points=2.000000 lead=1.000000 ours=yes",
            "  lot code=L-1 to-win=10.000000",
            "  missing lot=L-2 blocks=decider line=\"set C1 weight=\" why=w"},
        "ok",
        "  Not enough is recorded yet:\n  set C1 weight=\n      w (decider, "
        "L-2)\n"},
    {"discount", {"  offer set=O1 cut=0.000000 full-price=10.000000"}, "ok",
        "wins without a cut: O1, at 10.00."},
    {"discount", {"  offer set=O1,O2 to-win=none full-price=10.000000"}, "ok",
        "No price cut makes the best offer for users win: O1 + O2."},
    {"discount",
        {"  offer set=O1 price=595.049999 cut=1.950001 full-price=597.000000"},
        "ok", "A price cut of 1.96, from 597.00 to 595.04, makes"},
    {"front", {"  offer set=none lead=-1.000000 wins=no"}, "ok",
        "None of these offers wins."},
    {"front",
        {"  offer set=O1 price=1.000000 users=0.500000 wins=yes best=yes "
         "front=yes margin=120.000000 pwin=0.812500 low=0.790000 "
         "high=0.830000"},
        "ok", "81.3%  79.0–83.0%  120.00  50.0%"},
    {"qualify",
        {"  question code=Q1 weight=2.000000 score=0.400000 floor=0.500000 "
         "below=yes text=drivers",
            "  worth pwin=0.250000 from=given margin=10.000000 cost=4.000000 "
            "expected=-1.500000 break-even=0.400000",
            "  forecast line=\"add forecast tender=T chance=0.25\""},
        "ok verdict=no by=floor score=0.400000 answered=1 questions=1",
        "Verdict: do not bid (an answer is below its floor)."},
    {"qualify",
        {"  worth pwin=0.250000 from=given margin=10.000000 cost=4.000000 "
         "expected=-1.500000 break-even=0.400000"},
        "ok verdict=conditional by=score",
        "25.0%  the request      10     4           -1.50      40.0%"},
    {"aid",
        {"  weight need=N1 weight=0.750000 importance=10.000000 "
         "line=\"set W-1 importance=10.00\"",
            "  pair need=N1 over=N2 said=3.000000 fits=3.000000"},
        "ok method=ahp ratio=0.046225 random=0.580000 consistent=yes",
        "consistency ratio 0.05, by the random index 0.58 of Saaty"},
    {"aid", {"  weight need=N1 weight=0.750000 importance=10.000000"},
        "ok method=ahp ratio=6.130268 random=0.580000 consistent=no",
        "The answers contradict each other: consistency ratio 6.13, above"},
    {"aid",
        {"  score bid=OURS score=0.477425 rank=2 users=0.700125 users-rank=1"},
        "ok method=topsis", "OURS     2   0.48      70.0%     1"},
    {"qualify",
        {"  missing what=qualifier blocks=qualify line=\"add qualifier\" "
         "why=none",
            "  worth pwin=0.250000 from=given"},
        "ok verdict=unknown by=unanswered", "25.0%  the request"},
    {"calibrate",
        {"  forecast FO-1 tender=NB by=ann chance=0.600000 outcome=won "
         "score=0.160000",
            "  person by=ann forecasts=1 brier=0.160000"},
        "ok known=1 brier=0.160000",
        "FO-1      NB      ann   60.0%  won             0.16"},
    {"calibrate", {NULL}, "ok known=0", "No forecast has a known outcome"},
    {"client",
        {"  answer choice=award decisive=yes client=no rule=others-decide "
         "instead=A,B options=3 why=w",
            "  option alternative=BIKE counts=no limit=unreachable",
            "  ask line=\"add reach party=X\" why=nobody"},
        "ok party=X client=no rule=others-decide instead=A,B "
        "funding=institution",
        "Is X a client? Answer: no.\n  The client instead: A, B.\n"},
    {"client", {"  answer client=no rule=prospect why=w"},
        "ok party=X client=no funding=market",
        "choosing is buying.\n  The reason: w.\n"},
    {"map",
        {"  stake party=P salience=dominant attention=manage support=-1 met=no",
            "  role role=coach filled=no",
            "  load party=P value=0.446439 options=5 "
            "relief=allies,fewer-variants"},
        "ok status=red", "5  allies, fewer variants"},
    {"canvas",
        {"  factor code=F ours=9.000000 rivals=3.500000 action=raise",
            "  player party=W focus=0.369231 ours=yes"},
        "ok divergence=1.688332 focus=0.369231 factors=1 players=1",
        "9          3.50  raise"},
    {"nonclients",
        {"  nonclient id=NC-1 tier=leaving party=P size=400 reason=late",
            "  tier tier=leaving groups=1 size=400"},
        "ok size=400 taught=0 profits-others=0", "about to leave"},
    {"distributor",
        {"  distributor party=S slot=aisle theirs=3.000000 ours=2.000000 "
         "ratio=1.500000 to-us=client rule=more-choice policy=yes",
            "  value party=S of=A level=0.750000 rank=1 ours=yes",
            "  chain step=1 from=W to=S to-us=client value=0.750000"},
        "ok distributors=1 clients=1", "1.50  our client"},
    {"pitch",
        {"  say part=need need=N1 text=Early.", "  say part=proof text=Seen.",
            "  say part=next text=Come.",
            "  lack what=proof need=N1 line=\"add fact on=N1\" why=none"},
        "ok to=P audience=payer level=novice words=3",
        "To P (payer, novice): 3 words.\n\n  Early. Seen.\n\n  Come.\n\n  "
        "What would make it stronger:\n  - N1: none\n    add fact on=N1\n"},
    {"pitch",
        {"  say part=need text=Early.", "  say part=need text=Seen.",
            "  advice what=level party=P why=ask"},
        "ok to=P audience=payer level=savvy words=2",
        "  - Early.\n  - Seen.\n\n  For you, not to be said:\n  - P: ask\n"},
    {"users",
        {"  advantage bid=A segment=S over=today gain=0.443000 loss=0.011000 "
         "net=0.432000"},
        "ok", "+44.3  -1.1  +43.2"},
    {"gap", {"  regret of=mean winner=A best=B users=0.050000 points=1.500000"},
        "ok", "all, by heads  A       B       5.0    1.50"},
    {"gap", {"  shadow need=N by=E lost=0.040000"}, "ok",
        "N     E                  0.04"},
    {"stress", {"  price bid=A to-win=523.255813 change=-21.744187"}, "ok",
        "Our price would tie at 523.25 (-21.75)."},
    {"distributor", {"  ask line=\"add stake roles=distributes party=\""},
        "ok distributors=0 clients=0", "No distributor is recorded"},
    {"gap", {"  need code=N1 users=0.500000 criteria=0.500000 gap=0.000000"},
        "ok divergence=0.125000 criteria-only=0.000000", "Divergence 12.5%"},
    {"decider",
        {"  bid lot=L-1 code=A points=2.000000 lead=1.000000 ours=yes",
            "  bid lot=L-2 code=A points=3.000000 lead=1.000000 ours=yes",
            "  lot code=L-1 to-win=10.000000",
            "  lot code=L-2 to-win=20.000000"},
        "ok", "lot L-2"},
    {"decider",
        {"  bid lot=L-1 code=A points=2.000000 lead=1.000000 ours=yes",
            "  bid lot=L-2 code=A points=3.000000 lead=1.000000 ours=yes",
            "  lot code=L-1 to-win=10.000000",
            "  lot code=L-2 to-win=20.000000"},
        "ok", "Price to win: 20.00."},
    {"list", {"  bid B-1 price=1250000 title=\"x\\u{202e}y\""}, "ok",
        "\\u{202E}"},
    {"list",
        {"  bid B-1 tender=T-1 price=5", "  bid B-2 tender=T-1 price=1250000"},
        "ok", "bid    price\nB-1        5\nB-2  1250000\n"},
    {"list", {"  bid B-1 price=520", "  bid B-2 price=450.25"}, "ok",
        "bid   price\nB-1  520\nB-2  450.25\n"},
    {"list", {"  need N-1 name=\"日本語\" n=1", "  need N-2 name=abc n=2"},
        "ok", "need  name    n\nN-1   日本語  1\nN-2   abc     2\n"},
    {"list", {"  bid B-1 tender=T-1", "  bid B-2 tender=T-2"}, "ok",
        "B-2  T-2"},
    {"show",
        {"  bid B-1 price=5", "  text field=reason lines=2 bytes=7", "  | one",
            "  | two"},
        "ok", "bid B-1\n  price   5\n  reason  one\n          two\n"},
    {"missing",
        {"  missing what=scale-max criterion=C2 blocks=decider "
         "line=\"set C2 scale-max=\" why=\"the best mark\""},
        "ok", "  set C2 scale-max=\n      the best mark (decider)\n"},
    {"log",
        {"  change seq=7 id=B-3 did=bid.set author=ann "
         "time=2026-11-21T21:14:03.120Z price=5 was.price=6"},
        "ok", "7 11-21 21:14:03 ann bid.set B-3\n    price=5 (was 6)\n"},
    {"explain", {"  | a line", "  |   deeper"}, "ok", "a line\n  deeper\n"},
};

START_TEST(rows_become_what_people_read)
{
    char *got =
        draw(sentences[_i].verb, sentences[_i].lines, sentences[_i].final, 120);

    ck_assert_msg(strstr(got, sentences[_i].holds) != NULL, "%s", got);
    free(got);
}
END_TEST

/* Rows that no server sends, or a later one does. */
static const struct {
    const char *verb;
    const char *lines[4];
} odd[] = {
    {"decider",
        {"  bid", "  points bid=A", "  paradox", "  flip smallest=yes"}},
    {"users", {"  value", "  total", "  choice"}},
    {"gap", {"  need", "  blind", "  part", "  agree"}},
    {"front", {"  offer"}},
    {"discount", {"  offer"}},
    {"decider", {NULL}},
    {"users", {NULL}},
    {"gap", {NULL}},
    {"front", {NULL}},
    {"discount", {NULL}},
    {"qualify", {"  question", "  worth", "  element", "  forecast"}},
    {"calibrate", {"  forecast", "  person"}},
    {"client", {"  answer", "  option", "  represents", "  ask"}},
    {"map", {"  stake", "  role", "  influence", "  load"}},
    {"distributor", {"  distributor", "  brand", "  need", "  value"}},
    {"pitch", {"  say", "  advice", "  lack", "  say part=x"}},
    {"pitch", {NULL}},
    {"lint", {"  finding"}},
    {"brief", {"  who", "  last", "  trusts", "  ask"}},
    {"brief", {NULL}},
    {"lint", {NULL}},
    {"canvas", {"  factor", "  player"}},
    {"nonclients", {"  nonclient", "  tier", "  factor", "  taught"}},
    {"canvas", {"  factor", "  player"}},
    {"nonclients", {"  nonclient", "  tier", "  factor", "  taught"}},
    {"lint", {"  finding"}},
    {"lint", {NULL}},
    {"qualify", {NULL}},
    {"client", {NULL}},
    {"map", {NULL}},
    {"distributor", {NULL}},
    {"canvas", {NULL}},
    {"nonclients", {NULL}},
    {"list", {"  ", "  bid", "not data"}},
};

START_TEST(rows_that_lack_everything_do_no_harm)
{
    char *got = draw(odd[_i].verb, odd[_i].lines, "ok", 40);

    ck_assert_ptr_nonnull(got);
    free(got);
}
END_TEST

START_TEST(an_event_is_one_line)
{
    const char line[] = "* 1046 2026-11-21T21:14:03.120Z bid.set B-3 "
                        "author=bob price=1190000 was.price=1210000";
    const struct look look = {.columns = 80};
    struct answer event;
    struct text got = {0};

    ck_assert_int_eq(answer_read(line, strlen(line), &event), ERR_OK);
    records_event(&got, &event, &look);

    ck_assert_str_eq(got.bytes,
        "* 11-21 21:14:03 bob bid.set B-3 price=1190000 (was 1210000)");
    text_fini(&got);
    answer_free(&event);
}
END_TEST

#define COUNT(rows) ((int)(sizeof(rows) / sizeof *(rows)))

int main(void)
{
    Suite *suite = suite_create("view");
    TCase *tests = tcase_create("view");
    SRunner *runner = srunner_create(suite);

    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, use_utf8, NULL);
    tcase_add_loop_test(tests, a_report_looks_as_it_did, 0, COUNT(reports));
    tcase_add_test(tests, without_utf8_a_report_is_ascii);
    tcase_add_loop_test(
        tests, rows_become_what_people_read, 0, COUNT(sentences));
    tcase_add_loop_test(
        tests, rows_that_lack_everything_do_no_harm, 0, COUNT(odd));
    tcase_add_test(tests, an_event_is_one_line);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
