// SPDX-License-Identifier: MIT
/*
 * The box's own network, which takes the kernel longer to make than all other namespaces together. So a
 * thread of pid 1 makes it, while pid 1 lays the root.
 */
#ifndef SANDBOX_NETWORK_H
#define SANDBOX_NETWORK_H

#include <pthread.h>
#include <stdbool.h>
#include <sys/types.h>

#include "fault.h"

/* A network that is being made. */
struct network {
	pthread_t thread;
	pthread_mutex_t begun; /* held by network_begin */
	pid_t task; /* the thread's number for the kernel */
	bool loopback, failed;
	int fd; /* the finished namespace, or -1 */
	struct fault fault;
};

/* Makes a network of its own and, if LOOPBACK, brings `lo` up; the caller is in it afterwards. */
int network_make(bool loopback, struct fault *f);

/*
 * The same, but only begins, and a thread does the rest: until network_enter the caller stays where it was, which for
 * pid 1 is the host's network. Meanwhile NETWORK stays where it is, and the host's /proc is needed. Who can't go on
 * in between must end the process.
 */
int network_begin(struct network *network, bool loopback, struct fault *f);

/* Waits until the thread is gone, and enters what it made. */
int network_enter(struct network *network, struct fault *f);

#endif
