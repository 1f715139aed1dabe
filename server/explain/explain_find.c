/* SPDX-License-Identifier: Apache-2.0
 *
 * explain_find.c - which object a figure is asked to be explained of.
 */
#include "server/explain/explain_find.h"

#include <string.h>

size_t explain_find(
    const struct object *const *list, size_t n, const char *word)
{
    for (size_t i = 0; i < n; i++) {
        struct text name = {0};
        struct text id = {0};

        object_name(&name, list[i]);
        id_print(&id, list[i]->kind, list[i]->id);
        bool same =
            strcmp(name.bytes, word) == 0 || strcmp(id.bytes, word) == 0;
        text_fini(&name);
        text_fini(&id);
        if (same)
            return i;
    }
    return MODEL_NOWHERE;
}

enum err explain_find_key(struct figures *f, const char *key, const char *word,
    const struct object *const *list, size_t n, size_t *at)
{
    if (word == NULL) {
        fault_set(
            f->fault, ERR_ARG, key, "nothing", "which one the figure is of");
        return ERR_ARG;
    }
    size_t found = explain_find(list, n, word);
    if (found == MODEL_NOWHERE) {
        fault_set(f->fault, ERR_NONE, key, word,
            "one that counts in the figures of this tender");
        return ERR_NONE;
    }
    *at = found;
    return ERR_OK;
}

enum err explain_find_bid(struct figures *f, size_t *at)
{
    return explain_find_key(
        f, "bid", f->bid, f->made->bids, f->made->model.bids_n, at);
}

enum err explain_find_criterion(struct figures *f, size_t *at)
{
    return explain_find_key(f, "criterion", f->criterion, f->made->criteria,
        f->made->model.criteria_n, at);
}

enum err explain_find_recorded(struct figures *f, const char *key,
    enum kind kind, const struct object **found)
{
    const struct object *const *list =
        (const struct object *const *)f->record->list[kind];
    size_t at;
    enum err err = explain_find_key(
        f, key, request_key(f->request, key), list, f->record->n[kind], &at);

    if (err == ERR_OK)
        *found = list[at];
    return err;
}
