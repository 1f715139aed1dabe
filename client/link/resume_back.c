/* SPDX-License-Identifier: Apache-2.0
 *
 * resume_back.c - the way back: waiting, connecting, logging in, and putting
 * everything where it was.
 */
#include "client/link/account.h"
#include "client/link/dial.h"
#include "client/link/resume.h"
#include "client/show/say.h"
#include "protocol/base_mem.h"
#include "protocol/kind.h"
#include "protocol/limit.h"
#include "protocol/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

/* To connect, shake hands and be greeted: a person waits. */
#define CONNECT_MS 5000
/* Between two tries: doubled each time, and some of it left to chance. */
#define PAUSE_FIRST 500
#define PAUSE_MOST  30000
/* Bytes of a request that a sentence quotes. */
#define QUOTED 200

static int pick(int most)
{
    unsigned random = 0;

    (void)!getrandom(&random, sizeof random, 0);
    return most > 0 ? (int)(random % (unsigned)most) : 0;
}

/* The first line of a request, for a sentence. */
static void quote(struct text *to, const char *request)
{
    size_t len = strcspn(request, "\n");

    text_add(to, request, len < QUOTED ? len : QUOTED);
    if (len > QUOTED)
        text_puts(to, "...");
}

static void say_request(
    const struct resume *r, enum text_id id, const char *request)
{
    struct text line = {0};

    quote(&line, request);
    resume_say(r, id, text_peek(&line));
    text_fini(&line);
}

static enum err ask(
    struct resume *r, const char *request, struct reply_got *got)
{
    return talk_ask(&r->client->talk, request, r->client->timeout_ms, got);
}

/* What the server refused, as one word and its sentence. */
static void put_refusal(struct text *to, const struct answer *final)
{
    text_puts(to, final->code ? final->code : "?");
    if (final->note)
        text_printf(to, ": %s", final->note);
}

static enum err put_uses(struct resume *r)
{
    enum err err = ERR_OK;

    for (size_t i = 0; i < r->uses_n && err == ERR_OK; i++) {
        struct reply_got got = {0};
        struct text request = {0};
        struct text why = {0};

        text_printf(&request, "use %s=", r->uses[i].key);
        word_quote(&request, r->uses[i].value);
        err = ask(r, request.bytes, &got);
        if (err == ERR_OK && got.final.class == ANSWER_ERR) {
            put_refusal(&why, &got.final);
            resume_say(r, TEXT_AGAIN_USE, request.bytes, text_peek(&why));
        }
        text_fini(&request);
        text_fini(&why);
        reply_got_fini(&got);
    }
    return err;
}

/* After a gap in the history only looking anew shows what is there. */
static void list_anew(const struct resume *r, const char *target)
{
    struct text request = {0};
    bool kind = kind_find(target) != KIND_NONE;

    if (r->ways.ask == NULL)
        return;
    if (strcmp(target, "*") == 0) {
        text_puts(&request, "list tender");
    } else {
        text_puts(&request, kind ? "list " : "show ");
        word_print(&request, target);
    }
    r->ways.ask(r->ways.ctx, request.bytes);
    text_fini(&request);
}

static void note_watching(
    struct resume *r, struct resume_watch *watch, const struct answer *final)
{
    const char *number = words_get(&final->words, "watch");
    const char *at = words_get(&final->words, "at");
    uint64_t head = at ? strtoull(at, NULL, 10) : 0;

    free(watch->number);
    watch->number = mem_text(number ? number : "?");
    watch->live = true;
    if (head > r->replay_head)
        r->replay_head = head;
}

static enum err watch_anew(struct resume *r, struct resume_watch *watch)
{
    struct reply_got got = {0};
    struct text request = {0};
    struct text why = {0};

