/* SPDX-License-Identifier: Apache-2.0
 *
 * check_store_apply.c - additions and changes: what is applied, what is
 * refused, and why.
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

START_TEST(what_is_added_is_read_back)
{
    kit_fill(&kit);
    kit_expect(&kit, "OURS", "price", "520");
    kit_expect(&kit, "OURS", "party", "P-2");
    kit_expect(&kit, "RIV", "price", "450..500");
    kit_expect(&kit, "NB", "buyer", "P-1");
    kit_expect(&kit, "NIGHT", "size", "6000");
}
END_TEST

START_TEST(ids_are_numbered_by_kind_and_team)
{
    kit_do(&kit, "add party code=A sort=person\n"
                 "add party code=B sort=person\n"
                 "add tender code=T");
    ck_assert_uint_eq(kit.set.done[0].id, 1);
    ck_assert_uint_eq(kit.set.done[1].id, 2);
    ck_assert_uint_eq(kit.set.done[2].id, 1);
    struct user zoe;
    ck_assert_int_eq(user_find(kit.store, "zoe", &zoe), ERR_OK);
    kit.team = zoe.team;
    kit.user = "zoe";
    kit_do(&kit, "add party code=A sort=person");
    ck_assert_uint_eq(kit.set.done[0].id, 1);
    user_fini(&zoe);
}
END_TEST

START_TEST(an_id_is_never_used_again)
{
    kit_do(&kit, "add party code=A sort=person");
    kit_do(&kit, "del P-1");
    kit_do(&kit, "add party code=A sort=person");
    ck_assert_uint_eq(kit.set.done[0].id, 2);
}
END_TEST

START_TEST(defaults_are_filled_in)
{
    kit_fill(&kit);
    kit_expect(&kit, "NB", "currency", "EUR");
    kit_expect(&kit, "NB", "state", "watch");
    kit_expect(&kit, "OURS", "state", "draft");
    kit_expect(&kit, "RIV", "state", "believed");
    kit_expect(&kit, "C1", "clamp", "yes");
}
END_TEST

/* Additions that are refused; "use tender=NB" holds. */
static const struct {
    const char *line;
    enum err err;
    const char *field, *got;
} bad_adds[] = {
    {"add party code=X", ERR_ARG, "sort", ""},
    {"add party code=WE sort=person", ERR_EXISTS, "code", "WE"},
    {"add need code=C1 sort=job", ERR_EXISTS, "code", "C1"},
    {"add bid code=X party=NOBODY", ERR_NONE, "party", "NOBODY"},
    {"add bid code=X party=P-99", ERR_NONE, "party", "P-99"},
    {"add bid code=X party=$p", ERR_NONE, "party", "$p"},
    {"add bid code=X party=C1", ERR_ARG, "party", "C1"},
    {"add bid code=X party=WE tender=T-9", ERR_NONE, "tender", "T-9"},
    {"add bid code=X party=WE tender=P-1", ERR_ARG, "tender", "P-1"},
    {"add bid code=X party=WE tender=OTHER lot=L-1", ERR_ARG, "lot", "L-1"},
    {"add party code=X sort=person tender=NB", ERR_ARG, "tender", "NB"},
    {"add party code=X sort=person org=NIGHT", ERR_ARG, "org", "NIGHT"},
    {"add party code=X sort=segment size=-5", ERR_ARG, "size", "-5"},
    {"add cover need=N1 level=0.5", ERR_ARG, "bid", ""},
    {"add cover need=N1 bid=OURS level=1.5", ERR_ARG, "level", "1.5"},
    {"add cover need=N1 bid=OURS level=0.5..1.2", ERR_ARG, "level", NULL},
    {"add stake party=WE roles=uses support=3", ERR_ARG, "support", "3"},
    {"add stake party=NIGHT roles=pays", ERR_EXISTS, "party,lot", NULL},
    {"add criterion code=X sort=price zero-at=1", ERR_ARG, "zero-at", "1"},
    {"add criterion code=X sort=price set-min=5 set-max=5", ERR_ARG, "set-max",
        "5"},
    {"add criterion code=X sort=price weight-low=5 weight-high=4", ERR_ARG,
        "weight-high", "4"},
    {"add criterion code=X sort=quality scale-max=0", ERR_ARG, "scale-max",
        "0"},
    {"add tender code=X members=ann,nobody", ERR_NONE, "members", "nobody"},
    {"add tender code=X members=zoe", ERR_NONE, "members", "zoe"},
    {"add tender code=X buyer+=WE", ERR_OK, NULL, NULL},
    {"add note text=hello", ERR_ARG, "on", ""},
    {"add effect element=N1 on=C1 by=1", ERR_ARG, "element", "N1"},
    {"add bid code=X party=WE name+=x", ERR_ARG, "name", "+="},
    {"add bid code=X party=\"\"", ERR_ARG, "party", ""},
};

