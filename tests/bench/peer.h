/* SPDX-License-Identifier: Apache-2.0
 *
 * peer.h - the servers that are measured, each with the words for the same
 * work.
 *
 * What one can not do is NULL.  Every server has the same certificate, runs
 * in a temporary folder, listens on this machine alone, and is ended by its
 * process.
 */
#ifndef TESTS_BENCH_PEER_H
#define TESTS_BENCH_PEER_H

#include "tests/bench/net.h"
#include "tests/talk/process.h"
#include "tests/talk/stage.h"

/* Objects that changes and reads are about, one for each session. */
#define BENCH_OBJECTS 200

/* What a running server is known by. */
struct place {
    const struct stage *stage; /* certificate and key are those of its server */
    struct text folder;        /* of the peer itself, in that of the stage */
    uint16_t port;
    struct process process;
    const char *ca;
};

struct peer {
    const char *name;
    const char *durable; /* what an answer to a change promises */
    bool from_zero;      /* greeting sets the revision of the object to 0 */
    struct speech speech;
    /* Starts it and makes the objects; false when it is not installed. */
    bool (*start)(struct place *place, struct text *version);
    /* Opens a session: bytes, and how many answers they have. */
    size_t (*greet)(const struct place *place, size_t who, struct text *to);
    /* A change of object who to a value that it has not, 1 or more, when its
     * revision is still conn->rev. */
    void (*change)(
        struct conn *conn, size_t who, size_t value, struct text *to);
    void (*read)(size_t who, struct text *to);
    /* Makes a session hear of changes. */
    void (*watch)(struct text *to);
    /* So many events at once; how many answers they have. */
    size_t (*burst)(size_t events, struct text *to);
};

extern const struct peer peer_diptych, peer_redis, peer_postgres, peer_nats;

/**
 * peer_folder - make a folder for a peer, with the certificate in it
 *
 * Takes   name  of the folder
 * Gives   place->folder, and cert.pem and key.pem in it
 * Thread  any
 */
void peer_folder(struct place *place, const char *name);

/**
 * peer_port - a port that nobody listens on
 *
 * Gives   place->port
 * Thread  any
 */
void peer_port(struct place *place);

/**
 * peer_spawn - start a server of a peer and wait until it takes connections
 *
 * Takes   argv  NULL-ended
 * Gives   whether it does within ten seconds
 * Thread  any
 */
bool peer_spawn(struct place *place, const char *const *argv);

/**
 * peer_say - what a program says of its version, in one line
 *
 * Gives   whether it could be run; *version
 * Thread  any
 */
bool peer_say(const char *const *argv, struct text *version);

/**
 * peer_stop - end the server
 *
 * Gives   *place without a process
 * Thread  any
 */
void peer_stop(struct place *place);

#endif
