// SPDX-License-Identifier: MIT
/*
 * The threads have the niceness of everybody: a neighbour that steps aside would be none.
 */
#include "assess/verify_load.h"

#include <unistd.h>

static void *burn(void *context)
{
	struct load *load = context;

	while (!atomic_load_explicit(&load->stop, memory_order_relaxed))
		;
	return NULL;
}

void load_begin(struct load *load)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);

	load->count = 0;
	atomic_init(&load->stop, false);
	while (load->count < LOAD_MOST && load->count < processors &&
		pthread_create(&load->threads[load->count], NULL, burn, load) == 0)
		load->count++;
}

void load_end(struct load *load)
{
	atomic_store(&load->stop, true);
	for (int i = 0; i < load->count; i++)
		pthread_join(load->threads[i], NULL);
	load->count = 0;
}
