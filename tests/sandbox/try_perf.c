// SPDX-License-Identifier: MIT
/* Counts what the processor does, for itself and for all, by which other boxes could be watched. */
#include "try.h"

#include <linux/perf_event.h>

int main(void)
{
	struct perf_event_attr clock = { .type = PERF_TYPE_SOFTWARE,
		.size = sizeof(clock),
		.config = PERF_COUNT_SW_CPU_CLOCK,
		.exclude_kernel = 1,
		.exclude_hv = 1 };
	int through = 0;

	through |= reached("perf_event_open", syscall(SYS_perf_event_open, &clock, 0, -1, -1, 0));
	through |= syscall(SYS_perf_event_open, &clock, -1, 0, -1, 0) >= 0;
	return verdict(through);
}
