/* SPDX-License-Identifier: Apache-2.0
 *
 * edit_form.c - fields to text and back, and two people's changes into one.
 */
#include "client/edit/edit_form.h"

#include "client/show/cell.h"
#include "client/show/page.h"
#include "client/show/say.h"
#include "protocol/base_mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WIDTH 78

static const char *name_of(const struct edit_field *field)
{
    return row_get(field->about, "name");
}

static bool is_text(const struct edit_field *field)
{
    return row_has(field->about, "type", "text");
}

static void replace(char **place, const char *value)
{
    char *copy = mem_text(value);

    free(*place);
    *place = copy;
}

void edit_form_init(struct edit_form *form, const struct vocabulary *vocabulary,
    enum language language, const char *kind, const struct row *object)
{
    size_t room = 0;

    *form = (struct edit_form){.vocabulary = vocabulary,
        .language = language,
        .kind = mem_text(kind),
        .id = object ? mem_text(object->id) : NULL,
        .rev = object ? mem_text(row_get(object, "rev")) : NULL};
    for (size_t i = 0; i < vocabulary->rows.n; i++) {
        const struct row *row = &vocabulary->rows.list[i];
        const char *preset = row_get(row, "default");

        if (!row_is(row, "field") || !row_has(row, "of", kind) ||
            row_get(row, "name") == NULL)
            continue;
        const char *value =
            object ? row_get(object, row_get(row, "name")) : preset;
        form->fields =
            mem_grow(form->fields, &room, form->n + 1, sizeof *form->fields);
        struct edit_field *field = &form->fields[form->n++];
        field->about = row;
        field->base = mem_text(value ? value : "");
        field->mine = mem_text(field->base);
    }
}

/* Sentences behind "# ", broken where a line is full. */
static void put_comment(struct text *to, const char *mark, const char *sentence)
{
    struct page page = {0};
    struct text safe = {0};

    cell_safe(&safe, sentence);
    page_wrap(&page, "", text_peek(&safe), WIDTH);
    for (size_t i = 0; i < page.n; i++)
        text_printf(to, "%s %s\n", mark, page.list[i]);
    page_fini(&page);
    text_fini(&safe);
}

/* A choice, with blanks where a line may be broken. */
static void put_values(struct text *to, const char *values)
{
    const char *before = " - ";

    while (values && *values) {
        size_t len = strcspn(values, ",");

        text_puts(to, before);
        text_add(to, values, len);
        before = ", ";
        values += len;
        values += *values == ',';
    }
}

/* What a field is, what it takes, and whether it must be there. */
static void put_about(const struct edit_form *form,
    const struct edit_field *field, struct text *to)
{
    const char *help = row_get(field->about, "help");
    const char *values = row_get(field->about, "values");
    const char *unit = row_get(field->about, "unit");
    const char *word = row_get(field->about, "type");
    const struct row *type =
        word ? vocabulary_find(form->vocabulary, "type", word) : NULL;
    const char *allowed = type ? row_get(type, "allowed") : NULL;
    struct text line = {0};

    text_puts(&line, name_of(field));
    if (help && *help)
        text_printf(&line, ": %s", help);
    if (unit && *unit)
        text_printf(&line, " (%s)", unit);
    put_values(&line, values);
    if (values == NULL && allowed)
        text_printf(&line, " - %s", allowed);
    if (form->id == NULL && row_has(field->about, "needed", "yes"))
        text_printf(&line, " - %s", text_of(TEXT_EDIT_NEEDED, form->language));
    put_comment(to, "#", line.bytes);
    text_fini(&line);
}

/* An end word that no line of the text is. */
static void choose_end(const char *value, struct text *end)
{
    text_puts(end, "END");
    for (;;) {
        bool taken = false;

        for (const char *line = value; line && !taken;
             line = strchr(line, '\n'), line += line != NULL)
            taken = strncmp(line, end->bytes, end->len) == 0 &&
                    (line[end->len] == '\n' || line[end->len] == '\0');
        if (!taken)
            return;
        text_putc(end, 'X');
    }
}

static bool stands_alone(const char *value)
{
    size_t len = strlen(value);

    return strchr(value, '\n') == NULL && strncmp(value, "<<", 2) != 0 &&
           (len == 0 || (value[0] != ' ' && value[len - 1] != ' ' &&
                            value[0] != '\t' && value[len - 1] != '\t'));
}

