/* SPDX-License-Identifier: Apache-2.0
 *
 * import_fixture.c - what the tests of imports share.
 */
#include "tests/parts/import_fixture.h"

#include "protocol/base_mem.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void set_up(struct fixture *f)
{
    *f = (struct fixture){0};
    strcpy(f->folder, "/tmp/import.XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(f->folder));
}

void tear_down(struct fixture *f)
{
    for (size_t i = 0; i < f->n; i++)
        (void)unlink(f->files[i]);
    (void)rmdir(f->folder);
    free(f->said);
    free(f->complained);
    fake_fini(&f->record);
}

/* Writes a notice as the next file, named a.xml, b.xml, ... */
void put_file(struct fixture *f, const struct small_notice *notice)
{
    struct text xml = {0};

    small_notice(&xml, notice);
    (void)snprintf(f->files[f->n], sizeof f->files[0], "%s/%c.xml", f->folder,
        (char)('a' + f->n));
    FILE *to = fopen(f->files[f->n++], "wb");
    ck_assert_ptr_nonnull(to);
    ck_assert_uint_eq(fwrite(xml.bytes, 1, xml.len, to), xml.len);
    ck_assert_int_eq(fclose(to), 0);
    text_fini(&xml);
}

void run(struct fixture *f, size_t first, size_t n, bool linked)
{
    const char *names[8];
    size_t said_len, complained_len;
    struct import_link link = fake_link(&f->record);

    free(f->said);
    free(f->complained);
    FILE *out = open_memstream(&f->said, &said_len);
    FILE *complain = open_memstream(&f->complained, &complained_len);
    for (size_t i = 0; i < n; i++)
        names[i] = f->files[first + i];
    f->err =
        import_run(names, n, &f->flags, linked ? &link : NULL, out, complain);
    ck_assert_int_eq(fclose(out), 0);
    ck_assert_int_eq(fclose(complain), 0);
}

void import_next(struct fixture *f, const struct small_notice *notice)
{
    put_file(f, notice);
    run(f, f->n - 1, 1, true);
}

void check_field(
    struct fixture *f, const char *id, const char *field, const char *want)
{
    char *got = fake_get(&f->record, id, field);

    ck_assert_msg(strcmp(got, want) == 0, "%s %s is \"%s\", not \"%s\"\n%s%s",
        id, field, got, want, f->said, f->complained);
    free(got);
}

void check_said(const char *all, const char *part)
{
    ck_assert_msg(strstr(all, part) != NULL, "no \"%s\" in \"%s\"", part, all);
}

void type(struct fixture *f, const char *request)
{
    char *final = fake_do(&f->record, request);

    ck_assert_msg(strncmp(final, "ok", 2) == 0, "%s: %s", request, final);
    free(final);
}

void write_lots(
    struct start *s, const char *due, const char *second, const char *weight)
{
    text_fini(&s->lots);
    text_fini(&s->criteria);
    small_criterion(&s->criteria, "price", "Price", "per-exa", weight);
    small_criterion(&s->criteria, "quality", "Method", "per-exa", "60");
    small_lot(&s->lots, "LOT-0001", "North", due, s->criteria.bytes);
    small_lot(&s->lots, "LOT-0002", second, due, s->criteria.bytes);
    s->notice.lots = s->lots.bytes;
}

void set_start(struct start *s)
{
    *s = (struct start){.notice = {.id = "11111111-0000-4000-8000-000000000001",
                            .version = "01",
                            .procedure = "99999999-0000-4000-8000-000000000001",
                            .date = "2027-01-09+01:00",
                            .code = "RB/7",
                            .title = "Ring bus",
                            .number = "B100",
                            .buyer = "The town",
                            .estimate = "500000"}};
    write_lots(s, "2027-03-01Z", "South", "40");
}

void end_start(struct start *s)
{
    text_fini(&s->lots);
    text_fini(&s->criteria);
}

/* The change notice that follows the start. */
void set_change(struct start *s)
{
    s->notice.changes = "11111111-0000-4000-8000-000000000001-01";
    s->notice.id = "11111111-0000-4000-8000-000000000002";
    s->notice.date = "2027-02-01+01:00";
}
