/* SPDX-License-Identifier: Apache-2.0
 *
 * change.c - the fields of a request become a change; types are checked here,
 * references, codes, rights and revisions by the writer.
 */
#include "protocol/base_mem.h"
#include "server/session/inside.h"

#include <stdlib.h>
#include <string.h>

/* The word is the key itself, or one of those that stand behind the key. */
static enum err refuse_field(enum kind kind, const char *field, const char *got,
    const char *more, const char *word, struct fault *fault)
{
    struct text allowed = {0};
    const struct kind_row *row = kind_row(kind);

    for (size_t i = 0; i < row->count; i++)
        text_printf(
            &allowed, "%s%s", i ? "," : "", fields[row->first + i].word);
    if (*more)
        text_printf(&allowed, ",%s", more);
    fault_unknown(fault, field, got, allowed.bytes, word);
    text_fini(&allowed);
    return ERR_ARG;
}

enum err fault_field(
    enum kind kind, const struct word *w, const char *more, struct fault *fault)
{
    return refuse_field(kind, w->key, w->value, more, w->key, fault);
}

enum err fault_fields(enum kind kind, const char *key, const char *word,
    const char *more, struct fault *fault)
{
    return refuse_field(kind, key, word, more, word, fault);
}

enum err fault_kinds(const char *got, struct fault *fault)
{
    struct text allowed = {0};

    for (int i = 0; i < KIND_COUNT; i++)
        text_printf(
            &allowed, "%s%s", i ? "," : "", kind_row((enum kind)i)->word);
    fault_set(fault, ERR_ARG, "kind", got, allowed.bytes);
    fault_near(fault, allowed.bytes, got);
    text_fini(&allowed);
    return ERR_ARG;
}

static bool is_set_type(enum type type)
{
    return type == TYPE_SET || type == TYPE_REFSET || type == TYPE_MEMBERS;
}

static enum err read_assign(const struct word *w, enum kind kind,
    struct change *change, struct fault *fault)
{
    size_t field = field_find(kind, w->key);
    struct datum value = {0};
    struct datum_fault why = {0};

    if (field == FIELD_COUNT)
        return fault_field(kind, w, "", fault);
    bool grows = w->op == OP_PLUS || w->op == OP_MINUS;
    if (w->op != OP_EQ && !(grows && change->verb == CHANGE_SET &&
                              is_set_type(fields[field].type)))
        return fault_set(fault, ERR_ARG, w->key, op_word(w->op),
            is_set_type(fields[field].type) ? "= += -=" : "=");
    if (*w->value == '\0') {
        if (w->op != OP_EQ)
            return fault_set(fault, ERR_ARG, w->key, "", "a word");
        change_assign(change, field, w->op, true, &value);
        return ERR_OK;
    }
    if (datum_read(field, w->value, &value, &why) != ERR_OK)
        return fault_set(fault, ERR_ARG, w->key, w->value, why.allowed);
    change_assign(change, field, w->op, false, &value);
    return ERR_OK;
}

static enum err read_guard(struct session *s, const char *word,
    const char *target, struct change *change, struct fault *fault)
{
    enum kind kind;
    uint64_t id;
    size_t digits = strspn(word, "0123456789");

    if (strcmp(word, "any") == 0)
        return ERR_OK;
    change->guard = GUARD_REV;
    if (digits && digits <= 18 && word[digits] == '\0') {
        change->guard_rev = strtoull(word, NULL, 10);
        return ERR_OK;
    }
    if (strcmp(word, "seen") != 0)
        return fault_set(
            fault, ERR_ARG, "if", word, "a revision, seen, or any");
    if (id_read(target, &kind, &id) == ERR_OK)
        change->guard_rev = seen_get(&s->seen, kind, id);
    /* The writer refuses that, unless the change was made already: once=. */
    if (change->guard_rev == 0)
        change->guard = GUARD_SEEN;
    return ERR_OK;
}

static enum err read_as(
    const char *word, struct change *change, struct fault *fault)
{
    size_t len = strlen(word);

    if (word[0] != '$' || len < 2 || !limit_allows(LIMIT_ROW_WORD, len) ||
        strspn(word + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                         "0123456789_.-") != len - 1)
        return fault_set(
            fault, ERR_ARG, "as", word, "$ and a name, such as $b");
    change->as = mem_text(word);
    return ERR_OK;
}

static enum err read_number(
    const struct word *w, uint64_t *got, struct fault *fault)
{
    size_t digits = strspn(w->value, "0123456789");

    if (digits == 0 || digits > 18 || w->value[digits])
        return fault_set(fault, ERR_ARG, w->key, w->value, "a whole number");
    *got = strtoull(w->value, NULL, 10);
    return ERR_OK;
}

/* Either an object and a revision, or a transaction, which is taken back only
 * if nobody changed its objects since. */
static enum err check_undo(
    const struct request *q, struct change *change, struct fault *fault)
{
    const char *guard = request_key(q, "if");

    if (q->args_n > 0) {
        if (change->tx)
            return fault_set(fault, ERR_ARG, "tx", request_key(q, "tx"),
                "undo tx=SEQ alone, or undo ID to=REV");
        if (request_key(q, "to") == NULL)
            return fault_set(fault, ERR_ARG, "to", "",
                "the number of the change after which it was right");
        return ERR_OK;
    }
    if (change->tx == 0 || request_key(q, "to"))
        return fault_set(
            fault, ERR_ARG, "id", "", "undo ID to=REV, or undo tx=SEQ");
    if (guard && strcmp(guard, "any") != 0)
        return fault_set(fault, ERR_ARG, "if", guard, "any, with tx=");
    if (guard == NULL) {
        change->guard = GUARD_REV;
        change->guard_rev = change->tx;
    }
    return ERR_OK;
}

