// SPDX-License-Identifier: MIT
/* Any bytes as what the kernel lists of a box: connections and mappings are added up, and never are less than nothing. */
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "connections.h"
#include "held.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int list_of(const uint8_t *data, size_t size)
{
	int fd = memfd_create("list", MFD_CLOEXEC);

	if (fd < 0 || write(fd, data, size) != (ssize_t)size || lseek(fd, 0, SEEK_SET) < 0)
		abort();
	return fd;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct connections connections = { .count_all = true };
	int list = list_of(data, size), lists[CONNECTIONS_LISTS];
	struct held held;
	struct fault f;

	for (int i = 0; i < CONNECTIONS_LISTS; i++)
		lists[i] = list;
	connections_are_too_many(&connections, lists, 0, 1);
	if (held_open(&held, &f) < 0 || held_shared(&held, list) < 0)
		abort();
	held_close(&held);
	close(list);
	return 0;
}
