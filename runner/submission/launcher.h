// SPDX-License-Identifier: MIT
/*
 * The resident launcher: one `assay-box --serve` that runs a program for each request and builds boxes ahead.
 *
 * Requests go out over one socket with the descriptors that they name, reports come back over it as programs end, in
 * any order. Nothing of a run stays here but its report, until it is forgotten.
 *
 * A launcher is used by one thread, which outlives it: its process ends with the thread that first asked it for
 * something. If the process is lost, so is what it ran; the next request starts another one.
 */
#ifndef SUBMISSION_LAUNCHER_H
#define SUBMISSION_LAUNCHER_H

#include "base/err.h"
#include "base/mem.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct launcher;

/* In the words of a request fd:3 is the first of its descriptors, fd:4 the next. */
enum { LAUNCHER_FIRST_FD = 3, LAUNCHER_MAX_FDS = 64 };

/* Borrows everything; descriptors are lent until launcher_run returns. */
struct launch {
	const char *program;         /* assay-box */
	const struct strings *words; /* its command line, without its own name */
	const int *fds;
	size_t fd_count;
};

/* Starts no process yet. */
int launcher_new(struct launcher **out, struct err *e);

/* Ends the process and all that it still runs, and waits for it. NULL is none. */
void launcher_free(struct launcher *launcher);

static inline void launcher_auto(struct launcher **launcher)
{
	launcher_free(*launcher);
}
#define AUTO_LAUNCHER AUTO(launcher_auto)

/* Whether a request can hold these words; a longer command line has to be somebody else's. */
bool launcher_fits(const struct strings *words);

/* Asks for a program to be run; *id is its number from now on. ERR_NOT_FOUND without assay-box, ERR_SYSTEM, ERR_LIMIT
 * when the launcher runs as many as it can. */
int launcher_run(struct launcher *launcher, uint32_t *id, const struct launch *launch, struct err *e);

/* Lets boxes be built for programs with these words, as many as will be run (0: nobody knows). Nothing runs; that it
 * can't be shows when something shall. */
void launcher_prepare(struct launcher *launcher, const struct launch *launch, size_t runs);

/* Readable when a wait may have something new to say; -1: no process. */
int launcher_news_fd(const struct launcher *launcher);

/* Waits for its end, at most timeout_ms (-1: as long as it takes): 0, or 1 when it still runs. A run that was lost has
 * ended. ERR_SYSTEM "interrupted" when stop_fd is readable. */
int launcher_wait(struct launcher *launcher, uint32_t id, int64_t timeout_ms, int stop_fd, struct err *e);

/* What was reported of one that has ended, borrowed until it is forgotten. ERR_SYSTEM when it was refused or lost. */
int launcher_report(
	const struct launcher *launcher, uint32_t id, const char **report, size_t *size, struct err *e);

/* Forgets one that has ended. */
void launcher_forget(struct launcher *launcher, uint32_t id);

/* Kills the process, which is stuck: all that it runs is lost. */
void launcher_kill(struct launcher *launcher);

#endif
