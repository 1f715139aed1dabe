/* SPDX-License-Identifier: Apache-2.0
 *
 * page.c - what all verbs that read in pages share.
 */
#include "server/session/page.h"

#include "protocol/base_mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Objects read at a time by page_read_all. */
#define PAGE_READ 1000

enum err page_limit(const struct request *q, size_t *limit, struct fault *fault)
{
    uint64_t got = 0;
    char allowed[32];
    enum err err =
        request_int(q, "limit", LIMIT_NOW(ROWS_DEFAULT), &got, fault);

    if (err != ERR_OK)
        return err;
    if (got >= 1 && limit_allows(LIMIT_ROW_ROWS, (size_t)got)) {
        *limit = (size_t)got;
        return ERR_OK;
    }
    (void)snprintf(allowed, sizeof allowed, "1..%zu", LIMIT_NOW(ROWS));
    return fault_set(fault, ERR_ARG, "limit", request_key(q, "limit"), allowed);
}

enum err page_at(struct task *t, const char *key, uint64_t at)
{
    char got[24], most[32];

    if (at <= t->head)
        return ERR_OK;
    (void)snprintf(got, sizeof got, "%llu", (unsigned long long)at);
    (void)snprintf(most, sizeof most, "1..%llu", (unsigned long long)t->head);
    return fault_set(&t->fault, ERR_ARG, key, got, most);
}

void page_final(
    struct session *s, struct task *t, uint64_t at, const char *next)
{
    struct reply r;

    if (!task_answer(s, t))
        return;
    if (request_key(&t->request, "limit") == NULL)
        limit_met(LIMIT_ROW_ROWS_DEFAULT, t->rows + (next != NULL),
            LIMIT_NOW(ROWS_DEFAULT));
    task_final(s, t, &r);
    reply_int(&r, "at", (int64_t)at);
    if (next) {
        reply_word(&r, "more", "yes");
        reply_word(&r, "next", next);
    }
    reply_end(&r);
}

const char page_builtins[] = "id,tender,rev,author,time";

enum err page_kinds(const struct request *q, bool kinds[KIND_COUNT], bool *any,
    struct fault *fault)
{
    const char *list = request_key(q, "kind");
    enum err err = ERR_OK;

    *any = list != NULL;
    if (list == NULL)
        return ERR_OK;
    char **words = comma_split(list);
    for (char **p = words; *p && err == ERR_OK; p++) {
        enum kind kind = kind_find(*p);

        if (kind == KIND_NONE)
            err = fault_kinds(*p, fault);
        else
            kinds[kind] = true;
    }
    comma_free(words);
    return err;
}

enum err page_fields(char *const *only, enum kind kind, struct fault *fault)
{
    for (; only && *only; only++)
        if (builtin_find(*only) == BUILTIN_COUNT &&
            field_find(kind, *only) == FIELD_COUNT)
            return fault_fields(kind, "fields", *only, page_builtins, fault);
    return ERR_OK;
}

void page_object(struct task *t, const struct object *object, char *const *only)
{
    struct reply r = task_reply(t);

    object_reply(&r, object, only);
    t->rows++;
    seen_put(&t->seen, object->kind, object->id, object->rev);
}

enum err page_find_tender(struct store *store, struct task *t, uint64_t scope,
    const char *word, uint64_t *id)
{
    enum kind kind = KIND_NONE;
    uint64_t found = 0;
    enum err err = store_find(store, &t->viewer, scope, word, &kind, &found);

    if (err == ERR_OK && kind != KIND_TENDER)
        err = ERR_NONE;
    if (err == ERR_NONE)
        return fault_set(
            &t->fault, err, "tender", word, "the id or code of a tender");
    if (err == ERR_OK)
        *id = found;
    return err;
}

enum err page_tender(struct store *store, struct task *t, uint64_t *id)
{
    const char *word = request_key(&t->request, "tender");

    *id = 0;
    return word ? page_find_tender(store, t, 0, word, id) : ERR_OK;
}

enum err page_read_all(struct store *store, struct task *t, enum kind kind,
    uint64_t at, struct objects *all)
{
    struct query query = {.kind = kind, .limit = PAGE_READ, .at = at};
    enum err err = ERR_OK;

    do {
        struct objects got = {0};
        err = store_list(store, &t->viewer, &query, &got, &t->fault);
        free(query.after);
        query.after = NULL;
        if (err != ERR_OK)
            break;
        for (size_t i = 0; i < got.n; i++) {
            all->list =
                mem_grow(all->list, &all->room, all->n + 1, sizeof *all->list);
            all->list[all->n++] = got.list[i];
        }
        got.n = 0;
        query.after = got.next;
        got.next = NULL;
        objects_fini(&got);
    } while (query.after != NULL);
    return err;
}

char **comma_split(const char *list)
{
    size_t n = 1;

    for (const char *p = list; *p; p++)
        n += *p == ',';
    char **made = mem_new((n + 1) * sizeof *made);
    for (size_t i = 0; i < n; i++) {
        size_t len = strcspn(list, ",");

        made[i] = mem_copy(list, len);
        list += len + (list[len] == ',');
    }
    return made;
}

void comma_free(char **list)
{
    for (char **p = list; p && *p; p++)
        free(*p);
    free(list);
}
