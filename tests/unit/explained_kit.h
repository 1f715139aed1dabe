/* SPDX-License-Identifier: Apache-2.0
 *
 * explained_kit.h - explain asked for each number of an answer as explained.def
 * says, the arithmetic of its lines computed again from their text alone; for
 * the tests of the figures of a tender, and of those of its people.
 */
#ifndef TESTS_UNIT_EXPLAINED_KIT_H
#define TESTS_UNIT_EXPLAINED_KIT_H

#include "tests/parts/replay.h"
#include "tests/unit/made_up.h"

#include <ctype.h>

static const struct explained {
    const char *verb, *row, *keys, *asks, *why;
} explained[] = {
#define EXPLAINED(verb, row, keys, asks, why) {verb, row, keys, asks, why},
#define UNEXPLAINED(verb, why)
#include "server/explain/explained.def"
#undef EXPLAINED
#undef UNEXPLAINED
};

#define EXPLAINED_N (sizeof explained / sizeof *explained)

/* What is computed, the keys that explain takes with it, and the changes that
 * were asked for; where explain can not be told of these, numbers that they
 * change are not asked for. */
struct asked {
    const char *line, *with, *change;
};

/* What a request was asked with, and what counts rows. */
static inline bool is_asked(const char *key)
{
    static const char *const keys[] = {"seed", "draws", "jury", "n", "at",
        "estimates", "middles", "friedman", "gates", "no-award", "bytes"};

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strcmp(keys[i], key) == 0)
            return true;
    return false;
}

static inline bool is_number(const char *value)
{
    size_t digits = strspn(value, "0123456789.-");

    return digits > 0 && value[digits] == '\0' &&
           isdigit((unsigned char)value[digits - 1]);
}

static inline bool holds(const char *keys, const char *key)
{
    size_t len = strlen(key);

    for (const char *p = keys; (p = strstr(p, key)) != NULL; p += len) {
        bool starts = p == keys || p[-1] == ' ';
        if (starts && (p[len] == ' ' || p[len] == '\0'))
            return true;
    }
    return false;
}

static const struct explained *find(
    const char *verb, const char *row, const char *key)
{
    for (size_t i = 0; i < EXPLAINED_N; i++)
        if (strcmp(explained[i].verb, verb) == 0 &&
            strcmp(explained[i].row, row) == 0 &&
            (holds(explained[i].keys, key) ||
                strcmp(explained[i].keys, "*") == 0))
            return &explained[i];
    return NULL;
}

/* A key of a row and its value; "id" is the word behind its name. */
static inline bool find_key(const char *row, const char *key, size_t len,
    const char **value, size_t *value_len)
{
    if (len == 2 && strncmp(key, "id", len) == 0) {
        *value = row + strcspn(row, " ") + 1;
        *value_len = strcspn(*value, " ");
        return true;
    }
    for (const char *p = row; (p = strchr(p, ' ')) != NULL;) {
        p += strspn(p, " ");
        if (strncmp(p, key, len) != 0 || p[len] != '=')
            continue;
        *value = p + len + 1;
        *value_len = strcspn(*value, " \n");
        return true;
    }
    return false;
}

/* A word as it stands, with the values of keys in {braces}. */
static inline void put_word(
    struct text *to, const char *word, size_t len, const char *row)
{
    const char *value;
    size_t value_len;

    for (size_t i = 0; i < len; i++) {
        size_t name = strcspn(word + i + 1, "}");
        if (word[i] != '{' ||
            !find_key(row, word + i + 1, name, &value, &value_len)) {
            text_putc(to, word[i]);
            continue;
        }
        text_printf(to, "%.*s", (int)value_len, value);
        i += name + 1;
    }
}

/* Whether a key stands among those that explain takes anyway. */
static inline bool is_given(const char *with, const char *key, size_t len)
{
    for (const char *p = with; p && *p; p = strchr(p, ' ')) {
        p += strspn(p, " ");
        if (strncmp(p, key, len) == 0 && p[len] == '=')
            return true;
    }
    return false;
}

/* The line that asks for the number of a row. */
static inline void put_ask(
    struct text *to, const char *asks, const char *row, const char *with)
{
    const char *value;
    size_t value_len;

    text_printf(to, "explain NB");
    for (const char *p = asks; *p; p += strspn(p, " ")) {
        size_t len = strcspn(p, " ");
        size_t key = strcspn(p, " :");
        const char *name = key < len ? p + key + 1 : p;
        size_t name_len = key < len ? len - key - 1 : len;

        if (len == strlen("{change}") && strncmp(p, "{change}", len) == 0) {
            p += len;
            continue;
        }
        if (p == asks || memchr(p, '=', len)) {
            text_putc(to, ' ');
            put_word(to, p, len, row);
        } else if (!is_given(with, p, key) &&
                   find_key(row, name, name_len, &value, &value_len)) {
            text_printf(to, " %.*s=%.*s", (int)key, p, (int)value_len, value);
        }
        p += len;
    }
    text_printf(to, " %s", with);
}

/* The row of how it stands without a change, and what was asked. */
static char now[512], asked_for[512];
static bool in_french;

/* The arithmetic of a row's own keys, its numbers in their place. */
static inline void put_formula(
    struct text *to, const char *formula, const char *row)
{
    const char *value;
    size_t value_len;

    const char *end = strstr(formula, " fr= ");
    size_t skip = end && in_french ? (size_t)(end - formula) + 3 : 0;

