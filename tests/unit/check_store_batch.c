/* SPDX-License-Identifier: Apache-2.0
 *
 * check_store_batch.c - batches, their names and events, guards, once= keys.
 */
#include "db/inside.h"
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

START_TEST(a_batch_is_applied_whole_or_not_at_all)
{
    kit_fill(&kit);
    kit_refuse(&kit,
        "add need code=N8 sort=job\n"
        "set OURS price=1\n"
        "add need code=N8 sort=job",
        ERR_EXISTS, "code", "N8");
    ck_assert_uint_eq(kit.set.fault.step, 3);
    kit_expect(&kit, "OURS", "price", "520");
    kit_do(&kit, "add need code=N8 sort=job");
    ck_assert_uint_eq(kit.set.done[0].id, 3);
}
END_TEST

START_TEST(names_of_a_batch_stand_for_what_it_adds)
{
    kit_fill(&kit);
    kit_do(&kit, "add element code=E1 as=$e\n"
                 "add effect element=$e on=C2 by=0.5 as=$f\n"
                 "set $f:effect by=0.7\n"
                 "add note on=$f text=why\n"
                 "del $e:element parts=yes");
    ck_assert_uint_eq(kit.set.done_n, 5);
    ck_assert_str_eq(kit.set.done[1].as, "$f");
    ck_assert_int_eq(kit.set.done[4].kind, KIND_ELEMENT);
    ck_assert_uint_eq(kit.set.done[4].rev, kit.set.head);
    kit_refuse(&kit, "add lot as=$x\nadd lot as=$x", ERR_EXISTS, "as", "$x");
    kit_refuse(&kit, "set $e:element cost=1", ERR_NONE, NULL, "$e");
}
END_TEST

START_TEST(rows_of_a_batch_share_its_last_seq)
{
    kit_fill(&kit);
    kit_do(&kit, "add lot code=X1\nadd lot code=X2\nset OURS price=1");
    ck_assert_uint_eq(kit.set.events.n, 3);
    for (size_t i = 0; i < 3; i++) {
        const struct event *event = kit.set.events.list[i];

        ck_assert_uint_eq(event->tx, kit.set.head);
        ck_assert_uint_eq(event->seq, kit.set.head - 2 + i);
        ck_assert_uint_eq(event->seq, kit.set.done[i].rev);
        ck_assert_uint_eq(event->session, 7);
        ck_assert_str_eq(event->author, "ann");
    }
}
END_TEST

START_TEST(an_event_tells_what_changed)
{
    kit_fill(&kit);
    const struct event *event;
    kit_do(&kit, "set OURS price=510 reason=\"two words\" lot=L1");
    event = kit.set.events.list[0];
    ck_assert_str_eq(event->name, "bid.set");
    ck_assert_str_eq(event->after, "lot=L-1 price=510 reason=\"two words\"");
    ck_assert_str_eq(event->before, "lot=\"\" price=520 reason=\"\"");
    kit_do(&kit, "add lot code=X1");
    event = kit.set.events.list[0];
    ck_assert_str_eq(event->name, "lot.add");
    ck_assert_str_eq(event->after, "code=X1 sort=lot");
    ck_assert_str_eq(event->before, "");
    kit_do(&kit, "del X1");
    event = kit.set.events.list[0];
    ck_assert_str_eq(event->name, "lot.del");
    ck_assert_str_eq(event->after, "");
    ck_assert_str_eq(event->before, "code=X1 sort=lot");
}
END_TEST

/* Guards. */

START_TEST(a_guard_stops_a_change_of_the_same_field_alone)
{
    uint64_t rev;

    kit_fill(&kit);
    kit_do(&kit, "set OURS name=a");
    rev = kit.set.done[0].rev;
    kit_as(&kit, "ed", ROLE_EDITOR);
    kit_do(&kit, "set OURS price=500 reason=x");
    kit_as(&kit, "ann", ROLE_OWNER);
    char line[64];
    snprintf(line, sizeof line, "set OURS name=b cost=1 if=%d", (int)rev);
    kit_do(&kit, line);
    snprintf(line, sizeof line, "set OURS name=c price=490 if=%d", (int)rev);
    kit_refuse(&kit, line, ERR_CONFLICT, NULL, NULL);
    const struct fault *fault = &kit.set.fault;
    ck_assert_str_eq(fault->changed, "price,name");
    ck_assert_str_eq(fault->author, "ann");
    ck_assert_str_eq(fault->id, "B-1");
    ck_assert_uint_eq(fault->guard_rev, rev);
    ck_assert_uint_eq(fault->rev, rev + 2);
    char *price = kit_value(fault->now, "price");
    ck_assert_str_eq(price, "500");
    free(price);
}
END_TEST

