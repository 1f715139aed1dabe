/* SPDX-License-Identifier: Apache-2.0
 *
 * history - what many clients see at once is explained by one order.
 *
 * Sessions change, read the present and the past, watch, send batches of which
 * some are refused, and are cut off in the midst of it; what they asked and
 * heard is noted, and held against the order of the server's numbers when all
 * is over.  Then the notes are falsified, one way after the other, and each
 * must be found.  $BUILD says where the programs stand.
 */
#include "tests/parts/history.h"
#include "protocol/answer.h"
#include "protocol/base_mem.h"
#include "tests/parts/falsify.h"
#include "tests/talk/stage.h"
#include "tests/talk/wire.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATIENCE_MS 60000
#define OBJECTS     ((size_t)6)

static const char *const field_words[HISTORY_FIELDS] = {"price", "cost"};

struct client {
    struct wire *wire;
    size_t session; /* of the history */
    bool watches;
    uint64_t told;           /* the last number of its events */
    uint64_t known[OBJECTS]; /* a revision that it was told, for if= */
    unsigned long asked;     /* requests begun */
    char *line;              /* of the request on its way, NULL for none */
    size_t first, n;         /* its entries */
    size_t answers;          /* final lines that are still to come */
};

struct trial {
    struct stage stage;
    struct client *list;
    size_t n, sessions;
    unsigned long requests; /* of each client */
    uint64_t clock, keys, head;
    uint64_t random;
    struct history history;
    struct text why; /* not empty once something went wrong */
};

static void complain(struct trial *t, const char *what, const char *line)
{
    if (t->why.len == 0)
        text_printf(&t->why, "%s: %s\n", what, line);
}

static size_t draw(struct trial *t, size_t below)
{
    t->random = t->random * UINT64_C(6364136223846793005) + 1442695041;
    return (size_t)(t->random >> 33) % below;
}

static uint64_t number_of(const struct answer *answer, const char *key)
{
    const char *word = words_get(&answer->words, key);

    return word ? strtoull(word, NULL, 10) : 0;
}

static size_t author_of(const struct answer *answer)
{
    const char *word = words_get(&answer->words, "author");

    return word && strcmp(word, cast[1].name) == 0;
}

static void send_text(struct trial *t, struct client *c, const char *text)
{
    if (!wire_send(c->wire, text, strlen(text), PATIENCE_MS))
        complain(t, "could not send", text);
}

/* One request outside of the storm; its final line. */
static char *ask(struct trial *t, struct client *c, const char *request)
{
    char *line;

    send_text(t, c, request);
    while (t->why.len == 0) {
        if (wire_line(c->wire, &line, PATIENCE_MS) != WIRE_LINE) {
            complain(t, "no answer to", request);
            break;
        }
        if (strncmp(line, "ok", 2) == 0)
            return line;
        if (strncmp(line, "err", 3) == 0)
            complain(t, "refused", line);
        free(line);
    }
    return NULL;
}

static void join(struct trial *t, size_t who)
{
    struct client *c = &t->list[who];
    struct text login = {0};
    char *token = stage_read(&t->stage, "token", cast[who % 2].name);

    c->session = ++t->sessions;
    c->wire = wire_open(t->stage.port, t->stage.ca, PATIENCE_MS, &t->why);
    text_printf(&login, "auth token %s\n", token);
    if (c->wire)
        free(ask(t, c, login.bytes));
    text_fini(&login);
    free(token);
}

static void watch(struct trial *t, struct client *c)
{
    struct text line = {0};
    struct entry e = {
        .kind = ENTRY_WATCH, .session = c->session, .at = c->told};

    text_printf(&line, "watch NB since=%llu\n", (unsigned long long)c->told);
    history_add(&t->history, &e);
    free(ask(t, c, line.bytes));
    text_fini(&line);
}

