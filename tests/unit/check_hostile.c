/* SPDX-License-Identifier: Apache-2.0
 *
 * check_hostile.c - whatever a server says, nothing of it steers a terminal.
 *
 * The client itself runs, on a pipe and on a terminal, against a server whose
 * every word is hostile: values, names, texts, errors, notices, events, help,
 * and the farewell.
 */
#include "protocol/base_text.h"
#include "protocol/utf8.h"
#include "tests/unit/fake_server.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>

/* What the grammar of the wire lets through: what turns the direction of
 * writing, and what ends lines elsewhere. */
#define EVIL "\u202Ea\u2066b\u2028c\u2069d"

static bool is_harmful(uint32_t point)
{
    return (point >= 0x80 && point < 0xa0) ||
           (point >= 0x202a && point <= 0x202e) ||
           (point >= 0x2066 && point <= 0x2069) || point == 0x2028 ||
           point == 0x2029;
}

static char program[PATH_MAX];

static void answer(SSL *ssl, const char *line)
{
    put(ssl, "# notice " EVIL "\n");
    if (strncmp(line, "describe", 8) == 0) {
        put(ssl, "  verb name=\"x" EVIL "\" help=\"" EVIL "\"\n"
                 "  verb name=set takes=fields help=\"" EVIL "\"\n"
                 "ok n=2 digest=" EVIL "\n");
    } else if (strncmp(line, "auth", 4) == 0 || strncmp(line, "use", 3) == 0) {
        put(ssl, "ok user=\"" EVIL "\" role=\"" EVIL "\" # " EVIL "\n");
    } else if (strncmp(line, "watch", 5) == 0) {
        put(ssl, "ok watch=1 at=7 # " EVIL "\n"
                 "* 8 2026-11-21T21:14:03.120Z bid.set B-1 author=\"" EVIL
                 "\" name=\"" EVIL "\" was.name=\"" EVIL "\"\n"
                 "bye reason=\"" EVIL "\" # " EVIL "\n");
    } else if (strncmp(line, "set", 3) == 0) {
        put(ssl, "err arg field=\"" EVIL "\" got=\"" EVIL "\" allowed=\"" EVIL
                 "\" # " EVIL "\n");
    } else if (strncmp(line, "decider", 7) == 0) {
        put(ssl, "  bid code=\"" EVIL "\" points=86.000000 rank=1 "
                 "lead=2.000000 price=500.000000 ours=yes\n"
                 "  points bid=\"" EVIL "\" criterion=\"" EVIL
                 "\" points=54.000000 weight=60.000000\n"
                 "ok n=2 at=7 to-win=\"" EVIL "\" leader=\"" EVIL "\"\n");
    } else if (strncmp(line, "missing", 7) == 0) {
        put(ssl, "  missing what=\"" EVIL "\" blocks=\"" EVIL "\" line=\"" EVIL
                 "\" why=\"" EVIL "\"\nok n=1\n");
    } else if (strncmp(line, "log", 3) == 0) {
        put(ssl, "  change seq=8 id=B-1 did=\"" EVIL "\" author=\"" EVIL
                 "\" time=\"" EVIL "\" name=\"" EVIL "\"\nok n=1\n");
    } else if (strncmp(line, "help", 4) == 0) {
        put(ssl, "  | " EVIL "  " EVIL "\n  " EVIL "\nok n=1\n");
    } else {
        put(ssl,
            "  bid B-1 rev=7 code=\"" EVIL "\" name=\"" EVIL "\" x=\"" EVIL
            "\"\n  text field=reason lines=2 bytes=9\n  | " EVIL "\n  | " EVIL
            "\n  \033[2J\007 raw\nok n=1 at=7 more=yes next=\"" EVIL
            "\" # " EVIL "\n");
    }
}

static void be_hostile(SSL *ssl, int fd)
{
    char part[4096];
    char line[512] = "";
    size_t n = 0;
    size_t len;

    (void)fd;
    put(ssl, "hello proto=1 server=\"" EVIL "\" # " EVIL "\n");
    while (SSL_read_ex(ssl, part, sizeof part, &len) == 1)
        for (size_t i = 0; i < len; i++) {
            if (part[i] != '\n') {
                line[n] = part[i];
                n += n + 1 < sizeof line;
                continue;
            }
            line[n] = '\0';
            n = 0;
            answer(ssl, line);
            if (strncmp(line, "watch", 5) == 0) {
                (void)SSL_shutdown(ssl);
                return;
            }
        }
}

/* What a child writes until it ends; what is typed goes in word by word, as
 * soon as the prompt stands there. */
