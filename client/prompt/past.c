/* SPDX-License-Identifier: Apache-2.0
 *
 * past.c - the file of lines typed.
 */
#include "client/prompt/past.h"

#include "client/file.h"
#include "client/link/profile.h"
#include "protocol/command.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LINES_MOST 1000

void past_path(struct text *path)
{
    profile_place(path, "XDG_STATE_HOME", ".local/state", "history");
}

bool past_is_secret(const char *line)
{
    char verb[33] = "";

    line += strspn(line, " \t");
    if (*line == '@') {
        line += strcspn(line, " \t");
        line += strspn(line, " \t");
    }
    size_t len = strcspn(line, " \t");
    if (len < sizeof verb)
        memcpy(verb, line, len);
    enum command_id id = command_find(verb);
    return id == CMD_LOGIN || id == CMD_AUTH;
}

void past_add(const char *path, const char *line)
{
    struct text whole = {0};

    if (past_is_secret(line) || profile_folder(path) != ERR_OK)
        return;
    int fd = open(
        path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return;
    text_printf(&whole, "%s\n", line);
    (void)!write(fd, whole.bytes, whole.len);
    (void)close(fd);
    text_fini(&whole);
}

static size_t count_lines(FILE *file)
{
    size_t n = 0;
    int c;

    while ((c = getc(file)) != EOF)
        n += c == '\n';
    rewind(file);
    return n;
}

void past_read(const char *path, past_fn *each)
{
    FILE *file = fopen(path, "re");
    struct text kept = {0};
    char *line = NULL;
    size_t room = 0;
    ssize_t len;

    if (file == NULL)
        return;
    size_t n = count_lines(file);
    size_t skip = n > LINES_MOST ? n - LINES_MOST : 0;
    for (size_t i = 0; (len = getline(&line, &room, file)) > 0; i++) {
        if (i < skip)
            continue;
        text_add(&kept, line, (size_t)len);
        line[strcspn(line, "\n")] = '\0';
        each(line);
    }
    free(line);
    (void)fclose(file);
    if (skip > LINES_MOST)
        (void)file_replace(path, &kept);
    text_fini(&kept);
}
