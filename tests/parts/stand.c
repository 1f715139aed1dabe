/* SPDX-License-Identifier: Apache-2.0
 *
 * stand.c - the test stand for sessions.
 */
#include "tests/parts/stand.h"

#include "db/secret.h"
#include "protocol/base_mem.h"
#include "protocol/limit.h"
#include "server/log.h"
#include "server/session/inside.h"
#include "tests/parts/blank_record.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Seconds: ends a wait for ever; sanitizers on a busy machine take minutes. */
#define SETTLES_WITHIN 180

/* 2026-11-21T21:14:03Z, so that times in answers are known. */
#define STAND_TIME INT64_C(1795295643000)
/* Longer than any test lets pass. */
#define TOKENS_LAST INT64_C(315360000000)

static const struct {
    const char *name, *team;
    enum role role;
} people[] = {{"ann", "blue", ROLE_OWNER}, {"bob", "blue", ROLE_EDITOR},
    {"cid", "blue", ROLE_SCORER}, {"dan", "blue", ROLE_READER},
    {"eve", "red", ROLE_OWNER}};

#define PEOPLE (sizeof people / sizeof *people)

static const struct {
    const char *name;
    enum role role;
} crowd[] = {{"owner", ROLE_OWNER}, {"editor", ROLE_EDITOR},
    {"scorer", ROLE_SCORER}, {"reader", ROLE_READER}};

#define CROWD (sizeof crowd / sizeof *crowd)

struct person {
    char name[32];
    char *token;
};

struct stand {
    char folder[128];
    struct person *people;
    size_t people_n, people_room;
    struct engine *engine;
    int64_t now_ms;
    pthread_mutex_t lock;
    pthread_cond_t woken;
    bool wake;
};

static void on_wake(void *ctx)
{
    struct stand *stand = ctx;

    pthread_mutex_lock(&stand->lock);
    stand->wake = true;
    pthread_cond_signal(&stand->woken);
    pthread_mutex_unlock(&stand->lock);
}

static int64_t on_now(void *ctx)
{
    return ((struct stand *)ctx)->now_ms;
}

static void add_person(struct stand *stand, struct store *store,
    const char *name, const char *team, enum role role)
{
    struct text token = {0};
    struct user user;

    stand->people = mem_grow(stand->people, &stand->people_room,
        stand->people_n + 1, sizeof *stand->people);
    struct person *person = &stand->people[stand->people_n++];
    (void)snprintf(person->name, sizeof person->name, "%s", name);
    secret_token(&token);
    INSIST(user_add(store, name, team, role, "none", STAND_TIME) == ERR_OK);
    INSIST(user_find(store, name, &user) == ERR_OK);
    INSIST(user_token_add(store, user.id, token.bytes,
               STAND_TIME + TOKENS_LAST) == ERR_OK);
    user_fini(&user);
    person->token = text_take(&token);
}

static void add_people(struct stand *stand, struct store *store, size_t teams)
{
    char name[32];
    char team[32];

    INSIST(store_begin(store) == ERR_OK);
    for (size_t i = 0; i < PEOPLE; i++)
        add_person(
            stand, store, people[i].name, people[i].team, people[i].role);
    for (size_t i = 0; i < teams * CROWD; i++) {
        const char *role = crowd[i % CROWD].name;

        (void)snprintf(name, sizeof name, "%s-%zu", role, i / CROWD);
        (void)snprintf(team, sizeof team, "team-%zu", i / CROWD);
        add_person(stand, store, name, team, crowd[i % CROWD].role);
    }
    INSIST(store_commit(store) == ERR_OK);
}

static void admit(struct store *store, const struct stand_key *key)
{
    struct text secret = {0};
    struct user user;

    INSIST(store_begin(store) == ERR_OK);
    if (key->password) {
        secret_make(key->password, &secret);
        INSIST(user_set_secret(store, key->user, secret.bytes, STAND_TIME) ==
               ERR_OK);
    }
    INSIST(user_find(store, key->user, &user) == ERR_OK);
    if (key->token)
        INSIST(user_token_add(store, user.id, key->token,
                   STAND_TIME + TOKENS_LAST) == ERR_OK);
    INSIST(store_commit(store) == ERR_OK);
    user_fini(&user);
    text_fini(&secret);
}