START_TEST(a_guard_on_deleting_is_about_all_fields)
{
    kit_fill(&kit);
    kit_do(&kit, "set N1 name=a");
    kit_refuse(&kit, "del N1 if=1", ERR_CONFLICT, NULL, NULL);
    char line[64];
    struct object *need = kit_get(&kit, "N1");
    snprintf(line, sizeof line, "del N1 if=%d", (int)need->rev);
    object_free(&need);
    kit_do(&kit, line);
}
END_TEST

START_TEST(seen_is_what_the_session_was_shown)
{
    struct object *bid;

    kit_fill(&kit);
    bid = kit_get(&kit, "OURS");
    kit_do(&kit, "set OURS price=1");
    kit_refuse(&kit, "set OURS price=2 if=seen", ERR_ARG, "if", "seen");
    kit_open(&kit);
    kit_queue(&kit, &kit.set, "set OURS price=2 if=seen");
    kit.set.seen = mem_new(sizeof *kit.set.seen);
    kit.set.seen[0] = (struct seen){KIND_BID, bid->id, bid->rev};
    kit.set.seen_n = 1;
    ck_assert_int_eq(kit_apply(&kit), ERR_CONFLICT);
    kit.set.seen[0].rev = kit.set.fault.rev;
    ck_assert_int_eq(kit_apply(&kit), ERR_OK);
    object_free(&bid);
}
END_TEST

START_TEST(a_batch_is_no_conflict_with_itself)
{
    char line[128];

    kit_fill(&kit);
    struct object *bid = kit_get(&kit, "OURS");
    int rev = (int)bid->rev;
    object_free(&bid);
    snprintf(line, sizeof line,
        "set OURS price=1 if=%d\nset OURS price=2 if=%d", rev, rev);
    kit_do(&kit, line);
    kit_expect(&kit, "OURS", "price", "2");
}
END_TEST

/* What an earlier step of the refused batch did was never so. */
START_TEST(a_conflict_in_a_batch_tells_what_the_record_has)
{
    char line[128];

    kit_fill(&kit);
    struct object *bid = kit_get(&kit, "OURS");
    uint64_t rev = bid->rev;
    object_free(&bid);
    kit_do(&kit, "set OURS name=a");
    snprintf(
        line, sizeof line, "set OURS price=1\nset OURS name=b if=%d", (int)rev);
    uint64_t now = kit.set.done[0].rev;
    kit_refuse(&kit, line, ERR_CONFLICT, NULL, NULL);
    const struct fault *fault = &kit.set.fault;
    ck_assert_uint_eq(fault->step, 2);
    ck_assert_uint_eq(fault->rev, now);
    ck_assert_uint_eq(fault->now->rev, now);
    char *price = kit_value(fault->now, "price");
    ck_assert_str_eq(price, "520");
    free(price);
}
END_TEST

/* once= */

static void repeat(const char *key, const char *request, const char *line)
{
    kit_open(&kit);
    kit.set.once = mem_text(key);
    kit.set.request = mem_text(request);
    kit_queue(&kit, &kit.set, line);
    (void)kit_apply(&kit);
}

START_TEST(a_key_is_remembered_as_long_as_the_limit_says)
{
    const int64_t keep = LIMIT_ONCE_DAYS * INT64_C(86400000);

    kit_fill(&kit);
    repeat("k1", "add lot", "add lot");
    int64_t done = kit.now_ms - 1;
    kit.now_ms = done + keep;
    repeat("k1", "add lot", "add lot");
    ck_assert(kit.set.replay);
    kit.now_ms = done + keep + 1;
    repeat("k1", "add lot", "add lot");
    ck_assert_int_eq(kit.set.fault.err, ERR_OK);
    ck_assert(!kit.set.replay);
    repeat("k1", "add lot", "add lot");
    ck_assert(kit.set.replay);
}
END_TEST

