/* SPDX-License-Identifier: Apache-2.0
 *
 * do_token.c - named tokens, and logout.
 *
 * A token can not make others: what it was narrowed by would be shed so.  When
 * one is revoked the sessions that came in by it end at once.
 */
#include "db/token.h"
#include "protocol/base_mem.h"
#include "protocol/words.h"
#include "server/verb/handlers.h"

#include <stdlib.h>
#include <string.h>

struct asking {
    struct user owner; /* a copy of the session's */
    struct token token;
    char *of;      /* whose token; NULL: of all */
    char *tenders; /* as typed */
    struct text secret;
    unsigned char digest[DIGEST_BYTES];
};

static void clean_asking(struct task *t)
{
    struct asking *a = t->state;

    user_fini(&a->owner);
    token_fini(&a->token);
    free(a->of);
    free(a->tenders);
    text_fini(&a->secret);
    free(a);
}

static struct task *new_task(struct session *s, struct request *q)
{
    struct asking *a = mem_new(sizeof *a);

    a->owner.id = s->user.id;
    a->owner.team = s->user.team;
    a->owner.name = mem_text(s->user.name);
    a->of = mem_text(s->user.name);
    struct task *t = task_new(s, q);
    t->state = a;
    t->clean = clean_asking;
    return t;
}

/* Sessions that came in by a token which is no more. */
static void end_sessions(
    struct engine *engine, const unsigned char digest[DIGEST_BYTES])
{
    static const unsigned char none[DIGEST_BYTES];
    struct session *next;

    engine->users_changed++;
    if (memcmp(digest, none, DIGEST_BYTES) == 0)
        return;
    for (struct session *s = engine->sessions; s; s = next) {
        next = s->next;
        if (s->user.id != 0 &&
            memcmp(s->user.digest, digest, DIGEST_BYTES) == 0)
            session_end(s, "revoked");
    }
}

/* The rows of the journal are published as those of any change; a job that is
 * run again writes them anew. */
static struct events *events_of(struct task *t)
{
    if (t->set == NULL)
        t->set = mem_new(sizeof *t->set);
    events_fini(&t->set->events);
    return &t->set->events;
}

/* Making. */

static enum err find_tenders(struct store *store, struct task *t)
{
    struct asking *a = t->state;
    struct text list = {0};
    enum err err = ERR_OK;

    text_putc(&list, ',');
    for (const char *p = a->tenders; err == ERR_OK && *p;) {
        char *word = mem_copy(p, strcspn(p, ","));
        enum kind kind;
        uint64_t id;

        err = store_find(store, &t->viewer, 0, word, &kind, &id);
        if (err == ERR_OK && kind != KIND_TENDER)
            err = ERR_NONE;
        if (err == ERR_OK)
            text_printf(&list, "%llu,", (unsigned long long)id);
        else
            fault_set(&t->fault, err, "tenders", word, NULL);
        p += strcspn(p, ",");
        p += *p == ',';
        free(word);
    }
    free(a->token.tenders);
    a->token.tenders = err == ERR_OK ? text_take(&list) : NULL;
    text_fini(&list);
    return err;
}

static enum err run_add(struct store *store, struct job *job)
{
    struct task *t = (struct task *)job;
    struct asking *a = t->state;
    enum err err = a->tenders ? find_tenders(store, t) : ERR_OK;

    if (err != ERR_OK)
        return err;
    a->secret.len = 0;
    secret_token(&a->secret);
    err = token_add(
        store, &a->owner, &a->token, a->secret.bytes, t->now_ms, events_of(t));
    if (err == ERR_EXISTS)
        fault_set(&t->fault, err, "name", a->token.name, NULL);
    else if (err == ERR_LIMIT)
        fault_limit(&t->fault, "tokens", LIMIT_ROW_TOKENS);
    return err;
}

static void reply_narrowed(struct reply *r, const struct token *token)
{
    struct text words = {0};

    if (token->most != ROLE_NONE)
        reply_word(r, "role", role_word(token->most));
    if (token->tenders) {
        tenders_print(&words, token->tenders);
        reply_word(r, "tenders", words.bytes);
        words.len = 0;
    }
    if (token->expires != TOKEN_NEVER) {
        time_print(&words, token->expires, false);
        reply_word(r, "expires", words.bytes);
    }
    text_fini(&words);
}

