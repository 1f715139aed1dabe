#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
#
# The computations of value.c with numpy, in chunks that fit its caches: free
# weights, win shares, rank acceptability, pairwise wins, central weights,
# confidence factors; scores and weight intervals.  Given what value.c printed,
# tells how many times as fast that was.
import re
import sys
import time

import numpy as np

BIDS, DRAWS, CHUNK = 20, 100000, 2000


def marks_of(criteria, rng):
    low = rng.uniform(0, 6, (BIDS, criteria))
    likely = low + rng.uniform(0, 2, (BIDS, criteria))
    return low, likely, likely + rng.uniform(0, 2, (BIDS, criteria)) + 1e-4


def simulate(criteria, sure, seed):
    rng = np.random.default_rng(seed)
    low, likely, high = marks_of(criteria, rng)
    ranks = np.zeros((BIDS, BIDS), np.int64)
    beats = np.zeros((BIDS, BIDS), np.int64)
    central = np.zeros((BIDS, criteria))
    for _ in range(DRAWS // CHUNK):
        w = rng.exponential(size=(CHUNK, criteria))
        w /= w.sum(axis=1, keepdims=True)
        if sure:
            total = w @ likely.T
        else:
            marks = rng.triangular(low, likely, high, (CHUNK, BIDS, criteria))
            total = np.einsum("sbk,sk->sb", marks, w)
        order = np.argsort(-total, axis=1)
        place = np.argsort(order, axis=1)
        for b in range(BIDS):
            ranks[b] += np.bincount(place[:, b], minlength=BIDS)
            beats[b] += (total[:, b : b + 1] > total).sum(axis=0)
        np.add.at(central, order[:, 0], w)
    return ranks[:, 0], beats, central


def confide(criteria, seed):
    first, _, central = simulate(criteria, False, seed)
    central /= np.maximum(first, 1)[:, None]
    rng = np.random.default_rng(seed)
    low, likely, high = marks_of(criteria, rng)
    wins = np.zeros(BIDS, np.int64)
    for _ in range(DRAWS // CHUNK):
        marks = rng.triangular(low, likely, high, (CHUNK, BIDS, criteria))
        best = np.argmax(marks @ central.T, axis=1)
        wins += (best == np.arange(BIDS)).sum(axis=0)
    return wins / DRAWS


def stay(marks, weights):
    """Between which shares of each weight the leader stays."""
    w = weights / weights.sum()
    total = marks @ w
    leader = np.argmax(total)
    rest = (total[:, None] - w * marks) / (1 - w)
    lead = marks[leader] - np.delete(marks, leader, axis=0)
    behind = np.delete(rest, leader, axis=0) - rest[leader]
    root = behind / (lead + behind)
    low = np.where(root < w, root, 0).max(axis=0)
    high = np.where(root > w, root, 1).min(axis=0)
    return np.clip(low, 0, 1), np.clip(high, 0, 1)


def best_of(runs, work):
    best = 1e9
    for _ in range(runs):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def rows():
    tail = f"{BIDS} bids, {{}} criteria, {DRAWS} draws"
    for criteria in (30, 100):
        runs = 3 if criteria == 30 else 1
        for sure in (True, False):
            name = "sure" if sure else "triangular"
            took = best_of(runs, lambda: simulate(criteria, sure, 1))
            yield f"{name} marks, " + tail.format(criteria), took * 1e3, "ms"
    took = best_of(1, lambda: confide(30, 1))
    name = "triangular marks with confidence factors, "
    yield name + tail.format(30), took * 1e3, "ms"
    rng = np.random.default_rng(1)
    marks, weights = rng.uniform(0, 10, (BIDS, 100)), rng.uniform(1, 9, 100)
    took = best_of(200, lambda: stay(marks, weights))
    name = "scores and all stability intervals, 20 bids, 100 criteria"
    yield name, took * 1e6, "us"


told = {}
if len(sys.argv) > 1:
    with open(sys.argv[1], encoding="utf-8") as lines:
        for line in lines:
            found = re.match(r"diptych (.*): ([0-9.]+) (?:ms|us)", line)
            if found:
                told[found[1]] = float(found[2])
for name, took, unit in rows():
    ratio = f"{took / told[name]:5.1f} times " if name in told else ""
    print(f"{ratio}numpy's {took:.1f} {unit}: {name}", flush=True)
