/* SPDX-License-Identifier: Apache-2.0
 *
 * check_store_read.c - finding, showing and listing what is current.
 */
#include "tests/unit/store_kit.h"

#include <sqlite3.h>

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

/* A condition or an order as typed: "price<600". */
static void add_condition(struct query *query, const struct word *word)
{
    struct condition *c;
    struct datum_fault fault;
    size_t field = field_find(query->kind, word->key);

    query->conditions = mem_grow(query->conditions, &query->conditions_room,
        query->conditions_n + 1, sizeof *query->conditions);
    c = &query->conditions[query->conditions_n++];
    *c = (struct condition){
        .field = field, .op = word->op, .word = mem_text(word->value)};
    if (field == FIELD_COUNT)
        c->builtin = strcmp(word->key, "tender") == 0   ? "tender"
                     : strcmp(word->key, "author") == 0 ? "author"
                     : strcmp(word->key, "time") == 0   ? "time"
                     : strcmp(word->key, "rev") == 0    ? "rev"
                                                        : "id";
    else if (word->value[0])
        ck_assert_msg(
            datum_read(field, word->value, &c->value, &fault) == ERR_OK ||
                word->op == OP_LIKE,
            "%s", word->value);
    if (field != FIELD_COUNT && word->op == OP_LIKE && !c->value.text)
        c->value = (struct datum){.set = true, .text = mem_text(word->value)};
}

static void add_order(struct query *query, const char *word)
{
    struct order *order = &query->orders[query->orders_n++];

    order->falling = *word == '-';
    word += order->falling;
    order->field = field_find(query->kind, word);
    if (order->field == FIELD_COUNT)
        order->builtin = strcmp(word, "time") == 0  ? "time"
                         : strcmp(word, "rev") == 0 ? "rev"
                                                    : "id";
}

/* "bid price<600 order-by=-price limit=2" */
static void make_query(struct query *query, const char *line)
{
    struct words words;
    struct words_fault fault;

    ck_assert_int_eq(
        words_read(line, strlen(line), NULL, 32, &words, &fault), ERR_OK);
    *query = (struct query){.kind = kind_find(words.list[0].value),
        .limit = 100,
        .scope = kit.scope};
    for (size_t i = 1; i < words.n; i++) {
        const struct word *word = &words.list[i];

        if (strcmp(word->key, "order-by") == 0)
            add_order(query, word->value);
        else if (strcmp(word->key, "limit") == 0)
            query->limit = strtoul(word->value, NULL, 10);
        else if (strcmp(word->key, "at") == 0)
            query->at = strtoull(word->value, NULL, 10);
        else if (strcmp(word->key, "after") == 0)
            query->after = mem_text(word->value);
        else
            add_condition(query, word);
    }
    words_free(&words);
}

/* The ids of a list, comma between them, or the error. */
static char *list(const char *line, char **next)
{
    struct query query;
    struct objects got = {0};
    struct fault fault = {0};
    struct text ids = {0};
    struct viewer viewer = kit_viewer(&kit);

    make_query(&query, line);
    enum err err = store_list(kit.store, &viewer, &query, &got, &fault);
    if (err != ERR_OK)
        text_printf(&ids, "%s %s", err_word(err), fault.field);
    for (size_t i = 0; i < got.n; i++) {
        if (i > 0)
            text_putc(&ids, ',');
        id_print(&ids, got.list[i]->kind, got.list[i]->id);
    }
    if (next)
        *next = mem_text(got.next);
    objects_fini(&got);
    query_fini(&query);
    fault_fini(&fault);
    return text_take(&ids);
}

