/* SPDX-License-Identifier: Apache-2.0
 *
 * crash - the server is killed in a storm of changes, again and again.
 *
 * Sessions add objects, each with a once= key.  After each crash what was not
 * answered is sent again.  At the end every object that was ever sent is there
 * exactly once, and the hash chain verifies.  In the midst of it a backup is
 * made; what is restored from it has the chain of the record at its head.
 *
 * crash [ROUNDS SESSIONS] - 50 of each, fewer with sanitizers.  $BUILD says
 * where the programs stand.
 */
#include "protocol/answer.h"
#include "protocol/base_mem.h"
#include "tests/talk/stage.h"
#include "tests/talk/wire.h"

#include <poll.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATIENCE_MS 30000
/* Changes of a session that are on their way at once. */
#define WINDOW 16
/* Changes that are answered in a round before the crash, at least and how many
 * more at most. */
#define LEAST  20
#define SPREAD 300

struct sender {
    struct wire *wire;
    unsigned long next;  /* number of the change to send next */
    unsigned long ever;  /* the highest that next was */
    unsigned long acked; /* changes before this one were answered */
    unsigned long ready; /* answers of this connection that are no changes */
};

struct trial {
    struct stage stage;
    struct sender *list;
    size_t n;
    struct pollfd *fds; /* of the senders */
    struct process backup;
    struct text said;      /* by it */
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
    char *token = stage_read(&trial->stage, "token", cast[who % 2].name);

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
    s->ever = s->next > s->ever ? s->next : s->ever;
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

    for (size_t i = 0; i < trial->n; i++)
        n += trial->list[i].acked;
    return n;
}

static void wait_for_lines(struct trial *trial)
{
    for (size_t i = 0; i < trial->n; i++)
        trial->fds[i] = (struct pollfd){
            trial->list[i].wire ? wire_fd(trial->list[i].wire) : -1, POLLIN, 0};
    if (poll(trial->fds, trial->n, PATIENCE_MS) <= 0)
        complain(trial, "nothing more comes", "");
}

/* Send and hear until so many changes were answered in all.
 *
 * Takes   most  of each sender; NULL: as many as they like */
