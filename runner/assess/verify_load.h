// SPDX-License-Identifier: MIT
/*
 * A neighbour that burns: one thread for each processor that does nothing but take time away, as a busy machine does.
 */
#ifndef ASSESS_VERIFY_LOAD_H
#define ASSESS_VERIFY_LOAD_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

enum { LOAD_MOST = 8 };

struct load {
	pthread_t threads[LOAD_MOST];
	int count;
	atomic_bool stop;
};

/* Begins to burn; with fewer threads where no more can be had. The struct must stay where it is until load_end. */
void load_begin(struct load *load);

/* Ends and waits. */
void load_end(struct load *load);

#endif
