/* SPDX-License-Identifier: Apache-2.0
 *
 * bytes - what arrives does not depend on how it is cut, and nothing that
 * arrives does any harm.
 *
 * The same script is sent whole, in pieces of a few bytes and byte by byte,
 * each in a record of its own, and the answers are the same.  Ten thousand
 * requests are sent at once.  Random bytes come before TLS, in place of a
 * login and behind one.  $BUILD says where the programs stand.
 */
#include "protocol/base_mem.h"
#include "tests/parts/guest.h"
#include "tests/talk/rude.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PATIENCE_MS 60000
#define REQUESTS    10000
/* What the server may hold more after all this than before: caches of the
 * database, and what the allocator keeps. */
#define GROWTH_KIB 32768

struct storm {
    struct stage stage;
    bool slow;
    unsigned long random;
    size_t passed;
    struct text why;
};

/* Numbers without pattern, the same in every run. */
static unsigned long draw(struct storm *storm, unsigned long below)
{
    storm->random =
        storm->random * 6364136223846793005ul + 1442695040888963407ul;
    return (storm->random >> 33) % below;
}

static void complain(struct storm *storm, const char *what, const char *why)
{
    if (storm->why.len == 0)
        text_printf(&storm->why, "%s: %s\n", what, why);
}

static void claim(struct storm *storm, const char *what, const char *why)
{
    if (why && *why)
        complain(storm, what, why);
    storm->passed += storm->why.len == 0;
}

/* The golden tender, and questions about it. */
static void write_script(struct text *to)
{
    char line[4096];
    FILE *from = fopen("tests/samples/night-bus.dpt", "re");

    while (from && fgets(line, sizeof line, from))
        text_puts(to, line);
    if (from)
        (void)fclose(from);
    text_puts(to, "watch NB\n@a show C1 C2 fields=code,weight\n"
                  "list bid fields=code,price\r\nset B-1 pirce=3\n"
                  "\n  \n# nothing\n@b ping # yes\n\xff\xfe\nset B-1 name=\"\n"
                  "note B-1 text=<<END\nping\n\nEND \nEND\n"
                  "decider NB\nusers NB\ngap NB\nexplain NB points bid=OURS "
                  "criterion=C1\nset B-1 price=505 once=x1\n"
                  "set B-1 price=505 once=x1\nlog limit=3\nquit\n");
}

/* Times differ from run to run, whatever else is the same. */
static void hide_times(struct text *text)
{
    static const char form[] = "0000-00-00T00:00:00.000Z";

    for (size_t i = 0; i + sizeof form - 1 <= text->len; i++) {
        size_t n = 0;
        char *at = text->bytes + i;

        while (form[n] && (form[n] == '0' ? at[n] >= '0' && at[n] <= '9'
                                          : at[n] == form[n]))
            n++;
        if (form[n] == '\0')
            memset(at, 't', n);
    }
}

/* Each piece goes into a record of its own. */
static void send_pieces(struct storm *storm, struct guest *g,
    const struct text *script, size_t most)
{
    for (size_t done = 0; done < script->len && g->why.len == 0;) {
        size_t part = script->len - done;

        if (most && part > 1 + draw(storm, most) % part)
            part = most == 1 ? 1 : 1 + draw(storm, most) % part;
        if (!guest_say(g, script->bytes + done, part))
            return;
        done += part;
    }
}

/* A slow machine is told how far a computation is, and that the server lives;
 * that is not what is compared. */
#define UNHURRIED "--progress-time 60000 --tick-seconds 3600"

/* On a copy of the record, so that numbers are the same. */
static void hear_script(struct storm *storm, const char *name,
    const struct text *script, size_t most, struct text *heard)
{
    struct stage stage;
    struct guest g = {.keep = true};

    if (!stage_copy(&storm->stage, name, &stage, &storm->why) ||
        !stage_start(&stage, UNHURRIED, &storm->why))
        return;
    if (guest_open(&g, &stage, "ann")) {
        text_fini(&g.kept);
        send_pieces(storm, &g, script, most);
        (void)guest_outlast(&g);
    }
    *heard = g.kept;
    g.kept = (struct text){0};
    if (g.why.len)
        complain(storm, name, g.why.bytes);
    hide_times(heard);
    guest_fini(&g);
    (void)stage_stop(&stage, SIGTERM, &storm->why);
    stage_free(&stage);
}

static const char *compare(const struct text *a, const struct text *b)
{
    if (a->len == b->len && a->len > 0 &&
        memcmp(a->bytes, b->bytes, a->len) == 0)
        return NULL;
    return a->len ? text_peek(b) : "nothing was heard";
}

static void try_cuts(struct storm *storm)
{
    static const struct {
        const char *name;
        size_t most;
    } rows[] = {{"by-bytes", 1}, {"by-threes", 3}, {"by-hundreds", 200}};
    struct text script = {0};
    struct text whole = {0};

    write_script(&script);
    hear_script(storm, "whole", &script, 0, &whole);
    for (size_t i = 0; i < sizeof rows / sizeof *rows && storm->why.len == 0;
         i++) {
        struct text pieces = {0};

        hear_script(storm, rows[i].name, &script, rows[i].most, &pieces);
        claim(storm, rows[i].name, compare(&whole, &pieces));
        text_fini(&pieces);
    }
    text_fini(&script);
    text_fini(&whole);
}

