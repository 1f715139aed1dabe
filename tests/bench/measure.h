/* SPDX-License-Identifier: Apache-2.0
 *
 * measure.h - what is measured of one running server.
 */
#ifndef TESTS_BENCH_MEASURE_H
#define TESTS_BENCH_MEASURE_H

#include "tests/bench/peer.h"

/* Milliseconds; 0 where nothing was measured. */
struct spread {
    double p50, p99, p999;
};

struct measured {
    double rate; /* a second */
    double cost; /* microseconds of the server's processor time for each */
    struct spread spread;
};

enum work { WORK_CHANGE, WORK_READ, WORK_LINE };

struct job {
    enum work work;
    const char *line; /* of WORK_LINE, with its line end */
    size_t sessions;
    double rate; /* 0: each session asks as soon as it was answered */
    double seconds;
};

/**
 * spread_of - the quantiles of samples
 *
 * Takes   samples[n]  nanoseconds; they are put in order
 * Gives   milliseconds
 * Thread  any
 */
struct spread spread_of(int64_t *samples, size_t n);

/**
 * measure_open - open sessions, each logged in
 *
 * Gives   whether that worked; *net with n connections more
 * Thread  the one that owns *net
 */
bool measure_open(struct net *net, const struct peer *peer,
    const struct place *place, size_t n);

/**
 * measure_job - sessions that each have one request on its way
 *
 * With a rate requests are due at even times, and what a request waits for a
 * free session counts: times run from when it was due.
 *
 * Gives   *got; false when the server failed, which has been said
 * Thread  any
 */
bool measure_job(const struct peer *peer, const struct place *place,
    const struct job *job, struct measured *got);

/**
 * measure_burst - many events at once, to many watchers
 *
 * Gives   *got  deliveries a second
 * Thread  any
 */
bool measure_burst(const struct peer *peer, const struct place *place,
    size_t watchers, size_t events, struct measured *got);

/**
 * measure_tells - events one by one: from the request to the last watcher
 *
 * Gives   *got  deliveries a second, and how long one event took to be told
 * Thread  any
 */
bool measure_tells(const struct peer *peer, const struct place *place,
    size_t watchers, double seconds, struct measured *got);

/**
 * measure_handshakes - full handshakes, several at once
 *
 * Gives   *got  a second of the server's processor time: what one core takes
 * Thread  any
 */
bool measure_handshakes(const struct peer *peer, const struct place *place,
    double seconds, struct measured *got);

/**
 * measure_idle - memory of sessions that do nothing
 *
 * Gives   *got  KiB of each, in rate
 * Thread  any
 */
bool measure_idle(const struct peer *peer, const struct place *place,
    size_t sessions, struct measured *got);

/**
 * measure_fair - others' p99 with and without one that floods and never reads
 *
 * Takes   turns  how often each, in turn
 * Gives   alone[turns], beside[turns]
 * Thread  any
 */
bool measure_fair(const struct peer *peer, const struct place *place,
    size_t turns, struct measured *alone, struct measured *beside);

/**
 * measure_disk - how often the disk takes 4 KiB and says that it has them
 *
 * Gives   a second
 * Thread  any
 */
double measure_disk(const char *folder, double seconds);

#endif
