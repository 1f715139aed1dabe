/* SPDX-License-Identifier: Apache-2.0
 *
 * explain_team.h - the figures that look beyond one tender and can be
 * explained: past tenders, profiles; for figure_explain.c.
 *
 * All of it runs on a worker thread.
 */
#ifndef SERVER_EXPLAIN_EXPLAIN_TEAM_H
#define SERVER_EXPLAIN_EXPLAIN_TEAM_H

#include "server/explain/explain.h"

/**
 * explain_similar - the distance of the tender to the past one of over=
 *
 * Takes   f  with tenders and criteria of the team
 * Gives   lines and rows
 * Errors  ERR_ARG, ERR_NONE  over=
 * Thread  worker
 */
enum err explain_similar(struct figures *f);

/**
 * explain_advise - how many of party= are likely to approve, and its distance
 * to the ideal client of over=, or to the nearest one
 *
 * Gives   lines and rows
 * Errors  ERR_ARG, ERR_NONE  party= or over=
 * Thread  worker
 */
enum err explain_advise(struct figures *f);

/**
 * explain_attention - weight, days and score of what asks for attention; of
 * over= alone, a word of attention, and of party=
 *
 * Takes   f  with touches of the team
 * Gives   lines and rows
 * Errors  ERR_ARG, ERR_NONE  never=, over= or party=
 * Thread  worker
 */
enum err explain_attention(struct figures *f);

/**
 * explain_calibrate - scores of forecasts, of all or of over=, a forecast or a
 * person, and what was foreseen beside what happened
 *
 * Takes   f  with tenders and forecasts of the team
 * Gives   lines and rows
 * Thread  worker
 */
enum err explain_calibrate(struct figures *f);

/**
 * explain_experience - what party= lived with us and remembers of it, in the
 * phase of over= or in all
 *
 * Takes   f  with touches of the team
 * Gives   lines and rows
 * Errors  ERR_ARG, ERR_NONE  party= or over=
 * Thread  worker
 */
enum err explain_experience(struct figures *f);

#endif
