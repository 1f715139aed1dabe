/* SPDX-License-Identifier: Apache-2.0
 *
 * dial.c - names, addresses and connect() with a deadline.
 */
#include "client/link/dial.h"

#include "client/show/say.h"
#include "protocol/base_mem.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

int64_t dial_clock_ms(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* A port is 1 to 5 digits within 1..65535. */
static bool is_port(const char *word)
{
    size_t len = strspn(word, "0123456789");

    if (len == 0 || len > 5 || word[len])
        return false;
    long port = strtol(word, NULL, 10);
    return port >= 1 && port <= 65535;
}

enum err dial_address_read(const char *word, struct dial_address *got)
{
    const char *host = word;
    size_t len = strlen(word);
    const char *port = DIAL_PORT;
    const char *colon = strrchr(word, ':');

    if (*word == '[') {
        const char *end = strchr(word, ']');

        if (end == NULL || (end[1] && end[1] != ':'))
            return ERR_ARG;
        host = word + 1;
        len = (size_t)(end - host);
        if (end[1])
            port = end + 2;
    } else if (colon && strchr(word, ':') == colon) {
        /* Two colons without brackets make a bare IPv6 address. */
        len = (size_t)(colon - word);
        port = colon + 1;
    }
    if (len == 0 || !is_port(port))
        return ERR_ARG;
    *got = (struct dial_address){mem_copy(host, len), mem_text(port)};
    return ERR_OK;
}

void dial_address_fini(struct dial_address *address)
{
    free(address->host);
    free(address->port);
    *address = (struct dial_address){0};
}

/* Wait until a connect that was begun has ended; 0 or an errno. */
static int await_connect(int fd, int64_t deadline)
{
    struct pollfd poll_fd = {.fd = fd, .events = POLLOUT};
    int error = 0;
    socklen_t len = sizeof error;

    for (;;) {
        int64_t left = deadline - dial_clock_ms();
        int ready = left > 0 ? poll(&poll_fd, 1, (int)left) : 0;

        if (ready == 0)
            return ETIMEDOUT;
        if (ready > 0)
            break;
        if (errno != EINTR)
            return errno;
    }
    if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &len) != 0)
        return errno;
    return error;
}

/* One address; 0 and *fd, or an errno. */
static int try_address(const struct addrinfo *at, int64_t deadline, int *fd)
{
    int one = 1;
    int made = socket(at->ai_family,
        at->ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, at->ai_protocol);

    if (made < 0)
        return errno;
    int error = 0;
    if (connect(made, at->ai_addr, at->ai_addrlen) != 0)
        error = errno == EINPROGRESS ? await_connect(made, deadline) : errno;
    if (error) {
        (void)close(made);
        return error;
    }
    (void)setsockopt(made, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    (void)setsockopt(made, SOL_SOCKET, SO_KEEPALIVE, &one, sizeof one);
    *fd = made;
    return 0;
}

enum err dial(const struct dial_address *to, int timeout_ms,
    enum language language, int *fd, struct text *why)
{
    const struct addrinfo hints = {
        .ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICSERV};
    int64_t deadline = dial_clock_ms() + timeout_ms;
    struct addrinfo *list;
    int error = ECONNREFUSED;

    int failed = getaddrinfo(to->host, to->port, &hints, &list);
    if (failed) {
        say(why, language, TEXT_LINK_NO_HOST, to->host, gai_strerror(failed));
        return ERR_UNAVAILABLE;
    }
    for (struct addrinfo *at = list; at && error; at = at->ai_next)
        error = try_address(at, deadline, fd);
    freeaddrinfo(list);
    if (error == 0)
        return ERR_OK;
    if (error == ECONNREFUSED)
        say(why, language, TEXT_LINK_REFUSED, to->host, to->port);
    else if (error == ETIMEDOUT)
        say(why, language, TEXT_LINK_SLOW, to->host, to->port);
    else
        say(why, language, TEXT_LINK_FAILED, to->host, to->port,
            strerror(error));
    return ERR_UNAVAILABLE;
}
