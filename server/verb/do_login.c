/* SPDX-License-Identifier: Apache-2.0
 *
 * do_login.c - login by password, auth by token.
 *
 * A login is three stages: the user is read, the password is computed on the
 * hashing thread, the token and the audit row are written.  Unknown users take
 * the same way and the same time.
 */
#include "db/token.h"
#include "protocol/base_mem.h"
#include "protocol/words.h"
#include "server/log.h"
#include "server/verb/handlers.h"

#include <stdlib.h>
#include <string.h>

struct login {
    char *name;
    char *password; /* or the token, or the names of a certificate */
    char *which;    /* of them was recorded for the user */
    char *address;
    struct user user; /* id 0: there is none such */
    struct text token;
    bool by_token;
    bool right;
    uint64_t users_seen; /* engine->users_changed when the user was read */
};

static void clean_login(struct task *t)
{
    struct login *l = t->state;

    if (l->password)
        explicit_bzero(l->password, strlen(l->password));
    free(l->name);
    free(l->password);
    free(l->address);
    free(l->which);
    user_fini(&l->user);
    text_fini(&l->token);
    free(l);
}

static struct task *login_task(
    struct session *s, struct request *q, const char *name, const char *secret)
{
    struct login *l = mem_new(sizeof *l);

    l->name = mem_text(name);
    l->password = mem_text(secret);
    l->address = mem_text(s->address);
    l->users_seen = s->engine->users_changed;
    struct task *t = task_new(s, q);
    t->state = l;
    t->clean = clean_login;
    return t;
}

static enum err run_write(struct store *store, struct job *job)
{
    struct task *t = (struct task *)job;
    struct login *l = t->state;

    struct text detail = {0};

    if (l->right && l->user.token) {
        text_puts(&detail, "token=");
        word_print(&detail, l->user.token);
    } else if (l->which) {
        text_puts(&detail, "identity=");
        word_print(&detail, l->which);
    }
    enum err err = user_audit(store, t->now_ms, l->name, l->address,
        l->right ? "login" : "login-failed", text_peek(&detail));
    text_fini(&detail);
    if (err == ERR_OK && l->right && l->user.token)
        err = token_use(store, l->user.digest, t->now_ms);
    if (err == ERR_OK && l->right && l->token.len)
        err = user_token_add(store, l->user.id, l->token.bytes,
            t->now_ms + LIMIT_MS(TOKEN_HOURS));
    if (err == ERR_OK && l->right)
        err = store_head(store, l->user.team, &t->head);
    return err;
}

/* A name or a secret that can not be right counts like one that is not.
 * name is NULL where nobody was named. */
static void refuse_secret(
    struct session *s, const struct request *q, const char *name)
{
    session_refuse(s, q, ERR_AUTH, NULL, NULL, NULL);
    log_event(LOG_LOGIN_FAILED, "session=%llu from=%s",
        (unsigned long long)s->number, s->address);
    s->counts->number[STAT_LOGINS_FAILED]++;
    penalty_fail(s->engine->penalties, s->address, name,
        s->engine->hooks.now_ms(s->engine->hooks.ctx));
    /* There is no answer to one more. */
    if (!limit_allows(LIMIT_ROW_LOGIN_TRIES, ++s->failed_logins + (size_t)1))
        session_end(s, "auth");
}

static void refuse_login(struct session *s, struct task *t)
{
    const struct login *l = t->state;

    refuse_secret(s, &t->request, strcmp(l->name, "-") == 0 ? NULL : l->name);
}

static bool too_many(struct session *s, const struct user *user)
{
    size_t n = 0;

    for (struct session *other = s->engine->sessions; other;
         other = other->next)
        n += other->user.id == user->id;
    return !limit_allows(LIMIT_ROW_SESSIONS_USER, n + 1);
}

static enum err run_look_again(struct store *store, struct job *job)
{
    struct login *l = ((struct task *)job)->state;
    struct user now = {0};
    char *which = NULL;
    enum err err = ERR_OK;

    if (l->by_token)
        err = user_of_token(
            store, l->password, ((struct task *)job)->now_ms, &now);
    else if (l->which)
        err = user_of_names(store, l->password, &now, &which);
    else
        err = user_find(store, l->user.name, &now);
    free(which);

    if (err != ERR_OK && err != ERR_NONE && err != ERR_AUTH)
        return err;
    l->right = err == ERR_OK && now.id == l->user.id &&
               strcmp(now.secret, l->user.secret) == 0;
    user_fini(&l->user);
    l->user = now;
    return ERR_OK;
}

static enum role role_of(const struct user *user)
{
    return user->most != ROLE_NONE && user->most < user->role ? user->most
                                                              : user->role;
}

