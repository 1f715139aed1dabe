/* SPDX-License-Identifier: Apache-2.0
 *
 * check_import_link.c - lines of a server gathered into a reply.
 */
#include "client/notice/import_link.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

/* Takes lines until one is final; claims that it is the last. */
static void take(struct import_reply *reply, const char *const *lines, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        bool done;

        ck_assert_int_eq(
            import_reply_take(reply, lines[i], strlen(lines[i]), &done),
            ERR_OK);
        ck_assert_int_eq(done, i + 1 == n);
    }
}

START_TEST(rows_texts_and_the_final_line_are_gathered)
{
    static const char *const lines[] = {
        "  lot L-1 rev=7 code=LOT-0001 title=\"North, \\\"all\\\"\"",
        "  text field=description lines=3 bytes=9",
        "  |",
        "  | two",
        "  | ok three",
        "* 9 2027-01-01T00:00:00.000Z bid.set B-1 author=bob",
        "  text field=problem lines=1 bytes=3",
        "  | one",
        "# a notice for people",
        "  lot L-2 rev=8",
        "ok n=2 at=9 more=yes next=L-2 # a note",
    };
    struct import_reply reply = {0};

    take(&reply, lines, sizeof lines / sizeof *lines);
    ck_assert_int_eq(reply.err, ERR_OK);
    ck_assert_uint_eq(reply.rows.n, 2);
    ck_assert_str_eq(reply.rows.all[0].kind, "lot");
    ck_assert_str_eq(reply.rows.all[0].id, "L-1");
    ck_assert_str_eq(known_get(&reply.rows.all[0], "title"), "North, \"all\"");
    ck_assert_str_eq(
        known_get(&reply.rows.all[0], "description"), "\ntwo\nok three");
    ck_assert_str_eq(known_get(&reply.rows.all[0], "problem"), "one");
    ck_assert_str_eq(known_get(&reply.rows.all[1], "rev"), "8");
    ck_assert_str_eq(import_reply_final(&reply, "next"), "L-2");
    ck_assert_str_eq(import_reply_final(&reply, "absent"), "");
    import_reply_fini(&reply);
}
END_TEST

START_TEST(a_refusal_is_an_error_with_its_keys)
{
    static const char *const lines[] = {
        "  failed step=3 id=T-7", "err conflict step=3 # nothing was applied"};
    struct import_reply reply = {0};

    take(&reply, lines, 2);
    ck_assert_int_eq(reply.err, ERR_CONFLICT);
    ck_assert_str_eq(import_reply_final(&reply, "step"), "3");
    ck_assert_str_eq(reply.line.bytes, lines[1]);
    ck_assert_str_eq(known_get(&reply.rows.all[0], "id"), "T-7");
    import_reply_fini(&reply);
}
END_TEST

START_TEST(a_line_of_no_class_is_refused)
{
    struct import_reply reply = {0};
    bool done;

    ck_assert_int_eq(
        import_reply_take(&reply, "HTTP/1.1 400", 12, &done), ERR_SYNTAX);
    import_reply_fini(&reply);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("client/import_link");
    TCase *reply = tcase_create("reply");
    tcase_add_test(reply, rows_texts_and_the_final_line_are_gathered);
    tcase_add_test(reply, a_refusal_is_an_error_with_its_keys);
    tcase_add_test(reply, a_line_of_no_class_is_refused);
    suite_add_tcase(suite, reply);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
