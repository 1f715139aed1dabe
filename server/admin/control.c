/* SPDX-License-Identifier: Apache-2.0
 *
 * control.c - one change of users or teams, and what is said of it.
 */
#include "server/admin/control.h"

#include "db/member.h"
#include "protocol/base_mem.h"
#include "protocol/words.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char *const verbs[CONTROL_COUNT] = {
    [CONTROL_USER_ADD] = "user-add",
    [CONTROL_USER_PASSWORD] = "user-passwd",
    [CONTROL_USER_ROLE] = "user-role",
    [CONTROL_USER_CERT] = "user-cert",
    [CONTROL_USER_DEL] = "user-del",
    [CONTROL_TEAM_ADD] = "team-add",
};

/* As words. */

static void print_word(struct text *to, const char *key, const char *value)
{
    text_printf(to, " %s=", key);
    word_quote(to, value);
}

void control_print(struct text *to, const struct control *control)
{
    text_puts(to, verbs[control->what]);
    print_word(to, "name", control->name);
    print_word(to, "team", control->team);
    print_word(to, "role", role_word(control->role));
    print_word(to, "secret", control->secret);
    print_word(to, "identity", control->identity ? control->identity : "");
    print_word(to, "remove", control->remove ? "yes" : "no");
    print_word(to, "again", control->again ? "yes" : "no");
    text_putc(to, '\n');
}

static enum control_what find_verb(const char *word)
{
    int what = 0;

    while (what < CONTROL_COUNT && strcmp(verbs[what], word) != 0)
        what++;
    return (enum control_what)what;
}

enum err control_read(const char *line, struct control *control)
{
    struct words words;
    struct words_fault fault;

    if (words_read(line, strlen(line), NULL, 16, &words, &fault) != ERR_OK)
        return ERR_SYNTAX;
    const char *name = words_get(&words, "name");
    const char *team = words_get(&words, "team");
    const char *role = words_get(&words, "role");
    const char *secret = words_get(&words, "secret");
    const char *again = words_get(&words, "again");
    const char *identity = words_get(&words, "identity");
    const char *remove = words_get(&words, "remove");
    enum control_what what =
        words.n > 0 ? find_verb(words.list[0].value) : CONTROL_COUNT;
    bool whole = name && team && role && secret && again &&
                 role_find(role) != ROLE_COUNT && what != CONTROL_COUNT;
    if (whole)
        *control = (struct control){.what = what,
            .name = mem_text(name),
            .team = mem_text(team),
            .secret = mem_text(secret),
            .identity = mem_text(identity ? identity : ""),
            .remove = remove && strcmp(remove, "yes") == 0,
            .role = role_find(role),
            .again = strcmp(again, "yes") == 0};
    words_free(&words);
    return whole ? ERR_OK : ERR_SYNTAX;
}

/* What is said. */

static void explain_name(struct text *to, const char *what, const char *name)
{
    text_printf(to,
        "\"%s\" can not be the name of a %s; allowed: 1 to 64 characters "
        "without blank, comma, $ and quotes",
        name, what);
}

static void explain_arg(struct text *to, const struct control *control)
{
    if (control->what == CONTROL_TEAM_ADD)
        explain_name(to, "team", control->name);
    else if (control->what == CONTROL_USER_CERT)
        text_printf(to,
            "\"%s\" can not be a name of a certificate; allowed: uri:VALUE, "
            "email:VALUE, or key: and 64 hexadecimal digits",
            control->identity);
    else if (!member_is_name(control->name))
        explain_name(to, "user", control->name);
    else
        explain_name(to, "team", control->team);
}

static void explain_state(struct text *to, const struct control *control)
{
    if (control->what == CONTROL_USER_CERT)
        text_printf(to, "%s is not recorded for user %s", control->identity,
            control->name);
    else if (control->what == CONTROL_USER_ADD)
        text_printf(to,
            "there was a user %s, whose name the history shows; if this is "
            "the same person add --again, else choose another name",
            control->name);
    else
        text_printf(to,
            "the role of %s can not become %s: an admin is in no team; delete "
            "one user and add another",
            control->name, role_word(control->role));
}

static void explain(
    struct text *to, const struct control *control, enum err err)
{
    const char *name = control->name;

    if (err == ERR_EXISTS && control->what == CONTROL_TEAM_ADD)
        text_printf(to, "there is a team %s already", name);
    else if (err == ERR_EXISTS && control->what == CONTROL_USER_CERT)
        text_printf(to,
            "%s is recorded for a user already; --remove takes it away",
            control->identity);
    else if (err == ERR_EXISTS)
        text_printf(to,
            "there is a user %s already; diptychd user passwd changes the "
            "password, diptychd user role the role",
            name);
    else if (err == ERR_NONE)
        text_printf(to,
            "there is no user %s; diptychd user list shows all, diptychd user "
            "add makes one",
            name);
    else if (err == ERR_ARG)
        explain_arg(to, control);
    else if (err == ERR_STATE)
        explain_state(to, control);
    else
        text_printf(to, "%s is not changed: %s", name, err_text(err, 0));
}

