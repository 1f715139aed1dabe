/* SPDX-License-Identifier: Apache-2.0
 *
 * temp.h - a folder for one test, gone after it.
 */
#ifndef TESTS_PARTS_TEMP_H
#define TESTS_PARTS_TEMP_H

/* Room for the name of such a folder. */
#define TEMP_ROOM 64

/**
 * temp_make - make an empty folder
 *
 * Gives   folder[TEMP_ROOM]; aborts when the machine can not
 * Thread  the test's own
 */
void temp_make(char *folder);

/**
 * temp_remove - remove a folder with all that is in it
 *
 * Gives   nothing; aborts when the machine can not
 * Thread  the test's own
 */
void temp_remove(const char *folder);

#endif
