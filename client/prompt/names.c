/* SPDX-License-Identifier: Apache-2.0
 *
 * names.c - short lists, one for each kind, over a link of their own.
 */
#include "client/prompt/names.h"

#include "client/link/account.h"
#include "client/link/dial.h"
#include "protocol/base_mem.h"

#include <stdlib.h>
#include <string.h>

/* As many names as anybody would look at. */
#define NAMES_MOST 500
/* How long what was heard is believed, how long a person waits, and how long
 * a link that failed is left alone. */
#define BELIEVED_MS 5000
#define PATIENCE_MS 1000
#define LINK_MS     3000
#define PAUSE_MS    3000

/* The objects of a kind, or the one that a code names. */
struct name_list {
    char *request; /* owned; that asks for it */
    struct rows rows, coming;
    int64_t heard; /* when; 0 never */
    bool asked;
    struct name_list *next;
};

struct names {
    const struct client *client;
    char *const *token;
    struct talk talk; /* link NULL: there is none */
    char *used;       /* owned; the token it was opened with */
    char *tender;     /* owned; in use on it */
    int64_t failed;   /* when there was no link to be had; 0 never */
    struct name_list *lists;
};

void names_new(
    const struct client *client, char *const *token, struct names **made)
{
    *made = mem_new(sizeof **made);
    (*made)->client = client;
    (*made)->token = token;
}

static void free_list(struct name_list *list)
{
    free(list->request);
    rows_fini(&list->rows);
    rows_fini(&list->coming);
    free(list);
}

static void on_data(void *ctx, const char *line)
{
    struct name_list *list = ctx;

    rows_add(&list->coming, line);
}

static void on_final(void *ctx, const struct answer *final, const char *line)
{
    struct name_list *list = ctx;

    (void)line;
    list->asked = false;
    rows_fini(&list->rows);
    list->heard = final ? dial_clock_ms() : 0;
    if (final && final->class == ANSWER_OK) {
        list->rows = list->coming;
        list->coming = (struct rows){0};
    }
    rows_fini(&list->coming);
}

static void on_done(void *ctx, const struct answer *final, const char *line)
{
    (void)ctx;
    (void) final;
    (void)line;
}

static void replace(char **place, const char *value)
{
    if (*place)
        explicit_bzero(*place, strlen(*place));
    free(*place);
    *place = mem_text(value);
}

static void close_link(struct names *names)
{
    talk_fini(&names->talk);
    replace(&names->used, NULL);
    replace(&names->tender, NULL);
}

static bool open_link(struct names *names)
{
    const char *token = names->token ? *names->token : NULL;
    struct text request = {0};
    struct text why = {0};
    struct reply_got got = {0};

    if (names->talk.link && (token == NULL || names->used == NULL ||
                                strcmp(token, names->used) != 0))
        close_link(names);
    if (names->talk.link)
        return true;
    if (token == NULL ||
        (names->failed && dial_clock_ms() - names->failed < PAUSE_MS))
        return false;
    bool in =
        client_link(names->client, LINK_MS, &names->talk.link, &why) == ERR_OK;
    text_fini(&why);
    text_puts(&request, "auth token ");
    word_print(&request, token);
    in = in && talk_ask(&names->talk, request.bytes, LINK_MS, &got) == ERR_OK &&
         got.final.class == ANSWER_OK;
    account_wipe(&request);
    reply_got_fini(&got);
    if (in) {
        replace(&names->used, token);
    } else {
        close_link(names);
        names->failed = dial_clock_ms();
    }
    return in;
}

/* Codes mean on this link what they mean on the other. */
static void follow_tender(struct names *names)
{
    const char *tender = names->client->tender;
    const struct talk_hooks hooks = {NULL, on_done, NULL, NULL};
    struct text request = {0};

    if (strcmp(tender ? tender : "", names->tender ? names->tender : "") == 0)
        return;
    text_puts(&request, "use tender=");
    word_quote(&request, tender ? tender : "");
    text_putc(&request, '\n');
    talk_send(&names->talk, request.bytes, request.len, &hooks);
    text_fini(&request);
    replace(&names->tender, tender);
    names_expire(names);
}

static struct name_list *find_list(struct names *names, const char *request)
{
    struct name_list *list = names->lists;

    while (list && strcmp(list->request, request) != 0)
        list = list->next;
    if (list == NULL) {
        list = mem_new(sizeof *list);
        list->request = mem_text(request);
        list->next = names->lists;
        names->lists = list;
    }
    return list;
}

static struct name_list *ask(struct names *names, const char *request)
{
    if (open_link(names))
        follow_tender(names);
    struct name_list *list = find_list(names, request);
    const struct talk_hooks hooks = {on_data, on_final, list, NULL};
    struct text line = {0};

    if (names->talk.link == NULL || list->asked ||
        (list->heard && dial_clock_ms() - list->heard < BELIEVED_MS))
        return list;
    list->asked = true;
    text_printf(&line, "%s\n", request);
    talk_send(&names->talk, line.bytes, line.len, &hooks);
    text_fini(&line);
    return list;
}

static struct name_list *ask_kind(
    struct names *names, const char *kind, bool codes)
{
    struct text request = {0};

