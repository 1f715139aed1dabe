/* SPDX-License-Identifier: Apache-2.0
 *
 * check_store_rights.c - rights, what is hidden, and deleting.
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

/* Rights. */

static const struct {
    const char *user;
    enum role role;
    const char *line;
    const char *needed; /* NULL: allowed */
} rights[] = {
    {"rob", ROLE_READER, "add note on=OURS text=a", "scorer"},
    {"sue", ROLE_SCORER, "add note on=OURS text=a", NULL},
    {"sue", ROLE_SCORER, "add mark bid=OURS criterion=C1 value=1", NULL},
    {"sue", ROLE_SCORER, "add need code=X sort=job", "editor"},
    {"sue", ROLE_SCORER, "set OURS price=1", "editor"},
    {"sue", ROLE_SCORER, "set M-1 value=2", NULL},
    {"sue", ROLE_SCORER, "set M-2 value=2", "editor"},
    {"sue", ROLE_SCORER, "del M-1", NULL},
    {"sue", ROLE_SCORER, "del M-2", "editor"},
    {"ed", ROLE_EDITOR, "set M-1 value=2", NULL},
    {"ed", ROLE_EDITOR, "set NB title=x", NULL},
    {"ed", ROLE_EDITOR, "set NB state=won", "owner"},
    {"ed", ROLE_EDITOR, "set NB members=ed", "owner"},
    {"ed", ROLE_EDITOR, "add tender code=X", NULL},
    {"ed", ROLE_EDITOR, "del OTHER", "owner"},
    {"ed", ROLE_EDITOR, "del L1", NULL},
    {"ann", ROLE_OWNER, "set NB state=won members=ann", NULL},
    {"ann", ROLE_OWNER, "del OTHER", NULL},
};

START_TEST(a_role_allows_what_it_should)
{
    kit_fill(&kit);
    kit_as(&kit, "sue", ROLE_SCORER);
    kit_do(&kit, "add mark bid=OURS criterion=C2 value=7");
    kit_as(&kit, "ann", ROLE_OWNER);
    kit_do(&kit, "add mark bid=RIV criterion=C2 value=7");
    /* Who changed a mark does not own it. */
    kit_do(&kit, "set M-1 value=6");
    kit_as(&kit, rights[_i].user, rights[_i].role);
    if (rights[_i].needed == NULL) {
        kit_do(&kit, rights[_i].line);
        return;
    }
    kit_refuse(&kit, rights[_i].line, ERR_DENIED, NULL, NULL);
    ck_assert_str_eq(kit.set.fault.allowed, rights[_i].needed);
    ck_assert_str_eq(kit.set.fault.got, role_word(rights[_i].role));
}
END_TEST

/* What is narrowed to ann is not there for ed. */
static const struct {
    const char *line;
    enum err err;
} hidden[] = {
    {"set OURS:bid price=1", ERR_NONE},
    {"set B-1 price=1", ERR_NONE},
    {"set NB:tender title=x", ERR_NONE},
    {"del N1", ERR_NONE},
    {"add need code=X sort=job", ERR_NONE},
    {"add need code=X sort=job tender=NB", ERR_NONE},
    {"add note on=B-1 text=x", ERR_NONE},
    {"add note on=T-1 text=x", ERR_NONE},
    {"add mark bid=B-1 criterion=C-1 value=5", ERR_NONE},
    {"add cover need=N-1 bid=B-1 level=1 tender=OTHER", ERR_NONE},
    {"add tender code=NB", ERR_EXISTS},
    {"del WE", ERR_STATE},
    {"del WE parts=yes", ERR_STATE},
};

START_TEST(what_is_hidden_can_not_be_touched)
{
    kit_fill(&kit);
    kit_do(&kit, "set NB members=ann");
    kit_as(&kit, "ed", ROLE_EDITOR);
    kit_refuse(&kit, hidden[_i].line, hidden[_i].err, NULL, NULL);
    ck_assert_ptr_null(hidden[_i].err == ERR_EXISTS ? kit.set.fault.id : NULL);
    ck_assert_uint_eq(kit.set.fault.rows_n, 0);
}
END_TEST

START_TEST(who_changes_the_members_stays_one_of_them)
{
    kit_fill(&kit);
    kit_refuse(&kit, "set OURS price=1\nset NB members=ed\nset OURS price=2",
        ERR_ARG, "members", "ed");
    ck_assert_uint_eq(kit.set.fault.step, 2);
    kit_do(&kit, "set NB members=ann,ed");
    kit_refuse(&kit, "set NB members-=ann", ERR_ARG, "members", "ed");
    kit_refuse(&kit, "add tender code=X members=ed", ERR_ARG, "members", "ed");
    kit_do(&kit, "set NB members=\"\"");
}
END_TEST

