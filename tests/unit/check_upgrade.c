/* SPDX-License-Identifier: Apache-2.0
 *
 * check_upgrade.c - a database of an earlier version becomes one of this
 * version, with all that it held; what is more than additions is refused in
 * words, and then nothing is changed.
 */
#include "db/admin.h"
#include "db/inside.h"
#include "db/search.h"
#include "tests/parts/temp.h"
#include "tests/unit/store_kit.h"

#include <dirent.h>
#include <sys/stat.h>

#define VERSION_1 "tests/samples/version-1.sql"
/* Heads of that database, as the server that made it printed them. */
#define BLUE                                                                   \
    "team=blue seq=106 "                                                       \
    "chain=f82f0bdfe8016264bcc6153864e6d8b3988407160fa92c030ae5e114e4fe233e"
#define RED                                                                    \
    "team=red seq=1 "                                                          \
    "chain=b556253f029cca257231f4527382c6d656bc0e0cbe4ef573c25cb39c11b3f01e"

static char folder[TEMP_ROOM];
static struct text report, why;

static void set_up(void)
{
    temp_make(folder);
}

static void tear_down(void)
{
    text_fini(&report);
    text_fini(&why);
    temp_remove(folder);
}

static void run_sql(const char *text)
{
    char path[128];
    char *message = NULL;
    sqlite3 *sql;

    snprintf(path, sizeof path, "%s/diptych.db", folder);
    ck_assert_int_eq(sqlite3_open(path, &sql), SQLITE_OK);
    int code = sqlite3_exec(sql, text, NULL, NULL, &message);
    ck_assert_msg(code == SQLITE_OK, "%s", message);
    ck_assert_int_eq(sqlite3_close(sql), SQLITE_OK);
}

static void make_version_1(void)
{
    FILE *file = fopen(VERSION_1, "r");
    struct text dump = {0};
    char bytes[4096];
    size_t n;

    ck_assert_ptr_nonnull(file);
    while ((n = fread(bytes, 1, sizeof bytes, file)) > 0)
        text_add(&dump, bytes, n);
    fclose(file);
    run_sql(dump.bytes);
    text_fini(&dump);
}

/* A database of this version that believes it is not. */
static void make_current(const char *changes)
{
    ck_assert_int_eq(store_create(folder, &why), ERR_OK);
    run_sql("UPDATE meta SET value=1 WHERE name='shape'");
    run_sql(changes);
}

static void upgrade(void)
{
    report.len = 0;
    enum err err = admin_upgrade(folder, &report, &why);
    ck_assert_msg(err == ERR_OK, "%s", text_peek(&why));
}

/* The copy that was made first; "" when there is none. */
static void find_copy(char path[256])
{
    DIR *of = opendir(folder);
    const struct dirent *entry;

    *path = '\0';
    while ((entry = readdir(of)) != NULL)
        if (strncmp(entry->d_name, "before-upgrade-", 15) == 0)
            snprintf(path, 256, "%s/%.120s", folder, entry->d_name);
    closedir(of);
}

START_TEST(version_1_keeps_all_that_it_held)
{
    char copy[256];
    struct stat of;

    make_version_1();
    upgrade();
    ck_assert_ptr_nonnull(strstr(report.bytes, "from version 1"));
    ck_assert_ptr_nonnull(strstr(report.bytes, "shape"));
    report.len = 0;
    enum err err = admin_check(folder, &report);
    ck_assert_msg(err == ERR_OK, "%s", report.bytes);
    ck_assert_ptr_nonnull(strstr(report.bytes, BLUE));
    ck_assert_ptr_nonnull(strstr(report.bytes, RED));
    ck_assert_ptr_nonnull(strstr(report.bytes, "journal=107 objects=95 "));
    find_copy(copy);
    ck_assert_int_eq(stat(copy, &of), 0);
    ck_assert_uint_eq(of.st_mode & 0777, 0600);
}
END_TEST

static const struct viewer ann = {.team = 1, .user = "ann", .role = ROLE_OWNER};

static void expect_field(struct store *store, enum kind kind, uint64_t id,
    uint64_t at, const char *field, const char *want)
{
    struct object *object;

    ck_assert_int_eq(store_get(store, &ann, kind, id, at, &object), ERR_OK);
    char *value = kit_value(object, field);
    ck_assert_str_eq(value, want);
    free(value);
    object_free(&object);
}

