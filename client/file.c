/* SPDX-License-Identifier: Apache-2.0
 *
 * file.c - reading with a bound, writing beside.
 */
#include "client/file.h"

#include "client/link/profile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

int file_read(const char *path, size_t most, struct text *to)
{
    char part[16384];
    struct stat about;
    ssize_t got = 1;
    int error = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return errno;
    if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode))
        error = EINVAL;
    while (error == 0 && got != 0) {
        got = read(fd, part, sizeof part);
        if (got < 0 && errno != EINTR)
            error = errno;
        if (got > 0)
            text_add(to, part, (size_t)got);
        if (to->len > most)
            error = EFBIG;
    }
    (void)close(fd);
    return error;
}

int file_write(int fd, const struct text *content)
{
    size_t done = 0;

    while (done < content->len) {
        ssize_t n = write(fd, content->bytes + done, content->len - done);

        if (n < 0 && errno != EINTR)
            return errno;
        done += n > 0 ? (size_t)n : 0;
    }
    return 0;
}

/* mkstemp makes it for its owner alone. */
int file_replace(const char *path, const struct text *content)
{
    struct text beside = {0};
    int error = 0;

    if (profile_folder(path) != ERR_OK)
        return errno;
    text_printf(&beside, "%s.XXXXXX", path);
    int fd = mkostemp(beside.bytes, O_CLOEXEC);
    if (fd < 0) {
        error = errno;
        text_fini(&beside);
        return error;
    }
    error = file_write(fd, content);
    if (error == 0 && fsync(fd) != 0)
        error = errno;
    if (close(fd) != 0 && error == 0)
        error = errno;
    if (error == 0 && rename(beside.bytes, path) != 0)
        error = errno;
    if (error)
        (void)unlink(beside.bytes);
    text_fini(&beside);
    return error;
}