static void finish_login(struct session *s, struct task *t)
{
    struct login *l = t->state;

    if (t->job.err != ERR_OK) {
        task_answer(s, t);
        return;
    }
    if (!l->right) {
        refuse_login(s, t);
        return;
    }
    /* What the administrator changed meanwhile holds for this one too. */
    if (s->engine->controls > 0 || l->users_seen != s->engine->users_changed) {
        l->users_seen = s->engine->users_changed;
        task_start(t, db_read, run_look_again, finish_login);
        return;
    }
    if (too_many(s, &l->user)) {
        session_refuse_limit(
            s, &t->request, "sessions", LIMIT_ROW_SESSIONS_USER);
        return;
    }
    penalty_clear(s->engine->penalties, l->user.name);
    if (l->token.len)
        token_digest(l->token.bytes, l->user.digest);
    s->by_certificate = l->which != NULL;
    s->user = l->user;
    l->user = (struct user){0};
    s->counts = counts_of(&s->engine->counts, s->user.team);
    s->counts->number[STAT_LOGINS]++;
    s->lines.line_most = LIMIT_NOW(LINE);
    s->lines.body_most = LIMIT_NOW(BODY);

    struct reply r = session_reply(s);
    reply_ok(&r, t->request.tag);
    reply_word(&r, "user", s->user.name);
    reply_word(&r, "role", role_word(role_of(&s->user)));
    reply_word(&r, "team", s->user.team_name);
    reply_int(&r, "at", (int64_t)t->head);
    reply_int(&r, "line", (int64_t)s->lines.line_most);
    reply_int(&r, "text", (int64_t)s->lines.body_most);
    if (l->token.len)
        reply_word(&r, "token", l->token.bytes);
    if (s->user.token)
        reply_word(&r, "token-name", s->user.token);
    if (s->user.tenders) {
        struct text tenders = {0};

        tenders_print(&tenders, s->user.tenders);
        reply_word(&r, "tenders", tenders.bytes);
        text_fini(&tenders);
    }
    reply_end(&r);
    log_event(LOG_LOGIN, "session=%llu user=%s from=%s",
        (unsigned long long)s->number, s->user.name, s->address);
}

static enum err run_hash(struct store *store, struct job *job)
{
    struct login *l = ((struct task *)job)->state;

    (void)store;
    l->right = secret_check(l->password, l->user.id ? l->user.secret : NULL);
    if (l->right)
        secret_token(&l->token);
    return ERR_OK;
}

static void finish_hash(struct session *s, struct task *t)
{
    (void)s;
    task_start(t, db_write, run_write, finish_login);
}

static enum err run_find_user(struct store *store, struct job *job)
{
    struct login *l = ((struct task *)job)->state;
    enum err err = user_find(store, l->name, &l->user);

    return err == ERR_NONE ? ERR_OK : err;
}

static void finish_find_user(struct session *s, struct task *t)
{
    if (t->job.err != ERR_OK) {
        task_answer(s, t);
        return;
    }
    task_start(t, db_hash, run_hash, finish_hash);
}

static bool is_known(struct session *s, const struct request *q)
{
    if (s->user.id == 0)
        return false;
    session_refuse(
        s, q, ERR_STATE, "user", s->user.name, "one login on a connection");
    return true;
}

/* Who failed before must wait before a password is looked at again. */
static bool must_wait(
    struct session *s, const struct request *q, const char *name)
{
    int64_t now_ms = s->engine->hooks.now_ms(s->engine->hooks.ctx);
    int64_t wait = penalty_wait(s->engine->penalties, s->address, name, now_ms);
    struct fault fault = {.retry = (uint64_t)(wait + 999) / 1000};

    if (wait == 0)
        return false;
    fault_set(&fault, ERR_BUSY, "login", NULL, NULL);
    fault.note = mem_text(text_of(TEXT_LOGIN_WAIT, s->language));
    session_fail(s, q, &fault);
    fault_fini(&fault);
    return true;
}

static void start_password(struct session *s, struct request *q,
    const char *name, const char *password)
{
    if (must_wait(s, q, name))
        return;
    if (*name == '\0' || !limit_allows(LIMIT_ROW_WORD, strlen(name)) ||
        !limit_allows(LIMIT_ROW_PASSWORD, strlen(password))) {
        refuse_secret(s, q, NULL);
        return;
    }
    task_start(login_task(s, q, name, password), db_read, run_find_user,
        finish_find_user);
}

void do_login(struct session *s, struct request *q)
{
    if (!is_known(s, q))
        start_password(s, q, q->args[0], q->args[1]);
}

static enum err run_find_token(struct store *store, struct job *job)
{
    struct task *t = (struct task *)job;
    struct login *l = t->state;
    enum err err = user_of_token(store, l->password, t->now_ms, &l->user);

    if (err == ERR_AUTH)
        return ERR_OK;
    l->right = err == ERR_OK;
    free(l->name);
    l->name = mem_text(l->right ? l->user.name : "-");
    if (err == ERR_OK)
        err = store_head(store, l->user.team, &t->head);
    return err;
}

