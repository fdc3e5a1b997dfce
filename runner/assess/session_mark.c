// SPDX-License-Identifier: MIT
/*
 * A program that is killed after a part was entered has told nobody. Who then types `session next` once more wants to
 * get into that part, not out of it; from the database alone the two can't be told apart. So a file beside the locks
 * stands from before a step's first change until the step was told: it says that whoever asks again asks for the same.
 * It needs no sync: it is for programs that are killed, and after a power cut one `next` too few is harmless.
 */
#include "assess/session_inside.h"
#include "assess/workspace_inside.h"
#include "base/fs.h"

#include <fcntl.h>
#include <unistd.h>

static char *path_of(struct workspace *workspace, const char *id, int64_t part, struct err *e)
{
	return part == SESSION_MARK_END ? workspace_path(workspace, e, "work/locks/%s.end", id)
					: workspace_path(workspace, e, "work/locks/%s.%lld", id, (long long)part);
}

int session_mark(struct session_step *step, struct workspace *workspace, const char *id, int64_t part, struct err *e)
{
	AUTO_FREE char *path = path_of(workspace, id, part, e);
	AUTO_CLOSE int fd = -1;

	if (!path || fs_open(&fd, AT_FDCWD, path, O_WRONLY | O_CREAT, 0600, e) < 0)
		return -1;
	free(step->mark);
	step->mark = take_ptr(&path);
	return 0;
}

int session_mark_find(bool *found, struct session_step *step, struct workspace *workspace, const char *id, int64_t part,
	struct err *e)
{
	AUTO_FREE char *path = path_of(workspace, id, part, e);

	if (!path)
		return -1;
	*found = fs_exists(AT_FDCWD, path);
	if (*found)
		step->mark = take_ptr(&path);
	return 0;
}

void session_mark_clear(struct session_step *step)
{
	if (step->mark)
		unlink(step->mark);
	free(step->mark);
	step->mark = NULL;
}
