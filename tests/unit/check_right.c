/* SPDX-License-Identifier: Apache-2.0
 *
 * check_right.c - every role, on every kind, with everything that is done to
 * an object; the roles that a tender gives, and what a token narrows.
 *
 * What is expected is written down here once more, from docs/access.md and not
 * from the table that is tested.
 */
#include "tests/unit/store_kit.h"

static struct kit kit;

static void set_up(void)
{
    kit_init(&kit);
    kit_fill(&kit);
    kit_do(&kit, "add alternative code=ALT sort=other\n"
                 "add element code=EL\n"
                 "add factor code=FAC name=Hours");
}

static void tear_down(void)
{
    kit_fini(&kit);
}

/* A line that adds an object of the kind, and one that changes it. */
static const struct {
    const char *add;
    const char *set;
} examples[KIND_COUNT] = {
    [KIND_PARTY] = {"add party sort=person", "name=x"},
    [KIND_LINK] = {"add link from=WE to=AUTH sort=knows", "strength=0.5"},
    [KIND_CONTACT] = {"add contact party=WE channel=phone value=1", "value=2"},
    [KIND_KNOWS] = {"add knows party=WE topic=x level=novice", "level=savvy"},
    [KIND_HABIT] = {"add habit party=WE sort=place what=x", "what=y"},
    [KIND_TENDER] = {"add tender title=x", "title=y"},
    [KIND_LOT] = {"add lot title=x", "title=y"},
    [KIND_CRITERION] = {"add criterion sort=price", "name=y"},
    [KIND_STAKE] = {"add stake party=WE roles=uses", "vote=1"},
    [KIND_ALTERNATIVE] = {"add alternative sort=other", "name=y"},
    [KIND_REACH] = {"add reach alternative=ALT party=WE reachable=yes",
        "reason=x"},
    [KIND_BID] = {"add bid party=WE", "price=1"},
    [KIND_PARTNER] = {"add partner bid=OURS party=AUTH role=lead", "share=1"},
    [KIND_MARK] = {"add mark bid=OURS criterion=C2 value=1", "value=2"},
    [KIND_GRADE] = {"add grade name=good mark=5", "text=x"},
    [KIND_NEED] = {"add need sort=job", "name=y"},
    [KIND_WEIGHS] = {"add weighs need=N1 party=NIGHT importance=1",
        "importance=2"},
    [KIND_ANSWER] = {"add answer need=N1 party=NIGHT met=like unmet=dislike",
        "count=2"},
    [KIND_COVER] = {"add cover need=N1 bid=OURS level=1", "level=0.5"},
    [KIND_RELATES] = {"add relates need=N1 criterion=C2 strength=1",
        "strength=3"},
    [KIND_ELEMENT] = {"add element name=x", "name=y"},
    [KIND_EFFECT] = {"add effect element=EL on=C2 by=1", "by=2"},
    [KIND_EFFORT] = {"add effort element=EL party=NIGHT minutes=5 times=1",
        "minutes=6"},
    [KIND_QUALIFIER] = {"add qualifier text=x", "score=5"},
    [KIND_FORECAST] = {"add forecast chance=0.5", "outcome=won"},
    [KIND_AWARD] = {"add award reason=x", "reason=y"},
    [KIND_TOUCH] = {"add touch party=WE", "text=y"},
    [KIND_PURCHASE] = {"add purchase party=WE from=AUTH", "what=y"},
    [KIND_NONCLIENT] = {"add nonclient party=WE tier=leaving", "reason=y"},
    [KIND_FACTOR] = {"add factor name=x", "name=y"},
    [KIND_CURVE] = {"add curve factor=FAC party=WE level=1", "level=2"},
    [KIND_MESSAGE] = {"add message stake=S-1 audience=user text=x", "text=y"},
    [KIND_NOTE] = {"add note on=NB text=x", "text=y"},
    [KIND_FACT] = {"add fact on=NB statement=x source=y", "source=z"},
    [KIND_TASK] = {"add task on=NB text=x", "text=y"},
};

static const char *const names[ROLE_COUNT] = {[ROLE_READER] = "rob",
    [ROLE_SCORER] = "sue",
    [ROLE_EDITOR] = "ed",
    [ROLE_OWNER] = "ann"};

enum act { ADDS, SETS, SETS_OWN, DELETES, DELETES_OWN, BRINGS_BACK, ACTS };

