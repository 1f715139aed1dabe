/* SPDX-License-Identifier: Apache-2.0
 *
 * say.c - filling the gaps of sentences.
 */
#include "client/show/say.h"

#include "client/show/cell.h"

#include <stdio.h>

void say_list(
    struct text *to, enum language language, enum text_id id, va_list gaps)
{
    const char *sentence = text_of(id, language);

    for (; *sentence; sentence++) {
        if (*sentence != '%') {
            text_putc(to, *sentence);
            continue;
        }
        sentence++;
        if (*sentence == 's')
            text_puts(to, va_arg(gaps, const char *));
        else
            text_putc(to, '%');
    }
}

void say(struct text *to, enum language language, enum text_id id, ...)
{
    va_list gaps;

    va_start(gaps, id);
    say_list(to, language, id, gaps);
    va_end(gaps);
}

void complain(enum language language, enum text_id id, ...)
{
    struct text made = {0};
    struct text safe = {0};
    va_list gaps;

    va_start(gaps, id);
    say_list(&made, language, id, gaps);
    va_end(gaps);
    cell_safe(&safe, text_peek(&made));
    (void)fprintf(stderr, "diptych: %s\n", text_peek(&safe));
    text_fini(&made);
    text_fini(&safe);
}
