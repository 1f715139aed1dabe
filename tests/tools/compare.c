/* SPDX-License-Identifier: Apache-2.0
 *
 * compare EXPECTED.json [LINES] - whether the lines of a server give the
 * figures that were computed elsewhere, within a millionth.
 *
 * Both sides become facts "path=value"; where the JSON has lists of words the
 * path holds the words, so that order does not matter.  Every expected fact
 * must be met, and nothing may be said to be captive, a blind spot, on the
 * front or the best offer that is not.
 */
#include "protocol/answer.h"
#include "protocol/base_mem.h"
#include "tests/parts/json_flat.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TOLERANCE 1.000001e-6

struct fact {
    char *path;
    char *value;
};

struct facts {
    struct fact *list;
    size_t n, room;
};

static void add(struct facts *facts, const char *path, const char *value)
{
    if (value == NULL)
        return;
    facts->list =
        mem_grow(facts->list, &facts->room, facts->n + 1, sizeof *facts->list);
    facts->list[facts->n++] = (struct fact){mem_text(path), mem_text(value)};
}

static const char *find(const struct facts *facts, const char *path)
{
    for (size_t i = 0; i < facts->n; i++)
        if (strcmp(facts->list[i].path, path) == 0)
            return facts->list[i].value;
    return NULL;
}

static void free_facts(struct facts *facts)
{
    for (size_t i = 0; i < facts->n; i++) {
        free(facts->list[i].path);
        free(facts->list[i].value);
    }
    free(facts->list);
}

static char *read_all(FILE *from)
{
    struct text all = {0};
    char bytes[4096];
    size_t got;

    while (from && (got = fread(bytes, 1, sizeof bytes, from)) > 0)
        text_add(&all, bytes, got);
    return text_take(&all);
}

/* The words of a list in the JSON, "none" for the empty one. */
static char *join_list(const struct facts *flat, const char *path)
{
    struct text joined = {0};

    for (unsigned i = 0;; i++) {
        struct text at = {0};

        text_printf(&at, "%s/%u", path, i);
        const char *word = find(flat, at.bytes);
        text_fini(&at);
        if (word == NULL)
            break;
        text_printf(&joined, "%s%s", i ? "," : "", word);
    }
    if (joined.len == 0)
        text_puts(&joined, "none");
    return text_take(&joined);
}

static void add_words(struct facts *want, const struct facts *flat,
    const char *path, const char *family)
{
    for (unsigned i = 0;; i++) {
        struct text at = {0};
        struct text name = {0};

        text_printf(&at, "%s/%u", path, i);
        const char *word = find(flat, at.bytes);
        if (word) {
            text_printf(&name, "%s/%s", family, word);
            add(want, name.bytes, "yes");
        }
        text_fini(&at);
        text_fini(&name);
        if (word == NULL)
            return;
    }
}

static void add_offers(struct facts *want, const struct facts *flat)
{
    static const char *const keys[] = {"price", "points", "lead", "users"};

    for (unsigned i = 0;; i++) {
        struct text set = {0};
        size_t found = 0;

        text_printf(&set, "offers/%u/set", i);
        char *words = join_list(flat, set.bytes);
        text_fini(&set);
        for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
            struct text from = {0};
            struct text to = {0};

            text_printf(&from, "offers/%u/%s", i, keys[k]);
            text_printf(&to, "offer/%s/%s", words, keys[k]);
            const char *value = find(flat, from.bytes);
            found += value != NULL;
            add(want, to.bytes, value);
            text_fini(&from);
            text_fini(&to);
        }
        free(words);
        if (found == 0)
            return;
    }
}

static void add_set(struct facts *want, const struct facts *flat,
    const char *path, const char *family)
{
    struct text name = {0};
    char *words = join_list(flat, path);

    text_printf(&name, "%s/%s", family, words);
    if (strcmp(words, "none") != 0)
        add(want, name.bytes, "yes");
    text_fini(&name);
    free(words);
}

