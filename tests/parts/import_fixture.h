/* SPDX-License-Identifier: Apache-2.0
 *
 * import_fixture.h - what the tests of imports share: a record in memory,
 * files in a folder of their own, and a notice to start from.
 */
#ifndef TESTS_IMPORT_FIXTURE_H
#define TESTS_IMPORT_FIXTURE_H

#include "client/notice/import.h"
#include "tests/parts/fake_record.h"
#include "tests/parts/small_notice.h"

/* One test: a record, files, and what was said on them. */
struct fixture {
    struct fake_record record;
    char folder[32];
    char files[8][64];
    size_t n;
    struct import_flags flags;
    char *said, *complained;
    enum err err;
};

/* A contract notice of two lots, as a start. */
struct start {
    struct text lots, criteria;
    struct small_notice notice;
};

/**
 * set_up - an empty record and a folder for files
 *
 * Gives   nothing; a claim that fails ends the test
 * Thread  any
 */
void set_up(struct fixture *f);

/**
 * tear_down - free it all, remove the files
 *
 * Gives   nothing; a claim that fails ends the test
 * Thread  any
 */
void tear_down(struct fixture *f);

/**
 * put_file - write a notice as the next file: a.xml, b.xml, ...
 *
 * Gives   nothing; a claim that fails ends the test
 * Thread  any
 */
void put_file(struct fixture *f, const struct small_notice *notice);

/**
 * run - import some of the files
 *
 * Gives   nothing; a claim that fails ends the test
 * Thread  any
 */
void run(struct fixture *f, size_t first, size_t n, bool linked);

/**
 * import_next - write a notice as the next file and import it
 *
 * Gives   nothing; a claim that fails ends the test
 * Thread  any
 */
void import_next(struct fixture *f, const struct small_notice *notice);

/**
 * check_field - claim what a field of an object is
 *
 * Gives   nothing; a claim that fails ends the test
 * Thread  any
 */
void check_field(
    struct fixture *f, const char *id, const char *field, const char *want);

/**
 * check_said - claim that a part stands in what was said
 *
 * Gives   nothing; a claim that fails ends the test
 * Thread  any
 */
void check_said(const char *all, const char *part);

/**
 * type - a request that a person types, which must go well
 *
 * Gives   nothing; a claim that fails ends the test
 * Thread  any
 */
void type(struct fixture *f, const char *request);

/**
 * write_lots - give the notice two lots of two criteria
 *
 * Gives   nothing; a claim that fails ends the test
 * Thread  any
 */
void write_lots(
    struct start *s, const char *due, const char *second, const char *weight);

/**
 * set_start - a contract notice to start with
 *
 * Gives   nothing; a claim that fails ends the test
 * Thread  any
 */
void set_start(struct start *s);

/**
 * end_start - free it
 *
 * Gives   nothing; a claim that fails ends the test
 * Thread  any
 */
void end_start(struct start *s);

/**
 * set_change - make it the change notice that follows it
 *
 * Gives   nothing; a claim that fails ends the test
 * Thread  any
 */
void set_change(struct start *s);

#endif