static const struct {
    const char *line, *ids;
} lists[] = {
    {"bid", "B-1,B-2,B-3"},
    {"bid price<500", "B-2"},
    {"bid price<=520 price>=475", "B-1,B-2"},
    {"bid price=475", "B-2"},
    {"bid price!=520", "B-2,B-3"},
    {"bid price=\"\"", "B-3"},
    {"bid price!=\"\"", "B-1,B-2"},
    {"bid party=WE", "B-1,B-3"},
    {"bid party!=P-2", "B-2"},
    {"bid party=NOBODY", "none party"},
    {"bid party=NB", "arg party"},
    {"bid party<WE", "arg party"},
    {"bid lot=\"\"", "B-1,B-2,B-3"},
    {"bid ours=yes", "B-1"},
    {"bid ours!=yes", "B-2,B-3"},
    {"bid ours<yes", "arg ours"},
    {"bid state=believed", "B-2,B-3"},
    {"bid state~draft", "arg state"},
    {"bid name~ÉLITE", "B-3"},
    {"bid name~bus", "B-1,B-3"},
    {"bid name~\"%\"", ""},
    {"bid code=OURS", "B-1"},
    {"bid code>OURS", "B-2"},
    {"bid price~5", "arg price"},
    {"bid tender=NB", "B-1,B-2"},
    {"bid tender!=NB", "B-3"},
    {"bid tender=OTHER", "B-3"},
    {"bid tender=T-9", "none tender"},
    {"bid tender=WE", "arg tender"},
    {"bid id=B-2", "B-2"},
    {"bid id=RIV", "B-2"},
    {"bid id>=B-2", "B-2,B-3"},
    {"bid id=P-1", "arg id"},
    {"bid author=ann", "B-1,B-2,B-3"},
    {"bid author~AN", "B-1,B-2,B-3"},
    {"bid author=ed", ""},
    {"bid rev>0", "B-1,B-2,B-3"},
    {"bid rev=x", "arg rev"},
    {"bid time>2023-01-01T00:00:00Z", "B-1,B-2,B-3"},
    {"bid time>2033-01-01T00:00:00Z", ""},
    {"bid time>yesterday", "arg time"},
    {"bid order-by=price", "B-2,B-1,B-3"},
    {"bid order-by=-price", "B-1,B-2,B-3"},
    {"bid order-by=-id", "B-3,B-2,B-1"},
    {"bid order-by=state order-by=-rev", "B-3,B-2,B-1"},
    {"bid order-by=-time limit=1", "B-1"},
    {"stake roles=uses", "S-1"},
    {"stake roles=uses,pays", ""},
    {"stake roles~pays", "S-2"},
    {"stake roles=uses,decides,pays", "S-2"},
    {"stake roles~pays,uses", "S-2"},
    {"stake roles!=uses", "S-2"},
    {"stake roles<uses", "arg roles"},
    {"tender buyer=P-1", "T-1"},
    {"tender buyer~WE", ""},
    {"tender buyer=\"\"", "T-2"},
    {"effect on=C2", "EF-1"},
    {"effect on!=C2", "EF-2"},
    {"effect on=N1", "EF-2"},
    {"party", "P-1,P-2,P-3"},
    {"party size>=6000", "P-3"},
    {"bid after=k0.2", "arg after"},
    {"bid after=k99999.2", "arg after"},
    {"bid after=o0.2", "arg after"},
    {"bid after=", "arg after"},
    {"bid after=k0", "arg after"},
    {"bid after=k0.2x", "arg after"},
    {"bid after=k0.-2", "arg after"},
    {"bid order-by=price after=k0.2", "arg after"},
};

START_TEST(a_list_holds_what_meets_its_conditions)
{
    kit_do(&kit, "set OURS name=\"Night bus\"\n"
                 "add bid code=E party=WE name=\"Bus élite\" tender=OTHER\n"
                 "add stake party=WE roles=pays,decides,uses\n"
                 "add element code=O1\n"
                 "add effect element=O1 on=C2 by=1\n"
                 "add effect element=O1 on=N1 by=0.5");
    char line[128];
    snprintf(line, sizeof line, "%s%s", lists[_i].line,
        strcmp(lists[_i].line, "bid after=") ? "" : "\"\"");
    char *ids = list(line, NULL);
    ck_assert_msg(strcmp(ids, lists[_i].ids) == 0, "%s: %s instead of %s", line,
        ids, lists[_i].ids);
    free(ids);
}
END_TEST

static void expect_list(const char *line, const char *ids)
{
    char *got = list(line, NULL);

    ck_assert_str_eq(got, ids);
    free(got);
}

