/* SPDX-License-Identifier: Apache-2.0
 *
 * fuzz_notice - a file that says it is a notice: it is refused with a
 * sentence, or it becomes requests that can all be read.
 *
 * The first byte chooses the language, the rest is the file.
 */
#include "client/notice/notice_check.h"
#include "client/notice/notice_commands.h"
#include "protocol/base_mem.h"
#include "protocol/limit.h"
#include "protocol/lines.h"
#include "protocol/utf8.h"
#include "protocol/words.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

static void check_sentence(const struct text *text)
{
    INSIST(text->len > 0);
    INSIST(utf8_fault(text->bytes, text->len, false) == text->len);
}

/* Every request is one unit whose words can be read. */
static void check_request(const char *bytes, size_t len)
{
    struct lines lines = {.line_most = LIMIT_LINE, .body_most = LIMIT_BODY};
    struct unit unit;
    struct words words;
    struct words_fault fault;

    lines_feed(&lines, bytes, len);
    INSIST(lines_next(&lines, &unit) == LINES_UNIT);
    INSIST(!unit.body_over);
    INSIST(words_read(unit.line.bytes, unit.line.len,
               unit.has_body ? text_peek(&unit.body) : NULL, LIMIT_WORDS,
               &words, &fault) == ERR_OK);
    INSIST(words.n > 0);
    INSIST(lines_waiting(&lines) == 0);
    words_free(&words);
    unit_fini(&unit);
    lines_fini(&lines);
}

static void check_plan(const struct notice *notice, enum language language)
{
    static const struct notice_known nothing;
    struct notice_match match;
    struct notice_plan plan = {0};
    struct remarks remarks = {0};
    struct text why = {0};

    notice_check(notice, &remarks);
    enum err err =
        notice_match(notice, &nothing, false, language, &remarks, &match, &why);
    if (err == ERR_OK && match.verdict == NOTICE_NEW)
        err = notice_commands(
            notice, &nothing, &match, language, &remarks, &plan, &why);
    if (err != ERR_OK)
        check_sentence(&why);
    for (size_t i = 0; i < plan.n; i++) {
        size_t len;
        const char *request = plan_request(&plan, i, &len);

        check_request(request, len);
    }
    for (size_t i = 0; i < remarks.n; i++) {
        struct text sentence = {0};

        remark_print(&sentence, &remarks.list[i], language);
        check_sentence(&sentence);
        text_fini(&sentence);
    }
    plan_fini(&plan);
    remarks_fini(&remarks);
    text_fini(&why);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct notice *notice = NULL;
    struct text why = {0};

    if (len == 0)
        return 0;
    enum language language = bytes[0] & 1 ? LANGUAGE_FRENCH : LANGUAGE_ENGLISH;
    enum err err = notice_read((const char *)bytes + 1, len - 1, "fuzzed.xml",
        language, &notice, &why);
    if (err == ERR_OK) {
        check_plan(notice, language);
        notice_free(&notice);
    } else {
        INSIST(notice == NULL);
        check_sentence(&why);
    }
    text_fini(&why);
    return 0;
}
