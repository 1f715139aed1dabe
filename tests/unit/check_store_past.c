/* SPDX-License-Identifier: Apache-2.0
 *
 * check_store_past.c - reading the record as it was at a seq.
 */
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

/* The price of a bid at a seq, "-" when it was not there. */
static char *price_at(uint64_t id, uint64_t at)
{
    struct viewer viewer = kit_viewer(&kit);
    struct object *bid;

    enum err err = store_get(kit.store, &viewer, KIND_BID, id, at, &bid);
    if (err != ERR_OK)
        return mem_text("-");
    char *price = kit_value(bid, "price");
    object_free(&bid);
    return price;
}

static void expect_price(uint64_t id, uint64_t at, const char *price)
{
    char *got = price_at(id, at);

    ck_assert_msg(strcmp(got, price) == 0, "B-%d at %d: %s instead of %s",
        (int)id, (int)at, got, price);
    free(got);
}

START_TEST(an_object_is_shown_as_it_was)
{
    struct object *bid = kit_get(&kit, "OURS");
    uint64_t added = bid->rev, set, del;

    object_free(&bid);
    kit_do(&kit, "set OURS price=510");
    set = kit.set.head;
    kit_do(&kit, "set N1 name=x");
    kit_do(&kit, "del OURS");
    del = kit.set.head;
    expect_price(1, added - 1, "-");
    expect_price(1, added, "520");
    expect_price(1, set - 1, "520");
    expect_price(1, set, "510");
    expect_price(1, set + 1, "510");
    expect_price(1, del - 1, "510");
    expect_price(1, del, "-");
    expect_price(1, 0, "-");
    expect_price(2, del + 100, "450..500");
}
END_TEST

START_TEST(the_past_keeps_revision_author_and_time)
{
    struct viewer viewer = kit_viewer(&kit);
    struct object *now = kit_get(&kit, "OURS"), *then;

    kit_as(&kit, "ed", ROLE_EDITOR);
    kit_do(&kit, "set OURS price=510");
    ck_assert_int_eq(
        store_get(kit.store, &viewer, KIND_BID, 1, kit.set.head - 1, &then),
        ERR_OK);
    ck_assert_str_eq(then->author, "ann");
    ck_assert_uint_eq(then->rev, now->rev);
    ck_assert_int_eq(then->time, now->time);
    for (size_t i = 0; i < kind_row(KIND_BID)->count; i++)
        ck_assert(datum_equal(
            kind_row(KIND_BID)->first + i, &then->values[i], &now->values[i]));
    object_free(&now);
    object_free(&then);
}
END_TEST

START_TEST(a_record_is_read_as_it_was)
{
    struct viewer viewer = kit_viewer(&kit);
    struct record *record;
    uint64_t before = kit.set.head;

    kit_do(&kit, "add party code=NEW sort=person\n"
                 "set OURS price=1\n"
                 "del N2\n"
                 "add need code=N3 sort=gain");
    ck_assert_int_eq(
        store_record(kit.store, &viewer, 1, before, &record), ERR_OK);
    ck_assert_uint_eq(record->seq, before);
    ck_assert_uint_eq(record->n[KIND_PARTY], 3);
    ck_assert_uint_eq(record->n[KIND_NEED], 2);
    ck_assert_uint_eq(record->list[KIND_NEED][1]->id, 2);
    char *price = kit_value(record->list[KIND_BID][0], "price");
    ck_assert_str_eq(price, "520");
    free(price);
    record_free(&record);
    ck_assert_int_eq(store_record(kit.store, &viewer, 1, 0, &record), ERR_OK);
    ck_assert_uint_eq(record->n[KIND_PARTY], 4);
    ck_assert_uint_eq(record->n[KIND_NEED], 2);
    ck_assert_uint_eq(record->list[KIND_NEED][1]->id, 3);
    record_free(&record);
    ck_assert_int_eq(store_record(kit.store, &viewer, 1, 1, &record), ERR_NONE);
}
END_TEST