void stand_new(struct stand **made)
{
    stand_new_crowd(made, 0);
}

void stand_new_crowd(struct stand **made, size_t teams)
{
    stand_new_key(made, teams, NULL);
}

void stand_new_key(
    struct stand **made, size_t teams, const struct stand_key *key)
{
    const char *where = getenv("TMPDIR");
    struct stand *stand = mem_new(sizeof *stand);
    struct text why = {0};
    struct store *store;
    struct engine_hooks hooks = {on_wake, on_now, stand};

    log_set_level(LOG_LEVEL_ERROR);
    for (int limit = 0; limit < LIMIT_COUNT; limit++)
        INSIST(limit_set((enum limit)limit, limits[limit].preset) == ERR_OK);
    stand->now_ms = STAND_TIME;
    INSIST(pthread_mutex_init(&stand->lock, NULL) == 0);
    INSIST(pthread_cond_init(&stand->woken, NULL) == 0);
    (void)snprintf(stand->folder, sizeof stand->folder,
        "%s/diptych-stand-XXXXXX", where ? where : "/tmp");
    INSIST(mkdtemp(stand->folder) != NULL);
    blank_record_make(stand->folder);
    INSIST(store_open(stand->folder, STORE_WRITE, &store, &why) == ERR_OK);
    add_people(stand, store, teams);
    if (key)
        admit(store, key);
    store_close(&store);
    INSIST(engine_new(stand->folder, &hooks, &stand->engine, &why) == ERR_OK);
    text_fini(&why);
    *made = stand;
}

static int remove_one(
    const char *path, const struct stat *info, int flag, struct FTW *where)
{
    (void)info;
    (void)flag;
    (void)where;
    return remove(path);
}

void stand_free(struct stand **made)
{
    struct stand *stand = *made;

    engine_free(&stand->engine);
    (void)nftw(stand->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    for (size_t i = 0; i < stand->people_n; i++)
        free(stand->people[i].token);
    free(stand->people);
    pthread_cond_destroy(&stand->woken);
    pthread_mutex_destroy(&stand->lock);
    free(stand);
    *made = NULL;
}

const char *stand_token(const struct stand *stand, const char *user)
{
    const char *token = NULL;

    for (size_t i = 0; i < stand->people_n; i++)
        if (strcmp(stand->people[i].name, user) == 0)
            token = stand->people[i].token;
    INSIST(token);
    return token;
}

const char *stand_folder(const struct stand *stand)
{
    return stand->folder;
}

struct engine *stand_engine(const struct stand *stand)
{
    return stand->engine;
}

void stand_session(struct stand *stand, struct session **made)
{
    struct session_hooks hooks = {0};

    session_new(stand->engine, "127.0.0.1", &hooks, made);
}

struct session *stand_enter(struct stand *stand, const char *user)
{
    struct session *session;
    struct text line = {0};

    stand_session(stand, &session);
    text_printf(&line, "auth token %s\n", stand_token(stand, user));
    char *got = stand_say(stand, session, line.bytes);
    INSIST(strstr(got, "\nok user=") != NULL);
    free(got);
    text_fini(&line);
    return session;
}

char *stand_say(struct stand *stand, struct session *session, const char *bytes)
{
    struct text got = {0};

    session_feed(session, bytes, strlen(bytes));
    stand_settle(stand);
    stand_take(session, &got);
    if (got.len > 0)
        return text_take(&got);
    text_fini(&got);
    return mem_text("");
}

void stand_settle(struct stand *stand)
{
    struct timespec until;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += SETTLES_WITHIN;
    engine_run(stand->engine);
    while (stand->engine->jobs) {
        pthread_mutex_lock(&stand->lock);
        while (!stand->wake)
            INSIST(pthread_cond_timedwait(
                       &stand->woken, &stand->lock, &until) == 0);
        stand->wake = false;
        pthread_mutex_unlock(&stand->lock);
        engine_run(stand->engine);
    }
}

void stand_take(struct session *session, struct text *to)
{
    size_t len;
    const char *bytes = session_output(session, &len);

    text_add(to, bytes, len);
    session_sent(session, len);
}

void stand_clock(struct stand *stand, int64_t ms)
{
    stand->now_ms += ms;
    engine_tick(stand->engine);
}