static void say_dropped(struct text *to, const char *name, uint64_t alone)
{
    text_printf(to,
        "deleted user %s; the history keeps the name, sessions and tokens "
        "end\n",
        name);
    if (alone > 0)
        text_printf(to,
            "%" PRIu64 " tender%s nobody sees any more: %s was the only "
            "member\n",
            alone, alone == 1 ? "" : "s", name);
}

static void say_role(struct text *to, const struct user *user, enum role role)
{
    text_printf(to, "user %s is %s of team %s now, and was %s\n", user->name,
        role_word(role), user->team_name, role_word(user->role));
}

static void say_added(struct text *to, const struct control *control)
{
    text_printf(
        to, "added user %s, %s of ", control->name, role_word(control->role));
    if (control->role == ROLE_ADMIN)
        text_puts(to, "the server\n");
    else
        text_printf(to, "team %s\n", control->team);
}

/* The changes. */

/* Each writes one row into the journal of the user's team. */
static enum err read_events(
    struct store *store, uint64_t team, struct control_done *done)
{
    uint64_t head, oldest;
    enum err err = store_head(store, team, &head);

    if (err != ERR_OK)
        return err;
    return store_events(store, team, head - 1, 1, &done->events, &oldest);
}

static enum err change_user(struct store *store, const struct control *control,
    const struct user *user, int64_t now_ms, struct text *said)
{
    uint64_t alone = 0;
    enum err err = ERR_INTERNAL;

    if (control->what == CONTROL_USER_PASSWORD) {
        err = user_set_secret(store, user->name, control->secret, now_ms);
        if (err == ERR_OK)
            text_printf(said,
                "changed the password of %s; sessions and tokens of that user "
                "end\n",
                user->name);
    } else if (control->what == CONTROL_USER_ROLE) {
        err = member_set_role(store, user, control->role, now_ms);
        if (err == ERR_OK)
            say_role(said, user, control->role);
    } else if (control->what == CONTROL_USER_CERT) {
        err = user_set_identity(
            store, user, control->identity, control->remove, now_ms);
        if (err == ERR_OK)
            text_printf(said, "%s %s as user %s\n", control->identity,
                control->remove ? "no longer logs in" : "logs in", user->name);
    } else if (control->what == CONTROL_USER_DEL) {
        err = member_drop(store, user, now_ms, &alone);
        if (err == ERR_OK)
            say_dropped(said, user->name, alone);
    }
    return err;
}

static enum err add_user(struct store *store, const struct control *control,
    int64_t now_ms, struct text *said)
{
    enum err err = user_add_again(store, control->name, control->team,
        control->role, control->secret, control->again, now_ms);

    if (err == ERR_OK)
        say_added(said, control);
    return err;
}

static enum err apply_to_user(struct store *store,
    const struct control *control, int64_t now_ms, struct control_done *done)
{
    struct user user = {0};
    uint64_t team;
    enum err err = ERR_OK;

    if (control->what == CONTROL_USER_ADD)
        err = add_user(store, control, now_ms, &done->said);
    if (err == ERR_OK)
        err = user_find(store, control->name, &user);
    team = user.team;
    if (err == ERR_OK && control->what != CONTROL_USER_ADD) {
        err = change_user(store, control, &user, now_ms, &done->said);
        done->user = user.id;
    }
    if (err == ERR_OK)
        err = read_events(store, team, done);
    user_fini(&user);
    return err;
}

enum err control_apply(struct store *store, const struct control *control,
    int64_t now_ms, struct control_done *done)
{
    enum err err;

    *done = (struct control_done){0};
    if (control->what == CONTROL_TEAM_ADD) {
        err = team_add(store, control->name, now_ms);
        if (err == ERR_OK)
            text_printf(&done->said, "added team %s\n", control->name);
    } else {
        err = apply_to_user(store, control, now_ms, done);
    }
    if (err != ERR_OK)
        control_refuse(done, control, err);
    return err;
}

void control_refuse(
    struct control_done *done, const struct control *control, enum err err)
{
    control_done_fini(done);
    explain(&done->said, control, err);
}

void control_fini(struct control *control)
{
    if (control->secret)
        explicit_bzero(control->secret, strlen(control->secret));
    free(control->name);
    free(control->team);
    free(control->secret);
    free(control->identity);
    *control = (struct control){0};
}

void control_done_fini(struct control_done *done)
{
    text_fini(&done->said);
    events_fini(&done->events);
    *done = (struct control_done){0};
}