static bool is_list(const char *path)
{
    static const char *const lists[] = {"about", "offers/", "front/",
        "best_winning/", "users/captive_segments/", "gap/blind_spots/",
        "discount/set/"};

    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (strncmp(path, lists[i], strlen(lists[i])) == 0)
            return true;
    return false;
}

static bool read_expected(const char *file, struct facts *want)
{
    struct facts flat = {0};
    struct text lines = {0};
    FILE *from = fopen(file, "re");
    char *json = read_all(from);
    bool good = from && json_flat(json, &lines);
    char *rest = text_take(&lines);
    char *place = rest;

    if (from)
        (void)fclose(from);
    for (char *line; (line = strsep(&place, "\n")) != NULL;) {
        char *value = strchr(line, '=');

        if (value == NULL)
            continue;
        *value = '\0';
        add(&flat, line, value + 1);
        if (!is_list(line))
            add(want, line, value + 1);
    }
    add_offers(want, &flat);
    add_words(want, &flat, "users/captive_segments", "captive");
    add_words(want, &flat, "gap/blind_spots", "blind");
    add_set(want, &flat, "best_winning", "best");
    add_set(want, &flat, "discount/set", "discount-set");
    add_set(want, &flat, "front/0", "front");
    add_set(want, &flat, "front/1", "front");
    free_facts(&flat);
    free(rest);
    free(json);
    return good;
}

/* One row of a computation: where its keys go.  The path names keys of the
 * row in braces; what follows "=" is the key whose value is meant. */
static const struct {
    const char *row, *needs, *path, *key;
} rows[] = {
    {"bid", "points", "decider/bid/{code}/points", "points"},
    {"bid", "rank", "decider/bid/{code}/rank", "rank"},
    {"bid", "lead", "decider/bid/{code}/lead", "lead"},
    {"paradox", "was", "decider/paradox/without", "without"},
    {"paradox", "was", "decider/paradox/was", "was"},
    {"paradox", "was", "decider/paradox/winner", "winner"},
    {"paradox-points", "bid", "decider/paradox/points/{bid}", "points"},
    {"flip", "criterion", "decider/weight_change_to_flip/{criterion}",
        "change"},
    {"ok", "to-win", "decider/price_to_win", "to-win"},
    {"value", "segment", "users/{bid}/{segment}", "level"},
    {"total", "bid", "users/{bid}/mean", "mean"},
    {"total", "bid", "users/{bid}/min", "min"},
    {"total", "captives", "users/{bid}/captive", "captives"},
    {"choice", "segment", "users/degree_of_choice/{segment}", "degree"},
    {"need", "criteria", "gap/need/{code}/users", "users"},
    {"need", "criteria", "gap/need/{code}/criteria", "criteria"},
    {"part", "segment", "gap/divergence_by_segment/{segment}", "divergence"},
    {"agree", "with", "gap/kendall_tau/{with}", "tau"},
    {"ok", "divergence", "gap/divergence", "divergence"},
    {"ok", "criteria-only", "gap/criteria_only_share", "criteria-only"},
    {"offer", "lead", "offer/{set}/price", "price"},
    {"offer", "lead", "offer/{set}/points", "points"},
    {"offer", "lead", "offer/{set}/lead", "lead"},
    {"offer", "lead", "offer/{set}/users", "users"},
    {"offer", "cut", "discount/price", "price"},
    {"offer", "cut", "discount/cut", "cut"},
};

/* Rows that say that something is so. */
static const struct {
    const char *row, *key, *word, *path;
} claims[] = {
    {"value", "captive", "yes", "captive/{segment}"},
    {"offer", "front", "yes", "front/{set}"},
    {"offer", "best", "yes", "best/{set}"},
    {"offer", "cut", NULL, "discount-set/{set}"},
    {"blind", "gap", NULL, "blind/{need}"},
};

