/* SPDX-License-Identifier: Apache-2.0
 *
 * client.c - from the command line to a session that is ready for requests.
 */
#include "client/client.h"

#include "client/link/account.h"
#include "client/link/dial.h"
#include "client/show/cell.h"
#include "client/show/say.h"
#include "protocol/base_mem.h"
#include "protocol/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SERVER_PRESET "127.0.0.1:" DIAL_PORT
/* To connect, shake hands and be greeted. */
#define CONNECT_MS     10000
#define TIMEOUT_PRESET 60

static const char *const format_words[FORMAT_COUNT] = {
#define FORMAT(id, word, en, fr) [FORMAT_##id] = word,
#include "client/show/formats.def"
#undef FORMAT
};

/* The same words for people, a comma in front of each. */
static const char format_list[] =
#define FORMAT(id, word, en, fr) ", " word
#include "client/show/formats.def"
#undef FORMAT
    ;

static bool is_given(const struct client *client, enum option_id option)
{
    return client->set.value[option] != NULL;
}

static int refuse_option(
    const struct client *client, const char *word, enum option_id option)
{
    static const char *const allowed[OPTION_COUNT] = {
        [OPTION_FORMAT] = format_list + 2,
        [OPTION_OUTPUT] = format_list + 2,
        [OPTION_LANG] = "en, fr",
        [OPTION_COLOUR] = "auto, always, never",
        [OPTION_COLUMNS] = "40..400",
        [OPTION_TIMEOUT] = "1..86400",
    };

    complain(client->look.language, TEXT_OPTION_BAD, word,
        client->set.value[option], allowed[option]);
    return STATUS_USAGE;
}

/* A whole number of an option that was given. */
static bool read_number(const struct client *client, enum option_id option,
    long least, long most, long *got)
{
    char *end;
    long value = strtol(client->set.value[option], &end, 10);

    if (*end || end == client->set.value[option] || value < least ||
        value > most)
        return false;
    *got = value;
    return true;
}

static bool set_language(struct client *client, const char *word)
{
    bool french = strcmp(word, "fr") == 0;

    if (!french && strcmp(word, "en") != 0)
        return false;
    client->look.language = french ? LANGUAGE_FRENCH : LANGUAGE_ENGLISH;
    return true;
}

/* A form by its word; the older word for text is "table". */
static enum format find_format(const char *word)
{
    size_t at = 0;

    if (strcmp(word, "table") == 0)
        return FORMAT_TABLE;
    while (at < FORMAT_COUNT && strcmp(word, format_words[at]) != 0)
        at++;
    return (enum format)at;
}

/* On a terminal tables, on a pipe lines, unless an option says otherwise. */
static int set_format(struct client *client)
{
    static const enum option_id options[] = {OPTION_FORMAT, OPTION_OUTPUT};

    client->format = isatty(STDOUT_FILENO) ? FORMAT_TABLE : FORMAT_LINES;
    if (is_given(client, OPTION_TABLE))
        client->format = FORMAT_TABLE;
    for (size_t i = 0; i < 2; i++) {
        if (!is_given(client, options[i]))
            continue;
        client->format = find_format(client->set.value[options[i]]);
        if (client->format == FORMAT_COUNT)
            return refuse_option(client, i ? "output" : "format", options[i]);
    }
    return STATUS_OK;
}

static int apply_options(struct client *client)
{
    long number = TIMEOUT_PRESET;

    client->quiet = is_given(client, OPTION_QUIET);
    if (is_given(client, OPTION_LANG) &&
        !set_language(client, client->set.value[OPTION_LANG]))
        return refuse_option(client, "lang", OPTION_LANG);
    if (is_given(client, OPTION_TIMEOUT) &&
        !read_number(client, OPTION_TIMEOUT, 1, 86400, &number))
        return refuse_option(client, "timeout", OPTION_TIMEOUT);
    client->timeout_ms = (int)number * 1000;
    number = (long)look_columns(STDOUT_FILENO);
    if (is_given(client, OPTION_COLUMNS) &&
        !read_number(client, OPTION_COLUMNS, 40, 400, &number))
        return refuse_option(client, "columns", OPTION_COLUMNS);
    client->look.columns = (size_t)number;
    if (is_given(client, OPTION_COLOUR) &&
        !look_colours(client->set.value[OPTION_COLOUR]))
        return refuse_option(client, "color", OPTION_COLOUR);
    client->look.colour = look_colour(STDOUT_FILENO);
    return set_format(client);
}

