/* SPDX-License-Identifier: Apache-2.0
 *
 * judge.c - the rules of the protocol, checked on one session as it goes.
 */
#include "tests/parts/judge.h"

#include "protocol/base_mem.h"

#include <stdlib.h>
#include <string.h>

/* Requests that ask for the past or go on from a page of it. */
static bool asks_for_past(const char *line)
{
    static const char *const keys[] = {
        "at=", "after=", "since=", "to=", "until="};

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strstr(line, keys[i]))
            return true;
    return false;
}

static void end_line(struct judge *j)
{
    size_t before = j->grammar.asked;

    text_putc(&j->line, '\n');
    grammar_sent(&j->grammar, j->line.bytes, j->line.len);
    if (j->grammar.asked > before) {
        /* A line with a NUL inside is refused, and asks for nothing. */
        j->past = mem_grow(j->past, &j->past_room, j->past_n + 1, 1);
        j->past[j->past_n++] = asks_for_past(j->line.bytes);
    }
    text_fini(&j->line);
}

void judge_sent(struct judge *j, const char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (bytes[i] == '\n')
            end_line(j);
        else
            text_putc(&j->line, bytes[i]);
    }
}

static uint64_t number_of(const struct answer *answer, const char *key)
{
    const char *word = words_get(&answer->words, key);

    return word ? strtoull(word, NULL, 10) : 0;
}

static uint64_t higher(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

static const char *judge_ok(
    struct judge *j, const struct answer *answer, bool past)
{
    uint64_t at = number_of(answer, "at");

    j->own = higher(j->own, higher(at, number_of(answer, "rev")));
    if (past && words_get(&answer->words, "watch")) {
        /* What was told may be told again. */
        j->event = j->tx = 0;
    }
    if (past || at == 0 || words_get(&answer->words, "replay"))
        return NULL;
    if (at < j->at)
        return "at= goes back";
    j->at = at;
    return NULL;
}

static const char *judge_final(struct judge *j, const struct answer *answer)
{
    bool past = j->past_n > 0 && j->past[0];

    if (j->past_n > 0) {
        j->past_n--;
        memmove(j->past, j->past + 1, j->past_n);
    }
    return answer->class == ANSWER_OK ? judge_ok(j, answer, past) : NULL;
}

static const char *judge_event(struct judge *j, const struct answer *answer)
{
    uint64_t tx = number_of(answer, "tx");
    const char *sess = words_get(&answer->words, "sess");

    if (strcmp(answer->code, "tick") == 0)
        return answer->seq >= j->event ? NULL : "a tick goes back";
    if (answer->seq <= j->event)
        return "events do not rise";
    if (tx && answer->seq > tx)
        return "an event behind its transaction";
    if (j->tx && (tx == j->tx) != (answer->seq <= j->tx))
        return "a transaction is told in pieces";
    if (sess && strcmp(sess, "own") == 0 && answer->seq > j->own)
        return "one's own event comes before the answer";
    j->event = answer->seq;
    j->tx = tx;
    j->events++;
    return NULL;
}

static const char *judge_answer(struct judge *j, const struct answer *answer)
{
    if (answer->class == ANSWER_OK || answer->class == ANSWER_ERR)
        return judge_final(j, answer);
    if (answer->class == ANSWER_EVENT)
        return judge_event(j, answer);
    if (answer->class == ANSWER_BYE) {
        free(j->bye);
        j->bye = mem_text(words_get(&answer->words, "reason"));
        if (j->bye == NULL)
            return "bye without a reason";
    }
    return NULL;
}

static const char *judge_line(struct judge *j, const char *line, size_t len)
{
    enum line_class class;
    struct answer answer;
    const char *why = grammar_seen(&j->grammar, line, len, &class);

    if (why)
        return why;
    if (answer_read(line, len, &answer) != ERR_OK)
        return "the client can not read it";
    why = judge_answer(j, &answer);
    answer_free(&answer);
    return why;
}

const char *judge_heard(
    struct judge *j, const char *bytes, size_t len, struct text *where)
{
    const char *why = NULL;
    size_t done = 0;

    text_add(&j->in, bytes, len);
    while (why == NULL) {
        const char *from = text_peek(&j->in) + done;
        const char *end = memchr(from, '\n', j->in.len - done);

        if (end == NULL)
            break;
        why = judge_line(j, from, (size_t)(end - from));
        if (why)
            text_add(where, from, (size_t)(end - from));
        done += (size_t)(end + 1 - from);
    }
    text_cut(&j->in, done);
    return why;
}

bool judge_is_even(const struct judge *j)
{
    /* One whose text is still being sent has no answer yet. */
    return j->in.len == 0 &&
           j->grammar.asked == j->grammar.answered + j->grammar.in_body;
}

void judge_fini(struct judge *j)
{
    grammar_fini(&j->grammar);
    text_fini(&j->line);
    text_fini(&j->in);
    free(j->past);
    free(j->bye);
    *j = (struct judge){0};
}