START_TEST(pages_in_id_order_join_up)
{
    char *ids, *next, line[64];

    kit_do(&kit, "add need sort=job\nadd need sort=job\nadd need sort=job");
    ids = list("need tender=NB limit=2", &next);
    ck_assert_str_eq(ids, "N-1,N-2");
    snprintf(line, sizeof line, "need tender=NB limit=2 after=%s", next);
    free(next);
    free(ids);
    ids = list(line, &next);
    ck_assert_str_eq(ids, "N-3,N-4");
    snprintf(line, sizeof line, "need tender=NB limit=2 after=%s", next);
    free(next);
    free(ids);
    ids = list(line, &next);
    ck_assert_str_eq(ids, "N-5");
    ck_assert_ptr_null(next);
    free(ids);
}
END_TEST

START_TEST(pages_in_another_order_are_of_one_snapshot)
{
    char *ids, *next, line[64];

    kit_do(&kit, "set N1 name=b\nset N2 name=c\nadd need sort=job name=a");
    ids = list("need order-by=name limit=2", &next);
    ck_assert_str_eq(ids, "N-3,N-1");
    free(ids);
    kit_do(&kit, "set N1 name=z\nadd need sort=job name=a");
    snprintf(line, sizeof line, "need order-by=name limit=2 after=%s", next);
    expect_list(line, "N-2");
    free(next);
}
END_TEST

START_TEST(what_is_hidden_is_in_no_list)
{
    kit_do(&kit, "add note on=OURS text=a\nadd note on=WE text=b");
    kit_do(&kit, "set NB members=ann,sue");
    kit_as(&kit, "ed", ROLE_EDITOR);
    expect_list("tender", "T-2");
    expect_list("bid", "");
    expect_list("note", "NT-2");
    expect_list("party", "P-1,P-2,P-3");
    expect_list("bid tender=T-1", "none tender");
    expect_list("bid id=OURS", "none id");
    kit_as(&kit, "sue", ROLE_SCORER);
    expect_list("bid", "B-1,B-2");
    /* A name within another is not a member. */
    kit_as(&kit, "an", ROLE_OWNER);
    expect_list("bid", "");
}
END_TEST

START_TEST(a_word_finds_what_is_seen)
{
    struct viewer viewer = kit_viewer(&kit);
    enum kind kind = KIND_NONE;
    uint64_t id = 0;

    ck_assert_int_eq(
        store_find(kit.store, &viewer, 1, "OURS", &kind, &id), ERR_OK);
    ck_assert_int_eq(kind, KIND_BID);
    ck_assert_uint_eq(id, 1);
    ck_assert_int_eq(
        store_find(kit.store, &viewer, 0, "OURS", &kind, &id), ERR_NONE);
    ck_assert_int_eq(
        store_find(kit.store, &viewer, 2, "OURS", &kind, &id), ERR_NONE);
    ck_assert_int_eq(
        store_find(kit.store, &viewer, 2, "WE", &kind, &id), ERR_OK);
    ck_assert_int_eq(
        store_find(kit.store, &viewer, 0, "B-9", &kind, &id), ERR_NONE);
    ck_assert_int_eq(
        store_find(kit.store, &viewer, 0, "ours", &kind, &id), ERR_NONE);
    viewer.team++;
    ck_assert_int_eq(
        store_find(kit.store, &viewer, 1, "B-1", &kind, &id), ERR_NONE);
}
END_TEST

START_TEST(what_is_hidden_is_not_shown)
{
    const struct viewer ed = {
        .team = kit.team, .user = "ed", .role = ROLE_EDITOR};
    struct object *object;
    enum kind kind;
    uint64_t id;

    kit_do(&kit, "set NB members=ann");
    ck_assert_int_eq(
        store_get(kit.store, &ed, KIND_BID, 1, 0, &object), ERR_NONE);
    ck_assert_int_eq(
        store_get(kit.store, &ed, KIND_TENDER, 1, 0, &object), ERR_NONE);
    ck_assert_int_eq(
        store_get(kit.store, &ed, KIND_BID, 1, kit.set.head - 1, &object),
        ERR_NONE);
    ck_assert_int_eq(
        store_find(kit.store, &ed, 1, "OURS", &kind, &id), ERR_NONE);
    ck_assert_int_eq(store_find(kit.store, &ed, 0, "NB", &kind, &id), ERR_NONE);
}
END_TEST