/* Of every kind, without waiting for anything. */
static void try_pipeline(struct storm *storm)
{
    static const char *const forms[] = {"@%zu ping\n",
        "@%zu add need sort=job name=\"n%zu\"\n", "@%zu show T-1 fields=code\n",
        "@%zu set T-1 title=\"t%zu\"\n", "@%zu nonsense\n",
        "@%zu list need limit=2\n"};
    struct guest g = {0};
    struct text all = {0};

    if (guest_open(&g, &storm->stage, "bob")) {
        text_puts(&all, "add tender code=PIPE\nuse tender=PIPE\n");
        for (size_t i = 0; i < REQUESTS; i++) {
            const char *form = forms[draw(storm, sizeof forms / sizeof *forms)];
            const char *gap = strstr(form, "%zu");

            text_printf(&all, "%.*s%zu", (int)(gap - form), form, i);
            text_puts(&all, gap + 3);
        }
        if (guest_say(&g, all.bytes, all.len))
            (void)guest_settle(&g);
    }
    if (g.why.len == 0 && g.judge.grammar.answered != REQUESTS + 3)
        claim(storm, "10 000 requests", "not as many answers");
    claim(storm, "10 000 requests", text_peek(&g.why));
    text_fini(&all);
    guest_fini(&g);
}

static void draw_bytes(struct storm *storm, struct text *to, size_t len)
{
    /* Ends of lines are more frequent than chance makes them. */
    for (size_t i = 0; i < len; i++)
        text_putc(to, (char)(draw(storm, 12) ? draw(storm, 256) : '\n'));
}

/* Before TLS: whatever the server says, it ends the connection. */
static void try_no_tls(struct storm *storm, size_t len)
{
    struct text bytes = {0};
    char said[4096];
    int fd = rude_socket(storm->stage.port);
    struct pollfd p = {.fd = fd, .events = POLLIN};
    ssize_t n = 1;

    draw_bytes(storm, &bytes, len);
    if (draw(storm, 2))
        memcpy(bytes.bytes, "\x16\x03\x01", len < 3 ? len : 3);
    (void)send(fd, text_peek(&bytes), bytes.len, MSG_NOSIGNAL);
    (void)shutdown(fd, SHUT_WR);
    while (n > 0) {
        if (poll(&p, 1, PATIENCE_MS) <= 0) {
            complain(storm, "bytes before TLS", "they are kept waiting");
            break;
        }
        n = recv(fd, said, sizeof said, 0);
    }
    (void)close(fd);
    text_fini(&bytes);
}

/* Behind TLS every line that comes back is judged. */
static void try_noise(struct storm *storm, const char *user, size_t len)
{
    struct guest g = {0};
    struct text bytes = {0};

    draw_bytes(storm, &bytes, len);
    if (guest_open(&g, &storm->stage, user)) {
        /* The server may end it at any time: that is no fault. */
        guest_note(&g, bytes.bytes, bytes.len);
        (void)wire_send(g.wire, bytes.bytes, bytes.len, PATIENCE_MS);
        (void)wire_half_close(g.wire);
        (void)guest_outlast(&g);
    }
    if (g.why.len)
        complain(storm, user ? user : "before login", g.why.bytes);
    text_fini(&bytes);
    guest_fini(&g);
}

static void try_random(struct storm *storm)
{
    size_t times = storm->slow ? 30 : 150;

    for (size_t i = 0; i < times && storm->why.len == 0; i++) {
        try_no_tls(storm, 1 + draw(storm, 600));
        try_noise(storm, NULL, 1 + draw(storm, 3000));
        try_noise(storm, "sue", 1 + draw(storm, 30000));
    }
    claim(storm, "random bytes", NULL);
}

static void try_all(struct storm *storm)
{
    struct guest polite = {0};
    long before = process_resident(&storm->stage.server);

    if (!guest_open(&polite, &storm->stage, "ann") ||
        !guest_ask(&polite, "watch *"))
        complain(storm, "a polite guest", text_peek(&polite.why));
    if (storm->why.len == 0)
        try_pipeline(storm);
    if (storm->why.len == 0)
        try_random(storm);
    claim(storm, "a polite guest",
        guest_ask(&polite, "ping") ? NULL : text_peek(&polite.why));
    guest_fini(&polite);
    long after = process_resident(&storm->stage.server);
    printf("memory: %ld KiB before, %ld after\n", before, after);
    if (!storm->slow && after > before + GROWTH_KIB)
        claim(storm, "memory", "it has grown by more than it may");
    claim(storm, "memory", NULL);
}

int main(void)
{
    const char *build = getenv("BUILD");
    struct storm storm = {.random = 1};

    /* Sending to a server that has gone is part of it. */
    (void)signal(SIGPIPE, SIG_IGN);
    if (build == NULL)
        build = "build";
    storm.slow = strstr(build, "asan") || strstr(build, "tsan");
    if (stage_new(build, &storm.stage, &storm.why)) {
        try_cuts(&storm);
        if (storm.why.len == 0 && stage_start(&storm.stage, NULL, &storm.why)) {
            try_all(&storm);
            (void)stage_stop(&storm.stage, SIGTERM, &storm.why);
        }
    }
    bool good = storm.why.len == 0;
    (void)fputs(text_peek(&storm.why), stdout);
    stage_free(&storm.stage);
    text_fini(&storm.why);
    printf("%zu passed, %d failed\n", storm.passed, !good);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
