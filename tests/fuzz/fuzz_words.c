/* SPDX-License-Identifier: Apache-2.0
 *
 * fuzz_words - the lexer: what it reads and prints reads back the same, and
 * the second grammar takes what it prints.
 *
 * The first line is a line of the wire; what follows is the text of the
 * heredoc that it announces.
 */
#include "protocol/base_mem.h"
#include "protocol/texts.h"
#include "protocol/utf8.h"
#include "protocol/words.h"
#include "tests/fuzz/fuzz.h"
#include "tests/talk/grammar.h"

#include <stdlib.h>
#include <string.h>

#define WORDS 128

static void print_word(struct text *to, const struct word *word)
{
    text_putc(to, ' ');
    if (word->key)
        text_printf(to, "%s%s", word->key, op_word(word->op));
    word_print(to, word->value);
}

static void compare_word(const struct word *a, const struct word *b)
{
    INSIST((a->key == NULL) == (b->key == NULL));
    INSIST(a->key == NULL || strcmp(a->key, b->key) == 0);
    INSIST(a->op == b->op);
    INSIST(strcmp(a->value, b->value) == 0);
}

static void check_round(const struct words *words)
{
    struct text line = {0};
    struct words again;
    struct words_fault fault;
    const char *why;

    text_puts(&line, "ok");
    for (size_t i = 0; i < words->n; i++)
        print_word(&line, &words->list[i]);
    enum line_class class = line_class(line.bytes, line.len, &why);
    INSIST(class == LINE_OK);
    INSIST(words_read(line.bytes, line.len, NULL, WORDS + 1, &again, &fault) ==
           ERR_OK);
    INSIST(again.n == words->n + 1);
    for (size_t i = 0; i < words->n; i++)
        compare_word(&words->list[i], &again.list[i + 1]);
    words_free(&again);
    text_fini(&line);
}

static void check_words(const struct words *words)
{
    for (size_t i = 0; i < words->n; i++) {
        const struct word *word = &words->list[i];
        size_t len = strlen(word->value);

        INSIST((word->key == NULL) == (word->op == OP_NONE));
        INSIST(word->key == NULL || strlen(word->key) <= 64);
        INSIST(len > 0 || word->quoted);
        INSIST(utf8_fault(word->value, len, true) == len);
    }
}

/* A text that may stand behind a line, or NULL. */
static char *take_body(const char *bytes, size_t len)
{
    if (len == 0 || memchr(bytes, '\0', len) ||
        utf8_fault(bytes, len, true) < len)
        return NULL;
    return mem_copy(bytes, len);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    const char *line = (const char *)bytes;
    const char *end = len ? memchr(line, '\n', len) : NULL;
    size_t line_len = end ? (size_t)(end - line) : len;
    struct words words;
    struct words_fault fault = {0};
    char *body = end ? take_body(end + 1, len - line_len - 1) : NULL;

    size_t mark = words_heredoc(line, line_len);
    INSIST(mark == line_len || (mark >= 2 && line[mark - 1] == '<'));
    enum err err = words_read(line, line_len, body, WORDS, &words, &fault);
    if (err == ERR_OK) {
        INSIST(words.n <= WORDS);
        check_words(&words);
        check_round(&words);
        words_free(&words);
    } else if (err == ERR_SYNTAX) {
        INSIST(fault.what < (int)TEXT_COUNT && fault.column >= 1 &&
               fault.column <= line_len + 1);
    } else {
        INSIST(err == ERR_LIMIT);
    }
    free(body);
    return 0;
}
