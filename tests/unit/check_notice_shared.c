/* SPDX-License-Identifier: Apache-2.0
 *
 * check_notice_shared.c - published notices against what should be read of
 * them.  The files stand beside the repository, not in it; without them the
 * test says so and passes.
 */
#include "client/notice/notice.h"
#include "tests/parts/json_flat.h"
#include "tests/parts/notice_dump.h"
#include "tests/parts/sorted.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FOLDER "../shared/data/eforms/"

static const char *const names[] = {"20-156049-001-EXP", "2024-OJS047-00137599",
    "2024-OJS065-00191534", "22-104446-001-EXP", "INVALID_cn_24_empty",
    "INVALID_cn_24_multiple", "can_24_FRA_comments", "can_24_maximal",
    "can_24_minimal", "can_24_no_tenders", "change-cn_24_open_dates", "cn_23",
    "cn_24_FRA_comments", "cn_24_maximal", "cn_24_minimal", "cn_24_open"};

static char *read_file(const char *path, size_t *len)
{
    FILE *file = fopen(path, "rb");
    struct text bytes = {0};
    char part[4096];
    size_t n;

    ck_assert_msg(file != NULL, "%s", path);
    while ((n = fread(part, 1, sizeof part, file)) > 0)
        text_add(&bytes, part, n);
    (void)fclose(file);
    *len = bytes.len;
    return text_take(&bytes);
}

static struct notice *read_notice(const char *name)
{
    char path[256];
    struct notice *notice = NULL;
    struct text why = {0};
    size_t len;

    (void)snprintf(path, sizeof path, FOLDER "notices/%s.xml", name);
    char *bytes = read_file(path, &len);
    enum err err =
        notice_read(bytes, len, path, LANGUAGE_ENGLISH, &notice, &why);
    ck_assert_msg(err == ERR_OK, "%s", text_peek(&why));
    text_fini(&why);
    free(bytes);
    return notice;
}

START_TEST(every_field_is_read_as_expected)
{
    struct notice *notice = read_notice(names[_i]);
    struct text got = {0};
    struct text want = {0};
    char path[256];
    size_t len;

    (void)snprintf(path, sizeof path, FOLDER "expected/%s.json", names[_i]);
    char *json = read_file(path, &len);
    ck_assert(json_flat(json, &want));
    dump_flat(notice, &got);
    sort_lines(&want);
    sort_lines(&got);

    ck_assert_uint_gt(want.len, 0);
    ck_assert_str_eq(text_peek(&got), text_peek(&want));
    text_fini(&got);
    text_fini(&want);
    free(json);
    notice_free(&notice);
}
END_TEST

/* The rows of one notice stand together in a table of all. */
static void check_rows(const char *table, const char *file,
    void (*dump)(const struct notice *, const char *, struct text *),
    const struct notice *notice)
{
    char path[256];
    struct text rows = {0};
    struct text first = {0};
    size_t len;

    (void)snprintf(path, sizeof path, FOLDER "expected/%s", table);
    char *all = read_file(path, &len);
    text_puts(&rows, "\n");
    dump(notice, file, &rows);
    text_printf(&first, "\n%s,", file);
    char *from = strstr(all, first.bytes);
    if (rows.len == 1) {
        ck_assert_ptr_null(from);
    } else {
        ck_assert_ptr_nonnull(from);
        ck_assert_ptr_null(strstr(from + rows.len - 1, first.bytes));
        from[rows.len] = '\0';
        ck_assert_str_eq(from, rows.bytes);
    }
    text_fini(&first);
    text_fini(&rows);
    free(all);
}

START_TEST(the_tables_hold_the_same_rows)
{
    struct notice *notice = read_notice(names[_i]);
    char file[128];

    (void)snprintf(file, sizeof file, "%s.xml", names[_i]);
    check_rows("criteria.csv", file, dump_criteria, notice);
    check_rows("lots.csv", file, dump_lots, notice);
    check_rows("tenders.csv", file, dump_tenders, notice);
    notice_free(&notice);
}
END_TEST

int main(void)
{
    if (access(FOLDER "notices", R_OK) != 0) {
        puts("skipped: no published notices beside the project");
        puts("0 passed, 0 failed");
        return EXIT_SUCCESS;
    }

    Suite *suite = suite_create("client/notice (published)");
    TCase *read = tcase_create("read");
    tcase_add_loop_test(read, every_field_is_read_as_expected, 0,
        (int)(sizeof names / sizeof *names));
    tcase_add_loop_test(read, the_tables_hold_the_same_rows, 0,
        (int)(sizeof names / sizeof *names));
    suite_add_tcase(suite, read);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
