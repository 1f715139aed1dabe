/* SPDX-License-Identifier: Apache-2.0
 *
 * check_journal.c - the journal as events, as a log, and as a chain.
 */
#include "db/inside.h"
#include "protocol/limit.h"
#include "tests/unit/store_kit.h"

static struct kit kit;

static void set_up(void)
{
    kit_init(&kit);
    kit_fill(&kit);
}

static void tear_down(void)
{
    kit_fini(&kit);
}

static void read_events(uint64_t since, size_t limit, struct events *got)
{
    uint64_t oldest = 0;

    ck_assert_int_eq(
        store_events(kit.store, kit.team, since, limit, got, &oldest), ERR_OK);
    ck_assert_uint_eq(oldest, 1);
}

START_TEST(events_are_what_the_writer_handed_out)
{
    struct events got;
    uint64_t before = kit.set.head;

    kit_do(
        &kit, "set OURS price=1 reason=\"a b\"\nadd note on=WE text=\"x\\ny\"");
    read_events(before, 100, &got);
    ck_assert_uint_eq(got.n, 2);
    for (size_t i = 0; i < 2; i++) {
        const struct event *read = got.list[i];
        const struct event *made = kit.set.events.list[i];

        ck_assert_uint_eq(read->shares, 1);
        ck_assert_uint_eq(read->team, made->team);
        ck_assert_uint_eq(read->seq, made->seq);
        ck_assert_uint_eq(read->tx, made->tx);
        ck_assert_int_eq(read->time, made->time);
        ck_assert_uint_eq(read->tender, made->tender);
        ck_assert_int_eq(read->kind, made->kind);
        ck_assert_uint_eq(read->id, made->id);
        ck_assert_str_eq(read->name, made->name);
        ck_assert_str_eq(read->author, made->author);
        ck_assert_uint_eq(read->session, made->session);
        ck_assert_str_eq(read->after, made->after);
        ck_assert_str_eq(read->before, made->before);
        ck_assert_ptr_null(read->members);
        ck_assert_ptr_null(made->members);
    }
    ck_assert_str_eq(got.list[1]->after, "on=P-2 text=\"x\\ny\"");
    events_fini(&got);
}
END_TEST

START_TEST(events_carry_the_members_of_their_tender_now)
{
    struct events got;

    kit_do(&kit, "set NB members=ann,sue");
    ck_assert_str_eq(kit.set.events.list[0]->members, ",ann,sue,");
    read_events(0, 1000, &got);
    for (size_t i = 0; i < got.n; i++)
        if (got.list[i]->tender == 1)
            ck_assert_str_eq(got.list[i]->members, ",ann,sue,");
        else
            ck_assert_ptr_null(got.list[i]->members);
    events_fini(&got);
    kit_do(&kit, "del NB parts=yes");
    for (size_t i = 0; i < kit.set.events.n; i++)
        ck_assert_str_eq(kit.set.events.list[i]->members, ",ann,sue,");
}
END_TEST

START_TEST(members_are_events_of_the_team)
{
    struct events got;

    read_events(0, 1, &got);
    ck_assert_uint_eq(got.n, 1);
    ck_assert_str_eq(got.list[0]->name, "member.add");
    ck_assert_str_eq(got.list[0]->after, "user=ann role=owner");
    ck_assert_int_eq(got.list[0]->kind, KIND_NONE);
    ck_assert_uint_eq(got.list[0]->tender, 0);
    events_fini(&got);
}
END_TEST

START_TEST(events_come_in_whole_transactions)
{
    struct events got;
    uint64_t before = kit.set.head;

    kit_do(&kit, "set OURS price=1\nset OURS price=2\nset OURS price=3");
    kit_do(&kit, "set OURS price=4");
    read_events(before, 1, &got);
    ck_assert_uint_eq(got.n, 3);
    events_fini(&got);
    read_events(before + 3, 1, &got);
    ck_assert_uint_eq(got.n, 1);
    events_fini(&got);
    read_events(before + 4, 1, &got);
    ck_assert_uint_eq(got.n, 0);
    events_fini(&got);
}
END_TEST

START_TEST(what_is_not_kept_is_gone)
{
    struct events got = {0};
    uint64_t oldest;

    ck_assert_int_eq(
        store_events(kit.store, kit.team, kit.set.head + 1, 10, &got, &oldest),
        ERR_GONE);
    ck_assert_int_eq(sqlite3_exec(kit.store->sql,
                         "DELETE FROM journal WHERE seq<=3", NULL, NULL, NULL),
        SQLITE_OK);
    ck_assert_int_eq(
        store_events(kit.store, kit.team, 2, 10, &got, &oldest), ERR_GONE);
    ck_assert_uint_eq(oldest, 4);
    ck_assert_int_eq(
        store_events(kit.store, kit.team, 3, 1, &got, &oldest), ERR_OK);
    ck_assert_uint_eq(got.n, 1);
    ck_assert_uint_eq(got.list[0]->seq, 4);
    events_fini(&got);
}
END_TEST

