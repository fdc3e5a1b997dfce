// SPDX-License-Identifier: MIT
/*
 * Starting a program: an argument vector, never a shell; an environment and descriptors that are listed, nothing
 * inherited besides.
 */
#ifndef BASE_SPAWN_H
#define BASE_SPAWN_H

#include "base/err.h"

#include <stdint.h>
#include <sys/types.h>

struct spawn {
	const char *const *argv; /* ends with NULL; argv[0] is a path, not looked up in PATH */
	const char *const *env;  /* ends with NULL; NULL means an empty environment */
	int in, out, err;        /* descriptors for 0, 1 and 2; -1 means /dev/null */
	const int *keep;         /* descriptors that the program inherits under their own numbers */
	int keep_count;
};

/* Starts it; ERR_NOT_FOUND when there is no such program, ERR_SYSTEM, also when it died before it ran. The program is the leader of a process group
 * of its own and gets SIGTERM when the starting thread dies. */
int spawn_start(const struct spawn *what, pid_t *pid, struct err *e);

/* Waits for its end: *status as from waitpid. timeout_ms -1 waits for ever; at the timeout returns 1. */
int spawn_wait(pid_t pid, int64_t timeout_ms, int *status, struct err *e);

/* Ends it and all of its process group: SIGTERM, a second's grace for the program itself, SIGKILL for whoever is left.
 * Collects it, always. */
void spawn_end(pid_t pid);

/*
 * Starts this very program once more, to go on by itself: in a session of its own, with /dev/null for its streams and
 * our environment, and nobody who has to wait for it. It survives us and our terminal. argv ends with NULL; argv[0] is
 * only what it is called. ERR_SYSTEM.
 */
int spawn_detached(const char *const *argv, struct err *e);

#endif
