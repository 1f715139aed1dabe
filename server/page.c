/* SPDX-License-Identifier: Apache-2.0
 *
 * page.c - what all verbs that read in pages share.
 */
#include "server/page.h"

#include "protocol/base_mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum err page_limit(const struct request *q, size_t *limit, struct fault *fault)
{
    uint64_t got = 0;
    char allowed[32];
    enum err err =
        request_int(q, "limit", LIMIT_NOW(ROWS_DEFAULT), &got, fault);

    if (err != ERR_OK)
        return err;
    if (got >= 1 && got <= LIMIT_NOW(ROWS)) {
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
    task_final(s, t, &r);
    reply_int(&r, "at", (int64_t)at);
    if (next) {
        reply_word(&r, "more", "yes");
        reply_word(&r, "next", next);
    }
    reply_end(&r);
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
