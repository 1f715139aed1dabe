/* SPDX-License-Identifier: Apache-2.0
 *
 * store_kit.h - a record in a temporary folder, and changes typed as lines of
 * the wire, for the unit tests of db/.
 *
 * The kit does what a session does with "add", "set" and "del": it lexes a
 * line and checks types, and leaves the rest to the store.
 */
#ifndef TESTS_STORE_KIT_H
#define TESTS_STORE_KIT_H

#include "db/store.h"
#include "db/user.h"
#include "protocol/base_mem.h"
#include "tests/parts/blank_record.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define KIT_LOOP(tcase, test, rows)                                            \
    tcase_add_loop_test(tcase, test, 0, (int)(sizeof rows / sizeof *rows))

#define KIT_TIME INT64_C(1700000000000)

struct kit {
    char folder[64];
    struct store *store;
    struct text why;
    uint64_t team;
    uint64_t scope; /* tender of "use tender=" */
    const char *user;
    enum role role;
    int64_t now_ms;
    struct changeset set; /* the last one applied, with its results */
};

static inline void kit_remove(const char *folder, const char *file)
{
    char path[128];

    snprintf(path, sizeof path, "%s/%s", folder, file);
    unlink(path);
}

static inline void kit_folder(char folder[64])
{
    /* In memory where that can be: the disk is not what is tested. */
    bool memory = access("/dev/shm", W_OK) == 0;

    strcpy(
        folder, memory ? "/dev/shm/check-db-XXXXXX" : "/tmp/check-db-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static inline void kit_unlink(const char *folder)
{
    kit_remove(folder, "diptych.db");
    kit_remove(folder, "diptych.db-wal");
    kit_remove(folder, "diptych.db-shm");
    kit_remove(folder, "diptych.lock");
    ck_assert_int_eq(rmdir(folder), 0);
}

/* Users ann (owner), ed (editor), sue (scorer), rob (reader) of team blue and
 * zoe of team red. */
static inline void kit_users(struct kit *kit)
{
    static const struct {
        const char *name, *team;
        enum role role;
    } users[] = {
        {"ann", "blue", ROLE_OWNER},
        {"ed", "blue", ROLE_EDITOR},
        {"sue", "blue", ROLE_SCORER},
        {"rob", "blue", ROLE_READER},
        {"zoe", "red", ROLE_OWNER},
    };
    struct user user;

    ck_assert_int_eq(store_begin(kit->store), ERR_OK);
    for (size_t i = 0; i < sizeof users / sizeof *users; i++)
        ck_assert_int_eq(user_add(kit->store, users[i].name, users[i].team,
                             users[i].role, "x", KIT_TIME),
            ERR_OK);
    ck_assert_int_eq(store_commit(kit->store), ERR_OK);
    ck_assert_int_eq(user_find(kit->store, "ann", &user), ERR_OK);
    kit->team = user.team;
    user_fini(&user);
}

static inline void kit_init(struct kit *kit)
{
    *kit = (struct kit){.user = "ann", .role = ROLE_OWNER, .now_ms = KIT_TIME};
    kit_folder(kit->folder);
    blank_record_make(kit->folder);
    ck_assert_int_eq(
        store_open(kit->folder, STORE_WRITE, &kit->store, &kit->why), ERR_OK);
    kit_users(kit);
}

static inline void kit_fini(struct kit *kit)
{
    changeset_fini(&kit->set);
    text_fini(&kit->why);
    store_close(&kit->store);
    kit_unlink(kit->folder);
}

static inline void kit_as(struct kit *kit, const char *user, enum role role)
{
    kit->user = user;
    kit->role = role;
}

static inline struct viewer kit_viewer(const struct kit *kit)
{
    return (struct viewer){
        .team = kit->team, .user = kit->user, .role = kit->role};
}

/* The kind of what is changed: that of its id or code. */
static inline enum kind kit_kind(struct kit *kit, const char *word)
{
    struct viewer viewer = kit_viewer(kit);
    enum kind kind;
    uint64_t id;

    if (id_read(word, &kind, &id) == ERR_OK)
        return kind;
    if (store_find(kit->store, &viewer, kit->scope, word, &kind, &id) == ERR_OK)
        return kind;
    return KIND_NONE;
}

static inline void kit_assign(
    struct change *change, enum kind kind, const struct word *word)
{
    size_t field = field_find(kind, word->key);
    struct datum value = {.ref_kind = KIND_NONE};
    struct datum_fault fault;

    ck_assert_msg(field != FIELD_COUNT, "no field %s", word->key);
    if (word->value[0])
        ck_assert_msg(datum_read(field, word->value, &value, &fault) == ERR_OK,
            "%s=%s is not of its type", word->key, word->value);
    change_assign(change, field, word->op, word->value[0] == '\0', &value);
}

static inline void kit_word(
    struct change *change, enum kind kind, const struct word *word)
{
    if (strcmp(word->key, "as") == 0) {
        change->as = mem_text(word->value);
    } else if (strcmp(word->key, "tender") == 0) {
        change->tender = mem_text(word->value);
    } else if (strcmp(word->key, "parts") == 0) {
        change->parts = strcmp(word->value, "yes") == 0;
    } else if (change->verb == CHANGE_UNDO && strcmp(word->key, "to") == 0) {
        change->to = strtoull(word->value, NULL, 10);
    } else if (strcmp(word->key, "if") == 0) {
        change->guard = strcmp(word->value, "seen") ? GUARD_REV : GUARD_SEEN;
        change->guard_rev = strtoull(word->value, NULL, 10);
    } else {
        kit_assign(change, kind, word);
    }
}

/* "add party code=A ...", "set P-1 name=..." "set $x:bid price=5", "del P-1";
 * a kind stands behind what the record does not know, or hides. */
static inline void kit_queue(
    struct kit *kit, struct changeset *set, const char *line)
{
    struct words words;
    struct words_fault fault;

    ck_assert_msg(
        words_read(line, strlen(line), NULL, 128, &words, &fault) == ERR_OK,
        "%s", line);
    struct change *change = change_add(set);
    const char *target = words.list[1].value;
    const char *colon = strchr(target, ':');
    enum kind kind;

    if (strcmp(words.list[0].value, "add") == 0) {
        change->verb = CHANGE_ADD;
        change->kind = kind = kind_find(target);
        ck_assert_int_ne(kind, KIND_NONE);
    } else {
        kind = colon ? kind_find(colon + 1) : kit_kind(kit, target);
        change->verb = strcmp(words.list[0].value, "undo") == 0 ? CHANGE_UNDO
                       : strcmp(words.list[0].value, "del")     ? CHANGE_SET
                                                                : CHANGE_DEL;
        change->target = colon ? mem_copy(target, (size_t)(colon - target))
                               : mem_text(target);
    }
    for (size_t i = 2; i < words.n; i++)
        kit_word(change, kind, &words.list[i]);
    words_free(&words);
}

/* An empty set of the kit's user. */
static inline void kit_open(struct kit *kit)
{
    changeset_fini(&kit->set);
    kit->set.team = kit->team;
    kit->set.user = mem_text(kit->user);
    kit->set.role = kit->role;
    kit->set.session = 7;
    kit->set.scope = kit->scope;
}

static inline enum err kit_apply(struct kit *kit)
{
    ck_assert_int_eq(store_begin(kit->store), ERR_OK);
    enum err err = store_apply(kit->store, &kit->set, kit->now_ms++);
    ck_assert_int_eq(store_commit(kit->store), ERR_OK);
    ck_assert_int_eq(err, kit->set.fault.err);
    return err;
}

/* One line, or several with LF between them, as one changeset. */
static inline enum err kit_try(struct kit *kit, const char *lines)
{
    kit_open(kit);
    while (*lines) {
        size_t len = strcspn(lines, "\n");
        char *line = mem_copy(lines, len);

        kit_queue(kit, &kit->set, line);
        free(line);
        lines += len;
        lines += *lines == '\n';
    }
    kit->set.batch = kit->set.n > 1;
    return kit_apply(kit);
}

static inline void kit_do(struct kit *kit, const char *lines)
{
    enum err err = kit_try(kit, lines);
    const struct fault *fault = &kit->set.fault;

    ck_assert_msg(err == ERR_OK, "%s: step %zu %s field=%s got=%s allowed=%s",
        lines, fault->step, err_word(err), fault->field, fault->got,
        fault->allowed);
}

/* A fault with these parts; NULL for what is not looked at. */
static inline void kit_refuse(struct kit *kit, const char *lines, enum err err,
    const char *field, const char *got)
{
    uint64_t before, after;

    ck_assert_int_eq(store_head(kit->store, kit->team, &before), ERR_OK);
    enum err answer = kit_try(kit, lines);
    ck_assert_int_eq(store_head(kit->store, kit->team, &after), ERR_OK);
    ck_assert_msg(answer == err, "%s: %s instead of %s (field=%s got=%s)",
        lines, answer ? err_word(answer) : "ok", err_word(err),
        kit->set.fault.field, kit->set.fault.got);
    if (field)
        ck_assert_str_eq(kit->set.fault.field, field);
    if (got)
        ck_assert_str_eq(kit->set.fault.got, got);
    ck_assert_uint_eq(before, after);
    ck_assert_uint_eq(kit->set.done_n, 0);
    ck_assert_uint_eq(kit->set.events.n, 0);
}

static inline struct object *kit_get(struct kit *kit, const char *word)
{
    struct viewer viewer = kit_viewer(kit);
    struct object *object;
    enum kind kind;
    uint64_t id;

    ck_assert_msg(
        store_find(kit->store, &viewer, kit->scope, word, &kind, &id) == ERR_OK,
        "%s is not found", word);
    ck_assert_int_eq(
        store_get(kit->store, &viewer, kind, id, 0, &object), ERR_OK);
    return object;
}

/* The value of a field as a word, "" for none; to be freed. */
static inline char *kit_value(const struct object *object, const char *name)
{
    size_t field = field_find(object->kind, name);
    struct text word = {0};

    ck_assert_uint_ne(field, FIELD_COUNT);
    const struct datum *d = &object->values[field_place(field)];
    if (d->set)
        datum_print(&word, field, d);
    return text_take(&word);
}

static inline void kit_expect(
    struct kit *kit, const char *word, const char *name, const char *value)
{
    struct object *object = kit_get(kit, word);
    char *got = kit_value(object, name);

    ck_assert_str_eq(got, value);
    free(got);
    object_free(&object);
}

/* Two tenders; in the first, of "use tender=NB", a lot, criteria, bids, needs
 * and a stake. */
static inline void kit_fill(struct kit *kit)
{
    kit_do(kit, "add party code=AUTH sort=organisation as=$a\n"
                "add party code=WE sort=organisation\n"
                "add party code=NIGHT sort=segment size=6000\n"
                "add tender code=NB buyer=$a\n"
                "add tender code=OTHER");
    kit->scope = 1;
    kit_do(kit, "add lot code=L1\n"
                "add criterion code=C1 sort=price weight=40\n"
                "add criterion code=C2 sort=quality weight=60 scale-max=10\n"
                "add bid code=OURS party=WE ours=yes price=520\n"
                "add bid code=RIV party=AUTH price=450..500\n"
                "add need code=N1 sort=job\n"
                "add need code=N2 sort=pain\n"
                "add stake party=NIGHT roles=uses");
}

static inline TCase *kit_case(
    Suite *suite, const char *name, SFun set_up, SFun tear_down)
{
    TCase *tcase = tcase_create(name);

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_set_timeout(tcase, 60);
    suite_add_tcase(suite, tcase);
    return tcase;
}

static inline int kit_run(Suite *suite)
{
    SRunner *runner = srunner_create(suite);

    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#endif
