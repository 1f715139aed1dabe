/* SPDX-License-Identifier: Apache-2.0
 *
 * stage.c - preparing a server's folder by the server's own commands.
 */
#include "tests/talk/stage.h"

#include "protocol/base_mem.h"
#include "tests/talk/wire.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATIENCE_MS 30000

const struct actor cast[] = {
    {"ann", "owner", "blue"},
    {"bob", "editor", "blue"},
    {"sue", "scorer", "blue"},
    {"rae", "reader", "blue"},
    {"eve", "owner", "red"},
    {"max", "editor", "red"},
};
const size_t cast_n = sizeof cast / sizeof *cast;

static char *join(const char *folder, const char *name)
{
    struct text path = {0};

    text_printf(&path, "%s/%s", folder, name);
    return text_take(&path);
}

static void set_up(struct stage *stage, char *folder, const char *build)
{
    *stage = (struct stage){.folder = folder, .server = {.out = -1}};
    stage->build = mem_text(build);
    stage->ca = join(folder, "data/ca.pem");
    stage->log = join(folder, "log");
}

static bool run(
    const struct stage *stage, const char *const *argv, struct text *why)
{
    struct text all = {0};
    int status = process_run(argv, stage->folder, &all, PATIENCE_MS);

    if (status != 0)
        text_printf(why, "%s %s: exit status %d\n%s", argv[0],
            argv[1] ? argv[1] : "", status, text_peek(&all));
    text_fini(&all);
    return status == 0;
}