static void finish_add(struct session *s, struct task *t)
{
    struct asking *a = t->state;

    if (!task_answer(s, t))
        return;
    struct reply r = session_reply(s);
    reply_ok(&r, t->request.tag);
    reply_word(&r, "name", a->token.name);
    reply_narrowed(&r, &a->token);
    reply_word(&r, "token", a->secret.bytes);
    reply_note(&r, text_of(TEXT_TOKEN_MADE, s->language));
    reply_end(&r);
}

static enum err refuse_role(
    const struct session *s, const char *word, struct fault *fault)
{
    struct text allowed = {0};

    for (enum role role = ROLE_READER; role <= s->user.role; role++)
        text_printf(&allowed, "%s%s", allowed.len ? "," : "", role_word(role));
    fault_set(fault, ERR_ARG, "role", word, allowed.bytes);
    text_fini(&allowed);
    return ERR_ARG;
}

/* Not more than the owner's own. */
static enum err read_role(const struct session *s, const struct request *q,
    struct token *token, struct fault *fault)
{
    const char *word = request_key(q, "role");
    const char *only = request_key(q, "read-only");

    if (word) {
        token->most = role_find(word);
        if (token->most == ROLE_COUNT || token->most < ROLE_READER ||
            token->most > s->user.role)
            return refuse_role(s, word, fault);
    }
    if (only && strcmp(only, "yes") != 0 && strcmp(only, "no") != 0)
        return fault_set(fault, ERR_ARG, "read-only", only, "yes or no");
    if (only && strcmp(only, "yes") == 0) {
        if (word && token->most != ROLE_READER)
            return fault_set(
                fault, ERR_ARG, "role", word, "reader, with read-only=yes");
        token->most = ROLE_READER;
    }
    return ERR_OK;
}

static enum err read_expiry(const struct request *q, int64_t now_ms,
    struct token *token, struct fault *fault)
{
    const char *word = request_key(q, "expires");

    token->expires = TOKEN_NEVER;
    if (word == NULL)
        return ERR_OK;
    if (time_read(word, &token->expires) != ERR_OK)
        return fault_set(
            fault, ERR_ARG, "expires", word, type_allowed(TYPE_TIME));
    if (token->expires <= now_ms)
        return fault_set(
            fault, ERR_ARG, "expires", word, "a time that is to come");
    return ERR_OK;
}

static enum err read_token(const struct session *s, const struct request *q,
    int64_t now_ms, struct token *token, struct fault *fault)
{
    const char *name = request_key(q, "name");

    if (name == NULL || q->args_n > 1)
        return fault_set(fault, ERR_ARG, "name",
            q->args_n > 1 ? q->args[1] : "", "token add name=NAME");
    if (*name == '\0' || !limit_allows(LIMIT_ROW_WORD, strlen(name)) ||
        !code_is_valid(name))
        return fault_set(fault, ERR_ARG, "name", name, type_allowed(TYPE_WORD));
    token->name = mem_text(name);
    enum err err = read_role(s, q, token, fault);
    return err == ERR_OK ? read_expiry(q, now_ms, token, fault) : err;
}

static void add(struct session *s, struct request *q)
{
    struct token token = {0};
    struct fault fault = {0};
    int64_t now_ms = s->engine->hooks.now_ms(s->engine->hooks.ctx);

    if (read_token(s, q, now_ms, &token, &fault) != ERR_OK) {
        session_fail(s, q, &fault);
        token_fini(&token);
        fault_fini(&fault);
        return;
    }
    struct task *t = new_task(s, q);
    struct asking *a = t->state;
    a->token = token;
    a->tenders = mem_text(request_key(&t->request, "tenders"));
    task_start(t, db_write, run_add, finish_add);
}

/* Listing. */

static enum err run_list(struct store *store, struct job *job)
{
    struct task *t = (struct task *)job;
    struct asking *a = t->state;
    struct tokens got = {0};
    struct reply r = task_reply(t);
    enum err err = token_list(store, t->viewer.team, a->of, &got);

