/* SPDX-License-Identifier: Apache-2.0
 *
 * guide_sector.h - the question of the guide that fills in what is usual in a
 * sector, group by group, before all others are asked.
 */
#ifndef CLIENT_GUIDE_GUIDE_SECTOR_H
#define CLIENT_GUIDE_GUIDE_SECTOR_H

#include "client/guide/guide_input.h"
#include "client/show/labels.h"

/**
 * guide_sector_is_open - whether a template may be offered
 *
 * Gives   false once somebody with a stake, a need or an alternative is
 *         recorded
 * Thread  any
 */
bool guide_sector_is_open(const struct labels *record);

/**
 * guide_sector - ask for the sector, and of each group whether it is taken
 *
 * Gives   *wish: GUIDE_ANSWER when something was recorded, *undo the line that
 *         takes it back; GUIDE_PRESET when nothing was; GUIDE_BACK; GUIDE_LEAVE
 * Thread  main; it waits for a person
 */
int guide_sector(struct client *client, struct guide_input *input,
    enum guide_wish *wish, struct text *undo) MUST_USE;

#endif
