// SPDX-License-Identifier: MIT
/* Cuts memory that it never touches into as many mappings as the kernel lets it, in CHILDREN processes. */
#include "try.h"

int main(int argc, char **argv)
{
	long count = number_of(argc, argv, 1, 60000), children = number_of(argc, argv, 2, 4),
	     is_child = 0, cut = 0;
	char *memory;

	while (--children > 0 && !is_child)
		is_child = fork() == 0;
	memory = mmap(NULL, (size_t)count * 8192, PROT_NONE,
		MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	while (memory != MAP_FAILED && cut < count &&
		mprotect(memory + cut * 8192, 4096, PROT_READ) == 0)
		cut++;
	if (!is_child) {
		printf("%ld\n", cut);
		fflush(stdout);
	}
	usleep(300000);
	while (wait(NULL) > 0)
		;
	return verdict(cut * 2 >= count); /* each cut makes two */
}