    for (size_t i = 0; i < got.n; i++) {
        const struct token *token = &got.list[i];
        struct text time = {0};

        reply_data(&r, "token", NULL);
        reply_word(&r, "name", token->name);
        reply_word(&r, "user", token->user);
        reply_narrowed(&r, token);
        time_print(&time, token->created, false);
        reply_word(&r, "created", time.bytes);
        time.len = 0;
        if (token->used) {
            time_print(&time, token->used, false);
            reply_word(&r, "used", time.bytes);
        }
        reply_end(&r);
        text_fini(&time);
    }
    t->rows = got.n;
    tokens_fini(&got);
    return err;
}

static void finish_list(struct session *s, struct task *t)
{
    struct reply r;

    if (!task_answer(s, t))
        return;
    task_final(s, t, &r);
    reply_end(&r);
}

/* Tokens of others are for owners. */
static bool is_denied(struct session *s, const struct request *q)
{
    struct viewer viewer = session_viewer(s);
    struct viewer in = right_in(&viewer, 0, NULL);
    const char *of = request_key(q, "user");
    bool own = of == NULL || strcmp(of, s->user.name) == 0;

    if ((own && request_key(q, "all") == NULL) ||
        right_acts(&in, RIGHT_TOKENS_OF_OTHERS))
        return false;
    session_refuse(s, q, ERR_DENIED, own ? "all" : "user", role_word(in.role),
        role_word(right_act_role(RIGHT_TOKENS_OF_OTHERS)));
    return true;
}

static void name_owner(struct task *t)
{
    struct asking *a = t->state;
    const char *of = request_key(&t->request, "user");
    const char *all = request_key(&t->request, "all");

    if (of || (all && strcmp(all, "yes") == 0)) {
        free(a->of);
        a->of = mem_text(of);
    }
}

static void list(struct session *s, struct request *q)
{
    if (is_denied(s, q))
        return;
    struct task *t = new_task(s, q);
    name_owner(t);
    task_start(t, db_read, run_list, finish_list);
}

/* Revoking. */

static enum err run_del(struct store *store, struct job *job)
{
    struct task *t = (struct task *)job;
    struct asking *a = t->state;
    const char *name = t->request.args[1];
    enum err err = token_drop(store, t->viewer.team, a->of, name, t->user,
        t->now_ms, a->digest, events_of(t));

    if (err == ERR_NONE)
        fault_set(&t->fault, err, "name", name, NULL);
    return err;
}

static void finish_del(struct session *s, struct task *t)
{
    struct asking *a = t->state;

    if (!task_answer(s, t))
        return;
    struct reply r = session_reply(s);
    reply_ok(&r, t->request.tag);
    reply_word(&r, "name", t->request.args[1]);
    reply_end(&r);
    end_sessions(s->engine, a->digest);
}

static void del(struct session *s, struct request *q)
{
    if (q->args_n < 2) {
        session_refuse(s, q, ERR_ARG, "name", "", "token del NAME");
        return;
    }
    if (is_denied(s, q))
        return;
    struct task *t = new_task(s, q);
    name_owner(t);
    task_start(t, db_write, run_del, finish_del);
}

void do_token(struct session *s, struct request *q)
{
    const char *action = q->args[0];
    bool is_list = strcmp(action, "list") == 0;

    if (!is_list && s->user.token)
        session_refuse(s, q, ERR_DENIED, "token", s->user.token,
            "a session of login: a token makes and revokes none");
    else if (is_list)
        list(s, q);
    else if (strcmp(action, "add") == 0)
        add(s, q);
    else if (strcmp(action, "del") == 0)
        del(s, q);
    else
        session_refuse(s, q, ERR_ARG, "action", action, "add, list or del");
}

/* Logout. */

static enum err run_logout(struct store *store, struct job *job)
{
    const struct asking *a = ((struct task *)job)->state;

    return token_forget(store, a->digest);
}

static void finish_logout(struct session *s, struct task *t)
{
    const struct asking *a = t->state;

    if (!task_answer(s, t))
        return;
    struct reply r = session_reply(s);
    reply_ok(&r, t->request.tag);
    reply_end(&r);
    session_end(s, "logout");
    if (s->user.token == NULL)
        end_sessions(s->engine, a->digest);
}

void do_logout(struct session *s, struct request *q)
{
    struct task *t = new_task(s, q);
    struct asking *a = t->state;

    memcpy(a->digest, s->user.digest, DIGEST_BYTES);
    task_start(t, db_write, run_logout, finish_logout);
}