START_TEST(the_past_of_version_1_can_be_read)
{
    struct store *store;
    struct object *object;
    struct events log = {0};
    const struct log_query of_bid = {.kind = KIND_BID, .id = 1, .limit = 10};
    uint64_t older;

    make_version_1();
    upgrade();
    ck_assert_int_eq(store_open(folder, STORE_READ, &store, &why), ERR_OK);
    expect_field(store, KIND_BID, 1, 0, "price", "505..510..520");
    expect_field(store, KIND_BID, 1, 88, "price", "520");
    expect_field(store, KIND_TENDER, 1, 88, "state", "watch");
    ck_assert_int_eq(
        store_get(store, &ann, KIND_CRITERION, 5, 0, &object), ERR_NONE);
    expect_field(store, KIND_CRITERION, 5, 98, "weight", "1..3");
    ck_assert_int_eq(store_log(store, &ann, &of_bid, &log, &older), ERR_OK);
    ck_assert_uint_eq(log.n, 3);
    events_fini(&log);
    store_close(&store);
}
END_TEST

START_TEST(work_goes_on_after_the_upgrade)
{
    struct kit kit = {.team = 1,
        .user = "ann",
        .role = ROLE_OWNER,
        .scope = 1,
        .now_ms = INT64_C(1900000000000)};

    make_version_1();
    upgrade();
    ck_assert_int_eq(store_open(folder, STORE_WRITE, &kit.store, &why), ERR_OK);
    kit_do(&kit, "set OURS price=500\nadd party code=NEW sort=person\n"
                 "set NB members=ann,bob");
    ck_assert_uint_eq(kit.set.head, 109);
    /* Ids go on where they were: a party was deleted before. */
    kit_expect(&kit, "P-9", "code", "NEW");
    changeset_fini(&kit.set);
    store_close(&kit.store);
    report.len = 0;
    enum err err = admin_check(folder, &report);
    ck_assert_msg(err == ERR_OK, "%s", report.bytes);
}
END_TEST

/* The words of find stood by word, whatever the tender, once. */
#define BY_WORD                                                                \
    "CREATE TABLE old AS SELECT * FROM terms; DROP TABLE terms; "              \
    "CREATE TABLE terms(team INTEGER NOT NULL, term TEXT NOT NULL, "           \
    "tender INTEGER NOT NULL, kind TEXT NOT NULL, id INTEGER NOT NULL, "       \
    "field TEXT NOT NULL, PRIMARY KEY(team, term, tender, kind, id, field)) "  \
    "STRICT, WITHOUT ROWID; INSERT INTO terms SELECT * FROM old; "             \
    "DROP TABLE old; UPDATE meta SET value=1 WHERE name='shape'"

static void expect_words_of_ours(struct store *store)
{
    struct search search = {.limit = 10};
    struct hits got = {0};
    struct fault fault = {0};

    ck_assert_int_eq(search_add(&search, "night", false), ERR_OK);
    ck_assert_int_eq(store_search(store, &ann, &search, &got, &fault), ERR_OK);
    ck_assert_uint_gt(got.n, 0);
    hits_fini(&got);
    search_fini(&search);
}

START_TEST(words_that_stand_in_another_order_are_written_again)
{
    struct store *store;

    make_version_1();
    upgrade();
    ck_assert_int_eq(store_open(folder, STORE_WRITE, &store, &why), ERR_OK);
    expect_words_of_ours(store);
    store_close(&store);
    run_sql(BY_WORD);
    upgrade();
    ck_assert_ptr_nonnull(strstr(report.bytes, "added: terms"));
    ck_assert_int_eq(store_open(folder, STORE_WRITE, &store, &why), ERR_OK);
    expect_words_of_ours(store);
    store_close(&store);
    report.len = 0;
    enum err err = admin_check(folder, &report);
    ck_assert_msg(err == ERR_OK, "%s", report.bytes);
}
END_TEST

START_TEST(an_older_database_is_not_worked_on_but_refused_with_the_command)
{
    struct store *store;

    make_version_1();
    ck_assert_int_eq(
        store_open(folder, STORE_READ, &store, &why), ERR_UNSUPPORTED);
    ck_assert_ptr_nonnull(strstr(why.bytes, "diptychd upgrade"));
    ck_assert_int_eq(admin_check(folder, &report), ERR_UNSUPPORTED);
}
END_TEST

START_TEST(a_database_of_this_version_is_left_alone)
{
    char copy[256];

    ck_assert_int_eq(store_create(folder, &why), ERR_OK);
    upgrade();
    ck_assert_uint_eq(report.len, 0);
    find_copy(copy);
    ck_assert_str_eq(copy, "");
}
END_TEST

START_TEST(a_second_upgrade_does_nothing)
{
    make_version_1();
    upgrade();
    upgrade();
    ck_assert_uint_eq(report.len, 0);
}
END_TEST

