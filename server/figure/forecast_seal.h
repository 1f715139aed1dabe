/* SPDX-License-Identifier: Apache-2.0
 *
 * forecast_seal.h - the digest that a forecast carries: of what it says, of the
 * draws that it was made with, and of the record that it rests on.
 */
#ifndef SERVER_FIGURE_FORECAST_SEAL_H
#define SERVER_FIGURE_FORECAST_SEAL_H

#include "db/store.h"
#include "protocol/base_text.h"

#include <stdint.h>

/* What a forecast says; MODEL_ABSENT where it says nothing. */
struct forecast_made {
    uint64_t lot;                               /* id; 0: of the tender */
    int64_t chance, points, lead, price, users; /* 1/10000 */
    int64_t seed, draws;
    const char *engine; /* version that computed it */
};

/**
 * forecast_seal - the digest of a forecast and of the record behind it
 *
 * Of the record all objects but forecasts count, with their id, rev and each
 * field that has a value, as they are written on the wire.
 *
 * Takes   record  as it was when the forecast was made
 * Gives   *to grown by 64 hexadecimal digits of SHA-256
 * Thread  any
 */
void forecast_seal(const struct record *record,
    const struct forecast_made *made, struct text *to);

/**
 * forecast_read - what a recorded forecast says
 *
 * Takes   forecast  an object of that kind, which *made points into
 * Gives   *made
 * Thread  any
 */
void forecast_read(const struct object *forecast, struct forecast_made *made);

#endif
