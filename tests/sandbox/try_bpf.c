// SPDX-License-Identifier: MIT
/* Loads programs into the kernel: a map, a program, a filter on a socket, classic and new. */
#include "try.h"

#include <linux/bpf.h>
#include <linux/filter.h>

int main(void)
{
	union bpf_attr map = {
		.map_type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = 4, .max_entries = 1
	};
	struct sock_filter all = { BPF_RET | BPF_K, 0, 0, 0xffff };
	struct sock_fprog program = { 1, &all };
	int fd = socket(AF_INET, SOCK_DGRAM, 0), none = -1, through = 0;

	through |= reached("bpf", syscall(SYS_bpf, BPF_MAP_CREATE, &map, sizeof(map)));
	through |= reached("a classic filter",
		setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof(program)));
	through |= reached(
		"a new filter", setsockopt(fd, SOL_SOCKET, SO_ATTACH_BPF, &none, sizeof(none)));
	through |= reached("a chooser of ports",
		setsockopt(fd, SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, &program, sizeof(program)));
	through |= reached("high bits",
		syscall(SYS_setsockopt, fd, SOL_SOCKET | 1UL << 32, SO_ATTACH_FILTER | 1UL << 40,
			&program, sizeof(program)));
	return verdict(through);
}
