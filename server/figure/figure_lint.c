/* SPDX-License-Identifier: Apache-2.0
 *
 * figure_lint.c - what to mend in what we say: all of a tender, one message, or
 * a text that is not recorded yet.
 */
#include "server/words/lint_inside.h"

#include <string.h>

static enum err read_language(struct linting *l)
{
    const char *lang = request_key(l->f->request, "lang");

    l->language = l->f->language;
    if (lang == NULL)
        return ERR_OK;
    if (strcmp(lang, "en") != 0 && strcmp(lang, "fr") != 0)
        return fault_set(l->f->fault, ERR_ARG, "lang", lang, "en or fr");
    l->language = strcmp(lang, "fr") == 0 ? LANGUAGE_FRENCH : LANGUAGE_ENGLISH;
    return ERR_OK;
}

static enum err read_text(
    const struct linting *l, const char *text, struct lint_text *t)
{
    const struct figures *f = l->f;
    const char *level = request_key(f->request, "level");

    *t = (struct lint_text){.field = "text",
        .text = text,
        .language = l->language,
        .level = LEVEL_COUNT};
    if (level)
        t->level = speech_find(level);
    if (t->level == LEVEL_COUNT)
        return fault_set(f->fault, ERR_ARG, "level", level ? level : "",
            "novice, informed, savvy or expert");
    lint_words(&t->words, text);
    return ERR_OK;
}

static enum err lint_text(struct linting *l, const char *text)
{
    struct lint_text t;
    enum err err = read_text(l, text, &t);
    struct readable r;

    if (err != ERR_OK)
        return err;
    lint_check_text(l, &t);
    if (!lint_proves(&t))
        lint_find(l, LINT_PROOF, NULL, "text", "", NULL);
    readable_count(text,
        t.language == LANGUAGE_FRENCH ? READABLE_FRENCH : READABLE_ENGLISH, &r);
    reply_int(l->f->last, "words", (int64_t)r.words);
    reply_int(l->f->last, "sentences", (int64_t)r.sentences);
    reply_int(l->f->last, "syllables", (int64_t)r.syllables);
    reply_micro(l->f->last, "readability", r.score);
    text_fini(&t.words);
    return ERR_OK;
}

enum err figure_lint(struct figures *f)
{
    struct linting l = {.f = f,
        .maker = {
            .record = f->record, .lot = f->made->lot ? f->made->lot->id : 0}};
    const char *text = request_key(f->request, "text");
    const char *word = f->request->args_n ? f->request->args[0] : NULL;
    const struct object *message =
        word ? record_find(f->record, KIND_MESSAGE, word) : NULL;
    enum err err = read_language(&l);

    if (err != ERR_OK)
        return err;
    if (text) {
        err = lint_text(&l, text);
    } else if (message) {
        lint_messages(&l, message);
    } else if (word && record_find(f->record, KIND_TENDER, word) == NULL) {
        return fault_set(
            f->fault, ERR_NONE, "subject", word, "a tender or a message");
    } else {
        lint_messages(&l, NULL);
        lint_typed(&l);
        lint_record(&l);
    }
    if (err == ERR_OK)
        reply_int(f->last, "findings", (int64_t)l.findings);
    return err;
}
