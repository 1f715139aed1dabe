/* SPDX-License-Identifier: Apache-2.0
 *
 * json_flat.h - a JSON text as lines "path=value", for comparing in tests.
 *
 * {"a": [{"b": "x"}]} is the line a/0/b=x.  What is null or empty gives no
 * line, so that "absent" has one form.  Good enough for trusted files only.
 */
#ifndef TESTS_JSON_FLAT_H
#define TESTS_JSON_FLAT_H

#include "protocol/base_text.h"

#include <stdbool.h>

/**
 * json_flat - the leaves of a JSON text, in its order
 *
 * Gives   true and *to grown by one line per leaf (line ends in a string are
 *         printed as \n); false when the text can not be read
 * Thread  any
 */
bool json_flat(const char *json, struct text *to);

/**
 * flat_put - one line as json_flat writes it
 *
 * Takes   value  NULL or "" give no line
 * Gives   *to grown
 * Thread  any
 */
void flat_put(struct text *to, const char *path, const char *value);

#endif
