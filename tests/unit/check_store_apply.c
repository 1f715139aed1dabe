/* SPDX-License-Identifier: Apache-2.0
 *
 * check_store_apply.c - changes: what is applied, what is refused, and why.
 */
#include "tests/unit/store_kit.h"

static struct kit kit;

static void set_up(void)
{
    kit_init(&kit);
}

static void tear_down(void)
{
    kit_fini(&kit);
}

/* A tender with a lot, criteria, bids, needs; "use tender=NB". */
static void fill(void)
{
    kit_do(&kit, "add party code=AUTH sort=organisation as=$a\n"
                 "add party code=WE sort=organisation\n"
                 "add party code=NIGHT sort=segment size=6000\n"
                 "add tender code=NB buyer=$a\n"
                 "add tender code=OTHER");
    kit.scope = 1;
    kit_do(&kit, "add lot code=L1\n"
                 "add criterion code=C1 sort=price weight=40\n"
                 "add criterion code=C2 sort=quality weight=60 scale-max=10\n"
                 "add bid code=OURS party=WE ours=yes price=520\n"
                 "add bid code=RIV party=AUTH price=450..500\n"
                 "add need code=N1 sort=job\n"
                 "add need code=N2 sort=pain\n"
                 "add stake party=NIGHT roles=uses");
}

START_TEST(what_is_added_is_read_back)
{
    fill();
    kit_expect(&kit, "OURS", "price", "520");
    kit_expect(&kit, "OURS", "party", "P-2");
    kit_expect(&kit, "RIV", "price", "450..500");
    kit_expect(&kit, "NB", "buyer", "P-1");
    kit_expect(&kit, "NIGHT", "size", "6000");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("db/store_apply");
    TCase *add = tcase_create("add");

    tcase_add_checked_fixture(add, set_up, tear_down);
    tcase_add_test(add, what_is_added_is_read_back);
    suite_add_tcase(suite, add);
    return kit_run(suite);
}
