/* SPDX-License-Identifier: Apache-2.0
 *
 * notify.c - one datagram a state.
 */
#include "server/net/notify.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

void notify_send(const char *state)
{
    const char *path = getenv("NOTIFY_SOCKET");
    struct sockaddr_un to = {.sun_family = AF_UNIX};

    if (path == NULL || *path == '\0' || strlen(path) >= sizeof to.sun_path)
        return;
    size_t len = strlen(path);
    memcpy(to.sun_path, path, len);
    /* A name of the abstract kind is written with "@" for its zero byte. */
    if (to.sun_path[0] == '@')
        to.sun_path[0] = '\0';
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return;
    (void)sendto(fd, state, strlen(state), MSG_NOSIGNAL,
        (const struct sockaddr *)&to,
        (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len));
    (void)close(fd);
}

uint64_t notify_watchdog_us(void)
{
    const char *word = getenv("WATCHDOG_USEC");
    const char *pid = getenv("WATCHDOG_PID");

    if (word == NULL || (pid && strtol(pid, NULL, 10) != (long)getpid()))
        return 0;
    return strtoull(word, NULL, 10);
}
