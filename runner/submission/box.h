// SPDX-License-Identifier: MIT
/*
 * A box as data, and its life: start, wait or stop, report.
 *
 * A box is one program that the launcher runs (submission/launcher.h); where a command line is too long for a message,
 * it is a process of assay-box of its own. What it prints and what it leaves behind are kept in memory files, which
 * the limits of the box bound; they can be read once it has ended, however it ended. Only the report decides how it
 * ended. A box that could not be built or was ended by somebody else, or whose report is missing or no report, is a
 * failure of ours: ERR_SYSTEM.
 */
#ifndef SUBMISSION_BOX_H
#define SUBMISSION_BOX_H

#include "base/err.h"
#include "base/mem.h"
#include "submission/box_report.h"
#include "task/task.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum { BOX_MAX_RO = 4, BOX_MAX_MORE = 3, BOX_MAX_CHANNELS = 2, BOX_FIRST_CHANNEL = 3 };

struct launcher; /* submission/launcher.h */

/* What a machine offers and whoever runs a task decides; the same for all boxes of a run. Borrowed. */
struct box_host {
	const char *program; /* assay-box */
	struct launcher *launcher; /* of the thread that uses this; not needed for box_policy */
	bool allow_sampled;
	int stop_fd; /* readable when everything must end (a signalfd); -1: none */
};

/* Borrows everything. Fields that are 0, NULL or -1 mean "none", so BOX_INIT is the empty plan. */
struct box {
	const struct strings *argv;  /* the program (task_expand has filled in the limits) */
	const struct strings *more;  /* further arguments; NULL */
	const char *work;            /* a directory whose copy becomes /work */
	int image_fd;                /* or a frozen tree that does */
	struct {
		const char *host, *inside;
	} ro[BOX_MAX_RO];
	const char *tmp;             /* an empty writable folder of that name */
	const struct strings *env;   /* "NAME=VALUE" */
	const struct limits *limits;
	int in_fd;                   /* what it reads; -1: nothing */
	int door_port, door_fd;      /* our end's other end; the fd is lent, and may be closed once it started */
	const char *collect;         /* a file inside that is wanted afterwards; may be absent then */
	const char *collect_more[BOX_MAX_MORE]; /* further files, without gaps */
	int channels[BOX_MAX_CHANNELS]; /* without gaps; it has them as descriptors 3 and 4; lent like door_fd */
	int snapshot_fd;             /* where /work is frozen to afterwards */
	int out_fd;                  /* where its standard output goes instead of being kept; lent as door_fd is */
	int err_fd;                  /* the same for its standard error */
	bool waits;                  /* its program starts at box_go, not at once */
};

#define BOX_INIT { .image_fd = -1, .in_fd = -1, .door_fd = -1, .channels = { -1, -1 }, .snapshot_fd = -1, \
	.out_fd = -1, .err_fd = -1 }

/* A box that runs, and what is left of one that ran. */
struct box_life {
	const struct box_host *host;
	bool is_running;
	bool stopped;    /* we ended it */
	uint32_t launch; /* the launcher's number for it; 0: it has a process of its own */
	pid_t pid;
	int lifeline_fd; /* closed, it ends */
	int report_fd, out_fd, err_fd, collect_fd, more_fds[BOX_MAX_MORE];
};

#define BOX_LIFE_NONE { NULL, false, false, 0, 0, -1, -1, -1, -1, -1, { -1, -1, -1 } }

/* ERR_NOT_FOUND without assay-box, ERR_SYSTEM. The host must live as long as the box. */
int box_start(struct box_life *life, const struct box *box, const struct box_host *host, struct err *e);

/* Lets boxes be built ahead for this plan: the limits and places count, not what runs. As many as will be started in all
 * (0: nobody knows). Whether that works shows when one is. */
void box_prepare(const struct box *box, const struct box_host *host, size_t starts);

/* Of a box that waits: until it is built, or has ended without (which its report explains). ERR_SYSTEM, also when the
 * host says stop. Then box_go starts its program. */
int box_await_built(const struct box_life *life, struct err *e);
int box_go(const struct box_life *life, struct err *e);

/* A descriptor that is readable when box_wait may have something new to say; -1: there is none, ask now and then. */
int box_news_fd(const struct box_life *life);

/* Waits for its end, at most timeout_ms (-1: as long as it takes): 0, or 1 when it still runs. When the host says
 * stop, ERR_SYSTEM "interrupted". */
int box_wait(struct box_life *life, int64_t timeout_ms, struct err *e);

/* Ends it if it still runs, and collects it. Waits, a minute at most, until assay-box has taken it down and reported. */
void box_stop(struct box_life *life);

/* What happened, of a box that has ended. One that we stopped ourselves reports VERDICT_EXITED without exit code or
 * signal unless a limit had already struck. */
int box_report(struct box_report *out, struct box_life *life, struct err *e);

/* Start, wait, report. */
int box_run(struct box_life *life, struct box_report *report, const struct box *box, const struct box_host *host,
	struct err *e);

/* The bytes of a finished box's standard output, standard error, or collected file (NULL when it left none, or
 * nothing that could be collected). */
int box_output(const struct box_life *life, char **bytes, size_t *size, struct err *e);
int box_collected(const struct box_life *life, char **bytes, size_t *size, struct err *e);
int box_collected_more(const struct box_life *life, size_t index, char **bytes, size_t *size, struct err *e);

/* Both outputs for a person: at most `most` bytes of each, head and tail, valid UTF-8; NULL when there were none. */
int box_log(const struct box_life *life, size_t most, char **out, struct err *e);

/* Stops it if need be and closes what is left. */
void box_done(struct box_life *life);

#define AUTO_BOX_LIFE AUTO(box_done)

/* Digest of the plan that assay-box makes of fixed words, its filter and layers: two results are only comparable
 * when their boxes were built alike. */
int box_policy(char **digest, const struct box_host *host, struct err *e);

#endif
