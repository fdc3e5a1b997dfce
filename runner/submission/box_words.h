// SPDX-License-Identifier: MIT
/*
 * A box as the words that assay-box understands, and the descriptors that they name; for this room only.
 */
#ifndef SUBMISSION_BOX_WORDS_H
#define SUBMISSION_BOX_WORDS_H

#include "base/err.h"
#include "base/mem.h"
#include "submission/box.h"

#include <stdbool.h>

enum { BOX_MAX_FDS = 16 };

/* Born zeroed but for is_request. */
struct box_words {
	bool is_request; /* for a launcher: descriptors are named by their place; else by their numbers here */
	struct strings words; /* without the program's own name */
	int fds[BOX_MAX_FDS]; /* lent */
	size_t fd_count;
};

/* What comes and goes besides what the box itself says; -1: none. */
struct box_ends {
	int lifeline_fd, report_fd, out_fd, err_fd, collect_fd;
	const int *more_fds; /* BOX_MAX_MORE */
};

int box_words_make(struct box_words *out, const struct box *box, const struct box_ends *ends,
	const struct box_host *host, struct err *e);
void box_words_done(struct box_words *words);

#define AUTO_BOX_WORDS AUTO(box_words_done)

#endif