static void put_value(const struct edit_field *field, struct text *to)
{
    struct text end = {0};

    text_puts(to, name_of(field));
    text_puts(to, " =");
    if (!is_text(field) || stands_alone(field->mine)) {
        if (*field->mine)
            text_printf(to, " %s", field->mine);
        text_putc(to, '\n');
        return;
    }
    choose_end(field->mine, &end);
    text_printf(to, " <<%s\n%s\n%s\n", end.bytes, field->mine, end.bytes);
    text_fini(&end);
}

void edit_form_print(const struct edit_form *form, struct text *to)
{
    struct text line = {0};

    if (form->remark)
        put_comment(to, "#!", form->remark);
    if (form->id)
        say(&line, form->language, TEXT_EDIT_OLD, form->kind, form->id,
            form->rev ? form->rev : "?");
    else
        say(&line, form->language, TEXT_EDIT_NEW, form->kind);
    put_comment(to, "#", line.bytes);
    put_comment(to, "#", text_of(TEXT_EDIT_HOW, form->language));
    for (size_t i = 0; i < form->n; i++) {
        const struct edit_field *field = &form->fields[i];

        text_putc(to, '\n');
        put_about(form, field, to);
        if (field->remark)
            put_comment(to, "#!", field->remark);
        if (form->id && row_has(field->about, "fixed", "yes")) {
            text_puts(to, "# ");
            text_puts(to, text_of(TEXT_EDIT_FIXED, form->language));
            text_puts(to, "\n# ");
        }
        put_value(field, to);
    }
    text_fini(&line);
}

static struct edit_field *find_field(
    const struct edit_form *form, const char *name, size_t len)
{
    for (size_t i = 0; i < form->n; i++) {
        const char *word = name_of(&form->fields[i]);

        if (strlen(word) == len && strncmp(word, name, len) == 0)
            return &form->fields[i];
    }
    return NULL;
}

static size_t trim(const char *bytes, size_t len)
{
    while (len && strchr(" \t\r", bytes[len - 1]))
        len--;
    return len;
}

/* The text up to its end word; *bytes and *line stand behind it then. */
static bool read_text(
    const char **bytes, size_t *line, const struct text *end, struct text *to)
{
    bool first = true;

    while (**bytes) {
        size_t len = strcspn(*bytes, "\n");
        const char *from = *bytes;

        *bytes += len + ((*bytes)[len] != '\0');
        ++*line;
        len -= len && from[len - 1] == '\r';
        if (len == end->len && strncmp(from, end->bytes, len) == 0)
            return true;
        if (!first)
            text_putc(to, '\n');
        first = false;
        text_add(to, from, len);
    }
    return false;
}

/* One pass over a text; values[i] is that of field i, NULL when no line is
 * about it. */
struct reading {
    struct edit_form *form;
    const char *bytes;
    size_t line; /* of the line being read */
    char **values;
    struct text *why;
};

static enum err read_value(struct reading *r, const struct edit_field *field,
    const char *value, size_t len)
{
    struct text made = {0};
    struct text end = {0};
    bool whole = true;
    char **place = &r->values[field - r->form->fields];

    while (len && strchr(" \t", *value)) {
        value++;
        len--;
    }
    if (is_text(field) && len > 2 && strncmp(value, "<<", 2) == 0) {
        text_add(&end, value + 2, len - 2);
        whole = read_text(&r->bytes, &r->line, &end, &made);
        if (!whole)
            say(r->why, r->form->language, TEXT_EDIT_NO_END, end.bytes);
        text_fini(&end);
    } else {
        text_add(&made, value, len);
    }
    if (whole && *place) {
        say(r->why, r->form->language, TEXT_EDIT_TWICE, name_of(field));
        whole = false;
    }
    if (whole)
        *place = mem_text(text_peek(&made));
    text_fini(&made);
    return whole ? ERR_OK : ERR_SYNTAX;
}

static enum err read_line(struct reading *r, const char *from, size_t len)
{
    const char *sign = memchr(from, '=', len);

    if (sign == NULL) {
        say(r->why, r->form->language, TEXT_EDIT_LINE);
        return ERR_SYNTAX;
    }
    size_t name = trim(from, (size_t)(sign - from));
    struct edit_field *field = find_field(r->form, from, name);
    if (field == NULL) {
        char *word = mem_copy(from, name);

        say(r->why, r->form->language, TEXT_HINT_NO_FIELD, word, r->form->kind);
        free(word);
        return ERR_SYNTAX;
    }
    return read_value(r, field, sign + 1, len - (size_t)(sign + 1 - from));
}

