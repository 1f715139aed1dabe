/* SPDX-License-Identifier: Apache-2.0
 *
 * check_undo.c - taking back, in a storm of changes, against the past itself.
 */
#include "db/verify.h"
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

/* All fields of an object at a seq as one line; "-" when it is not there. */
static char *line_at(enum kind kind, uint64_t id, uint64_t at)
{
    const struct kind_row *row = kind_row(kind);
    struct viewer viewer = kit_viewer(&kit);
    struct object *object;
    struct text line = {0};

    if (store_get(kit.store, &viewer, kind, id, at, &object) != ERR_OK)
        return mem_text("-");
    for (size_t i = 0; i < row->count; i++) {
        text_putc(&line, ' ');
        if (object->values[i].set)
            datum_print(&line, row->first + i, &object->values[i]);
    }
    object_free(&object);
    return text_take(&line);
}

static void expect_same(enum kind kind, uint64_t id, uint64_t to)
{
    char *then = line_at(kind, id, to), *now = line_at(kind, id, 0);

    ck_assert_msg(strcmp(then, now) == 0, "%s %d at %d: \"%s\", now \"%s\"",
        kind_row(kind)->word, (int)id, (int)to, then, now);
    free(then);
    free(now);
}

static unsigned next(unsigned *state, unsigned below)
{
    *state = *state * 1103515245u + 12345u;
    return (*state >> 16) % below;
}

static void change_something(unsigned *state)
{
    static const char *const forms[] = {
        "set B-1 price=",
        "set B-2 cost=",
        "set T-1 title=",
        "set N-1 name=",
        "set C-2 weight=",
        "add need sort=job code=X",
        "del B-1 parts=yes",
        "del B-2 parts=yes",
        "del N-1 parts=yes",
        "del C-2 parts=yes",
    };
    const char *form = forms[next(state, sizeof forms / sizeof *forms)];
    char line[64];

    if (form[0] == 'd')
        snprintf(line, sizeof line, "%s", form);
    else
        snprintf(line, sizeof line, "%s%u", form, 1 + next(state, 90));
    (void)kit_try(&kit, line);
}

/* Back to any seq, however often; what is refused changes nothing. */
START_TEST(an_object_taken_back_is_as_it_stood)
{
    static const enum kind kinds[] = {
        KIND_BID, KIND_NEED, KIND_CRITERION, KIND_TENDER};
    unsigned state = 7 + (unsigned)_i, done = 0;
    uint64_t first = kit.set.head;
    struct text report = {0};

    for (int i = 0; i < 400; i++) {
        enum kind kind = kinds[next(&state, 4)];
        uint64_t id = 1 + next(&state, 2), head = 0;
        char line[64];
        struct text word = {0};

        change_something(&state);
        ck_assert_int_eq(store_head(kit.store, kit.team, &head), ERR_OK);
        uint64_t to = first + next(&state, (unsigned)(head - first + 1));
        id_print(&word, kind, id);
        snprintf(line, sizeof line, "undo %s:%s to=%d", word.bytes,
            kind_row(kind)->word, (int)to);
        text_fini(&word);
        if (kit_try(&kit, line) == ERR_OK) {
            expect_same(kind, id, to);
            done++;
        }
    }
    ck_assert_uint_ge(done, 50);
    ck_assert_msg(
        verify_store(kit.store, &report) == ERR_OK, "%s", text_peek(&report));
    text_fini(&report);
}
END_TEST

START_TEST(every_changed_field_needs_its_right)
{
    kit_do(&kit, "set NB state=won title=new");
    kit_as(&kit, "ed", ROLE_EDITOR);
    struct text line = {0};
    text_printf(&line, "undo T-1 to=%d", (int)kit.set.head - 1);
    kit_refuse(&kit, line.bytes, ERR_DENIED, "state", "editor");
    kit_as(&kit, "ann", ROLE_OWNER);
    kit_do(&kit, line.bytes);
    text_fini(&line);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("db/undo");
    TCase *tcase = kit_case(suite, "undo", set_up, tear_down);

    tcase_add_loop_test(tcase, an_object_taken_back_is_as_it_stood, 0, 4);
    tcase_add_test(tcase, every_changed_field_needs_its_right);
    return kit_run(suite);
}