    text_puts(&request, "watch ");
    word_print(&request, watch->target);
    enum err err = ask(r, request.bytes, &got);
    text_fini(&request);
    if (err != ERR_OK)
        return err;
    if (got.final.class == ANSWER_OK) {
        const char *at = words_get(&got.final.words, "at");

        note_watching(r, watch, &got.final);
        watch->last = at ? strtoull(at, NULL, 10) : 0;
        resume_say(r, TEXT_AGAIN_GONE, watch->number, watch->target);
        list_anew(r, watch->target);
    } else {
        put_refusal(&why, &got.final);
        resume_say(r, TEXT_AGAIN_UNWATCHED, watch->target, text_peek(&why));
    }
    text_fini(&why);
    reply_got_fini(&got);
    return ERR_OK;
}

static enum err put_watch(struct resume *r, struct resume_watch *watch)
{
    struct reply_got got = {0};
    struct text request = {0};
    char last[24];

    (void)snprintf(last, sizeof last, "%llu", (unsigned long long)watch->last);
    text_puts(&request, "watch ");
    word_print(&request, watch->target);
    text_printf(&request, " since=%s", last);
    if (r->epoch)
        text_printf(&request, " epoch=%s", r->epoch);
    enum err err = ask(r, request.bytes, &got);
    text_fini(&request);
    if (err != ERR_OK)
        return err;
    if (got.final.class == ANSWER_OK) {
        note_watching(r, watch, &got.final);
        resume_say(r, TEXT_AGAIN_WATCH, watch->number, watch->target, last);
    } else {
        err = watch_anew(r, watch);
    }
    reply_got_fini(&got);
    return err;
}

static enum err put_watches(struct resume *r)
{
    enum err err = ERR_OK;

    r->replaying = r->watches_n > 0;
    r->replayed_n = 0;
    r->replay_head = 0;
    for (size_t i = 0; i < r->watches_n; i++)
        r->watches[i].live = false;
    for (size_t i = 0; i < r->watches_n && err == ERR_OK; i++)
        err = put_watch(r, &r->watches[i]);
    if (err == ERR_OK) {
        free(r->epoch);
        r->epoch = mem_text(link_hello(r->client->talk.link, "epoch"));
    }
    return err;
}

static enum err put_batch(struct resume *r)
{
    enum err err = ERR_OK;
    char number[24];

    if (!r->batching)
        return ERR_OK;
    if (r->spoiled) {
        resume_say(r, TEXT_AGAIN_SPOILED);
        return ERR_OK;
    }
    for (size_t i = 0; i < r->batch_n && err == ERR_OK; i++) {
        struct reply_got got = {0};

        err = ask(r, r->batch[i], &got);
        reply_got_fini(&got);
    }
    (void)snprintf(number, sizeof number, "%zu", r->batch_n - 1);
    if (err == ERR_OK)
        resume_say(r, TEXT_AGAIN_BATCH, number);
    return err;
}

/* A change on its second way: what comes of it is shown as it would have
 * been, and then what that means. */
struct resent {
    struct resume *r;
    struct talk_hooks inner;
};

static void on_resent_data(void *ctx, const char *line)
{
    struct resent *resent = ctx;

    if (resent->inner.data)
        resent->inner.data(resent->inner.ctx, line);
}

static void on_resent_again(void *ctx)
{
    struct resent *resent = ctx;

    if (resent->inner.again)
        resent->inner.again(resent->inner.ctx);
}

static void on_resent_final(
    void *ctx, const struct answer *final, const char *line)
{
    struct resent *resent = ctx;
    const struct resume *r = resent->r;

    resent->inner.final(resent->inner.ctx, final, line);
    if (final && final->class == ANSWER_OK)
        resume_say(r, words_get(&final->words, "replay") ? TEXT_AGAIN_MADE
                                                         : TEXT_AGAIN_NOW);
    else if (final)
        resume_say(r, TEXT_AGAIN_REFUSED);
    free(resent);
}

