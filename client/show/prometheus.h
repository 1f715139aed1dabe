/* SPDX-License-Identifier: Apache-2.0
 *
 * prometheus.h - the answer to stat in the text form that Prometheus reads.
 */
#ifndef CLIENT_SHOW_PROMETHEUS_H
#define CLIENT_SHOW_PROMETHEUS_H

#include "client/show/rows.h"

/**
 * prometheus_print - rows of stat as metrics
 *
 * Each metric has its HELP and TYPE lines, names begin with "diptych_", units
 * are seconds and bytes, counters end in "_total".  Rows and figures that are
 * not known are left out.
 *
 * Gives   *to grown; nothing for rows that are not those of stat
 * Thread  any
 */
void prometheus_print(struct text *to, const struct rows *rows);

#endif