    text_printf(&request, "list %s limit=%d fields=%s%s", kind, NAMES_MOST,
        codes ? "code" : "rev", strcmp(kind, "party") == 0 ? ",sort" : "");
    struct name_list *list = ask(names, request.bytes);
    text_fini(&request);
    return list;
}

/* Answers that have come, and those that come soon. */
static void wait_a_moment(struct names *names, int patience)
{
    int64_t until = dial_clock_ms() + patience;

    while (names->talk.link && talk_open_n(&names->talk)) {
        int64_t left = until - dial_clock_ms();
        struct link_wait wait = {
            .fd = -1, .timeout_ms = left > 0 ? (int)left : 0};

        if (talk_turn(&names->talk, &wait) != ERR_OK)
            close_link(names);
        if (left <= 0)
            return;
    }
}

static bool has_codes(const struct vocabulary *v, const char *kind)
{
    const struct row *row = vocabulary_field(v, kind, "code");

    return row && row_is(row, "field");
}

/* The kinds behind "party:segment|lot"; "*" are those with codes, or the one
 * whose prefix was typed. */
static void find_kinds(const struct vocabulary *v, const char *names,
    const char *typed, struct rows *kinds)
{
    const char *by_id = vocabulary_kind_of(v, typed);

    for (size_t i = 0; i < v->rows.n; i++) {
        const struct row *row = &v->rows.list[i];
        const char *kind = row_is(row, "kind") ? row_get(row, "name") : NULL;
        struct text line = {0};

        if (kind == NULL)
            continue;
        if (strcmp(names, "*") == 0) {
            if (by_id ? strcmp(kind, by_id) != 0 : !has_codes(v, kind))
                continue;
            text_printf(&line, "  %s", kind);
        }
        for (const char *p = names; *p && *names != '*';) {
            size_t len = strcspn(p, "|");
            size_t word = strcspn(p, "|:");

            if (strlen(kind) == word && strncmp(kind, p, word) == 0) {
                text_printf(&line, "  %s", kind);
                if (len > word)
                    text_printf(&line, " sort=%.*s", (int)(len - word - 1),
                        p + word + 1);
            }
            p += len;
            p += *p == '|';
        }
        if (line.len)
            rows_add(kinds, line.bytes);
        text_fini(&line);
    }
}

static bool is_sort(const struct row *row, const char *sort)
{
    return sort == NULL || *sort == '\0' || row_has(row, "sort", sort);
}

static bool add_name(struct choices *got, const char *word, const char *name)
{
    struct text whole = {0};

    text_add(&whole, word, got->head);
    text_puts(&whole, name);
    bool stands = complete_add(got, word, text_peek(&whole));
    text_fini(&whole);
    return stands;
}

/* A code where there is one that can be typed, else the id; the id too when
 * the word begins like one. */
static void add_list(const struct name_list *list, const char *word,
    const char *sort, bool codes, struct choices *got)
{
    bool id = strchr(word + got->head, '-') != NULL;

    for (size_t i = 0; i < list->rows.n; i++) {
        const struct row *row = &list->rows.list[i];
        const char *code = codes ? row_get(row, "code") : NULL;

        if (row->id == NULL || !is_sort(row, sort))
            continue;
        if (code == NULL || !add_name(got, word, code) || id)
            (void)add_name(got, word, row->id);
    }
}

void names_add(struct names *names, const struct vocabulary *vocabulary,
    const char *word, struct choices *got)
{
    struct rows kinds = {0};
    bool scoped = names->client->tender != NULL;

    if (got->names.len == 0)
        return;
    find_kinds(vocabulary, got->names.bytes, word + got->head, &kinds);
    for (size_t i = 0; i < kinds.n; i++)
        (void)ask_kind(names, kinds.list[i].kind,
            has_codes(vocabulary, kinds.list[i].kind));
    wait_a_moment(names, PATIENCE_MS);
    for (size_t i = 0; i < kinds.n; i++) {
        const char *kind = kinds.list[i].kind;
        const struct row *row = vocabulary_find(vocabulary, "kind", kind);
        bool team = row && row_has(row, "parent", "team");

        add_list(ask_kind(names, kind, has_codes(vocabulary, kind)), word,
            row_get(&kinds.list[i], "sort"), scoped || team, got);
    }
    rows_fini(&kinds);
}

const char *names_kind_of(void *ctx, const char *code)
{
    struct names *names = ctx;
    struct text request = {0};

    text_puts(&request, "show ");
    word_print(&request, code);
    text_puts(&request, " fields=rev");
    struct name_list *list = ask(names, request.bytes);
    text_fini(&request);
    wait_a_moment(names, 0);
    return list->rows.n ? list->rows.list[0].kind : NULL;
}

bool names_pending(struct names *names)
{
    wait_a_moment(names, 0);
    return names->talk.link && talk_open_n(&names->talk);
}

void names_expire(struct names *names)
{
    for (struct name_list *list = names->lists; list; list = list->next)
        list->heard = 0;
}

void names_free(struct names **names)
{
    struct names *n = *names;

    if (n == NULL)
        return;
    close_link(n);
    while (n->lists) {
        struct name_list *list = n->lists;

        n->lists = list->next;
        free_list(list);
    }
    free(n);
    *names = NULL;
}
