/* SPDX-License-Identifier: Apache-2.0
 *
 * config_file.c - a file of settings, line by line:
 *
 *   # a comment
 *   word = value      # another one, behind a blank
 */
#include "protocol/base_mem.h"
#include "protocol/utf8.h"
#include "server/admin/config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A file being read. */
struct lines_of {
    const char *name;
    size_t number;              /* of the line at hand */
    size_t seen[SETTING_COUNT]; /* the line that set it, 0 for none */
    struct config *config;
    struct text *why;
};

static enum err refuse(struct lines_of *f, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static enum err refuse(struct lines_of *f, const char *format, ...)
{
    va_list list;

    text_printf(f->why, "%s:%zu: ", f->name, f->number);
    va_start(list, format);
    text_vprintf(f->why, format, list);
    va_end(list);
    return ERR_SYNTAX;
}

/* A comment starts at the line's start or behind a blank, so that "#" may
 * stand in the name of a file. */
static void cut_comment(char *line)
{
    for (char *p = line; *p; p++) {
        if (*p == '#' && (p == line || p[-1] == ' ' || p[-1] == '\t')) {
            *p = '\0';
            return;
        }
    }
}

static char *trim(char *word)
{
    word += strspn(word, " \t");
    size_t len = strlen(word);
    while (len > 0 && strchr(" \t", word[len - 1]))
        len--;
    word[len] = '\0';
    return word;
}

static enum err refuse_word(struct lines_of *f, const char *word)
{
    const char *near = setting_near(word);

    return near ? refuse(f, "there is no setting \"%s\"; did you mean %s?",
                      word, near)
                : refuse(f,
                      "there is no setting \"%s\"; diptychd config shows all",
                      word);
}

static enum err put_line(
    struct lines_of *f, const char *word, const char *value)
{
    enum setting setting = setting_find(word);
    struct text from = {0};

    if (setting == SETTING_COUNT)
        return refuse_word(f, word);
    if (*value == '\0')
        return refuse(f, "%s lacks its %s (%s)", word,
            settings[setting].argument, settings[setting].help);
    if (f->seen[setting])
        return refuse(
            f, "%s is set in line %zu already", word, f->seen[setting]);
    f->seen[setting] = f->number;
    text_printf(&from, "%s:%zu", f->name, f->number);
    enum err err =
        config_put(f->config, setting, value, text_peek(&from), f->why);
    text_fini(&from);
    return err == ERR_OK ? ERR_OK : ERR_SYNTAX;
}

static enum err read_line(struct lines_of *f, char *line, size_t len)
{
    while (len > 0 && strchr("\r\n", line[len - 1]))
        line[--len] = '\0';
    if (utf8_fault(line, len, false) < len)
        return refuse(f, "the line is not UTF-8, or holds a control character");
    cut_comment(line);
    char *word = trim(line);
    char *value = strchr(word, '=');
    if (*word == '\0')
        return ERR_OK;
    if (value == NULL)
        return refuse(f, "\"%s\"; allowed: word = value", word);
    *value = '\0';
    return put_line(f, trim(word), trim(value + 1));
}

enum err config_read_file(
    struct config *config, const char *file, bool must, struct text *why)
{
    struct lines_of f = {.name = file, .config = config, .why = why};
    FILE *from = fopen(file, "re");
    char *line = NULL;
    size_t room = 0;
    ssize_t len = 0;
    enum err err = ERR_OK;

    if (from == NULL && errno == ENOENT && !must)
        return ERR_OK;
    if (from == NULL) {
        text_printf(why, "the settings in %s can not be read: %s", file,
            strerror(errno));
        return ERR_NONE;
    }
    while (err == ERR_OK && (len = getline(&line, &room, from)) >= 0) {
        f.number++;
        err = read_line(&f, line, (size_t)len);
    }
    if (err == ERR_OK && ferror(from)) {
        text_printf(why, "the settings in %s can not be read: %s", file,
            strerror(errno));
        err = ERR_NONE;
    }
    free(line);
    (void)fclose(from);
    return err;
}
