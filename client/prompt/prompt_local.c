/* SPDX-License-Identifier: Apache-2.0
 *
 * prompt_local.c - lines of a session that the client itself answers.
 */
#include "client/prompt/prompt_local.h"

#include "client/edit/edit.h"
#include "client/link/account.h"
#include "client/prompt/live.h"
#include "client/prompt/live_screen.h"
#include "client/prompt/prompt_help.h"
#include "client/show/report.h"
#include "client/show/say.h"
#include "protocol/base_mem.h"
#include "protocol/limit.h"
#include "protocol/words.h"

#include <stdlib.h>
#include <string.h>

/* "login" and "login USER" ask for the password instead of showing it. */
static void log_in(
    struct client *client, const struct words *words, struct text *request)
{
    const char *kept = client_value(client, OPTION_USER, PROFILE_USER);
    const char *user = words->n > 1 ? words->list[1].value : kept;
    struct text password = {0};

    if (user == NULL) {
        complain(client->look.language, TEXT_PROMPT_LOGIN);
        return;
    }
    if (account_password(client, user, NULL, &password) != ERR_OK)
        return;
    text_puts(request, "login ");
    word_print(request, user);
    text_putc(request, ' ');
    word_quote(request, password.bytes);
    text_putc(request, '\n');
    account_wipe(&password);
}

static void live(
    struct client *client, struct resume *resume, const char *target)
{
    if (target == NULL)
        target = client->tender;
    if (target == NULL || !live_screen_possible())
        complain(client->look.language,
            target ? TEXT_LIVE_TERMINAL : TEXT_LIVE_TENDER);
    else
        (void)!live_show(client, resume, target);
}

/* The words of a line as a shell would have given them. */
static void report(struct client *client, const struct words *words)
{
    char **list = mem_new(words->n * sizeof *list);
    int status;

    for (size_t i = 0; i < words->n; i++) {
        const struct word *word = &words->list[i];
        struct text one = {0};

        if (word->key)
            text_printf(&one, "%s%s", word->key, op_word(word->op));
        text_puts(&one, word->value);
        list[i] = text_take(&one);
    }
    (void)!report_ask(
        client, (const char *const *)list, (int)words->n, stdout, &status);
    for (size_t i = 0; i < words->n; i++)
        free(list[i]);
    free(list);
}

bool prompt_local(struct resume *resume, const char *line, struct text *request)
{
    struct client *client = resume->client;
    static const char *const outside[] = {
        "logout", "profile", "import", "guide"};
    struct words words;
    struct words_fault fault;
    bool local = false;

    if (words_read(line, strlen(line), NULL, LIMIT_WORDS, &words, &fault) !=
        ERR_OK)
        return false;
    const char *verb = words.n ? words.list[0].value : "";
    if (strcmp(verb, "report") == 0 || strcmp(verb, "propositions") == 0) {
        report(client, &words);
        local = true;
    } else if (strcmp(verb, "edit") == 0 && words.n == 2) {
        (void)!edit_object(
            client, resume, prompt_help_vocabulary(), words.list[1].value);
        local = true;
    } else if (strcmp(verb, "live") == 0 && words.n < 3) {
        live(client, resume, words.n == 2 ? words.list[1].value : NULL);
        local = true;
    } else if (strcmp(verb, "login") == 0 && words.n < 3) {
        log_in(client, &words, request);
        local = true;
    }
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++) {
        if (strcmp(verb, outside[i]) != 0)
            continue;
        complain(client->look.language, TEXT_PROMPT_SHELL, verb);
        local = true;
    }
    words_free(&words);
    return local;
}
