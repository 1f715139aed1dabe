/* SPDX-License-Identifier: Apache-2.0
 *
 * shapley.c - exact Shapley values by all sets.
 */
#include "value/firm/shapley.h"

#include "protocol/base_mem.h"

static size_t count_bits(size_t set)
{
    size_t bits = 0;

    for (; set != 0; set &= set - 1)
        bits++;
    return bits;
}

/* sums[s] = what the player adds to all sets of s others, together. */
static void sum_by_size(
    const int64_t *values, size_t players, size_t player, mpz_t *sums)
{
    size_t bit = (size_t)1 << player;
    mpz_t value;

    mpz_init(value);
    for (size_t s = 0; s < players; s++)
        mpz_set_ui(sums[s], 0);
    for (size_t set = 0; set < (size_t)1 << players; set++) {
        size_t size = count_bits(set & ~bit);
        mpz_set_si(value, values[set]);
        if ((set & bit) == 0)
            mpz_sub(sums[size], sums[size], value);
        else
            mpz_add(sums[size], sums[size], value);
    }
    mpz_clear(value);
}

void shapley_of(const int64_t *values, size_t players, mpq_t *shares)
{
    mpz_t *sums = integers_new(players);
    mpq_t part;
    mpz_t ways;

    INSIST(players > 0 && players <= SHAPLEY_PLAYERS);
    mpq_init(part);
    mpz_init(ways);
    for (size_t e = 0; e < players; e++) {
        sum_by_size(values, players, e, sums);
        mpq_set_ui(shares[e], 0, 1);
        for (size_t s = 0; s < players; s++) {
            /* s! (k - s - 1)! / k! = 1 / (k x (k - 1 over s)) */
            mpz_bin_uiui(ways, players - 1, s);
            mpz_mul_ui(ways, ways, players);
            mpz_set(mpq_numref(part), sums[s]);
            mpz_set(mpq_denref(part), ways);
            mpq_canonicalize(part);
            mpq_add(shares[e], shares[e], part);
        }
    }
    mpz_clear(ways);
    mpq_clear(part);
    integers_free(&sums, players);
}
