/* SPDX-License-Identifier: Apache-2.0
 *
 * edit_form.h - the fields of one object as a text that a person can edit.
 *
 * One "field = value" a line, as it is and without quotes; nothing behind the
 * sign leaves the field empty.  A text of several lines stands between
 * "<<END" and END.  Lines that begin with "#" say what a field takes.
 */
#ifndef CLIENT_EDIT_EDIT_FORM_H
#define CLIENT_EDIT_EDIT_FORM_H

#include "client/prompt/vocabulary.h"
#include "protocol/err.h"

struct edit_field {
    const struct row *about; /* of the vocabulary */
    char *base;              /* owned; as the server had it, "" for none */
    char *mine;              /* owned; as it is to be */
    char *remark;            /* owned; what is wrong with it; NULL: nothing */
};

struct edit_form {
    const struct vocabulary *vocabulary;
    enum language language;
    char *kind, *id, *rev; /* owned; id and rev NULL for a new object */
    char *remark;          /* owned; what is wrong with all of it; or NULL */
    struct edit_field *fields;
    size_t n;
};

/**
 * edit_form_init - the fields of an object, or of one to be added
 *
 * Takes   vocabulary  that outlives *form
 *         object      its row; NULL for one to be added, with the presets
 * Gives   *form, freed with edit_form_fini
 * Thread  main
 */
void edit_form_init(struct edit_form *form, const struct vocabulary *vocabulary,
    enum language language, const char *kind, const struct row *object);

/**
 * edit_form_print - the text to be edited
 *
 * Gives   *to grown by lines; remarks stand above what they are about
 * Thread  main
 */
void edit_form_print(const struct edit_form *form, struct text *to);

/**
 * edit_form_read - a text that was edited
 *
 * Takes   bytes  NUL-ended
 * Gives   the values; remarks are gone
 * Errors  ERR_SYNTAX  a line is not understood; *line is its number, *why is
 *                     grown by a sentence, the values are as they were
 * Thread  main
 */
enum err edit_form_read(struct edit_form *form, const char *bytes, size_t *line,
    struct text *why) MUST_USE;

/**
 * edit_form_changed - whether anything is to be sent
 *
 * Gives   true or false
 * Thread  main
 */
bool edit_form_changed(const struct edit_form *form);

/**
 * edit_form_words - the request that makes the object so
 *
 * Takes   words  list on the heap of strings on the heap, NULL-ended
 * Gives   their number: add and what is not empty, or set and what changed
 * Thread  main
 */
size_t edit_form_words(
    const struct edit_form *form, const char *once, char ***words);

/**
 * edit_form_merge - take in what another person did meanwhile
 *
 * Takes   theirs  the object as it is now
 *         author  of its newest change
 * Gives   fields that only they changed are theirs; those that both changed
 *         stay mine and get a remark that shows theirs and the one before
 * Thread  main
 */
void edit_form_merge(
    struct edit_form *form, const struct row *theirs, const char *author);

/**
 * edit_form_remark - say what is wrong with a field
 *
 * Takes   name  of the field; NULL, or one that is not there: all of it
 * Gives   a remark that edit_form_print shows
 * Thread  main
 */
void edit_form_remark(
    struct edit_form *form, const char *name, const char *remark);

/**
 * edit_form_fini - free the form
 *
 * Gives   *form all zero
 * Thread  main
 */
void edit_form_fini(struct edit_form *form);

#endif
