// SPDX-License-Identifier: MIT
/*
 * A workspace: a directory with assay.db and, beside it, repos/, work/ and reports/; found upwards from where one
 * stands, as git finds its own.
 *
 *   assay.db                       everything that must be remembered (room `store`)
 *   repos/NAME.git                 the task repositories, cloned bare
 *   work/cache/COMMIT/             a task repository's content at a commit: written once, whole, never changed
 *   work/candidates/PSEUDONYM.git  a candidate's own repository: every submission is a commit in it
 *   work/locks/                    who works on a session right now
 *   reports/                       what was written for people
 *
 * What lies in there may not be read by candidates: the directories are made for their owner alone, or also for the
 * group when the workspace's own directory is setgid (several interviewers' accounts on one machine).
 *
 * `actor` is who does it, as workspace_actor says; it stands in the log. Every function that changes something does
 * all of it or nothing, and has logged it when it returns 0. Errors are those of store/store.h and what is said.
 */
#ifndef ASSESS_WORKSPACE_H
#define ASSESS_WORKSPACE_H

#include "base/err.h"
#include "base/id.h"
#include "base/mem.h"
#include "store/store_candidate.h"
#include "store/store_person.h"
#include "store/store_position.h"
#include "store/store_repo.h"
#include "task/position.h"
#include "task/rubric.h"
#include "task/task.h"

#include <stdbool.h>

struct workspace {
	char *path; /* absolute */
	int dir_fd;
	struct store *store;
	bool allow_sampled; /* whether its sessions may run where the limits of a tree are only sampled */

	/* For who opened it to set: who hears what a long step is doing, and what ends it early (assess/grade.h). */
	void (*progress)(const char *sentence, void *context);
	void *progress_context;
	int stop_fd; /* -1: nothing */
	bool grade_later;     /* a step of a session leaves what it took in to a session_grade of the caller's */
	bool wait_for_grades; /* a session_grade that finds another one at work waits for its end */
};

/* Makes one in `dir`, which is made when it isn't there. ERR_CONFLICT: there is one already. */
int workspace_init(const char *dir, bool allow_sampled, struct err *e);

/* The same for one that is there: sessions that are planned from now on may run where limits are only sampled. Those that
 * are planned keep what they were pinned to. For who may add repositories (ERR_DENIED). */
int workspace_allow_sampled(struct workspace *workspace, const char *actor, struct err *e);

/* Finds it at or above `from` and opens it. ERR_NOT_FOUND says how to make one. */
int workspace_open(struct workspace **out, const char *from, struct err *e);
void workspace_close(struct workspace *workspace);

AUTO_DEFINE(workspace, struct workspace, workspace_close)
#define AUTO_WORKSPACE AUTO(workspace_auto)

/* Who acts: the person named `as` (ERR_NOT_FOUND when there is none, ERR_DENIED when that one is bound to another Unix
 * account); without it the person bound to this account, or whose id is its name (ERR_USAGE when there are several),
 * else "account:NAME", who may do what needs no person. */
int workspace_actor(char **actor, struct workspace *workspace, const char *as, struct err *e);

/* --- people ----------------------------------------------------------------------------------------------------- */

/* roles: any of interviewer, lead, panel, hr; ERR_USAGE names them. id is an id of ours ("anna"). account: the Unix
 * account the person is bound to; NULL: none; ERR_NOT_FOUND: this machine has none of that name. */
int workspace_person_add(struct workspace *workspace, const char *actor, const char *id,
	const char *name, const struct strings *roles, const char *account, struct err *e);
int workspace_persons(struct store_persons *out, struct workspace *workspace, struct err *e);

/* The person that an actor is: ERR_NOT_FOUND for an account that is none. */
int workspace_person(struct store_person *out, struct workspace *workspace, const char *actor, struct err *e);

/* --- task repositories ------------------------------------------------------------------------------------------ */

/*
 * Clones it and pins what `ref` (NULL: the default branch) means now. name NULL: the last part of the url without
 * ".git". The repository must hold at least one task, and nothing that can't be checked out (ERR_INVALID).
 * ERR_CONFLICT: the name is taken. Errors of repo/clone.h. A relative path is kept as the absolute one.
 */
int workspace_repo_add(struct store_repo *out, struct workspace *workspace, const char *actor,
	const char *url, const char *name, const char *ref, struct err *e);

/* Fetches again and pins what its ref means now: for sessions planned from now on. Those that are planned keep their
 * commit. *changed says whether the pin moved. */
int workspace_repo_update(struct store_repo *out, bool *changed, struct workspace *workspace,
	const char *actor, const char *name, struct err *e);
int workspace_repos(struct store_repos *out, struct workspace *workspace, struct err *e);

/* The directory with the content of a repository at a commit (NULL: its pin), checked out when it isn't there. */
int workspace_checkout(char **dir, struct workspace *workspace, const char *repo,
	const char *commit, struct err *e);

/* A task as `task list` shows it. */
struct workspace_task {
	char *repo, *path; /* the package's path in the repository */
	char *id;          /* "" when it can't be loaded */
	enum task_kind kind;
	struct localised title;
	int minutes;
	char *mistake; /* NULL: it loads */
};

struct workspace_tasks {
	struct workspace_task *item;
	size_t count;
};

/* All tasks of all repositories at their pins, by repository and path. */
int workspace_tasks(struct workspace_tasks *out, struct workspace *workspace, struct err *e);
void workspace_tasks_done(struct workspace_tasks *tasks);

/* The directory of the package that "REPO/TASK", or TASK alone when one repository has it, names. ERR_NOT_FOUND;
 * ERR_CONFLICT when several have it. */
int workspace_task_dir(char **dir, struct workspace *workspace, const char *name, struct err *e);

/* --- positions -------------------------------------------------------------------------------------------------- */

/*
 * Adds a position from a file of that path or, when there is none, from rubrics/positions/ of a repository: "ID" or
 * "REPO/ID". Every plan it names must be in a repository of the workspace (ERR_NOT_FOUND). *id is the position's.
 */
int workspace_position_add(
	char **id, struct workspace *workspace, const char *actor, const char *what, struct err *e);
int workspace_position(
	struct position **out, struct workspace *workspace, const char *id, struct err *e);
int workspace_positions(struct store_positions *out, struct workspace *workspace, struct err *e);

/* A plan, or a rubric, by id out of the repositories' pins; *repo (may be NULL) is whose it is. ERR_CONFLICT when
 * several have it and want_repo is NULL. */
int workspace_plan(struct plan **out, char **repo, struct workspace *workspace,
	const char *want_repo, const char *id, struct err *e);
int workspace_rubric(struct rubric **out, struct workspace *workspace, const char *repo,
	const char *commit, const char *id, struct err *e);

/* --- candidates ------------------------------------------------------------------------------------------------- */

/* Takes a candidate in under a new pseudonym, applying for the position (NULL: the only one there is; ERR_USAGE when
 * there are several) at `stage` (NULL: its first). */
int workspace_candidate_add(char pseudonym[ID_PSEUDONYM], struct workspace *workspace,
	const char *actor, const char *name, const char *position, const char *stage,
	struct err *e);
int workspace_candidates(struct store_candidates *out, struct workspace *workspace, struct err *e);

/* For people, translated: "under way". */
const char *application_state_title(enum application_state state);
int workspace_applications(struct store_applications *out, struct workspace *workspace,
	const char *candidate, const char *position, struct err *e);

#endif
