/* SPDX-License-Identifier: Apache-2.0
 *
 * many - two hundred sessions change and watch one tender at once.
 *
 * Every session must be told of every change exactly once, in the order of
 * their numbers, of its own ones after their answers.  With sanitizers there
 * are fewer of everything.  $BUILD says where the programs stand.
 */
#include "protocol/answer.h"
#include "protocol/base_mem.h"
#include "tests/talk/stage.h"
#include "tests/talk/wire.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATIENCE_MS 60000
/* Changes of one session that are on their way at once. */
#define WINDOW 4

struct member {
    struct wire *wire;
    unsigned long sent, answered;
    unsigned long long told;  /* the last number it was told of */
    unsigned long long acked; /* the greatest revision of its answers */
};

struct crowd {
    struct stage stage;
    struct member *list;
    size_t n;
    unsigned long changes;   /* of each member */
    unsigned long long head; /* number before the storm */
    struct text why;         /* not empty once something went wrong */
};

static void complain(
    struct crowd *crowd, size_t who, const char *what, const char *line)
{
    if (crowd->why.len == 0)
        text_printf(&crowd->why, "session %zu: %s: %s\n", who, what, line);
}

/* Send one request and wait for its final line. */
static char *ask(struct crowd *crowd, size_t who, const char *request)
{
    struct wire *wire = crowd->list[who].wire;
    char *line = NULL;

    if (!wire_send(wire, request, strlen(request), PATIENCE_MS))
        complain(crowd, who, "could not send", request);
    while (crowd->why.len == 0) {
        if (wire_line(wire, &line, PATIENCE_MS) != WIRE_LINE) {
            complain(crowd, who, "no answer to", request);
            return NULL;
        }
        if (strncmp(line, "ok", 2) == 0)
            return line;
        if (strncmp(line, "err", 3) == 0)
            complain(crowd, who, "refused", line);
        free(line);
    }
    return NULL;
}

static void ask_and_forget(struct crowd *crowd, size_t who, const char *request)
{
    free(ask(crowd, who, request));
}

static void join(struct crowd *crowd, size_t who)
{
    struct text login = {0};
    const char *name = cast[who % 2].name;
    char *token = stage_read(&crowd->stage, "token", name);

    crowd->list[who].wire =
        wire_open(crowd->stage.port, crowd->stage.ca, PATIENCE_MS, &crowd->why);
    text_printf(&login, "auth token %s\n", token);
    if (crowd->list[who].wire)
        ask_and_forget(crowd, who, login.bytes);
    text_fini(&login);
    free(token);
}

static void gather(struct crowd *crowd)
{
    char *line = NULL;

    for (size_t i = 0; i < crowd->n && crowd->why.len == 0; i++)
        join(crowd, i);
    if (crowd->why.len)
        return;
    ask_and_forget(crowd, 0, "add party code=WE sort=organisation\n");
    ask_and_forget(crowd, 0, "add tender code=NB\n");
    ask_and_forget(crowd, 0, "add bid code=OURS party=WE tender=NB\n");
    for (size_t i = 0; i < crowd->n && crowd->why.len == 0; i++) {
        ask_and_forget(crowd, i, "use tender=NB\n");
        free(line);
        line = ask(crowd, i, "watch NB\n");
    }
    if (line)
        crowd->head = strtoull(strstr(line, "at=") + 3, NULL, 10);
    free(line);
    for (size_t i = 0; i < crowd->n; i++)
        crowd->list[i].told = crowd->head;
}

static void take_event(
    struct crowd *crowd, size_t who, const struct answer *answer)
{
    struct member *m = &crowd->list[who];
    const char *own = words_get(&answer->words, "sess");

    if (strcmp(answer->code, "tick") == 0)
        return;
    if (answer->seq != m->told + 1)
        complain(crowd, who, "lost, doubled or out of order", answer->line);
    if (own && answer->seq > m->acked)
        complain(crowd, who, "told before it was answered", answer->line);
    m->told = answer->seq;
}

