/* SPDX-License-Identifier: Apache-2.0
 *
 * account.c - the verbs login, logout and profile.
 */
#include "client/link/account.h"

#include "client/show/cell.h"
#include "client/show/say.h"
#include "protocol/base_mem.h"
#include "protocol/limit.h"
#include "protocol/utf8.h"
#include "protocol/words.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* To reach the server, and for each of its answers. */
#define LOGOUT_MS 5000

void account_wipe(struct text *secret)
{
    if (secret->bytes)
        explicit_bzero(secret->bytes, secret->room);
    text_fini(secret);
}

/* One byte at a time, without signals, so that no way out leaves the
 * terminal without echo.  False when the person gave up. */
static bool type_secret(int fd, struct text *secret)
{
    char c;

    while (read(fd, &c, 1) == 1) {
        if (c == '\n' || c == '\r')
            return true;
        if (c == 3 || c == 4)
            return false;
        if (c == 21)
            account_wipe(secret);
        else if (c != 127 && c != 8)
            text_putc(secret, c);
        else if (secret->len) {
            /* One character, however many bytes it has. */
            while (
                secret->len > 1 &&
                ((unsigned char)secret->bytes[secret->len - 1] & 0xc0) == 0x80)
                secret->len--;
            secret->bytes[--secret->len] = '\0';
        }
    }
    return false;
}

static bool ask_terminal(const char *question, struct text *secret)
{
    struct termios was;
    int fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);

    if (fd < 0)
        return false;
    bool typed = tcgetattr(fd, &was) == 0;
    if (typed) {
        struct termios quiet = was;

        quiet.c_lflag &= ~(tcflag_t)(ECHO | ICANON | ISIG);
        quiet.c_cc[VMIN] = 1;
        quiet.c_cc[VTIME] = 0;
        (void)tcsetattr(fd, TCSAFLUSH, &quiet);
        (void)!write(fd, question, strlen(question));
        typed = type_secret(fd, secret);
        (void)!write(fd, "\r\n", 2);
        (void)tcsetattr(fd, TCSAFLUSH, &was);
    }
    (void)close(fd);
    return typed;
}

/* The first line of a file. */
static enum err read_secret(
    const struct client *client, const char *file, struct text *secret)
{
    char part[LIMIT_PASSWORD + 2];
    FILE *from = fopen(file, "re");

    if (from == NULL) {
        complain(client->look.language, TEXT_FILE_READ, file, strerror(errno));
        return ERR_NONE;
    }
    size_t len = fread(part, 1, sizeof part, from);
    const char *end = memchr(part, '\n', len);
    if (end)
        len = (size_t)(end - part);
    if (len && part[len - 1] == '\r')
        len--;
    text_add(secret, part, len);
    explicit_bzero(part, sizeof part);
    (void)fclose(from);
    return ERR_OK;
}

static enum err ask_secret(
    const struct client *client, const char *user, struct text *secret)
{
    struct text question = {0};
    struct text safe = {0};

    say(&question, client->look.language, TEXT_LOGIN_PASSWORD, user,
        client_server(client));
    cell_safe(&safe, text_peek(&question));
    bool typed = ask_terminal(text_peek(&safe), secret);
    text_fini(&question);
    text_fini(&safe);
    if (typed)
        return ERR_OK;
    complain(client->look.language, TEXT_LOGIN_NO_PASSWORD);
    return ERR_DENIED;
}

enum err account_password(const struct client *client, const char *user,
    const char *file, struct text *password)
{
    struct text secret = {0};
    enum err err = file ? read_secret(client, file, &secret)
                        : ask_secret(client, user, &secret);

    if (err == ERR_OK &&
        (secret.len == 0 || secret.len > LIMIT_PASSWORD ||
            utf8_fault(secret.bytes, secret.len, false) < secret.len)) {
        complain(client->look.language, TEXT_LOGIN_BAD_PASSWORD);
        err = ERR_ARG;
    }
    if (err == ERR_OK)
        *password = secret;
    else
        account_wipe(&secret);
    return err;
}

enum err account_enter(struct client *client, const char *user,
    const struct text *password, struct reply_got *got)
{
    struct text request = {0};

    text_puts(&request, "login ");
    word_print(&request, user);
    text_putc(&request, ' ');
    word_quote(&request, password->bytes);
    enum err err =
        talk_ask(&client->talk, request.bytes, client->timeout_ms, got);
    account_wipe(&request);
    return err;
}

