// SPDX-License-Identifier: MIT
/*
 * What the corridor's own files share about a workspace.
 */
#ifndef ASSESS_WORKSPACE_INSIDE_H
#define ASSESS_WORKSPACE_INSIDE_H

#include "assess/workspace.h"
#include "base/json.h"

#include <stdint.h>

/* The absolute path of something in the workspace; NULL with ERR_SYSTEM. */
char *workspace_path(const struct workspace *workspace, struct err *e, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Makes a directory in the workspace with the workspace's rights; one that is there is fine. */
int workspace_make_dir(const struct workspace *workspace, const char *path, struct err *e);

/* The file of a position in the repositories, by "ID" or "REPO/ID". */
int workspace_position_file(
	char **path, struct workspace *workspace, const char *name, struct err *e);

/* A line in the log, with the time of now. Call it in the change that it tells of. */
int workspace_log(struct workspace *workspace, const char *actor, const char *action,
	const char *object, const char *detail, struct err *e);

/* A lock by name that ends with *fd, however the program ends. ERR_CONFLICT: another program holds it; `what` says
 * what that one is doing. */
int workspace_lock(
	int *fd, struct workspace *workspace, const char *name, const char *what, struct err *e);

/* The same, waiting for as long as it takes; ERR_SYSTEM "interrupted" when the workspace's stop_fd is readable. */
int workspace_lock_wait(
	int *fd, struct workspace *workspace, const char *name, const char *what, struct err *e);

/* Whether somebody holds that lock now. */
bool workspace_is_locked(const struct workspace *workspace, const char *name);

/* The digest of a document's content, whatever its spelling: of its sorted compact JSON. */
int workspace_digest_json(char digest[65], const struct json_doc *doc, struct err *e);

enum { POSITION_MAX_BYTES = 1 << 20 };

/* Every plan a position names is there and resolves, its criteria and people too. ERR_NOT_FOUND, ERR_INVALID. */
int workspace_check_position(struct workspace *workspace, const struct position *position, struct err *e);

/* A reason: ERR_USAGE when it has no letter, is over 1000 bytes, or has control characters. */
int workspace_check_reason(const char *reason, struct err *e);

/* A name of a person: ERR_USAGE when it is empty, over 200 bytes, or has control characters. */
int workspace_check_name(const char *name, struct err *e);

/* Whether this person (ERR_NOT_FOUND when there is none) has one of the roles, given as "lead panel". */
int workspace_has_role(bool *has, struct workspace *workspace, const char *person,
	const char *roles, struct err *e);

#endif