/* That a named token is used is written down once an hour, since it may be
 * used for every request of a program. */
static bool needs_write(const struct login *l, int64_t now_ms)
{
    return !l->right ||
           (l->user.token && now_ms - l->user.used >= INT64_C(3600000));
}

/* A token that is good needs no write; a bad one is audited. */
static void finish_find_token(struct session *s, struct task *t)
{
    struct login *l = t->state;

    if (t->job.err != ERR_OK || !needs_write(l, t->now_ms))
        finish_login(s, t);
    else
        task_start(t, db_write, run_write, finish_login);
}

static int base64_digit(char c)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrst"
        "uvwxyz0123456789+/";
    const char *at = c ? strchr(digits, c) : NULL;

    return at ? (int)(at - digits) : -1;
}

/* RFC 4648 without line breaks; NULL when it is none. */
static char *decode_base64(const char *word, size_t *len)
{
    size_t n = strlen(word);
    unsigned held = 0;
    int bits = 0;
    struct text made = {0};

    while (n && word[n - 1] == '=')
        n--;
    for (size_t i = 0; i < n; i++) {
        int digit = base64_digit(word[i]);

        if (digit < 0) {
            text_fini(&made);
            return NULL;
        }
        held = held << 6 | (unsigned)digit;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            text_putc(&made, (char)(held >> bits & 0xff));
        }
    }
    *len = made.len;
    return text_take(&made);
}

/* RFC 4616: [identity] NUL user NUL password, in base64. */
static void auth_plain(struct session *s, struct request *q)
{
    size_t len = 0;
    char *plain = decode_base64(q->args[1], &len);
    char *name = plain ? memchr(plain, '\0', len) : NULL;
    char *password =
        name ? memchr(name + 1, '\0', (size_t)(plain + len - name - 1)) : NULL;

    if (password == NULL)
        session_refuse(
            s, q, ERR_ARG, "initial", NULL, "base64 of NUL user NUL password");
    else
        start_password(s, q, name + 1, password + 1);
    if (plain)
        explicit_bzero(plain, len);
    free(plain);
}

static void start_token(struct session *s, struct request *q)
{
    if (must_wait(s, q, NULL))
        return;
    struct task *t = login_task(s, q, "-", q->args[1]);
    struct login *l = t->state;

    l->by_token = true;
    task_start(t, db_read, run_find_token, finish_find_token);
}

static enum err run_find_names(struct store *store, struct job *job)
{
    struct login *l = ((struct task *)job)->state;
    enum err err = user_of_names(store, l->password, &l->user, &l->which);

    if (err != ERR_OK)
        return err == ERR_AUTH ? ERR_OK : err;
    /* A name that was sent says whom the peer means to be. */
    l->right = strcmp(l->name, "-") == 0 || strcmp(l->name, l->user.name) == 0;
    free(l->name);
    l->name = mem_text(l->user.name);
    return ERR_OK;
}

static void finish_find_names(struct session *s, struct task *t)
{
    if (t->job.err != ERR_OK)
        task_answer(s, t);
    else
        task_start(t, db_write, run_write, finish_login);
}

/* A certificate by itself logs nobody in; here somebody asks for it. */
static void auth_external(struct session *s, struct request *q)
{
    struct text names = {0};

    if (must_wait(s, q, NULL))
        return;
    if (s->hooks.identify == NULL) {
        session_refuse(s, q, ERR_UNSUPPORTED, "mechanism", "external",
            "token or plain: this server asks for no certificates");
    } else if (!s->hooks.identify(s->hooks.ctx, &names)) {
        session_refuse(s, q, ERR_AUTH, "certificate", "none",
            "one that is good now, shown when the connection was made");
    } else {
        char *name = mem_text(q->args_n > 1 ? q->args[1] : "-");

        task_start(login_task(s, q, name, names.bytes), db_read, run_find_names,
            finish_find_names);
        free(name);
    }
    text_fini(&names);
}

void do_auth(struct session *s, struct request *q)
{
    bool token = strcmp(q->args[0], "token") == 0;

    if (strcmp(q->args[0], "external") == 0) {
        if (!is_known(s, q))
            auth_external(s, q);
        return;
    }
    if (!token && strcmp(q->args[0], "plain") != 0) {
        session_refuse(s, q, ERR_UNSUPPORTED, "mechanism", q->args[0],
            "token, plain or external");
        return;
    }
    if (q->args_n < 2) {
        session_refuse(s, q, ERR_ARG, "initial", "nothing",
            token ? "auth token TOKEN" : "auth plain BASE64");
        return;
    }
    if (is_known(s, q))
        return;
    if (token)
        start_token(s, q);
    else
        auth_plain(s, q);
}
