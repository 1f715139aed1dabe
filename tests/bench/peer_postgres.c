/* SPDX-License-Identifier: Apache-2.0
 *
 * peer_postgres.c - PostgreSQL over TLS, synchronous_commit on.
 *
 * A change is one prepared call of a function: refused unless the revision is
 * the one it was told, the new value, one row in a journal.  NOTIFY is left
 * out, which would make it slower: nobody is told of changes here.
 */
#include "tests/bench/peer.h"

#include "protocol/base_mem.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define INITDB   "/usr/lib/postgresql/15/bin/initdb"
#define POSTGRES "/usr/lib/postgresql/15/bin/postgres"

/* It asks whether the server speaks TLS. */
static bool before(int fd)
{
    static const unsigned char ask[] = {0, 0, 0, 8, 4, 210, 22, 47};
    char said = 0;

    return write(fd, ask, sizeof ask) == (ssize_t)sizeof ask &&
           read(fd, &said, 1) == 1 && said == 'S';
}

static uint32_t number_at(const char *bytes)
{
    uint32_t number;

    memcpy(&number, bytes, sizeof number);
    return ntohl(number);
}

/* A row of one column is the new revision, as text. */
static void take_row(struct conn *conn, const char *body, size_t len)
{
    char word[24] = "";

    if (len <= 6)
        return;
    size_t n = number_at(body + 2);
    if (n < sizeof word && n + 6 <= len)
        memcpy(word, body + 6, n);
    conn->rev = strtoull(word, NULL, 10);
}

static void take_fault(struct conn *conn, const char *body, size_t len)
{
    size_t n = 0;

    if (conn->faults++)
        return;
    for (size_t i = 0; i < len && n + 1 < sizeof conn->fault; i++)
        conn->fault[n++] = body[i] ? body[i] : ' ';
    conn->fault[n] = '\0';
}

static size_t take(struct conn *conn, const char *bytes, size_t len)
{
    size_t done = 0;

    while (len - done >= 5) {
        const char *message = bytes + done;
        size_t whole = 1 + number_at(message + 1);

        if (whole > len - done)
            return done;
        if (message[0] == 'Z')
            conn->answers++;
        else if (message[0] == 'D')
            take_row(conn, message + 5, whole - 5);
        else if (message[0] == 'E')
            take_fault(conn, message + 5, whole - 5);
        done += whole;
    }
    return done;
}

/* Messages to the server. */

static void put_number(struct text *to, uint32_t number)
{
    number = htonl(number);
    text_add(to, (const char *)&number, sizeof number);
}

static void put_short(struct text *to, uint16_t number)
{
    number = htons(number);
    text_add(to, (const char *)&number, sizeof number);
}

static void put_message(struct text *to, char what, const struct text *body)
{
    text_putc(to, what);
    put_number(to, (uint32_t)body->len + 4);
    text_add(to, text_peek(body), body->len);
}

static void put_query(struct text *to, const char *sql)
{
    struct text body = {0};

    text_add(&body, sql, strlen(sql) + 1);
    put_message(to, 'Q', &body);
    text_fini(&body);
}

/* Prepares a statement under a name. */
static void put_parse(struct text *to, const char *name, const char *sql)
{
    struct text body = {0};

    text_add(&body, name, strlen(name) + 1);
    text_add(&body, sql, strlen(sql) + 1);
    put_short(&body, 0);
    put_message(to, 'P', &body);
    text_fini(&body);
}

static void put_sync(struct text *to)
{
    static const struct text nothing;

    put_message(to, 'S', &nothing);
}

/* Bind, execute, sync: one call of a prepared statement. */
static void put_call(struct text *to, const char *name,
    const unsigned long long *values, uint16_t n)
{
    struct text body = {0};

    text_putc(&body, '\0');
    text_add(&body, name, strlen(name) + 1);
    put_short(&body, 0);
    put_short(&body, n);
    for (uint16_t i = 0; i < n; i++) {
        char word[24];
        int len = snprintf(word, sizeof word, "%llu", values[i]);

        put_number(&body, (uint32_t)len);
        text_add(&body, word, (size_t)len);
    }
    put_short(&body, 0);
    put_message(to, 'B', &body);
    text_fini(&body);
    text_putc(&body, '\0');
    put_number(&body, 0);
    put_message(to, 'E', &body);
    text_fini(&body);
    put_sync(to);
}