static void blow(
    struct trial *trial, unsigned long until, const unsigned long *most)
{
    while (trial->why.len == 0 && count_acked(trial) < until) {
        unsigned long before = count_acked(trial);

        for (size_t i = 0; i < trial->n && trial->why.len == 0; i++) {
            struct sender *s = &trial->list[i];

            while ((most == NULL || s->next < most[i]) &&
                   s->next - s->acked < WINDOW)
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
    for (size_t i = 0; i < trial->n && trial->why.len == 0; i++)
        open_sender(trial, i);
}

static void start_backup(struct trial *trial)
{
    struct text program = {0};

    text_printf(&program, "%s/diptychd", trial->stage.build);
    const char *const argv[] = {
        program.bytes, "backup", "-d", "data", "live.db", NULL};
    if (!process_start(&trial->backup, argv, trial->stage.folder, NULL))
        complain(trial, "no backup", "");
    text_fini(&program);
}

static void end_backup(struct trial *trial)
{
    if (process_wait(&trial->backup, &trial->said, PATIENCE_MS) != 0)
        complain(trial, "diptychd backup", text_peek(&trial->said));
}

/* One storm and its end: what the dead server had still said is heard. */
static void play_round(struct trial *trial, bool with_backup)
{
    unsigned long before = count_acked(trial);

    if (!stage_start(&trial->stage, NULL, &trial->why))
        return;
    open_all(trial);
    if (with_backup)
        start_backup(trial);
    blow(trial, before + LEAST + draw(trial, SPREAD), NULL);
    if (with_backup)
        end_backup(trial);
    for (size_t i = 0; i < trial->n && trial->why.len == 0; i++)
        while (trial->list[i].next - trial->list[i].acked < WINDOW)
            send_next(trial, i);
    (void)stage_stop(&trial->stage, SIGKILL, &trial->why);
    for (size_t i = 0; i < trial->n; i++) {
        (void)take_lines(trial, i);
        wire_free(&trial->list[i].wire);
    }
}

/* The last round: everything that was ever sent is answered. */
static void settle(struct trial *trial)
{
    unsigned long *most = mem_new(trial->n * sizeof *most);
    unsigned long all = 0;

    for (size_t i = 0; i < trial->n; i++)
        all += most[i] = trial->list[i].ever;
    if (stage_start(&trial->stage, NULL, &trial->why)) {
        open_all(trial);
        blow(trial, all, most);
    }
    free(most);
}

/* Mark a name "2-17" as found; twice is wrong. */
static void find_name(
    struct trial *trial, const char *name, unsigned char *found, size_t room)
{
    char *end;
    unsigned long who = strtoul(name, &end, 10);
    unsigned long number = *end == '-' ? strtoul(end + 1, NULL, 10) : room;

    if (who >= trial->n || number >= room)
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

    for (size_t i = 0; i < trial->n; i++)
        if (trial->list[i].ever > room)
            room = trial->list[i].ever;
    unsigned char *found = mem_new(trial->n * room + 1);
    char *after = NULL;
    do {
        char *next = read_page(trial, after, found, room);

        free(after);
        after = next;
    } while (after && trial->why.len == 0);
    free(after);
    for (size_t i = 0; i < trial->n && trial->why.len == 0; i++)
        for (size_t n = 0; n < trial->list[i].ever; n++)
            if (!found[i * room + n])
                complain(trial, "a change was lost", trial->stage.folder);
    free(found);
}

/* Runs a command of the server in its folder; what it said is in *said. */
static void administer(
    struct trial *trial, const char *const *words, struct text *said)
{
    struct text program = {0};
    const char *argv[8] = {NULL};

    text_printf(&program, "%s/diptychd", trial->stage.build);
    argv[0] = program.bytes;
    for (size_t i = 0; words[i]; i++)
        argv[i + 1] = words[i];
    if (trial->why.len == 0 &&
        process_run(argv, trial->stage.folder, said, PATIENCE_MS) != 0)
        complain(trial, words[0], text_peek(said));
    text_fini(&program);
}

/* The chain of team blue at a number, as it stands in the database. */
static void read_chain(
    struct trial *trial, unsigned long long seq, struct text *hex)
{
    struct text path = {0};
    sqlite3 *db = NULL;
    sqlite3_stmt *row = NULL;

    text_printf(&path, "%s/data/diptych.db", trial->stage.folder);
    if (sqlite3_open_v2(path.bytes, &db, SQLITE_OPEN_READONLY, NULL) ==
            SQLITE_OK &&
        sqlite3_prepare_v2(db,
            "SELECT lower(hex(j.chain)) FROM journal j JOIN teams t ON "
            "t.id = j.team WHERE t.name = 'blue' AND j.seq = ?1",
            -1, &row, NULL) == SQLITE_OK &&
        sqlite3_bind_int64(row, 1, (sqlite3_int64)seq) == SQLITE_OK &&
        sqlite3_step(row) == SQLITE_ROW)
        text_puts(hex, (const char *)sqlite3_column_text(row, 0));
    (void)sqlite3_finalize(row);
    (void)sqlite3_close(db);
    text_fini(&path);
}

/* What was restored has the chain of the record at its head: nothing less and
 * nothing else than the record as it was then. */
static void check_backup(struct trial *trial)
{
    static const char *const restore[] = {
        "restore", "-d", "restored", "live.db", NULL};
    static const char *const check[] = {"check", "-d", "restored", NULL};
    struct text said = {0};
    struct text hex = {0};

    administer(trial, restore, &said);
    text_fini(&said);
    administer(trial, check, &said);
    const char *head = strstr(text_peek(&said), "team=blue seq=");
    const char *chain = head ? strstr(head, " chain=") : NULL;
    if (chain == NULL) {
        complain(trial, "no head", text_peek(&said));
    } else {
        read_chain(trial, strtoull(head + 14, NULL, 10), &hex);
        if (hex.len != 64 || strncmp(chain + 7, text_peek(&hex), 64) != 0)
            complain(trial, "another head", text_peek(&said));
    }
    text_fini(&said);
    text_fini(&hex);
}

static void check_chain(struct trial *trial)
{
    static const char *const check[] = {"check", "-d", "data", NULL};
    struct text said = {0};

    administer(trial, check, &said);
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

static void play(struct trial *trial, unsigned long rounds)
{
    if (stage_new(getenv("BUILD") ? getenv("BUILD") : "build", &trial->stage,
            &trial->why))
        prepare(trial);
    for (unsigned long i = 0; i < rounds && trial->why.len == 0; i++)
        play_round(trial, i == rounds / 2);
    if (trial->why.len == 0)
        settle(trial);
    if (trial->why.len == 0)
        check_all(trial);
    for (size_t i = 0; i < trial->n; i++)
        wire_free(&trial->list[i].wire);
    (void)stage_stop(&trial->stage, SIGTERM, &trial->why);
    check_chain(trial);
    check_backup(trial);
}

int main(int argc, char **argv)
{
    const char *build = getenv("BUILD");
    bool slow = build && (strstr(build, "asan") || strstr(build, "tsan"));
    unsigned long rounds = argc > 1 ? strtoul(argv[1], NULL, 10)
                           : slow   ? 5
                                    : 50;
    struct trial trial = {.random = 1, .backup.out = -1};

    /* Sending to a server that has gone is part of it. */
    (void)signal(SIGPIPE, SIG_IGN);
    trial.n = argc > 2 ? strtoul(argv[2], NULL, 10) : slow ? 8 : 50;
    if (rounds == 0 || trial.n == 0) {
        (void)fputs("crash [ROUNDS SESSIONS]\n", stderr);
        return EXIT_FAILURE;
    }
    trial.list = mem_new(trial.n * sizeof *trial.list);
    trial.fds = mem_new(trial.n * sizeof *trial.fds);
    play(&trial, rounds);
    bool good = trial.why.len == 0;
    (void)fputs(text_peek(&trial.why), stdout);
    if (good)
        printf("%lu crashes under %zu sessions, %lu changes, %lu answered by "
               "replay\n",
            rounds, trial.n, count_acked(&trial), trial.replays);
    stage_free(&trial.stage);
    free(trial.list);
    free(trial.fds);
    text_fini(&trial.said);
    text_fini(&trial.why);
    puts(good ? "1 passed, 0 failed" : "0 passed, 1 failed");
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
