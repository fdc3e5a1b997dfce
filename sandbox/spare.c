// SPDX-License-Identifier: MIT
/*
 * Swap counts nowhere: a host that has only that left is slow for everybody, and what others' memory does there is no
 * fault of a box.
 */
#include "spare.h"

#include <fcntl.h>
#include <unistd.h>

#include "fds.h"
#include "kernel.h"

enum { KEEP_SHARE = 16, KEEP_MOST_KIB = 512 << 10 };

static bool look(struct spare *spare)
{
	char text[4096];
	ssize_t n = pread(spare->fd, text, sizeof(text) - 1, 0);

	text[n > 0 ? n : 0] = '\0';
	return meminfo_parse(&spare->now, text);
}

int spare_open(struct spare *spare, const struct plan *plan, struct fault *f)
{
	int64_t share_kib;

	spare->fd = kernel_open("/proc/meminfo", O_RDONLY | O_CLOEXEC);
	if (spare->fd < 0)
		return fault_sys(f, "limits can't be sampled: cannot open /proc/meminfo");
	if (!look(spare))
		return fault_set(f, "limits can't be sampled: /proc/meminfo doesn't say how much memory the host has to spare");
	spare->first = spare->now;
	share_kib = spare->now.total_kib / KEEP_SHARE;
	spare->keep_kib = share_kib < KEEP_MOST_KIB ? share_kib : KEEP_MOST_KIB;
	if (plan->spare_mib >= 0)
		spare->keep_kib = (int64_t)plan->spare_mib << 10;
	return 0;
}

bool spare_is_low(struct spare *spare)
{
	return !look(spare) || spare->now.available_kib < spare->keep_kib;
}

static int64_t left_kib(const struct meminfo *host)
{
	return host->available_kib + host->anonymous_kib;
}

int64_t spare_lost_kib(const struct spare *spare)
{
	return left_kib(&spare->first) - left_kib(&spare->now);
}

void spare_close(struct spare *spare)
{
	fds_close(&spare->fd, 1);
	spare->fd = -1;
}