START_TEST(an_object_tells_who_changed_it_last)
{
    struct object *bid;

    kit_as(&kit, "ed", ROLE_EDITOR);
    kit_do(&kit, "set OURS price=1..2..4");
    bid = kit_get(&kit, "OURS");
    ck_assert_str_eq(bid->author, "ed");
    ck_assert_int_eq(bid->time, kit.now_ms - 1);
    ck_assert_uint_eq(bid->rev, kit.set.head);
    ck_assert_uint_eq(bid->tender, 1);
    object_free(&bid);
    kit_expect(&kit, "OURS", "price", "1..2..4");
}
END_TEST

START_TEST(a_record_holds_a_tender_and_the_team)
{
    struct viewer viewer = kit_viewer(&kit);
    struct record *record;

    kit_do(&kit, "add note on=OURS text=a\n"
                 "add link from=AUTH to=NIGHT sort=represents\n"
                 "add need code=X sort=job tender=OTHER");
    ck_assert_int_eq(store_record(kit.store, &viewer, 1, 0, &record), ERR_OK);
    ck_assert_uint_eq(record->seq, kit.set.head);
    ck_assert_uint_eq(record->tender, 1);
    ck_assert_uint_eq(record->n[KIND_TENDER], 1);
    ck_assert_uint_eq(record->n[KIND_PARTY], 3);
    ck_assert_uint_eq(record->n[KIND_LINK], 1);
    ck_assert_uint_eq(record->n[KIND_NEED], 2);
    ck_assert_uint_eq(record->n[KIND_BID], 2);
    ck_assert_uint_eq(record->n[KIND_NOTE], 0);
    ck_assert_str_eq(object_code(record->list[KIND_BID][1]), "RIV");
    record_free(&record);
    ck_assert_ptr_null(record);
    ck_assert_int_eq(store_record(kit.store, &viewer, 9, 0, &record), ERR_NONE);
    kit_as(&kit, "sue", ROLE_OWNER);
    kit_do(&kit, "set NB members=sue");
    ck_assert_int_eq(store_record(kit.store, &viewer, 1, 0, &record), ERR_NONE);
}
END_TEST

START_TEST(touched_follows_the_tender_and_the_team)
{
    uint64_t before, seq;

    kit_do(&kit, "add need code=X sort=job tender=OTHER");
    ck_assert_int_eq(store_touched(kit.store, kit.team, 1, &before), ERR_OK);
    ck_assert_uint_lt(before, kit.set.head);
    kit_do(&kit, "set OURS price=1");
    ck_assert_int_eq(store_touched(kit.store, kit.team, 1, &seq), ERR_OK);
    ck_assert_uint_eq(seq, kit.set.head);
    kit_do(&kit, "set WE name=x");
    ck_assert_int_eq(store_touched(kit.store, kit.team, 1, &seq), ERR_OK);
    ck_assert_uint_eq(seq, kit.set.head);
    ck_assert_int_eq(store_touched(kit.store, kit.team, 2, &seq), ERR_OK);
    ck_assert_uint_eq(seq, kit.set.head);
    ck_assert_int_eq(store_touched(kit.store, 99, 1, &seq), ERR_OK);
    ck_assert_uint_eq(seq, 0);
}
END_TEST

START_TEST(a_reader_sees_committed_states_alone)
{
    struct store *reader;
    uint64_t before, seq;

    ck_assert_int_eq(
        store_open(kit.folder, STORE_READ, &reader, &kit.why), ERR_OK);
    ck_assert_int_eq(store_head(reader, kit.team, &before), ERR_OK);
    kit_open(&kit);
    kit_queue(&kit, &kit.set, "set OURS price=7");
    ck_assert_int_eq(store_begin(kit.store), ERR_OK);
    ck_assert_int_eq(store_apply(kit.store, &kit.set, KIT_TIME), ERR_OK);
    ck_assert_int_eq(store_head(reader, kit.team, &seq), ERR_OK);
    ck_assert_uint_eq(seq, before);
    ck_assert_int_eq(store_begin(reader), ERR_OK);
    ck_assert_int_eq(store_head(reader, kit.team, &seq), ERR_OK);
    ck_assert_int_eq(store_commit(kit.store), ERR_OK);
    ck_assert_int_eq(store_head(reader, kit.team, &seq), ERR_OK);
    ck_assert_uint_eq(seq, before);
    ck_assert_int_eq(store_commit(reader), ERR_OK);
    ck_assert_int_eq(store_head(reader, kit.team, &seq), ERR_OK);
    ck_assert_uint_eq(seq, before + 1);
    store_close(&reader);
}
END_TEST

