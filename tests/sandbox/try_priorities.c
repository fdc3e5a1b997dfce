// SPDX-License-Identifier: MIT
/* Raises what only privilege may raise: priority, real time, limits; and lowers its share of blame for full memory. */
#include "try.h"

#include <sys/resource.h>

struct deadline {
	uint32_t size, policy;
	uint64_t flags;
	int32_t nice;
	uint32_t priority;
	uint64_t runtime, deadline, period;
};

static int raises_limits(void)
{
	static const int resources[] = { RLIMIT_NPROC, RLIMIT_NOFILE, RLIMIT_FSIZE, RLIMIT_MEMLOCK,
		RLIMIT_MSGQUEUE, RLIMIT_SIGPENDING, RLIMIT_NICE, RLIMIT_RTPRIO, RLIMIT_CORE };
	int through = 0;

	for (size_t i = 0; i < sizeof(resources) / sizeof(resources[0]); i++) {
		struct rlimit now, more;

		getrlimit(resources[i], &now);
		more.rlim_cur = more.rlim_max = now.rlim_max == RLIM_INFINITY ? RLIM_INFINITY : now.rlim_max + 1;
		/* What setrlimit answers isn't asked: it may say that it has done what it hasn't. */
		setrlimit(resources[i], &more);
		getrlimit(resources[i], &more);
		if (more.rlim_max > now.rlim_max || now.rlim_max == RLIM_INFINITY) {
			fprintf(stderr, "limit %d\n", resources[i]);
			through = 1;
		}
	}
	return through;
}

static int is_blamed_less(void)
{
	int fd = open("/proc/self/oom_score_adj", O_WRONLY);

	return fd >= 0 && write(fd, "-1", 2) == 2;
}

int main(void)
{
	struct sched_param first = { .sched_priority = 1 };
	struct deadline deadline = { sizeof(deadline), 6, 0, 0, 0, 1000000, 100000000, 100000000 };
	int through = raises_limits();

	through |= sched_setscheduler(0, SCHED_FIFO, &first) == 0;
	through |= sched_setscheduler(0, SCHED_RR, &first) == 0;
	through |= syscall(SYS_sched_setattr, 0, &deadline, 0) == 0;
	through |= syscall(SYS_ioprio_set, 1, 0, 1 << 13) ==
		0; /* real time for its reads and writes */
	through |= setpriority(PRIO_PROCESS, 0, getpriority(PRIO_PROCESS, 0) - 1) == 0;
	through |= is_blamed_less();
	return verdict(through);
}