/* What an earlier version lacked. */
static const struct {
    const char *changes, *added;
} additions[] = {
    {"ALTER TABLE party DROP COLUMN f_size;"
     "ALTER TABLE party_past DROP COLUMN f_size;"
     "DELETE FROM shape WHERE field='size'",
        "added: party.size\n"},
    {"ALTER TABLE bid DROP COLUMN f_price;"
     "ALTER TABLE bid DROP COLUMN f_price_from;"
     "ALTER TABLE bid DROP COLUMN f_price_to;"
     "ALTER TABLE bid_past DROP COLUMN f_price;"
     "ALTER TABLE bid_past DROP COLUMN f_price_from;"
     "ALTER TABLE bid_past DROP COLUMN f_price_to;"
     "DELETE FROM shape WHERE field='price' AND kind='bid'",
        "added: bid.price, bid.price-from, bid.price-to\n"},
    {"DROP TABLE award; DROP TABLE award_past;"
     "DELETE FROM shape WHERE kind='award'",
        "added: award\n"},
    {"UPDATE shape SET allowed='lot' WHERE kind='lot' AND field='sort'",
        "added: nothing\n"},
    {"DROP INDEX journal_tender; CREATE INDEX journal_tender ON journal(time)",
        "added: nothing\n"},
    {"DROP INDEX stake_key", "added: nothing\n"},
    {"CREATE INDEX extra ON journal(time)", "added: nothing\n"},
    {"DROP TABLE once", "added: once\n"},
};

START_TEST(what_is_added_reaches_the_database_by_itself)
{
    make_current(additions[_i].changes);
    upgrade();
    ck_assert_msg(
        strstr(report.bytes, additions[_i].added) != NULL, "%s", report.bytes);
    report.len = 0;
    enum err err = admin_check(folder, &report);
    ck_assert_msg(err == ERR_OK, "%s", report.bytes);
    upgrade();
    ck_assert_uint_eq(report.len, 0);
}
END_TEST

static const struct {
    const char *changes, *says;
    enum err err;
} refusals[] = {
    {"ALTER TABLE bid ADD COLUMN f_colour TEXT",
        "the field bid.colour, which this version does not know",
        ERR_UNSUPPORTED},
    {"INSERT INTO shape VALUES('bid', 'colour', 'word', '')",
        "the field bid.colour, which this version does not know",
        ERR_UNSUPPORTED},
    {"INSERT INTO shape VALUES('ship', 'mast', 'word', '')",
        "the field ship.mast, which", ERR_UNSUPPORTED},
    {"CREATE TABLE ship(id INTEGER PRIMARY KEY) STRICT", "ship.id, which",
        ERR_UNSUPPORTED},
    {"UPDATE shape SET type='text' WHERE kind='bid' AND field='rank'",
        "the field bid.rank is of type text there and int", ERR_UNSUPPORTED},
    {"UPDATE shape SET allowed=allowed||',burnt' WHERE kind='bid' AND "
     "field='state'",
        "bid.state allows \"burnt\"", ERR_UNSUPPORTED},
    {"UPDATE shape SET allowed='person' WHERE kind='bid' AND field='party'",
        "bid.party allows \"person\"", ERR_UNSUPPORTED},
    {"DROP TABLE award; CREATE TABLE award AS SELECT * FROM bid", "award.",
        ERR_UNSUPPORTED},
    {"ALTER TABLE criterion DROP COLUMN f_sort; DELETE FROM shape WHERE "
     "kind='criterion' AND field='sort'",
        "the field criterion.sort is needed", ERR_UNSUPPORTED},
    {"ALTER TABLE journal DROP COLUMN session",
        "the column journal.session can not be added", ERR_UNSUPPORTED},
    {"PRAGMA user_version=99", "version 99", ERR_UNSUPPORTED},
    {"PRAGMA application_id=7", "not a database of this server",
        ERR_UNSUPPORTED},
    {"DROP INDEX stake_key; INSERT INTO stake(team, id, rev, author, time, "
     "tender, creator) VALUES(1,1,1,'a',1,1,'a'), (1,2,1,'a',1,1,'a')",
        "UNIQUE", ERR_INTERNAL},
    {"INSERT INTO audit VALUES(1,1,'a','b','c','d',NULL,zeroblob(32),"
     "zeroblob(32))",
        "chain breaks", ERR_CONFLICT},
};

static void read_file(struct text *to)
{
    char path[128], bytes[4096];
    size_t n;

    snprintf(path, sizeof path, "%s/diptych.db", folder);
    FILE *file = fopen(path, "r");
    while ((n = fread(bytes, 1, sizeof bytes, file)) > 0)
        text_add(to, bytes, n);
    fclose(file);
}

