// SPDX-License-Identifier: MIT
/*
 * Opening the workspace one stands in.
 */
#include "cli/visit.h"

int visit_open(struct visit *visit, const struct cli *cli, struct err *e)
{
	AUTO_WORKSPACE struct workspace *workspace = NULL;

	if (workspace_open(&workspace, ".", e) < 0 || workspace_actor(&visit->actor, workspace, cli->as, e) < 0)
		return -1;
	visit->workspace = take_ptr(&workspace);
	return 0;
}

void visit_close(struct visit *visit)
{
	workspace_close(visit->workspace);
	free(visit->actor);
	*visit = (struct visit){ 0 };
}