static int read_profile(struct client *client)
{
    const char *server = client->set.value[OPTION_SERVER];
    struct text why = {0};

    profile_path(&client->profile_path);
    enum err err = profile_read(client->profile_path.bytes,
        client->look.language, &client->profile, &why);
    if (err != ERR_OK) {
        (void)fprintf(stderr, "diptych: %s\n", text_peek(&why));
        text_fini(&why);
        return err == ERR_DENIED ? STATUS_DENIED : STATUS_INPUT;
    }
    const char *kept = client->profile.value[PROFILE_SERVER];
    client->own_server = server == NULL || (kept && strcmp(server, kept) == 0);
    if (client->profile.value[PROFILE_LANG] && !is_given(client, OPTION_LANG))
        (void)set_language(client, client->profile.value[PROFILE_LANG]);
    return STATUS_OK;
}

/* A command line that can not be understood is refused in the language that
 * it asks for. */
static void look_ahead(struct client *client, int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (strncmp(argv[i], "--lang=", 7) == 0)
            (void)set_language(client, argv[i] + 7);
        else if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc)
            (void)set_language(client, argv[i + 1]);
    }
}

int client_init(struct client *client, int argc, char **argv)
{
    struct text why = {0};

    *client = (struct client){.look.language = look_language()};
    look_ahead(client, argc, argv);
    if (settings_read(argc, argv, client->look.language, &client->set, &why) !=
        ERR_OK) {
        (void)fprintf(stderr, "diptych: %s\n", text_peek(&why));
        text_fini(&why);
        return STATUS_USAGE;
    }
    int status = apply_options(client);
    if (status == STATUS_OK && !is_given(client, OPTION_HELP) &&
        !is_given(client, OPTION_VERSION))
        status = read_profile(client);
    return status;
}

const char *client_value(
    const struct client *client, enum option_id option, enum profile_key key)
{
    if (is_given(client, option))
        return client->set.value[option];
    return client->own_server ? client->profile.value[key] : NULL;
}

const char *client_server(const struct client *client)
{
    const char *server = client_value(client, OPTION_SERVER, PROFILE_SERVER);

    return server ? server : SERVER_PRESET;
}

enum err client_link(const struct client *client, int timeout_ms,
    struct link **made, struct text *why)
{
    const struct link_target target = {.server = client_server(client),
        .ca = client_value(client, OPTION_CA, PROFILE_CA),
        .cert = client->set.value[OPTION_CERT],
        .key = client->set.value[OPTION_KEY],
        .timeout_ms = timeout_ms,
        .language = client->look.language};

    return link_open(&target, made, why);
}

int client_connect(struct client *client)
{
    struct text why = {0};
    struct text safe = {0};

    enum err err = client_link(client, CONNECT_MS, &client->talk.link, &why);
    if (err == ERR_OK)
        return STATUS_OK;
    cell_safe(&safe, text_peek(&why));
    (void)fprintf(stderr, "diptych: %s\n", text_peek(&safe));
    text_fini(&why);
    text_fini(&safe);
    return err == ERR_ARG ? STATUS_USAGE : STATUS_LINK;
}

/* Why no answer came: what the server said last tells more than the state of
 * the link. */
void client_why(const struct client *client, enum err err, struct text *why)
{
    const struct talk *talk = &client->talk;
    enum language language = client->look.language;

    if (talk->strange)
        say(why, language, TEXT_LINK_STRANGE);
    else if (talk_was_left(talk))
        say(why, language, TEXT_LINK_BYE, talk->reason ? talk->reason : "?");
    else if (err == ERR_BUSY || *link_why(talk->link) == '\0')
        say(why, language, TEXT_LINK_SILENT);
    else
        text_puts(why, link_why(talk->link));
}