static enum err try_log(const struct viewer *viewer, enum kind kind,
    uint64_t id, size_t limit, struct events *got)
{
    struct log_query query = {.kind = kind, .id = id, .limit = limit};
    uint64_t next;

    return store_log(kit.store, viewer, &query, got, &next);
}

static uint64_t read_log(
    const struct log_query *query, size_t n, struct events *got)
{
    struct viewer viewer = kit_viewer(&kit);
    uint64_t next;

    ck_assert_int_eq(store_log(kit.store, &viewer, query, got, &next), ERR_OK);
    ck_assert_uint_eq(got->n, n);
    return next;
}

START_TEST(a_log_is_newest_first_in_pages)
{
    struct log_query query = {.kind = KIND_BID, .id = 1, .limit = 2};
    struct events got;
    uint64_t last;

    kit_do(&kit, "set OURS price=1\nset OURS price=2");
    last = kit.set.head;
    ck_assert_uint_eq(read_log(&query, 2, &got), last - 1);
    ck_assert_uint_eq(got.list[0]->seq, last);
    ck_assert_str_eq(got.list[0]->after, "price=2");
    ck_assert_str_eq(got.list[0]->before, "price=1");
    events_fini(&got);
    query.before = last - 1;
    ck_assert_uint_eq(read_log(&query, 1, &got), 0);
    ck_assert_str_eq(got.list[0]->name, "bid.add");
    events_fini(&got);
    query = (struct log_query){.kind = KIND_NONE, .limit = 1000};
    ck_assert_uint_eq(read_log(&query, last, &got), 0);
    events_fini(&got);
}
END_TEST

START_TEST(a_log_is_of_a_tender_an_author_kinds_and_a_time)
{
    uint64_t head, first;
    struct events got;

    ck_assert_int_eq(store_head(kit.store, kit.team, &first), ERR_OK);
    kit_do(&kit, "set OURS price=1");
    int64_t at = kit.now_ms - 1;
    kit_as(&kit, "ed", ROLE_EDITOR);
    kit_do(&kit, "set N1 name=x\nset OTHER title=y");
    kit_do(&kit, "set NB title=z");
    ck_assert_int_eq(store_head(kit.store, kit.team, &head), ERR_OK);
    const struct {
        struct log_query query;
        size_t n;
        uint64_t newest;
    } rows[] = {
        {{.kind = KIND_NONE, .since = first}, 4, head},
        {{.kind = KIND_NONE, .since = first, .tender = 1}, 3, head},
        {{.kind = KIND_NONE, .since = first, .tender = 2}, 1, head - 1},
        {{.kind = KIND_NONE, .since = first, .author = "ann"}, 1, first + 1},
        {{.kind = KIND_NONE, .author = "ed"}, 3, head},
        {{.kind = KIND_NONE, .author = "nobody"}, 0, 0},
        {{.kind = KIND_NONE, .since = first, .until = first + 2}, 2, first + 2},
        {{.kind = KIND_NONE, .from = at}, 4, head},
        {{.kind = KIND_NONE, .from = at, .to = at}, 1, first + 1},
        {{.kind = KIND_NONE, .from = at + 1}, 3, head},
        {{.kind = KIND_BID, .id = 1, .author = "ed"}, 0, 0},
        {{.kind = KIND_BID, .id = 1, .tender = 2}, 0, 0},
        {{.kind = KIND_NONE,
             .since = first,
             .of_kinds = true,
             .kinds = {[KIND_BID] = true, [KIND_NEED] = true}},
            2, first + 2},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct log_query query = rows[i].query;

        query.limit = 100;
        ck_assert_uint_eq(read_log(&query, rows[i].n, &got), 0);
        if (got.n)
            ck_assert_uint_eq(got.list[0]->seq, rows[i].newest);
        events_fini(&got);
    }
}
END_TEST

