/* SPDX-License-Identifier: Apache-2.0
 *
 * formula_vectors.h - what the formulas give for their worked vectors, which
 * check_formulas.c makes; its build fails when a formula has none here.
 */
#ifndef TESTS_UNIT_FORMULA_VECTORS_H
#define TESTS_UNIT_FORMULA_VECTORS_H

#include "value/formula.h"
#include "value/people/power.h"

#include <stdint.h>

enum formula {
#define FORMULA(id, en, fr, source, unit, where) FORMULA_##id,
#include "value/formulas.def"
#undef FORMULA
    FORMULA_COUNT
};

static const int64_t formula_vectors[] = {
    [FORMULA_A1] = 80000000,
    [FORMULA_A2] = 64000000,
    [FORMULA_A3] = 0,
    [FORMULA_A4] = 50000000,
    [FORMULA_A5] = 75000000,
    [FORMULA_A6] = 67807191,
    [FORMULA_A7] = 44444444,
    [FORMULA_B1] = 727273,
    [FORMULA_B2] = 97105263,
    [FORMULA_B3] = 640000,
    [FORMULA_B4] = 800000,
    [FORMULA_B5] = 2000000,
    [FORMULA_C1] = 78500000000,
    [FORMULA_C2] = 130000000,
    [FORMULA_C3] = 100000000,
    [FORMULA_D1] = 50000000,
    [FORMULA_D2] = 84515425,
    [FORMULA_F10] = 400000000000,
    [FORMULA_F11] = 88615385,
    [FORMULA_F12] = 520833,
    [FORMULA_F13] = 84000000,
    [FORMULA_F14] = 300000000,
    [FORMULA_F15] = 84000000,
    [FORMULA_F16] = 4633333,
    [FORMULA_F17] = 1000000,
    [FORMULA_F18] = 362604,
    [FORMULA_F19] = 64000000,
    [FORMULA_F20] = 296667,
    [FORMULA_F21] = 1527525,
    [FORMULA_F22] = 1600000,
    [FORMULA_F23] = 700125,
    [FORMULA_F24] = 12800000,
    [FORMULA_F25] = 640000,
    [FORMULA_F26] = 12500000,
    [FORMULA_F25B] = 500000,
    [FORMULA_F27] = 1346,
    [FORMULA_F28] = 2631579,
    [FORMULA_F29] = -500000,
    [FORMULA_F30] = 68940000,
    [FORMULA_F30B] = 59635000,
    [FORMULA_F31] = 6,
    [FORMULA_F33] = POWER_RED,
    [FORMULA_F35] = 526316,
    [FORMULA_F32] = ATTENTION_SATISFY,
    [FORMULA_F36] = 540000,
    [FORMULA_P2] = 42,
    [FORMULA_P3] = 633334,
    [FORMULA_P4] = 341667,
    [FORMULA_E1] = 650000,
    [FORMULA_E2] = 200000,
    [FORMULA_E3] = -80000,
    [FORMULA_P1] = 877193,
    [FORMULA_F37] = 1688332,
    [FORMULA_F38] = 1300,
    [FORMULA_G1] = 357572,
    [FORMULA_G4] = -471405,
    [FORMULA_G5] = 52000,
    [FORMULA_G6] = 209465,
    [FORMULA_G8] = 642428,
    [FORMULA_F39] = -5384615,
    [FORMULA_G7] = 1958678,
    [FORMULA_G9] = 942308,
    [FORMULA_S1] = 126655,
    [FORMULA_S2] = 1695122,
    [FORMULA_S3] = 322438,
    [FORMULA_S4] = 197891,
    [FORMULA_S5] = 517656,
    [FORMULA_S6] = 403832,
    [FORMULA_T1] = 13600000,
    [FORMULA_M1] = 666667,
    [FORMULA_M2] = 503720,
    [FORMULA_M3] = 100000,
};

#endif