int client_lost(const struct client *client, enum err err)
{
    struct text why = {0};
    struct text safe = {0};
    bool changes = client->talk.lost_changes;

    client_why(client, err, &why);
    if (changes) {
        complain(client->look.language, TEXT_LINK_UNKNOWN, why.bytes);
    } else {
        cell_safe(&safe, why.bytes);
        (void)fprintf(stderr, "diptych: %s\n", safe.bytes);
    }
    text_fini(&why);
    text_fini(&safe);
    return changes ? STATUS_UNKNOWN : STATUS_LINK;
}

/* A refusal that may be tried again bears retry=; without it the statuses
 * for "try again" would mislead a script. */
static int refusal_status(const struct answer *final)
{
    int status = err_status(err_find(final->code));

    if (status == err_status(ERR_BUSY) && !words_get(&final->words, "retry"))
        return STATUS_LINK;
    return status;
}

/* The sentence of the server, or our own for a code that we know. */
static const char *refusal_sentence(
    const struct client *client, const struct answer *final)
{
    enum err err = err_find(final->code);

    if (final->note)
        return final->note;
    if (strcmp(err_word(err), final->code) != 0)
        return "";
    return err_text(err, client->look.language == LANGUAGE_FRENCH);
}

int client_refused(const struct client *client, const struct answer *final)
{
    return client_refused_at(client, final, 0);
}

int client_refused_at(
    const struct client *client, const struct answer *final, size_t script_line)
{
    struct text line = {0};
    struct text safe = {0};
    struct text code = {0};
    const char *before = " (";
    char number[24];

    struct look look = {.colour = look_colour(STDERR_FILENO)};

    (void)snprintf(number, sizeof number, "%zu", script_line);
    if (script_line)
        say(&code, client->look.language, TEXT_SCRIPT_STOP, number);
    look_put(&code, &look, STYLE_BAD, final->code);
    text_printf(&line, ": %s", refusal_sentence(client, final));
    for (size_t i = 0; i < final->words.n; i++) {
        const struct word *word = &final->words.list[i];

        if (word->key == NULL)
            continue;
        text_printf(&line, "%s%s=", before, word->key);
        word_print(&line, word->value);
        before = " ";
    }
    if (strcmp(before, " ") == 0)
        text_putc(&line, ')');
    cell_safe(&safe, text_peek(&line));
    (void)fprintf(
        stderr, "diptych: %s%s\n", text_peek(&code), text_peek(&safe));
    text_fini(&line);
    text_fini(&safe);
    text_fini(&code);
    return refusal_status(final);
}

static int log_in_by_token(struct client *client, const char *token)
{
    struct text request = {0};
    struct reply_got got = {0};

    text_puts(&request, "auth token ");
    word_print(&request, token);
    enum err err =
        talk_ask(&client->talk, request.bytes, client->timeout_ms, &got);
    account_wipe(&request);
    if (err != ERR_OK)
        return client_lost(client, err);
    int status = STATUS_OK;
    const char *user = client_value(client, OPTION_USER, PROFILE_USER);
    if (got.final.class == ANSWER_OK) {
        const char *name = words_get(&got.final.words, "user");

        client->user = mem_text(name ? name : user);
    } else if (err_find(got.final.code) == ERR_AUTH) {
        complain(client->look.language, TEXT_LOGIN_EXPIRED, user ? user : "?");
        status = err_status(ERR_AUTH);
    } else {
        status = client_refused(client, &got.final);
    }
    reply_got_fini(&got);
    return status;
}

