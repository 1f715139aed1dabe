/* SPDX-License-Identifier: Apache-2.0
 *
 * resume.c - what a session is made of, noted while it is spoken.
 */
#include "client/link/resume.h"

#include "client/show/cell.h"
#include "client/show/say.h"
#include "protocol/base_mem.h"
#include "protocol/limit.h"
#include "protocol/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

static void replace(char **place, const char *value)
{
    char *copy = mem_text(value);

    if (*place)
        explicit_bzero(*place, strlen(*place));
    free(*place);
    *place = copy;
}

static uint64_t read_number(const char *word)
{
    return word ? strtoull(word, NULL, 10) : 0;
}

/* The first line of a request as words; texts of a heredoc are not looked
 * at. */
static enum err read_request(
    const char *request, size_t len, struct words *words)
{
    const char *end = memchr(request, '\n', len);
    struct words_fault fault;

    return words_read(request, end ? (size_t)(end - request) : len, NULL,
        LIMIT_WORDS, words, &fault);
}

/* The positional word at a place behind the verb; NULL when there is none. */
static const char *find_word(const struct words *words, size_t place)
{
    size_t verb = words->n && words->list[0].value[0] == '@';

    for (size_t i = verb + 1; i < words->n; i++)
        if (words->list[i].key == NULL && place-- == 0)
            return words->list[i].value;
    return NULL;
}

static void note_use(struct resume *r, const struct words *words)
{
    for (size_t i = 0; i < words->n; i++) {
        const struct word *word = &words->list[i];
        size_t at = 0;

        if (word->key == NULL)
            continue;
        while (at < r->uses_n && strcmp(r->uses[at].key, word->key) != 0)
            at++;
        if (at == r->uses_n) {
            r->uses = mem_grow(
                r->uses, &r->uses_room, r->uses_n + 1, sizeof *r->uses);
            r->uses[r->uses_n++].key = mem_text(word->key);
        }
        replace(&r->uses[at].value, word->value);
    }
}

static void note_watch(
    struct resume *r, const struct words *words, const struct answer *final)
{
    const char *target = find_word(words, 0);
    const char *number = words_get(&final->words, "watch");
    const char *since = words_get(words, "since");

    if (target == NULL || number == NULL)
        return;
    r->watches = mem_grow(
        r->watches, &r->watches_room, r->watches_n + 1, sizeof *r->watches);
    r->watches[r->watches_n++] =
        (struct resume_watch){mem_text(target), mem_text(number),
            read_number(since ? since : words_get(&final->words, "at")), true};
    replace(&r->epoch, link_hello(r->client->talk.link, "epoch"));
}

static void note_unwatch(struct resume *r, const char *number)
{
    for (size_t i = 0; number && i < r->watches_n; i++) {
        if (strcmp(r->watches[i].number, number) != 0)
            continue;
        free(r->watches[i].target);
        free(r->watches[i].number);
        memmove(r->watches + i, r->watches + i + 1,
            (--r->watches_n - i) * sizeof *r->watches);
        return;
    }
}

static void note_login(struct resume *r, enum command_id id,
    const struct words *words, const struct answer *final)
{
    const char *token = words_get(&final->words, "token");
    const char *mechanism = find_word(words, 0);

    if (token == NULL && id == CMD_AUTH && mechanism &&
        strcmp(mechanism, "token") == 0)
        token = find_word(words, 1);
    r->external = token == NULL && mechanism && id == CMD_AUTH &&
                  strcmp(mechanism, "external") == 0;
    if (token)
        replace(&r->token, token);
}

void resume_batch_drop(struct resume *resume)
{
    for (size_t i = 0; i < resume->batch_n; i++)
        free(resume->batch[i]);
    resume->batch_n = 0;
    resume->batching = false;
    resume->spoiled = false;
}

static void note_batch(struct resume *r, const char *request, size_t len)
{
    r->batch =
        mem_grow(r->batch, &r->batch_room, r->batch_n + 1, sizeof *r->batch);
    r->batch[r->batch_n++] = mem_copy(request, len);
}

/* A batch is remembered from its begin on: the server drops it with the
 * link, and its commit can only be sent again behind the same changes. */
static void follow_batch(struct resume *r, enum command_id id,
    const char *request, size_t len, const struct answer *final)
{
    bool ok = final->class == ANSWER_OK;

    if (id == CMD_COMMIT || id == CMD_ABORT) {
        resume_batch_drop(r);
    } else if (id == CMD_BEGIN && ok) {
        resume_batch_drop(r);
        r->batching = true;
        note_batch(r, request, len);
    } else if (r->batching && words_get(&final->words, "queued")) {
        note_batch(r, request, len);
    } else if (r->batching && !ok && err_find(final->code) != ERR_STATE) {
        r->spoiled = true;
    }
}

static void on_answered(
    void *ctx, const char *request, size_t len, const struct answer *final)
{
    struct resume *r = ctx;
    enum command_id id = talk_verb(request, len);
    struct words words = {0};

    resume_seen_note(&r->seen, final);
    resume_seen_named(&r->seen, request, len, final);
    if (r->restoring)
        return;
    follow_batch(r, id, request, len, final);
    if (final->class != ANSWER_OK || read_request(request, len, &words))
        return;
    if (id == CMD_LOGIN || id == CMD_AUTH)
        note_login(r, id, &words, final);
    else if (id == CMD_USE)
        note_use(r, &words);
    else if (id == CMD_WATCH)
        note_watch(r, &words, final);
    else if (id == CMD_UNWATCH)
        note_unwatch(r, find_word(&words, 0));
    words_free(&words);
}

static void on_row(void *ctx, const struct answer *row)
{
    struct resume *r = ctx;

    resume_seen_note(&r->seen, row);
}

