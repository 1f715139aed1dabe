/* SPDX-License-Identifier: Apache-2.0
 *
 * check_cut.c - a journal that is kept for so long, numbers that never start
 * anew, a disk with little room, and a write-ahead log under readers.
 */
#include "db/admin.h"
#include "db/inside.h"
#include "protocol/limit.h"
#include "tests/unit/store_kit.h"

#include <sys/stat.h>
#include <sys/statvfs.h>

static struct kit kit;
static struct text report;

static void set_up(void)
{
    kit_init(&kit);
    kit_fill(&kit);
}

static void set_limit(enum limit limit, size_t value)
{
    ck_assert_int_eq(limit_set(limit, value), ERR_OK);
}

static void tear_down(void)
{
    set_limit(LIMIT_ROW_DISK_FLOOR, LIMIT_DISK_FLOOR);
    set_limit(LIMIT_ROW_WAL_PASSIVE, LIMIT_WAL_PASSIVE);
    set_limit(LIMIT_ROW_WAL_TRUNCATE, LIMIT_WAL_TRUNCATE);
    text_fini(&report);
    kit_fini(&kit);
}

static bool cut(int64_t before_ms, size_t most)
{
    bool more;

    ck_assert_int_eq(store_begin(kit.store), ERR_OK);
    ck_assert_int_eq(store_cut(kit.store, before_ms, most, &more), ERR_OK);
    ck_assert_int_eq(store_commit(kit.store), ERR_OK);
    return more;
}

static void expect_sound(void)
{
    report.len = 0;
    enum err err = admin_check(kit.folder, &report);
    ck_assert_msg(err == ERR_OK, "%s", report.bytes);
}

static enum err events_since(uint64_t since, uint64_t *oldest, size_t *n)
{
    struct events got = {0};
    enum err err = store_events(kit.store, kit.team, since, 1000, &got, oldest);

    *n = got.n;
    events_fini(&got);
    return err;
}

/* Members 1 to 4, the first transaction 5 to 9, the second 10 to 17. */
START_TEST(rows_that_are_old_go_and_the_chain_is_anchored)
{
    uint64_t oldest, head;
    size_t n;

    kit_do(&kit, "set OURS price=500");
    ck_assert(!cut(KIT_TIME + 1, 1000));
    ck_assert_int_eq(events_since(8, &oldest, &n), ERR_GONE);
    ck_assert_uint_eq(oldest, 10);
    ck_assert_int_eq(events_since(9, &oldest, &n), ERR_OK);
    ck_assert_uint_eq(n, 9);
    ck_assert_int_eq(store_head(kit.store, kit.team, &head), ERR_OK);
    ck_assert_uint_eq(head, 18);
    expect_sound();
}
END_TEST

START_TEST(a_transaction_goes_whole_or_stays)
{
    uint64_t oldest;
    size_t n;

    kit_do(&kit, "set OURS price=500");
    /* Three rows at once reach into the members alone, and so on. */
    ck_assert(cut(INT64_MAX, 2));
    ck_assert_int_eq(events_since(0, &oldest, &n), ERR_GONE);
    ck_assert_uint_eq(oldest, 3);
    ck_assert(cut(INT64_MAX, 4));
    ck_assert_int_eq(events_since(0, &oldest, &n), ERR_GONE);
    ck_assert_uint_eq(oldest, 5);
    while (cut(INT64_MAX, 4))
        expect_sound();
    /* The newest one is never cut. */
    ck_assert_int_eq(events_since(17, &oldest, &n), ERR_OK);
    ck_assert_uint_eq(oldest, 18);
    expect_sound();
}
END_TEST

START_TEST(what_was_cut_is_still_read_in_the_past)
{
    const struct viewer ann = kit_viewer(&kit);
    struct object *object;

    kit_do(&kit, "set OURS price=500");
    kit_do(&kit, "set OURS price=400");
    cut(INT64_MAX, 1000);
    ck_assert_int_eq(
        store_get(kit.store, &ann, KIND_BID, 1, 17, &object), ERR_OK);
    char *price = kit_value(object, "price");
    ck_assert_str_eq(price, "520");
    free(price);
    object_free(&object);
    kit_do(&kit, "set OURS price=300");
    kit_do(&kit, "del RIV");
    expect_sound();
}
END_TEST

