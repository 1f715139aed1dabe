/* SPDX-License-Identifier: Apache-2.0
 *
 * link.c - the socket, its two queues and the cutting into lines.
 *
 *   plain_out -> TLS -> cipher_out -> socket -> TLS -> in -> lines
 */
#include "client/link/link.h"

#include "client/link/dial.h"
#include "client/link/secure.h"
#include "client/show/say.h"
#include "protocol/answer.h"
#include "protocol/base_mem.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* A line holds at most one record with its texts; beyond this it is none. */
#define LINE_MOST ((size_t)64 << 20)
/* Ciphertext that may wait before more plain bytes are turned into it. */
#define CIPHER_HIGH 65536

struct link {
    int fd;
    struct secure *secure;
    enum language language;
    struct answer hello; /* what the server said of itself */
    struct text plain_out, cipher_out, in, why;
    size_t taken;   /* bytes of plain_out that TLS has taken */
    size_t done;    /* bytes of in that were handed out */
    size_t scanned; /* bytes of in known to hold no line end */
    bool over;      /* nothing more will come */
};

static enum err lose(struct link *link, enum text_id sentence)
{
    if (link->why.len == 0)
        say(&link->why, link->language, sentence);
    link->over = true;
    return ERR_UNAVAILABLE;
}

static enum err flush_cipher(struct link *link)
{
    secure_cipher(link->secure, &link->cipher_out);
    while (link->cipher_out.len) {
        ssize_t sent = send(link->fd, link->cipher_out.bytes,
            link->cipher_out.len, MSG_NOSIGNAL | MSG_DONTWAIT);

        if (sent >= 0) {
            text_cut(&link->cipher_out, (size_t)sent);
            continue;
        }
        if (errno == EAGAIN || errno == EWOULDBLOCK)
            return ERR_OK;
        if (errno != EINTR)
            return ERR_UNAVAILABLE;
    }
    return ERR_OK;
}

/* Plain bytes into TLS while not too much ciphertext waits. */
static enum err take_plain(struct link *link)
{
    while (link->taken < link->plain_out.len &&
           link->cipher_out.len < CIPHER_HIGH) {
        size_t part = link->plain_out.len - link->taken;
        if (part > 16384)
            part = 16384;
        enum err err = secure_write(link->secure,
            link->plain_out.bytes + link->taken, part, &link->why);

        if (err != ERR_OK)
            return lose(link, TEXT_LINK_LOST);
        link->taken += part;
        secure_cipher(link->secure, &link->cipher_out);
    }
    /* What was taken is dropped when it is most of the queue, so the cost of
     * moving the rest stays linear. */
    if (link->taken > link->plain_out.len / 2) {
        text_cut(&link->plain_out, link->taken);
        link->taken = 0;
    }
    return ERR_OK;
}

/* Send as much as the socket takes.  A peer that closed may have said why
 * before, so a failure to send is found out by reading. */
static enum err push(struct link *link)
{
    for (;;) {
        size_t before = link_unsent(link);
        enum err err = take_plain(link);

        if (err != ERR_OK)
            return err;
        if (flush_cipher(link) != ERR_OK) {
            text_fini(&link->cipher_out);
            text_fini(&link->plain_out);
            link->taken = 0;
        }
        if (link->taken == link->plain_out.len || link->cipher_out.len ||
            link_unsent(link) == before)
            return ERR_OK;
    }
}

/* Ciphertext of the socket into TLS, as much as is there; *ended at its end. */
static enum err pull_cipher(struct link *link, bool *ended)
{
    char part[16384];

    *ended = false;
    for (int turns = 0; turns < 16; turns++) {
        ssize_t got = recv(link->fd, part, sizeof part, MSG_DONTWAIT);

        if (got > 0) {
            secure_feed(link->secure, part, (size_t)got);
            continue;
        }
        if (got == 0) {
            *ended = true;
            return ERR_OK;
        }
        if (errno == EAGAIN || errno == EWOULDBLOCK)
            return ERR_OK;
        if (errno != EINTR)
            return ERR_UNAVAILABLE;
    }
    return ERR_OK;
}

