/* SPDX-License-Identifier: Apache-2.0
 *
 * rude - peers that misbehave, in every state that a connection can be in.
 *
 * After each of them a polite session is still answered; at the end nothing
 * of them is left: no socket, no session, and hardly any memory.  $BUILD says
 * where the programs stand.
 */
#include "tests/talk/rude.h"
#include "protocol/base_mem.h"
#include "tests/parts/guest.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PATIENCE_MS 30000
/* What the server may hold more after all this than before. */
#define GROWTH_KIB 32768
/* What a reader that never reads may cost while it is there. */
#define DEAF_KIB 2048
#define DEAF     20

struct storm {
    struct stage stage;
    struct guest polite;
    bool slow;
    size_t passed;
    struct text why;
};

/* How far the rude peer got before it misbehaves. */
enum state {
    STATE_SHAKEN,  /* TLS, and no login */
    STATE_OPEN,    /* logged in */
    STATE_BUSY,    /* with requests that are being answered */
    STATE_WATCHES, /* being told of changes */
    STATE_BATCH,   /* in the midst of a batch */
    STATE_BODY,    /* in the midst of a heredoc */
    STATE_QUITS,   /* having said quit */
    STATES
};

static const char *const state_names[STATES] = {"before login", "logged in",
    "with requests under way", "watching", "in a batch", "in a heredoc",
    "behind quit"};

static void complain(struct storm *storm, const char *what, const char *why)
{
    if (storm->why.len == 0)
        text_printf(&storm->why, "%s: %s\n", what, why);
}

/* The others go on as if nothing had happened. */
static void claim(struct storm *storm, const char *what, const char *where)
{
    struct text name = {0};

    text_printf(&name, "%s %s", what, where);
    if (!guest_ask(&storm->polite, "set T-1 title=\"still here\""))
        complain(storm, name.bytes, text_peek(&storm->polite.why));
    storm->passed += storm->why.len == 0;
    text_fini(&name);
}

static void write_state(
    const struct storm *storm, enum state state, struct text *to)
{
    char *token = stage_read(&storm->stage, "token", "bob");

    if (state != STATE_SHAKEN)
        text_printf(to, "auth token %s\n", token);
    if (state == STATE_BUSY)
        for (int i = 0; i < 40; i++)
            text_puts(to, "list need\nset T-1 title=\"busy\"\ndescribe\n");
    if (state == STATE_WATCHES)
        text_puts(to, "watch *\nset T-1 title=\"seen\"\n");
    if (state == STATE_BATCH)
        text_puts(to, "begin\nset T-1 title=\"never\"\n");
    if (state == STATE_BODY)
        text_puts(to, "set T-1 title=<<END\nnever\n");
    if (state == STATE_QUITS)
        text_puts(to, "quit\n");
    free(token);
}

/* A peer in that state; what it sent goes out as one record. */
static bool come(struct storm *storm, enum state state, struct guest *g)
{
    struct text bytes = {0};

    write_state(storm, state, &bytes);
    bool good = guest_open(g, &storm->stage, NULL) &&
                (bytes.len == 0 || guest_say(g, bytes.bytes, bytes.len));
    if (!good)
        complain(storm, state_names[state], text_peek(&g->why));
    text_fini(&bytes);
    return good;
}

/* What it does then. */

static void reset(struct storm *storm, struct guest *g)
{
    (void)storm;
    rude_reset(&g->wire);
}

static void vanish(struct storm *storm, struct guest *g)
{
    (void)storm;
    wire_free(&g->wire);
}

/* Without close_notify what was sent may be cut: it ends, and nothing runs. */
static void finish(struct storm *storm, struct guest *g)
{
    rude_finish(g->wire);
    if (!guest_outlast(g))
        complain(storm, "a FIN without close_notify", g->why.bytes);
}

/* With close_notify everything whole is answered before the end. */
static void half_close(struct storm *storm, struct guest *g)
{
    (void)wire_half_close(g->wire);
    if (!guest_outlast(g) || g->end != WIRE_CLOSED)
        complain(
            storm, "half a close", g->why.len ? g->why.bytes : "it was cut");
    else if (!g->judge.grammar.over)
        complain(storm, "half a close", "no bye");
    else if (strcmp(g->judge.bye, "eof") == 0 && !judge_is_even(&g->judge))
        complain(storm, "half a close", "not all was answered");
}

/* It asks for new keys and does not read the server's. */
static void update_keys(struct storm *storm, struct guest *g)
{
    int times = storm->slow ? 300 : 2000;

    while (times-- > 0 && rude_key_update(g->wire, 100))
        continue;
    vanish(storm, g);
}

