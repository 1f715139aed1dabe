/* SPDX-License-Identifier: Apache-2.0
 *
 * crash - the server is killed in a storm of changes, again and again.
 *
 * Several sessions add objects, each with a once= key.  After each crash what
 * was not answered is sent again.  At the end every object that was ever sent
 * is there exactly once, and the hash chain verifies.  With sanitizers there
 * are fewer rounds.  $BUILD says where the programs stand.
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

#define PATIENCE_MS 30000
#define SESSIONS    4
/* Changes of a session that are on their way at once. */
#define WINDOW 32
/* Changes of a session in a round, at most. */
#define SHARE 400

struct sender {
    struct wire *wire;
    unsigned long next;  /* number of the change to send next */
    unsigned long acked; /* changes before this one were answered */
    unsigned long ready; /* answers of this connection that are no changes */
};

struct trial {
    struct stage stage;
    struct sender list[SESSIONS];
    unsigned long replays; /* answers that a crash had swallowed */
    unsigned long random;
    struct text why; /* not empty once something went wrong */
};

static void complain(struct trial *trial, const char *what, const char *line)
{
    if (trial->why.len == 0)
        text_printf(&trial->why, "%s: %s\n", what, line);
}

/* Numbers without pattern, the same in every run. */
static unsigned long draw(struct trial *trial, unsigned long below)
{
    trial->random = (trial->random * 1103515245 + 12345) & 0x7fffffff;
    return trial->random / 65536 % below;
}

static void send_text(struct trial *trial, size_t who, const struct text *text)
{
    struct sender *s = &trial->list[who];

    /* A server that was just killed takes no more: that is no failure, the
     * change counts as sent and not answered. */
    if (s->wire && !wire_send(s->wire, text->bytes, text->len, PATIENCE_MS))
        wire_free(&s->wire);
    (void)trial;
}

static void open_sender(struct trial *trial, size_t who)
{
    struct sender *s = &trial->list[who];
    struct text hello = {0};
    char *token = stage_read(&trial->stage, "token", "ann");

    s->wire =
        wire_open(trial->stage.port, trial->stage.ca, PATIENCE_MS, &trial->why);
    text_printf(&hello, "auth token %s\nuse tender=NB\n", token);
    s->ready = 2;
    s->next = s->acked;
    send_text(trial, who, &hello);
    text_fini(&hello);
    free(token);
}

static void send_next(struct trial *trial, size_t who)
{
    struct sender *s = &trial->list[who];
    struct text request = {0};

    text_printf(&request, "add need sort=job name=\"%zu-%lu\" once=%zu-%lu\n",
        who, s->next, who, s->next);
    s->next++;
    send_text(trial, who, &request);
    text_fini(&request);
}

static void take_line(struct trial *trial, size_t who, const char *line)
{
    struct sender *s = &trial->list[who];

    if (strncmp(line, "hello", 5) == 0)
        return;
    if (strncmp(line, "ok", 2) != 0) {
        complain(trial, "refused", line);
        return;
    }
    if (s->ready) {
        s->ready--;
        return;
    }
    s->acked++;
    trial->replays += strstr(line, " replay=yes") != NULL;
}

/* Answers of one sender that are there; false when it can not go on. */
static bool take_lines(struct trial *trial, size_t who)
{
    struct sender *s = &trial->list[who];
    char *line;

    while (s->wire && trial->why.len == 0) {
        enum wire_got got = wire_line(s->wire, &line, 0);

        if (got == WIRE_LATE)
            return true;
        if (got != WIRE_LINE)
            return false;
        take_line(trial, who, line);
        free(line);
    }
    return s->wire != NULL;
}

static unsigned long count_acked(const struct trial *trial)
{
    unsigned long n = 0;

    for (size_t i = 0; i < SESSIONS; i++)
        n += trial->list[i].acked;
    return n;
}

static void wait_for_lines(struct trial *trial)
{
    struct pollfd fds[SESSIONS];

    for (size_t i = 0; i < SESSIONS; i++)
        fds[i] = (struct pollfd){
            trial->list[i].wire ? wire_fd(trial->list[i].wire) : -1, POLLIN, 0};
    if (poll(fds, SESSIONS, PATIENCE_MS) <= 0)
        complain(trial, "nothing more comes", "");
}

/* Send and hear until so many changes were answered in all. */
static void blow(struct trial *trial, unsigned long until, unsigned long most)
{
    while (trial->why.len == 0 && count_acked(trial) < until) {
        unsigned long before = count_acked(trial);

        for (size_t i = 0; i < SESSIONS && trial->why.len == 0; i++) {
            struct sender *s = &trial->list[i];

            while (s->next < most && s->next - s->acked < WINDOW)
                send_next(trial, i);
            if (!take_lines(trial, i))
                complain(trial, "a connection was lost", "");
        }
        /* Only who heard nothing new has nothing more to send. */
        if (trial->why.len == 0 && count_acked(trial) == before)
            wait_for_lines(trial);
    }
}

static void open_all(struct trial *trial)
{
    for (size_t i = 0; i < SESSIONS && trial->why.len == 0; i++)
        open_sender(trial, i);
}

/* One storm and its end: what the dead server had still said is heard. */
static void play_round(struct trial *trial)
{
    unsigned long before = count_acked(trial);

    if (!stage_start(&trial->stage, NULL, &trial->why))
        return;
    open_all(trial);
    blow(trial, before + 20 + draw(trial, 300), before + SHARE);
    for (size_t i = 0; i < SESSIONS && trial->why.len == 0; i++)
        while (trial->list[i].next - trial->list[i].acked < WINDOW)
            send_next(trial, i);
    (void)stage_stop(&trial->stage, SIGKILL, &trial->why);
    for (size_t i = 0; i < SESSIONS; i++) {
        (void)take_lines(trial, i);
        wire_free(&trial->list[i].wire);
    }
}