static bool may(enum role role, enum kind kind, enum act act)
{
    bool scores = kind == KIND_MARK || kind == KIND_NOTE || kind == KIND_TASK;
    bool own = act == ADDS || act == SETS_OWN || act == DELETES_OWN;

    if (role == ROLE_READER)
        return false;
    if (role == ROLE_SCORER)
        return scores && own;
    bool kept = kind == KIND_TENDER || kind == KIND_FORECAST;
    if (role == ROLE_EDITOR)
        return !kept || act == ADDS || act == SETS || act == SETS_OWN;
    return true;
}

/* Adds as somebody who may, so that the object is there to be tried on. */
static void make(enum kind kind, enum role role, bool own, struct text *id)
{
    enum role maker = own ? role : ROLE_OWNER;

    kit_as(&kit, names[maker], own ? ROLE_OWNER : maker);
    kit_do(&kit, examples[kind].add);
    id_print(id, kind, kit.set.done[0].id);
}

/* What was added goes again, since the next one may have the same key. */
static void clear(enum kind kind)
{
    struct text line = {0};
    struct object *object;
    struct viewer ann = {.team = kit.team, .user = "ann", .role = ROLE_OWNER};

    kit_as(&kit, "ann", ROLE_OWNER);
    for (uint64_t id = kind == KIND_TENDER ? 3 : 1; id < 64; id++) {
        if (store_get(kit.store, &ann, kind, id, 0, &object) != ERR_OK)
            continue;
        object_free(&object);
        text_puts(&line, "del ");
        id_print(&line, kind, id);
        (void)kit_try(&kit, line.bytes);
        line.len = 0;
    }
    text_fini(&line);
}

static void print_act(struct text *line, enum kind kind, enum act act,
    const char *id, uint64_t to)
{
    if (act == ADDS)
        text_puts(line, examples[kind].add);
    else if (act == SETS || act == SETS_OWN)
        text_printf(line, "set %s %s", id, examples[kind].set);
    else if (act == BRINGS_BACK)
        text_printf(line, "undo %s to=%d", id, (int)to);
    else
        text_printf(line, "del %s", id);
}

static enum err try_act(enum kind kind, enum role role, enum act act)
{
    struct text id = {0}, line = {0};

    if (act != ADDS)
        make(kind, role, act == SETS_OWN || act == DELETES_OWN, &id);
    uint64_t made = kit.set.head;
    if (act == BRINGS_BACK) {
        text_printf(&line, "del %s", id.bytes);
        kit_do(&kit, line.bytes);
        line.len = 0;
    }
    kit_as(&kit, names[role], role);
    print_act(&line, kind, act, text_peek(&id), made);
    enum err err = kit_try(&kit, line.bytes);
    text_fini(&id);
    text_fini(&line);
    return err;
}

START_TEST(a_role_may_what_the_documents_say)
{
    enum kind kind = (enum kind)_i;

    for (int i = 0; i < 4 * ACTS; i++) {
        enum role role = (enum role)(ROLE_READER + i % 4);
        enum act act = (enum act)(i / 4);
        enum err want = may(role, kind, act) ? ERR_OK : ERR_DENIED;
        enum err got = try_act(kind, role, act);

        ck_assert_msg(got == want, "%s, act %d, on %s: %s field=%s got=%s",
            role_word(role), (int)act, kind_row(kind)->word,
            got ? err_word(got) : "ok", kit.set.fault.field, kit.set.fault.got);
        if (got == ERR_DENIED)
            ck_assert_str_eq(kit.set.fault.got, role_word(role));
        clear(kind);
    }
}
END_TEST

/* Fields for owners alone. */
static const char *const for_owners[] = {"members=ann,ed", "readers=rob",
    "scorers=sue", "editors=rob", "owners=ed", "state=won"};

START_TEST(some_fields_of_a_tender_are_for_owners)
{
    struct text line = {0};

    for (enum role role = ROLE_READER; role <= ROLE_OWNER; role++) {
        kit_as(&kit, names[role], role);
        text_printf(&line, "set NB %s", for_owners[_i]);
        ck_assert_int_eq(kit_try(&kit, line.bytes),
            role == ROLE_OWNER ? ERR_OK : ERR_DENIED);
        line.len = 0;
        text_printf(&line, "add tender %s", for_owners[_i]);
        ck_assert_int_eq(kit_try(&kit, line.bytes),
            role == ROLE_OWNER ? ERR_OK : ERR_DENIED);
        line.len = 0;
    }
    text_fini(&line);
}
END_TEST