static bool has_key(const struct talk_open *open)
{
    const char *end = memchr(open->request, '\n', open->len);
    struct words words;
    struct words_fault fault;

    if (words_read(open->request, end ? (size_t)(end - open->request) : 0, NULL,
            LIMIT_WORDS, &words, &fault) != ERR_OK)
        return false;
    bool has = words_get(&words, "once") != NULL;
    words_free(&words);
    return has;
}

static void send_keyed(struct resume *r, struct talk_open *open)
{
    struct talk_hooks hooks = open->hooks;

    say_request(r, TEXT_AGAIN_SENT, open->request);
    if (hooks.final != on_resent_final) {
        struct resent *resent = mem_new(sizeof *resent);

        *resent = (struct resent){r, hooks};
        hooks = (struct talk_hooks){
            on_resent_data, on_resent_final, resent, on_resent_again};
    }
    if (hooks.again)
        hooks.again(hooks.ctx);
    talk_send_again(&r->client->talk, open, &hooks);
}

/* In the order in which they were sent the first time.  What stands in a
 * batch has no key and needs none: nothing of it counts before its commit. */
static void put_held(struct resume *r)
{
    bool batch = r->batching;
    bool void_batch = r->spoiled;

    for (size_t i = 0; i < r->held_n; i++) {
        struct talk_open *open = &r->held[i];
        enum command_id id = talk_verb(open->request, open->len);

        batch = batch || id == CMD_BEGIN;
        if (void_batch && batch) {
            talk_forget(open);
        } else if (has_key(open)) {
            send_keyed(r, open);
        } else if (batch && id != CMD_COMMIT) {
            const struct talk_hooks hooks = open->hooks;

            talk_send_again(&r->client->talk, open, &hooks);
        } else {
            say_request(r, TEXT_AGAIN_UNKNOWN, open->request);
            talk_forget(open);
        }
        if (id == CMD_COMMIT || id == CMD_ABORT) {
            batch = false;
            void_batch = false;
        }
    }
    free(r->held);
    r->held = NULL;
    r->held_n = 0;
    if (r->spoiled)
        resume_batch_drop(r);
}

enum err resume_restore(struct resume *resume)
{
    resume->waiting = false;
    resume->restoring = true;
    enum err err = put_uses(resume);
    if (err == ERR_OK)
        err = put_watches(resume);
    if (err == ERR_OK)
        err = put_batch(resume);
    resume->restoring = false;
    if (err != ERR_OK)
        return err;
    for (size_t i = 0; i < resume->unanswered_n; i++) {
        say_request(resume, TEXT_AGAIN_UNANSWERED, resume->unanswered[i]);
        free(resume->unanswered[i]);
    }
    resume->unanswered_n = 0;
    put_held(resume);
    return ERR_OK;
}

/* What "seen" stood for when the link was lost: what the next one shows first
 * may be newer. */
static void put_all_seen(struct resume *r)
{
    for (size_t i = 0; i < r->held_n; i++)
        resume_seen_rewrite(&r->seen, &r->held[i].request, &r->held[i].len);
    for (size_t i = 0; i < r->batch_n; i++) {
        size_t len = strlen(r->batch[i]);

        resume_seen_rewrite(&r->seen, &r->batch[i], &len);
    }
    r->seen.link++;
}

/* What was in flight joins what is held already.  A request that broke the
 * framing would break it again, and so none of its link is sent again. */
static void take_over(struct resume *r, struct link *link)
{
    const char *reason = r->client->talk.reason;
    bool unframed = reason && strstr(reason, "too-long");
    struct talk_open *held;
    size_t n;

    talk_relink(&r->client->talk, link, &held, &n);
    struct talk_open *all = mem_new((r->held_n + n + 1) * sizeof *all);
    for (size_t i = 0; i < r->held_n; i++)
        all[i] = r->held[i];
    for (size_t i = 0; i < n; i++) {
        if (unframed) {
            say_request(r, TEXT_AGAIN_UNKNOWN, held[i].request);
            talk_forget(&held[i]);
        } else {
            all[r->held_n++] = held[i];
        }
    }
    free(r->held);
    free(held);
    r->held = all;
    put_all_seen(r);
}

