// SPDX-License-Identifier: MIT
/*
 * What most commands begin with: the workspace one stands in, and who one is there.
 */
#ifndef CLI_VISIT_H
#define CLI_VISIT_H

#include "assess/workspace.h"
#include "cli/cli.h"

struct visit {
	struct workspace *workspace;
	char *actor;
};

int visit_open(struct visit *visit, const struct cli *cli, struct err *e);
void visit_close(struct visit *visit);

#define AUTO_VISIT AUTO(visit_close)

#endif
