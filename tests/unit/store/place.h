// SPDX-License-Identifier: MIT
/*
 * A fresh store in a temporary directory, for the tests of this room.
 */
#ifndef STORE_PLACE_H
#define STORE_PLACE_H

#include "base/fs.h"
#include "store/store.h"
#include "store/store_candidate.h"
#include "store/store_card.h"
#include "store/store_person.h"
#include "store/store_position.h"
#include "store/store_repo.h"
#include "store/store_review.h"
#include "store/store_session.h"
#include "store/store_submission.h"

#include <fcntl.h>

struct place {
	char *dir;
	char *path; /* of the database */
	struct store *store;
};

static inline int place_set_up(void **state)
{
	static struct place place;
	struct err e = { 0 };

	place = (struct place){ 0 };
	if (fs_temp_dir(&place.dir, "assay-test-store", &e) < 0)
		return -1;
	place.path = fs_join(place.dir, "assay.db", &e);
	if (!place.path || store_create(place.path, 0600, &e) < 0 ||
		store_open(&place.store, place.path, &e) < 0)
		return -1;
	*state = &place;
	return 0;
}

static inline int place_tear_down(void **state)
{
	struct place *place = *state;
	struct err e = { 0 };

	store_close(place->store);
	if (fs_remove_tree(AT_FDCWD, place->dir, &e) < 0)
		return -1;
	free(place->dir);
	free(place->path);
	return 0;
}

/* Everything a session needs, so that a test can begin where it is interesting. */
static inline int place_add_session(struct place *place)
{
	const struct store_person anna = { .id = "anna", .name = "Anna", .roles = "interviewer" };
	const struct store_repo repo = { .name = "tasks", .url = "/r", .commit = "c0" };
	const struct store_position position = { .id = "backend", .json = "{}", .digest = "d" };
	const struct store_candidate candidate = { .pseudonym = "C-0001", .name = "Kim" };
	const struct store_application application = {
		.candidate = "C-0001", .position = "backend", .stage = "technical"
	};
	const struct store_session session = { .id = "S-0001",
		.candidate = "C-0001",
		.position = "backend",
		.stage = "technical",
		.plan = "backend",
		.repo = "tasks",
		.commit = "c0",
		.pins = "{}" };
	const struct store_seat seat = { .session = "S-0001", .person = "anna", .due = true };
	const struct store_part part = {
		.session = "S-0001", .number = 1, .kind = "coding", .task = "sum"
	};
	struct err e = { 0 };

	return store_person_add(place->store, &anna, &e) ||
			store_repo_add(place->store, &repo, &e) ||
			store_position_add(place->store, &position, &e) ||
			store_candidate_add(place->store, &candidate, &e) ||
			store_application_add(place->store, &application, &e) ||
			store_session_add(place->store, &session, &e) ||
			store_seat_add(place->store, &seat, &e) ||
			store_part_add(place->store, &part, &e)
		? -1
		: 0;
}

static inline int place_set_up_session(void **state)
{
	return place_set_up(state) < 0 ? -1 : place_add_session(*state);
}

#endif