static enum err read_lines(struct reading *r, size_t *line)
{
    while (*r->bytes) {
        const char *from = r->bytes;
        size_t len = strcspn(from, "\n");

        r->bytes += len + (from[len] != '\0');
        *line = ++r->line;
        len = trim(from, len);
        while (len && strchr(" \t", *from)) {
            from++;
            len--;
        }
        if (len == 0 || *from == '#')
            continue;
        enum err err = read_line(r, from, len);
        if (err != ERR_OK)
            return err;
    }
    return ERR_OK;
}

/* A line that is not there any more leaves its field as it was. */
enum err edit_form_read(
    struct edit_form *form, const char *bytes, size_t *line, struct text *why)
{
    struct reading r = {.form = form,
        .bytes = bytes,
        .values = mem_new((form->n + 1) * sizeof(char *)),
        .why = why};
    enum err err = read_lines(&r, line);

    for (size_t i = 0; i < form->n; i++) {
        if (err == ERR_OK) {
            struct edit_field *field = &form->fields[i];

            replace(&field->mine, r.values[i] ? r.values[i] : field->base);
            replace(&field->remark, NULL);
        }
        free(r.values[i]);
    }
    if (err == ERR_OK)
        replace(&form->remark, NULL);
    free(r.values);
    return err;
}

static bool is_changed(const struct edit_field *field)
{
    return strcmp(field->base, field->mine) != 0;
}

bool edit_form_changed(const struct edit_form *form)
{
    for (size_t i = 0; i < form->n; i++)
        if (is_changed(&form->fields[i]))
            return true;
    return false;
}

static void add_word(char **list, size_t *n, const char *key, const char *value)
{
    struct text word = {0};

    if (key)
        text_printf(&word, "%s=", key);
    text_puts(&word, value);
    list[(*n)++] = text_take(&word);
}

size_t edit_form_words(
    const struct edit_form *form, const char *once, char ***words)
{
    char **list = mem_new((form->n + 6) * sizeof *list);
    size_t n = 0;

    add_word(list, &n, NULL, form->id ? "set" : "add");
    add_word(list, &n, NULL, form->id ? form->id : form->kind);
    if (form->id && form->rev)
        add_word(list, &n, "if", form->rev);
    add_word(list, &n, "once", once);
    for (size_t i = 0; i < form->n; i++)
        if (is_changed(&form->fields[i]))
            add_word(list, &n, name_of(&form->fields[i]), form->fields[i].mine);
    *words = list;
    return n;
}

static void remark_both(struct edit_form *form, struct edit_field *field,
    const char *theirs, const char *author)
{
    struct text remark = {0};
    const char *none = text_of(TEXT_EDIT_NOTHING, form->language);

    say(&remark, form->language, TEXT_EDIT_BOTH, author,
        *theirs ? theirs : none, *field->base ? field->base : none);
    replace(&field->remark, remark.bytes);
    text_fini(&remark);
}

void edit_form_merge(
    struct edit_form *form, const struct row *theirs, const char *author)
{
    for (size_t i = 0; i < form->n; i++) {
        struct edit_field *field = &form->fields[i];
        const char *got = row_get(theirs, name_of(field));
        const char *now = got ? got : "";

        if (strcmp(now, field->base) == 0)
            continue;
        if (!is_changed(field))
            replace(&field->mine, now);
        else if (strcmp(field->mine, now) != 0)
            remark_both(form, field, now, author);
        replace(&field->base, now);
    }
    replace(&form->rev, row_get(theirs, "rev"));
}

void edit_form_remark(
    struct edit_form *form, const char *name, const char *remark)
{
    struct edit_field *field =
        name ? find_field(form, name, strlen(name)) : NULL;

    replace(field ? &field->remark : &form->remark, remark);
}

void edit_form_fini(struct edit_form *form)
{
    for (size_t i = 0; i < form->n; i++) {
        free(form->fields[i].base);
        free(form->fields[i].mine);
        free(form->fields[i].remark);
    }
    free(form->fields);
    free(form->kind);
    free(form->id);
    free(form->rev);
    free(form->remark);
    *form = (struct edit_form){0};
}