START_TEST(a_request_sent_twice_is_done_once)
{
    uint64_t id, rev, head;

    kit_fill(&kit);
    repeat("k1", "add lot", "add lot as=$l");
    id = kit.set.done[0].id;
    rev = kit.set.done[0].rev;
    kit_do(&kit, "set OURS price=1");
    head = kit.set.head;
    repeat("k1", "add lot", "add lot as=$l");
    ck_assert_int_eq(kit.set.fault.err, ERR_OK);
    ck_assert(kit.set.replay);
    ck_assert_uint_eq(kit.set.done_n, 1);
    ck_assert_uint_eq(kit.set.done[0].id, id);
    ck_assert_uint_eq(kit.set.done[0].rev, rev);
    ck_assert_int_eq(kit.set.done[0].kind, KIND_LOT);
    ck_assert_str_eq(kit.set.done[0].as, "$l");
    ck_assert_uint_eq(kit.set.head, rev);
    ck_assert_uint_eq(kit.set.events.n, 0);
    kit_do(&kit, "set OURS price=2");
    ck_assert_uint_eq(kit.set.head, head + 1);
}
END_TEST

START_TEST(a_key_is_of_one_request_and_one_user)
{
    kit_fill(&kit);
    repeat("k1", "add lot", "add lot");
    repeat("k1", "add need", "add need sort=job");
    ck_assert_int_eq(kit.set.fault.err, ERR_EXISTS);
    ck_assert_str_eq(kit.set.fault.field, "once");
    kit_as(&kit, "ed", ROLE_EDITOR);
    repeat("k1", "add need", "add need sort=job");
    ck_assert_int_eq(kit.set.fault.err, ERR_OK);
    ck_assert(!kit.set.replay);
}
END_TEST

START_TEST(a_refused_request_leaves_its_key_free)
{
    kit_fill(&kit);
    repeat("k1", "set", "set OURS party=P-99");
    ck_assert_int_eq(kit.set.fault.err, ERR_NONE);
    repeat("k1", "set", "set OURS party=P-1");
    ck_assert_int_eq(kit.set.fault.err, ERR_OK);
    ck_assert(!kit.set.replay);
}
END_TEST

START_TEST(a_key_is_forgotten_after_its_days)
{
    kit_fill(&kit);
    repeat("k1", "add lot", "add lot");
    kit.now_ms += INT64_C(31) * 24 * 3600 * 1000;
    repeat("k1", "other", "add lot");
    ck_assert_int_eq(kit.set.fault.err, ERR_OK);
    ck_assert(!kit.set.replay);
}
END_TEST

/* A whole tender in one changeset: names for what has no id yet, codes of
 * what the same set has added. */
START_TEST(a_whole_tender_is_one_batch)
{
    static const char lines[] =
        "add party code=CITY sort=organisation as=$city\n"
        "add party code=US sort=organisation as=$us\n"
        "add party code=THEM sort=organisation as=$them\n"
        "add party code=SHIFT sort=segment size=6000 as=$s1\n"
        "add party code=WHEEL sort=segment size=500 within=$s1 as=$s2\n"
        "add link from=$city to=$s1 sort=represents\n"
        "add tender code=BUS buyer=$city,US due=2027-03-12T12:00:00Z as=$t\n"
        "add criterion tender=$t code=C1 sort=price weight=40 "
        "price-rule=lowest-ratio\n"
        "add criterion tender=$t code=C2 sort=quality weight=35..45 "
        "scale-max=10 as=$c2\n"
        "add criterion code=C2A sort=quality parent=$c2\n"
        "add stake tender=BUS party=SHIFT roles=uses,pays\n"
        "add bid tender=$t code=OURS party=US ours=yes price=520 as=$b\n"
        "add bid tender=$t code=RIV party=$them price=450 as=$r\n"
        "add alternative tender=$t code=TODAY sort=status-quo as=$now\n"
        "add reach alternative=$now party=SHIFT reachable=yes share=0.5\n"
        "add need tender=$t code=N1 sort=job as=$n\n"
        "add weighs need=$n party=WHEEL importance=8\n"
        "add mark bid=$b criterion=C2 value=8\n"
        "add mark bid=$r criterion=$c2 value=6..7..9\n"
        "add cover need=N1 bid=$b level=0.8\n"
        "add cover need=$n alternative=TODAY level=0.2..0.4\n"
        "add relates need=$n criterion=C2 strength=9\n"
        "add element tender=$t code=E1 cost=25 as=$e\n"
        "add element tender=$t code=E2 excludes=$e requires=\"\" as=$f\n"
        "add effect element=E1 on=$n by=0.4\n"
        "add effect element=$e on=C2 by=0.5\n"
        "set $e:element excludes=$f\n"
        "add note on=$t text=\"From the kick-off.\"";

    kit_do(&kit, lines);
    ck_assert_uint_eq(kit.set.done_n, 28);
    ck_assert_uint_eq(kit.set.events.n, 28);
    kit.scope = 1;
    kit_expect(&kit, "C2A", "parent", "C-2");
    kit_expect(&kit, "E1", "excludes", "E-2");
    kit_expect(&kit, "EF-1", "on", "N-1");
    kit_expect(&kit, "EF-2", "on", "C-2");
    kit_expect(&kit, "BUS", "buyer", "P-1,P-2");
    kit_expect(&kit, "M-2", "value", "6..7..9");
    kit_expect(&kit, "RIV", "state", "believed");
}
END_TEST

