// SPDX-License-Identifier: MIT
/* Many file descriptors at a time: neighbours are closed by one call. */
#ifndef SANDBOX_FDS_H
#define SANDBOX_FDS_H

#include <stddef.h>

#include "fault.h"

/* Closes COUNT fds; -1 among them is none. Sorts FDS. */
void fds_close(int *fds, size_t count);

/* Closes everything above standard error but COUNT fds; -1 among them is none. Sorts FDS. */
int fds_keep(int *fds, size_t count, struct fault *f);

/*
 * Opens N files below a /proc for reading. One that this kernel doesn't have is empty; what can't be opened
 * is a fault, and those before it stay open, the caller's.
 */
int fds_open_lists(int procfs, const char *const *paths, int n, int *fds, struct fault *f);

#endif