/* The shape that the database believes in, so that a change of it shows. */
static uint64_t shape_of(void)
{
    char path[128];
    sqlite3 *sql;
    sqlite3_stmt *find;
    uint64_t shape;

    snprintf(path, sizeof path, "%s/diptych.db", folder);
    ck_assert_int_eq(sqlite3_open(path, &sql), SQLITE_OK);
    ck_assert_int_eq(
        sql_prepare(sql, "SELECT value FROM meta WHERE name='shape'", &find),
        ERR_OK);
    ck_assert_int_eq(sql_number(find, &shape), ERR_OK);
    sqlite3_finalize(find);
    sqlite3_close(sql);
    return shape;
}

START_TEST(what_is_more_than_an_addition_is_refused_in_words)
{
    make_current(refusals[_i].changes);
    enum err err = admin_upgrade(folder, &report, &why);
    ck_assert_msg(strstr(text_peek(&why), refusals[_i].says) != NULL, "%s",
        text_peek(&why));
    ck_assert_int_eq(err, refusals[_i].err);
    ck_assert_uint_eq(report.len, 0);
    ck_assert_uint_eq(shape_of(), 1);
}
END_TEST

START_TEST(a_refusal_before_the_copy_leaves_every_byte)
{
    struct text before = {0}, after = {0};
    char copy[256];

    make_current(refusals[0].changes);
    read_file(&before);
    ck_assert_int_eq(admin_upgrade(folder, &report, &why), ERR_UNSUPPORTED);
    read_file(&after);
    ck_assert_uint_eq(before.len, after.len);
    ck_assert_mem_eq(before.bytes, after.bytes, before.len);
    find_copy(copy);
    ck_assert_str_eq(copy, "");
    text_fini(&before);
    text_fini(&after);
}
END_TEST

START_TEST(a_folder_without_a_database_is_told)
{
    ck_assert_int_eq(admin_upgrade(folder, &report, &why), ERR_NONE);
    ck_assert_ptr_nonnull(strstr(why.bytes, "there is no database"));
}
END_TEST

START_TEST(a_server_that_runs_keeps_the_upgrade_out)
{
    int lock;

    make_version_1();
    ck_assert_int_eq(folder_lock(folder, &lock, &why), ERR_OK);
    ck_assert_int_eq(admin_upgrade(folder, &report, &why), ERR_BUSY);
    close(lock);
}
END_TEST

/* The copy is what a server of the earlier version goes back to. */
START_TEST(the_copy_can_be_restored_and_upgraded)
{
    char copy[256], again[TEMP_ROOM];

    make_version_1();
    upgrade();
    find_copy(copy);
    temp_make(again);
    report.len = 0;
    enum err err = admin_restore(again, copy, &report, &why);
    ck_assert_msg(err == ERR_OK, "%s", text_peek(&why));
    ck_assert_ptr_nonnull(strstr(report.bytes, BLUE));
    ck_assert_int_eq(admin_check(again, &report), ERR_UNSUPPORTED);
    ck_assert_int_eq(admin_upgrade(again, &report, &why), ERR_OK);
    report.len = 0;
    ck_assert_int_eq(admin_check(again, &report), ERR_OK);
    ck_assert_ptr_nonnull(strstr(report.bytes, BLUE));
    temp_remove(again);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("db/upgrade");
    TCase *tcase = kit_case(suite, "upgrade", set_up, tear_down);

    tcase_add_test(tcase, version_1_keeps_all_that_it_held);
    tcase_add_test(tcase, the_past_of_version_1_can_be_read);
    tcase_add_test(tcase, work_goes_on_after_the_upgrade);
    tcase_add_test(tcase, words_that_stand_in_another_order_are_written_again);
    tcase_add_test(
        tcase, an_older_database_is_not_worked_on_but_refused_with_the_command);
    tcase_add_test(tcase, a_database_of_this_version_is_left_alone);
    tcase_add_test(tcase, a_second_upgrade_does_nothing);
    KIT_LOOP(tcase, what_is_added_reaches_the_database_by_itself, additions);
    KIT_LOOP(
        tcase, what_is_more_than_an_addition_is_refused_in_words, refusals);
    tcase_add_test(tcase, a_refusal_before_the_copy_leaves_every_byte);
    tcase_add_test(tcase, a_folder_without_a_database_is_told);
    tcase_add_test(tcase, a_server_that_runs_keeps_the_upgrade_out);
    tcase_add_test(tcase, the_copy_can_be_restored_and_upgraded);
    return kit_run(suite);
}