/* Logged in again, or nobody: then the person is asked to.  Errors are those
 * after which another try may help. */
static enum err enter(struct resume *r)
{
    struct client *client = r->client;
    struct text request = {0};
    struct reply_got got = {0};

    text_puts(&request, r->external ? "auth external" : "auth token ");
    if (!r->external)
        word_print(&request, r->token);
    r->restoring = true;
    enum err err = ask(r, request.bytes, &got);
    r->restoring = false;
    account_wipe(&request);
    if (err != ERR_OK)
        return err;
    if (got.final.class == ANSWER_OK) {
        const char *user = words_get(&got.final.words, "user");

        free(client->user);
        client->user = mem_text(user ? user : "?");
        resume_say(r, TEXT_AGAIN_BACK, client->user);
    } else if (err_find(got.final.code) == ERR_AUTH) {
        resume_say(r, TEXT_AGAIN_LOGIN, client->user ? client->user : "?");
        free(client->user);
        client->user = NULL;
        r->waiting = true;
    } else {
        err = ERR_BUSY;
    }
    reply_got_fini(&got);
    return err;
}

static enum err try_again(struct resume *r, struct text *why)
{
    struct link *link = NULL;
    enum err err = client_link(r->client, CONNECT_MS, &link, why);

    if (err != ERR_OK)
        return err;
    take_over(r, link);
    err = enter(r);
    if (err == ERR_OK && !r->waiting)
        err = resume_restore(r);
    if (err != ERR_OK)
        client_why(r->client, err, why);
    return err;
}

bool resume_can(const struct resume *resume)
{
    static const char *const last[] = {"quit", "auth", "tls", "http"};
    const char *reason = resume->client->talk.reason;

    if ((resume->token == NULL && !resume->external) || resume->waiting)
        return false;
    for (size_t i = 0; reason && i < sizeof last / sizeof *last; i++)
        if (strcmp(reason, last[i]) == 0)
            return false;
    return true;
}

/* Tries until one succeeds; false when there is to be no further one.  A
 * reason is told once, however often it is met. */
static bool keep_trying(struct resume *r, int back)
{
    int64_t began = dial_clock_ms();
    int pause = back > 0 ? back * 1000 : PAUSE_FIRST;
    struct text told = {0};

    for (;; back = 0) {
        int ms = back > 0 ? pause + pick(1000) : pause / 2 + pick(pause / 2);
        struct text why = {0};

        if (!r->ways.wait(r->ways.ctx, ms))
            break;
        enum err err = try_again(r, &why);
        if (err == ERR_OK) {
            text_fini(&told);
            return true;
        }
        if (strcmp(text_peek(&told), text_peek(&why)) != 0)
            resume_say(r, TEXT_AGAIN_FAILED, text_peek(&why));
        text_fini(&told);
        told = why;
        if (err == ERR_UNSUPPORTED || err == ERR_ARG ||
            (r->ways.limit_ms >= 0 &&
                dial_clock_ms() - began > r->ways.limit_ms))
            break;
        pause = pause * 2 < PAUSE_MOST ? pause * 2 : PAUSE_MOST;
    }
    text_fini(&told);
    return false;
}

int resume_back(struct resume *resume, enum err err)
{
    int back = resume->client->talk.back;
    struct text why = {0};

    client_why(resume->client, err, &why);
    resume_say(resume, TEXT_AGAIN_LOST, text_peek(&why));
    text_fini(&why);
    if (keep_trying(resume, back))
        return STATUS_OK;
    bool changes = resume->held_n > 0 || talk_open_n(&resume->client->talk);
    if (changes)
        resume_say(resume, TEXT_AGAIN_HELD);
    return changes ? STATUS_UNKNOWN : STATUS_LINK;
}
