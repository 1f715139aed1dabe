/* SPDX-License-Identifier: Apache-2.0
 *
 * replay - try the inputs that are kept, without a fuzzer.
 *
 * fuzz_NAME [FILE|FOLDER...] tries files; without any it tries what was found
 * once (tests/fuzz/found/NAME) and the seeds ($BUILD/tests/fuzz/seeds/NAME).
 * An input that breaks something stops the program behind its name.
 */
#include "protocol/base_mem.h"
#include "protocol/base_text.h"
#include "tests/fuzz/fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* As libFuzzer does: the input has no byte behind it that may be read. */
static void try_bytes(const struct text *all)
{
    uint8_t *bytes = malloc(all->len ? all->len : 1);

    INSIST(bytes != NULL);
    if (all->len)
        memcpy(bytes, all->bytes, all->len);
    (void)LLVMFuzzerTestOneInput(bytes, all->len);
    free(bytes);
}

static size_t try_file(const char *name)
{
    char part[65536];
    struct text all = {0};
    size_t n;
    FILE *from = fopen(name, "rbe");

    if (from == NULL) {
        printf("no such input: %s\n", name);
        return 0;
    }
    while ((n = fread(part, 1, sizeof part, from)) > 0)
        text_add(&all, part, n);
    (void)fclose(from);
    printf("%s\n", name);
    (void)fflush(stdout);
    try_bytes(&all);
    text_fini(&all);
    return 1;
}

/* Those of a folder, in an order that is always the same. */
static size_t try_folder(const char *name)
{
    struct dirent **list;
    size_t tried = 0;
    int n = scandir(name, &list, NULL, alphasort);

    for (int i = 0; i < n; i++) {
        struct text path = {0};

        text_printf(&path, "%s/%s", name, list[i]->d_name);
        if (list[i]->d_name[0] != '.')
            tried += try_file(path.bytes);
        text_fini(&path);
        free(list[i]);
    }
    if (n >= 0)
        free(list);
    return tried;
}

static size_t try_path(const char *path)
{
    struct stat info;

    if (stat(path, &info) == 0 && S_ISDIR(info.st_mode))
        return try_folder(path);
    return try_file(path);
}

int main(int argc, char **argv)
{
    const char *build = getenv("BUILD");
    const char *name = strrchr(argv[0], '_');
    struct text path = {0};
    size_t tried = 0;

    name = name ? name + 1 : argv[0];
    if (LLVMFuzzerInitialize)
        (void)LLVMFuzzerInitialize(&argc, &argv);
    for (int i = 1; i < argc; i++)
        tried += try_path(argv[i]);
    if (argc == 1) {
        text_printf(&path, "tests/fuzz/found/%s", name);
        tried += try_folder(path.bytes);
        text_fini(&path);
        text_printf(
            &path, "%s/tests/fuzz/seeds/%s", build ? build : "build", name);
        tried += try_folder(path.bytes);
        text_fini(&path);
    }
    printf("%zu passed, %d failed\n", tried, tried == 0);
    return tried ? EXIT_SUCCESS : EXIT_FAILURE;
}