/* The last round: everything that was ever sent is answered. */
static void settle(struct trial *trial)
{
    unsigned long all = 0;
    unsigned long most[SESSIONS];

    for (size_t i = 0; i < SESSIONS; i++) {
        most[i] = trial->list[i].next;
        all += most[i];
    }
    if (!stage_start(&trial->stage, NULL, &trial->why))
        return;
    open_all(trial);
    for (size_t i = 0; i < SESSIONS && trial->why.len == 0; i++)
        while (trial->list[i].next < most[i])
            send_next(trial, i);
    blow(trial, all, 0);
}

/* Mark a name "2-17" as found; twice is wrong. */
static void find_name(
    struct trial *trial, const char *name, unsigned char *found, size_t room)
{
    char *end;
    unsigned long who = strtoul(name, &end, 10);
    unsigned long number = *end == '-' ? strtoul(end + 1, NULL, 10) : room;

    if (who >= SESSIONS || number >= room)
        complain(trial, "nobody sent", name);
    else if (found[who * room + number]++)
        complain(trial, "twice there", name);
}

/* One page of the list; NULL after the last one. */
static char *read_page(
    struct trial *trial, const char *after, unsigned char *found, size_t room)
{
    struct text request = {0};
    struct wire *wire = trial->list[0].wire;
    char *line = NULL;
    char *next = NULL;
    bool final = false;

    text_printf(&request, "list need fields=name limit=1000%s%s\n",
        after ? " after=" : "", after ? after : "");
    send_text(trial, 0, &request);
    text_fini(&request);
    while (!final && trial->why.len == 0) {
        struct answer answer;

        if (wire_line(wire, &line, PATIENCE_MS) != WIRE_LINE ||
            answer_read(line, strlen(line), &answer) != ERR_OK) {
            complain(trial, "the list ended early", "");
            return NULL;
        }
        final = answer.class != ANSWER_RECORD;
        if (!final)
            find_name(trial, words_get(&answer.words, "name"), found, room);
        else
            next = mem_text(words_get(&answer.words, "next"));
        answer_free(&answer);
        free(line);
    }
    return next;
}

static void check_all(struct trial *trial)
{
    size_t room = 0;

    for (size_t i = 0; i < SESSIONS; i++)
        if (trial->list[i].next > room)
            room = trial->list[i].next;
    unsigned char *found = mem_new(SESSIONS * room + 1);
    char *after = NULL;
    do {
        char *next = read_page(trial, after, found, room);

        free(after);
        after = next;
    } while (after && trial->why.len == 0);
    free(after);
    for (size_t i = 0; i < SESSIONS && trial->why.len == 0; i++)
        for (size_t n = 0; n < trial->list[i].next; n++)
            if (!found[i * room + n])
                complain(trial, "a change was lost", trial->stage.folder);
    free(found);
}

static void check_chain(struct trial *trial)
{
    struct text program = {0};
    struct text said = {0};

    text_printf(&program, "%s/diptychd", trial->stage.build);
    const char *const argv[] = {program.bytes, "check", "-d", "data", NULL};
    if (trial->why.len == 0 &&
        process_run(argv, trial->stage.folder, &said, PATIENCE_MS) != 0)
        complain(trial, "diptychd check", text_peek(&said));
    text_fini(&program);
    text_fini(&said);
}

static void prepare(struct trial *trial)
{
    static const char setup[] = "add tender code=NB\n";
    struct text request = {0};
    char *line = NULL;

    if (!stage_start(&trial->stage, NULL, &trial->why))
        return;
    char *token = stage_read(&trial->stage, "token", "ann");
    struct wire *wire =
        wire_open(trial->stage.port, trial->stage.ca, PATIENCE_MS, &trial->why);
    text_printf(&request, "auth token %s\n%s", token, setup);
    if (wire && wire_send(wire, request.bytes, request.len, PATIENCE_MS))
        for (int i = 0; i < 3; i++) {
            if (wire_line(wire, &line, PATIENCE_MS) != WIRE_LINE)
                break;
            if (strncmp(line, "err", 3) == 0)
                complain(trial, "refused", line);
            free(line);
        }
    wire_free(&wire);
    text_fini(&request);
    free(token);
    (void)stage_stop(&trial->stage, SIGTERM, &trial->why);
}

int main(void)
{
    const char *build = getenv("BUILD");
    struct trial trial = {.random = 1};

    if (build == NULL)
        build = "build";
    int rounds = strstr(build, "asan") || strstr(build, "tsan") ? 5 : 20;
    if (stage_new(build, &trial.stage, &trial.why))
        prepare(&trial);
    for (int i = 0; i < rounds && trial.why.len == 0; i++)
        play_round(&trial);
    if (trial.why.len == 0)
        settle(&trial);
    if (trial.why.len == 0)
        check_all(&trial);
    unsigned long acked = count_acked(&trial);
    for (size_t i = 0; i < SESSIONS; i++)
        wire_free(&trial.list[i].wire);
    (void)stage_stop(&trial.stage, SIGTERM, &trial.why);
    check_chain(&trial);
    stage_free(&trial.stage);
    (void)fputs(text_peek(&trial.why), stdout);
    bool good = trial.why.len == 0;
    if (good)
        printf("%d crashes, %lu changes, %lu answered by replay\n", rounds,
            acked, trial.replays);
    text_fini(&trial.why);
    puts(good ? "1 passed, 0 failed" : "0 passed, 1 failed");
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
