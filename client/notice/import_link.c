/* SPDX-License-Identifier: Apache-2.0
 *
 * import_link.c - lines of the server gathered into a reply.
 */
#include "client/notice/import_link.h"

#include "protocol/answer.h"
#include "protocol/base_mem.h"

#include <stdlib.h>
#include <string.h>

/* A text is whole when the next line is none of it. */
static void end_text(struct import_reply *reply)
{
    if (reply->field == NULL)
        return;
    if (reply->rows.n)
        known_put(&reply->rows, reply->field, text_peek(&reply->text));
    text_fini(&reply->text);
    free(reply->field);
    reply->field = NULL;
}

static void add_pairs(struct known_rows *rows, const struct words *words)
{
    for (size_t i = 0; i < words->n; i++)
        if (words->list[i].key && words->list[i].op == OP_EQ)
            known_put(rows, words->list[i].key, words->list[i].value);
}

static void take_record(struct import_reply *reply, const struct answer *answer)
{
    const char *field = words_get(&answer->words, "field");

    end_text(reply);
    if (strcmp(answer->code, "text") == 0 && field && answer->id == NULL) {
        reply->field = mem_text(field);
        return;
    }
    (void)known_add(&reply->rows, answer->code, answer->id);
    add_pairs(&reply->rows, &answer->words);
}

static void take_text(struct import_reply *reply, const struct answer *answer)
{
    if (reply->field == NULL)
        return;
    /* A text that has begun has room, also when its first line is empty. */
    if (reply->text.room)
        text_putc(&reply->text, '\n');
    text_puts(&reply->text, answer->rest);
}

static void take_final(struct import_reply *reply, const struct answer *answer,
    const char *line, size_t len)
{
    bool refused = answer->class == ANSWER_ERR;

    end_text(reply);
    reply->err = refused ? err_find(answer->code) : ERR_OK;
    text_add(&reply->line, line, len);
    (void)known_add(&reply->final, refused ? "err" : "ok", NULL);
    add_pairs(&reply->final, &answer->words);
}

enum err import_reply_take(
    struct import_reply *reply, const char *line, size_t len, bool *done)
{
    struct answer answer;

    *done = false;
    if (answer_read(line, len, &answer) != ERR_OK)
        return ERR_SYNTAX;
    switch (answer.class) {
    case ANSWER_RECORD:
        take_record(reply, &answer);
        break;
    case ANSWER_TEXT:
        take_text(reply, &answer);
        break;
    case ANSWER_OK:
    case ANSWER_ERR:
        take_final(reply, &answer, line, len);
        *done = true;
        break;
    case ANSWER_HELLO:
    case ANSWER_JSON:
    case ANSWER_EVENT:
    case ANSWER_NOTICE:
    case ANSWER_BYE:
        break;
    }
    answer_free(&answer);
    return ERR_OK;
}

const char *import_reply_final(
    const struct import_reply *reply, const char *key)
{
    return reply->final.n ? known_get(&reply->final.all[0], key) : "";
}

void import_reply_fini(struct import_reply *reply)
{
    known_rows_fini(&reply->rows);
    known_rows_fini(&reply->final);
    text_fini(&reply->line);
    text_fini(&reply->text);
    free(reply->field);
    *reply = (struct import_reply){0};
}
