/* SPDX-License-Identifier: Apache-2.0
 *
 * fuzz.h - what every target of the fuzzer defines.
 *
 * A target says what must hold with INSIST, which stops the program; the
 * sanitizers stop it too.  clang links it with libFuzzer ("make fuzz"); any
 * compiler links it with replay.c, which plays inputs that are kept.
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/**
 * LLVMFuzzerTestOneInput - try one input
 *
 * Takes   bytes[len]  anything
 * Gives   0; stops the program when something does not hold
 * Thread  the fuzzer's own
 */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

/**
 * LLVMFuzzerInitialize - prepare; a target that needs no preparing has none
 *
 * Gives   0
 * Thread  the fuzzer's own
 */
int LLVMFuzzerInitialize(const int *argc, char ***argv) __attribute__((weak));

#endif