static int refuse_words(const struct client *client)
{
    complain(client->look.language, TEXT_NO_ARGUMENTS, client->set.words[0],
        client->set.words[1]);
    return STATUS_USAGE;
}

static int write_profile(
    const struct client *client, const struct profile *profile)
{
    struct text why = {0};

    if (profile_write(client->profile_path.bytes, profile,
            client->look.language, &why) == ERR_OK)
        return STATUS_OK;
    (void)fprintf(stderr, "diptych: %s\n", text_peek(&why));
    text_fini(&why);
    return STATUS_UNKNOWN;
}

/* Later commands run in other folders, so the file is kept by its whole
 * path. */
static void set_path(struct profile *profile, const char *file)
{
    char *whole = file && *file ? realpath(file, NULL) : NULL;

    profile_set(profile, PROFILE_CA, whole ? whole : file);
    free(whole);
}

static int keep_login(
    struct client *client, const char *user, const struct answer *final)
{
    const char *role = words_get(&final->words, "role");
    const char *team = words_get(&final->words, "team");
    const char *token = words_get(&final->words, "token");
    struct profile made = {0};

    if (token == NULL) {
        complain(client->look.language, TEXT_LOGIN_NO_TOKEN);
        return STATUS_LINK;
    }
    profile_set(&made, PROFILE_SERVER, client_server(client));
    profile_set(&made, PROFILE_USER, user);
    set_path(&made, client_value(client, OPTION_CA, PROFILE_CA));
    profile_set(&made, PROFILE_TOKEN, token);
    profile_set(&made, PROFILE_TENDER,
        client_value(client, OPTION_TENDER, PROFILE_TENDER));
    profile_set(&made, PROFILE_LANG,
        client->set.value[OPTION_LANG] ? client->set.value[OPTION_LANG]
                                       : client->profile.value[PROFILE_LANG]);
    int status = write_profile(client, &made);
    profile_fini(&made);
    if (status == STATUS_OK && !client->quiet) {
        struct text line = {0};
        struct text safe = {0};

        say(&line, client->look.language, TEXT_LOGIN_DONE, user,
            role ? role : "?", team ? team : "?", client_server(client),
            client->profile_path.bytes);
        cell_safe(&safe, text_peek(&line));
        (void)puts(text_peek(&safe));
        text_fini(&line);
        text_fini(&safe);
    }
    return status;
}

int account_login(struct client *client)
{
    const char *user = client_value(client, OPTION_USER, PROFILE_USER);
    struct text password = {0};
    struct reply_got got = {0};

    if (client->set.words_n > 1)
        return refuse_words(client);
    if (user == NULL) {
        complain(client->look.language, TEXT_LOGIN_USER);
        return STATUS_USAGE;
    }
    int status = client_connect(client);
    if (status != STATUS_OK)
        return status;
    enum err err = account_password(
        client, user, client->set.value[OPTION_PASSWORD], &password);
    if (err != ERR_OK)
        return err == ERR_NONE ? STATUS_INPUT : STATUS_DENIED;
    err = account_enter(client, user, &password, &got);
    account_wipe(&password);
    if (err != ERR_OK)
        return client_lost(client, err);
    if (got.final.class == ANSWER_OK)
        status = keep_login(client, user, &got.final);
    else
        status = client_refused(client, &got.final);
    reply_got_fini(&got);
    return status;
}

/* The server forgets the token too; true when it said so.  A server that can
 * not be reached, or has no such verb, does not stand in the way. */
static bool end_token(struct client *client)
{
    const char *token =
        client->own_server ? client->profile.value[PROFILE_TOKEN] : NULL;
    struct text request = {0};
    struct text why = {0};
    struct reply_got got = {0};
    bool ended = false;

    if (token == NULL ||
        client_link(client, LOGOUT_MS, &client->talk.link, &why) != ERR_OK) {
        text_fini(&why);
        return false;
    }
    text_puts(&request, "auth token ");
    word_print(&request, token);
    if (talk_ask(&client->talk, request.bytes, LOGOUT_MS, &got) == ERR_OK) {
        ended = got.final.class == ANSWER_OK;
        reply_got_fini(&got);
    }
    account_wipe(&request);
    if (ended) {
        ended = talk_ask(&client->talk, "logout", LOGOUT_MS, &got) == ERR_OK &&
                got.final.class == ANSWER_OK;
        reply_got_fini(&got);
    }
    return ended;
}

