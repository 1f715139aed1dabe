/* SPDX-License-Identifier: Apache-2.0
 *
 * cache.c - records of tenders that computations share, and what was made of
 * them.
 *
 * The key is the tender and the newest seq that touched its figures; whoever
 * may see the tender sees the same record, since rights are asked before.
 */
#include "server/session/inside.h"

#include "protocol/base_mem.h"

#include <stdlib.h>
#include <string.h>

static void free_answer(struct shared_record *shared, struct kept_answer *a)
{
    shared->bytes -= a->rows.len;
    free(a->key);
    text_fini(&a->rows);
    text_fini(&a->last);
    *a = (struct kept_answer){0};
}

const struct kept_answer *cache_answer(
    const struct shared_record *shared, const char *key)
{
    for (size_t i = 0; key != NULL && i < CACHE_ANSWERS; i++)
        if (shared->answers[i].key && strcmp(shared->answers[i].key, key) == 0)
            return &shared->answers[i];
    return NULL;
}

void cache_keep(struct shared_record *shared, struct kept_answer *answer)
{
    bool fits = answer->rows.len <= CACHE_BYTES;

    shared->bytes += answer->rows.len;
    if (!fits || cache_answer(shared, answer->key)) {
        free_answer(shared, answer);
        return;
    }
    do {
        size_t at = shared->answers_turn++ % CACHE_ANSWERS;

        free_answer(shared, &shared->answers[at]);
        if (answer->key == NULL)
            continue;
        shared->answers[at] = *answer;
        *answer = (struct kept_answer){0};
    } while (shared->bytes > CACHE_BYTES);
}

void cache_model(struct shared_record *shared, struct tender_model **made)
{
    if (shared->model == NULL) {
        shared->model = *made;
        *made = NULL;
    }
    tender_model_free(made);
}

void cache_drop(struct shared_record **shared)
{
    struct shared_record *r = *shared;

    *shared = NULL;
    if (r == NULL || --r->shares > 0)
        return;
    for (size_t i = 0; i < CACHE_ANSWERS; i++)
        free_answer(r, &r->answers[i]);
    tender_model_free(&r->model);
    record_free(&r->record);
    free(r);
}

struct shared_record *cache_peek(
    struct engine *engine, uint64_t team, uint64_t tender)
{
    for (size_t i = 0; i < CACHE_RECORDS; i++) {
        struct shared_record *r = engine->cache[i];

        if (r && r->team == team && r->tender == tender) {
            r->shares++;
            return r;
        }
    }
    return NULL;
}

struct shared_record *cache_put(struct engine *engine, uint64_t team,
    uint64_t tender, uint64_t touched, struct record *record)
{
    struct shared_record *r = mem_new(sizeof *r);
    size_t at = CACHE_RECORDS;

    *r = (struct shared_record){.record = record,
        .team = team,
        .tender = tender,
        .touched = touched,
        .seq = record->seq,
        .shares = 2};
    for (size_t i = 0; i < CACHE_RECORDS; i++)
        if (engine->cache[i] && engine->cache[i]->team == team &&
            engine->cache[i]->tender == tender)
            at = i;
    if (at == CACHE_RECORDS)
        at = engine->cache_turn++ % CACHE_RECORDS;
    cache_drop(&engine->cache[at]);
    engine->cache[at] = r;
    return r;
}

void cache_stands(struct shared_record *shared, uint64_t seq, uint64_t touched)
{
    if (seq <= shared->seq)
        return;
    shared->seq = seq;
    shared->touched = touched;
}

void cache_free(struct engine *engine)
{
    for (size_t i = 0; i < CACHE_RECORDS; i++)
        cache_drop(&engine->cache[i]);
}
