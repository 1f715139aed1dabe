/* SPDX-License-Identifier: Apache-2.0
 *
 * do_who.c - who: the sessions of one's own team.
 *
 * The loop copies what it knows of them, a reader then hides the tenders that
 * the asking one may not see.  Sessions have no number here, since those of
 * one team would tell how many others there are.
 */
#include "protocol/base_mem.h"
#include "server/verb/handlers.h"

#include <stdlib.h>
#include <string.h>

struct present {
    char *user, *team, *address; /* address NULL: not to be shown */
    enum role role;
    int64_t since_ms, idle_ms;
    uint64_t scope;
    size_t watches;
    bool own;
};

struct presence {
    struct present *list;
    size_t n, room;
};

static void clean_presence(struct task *t)
{
    struct presence *all = t->state;

    for (size_t i = 0; i < all->n; i++) {
        free(all->list[i].user);
        free(all->list[i].team);
        free(all->list[i].address);
    }
    free(all->list);
    free(all);
}

/* Where somebody sits is for oneself, the team's owner and the admin. */
static void note_session(struct presence *all, const struct session *asking,
    const struct session *s, int64_t now)
{
    bool admin = asking->user.role == ROLE_ADMIN;
    bool shown = admin || asking->user.role == ROLE_OWNER ||
                 s->user.id == asking->user.id;

    if (s->user.id == 0 || s->over ||
        (!admin && s->user.team != asking->user.team))
        return;
    all->list = mem_grow(all->list, &all->room, all->n + 1, sizeof *all->list);
    all->list[all->n++] = (struct present){.user = mem_text(s->user.name),
        .team = admin ? mem_text(s->user.team_name) : NULL,
        .address = shown ? mem_text(s->address) : NULL,
        .role = s->user.role,
        .since_ms = s->since_ms,
        .idle_ms = now - s->active_ms,
        .scope = admin ? 0 : s->scope,
        .watches = s->watches_n,
        .own = s == asking};
}

static void print_scope(
    struct reply *r, struct store *store, const struct task *t, uint64_t scope)
{
    struct object *tender = NULL;

    if (scope == 0 ||
        store_get(store, &t->viewer, KIND_TENDER, scope, 0, &tender) != ERR_OK)
        return;
    id_reply(r, "tender", KIND_TENDER, scope);
    object_free(&tender);
}

static void print_present(struct reply *r, struct store *store,
    const struct task *t, const struct present *p)
{
    struct text since = {0};

    time_print(&since, p->since_ms, true);
    reply_data(r, "session", NULL);
    reply_word(r, "user", p->user);
    reply_word(r, "role", role_word(p->role));
    if (p->team && *p->team)
        reply_word(r, "team", p->team);
    reply_word(r, "since", since.bytes);
    reply_int(r, "idle", p->idle_ms < 0 ? 0 : p->idle_ms / 1000);
    reply_int(r, "watches", (int64_t)p->watches);
    print_scope(r, store, t, p->scope);
    if (p->address)
        reply_word(r, "address", p->address);
    if (p->own)
        reply_yes(r, "own", true);
    reply_end(r);
    text_fini(&since);
}

static enum err run_who(struct store *store, struct job *job)
{
    struct task *t = (struct task *)job;
    const struct presence *all = t->state;
    struct reply r = task_reply(t);

    for (size_t i = 0; i < all->n; i++)
        print_present(&r, store, t, &all->list[i]);
    t->rows = r.rows;
    return store_head(store, t->viewer.team, &t->head);
}

static void finish_who(struct session *s, struct task *t)
{
    struct reply r;

    if (!task_answer(s, t))
        return;
    task_final(s, t, &r);
    if (s->user.role != ROLE_ADMIN)
        reply_int(&r, "at", (int64_t)t->head);
    reply_end(&r);
}

/* The sessions are in a list with the newest first. */
static int older_first(const void *a, const void *b)
{
    const struct present *x = a, *y = b;

    if (x->since_ms != y->since_ms)
        return x->since_ms < y->since_ms ? -1 : 1;
    return strcmp(x->user, y->user);
}

void do_who(struct session *s, struct request *q)
{
    struct presence *all = mem_new(sizeof *all);
    struct task *t = task_new(s, q);

    for (const struct session *other = s->engine->sessions; other;
         other = other->next)
        note_session(all, s, other, t->now_ms);
    if (all->n > 0)
        qsort(all->list, all->n, sizeof *all->list, older_first);
    t->state = all;
    t->clean = clean_presence;
    task_start(t, db_read, run_who, finish_who);
}