/* The viewer in a tender. */

static const struct {
    const char *label;
    enum role role, most;
    const char *tenders;
    uint64_t tender;
    struct {
        const char *members, *readers, *scorers, *editors, *owners;
    } people; /* as the tender says; all NULL: nothing */
    bool sees;
    enum role in;
} views[] = {
    {"plain", ROLE_EDITOR, ROLE_NONE, NULL, 7, {0}, true, ROLE_EDITOR},
    {"raised", ROLE_READER, ROLE_NONE, NULL, 7, {.editors = ",bob,"}, true,
        ROLE_EDITOR},
    {"raised to owner", ROLE_READER, ROLE_NONE, NULL, 7, {.owners = ",bob,"},
        true, ROLE_OWNER},
    {"lowered", ROLE_EDITOR, ROLE_NONE, NULL, 7, {.readers = ",ann,bob,"}, true,
        ROLE_READER},
    {"the first list counts", ROLE_READER, ROLE_NONE, NULL, 7,
        {.scorers = ",bob,", .owners = ",bob,"}, true, ROLE_SCORER},
    {"owners are not lowered", ROLE_OWNER, ROLE_NONE, NULL, 7,
        {.readers = ",bob,"}, true, ROLE_OWNER},
    {"others' names", ROLE_READER, ROLE_NONE, NULL, 7,
        {.editors = ",bobby,rob,"}, true, ROLE_READER},
    {"no member", ROLE_OWNER, ROLE_NONE, NULL, 7, {.members = ",ann,"}, false,
        ROLE_OWNER},
    {"a member", ROLE_READER, ROLE_NONE, NULL, 7, {.members = ",ann,bob,"},
        true, ROLE_READER},
    {"a token of less", ROLE_OWNER, ROLE_SCORER, NULL, 7, {0}, true,
        ROLE_SCORER},
    {"a token of less, raised", ROLE_READER, ROLE_SCORER, NULL, 7,
        {.owners = ",bob,"}, true, ROLE_SCORER},
    {"a token gives nothing", ROLE_READER, ROLE_OWNER, NULL, 7, {0}, true,
        ROLE_READER},
    {"a token for it", ROLE_EDITOR, ROLE_NONE, ",3,7,", 7, {0}, true,
        ROLE_EDITOR},
    {"a token for others", ROLE_OWNER, ROLE_NONE, ",3,77,", 7, {0}, false,
        ROLE_READER},
    {"a token for none", ROLE_OWNER, ROLE_NONE, ",", 7, {0}, false,
        ROLE_READER},
    {"the team", ROLE_EDITOR, ROLE_NONE, NULL, 0, {0}, true, ROLE_EDITOR},
    {"the team, a token of tenders", ROLE_OWNER, ROLE_NONE, ",7,", 0, {0}, true,
        ROLE_READER},
};

START_TEST(a_viewer_has_the_role_of_the_tender)
{
    const struct viewer bob = {
        1, "bob", views[_i].role, views[_i].most, views[_i].tenders};
    struct people people = {mem_text(views[_i].people.members),
        mem_text(views[_i].people.readers), mem_text(views[_i].people.scorers),
        mem_text(views[_i].people.editors), mem_text(views[_i].people.owners)};
    uint64_t tender = views[_i].tender;
    struct viewer in = right_in(&bob, tender, tender ? &people : NULL);

    ck_assert_msg(right_sees(&bob, tender, people.members) == views[_i].sees,
        "%s", views[_i].label);
    ck_assert_msg(
        in.role == views[_i].in, "%s: %s", views[_i].label, role_word(in.role));
    people_fini(&people);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("db/right");
    TCase *tcase = kit_case(suite, "roles", set_up, tear_down);
    TCase *views_case = tcase_create("views");

    tcase_add_loop_test(
        tcase, a_role_may_what_the_documents_say, 0, KIND_COUNT);
    KIT_LOOP(tcase, some_fields_of_a_tender_are_for_owners, for_owners);
    KIT_LOOP(views_case, a_viewer_has_the_role_of_the_tender, views);
    suite_add_tcase(suite, views_case);
    return kit_run(suite);
}
