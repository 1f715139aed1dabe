/* SPDX-License-Identifier: Apache-2.0
 *
 * address.c - numeric addresses in and out.
 */
#include "server/net/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

static enum err refuse(const char *word, struct text *why)
{
    text_printf(why,
        "\"%s\" is no address; allowed: HOST:PORT with HOST a numeric address, "
        "[IPv6] or localhost, and PORT 0 to 65535",
        word);
    return ERR_ARG;
}

/* Digits alone: strtol would take blanks and signs too. */
static bool read_port(const char *word, in_port_t *port)
{
    unsigned long got = 0;

    if (*word == '\0' || strlen(word) > 5)
        return false;
    for (; *word; word++) {
        if (*word < '0' || *word > '9')
            return false;
        got = got * 10 + (unsigned long)(*word - '0');
    }
    if (got > 65535)
        return false;
    *port = htons((in_port_t)got);
    return true;
}

static bool read_host(const char *host, bool bracketed, in_port_t port,
    struct sockaddr_storage *to)
{
    struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_port = port};
    struct sockaddr_in four = {.sin_family = AF_INET, .sin_port = port};

    memset(to, 0, sizeof *to);
    if (bracketed) {
        if (inet_pton(AF_INET6, host, &six.sin6_addr) != 1)
            return false;
        memcpy(to, &six, sizeof six);
        return true;
    }
    if (strcmp(host, "localhost") == 0)
        host = "127.0.0.1";
    if (inet_pton(AF_INET, host, &four.sin_addr) != 1)
        return false;
    memcpy(to, &four, sizeof four);
    return true;
}

enum err address_read(
    const char *word, struct sockaddr_storage *got, struct text *why)
{
    const char *colon = strrchr(word, ':');
    char host[INET6_ADDRSTRLEN];
    struct sockaddr_storage made;
    in_port_t port = 0;

    if (colon == NULL || !read_port(colon + 1, &port))
        return refuse(word, why);
    size_t len = (size_t)(colon - word);
    bool bracketed = len >= 2 && word[0] == '[' && word[len - 1] == ']';
    if (bracketed)
        len -= 2;
    if (len == 0 || len >= sizeof host)
        return refuse(word, why);
    memcpy(host, word + (bracketed ? 1 : 0), len);
    host[len] = '\0';
    if (!read_host(host, bracketed, port, &made))
        return refuse(word, why);
    *got = made;
    return ERR_OK;
}

static struct sockaddr_in as_four(const struct sockaddr_storage *address)
{
    struct sockaddr_in four;

    memcpy(&four, address, sizeof four);
    return four;
}

static struct sockaddr_in6 as_six(const struct sockaddr_storage *address)
{
    struct sockaddr_in6 six;

    memcpy(&six, address, sizeof six);
    return six;
}

void address_print(const struct sockaddr_storage *address, char *to)
{
    char host[INET6_ADDRSTRLEN] = "";

    if (address->ss_family == AF_INET) {
        struct sockaddr_in four = as_four(address);
        (void)inet_ntop(AF_INET, &four.sin_addr, host, sizeof host);
        (void)snprintf(
            to, ADDRESS_ROOM, "%s:%u", host, (unsigned)ntohs(four.sin_port));
    } else if (address->ss_family == AF_INET6) {
        struct sockaddr_in6 six = as_six(address);
        (void)inet_ntop(AF_INET6, &six.sin6_addr, host, sizeof host);
        (void)snprintf(
            to, ADDRESS_ROOM, "[%s]:%u", host, (unsigned)ntohs(six.sin6_port));
    } else {
        (void)snprintf(to, ADDRESS_ROOM, "unknown");
    }
}

/* The first bytes of an IPv4 address inside of IPv6. */
static const unsigned char mapped[12] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

struct address_key address_key(const struct sockaddr_storage *address)
{
    struct address_key key = {{0}};

    if (address->ss_family == AF_INET) {
        struct sockaddr_in four = as_four(address);
        memcpy(key.bytes, mapped, sizeof mapped);
        memcpy(key.bytes + sizeof mapped, &four.sin_addr, 4);
    } else if (address->ss_family == AF_INET6) {
        struct sockaddr_in6 six = as_six(address);
        bool is_mapped = memcmp(&six.sin6_addr, mapped, sizeof mapped) == 0;
        memcpy(key.bytes, &six.sin6_addr, is_mapped ? 16 : 8);
    }
    return key;
}

bool address_is_local(const struct sockaddr_storage *address)
{
    struct address_key key = address_key(address);

    if (memcmp(key.bytes, mapped, sizeof mapped) == 0)
        return key.bytes[12] == 127;
    if (address->ss_family != AF_INET6)
        return false;
    struct sockaddr_in6 six = as_six(address);
    return IN6_IS_ADDR_LOOPBACK(&six.sin6_addr);
}
