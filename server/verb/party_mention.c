/* SPDX-License-Identifier: Apache-2.0
 *
 * party_mention.c - rows about texts that name a person, and changes that take
 * the name out of them.
 */
#include "server/verb/party_mention.h"

#include "protocol/base_mem.h"

bool party_mention_keeps(const struct mention *mention)
{
    return mention->part || fields[mention->field].type == TYPE_WORD ||
           mention->field == FIELD_PARTY_NAME;
}

static void tell(struct task *t, const struct mention *m)
{
    struct reply r = task_reply(t);
    struct text id = {0}, line = {0};

    id_print(&id, m->kind, m->id);
    text_printf(&line, "forget %s %s", id.bytes, fields[m->field].word);
    reply_data(&r, "mention", id.bytes);
    if (m->tender && m->kind != KIND_TENDER)
        id_reply(&r, "tender", KIND_TENDER, m->tender);
    reply_word(&r, "field", fields[m->field].word);
    if (!m->now)
        reply_yes(&r, "past", true);
    if (m->gone)
        reply_yes(&r, "deleted", true);
    if (m->part)
        reply_yes(&r, "part", true);
    reply_word(&r, "line", line.bytes);
    reply_end(&r);
    text_fini(&id);
    text_fini(&line);
}

void party_mentions_tell(struct task *t, const struct mentions *found,
    bool left, struct party_counts *counts)
{
    for (size_t i = 0; i < found->n; i++) {
        if (left && !party_mention_keeps(&found->list[i]))
            continue;
        tell(t, &found->list[i]);
        counts->mentions++;
    }
}

static void add_change(struct changeset *set, enum change_verb verb,
    const struct mention *m, struct datum *value)
{
    struct change *change = party_change(set, verb, m->kind, m->id);

    change_assign(change, m->field, OP_EQ, !value->set, value);
}

/* Erased with all that it was, and written anew without the name. */
static enum err take_out(struct store *store, struct task *t,
    const struct mentions *found, const struct mention *m,
    struct changeset *set)
{
    struct datum none = {0}, anew = {0};
    struct object *object = NULL;
    enum err err = store_get(store, &t->viewer, m->kind, m->id, 0, &object);

    add_change(set, CHANGE_FORGET, m, &none);
    if (err == ERR_OK && object->values[field_place(m->field)].set) {
        struct text text = {0};

        (void)mentions_redact(
            found, object->values[field_place(m->field)].text, &text);
        anew = (struct datum){
            .set = true, .ref_kind = KIND_NONE, .text = text_take(&text)};
        add_change(set, CHANGE_SET, m, &anew);
    }
    object_free(&object);
    return err == ERR_NONE ? ERR_OK : err;
}

enum err party_mentions_take_out(struct store *store, struct task *t,
    const struct mentions *found, struct changeset *set,
    struct party_counts *counts)
{
    enum err err = ERR_OK;

    for (size_t i = 0; i < found->n && err == ERR_OK; i++) {
        if (party_mention_keeps(&found->list[i]))
            continue;
        err = take_out(store, t, found, &found->list[i], set);
        counts->redacted++;
    }
    return err;
}
