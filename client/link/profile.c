/* SPDX-License-Identifier: Apache-2.0
 *
 * profile.c - reading and writing the profile.
 */
#include "client/link/profile.h"

#include "client/file.h"
#include "client/show/say.h"
#include "protocol/base_mem.h"
#include "protocol/words.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Nobody's profile is larger. */
#define PROFILE_MOST 65536

static const char *const key_words[PROFILE_KEYS] = {
#define KEY(id, word) [PROFILE_##id] = word,
#include "client/link/profile.def"
#undef KEY
};

const char *profile_key_word(enum profile_key key)
{
    return key_words[key];
}

enum profile_key profile_key_find(const char *word)
{
    for (int i = 0; i < PROFILE_KEYS; i++)
        if (strcmp(key_words[i], word) == 0)
            return (enum profile_key)i;
    return PROFILE_KEYS;
}

static const char *home(void)
{
    const char *folder = getenv("HOME");
    const struct passwd *user;

    if (folder && *folder)
        return folder;
    user = getpwuid(getuid());
    return user ? user->pw_dir : "/";
}

void profile_place(struct text *path, const char *variable,
    const char *fallback, const char *file)
{
    const char *folder = getenv(variable);

    /* A relative folder is to be ignored: XDG base directory specification. */
    if (folder && *folder == '/')
        text_printf(path, "%s/diptych/%s", folder, file);
    else
        text_printf(path, "%s/%s/diptych/%s", home(), fallback, file);
}

void profile_path(struct text *path)
{
    const char *named = getenv("DIPTYCH_PROFILE");

    if (named && *named)
        text_puts(path, named);
    else
        profile_place(path, "XDG_CONFIG_HOME", ".config", "profile");
}

void profile_set(
    struct profile *profile, enum profile_key key, const char *value)
{
    char *copy = value && *value ? mem_text(value) : NULL;

    free(profile->value[key]);
    profile->value[key] = copy;
}

void profile_fini(struct profile *profile)
{
    for (int i = 0; i < PROFILE_KEYS; i++)
        free(profile->value[i]);
    *profile = (struct profile){0};
}

/* Keys of a newer version are left alone; a line that is no key=value is
 * more likely a slip than a message from the future. */
static enum err read_line(struct profile *profile, const char *line, size_t len)
{
    struct words words;
    struct words_fault fault;

    if (words_read(line, len, NULL, 2, &words, &fault) != ERR_OK)
        return ERR_SYNTAX;
    bool right = words.n == 0 || (words.n == 1 && words.list[0].key &&
                                     words.list[0].op == OP_EQ);
    if (right && words.n) {
        enum profile_key key = profile_key_find(words.list[0].key);

        if (key != PROFILE_KEYS)
            profile_set(profile, key, words.list[0].value);
    }
    words_free(&words);
    return right ? ERR_OK : ERR_SYNTAX;
}

static enum err read_lines(
    struct profile *profile, const char *bytes, size_t len, size_t *at)
{
    for (*at = 1; len; ++*at) {
        const char *end = memchr(bytes, '\n', len);
        size_t n = end ? (size_t)(end - bytes) : len;
        enum err err = read_line(profile, bytes, n);

        if (err != ERR_OK)
            return err;
        n += end != NULL;
        bytes += n;
        len -= n;
    }
    return ERR_OK;
}

static enum err read_open(int fd, const char *path, enum language language,
    struct profile *made, struct text *why)
{
    char bytes[PROFILE_MOST];
    char number[24];
    struct stat about;
    size_t len = 0;
    size_t line = 0;

    if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) {
        say(why, language, TEXT_FILE_READ, path, strerror(EINVAL));
        return ERR_NONE;
    }
    if (about.st_mode & (S_IRWXG | S_IRWXO)) {
        say(why, language, TEXT_PROFILE_OPEN, path, path);
        return ERR_DENIED;
    }
    for (ssize_t got = 1; got > 0 && len < sizeof bytes; len += (size_t)got) {
        got = read(fd, bytes + len, sizeof bytes - len);
        if (got < 0) {
            say(why, language, TEXT_FILE_READ, path, strerror(errno));
            return ERR_NONE;
        }
    }
    if (read_lines(made, bytes, len, &line) == ERR_OK)
        return ERR_OK;
    (void)snprintf(number, sizeof number, "%zu", line);
    say(why, language, TEXT_PROFILE_LINE, path, number);
    return ERR_SYNTAX;
}

enum err profile_read(const char *path, enum language language,
    struct profile *got, struct text *why)
{
    struct profile made = {0};
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0 && (errno == ENOENT || errno == ENOTDIR)) {
        *got = made;
        return ERR_OK;
    }
    if (fd < 0) {
        say(why, language, TEXT_FILE_READ, path, strerror(errno));
        return ERR_NONE;
    }
    enum err err = read_open(fd, path, language, &made, why);
    (void)close(fd);
    if (err != ERR_OK)
        profile_fini(&made);
    else
        *got = made;
    return err;
}

enum err profile_folder(const char *path)
{
    char *copy = mem_text(path);
    enum err err = ERR_OK;

    for (char *at = strchr(copy + 1, '/'); at && err == ERR_OK;
         at = strchr(at + 1, '/')) {
        *at = '\0';
        if (mkdir(copy, 0700) != 0 && errno != EEXIST)
            err = ERR_FULL;
        *at = '/';
    }
    free(copy);
    return err;
}

enum err profile_write(const char *path, const struct profile *profile,
    enum language language, struct text *why)
{
    struct text content = {0};

    text_puts(&content, "# diptych profile; it holds a token: keep it 0600\n");
    for (int i = 0; i < PROFILE_KEYS; i++) {
        if (profile->value[i] == NULL)
            continue;
        text_printf(&content, "%s=", key_words[i]);
        word_print(&content, profile->value[i]);
        text_putc(&content, '\n');
    }
    int error = file_replace(path, &content);
    text_fini(&content);
    if (error == 0)
        return ERR_OK;
    say(why, language, TEXT_FILE_WRITE, path, strerror(error));
    return ERR_FULL;
}
