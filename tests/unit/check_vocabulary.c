/* SPDX-License-Identifier: Apache-2.0
 *
 * check_vocabulary.c - what a server tells of itself is asked for once, and
 * kept where the digest says.
 */
#include "client/prompt/names.h"
#include "client/prompt/vocabulary_ask.h"
#include "tests/unit/fake_server.h"

#include <ftw.h>
#include <poll.h>
#include <sys/stat.h>

#define ROWS "  verb name=weave help=weaves\n"

static char cache[80];

static struct {
    const char *digest, *rows;
    int asked; /* times that all of it was asked for */
} tells;

/* Answers to requests line by line. */
static void answer(SSL *ssl, int fd)
{
    char part[4096];
    size_t len;
    char line[256] = "";
    size_t n = 0;

    (void)fd;
    put(ssl, HELLO);
    while (SSL_read_ex(ssl, part, sizeof part, &len) == 1)
        for (size_t i = 0; i < len; i++) {
            if (n + 1 < sizeof line)
                line[n++] = part[i];
            if (part[i] != '\n')
                continue;
            line[n] = '\0';
            n = 0;
            if (strcmp(line, "describe digest\n") == 0) {
                put(ssl, tells.digest);
            } else if (strcmp(line, "describe\n") == 0) {
                tells.asked++;
                put(ssl, tells.rows);
                put(ssl, "ok n=1\n");
            } else if (strncmp(line, "list party ", 11) == 0) {
                put(ssl, "  party P-1 code=ANN sort=person\n"
                         "  party P-2 code=\"A B\" sort=segment\n"
                         "  party P-3 code=STUD sort=segment\n"
                         "  party P-4 code=\"\\u{202E}X\" sort=segment\n"
                         "  party P-5 sort=segment\nok n=5\n");
            } else if (strcmp(line, "show ANN fields=rev\n") == 0) {
                put(ssl, "  party P-1 rev=5\nok n=1\n");
            } else if (strncmp(line, "show ", 5) == 0) {
                put(ssl, "err none\n");
            } else {
                put(ssl, "ok n=0\n");
            }
        }
}

static void connect_to_it(struct talk *talk)
{
    const struct link_target target = {
        .server = server, .ca = ca, .timeout_ms = 20000};
    struct text why = {0};

    ck_assert_int_eq(link_open(&target, &talk->link, &why), ERR_OK);
}

static int remove_one(
    const char *path, const struct stat *about, int flag, struct FTW *at)
{
    (void)about;
    (void)flag;
    (void)at;
    return remove(path);
}

static void begin(void)
{
    set_up();
    (void)snprintf(cache, sizeof cache, "%s/cache", folder);
    ck_assert_int_eq(setenv("XDG_CACHE_HOME", cache, 1), 0);
}

static void end(void)
{
    (void)nftw(cache, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    tear_down();
}

/* One session that asks; gives whether it knew the verb then. */
static bool learn(void)
{
    struct talk talk = {0};
    struct vocabulary got = {0};

    start_server(answer, true, TLS1_3_VERSION);
    connect_to_it(&talk);
    vocabulary_ask(&talk, LANGUAGE_ENGLISH, &got);
    ck_assert_int_eq(talk_drain(&talk, 20000), ERR_OK);
    talk_fini(&talk);
    stop_server();
    bool knows = vocabulary_find(&got, "verb", "weave") != NULL;
    vocabulary_fini(&got);
    return knows;
}

START_TEST(it_is_asked_for_once_for_each_digest)
{
    struct stat about;
    char path[160];

    tells.asked = 0;
    tells.digest = "ok digest=a1b29a22f54fe31e\n";
    tells.rows = ROWS;
    ck_assert(learn());
    ck_assert_int_eq(tells.asked, 1);
    ck_assert(learn());
    ck_assert_int_eq(tells.asked, 1);
    tells.digest = "ok digest=a1b29a22f54fe31f\n";
    ck_assert(learn());
    ck_assert_int_eq(tells.asked, 2);

    (void)snprintf(
        path, sizeof path, "%s/diptych/describe-a1b29a22f54fe31e-en", cache);
    ck_assert_int_eq(stat(path, &about), 0);
    ck_assert_int_eq(about.st_mode & 0777, 0600);
}
END_TEST

static const struct {
    const char *digest, *rows;
    bool knows;
} strange[] = {
    {"ok digest=../../../../tmp/escape\n", ROWS, true},
    {"ok digest=\"\"\n", ROWS, true},
    {"ok\n", ROWS, true},
    {"err none field=topic\n", ROWS, true},
    {"ok digest=a1b29a22f54fe31e\n", "  | nothing\n", false},
};

START_TEST(what_can_not_be_kept_is_used_all_the_same)
{
    struct stat about;

    tells.asked = 0;
    tells.digest = strange[_i].digest;
    tells.rows = strange[_i].rows;
    ck_assert_int_eq(learn(), strange[_i].knows);
    ck_assert_int_eq(learn(), strange[_i].knows);

    ck_assert_int_eq(tells.asked, 2);
    ck_assert_int_ne(stat(cache, &about), 0);
}
END_TEST

static char named_tender[] = "NB";

static const struct {
    const char *names, *word, *want;
    size_t head;
    bool scoped;
} named[] = {
    {"party", "party=", "party=ANN party=P-2 party=STUD party=P-4 party=P-5 ",
        6, true},
    {"party:segment", "S", "STUD ", 0, false},
    {"party", "P-3", "P-3 ", 0, true},
    {"lot", "", "", 0, true},
    {"no-such-kind", "", "", 0, true},
};

START_TEST(codes_come_from_the_server)
{
    static char token[] = "dpt_x";
    static char *place = token;
    struct client client = {.timeout_ms = 20000};
    struct vocabulary vocabulary;
    struct choices got = {.head = named[_i].head};
    struct names *names;
    struct text list = {0};

    vocabulary_preset(&vocabulary, LANGUAGE_ENGLISH);
    start_server(answer, true, TLS1_3_VERSION);
    client.set.value[OPTION_SERVER] = server;
    client.set.value[OPTION_CA] = ca;
    client.tender = named[_i].scoped ? named_tender : NULL;
    names_new(&client, &place, &names);
    text_puts(&got.names, named[_i].names);
    /* A slow machine may need more than one moment. */
    for (int i = 0; i < 20 && got.n == 0 && *named[_i].want; i++)
        names_add(names, &vocabulary, named[_i].word, &got);
    for (size_t i = 0; i < got.n; i++)
        text_printf(&list, "%s ", got.list[i]);

    ck_assert_str_eq(text_peek(&list), named[_i].want);
    for (int i = 0; i < 20000 && names_kind_of(names, "ANN") == NULL; i++)
        (void)poll(NULL, 0, 1);
    ck_assert_str_eq(names_kind_of(names, "ANN"), "party");
    ck_assert_ptr_null(names_kind_of(names, "NOBODY"));
    text_fini(&list);
    complete_free(&got);
    names_free(&names);
    stop_server();
    vocabulary_fini(&vocabulary);
}
END_TEST

#define COUNT(rows) ((int)(sizeof(rows) / sizeof *(rows)))

int main(void)
{
    Suite *suite = suite_create("vocabulary");
    TCase *tests = tcase_create("vocabulary");
    SRunner *runner = srunner_create(suite);

    suite_add_tcase(suite, tests);
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, it_is_asked_for_once_for_each_digest);
    tcase_add_loop_test(
        tests, what_can_not_be_kept_is_used_all_the_same, 0, COUNT(strange));
    tcase_add_loop_test(tests, codes_come_from_the_server, 0, COUNT(named));
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
