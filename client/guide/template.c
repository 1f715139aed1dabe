/* SPDX-License-Identifier: Apache-2.0
 *
 * template.c - template files: where they stand, which line belongs to which
 * group, and sending them.
 */
#include "client/guide/template.h"

#include "client/file.h"
#include "client/show/say.h"
#include "protocol/base_mem.h"
#include "protocol/limit.h"
#include "protocol/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#define LONGEST (1024UL * 1024)

static const struct {
    const char *word, *name[2];
} sectors[] = {
#define SECTOR(word, en, fr) {word, {en, fr}},
#include "client/guide/sectors.def"
#undef SECTOR
};

#define SECTORS (sizeof sectors / sizeof *sectors)

const char *template_sector(const char *typed)
{
    char *end;
    long number = strtol(typed, &end, 10);

    if (*typed && *end == '\0')
        return number >= 1 && number <= (long)SECTORS ? sectors[number - 1].word
                                                      : NULL;
    for (size_t i = 0; i < SECTORS; i++)
        if (strcasecmp(typed, sectors[i].word) == 0 ||
            strcasecmp(typed, sectors[i].name[LANGUAGE_ENGLISH]) == 0 ||
            strcasecmp(typed, sectors[i].name[LANGUAGE_FRENCH]) == 0)
            return sectors[i].word;
    return NULL;
}

void template_sectors(struct text *to, enum language language, bool numbered)
{
    for (size_t i = 0; i < SECTORS; i++) {
        if (numbered)
            text_printf(to, "%s%zu %s", i ? ", " : "", i + 1,
                sectors[i].name[language]);
        else
            text_printf(to, "%s%s", i ? ", " : "", sectors[i].word);
    }
}

/* Beside the installed program, and beside one that was built and not
 * installed. */
static bool read_file(const char *file, struct text *to)
{
    static const char *const places[] = {
        "/../share/diptych/templates/", "/../../examples/templates/"};
    char own[4096];
    ssize_t len = readlink("/proc/self/exe", own, sizeof own - 1);

    if (len <= 0)
        return false;
    own[len] = '\0';
    char *slash = strrchr(own, '/');
    if (slash == NULL)
        return false;
    *slash = '\0';
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        struct text path = {0};

        text_printf(&path, "%s%s%s", own, places[i], file);
        bool is = file_read(path.bytes, LONGEST, to) == 0;
        text_fini(&path);
        if (is)
            return true;
    }
    return false;
}

/* The line that makes what "$name" stands for, which comes before it. */
static const struct template_line *find_maker(
    const struct template *t, const char *name, size_t len)
{
    for (size_t i = 0; i < t->n; i++) {
        const char *as = strstr(t->list[i].text, " as=$");

        if (as && strncmp(as + 5, name, len) == 0 && as[5 + len] == '\0')
            return &t->list[i];
    }
    return NULL;
}

/* The next "$name" that a line refers to. */
static const char *next_reference(const char *line, size_t *len)
{
    for (const char *p = line; (p = strstr(p, "=$")) != NULL; p += 2) {
        if (p - line >= 3 && strncmp(p - 3, " as", 3) == 0)
            continue;
        *len = strcspn(p + 2, " ");
        return p + 2;
    }
    return NULL;
}

static enum template_group group_of(const struct template *t, const char *line)
{
    static const struct {
        const char *begins;
        enum template_group group;
    } rows[] = {{"add party sort=segment", TEMPLATE_USERS},
        {"add party", TEMPLATE_ROLES}, {"add need", TEMPLATE_NEEDS},
        {"add weighs", TEMPLATE_NEEDS},
        {"add alternative", TEMPLATE_ALTERNATIVES},
        {"add reach", TEMPLATE_ALTERNATIVES}};
    size_t len;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strncmp(line, rows[i].begins, strlen(rows[i].begins)) == 0)
            return rows[i].group;
    const char *name = next_reference(line, &len);
    const struct template_line *maker = name ? find_maker(t, name, len) : NULL;
    return maker ? maker->group : TEMPLATE_ROLES;
}

static void cut_lines(const char *from, struct template *t)
{
    while (*from) {
        size_t len = strcspn(from, "\n");
        char *line = mem_copy(from, len);

        from += len + (from[len] == '\n');
        if (strncmp(line, "add ", 4) != 0) {
            free(line);
            continue;
        }
        t->list = mem_grow(t->list, &t->room, t->n + 1, sizeof *t->list);
        t->list[t->n] = (struct template_line){line, group_of(t, line)};
        t->n++;
    }
}