/* A key of the verb's own row rather than a field. */
static enum err read_option(struct session *s, const struct word *w,
    const char *target, struct change *change, struct fault *fault)
{
    if (strcmp(w->key, "if") == 0)
        return read_guard(s, w->value, target, change, fault);
    if (strcmp(w->key, "as") == 0)
        return read_as(w->value, change, fault);
    if (strcmp(w->key, "to") == 0)
        return read_number(w, &change->to, fault);
    if (strcmp(w->key, "tx") == 0)
        return read_number(w, &change->tx, fault);
    if (strcmp(w->key, "tender") == 0) {
        bool team = kind_row(change->kind)->scope == SCOPE_EITHER;
        if (*w->value == '\0' && !team)
            return fault_set(fault, ERR_ARG, "tender", "", "an id or a code");
        change->tender = mem_text(w->value);
    }
    if (strcmp(w->key, "redact") == 0)
        return fault_set(fault, ERR_ARG, "redact", w->value,
            "redact= without fields, for a person");
    if (strcmp(w->key, "parts") == 0) {
        change->parts = strcmp(w->value, "yes") == 0;
        if (!change->parts && strcmp(w->value, "no") != 0)
            return fault_set(fault, ERR_ARG, "parts", w->value, "yes or no");
    }
    return ERR_OK;
}

/* "note ID text=..." is an "add note on=ID text=...". */
static enum err read_note_target(
    const struct request *q, struct change *change, struct fault *fault)
{
    struct word on = {.key = "on", .op = OP_EQ, .value = q->args[0]};

    return read_assign(&on, KIND_NOTE, change, fault);
}

static bool is_option(const struct request *q, const struct word *w)
{
    size_t len;

    if (q->id == CMD_NOTE)
        return strcmp(w->key, "once") == 0 || strcmp(w->key, "as") == 0;
    return command_key(q->command, w->key, &len) != NULL;
}

/* "forget ID field..." is about these fields, each once. */
static enum err read_fields(const struct request *q, enum kind kind,
    struct change *change, struct fault *fault)
{
    for (size_t i = 1; i < q->args_n; i++) {
        size_t field = field_find(kind, q->args[i]);
        struct datum none = {0};

        if (field == FIELD_COUNT)
            return fault_fields(kind, "field", q->args[i], "", fault);
        for (size_t j = 0; j < change->assigns_n; j++)
            if (change->assigns[j].field == field)
                return fault_set(
                    fault, ERR_ARG, "field", q->args[i], "each field once");
        change_assign(change, field, OP_EQ, true, &none);
    }
    return ERR_OK;
}

static enum change_verb verb_of(enum command_id id)
{
    return id == CMD_SET      ? CHANGE_SET
           : id == CMD_DEL    ? CHANGE_DEL
           : id == CMD_UNDO   ? CHANGE_UNDO
           : id == CMD_FORGET ? CHANGE_FORGET
                              : CHANGE_ADD;
}

enum err change_read(struct session *s, const struct request *q, enum kind kind,
    const char *target, struct changeset *set, struct fault *fault)
{
    struct change *change = change_add(set);
    enum err err = ERR_OK;

    change->verb = verb_of(q->id);
    change->kind = change->verb == CHANGE_ADD ? kind : KIND_NONE;
    change->target = mem_text(target);
    if (q->id == CMD_NOTE)
        err = read_note_target(q, change, fault);
    if (q->id == CMD_FORGET)
        err = read_fields(q, kind, change, fault);
    for (size_t i = q->keyed; err == ERR_OK && i < q->words.n; i++) {
        const struct word *w = &q->words.list[i];

        if (w->key == NULL)
            continue;
        if (is_option(q, w))
            err = read_option(s, w, target ? target : "", change, fault);
        else
            err = read_assign(w, kind, change, fault);
    }
    if (err == ERR_OK && change->verb == CHANGE_SET && change->assigns_n == 0)
        err = fault_set(
            fault, ERR_ARG, "fields", "none", "at least one field=value");
    if (err == ERR_OK && change->verb == CHANGE_UNDO)
        err = check_undo(q, change, fault);
    if (err != ERR_OK)
        change_fini(&set->list[--set->n]);
    return err;
}

void change_fill(struct session *s, const struct request *q, char *request,
    struct changeset *set)
{
    set->team = s->user.team;
    set->user = mem_text(s->user.name);
    set->role = s->user.role;
    set->most = s->user.most;
    set->tenders = mem_text(s->user.tenders);
    set->session = s->number;
    set->scope = s->scope;
    set->once = mem_text(request_key(q, "once"));
    set->request = request;
}

enum err once_read(const struct request *q, struct fault *fault)
{
    const char *once = request_key(q, "once");

    if (once && (*once == '\0' || !limit_allows(LIMIT_ROW_WORD, strlen(once)) ||
                    strpbrk(once, " \t")))
        return fault_set(
            fault, ERR_ARG, "once", once, "1 to 64 characters without blank");
    return ERR_OK;
}

static enum err run_apply(struct store *store, struct job *job)
{
    struct task *t = (struct task *)job;

    return store_apply(store, t->set, t->now_ms);
}

/* A set that is applied again drops the results of the last time. */
void change_start(struct task *t, task_fn *finish)
{
    t->job.again = true;
    task_start(t, db_write, run_apply, finish);
}