START_TEST(a_tampered_row_behind_the_anchor_is_found)
{
    kit_do(&kit, "set OURS price=500");
    cut(KIT_TIME + 1, 1000);
    sqlite3_db_config(kit.store->sql, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
    ck_assert_int_eq(
        sqlite3_exec(kit.store->sql, "UPDATE anchors SET chain=zeroblob(32)",
            NULL, NULL, NULL),
        SQLITE_OK);
    ck_assert_int_eq(admin_check(kit.folder, &report), ERR_CONFLICT);
    ck_assert_ptr_nonnull(strstr(report.bytes, "the chain breaks at seq=10"));
}
END_TEST

/* Nobody knows any more which fields were changed meanwhile. */
START_TEST(a_guard_older_than_the_journal_is_a_conflict)
{
    kit_do(&kit, "set OURS price=500");
    kit_do(&kit, "set RIV rank=1");
    cut(INT64_MAX, 1000);
    kit_refuse(&kit, "set OURS name=x if=13", ERR_CONFLICT, NULL, NULL);
    kit_do(&kit, "set OURS name=x if=18");
}
END_TEST

/* A cache keyed by this number must never meet an old one again. */
START_TEST(what_was_touched_never_goes_back)
{
    uint64_t before, after, again;

    kit_do(&kit, "set OURS price=500");
    ck_assert_int_eq(store_touched(kit.store, kit.team, 2, &before), ERR_OK);
    kit_do(&kit, "set OURS price=400");
    cut(INT64_MAX, 1000);
    ck_assert_int_eq(store_touched(kit.store, kit.team, 2, &after), ERR_OK);
    ck_assert_uint_ge(after, before);
    kit_do(&kit, "add need tender=OTHER sort=job");
    ck_assert_int_eq(store_touched(kit.store, kit.team, 2, &again), ERR_OK);
    ck_assert_uint_gt(again, after);
}
END_TEST

START_TEST(a_journal_that_was_cut_is_backed_up_and_restored)
{
    char path[80], folder[64];
    struct text why = {0};

    kit_do(&kit, "set OURS price=500");
    cut(INT64_MAX, 1000);
    snprintf(path, sizeof path, "%s.bak", kit.folder);
    ck_assert_msg(admin_backup(kit.folder, path, &report, &why) == ERR_OK, "%s",
        text_peek(&why));
    kit_folder(folder);
    ck_assert_int_eq(admin_restore(folder, path, &report, &why), ERR_OK);
    unlink(path);
    kit_unlink(folder);
    text_fini(&why);
}
END_TEST

/* Numbers. */

static void reopen(void)
{
    store_close(&kit.store);
    ck_assert_int_eq(
        store_open(kit.folder, STORE_WRITE, &kit.store, &kit.why), ERR_OK);
}

START_TEST(an_id_is_never_given_twice)
{
    char path[80];
    struct text why = {0};

    kit_do(&kit, "add bid code=X party=WE");
    kit_expect(&kit, "B-3", "code", "X");
    kit_do(&kit, "del X");
    kit_do(&kit, "add bid code=X party=WE");
    kit_expect(&kit, "B-4", "code", "X");
    kit_do(&kit, "del X");
    reopen();
    kit_do(&kit, "add bid code=X party=WE");
    kit_expect(&kit, "B-5", "code", "X");
    kit_do(&kit, "del X");
    cut(INT64_MAX, 1000);
    snprintf(path, sizeof path, "%s.bak", kit.folder);
    ck_assert_int_eq(admin_backup(kit.folder, path, &report, &why), ERR_OK);
    store_close(&kit.store);
    kit_unlink(kit.folder);
    ck_assert_int_eq(admin_restore(kit.folder, path, &report, &why), ERR_OK);
    unlink(path);
    ck_assert_int_eq(
        store_open(kit.folder, STORE_WRITE, &kit.store, &kit.why), ERR_OK);
    kit_do(&kit, "add bid code=X party=WE");
    kit_expect(&kit, "B-6", "code", "X");
    text_fini(&why);
}
END_TEST

/* A disk with little room. */

START_TEST(under_the_floor_changes_are_refused_and_reading_goes_on)
{
    struct user user;

    ck_assert(!store_is_low(LIMIT_DISK_FLOOR));
    ck_assert(store_is_low(LIMIT_DISK_FLOOR - 1));
    set_limit(LIMIT_ROW_DISK_FLOOR, 1073741824);
    kit.store->low = false;
    struct statvfs of;
    ck_assert_int_eq(statvfs(kit.folder, &of), 0);
    ck_assert_int_eq(store_begin(kit.store), ERR_OK);
    ck_assert_int_eq(kit.store->low,
        (uint64_t)of.f_bavail * of.f_frsize < UINT64_C(1073741824));
    store_rollback(kit.store);
    kit_open(&kit);
    kit_queue(&kit, &kit.set, "set OURS price=1");
    ck_assert_int_eq(store_begin(kit.store), ERR_OK);
    kit.store->low = true;
    ck_assert_int_eq(store_apply(kit.store, &kit.set, KIT_TIME), ERR_FULL);
    ck_assert_int_eq(kit.set.fault.err, ERR_FULL);
    /* Who logs in is written down: that is what the room is left for. */
    ck_assert_int_eq(
        user_audit(kit.store, KIT_TIME, "ann", "::1", "login", ""), ERR_OK);
    ck_assert_int_eq(store_commit(kit.store), ERR_OK);
    ck_assert_int_eq(user_find(kit.store, "ann", &user), ERR_OK);
    user_fini(&user);
    kit_expect(&kit, "OURS", "price", "520");
    set_limit(LIMIT_ROW_DISK_FLOOR, 1);
    kit_do(&kit, "set OURS price=1");
}
END_TEST

/* The write-ahead log. */

static size_t wal_bytes(void)
{
    char path[128];
    struct stat of = {0};

    snprintf(path, sizeof path, "%s/diptych.db-wal", kit.folder);
    return stat(path, &of) == 0 ? (size_t)of.st_size : 0;
}

/* The log grows by pages, so it is the limit that is set beside it. */
START_TEST(so_many_bytes_of_the_log_ask_for_a_checkpoint)
{
    const int pages = 20;
    const size_t bytes = (size_t)pages * 4096;

    kit_do(&kit, "set OURS price=1");
    store_on_wal(kit.store, NULL, "main", pages);
    set_limit(LIMIT_ROW_WAL_TRUNCATE, bytes + 1);
    set_limit(LIMIT_ROW_WAL_PASSIVE, bytes + 1);
    store_tidy(kit.store);
    ck_assert_uint_eq(kit.store->wal_tried, 0);
    set_limit(LIMIT_ROW_WAL_PASSIVE, bytes);
    store_tidy(kit.store);
    ck_assert_uint_eq(kit.store->wal_tried, bytes);
    ck_assert_uint_gt(wal_bytes(), 0);

    kit.store->wal_tried = 0;
    store_on_wal(kit.store, NULL, "main", pages);
    set_limit(LIMIT_ROW_WAL_TRUNCATE, bytes);
    store_tidy(kit.store);
    ck_assert_uint_eq(kit.store->wal_bytes, 0);
    ck_assert_uint_eq(wal_bytes(), 0);
}
END_TEST

/* A reader pages through a list and is slow: between two pages changes are
 * made, ten times what the log may hold. */
START_TEST(a_reader_that_pages_slowly_does_not_let_the_log_grow)
{
    const struct viewer ann = kit_viewer(&kit);
    struct store *reader;
    struct text body = {0};
    size_t written = 0, most = 0;

    set_limit(LIMIT_ROW_WAL_PASSIVE, 1048576);
    set_limit(LIMIT_ROW_WAL_TRUNCATE, 4194304);
    for (int i = 0; i < 64; i++)
        kit_do(&kit, "add party sort=person");
    ck_assert_int_eq(
        store_open(kit.folder, STORE_READ, &reader, &kit.why), ERR_OK);
    text_puts(&body, "set WE policy=");
    for (int i = 0; i < 60000; i++)
        text_putc(&body, 'x');
    char *after = NULL;
    for (int page = 0; page < 64; page++) {
        struct query query = {.kind = KIND_PARTY, .limit = 1, .after = after};
        struct objects got = {0};
        struct fault fault = {0};

        ck_assert_int_eq(store_begin(reader), ERR_OK);
        ck_assert_int_eq(
            store_list(reader, &ann, &query, &got, &fault), ERR_OK);
        store_rollback(reader);
        free(after);
        after = mem_text(got.next);
        objects_fini(&got);
        for (int i = 0; i < 5; i++) {
            text_printf(&body, "%d", page * 5 + i);
            kit_do(&kit, body.bytes);
            written += body.len;
            store_tidy(kit.store);
        }
        if (wal_bytes() > most)
            most = wal_bytes();
    }
    ck_assert_uint_gt(written, UINT64_C(10485760));
    ck_assert_uint_lt(most, UINT64_C(6291456));
    free(after);
    text_fini(&body);
    store_close(&reader);
}
END_TEST

/* A snapshot that is held, as a backup does, keeps the log; when it ends the
 * log is cut, and meanwhile changes are not held up. */
START_TEST(the_log_is_cut_when_a_long_reader_ends)
{
    struct store *reader;
    struct text body = {0};
    uint64_t head;

    set_limit(LIMIT_ROW_WAL_PASSIVE, 1048576);
    set_limit(LIMIT_ROW_WAL_TRUNCATE, 2097152);
    ck_assert_int_eq(
        store_open(kit.folder, STORE_READ, &reader, &kit.why), ERR_OK);
    ck_assert_int_eq(store_begin(reader), ERR_OK);
    ck_assert_int_eq(store_head(reader, kit.team, &head), ERR_OK);
    text_puts(&body, "set WE policy=");
    for (int i = 0; i < 60000; i++)
        text_putc(&body, 'x');
    for (int i = 0; i < 40; i++) {
        text_printf(&body, "%d", i);
        kit_do(&kit, body.bytes);
        store_tidy(kit.store);
    }
    ck_assert_uint_gt(wal_bytes(), 4194304);
    store_rollback(reader);
    for (int i = 0; i < 10; i++) {
        text_printf(&body, "%d", i);
        kit_do(&kit, body.bytes);
        store_tidy(kit.store);
    }
    ck_assert_uint_lt(wal_bytes(), 2097152);
    text_fini(&body);
    store_close(&reader);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("db/cut");
    TCase *tcase = kit_case(suite, "cut", set_up, tear_down);
    TCase *room = kit_case(suite, "room", set_up, tear_down);

    tcase_add_test(tcase, so_many_bytes_of_the_log_ask_for_a_checkpoint);
    tcase_add_test(tcase, rows_that_are_old_go_and_the_chain_is_anchored);
    tcase_add_test(tcase, a_transaction_goes_whole_or_stays);
    tcase_add_test(tcase, what_was_cut_is_still_read_in_the_past);
    tcase_add_test(tcase, a_tampered_row_behind_the_anchor_is_found);
    tcase_add_test(tcase, a_guard_older_than_the_journal_is_a_conflict);
    tcase_add_test(tcase, what_was_touched_never_goes_back);
    tcase_add_test(tcase, a_journal_that_was_cut_is_backed_up_and_restored);
    tcase_add_test(tcase, an_id_is_never_given_twice);
    tcase_add_test(
        room, under_the_floor_changes_are_refused_and_reading_goes_on);
    tcase_add_test(room, a_reader_that_pages_slowly_does_not_let_the_log_grow);
    tcase_add_test(room, the_log_is_cut_when_a_long_reader_ends);
    return kit_run(suite);
}