START_TEST(what_is_rolled_back_was_never_there)
{
    kit_open(&kit);
    kit_queue(&kit, &kit.set, "set OURS price=7");
    ck_assert_int_eq(store_begin(kit.store), ERR_OK);
    ck_assert_int_eq(store_apply(kit.store, &kit.set, KIT_TIME), ERR_OK);
    store_rollback(kit.store);
    store_rollback(kit.store);
    kit_expect(&kit, "OURS", "price", "520");
}
END_TEST

START_TEST(a_second_writer_is_kept_out)
{
    struct store *other;
    struct text why = {0};

    ck_assert_int_eq(
        store_open(kit.folder, STORE_WRITE, &other, &why), ERR_BUSY);
    ck_assert_ptr_nonnull(strstr(why.bytes, "another server"));
    text_fini(&why);
}
END_TEST

START_TEST(a_database_is_made_once)
{
    struct text why = {0};
    struct store *store;

    ck_assert_int_eq(store_create(kit.folder, &why), ERR_BUSY);
    store_close(&kit.store);
    ck_assert_int_eq(store_create(kit.folder, &why), ERR_EXISTS);
    ck_assert_int_eq(
        store_open("/nonexistent", STORE_READ, &store, &why), ERR_NONE);
    ck_assert_int_eq(
        store_open(kit.folder, STORE_WRITE, &kit.store, &why), ERR_OK);
    kit_expect(&kit, "OURS", "price", "520");
    text_fini(&why);
}
END_TEST

static const struct {
    const char *sql, *why;
} others[] = {
    {"PRAGMA user_version=99", "version 99"},
    {"UPDATE meta SET value=1 WHERE name='shape'", "diptychd upgrade"},
    {"DELETE FROM meta WHERE name='shape'", "diptychd upgrade"},
    {"PRAGMA application_id=7", "not a database of this server"},
};

START_TEST(a_database_of_another_server_is_refused)
{
    struct text why = {0};
    sqlite3 *sql;
    char path[128];

    store_close(&kit.store);
    snprintf(path, sizeof path, "%s/diptych.db", kit.folder);
    ck_assert_int_eq(sqlite3_open(path, &sql), SQLITE_OK);
    ck_assert_int_eq(
        sqlite3_exec(sql, others[_i].sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(sql);
    ck_assert_int_eq(
        store_open(kit.folder, STORE_WRITE, &kit.store, &why), ERR_UNSUPPORTED);
    ck_assert_ptr_nonnull(strstr(why.bytes, others[_i].why));
    text_fini(&why);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("db/store_read");
    TCase *lists_case = kit_case(suite, "list", set_up, tear_down);
    TCase *find = kit_case(suite, "find", set_up, tear_down);
    TCase *open = kit_case(suite, "open", set_up, tear_down);

    KIT_LOOP(lists_case, a_list_holds_what_meets_its_conditions, lists);
    tcase_add_test(lists_case, pages_in_id_order_join_up);
    tcase_add_test(lists_case, pages_in_another_order_are_of_one_snapshot);
    tcase_add_test(lists_case, what_is_hidden_is_in_no_list);
    tcase_add_test(find, a_word_finds_what_is_seen);
    tcase_add_test(find, what_is_hidden_is_not_shown);
    tcase_add_test(find, an_object_tells_who_changed_it_last);
    tcase_add_test(find, a_record_holds_a_tender_and_the_team);
    tcase_add_test(find, touched_follows_the_tender_and_the_team);
    tcase_add_test(open, a_reader_sees_committed_states_alone);
    tcase_add_test(open, what_is_rolled_back_was_never_there);
    tcase_add_test(open, a_second_writer_is_kept_out);
    tcase_add_test(open, a_database_is_made_once);
    KIT_LOOP(open, a_database_of_another_server_is_refused, others);
    return kit_run(suite);
}
