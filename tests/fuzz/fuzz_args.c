/* SPDX-License-Identifier: Apache-2.0
 *
 * fuzz_args - arguments against the tables: a request that is taken has the
 * values and keys of its row, one that is not says what is wrong; the value of
 * a field reads back from what is printed of it.
 *
 * The first byte chooses the role, the rest is one request.
 */
#include "protocol/base_mem.h"
#include "protocol/datum.h"
#include "protocol/utf8.h"
#include "server/session/inside.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

/* A fault is shown to the peer: nothing in it may break a line. */
static void check_string(const char *string)
{
    if (string == NULL)
        return;
    size_t len = strlen(string);

    INSIST(utf8_fault(string, len, true) == len);
}

static void check_fault(enum err err, const struct fault *fault)
{
    INSIST(fault->err == err);
    INSIST(err_word(err) != NULL);
    check_string(fault->field);
    check_string(fault->got);
    check_string(fault->allowed);
    check_string(fault->note);
}

static void check_request(const struct session *s, const struct request *q)
{
    size_t least, most, len;
    bool open = command_takes(q->command, "fields") ||
                command_takes(q->command, "conditions");

    INSIST(q->command == &commands[q->id]);
    /* Whether the role will do is asked where the tender is known. */
    INSIST(q->command->role == ROLE_NONE || s->user.id != 0);
    command_arity(q->command, &least, &most);
    INSIST(q->args_n >= least && q->args_n <= most);
    for (size_t i = q->keyed; i < q->words.n; i++) {
        const struct word *w = &q->words.list[i];

        if (w->key == NULL)
            continue;
        INSIST(open || strncmp(w->key, "with", 4) == 0 ||
               command_key(q->command, w->key, &len) != NULL);
    }
}

/* Reading what was printed gives the same value again. */
static void check_datum(size_t field, const char *word)
{
    struct datum first = {0};
    struct datum second = {0};
    struct datum_fault fault = {0};
    struct text printed = {0};

    if (*word == '\0')
        return;
    if (datum_read(field, word, &first, &fault) != ERR_OK) {
        INSIST(fault.allowed != NULL);
        return;
    }
    bool names_object =
        fields[field].type == TYPE_REF || fields[field].type == TYPE_REFSET;
    if (!names_object) {
        datum_print(&printed, field, &first);
        INSIST(
            datum_read(field, text_peek(&printed), &second, &fault) == ERR_OK);
        INSIST(datum_equal(field, &first, &second));
        datum_fini(&second);
    }
    text_fini(&printed);
    datum_fini(&first);
}

static void check_fields(const struct request *q)
{
    for (size_t i = q->keyed; i < q->words.n; i++) {
        const struct word *w = &q->words.list[i];

        for (size_t field = 0; w->key && field < FIELD_COUNT; field++)
            if (strcmp(fields[field].word, w->key) == 0)
                check_datum(field, w->value);
    }
}

/* The text of the heredoc that a line announces is all that follows. */
static struct unit make_unit(const char *bytes, size_t len)
{
    const char *end = len ? memchr(bytes, '\n', len) : NULL;
    size_t line = end ? (size_t)(end - bytes) : len;
    struct unit unit = {0};

    text_add(&unit.line, bytes, line);
    unit.has_body = words_heredoc(bytes, line) < line;
    if (unit.has_body && end)
        text_add(&unit.body, end + 1, len - line - 1);
    return unit;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct session s = {.lines.body_most = LIMIT_BODY};
    struct request q;
    struct fault fault = {0};

    if (len == 0)
        return 0;
    s.user.role = (enum role)(bytes[0] % ROLE_COUNT);
    s.user.id = s.user.role != ROLE_NONE;
    s.language = bytes[0] & 0x80 ? LANGUAGE_FRENCH : LANGUAGE_ENGLISH;
    struct unit unit = make_unit((const char *)bytes + 1, len - 1);
    enum err err = request_read(&s, &unit, &q, &fault);
    if (err == ERR_OK) {
        check_request(&s, &q);
        check_fields(&q);
    } else {
        check_fault(err, &fault);
    }
    request_fini(&q);
    fault_fini(&fault);
    unit_fini(&unit);
    return 0;
}
