/* SPDX-License-Identifier: Apache-2.0
 *
 * check_admin.c - what check finds, what a backup and a restore keep.
 */
#include "db/admin.h"
#include "db/inside.h"
#include "tests/unit/store_kit.h"

#include <sys/stat.h>

static struct kit kit;
static struct text report, heads;

/* One of everything that check looks at. */
static void set_up(void)
{
    kit_init(&kit);
    kit_fill(&kit);
    kit_do(&kit, "set OURS price=1..2..4 name=\"two words\"\n"
                 "add note on=OURS text=\"a\\nb\"\n"
                 "set NB buyer=AUTH,WE members=ann,ed title=x\n"
                 "add lot code=L2\n"
                 "set OURS reason=\"\"");
    ck_assert_int_eq(store_begin(kit.store), ERR_OK);
    ck_assert_int_eq(
        user_audit(kit.store, KIT_TIME, "eve", "::1", "login-failed", ""),
        ERR_OK);
    ck_assert_int_eq(store_commit(kit.store), ERR_OK);
}

static void tear_down(void)
{
    text_fini(&report);
    text_fini(&heads);
    kit_fini(&kit);
}

static void alter(const char *sql)
{
    char *why = NULL;
    int code;

    /* What a tamperer would do with the sqlite3 shell. */
    sqlite3_db_config(kit.store->sql, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
    code = sqlite3_exec(kit.store->sql, sql, NULL, NULL, &why);
    ck_assert_msg(code == SQLITE_OK, "%s", why);
    ck_assert_msg(sqlite3_changes(kit.store->sql) > 0, "%s", sql);
}

START_TEST(a_sound_record_has_no_findings)
{
    ck_assert_int_eq(admin_check(kit.folder, &report), ERR_OK);
    ck_assert_ptr_nonnull(strstr(report.bytes, "findings=0"));
    ck_assert_ptr_nonnull(strstr(report.bytes, "team=blue seq="));
    ck_assert_ptr_nonnull(strstr(report.bytes, "team=red seq=1"));
    ck_assert_ptr_nonnull(strstr(report.bytes, "audit seq=1"));
}
END_TEST

static const struct {
    const char *sql, *finding;
} tampers[] = {
    {"UPDATE journal SET after='price=1' WHERE name='bid.set'",
        "seq=18 was altered"},
    {"UPDATE journal SET author='eve' WHERE seq=6", "seq=6 was altered"},
    {"UPDATE journal SET time=time+1 WHERE seq=6", "seq=6 was altered"},
    {"UPDATE journal SET before='' WHERE name='bid.set'", "was altered"},
    {"UPDATE journal SET digest=zeroblob(32) WHERE seq=6", "chain breaks"},
    {"UPDATE journal SET chain=zeroblob(32) WHERE seq=6", "chain breaks"},
    {"DELETE FROM journal WHERE seq=6", "no row between seq=5 and 7"},
    {"DELETE FROM journal WHERE seq=(SELECT max(seq) FROM journal)",
        "does not end at the head"},
    {"UPDATE teams SET seq=seq-1 WHERE name='blue'",
        "does not end at the head"},
    {"UPDATE audit SET what='login'", "audit: seq=1 was altered"},
    {"UPDATE audit SET chain=zeroblob(32)", "audit: the chain breaks"},
    {"UPDATE bid SET f_price=99 WHERE id=1",
        "B-1 is not as the journal says: price"},
    {"UPDATE bid SET f_name=NULL WHERE id=1", "B-1 is not as the journal"},
    {"UPDATE bid SET f_rank=1 WHERE id=1", "journal does not know: rank"},
    {"UPDATE bid SET rev=1 WHERE id=1", "does not have the rev"},
    {"DELETE FROM lot WHERE id=2", "lot has 1 rows, the journal says 2"},
    {"DELETE FROM refs WHERE field='party' AND from_kind='bid'",
        "reference that refs lacks: party"},
    {"INSERT INTO refs SELECT team, to_kind, to_id, from_kind, 99, field FROM "
     "refs LIMIT 1",
        "refs: "},
    {"DELETE FROM party WHERE id=2", "refers to what is not there: party"},
    {"DELETE FROM codes WHERE code='OURS'", "is not found by its code OURS"},
    {"INSERT INTO codes VALUES(1, 1, 'EXTRA', 'bid', 1)", "codes: "},
    {"DELETE FROM bid_past", "bid_past has 0 rows, the journal says 1"},
    {"UPDATE bid_past SET until=until+1",
        "B-1 past: nothing follows the row of rev 13"},
    {"UPDATE bid_past SET id=99", "B-99 past: no object had the row of rev"},
    {"INSERT INTO refs VALUES(1, 'party', 1, 'bid', 98, 'party')",
        "B-98 refs: there is no such object to refer by party"},
    {"DELETE FROM criterion WHERE id=2; UPDATE refs SET to_id=2, "
     "to_kind='criterion' WHERE field='party' AND from_kind='stake'",
        "C-2 refs: there is no such object, referred to by a stake"},
    {"INSERT INTO codes VALUES(1, 1, 'NO', 'bid', 97)",
        "B-97 codes: there is no such object of the code NO"},
    {"DELETE FROM terms WHERE field='name'",
        "B-1 has words that find lacks: name"},
    {"DELETE FROM terms WHERE term='two'",
        "B-1 has words that find lacks: name"},
    {"UPDATE terms SET tender=2 WHERE term='two'", "B-1 has words that find"},
    {"INSERT INTO terms VALUES(1, 'three', 1, 'bid', 1, 'name')",
        "no bid 1 says such a word in its name"},
    {"INSERT INTO terms VALUES(1, 'two', 1, 'bid', 96, 'name')",
        "no bid 96 says such a word in its name"},
    {"INSERT INTO terms VALUES(1, 'two', 2, 'bid', 1, 'name')",
        "no bid 1 says such a word in its name"},
    {"INSERT INTO terms VALUES(2, 'two', 1, 'bid', 1, 'name')",
        "team=2 terms: no bid 1 says such a word"},
    {"INSERT INTO terms VALUES(1, '520', 1, 'bid', 1, 'price')",
        "no bid 1 says such a word in its price"},
    {"INSERT INTO terms VALUES(1, 'two', 1, 'bod', 1, 'name')",
        "no bod 1 says such a word in its name"},
    {"UPDATE counters SET last=1 WHERE kind='bid'",
        "B-2 counters: this id is above the last one given, 1"},
};

START_TEST(what_was_tampered_with_is_found)
{
    alter(tampers[_i].sql);
    enum err err = admin_check(kit.folder, &report);
    ck_assert_msg(
        err == ERR_CONFLICT, "%s: %s", tampers[_i].sql, text_peek(&report));
    ck_assert_msg(strstr(report.bytes, tampers[_i].finding) != NULL, "%s: %s",
        tampers[_i].sql, report.bytes);
}
END_TEST

/* A page that is no part of the schema is overwritten. */
START_TEST(a_broken_file_is_found)
{
    char path[128], bytes[4096];
    sqlite3_stmt *find;
    uint64_t page;

    ck_assert_int_eq(
        sql_prepare(kit.store->sql,
            "SELECT rootpage FROM sqlite_master WHERE name='bid'", &find),
        ERR_OK);
    ck_assert_int_eq(sql_number(find, &page), ERR_OK);
    sqlite3_finalize(find);
    store_close(&kit.store);
    snprintf(path, sizeof path, "%s/diptych.db", kit.folder);
    FILE *file = fopen(path, "r+");
    ck_assert_ptr_nonnull(file);
    memset(bytes, 'x', sizeof bytes);
    ck_assert_int_eq(fseek(file, (long)(page - 1) * 4096, SEEK_SET), 0);
    ck_assert_uint_eq(fwrite(bytes, 1, sizeof bytes, file), sizeof bytes);
    fclose(file);
    ck_assert_int_ne(admin_check(kit.folder, &report), ERR_OK);
    ck_assert_ptr_nonnull(strstr(report.bytes, "file: "));
}
END_TEST

START_TEST(a_folder_without_a_database_is_told)
{
    ck_assert_int_eq(admin_check("/nonexistent", &report), ERR_NONE);
    ck_assert_ptr_nonnull(strstr(report.bytes, "there is no database"));
}
END_TEST

/* The line of a report that starts so. */
static char *line_of(const struct text *of, const char *start)
{
    const char *at = strstr(text_peek(of), start);

    ck_assert_ptr_nonnull(at);
    return mem_copy(at, strcspn(at, "\n"));
}

static void backup_path(char path[80])
{
    snprintf(path, 80, "%s.bak", kit.folder);
    unlink(path);
}

START_TEST(a_backup_is_restored_with_the_same_head)
{
    char path[80], folder[64];
    struct text why = {0}, after = {0};
    struct store *store;

    backup_path(path);
    ck_assert_msg(admin_backup(kit.folder, path, &heads, &why) == ERR_OK, "%s",
        text_peek(&why));
    struct stat of;
    ck_assert_int_eq(stat(path, &of), 0);
    ck_assert_uint_eq(of.st_mode & 0777, 0600);
    ck_assert_int_eq(admin_check(kit.folder, &report), ERR_OK);
    /* The record goes on; the backup does not. */
    kit_do(&kit, "set OURS price=77");
    kit_folder(folder);
    ck_assert_msg(admin_restore(folder, path, &heads, &why) == ERR_OK, "%s",
        text_peek(&why));
    ck_assert_int_eq(admin_check(folder, &after), ERR_OK);
    char *was = line_of(&report, "team=blue"), *is = line_of(&after, "team=");
    ck_assert_str_eq(was, is);
    ck_assert_ptr_nonnull(strstr(report.bytes, "epoch=1"));
    ck_assert_ptr_null(strstr(after.bytes, "epoch=1 "));
    ck_assert_int_eq(store_open(folder, STORE_WRITE, &store, &why), ERR_OK);
    ck_assert_uint_gt(store->epoch, 1);
    store_close(&store);
    ck_assert_int_eq(admin_restore(folder, path, &heads, &why), ERR_EXISTS);
    free(was);
    free(is);
    text_fini(&why);
    text_fini(&after);
    unlink(path);
    kit_unlink(folder);
}
END_TEST

START_TEST(a_backup_replaces_nothing)
{
    char path[80];
    struct text why = {0};

    backup_path(path);
    FILE *file = fopen(path, "w");
    fputs("precious", file);
    fclose(file);
    ck_assert_int_eq(admin_backup(kit.folder, path, &heads, &why), ERR_EXISTS);
    file = fopen(path, "r");
    ck_assert_int_eq(fgetc(file), 'p');
    fclose(file);
    unlink(path);
    text_fini(&why);
}
END_TEST

START_TEST(a_backup_into_nowhere_leaves_nothing)
{
    struct text why = {0};

    ck_assert_int_eq(
        admin_backup(kit.folder, "/nonexistent/x", &heads, &why), ERR_NONE);
    ck_assert_ptr_nonnull(strstr(why.bytes, "/nonexistent/x"));
    text_fini(&why);
}
END_TEST

START_TEST(a_backup_of_a_tampered_record_is_refused)
{
    char path[80];
    struct text why = {0};

    backup_path(path);
    alter("UPDATE bid SET f_price=99 WHERE id=1");
    ck_assert_int_eq(
        admin_backup(kit.folder, path, &heads, &why), ERR_CONFLICT);
    ck_assert_int_ne(access(path, F_OK), 0);
    snprintf(path, sizeof path, "%s.bak.part", kit.folder);
    ck_assert_int_ne(access(path, F_OK), 0);
    text_fini(&why);
}
END_TEST

START_TEST(only_a_sound_backup_is_restored)
{
    char path[80], folder[64];
    struct text why = {0};

    backup_path(path);
    kit_folder(folder);
    ck_assert_int_eq(admin_restore(folder, path, &heads, &why), ERR_NONE);
    FILE *file = fopen(path, "w");
    for (int i = 0; i < 1000; i++)
        fputs("not a database", file);
    fclose(file);
    ck_assert_int_ne(admin_restore(folder, path, &heads, &why), ERR_OK);
    unlink(path);
    kit_unlink(folder);
    text_fini(&why);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("db/admin");
    TCase *check = kit_case(suite, "check", set_up, tear_down);
    TCase *backup = kit_case(suite, "backup", set_up, tear_down);

    tcase_add_test(check, a_sound_record_has_no_findings);
    KIT_LOOP(check, what_was_tampered_with_is_found, tampers);
    tcase_add_test(check, a_broken_file_is_found);
    tcase_add_test(check, a_folder_without_a_database_is_told);
    tcase_add_test(backup, a_backup_is_restored_with_the_same_head);
    tcase_add_test(backup, a_backup_replaces_nothing);
    tcase_add_test(backup, a_backup_into_nowhere_leaves_nothing);
    tcase_add_test(backup, a_backup_of_a_tampered_record_is_refused);
    tcase_add_test(backup, only_a_sound_backup_is_restored);
    return kit_run(suite);
}