static enum err pull(struct link *link)
{
    bool cut = false;
    bool ended = false;
    enum err lost = pull_cipher(link, &cut);
    enum err err = secure_read(link->secure, &link->in, &ended, &link->why);

    if (err != ERR_OK || lost != ERR_OK || (cut && !ended))
        return lose(link, TEXT_LINK_LOST);
    if (ended)
        return lose(link, TEXT_LINK_CLOSED);
    if (link->in.len - link->done > LINE_MOST &&
        memchr(link->in.bytes + link->done, '\n', LINE_MOST) == NULL)
        return lose(link, TEXT_LINK_LONG_LINE);
    return ERR_OK;
}

enum err link_turn(struct link *link, struct link_wait *wait)
{
    struct pollfd fds[2] = {
        {.fd = link->fd, .events = POLLIN}, {.fd = wait->fd, .events = POLLIN}};

    wait->ready = false;
    wait->idle = false;
    wait->gone = false;
    if (link->over)
        return ERR_UNAVAILABLE;
    enum err err = push(link);
    if (err != ERR_OK)
        return err;
    if (link->cipher_out.len)
        fds[0].events |= POLLOUT;
    struct timespec time = {.tv_sec = wait->timeout_ms / 1000,
        .tv_nsec = wait->timeout_ms % 1000 * 1000000L};
    int n = ppoll(fds, 2, wait->timeout_ms < 0 ? NULL : &time, wait->signals);
    if (n < 0)
        return errno == EINTR ? ERR_OK : lose(link, TEXT_LINK_LOST);
    wait->idle = n == 0;
    wait->ready = fds[1].revents != 0;
    wait->gone = (fds[1].revents & (POLLHUP | POLLERR)) != 0;
    if (fds[0].revents & POLLOUT)
        err = push(link);
    if (err == ERR_OK && fds[0].revents & (POLLIN | POLLHUP | POLLERR))
        err = pull(link);
    return err;
}

void link_send(struct link *link, const char *bytes, size_t len)
{
    if (!link->over)
        text_add(&link->plain_out, bytes, len);
}

size_t link_unsent(const struct link *link)
{
    return link->plain_out.len - link->taken + link->cipher_out.len;
}

char *link_line(struct link *link)
{
    const char *from = text_peek(&link->in) + link->done;
    const char *end = NULL;

    if (link->in.len > link->scanned)
        end = memchr(
            link->in.bytes + link->scanned, '\n', link->in.len - link->scanned);
    if (end == NULL) {
        text_cut(&link->in, link->done);
        link->done = 0;
        link->scanned = link->in.len;
        return NULL;
    }
    size_t len = (size_t)(end - from);
    link->done += len + 1;
    link->scanned = link->done;
    return mem_copy(from, len - (len && from[len - 1] == '\r'));
}

const char *link_hello(const struct link *link, const char *key)
{
    return words_get(&link->hello.words, key);
}

const char *link_why(const struct link *link)
{
    return text_peek(&link->why);
}

void link_close(struct link **link)
{
    struct link *l = *link;

    if (l == NULL)
        return;
    if (l->secure && !l->over) {
        secure_bye(l->secure);
        (void)flush_cipher(l);
    }
    secure_free(&l->secure);
    if (l->fd >= 0)
        (void)close(l->fd);
    answer_free(&l->hello);
    text_fini(&l->plain_out);
    text_fini(&l->cipher_out);
    text_fini(&l->in);
    text_fini(&l->why);
    free(l);
    *link = NULL;
}

/* One wait of the handshake. */
static enum err await_peer(struct link *link, int64_t deadline, bool *late)
{
    struct pollfd fd = {.fd = link->fd, .events = POLLIN};
    int64_t left = deadline - dial_clock_ms();
    bool ended = false;

