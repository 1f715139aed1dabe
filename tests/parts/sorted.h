/* SPDX-License-Identifier: Apache-2.0
 *
 * sorted.h - texts of lines whose order does not matter, for comparing.
 */
#ifndef TESTS_SORTED_H
#define TESTS_SORTED_H

#include "protocol/base_text.h"

/**
 * sort_lines - put the lines of a text in order
 *
 * Gives   *t sorted, without empty lines
 * Thread  any
 */
void sort_lines(struct text *t);

/**
 * drop_lines - take out the lines that hold a word
 *
 * Gives   *t perhaps shorter
 * Thread  any
 */
void drop_lines(struct text *t, const char *word);

#endif