START_TEST(an_addition_is_refused_with_its_reason)
{
    kit_fill(&kit);
    if (bad_adds[_i].err == ERR_OK)
        kit_do(&kit, bad_adds[_i].line);
    else
        kit_refuse(&kit, bad_adds[_i].line, bad_adds[_i].err,
            bad_adds[_i].field, bad_adds[_i].got);
}
END_TEST

START_TEST(an_object_of_a_tender_needs_to_know_which)
{
    kit_fill(&kit);
    kit.scope = 0;
    kit_refuse(&kit, "add need code=N9 sort=job", ERR_ARG, "tender", "");
    ck_assert_str_eq(
        kit.set.fault.allowed, "tender=ID, or first: use tender=ID");
    kit_do(&kit, "add need code=N9 sort=job tender=OTHER");
    ck_assert_uint_eq(kit.set.events.list[0]->tender, 2);
    kit_do(&kit, "add mark bid=B-1 criterion=C-2 value=7");
    ck_assert_uint_eq(kit.set.events.list[0]->tender, 1);
}
END_TEST

START_TEST(references_in_two_tenders_are_refused)
{
    kit_fill(&kit);
    kit_do(&kit, "add need code=M1 sort=job tender=OTHER");
    kit.scope = 0;
    kit_refuse(
        &kit, "add cover need=N-3 bid=B-1 level=1", ERR_ARG, "bid", "B-1");
}
END_TEST

START_TEST(a_code_is_found_in_the_tender_first)
{
    kit_fill(&kit);
    kit_do(&kit, "add need code=WE sort=job");
    kit_expect(&kit, "WE", "sort", "job");
    kit.scope = 0;
    kit_expect(&kit, "WE", "sort", "organisation");
}
END_TEST

START_TEST(a_code_may_stand_in_two_tenders)
{
    kit_fill(&kit);
    kit_do(&kit, "add need code=C1 sort=job tender=OTHER");
    kit_refuse(&kit, "add lot code=C1", ERR_EXISTS, "code", "C1");
    ck_assert_str_eq(kit.set.fault.id, "C-1");
}
END_TEST

START_TEST(a_code_is_free_again_after_a_change)
{
    kit_fill(&kit);
    kit_do(&kit, "set C1 code=C9");
    kit_do(&kit, "add lot code=C1");
    kit_do(&kit, "set C9 code=\"\"");
    kit_do(&kit, "add lot code=C9");
}
END_TEST

START_TEST(a_note_belongs_where_its_object_belongs)
{
    kit_fill(&kit);
    kit_do(&kit, "add note on=OURS text=a");
    ck_assert_uint_eq(kit.set.events.list[0]->tender, 1);
    kit_do(&kit, "add note on=WE text=b");
    ck_assert_uint_eq(kit.set.events.list[0]->tender, 0);
    kit_do(&kit, "add note on=NB text=c reply-to=NT-1");
    ck_assert_uint_eq(kit.set.events.list[0]->tender, 1);
    kit_refuse(&kit, "add note on=WE text=d reply-to=NT-1", ERR_ARG, "reply-to",
        "NT-1");
}
END_TEST

/* Changes. */

START_TEST(a_change_moves_the_revision_and_keeps_the_rest)
{
    kit_fill(&kit);
    kit_do(&kit, "set OURS price=510 name=\"Our bid\"");
    kit_expect(&kit, "OURS", "price", "510");
    kit_expect(&kit, "OURS", "party", "P-2");
    ck_assert_uint_eq(kit.set.done[0].rev, kit.set.head);
    ck_assert_uint_eq(kit.set.events.n, 1);
}
END_TEST

START_TEST(a_change_that_changes_nothing_writes_nothing)
{
    uint64_t before;

    kit_fill(&kit);
    kit_do(&kit, "set OURS price=510");
    before = kit.set.done[0].rev;
    kit_do(&kit, "set OURS price=510.0 party=P-2 reason=\"\"");
    ck_assert_uint_eq(kit.set.done[0].rev, before);
    ck_assert_uint_eq(kit.set.head, before);
    ck_assert_uint_eq(kit.set.events.n, 0);
}
END_TEST

/* A set as it is, what is done to it, and what comes of it. */
static const struct {
    const char *first, *then, *field, *result;
} sets[] = {
    {"set S-1 roles=pays,decides", "set S-1 roles+=uses", "roles",
        "decides,pays,uses"},
    {"set S-1 roles=pays,decides", "set S-1 roles-=pays", "roles", "decides"},
    {"set S-1 roles=uses", "set S-1 roles=supplies,pays", "roles",
        "pays,supplies"},
    {"set S-1 chooses=use", "set S-1 chooses-=use", "chooses", ""},
    {"set S-1 chooses=use", "set S-1 chooses=\"\"", "chooses", ""},
    {"set NB buyer=WE,AUTH", "set NB buyer+=NIGHT", "buyer", "P-1,P-2,P-3"},
    {"set NB buyer=WE,AUTH", "set NB buyer-=AUTH", "buyer", "P-2"},
    {"set NB buyer=WE", "set NB buyer=P-2,WE", "buyer", "P-2"},
    {"set NB members=sue,ann", "set NB members+=ed,ann", "members",
        "ann,ed,sue"},
    {"set NB members=sue,ann", "set NB members-=sue", "members", "ann"},
};