/* More of them than OpenSSL takes for an accident end the connection. */
static void send_empty(struct storm *storm, struct guest *g)
{
    struct rude rude;

    if (!rude_init(&rude, g->wire)) {
        complain(storm, "empty records", "no keys");
        return;
    }
    for (int i = 0; i < 1000; i++)
        if (!rude_record(&rude, "", 0, 100))
            break;
    rude_fini(&rude);
    (void)guest_outlast(g);
    text_fini(&g->why);
}

/* One record that is full of empty lines, which get no answer. */
static void send_lines(struct storm *storm, struct guest *g)
{
    static char lines[16384];

    memset(lines, '\n', sizeof lines);
    for (int i = 0; i < 50; i++)
        if (!guest_say(g, lines, sizeof lines))
            break;
    (void)storm;
    text_fini(&g->why);
    half_close(storm, g);
}

/* Bytes that are no record, or one that was tampered with. */
static void send_garbage(struct storm *storm, struct guest *g)
{
    static const char garbage[] = "\x17\x03\x03\x00\x20 this was never "
                                  "encrypted at all, or so";

    (void)send(wire_fd(g->wire), garbage, sizeof garbage, MSG_NOSIGNAL);
    (void)guest_outlast(g);
    (void)storm;
    text_fini(&g->why);
}

static const struct {
    const char *name;
    void (*act)(struct storm *storm, struct guest *g);
    bool first; /* it makes its own records: nothing may be sent before */
} manners[] = {
    {"a reset", reset, false},
    {"gone without a word", vanish, false},
    {"a FIN without close_notify", finish, false},
    {"half a close", half_close, false},
    {"a flood of key updates", update_keys, false},
    {"empty records", send_empty, true},
    {"records of empty lines", send_lines, false},
    {"bytes that are no record", send_garbage, false},
};

#define MANNERS (sizeof manners / sizeof *manners)

static void try_manners(struct storm *storm)
{
    for (size_t m = 0; m < MANNERS; m++) {
        for (int s = 0; s < STATES && storm->why.len == 0; s++) {
            struct guest g = {0};

            if (manners[m].first && s != STATE_SHAKEN)
                continue;
            if (come(storm, (enum state)s, &g))
                manners[m].act(storm, &g);
            guest_fini(&g);
            claim(storm, manners[m].name, state_names[s]);
        }
    }
}

/* Before and in the handshake: it is left at every byte of a ClientHello. */
static void try_handshakes(struct storm *storm)
{
    static const char hello[] =
        "\x16\x03\x01\x00\x30\x01\x00\x00\x2c\x03\x03 thirty-two bytes of no "
        "randomness";

    for (size_t len = 0; len < sizeof hello && storm->why.len == 0; len++) {
        struct linger at_once = {.l_onoff = len % 2};
        int fd = rude_socket(storm->stage.port);

        if (fd < 0)
            complain(storm, "a handshake", "no connection");
        (void)send(fd, hello, len, MSG_NOSIGNAL);
        (void)setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
        (void)close(fd);
    }
    claim(storm, "handshakes that are left", "");
}

/* A peer whose records are made here from the first one on. */
static bool come_raw(
    struct storm *storm, enum state state, struct guest *g, struct rude *rude)
{
    struct text bytes = {0};

    write_state(storm, state, &bytes);
    bool good = guest_open(g, &storm->stage, NULL) && rude_init(rude, g->wire);
    if (good) {
        guest_note(g, bytes.bytes, bytes.len);
        good = rude_record(rude, bytes.bytes, bytes.len, PATIENCE_MS);
    }
    if (!good)
        complain(storm, "a login in one record", text_peek(&g->why));
    text_fini(&bytes);
    return good;
}

static void try_empty_open(struct storm *storm)
{
    struct guest g = {0};
    struct rude rude = {0};

    if (come_raw(storm, STATE_WATCHES, &g, &rude)) {
        if (!guest_settle(&g))
            complain(storm, "a login in one record", text_peek(&g.why));
        for (int i = 0; i < 1000; i++)
            if (!rude_record(&rude, "", 0, 100))
                break;
        (void)guest_outlast(&g);
    }
    rude_fini(&rude);
    guest_fini(&g);
    claim(storm, "empty records", state_names[STATE_WATCHES]);
}