/* A certificate names its user; one that is given besides must be the same. */
static int log_in_by_certificate(struct client *client)
{
    struct text request = {0};
    struct reply_got got = {0};
    int status = STATUS_OK;

    text_puts(&request, "auth external");
    if (is_given(client, OPTION_USER)) {
        text_putc(&request, ' ');
        word_print(&request, client->set.value[OPTION_USER]);
    }
    enum err err =
        talk_ask(&client->talk, request.bytes, client->timeout_ms, &got);
    text_fini(&request);
    if (err != ERR_OK)
        return client_lost(client, err);
    if (got.final.class == ANSWER_OK)
        client->user = mem_text(words_get(&got.final.words, "user"));
    else
        status = client_refused(client, &got.final);
    reply_got_fini(&got);
    return status;
}

static int log_in_by_password(struct client *client, const char *user)
{
    struct text password = {0};
    struct reply_got got = {0};

    enum err err = account_password(
        client, user, client->set.value[OPTION_PASSWORD], &password);
    if (err != ERR_OK)
        return err == ERR_NONE ? STATUS_INPUT : STATUS_DENIED;
    err = account_enter(client, user, &password, &got);
    account_wipe(&password);
    if (err != ERR_OK)
        return client_lost(client, err);
    int status = STATUS_OK;
    if (got.final.class == ANSWER_OK)
        client->user = mem_text(user);
    else
        status = client_refused(client, &got.final);
    reply_got_fini(&got);
    return status;
}

/* A password file beats the certificate, and that the token; the token is for the user it was made
 * for; a user without either is asked. */
static int log_in(struct client *client)
{
    const char *user = client_value(client, OPTION_USER, PROFILE_USER);
    const char *kept = client->profile.value[PROFILE_USER];
    const char *token =
        client->own_server ? client->profile.value[PROFILE_TOKEN] : NULL;
    bool other = is_given(client, OPTION_USER) &&
                 (kept == NULL || strcmp(kept, user) != 0);

    if (is_given(client, OPTION_PASSWORD) && user == NULL) {
        complain(client->look.language, TEXT_LOGIN_USER);
        return STATUS_USAGE;
    }
    if (is_given(client, OPTION_CERT) && !is_given(client, OPTION_PASSWORD))
        return log_in_by_certificate(client);
    if (is_given(client, OPTION_PASSWORD) || other)
        return log_in_by_password(client, user);
    return token ? log_in_by_token(client, token) : STATUS_OK;
}

static void ask_settings(
    const struct client *client, const char *tender, struct text *request)
{
    text_puts(request, "use");
    if (client->look.language == LANGUAGE_FRENCH)
        text_puts(request, " lang=fr");
    if (client->format == FORMAT_JSON)
        text_puts(request, " format=json");
    if (tender) {
        text_puts(request, " tender=");
        word_print(request, tender);
    }
}

static int use_settings(struct client *client, const char *tender)
{
    struct text request = {0};
    struct reply_got got = {0};
    int status = STATUS_OK;

    ask_settings(client, tender, &request);
    if (strcmp(request.bytes, "use") == 0) {
        text_fini(&request);
        return STATUS_OK;
    }
    enum err err =
        talk_ask(&client->talk, request.bytes, client->timeout_ms, &got);
    text_fini(&request);
    if (err != ERR_OK)
        return client_lost(client, err);
    if (got.final.class == ANSWER_OK) {
        client->tender = mem_text(tender);
    } else if (tender && !is_given(client, OPTION_TENDER)) {
        /* The tender of a profile may be gone; that must not stop the verb
         * that lists what is there. */
        complain(client->look.language, TEXT_PROFILE_TENDER, tender);
        status = use_settings(client, NULL);
    } else {
        status = client_refused(client, &got.final);
    }
    reply_got_fini(&got);
    return status;
}

int client_open(struct client *client)
{
    int status = client_connect(client);

    if (status == STATUS_OK)
        status = log_in(client);
    if (status != STATUS_OK)
        return status;
    const char *tender =
        client->user ? client_value(client, OPTION_TENDER, PROFILE_TENDER)
                     : client->set.value[OPTION_TENDER];
    return use_settings(client, tender);
}

void client_fini(struct client *client)
{
    talk_fini(&client->talk);
    profile_fini(&client->profile);
    text_fini(&client->profile_path);
    free(client->user);
    free(client->tender);
    *client = (struct client){0};
}
