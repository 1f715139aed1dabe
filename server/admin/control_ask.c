/* SPDX-License-Identifier: Apache-2.0
 *
 * control_ask.c - one line to a running server, and its answer: a first line
 * "ok" or the word of an error, then what people read.
 */
#include "server/admin/control_ask.h"

#include "server/admin/control_path.h"

#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

static int join(const char *folder)
{
    const struct timeval most = {.tv_sec = 60};
    struct sockaddr_un address;
    int folder_fd;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd < 0)
        return -1;
    bool done = control_path(folder, &address, &folder_fd) == ERR_OK;
    if (done) {
        done =
            connect(fd, (const struct sockaddr *)&address, sizeof address) == 0;
        if (folder_fd >= 0)
            close(folder_fd);
    }
    if (!done) {
        close(fd);
        return -1;
    }
    (void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &most, sizeof most);
    (void)setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &most, sizeof most);
    return fd;
}

static bool send_all(int fd, const struct text *line)
{
    size_t done = 0;

    while (done < line->len) {
        ssize_t n =
            send(fd, line->bytes + done, line->len - done, MSG_NOSIGNAL);

        if (n <= 0)
            return false;
        done += (size_t)n;
    }
    return shutdown(fd, SHUT_WR) == 0;
}

static bool take_all(int fd, struct text *got)
{
    char bytes[4096];
    ssize_t n;

    while ((n = recv(fd, bytes, sizeof bytes, 0)) > 0)
        text_add(got, bytes, (size_t)n);
    return n == 0;
}

/* An answer that was cut off has no first line. */
static enum err read_answer(struct text *got, struct text *said)
{
    char *end = got->len ? memchr(got->bytes, '\n', got->len) : NULL;

    if (end == NULL)
        return ERR_BUSY;
    *end = '\0';
    text_puts(said, end + 1);
    return strcmp(got->bytes, "ok") == 0 ? ERR_OK : err_find(got->bytes);
}

enum err control_ask(
    const char *folder, const struct control *control, struct text *said)
{
    struct text line = {0};
    struct text got = {0};
    int fd = join(folder);
    enum err err = ERR_BUSY;

    if (fd < 0)
        return ERR_BUSY;
    control_print(&line, control);
    if (send_all(fd, &line) && take_all(fd, &got))
        err = read_answer(&got, said);
    close(fd);
    explicit_bzero(line.bytes, line.len);
    text_fini(&line);
    text_fini(&got);
    return err;
}