    text_puts(to, "row ");
    for (const char *p = formula + skip; *p && (skip || p != end);) {
        bool asked = strncmp(p, "asked.", 6) == 0;
        size_t before = asked ? 6 : strncmp(p, "now.", 4) == 0 ? 4 : 0;
        size_t len = strspn(p + before, "abcdefghijklmnopqrstuvwxyz-");
        if (len > 1 && find_key(asked    ? asked_for
                                : before ? now
                                         : row,
                           p + before, len, &value, &value_len)) {
            text_printf(to, "%.*s", (int)value_len, value);
            p += before + len;
        } else {
            text_putc(to, *p++);
        }
    }
}

/* What was asked last, which several numbers of a row share. */
static struct {
    char *line, *answer;
    struct replay replay;
} last;

static inline void forget_last(void)
{
    free(last.line);
    free(last.answer);
    replay_fini(&last.replay);
    memset(&last, 0, sizeof last);
}

static inline const struct replay *explain(const char *line)
{
    if (last.line && strcmp(last.line, line) == 0)
        return &last.replay;
    forget_last();
    last.line = mem_text(line);
    last.answer = say(line);
    replay_answer(&last.replay, last.answer);
    if (last.replay.wrong.len > 0)
        printf("%s\n%s", line, last.replay.wrong.bytes);
    return &last.replay;
}

/* Whether a number of a row is reached; says so where it is not. */
static inline bool judge_number(const struct explained *how, const char *row,
    const char *key, const char *value, const char *with, const char *change)
{
    struct text line = {0};
    bool good = true;

    if (change == NULL && strstr(how->asks, "{change}"))
        return true;
    if (how->asks[0] != '\0') {
        put_ask(&line, how->asks, row, with);
        if (strstr(how->asks, "{change}"))
            text_printf(&line, " %s", change);
        const struct replay *r = explain(text_peek(&line));
        good = r->wrong.len == 0 && replay_reaches(r, value);
        if (!good)
            printf("%s\n  %s=%s is not reached by %s\n%s", row, key, value,
                text_peek(&line), last.answer);
    } else if (how->why[0] == '=') {
        struct replay r = {0};
        put_formula(&line, how->why, row);
        text_printf(&line, " = %s", value);
        replay_line(&r, text_peek(&line));
        good = r.followed == 1 && r.wrong.len == 0;
        if (!good)
            printf("%s\n  %s: %s", row, text_peek(&line), text_peek(&r.wrong));
        replay_fini(&r);
    }
    text_fini(&line);
    return good;
}

/* The numbers of one line that are not reached. */
static inline size_t judge_line(
    const char *line, const char *verb, const char *with, const char *change)
{
    const char *at = line + strspn(line, " ");
    char name[32] = {0};
    size_t bad = 0;

    memcpy(name, at, strcspn(at, " ") % sizeof name);
    if (strcmp(name, "now") == 0)
        (void)snprintf(now, sizeof now, "%s", at);
    for (const char *p = at; (p = strchr(p, ' ')) != NULL;) {
        size_t len = strcspn(++p, "= ");
        char key[32] = {0}, value[64] = {0};

        if (p[len] != '=' || len >= sizeof key)
            continue;
        memcpy(key, p, len);
        size_t value_len = strcspn(p + len + 1, " ");
        memcpy(value, p + len + 1,
            value_len < sizeof value ? value_len : sizeof value - 1);
        if (!is_number(value) || is_asked(key))
            continue;
        const struct explained *how = find(verb, name, key);
        if (how == NULL)
            printf("%s: %s %s=%s is not explained\n", verb, name, key, value);
        bad += how == NULL || !judge_number(how, at, key, value, with, change);
    }
    return bad;
}

/* What stands in quotes holds no keys. */
static inline void mask_quoted(char *row)
{
    bool quoted = false;

    for (char *p = row; *p; p++) {
        if (quoted && *p == '\\' && p[1])
            *p++ = '_';
        else if (*p == '"')
            quoted = !quoted;
        if (quoted && strchr(" =", *p))
            *p = '_';
    }
}

/* What an answer has of numbers that are not reached; in French too. */
static inline void judge_answer(const struct asked *one, bool french)
{
    const char *line = one->line;
    char verb[16] = {0};
    size_t bad = 0;

    in_french = french;
    if (french)
        free(say("use lang=fr"));
    memcpy(verb, line, strcspn(line, " "));
    (void)snprintf(asked_for, sizeof asked_for, "%s", line);
    char *got = say(line);
    char *rest = got;
    size_t rows = 0;
    for (char *row; (row = strsep(&rest, "\n")) != NULL; rows++) {
        mask_quoted(row);
        bad += *row == '#' || strchr(row, '|')
                   ? 0
                   : judge_line(row, verb, one->with, one->change);
    }
    ck_assert_uint_gt(rows, 2);
    ck_assert_uint_eq(bad, 0);
    free(got);
}

static inline void set_up_with(const char *const *facts, size_t n)
{
    stand_new(&stand);
    session = stand_enter(stand, "ann");
    play_file("tests/samples/night-bus.dpt");
    for (size_t i = 0; i < n; i++)
        if (!say_ok(facts[i]))
            ck_abort_msg("%s", facts[i]);
}

static inline void tear_down(void)
{
    forget_last();
    session_free(&session);
    stand_free(&stand);
}

#endif
