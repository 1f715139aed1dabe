/* SPDX-License-Identifier: Apache-2.0
 *
 * guide_sector.c - "Which sector is it in?", and what follows from it.
 *
 * Nothing is recorded before the last group is confirmed, so that leaving or
 * going back leaves nothing half done.
 */
#include "client/guide/guide_sector.h"

#include "client/guide/guide_page.h"
#include "client/guide/template.h"
#include "client/show/say.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

bool guide_sector_is_open(const struct labels *record)
{
    static const char *const kinds[] = {"stake", "need", "alternative"};

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (guide_object(record, kinds[i], NULL, NULL, NULL))
            return false;
    return true;
}

/* Asks until there is an answer or a wish that ends it; "?" explains. */
static int ask(struct client *client, struct guide_input *input,
    const char *shown, enum guide_wish *wish, char **typed)
{
    for (;;) {
        free(*typed);
        *typed = NULL;
        guide_prompt(shown);
        int status = guide_read(client, input, wish, typed);
        if (status != STATUS_OK || *wish != GUIDE_EXPLAIN)
            return status;
        guide_say(client, TEXT_SECTOR_HELP);
    }
}

static int ask_sector(struct client *client, struct guide_input *input,
    enum guide_wish *wish, const char **sector)
{
    enum language language = client->look.language;
    struct text list = {0};
    char *typed = NULL;
    int status = STATUS_OK;

    *sector = NULL;
    (void)putchar('\n');
    template_sectors(&list, language, true);
    guide_say(client, TEXT_SECTOR_ASK, text_peek(&list));
    while (status == STATUS_OK && *sector == NULL) {
        status = ask(
            client, input, text_of(TEXT_SECTOR_NONE, language), wish, &typed);
        if (status != STATUS_OK || *wish != GUIDE_ANSWER)
            break;
        *sector = template_sector(typed);
        if (*sector == NULL)
            guide_say(client, TEXT_GUIDE_BAD, typed);
    }
    free(typed);
    text_fini(&list);
    return status;
}

static bool is_one_of(const char *typed, const char *const *words)
{
    for (; *words; words++)
        if (strcasecmp(typed, *words) == 0)
            return true;
    return false;
}

/* Enter takes a group. */
static int ask_group(struct client *client, struct guide_input *input,
    enum guide_wish *wish, bool *takes)
{
    static const char *const yes[] = {"y", "yes", "o", "oui", NULL};
    static const char *const no[] = {"n", "no", "non", NULL};
    char *typed = NULL;
    int status;

    for (;;) {
        status = ask(client, input,
            text_of(TEXT_GUIDE_YES, client->look.language), wish, &typed);
        if (status != STATUS_OK || *wish != GUIDE_ANSWER)
            break;
        if (is_one_of(typed, yes) || is_one_of(typed, no)) {
            *takes = is_one_of(typed, yes);
            break;
        }
        guide_say(client, TEXT_GUIDE_BAD, typed);
    }
    if (*wish == GUIDE_PRESET) {
        *takes = true;
        *wish = GUIDE_ANSWER;
    }
    free(typed);
    return status;
}

static int ask_groups(struct client *client, struct guide_input *input,
    const struct template *t, enum guide_wish *wish, bool *takes)
{
    static const enum text_id questions[TEMPLATE_GROUPS] = {
        [TEMPLATE_ROLES] = TEXT_SECTOR_ROLES,
        [TEMPLATE_USERS] = TEXT_SECTOR_USERS,
        [TEMPLATE_NEEDS] = TEXT_SECTOR_NEEDS,
        [TEMPLATE_ALTERNATIVES] = TEXT_SECTOR_ALTERNATIVES};

    for (enum template_group g = 0; g < TEMPLATE_GROUPS; g++) {
        struct text names = {0};

        template_names(t, g, &names);
        (void)putchar('\n');
        guide_say(client, questions[g], text_peek(&names));
        text_fini(&names);
        int status = ask_group(client, input, wish, &takes[g]);
        if (status != STATUS_OK || *wish != GUIDE_ANSWER)
            return status;
    }
    return STATUS_OK;
}

static int record(struct client *client, const struct template *t,
    const bool *takes, enum guide_wish *wish, struct text *undo)
{
    size_t lines = 0;
    char number[24];
    char *tx = NULL;
    bool any = false;

    for (size_t g = 0; g < TEMPLATE_GROUPS; g++)
        any |= takes[g];
    *wish = GUIDE_PRESET;
    if (!any)
        return STATUS_OK;
    int status = template_send(client, t, takes, &lines, &tx);
    if (status == STATUS_OK) {
        *wish = GUIDE_ANSWER;
        (void)snprintf(number, sizeof number, "%zu", lines);
        guide_say(client, TEXT_TEMPLATE_DONE, number, tx);
        text_printf(undo, "undo tx=%s\n", tx);
    }
    free(tx);
    return status;
}

/* The template of one sector; going back leads to the choice of it. */
static int take_sector(struct client *client, struct guide_input *input,
    const char *sector, enum guide_wish *wish, struct text *undo)
{
    bool takes[TEMPLATE_GROUPS] = {false};
    struct template t;

    if (!template_read(sector, client->look.language, &t)) {
        guide_say(client, TEXT_TEMPLATE_NONE);
        *wish = GUIDE_PRESET;
        return STATUS_OK;
    }
    int status = ask_groups(client, input, &t, wish, takes);
    if (status == STATUS_OK && *wish == GUIDE_ANSWER)
        status = record(client, &t, takes, wish, undo);
    template_fini(&t);
    return status;
}

int guide_sector(struct client *client, struct guide_input *input,
    enum guide_wish *wish, struct text *undo)
{
    const char *sector;
    int status;

    do {
        status = ask_sector(client, input, wish, &sector);
        if (status == STATUS_OK && sector)
            status = take_sector(client, input, sector, wish, undo);
    } while (status == STATUS_OK && sector && *wish == GUIDE_BACK);
    return status;
}
