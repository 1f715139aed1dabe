/* SPDX-License-Identifier: Apache-2.0
 *
 * profile.h - the file that remembers server, user, CA, token and tender.
 *
 * One key=value of the wire a line, "#" starts a comment.  It holds a token,
 * so nobody but its owner may read it.
 */
#ifndef CLIENT_LINK_PROFILE_H
#define CLIENT_LINK_PROFILE_H

#include "protocol/base_text.h"
#include "protocol/err.h"
#include "protocol/texts.h"

#include <stdbool.h>

enum profile_key {
#define KEY(id, word) PROFILE_##id,
#include "client/link/profile.def"
#undef KEY
    PROFILE_KEYS
};

struct profile {
    char *value[PROFILE_KEYS]; /* owned; NULL when not set */
};

/**
 * profile_path - where the profile is
 *
 * Gives   *path: $DIPTYCH_PROFILE, else diptych/profile in $XDG_CONFIG_HOME,
 *         else in ~/.config
 * Thread  any
 */
void profile_path(struct text *path);

/**
 * profile_read - read a profile
 *
 * Gives   *got, freed with profile_fini; empty when there is no such file
 * Errors  ERR_DENIED  others may read it
 *         ERR_SYNTAX  a line of it is not key=value
 *         ERR_NONE    it can not be read
 *         *why is grown by a sentence, *got is untouched
 * Thread  any
 */
enum err profile_read(const char *path, enum language language,
    struct profile *got, struct text *why) MUST_USE;

/**
 * profile_write - put a profile in the place of the one that is there
 *
 * Makes the folder when needed; a reader sees the old file or the new one.
 *
 * Gives   the file, readable and writable by its owner alone
 * Errors  ERR_FULL  it can not be written; *why is grown by a sentence
 * Thread  any
 */
enum err profile_write(const char *path, const struct profile *profile,
    enum language language, struct text *why) MUST_USE;

/**
 * profile_set - set or clear one key
 *
 * Takes   value  NULL or "" clears
 * Gives   *profile with a copy of value
 * Thread  any, one owner at a time
 */
void profile_set(
    struct profile *profile, enum profile_key key, const char *value);

/**
 * profile_key_find - the key with that word
 *
 * Gives   PROFILE_KEYS when there is none
 * Thread  any
 */
enum profile_key profile_key_find(const char *word);

/**
 * profile_key_word - the word of a key
 *
 * Gives   a string that lives for ever
 * Thread  any
 */
const char *profile_key_word(enum profile_key key);

/**
 * profile_folder - make the folders above a file
 *
 * Gives   every missing folder of the path, for its owner alone
 * Errors  ERR_FULL  one can not be made
 * Thread  any
 */
enum err profile_folder(const char *path) MUST_USE;

/**
 * profile_place - the path of a file of ours below a folder of the user
 *
 * Takes   variable  environment variable that names the folder
 *         fallback  below the home folder, when it is not set
 *         file      "profile", "history"
 * Gives   *path grown
 * Thread  any
 */
void profile_place(struct text *path, const char *variable,
    const char *fallback, const char *file);

/**
 * profile_fini - free a profile
 *
 * Gives   *profile all zero
 * Thread  any
 */
void profile_fini(struct profile *profile);

#endif
