/* SPDX-License-Identifier: Apache-2.0
 *
 * texts.h - sentences for people, in English and French.
 */
#ifndef PROTOCOL_TEXTS_H
#define PROTOCOL_TEXTS_H

enum text_id {
#define TEXT(id, en, fr) TEXT_##id,
#include "protocol/texts.def"
#undef TEXT
    TEXT_COUNT
};

enum language { LANGUAGE_ENGLISH, LANGUAGE_FRENCH };

/**
 * text_of - a sentence of the table
 *
 * Gives   a string that lives for ever
 * Thread  any
 */
const char *text_of(enum text_id id, enum language language);

#endif