static bool run_initdb(struct place *place)
{
    const char *const argv[] = {"setpriv", "--reuid=postgres",
        "--regid=postgres", "--clear-groups", INITDB, "-D", "data", "-A",
        "trust", "-U", "bench", "--no-sync", NULL};
    bool root = geteuid() == 0;

    return process_run(
               root ? argv : argv + 4, place->folder.bytes, NULL, 60000) == 0;
}

static bool start(struct place *place, struct text *version)
{
    static const char *const ask[] = {POSTGRES, "--version", NULL};
    char port[16];
    struct text sockets = {0};

    if (!peer_say(ask, version))
        return false;
    peer_folder(place, "postgres");
    peer_port(place);
    (void)snprintf(port, sizeof port, "port=%u", place->port);
    text_printf(&sockets, "unix_socket_directories=%s", place->folder.bytes);
    const char *const argv[] = {"setpriv", "--reuid=postgres",
        "--regid=postgres", "--clear-groups", POSTGRES, "-D", "data", "-c",
        port, "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=220",
        "-c", "ssl=on", "-c", "ssl_cert_file=../cert.pem", "-c",
        "ssl_key_file=../key.pem", "-c", "ssl_min_protocol_version=TLSv1.3",
        "-c", "synchronous_commit=on", "-c", "fsync=on", "-c", sockets.bytes,
        NULL};
    bool good = run_initdb(place) &&
                peer_spawn(place, geteuid() == 0 ? argv : argv + 4);
    text_fini(&sockets);
    return good;
}

/* The first session makes tables and function; all prepare their calls. */
static size_t greet(const struct place *place, size_t who, struct text *to)
{
    static const char start_up[] = "user\0bench\0database\0postgres\0";
    static bool made;
    size_t answers = 3;

    char reset[80];

    (void)place;
    (void)snprintf(
        reset, sizeof reset, "UPDATE bid SET rev = 0 WHERE id = %zu", who);
    put_number(to, (uint32_t)sizeof start_up + 8);
    put_number(to, 196608);
    text_add(to, start_up, sizeof start_up);
    if (!made) {
        put_query(to,
            "CREATE TABLE bid(id int PRIMARY KEY, rev bigint NOT NULL, price "
            "bigint); INSERT INTO bid SELECT i, 0, 0 FROM generate_series(0, "
            "999) i; CREATE TABLE journal(seq bigserial PRIMARY KEY, id int, "
            "rev bigint, price bigint, at timestamptz DEFAULT now()); CREATE "
            "FUNCTION change(which int, old bigint, value bigint) RETURNS "
            "bigint LANGUAGE plpgsql AS $$ BEGIN UPDATE bid SET rev = rev + "
            "1, price = value WHERE id = which AND rev = old; IF NOT FOUND "
            "THEN RAISE 'conflict'; END IF; INSERT INTO journal(id, rev, "
            "price) VALUES (which, old + 1, value); RETURN old + 1; END $$");
        answers++;
        made = true;
    }
    put_query(to, reset);
    put_parse(to, "c", "SELECT change($1::int, $2::bigint, $3::bigint)");
    put_parse(to, "r", "SELECT rev, id, price FROM bid WHERE id = $1::int");
    put_sync(to);
    return answers;
}

static void change(struct conn *conn, size_t who, size_t value, struct text *to)
{
    const unsigned long long values[] = {who, conn->rev, value};

    put_call(to, "c", values, 3);
}

static void read_one(size_t who, struct text *to)
{
    const unsigned long long values[] = {who};

    put_call(to, "r", values, 1);
}

const struct peer peer_postgres = {.name = "postgresql",
    .durable = "synchronous_commit=on",
    .from_zero = true,
    .speech = {.before = before, .take = take},
    .start = start,
    .greet = greet,
    .change = change,
    .read = read_one};
