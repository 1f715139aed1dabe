/* SPDX-License-Identifier: Apache-2.0
 *
 * refuse.c - how a session is told what it can not have: the rows that show
 * why, one error line with its sentence, and what is counted and logged.
 */
#include "protocol/french.h"
#include "server/log.h"
#include "server/session/inside.h"

#include <string.h>

static void reply_object_of(struct reply *r, const struct fault *f)
{
    if (f->now)
        object_reply(r, f->now, NULL);
    for (size_t i = 0; i < f->rows_n; i++) {
        reply_data(r, "refers", f->rows[i]);
        reply_end(r);
    }
}

static void reply_said(struct reply *r, const char *key, const char *english,
    enum language language)
{
    struct text said = {0};

    french_print(&said, english, language);
    reply_word(r, key, text_peek(&said));
    text_fini(&said);
}

static void reply_parts(
    struct reply *r, const struct fault *f, enum language language)
{
    if (f->id)
        reply_word(r, "id", f->id);
    if (f->guard_rev) {
        reply_int(r, "if", (int64_t)f->guard_rev);
        reply_int(r, "rev", (int64_t)f->rev);
    }
    if (f->author)
        reply_word(r, "author", f->author);
    if (f->changed)
        reply_word(r, "changed", f->changed);
    if (f->oldest)
        reply_int(r, "oldest", (int64_t)f->oldest);
    if (f->field)
        reply_word(r, "field", f->field);
    if (f->got)
        reply_word(r, "got", f->got);
    if (f->allowed && f->err == ERR_VERB)
        reply_word(r, "try", f->allowed);
    else if (f->allowed)
        reply_said(r, "allowed", f->allowed, language);
    if (f->near)
        reply_word(r, "try", f->near);
    if (f->retry)
        reply_int(r, "retry", (int64_t)f->retry);
    else if (f->err == ERR_BUSY || f->err == ERR_FULL ||
             f->err == ERR_UNAVAILABLE)
        reply_int(r, "retry", f->err == ERR_BUSY ? 1 : 60);
}

/* Whether a field can name what belongs to a tender. */
static bool may_lack_scope(const char *field)
{
    return field == NULL ||
           (strcmp(field, "tender") != 0 && strcmp(field, "topic") != 0);
}

/* Whether codes are looked for in a tender: in use, or named by the request. */
static bool has_scope(const struct session *s, const struct request *q)
{
    return s->scope != 0 || request_key(q, "tender") != NULL ||
           (q->command && strncmp(q->command->positional, "tender", 6) == 0);
}

/* A code that is not found may be one of a tender that is not in use. */
static const char *sentence_of(
    const struct session *s, const struct request *q, const struct fault *fault)
{
    enum kind kind;
    uint64_t id;

    if (fault->note)
        return fault->note;
    if (fault->unknown)
        return text_of(TEXT_FIELD_UNKNOWN, s->language);
    if (fault->err == ERR_NONE && !has_scope(s, q) && fault->got &&
        may_lack_scope(fault->field) &&
        id_read(fault->got, &kind, &id) != ERR_OK)
        return text_of(TEXT_NO_SCOPE, s->language);
    return err_text(fault->err, (int)s->language);
}

/* The next "if=seen" is about what the conflict has shown. */
static void note_seen(struct session *s, const struct fault *fault)
{
    enum kind kind;
    uint64_t id;

    if (fault->id && id_read(fault->id, &kind, &id) == ERR_OK)
        seen_put(&s->seen, kind, id, fault->rev);
}

void session_fail(
    struct session *s, const struct request *q, const struct fault *fault)
{
    struct reply r = session_reply(s);

    reply_object_of(&r, fault);
    if (fault->err == ERR_CONFLICT)
        note_seen(s, fault);
    reply_err(&r, q->tag, fault->err);
    if (fault->step)
        reply_int(&r, "step", (int64_t)fault->step);
    reply_parts(&r, fault, s->language);
    reply_note(&r, sentence_of(s, q, fault));
    reply_end(&r);
    if (s->stop_on_error)
        s->stopped = true;
    s->counts->number[STAT_ERRORS]++;
    if (q->command)
        counts_verb(s->counts, q->id)->errors++;
    if (fault->err == ERR_DENIED)
        session_audit(s, q, fault);
    if (fault->err == ERR_INTERNAL)
        log_event(LOG_INTERNAL, "session=%llu", (unsigned long long)s->number);
}

void session_refuse(struct session *s, const struct request *q, enum err err,
    const char *field, const char *got, const char *allowed)
{
    struct fault fault = {0};

    fault_set(&fault, err, field, got, allowed);
    session_fail(s, q, &fault);
    fault_fini(&fault);
}

void session_refuse_limit(struct session *s, const struct request *q,
    const char *field, enum limit limit)
{
    struct fault fault = {0};

    fault_limit(&fault, field, limit);
    session_fail(s, q, &fault);
    fault_fini(&fault);
}
