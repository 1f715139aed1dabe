/* SPDX-License-Identifier: Apache-2.0
 *
 * blank_record.h - a database with nothing in it, for one test of many.
 *
 * Most of what making one costs is SQLite reading the schema.  Where the tests
 * of a program run in one process it is made once and then copied.
 */
#ifndef TESTS_PARTS_BLANK_RECORD_H
#define TESTS_PARTS_BLANK_RECORD_H

/**
 * blank_record_make - what store_create leaves in a folder
 *
 * Takes   folder  empty, or not there yet
 * Gives   the database; aborts when the machine can not
 * Thread  one at a time
 */
void blank_record_make(const char *folder);

#endif
