/* SPDX-License-Identifier: Apache-2.0
 *
 * check_door.c - limits of connections, and addresses as text.
 */
#include "protocol/limit.h"
#include "server/net/door.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NEVER UINT32_MAX /* a chance that refuses only when there is no room */
#define MOST  1000

static struct door *door;
static struct door_place *places[MOST];
static size_t places_n;

static void open_door(void)
{
    door_new(MOST, &door);
    places_n = 0;
}

static void close_door(void)
{
    while (places_n > 0)
        door_leave(door, &places[--places_n]);
    door_free(&door);
}

static struct sockaddr_storage address_of(const char *word)
{
    struct sockaddr_storage address;
    struct text why = {0};

    ck_assert_msg(
        address_read(word, &address, &why) == ERR_OK, "%s", text_peek(&why));
    return address;
}

static enum door_said come(const char *word, uint32_t random)
{
    struct sockaddr_storage address = address_of(word);
    enum door_said said = door_admit(door, &address, random, &places[places_n]);

    if (said == DOOR_WELCOME)
        places_n++;
    return said;
}

/* The n-th address of a network, each in a /64 of its own. */
static const char *nth(unsigned n)
{
    static char word[64];

    (void)snprintf(word, sizeof word, "10.%u.%u.1:5", n / 256, n % 256);
    return word;
}

static size_t come_until_refused(const char *word, enum door_said *said)
{
    size_t n = 0;

    while ((*said = come(word, NEVER)) == DOOR_WELCOME && n < MOST - 1)
        n++;
    return n;
}

static void log_all_in(void)
{
    for (size_t i = 0; i < places_n; i++)
        door_know(door, places[i]);
}

START_TEST(an_address_has_few_places_before_login)
{
    enum door_said said = DOOR_WELCOME;

    ck_assert_uint_eq(
        come_until_refused("10.0.0.1:5", &said), LIMIT_SHAKING_ADDRESS);
    ck_assert_int_eq(said, DOOR_ADDRESS);
    ck_assert_int_eq(come("10.0.0.2:5", NEVER), DOOR_WELCOME);
    door_know(door, places[0]);
    ck_assert_int_eq(come("10.0.0.1:6", NEVER), DOOR_WELCOME);
    ck_assert_int_eq(come("10.0.0.1:6", NEVER), DOOR_ADDRESS);
}
END_TEST

START_TEST(an_address_has_more_places_after_login)
{
    enum door_said said = DOOR_WELCOME;
    size_t n = 0;

    for (size_t more = 1; more > 0; n += more) {
        more = come_until_refused("10.0.0.1:5", &said);
        log_all_in();
    }
    ck_assert_uint_eq(n, LIMIT_PER_ADDRESS);
    door_leave(door, &places[--places_n]);
    ck_assert_int_eq(come("10.0.0.1:5", NEVER), DOOR_WELCOME);
}
END_TEST

START_TEST(neighbours_of_one_network_share_their_places)
{
    enum door_said said = DOOR_WELCOME;

    ck_assert_uint_eq(come_until_refused("[2001:db8:1:2::1]:5", &said),
        LIMIT_SHAKING_ADDRESS);
    ck_assert_int_eq(come("[2001:db8:1:2:ffff::9]:5", NEVER), DOOR_ADDRESS);
    ck_assert_int_eq(come("[2001:db8:1:3::1]:5", NEVER), DOOR_WELCOME);
}
END_TEST

START_TEST(an_address_is_the_same_inside_of_ipv6)
{
    enum door_said said = DOOR_WELCOME;

    ck_assert_uint_eq(
        come_until_refused("10.0.0.1:5", &said), LIMIT_SHAKING_ADDRESS);
    ck_assert_int_eq(come("[::ffff:10.0.0.1]:5", NEVER), DOOR_ADDRESS);
    ck_assert_int_eq(come("[::ffff:10.0.0.2]:5", NEVER), DOOR_WELCOME);
}
END_TEST