bool template_read(
    const char *sector, enum language language, struct template *got)
{
    struct text file = {0};
    struct text content = {0};

    text_printf(
        &file, "%s.%s.dpt", sector, language == LANGUAGE_FRENCH ? "fr" : "en");
    bool is = read_file(file.bytes, &content);
    *got = (struct template){0};
    if (is)
        cut_lines(text_peek(&content), got);
    text_fini(&file);
    text_fini(&content);
    return is;
}

void template_fini(struct template *t)
{
    for (size_t i = 0; i < t->n; i++)
        free(t->list[i].text);
    free(t->list);
    *t = (struct template){0};
}

void template_names(
    const struct template *t, enum template_group group, struct text *to)
{
    for (size_t i = 0; i < t->n; i++) {
        const char *line = t->list[i].text;
        struct words words;
        struct words_fault fault;

        if (t->list[i].group != group ||
            words_read(line, strlen(line), NULL, LIMIT_WORDS, &words, &fault) !=
                ERR_OK)
            continue;
        const char *name = words_get(&words, "name");
        if (name)
            text_printf(to, "%s%s", to->len ? "; " : "", name);
        words_free(&words);
    }
}

bool template_keeps(const struct template *t, size_t line, const bool *takes)
{
    size_t len;
    const char *rest = t->list[line].text;

    if (!takes[t->list[line].group])
        return false;
    while ((rest = next_reference(rest, &len)) != NULL) {
        const struct template_line *maker = find_maker(t, rest, len);

        if (maker && !takes[maker->group])
            return false;
    }
    return true;
}

static int ask(struct client *client, const char *line, bool *refused,
    struct reply_got *got)
{
    reply_got_fini(got);
    enum err err = talk_ask(&client->talk, line, client->timeout_ms, got);

    if (err != ERR_OK)
        return client_lost(client, err);
    *refused = got->final.class == ANSWER_ERR;
    return *refused ? client_refused(client, &got->final) : STATUS_OK;
}

int template_send(struct client *client, const struct template *t,
    const bool *takes, size_t *lines, char **tx)
{
    struct reply_got got = {0};
    struct reply_got other = {0};
    bool refused = false;
    size_t n = 0;
    int status = ask(client, "begin", &refused, &got);

    *lines = 0;
    *tx = NULL;
    for (size_t i = 0; i < t->n && status == STATUS_OK; i++) {
        if (!template_keeps(t, i, takes))
            continue;
        status = ask(client, t->list[i].text, &refused, &got);
        n++;
    }
    if (status == STATUS_OK) {
        status = ask(client, "commit", &refused, &got);
    } else if (refused) {
        bool again;
        int aborted = ask(client, "abort", &again, &other);
        status = aborted == STATUS_OK ? status : aborted;
    }
    if (status == STATUS_OK) {
        const char *at = words_get(&got.final.words, "at");

        *lines = n;
        *tx = mem_text(at ? at : "");
    }
    reply_got_fini(&got);
    reply_got_fini(&other);
    return status;
}

static int record_all(struct client *client, const struct template *t)
{
    static const bool all[TEMPLATE_GROUPS] = {true, true, true, true};
    char *tx = NULL;
    char number[24];
    size_t lines;
    struct text said = {0};
    int status = client_open(client);

    if (status == STATUS_OK && client->user == NULL) {
        complain(client->look.language, TEXT_LOGIN_FIRST);
        status = STATUS_DENIED;
    }
    if (status == STATUS_OK)
        status = template_send(client, t, all, &lines, &tx);
    if (status == STATUS_OK) {
        (void)snprintf(number, sizeof number, "%zu", lines);
        say(&said, client->look.language, TEXT_TEMPLATE_DONE, number, tx);
        (void)puts(text_peek(&said));
    }
    text_fini(&said);
    free(tx);
    return status;
}

int template_run(struct client *client)
{
    enum language language = client->look.language;
    const char *typed = client->set.words_n > 1 ? client->set.words[1] : NULL;
    const char *sector = typed ? template_sector(typed) : NULL;
    struct text list = {0};
    struct text said = {0};
    struct template t;
    int status = STATUS_OK;

    template_sectors(&list, language, false);
    if (typed == NULL) {
        say(&said, language, TEXT_TEMPLATE_LIST, text_peek(&list));
        (void)puts(text_peek(&said));
    } else if (sector == NULL) {
        complain(language, TEXT_TEMPLATE_UNKNOWN, typed, text_peek(&list));
        status = err_status(ERR_ARG);
    } else if (!template_read(sector, language, &t)) {
        complain(language, TEXT_TEMPLATE_NONE);
        status = err_status(ERR_NONE);
    } else {
        status = record_all(client, &t);
        template_fini(&t);
    }
    text_fini(&list);
    text_fini(&said);
    return status;
}
