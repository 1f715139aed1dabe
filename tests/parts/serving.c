/* SPDX-License-Identifier: Apache-2.0
 *
 * serving.c - a forked server, and blocking peers with a time limit.
 */
#include "tests/parts/serving.h"

#include "protocol/base_mem.h"
#include "server/net/address.h"
#include "server/net/loop.h"
#include "server/net/openssl.h"
#include "tests/parts/blank_record.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define SECONDS 5

void serving_init(struct serving *serving)
{
    *serving = (struct serving){0};
    temp_make(serving->folder);
    (void)snprintf(
        serving->log, sizeof serving->log, "%s/log", serving->folder);
    blank_record_make(serving->folder);
    (void)signal(SIGPIPE, SIG_IGN);
}

void serving_fini(struct serving *serving)
{
    temp_remove(serving->folder);
    *serving = (struct serving){0};
}

/* The child. */

struct child {
    const struct serving *serving;
    const char *flags[SETTING_COUNT];
    int to; /* where the address is told */
};

static void tell_address(void *ctx, const char *what, const char *address)
{
    const struct child *child = ctx;

    if (strcmp(what, "listening") != 0)
        return;
    INSIST(write(child->to, address, strlen(address)) > 0);
    (void)close(child->to);
}

static enum err load(void *ctx, struct config **made, struct text *why)
{
    const struct child *child = ctx;

    return config_load(child->serving->folder, NULL, child->flags, made, why);
}

static _Noreturn void run_server(
    const struct serving *serving, const char *listen, size_t files, int to)
{
    struct child child = {.serving = serving, .to = to};
    struct loop_options options = {.folder = serving->folder,
        .reread = load,
        .ready = tell_address,
        .ctx = &child};
    struct rlimit most = {files, files};
    struct text why = {0};
    int log = open(serving->log, O_WRONLY | O_CREAT | O_APPEND, 0600);

    /* A test that fails leaves no server behind. */
    INSIST(prctl(PR_SET_PDEATHSIG, SIGKILL) == 0);
    INSIST(log >= 0 && dup2(log, STDERR_FILENO) == STDERR_FILENO);
    if (files)
        INSIST(setrlimit(RLIMIT_NOFILE, &most) == 0);
    child.flags[SETTING_LISTEN] = listen;
    INSIST(load(&child, &options.config, &why) == ERR_OK);
    enum err err = loop_run(&options, &why);
    if (err != ERR_OK)
        fprintf(stderr, "%s\n", text_peek(&why));
    config_free(&options.config);
    text_fini(&why);
    exit(err == ERR_OK ? 0 : 1);
}

bool serving_start(struct serving *serving, const char *listen, size_t files)
{
    int ends[2];

    INSIST(pipe2(ends, O_CLOEXEC) == 0);
    serving->pid = fork();
    INSIST(serving->pid >= 0);
    if (serving->pid == 0) {
        (void)close(ends[0]);
        run_server(serving, listen, files, ends[1]);
    }
    (void)close(ends[1]);
    memset(serving->address, 0, sizeof serving->address);
    ssize_t n = read(ends[0], serving->address, sizeof serving->address - 1);
    (void)close(ends[0]);
    if (n <= 0)
        (void)serving_stop(serving, 0);
    return n > 0;
}

int serving_stop(struct serving *serving, int signal)
{
    int status = 0;

    INSIST(serving->pid > 0);
    INSIST(kill(serving->pid, signal) == 0);
    INSIST(waitpid(serving->pid, &status, 0) == serving->pid);
    serving->pid = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

bool serving_logged(const struct serving *serving, const char *words)
{
    const struct timespec moment = {.tv_nsec = 10000000};
    static char log[65536];

    for (int i = 0; i < SECONDS * 100; i++) {
        FILE *from = fopen(serving->log, "r");
        size_t len = from ? fread(log, 1, sizeof log - 1, from) : 0;
        log[len] = '\0';
        if (from)
            (void)fclose(from);
        if (strstr(log, words))
            return true;
        (void)nanosleep(&moment, NULL);
    }
    return false;
}

/* Peers. */

void peer_join(struct peer *peer, const struct serving *serving)
{
    const struct timeval most = {.tv_sec = SECONDS};
    const int one = 1;
    struct sockaddr_storage to;
    struct text why = {0};

    INSIST(address_read(serving->address, &to, &why) == ERR_OK);
    *peer = (struct peer){.fd = socket(to.ss_family, SOCK_STREAM, 0)};
    INSIST(peer->fd >= 0);
    INSIST(
        setsockopt(peer->fd, SOL_SOCKET, SO_RCVTIMEO, &most, sizeof most) == 0);
    INSIST(
        setsockopt(peer->fd, SOL_SOCKET, SO_SNDTIMEO, &most, sizeof most) == 0);
    INSIST(
        setsockopt(peer->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one) == 0);
    INSIST(connect(peer->fd, (const struct sockaddr *)&to, sizeof to) == 0);
}

void peer_open(struct peer *peer, const struct serving *serving)
{
    SSL_CTX *context = SSL_CTX_new(TLS_client_method());
    char ca[96];

    peer_join(peer, serving);
    (void)snprintf(ca, sizeof ca, "%s/ca.pem", serving->folder);
    INSIST(SSL_CTX_load_verify_file(context, ca));
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, NULL);
    peer->ssl = SSL_new(context);
    SSL_CTX_free(context);
    INSIST(SSL_set_fd(peer->ssl, peer->fd));
    INSIST(SSL_set1_host(peer->ssl, "localhost"));
    INSIST(SSL_connect(peer->ssl) == 1);
}

void peer_send(struct peer *peer, const char *bytes, size_t len)
{
    size_t done = 0;

    if (peer->ssl)
        INSIST(SSL_write_ex(peer->ssl, bytes, len, &done) && done == len);
    else
        INSIST(send(peer->fd, bytes, len, 0) == (ssize_t)len);
}

void peer_say(struct peer *peer, const char *string)
{
    peer_send(peer, string, strlen(string));
}

static bool read_more(struct peer *peer)
{
    size_t len = 0;

    if (peer->ssl) {
        if (!SSL_read_ex(peer->ssl, peer->bytes, sizeof peer->bytes, &len))
            return false;
    } else {
        ssize_t n = recv(peer->fd, peer->bytes, sizeof peer->bytes, 0);
        if (n <= 0)
            return false;
        len = (size_t)n;
    }
    peer->start = 0;
    peer->end = len;
    return true;
}

const char *peer_line(struct peer *peer)
{
    static char line[16384];
    size_t len = 0;

    while (len < sizeof line) {
        if (peer->start == peer->end && !read_more(peer))
            return NULL;
        line[len] = peer->bytes[peer->start++];
        if (line[len] == '\n') {
            line[len] = '\0';
            return line;
        }
        len++;
    }
    return NULL;
}

bool peer_is_closed(struct peer *peer)
{
    char byte = 0;
    size_t len = 0;

    if (peer->start < peer->end)
        return false;
    if (peer->ssl) {
        int got = SSL_read_ex(peer->ssl, &byte, 1, &len);
        if (got || SSL_get_error(peer->ssl, got) != SSL_ERROR_ZERO_RETURN)
            return false;
    }
    return recv(peer->fd, &byte, 1, 0) == 0;
}

void peer_close(struct peer *peer, bool reset)
{
    const struct linger now = {.l_onoff = 1};

    if (reset)
        INSIST(
            setsockopt(peer->fd, SOL_SOCKET, SO_LINGER, &now, sizeof now) == 0);
    SSL_free(peer->ssl);
    (void)close(peer->fd);
    *peer = (struct peer){.fd = -1};
}
