/* SPDX-License-Identifier: Apache-2.0
 *
 * log.c - lines for standard error.
 */
#include "server/log.h"

#include "protocol/types.h"
#include "protocol/words.h"

#include <time.h>
#include <unistd.h>

void log_value(struct text *to, const char *key, const char *value)
{
    text_printf(to, " %s=", key);
    word_print(to, value);
}

void log_line(const char *words)
{
    struct text line = {0};
    struct timespec now;

    (void)clock_gettime(CLOCK_REALTIME, &now);
    text_puts(&line, "time=");
    time_print(&line, (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000, true);
    text_printf(&line, " %s\n", words);
    /* One call a line keeps lines of several threads apart.  A log that can
     * not be written is no reason to stop serving. */
    ssize_t done = write(STDERR_FILENO, line.bytes, line.len);
    (void)done;
    text_fini(&line);
}

void log_event(const char *level, const char *format, ...)
{
    struct text words = {0};
    va_list list;

    text_printf(&words, "level=%s ", level);
    va_start(list, format);
    text_vprintf(&words, format, list);
    va_end(list);
    log_line(text_peek(&words));
    text_fini(&words);
}
