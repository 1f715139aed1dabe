/* SPDX-License-Identifier: Apache-2.0
 *
 * telnet.c - a machine of few states, one byte after the other.
 */
#include "server/net/telnet.h"

#include <stdbool.h>

/* RFC 854. */
enum {
    END_OF_PART = 240,
    PART = 250,
    WILL = 251,
    WONT = 252,
    DO = 253,
    DONT = 254,
    COMMAND = 255
};

enum state { TEXT, AFTER_CR, IN_COMMAND, IN_OPTION, IN_PART, IN_PART_COMMAND };

static void refuse_option(
    unsigned char command, unsigned char option, struct text *answer)
{
    if (command != WILL && command != DO)
        return;
    text_putc(answer, (char)COMMAND);
    text_putc(answer, (char)(command == WILL ? DONT : WONT));
    text_putc(answer, (char)option);
}

/* What a byte behind the command byte means; true when it is itself text. */
static bool take_command(struct telnet *telnet, unsigned char byte)
{
    telnet->command = byte;
    if (byte == PART)
        telnet->state = IN_PART;
    else if (byte >= WILL && byte <= DONT)
        telnet->state = IN_OPTION;
    else
        telnet->state = TEXT;
    return byte == COMMAND;
}

/* Whether a byte is text. */
static bool take_byte(
    struct telnet *telnet, unsigned char byte, struct text *answer)
{
    switch ((enum state)telnet->state) {
    case IN_COMMAND:
        return take_command(telnet, byte);
    case IN_OPTION:
        refuse_option(telnet->command, byte, answer);
        telnet->state = TEXT;
        return false;
    case IN_PART:
        if (byte == COMMAND)
            telnet->state = IN_PART_COMMAND;
        return false;
    case IN_PART_COMMAND:
        telnet->state = byte == END_OF_PART ? TEXT : IN_PART;
        return false;
    case AFTER_CR:
    case TEXT:
        break;
    }
    telnet->state = byte == '\r' ? AFTER_CR : TEXT;
    if (byte == COMMAND)
        telnet->state = IN_COMMAND;
    return byte != COMMAND;
}

size_t telnet_strip(
    struct telnet *telnet, char *bytes, size_t len, struct text *answer)
{
    size_t left = 0;

    for (size_t i = 0; i < len; i++) {
        bool bare = telnet->state == AFTER_CR && bytes[i] == '\0';

        if (take_byte(telnet, (unsigned char)bytes[i], answer))
            bytes[left++] = bare ? '\n' : bytes[i];
    }
    return left;
}
