// SPDX-License-Identifier: MIT
/*
 * The ten words that say how a box ended. The runner has the same table in
 * base/verdict.h; a test holds the two equal. The order is this program's own.
 */
#ifndef SANDBOX_VERDICT_H
#define SANDBOX_VERDICT_H

enum verdict {
	VERDICT_EXITED,
	VERDICT_SIGNALED,
	VERDICT_WALL_LIMIT,
	VERDICT_CPU_LIMIT,
	VERDICT_MEMORY_LIMIT,
	VERDICT_OUTPUT_LIMIT,
	VERDICT_PROCESS_LIMIT,
	VERDICT_DISK_LIMIT,
	VERDICT_DENIED_CALL,
	VERDICT_BOX_ERROR,
	VERDICT_COUNT
};

/* "exited", "wall_limit", ... */
const char *verdict_name(enum verdict verdict);

#endif