/* Asks until neither side takes more, and never reads. */
static void ask_for_ever(struct guest *g, struct rude *rude)
{
    int small = 4096;
    struct text ask = {0};

    (void)setsockopt(
        wire_fd(g->wire), SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    while (ask.len < 16000)
        text_puts(&ask, "describe\nlist need limit=1000\n");
    while (rude_record(rude, ask.bytes, ask.len, 300))
        continue;
    text_fini(&ask);
}

/* What they cost is bounded, while they are there and others are answered. */
static void try_deaf(struct storm *storm)
{
    struct guest deaf[DEAF] = {{0}};
    struct rude rude[DEAF] = {{0}};
    long before = process_resident(&storm->stage.server);

    for (size_t i = 0; i < DEAF && storm->why.len == 0; i++)
        if (come_raw(storm, STATE_WATCHES, &deaf[i], &rude[i]))
            ask_for_ever(&deaf[i], &rude[i]);
    claim(storm, "readers that never read", "");
    long cost = (process_resident(&storm->stage.server) - before) / DEAF;
    printf("memory: %ld KiB for a reader that never reads\n", cost);
    if (!storm->slow && cost > DEAF_KIB)
        complain(storm, "readers that never read", "they cost too much");
    for (size_t i = 0; i < DEAF; i++) {
        rude_fini(&rude[i]);
        guest_fini(&deaf[i]);
    }
    claim(storm, "readers that never read", "and are gone");
}

/* A line that comes byte by byte and never ends. */
static void try_unending(struct storm *storm)
{
    struct guest slow = {0};
    struct guest long_one = {0};

    if (!guest_open(&slow, &storm->stage, "bob") ||
        !guest_open(&long_one, &storm->stage, "bob"))
        complain(storm, "a line that never ends", "no connection");
    for (int i = 0; i < 2000 && storm->why.len == 0; i++)
        if (!guest_say(&slow, "x", 1))
            complain(storm, "a line that never ends", slow.why.bytes);
    claim(storm, "a line that never ends", "is waited for");
    for (int i = 0; i < 100 && storm->why.len == 0; i++)
        if (!guest_say(&long_one,
                "0123456789012345678901234567890123456789"
                "0123456789012345678901234567890123456789"
                "0123456789012345678901234567890123456789",
                120))
            break;
    text_fini(&long_one.why);
    if (!guest_outlast(&long_one) || long_one.judge.bye == NULL ||
        strcmp(long_one.judge.bye, "line-too-long") != 0)
        complain(storm, "a line that is too long", "no bye");
    guest_fini(&slow);
    guest_fini(&long_one);
    claim(storm, "a line that is too long", "");
}

/* Nothing of them is left: the server closes the last sockets in a moment. */
static void check_rest(struct storm *storm, size_t files, long memory)
{
    long long deadline = clock_ms() + PATIENCE_MS;

    while (process_files(&storm->stage.server) > files && storm->why.len == 0) {
        if (clock_ms() > deadline)
            complain(storm, "the end", "sockets are left open");
        claim(storm, "the end", "is waited for");
    }
    long after = process_resident(&storm->stage.server);
    printf("memory: %ld KiB before, %ld after\n", memory, after);
    if (!storm->slow && after > memory + GROWTH_KIB)
        complain(storm, "memory", "it has grown by more than it may");
    claim(storm, "the end", "");
}

static void begin(struct storm *storm)
{
    struct text batch = {0};

    if (!guest_open(&storm->polite, &storm->stage, "ann") ||
        !guest_ask(&storm->polite, "add tender code=NB"))
        complain(storm, "the polite one", text_peek(&storm->polite.why));
    text_puts(&batch, "use tender=NB\nbegin\n");
    for (int i = 0; i < 1000; i++)
        text_printf(&batch, "add need sort=job name=\"need %d\"\n", i);
    text_puts(&batch, "commit\n");
    if (storm->why.len == 0 &&
        (!guest_say(&storm->polite, batch.bytes, batch.len) ||
            !guest_settle(&storm->polite)))
        complain(storm, "the polite one", text_peek(&storm->polite.why));
    text_fini(&batch);
    claim(storm, "the polite one", "");
}

static void play(struct storm *storm)
{
    begin(storm);
    size_t files = process_files(&storm->stage.server);
    long memory = process_resident(&storm->stage.server);
    static void (*const tries[])(struct storm *) = {
        try_handshakes, try_manners, try_empty_open, try_deaf, try_unending};

    for (size_t i = 0; i < sizeof tries / sizeof *tries; i++)
        if (storm->why.len == 0)
            tries[i](storm);
    if (storm->why.len == 0)
        check_rest(storm, files, memory);
    guest_fini(&storm->polite);
}

int main(void)
{
    const char *build = getenv("BUILD");
    struct storm storm = {.slow = false};

    /* Sending to a server that has gone is part of it. */
    (void)signal(SIGPIPE, SIG_IGN);
    if (build == NULL)
        build = "build";
    storm.slow = strstr(build, "asan") || strstr(build, "tsan");
    if (stage_new(build, &storm.stage, &storm.why) &&
        stage_start(&storm.stage, NULL, &storm.why)) {
        play(&storm);
        (void)stage_stop(&storm.stage, SIGTERM, &storm.why);
    }
    bool good = storm.why.len == 0;
    (void)fputs(text_peek(&storm.why), stdout);
    stage_free(&storm.stage);
    text_fini(&storm.why);
    printf("%zu passed, %d failed\n", storm.passed, !good);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