START_TEST(twenty_thousand_changes_are_one_batch)
{
    char line[64];

    kit_fill(&kit);
    kit_open(&kit);
    for (int i = 0; i < 10000; i++) {
        snprintf(line, sizeof line, "add need code=Q%d sort=job as=$q%d", i, i);
        kit_queue(&kit, &kit.set, line);
        snprintf(line, sizeof line, "add note on=$q%d text=x", i);
        kit_queue(&kit, &kit.set, line);
    }
    ck_assert_int_eq(kit_apply(&kit), ERR_OK);
    ck_assert_uint_eq(kit.set.done_n, 20000);
    ck_assert_uint_eq(kit.set.events.list[0]->tx, kit.set.head);
}
END_TEST

START_TEST(a_read_past_its_deadline_is_interrupted)
{
    struct viewer viewer = kit_viewer(&kit);
    struct store *reader;
    struct record *record;
    char line[64];

    kit_fill(&kit);
    kit_open(&kit);
    for (int i = 0; i < 5000; i++) {
        snprintf(line, sizeof line, "add need code=Q%d sort=job", i);
        kit_queue(&kit, &kit.set, line);
    }
    ck_assert_int_eq(kit_apply(&kit), ERR_OK);
    ck_assert_int_eq(
        store_open(kit.folder, STORE_READ, &reader, &kit.why), ERR_OK);
    ck_assert_int_eq(store_begin(reader), ERR_OK);
    ck_assert_int_eq(store_record(reader, &viewer, 1, 0, &record), ERR_OK);
    record_free(&record);
    reader->deadline_ms = 1;
    ck_assert_int_eq(store_record(reader, &viewer, 1, 0, &record), ERR_LIMIT);
    store_rollback(reader);
    ck_assert_int_eq(store_record(reader, &viewer, 1, 0, &record), ERR_OK);
    record_free(&record);
    store_close(&reader);
}
END_TEST

static void add_batches(Suite *suite)
{
    TCase *tcase = kit_case(suite, "batch", set_up, tear_down);

    tcase_add_test(tcase, a_batch_is_applied_whole_or_not_at_all);
    tcase_add_test(tcase, names_of_a_batch_stand_for_what_it_adds);
    tcase_add_test(tcase, rows_of_a_batch_share_its_last_seq);
    tcase_add_test(tcase, an_event_tells_what_changed);
    tcase_add_test(tcase, a_guard_stops_a_change_of_the_same_field_alone);
    tcase_add_test(tcase, a_guard_on_deleting_is_about_all_fields);
    tcase_add_test(tcase, seen_is_what_the_session_was_shown);
    tcase_add_test(tcase, a_batch_is_no_conflict_with_itself);
    tcase_add_test(tcase, a_conflict_in_a_batch_tells_what_the_record_has);
    tcase_add_test(tcase, a_request_sent_twice_is_done_once);
    tcase_add_test(tcase, a_key_is_remembered_as_long_as_the_limit_says);
    tcase_add_test(tcase, a_key_is_of_one_request_and_one_user);
    tcase_add_test(tcase, a_refused_request_leaves_its_key_free);
    tcase_add_test(tcase, a_key_is_forgotten_after_its_days);
    tcase_add_test(tcase, a_whole_tender_is_one_batch);
    tcase_add_test(tcase, twenty_thousand_changes_are_one_batch);
    tcase_add_test(tcase, a_read_past_its_deadline_is_interrupted);
}

int main(void)
{
    Suite *suite = suite_create("db/store_batch");

    add_batches(suite);
    return kit_run(suite);
}
