// SPDX-License-Identifier: MIT
/*
 * A trial: any command in the box that a candidate's program gets, with somebody in front of it. What it reads and
 * writes goes to and fro as it comes; what it writes to a terminal commands nothing there. Once it serves the task's
 * port, that port of this machine leads to it.
 */
#ifndef SUBMISSION_TRIAL_H
#define SUBMISSION_TRIAL_H

#include "base/err.h"
#include "base/mem.h"
#include "submission/box.h"
#include "submission/box_report.h"
#include "task/task.h"

#include <stdbool.h>
#include <stddef.h>

enum { TRIAL_MAX_KEEP = 1 + BOX_MAX_MORE };

/* Borrows everything. */
struct trial {
	struct box_host host;       /* its stop_fd ends the command */
	const char *tree;           /* what becomes /work */
	const struct strings *argv;
	const struct limits *limits;
	const struct strings *keep; /* files below /work that are wanted afterwards, at most TRIAL_MAX_KEEP */
	int in_fd, out_fd, err_fd;  /* out_fd and err_fd -1: what is written there is kept (trial_end) */
	int port;                   /* inside; 0: the task has none */
	int port_here;              /* on this machine's loopback */
	bool must_have_port;        /* fail when it is in use, before anything runs; else it is said when it is wanted */
	void (*say)(const char *sentence, void *context);
	void *context;
};

struct trial_end {
	struct box_report report;
	bool interrupted;    /* stop_fd was readable, or nobody took its output any more: we ended it */
	char *out, *err;     /* what was written, if it was to be kept */
	size_t out_size, err_size;
	struct {
		char *bytes; /* NULL: there was no such file to take */
		size_t size;
	} kept[TRIAL_MAX_KEEP];
};

/* Fails for reasons of ours only; ERR_CONFLICT: the port is in use. */
int trial_run(struct trial_end *out, const struct trial *trial, struct err *e);
void trial_end_done(struct trial_end *end);

#define AUTO_TRIAL_END AUTO(trial_end_done)

#endif