int account_logout(struct client *client)
{
    struct text line = {0};

    if (client->set.words_n > 1)
        return refuse_words(client);
    bool had = client->profile.value[PROFILE_TOKEN] != NULL;
    bool ended = had && end_token(client);
    profile_set(&client->profile, PROFILE_TOKEN, NULL);
    int status = had ? write_profile(client, &client->profile) : STATUS_OK;
    if (status == STATUS_OK && !client->quiet) {
        say(&line, client->look.language,
            had ? ended ? TEXT_LOGOUT_DONE : TEXT_LOGOUT_HERE
                : TEXT_LOGOUT_NONE,
            client->profile_path.bytes);
        (void)puts(text_peek(&line));
    }
    text_fini(&line);
    return status;
}

/* What the profile does not say may come from an option or be preset. */
static void show_key(const struct client *client, enum profile_key key)
{
    static const enum option_id options[PROFILE_KEYS] = {
        [PROFILE_SERVER] = OPTION_SERVER,
        [PROFILE_USER] = OPTION_USER,
        [PROFILE_CA] = OPTION_CA,
        [PROFILE_TOKEN] = OPTION_COUNT,
        [PROFILE_TENDER] = OPTION_TENDER,
        [PROFILE_LANG] = OPTION_LANG,
    };
    enum language language = client->look.language;
    bool option =
        options[key] != OPTION_COUNT && client->set.value[options[key]] != NULL;
    const char *kept = client->own_server ? client->profile.value[key] : NULL;
    const char *value = option ? client->set.value[options[key]] : kept;
    enum text_id from = option ? TEXT_PROFILE_FROM_OPTION
                        : kept ? TEXT_PROFILE_FROM_FILE
                               : TEXT_PROFILE_PRESET;

    if (key == PROFILE_SERVER && value == NULL)
        value = client_server(client);
    if (key == PROFILE_LANG && value == NULL)
        value = language == LANGUAGE_FRENCH ? "fr" : "en";
    if (key == PROFILE_TOKEN)
        value = text_of(
            kept ? TEXT_PROFILE_TOKEN : TEXT_PROFILE_NO_TOKEN, language);
    struct text safe = {0};
    cell_safe(&safe, value ? value : "-");
    (void)printf("  %-7s %s", profile_key_word(key), text_peek(&safe));
    if (value && key != PROFILE_TOKEN)
        (void)printf("  (%s)", text_of(from, language));
    (void)putchar('\n');
    text_fini(&safe);
}

static int show_profile(const struct client *client)
{
    struct text line = {0};

    say(&line, client->look.language,
        access(client->profile_path.bytes, F_OK) == 0 ? TEXT_PROFILE_TITLE
                                                      : TEXT_PROFILE_ABSENT,
        client->profile_path.bytes);
    (void)puts(text_peek(&line));
    text_fini(&line);
    for (int key = 0; key < PROFILE_KEYS; key++)
        show_key(client, (enum profile_key)key);
    return STATUS_OK;
}

/* KEY=VALUE; a token is for one user of one server. */
static int set_key(struct client *client, const char *word)
{
    const char *equal = strchr(word, '=');
    char *key_word = mem_copy(word, equal ? (size_t)(equal - word) : 0);
    enum profile_key key = profile_key_find(key_word);

    free(key_word);
    if (equal == NULL || key == PROFILE_KEYS || key == PROFILE_TOKEN ||
        utf8_fault(equal, strlen(equal), false) < strlen(equal)) {
        complain(client->look.language, TEXT_PROFILE_KEY, word);
        return STATUS_USAGE;
    }
    if (key == PROFILE_CA)
        set_path(&client->profile, equal + 1);
    else
        profile_set(&client->profile, key, equal + 1);
    if (key == PROFILE_SERVER || key == PROFILE_USER)
        profile_set(&client->profile, PROFILE_TOKEN, NULL);
    return STATUS_OK;
}

int account_profile(struct client *client)
{
    for (int i = 1; i < client->set.words_n; i++) {
        int status = set_key(client, client->set.words[i]);

        if (status != STATUS_OK)
            return status;
    }
    if (client->set.words_n == 1)
        return show_profile(client);
    return write_profile(client, &client->profile);
}
