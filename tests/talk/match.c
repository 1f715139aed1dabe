/* SPDX-License-Identifier: Apache-2.0
 *
 * match.c - patterns by plain backtracking: lines are short.
 */
#include "tests/talk/match.h"

#include "protocol/base_mem.h"

#include <ctype.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>

#define ANY "\xe2\x80\xa6" /* U+2026 */

const char *kept_get(const struct kept *names, const char *name, size_t len)
{
    for (size_t i = 0; i < names->n; i++)
        if (strlen(names->list[i].name) == len &&
            memcmp(names->list[i].name, name, len) == 0)
            return names->list[i].value;
    return NULL;
}

void kept_put(struct kept *names, const char *name, const char *value)
{
    for (size_t i = 0; i < names->n; i++) {
        if (strcmp(names->list[i].name, name) != 0)
            continue;
        free(names->list[i].value);
        names->list[i].value = mem_text(value);
        return;
    }
    names->list =
        mem_grow(names->list, &names->room, names->n + 1, sizeof *names->list);
    names->list[names->n++] = (struct name){mem_text(name), mem_text(value)};
}

/* Length of "<name>" at the start of a text, 0 when it is none. */
static size_t measure_name(const char *at)
{
    size_t len = 1;

    if (at[0] != '<' || !(islower((unsigned char)at[1]) || at[1] == '_'))
        return 0;
    while (islower((unsigned char)at[len]) || isdigit((unsigned char)at[len]) ||
           at[len] == '-' || at[len] == '_')
        len++;
    return at[len] == '>' ? len + 1 : 0;
}

void kept_fill(const struct kept *names, const char *from, struct text *to)
{
    while (*from) {
        size_t len = measure_name(from);
        const char *value = len ? kept_get(names, from + 1, len - 2) : NULL;

        if (value)
            text_puts(to, value);
        else
            text_add(to, from, len ? len : 1);
        from += len ? len : 1;
    }
}

void kept_fini(struct kept *names)
{
    for (size_t i = 0; i < names->n; i++) {
        free(names->list[i].name);
        free(names->list[i].value);
    }
    free(names->list);
    *names = (struct kept){0};
}

/* Names met on the way are put at the end of the list, and taken off it again
 * when the way turns out to be wrong. */
static void forget(struct kept *names, size_t n)
{
    while (names->n > n) {
        names->n--;
        free(names->list[names->n].name);
        free(names->list[names->n].value);
    }
}

static bool fits(const char *pattern, const char *line, struct kept *names);

static bool fits_new_name(
    const char *pattern, size_t name_len, const char *line, struct kept *names)
{
    size_t before = names->n;
    bool keep = !(name_len == 3 && pattern[1] == '_');

    for (size_t len = strcspn(line, " "); len > 0; len--) {
        if (keep) {
            char *name = mem_copy(pattern + 1, name_len - 2);
            char *value = mem_copy(line, len);
            kept_put(names, name, value);
            free(name);
            free(value);
        }
        if (fits(pattern + name_len, line + len, names))
            return true;
        forget(names, before);
    }
    return false;
}

static bool fits(const char *pattern, const char *line, struct kept *names)
{
    for (;;) {
        size_t name = measure_name(pattern);

        if (strncmp(pattern, ANY, strlen(ANY)) == 0) {
            pattern += strlen(ANY);
            for (size_t n = strlen(line) + 1; n-- > 0;)
                if (fits(pattern, line + n, names))
                    return true;
            return false;
        }
        if (name) {
            const char *value = kept_get(names, pattern + 1, name - 2);

            if (value == NULL)
                return fits_new_name(pattern, name, line, names);
            size_t len = strlen(value);
            if (strncmp(line, value, len) != 0)
                return false;
            pattern += name;
            line += len;
            continue;
        }
        if (*pattern != *line)
            return false;
        if (*pattern == '\0')
            return true;
        pattern++;
        line++;
    }
}

bool line_matches(const char *pattern, const char *line, struct kept *names)
{
    return fits(pattern, line, names);
}

bool line_matches_regex(const char *regex, const char *line, struct text *why)
{
    regex_t made;
    struct text anchored = {0};

    text_printf(&anchored, "^(%s)$", regex);
    int bad = regcomp(&made, text_peek(&anchored), REG_EXTENDED | REG_NOSUB);
    text_fini(&anchored);
    if (bad) {
        char sentence[200];

        (void)regerror(bad, &made, sentence, sizeof sentence);
        text_puts(why, sentence);
        return false;
    }
    bool fit = regexec(&made, line, 0, NULL, 0) == 0;
    regfree(&made);
    return fit;
}