START_TEST(a_deleted_tender_can_still_be_computed_as_it_was)
{
    struct viewer viewer = kit_viewer(&kit);
    struct record *record;
    uint64_t before = kit.set.head;

    kit_do(&kit, "set NB members=ann");
    kit_do(&kit, "del NB parts=yes");
    ck_assert_int_eq(store_record(kit.store, &viewer, 1, 0, &record), ERR_NONE);
    ck_assert_int_eq(
        store_record(kit.store, &viewer, 1, before, &record), ERR_OK);
    ck_assert_uint_eq(record->n[KIND_BID], 2);
    record_free(&record);
    /* What was hidden last stays hidden, in its past too. */
    kit_as(&kit, "ed", ROLE_EDITOR);
    viewer = kit_viewer(&kit);
    ck_assert_int_eq(
        store_record(kit.store, &viewer, 1, before, &record), ERR_NONE);
}
END_TEST

static uint64_t count_at(enum kind kind, uint64_t at)
{
    struct viewer viewer = kit_viewer(&kit);
    struct query query = {.kind = kind, .limit = 100, .at = at};
    struct objects got = {0};
    struct fault fault = {0};

    ck_assert_int_eq(
        store_list(kit.store, &viewer, &query, &got, &fault), ERR_OK);
    size_t n = got.n;
    objects_fini(&got);
    return n;
}

START_TEST(a_list_is_of_the_past_too)
{
    uint64_t before = kit.set.head;

    kit_do(&kit, "add need sort=job\nset N1 name=x\ndel N2");
    ck_assert_uint_eq(count_at(KIND_NEED, 0), 2);
    ck_assert_uint_eq(count_at(KIND_NEED, before), 2);
    ck_assert_uint_eq(count_at(KIND_NEED, before + 1), 3);
    ck_assert_uint_eq(count_at(KIND_NEED, before + 2), 3);
    ck_assert_uint_eq(count_at(KIND_NEED, before + 3), 2);
    ck_assert_uint_eq(count_at(KIND_NEED, 1), 0);
    kit_do(&kit, "set NB members=ann");
    kit_do(&kit, "del NB parts=yes");
    ck_assert_uint_eq(count_at(KIND_NEED, before), 2);
    kit_as(&kit, "ed", ROLE_EDITOR);
    ck_assert_uint_eq(count_at(KIND_NEED, before), 0);
    ck_assert_uint_eq(count_at(KIND_PARTY, before), 3);
}
END_TEST

/* A storm of changes, and a plain model of what each seq should look like. */
START_TEST(every_seq_is_as_a_plain_model_says)
{
    char prices[201][16];
    uint64_t first = kit.set.head;
    unsigned state = 42;

    strcpy(prices[0], "520");
    for (int i = 1; i <= 200; i++) {
        char line[64];

        state = state * 1103515245u + 12345u;
        bool ours = state & 0x10000;
        memcpy(prices[i], prices[i - 1], sizeof prices[i]);
        snprintf(line, sizeof line, "set %s price=%d", ours ? "OURS" : "RIV",
            1000 + i);
        if (ours)
            snprintf(prices[i], sizeof prices[i], "%d", 1000 + i);
        kit_do(&kit, line);
    }
    ck_assert_uint_eq(kit.set.head, first + 200);
    for (uint64_t i = 0; i <= 200; i++)
        expect_price(1, first + i, prices[i]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("db/store_past");
    TCase *tcase = kit_case(suite, "past", set_up, tear_down);

    tcase_add_test(tcase, an_object_is_shown_as_it_was);
    tcase_add_test(tcase, the_past_keeps_revision_author_and_time);
    tcase_add_test(tcase, a_record_is_read_as_it_was);
    tcase_add_test(tcase, a_deleted_tender_can_still_be_computed_as_it_was);
    tcase_add_test(tcase, a_list_is_of_the_past_too);
    tcase_add_test(tcase, every_seq_is_as_a_plain_model_says);
    return kit_run(suite);
}
