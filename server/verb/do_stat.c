/* SPDX-License-Identifier: Apache-2.0
 *
 * do_stat.c - stat: what is counted of one's own team, or of the server for
 * its admin.
 */
#include "protocol/base_mem.h"
#include "server/log.h"
#include "server/verb/handlers.h"

#include <stdlib.h>
#include <string.h>

/* Of one team, or the sum of all. */
struct sum {
    bool of_server;
    uint64_t number[STAT_COUNT];
    const struct engine *engine;
    const struct counts *counts; /* of the team */
};

/* What the thread reads of the record. */
struct heads {
    struct text chain;
};

static void sum_sessions(struct sum *sum, const struct session *asking)
{
    for (const struct session *s = asking->engine->sessions; s; s = s->next) {
        if (s->user.id == 0)
            continue;
        if (!sum->of_server && s->user.team != asking->user.team)
            continue;
        sum->number[STAT_SESSIONS]++;
        sum->number[STAT_WATCHES] += s->watches_n;
    }
}

static void sum_server(struct sum *sum, const struct db_counts *db)
{
    const struct engine *engine = sum->engine;
    uint64_t *number = sum->number;

    number[STAT_UPTIME] = (counts_now_us() - engine->started_us) / 1000000;
    number[STAT_CONNECTIONS] = engine->outside.connections;
    number[STAT_STRANGERS] = engine->outside.strangers;
    number[STAT_JOBS] = engine->jobs;
    number[STAT_WRITES] = db->writes;
    number[STAT_READS] = db->reads;
    number[STAT_WORKS] = db->works;
    number[STAT_LONGS] = db->longs;
    number[STAT_HASHES] = db->hashes;
    number[STAT_COMMITS] = db->took.n;
    number[STAT_WAL] = db->wal_bytes;
    number[STAT_CERTIFICATE_END] =
        (uint64_t)engine->outside.certificate_ms / 1000;
    number[STAT_LOG_LOST] = log_lost();
}

static void sum_counts(struct sum *sum)
{
    for (const struct counts *c = sum->engine->counts; c; c = c->next)
        for (size_t i = 0; i < STAT_COUNT; i++)
            if (sum->of_server || c == sum->counts)
                sum->number[i] += c->number[i];
}

static void put_spread(
    struct reply *r, const struct histogram *histogram, const char *unit)
{
    reply_word(r, "unit", unit);
    reply_int(r, "sum", (int64_t)histogram->sum);
    reply_int(r, "p50", (int64_t)histogram_share(histogram, 500));
    reply_int(r, "p99", (int64_t)histogram_share(histogram, 990));
    reply_int(r, "most", (int64_t)histogram->most);
    reply_end(r);
}

static void put_numbers(struct reply *r, const struct sum *sum, int french)
{
    for (enum stat_id i = 0; i < STAT_COUNT; i++) {
        const struct stat_row *row = &stat_rows[i];

        if (row->of_server && !sum->of_server)
            continue;
        reply_data(r, "figure", NULL);
        reply_word(r, "name", row->word);
        reply_int(r, "value", (int64_t)sum->number[i]);
        reply_word(r, "sort", row->grows ? "counter" : "gauge");
        reply_word(r, "unit", row->unit);
        reply_word(r, "help", row->help[french]);
        reply_end(r);
    }
}

static void put_verb(
    struct reply *r, const struct sum *sum, enum command_id verb, bool asked)
{
    struct verb_counts all = {0};

    for (const struct counts *c = sum->engine->counts; c; c = c->next) {
        if (c->verb[verb] == NULL || (!sum->of_server && c != sum->counts))
            continue;
        histogram_merge(&all.took, &c->verb[verb]->took);
        all.errors += c->verb[verb]->errors;
    }
    if (all.took.n == 0 && !asked)
        return;
    reply_data(r, "latency", NULL);
    reply_word(r, "verb", commands[verb].name);
    reply_int(r, "n", (int64_t)all.took.n);
    reply_int(r, "errors", (int64_t)all.errors);
    put_spread(r, &all.took, "microseconds");
}

static void put_commits(struct reply *r, const struct db_counts *db)
{
    reply_data(r, "commit", NULL);
    reply_word(r, "of", "time");
    reply_int(r, "n", (int64_t)db->took.n);
    put_spread(r, &db->took, "microseconds");
    reply_data(r, "commit", NULL);
    reply_word(r, "of", "changes");
    reply_int(r, "n", (int64_t)db->group.n);
    put_spread(r, &db->group, "count");
}

static void put_head(struct reply *r, const struct task *t)
{
    const struct heads *heads = t->state;

    reply_data(r, "head", NULL);
    reply_int(r, "seq", (int64_t)t->head);
    reply_word(r, "chain", text_peek(&heads->chain));
    reply_end(r);
}

static void put_all(
    struct session *s, const struct task *t, struct sum *sum, struct reply *r)
{
    struct db_counts *db = mem_new(sizeof *db);

    sum_counts(sum);
    sum_sessions(sum, s);
    db_counts(s->engine->db, db);
    if (sum->of_server)
        sum_server(sum, db);
    put_numbers(r, sum, s->language == LANGUAGE_FRENCH);
    for (int i = 0; i < CMD_COUNT; i++)
        put_verb(r, sum, (enum command_id)i, false);
    if (sum->of_server)
        put_commits(r, db);
    else
        put_head(r, t);
    free(db);
}

static void finish_stat(struct session *s, struct task *t)
{
    struct sum sum = {.of_server = s->user.role == ROLE_ADMIN,
        .engine = s->engine,
        .counts = s->counts};
    struct reply r = task_reply(t);
    struct reply final;

    if (t->job.err == ERR_OK && t->request.args_n)
        put_verb(&r, &sum, command_find(t->request.args[0]), true);
    else if (t->job.err == ERR_OK)
        put_all(s, t, &sum, &r);
    if (!task_answer(s, t))
        return;
    t->rows = r.rows;
    task_final(s, t, &final);
    if (!sum.of_server)
        reply_int(&final, "at", (int64_t)t->head);
    reply_end(&final);
}

static enum err run_stat(struct store *store, struct job *job)
{
    struct task *t = (struct task *)job;
    struct heads *heads = t->state;

    if (t->viewer.role == ROLE_ADMIN)
        return ERR_OK;
    return store_chain(store, t->viewer.team, &t->head, &heads->chain);
}

static void clean_stat(struct task *t)
{
    struct heads *heads = t->state;

    text_fini(&heads->chain);
    free(heads);
}

void do_stat(struct session *s, struct request *q)
{
    if (q->args_n && command_find(q->args[0]) == CMD_COUNT) {
        session_refuse(s, q, ERR_ARG, "verb", q->args[0], "a verb");
        return;
    }
    struct task *t = task_new(s, q);

    t->state = mem_new(sizeof(struct heads));
    t->clean = clean_stat;
    task_start(t, db_read, run_stat, finish_stat);
}
