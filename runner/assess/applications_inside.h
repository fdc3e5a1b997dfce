// SPDX-License-Identifier: MIT
/*
 * What the files about applications share among themselves.
 */
#ifndef ASSESS_APPLICATIONS_INSIDE_H
#define ASSESS_APPLICATIONS_INSIDE_H

#include "assess/applications.h"

#include <stdint.h>

/* The position that is meant (named NULL: the only one) and the stage (NULL: its first). */
int application_place(char **position_id, char **stage_id, struct workspace *workspace, const char *named,
	const char *stage, struct err *e);

/* One "@" with something on both sides, nothing that ends an address or starts another. */
bool email_is_plausible(const char *email);

/* Who has that e-mail; *known false when nobody has, or email is NULL. */
int candidate_known(struct store_candidate *out, bool *known, struct workspace *workspace, const char *email, struct err *e);

/* Keeps an application whose position and stage are known, within the caller's change. */
int application_keep(char pseudonym[ID_PSEUDONYM], bool *known, struct workspace *workspace, const char *actor,
	const struct new_application *new, int64_t now_ms, struct err *e);

/* The application that is meant when no position is named: the candidate's only one. ERR_USAGE when there are several,
 * ERR_NOT_FOUND when there is none. *position is a copy. */
int application_position(char **position, struct workspace *workspace, const char *candidate, const char *named,
	struct err *e);

/* An application that is open still. ERR_NOT_FOUND; ERR_CONFLICT: it is closed, and how. */
int application_load_open(struct store_application *out, struct workspace *workspace, const char *candidate,
	const char *position, struct err *e);

/* Moves it and keeps the step, in a change of the caller's. */
int application_save_step(struct workspace *workspace, const char *actor, const char *action,
	const struct store_step *step, struct err *e);

#endif