START_TEST(a_set_is_changed_in_parts)
{
    const char *word = sets[_i].first[4] == 'S' ? "S-1" : "T-1";

    kit_fill(&kit);
    kit_do(&kit, sets[_i].first);
    kit_do(&kit, sets[_i].then);
    kit_expect(&kit, word, sets[_i].field, sets[_i].result);
}
END_TEST

static const struct {
    const char *line;
    enum err err;
    const char *field, *got;
} bad_sets[] = {
    {"set B-99 price=5", ERR_NONE, NULL, "B-99"},
    {"set S-1 roles-=uses", ERR_ARG, "roles", ""},
    {"set OURS party=\"\"", ERR_ARG, "party", ""},
    {"set OURS price+=5", ERR_ARG, "price", "+="},
    {"set OURS code=RIV", ERR_EXISTS, "code", "RIV"},
    {"set OURS lot=L-7", ERR_NONE, "lot", "L-7"},
    {"set M-1 criterion=C1", ERR_ARG, "criterion", "C-1"},
    {"set C-1 parent=C-1", ERR_STATE, "parent", NULL},
    {"set CV-1 alternative=A-1", ERR_ARG, "bid", NULL},
    {"set CV-2 bid=OURS", ERR_EXISTS, "need,bid,alternative", NULL},
    {"set AUTH sort=person", ERR_STATE, "sort", "person"},
    {"set E-1 excludes=E-1", ERR_ARG, "excludes", "E-1"},
    {"set CV-1 level=2", ERR_ARG, "level", "2"},
};

START_TEST(a_change_is_refused_with_its_reason)
{
    kit_fill(&kit);
    kit_do(&kit, "add mark bid=OURS criterion=C2 value=7\n"
                 "add cover need=N1 bid=OURS level=0.5\n"
                 "add cover need=N1 bid=RIV level=0.5\n"
                 "add alternative code=ALT sort=other\n"
                 "add element code=E\n"
                 "add party code=BOB sort=person org=AUTH");
    kit_refuse(&kit, bad_sets[_i].line, bad_sets[_i].err, bad_sets[_i].field,
        bad_sets[_i].got);
}
END_TEST

START_TEST(no_object_becomes_part_of_itself)
{
    kit_fill(&kit);
    kit_do(&kit, "add criterion code=C3 sort=quality parent=C2\n"
                 "add criterion code=C4 sort=quality parent=C3");
    kit_refuse(&kit, "set C2 parent=C4", ERR_STATE, "parent", NULL);
    kit_do(&kit, "set C4 parent=C1");
    kit_do(&kit, "set C2 parent=C4");
}
END_TEST

static void add_adding(Suite *suite)
{
    TCase *tcase = kit_case(suite, "add", set_up, tear_down);

    tcase_add_test(tcase, what_is_added_is_read_back);
    tcase_add_test(tcase, ids_are_numbered_by_kind_and_team);
    tcase_add_test(tcase, an_id_is_never_used_again);
    tcase_add_test(tcase, defaults_are_filled_in);
    KIT_LOOP(tcase, an_addition_is_refused_with_its_reason, bad_adds);
    tcase_add_test(tcase, an_object_of_a_tender_needs_to_know_which);
    tcase_add_test(tcase, references_in_two_tenders_are_refused);
    tcase_add_test(tcase, a_code_is_found_in_the_tender_first);
    tcase_add_test(tcase, a_code_may_stand_in_two_tenders);
    tcase_add_test(tcase, a_code_is_free_again_after_a_change);
    tcase_add_test(tcase, a_note_belongs_where_its_object_belongs);
}

static void add_changing(Suite *suite)
{
    TCase *tcase = kit_case(suite, "set", set_up, tear_down);

    tcase_add_test(tcase, a_change_moves_the_revision_and_keeps_the_rest);
    tcase_add_test(tcase, a_change_that_changes_nothing_writes_nothing);
    KIT_LOOP(tcase, a_set_is_changed_in_parts, sets);
    KIT_LOOP(tcase, a_change_is_refused_with_its_reason, bad_sets);
    tcase_add_test(tcase, no_object_becomes_part_of_itself);
}

int main(void)
{
    Suite *suite = suite_create("db/store_apply");

    add_adding(suite);
    add_changing(suite);
    return kit_run(suite);
}
