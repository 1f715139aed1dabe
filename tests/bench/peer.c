/* SPDX-License-Identifier: Apache-2.0
 *
 * peer.c - what the adapters share: folders, ports, processes.
 */
#include "tests/bench/peer.h"

#include "protocol/base_mem.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#define START_MS 10000

static void copy_file(const struct place *place, const char *from,
    const char *to, const struct passwd *owner)
{
    char part[8192];
    struct text path = {0};
    size_t n;

    text_printf(&path, "%s/data/%s", place->stage->folder, from);
    FILE *in = fopen(path.bytes, "re");
    text_fini(&path);
    text_printf(&path, "%s/%s", place->folder.bytes, to);
    FILE *out = fopen(path.bytes, "we");
    INSIST(in && out);
    while ((n = fread(part, 1, sizeof part, in)) > 0)
        INSIST(fwrite(part, 1, n, out) == n);
    (void)fclose(in);
    INSIST(fclose(out) == 0 && chmod(path.bytes, 0600) == 0);
    if (owner && geteuid() == 0)
        INSIST(chown(path.bytes, owner->pw_uid, owner->pw_gid) == 0);
    text_fini(&path);
}

void peer_folder(struct place *place, const char *name)
{
    const struct passwd *owner =
        strcmp(name, "postgres") == 0 ? getpwnam(name) : NULL;

    text_fini(&place->folder);
    text_printf(&place->folder, "%s/%s", place->stage->folder, name);
    INSIST(mkdir(place->folder.bytes, 0700) == 0);
    if (owner && geteuid() == 0) {
        /* It does not run as root, and must get through to its folder. */
        INSIST(chmod(place->stage->folder, 0711) == 0);
        INSIST(chown(place->folder.bytes, owner->pw_uid, owner->pw_gid) == 0);
    }
    copy_file(place, "server.pem", "cert.pem", owner);
    copy_file(place, "server.key", "key.pem", owner);
}

void peer_port(struct place *place)
{
    struct sockaddr_in any = {
        .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof any;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    INSIST(fd >= 0 && bind(fd, (struct sockaddr *)&any, sizeof any) == 0);
    INSIST(getsockname(fd, (struct sockaddr *)&any, &len) == 0);
    place->port = ntohs(any.sin_port);
    (void)close(fd);
}

static bool takes_connections(uint16_t port)
{
    struct sockaddr_in to = {.sin_family = AF_INET,
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
        .sin_port = htons(port)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool taken = connect(fd, (struct sockaddr *)&to, sizeof to) == 0;

    (void)close(fd);
    return taken;
}

bool peer_spawn(struct place *place, const char *const *argv)
{
    struct text log = {0};
    int64_t until = now_ns() + START_MS * INT64_C(1000000);

    text_printf(&log, "%s.log", place->folder.bytes);
    bool good =
        process_start(&place->process, argv, place->folder.bytes, log.bytes);
    text_fini(&log);
    while (good && !takes_connections(place->port)) {
        good = now_ns() < until;
        (void)usleep(20000);
    }
    return good;
}

bool peer_say(const char *const *argv, struct text *version)
{
    struct text all = {0};
    bool good = process_run(argv, NULL, &all, START_MS) == 0;

    if (good)
        text_add(version, text_peek(&all), strcspn(text_peek(&all), "\n"));
    text_fini(&all);
    return good;
}

void peer_stop(struct place *place)
{
    if (place->process.pid) {
        /* SIGINT is the fast end of PostgreSQL, and the end of the others. */
        (void)kill(place->process.pid, SIGINT);
        (void)process_wait(&place->process, NULL, START_MS);
    }
    text_fini(&place->folder);
}