static char *fill_path(const char *path, const struct answer *a)
{
    struct text made = {0};

    while (*path) {
        size_t len = *path == '{' ? strcspn(path, "}") : 0;

        if (len) {
            char *key = mem_copy(path + 1, len - 1);
            const char *value = words_get(&a->words, key);

            text_puts(&made, value ? value : "?");
            free(key);
        } else {
            text_putc(&made, *path);
        }
        path += len + 1;
    }
    return text_take(&made);
}

static void add_once(struct facts *got, const char *path, const char *value)
{
    if (find(got, path) == NULL)
        add(got, path, value);
}

static void take_answer(struct facts *got, const struct answer *a)
{
    const char *row = a->class == ANSWER_OK ? "ok" : a->code;

    if ((a->class != ANSWER_RECORD && a->class != ANSWER_OK) || row == NULL)
        return;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (strcmp(rows[i].row, row) != 0 ||
            words_get(&a->words, rows[i].needs) == NULL)
            continue;
        char *path = fill_path(rows[i].path, a);
        add(got, path, words_get(&a->words, rows[i].key));
        free(path);
    }
    for (size_t i = 0; i < sizeof claims / sizeof *claims; i++) {
        const char *value = words_get(&a->words, claims[i].key);

        if (strcmp(claims[i].row, row) != 0 || value == NULL ||
            (claims[i].word && strcmp(value, claims[i].word) != 0))
            continue;
        char *path = fill_path(claims[i].path, a);
        add_once(got, path, "yes");
        free(path);
    }
}

static void read_lines(const char *file, struct facts *got)
{
    FILE *from = file ? fopen(file, "re") : stdin;
    char *all = read_all(from);
    char *place = all;

    for (char *line; (line = strsep(&place, "\n")) != NULL;) {
        struct answer answer;

        if (answer_read(line, strlen(line), &answer) != ERR_OK)
            continue;
        take_answer(got, &answer);
        answer_free(&answer);
    }
    if (from && file)
        (void)fclose(from);
    free(all);
}

static bool same(const char *want, const char *got, double *error)
{
    char *want_end;
    char *got_end;

    if (got == NULL)
        return false;
    double a = strtod(want, &want_end);
    double b = strtod(got, &got_end);
    if (*want_end || *got_end || want_end == want)
        return strcmp(want, got) == 0;
    if (fabs(a - b) > *error)
        *error = fabs(a - b);
    return fabs(a - b) <= TOLERANCE;
}

static size_t count_unfounded(const struct facts *want, const struct facts *got)
{
    static const char *const families[] = {
        "captive/", "blind/", "front/", "best/"};
    size_t wrong = 0;

    for (size_t i = 0; i < got->n; i++)
        for (size_t f = 0; f < sizeof families / sizeof *families; f++) {
            const char *path = got->list[i].path;

            if (strncmp(path, families[f], strlen(families[f])) != 0 ||
                find(want, path))
                continue;
            printf("%s: not so\n", path);
            wrong++;
        }
    return wrong;
}

int main(int argc, char **argv)
{
    struct facts want = {0};
    struct facts got = {0};
    double error = 0;

    if (argc < 2 || !read_expected(argv[1], &want) || want.n == 0) {
        puts("compare EXPECTED.json [LINES]: no figures to compare with");
        return EXIT_FAILURE;
    }
    read_lines(argc > 2 ? argv[2] : NULL, &got);
    size_t wrong = count_unfounded(&want, &got);
    for (size_t i = 0; i < want.n; i++) {
        const char *value = find(&got, want.list[i].path);

        if (same(want.list[i].value, value, &error))
            continue;
        printf("%s: expected %s, got %s\n", want.list[i].path,
            want.list[i].value, value ? value : "nothing");
        wrong++;
    }
    printf(
        "%zu figures, %zu wrong, largest error %.7f\n", want.n, wrong, error);
    free_facts(&want);
    free_facts(&got);
    return wrong ? EXIT_FAILURE : EXIT_SUCCESS;
}
