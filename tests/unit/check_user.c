/* SPDX-License-Identifier: Apache-2.0
 *
 * check_user.c - teams, users, tokens and the audit.
 */
#include "db/inside.h"
#include "protocol/limit.h"
#include "tests/unit/store_kit.h"

static struct kit kit;

static void set_up(void)
{
    kit_init(&kit);
    ck_assert_int_eq(store_begin(kit.store), ERR_OK);
}

static void tear_down(void)
{
    store_rollback(kit.store);
    kit_fini(&kit);
}

START_TEST(a_user_is_found_by_name)
{
    struct user user;

    ck_assert_int_eq(user_find(kit.store, "sue", &user), ERR_OK);
    ck_assert_str_eq(user.name, "sue");
    ck_assert_str_eq(user.team_name, "blue");
    ck_assert_uint_eq(user.team, kit.team);
    ck_assert_int_eq(user.role, ROLE_SCORER);
    ck_assert_str_eq(user.secret, "x");
    user_fini(&user);
    ck_assert_int_eq(user_find(kit.store, "SUE", &user), ERR_NONE);
}
END_TEST

static const struct {
    const char *name, *team;
    enum role role;
    enum err err;
} additions[] = {
    {"max", "blue", ROLE_READER, ERR_OK},
    {"max", "green", ROLE_OWNER, ERR_OK},
    {"ann", "green", ROLE_OWNER, ERR_EXISTS},
    {"", "blue", ROLE_READER, ERR_ARG},
    {"two words", "blue", ROLE_READER, ERR_ARG},
    {"a,b", "blue", ROLE_READER, ERR_ARG},
    {"$a", "blue", ROLE_READER, ERR_ARG},
    {"@admin", "blue", ROLE_READER, ERR_ARG},
    {"P-1", "blue", ROLE_READER, ERR_ARG},
    {"max\n", "blue", ROLE_READER, ERR_ARG},
    {"max", "two words", ROLE_READER, ERR_ARG},
    {"max", "", ROLE_READER, ERR_ARG},
    {"max", "blue", ROLE_NONE, ERR_ARG},
    {"Zoë", "blue", ROLE_READER, ERR_OK},
    {"12345678901234567890123456789012345678901234567890123456789012345",
        "blue", ROLE_READER, ERR_ARG},
};

START_TEST(a_user_is_added_when_the_name_is_free_and_a_word)
{
    struct user user = {0};

    ck_assert_int_eq(user_add(kit.store, additions[_i].name, additions[_i].team,
                         additions[_i].role, "s", KIT_TIME),
        additions[_i].err);
    enum err found = user_find(kit.store, additions[_i].name, &user);
    if (additions[_i].err == ERR_OK)
        ck_assert_str_eq(user.team_name, additions[_i].team);
    else if (additions[_i].err == ERR_ARG)
        ck_assert_int_eq(found, ERR_NONE);
    user_fini(&user);
}
END_TEST

START_TEST(a_token_names_its_user_until_it_expires)
{
    struct user user;

    ck_assert_int_eq(user_find(kit.store, "ed", &user), ERR_OK);
    ck_assert_int_eq(
        user_token_add(kit.store, user.id, "dpt_1", KIT_TIME + 1000), ERR_OK);
    user_fini(&user);
    ck_assert_int_eq(
        user_of_token(kit.store, "dpt_1", KIT_TIME, &user), ERR_OK);
    ck_assert_str_eq(user.name, "ed");
    user_fini(&user);
    ck_assert_int_eq(
        user_of_token(kit.store, "dpt_1", KIT_TIME + 1000, &user), ERR_AUTH);
    ck_assert_int_eq(
        user_of_token(kit.store, "dpt_2", KIT_TIME, &user), ERR_AUTH);
    ck_assert_int_eq(user_of_token(kit.store, "", KIT_TIME, &user), ERR_AUTH);
}
END_TEST

START_TEST(a_token_of_login_lives_as_long_as_the_limit_says)
{
    const int64_t end = KIT_TIME + LIMIT_MS(TOKEN_HOURS);
    struct user user;

    ck_assert_int_eq(user_find(kit.store, "ann", &user), ERR_OK);
    ck_assert_int_eq(
        user_token_add(kit.store, user.id, "dpt_login", end), ERR_OK);
    user_fini(&user);
    ck_assert_int_eq(
        user_of_token(kit.store, "dpt_login", end - 1, &user), ERR_OK);
    user_fini(&user);
    ck_assert_int_eq(
        user_of_token(kit.store, "dpt_login", end, &user), ERR_AUTH);
}
END_TEST

START_TEST(a_token_is_not_stored_itself)
{
    sqlite3_stmt *rows;

    ck_assert_int_eq(
        user_token_add(kit.store, 1, "dpt_secret", KIT_TIME + 1), ERR_OK);
    ck_assert_int_eq(sqlite3_prepare_v2(kit.store->sql,
                         "SELECT digest FROM tokens", -1, &rows, NULL),
        SQLITE_OK);
    ck_assert_int_eq(sqlite3_step(rows), SQLITE_ROW);
    ck_assert_int_eq(sqlite3_column_bytes(rows, 0), DIGEST_BYTES);
    ck_assert_int_ne(memcmp(sqlite3_column_blob(rows, 0), "dpt_secret", 10), 0);
    sqlite3_finalize(rows);
}
END_TEST