static void read_all(int fd, const char *typed, struct text *shown)
{
    struct pollfd ready = {.fd = fd, .events = POLLIN};
    char part[4096];
    size_t seen = 0;

    while (poll(&ready, 1, 20000) == 1) {
        ssize_t got = read(fd, part, sizeof part);

        if (got <= 0)
            break;
        text_add(shown, part, (size_t)got);
        while (typed && *typed && strstr(shown->bytes + seen, "> ")) {
            size_t len = strcspn(typed, "|");

            seen = shown->len;
            (void)!write(fd, typed, len);
            typed += len + (typed[len] == '|');
        }
    }
}

/* The erasing of the screen is nothing that the client would send here. */
static void check_safe(const char *what, const struct text *shown)
{
    const char *at = text_peek(shown);
    size_t left = shown->len;

    ck_assert_msg(strstr(at, "\033[2J") == NULL, "%s shows %s", what, at);
    while (left) {
        uint32_t point = 0;
        size_t n = utf8_next(at, left, &point);

        ck_assert_msg(n == 0 || !is_harmful(point), "%s shows %s", what,
            text_peek(shown));
        n += n == 0;
        at += n;
        left -= n;
    }
}

static const struct {
    const char *arguments; /* blank between them */
    const char *typed;     /* lines of a session, "|" between them */
    const char *holds;     /* that something was shown at all */
} rows[] = {
    {"--table list bid", NULL, "B-1"},
    {"--table show B-1", NULL, "reason"},
    {"--table log", NULL, "B-1"},
    {"--table help", NULL, "\\u{202E}a"},
    {"--table decider NB", NULL, "86"},
    {"--table missing NB", NULL, "\\u{202E}a"},
    {"--table set B-1 name=x", NULL, "arg"},
    {"--table --timeout 1 watch *", NULL, "bid.set"},
    {"-o lines list bid", NULL, "B-1"},
    {"-o json list bid", NULL, "B-1"},
    {"-o csv list bid", NULL, "bid"},
    {"-o tsv list bid", NULL, "bid"},
    {"-o lines set B-1 name=x", NULL, "arg"},
    {"--no-pager",
        "list bid\r|show B-1\r|set B-1 n\t\025ping\r|"
        "set B-1 name=x\r|watch *\r|\004",
        "B-1"},
};

/* The words of a command line, at most 20. */
static void run_program(const char *arguments)
{
    char words[256];
    char *argv[24] = {program};
    int n = 1;

    static char host[] = "-H", authority[] = "--ca";
    argv[n++] = host;
    argv[n++] = server;
    argv[n++] = authority;
    argv[n++] = ca;
    (void)snprintf(words, sizeof words, "%s", arguments);
    for (char *word = strtok(words, " "); word && n < 23;
         word = strtok(NULL, " "))
        argv[n++] = word;
    (void)execv(program, argv);
    _exit(127);
}

START_TEST(nothing_that_a_server_says_steers_a_terminal)
{
    const struct winsize size = {.ws_row = 24, .ws_col = 80};
    struct text shown = {0};
    int fd;

    (void)setenv("DIPTYCH_PROFILE", "/nonexistent/profile", 1);
    (void)setenv("XDG_CACHE_HOME", folder, 1);
    (void)setenv("XDG_STATE_HOME", folder, 1);
    (void)setenv("TERM", "xterm", 1);
    (void)setenv("NO_COLOR", "1", 1);
    (void)setenv("LC_ALL", "C.UTF-8", 1);
    start_server(be_hostile, true, TLS1_3_VERSION);
    pid_t pid = forkpty(&fd, NULL, NULL, &size);
    ck_assert_int_ge(pid, 0);
    if (pid == 0)
        run_program(rows[_i].arguments);
    read_all(fd, rows[_i].typed, &shown);
    (void)close(fd);
    (void)kill(pid, SIGTERM);
    ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
    stop_server();

    check_safe(rows[_i].arguments, &shown);
    ck_assert_msg(strstr(text_peek(&shown), rows[_i].holds) != NULL,
        "%s shows %s", rows[_i].arguments, text_peek(&shown));
    text_fini(&shown);
}
END_TEST

/* The client stands beside the folder of the tests. */
static void find_program(void)
{
    ssize_t len = readlink("/proc/self/exe", program, sizeof program - 16);

    if (len <= 0)
        return;
    program[len] = '\0';
    for (int i = 0; i < 3; i++)
        *strrchr(program, '/') = '\0';
    (void)snprintf(program + strlen(program), 16, "/diptych");
}

int main(void)
{
    Suite *suite = suite_create("hostile");
    TCase *tests = tcase_create("hostile");
    SRunner *runner = srunner_create(suite);

    find_program();
    suite_add_tcase(suite, tests);
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, nothing_that_a_server_says_steers_a_terminal, 0,
        (int)(sizeof rows / sizeof *rows));
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
