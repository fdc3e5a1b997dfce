// SPDX-License-Identifier: MIT
/*
 * Locals that clean themselves. Declare them at the head of a block, initialised;
 * use no goto in a function that has one (clang refuses it, gcc is silent).
 */
#ifndef SANDBOX_AUTO_H
#define SANDBOX_AUTO_H

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#define AUTO_FREE     __attribute__((cleanup(auto_free)))
#define AUTO_CLOSE    __attribute__((cleanup(auto_close)))
#define AUTO_CLOSEDIR __attribute__((cleanup(auto_closedir)))

static inline void auto_free(void *pointer)
{
	free(*(void **)pointer);
}

static inline void auto_close(int *fd)
{
	int kept = errno;

	if (*fd >= 0)
		close(*fd);
	errno = kept;
}

static inline void auto_closedir(DIR **dir)
{
	if (*dir)
		closedir(*dir);
}

/* Hands an fd out of its AUTO_CLOSE variable. */
static inline int take_fd(int *fd)
{
	int taken = *fd;

	*fd = -1;
	return taken;
}

#endif