static bool write_file(const struct stage *stage, const char *what,
    const char *name, const char *line)
{
    struct text path = {0};

    text_printf(&path, "%s/%s", stage->folder, what);
    (void)mkdir(text_peek(&path), 0700);
    text_printf(&path, "/%s", name);
    int fd =
        open(text_peek(&path), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    text_fini(&path);
    if (fd < 0)
        return false;
    bool done = dprintf(fd, "%s\n", line) > 0;
    return close(fd) == 0 && done;
}

char *stage_read(const struct stage *stage, const char *what, const char *name)
{
    struct text path = {0};

    text_printf(&path, "%s/%s/%s", stage->folder, what, name);
    FILE *from = fopen(text_peek(&path), "re");
    text_fini(&path);
    if (from == NULL)
        return NULL;
    char *line = NULL;
    size_t room = 0;
    ssize_t len = getline(&line, &room, from);
    (void)fclose(from);
    if (len > 0 && line[len - 1] == '\n')
        line[len - 1] = '\0';
    return line;
}

bool stage_user(struct stage *stage, const char *name, const char *role,
    const char *team, struct text *why)
{
    struct text word = {0};
    char *program = join(stage->build, "diptychd");
    char *file = join("pw", name);
    const char *const argv[] = {program, "user", "add", "-d", "data", "--role",
        role, "--password-file", file, name, team ? "--team" : NULL, team,
        NULL};

    text_printf(&word, "correct horse %s", name);
    bool done = write_file(stage, "pw", name, text_peek(&word)) &&
                run(stage, argv, why);
    text_fini(&word);
    free(program);
    free(file);
    return done;
}

bool stage_start(struct stage *stage, const char *options, struct text *why)
{
    struct text command = {0};
    struct text line = {0};

    /* The shell cuts the options; exec, so that the server's pid is known. */
    text_printf(&command, "exec '%s/diptychd' serve -d data -l 127.0.0.1:0 %s",
        stage->build, options ? options : "");
    const char *const argv[] = {"sh", "-c", text_peek(&command), NULL};
    bool ready = process_start(&stage->server, argv, stage->folder, stage->log);
    while (ready && stage->port[0] == '\0') {
        line.len = 0;
        ready = process_line(&stage->server, &line, PATIENCE_MS);
        (void)sscanf(text_peek(&line), "listening 127.0.0.1:%7s", stage->port);
        (void)sscanf(text_peek(&line), "plain 127.0.0.1:%7s", stage->plain);
    }
    if (!ready)
        text_puts(why, "the server did not say that it listens\n");
    text_fini(&line);
    text_fini(&command);
    return ready;
}

void stage_signal(const struct stage *stage, int signal)
{
    if (stage->server.pid != 0)
        (void)kill(stage->server.pid, signal);
}

bool stage_wait(struct stage *stage, int signal, struct text *why)
{
    if (stage->server.pid == 0)
        return true;
    int status = process_wait(&stage->server, NULL, PATIENCE_MS);
    stage->port[0] = '\0';
    stage->plain[0] = '\0';
    if (status == (signal == SIGTERM ? 0 : -signal))
        return true;
    text_printf(
        why, "the server ended with %d after signal %d\n", status, signal);
    return false;
}

bool stage_stop(struct stage *stage, int signal, struct text *why)
{
    stage_signal(stage, signal);
    return stage_wait(stage, signal, why);
}

static bool log_in(struct stage *stage, const char *name, struct text *why)
{
    struct text request = {0};
    char *password = stage_read(stage, "pw", name);
    struct wire *wire = wire_open(stage->port, stage->ca, PATIENCE_MS, why);
    char *line = NULL;
    bool done = false;

    text_printf(&request, "login %s \"%s\"\n", name, password);
    if (wire && wire_send(wire, request.bytes, request.len, PATIENCE_MS)) {
        while (!done && wire_line(wire, &line, PATIENCE_MS) == WIRE_LINE) {
            char *token = strstr(line, " token=");

            if (token) {
                token[7 + strcspn(token + 7, " ")] = '\0';
                done = write_file(stage, "token", name, token + 7);
            } else if (strncmp(line, "hello", 5) != 0) {
                text_printf(why, "login of %s: %s\n", name, line);
            }
            free(line);
        }
    }
    text_fini(&request);
    free(password);
    wire_free(&wire);
    return done;
}

static bool prepare(struct stage *stage, struct text *why)
{
    char *program = join(stage->build, "diptychd");
    const char *const init[] = {program, "init", "-d", "data", NULL};
    bool good = run(stage, init, why);

    for (size_t i = 0; good && i < cast_n; i++)
        good = stage_user(stage, cast[i].name, cast[i].role, cast[i].team, why);
    good = good && stage_start(stage, NULL, why);
    for (size_t i = 0; good && i < cast_n; i++)
        good = log_in(stage, cast[i].name, why);
    good = good && stage_stop(stage, SIGTERM, why);
    free(program);
    return good;
}

bool stage_new(const char *build, struct stage *made, struct text *why)
{
    /* A blank in the name, as people have them. */
    char folder[] = "/tmp/diptych stage XXXXXX";
    char *absolute = realpath(build, NULL);

    if (absolute == NULL || mkdtemp(folder) == NULL) {
        text_printf(why, "no folder %s, or no room in /tmp\n", build);
        free(absolute);
        return false;
    }
    set_up(made, mem_text(folder), absolute);
    free(absolute);
    if (prepare(made, why))
        return true;
    stage_free(made);
    return false;
}

bool stage_copy(const struct stage *from, const char *name, struct stage *made,
    struct text *why)
{
    struct text folder = {0};

    text_printf(&folder, "%s.%s", from->folder, name);
    set_up(made, text_take(&folder), from->build);
    const char *const argv[] = {"cp", "-a", from->folder, made->folder, NULL};
    if (process_run(argv, NULL, why, PATIENCE_MS) == 0)
        return true;
    stage_free(made);
    return false;
}

void stage_free(struct stage *stage)
{
    struct text why = {0};

    (void)stage_stop(stage, SIGKILL, &why);
    text_fini(&why);
    if (stage->folder) {
        const char *const argv[] = {"rm", "-rf", stage->folder, NULL};

        (void)process_run(argv, NULL, NULL, PATIENCE_MS);
    }
    free(stage->folder);
    free(stage->build);
    free(stage->ca);
    free(stage->log);
    *stage = (struct stage){.server = {.out = -1}};
}
