/* SPDX-License-Identifier: Apache-2.0
 *
 * stand.c - the test stand for sessions.
 */
#include "tests/parts/stand.h"

#include "db/secret.h"
#include "protocol/base_mem.h"
#include "server/inside.h"
#include "server/log.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* 2026-11-21T21:14:03Z, so that times in answers are known. */
#define STAND_TIME INT64_C(1795295643000)

static const struct {
    const char *name, *team;
    enum role role;
} people[] = {{"ann", "blue", ROLE_OWNER}, {"bob", "blue", ROLE_EDITOR},
    {"cid", "blue", ROLE_SCORER}, {"dan", "blue", ROLE_READER},
    {"eve", "red", ROLE_OWNER}};

#define PEOPLE (sizeof people / sizeof *people)

struct stand {
    char folder[64];
    char *tokens[PEOPLE];
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

static void add_people(struct stand *stand, struct store *store)
{
    INSIST(store_begin(store) == ERR_OK);
    for (size_t i = 0; i < PEOPLE; i++) {
        struct text token = {0};
        struct user user;

        secret_token(&token);
        INSIST(user_add(store, people[i].name, people[i].team, people[i].role,
                   "none", STAND_TIME) == ERR_OK);
        INSIST(user_find(store, people[i].name, &user) == ERR_OK);
        INSIST(user_token_add(store, user.id, token.bytes,
                   STAND_TIME + 3600000) == ERR_OK);
        user_fini(&user);
        stand->tokens[i] = text_take(&token);
    }
    INSIST(store_commit(store) == ERR_OK);
}

void stand_new(struct stand **made)
{
    struct stand *stand = mem_new(sizeof *stand);
    struct text why = {0};
    struct store *store;
    struct engine_hooks hooks = {on_wake, on_now, stand};

    log_set_level(LOG_LEVEL_ERROR);
    stand->now_ms = STAND_TIME;
    INSIST(pthread_mutex_init(&stand->lock, NULL) == 0);
    INSIST(pthread_cond_init(&stand->woken, NULL) == 0);
    strcpy(stand->folder, "/tmp/diptych-stand-XXXXXX");
    INSIST(mkdtemp(stand->folder) != NULL);
    INSIST(store_create(stand->folder, &why) == ERR_OK);
    INSIST(store_open(stand->folder, STORE_WRITE, &store, &why) == ERR_OK);
    add_people(stand, store);
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
    for (size_t i = 0; i < PEOPLE; i++)
        free(stand->tokens[i]);
    pthread_cond_destroy(&stand->woken);
    pthread_mutex_destroy(&stand->lock);
    free(stand);
    *made = NULL;
}

const char *stand_token(const struct stand *stand, const char *user)
{
    const char *token = NULL;

    for (size_t i = 0; i < PEOPLE; i++)
        if (strcmp(people[i].name, user) == 0)
            token = stand->tokens[i];
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
    struct session_hooks hooks = {NULL, NULL};

    session_new(stand->engine, "127.0.0.1", &hooks, made);
}

void stand_settle(struct stand *stand)
{
    struct timespec until;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += 20;
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