START_TEST(a_crowd_before_login_is_thinned_and_then_refused)
{
    for (unsigned i = 0; i < LIMIT_SHAKING_EARLY; i++)
        ck_assert_int_eq(come(nth(i), 0), DOOR_WELCOME);

    ck_assert_int_eq(come(nth(300), 0), DOOR_CROWDED);
    for (unsigned i = LIMIT_SHAKING_EARLY; i < LIMIT_SHAKING; i++)
        (void)come(nth(i), LIMIT_SHAKING - LIMIT_SHAKING_EARLY);
    ck_assert_uint_eq(places_n, LIMIT_SHAKING);
    ck_assert_int_eq(come(nth(300), NEVER), DOOR_CROWDED);

    log_all_in();
    ck_assert_int_eq(come(nth(300), 0), DOOR_WELCOME);
}
END_TEST

static const char *const locals[] = {"127.0.0.1:5", "127.9.9.9:5", "[::1]:5",
    "[::ffff:127.0.0.1]:5", "localhost:5"};

START_TEST(the_loopback_counts_against_the_sum_alone)
{
    for (size_t i = 0; i < MOST; i++) {
        ck_assert(!door_is_full(door));
        ck_assert_int_eq(come(locals[_i], 0), DOOR_WELCOME);
    }
    ck_assert(door_is_full(door));
    door_leave(door, &places[--places_n]);
    ck_assert(!door_is_full(door));
}
END_TEST

static const struct {
    const char *word;
    const char *printed; /* NULL: refused */
    bool local;
} addresses[] = {
    {"127.0.0.1:7766", "127.0.0.1:7766", true},
    {"localhost:0", "127.0.0.1:0", true},
    {"0.0.0.0:65535", "0.0.0.0:65535", false},
    {"[::1]:1", "[::1]:1", true},
    {"[::]:1", "[::]:1", false},
    {"[2001:db8::1]:1", "[2001:db8::1]:1", false},
    {"", NULL, false},
    {":1", NULL, false},
    {"127.0.0.1", NULL, false},
    {"127.0.0.1:", NULL, false},
    {"127.0.0.1:65536", NULL, false},
    {"127.0.0.1:000001", NULL, false},
    {"127.0.0.1:-1", NULL, false},
    {"127.0.0.1: 1", NULL, false},
    {"127.1:1", NULL, false},
    {"127.0.0.1.example:1", NULL, false},
    {"::1:1", NULL, false},
    {"[127.0.0.1]:1", NULL, false},
    {"[]:1", NULL, false},
    {"[::1:1", NULL, false},
    {"example.com:1", NULL, false},
    {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa:1",
        NULL, false},
};

START_TEST(an_address_is_read_or_refused)
{
    struct sockaddr_storage got = {0};
    struct text why = {0};
    char printed[ADDRESS_ROOM];
    enum err err = address_read(addresses[_i].word, &got, &why);

    if (addresses[_i].printed == NULL) {
        ck_assert_int_eq(err, ERR_ARG);
        ck_assert_ptr_nonnull(strstr(text_peek(&why), "allowed: HOST:PORT"));
        ck_assert_int_eq(got.ss_family, 0);
    } else {
        ck_assert_int_eq(err, ERR_OK);
        address_print(&got, printed);
        ck_assert_str_eq(printed, addresses[_i].printed);
        ck_assert(address_is_local(&got) == addresses[_i].local);
    }
    text_fini(&why);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("server/door");
    TCase *at = tcase_create("door");

    tcase_add_checked_fixture(at, open_door, close_door);
    tcase_add_test(at, an_address_has_few_places_before_login);
    tcase_add_test(at, an_address_has_more_places_after_login);
    tcase_add_test(at, neighbours_of_one_network_share_their_places);
    tcase_add_test(at, an_address_is_the_same_inside_of_ipv6);
    tcase_add_test(at, a_crowd_before_login_is_thinned_and_then_refused);
    tcase_add_loop_test(at, the_loopback_counts_against_the_sum_alone, 0,
        sizeof locals / sizeof *locals);
    tcase_add_loop_test(at, an_address_is_read_or_refused, 0,
        sizeof addresses / sizeof *addresses);
    suite_add_tcase(suite, at);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