static int count(const char *sql)
{
    sqlite3_stmt *rows;

    ck_assert_int_eq(
        sqlite3_prepare_v2(kit.store->sql, sql, -1, &rows, NULL), SQLITE_OK);
    ck_assert_int_eq(sqlite3_step(rows), SQLITE_ROW);
    int n = sqlite3_column_int(rows, 0);
    sqlite3_finalize(rows);
    return n;
}

START_TEST(expired_tokens_are_removed)
{
    ck_assert_int_eq(
        user_token_add(kit.store, 1, "dpt_1", KIT_TIME + 1), ERR_OK);
    ck_assert_int_eq(
        user_audit(kit.store, KIT_TIME + 2, "ann", "::1", "login", ""), ERR_OK);
    ck_assert_int_eq(
        user_token_add(kit.store, 1, "dpt_2", KIT_TIME + 9), ERR_OK);
    ck_assert_int_eq(count("SELECT count(*) FROM tokens"), 1);
}
END_TEST

START_TEST(a_new_password_ends_the_tokens_of_that_user)
{
    struct user ann, ed, got;

    ck_assert_int_eq(user_find(kit.store, "ann", &ann), ERR_OK);
    ck_assert_int_eq(user_find(kit.store, "ed", &ed), ERR_OK);
    ck_assert_int_eq(
        user_token_add(kit.store, ann.id, "dpt_a", INT64_MAX), ERR_OK);
    ck_assert_int_eq(
        user_token_add(kit.store, ed.id, "dpt_e", INT64_MAX), ERR_OK);
    ck_assert_int_eq(
        user_set_secret(kit.store, "ann", "new", KIT_TIME), ERR_OK);
    ck_assert_int_eq(
        user_of_token(kit.store, "dpt_a", KIT_TIME, &got), ERR_AUTH);
    ck_assert_int_eq(user_of_token(kit.store, "dpt_e", KIT_TIME, &got), ERR_OK);
    user_fini(&got);
    user_fini(&ann);
    ck_assert_int_eq(user_find(kit.store, "ann", &ann), ERR_OK);
    ck_assert_str_eq(ann.secret, "new");
    ck_assert_int_eq(
        user_set_secret(kit.store, "nobody", "new", KIT_TIME), ERR_NONE);
    user_fini(&ann);
    user_fini(&ed);
}
END_TEST

START_TEST(changes_of_users_are_rows_of_the_journal)
{
    struct events got;
    uint64_t before, after, oldest;

    ck_assert_int_eq(store_head(kit.store, kit.team, &before), ERR_OK);
    ck_assert_int_eq(
        user_add(kit.store, "max", "blue", ROLE_EDITOR, "s", KIT_TIME), ERR_OK);
    ck_assert_int_eq(
        user_set_secret(kit.store, "max", "new", KIT_TIME), ERR_OK);
    ck_assert_int_eq(store_head(kit.store, kit.team, &after), ERR_OK);
    ck_assert_uint_eq(after, before + 2);
    ck_assert_int_eq(
        store_events(kit.store, kit.team, before, 10, &got, &oldest), ERR_OK);
    ck_assert_str_eq(got.list[0]->name, "member.add");
    ck_assert_str_eq(got.list[0]->after, "user=max role=editor");
    ck_assert_str_eq(got.list[0]->author, "@admin");
    ck_assert_str_eq(got.list[1]->name, "member.password");
    ck_assert_str_eq(got.list[1]->after, "user=max");
    events_fini(&got);
}
END_TEST

START_TEST(the_audit_counts_up)
{
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(user_audit(kit.store, KIT_TIME, "ann", "127.0.0.1",
                             "login-failed", "tries=1"),
            ERR_OK);
    ck_assert_int_eq(count("SELECT max(seq) FROM audit"), 3);
    ck_assert_int_eq(count("SELECT count(DISTINCT chain) FROM audit"), 3);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("db/user");
    TCase *tcase = kit_case(suite, "user", set_up, tear_down);

    tcase_add_test(tcase, a_token_of_login_lives_as_long_as_the_limit_says);
    tcase_add_test(tcase, a_user_is_found_by_name);
    KIT_LOOP(
        tcase, a_user_is_added_when_the_name_is_free_and_a_word, additions);
    tcase_add_test(tcase, a_token_names_its_user_until_it_expires);
    tcase_add_test(tcase, a_token_is_not_stored_itself);
    tcase_add_test(tcase, expired_tokens_are_removed);
    tcase_add_test(tcase, a_new_password_ends_the_tokens_of_that_user);
    tcase_add_test(tcase, changes_of_users_are_rows_of_the_journal);
    tcase_add_test(tcase, the_audit_counts_up);
    return kit_run(suite);
}
