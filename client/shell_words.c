/* SPDX-License-Identifier: Apache-2.0
 *
 * shell_words.c - quoting arguments for the wire.
 */
#include "client/shell_words.h"

#include "protocol/limit.h"
#include "protocol/utf8.h"
#include "protocol/words.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

/* Bytes of key and operator at the start of an argument, 0 when it has none.
 * The same rules as on the wire: a key does not end in "-". */
static size_t key_len(const char *word)
{
    static const char *const ops[] = {
        "!=", "<=", ">=", "+=", "-=", "=", "<", ">", "~"};
    size_t len = 0;

    if (!isalpha((unsigned char)word[0]) && word[0] != '$')
        return 0;
    while (isalnum((unsigned char)word[len]) ||
           (word[len] && strchr("_.-$", word[len]) &&
               (word[len] != '$' || len == 0)))
        len++;
    if (word[len - 1] == '-')
        len--;
    if (len > 64)
        return 0;
    for (size_t i = 0; i < sizeof ops / sizeof *ops; i++)
        if (strncmp(word + len, ops[i], strlen(ops[i])) == 0)
            return len + strlen(ops[i]);
    return 0;
}

/* "@a" in front of the verb is a tag, not a value. */
static bool is_tag(const char *word)
{
    size_t len = 1;

    while (isalnum((unsigned char)word[len]) ||
           (word[len] && strchr("_.-", word[len])))
        len++;
    return word[0] == '@' && len > 1 && word[len] == '\0';
}

static void add_word(struct text *line, const char *word, bool first)
{
    size_t key = key_len(word);

    if (line->len)
        text_putc(line, ' ');
    if (first && is_tag(word)) {
        text_puts(line, word);
        return;
    }
    text_add(line, word, key);
    word_print(line, word + key);
}

/* The argument that is worth sending as a heredoc: the longest value. */
static int find_longest(const char *const *words, int n)
{
    size_t most = 0;
    int found = 0;

    for (int i = 0; i < n; i++) {
        if (key_len(words[i]) && strlen(words[i]) > most) {
            most = strlen(words[i]);
            found = i;
        }
    }
    return found;
}

static bool has_line(const char *text, const char *line)
{
    size_t len = strlen(line);

    for (const char *at = text; at; at = strchr(at, '\n')) {
        at += *at == '\n';
        if (strncmp(at, line, len) == 0 && (at[len] == '\n' || !at[len]))
            return true;
    }
    return false;
}

static void join_heredoc(const char *const *words, int n, struct text *request)
{
    int longest = find_longest(words, n);
    const char *word = words[longest];
    size_t key = key_len(word);
    struct text end = {0};

    text_puts(&end, "END");
    while (has_line(word + key, end.bytes))
        text_puts(&end, "-END");
    for (int i = 0; i < n; i++)
        if (i != longest)
            add_word(request, words[i], i == 0);
    text_putc(request, ' ');
    text_add(request, word, key);
    text_printf(request, "<<%s\n%s\n%s", end.bytes, word + key, end.bytes);
    text_fini(&end);
}

/* Whether a line is one request that is whole: anything else would leave the
 * caller without an answer, or with several. */
static bool is_request(const char *line)
{
    const char *first = line + strspn(line, " \t");

    return *first && *first != '#' && !strchr(line, '\n') &&
           words_heredoc(line, strlen(line)) == strlen(line);
}

enum err shell_words_join(
    const char *const *words, int n, struct text *request, int *bad)
{
    struct text line = {0};

    for (int i = 0; i < n; i++) {
        size_t len = strlen(words[i]);

        if (utf8_fault(words[i], len, true) < len) {
            *bad = i;
            return ERR_ARG;
        }
    }
    if (n == 1 && strpbrk(words[0], " \t")) {
        if (!is_request(words[0])) {
            *bad = 0;
            return ERR_ARG;
        }
        text_puts(&line, words[0]);
    } else {
        for (int i = 0; i < n; i++)
            add_word(&line, words[i], i == 0);
        if (line.len > LIMIT_LINE && key_len(words[find_longest(words, n)])) {
            text_fini(&line);
            join_heredoc(words, n, &line);
        }
    }
    text_putc(&line, '\n');
    text_add(request, text_peek(&line), line.len);
    text_fini(&line);
    return ERR_OK;
}