static void prepare(struct trial *t)
{
    struct client *first = &t->list[0];
    char *line = NULL;

    for (size_t i = 0; i < t->n && t->why.len == 0; i++)
        join(t, i);
    if (t->why.len)
        return;
    free(ask(t, first, "add party code=WE sort=organisation\n"));
    free(ask(t, first, "add tender code=NB\n"));
    for (size_t i = 0; i < OBJECTS && t->why.len == 0; i++) {
        free(line);
        line = ask(t, first, "add bid party=WE tender=NB price=1 cost=1\n");
    }
    if (line)
        t->history.base = strtoull(strstr(line, " rev=") + 5, NULL, 10);
    free(line);
    t->history.objects = OBJECTS;
    t->history.values = 1;
    t->head = t->history.base;
    for (size_t i = 0; i < t->n && t->why.len == 0; i++) {
        t->list[i].told = t->head;
        t->list[i].watches = i % 2;
        if (t->list[i].watches)
            watch(t, &t->list[i]);
    }
}

/* Requests. */

static struct entry *note(
    struct trial *t, struct client *c, enum entry_kind kind, size_t who)
{
    struct entry e = {.kind = kind,
        .session = c->session,
        .author = who % 2,
        .sent = ++t->clock};
    size_t at = history_add(&t->history, &e);

    if (c->n++ == 0)
        c->first = at;
    return &t->history.list[at];
}

static void print_write(
    struct trial *t, struct client *c, struct entry *e, struct text *line)
{
    e->object = draw(t, OBJECTS);
    e->field = draw(t, HISTORY_FIELDS);
    e->value = ++t->history.values;
    if (draw(t, 4))
        e->guard = c->known[e->object];
    text_printf(line, "set B-%zu %s=%llu", e->object + 1, field_words[e->field],
        (unsigned long long)e->value);
    if (e->guard)
        text_printf(line, " if=%llu", (unsigned long long)e->guard);
}

static void make_change(
    struct trial *t, struct client *c, size_t who, struct text *line)
{
    struct entry *e = note(t, c, ENTRY_WRITE, who);

    e->key = ++t->keys;
    print_write(t, c, e, line);
    text_printf(line, " once=k%llu\n", (unsigned long long)e->key);
    c->answers = 1;
}

/* A step that is refused takes back those before it. */
static void make_batch(
    struct trial *t, struct client *c, size_t who, struct text *line)
{
    uint64_t key = ++t->keys, steps = 2 + draw(t, 2);

    text_puts(line, "begin\n");
    for (uint64_t i = 1; i <= steps; i++) {
        struct entry *e = note(t, c, ENTRY_WRITE, who);

        e->key = key;
        e->step = i;
        e->steps = steps;
        print_write(t, c, e, line);
        text_putc(line, '\n');
    }
    text_printf(line, "commit once=k%llu\n", (unsigned long long)key);
    c->answers = 2 + steps;
}

static void make_read(
    struct trial *t, struct client *c, size_t who, struct text *line)
{
    struct entry *e = note(t, c, ENTRY_READ, who);

    e->object = draw(t, OBJECTS);
    text_printf(line, "show B-%zu fields=rev,price,cost", e->object + 1);
    e->past = draw(t, 2);
    if (e->past) {
        e->at = t->history.base + draw(t, t->head - t->history.base + 1);
        text_printf(line, " at=%llu", (unsigned long long)e->at);
    }
    text_putc(line, '\n');
    c->answers = 1;
}

static void begin(struct trial *t, size_t who)
{
    struct client *c = &t->list[who];
    struct text line = {0};
    size_t chance = draw(t, 10);

    c->n = 0;
    c->asked++;
    if (chance < 4)
        make_change(t, c, who, &line);
    else if (chance < 7)
        make_batch(t, c, who, &line);
    else
        make_read(t, c, who, &line);
    c->line = text_take(&line);
    send_text(t, c, c->line);
}

/* Cut off with a request on its way, which is sent again; what had been asked
 * stays without answer. */
