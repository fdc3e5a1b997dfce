// SPDX-License-Identifier: MIT
/*
 * A private directory for one piece of work: gone at its end, and swept by the next start when this one was killed.
 */
#ifndef SUBMISSION_SCRATCH_H
#define SUBMISSION_SCRATCH_H

#include "base/err.h"
#include "base/mem.h"

struct scratch {
	char *path; /* below TMPDIR, mode 0700: it may hold hidden tests */
	int fd;     /* holds the lock that says somebody works in there */
};

#define SCRATCH_NONE { NULL, -1 }

/* Makes one, and first removes those of this user that nobody works in any more. */
int scratch_make(struct scratch *out, struct err *e);

/* Makes every directory at and below the path readable for a box, which has an id of its own, whatever our umask is. */
int scratch_open_up(const char *path, struct err *e);

/* Removes it with all that is in it. */
void scratch_done(struct scratch *scratch);

#define AUTO_SCRATCH AUTO(scratch_done)

#endif
