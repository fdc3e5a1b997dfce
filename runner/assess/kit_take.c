// SPDX-License-Identifier: MIT
/*
 * Intake, but for what we laid there ourselves, even where a glob admits its name: it takes no room from the
 * candidate's files, and it isn't worth saying that it wasn't taken.
 */
#include "assess/kit_take.h"

#include "assess/kit.h"
#include "base/fs.h"
#include "submission/intake.h"

/* A starter that has such a name gave it to the candidate. */
static bool is_ours(const struct task *task, const char *name)
{
	AUTO_FREE char *in_starter = fs_join("starter", name, NULL);

	return kit_is_ours(task, name) && !(in_starter && fs_exists(task->dir_fd, in_starter));
}

int kit_take(struct strings *dropped, const char *tree, const struct task *task, int kit_fd, struct err *e)
{
	AUTO_INTAKE struct intake intake = { 0 };

	if (intake_take_but(&intake, task, kit_fd, tree, is_ours, e) < 0)
		return -1;
	*dropped = intake.dropped;
	intake.dropped = (struct strings){ 0 };
	return 0;
}