static void take_line(struct crowd *crowd, size_t who, const char *line)
{
    struct member *m = &crowd->list[who];
    struct answer answer;

    if (answer_read(line, strlen(line), &answer) != ERR_OK) {
        complain(crowd, who, "unreadable", line);
        return;
    }
    if (answer.class == ANSWER_EVENT) {
        take_event(crowd, who, &answer);
    } else if (answer.class == ANSWER_OK) {
        const char *rev = words_get(&answer.words, "rev");

        m->answered++;
        m->acked = rev ? strtoull(rev, NULL, 10) : m->acked;
    } else {
        complain(crowd, who, "not an answer to a change", line);
    }
    answer_free(&answer);
}

/* Prices of one bid, and needs of one's own: contention and none. */
static void send_change(struct crowd *crowd, size_t who)
{
    struct member *m = &crowd->list[who];
    struct text request = {0};

    if (m->sent % 2)
        text_printf(&request, "set OURS price=%lu name=\"%zu\"\n",
            m->sent + 1 + who * 1000, who);
    else
        text_printf(
            &request, "add need sort=job name=\"%zu-%lu\"\n", who, m->sent);
    if (!wire_send(m->wire, request.bytes, request.len, PATIENCE_MS))
        complain(crowd, who, "could not send", request.bytes);
    m->sent++;
    text_fini(&request);
}

/* Everything that a member can do without waiting; true when it was much. */
static bool let_act(struct crowd *crowd, size_t who)
{
    struct member *m = &crowd->list[who];
    bool busy = false;
    char *line;

    while (m->sent < crowd->changes && m->sent - m->answered < WINDOW &&
           crowd->why.len == 0) {
        send_change(crowd, who);
        busy = true;
    }
    for (int i = 0; i < 64 && crowd->why.len == 0; i++) {
        enum wire_got got = wire_line(m->wire, &line, 0);

        if (got == WIRE_LATE)
            return busy;
        if (got != WIRE_LINE) {
            complain(crowd, who, "lost its connection", "");
            return busy;
        }
        take_line(crowd, who, line);
        free(line);
        busy = true;
    }
    return busy;
}

static bool is_done(const struct crowd *crowd)
{
    unsigned long long last = crowd->head + crowd->n * crowd->changes;

    for (size_t i = 0; i < crowd->n; i++)
        if (crowd->list[i].answered < crowd->changes ||
            crowd->list[i].told < last)
            return false;
    return true;
}

static void storm(struct crowd *crowd)
{
    struct pollfd *fds = mem_new(crowd->n * sizeof *fds);

    for (size_t i = 0; i < crowd->n && crowd->why.len == 0; i++)
        fds[i] = (struct pollfd){wire_fd(crowd->list[i].wire), POLLIN, 0};
    while (crowd->why.len == 0 && !is_done(crowd)) {
        bool busy = false;

        for (size_t i = 0; i < crowd->n; i++)
            busy |= let_act(crowd, i);
        if (!busy && poll(fds, crowd->n, PATIENCE_MS) <= 0)
            complain(crowd, 0, "nothing more comes", "");
    }
    free(fds);
}

static bool is_slow(const char *build)
{
    return strstr(build, "asan") || strstr(build, "tsan");
}

int main(void)
{
    const char *build = getenv("BUILD");
    struct crowd crowd = {0};

    if (build == NULL)
        build = "build";
    crowd.n = is_slow(build) ? 20 : 200;
    crowd.changes = 10;
    crowd.list = mem_new(crowd.n * sizeof *crowd.list);
    long long start = clock_ms();
    if (stage_new(build, &crowd.stage, &crowd.why) &&
        stage_start(&crowd.stage, NULL, &crowd.why)) {
        gather(&crowd);
        start = clock_ms();
        storm(&crowd);
    }
    long long took = clock_ms() - start;
    for (size_t i = 0; i < crowd.n; i++)
        wire_free(&crowd.list[i].wire);
    (void)stage_stop(&crowd.stage, SIGTERM, &crowd.why);
    stage_free(&crowd.stage);
    free(crowd.list);
    (void)fputs(text_peek(&crowd.why), stdout);
    bool good = crowd.why.len == 0;
    if (good)
        printf("%zu sessions, %zu changes, %zu events in %lld ms\n", crowd.n,
            crowd.n * crowd.changes, crowd.n * crowd.n * crowd.changes, took);
    text_fini(&crowd.why);
    puts(good ? "1 passed, 0 failed" : "0 passed, 1 failed");
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