START_TEST(a_log_that_passes_over_much_says_where_to_go_on)
{
    struct log_query query = {.kind = KIND_NONE, .author = "ed", .limit = 100};
    struct events got;
    uint64_t next, pages = 0;
    size_t n = 0;

    ck_assert_int_eq(limit_set(LIMIT_ROW_SCAN, 10), ERR_OK);
    kit_as(&kit, "ed", ROLE_EDITOR);
    kit_do(&kit, "set N1 name=x");
    kit_as(&kit, "ann", ROLE_OWNER);
    for (int i = 0; i < 25; i++)
        kit_do(&kit, i % 2 ? "set N1 name=y" : "set N1 name=z");
    do {
        struct viewer viewer = kit_viewer(&kit);

        ck_assert_int_eq(
            store_log(kit.store, &viewer, &query, &got, &next), ERR_OK);
        n += got.n;
        events_fini(&got);
        query.before = next;
        pages++;
    } while (next);
    ck_assert_uint_eq(n, 1);
    ck_assert_uint_ge(pages, 4);
    ck_assert_int_eq(limit_set(LIMIT_ROW_SCAN, LIMIT_SCAN), ERR_OK);
}
END_TEST

START_TEST(a_log_shows_what_was_deleted_and_hides_what_is_hidden)
{
    struct viewer ed = {.team = kit.team, .user = "ed", .role = ROLE_EDITOR};
    const struct log_query query = {.kind = KIND_BID, .id = 1, .limit = 10};
    struct events got;

    kit_do(&kit, "del OURS");
    ck_assert_uint_eq(read_log(&query, 2, &got), 0);
    events_fini(&got);
    kit_do(&kit, "set NB members=ann");
    ck_assert_int_eq(try_log(&ed, KIND_BID, 1, 10, &got), ERR_NONE);
    ck_assert_int_eq(try_log(&ed, KIND_NONE, 0, 100, &got), ERR_OK);
    for (size_t i = 0; i < got.n; i++)
        ck_assert_uint_ne(got.list[i]->tender, 1);
    events_fini(&got);
    ck_assert_int_eq(try_log(&ed, KIND_BID, 99, 10, &got), ERR_NONE);
}
END_TEST

START_TEST(teams_do_not_meet)
{
    struct viewer zoe = {
        .team = kit.team + 1, .user = "zoe", .role = ROLE_OWNER};
    struct events got;

    ck_assert_int_eq(try_log(&zoe, KIND_NONE, 0, 100, &got), ERR_OK);
    ck_assert_uint_eq(got.n, 1);
    ck_assert_uint_eq(got.list[0]->seq, 1);
    events_fini(&got);
}
END_TEST

/* The example of docs/storage.md: salt of 16 bytes 00 01 ... 0f, all-zero
 * chain; computed with sha256sum. */
START_TEST(a_row_has_the_digest_that_the_format_says)
{
    char author[] = "ann", name[] = "bid.set";
    char after[] = "price=510 reason=\"two words\"";
    char before[] = "price=520 reason=\"\"";
    struct event event = {.seq = 7,
        .tx = 8,
        .time = 1700000000000,
        .session = 3,
        .author = author,
        .tender = 1,
        .kind = KIND_BID,
        .id = 2,
        .name = name,
        .after = after,
        .before = before};
    unsigned char salt[16], digest[DIGEST_BYTES], chain[DIGEST_BYTES] = {0};
    struct text hex = {0};

    for (unsigned char i = 0; i < 16; i++)
        salt[i] = i;
    journal_digest(salt, &event, "price,reason", digest);
    for (int i = 0; i < DIGEST_BYTES; i++)
        text_printf(&hex, "%02x", digest[i]);
    ck_assert_str_eq(hex.bytes,
        "68e60ba9e929e1c06c9dbcca57e6797645be9a7b003916e5d3e37f9c2c5f72a9");
    text_fini(&hex);
    chain_next(chain, 7, digest);
    for (int i = 0; i < DIGEST_BYTES; i++)
        text_printf(&hex, "%02x", chain[i]);
    ck_assert_str_eq(hex.bytes,
        "c4a0c7fe7dbee11446aacf604e8abe7836dfb6f02684a2fddc1caf8cb7632b19");
    text_fini(&hex);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("db/journal");
    TCase *tcase = kit_case(suite, "journal", set_up, tear_down);

    tcase_add_test(tcase, events_are_what_the_writer_handed_out);
    tcase_add_test(tcase, events_carry_the_members_of_their_tender_now);
    tcase_add_test(tcase, members_are_events_of_the_team);
    tcase_add_test(tcase, events_come_in_whole_transactions);
    tcase_add_test(tcase, what_is_not_kept_is_gone);
    tcase_add_test(tcase, a_log_is_newest_first_in_pages);
    tcase_add_test(tcase, a_log_is_of_a_tender_an_author_kinds_and_a_time);
    tcase_add_test(tcase, a_log_that_passes_over_much_says_where_to_go_on);
    tcase_add_test(
        tcase, a_log_shows_what_was_deleted_and_hides_what_is_hidden);
    tcase_add_test(tcase, teams_do_not_meet);
    tcase_add_test(tcase, a_row_has_the_digest_that_the_format_says);
    return kit_run(suite);
}
