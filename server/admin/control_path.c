/* SPDX-License-Identifier: Apache-2.0
 *
 * control_path.c - the address of the socket in the data folder.
 */
#include "server/admin/control_path.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/socket.h>

enum err control_path(
    const char *folder, struct sockaddr_un *address, int *folder_fd)
{
    struct sockaddr_un made = {.sun_family = AF_UNIX};
    int fd = -1;
    int len = snprintf(
        made.sun_path, sizeof made.sun_path, "%s/" CONTROL_FILE, folder);

    if (len < 0 || (size_t)len >= sizeof made.sun_path) {
        fd = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
        if (fd < 0)
            return ERR_UNAVAILABLE;
        (void)snprintf(made.sun_path, sizeof made.sun_path,
            "/proc/self/fd/%d/" CONTROL_FILE, fd);
    }
    *address = made;
    *folder_fd = fd;
    return ERR_OK;
}