static void on_unanswered(void *ctx, const char *request, size_t len)
{
    struct resume *r = ctx;
    enum command_id id = talk_verb(request, len);

    if (id == CMD_LOGIN || id == CMD_AUTH || r->restoring)
        return;
    r->unanswered = mem_grow(r->unanswered, &r->unanswered_room,
        r->unanswered_n + 1, sizeof *r->unanswered);
    r->unanswered[r->unanswered_n++] = mem_copy(request, len);
}

/* Where a number stands, or should, among those seen on this link. */
static size_t find_place(const struct resume *r, uint64_t seq)
{
    size_t low = 0;
    size_t high = r->replayed_n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (r->replayed[middle] < seq)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Watches that are taken up again each begin where they were, and one event
 * may be of several of them. */
static bool is_repeated(struct resume *r, uint64_t seq)
{
    if (!r->replaying)
        return false;
    if (!r->restoring && seq > r->replay_head) {
        r->replaying = false;
        r->replayed_n = 0;
        return false;
    }
    size_t at = find_place(r, seq);
    if (at < r->replayed_n && r->replayed[at] == seq)
        return true;
    r->replayed = mem_grow(
        r->replayed, &r->replayed_room, r->replayed_n + 1, sizeof *r->replayed);
    memmove(r->replayed + at + 1, r->replayed + at,
        (r->replayed_n++ - at) * sizeof *r->replayed);
    r->replayed[at] = seq;
    return false;
}

static bool on_event(void *ctx, const struct answer *event)
{
    struct resume *r = ctx;

    resume_seen_note(&r->seen, event);
    for (size_t i = 0; i < r->watches_n; i++)
        if (r->watches[i].live && r->watches[i].last < event->seq)
            r->watches[i].last = event->seq;
    return strcmp(event->code, "tick") == 0 || !is_repeated(r, event->seq);
}

static void tell_plainly(void *ctx, const char *sentence)
{
    (void)ctx;
    (void)fflush(stdout);
    (void)fprintf(stderr, "diptych: %s\n", sentence);
}

static bool pass_time(void *ctx, int ms)
{
    const struct timespec time = {ms / 1000, ms % 1000 * 1000000L};

    (void)ctx;
    (void)nanosleep(&time, NULL);
    return true;
}

void resume_plain(const struct client *client, struct resume_ways *ways)
{
    *ways = (struct resume_ways){.tell = tell_plainly,
        .wait = pass_time,
        .limit_ms = client->timeout_ms};
}

void resume_init(struct resume *resume, struct client *client,
    const struct resume_ways *ways)
{
    *resume = (struct resume){.client = client,
        .ways = *ways,
        .memory = {on_answered, on_row, on_unanswered, on_event, resume}};
    client->talk.memory = &resume->memory;
}

/* Bytes in front of the place behind the verb. */
static size_t skip_verb(const char *line, size_t len)
{
    size_t at = 0;

    for (int word = 0; word < 2; word++) {
        while (at < len && (line[at] == ' ' || line[at] == '\t'))
            at++;
        bool tag = word == 0 && line[at] == '@';
        while (at < len && !strchr(" \t\r\n", line[at]))
            at++;
        if (!tag)
            break;
    }
    return at;
}

void resume_key(const struct resume *resume, struct text *request)
{
    enum command_id id = talk_verb(request->bytes, request->len);
    struct words words;
    struct text made = {0};
    uint64_t random;
    size_t len;

    /* What the links before have shown this server does not know. */
    if (resume_seen_put(
            &resume->seen, request->bytes, request->len, false, &made)) {
        text_fini(request);
        *request = made;
        made = (struct text){0};
    }
    if (id == CMD_COUNT || command_key(&commands[id], "once", &len) == NULL ||
        (resume->batching && id != CMD_COMMIT) ||
        strcspn(request->bytes, "\n") + 32 > LIMIT_LINE ||
        read_request(request->bytes, request->len, &words) != ERR_OK)
        return;
    bool keyed = words_get(&words, "once") != NULL;
    words_free(&words);
    if (keyed || getrandom(&random, sizeof random, 0) != sizeof random)
        return;
    size_t at = skip_verb(request->bytes, request->len);
    text_add(&made, request->bytes, at);
    text_printf(&made, " once=%016llx", (unsigned long long)random);
    text_puts(&made, request->bytes + at);
    text_fini(request);
    *request = made;
}

void resume_say(const struct resume *resume, enum text_id id, ...)
{
    struct text made = {0};
    struct text safe = {0};
    va_list gaps;

    va_start(gaps, id);
    say_list(&made, resume->client->look.language, id, gaps);
    va_end(gaps);
    cell_safe(&safe, text_peek(&made));
    resume->ways.tell(resume->ways.ctx, text_peek(&safe));
    text_fini(&made);
    text_fini(&safe);
}

void resume_fini(struct resume *resume)
{
    if (resume->client)
        resume->client->talk.memory = NULL;
    replace(&resume->token, NULL);
    free(resume->epoch);
    for (size_t i = 0; i < resume->uses_n; i++) {
        free(resume->uses[i].key);
        free(resume->uses[i].value);
    }
    for (size_t i = 0; i < resume->watches_n; i++) {
        free(resume->watches[i].target);
        free(resume->watches[i].number);
    }
    resume_batch_drop(resume);
    resume_seen_fini(&resume->seen);
    for (size_t i = 0; i < resume->unanswered_n; i++)
        free(resume->unanswered[i]);
    for (size_t i = 0; i < resume->held_n; i++)
        talk_forget(&resume->held[i]);
    free(resume->uses);
    free(resume->watches);
    free(resume->batch);
    free(resume->unanswered);
    free(resume->held);
    free(resume->replayed);
    *resume = (struct resume){0};
}