    if (link->cipher_out.len)
        fd.events |= POLLOUT;
    *late = left <= 0 || poll(&fd, 1, (int)left) == 0;
    if (*late)
        return ERR_OK;
    enum err err = pull_cipher(link, &ended);
    return ended ? ERR_UNAVAILABLE : err;
}

static enum err shake(struct link *link, int64_t deadline, struct text *why)
{
    bool done = false;
    bool late = false;
    bool lost = false;

    for (;;) {
        enum err err = secure_shake(link->secure, &done, why);

        /* An alert tells the other side why. */
        if (flush_cipher(link) != ERR_OK)
            lost = true;
        if (err != ERR_OK || done)
            return err;
        if (lost || late) {
            say(why, link->language,
                lost ? TEXT_LINK_NO_TLS : TEXT_LINK_SILENT);
            return ERR_UNAVAILABLE;
        }
        lost = await_peer(link, deadline, &late) != ERR_OK;
    }
}

/* A greeting that is right is kept. */
static enum err check_hello(
    struct link *link, const char *line, struct text *why)
{
    struct answer hello;
    enum err err = answer_read(line, strlen(line), &hello);

    if (err != ERR_OK) {
        say(why, link->language, TEXT_LINK_NO_HELLO);
        return ERR_UNAVAILABLE;
    }
    const char *proto = words_get(&hello.words, "proto");
    if (hello.class == ANSWER_BYE) {
        const char *reason = words_get(&hello.words, "reason");

        say(why, link->language, TEXT_LINK_BYE, reason ? reason : "?");
        err = ERR_UNAVAILABLE;
    } else if (hello.class != ANSWER_HELLO || proto == NULL) {
        say(why, link->language, TEXT_LINK_NO_HELLO);
        err = ERR_UNAVAILABLE;
    } else if (strcmp(proto, "1") != 0) {
        say(why, link->language, TEXT_LINK_PROTO, proto);
        err = ERR_UNSUPPORTED;
    }
    if (err == ERR_OK)
        link->hello = hello;
    else
        answer_free(&hello);
    return err;
}

/* With TLS 1.3 a refusal of the server shows only when something is read, so
 * nobody is called connected before the greeting. */
static enum err be_greeted(
    struct link *link, int64_t deadline, struct text *why)
{
    struct link_wait wait = {.fd = -1};
    bool ended;
    char *line;

    /* The greeting may have come together with the end of the handshake. */
    if (secure_read(link->secure, &link->in, &ended, why) != ERR_OK)
        return ERR_UNAVAILABLE;
    for (line = link_line(link); line == NULL; line = link_line(link)) {
        int64_t left = deadline - dial_clock_ms();

        if (left <= 0) {
            say(why, link->language, TEXT_LINK_SILENT);
            return ERR_UNAVAILABLE;
        }
        if (link->over) {
            text_puts(why, link_why(link));
            return ERR_UNAVAILABLE;
        }
        wait.timeout_ms = (int)left;
        /* What came before the end is looked at first. */
        (void)!link_turn(link, &wait);
    }
    enum err err = check_hello(link, line, why);
    free(line);
    return err;
}

enum err link_open(
    const struct link_target *to, struct link **made, struct text *why)
{
    int64_t deadline = dial_clock_ms() + to->timeout_ms;
    struct dial_address address;
    struct link *link;

    if (dial_address_read(to->server, &address) != ERR_OK) {
        say(why, to->language, TEXT_LINK_ADDRESS, to->server);
        return ERR_ARG;
    }
    link = mem_new(sizeof *link);
    link->fd = -1;
    link->language = to->language;
    const struct secure_files files = {to->ca, to->cert, to->key};
    enum err err =
        secure_new(address.host, &files, to->language, &link->secure, why);
    if (err == ERR_OK)
        err = dial(&address, to->timeout_ms, to->language, &link->fd, why);
    if (err == ERR_OK)
        err = shake(link, deadline, why);
    if (err == ERR_OK)
        err = be_greeted(link, deadline, why);
    dial_address_fini(&address);
    if (err != ERR_OK) {
        link_close(&link);
        return err;
    }
    *made = link;
    return ERR_OK;
}