static void come_back(struct trial *t, size_t who)
{
    struct client *c = &t->list[who];
    size_t first = c->first, n = c->n;
    bool batch = t->history.list[first].steps > 0;

    wire_free(&c->wire);
    join(t, who);
    if (c->watches && t->why.len == 0)
        watch(t, c);
    c->n = 0;
    for (size_t i = 0; i < n; i++) {
        struct entry again = t->history.list[first + i];
        struct entry *e = note(t, c, again.kind, who);
        uint64_t sent = e->sent;

        *e = again;
        e->session = c->session;
        e->sent = sent;
    }
    c->answers = batch ? n + 2 : 1;
    if (t->why.len == 0)
        send_text(t, c, c->line);
}

/* Answers. */

static void learn(struct trial *t, struct client *c, size_t of, uint64_t rev)
{
    if (of < OBJECTS && rev > c->known[of])
        c->known[of] = rev;
    if (rev > t->head)
        t->head = rev;
}

static size_t object_of(const char *id)
{
    return id && strncmp(id, "B-", 2) == 0 ? strtoul(id + 2, NULL, 10) - 1
                                           : OBJECTS;
}

static void take_event(
    struct trial *t, struct client *c, const struct answer *answer)
{
    struct entry e = {.kind = ENTRY_EVENT,
        .session = c->session,
        .author = author_of(answer),
        .heard = ++t->clock,
        .object = object_of(answer->id),
        .field = words_get(&answer->words, "cost") != NULL,
        .rev = answer->seq,
        .tx = number_of(answer, "tx"),
        .own = words_get(&answer->words, "sess") != NULL};

    if (strcmp(answer->code, "tick") == 0)
        return;
    e.value = number_of(answer, field_words[e.field]);
    e.was = number_of(answer, e.field ? "was.cost" : "was.price");
    c->told = answer->seq;
    history_add(&t->history, &e);
    learn(t, c, e.object, e.rev);
}

/* The row of a read, a step of a batch, or what refused a change. */
static void take_row(
    struct trial *t, struct client *c, const struct answer *answer)
{
    struct entry *e = &t->history.list[c->first];

    if (strcmp(answer->code, "done") == 0) {
        e += number_of(answer, "step") - 1;
        e->rev = number_of(answer, "rev");
        learn(t, c, e->object, e->rev);
    } else if (strcmp(answer->code, "failed") == 0) {
        e += number_of(answer, "step") - 1;
        e->refused = true;
        e->rev = number_of(answer, "rev");
    } else if (e->kind == ENTRY_READ) {
        e->rev = number_of(answer, "rev");
        for (size_t i = 0; i < HISTORY_FIELDS; i++)
            e->values[i] = number_of(answer, field_words[i]);
        learn(t, c, e->object, e->rev);
    } else {
        learn(t, c, object_of(answer->id), number_of(answer, "rev"));
    }
}

/* Steps of a batch that was refused for another one are without answer. */
static void take_final(
    struct trial *t, struct client *c, const struct answer *answer)
{
    struct entry *e = &t->history.list[c->first];
    bool refused = answer->class == ANSWER_ERR;
    bool replay = words_get(&answer->words, "replay") != NULL;

    if (--c->answers > 0)
        return;
    ++t->clock;
    for (size_t i = 0; i < c->n; i++) {
        e[i].replay = replay;
        if (refused && c->n == 1) {
            e[i].refused = true;
            e[i].rev = number_of(answer, "rev");
        }
        if (refused && e[i].refused)
            e[i].author = author_of(answer);
        if (!refused || e[i].refused)
            e[i].heard = t->clock;
        if (e[i].kind == ENTRY_READ)
            e[i].at = number_of(answer, "at");
        else if (!refused && c->n == 1)
            e[i].rev = number_of(answer, "rev");
        if (!refused)
            learn(t, c, e[i].object, e[i].rev);
    }
    if (refused && strcmp(answer->code, "conflict") != 0)
        complain(t, "refused", answer->line);
    free(c->line);
    c->line = NULL;
}

