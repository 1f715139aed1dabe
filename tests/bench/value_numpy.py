#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
#
# The simulations of value.c with numpy, in chunks that fit its caches: free
# weights, win shares, rank acceptability, pairwise wins, central weights.
import time

import numpy as np

BIDS, DRAWS, CHUNK = 20, 100000, 2000


def simulate(criteria, sure, seed):
    rng = np.random.default_rng(seed)
    low = rng.uniform(0, 6, (BIDS, criteria))
    likely = low + rng.uniform(0, 2, (BIDS, criteria))
    high = likely + rng.uniform(0, 2, (BIDS, criteria)) + 1e-4
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
    return ranks[:, 0] / DRAWS, beats, central


for criteria in (30, 100):
    for sure in (True, False):
        best = 1e9
        for run in range(3 if criteria == 30 else 1):
            start = time.process_time()
            simulate(criteria, sure, run)
            best = min(best, time.process_time() - start)
        print(
            f"numpy   {'sure' if sure else 'triangular'} marks, {BIDS} bids, "
            f"{criteria} criteria, {DRAWS} draws: {best * 1e3:.1f} ms"
        )
