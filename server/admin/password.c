/* SPDX-License-Identifier: Apache-2.0
 *
 * password.c - reading the file that holds a password.
 */
#include "server/admin/password.h"

#include "protocol/base_mem.h"
#include "protocol/limit.h"
#include "protocol/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

static const char *name_of(const char *file)
{
    return strcmp(file, "-") == 0 ? "standard input" : file;
}

static void warn_of_others(int from, const char *file, struct text *warning)
{
    struct stat seen;

    if (fstat(from, &seen) == 0 && S_ISREG(seen.st_mode) &&
        seen.st_mode & (S_IRGRP | S_IROTH))
        text_printf(warning,
            "others can read %s (mode %04o); chmod 600 it, or remove it now",
            file, (unsigned)seen.st_mode & 07777);
}

/* Up to the end of the first line, or so much that it is too long. */
static bool read_start(int from, char *to, size_t room, size_t *len)
{
    *len = 0;
    while (*len < room) {
        ssize_t n = read(from, to + *len, room - *len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        *len += (size_t)n;
        if (n == 0 || memchr(to, '\n', *len))
            return true;
    }
    return true;
}

/* A terminal is asked, and shows nothing of what is typed. */
static bool read_typed(char *to, size_t room, size_t *len)
{
    struct termios before;

    if (tcgetattr(STDIN_FILENO, &before) != 0)
        return read_start(STDIN_FILENO, to, room, len);
    struct termios silent = before;
    silent.c_lflag &= ~(tcflag_t)ECHO;
    fputs("password: ", stderr);
    (void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    bool done = read_start(STDIN_FILENO, to, room, len);
    (void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
    fputs("\n", stderr);
    return done;
}

static enum err check_line(
    const char *line, size_t len, const char *file, struct text *why)
{
    if (len == 0 || !limit_allows(LIMIT_ROW_PASSWORD, len)) {
        text_printf(why, "the first line of %s has %s; a password has 1 to %zu",
            name_of(file), len ? "too many bytes" : "no bytes",
            LIMIT_NOW(PASSWORD));
        return ERR_ARG;
    }
    if (utf8_fault(line, len, false) != len) {
        text_printf(why,
            "the first line of %s is not UTF-8, or holds a control character; "
            "no client could send it",
            name_of(file));
        return ERR_ARG;
    }
    return ERR_OK;
}

static bool read_file(
    const char *file, char *to, size_t room, size_t *len, struct text *warning)
{
    if (strcmp(file, "-") == 0)
        return read_typed(to, room, len);
    int from = open(file, O_RDONLY | O_CLOEXEC);
    if (from < 0)
        return false;
    warn_of_others(from, file, warning);
    bool done = read_start(from, to, room, len);
    int why = errno;
    (void)close(from);
    errno = why;
    return done;
}

enum err password_read(const char *file, struct text *password,
    struct text *warning, struct text *why)
{
    char line[LIMIT_PASSWORD_MOST + 3]; /* with CR LF, and one byte too many */
    size_t len = 0;

    if (!read_file(file, line, sizeof line, &len, warning)) {
        text_printf(why, "the password file %s can not be read: %s",
            name_of(file), strerror(errno));
        return ERR_NONE;
    }
    const char *end = memchr(line, '\n', len);
    if (end != NULL)
        len = (size_t)(end - line);
    if (len > 0 && line[len - 1] == '\r')
        len--;
    enum err err = check_line(line, len, file, why);
    if (err == ERR_OK)
        text_add(password, line, len);
    explicit_bzero(line, sizeof line);
    return err;
}

void password_fini(struct text *password)
{
    if (password->bytes != NULL)
        explicit_bzero(password->bytes, password->room);
    text_fini(password);
}