/* Deleting. */

START_TEST(what_others_refer_to_is_not_deleted)
{
    kit_fill(&kit);
    kit_do(&kit, "add mark bid=OURS criterion=C2 value=7\n"
                 "add cover need=N1 bid=OURS level=0.5");
    kit_refuse(&kit, "del OURS", ERR_STATE, NULL, NULL);
    ck_assert_uint_eq(kit.set.fault.rows_n, 2);
    ck_assert_str_eq(kit.set.fault.rows[0], "CV-1");
    ck_assert_str_eq(kit.set.fault.rows[1], "M-1");
    ck_assert_str_eq(kit.set.fault.id, "B-1");
    kit_refuse(&kit, "del NB", ERR_STATE, NULL, NULL);
    kit_do(&kit, "del M-1\ndel CV-1\ndel OURS");
    kit_refuse(&kit, "set OURS:bid price=1", ERR_NONE, NULL, NULL);
}
END_TEST

START_TEST(a_refusal_names_twenty_at_most)
{
    kit_fill(&kit);
    for (int i = 0; i < 25; i++)
        kit_do(&kit, "add note on=N1 text=x");
    kit_refuse(&kit, "del N1", ERR_STATE, NULL, NULL);
    ck_assert_uint_eq(kit.set.fault.rows_n, 20);
}
END_TEST

START_TEST(parts_go_with_what_they_belong_to)
{
    uint64_t before;

    kit_fill(&kit);
    kit_do(&kit, "add mark bid=OURS criterion=C2 value=7\n"
                 "add note on=M-1 text=a\n"
                 "add note on=NT-1 text=b\n"
                 "add cover need=N1 bid=OURS level=0.5");
    before = kit.set.head;
    kit_do(&kit, "del OURS parts=yes");
    ck_assert_uint_eq(kit.set.events.n, 5);
    ck_assert_uint_eq(kit.set.head, before + 5);
    ck_assert_uint_eq(kit.set.done_n, 1);
    ck_assert_uint_eq(kit.set.done[0].rev, kit.set.head);
    for (size_t i = 0; i < 5; i++)
        ck_assert_uint_eq(kit.set.events.list[i]->tx, kit.set.head);
    ck_assert_str_eq(kit.set.events.list[4]->name, "bid.del");
    kit_do(&kit, "del RIV\ndel N1");
}
END_TEST

START_TEST(what_refers_loosely_keeps_an_object)
{
    kit_fill(&kit);
    kit_do(&kit, "set C1 lot=L1");
    kit_refuse(&kit, "del L1 parts=yes", ERR_STATE, NULL, NULL);
    ck_assert_str_eq(kit.set.fault.rows[0], "C-1");
    kit_do(&kit, "set C1 lot=\"\"\ndel L1 parts=yes");
}
END_TEST

START_TEST(a_tender_goes_with_all_that_stands_in_it)
{
    kit_fill(&kit);
    kit_do(&kit, "add note on=NB text=a\nset C1 lot=L1\n"
                 "add mark bid=OURS criterion=C2 value=7");
    kit_do(&kit, "del NB parts=yes");
    ck_assert_uint_eq(kit.set.events.n, 11);
    kit.scope = 0;
    kit_refuse(&kit, "set B-1 price=1", ERR_NONE, NULL, NULL);
    kit_do(&kit, "del AUTH\ndel WE\nadd tender code=NB");
    kit.scope = 1;
    kit_refuse(&kit, "add lot code=X", ERR_NONE, "tender", NULL);
}
END_TEST

static void add_rights(Suite *suite)
{
    TCase *tcase = kit_case(suite, "rights", set_up, tear_down);

    KIT_LOOP(tcase, a_role_allows_what_it_should, rights);
    KIT_LOOP(tcase, what_is_hidden_can_not_be_touched, hidden);
    tcase_add_test(tcase, who_changes_the_members_stays_one_of_them);
    tcase_add_test(tcase, what_others_refer_to_is_not_deleted);
    tcase_add_test(tcase, a_refusal_names_twenty_at_most);
    tcase_add_test(tcase, parts_go_with_what_they_belong_to);
    tcase_add_test(tcase, what_refers_loosely_keeps_an_object);
    tcase_add_test(tcase, a_tender_goes_with_all_that_stands_in_it);
}

int main(void)
{
    Suite *suite = suite_create("db/store_rights");

    add_rights(suite);
    return kit_run(suite);
}
