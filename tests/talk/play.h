/* SPDX-License-Identifier: Apache-2.0
 *
 * play.h - playing one conversation on a stage of its own.
 */
#ifndef TESTS_TALK_PLAY_H
#define TESTS_TALK_PLAY_H

#include "tests/talk/script.h"
#include "tests/talk/stage.h"

/**
 * play_script - play a conversation from its first step to the first surprise
 *
 * Takes   stage   without a running server; one is started when needed
 *         report  what went wrong is appended: place, expected, got, what was
 *                 said before, the server's log
 *         seen    words "verb add", "code conflict" of what occurred, a line
 *                 each, are appended
 * Gives   whether all went as the script says
 * Thread  the one that owns *stage
 */
bool play_script(const struct script *script, struct stage *stage,
    struct text *report, struct text *seen);

#endif