static void take_line(struct trial *t, struct client *c, const char *line)
{
    struct answer answer;

    if (answer_read(line, strlen(line), &answer) != ERR_OK) {
        complain(t, "unreadable", line);
        return;
    }
    if (answer.class == ANSWER_EVENT)
        take_event(t, c, &answer);
    else if (answer.class == ANSWER_RECORD && c->line)
        take_row(t, c, &answer);
    else if (c->line &&
             (answer.class == ANSWER_OK || answer.class == ANSWER_ERR))
        take_final(t, c, &answer);
    else
        complain(t, "not asked for", line);
    answer_free(&answer);
}

/* The storm. */

static bool let_act(struct trial *t, size_t who)
{
    struct client *c = &t->list[who];
    bool busy = false;
    char *line;

    if (c->line == NULL && c->asked < t->requests) {
        begin(t, who);
        busy = true;
        if (draw(t, 40) == 0)
            come_back(t, who);
    }
    for (int i = 0; i < 64 && t->why.len == 0; i++) {
        enum wire_got got = wire_line(c->wire, &line, 0);

        if (got == WIRE_LATE)
            return busy;
        if (got != WIRE_LINE) {
            complain(t, "lost its connection", "");
            return busy;
        }
        take_line(t, c, line);
        free(line);
        busy = true;
    }
    return busy;
}

static bool is_done(const struct trial *t)
{
    for (size_t i = 0; i < t->n; i++)
        if (t->list[i].line || t->list[i].asked < t->requests ||
            (t->list[i].watches && t->list[i].told < t->head))
            return false;
    return true;
}

static void storm(struct trial *t)
{
    struct pollfd *fds = mem_new(t->n * sizeof *fds);

    while (t->why.len == 0 && !is_done(t)) {
        bool busy = false;

        for (size_t i = 0; i < t->n && t->why.len == 0; i++)
            busy |= let_act(t, i);
        for (size_t i = 0; i < t->n && t->why.len == 0; i++)
            fds[i] = (struct pollfd){wire_fd(t->list[i].wire), POLLIN, 0};
        if (t->why.len == 0 && !busy && poll(fds, t->n, PATIENCE_MS) <= 0)
            complain(t, "nothing more comes", "");
    }
    free(fds);
    t->history.head = t->head;
    for (size_t i = 0; i < t->n; i++) {
        struct entry e = {.kind = ENTRY_END, .session = t->list[i].session};

        history_add(&t->history, &e);
    }
}

static void run(struct trial *t, const char *build)
{
    if (!stage_new(build, &t->stage, &t->why) ||
        !stage_start(&t->stage, NULL, &t->why))
        return;
    prepare(t);
    storm(t);
    if (t->why.len || !history_check(&t->history, &t->why))
        return;
    printf("%zu sessions, %zu connections, %llu changes, %zu things seen\n",
        t->n, t->sessions,
        (unsigned long long)(t->history.head - t->history.base), t->history.n);
    falsify_all(&t->history, &t->why);
}

int main(void)
{
    const char *told = getenv("BUILD"), *build = told ? told : "build";
    bool slow = strstr(build, "asan") || strstr(build, "tsan");
    struct trial trial = {.random = 7};

    trial.n = slow ? 8 : 20;
    trial.requests = slow ? 40 : 100;
    trial.list = mem_new(trial.n * sizeof *trial.list);
    run(&trial, build);
    for (size_t i = 0; i < trial.n; i++) {
        wire_free(&trial.list[i].wire);
        free(trial.list[i].line);
    }
    (void)stage_stop(&trial.stage, SIGTERM, &trial.why);
    stage_free(&trial.stage);
    free(trial.list);
    history_fini(&trial.history);
    (void)fputs(text_peek(&trial.why), stdout);
    bool good = trial.why.len == 0;
    text_fini(&trial.why);
    puts(good ? "1 passed, 0 failed" : "0 passed, 1 failed");
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
